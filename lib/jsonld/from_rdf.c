// SPDX-License-Identifier: Apache-2.0
// JSON-LD API 8.4: Serialize RDF as JSON-LD, steps 1 to 5 and 7 to 9.
#include "jsonld/from_rdf.h"
#include "jsonld/node_map.h"
#include <stdlib.h>

/// A label that no other blank node has: its own, or a new one.
static CrateStatus
make_label(CrateSerializing *s, CrateTerm term, CrateText *out)
{
  CrateArena *const arena = s->p->output;
  const CrateText own = crate_terms_info(s->terms, term).text;
  CrateText parts[] = {CRATE_TEXT("_:"), own};
  char number[16];
  for (;;) {
    if (parts[1].size) {
      CRATE_TRY(crate_arena_join(arena, parts, 2, out));
      CrateTableSlot *const slot =
        crate_table_put(&s->taken, &s->p->arena, *out);
      if (!slot) {
        return crate_processor_out_of_memory(s->p);
      }
      if (!slot->value) {
        slot->value = s;
        return CRATE_OK;
      }
    }
    size_t at = sizeof number;
    for (uint32_t rest = s->next_label++; rest || at == sizeof number;
         rest /= 10u) {
      number[--at] = (char)('0' + rest % 10u);
    }
    number[--at] = 'b';
    parts[1] = (CrateText){number + at, sizeof number - at};
  }
}

CrateStatus
crate_serialize_id(CrateSerializing *s, CrateTerm term, CrateText *out)
{
  if (crate_terms_kind(s->terms, term) == CRATE_TERM_IRI) {
    *out = crate_terms_info(s->terms, term).text;
    return CRATE_OK;
  }
  CrateText *const label = &s->labels[term];
  if (!label->data) {
    CRATE_TRY(make_label(s, term, label));
  }
  *out = *label;
  return CRATE_OK;
}

/// Arrays by term, and the names that lists are known by.
static CrateStatus
open_run(CrateSerializing *s)
{
  CrateProcessor *const p = s->p;
  const size_t end = crate_terms_end(s->terms);
  s->once = crate_arena_array(&p->arena, end, sizeof *s->once);
  s->by_term = crate_arena_array(&p->arena, end, sizeof *s->by_term);
  s->names = crate_arena_array(&p->arena, end, sizeof *s->names);
  s->labels = crate_arena_array(&p->arena, end, sizeof *s->labels);
  s->rdf_first =
    crate_processor_name(p, crate_terms_info(s->terms, CRATE_RDF_FIRST).text);
  s->rdf_rest =
    crate_processor_name(p, crate_terms_info(s->terms, CRATE_RDF_REST).text);
  return s->once && s->by_term && s->names && s->labels && s->rdf_first &&
             s->rdf_rest
           ? CRATE_OK
           : crate_processor_out_of_memory(p);
}

/// Steps 5.1 to 5.3.
static CrateStatus
add_part(CrateSerializing *s, CrateTerm name)
{
  CratePart *const part = crate_arena_array(&s->p->arena, 1, sizeof *part);
  if (!part) {
    return crate_processor_out_of_memory(s->p);
  }
  part->name = name;
  if (s->last) {
    s->last->next = part;
  } else {
    s->first = part;
  }
  s->last = part;
  return CRATE_OK;
}

/// Step 5.7.1: quads come sorted by subject.
static CrateStatus
add_subject(CrateSerializing *s, CratePart *part, CrateTerm term)
{
  CrateSubject *const subject =
    crate_arena_array(&s->p->arena, 1, sizeof *subject);
  CrateElement *const element = crate_element_new(s->p, CRATE_JSON_NOWHERE);
  if (!subject || !element) {
    return crate_processor_out_of_memory(s->p);
  }
  element->has = CRATE_BIT(CRATE_AT_ID);
  subject->term = term;
  subject->element = element;
  CRATE_TRY(crate_serialize_id(s, term, &element->id));
  if (part->last) {
    part->last->next = subject;
  } else {
    part->first = subject;
  }
  part->last = subject;
  return CRATE_OK;
}

/// Step 5.7.5.
static CrateStatus
add_type(CrateSerializing *s, CrateElement *element, CrateTerm type)
{
  CrateTypeValue value = {NULL, {NULL, 0}, NULL, CRATE_JSON_NOWHERE};
  CRATE_TRY(crate_serialize_id(s, type, &value.text));
  element->has |= CRATE_BIT(CRATE_AT_TYPE);
  element->type_is_array = true;
  return crate_element_add_type(s->p, element, value);
}

