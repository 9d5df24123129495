// SPDX-License-Identifier: Apache-2.0
// PROV-DM as PROV-O: a relation that says more than its two ends becomes a
// node (PROV-O 3.3, qualified terms), another one a statement.
#include "convert/prov/names.h"

typedef struct Maker {
  const CrateProv *document;
  CrateGraph *graph;
  CrateProvNames names;
  const CrateProvRecord *record;
} Maker;

static CrateStatus
say(const Maker *m, CrateTerm subject, CrateTerm predicate, CrateTerm object)
{
  const CrateQuad quad = {subject, predicate, object, m->record->bundle};
  return crate_graph_add(m->graph, quad, m->record->origin);
}

/// What PROV-O calls an attribute. A type that is no IRI is no class.
static CrateTerm
property_of(const Maker *m, const CrateProvAttribute *attribute)
{
  const CrateProvNames *const names = &m->names;
  if (attribute->name == names->type) {
    return crate_terms_kind(m->document->terms, attribute->value) ==
               CRATE_TERM_LITERAL
             ? attribute->name
             : CRATE_RDF_TYPE;
  }
  for (size_t i = 0; i < CRATE_PROV_ALIASES; ++i) {
    if (attribute->name == names->attributes[i]) {
      return names->properties[i];
    }
  }
  return attribute->name;
}

static CrateStatus
say_attributes(const Maker *m, CrateTerm subject)
{
  const CrateProvRecord *const record = m->record;
  for (size_t i = 0; i < record->count; ++i) {
    const CrateProvAttribute *const attribute =
      &m->document->attributes[record->first + i];
    CRATE_TRY(say(m, subject, property_of(m, attribute), attribute->value));
  }
  return CRATE_OK;
}

/// Arguments that have a property, as statements of a node.
static CrateStatus
say_arguments(const Maker *m, CrateTerm node)
{
  const CrateProvRecord *const record = m->record;
  const CrateProvKindNames *const names = &m->names.kinds[record->kind];
  for (unsigned i = 0; i < CRATE_PROV_ARGUMENTS; ++i) {
    if (record->arguments[i] && names->arguments[i]) {
      CRATE_TRY(say(m, node, names->arguments[i], record->arguments[i]));
    }
  }
  return CRATE_OK;
}

static CrateStatus
say_thing(const Maker *m)
{
  const CrateTerm id = m->record->id;
  CRATE_TRY(say(m, id, CRATE_RDF_TYPE, m->names.kinds[m->record->kind].type));
  CRATE_TRY(say_arguments(m, id));
  return say_attributes(m, id);
}

/// What PROV-O calls the time of a relation, where that is all there is to say
/// beside the subject (PROV-O 3.2: expanded terms), else 0.
static CrateTerm
time_property(const Maker *m)
{
  const CrateProvRecord *const record = m->record;
  return record->id || record->count || record->arguments[1] ||
             !record->arguments[2]
           ? CRATE_NO_TERM
         : record->kind == CRATE_PROV_GENERATION   ? m->names.generated_at
         : record->kind == CRATE_PROV_INVALIDATION ? m->names.invalidated_at
                                                   : CRATE_NO_TERM;
}

/// Whether the two ends are all there is beside so many attributes.
static bool
is_plain(const CrateProvRecord *record, size_t attributes)
{
  bool plain =
    !record->id && record->count == attributes && record->arguments[1];
  for (unsigned i = 2; i < CRATE_PROV_ARGUMENTS; ++i) {
    plain = plain && !record->arguments[i];
  }
  return plain;
}

/// The property of a derivation that is nothing but one of a type, else 0.
static CrateTerm
subtype_property(const Maker *m)
{
  const CrateProvRecord *const record = m->record;
  if (record->kind != CRATE_PROV_DERIVATION || !is_plain(record, 1)) {
    return CRATE_NO_TERM;
  }
  const CrateProvAttribute *const attribute =
    &m->document->attributes[record->first];
  for (size_t i = 0; i < CRATE_PROV_SUBTYPES; ++i) {
    if (attribute->name == m->names.type &&
        attribute->value == m->names.subtypes[i].type) {
      return m->names.subtypes[i].plain;
    }
  }
  return CRATE_NO_TERM;
}

static CrateStatus
say_relation(const Maker *m)
{
  const CrateProvRecord *const record = m->record;
  const CrateProvKindNames *const names = &m->names.kinds[record->kind];
  const CrateTerm subject = record->arguments[0];
  if (!names->qualified) {
    CRATE_TRY(say(m, subject, names->plain, record->arguments[1]));
    return say_arguments(m, subject); // the bundle of a mention
  }
  if (is_plain(record, 0)) {
    return say(m, subject, names->plain, record->arguments[1]);
  }
  if (subtype_property(m)) {
    return say(m, subject, subtype_property(m), record->arguments[1]);
  }
  if (time_property(m)) {
    return say(m, subject, time_property(m), record->arguments[2]);
  }
  CrateTerm node = record->id;
  if (!node) {
    const CrateText none = {NULL, 0};
    CRATE_TRY(crate_terms_blank(m->document->terms, none, &node));
  }
  CRATE_TRY(say(m, subject, names->qualified, node));
  CRATE_TRY(say(m, node, CRATE_RDF_TYPE, names->type));
  CRATE_TRY(say_arguments(m, node));
  return say_attributes(m, node);
}

/// RDF knows no empty graph, so that a bundle without statements is said to be
/// one.
static CrateStatus
say_bundle(const Maker *m)
{
  const CrateQuad quad = {m->record->bundle, CRATE_RDF_TYPE, m->names.bundle,
                          CRATE_NO_TERM};
  return crate_graph_add(m->graph, quad, m->record->origin);
}

CrateStatus
crate_prov_to_graph(const CrateProv *document, CrateGraph *graph)
{
  Maker m = {.document = document, .graph = graph};
  CRATE_TRY(crate_prov_names_find(document->terms, &m.names));
  for (size_t i = 0; i < document->count; ++i) {
    m.record = &document->records[i];
    CRATE_TRY(m.record->kind == CRATE_PROV_EMPTY           ? say_bundle(&m)
              : m.record->kind < CRATE_PROV_FIRST_RELATION ? say_thing(&m)
                                                           : say_relation(&m));
  }
  return CRATE_OK;
}
