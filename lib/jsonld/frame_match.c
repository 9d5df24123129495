// SPDX-License-Identifier: Apache-2.0
// JSON-LD 1.1 Framing 4.2 Frame Matching and 4.3 Value Pattern Matching.
#include "jsonld/frame.h"
#include <stdlib.h>

/// Whether a map of a frame is a wildcard: empty but for framing keywords.
static bool
is_wildcard(const CrateElement *frame)
{
  return !frame->has && !frame->properties.first;
}

/// 4.3, step 3.1: a value against a pattern, or against the one value that
/// stands in its place.
static bool
matches_value(const CrateElement *pattern, const CrateJson *value)
{
  const CrateFramed *const framed = crate_element_framed(pattern);
  const CrateJson *const wanted = framed ? framed->value : NULL;
  if (!wanted) {
    return pattern->value && crate_json_equal(pattern->value, value);
  }
  for (const CrateJson *at = crate_json_first(wanted); at; at = at->next) {
    if (crate_json_equal(at, value)) {
      return true;
    }
  }
  return wanted->kind == CRATE_JSON_OBJECT;
}

/// Step 3.3 for a pattern of strings; `text` data NULL is null.
static bool
matches_text(const CrateJson *wanted, CrateText text)
{
  for (const CrateJson *at = crate_json_first(wanted); at; at = at->next) {
    if (text.data && crate_text_equal_fold(crate_json_text(at), text)) {
      return true;
    }
  }
  return wanted->kind == CRATE_JSON_OBJECT ? text.data != NULL
                                           : !wanted->size && !text.data;
}

static bool
matches_language(const CrateElement *pattern, const CrateElement *value)
{
  const CrateFramed *const framed = crate_element_framed(pattern);
  const bool has = crate_element_has(value, CRATE_AT_LANGUAGE);
  if (framed && framed->language) {
    return matches_text(framed->language,
                        has ? value->language : (CrateText){NULL, 0});
  }
  return crate_element_has(pattern, CRATE_AT_LANGUAGE) == has &&
         crate_text_equal_fold(pattern->language, value->language);
}

static bool
matches_direction(const CrateElement *pattern, const CrateElement *value)
{
  const CrateFramed *const framed = crate_element_framed(pattern);
  const CrateText text =
    value->direction == CRATE_BASE_DIRECTION_RTL   ? CRATE_TEXT("rtl")
    : value->direction == CRATE_BASE_DIRECTION_LTR ? CRATE_TEXT("ltr")
                                                   : (CrateText){NULL, 0};
  return framed && framed->direction ? matches_text(framed->direction, text)
                                     : pattern->direction == value->direction;
}

/// Step 3.2.
static bool
matches_type(const CrateElement *pattern, const CrateElement *value)
{
  const CrateFramed *const framed = crate_element_framed(pattern);
  const bool has = value->types != NULL;
  if (framed && framed->type) {
    return has;
  }
  for (const CrateTypeValue *at = pattern->types; at; at = at->next) {
    if (has && crate_text_equal(at->text, value->types->text)) {
      return true;
    }
  }
  return !pattern->types && !has;
}

bool
crate_frame_value_matches(const CrateElement *pattern,
                          const CrateElement *value)
{
  return is_wildcard(pattern) ||
         (crate_element_has(value, CRATE_AT_VALUE) &&
          matches_value(pattern, value->value) &&
          matches_type(pattern, value) && matches_language(pattern, value) &&
          matches_direction(pattern, value));
}

/// Step 2.1.
static bool
matches_id(const CrateElement *frame, const CrateNode *node)
{
  const CrateFramed *const framed = crate_element_framed(frame);
  const CrateJson *const pattern = framed ? framed->id : NULL;
  if (!pattern) {
    return crate_text_equal(frame->id, node->id);
  }
  for (const CrateJson *at = crate_json_first(pattern); at; at = at->next) {
    if (crate_text_equal(crate_json_text(at), node->id)) {
      return true;
    }
  }
  return pattern->kind == CRATE_JSON_OBJECT;
}

