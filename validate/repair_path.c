// SPDX-License-Identifier: Apache-2.0
#include "validate/repair_path.h"
#include "package/package.h"
#include "validate/patch.h"
#include "json/pointer.h"
#include <cratekit/iri.h>

/// The number of a name that several members have.
#define SEVERAL UINTPTR_MAX

/// One entity that gets another @id.
typedef struct {
  CrateChecks *checks;
  CrateText from, to; // without a leading "./"
  CrateBuffer pointer;
  CrateBuffer *out;
} Renaming;

static CrateText
without_dot(CrateText id)
{
  return crate_text_starts(id, CRATE_TEXT("./"))
           ? crate_text_slice(id, 2, id.size)
           : id;
}

static CrateText
without_slash(CrateText path)
{
  while (path.size && path.data[path.size - 1u] == '/') {
    --path.size;
  }
  return path;
}

/// What is left of a path when all is undone that people write in different
/// ways. Twice: tools encode what was encoded before.
static CrateStatus
key_of(CrateArena *arena, CrateText path, CrateText *out)
{
  CrateText key;
  for (int i = 0; i < 2; ++i) {
    const CrateStatus st = crate_iri_decode(arena, path, &key);
    if (st == CRATE_MALFORMED) {
      break; // a '%' is just that
    }
    CRATE_TRY(st);
    path = key;
  }
  CRATE_TRY(crate_arena_copy(arena, without_slash(path), &key));
  char *const data = (char *)(uintptr_t)key.data;
  for (size_t i = 0; i < key.size; ++i) {
    data[i] = (char)(data[i] == '\\' ? '/' : data[i]);
  }
  return crate_name_fold(arena, key, true, out);
}

/// All members by their keys.
static CrateStatus
list_alike(CrateChecks *checks)
{
  const CrateText *paths = NULL;
  size_t count = 0;
  CRATE_TRY(crate_package_list(checks->view->package, &paths, &count));
  for (size_t i = 0; i < count; ++i) {
    CrateText key;
    CRATE_TRY(key_of(&checks->arena, paths[i], &key));
    const bool again = crate_map_get(&checks->alike, key, NULL);
    CRATE_TRY(crate_map_put(&checks->alike, key, again ? SEVERAL : i + 1u));
  }
  checks->alike_known = true;
  return CRATE_OK;
}

/// The member that an entity's path means; empty when that is not certain.
static CrateStatus
find_meant(CrateChecks *checks,
           CrateArena *arena,
           const CrateEntity *entity,
           CrateText *out)
{
  const CrateText *paths = NULL;
  size_t count = 0;
  CrateText path;
  CrateText key;
  uintptr_t number = 0;
  CrateMember member = CRATE_MEMBER_ABSENT;
  *out = (CrateText){NULL, 0};
  CRATE_TRY(crate_view_payload_path(entity, arena, &path));
  CRATE_TRY(crate_package_find(checks->view->package, path, &member, NULL));
  if (member == CRATE_MEMBER_FILE || member == CRATE_MEMBER_FOLDER) {
    *out = without_slash(path); // it is only written badly
    return CRATE_OK;
  }
  if (!checks->alike_known) {
    CRATE_TRY(list_alike(checks));
  }
  CRATE_TRY(key_of(arena, without_dot(path), &key));
  CRATE_TRY(crate_package_list(checks->view->package, &paths, &count));
  if (!crate_map_get(&checks->alike, key, &number) || number == SEVERAL) {
    return CRATE_OK;
  }
  const bool folder = crate_text_ends(paths[number - 1u], CRATE_TEXT("/"));
  if (folder == ((entity->bits & CRATE_TYPED_DATASET) != 0)) {
    *out = without_slash(paths[number - 1u]);
  }
  return CRATE_OK;
}

/// A path as a relative reference (RFC 3987), each byte as it is that may be.
static void
add_escaped(CrateBuffer *out, CrateText path)
{
  const size_t slash = crate_text_find(path, '/');
  if (crate_text_find(crate_text_slice(path, 0, slash), ':') < slash) {
    crate_buffer_add_string(out, "./"); // RFC 3986 4.2: or it is a scheme
  }
  const size_t utf8 = crate_text_utf8_span(path);
  for (size_t i = 0; i < path.size; ++i) {
    const char c = path.data[i];
    const unsigned char byte = (unsigned char)c;
    if (byte <= ' ' || byte == 0x7Fu || strchr("<>\"{}|\\^`%#?", c) ||
        (byte >= 0x80u && utf8 < path.size)) {
      crate_buffer_print(out, "%%%02X", (unsigned)byte);
    } else {
      crate_buffer_add_byte(out, c);
    }
  }
}

