// SPDX-License-Identifier: Apache-2.0
// JSON-LD API 5.1.2, step 13.4: keys that are keywords.
#include "jsonld/frame_expand.h"

static CrateStatus
fail(const CrateExpanding *x,
     const CrateJson *at,
     const char *code,
     const char *message)
{
  return CRATE_FAIL(x->p, &x->p->source, at->offset, code, "%s", message);
}

/// Step 13.4.3.
static CrateStatus
expand_id(CrateExpanding *x, const CrateJson *value)
{
  if (!crate_json_is(value, CRATE_JSON_STRING)) {
    return fail(x, value, "invalid-@id-value", "@id takes an IRI as a string");
  }
  return crate_expand_iri(x->p, x->active, crate_json_text(value), false,
                          &x->result->id);
}

/// Step 13.4.4 for one type.
static CrateStatus
expand_type(CrateExpanding *x, const CrateJson *value)
{
  if (!crate_json_is(value, CRATE_JSON_STRING)) {
    return fail(x, value, "invalid-type-value",
                "@type takes a string or an array of strings");
  }
  const CrateText text = crate_json_text(value);
  const CrateKey *key;
  CRATE_TRY(crate_active_key(x->p, x->type_scoped, text, &key));
  CrateTypeValue type = {NULL, {NULL, 0}, key->name, value->offset};
  if (key->name) {
    type.text = key->name->text;
  }
  if (key->kind == CRATE_KEY_UNDEFINED) { // neither term nor IRI: relative
    type.name = NULL;
    CRATE_TRY(crate_expand_iri(x->p, x->type_scoped, text, true, &type.text));
  }
  return crate_element_add_type(x->p, x->result, type);
}

/// Step 13.4.4.
static CrateStatus
expand_types(CrateExpanding *x, const CrateJson *value)
{
  CrateElement *const result = x->result;
  result->type_is_array = result->type_is_array || result->types ||
                          crate_json_is(value, CRATE_JSON_ARRAY);
  if (!crate_json_is(value, CRATE_JSON_ARRAY)) {
    return expand_type(x, value);
  }
  for (const CrateJson *item = value->first; item; item = item->next) {
    CRATE_TRY(expand_type(x, item));
  }
  return CRATE_OK;
}

/// Step 13.4.5.
static CrateStatus
expand_graph(CrateExpanding *x, const CrateJson *value)
{
  const CrateSlot slot = {CRATE_TEXT("@graph"), NULL, NULL};
  CRATE_TRY(
    crate_expand(x->p, x->active, &slot, value, false, &x->result->graph));
  x->result->graph.is_array = true;
  return CRATE_OK;
}

/// Step 13.4.6.
static CrateStatus
expand_included(CrateExpanding *x, const CrateJson *value)
{
  static const uint32_t no_node = CRATE_BIT(CRATE_AT_VALUE) |
                                  CRATE_BIT(CRATE_AT_LIST) |
                                  CRATE_BIT(CRATE_AT_SET);
  const CrateSlot slot = {{NULL, 0}, NULL, NULL};
  CrateElements nodes;
  CRATE_TRY(crate_expand(x->p, x->active, &slot, value, false, &nodes));
  bool good = !crate_elements_is_null(&nodes);
  for (const CrateElement *at = nodes.first; at; at = at->next) {
    good = good && !(at->has & no_node);
  }
  if (!good) {
    return fail(x, value, "invalid-@included-value",
                "@included takes node objects");
  }
  CrateRare *const rare = crate_element_rare(x->p, x->result);
  if (!rare) {
    return crate_processor_out_of_memory(x->p);
  }
  crate_elements_append(&rare->included, &nodes);
  return CRATE_OK;
}

/// Step 12: whether the type in force for @value is @json.
static CrateStatus
input_type_is_json(CrateExpanding *x, bool *answer)
{
  const CrateJson *type = x->type_value;
  *answer = false;
  if (crate_json_is(type, CRATE_JSON_ARRAY)) {
    type = type->first;
    while (type && type->next) {
      type = type->next;
    }
  }
  if (!crate_json_is(type, CRATE_JSON_STRING)) {
    return CRATE_OK;
  }
  const CrateKey *key;
  CRATE_TRY(crate_active_key(x->p, x->active, crate_json_text(type), &key));
  *answer = key->name && key->name->keyword == CRATE_AT_JSON;
  return CRATE_OK;
}

