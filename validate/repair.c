// SPDX-License-Identifier: Apache-2.0
// One function for each component whose findings can be mended for certain.
#include "validate/repair.h"
#include "crate/vocabulary.h"
#include "validate/patch.h"
#include "validate/repair_path.h"
#include <stdio.h>

/// A repair may walk along all entities: so many that it takes no time, and of
/// a crate that is all flaws the first ones.
#define MOST_WORK 10000000u

CrateText
crate_repair_parent(CrateText pointer, CrateText *token)
{
  size_t slash = pointer.size;
  while (slash && pointer.data[slash - 1u] != '/') {
    --slash;
  }
  *token = crate_text_slice(pointer, slash, pointer.size);
  return crate_text_slice(pointer, 0, slash ? slash - 1u : 0);
}

/// The key that was meant, in every entity that has the misspelt one.
static void
rename_everywhere(const CrateRepair *repair, CrateText name, CrateText meant)
{
  const CrateJson *const graph =
    crate_json_get(repair->checks->view->document.root, CRATE_TEXT("@graph"));
  size_t index = 0;
  for (const CrateJson *entity = crate_json_first(graph); entity;
       entity = entity->next, ++index) {
    if (crate_json_get(entity, name) && !crate_json_get(entity, meant)) {
      char path[128];
      char from[128];
      snprintf(path, sizeof(path), "/@graph/%zu/%.*s", index,
               CRATE_TEXT_ARG(meant));
      snprintf(from, sizeof(from), "/@graph/%zu/%.*s", index,
               CRATE_TEXT_ARG(name));
      crate_patch_begin(repair->out, "move", crate_text(path), "");
      crate_patch_text(repair->out, "from", crate_text(from));
      crate_patch_end(repair->out);
    }
  }
}

/// Fits into a pointer as it is, and into a line.
static bool
is_plain(CrateText name)
{
  return name.size < 64 && crate_text_find(name, '/') == name.size &&
         crate_text_find(name, '~') == name.size;
}

/// A key or a type that differs from a known one by a slip.
static void
repair_name(const CrateRepair *repair)
{
  CrateText token;
  CrateText above;
  const CrateText pointer = repair->finding->pointer;
  const CrateText parent = crate_repair_parent(pointer, &token);
  crate_repair_parent(parent, &above);
  const CrateJson *const value = repair->culprit;
  const bool type =
    crate_text_is(token, "@type") || crate_text_is(above, "@type");
  const CrateText name = type && crate_json_is(value, CRATE_JSON_STRING)
                           ? crate_json_text(value)
                           : token;
  const CrateText meant = crate_check_meant_name(repair->checks, name);
  if (!meant.size || !is_plain(name) || !is_plain(meant)) {
    return;
  }
  if (type) {
    crate_patch_begin(repair->out, "replace", pointer, "");
    crate_patch_text(repair->out, "value", meant);
    crate_patch_end(repair->out);
  } else {
    rename_everywhere(repair, name, meant);
  }
}

/// A string where a reference belongs.
static void
repair_reference(const CrateRepair *repair)
{
  const CrateJson *const value = repair->culprit;
  if (crate_json_is(value, CRATE_JSON_STRING)) {
    crate_patch_begin(repair->out, "replace", repair->finding->pointer, "");
    crate_patch_reference(repair->out, crate_json_text(value));
    crate_patch_end(repair->out);
  }
}

/// A reference that misses an entity by a slip.
static void
repair_link(const CrateRepair *repair)
{
  const CrateJson *const id =
    crate_json_get(repair->culprit, CRATE_TEXT("@id"));
  const CrateText near =
    crate_json_is(id, CRATE_JSON_STRING)
      ? crate_check_near_id(repair->checks, crate_json_text(id))
      : (CrateText){NULL, 0};
  if (near.size) {
    crate_patch_begin(repair->out, "replace", repair->finding->pointer, "/@id");
    crate_patch_text(repair->out, "value", near);
    crate_patch_end(repair->out);
  }
}

/// A prefix or a term in the context, of a namespace that was left.
static void
repair_namespace(const CrateRepair *repair)
{
  CrateText parts[2];
  CrateText meant;
  if (crate_json_is(repair->culprit, CRATE_JSON_STRING) &&
      crate_check_moved(crate_json_text(repair->culprit), &parts[0],
                        &parts[1]) &&
      !crate_arena_join(&repair->checks->arena, parts, 2, &meant)) {
    crate_patch_begin(repair->out, "replace", repair->finding->pointer, "");
    crate_patch_text(repair->out, "value", meant);
    crate_patch_end(repair->out);
  }
}

