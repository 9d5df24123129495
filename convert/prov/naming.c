// SPDX-License-Identifier: Apache-2.0
#include "convert/prov/naming.h"
#include "convert/prov/notation.h"
#include "convert/prov/order.h"
#include "rdf/names.h"
#include <stdio.h>
#include <stdlib.h>

// Prefixes by convention, for graphs, which declare none.
static const CratePrefix usual[] = {
#define PREFIX(prefix, iri)                                                    \
  {                                                                            \
    {prefix, sizeof(prefix) - 1},                                              \
    {                                                                          \
      iri, sizeof(iri) - 1                                                     \
    }                                                                          \
  }
  PREFIX("prov", CRATE_PROV_NAMESPACE),
  PREFIX("xsd", CRATE_PROV_XSD),
  PREFIX("blank", CRATE_PROV_BLANK),
  PREFIX("xsi", CRATE_PROV_XSI),
  PREFIX("xml", "http://www.w3.org/XML/1998/namespace"),
  PREFIX("rdf", "http://www.w3.org/1999/02/22-rdf-syntax-ns#"),
  PREFIX("rdfs", CRATE_PROV_RDFS),
  PREFIX("dct", "http://purl.org/dc/terms/"),
  PREFIX("foaf", "http://xmlns.com/foaf/0.1/"),
  PREFIX("schema", "http://schema.org/"),
  PREFIX("wfprov", "http://purl.org/wf4ever/wfprov#"),
  PREFIX("wfdesc", "http://purl.org/wf4ever/wfdesc#"),
  PREFIX("wf4ever", "http://purl.org/wf4ever/wf4ever#"),
  PREFIX("ro", "http://purl.org/wf4ever/ro#"),
  PREFIX("ore", "http://www.openarchives.org/ore/terms/"),
  PREFIX("cwlprov", "https://w3id.org/cwl/prov#"),
#undef PREFIX
};

#define USUAL (sizeof(usual) / sizeof(*usual))
#define OWN 5u // of them, the first: no document may mean others by them

static CrateStatus
add_space(CrateProvNaming *naming, const CratePrefix *about)
{
  CRATE_TRY(crate_world_reserve(naming->document->world, &naming->spaces,
                                &naming->capacity, naming->count + 1,
                                sizeof(*naming->spaces)));
  naming->spaces[naming->count++] = (CrateProvSpace){.about = *about};
  return CRATE_OK;
}

/// A namespace with a prefix, unless the prefix or the namespace is known.
static CrateStatus
give_space(CrateProvNaming *naming, CrateMap *known, const CratePrefix *about)
{
  const CrateText prefix = about->prefix;
  // One map for both: no IRI is a prefix, as it has a colon.
  if (!prefix.size || crate_name_prefix_span(prefix) < prefix.size ||
      !about->iri.size || crate_text_is(prefix, "xmlns") ||
      crate_map_get(known, prefix, NULL) ||
      crate_map_get(known, about->iri, NULL)) {
    return CRATE_OK;
  }
  CRATE_TRY(crate_map_put(known, prefix, 1));
  CRATE_TRY(crate_map_put(known, about->iri, 1));
  return add_space(naming, about);
}

static int
compare_spaces(const void *first, const void *second)
{
  const CrateProvSpace *const a = first;
  const CrateProvSpace *const b = second;
  return crate_text_compare(a->about.iri, b->about.iri);
}

/// Sort what is given, and find for each the one around it.
static void
nest_spaces(CrateProvNaming *naming)
{
  CrateProvSpace *const spaces = naming->spaces;
  qsort(spaces, naming->count, sizeof(*spaces), compare_spaces);
  for (size_t i = 1; i < naming->count; ++i) {
    size_t outer = i;
    while (outer && !crate_text_starts(spaces[i].about.iri,
                                       spaces[outer - 1].about.iri)) {
      outer = spaces[outer - 1].outer;
    }
    spaces[i].outer = outer;
  }
  naming->given = naming->count;
}