/// Step 13.4.7.
static CrateStatus
expand_value_entry(CrateExpanding *x, const CrateJson *value)
{
  bool is_json;
  CRATE_TRY(input_type_is_json(x, &is_json));
  const bool is_scalar =
    value->kind != CRATE_JSON_ARRAY && value->kind != CRATE_JSON_OBJECT;
  if (is_json ? x->p->options.processing_1_0 : !is_scalar) {
    return fail(x, value, "invalid-value-object-value",
                "@value takes a string, a number, a boolean or null; other "
                "JSON needs @type @json");
  }
  x->result->value = value;
  return CRATE_OK;
}

/// Steps 13.4.8 and 13.4.10: a string as it stands.
static CrateStatus
expand_string(const CrateExpanding *x,
              const CrateJson *value,
              const char *code,
              CrateText *out)
{
  if (!crate_json_is(value, CRATE_JSON_STRING)) {
    return fail(x, value, code, "a string is expected here");
  }
  *out = value->size ? crate_json_text(value) : CRATE_TEXT("");
  return CRATE_OK;
}

/// Step 13.4.9.
static CrateStatus
expand_direction(CrateExpanding *x, const CrateJson *value)
{
  if (!crate_json_is_string(value, "ltr") &&
      !crate_json_is_string(value, "rtl")) {
    return fail(x, value, "invalid-base-direction",
                "@direction takes \"ltr\" or \"rtl\"");
  }
  x->result->direction = crate_json_is_string(value, "rtl")
                           ? CRATE_BASE_DIRECTION_RTL
                           : CRATE_BASE_DIRECTION_LTR;
  return CRATE_OK;
}

/// Step 13.4.11. `keep` is cleared for a free-floating list.
static CrateStatus
expand_list(CrateExpanding *x, const CrateJson *value, bool *keep)
{
  if (!x->slot->text.data || crate_text_is(x->slot->text, "@graph")) {
    *keep = false;
    return CRATE_OK;
  }
  CRATE_TRY(
    crate_expand(x->p, x->active, x->slot, value, false, &x->result->list));
  x->result->list.is_array = true;
  return CRATE_OK;
}

CrateStatus
crate_expand_add_reverse(CrateExpanding *x,
                         CrateName *name,
                         const CrateElements *items)
{
  static const uint32_t no_node =
    CRATE_BIT(CRATE_AT_VALUE) | CRATE_BIT(CRATE_AT_LIST);
  for (const CrateElement *item = items->first; item; item = item->next) {
    if (item->has & no_node) {
      return CRATE_FAIL(x->p, &x->p->source, item->offset,
                        "invalid-reverse-property-value",
                        "a reverse property takes nodes, no values or lists");
    }
  }
  x->result->has |= CRATE_BIT(CRATE_AT_REVERSE);
  if (!items->first) {
    return CRATE_OK;
  }
  CrateRare *const rare = crate_element_rare(x->p, x->result);
  CrateProperty *const property =
    rare ? crate_properties_get(x->p, &rare->reverse, name) : NULL;
  if (!property) {
    return crate_processor_out_of_memory(x->p);
  }
  crate_elements_append(&property->values, items);
  return CRATE_OK;
}