/// Data that no hasPart leads to: the root's does then.
static void
repair_reach(const CrateRepair *repair)
{
  const CrateView *const view = repair->checks->view;
  const CrateJson *const graph =
    crate_json_get(view->document.root, CRATE_TEXT("@graph"));
  const CrateText id = repair->finding->focus;
  char place[48];
  size_t index = 0;
  for (const CrateJson *entity = crate_json_first(graph);
       entity && view->root && entity != view->root->json;
       entity = entity->next) {
    ++index;
  }
  const CrateJson *const parts =
    view->root ? crate_json_get(view->root->json, CRATE_TEXT("hasPart")) : NULL;
  if (!view->root || !id.size ||
      (parts && crate_json_is(parts, CRATE_JSON_STRING))) {
    return;
  }
  snprintf(place, sizeof(place), "/@graph/%zu/hasPart", index);
  if (crate_json_is(parts, CRATE_JSON_ARRAY)) {
    crate_patch_begin(repair->out, "add", crate_text(place), "/-");
    crate_patch_reference(repair->out, id);
    crate_patch_end(repair->out);
    return;
  }
  crate_patch_begin(repair->out, parts ? "replace" : "add", crate_text(place),
                    "");
  crate_buffer_add_string(repair->out, ",\"value\":[");
  if (parts) {
    crate_json_write(repair->out, parts, 0);
    crate_buffer_add_byte(repair->out, ',');
  }
  crate_buffer_add_string(repair->out, "{\"@id\":");
  crate_json_write_string(repair->out, id);
  crate_buffer_add_string(repair->out, "}]");
  crate_patch_end(repair->out);
}

/// The size that the file has, as a string or as a number.
static void
repair_size(const CrateRepair *repair)
{
  CrateChecks *const checks = repair->checks;
  const CrateJson *const value = repair->culprit;
  uintptr_t number = 0;
  if (!crate_map_get(&checks->ids, repair->finding->focus, &number) ||
      !checks->members_known ||
      checks->members[number - 1u] != CRATE_MEMBER_FILE ||
      (!crate_json_is(value, CRATE_JSON_STRING) &&
       !crate_json_is(value, CRATE_JSON_NUMBER))) {
    return;
  }
  char text[32];
  snprintf(text, sizeof(text), "%llu",
           (unsigned long long)checks->sizes[number - 1u]);
  crate_patch_begin(repair->out, "replace", repair->finding->pointer, "");
  crate_patch_text(repair->out, "value", crate_text(text));
  crate_patch_end(repair->out);
}

/// An @id for an entity that had none: "#name-of-it", unlike all others.
static bool
make_id(const CrateRepair *repair, const CrateJson *entity, char id[64])
{
  const CrateJson *name = crate_json_get(entity, CRATE_TEXT("name"));
  name = name ? name : crate_json_get(entity, CRATE_TEXT("@type"));
  size_t size = 0;
  id[size++] = '#';
  const CrateText text = crate_json_is(name, CRATE_JSON_STRING)
                           ? crate_json_text(name)
                           : CRATE_TEXT("entity");
  for (size_t i = 0; i < text.size && size < 48; ++i) {
    const char c = text.data[i];
    const char lower = c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
    const bool word =
      (lower >= 'a' && lower <= 'z') || (lower >= '0' && lower <= '9');
    if (word || id[size - 1u] != '-') {
      id[size++] = word ? lower : '-';
    }
  }
  size -= id[size - 1u] == '-';
  id[size] = '\0';
  return size > 1u &&
         !crate_map_get(&repair->checks->ids, crate_text(id), NULL);
}

/// An entity inside another moves to @graph, and leaves a reference.
static void
repair_nested(const CrateRepair *repair)
{
  const CrateJson *const entity = repair->culprit;
  const CrateJson *const given = crate_json_get(entity, CRATE_TEXT("@id"));
  char id[64];
  if (!crate_json_get(entity, CRATE_TEXT("@type")) ||
      (given &&
       (!crate_json_is(given, CRATE_JSON_STRING) ||
        crate_map_get(&repair->checks->ids, crate_json_text(given), NULL))) ||
      (!given && !make_id(repair, entity, id))) {
    return;
  }
  const CrateText name = given ? crate_json_text(given) : crate_text(id);
  crate_patch_begin(repair->out, "replace", repair->finding->pointer, "");
  crate_patch_reference(repair->out, name);
  crate_patch_end(repair->out);
  crate_patch_begin(repair->out, "add", CRATE_TEXT("/@graph/-"), "");
  crate_buffer_add_string(repair->out, ",\"value\":{\"@id\":");
  crate_json_write_string(repair->out, name);
  for (const CrateJson *key = crate_json_first_key(entity); key;
       key = crate_json_next_key(key)) {
    if (!crate_json_is_string(key, "@id")) {
      crate_buffer_add_byte(repair->out, ',');
      crate_json_write_string(repair->out, crate_json_text(key));
      crate_buffer_add_byte(repair->out, ':');
      crate_json_write(repair->out, key->next, 0);
    }
  }
  crate_buffer_add_byte(repair->out, '}');
  crate_patch_end(repair->out);
}

