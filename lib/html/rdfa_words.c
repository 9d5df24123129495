// SPDX-License-Identifier: Apache-2.0
// RDFa Core 7.4: CURIEs, terms, IRIs, and the prefixes they are made with.
#include "html/rdfa.h"
#include "rdf/names.h"
#include <cratekit/iri.h>

static CrateStatus
lower_case(CrateArena *arena, CrateText text, CrateText *out)
{
  char *const copy = crate_arena_allocate(arena, text.size + 1u);
  if (!copy) {
    return crate_arena_status(arena);
  }
  for (size_t i = 0; i < text.size; ++i) {
    const char c = text.data[i];
    copy[i] = c >= 'A' && c <= 'Z' ? (char)(c | 0x20) : c;
  }
  *out = (CrateText){copy, text.size};
  return CRATE_OK;
}

/// XML names without a colon: what a prefix has to be.
static bool
is_ncname(CrateText name)
{
  for (size_t at = 0; at < name.size;) {
    uint32_t c = 0;
    const size_t size = crate_name_decode(name.data + at, &c);
    const bool good = c == '_' || crate_name_is_start(c) ||
                      (at && (crate_name_is_part(c) || c == '.'));
    if (!good || size > name.size - at) {
      return false;
    }
    at += size;
  }
  return name.size > 0;
}

static CrateStatus
declare(CrateRdfaElement *element, CrateText prefix, CrateText iri)
{
  CrateRdfa *const rdfa = element->rdfa;
  if (!is_ncname(prefix) || crate_text_is(prefix, "_") || !iri.size ||
      iri.size > CRATE_HTML_LONGEST_PREFIX) {
    return CRATE_OK;
  }
  CrateRdfaPrefix *const row = crate_arena_array(&rdfa->arena, 1, sizeof *row);
  if (!row) {
    return crate_arena_status(&rdfa->arena);
  }
  CRATE_TRY(lower_case(&rdfa->arena, prefix, &row->prefix));
  uintptr_t hidden = 0;
  crate_map_get(&rdfa->prefixes, row->prefix, &hidden);
  row->hidden = (const CrateRdfaPrefix *)hidden;
  row->iri = iri;
  CRATE_TRY(crate_map_put(&rdfa->prefixes, row->prefix, (uintptr_t)row));
  row->next = element->prefixes;
  element->prefixes = row;
  row->outer = rdfa->newest;
  rdfa->newest = row;
  return CRATE_OK;
}

CrateStatus
crate_rdfa_enter_prefixes(CrateRdfaElement *element)
{
  const CrateText xmlns = CRATE_TEXT("xmlns:");
  for (uint32_t i = 0; i < element->node->attribute_count; ++i) {
    const CrateHtmlAttribute *const a = &element->node->attributes[i];
    if (crate_text_starts(a->name, xmlns)) {
      CRATE_TRY(declare(element,
                        crate_text_slice(a->name, xmlns.size, a->name.size),
                        crate_html_trim(a->value)));
    }
  }
  CrateText rest = element->given.prefix;
  while (rest.size) {
    const CrateText prefix = crate_html_next_word(&rest);
    if (!crate_text_ends(prefix, CRATE_TEXT(":"))) {
      continue; // no prefix: what follows is looked at anew
    }
    CRATE_TRY(declare(element, crate_text_slice(prefix, 0, prefix.size - 1u),
                      crate_html_next_word(&rest)));
  }
  return CRATE_OK;
}

CrateStatus
crate_rdfa_leave_prefixes(CrateRdfaElement *element)
{
  CrateRdfa *const rdfa = element->rdfa;
  for (const CrateRdfaPrefix *p = element->prefixes; p; p = p->next) {
    CRATE_TRY(crate_map_put(&rdfa->prefixes, p->prefix, (uintptr_t)p->hidden));
    rdfa->newest = p->outer;
  }
  return CRATE_OK;
}

/// What a prefix stands for; empty when it is none.
static CrateStatus
find_prefix(CrateRdfa *rdfa, CrateText prefix, CrateText *out)
{
  uintptr_t found = 0;
  CrateText lower;
  CRATE_TRY(lower_case(&rdfa->arena, prefix, &lower));
  crate_map_get(&rdfa->prefixes, lower, &found);
  *out = !prefix.size ? CRATE_TEXT("http://www.w3.org/1999/xhtml/vocab#")
         : found      ? ((const CrateRdfaPrefix *)found)->iri
                      : crate_rdfa_initial_prefix(prefix);
  return CRATE_OK;
}