static CrateStatus
give_spaces(CrateProvNaming *naming, CrateMap *known)
{
  const CrateProv *const document = naming->document;
  for (size_t i = 0; i < OWN; ++i) {
    CRATE_TRY(give_space(naming, known, &usual[i]));
  }
  for (size_t i = 0; i < document->prefix_count; ++i) {
    CRATE_TRY(give_space(naming, known, &document->prefixes[i]));
  }
  for (size_t i = OWN; i < USUAL; ++i) {
    CRATE_TRY(give_space(naming, known, &usual[i]));
  }
  nest_spaces(naming);
  return CRATE_OK;
}

size_t
crate_prov_local_notation(CrateText iri)
{
  size_t start = 0;
  for (size_t at = 0; at < iri.size;) {
    uint32_t c = 0;
    size_t size = crate_name_decode(iri.data + at, &c);
    const bool percent = c == '%' && iri.size - at > 2;
    const bool first = at == start;
    if (percent) {
      size = 3; // an IRI has two digits behind it
    } else if (!crate_notation_is_plain(c, first) &&
               !crate_notation_is_escaped(c)) {
      start = at + size;
    }
    at += size;
  }
  return start;
}

size_t
crate_prov_local_xml(CrateText iri)
{
  size_t start = 0;
  for (size_t at = 0; at < iri.size;) {
    uint32_t c = 0;
    const size_t size = crate_name_decode(iri.data + at, &c);
    const bool later = at > start && (crate_name_is_part(c) || c == '.');
    start = crate_name_is_start(c) || later ? start : at + size;
    at += size;
  }
  return start < iri.size ? start : crate_prov_local_notation(iri);
}

