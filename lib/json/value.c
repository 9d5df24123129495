// SPDX-License-Identifier: Apache-2.0
// Asking and making values.
#include <cratekit/json.h>
#include <cratekit/map.h>

CrateJson *
crate_json_get(const CrateJson *object, CrateText key)
{
  CrateJson *found = NULL;
  for (const CrateJson *k = crate_json_first_key(object); k;
       k = crate_json_next_key(k)) {
    if (crate_text_equal(crate_json_text(k), key)) {
      found = k->next;
    }
  }
  return found;
}

CrateJson *
crate_json_new(CrateArena *arena, CrateJsonKind kind, uint32_t offset)
{
  return crate_json_new_text(arena, kind, (CrateText){NULL, 0}, offset);
}

CrateJson *
crate_json_new_text(CrateArena *arena,
                    CrateJsonKind kind,
                    CrateText text,
                    uint32_t offset)
{
  CrateJson *const value =
    text.size > CRATE_JSON_MAX_SIZE
      ? NULL
      : (CrateJson *)crate_arena_allocate(arena, sizeof(CrateJson));
  if (value) {
    value->next = NULL;
    value->text = text.data;
    value->kind = (uint32_t)kind & 0xFu;
    value->size = (uint32_t)text.size & CRATE_JSON_MAX_SIZE;
    value->offset = offset;
  }
  return value;
}

static bool
equal_objects(const CrateJson *a, const CrateJson *b)
{
  for (const CrateJson *key = a->first; key; key = crate_json_next_key(key)) {
    const CrateJson *const other = crate_json_get(b, crate_json_text(key));
    if (!other || !crate_json_equal(key->next, other)) {
      return false;
    }
  }
  return true;
}

static bool
equal_arrays(const CrateJson *a, const CrateJson *b)
{
  const CrateJson *y = b->first;
  for (const CrateJson *x = a->first; x; x = x->next, y = y->next) {
    if (!crate_json_equal(x, y)) {
      return false;
    }
  }
  return true;
}

bool
crate_json_equal(const CrateJson *a, const CrateJson *b)
{
  if (a->kind != b->kind || a->size != b->size) {
    return false;
  }
  switch ((CrateJsonKind)a->kind) {
    case CRATE_JSON_NULL:
    case CRATE_JSON_FALSE:
    case CRATE_JSON_TRUE:
      return true;
    case CRATE_JSON_NUMBER:
    case CRATE_JSON_STRING:
      return crate_text_equal(crate_json_text(a), crate_json_text(b));
    case CRATE_JSON_ARRAY:
      return equal_arrays(a, b);
    case CRATE_JSON_OBJECT:
      return equal_objects(a, b);
  }
  return false;
}
