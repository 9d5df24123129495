// SPDX-License-Identifier: Apache-2.0
// A crate inside a bag (RFC 8493): appendix/implementation-notes#adding-ro-
// crate-to-bagit.
#include "crate/vocabulary.h"
#include "validate/checks/checks.h"
#include <cratekit/iri.h>

/// A file at the bag's top, from the root of what was opened.
static CrateStatus
bag_path(CrateChecks *checks, const char *name, CrateText *out)
{
  CrateText top;
  crate_package_is_bag(checks->view->package, &top);
  const CrateText parts[] = {CRATE_TEXT("/"), top, crate_text(name)};
  return crate_arena_join(&checks->arena, parts, 3, out);
}

static CrateStatus
is_there(CrateChecks *checks, const char *name, CrateText *path, bool *there)
{
  CrateMember member = CRATE_MEMBER_ABSENT;
  CRATE_TRY(bag_path(checks, name, path));
  CRATE_TRY(crate_package_find(checks->view->package, *path, &member, NULL));
  *there = member == CRATE_MEMBER_FILE;
  return CRATE_OK;
}

static bool
is_in_data(const CrateView *view)
{
  return crate_text_ends(crate_package_root(view->package),
                         CRATE_TEXT("data/"));
}

/// Whether the crate is in something that calls itself a bag, or has at least
/// the folder and the manifest of one around it.
static CrateStatus
look_for_bag(CrateChecks *checks, bool *bag)
{
  CrateText top;
  CrateText path;
  *bag = crate_package_is_bag(checks->view->package, &top);
  return *bag && !is_in_data(checks->view)
           ? is_there(checks, "bagit.txt", &path, bag)
           : CRATE_OK;
}

CrateStatus
crate_check_bag_data(const CrateNativeCall *call)
{
  bool bag = false;
  CRATE_TRY(look_for_bag((CrateChecks *)call->handle, &bag));
  return !bag || is_in_data(crate_check_view(call))
           ? CRATE_OK
           : crate_check_report(
               call, CRATE_NO_ORIGIN,
               "the bag's top holds the metadata document, not its data/");
}

CrateStatus
crate_check_bag_declaration(const CrateNativeCall *call)
{
  CrateChecks *const checks = (CrateChecks *)call->handle;
  CrateText path;
  bool there = true;
  bool bag = false;
  CRATE_TRY(look_for_bag(checks, &bag));
  if (bag) {
    CRATE_TRY(is_there(checks, "bagit.txt", &path, &there));
  }
  return there ? CRATE_OK
               : crate_check_report(call, CRATE_NO_ORIGIN,
                                    "the bag has no bagit.txt");
}

static const char *const manifests[] = {
  "manifest-sha512.txt", "manifest-sha256.txt", "manifest-sha1.txt",
  "manifest-md5.txt",    "manifest-sha384.txt", "manifest-sha224.txt",
};

/// A payload file's name, as it stands and decoded: tools older than the RFC
/// do not encode, and some begin with "./".
static CrateStatus
list_file(CrateChecks *checks, CrateText file, CrateMap *listed)
{
  if (crate_text_starts(file, CRATE_TEXT("./"))) {
    file = crate_text_slice(file, 2, file.size);
  }
  if (!crate_text_starts(file, CRATE_TEXT("data/"))) {
    return CRATE_OK;
  }
  const CrateText path = crate_text_slice(file, 5, file.size);
  CRATE_TRY(crate_map_put(listed, path, 1));
  if (crate_text_find(path, '%') == path.size) {
    return CRATE_OK;
  }
  CrateText decoded;
  const CrateStatus st = crate_iri_decode(&checks->arena, path, &decoded);
  return st == CRATE_MALFORMED ? CRATE_OK
         : st                  ? st
                               : crate_map_put(listed, decoded, 1);
}

