// SPDX-License-Identifier: Apache-2.0
// What a profile may ask of a bag's own files (RFC 8493), beyond what RO-Crate
// does: see bag.c. A crate that is in no bag is not asked.
#include "validate/checks/checks.h"
#include <ctype.h>

typedef struct {
  const CrateNativeCall *call;
  CrateChecks *checks;
  CrateText top; // of the bag, below what was opened
} Bag;

/// The contents of a file at the bag's top; `there` is false without one.
static CrateStatus
read_tag(const Bag *bag, const char *name, CrateText *text, bool *there)
{
  CrateText path;
  CrateMember member = CRATE_MEMBER_ABSENT;
  const CrateText parts[] = {CRATE_TEXT("/"), bag->top, crate_text(name)};
  *text = (CrateText){NULL, 0};
  *there = false;
  CRATE_TRY(crate_arena_join(&bag->checks->arena, parts, 3, &path));
  CRATE_TRY(
    crate_package_find(bag->checks->view->package, path, &member, NULL));
  *there = member == CRATE_MEMBER_FILE;
  return *there ? crate_package_read(bag->checks->view->package, path,
                                     &bag->checks->arena, text)
                : CRATE_OK;
}

static CrateText
trim(CrateText text)
{
  while (text.size && isspace((unsigned char)text.data[0])) {
    text = crate_text_slice(text, 1, text.size);
  }
  while (text.size && isspace((unsigned char)text.data[text.size - 1u])) {
    --text.size;
  }
  return text;
}

/// The value of the first "Label: value" line; labels are compared in whatever
/// letter case (section 2.2.2).
static CrateText
label_value(CrateText text, const char *label)
{
  while (text.size) {
    const size_t end = crate_text_find(text, '\n');
    const CrateText line = crate_text_slice(text, 0, end);
    const size_t colon = crate_text_find(line, ':');
    if (crate_text_equal_fold(trim(crate_text_slice(line, 0, colon)),
                              crate_text(label))) {
      return trim(crate_text_slice(line, colon + 1u, line.size));
    }
    text = crate_text_slice(text, end + 1u, text.size);
  }
  return (CrateText){NULL, 0};
}

/// Without the declaration there is no version, which is a flaw of its own.
static CrateStatus
look_at_version(const Bag *bag)
{
  CrateText text;
  bool there = false;
  CRATE_TRY(read_tag(bag, "bagit.txt", &text, &there));
  const CrateText version = label_value(text, "BagIt-Version");
  const bool right =
    version.size && version.data[0] >= '1' && version.data[0] <= '9';
  return !there || right ? CRATE_OK
                         : crate_check_report(bag->call, CRATE_NO_ORIGIN,
                                              "bagit.txt says \"%.*s\"",
                                              CRATE_TEXT_ARG(version));
}

/// A bag without any manifest is a flaw of its own.
static CrateStatus
look_at_manifest(const Bag *bag)
{
  static const char *const others[] = {
    "manifest-sha256.txt", "manifest-sha1.txt",   "manifest-md5.txt",
    "manifest-sha384.txt", "manifest-sha224.txt",
  };
  CrateText text;
  bool there = false;
  CRATE_TRY(read_tag(bag, "manifest-sha512.txt", &text, &there));
  for (size_t i = 0; i < sizeof(others) / sizeof(*others) && !there; ++i) {
    CRATE_TRY(read_tag(bag, others[i], &text, &there));
    if (there) {
      return crate_check_report(bag->call, CRATE_NO_ORIGIN,
                                "the bag has %s only", others[i]);
    }
  }
  return CRATE_OK;
}

static CrateStatus
look_for_tag_manifest(const Bag *bag)
{
  CrateText text;
  bool there = false;
  CRATE_TRY(read_tag(bag, "tagmanifest-sha512.txt", &text, &there));
  return there ? CRATE_OK
               : crate_check_report(bag->call, CRATE_NO_ORIGIN,
                                    "there is no tagmanifest-sha512.txt");
}

/// Whether a manifest's line names a tag manifest; section 2.2.1.
static bool
lists_tag_manifest(CrateText text)
{
  const CrateText name = CRATE_TEXT("tagmanifest-");
  while (text.size) {
    const size_t end = crate_text_find(text, '\n');
    CrateText line = trim(crate_text_slice(text, 0, end));
    const size_t space = crate_text_find(line, ' ');
    line = trim(crate_text_slice(line, space, line.size));
    if (crate_text_starts(line, CRATE_TEXT("*"))) {
      line = crate_text_slice(line, 1, line.size);
    }
    if (crate_text_starts(line, name)) {
      return true;
    }
    text = crate_text_slice(text, end + 1u, text.size);
  }
  return false;
}

static CrateStatus
look_into_tag_manifests(const Bag *bag)
{
  static const char *const names[] = {
    "tagmanifest-sha512.txt",
    "tagmanifest-sha256.txt",
    "tagmanifest-sha1.txt",
    "tagmanifest-md5.txt",
  };
  for (size_t i = 0; i < sizeof(names) / sizeof(*names); ++i) {
    CrateText text;
    bool there = false;
    CRATE_TRY(read_tag(bag, names[i], &text, &there));
    if (lists_tag_manifest(text)) {
      CRATE_TRY(crate_check_report(bag->call, CRATE_NO_ORIGIN,
                                   "%s lists a tag manifest", names[i]));
    }
  }
  return CRATE_OK;
}

static CrateStatus
read_identifier(const Bag *bag, CrateText *identifier)
{
  CrateText text;
  bool there = false;
  CRATE_TRY(read_tag(bag, "bag-info.txt", &text, &there));
  *identifier = label_value(text, "External-Identifier");
  return CRATE_OK;
}

