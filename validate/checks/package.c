// SPDX-License-Identifier: Apache-2.0
// The package itself: RO-Crate 1.1 structure, 1.2 structure#attached-….
#include "crate/classify.h"
#include "validate/checks/checks.h"

/// Parameter "reserved": no folder is a crate by a document whose name has a
/// prefix.
static CrateStatus
look_for_prefixed(const CrateNativeCall *call)
{
  const CrateView *const view = crate_check_view(call);
  return view->mode != CRATE_MODE_DETACHED ||
             crate_package_kind(view->package) != CRATE_PACKAGE_FOLDER
           ? CRATE_OK
           : crate_check_report(
               call, CRATE_NO_ORIGIN, "%.*s is a name of RO-Crate 1.2",
               CRATE_TEXT_ARG(crate_package_metadata(view->package)));
}

/// Parameter "legacy": the name of RO-Crate 1.0.
static CrateStatus
look_for_legacy(const CrateNativeCall *call)
{
  const CrateView *const view = crate_check_view(call);
  const bool zip = crate_package_kind(view->package) == CRATE_PACKAGE_ZIP;
  const CrateText name = crate_package_metadata(view->package);
  return crate_text_is(name, "ro-crate-metadata.jsonld") || (zip && !name.size)
           ? CRATE_OK
           : crate_check_report(call, CRATE_NO_ORIGIN,
                                "there is no ro-crate-metadata.jsonld");
}

/// The first crate in a folder of the package, where its top holds none: a
/// person who sees its name can ask for that one.
static CrateStatus
find_crate_below(const CrateView *view, CrateText *folder)
{
  const CrateText *paths = NULL;
  const CrateText name = CRATE_TEXT("/ro-crate-metadata.json");
  size_t count = 0;
  *folder = (CrateText){NULL, 0};
  CRATE_TRY(crate_package_list(view->package, &paths, &count));
  for (size_t i = 0; i < count && !folder->size; ++i) {
    if (crate_text_ends(paths[i], name)) {
      *folder = crate_text_slice(paths[i], 0, paths[i].size - name.size + 1u);
    }
  }
  return CRATE_OK;
}

static CrateStatus
report_no_metadata(const CrateNativeCall *call)
{
  CrateText folder;
  const CrateView *const view = crate_check_view(call);
  const CratePackageKind kind = crate_package_kind(view->package);
  const char *const what = kind == CRATE_PACKAGE_FOLDER ? "folder" : "archive";
  CRATE_TRY(find_crate_below(view, &folder));
  return folder.size
           ? crate_check_report(call, CRATE_NO_ORIGIN,
                                "the %s holds no ro-crate-metadata.json; there "
                                "is one in %.*s, which can be judged by its "
                                "path",
                                what, CRATE_TEXT_ARG(folder))
           : crate_check_report(
               call, CRATE_NO_ORIGIN,
               "the %s holds no ro-crate-metadata.json, and no "
               "croissant.json",
               what);
}

/// The old name is for old crates: 1.1 structure#ro-crate-metadata-file-ro-
/// crate-metadatajson.
CrateStatus
crate_check_metadata_file(const CrateNativeCall *call)
{
  const CrateView *const view = crate_check_view(call);
  const bool zip = crate_package_kind(view->package) == CRATE_PACKAGE_ZIP;
  if (crate_text_is(crate_check_parameter(call), "any")) {
    return view->state > CRATE_VIEW_NOTHING ? CRATE_OK
                                            : report_no_metadata(call);
  }
  if (crate_text_is(crate_check_parameter(call), "reserved")) {
    return look_for_prefixed(call);
  }
  if (crate_text_is(crate_check_parameter(call), "legacy")) {
    return look_for_legacy(call);
  }
  if (crate_text_is(crate_package_metadata(view->package),
                    "ro-crate-metadata.jsonld") &&
      view->version.size && !crate_is_legacy(view)) {
    return crate_check_report(call, CRATE_NO_ORIGIN,
                              "a crate of RO-Crate %.*s is not called "
                              "ro-crate-metadata.jsonld",
                              CRATE_TEXT_ARG(view->version));
  }
  return view->state > CRATE_VIEW_NOTHING || zip ? CRATE_OK
                                                 : report_no_metadata(call);
}

CrateStatus
crate_check_archive_root(const CrateNativeCall *call)
{
  const CrateView *const view = crate_check_view(call);
  const bool zip = crate_package_kind(view->package) == CRATE_PACKAGE_ZIP;
  CrateText folder = {NULL, 0};
  if (view->state > CRATE_VIEW_NOTHING || !zip) {
    return CRATE_OK;
  }
  CRATE_TRY(find_crate_below(view, &folder));
  return crate_check_report(
    call, CRATE_NO_ORIGIN,
    "neither the archive's top nor its only folder holds "
    "ro-crate-metadata.json%s%.*s",
    folder.size ? "; there is one in " : "", CRATE_TEXT_ARG(folder));
}