/// A prefix that is a relative IRI is not resolved by the page's <base>.
static CrateStatus
join(CrateRdfa *rdfa, CrateText first, CrateText second, CrateTerm *out)
{
  const CrateArenaMark mark = crate_arena_mark(&rdfa->arena);
  const CrateText parts[] = {first, second};
  CrateText iri;
  CRATE_TRY(crate_arena_join(&rdfa->arena, parts, 2, &iri));
  const CrateStatus status =
    crate_html_source_resolve_by(&rdfa->source, rdfa->source.address, iri, out);
  crate_arena_rewind(&rdfa->arena, mark);
  return status;
}

/// 6: a CURIE, when its prefix is one. `*is_one` even when it names nothing.
static CrateStatus
read_curie(CrateRdfa *rdfa, CrateText text, bool *is_one, CrateTerm *out)
{
  const size_t colon = crate_text_find(text, ':');
  const CrateText prefix = crate_text_slice(text, 0, colon);
  const CrateText rest = crate_text_slice(text, colon + 1u, text.size);
  *out = CRATE_NO_TERM;
  *is_one = false;
  if (colon == text.size) {
    return CRATE_OK;
  }
  if (crate_text_is(prefix, "_")) {
    *is_one = true;
    return crate_html_source_blank(&rdfa->source, rest, out);
  }
  if (crate_text_starts(rest, CRATE_TEXT("//"))) {
    return CRATE_OK; // an IRI, whatever its scheme
  }
  const CrateArenaMark mark = crate_arena_mark(&rdfa->arena);
  CrateText iri;
  CRATE_TRY(find_prefix(rdfa, prefix, &iri));
  crate_arena_rewind(&rdfa->arena, mark);
  *is_one = iri.size > 0;
  return *is_one ? join(rdfa, iri, rest, out) : CRATE_OK;
}

/// 7.4.3: a word without a colon. It is a name, and may go on with slashes.
static CrateStatus
read_term(CrateRdfaElement *element, CrateText word, CrateTerm *out)
{
  CrateRdfa *const rdfa = element->rdfa;
  if (!is_ncname(crate_text_slice(word, 0, crate_text_find(word, '/')))) {
    return CRATE_OK;
  }
  if (element->vocabulary.size) {
    return join(rdfa, element->vocabulary, word, out);
  }
  const CrateText known =
    crate_rdfa_initial_term(word, rdfa->source.document.is_xhtml1);
  return known.size ? crate_html_source_iri(&rdfa->source, known, out)
                    : CRATE_OK;
}

CrateStatus
crate_rdfa_word(CrateRdfaElement *element, CrateText word, CrateTerm *out)
{
  bool is_curie;
  *out = CRATE_NO_TERM;
  if (!crate_rdfa_has_colon(word)) {
    return read_term(element, word, out);
  }
  CRATE_TRY(read_curie(element->rdfa, word, &is_curie, out));
  return is_curie ? CRATE_OK
                  : crate_html_source_iri(&element->rdfa->source, word, out);
}

CrateStatus
crate_rdfa_reference(CrateRdfaElement *element, CrateText value, CrateTerm *out)
{
  CrateRdfa *const rdfa = element->rdfa;
  const CrateText text = crate_html_trim(value);
  bool is_curie;
  *out = CRATE_NO_TERM;
  if (crate_text_starts(text, CRATE_TEXT("[")) &&
      crate_text_ends(text, CRATE_TEXT("]"))) {
    return read_curie(rdfa, crate_text_slice(text, 1, text.size - 1u),
                      &is_curie, out); // a safe one, or nothing
  }
  CRATE_TRY(read_curie(rdfa, text, &is_curie, out));
  return is_curie ? CRATE_OK
                  : crate_html_source_resolve(&rdfa->source, text, out);
}

CrateStatus
crate_rdfa_target(CrateRdfaElement *element, CrateTerm *out)
{
  const CrateRdfaAttributes *const given = &element->given;
  CrateHtmlSource *const source = &element->rdfa->source;
  *out = CRATE_NO_TERM;
  if (given->resource.data) {
    CRATE_TRY(crate_rdfa_reference(element, given->resource, out));
  }
  if (!*out && given->href.data) {
    CRATE_TRY(crate_html_source_resolve(source, given->href, out));
  }
  if (!*out && given->src.data) {
    CRATE_TRY(crate_html_source_resolve(source, given->src, out));
  }
  return CRATE_OK;
}