static CrateStatus
look_for_identifier(const Bag *bag)
{
  CrateText identifier;
  CRATE_TRY(read_identifier(bag, &identifier));
  return identifier.size
           ? CRATE_OK
           : crate_check_report(bag->call, CRATE_NO_ORIGIN,
                                "bag-info.txt gives no External-Identifier");
}

/// The UUID of "urn:uuid:9796155a-fe44-4614-89b8-71945f718ffb"; or empty.
static CrateText
uuid_of(CrateText identifier)
{
  const CrateText prefix = CRATE_TEXT("urn:uuid:");
  const CrateText uuid =
    crate_text_slice(identifier, prefix.size, identifier.size);
  bool right = crate_text_starts(identifier, prefix) && uuid.size == 36;
  for (size_t i = 0; i < uuid.size && right; ++i) {
    const bool dash = i == 8 || i == 13 || i == 18 || i == 23;
    right = dash ? uuid.data[i] == '-' : isxdigit((unsigned char)uuid.data[i]);
  }
  return right ? uuid : (CrateText){NULL, 0};
}

static CrateStatus
look_at_identifier(const Bag *bag)
{
  CrateText identifier;
  CRATE_TRY(read_identifier(bag, &identifier));
  return !identifier.size || uuid_of(identifier).size
           ? CRATE_OK
           : crate_check_report(bag->call, CRATE_NO_ORIGIN,
                                "External-Identifier is \"%.*s\"",
                                CRATE_TEXT_ARG(identifier));
}

/// The focus node's @id does not hold the UUID of the bag.
static CrateStatus
compare_identifier(const Bag *bag)
{
  const CrateEntity *const entity =
    crate_view_entity(bag->checks->view, bag->call->focus);
  CrateText identifier;
  CRATE_TRY(read_identifier(bag, &identifier));
  const CrateText uuid = uuid_of(identifier);
  for (size_t i = 0; entity && uuid.size && i < entity->id.size; ++i) {
    const CrateText rest = crate_text_slice(entity->id, i, entity->id.size);
    if (crate_text_starts(rest, uuid)) {
      return crate_check_report(bag->call, entity->id_offset,
                                "%.*s is the bag's own identifier",
                                CRATE_TEXT_ARG(uuid));
    }
  }
  return CRATE_OK;
}

/// An archive is opened when all that is in it lies in one folder, or when
/// the crate is at its top: then the bag's files are several entries.
static CrateStatus
look_at_top(const Bag *bag)
{
  const bool zip =
    crate_package_kind(bag->checks->view->package) == CRATE_PACKAGE_ZIP;
  return !zip || bag->top.size
           ? CRATE_OK
           : crate_check_report(bag->call, CRATE_NO_ORIGIN,
                                "the bag's files stand at the top");
}

static CrateStatus
look_for_payload(const Bag *bag)
{
  return crate_check_payload_present(bag->call);
}

/// What the parameter of ck:bagTag can ask.
static const struct {
  const char *word;
  CrateStatus (*look)(const Bag *bag);
} looks[] = {
  {"version", look_at_version},
  {"sha512-manifest", look_at_manifest},
  {"sha512-tag-manifest", look_for_tag_manifest},
  {"tag-manifests-apart", look_into_tag_manifests},
  {"identifier", look_for_identifier},
  {"identifier-uuid", look_at_identifier},
  {"identifier-apart", compare_identifier},
  {"one-folder", look_at_top},
  {"payload", look_for_payload},
};

CrateStatus
crate_check_bag_tag(const CrateNativeCall *call)
{
  CrateChecks *const checks = (CrateChecks *)call->handle;
  Bag bag = {call, checks, {NULL, 0}};
  if (!crate_package_is_bag(checks->view->package, &bag.top) ||
      !crate_text_ends(crate_package_root(checks->view->package),
                       CRATE_TEXT("data/"))) {
    return CRATE_OK;
  }
  for (size_t i = 0; i < sizeof(looks) / sizeof(*looks); ++i) {
    if (crate_text_is(crate_check_parameter(call), looks[i].word)) {
      CRATE_TRY(looks[i].look(&bag));
    }
  }
  return CRATE_OK;
}

/// An archive is one of a bag; a folder may be one that was unpacked.
CrateStatus
crate_check_bagged(const CrateNativeCall *call)
{
  const CrateView *const view = crate_check_view(call);
  CrateText top;
  return crate_package_kind(view->package) != CRATE_PACKAGE_ZIP ||
             crate_package_is_bag(view->package, &top)
           ? CRATE_OK
           : crate_check_report(call, CRATE_NO_ORIGIN,
                                "the archive holds no bag");
}

/// The package holds more than metadata and preview.
CrateStatus
crate_check_payload_present(const CrateNativeCall *call)
{
  const CrateView *const view = crate_check_view(call);
  const CrateText *paths = NULL;
  size_t count = 0;
  CRATE_TRY(crate_package_list(view->package, &paths, &count));
  for (size_t i = 0; i < count; ++i) {
    if (!crate_text_ends(paths[i], CRATE_TEXT("/")) &&
        !crate_text_starts(paths[i], CRATE_TEXT("ro-crate-metadata.json")) &&
        !crate_text_starts(paths[i], CRATE_TEXT("ro-crate-preview"))) {
      return CRATE_OK;
    }
  }
  return crate_check_report(call, CRATE_NO_ORIGIN,
                            "there is no file beside the metadata");
}