/// Year, month and day in that order, in another dress: 2024/5/1, 2024.05.01.
static void
repair_date(const CrateRepair *repair)
{
  static const int longest[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  const CrateJson *const value = repair->culprit;
  const CrateText text = crate_json_is(value, CRATE_JSON_STRING)
                           ? crate_json_text(value)
                           : (CrateText){NULL, 0};
  char copy[16] = "";
  int year = 0;
  int month = 0;
  int day = 0;
  int used = 0;
  char separators[2] = "";
  if (!text.size || text.size >= sizeof(copy)) {
    return;
  }
  memcpy(copy, text.data, text.size);
  const int found = sscanf(copy, "%4d%1[-/.]%2d%*1[-/.]%2d%n", &year,
                           separators, &month, &day, &used);
  if (found != 4 || (size_t)used != text.size || year < 1000 || month < 1 ||
      month > 12 || day < 1 || day > longest[month - 1]) {
    return;
  }
  char date[40];
  snprintf(date, sizeof(date), "%04d-%02d-%02d", year, month, day);
  crate_patch_begin(repair->out, "replace", repair->finding->pointer, "");
  crate_patch_text(repair->out, "value", crate_text(date));
  crate_patch_end(repair->out);
}

/// An @id that is nearly the path of what is there.
static void
repair_path(const CrateRepair *repair)
{
  uintptr_t number = 0;
  if (crate_map_get(&repair->checks->ids, repair->finding->focus, &number)) {
    crate_repair_path(repair->checks, number - 1u, repair->out);
  }
}

/// A checksum in base64, or after its own name: the same in hexadecimal. The
/// key is that of the value, or of the array that it is in.
static void
repair_checksum(const CrateRepair *repair)
{
  char hex[CRATE_CHECKSUM_ROOM];
  CrateText key;
  const CrateText parent = crate_repair_parent(repair->finding->pointer, &key);
  if (key.size && key.data[0] >= '0' && key.data[0] <= '9') {
    crate_repair_parent(parent, &key);
  }
  if (crate_json_is(repair->culprit, CRATE_JSON_STRING) &&
      crate_checksum_mend(key, crate_json_text(repair->culprit), hex)) {
    crate_patch_begin(repair->out, "replace", repair->finding->pointer, "");
    crate_patch_text(repair->out, "value", crate_text(hex));
    crate_patch_end(repair->out);
  }
}

static const CrateRepairRow repairs[] = {
  {CRATEKIT "definedKeys", repair_name, NULL},
  {CRATEKIT "objectForm", repair_reference, NULL},
  {CRATEKIT "described", repair_link, NULL},
  {CRATEKIT "referencesDescribed", repair_link, NULL},
  {CRATEKIT "reachable", repair_reach, NULL},
  {CRATEKIT "byteCount", repair_size, NULL},
  {CRATEKIT "noNested", repair_nested, NULL},
  {CRATEKIT "isoDate", repair_date, NULL},
  {CRATEKIT "namespace", repair_namespace, NULL},
  {CRATEKIT "payload", repair_path, NULL},
  {CRATEKIT "pathEscaping", repair_path, NULL},
  {CRATEKIT "unicodeForm", repair_path, NULL},
  {CRATEKIT "checksumForm", repair_checksum, NULL},
  {NULL, NULL, NULL},
};

/// Every family has a table.
static const CrateRepairRow *const tables[] = {
  repairs,
  crate_repairs_croissant,
  crate_repairs_croissant_terms,
};

/// Whether "profile-1.0/name" is the rule of a name.
static bool
is_rule(CrateText rule, const char *name)
{
  const CrateText end = crate_text(name);
  return crate_text_ends(rule, end) && rule.size > end.size &&
         rule.data[rule.size - end.size - 1u] == '/';
}

CrateStatus
crate_repair_write(const CrateRepair *repair)
{
  CrateChecks *const checks = repair->checks;
  for (size_t t = 0; t < sizeof(tables) / sizeof(*tables); ++t) {
    for (const CrateRepairRow *row = tables[t]; row->component; ++row) {
      if (!crate_text_is(repair->component, row->component) ||
          (row->rule && !is_rule(repair->finding->rule, row->rule))) {
        continue;
      }
      checks->repair_work += checks->view->entity_count + 64u;
      if (checks->repair_work < MOST_WORK) {
        row->mend(repair);
      }
    }
  }
  if (repair->out->size) {
    crate_buffer_add_byte(repair->out, ']');
  }
  return crate_buffer_status(repair->out);
}