/// Step 2.2.
static bool
matches_types(const CrateElement *frame, const CrateNode *node)
{
  const CrateFramed *const framed = crate_element_framed(frame);
  const CrateTypeValue *const types = node->element->types;
  if (framed && framed->default_type.data) {
    return true;
  }
  if (framed && framed->type) {
    return types != NULL;
  }
  for (const CrateTypeValue *want = frame->types; want; want = want->next) {
    for (const CrateTypeValue *at = types; at; at = at->next) {
      if (crate_text_equal(want->text, at->text)) {
        return true;
      }
    }
  }
  return !frame->types && !types;
}

static CrateStatus matches(CrateFraming *f,
                           const CrateNodeMap *graph,
                           const CrateNode *node,
                           const CrateElement *frame,
                           bool require_all,
                           bool *answer);

/// Step 2.9 for one value, remembered: many nodes refer to one node.
static CrateStatus
matches_node(CrateFraming *f,
             const CrateNodeMap *graph,
             const CrateElement *value,
             const CrateElement *frame,
             bool require_all,
             bool *answer)
{
  void *const yes = f;
  void *const no = &f->pass;
  *answer = false;
  const CrateNode *const node = crate_element_has(value, CRATE_AT_ID)
                                  ? crate_node_find(f->p, graph, value->id)
                                  : NULL;
  if (!node) {
    return CRATE_OK;
  }
  const void *const parts[] = {frame, require_all ? yes : no, node};
  CrateText key = {(const char *)parts, sizeof parts};
  const CrateTableSlot *const known =
    crate_table_get(&f->matches, f->p->world, key);
  if (known) {
    *answer = known->value == yes;
    return CRATE_OK;
  }
  CRATE_TRY(crate_processor_descend(f->p, &f->source, frame->offset));
  CRATE_TRY(matches(f, graph, node, frame, require_all, answer));
  --f->p->depth;
  CRATE_TRY(crate_arena_copy(&f->p->arena, key, &key));
  CrateTableSlot *const slot = crate_table_put(&f->matches, &f->p->arena, key);
  if (!slot) {
    return crate_processor_out_of_memory(f->p);
  }
  slot->value = *answer ? yes : no;
  return CRATE_OK;
}

/// Steps 2.8 and 2.9: any of the values.
static CrateStatus
matches_any(CrateFraming *f,
            const CrateNodeMap *graph,
            const CrateElements *values,
            const CrateElement *pattern,
            bool require_all,
            bool *answer)
{
  *answer = false;
  for (const CrateElement *at = values->first; at && !*answer; at = at->next) {
    if (crate_element_has(pattern, CRATE_AT_VALUE)) {
      *answer = crate_frame_value_matches(pattern, at);
    } else {
      CRATE_TRY(matches_node(f, graph, at, pattern, require_all, answer));
    }
  }
  return CRATE_OK;
}

/// What a property comes to: step 2.5 leaves it open, 2.6 ends it all.
typedef enum { MATCHES, DIFFERS, OPEN, EXCLUDED } Verdict;

/// Steps 2.4 to 2.10.
static CrateStatus
judge_property(CrateFraming *f,
               const CrateNodeMap *graph,
               const CrateNode *node,
               const CrateProperty *property,
               bool require_all,
               Verdict *out)
{
  const CrateElement *const pattern = property->values.first;
  const CrateProperty *const own =
    crate_properties_find(&node->element->properties, property->name);
  const CrateElements *const values = own ? &own->values : NULL;
  const bool is_empty = !values || !values->first;
  bool answer = false;
  if (!pattern) { // match none
    *out = is_empty ? MATCHES : EXCLUDED;
    return CRATE_OK;
  }
  CRATE_TRY(crate_frame_check(f, pattern));
  const CrateFramed *const framed = crate_element_framed(pattern);
  *out = is_empty ? framed && framed->has_default ? OPEN : DIFFERS : MATCHES;
  if (is_empty || is_wildcard(pattern)) {
    return CRATE_OK;
  }
  if (!crate_element_has(pattern, CRATE_AT_LIST)) {
    CRATE_TRY(matches_any(f, graph, values, pattern, require_all, &answer));
  } else if (crate_element_has(values->first, CRATE_AT_LIST)) {
    CRATE_TRY(pattern->list.first
                ? matches_any(f, graph, &values->first->list,
                              pattern->list.first, require_all, &answer)
                : CRATE_OK);
  }
  *out = answer ? MATCHES : DIFFERS;
  return CRATE_OK;
}

