// SPDX-License-Identifier: Apache-2.0
// Values as sets: JSON-LD API 7.2.2, steps 4.1.2 and 6.6.2.2, without a
// comparison of each with each.
#include "jsonld/node_map.h"

/// As many as this are compared one by one.
#define FEW 8u

void
crate_distinct_init(CrateDistinct *distinct, CrateProcessor *p)
{
  *distinct = (CrateDistinct){.p = p};
  crate_buffer_init(&distinct->key, p->world);
}

void
crate_distinct_clear(CrateDistinct *distinct)
{
  crate_buffer_clear(&distinct->key);
}

static void
add_number(CrateBuffer *key, uint64_t number)
{
  crate_buffer_add(key, (CrateText){(const char *)&number, sizeof number});
}

/// A text and its size, so that two cannot run into one another.
static void
add_text(CrateBuffer *key, CrateText text)
{
  add_number(key, text.size);
  crate_buffer_add(key, text);
}

static void
begin(CrateDistinct *distinct, const void *owner)
{
  distinct->key.size = 0;
  add_number(&distinct->key, (uintptr_t)owner);
}

/// All that makes a value object or a reference what it is.
static void
add_value(CrateDistinct *distinct, const CrateElement *value)
{
  CrateBuffer *const key = &distinct->key;
  add_number(key, value->has | (uint64_t)value->direction << 32);
  add_text(key, value->id);
  add_text(key, value->index);
  add_text(key, value->language);
  for (const CrateTypeValue *at = value->types; at; at = at->next) {
    add_text(key, at->text);
  }
  if (value->value) {
    add_number(key, value->value->kind);
    const size_t start = key->size;
    // A number out of range has no canonical form: it stays as written.
    if (value->value->kind != CRATE_JSON_NUMBER &&
        crate_json_write_canonical(key, value->value) == CRATE_OK) {
      return;
    }
    key->size = start;
    crate_json_write(key, value->value, 0);
  }
}

/// Note what is in the key; whether it is new.
static CrateStatus
note(CrateDistinct *distinct, bool *is_new)
{
  CrateProcessor *const p = distinct->p;
  CrateText key = crate_buffer_text(&distinct->key);
  CRATE_TRY(crate_buffer_status(&distinct->key));
  *is_new = !crate_table_get(&distinct->seen, p->world, key);
  if (!*is_new) {
    return CRATE_OK;
  }
  CRATE_TRY(crate_arena_copy(&p->arena, key, &key));
  return crate_table_put(&distinct->seen, &p->arena, key)
           ? CRATE_OK
           : crate_processor_out_of_memory(p);
}

static bool
same_types(const CrateTypeValue *a, const CrateTypeValue *b)
{
  while (a && b && crate_text_equal(a->text, b->text)) {
    a = a->next;
    b = b->next;
  }
  return !a && !b;
}

static bool
same_value(const CrateElement *a, const CrateElement *b)
{
  return a->has == b->has && a->direction == b->direction &&
         crate_text_equal(a->id, b->id) &&
         crate_text_equal(a->index, b->index) &&
         crate_text_equal(a->language, b->language) &&
         same_types(a->types, b->types) && !a->value == !b->value &&
         (!a->value || crate_json_equal(a->value, b->value));
}

/// Whether a JSON literal may hold more than can be compared on the way.
static bool
is_large(const CrateElement *value)
{
  return value->value && (value->value->kind == CRATE_JSON_ARRAY ||
                          value->value->kind == CRATE_JSON_OBJECT);
}

/// Large values are told apart from the first one on, under a name of their
/// own.
static const void *
owner_of(const CrateProperty *property, bool large)
{
  return (const char *)property + large;
}

/// Note the values there are, when that has not been done.
static CrateStatus
note_all(CrateDistinct *distinct, const CrateProperty *property, bool large)
{
  bool is_new;
  begin(distinct, owner_of(property, large));
  CRATE_TRY(note(distinct, &is_new));
  for (const CrateElement *at = is_new ? property->values.first : NULL; at;
       at = at->next) {
    bool ignored;
    if (is_large(at) == large) {
      begin(distinct, owner_of(property, large));
      add_value(distinct, at);
      CRATE_TRY(note(distinct, &ignored));
    }
  }
  return CRATE_OK;
}

CrateStatus
crate_distinct_add(CrateDistinct *distinct,
                   CrateProperty *property,
                   CrateElement *value)
{
  const bool large = is_large(value);
  unsigned count = large ? FEW : 0;
  bool is_new = true;
  if (crate_element_has(value, CRATE_AT_LIST)) {
    crate_elements_add(&property->values, value);
    return CRATE_OK;
  }
  for (const CrateElement *at = property->values.first; at && count < FEW;
       at = at->next) {
    is_new = is_new && (is_large(at) || !same_value(at, value));
    ++count;
  }
  if (is_new && count == FEW) {
    CRATE_TRY(note_all(distinct, property, large));
    begin(distinct, owner_of(property, large));
    add_value(distinct, value);
    CRATE_TRY(note(distinct, &is_new));
  }
  if (is_new) {
    crate_elements_add(&property->values, value);
  }
  return CRATE_OK;
}

static CrateStatus
note_types(CrateDistinct *distinct, const CrateElement *node)
{
  bool is_new;
  begin(distinct, node);
  CRATE_TRY(note(distinct, &is_new));
  for (const CrateTypeValue *at = is_new ? node->types : NULL; at;
       at = at->next) {
    bool ignored;
    begin(distinct, node);
    add_text(&distinct->key, at->text);
    CRATE_TRY(note(distinct, &ignored));
  }
  return CRATE_OK;
}

CrateStatus
crate_distinct_add_type(CrateDistinct *distinct,
                        CrateElement *node,
                        CrateTypeValue type)
{
  unsigned count = 0;
  bool is_new = true;
  for (const CrateTypeValue *at = node->types; at && count < FEW;
       at = at->next, ++count) {
    is_new = is_new && !crate_text_equal(at->text, type.text);
  }
  if (is_new && count == FEW) {
    CRATE_TRY(note_types(distinct, node));
    begin(distinct, node);
    add_text(&distinct->key, type.text);
    CRATE_TRY(note(distinct, &is_new));
  }
  return is_new ? crate_element_add_type(distinct->p, node, type) : CRATE_OK;
}