CrateStatus
crate_check_top_folder(const CrateNativeCall *call)
{
  const CrateView *const view = crate_check_view(call);
  const CrateText root = crate_package_root(view->package);
  CrateText bag_top;
  const bool bag = crate_package_is_bag(view->package, &bag_top);
  const CrateText top = bag ? bag_top : root;
  return crate_package_kind(view->package) != CRATE_PACKAGE_ZIP || !top.size
           ? CRATE_OK
           : crate_check_report(call, CRATE_NO_ORIGIN,
                                "the crate lies in the archive's folder %.*s",
                                CRATE_TEXT_ARG(top));
}

CrateStatus
crate_check_eln_folder(const CrateNativeCall *call)
{
  const CrateView *const view = crate_check_view(call);
  const CrateText root = crate_package_root(view->package);
  if (!crate_text_ends(crate_package_path(view->package), CRATE_TEXT(".eln")) ||
      root.size) {
    return CRATE_OK;
  }
  return crate_check_report(call, CRATE_NO_ORIGIN,
                            "the crate is not in a folder of the .eln archive");
}

CrateStatus
crate_check_reserved_names(const CrateNativeCall *call)
{
  static const struct {
    CrateText path;
    CrateMember kind;
    const char *words;
  } reserved[] = {
    {{"ro-crate-metadata.json", 22}, CRATE_MEMBER_FILE, "a file"},
    {{"ro-crate-metadata.jsonld", 24}, CRATE_MEMBER_FILE, "a file"},
    {{"ro-crate-preview.html", 21}, CRATE_MEMBER_FILE, "a file"},
    {{"ro-crate-preview_files", 22}, CRATE_MEMBER_FOLDER, "a folder"},
  };
  const CrateView *const view = crate_check_view(call);
  for (size_t i = 0; i < sizeof(reserved) / sizeof(*reserved); ++i) {
    CrateMember member = CRATE_MEMBER_ABSENT;
    CRATE_TRY(
      crate_package_find(view->package, reserved[i].path, &member, NULL));
    const bool there =
      member == CRATE_MEMBER_FILE || member == CRATE_MEMBER_FOLDER;
    if (there && member != reserved[i].kind) {
      CRATE_TRY(crate_check_report(
        call, CRATE_NO_ORIGIN, "%.*s is reserved for %s",
        CRATE_TEXT_ARG(reserved[i].path), reserved[i].words));
    }
  }
  return CRATE_OK;
}

/// Parameter "accepted": a document under the old name is that of an old
/// crate. Parameter "renamed": document and descriptor have one name.
CrateStatus
crate_check_legacy_name(const CrateNativeCall *call)
{
  const CrateView *const view = crate_check_view(call);
  const CrateText name = crate_package_metadata(view->package);
  const CrateText old = CRATE_TEXT("ro-crate-metadata.jsonld");
  if (crate_text_is(crate_check_parameter(call), "accepted")) {
    return !crate_text_equal(name, old) || !crate_is_legacy(view)
             ? CRATE_OK
             : crate_check_report(call, CRATE_NO_ORIGIN,
                                  "the metadata document is "
                                  "ro-crate-metadata.jsonld");
  }
  const bool both = crate_text_is(name, "ro-crate-metadata.json") ||
                    crate_text_equal(name, old);
  return !both || !view->exact_descriptor ||
             crate_text_equal(view->descriptor->id, name)
           ? CRATE_OK
           : crate_check_report(call, view->descriptor->id_offset,
                                "the document is %.*s, the descriptor \"%.*s\"",
                                CRATE_TEXT_ARG(name),
                                CRATE_TEXT_ARG(view->descriptor->id));
}

/// Whether nothing that the document describes lies beside it.
static bool
is_all_on_web(const CrateView *view)
{
  for (size_t i = 0; i < view->entity_count; ++i) {
    if ((view->entities[i].bits & CRATE_IS_DATA) &&
        !(view->entities[i].bits & CRATE_IS_WEB)) {
      return false;
    }
  }
  return view->root->bits & CRATE_IS_WEB;
}

/// A lone document that can only be that of a detached crate is called so:
/// structure#types-of-ro-crate.
CrateStatus
crate_check_detached_name(const CrateNativeCall *call)
{
  const CrateView *const view = crate_check_view(call);
  const CrateText name = crate_package_metadata(view->package);
  const CrateText path = crate_package_path(view->package);
  const CrateText tail = CRATE_TEXT("-ro-crate-metadata.json");
  const bool detached =
    view->mode == CRATE_MODE_DETACHED ||
    (crate_package_kind(view->package) == CRATE_PACKAGE_DOCUMENT &&
     is_all_on_web(view));
  const bool page = crate_package_kind(view->package) == CRATE_PACKAGE_PAGE;
  return !detached || page || crate_text_is(path, "-") ||
             (crate_text_ends(name, tail) && name.size > tail.size)
           ? CRATE_OK
           : crate_check_report(call, CRATE_NO_ORIGIN,
                                "the document is called \"%.*s\"",
                                CRATE_TEXT_ARG(name));
}
