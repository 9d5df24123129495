// SPDX-License-Identifier: Apache-2.0
// JSON-LD API 8.1 to 8.3: Deserialize JSON-LD to RDF, with 7.2 folded in.
#include "jsonld/to_rdf.h"
#include <cratekit/iri.h>

void
crate_emitter_init(CrateEmitter *e, CrateProcessor *p, CrateGraph *graph)
{
  *e =
    (CrateEmitter){.p = p, .graph = graph, .terms = crate_graph_terms(graph)};
  crate_buffer_init(&e->buffer, p->world);
}

void
crate_emitter_clear(CrateEmitter *e)
{
  crate_buffer_clear(&e->buffer);
}

/// The term of a blank node's label, the same all over the document.
static CrateStatus
emit_blank(CrateEmitter *e, CrateText label, CrateTerm *out)
{
  const CrateTableSlot *const known =
    crate_table_get(&e->blanks, e->p->world, label);
  if (known) {
    *out = (CrateTerm)(uintptr_t)known->value;
    return CRATE_OK;
  }
  CrateText kept;
  CRATE_TRY(crate_arena_copy(&e->p->arena, label, &kept));
  CRATE_TRY(
    crate_terms_blank(e->terms, crate_text_slice(label, 2, label.size), out));
  CrateTableSlot *const slot = crate_table_put(&e->blanks, &e->p->arena, kept);
  if (!slot) {
    return crate_processor_out_of_memory(e->p);
  }
  slot->value = (void *)(uintptr_t)*out;
  return CRATE_OK;
}

CrateStatus
crate_emit_resource(CrateEmitter *e, CrateText text, CrateTerm *out)
{
  *out = CRATE_NO_TERM;
  if (crate_iri_is_blank(text)) {
    return emit_blank(e, text, out);
  }
  if (!crate_iri_is_absolute(text) || (crate_iri_span(text) != text.size &&
                                       !e->p->options.keep_malformed_iris)) {
    e->blamed = text;
    return CRATE_OK;
  }
  return crate_terms_iri(e->terms, text, out);
}

CrateStatus
crate_emit_name(CrateEmitter *e, CrateName *name, CrateTerm *out)
{
  if (!name->is_checked) {
    CRATE_TRY(crate_emit_resource(e, name->text, &name->term));
    name->is_well_formed = name->term && !crate_iri_is_blank(name->text);
    name->is_checked = true;
  }
  *out = name->term;
  e->blamed = name->term ? e->blamed : name->text;
  return CRATE_OK;
}

/// 8.1.2 and 8.2.2 leave such statements out; the person is told.
static void
note_dropped(CrateEmitter *e, uint32_t origin)
{
  CrateDropped *const dropped = &e->dropped;
  if (dropped->count++) {
    return;
  }
  const CrateText why = crate_text_slice(e->blamed, 0, sizeof(dropped->kept));
  memcpy(dropped->kept, why.size ? why.data : "", why.size);
  dropped->why = (CrateText){dropped->kept, why.size};
  dropped->origin = origin;
}

CrateStatus
crate_emitter_say_dropped(const CrateEmitter *e,
                          const CrateJsonDocument *document)
{
  const CrateDropped *const dropped = &e->dropped;
  if (!dropped->count || e->p->options.keep_malformed_iris) {
    return CRATE_OK;
  }
  const bool known = dropped->origin != CRATE_JSON_NOWHERE;
  const CratePlace place =
    known ? crate_json_place(document, dropped->origin) : (CratePlace){0, 0};
  const CrateDiagnostic where = {.level = CRATE_DIAGNOSTIC_WARNING,
                                 .file = document->name,
                                 .line = place.line,
                                 .column = place.column,
                                 .code = CRATE_TEXT("no-rdf")};
  return crate_world_say(
    e->p->world, CRATE_OK, &where,
    "%zu statements are left out, this one first, as \"%.*s\" is nothing that "
    "RDF can say there",
    dropped->count, CRATE_TEXT_ARG(dropped->why));
}

