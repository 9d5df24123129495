// SPDX-License-Identifier: Apache-2.0
// JSON as a tree. Depth is bounded by the reader's limit.
#include "convert/tree/tree.h"

static CrateStatus add_value(CrateArena *arena,
                             CrateTree *parent,
                             CrateText key,
                             const CrateJson *value);

static CrateStatus
add_members(CrateArena *arena, CrateTree *parent, const CrateJson *object)
{
  for (const CrateJson *key = object->first; key;
       key = crate_json_next_key(key)) {
    CRATE_TRY(add_value(arena, parent, crate_json_text(key), key->next));
  }
  return CRATE_OK;
}

static CrateStatus
add_leaf(CrateArena *arena,
         CrateTree *parent,
         CrateText key,
         const CrateJson *value)
{
  static const struct {
    CrateTreeKind kind;
    const char *text;
  } kinds[] = {
    [CRATE_JSON_NULL] = {CRATE_TREE_NULL, "null"},
    [CRATE_JSON_FALSE] = {CRATE_TREE_BOOLEAN, "false"},
    [CRATE_JSON_TRUE] = {CRATE_TREE_BOOLEAN, "true"},
    [CRATE_JSON_NUMBER] = {CRATE_TREE_NUMBER, NULL},
    [CRATE_JSON_STRING] = {CRATE_TREE_STRING, NULL},
  };
  const char *const word = kinds[value->kind].text;
  return crate_tree_add(arena, parent, kinds[value->kind].kind, key,
                        word ? crate_text(word) : crate_json_text(value),
                        value->offset)
           ? CRATE_OK
           : crate_arena_status(arena);
}

static CrateStatus
add_items(CrateArena *arena,
          CrateTree *parent,
          CrateText key,
          const CrateJson *array)
{
  const CrateText none = {NULL, 0};
  for (const CrateJson *item = array->first; item; item = item->next) {
    CrateTree *inner = parent;
    const bool nested = crate_json_is(item, CRATE_JSON_ARRAY);
    if (nested) {
      inner =
        crate_tree_add(arena, parent, CRATE_TREE_NODE, key, none, item->offset);
      if (!inner) {
        return crate_arena_status(arena);
      }
    }
    CRATE_TRY(add_value(arena, inner, nested ? none : key, item));
  }
  return CRATE_OK;
}

static CrateStatus
add_value(CrateArena *arena,
          CrateTree *parent,
          CrateText key,
          const CrateJson *value)
{
  if (crate_json_is(value, CRATE_JSON_ARRAY)) {
    return add_items(arena, parent, key, value);
  }
  if (!crate_json_is(value, CRATE_JSON_OBJECT)) {
    return add_leaf(arena, parent, key, value);
  }
  CrateTree *const node = crate_tree_add(arena, parent, CRATE_TREE_NODE, key,
                                         (CrateText){NULL, 0}, value->offset);
  return node ? add_members(arena, node, value) : crate_arena_status(arena);
}

CrateStatus
crate_tree_from_json(const CrateJsonDocument *document,
                     CrateArena *arena,
                     CrateTree **out)
{
  const CrateText none = {NULL, 0};
  if (!crate_json_is(document->root, CRATE_JSON_OBJECT)) {
    const CratePlace at = crate_json_place(document, document->root->offset);
    const CrateDiagnostic place = {.file = document->name,
                                   .line = at.line,
                                   .column = at.column,
                                   .code = CRATE_TEXT("not-an-object")};
    return crate_world_say(document->world, CRATE_MALFORMED, &place,
                           "expected an object of JSON");
  }
  *out = crate_tree_add(arena, NULL, CRATE_TREE_NODE, none, none,
                        document->root->offset);
  return *out ? add_members(arena, *out, document->root)
              : crate_arena_status(arena);
}
