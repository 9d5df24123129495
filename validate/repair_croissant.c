// SPDX-License-Identifier: Apache-2.0
// Repairs of Croissant documents: references that miss by a slip, values that
// are right but for their quotes, checksums in another dress.
#include "crate/vocabulary.h"
#include "validate/checks/croissant.h"
#include "validate/patch.h"
#include "validate/repair.h"

static void
replace(const CrateRepair *repair, const char *rest, CrateText text)
{
  crate_patch_begin(repair->out, "replace", repair->finding->pointer, rest);
  crate_patch_text(repair->out, "value", text);
  crate_patch_end(repair->out);
}

/// A value that is written as it stands: true, say.
static void
replace_raw(const CrateRepair *repair, CrateText text)
{
  crate_patch_begin(repair->out, "replace", repair->finding->pointer, "");
  crate_buffer_add_string(repair->out, ",\"value\":");
  crate_buffer_add(repair->out, text);
  crate_patch_end(repair->out);
}

/// A reference by a string that is an @id, or by an @id that is nearly one.
static void
repair_reference(const CrateRepair *repair)
{
  const CrateJson *const value = repair->culprit;
  const CrateJson *const id = crate_json_get(value, CRATE_TEXT("@id"));
  const CrateText text = crate_json_is(id, CRATE_JSON_STRING)
                           ? crate_json_text(id)
                           : (CrateText){NULL, 0};
  if (crate_json_is(value, CRATE_JSON_STRING)) {
    if (crate_map_get(&repair->checks->ids, crate_json_text(value), NULL)) {
      crate_patch_begin(repair->out, "replace", repair->finding->pointer, "");
      crate_patch_reference(repair->out, crate_json_text(value));
      crate_patch_end(repair->out);
    }
  } else if (text.size && !crate_map_get(&repair->checks->ids, text, NULL)) {
    const CrateText near = crate_check_near_id(repair->checks, text);
    if (near.size) {
      replace(repair, "/@id", near);
    }
  }
}

static bool
expects(const CrateRepair *repair, const char *word)
{
  CrateText words = repair->parameter;
  while (words.size) {
    if (crate_text_is(crate_text_next_word(&words), word)) {
      return true;
    }
  }
  return false;
}

/// Licences that are known by their identifiers alone, as the hubs of data
/// write them, in whatever letter case: those of SPDX that data have.
static CrateText
licence_of(CrateText text)
{
  static const char *const names[] = {
    "AFL-3.0",
    "AGPL-3.0-only",
    "Apache-2.0",
    "Artistic-2.0",
    "BSD-2-Clause",
    "BSD-3-Clause",
    "BSL-1.0",
    "CC-BY-2.0",
    "CC-BY-2.5",
    "CC-BY-3.0",
    "CC-BY-4.0",
    "CC-BY-NC-2.0",
    "CC-BY-NC-3.0",
    "CC-BY-NC-4.0",
    "CC-BY-NC-ND-3.0",
    "CC-BY-NC-ND-4.0",
    "CC-BY-NC-SA-2.0",
    "CC-BY-NC-SA-3.0",
    "CC-BY-NC-SA-4.0",
    "CC-BY-ND-4.0",
    "CC-BY-SA-3.0",
    "CC-BY-SA-4.0",
    "CC0-1.0",
    "CDLA-Permissive-1.0",
    "CDLA-Permissive-2.0",
    "CDLA-Sharing-1.0",
    "ECL-2.0",
    "EPL-2.0",
    "EUPL-1.1",
    "EUPL-1.2",
    "GPL-2.0-only",
    "GPL-3.0-only",
    "GPL-3.0-or-later",
    "ISC",
    "LGPL-3.0-only",
    "MIT",
    "MPL-2.0",
    "ODC-By-1.0",
    "ODbL-1.0",
    "OFL-1.1",
    "PDDL-1.0",
    "Unlicense",
    "WTFPL",
    "Zlib",
  };
  for (size_t i = 0; i < sizeof(names) / sizeof(*names); ++i) {
    if (crate_text_equal_fold(text, crate_text(names[i]))) {
      return crate_text(names[i]);
    }
  }
  return (CrateText){NULL, 0};
}