CrateStatus
crate_emit_quad(CrateEmitter *e,
                CratePlacing placing,
                const CrateQuad *quad,
                uint32_t origin)
{
  const bool whole = quad->subject && quad->predicate && quad->object;
  if (placing.is_left_out || !whole) {
    note_dropped(e, origin);
    return CRATE_OK;
  }
  return crate_graph_add(e->graph, *quad, origin);
}

static CrateStatus emit_node(CrateEmitter *e,
                             const CrateElement *node,
                             CratePlacing placing,
                             CrateTerm *out);

static CrateStatus emit_list(CrateEmitter *e,
                             const CrateElements *list,
                             CratePlacing placing,
                             bool wanted,
                             CrateTerm *out);

/// 8.2.2 Object to RDF Conversion. `wanted` is false when the statement
/// falls away: then only the nodes inside are emitted.
static CrateStatus
emit_object(CrateEmitter *e,
            const CrateElement *item,
            CratePlacing placing,
            bool wanted,
            CrateTerm *out)
{
  *out = CRATE_NO_TERM;
  if (crate_element_has(item, CRATE_AT_VALUE)) {
    return wanted ? crate_emit_value(e, item, placing, out) : CRATE_OK;
  }
  if (crate_element_has(item, CRATE_AT_LIST)) {
    return emit_list(e, &item->list, placing, wanted, out);
  }
  return emit_node(e, item, placing, out);
}

/// 8.3.2 List to RDF Conversion.
static CrateStatus
emit_list(CrateEmitter *e,
          const CrateElements *list,
          CratePlacing placing,
          bool wanted,
          CrateTerm *out)
{
  CrateTerm subject = CRATE_NO_TERM;
  *out = CRATE_RDF_NIL;
  if (list->first && wanted) {
    CRATE_TRY(crate_terms_blank(e->terms, (CrateText){NULL, 0}, &subject));
    *out = subject;
  }
  for (const CrateElement *item = list->first; item; item = item->next) {
    CrateTerm object;
    CrateTerm rest = CRATE_RDF_NIL;
    CRATE_TRY(emit_object(e, item, placing, wanted, &object));
    if (!wanted) {
      continue;
    }
    const CrateQuad first = {subject, CRATE_RDF_FIRST, object, placing.graph};
    CRATE_TRY(crate_emit_quad(e, placing, &first, item->offset));
    if (item->next) {
      CRATE_TRY(crate_terms_blank(e->terms, (CrateText){NULL, 0}, &rest));
    }
    const CrateQuad next = {subject, CRATE_RDF_REST, rest, placing.graph};
    CRATE_TRY(crate_emit_quad(e, placing, &next, item->offset));
    subject = rest;
  }
  return CRATE_OK;
}

/// 8.1.2, step 1.3.2.1.
static CrateStatus
emit_types(CrateEmitter *e,
           const CrateElement *node,
           CrateTerm subject,
           CratePlacing placing)
{
  for (const CrateTypeValue *at = node->types; at; at = at->next) {
    CrateTerm type;
    CRATE_TRY(at->name ? crate_emit_name(e, at->name, &type)
                       : crate_emit_resource(e, at->text, &type));
    const CrateQuad quad = {subject, CRATE_RDF_TYPE, type, placing.graph};
    CRATE_TRY(crate_emit_quad(e, placing, &quad, at->offset));
  }
  return CRATE_OK;
}

/// 7.2.2, step 6.8: one node, one @index.
static CrateStatus
check_index(CrateEmitter *e,
            const CrateElement *node,
            CrateTerm subject,
            CratePlacing placing)
{
  CrateText key;
  const CrateTerm parts[] = {placing.graph, subject};
  if (!crate_element_has(node, CRATE_AT_INDEX)) {
    return CRATE_OK;
  }
  CRATE_TRY(crate_arena_copy(
    &e->p->arena, (CrateText){(const char *)parts, sizeof parts}, &key));
  CrateTableSlot *const slot = crate_table_put(&e->indexes, &e->p->arena, key);
  if (!slot) {
    return crate_processor_out_of_memory(e->p);
  }
  if (!slot->value) {
    CrateText *const index = crate_arena_allocate(&e->p->arena, sizeof *index);
    if (!index) {
      return crate_processor_out_of_memory(e->p);
    }
    *index = node->index;
    slot->value = index;
  }
  const CrateText *const known = slot->value;
  if (subject && !crate_text_equal(*known, node->index)) {
    return CRATE_FAIL(e->p, &e->p->source, node->offset, "conflicting-indexes",
                      "this node has another @index elsewhere");
  }
  return CRATE_OK;
}