static CrateStatus
predicate_name(CrateSerializing *s, CrateTerm predicate, CrateName **out)
{
  CrateName **const name = &s->names[predicate];
  if (!*name) {
    CrateText text;
    CRATE_TRY(crate_serialize_id(s, predicate, &text));
    *name = crate_processor_name(s->p, text);
    if (!*name) {
      return crate_processor_out_of_memory(s->p);
    }
  }
  *out = *name;
  return CRATE_OK;
}

/// Steps 5.7.9 to 5.7.11.
static CrateStatus
note_usage(CrateSerializing *s,
           CratePart *part,
           CrateTerm object,
           CrateUsage usage)
{
  const bool is_nil = object == CRATE_RDF_NIL;
  if (!is_nil && crate_terms_kind(s->terms, object) != CRATE_TERM_BLANK) {
    return CRATE_OK;
  }
  if (!is_nil && s->once[object]) {
    s->once[object] = &s->many;
    return CRATE_OK;
  }
  CrateUsage *const kept = crate_arena_allocate(&s->p->arena, sizeof *kept);
  if (!kept) {
    return crate_processor_out_of_memory(s->p);
  }
  *kept = usage;
  if (is_nil) {
    kept->next = part->nil;
    part->nil = kept;
  } else {
    s->once[object] = kept;
  }
  return CRATE_OK;
}

/// Step 5.7.
static CrateStatus
add_quad(CrateSerializing *s,
         CratePart *part,
         const CrateQuad *quad,
         CrateDistinct *distinct)
{
  if (!part->last || part->last->term != quad->subject) {
    CRATE_TRY(add_subject(s, part, quad->subject));
  }
  CrateSubject *const subject = part->last;
  CrateElement *const element = subject->element;
  subject->is_compound =
    subject->is_compound || quad->predicate == CRATE_RDF_DIRECTION;
  if (quad->predicate == CRATE_RDF_TYPE && !s->p->options.use_rdf_type &&
      crate_terms_kind(s->terms, quad->object) != CRATE_TERM_LITERAL) {
    return add_type(s, element, quad->object);
  }
  CrateName *name = NULL;
  CrateElement *value;
  CRATE_TRY(predicate_name(s, quad->predicate, &name));
  CRATE_TRY(crate_serialize_object(s, quad->object, &value));
  CrateProperty *const property =
    crate_properties_get(s->p, &element->properties, name);
  if (!property) {
    return crate_processor_out_of_memory(s->p);
  }
  // Statements are a set; only native types make one value of two.
  if (s->p->options.use_native_types) {
    CRATE_TRY(crate_distinct_add(distinct, property, value));
  } else {
    crate_elements_add(&property->values, value);
  }
  return note_usage(s, part, quad->object,
                    (CrateUsage){NULL, subject, property, value});
}

/// A statement, and where its document has it.
typedef struct {
  const CrateQuad *quad;
  uint32_t origin;
} Place;

static int
by_place(const void *a, const void *b)
{
  const Place *const x = a;
  const Place *const y = b;
  return x->quad->predicate != y->quad->predicate
           ? (x->quad->predicate > y->quad->predicate ? 1 : -1)
         : x->origin != y->origin ? (x->origin > y->origin ? 1 : -1)
                                  : (x->quad > y->quad) - (x->quad < y->quad);
}

/// The statements about one subject. RDF has no order, people do: the values of
/// a property stay in that of the document, as authors would have it.
static CrateStatus
add_about(CrateSerializing *s,
          const CrateQuad *quads,
          size_t count,
          CrateDistinct *distinct)
{
  const CrateArenaMark mark = crate_arena_mark(&s->sorting);
  Place *const places = crate_arena_array(&s->sorting, count, sizeof *places);
  if (!places) {
    return crate_arena_status(&s->sorting);
  }
  for (size_t i = 0; i < count; ++i) {
    places[i] = (Place){&quads[i], crate_graph_origin(s->graph, &quads[i])};
  }
  qsort(places, count, sizeof *places, by_place);
  for (size_t i = 0; i < count; ++i) {
    CRATE_TRY(add_quad(s, s->last, places[i].quad, distinct));
  }
  crate_arena_rewind(&s->sorting, mark);
  return CRATE_OK;
}