/// The identifier of a licence where its URL belongs.
static void
repair_licence(const CrateRepair *repair)
{
  CrateText parts[] = {CRATE_TEXT("https://spdx.org/licenses/"),
                       licence_of(crate_json_text(repair->culprit))};
  CrateText url;
  if (parts[1].size &&
      !crate_arena_join(&repair->checks->arena, parts, 2, &url)) {
    replace(repair, "", url);
  }
}

/// A number that has to be a text, or a text that has to be true or false.
static void
repair_quotes(const CrateRepair *repair)
{
  const CrateJson *const value = repair->culprit;
  if (crate_json_is(value, CRATE_JSON_STRING) &&
      crate_text_is(repair->parameter, "URL CreativeWork")) {
    repair_licence(repair);
    return;
  }
  const bool truth =
    crate_json_is_string(value, "true") || crate_json_is_string(value, "false");
  if (crate_json_is(value, CRATE_JSON_NUMBER) && expects(repair, "Text")) {
    replace(repair, "", crate_json_text(value));
  } else if (truth && expects(repair, "Boolean")) {
    replace_raw(repair, crate_json_text(value));
  }
}

/// The version that is meant, in the spelling that it has.
static void
repair_version(const CrateRepair *repair)
{
  static const char *const versions[] = {"1.0", "1.1"};
  const CrateJson *const id =
    crate_json_get(repair->culprit, CRATE_TEXT("@id"));
  const CrateJson *const value = id ? id : repair->culprit;
  const CrateText version =
    crate_json_is(value, CRATE_JSON_STRING)
      ? crate_croissant_version_of(crate_json_text(value))
      : (CrateText){NULL, 0};
  for (size_t i = 0; i < 2; ++i) {
    if (crate_text_is(version, versions[i])) {
      replace(repair, id ? "/@id" : "",
              i ? CRATE_TEXT(CROISSANT "1.1") : CRATE_TEXT(CROISSANT "1.0"));
    }
  }
}

/// Namespaces in a context that differ from those meant by the scheme alone.
static void
repair_prefix(const CrateRepair *repair)
{
  static const struct {
    const char *from, *to;
  } spaces[] = {
    {"https://mlcommons.org/croissant/", CROISSANT},
    {"http://mlcommons.org/croissant", CROISSANT},
    {"https://mlcommons.org/croissant", CROISSANT},
    {"https://mlcommons.org/croissant/RAI/", CROISSANT "RAI/"},
    {"http://mlcommons.org/croissant/RAI", CROISSANT "RAI/"},
    {"http://schema.org", SCHEMA},
    {"https://schema.org", SCHEMA},
  };
  for (size_t i = 0; i < sizeof(spaces) / sizeof(*spaces); ++i) {
    if (crate_json_is_string(repair->culprit, spaces[i].from)) {
      replace(repair, "", crate_text(spaces[i].to));
    }
  }
}

/// A digest in base64, or with its name before it.
static void
repair_digest(const CrateRepair *repair)
{
  char hex[CRATE_CHECKSUM_ROOM];
  const CrateText pointer = repair->finding->pointer;
  size_t slash = pointer.size;
  while (slash && pointer.data[slash - 1u] != '/') {
    --slash;
  }
  if (crate_json_is(repair->culprit, CRATE_JSON_STRING) &&
      crate_checksum_mend(crate_text_slice(pointer, slash, pointer.size),
                          crate_json_text(repair->culprit), hex)) {
    replace(repair, "", crate_text(hex));
  }
}

const CrateRepairRow crate_repairs_croissant[] = {
  {CRATEKIT "refersTo", repair_reference, NULL},
  {CRATEKIT "ownField", repair_reference, NULL},
  {CRATEKIT "expects", repair_quotes, NULL},
  {CRATEKIT "croissantVersion", repair_version, NULL},
  {CRATEKIT "croissantContext", repair_prefix, NULL},
  {CRATEKIT "digest", repair_digest, NULL},
  {NULL, NULL, NULL},
};