/// Step 2, but for @id and @type.
static CrateStatus
match_properties(CrateFraming *f,
                 const CrateNodeMap *graph,
                 const CrateNode *node,
                 const CrateElement *frame,
                 bool require_all,
                 bool *answer)
{
  bool some = *answer;
  for (const CrateProperty *at = frame->properties.first; at; at = at->next) {
    Verdict verdict;
    CRATE_TRY(judge_property(f, graph, node, at, require_all, &verdict));
    if (verdict == EXCLUDED || (verdict == DIFFERS && require_all)) {
      *answer = false;
      return CRATE_OK;
    }
    some = some || verdict == MATCHES;
  }
  *answer = some;
  return CRATE_OK;
}

/// 4.2, step 2, for one node.
static CrateStatus
matches(CrateFraming *f,
        const CrateNodeMap *graph,
        const CrateNode *node,
        const CrateElement *frame,
        bool require_all,
        bool *answer)
{
  const bool by_id = crate_element_has(frame, CRATE_AT_ID);
  const bool by_type = crate_element_has(frame, CRATE_AT_TYPE);
  // Step 2.3. Without requireAll they decide alone.
  *answer = (!by_id || matches_id(frame, node)) &&
            (!by_type || (by_id && !require_all) || matches_types(frame, node));
  if (!*answer || ((by_id || by_type) && !require_all)) {
    return CRATE_OK;
  }
  if (!frame->properties.first) { // step 1
    *answer = true;
    return CRATE_OK;
  }
  *answer = by_id || by_type;
  return match_properties(f, graph, node, frame, require_all, answer);
}

/// Nodes that may match.
typedef struct Candidates {
  CrateNode **items;
  size_t count, capacity;
} Candidates;

static CrateStatus
add_candidate(CrateFraming *f, Candidates *to, CrateNode *node)
{
  CRATE_TRY(crate_world_reserve(f->p->world, &to->items, &to->capacity,
                                to->count + 1, sizeof *to->items));
  to->items[to->count++] = node;
  return CRATE_OK;
}

static CrateStatus
add_typed(CrateFraming *f,
          const CrateNodeMap *graph,
          const CrateElement *frame,
          Candidates *to)
{
  for (const CrateTypeValue *type = frame->types; type; type = type->next) {
    const CrateNodeLinks *links;
    CRATE_TRY(crate_frame_typed(f, graph, type->text, &links));
    for (const CrateNodeLink *at = links ? links->first : NULL; at;
         at = at->next) {
      CRATE_TRY(add_candidate(f, to, at->node));
    }
  }
  return CRATE_OK;
}

static CrateStatus
add_named(CrateFraming *f,
          const CrateNodeMap *graph,
          const CrateElement *frame,
          Candidates *to)
{
  const CrateFramed *const framed = crate_element_framed(frame);
  const CrateJson *const ids = framed ? framed->id : NULL;
  CrateNode *node = ids ? NULL : crate_node_find(f->p, graph, frame->id);
  if (node) {
    return add_candidate(f, to, node);
  }
  for (const CrateJson *at = crate_json_first(ids); at; at = at->next) {
    node = crate_node_find(f->p, graph, crate_json_text(at));
    if (node) {
      CRATE_TRY(add_candidate(f, to, node));
    }
  }
  return CRATE_OK;
}