/// 8.1.2, steps 1.3.2.3 and 1.3.2.4: 0 when the property is left out.
static CrateStatus
emit_predicate(CrateEmitter *e, CrateName *name, CrateTerm *out)
{
  CRATE_TRY(crate_emit_name(e, name, out));
  if (!name->is_well_formed && !e->p->options.produce_generalized_rdf) {
    e->blamed = name->text;
    *out = CRATE_NO_TERM;
  }
  return CRATE_OK;
}

/// 7.2.2, step 6.9: the values point at the node.
static CrateStatus
emit_reverse(CrateEmitter *e,
             const CrateElement *node,
             CrateTerm object,
             CratePlacing placing)
{
  for (const CrateProperty *at = node->rare ? node->rare->reverse.first : NULL;
       at; at = at->next) {
    CrateTerm predicate;
    CRATE_TRY(emit_predicate(e, at->name, &predicate));
    for (const CrateElement *value = at->values.first; value;
         value = value->next) {
      CrateTerm subject;
      CRATE_TRY(emit_node(e, value, placing, &subject));
      const CrateQuad quad = {subject, predicate, object, placing.graph};
      CRATE_TRY(crate_emit_quad(e, placing, &quad, value->offset));
    }
  }
  return CRATE_OK;
}

/// 7.2.2, step 6.12, and 8.1.2, step 1.3.2.5.
static CrateStatus
emit_properties(CrateEmitter *e,
                const CrateElement *node,
                CrateTerm subject,
                CratePlacing placing)
{
  for (const CrateProperty *at = node->properties.first; at; at = at->next) {
    CrateQuad quad = {subject, CRATE_NO_TERM, CRATE_NO_TERM, placing.graph};
    CRATE_TRY(emit_predicate(e, at->name, &quad.predicate));
    const bool wanted = subject && quad.predicate && !placing.is_left_out;
    for (const CrateElement *value = at->values.first; value;
         value = value->next) {
      CRATE_TRY(emit_object(e, value, placing, wanted, &quad.object));
      CRATE_TRY(crate_emit_quad(e, placing, &quad, value->offset));
    }
  }
  return CRATE_OK;
}

/// 7.2.2, step 6: the node's own term is 0 when it is not well-formed.
static CrateStatus
emit_node(CrateEmitter *e,
          const CrateElement *node,
          CratePlacing placing,
          CrateTerm *out)
{
  CrateTerm subject;
  CRATE_TRY(crate_element_has(node, CRATE_AT_ID)
              ? crate_emit_resource(e, node->id, &subject)
              : crate_terms_blank(e->terms, (CrateText){NULL, 0}, &subject));
  *out = subject;
  CRATE_TRY(emit_types(e, node, subject, placing));
  CRATE_TRY(check_index(e, node, subject, placing));
  CRATE_TRY(emit_reverse(e, node, subject, placing));
  if (crate_element_has(node, CRATE_AT_GRAPH)) { // step 6.10
    const CratePlacing named = {subject, !subject};
    CRATE_TRY(crate_emit_nodes(e, &node->graph, named));
  }
  if (node->rare) { // step 6.11
    CRATE_TRY(crate_emit_nodes(e, &node->rare->included, placing));
  }
  return emit_properties(e, node, subject, placing);
}

CrateStatus
crate_emit_nodes(CrateEmitter *e,
                 const CrateElements *elements,
                 CratePlacing placing)
{
  static const uint32_t no_node =
    CRATE_BIT(CRATE_AT_VALUE) | CRATE_BIT(CRATE_AT_LIST);
  for (const CrateElement *at = elements->first; at; at = at->next) {
    CrateTerm ignored;
    // A value here belongs to no subject.
    if (!(at->has & no_node)) {
      CRATE_TRY(emit_node(e, at, placing, &ignored));
    }
  }
  return CRATE_OK;
}