/// Step 13.4.13. `keep` is cleared: the entries are added here.
static CrateStatus
expand_reverse(CrateExpanding *x, const CrateJson *value, bool *keep)
{
  *keep = false;
  if (!crate_json_is(value, CRATE_JSON_OBJECT)) {
    return fail(x, value, "invalid-@reverse-value", "@reverse takes an object");
  }
  const CrateSlot slot = {CRATE_TEXT("@reverse"), NULL, NULL};
  CrateElements expanded;
  CRATE_TRY(crate_expand(x->p, x->active, &slot, value, false, &expanded));
  CrateElement *const map = expanded.first;
  if (!map) {
    return CRATE_OK;
  }
  // Step 13.4.13.3: reversed twice.
  for (const CrateProperty *at = map->rare ? map->rare->reverse.first : NULL;
       at; at = at->next) {
    CrateProperty *const property =
      crate_properties_get(x->p, &x->result->properties, at->name);
    if (!property) {
      return crate_processor_out_of_memory(x->p);
    }
    crate_elements_append(&property->values, &at->values);
  }
  // Step 13.4.13.4.
  for (const CrateProperty *at = map->properties.first; at; at = at->next) {
    CRATE_TRY(crate_expand_add_reverse(x, at->name, &at->values));
  }
  return CRATE_OK;
}

/// Step 13.4.14.
static CrateStatus
note_nest(CrateExpanding *x, const CrateJson *key, CrateNests *nests)
{
  CrateNest *const nest = crate_arena_allocate(x->p->output, sizeof *nest);
  if (!nest) {
    return crate_processor_out_of_memory(x->p);
  }
  *nest = (CrateNest){NULL, key};
  if (nests->last) {
    nests->last->next = nest;
  } else {
    nests->first = nest;
  }
  nests->last = nest;
  return CRATE_OK;
}

/// Steps 13.4.3 to 13.4.13.
static CrateStatus
expand_entry(CrateExpanding *x,
             CrateKeyword keyword,
             const CrateJson *value,
             bool *keep)
{
  CrateElement *const result = x->result;
  switch (keyword) {
    case CRATE_AT_ID:
      return expand_id(x, value);
    case CRATE_AT_TYPE:
      return expand_types(x, value);
    case CRATE_AT_GRAPH:
      return expand_graph(x, value);
    case CRATE_AT_INCLUDED:
      *keep = !x->p->options.processing_1_0;
      return *keep ? expand_included(x, value) : CRATE_OK;
    case CRATE_AT_VALUE:
      return expand_value_entry(x, value);
    case CRATE_AT_LANGUAGE:
      return expand_string(x, value, "invalid-language-tagged-string",
                           &result->language);
    case CRATE_AT_DIRECTION:
      *keep = !x->p->options.processing_1_0;
      return *keep ? expand_direction(x, value) : CRATE_OK;
    case CRATE_AT_INDEX:
      return expand_string(x, value, "invalid-@index-value", &result->index);
    case CRATE_AT_LIST:
      return expand_list(x, value, keep);
    case CRATE_AT_SET:
      return crate_expand(x->p, x->active, x->slot, value, false, &result->set);
    case CRATE_AT_REVERSE:
      return expand_reverse(x, value, keep);
    default: // a keyword of contexts, which says nothing here
      *keep = false;
      return CRATE_OK;
  }
}

CrateStatus
crate_expand_keyword(CrateExpanding *x,
                     CrateKeyword keyword,
                     const CrateJson *key,
                     CrateNests *nests)
{
  if (crate_text_is(x->slot->text, "@reverse")) { // step 13.4.1
    return fail(x, key, "invalid-reverse-property-map",
                "@reverse holds properties, no keywords");
  }
  const bool repeatable =
    (keyword == CRATE_AT_INCLUDED || keyword == CRATE_AT_TYPE) &&
    !x->p->options.processing_1_0;
  if (crate_element_has(x->result, keyword) && !repeatable) { // step 13.4.2
    return fail(x, key, "colliding-keywords",
                "the same keyword stands here twice");
  }
  if (keyword == CRATE_AT_NEST) {
    return note_nest(x, key, nests);
  }
  bool keep = true;
  bool is_pattern = false;
  if (x->p->framing) {
    CRATE_TRY(crate_expand_pattern(x, keyword, key->next, &is_pattern));
  }
  if (!is_pattern) {
    CRATE_TRY(expand_entry(x, keyword, key->next, &keep));
  }
  x->result->has |= keep ? CRATE_BIT(keyword) : 0;
  return CRATE_OK;
}