/// The nodes that @id or @type of the frame leave, or all.
static CrateStatus
find_candidates(CrateFraming *f,
                CrateSubjects subjects,
                const CrateElement *frame,
                Candidates *to)
{
  const CrateFramed *const framed = crate_element_framed(frame);
  if (subjects.only) {
    return add_candidate(f, to, subjects.only);
  }
  if (crate_element_has(frame, CRATE_AT_ID) &&
      !(framed && crate_json_is(framed->id, CRATE_JSON_OBJECT))) {
    return add_named(f, subjects.graph, frame, to);
  }
  if (frame->types && !crate_element_has(frame, CRATE_AT_ID)) {
    return add_typed(f, subjects.graph, frame, to);
  }
  for (CrateNode *at = subjects.graph->first; at; at = at->next) {
    CRATE_TRY(add_candidate(f, to, at));
  }
  return CRATE_OK;
}

static int
by_id(const void *a, const void *b)
{
  return crate_text_compare((*(const CrateNode *const *)a)->id,
                            (*(const CrateNode *const *)b)->id);
}

/// Keep those that match, each once, in order.
static CrateStatus
filter(CrateFraming *f,
       CrateSubjects subjects,
       const CrateElement *frame,
       bool require_all,
       Candidates *among)
{
  size_t kept = 0;
  if (among->count) {
    qsort(among->items, among->count, sizeof *among->items, by_id);
  }
  for (size_t i = 0; i < among->count; ++i) {
    bool answer;
    CRATE_TRY(
      matches(f, subjects.graph, among->items[i], frame, require_all, &answer));
    if (answer && (!kept || among->items[kept - 1] != among->items[i])) {
      among->items[kept++] = among->items[i];
    }
  }
  among->count = kept;
  return CRATE_OK;
}

/// Match a whole graph, or one node.
static CrateStatus
match(CrateFraming *f,
      CrateSubjects subjects,
      const CrateElement *frame,
      bool require_all,
      CrateMatches *out)
{
  Candidates among = {NULL, 0, 0};
  CrateStatus status = find_candidates(f, subjects, frame, &among);
  status = status ? status : filter(f, subjects, frame, require_all, &among);
  out->count = status ? 0 : among.count;
  out->nodes =
    crate_arena_array(&f->p->arena, out->count + 1, sizeof *out->nodes);
  if (!status && !out->nodes) {
    status = crate_processor_out_of_memory(f->p);
  }
  if (!status && out->count) {
    memcpy(out->nodes, among.items, out->count * sizeof *out->nodes);
  }
  crate_world_release(f->p->world, among.items);
  return status;
}

/// @included and @graph ask the same of the same graph again and again.
static CrateStatus
match_graph(CrateFraming *f,
            CrateSubjects subjects,
            const CrateElement *frame,
            bool require_all,
            CrateMatches *out)
{
  const void *const parts[] = {frame, subjects.graph,
                               require_all ? (void *)f : NULL};
  CrateText key = {(const char *)parts, sizeof parts};
  const CrateTableSlot *const known =
    crate_table_get(&f->found, f->p->world, key);
  if (known) {
    *out = *(const CrateMatches *)known->value;
    return CRATE_OK;
  }
  CRATE_TRY(match(f, subjects, frame, require_all, out));
  CrateMatches *const kept = crate_arena_allocate(&f->p->arena, sizeof *kept);
  CRATE_TRY(crate_arena_copy(&f->p->arena, key, &key));
  CrateTableSlot *const slot = crate_table_put(&f->found, &f->p->arena, key);
  if (!kept || !slot) {
    return crate_processor_out_of_memory(f->p);
  }
  *kept = *out;
  slot->value = kept;
  return CRATE_OK;
}

CrateStatus
crate_frame_match(CrateFraming *f,
                  CrateSubjects subjects,
                  const CrateElement *frame,
                  bool require_all,
                  CrateMatches *out)
{
  return subjects.only ? match(f, subjects, frame, require_all, out)
                       : match_graph(f, subjects, frame, require_all, out);
}