/// Index plus 1 of the longest namespace given that an IRI starts with.
static size_t
find_space(const CrateProvNaming *naming, CrateText iri)
{
  size_t low = 0;
  for (size_t high = naming->given; low < high;) {
    const size_t middle = low + (high - low) / 2;
    if (crate_text_compare(naming->spaces[middle].about.iri, iri) <= 0) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  while (low && !crate_text_starts(iri, naming->spaces[low - 1].about.iri)) {
    low = naming->spaces[low - 1].outer;
  }
  const size_t size = low ? naming->spaces[low - 1].about.iri.size : 0;
  const CrateText local = crate_text_slice(iri, size, iri.size);
  return low && !naming->local(local) ? low : 0;
}

/// A namespace of our own for an IRI: up to its last part.
static CrateText
cut(CrateText iri, CrateProvLocal local)
{
  size_t size = iri.size ? iri.size - 1 : 0;
  while (size && !strchr("#/:?", iri.data[size - 1])) {
    --size;
  }
  const size_t start = local(iri);
  size = size > start ? size : start;
  // What is left may begin with what only follows in a local name.
  size += local(crate_text_slice(iri, size, iri.size));
  const CrateText space = crate_text_slice(iri, 0, size);
  const bool whole = !size || crate_text_ends(space, CRATE_TEXT("://"));
  return whole ? iri : space;
}

/// `made`: from namespaces of our own to their index plus 1.
static CrateStatus
name_term(CrateProvNaming *naming, CrateMap *made, CrateTerm term)
{
  const CrateText iri = crate_terms_info(naming->document->terms, term).text;
  size_t space = find_space(naming, iri);
  if (!space) {
    const CratePrefix about = {{NULL, 0}, cut(iri, naming->local)};
    uintptr_t found = 0;
    if (!crate_map_get(made, about.iri, &found)) {
      CRATE_TRY(add_space(naming, &about));
      found = naming->count;
      CRATE_TRY(crate_map_put(made, about.iri, found));
    }
    space = found;
  }
  naming->uses[term].space = (uint32_t)space;
  naming->spaces[space - 1].used = true;
  return CRATE_OK;
}

/// Name the namespaces of our own, in the order in which they were needed,
/// which is that of their IRIs.
static CrateStatus
name_spaces(CrateProvNaming *naming, const CrateMap *known)
{
  unsigned number = 0;
  for (size_t i = naming->given; i < naming->count; ++i) {
    char name[24];
    do {
      snprintf(name, sizeof(name), "ns%u", ++number);
    } while (crate_map_get(known, crate_text(name), NULL));
    CRATE_TRY(crate_arena_copy(&naming->arena, crate_text(name),
                               &naming->spaces[i].about.prefix));
  }
  return CRATE_OK;
}

static CrateStatus
name_all(CrateProvNaming *naming, CrateMap *known, CrateMap *made)
{
  const CrateTerms *const terms = naming->document->terms;
  CRATE_TRY(give_spaces(naming, known));
  for (size_t i = 0; i < naming->term_count; ++i) {
    const CrateTerm term = naming->terms[i];
    if (crate_terms_kind(terms, term) == CRATE_TERM_IRI) {
      CRATE_TRY(name_term(naming, made, term));
    } else if (crate_terms_kind(terms, term) == CRATE_TERM_BLANK) {
      const CrateText blank = CRATE_TEXT(CRATE_PROV_BLANK);
      naming->spaces[find_space(naming, blank) - 1].used = true;
    }
  }
  return name_spaces(naming, known);
}

CrateStatus
crate_prov_naming_init(CrateProvNaming *naming,
                       CrateProv *document,
                       CrateProvLocal local)
{
  *naming = (CrateProvNaming){.document = document, .local = local};
  crate_arena_init(&naming->arena, document->world);
  naming->uses = crate_arena_array(
    &naming->arena, crate_terms_end(document->terms), sizeof(*naming->uses));
  if (!naming->uses) {
    return crate_arena_status(&naming->arena);
  }
  CRATE_TRY(crate_prov_order_terms(naming));
  crate_prov_order_records(naming);
  CrateMap known, made;
  crate_map_init(&known, document->world);
  crate_map_init(&made, document->world);
  const CrateStatus status = name_all(naming, &known, &made);
  crate_map_clear(&known);
  crate_map_clear(&made);
  return status;
}

void
crate_prov_naming_clear(CrateProvNaming *naming)
{
  crate_world_release(naming->document->world, naming->spaces);
  crate_arena_clear(&naming->arena);
}

static int
compare_prefixes(const void *first, const void *second)
{
  const CratePrefix *const a = first;
  const CratePrefix *const b = second;
  return crate_text_compare(a->prefix, b->prefix);
}

CrateStatus
crate_prov_naming_prefixes(CrateProvNaming *naming,
                           CratePrefix **out,
                           size_t *count)
{
  *count = 0;
  *out = crate_arena_array(&naming->arena, naming->count + 1, sizeof(**out));
  if (!*out) {
    return crate_arena_status(&naming->arena);
  }
  for (size_t i = 0; i < naming->count; ++i) {
    const CrateProvSpace *const space = &naming->spaces[i];
    const bool own = crate_text_equal(space->about.prefix, usual[0].prefix) ||
                     crate_text_equal(space->about.prefix, usual[1].prefix);
    if (space->used && !own) {
      (*out)[(*count)++] = space->about;
    }
  }
  qsort(*out, *count, sizeof(**out), compare_prefixes);
  return CRATE_OK;
}

void
crate_prov_naming_split(const CrateProvNaming *naming,
                        CrateTerm term,
                        CrateText *prefix,
                        CrateText *local)
{
  const uint32_t space = naming->uses[term].space;
  const CrateText text = crate_terms_info(naming->document->terms, term).text;
  const CrateText none = {NULL, 0};
  *prefix = space ? naming->spaces[space - 1].about.prefix : none;
  *local = space ? crate_text_slice(
                     text, naming->spaces[space - 1].about.iri.size, text.size)
                 : none;
}