/// The new @id, written as the old one was: empty when it is not to be had.
static CrateStatus
find_id(CrateChecks *checks,
        CrateArena *arena,
        const CrateEntity *entity,
        CrateText *out)
{
  const CrateIri iri = crate_iri_split(entity->id);
  CrateText meant;
  CrateBuffer id;
  *out = (CrateText){NULL, 0};
  if (!(entity->bits & CRATE_IS_RELATIVE) || iri.has_query ||
      iri.has_fragment || iri.has_authority) {
    return CRATE_OK;
  }
  CRATE_TRY(find_meant(checks, arena, entity, &meant));
  if (!meant.size) {
    return CRATE_OK;
  }
  crate_buffer_init(&id, arena->world);
  add_escaped(&id, meant);
  if (crate_text_ends(entity->id, CRATE_TEXT("/"))) {
    crate_buffer_add_byte(&id, '/');
  }
  CrateStatus st = crate_buffer_status(&id);
  st = st ? st : crate_arena_copy(arena, crate_buffer_text(&id), out);
  crate_buffer_clear(&id);
  if (!st && crate_map_get(&checks->ids, *out, NULL)) {
    *out = (CrateText){NULL, 0}; // it, or another entity, is called so
  }
  return st;
}

static void
rename_here(Renaming *renaming, const CrateJson *object)
{
  const CrateJson *const id = crate_json_get(object, CRATE_TEXT("@id"));
  if (!crate_json_is(id, CRATE_JSON_STRING)) {
    return;
  }
  const CrateText old = crate_json_text(id);
  if (crate_text_equal(without_dot(old), renaming->from)) {
    crate_patch_begin(renaming->out, "replace",
                      crate_buffer_text(&renaming->pointer), "/@id");
    crate_patch_text(renaming->out, "value", renaming->to);
    crate_patch_end(renaming->out);
  }
}

/// In everything below a value. As deep as the JSON reader lets it be.
static void
rename_below(Renaming *renaming, const CrateJson *value)
{
  const size_t above = renaming->pointer.size;
  const bool object = crate_json_is(value, CRATE_JSON_OBJECT);
  size_t index = 0;
  if (object) {
    rename_here(renaming, value);
  }
  for (const CrateJson *child = value->first; child;
       child = object ? crate_json_next_key(child) : child->next, ++index) {
    const CrateJson *const below = object ? child->next : child;
    ++renaming->checks->repair_work;
    if (crate_json_is(below, CRATE_JSON_OBJECT) ||
        crate_json_is(below, CRATE_JSON_ARRAY)) {
      crate_pointer_step(value, child, index, &renaming->pointer);
      rename_below(renaming, below);
      renaming->pointer.size = above;
    }
  }
}

void
crate_repair_path(CrateChecks *checks, size_t index, CrateBuffer *out)
{
  const CrateView *const view = checks->view;
  const CrateEntity *const entity = &view->entities[index];
  const CrateJson *const graph =
    crate_json_get(view->document.root, CRATE_TEXT("@graph"));
  CrateArena scratch;
  Renaming renaming = {
    .checks = checks, .from = without_dot(entity->id), .out = out};
  if (view->mode != CRATE_MODE_ATTACHED ||
      !crate_json_is(graph, CRATE_JSON_ARRAY)) {
    return;
  }
  crate_arena_init(&scratch, view->world);
  crate_buffer_init(&renaming.pointer, view->world);
  CrateStatus st = find_id(checks, &scratch, entity, &renaming.to);
  if (!st && renaming.to.size) {
    crate_buffer_add_string(&renaming.pointer, "/@graph");
    rename_below(&renaming, graph);
    st = crate_buffer_status(&renaming.pointer);
  }
  out->status = out->status ? out->status : st;
  crate_buffer_clear(&renaming.pointer);
  crate_arena_clear(&scratch);
}