/// RFC 8493 2.1.3: "CHECKSUM  FILEPATH" a line; CR, LF and '%' are encoded.
static CrateStatus
read_manifest(CrateChecks *checks, CrateText path, CrateMap *listed)
{
  CrateText text;
  CRATE_TRY(
    crate_package_read(checks->view->package, path, &checks->arena, &text));
  for (size_t at = 0; at < text.size;) {
    const CrateText rest = crate_text_slice(text, at, text.size);
    const size_t end = crate_text_find(rest, '\n');
    CrateText line = crate_text_slice(rest, 0, end);
    if (crate_text_ends(line, CRATE_TEXT("\r"))) {
      --line.size;
    }
    size_t name = 0;
    while (name < line.size && line.data[name] != ' ' &&
           line.data[name] != '\t') {
      ++name;
    }
    while (name < line.size &&
           (line.data[name] == ' ' || line.data[name] == '\t' ||
            line.data[name] == '*')) {
      ++name;
    }
    CRATE_TRY(
      list_file(checks, crate_text_slice(line, name, line.size), listed));
    at += end + 1u;
  }
  return CRATE_OK;
}

/// Paths of thumbnails, described or not: those have a rule of their own.
static CrateStatus
list_thumbnails(CrateChecks *checks, CrateMap *thumbnails)
{
  const CrateView *const view = checks->view;
  const CrateTerm thumbnail =
    crate_terms_find_iri(view->terms, CRATE_TEXT(SCHEMA "thumbnail"));
  const CrateQuadList list = crate_graph_with(view->graph, thumbnail);
  for (size_t i = 0; i < list.count; ++i) {
    const CrateEntity stand_in = {
      .id = crate_view_name(view, crate_quad_list_at(list, i)->object)};
    CrateText path;
    CRATE_TRY(crate_view_payload_path(&stand_in, &checks->arena, &path));
    CRATE_TRY(crate_map_put(thumbnails, path, 1));
  }
  return CRATE_OK;
}

static CrateStatus
compare_manifest(const CrateNativeCall *call,
                 const CrateMap *listed,
                 const CrateMap *thumbnails,
                 const char *manifest)
{
  const bool asked = crate_text_is(crate_check_parameter(call), "thumbnails");
  CrateChecks *const checks = (CrateChecks *)call->handle;
  const CrateText *paths = NULL;
  size_t count = 0;
  CRATE_TRY(crate_package_list(checks->view->package, &paths, &count));
  for (size_t i = 0; i < count; ++i) {
    if (crate_text_ends(paths[i], CRATE_TEXT("/")) ||
        crate_map_get(listed, paths[i], NULL) ||
        crate_map_get(thumbnails, paths[i], NULL) != asked) {
      continue;
    }
    CRATE_TRY(crate_check_report(call, CRATE_NO_ORIGIN,
                                 "%s does not list data/%.*s", manifest,
                                 CRATE_TEXT_ARG(paths[i])));
  }
  return CRATE_OK;
}

/// Every manifest of the bag; `any` says whether there is one.
static CrateStatus
compare_manifests(const CrateNativeCall *call,
                  const CrateMap *thumbnails,
                  bool *any)
{
  CrateChecks *const checks = (CrateChecks *)call->handle;
  for (size_t i = 0; i < sizeof(manifests) / sizeof(*manifests); ++i) {
    CrateText path;
    bool there = false;
    CRATE_TRY(is_there(checks, manifests[i], &path, &there));
    if (!there) {
      continue;
    }
    *any = true;
    CrateMap listed;
    crate_map_init(&listed, checks->view->world);
    CrateStatus st = read_manifest(checks, path, &listed);
    if (!st) {
      st = compare_manifest(call, &listed, thumbnails, manifests[i]);
    }
    crate_map_clear(&listed);
    CRATE_TRY(st);
  }
  return CRATE_OK;
}

/// Parameter "thumbnails": look at those only; "payload": at all else.
CrateStatus
crate_check_bag_manifest(const CrateNativeCall *call)
{
  CrateChecks *const checks = (CrateChecks *)call->handle;
  bool any = crate_text_is(crate_check_parameter(call), "thumbnails");
  bool bag = false;
  CRATE_TRY(look_for_bag(checks, &bag));
  if (!bag || !is_in_data(checks->view)) {
    return CRATE_OK;
  }
  CrateMap thumbnails;
  crate_map_init(&thumbnails, checks->view->world);
  CrateStatus st = list_thumbnails(checks, &thumbnails);
  if (!st) {
    st = compare_manifests(call, &thumbnails, &any);
  }
  crate_map_clear(&thumbnails);
  return st || any ? st
                   : crate_check_report(call, CRATE_NO_ORIGIN,
                                        "the bag has no payload manifest");
}