/// Step 5.
static CrateStatus
add_quads(CrateSerializing *s, CrateDistinct *distinct)
{
  const CrateQuad *const quads = crate_graph_quads(s->graph);
  const size_t count = crate_graph_size(s->graph);
  CRATE_TRY(add_part(s, CRATE_NO_TERM));
  for (size_t i = 0; i < count;) { // sorted by graph, the default first
    size_t end = i + 1;
    while (end < count && quads[end].graph == quads[i].graph &&
           quads[end].subject == quads[i].subject) {
      ++end;
    }
    if (quads[i].graph != s->last->name) {
      CRATE_TRY(add_part(s, quads[i].graph));
    }
    CRATE_TRY(add_about(s, &quads[i], end - i, distinct));
    i = end;
  }
  return CRATE_OK;
}

static int
by_id(const void *a, const void *b)
{
  return crate_text_compare((*(CrateElement *const *)a)->id,
                            (*(CrateElement *const *)b)->id);
}

/// Steps 8 and 8.1.2: the nodes that are left, in order if that is asked for.
static CrateStatus
gather(CrateSerializing *s, const CratePart *part, CrateElements *out)
{
  size_t count = 0;
  for (const CrateSubject *at = part->first; at; at = at->next) {
    ++count;
  }
  CrateElement **const nodes =
    crate_arena_array(&s->p->arena, count + 1, sizeof *nodes);
  if (!nodes) {
    return crate_processor_out_of_memory(s->p);
  }
  count = 0;
  for (const CrateSubject *at = part->first; at; at = at->next) {
    const CrateElement *const element = at->element;
    if (!at->is_gone &&
        (element->has & ~CRATE_BIT(CRATE_AT_ID) || element->properties.first)) {
      nodes[count++] = at->element;
    }
  }
  if (s->p->options.ordered && count) {
    qsort(nodes, count, sizeof *nodes, by_id);
  }
  out->is_array = true;
  for (size_t i = 0; i < count; ++i) {
    crate_elements_add(out, nodes[i]);
  }
  return CRATE_OK;
}

/// Steps 5.4 and 8.1: a named graph goes to the node of its name.
static CrateStatus
attach_graph(CrateSerializing *s, const CratePart *part)
{
  CrateSubject *node = s->by_term[part->name];
  if (!node) {
    CRATE_TRY(add_subject(s, s->first, part->name));
    node = s->first->last;
  }
  node->element->has |= CRATE_BIT(CRATE_AT_GRAPH);
  return gather(s, part, &node->element->graph);
}

/// Steps 6 to 8.
static CrateStatus
finish(CrateSerializing *s, CrateElements *out)
{
  for (const CratePart *part = s->first; part; part = part->next) {
    if (s->p->options.rdf_direction == CRATE_DIRECTION_COMPOUND_LITERAL) {
      CRATE_TRY(crate_serialize_compounds(s, part));
    }
    CRATE_TRY(crate_serialize_lists(s, part));
  }
  for (CrateSubject *at = s->first->first; at; at = at->next) {
    s->by_term[at->term] = at;
  }
  for (const CratePart *part = s->first->next; part; part = part->next) {
    CRATE_TRY(attach_graph(s, part));
  }
  return gather(s, s->first, out);
}

static CrateStatus
serialize(CrateSerializing *s, CrateArena *arena, CrateJson **out)
{
  CrateElements elements = {NULL, NULL, true};
  CrateDistinct distinct;
  crate_distinct_init(&distinct, s->p);
  CrateStatus status = open_run(s);
  status = status ? status : add_quads(s, &distinct);
  status = status ? status : finish(s, &elements);
  status =
    status ? status : crate_elements_to_json(s->p, &elements, arena, out);
  crate_distinct_clear(&distinct);
  return status;
}

CrateStatus
crate_jsonld_from_graph(const CrateWorld *world,
                        const CrateGraph *graph,
                        const CrateJsonldOptions *options,
                        CrateArena *arena,
                        CrateJson **out)
{
  CrateProcessor p;
  const CrateJsonDocument none = {.world = world};
  CrateSerializing s = {
    .p = &p, .graph = graph, .terms = crate_graph_terms(graph)};
  *out = NULL;
  crate_processor_init(&p, &none, NULL, options);
  p.source.document = NULL;
  p.output = arena;
  crate_buffer_init(&s.buffer, world);
  crate_arena_init(&s.sorting, world);
  const CrateStatus status = serialize(&s, arena, out);
  crate_arena_clear(&s.sorting);
  crate_buffer_clear(&s.buffer);
  crate_processor_clear(&p);
  return status;
}
