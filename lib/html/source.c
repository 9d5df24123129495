// SPDX-License-Identifier: Apache-2.0
#include "html/source.h"
#include "html/token.h"
#include "rdf/names.h"
#include <cratekit/iri.h>
#include <cratekit/map.h>

// Stands for the base of a page that has none, so that a relative IRI can be
// told from an absolute one.
#define NO_BASE "x-crate-no-base://none/"

CrateText
crate_html_trim(CrateText text)
{
  while (text.size && crate_html_is_space(*text.data)) {
    text = crate_text_slice(text, 1, text.size);
  }
  while (text.size && crate_html_is_space(text.data[text.size - 1u])) {
    --text.size;
  }
  return text;
}

CrateText
crate_html_next_word(CrateText *list)
{
  *list = crate_html_trim(*list);
  size_t end = 0;
  while (end < list->size && !crate_html_is_space(list->data[end])) {
    ++end;
  }
  const CrateText word = crate_text_slice(*list, 0, end);
  *list = crate_text_slice(*list, end, list->size);
  return word;
}

/// HTML 4.2.3: the first <base> with an address counts, wherever it is.
static CrateStatus
find_base(CrateHtmlSource *source, CrateText given)
{
  const CrateHtml *const root = source->document.root;
  const CrateText *href = NULL;
  source->address = given.size ? given : CRATE_TEXT(NO_BASE);
  for (const CrateHtml *node = root; node && !href;
       node = crate_html_next(node, root)) {
    href = crate_html_is(node, "base") ? crate_html_get(node, "href") : NULL;
  }
  CrateText given_by_page = href ? crate_html_trim(*href) : CRATE_TEXT("");
  if (given_by_page.size > CRATE_HTML_LONGEST_PREFIX ||
      crate_iri_span(given_by_page) < given_by_page.size) {
    given_by_page.size = 0; // no base at all
  }
  CRATE_TRY(crate_iri_resolve(&source->document.arena, source->address,
                              given_by_page, &source->base));
  source->base.size = crate_text_find(source->base, '#');
  return CRATE_OK;
}

CrateStatus
crate_html_source_open(CrateHtmlSource *source,
                       CrateGraph *graph,
                       const CrateRdfSource *from)
{
  *source =
    (CrateHtmlSource){.graph = graph, .terms = crate_graph_terms(graph)};
  crate_map_init(&source->blanks, from->world);
  CRATE_TRY(
    crate_html_read(from->world, from->name, from->bytes, &source->document));
  return find_base(source, from->base);
}

void
crate_html_source_clear(CrateHtmlSource *source)
{
  crate_map_clear(&source->blanks);
  crate_html_clear(&source->document);
}

/// What is malformed as the base is, that is another matter.
static void
note_malformed(CrateHtmlSource *source, CrateText iri)
{
  const CrateText base = source->base;
  if (crate_iri_span(base) < base.size) {
    return;
  }
  if (!source->malformed++) {
    const CrateText start = crate_text_slice(iri, 0, sizeof(source->first));
    memcpy(source->first, start.data, start.size);
    source->first_size = start.size;
  }
}

CrateStatus
crate_html_source_say_malformed(const CrateHtmlSource *source,
                                const CrateRdfSource *from)
{
  const CrateText first = {source->first, source->first_size};
  const CrateDiagnostic where = {.level = CRATE_DIAGNOSTIC_WARNING,
                                 .file = from->name,
                                 .code = CRATE_TEXT("no-rdf")};
  return source->malformed
           ? crate_world_say(from->world, CRATE_OK, &where,
                             "what %zu malformed IRIs say is left out, the "
                             "first is \"%.*s\"",
                             source->malformed, CRATE_TEXT_ARG(first))
           : CRATE_OK;
}

CrateStatus
crate_html_source_iri(CrateHtmlSource *source, CrateText iri, CrateTerm *out)
{
  *out = CRATE_NO_TERM;
  if (!crate_iri_is_absolute(iri)) {
    return CRATE_OK;
  }
  if (crate_iri_span(iri) != iri.size) {
    note_malformed(source, iri);
    return CRATE_OK;
  }
  return crate_terms_iri(source->terms, iri, out);
}

CrateStatus
crate_html_source_resolve_by(CrateHtmlSource *source,
                             CrateText base,
                             CrateText reference,
                             CrateTerm *out)
{
  CrateArena *const arena = &source->document.arena;
  const CrateArenaMark mark = crate_arena_mark(arena);
  CrateText iri;
  CRATE_TRY(crate_iri_resolve(arena, base, reference, &iri));
  const CrateStatus status = crate_html_source_iri(source, iri, out);
  crate_arena_rewind(arena, mark);
  return status;
}

CrateStatus
crate_html_source_resolve(CrateHtmlSource *source,
                          CrateText reference,
                          CrateTerm *out)
{
  return crate_html_source_resolve_by(source, source->base,
                                      crate_html_trim(reference), out);
}

CrateStatus
crate_html_source_blank(CrateHtmlSource *source,
                        CrateText label,
                        CrateTerm *out)
{
  uintptr_t known = 0;
  if (crate_map_get(&source->blanks, label, &known)) {
    *out = (CrateTerm)known;
    return CRATE_OK;
  }
  CRATE_TRY(crate_terms_blank(source->terms, label, out));
  return crate_map_put(&source->blanks, label, *out);
}

/// As far as RDF's syntaxes can hold it.
static bool
is_language(CrateText tag)
{
  return tag.size && crate_name_language_span(tag) == tag.size;
}

CrateStatus
crate_html_source_string(CrateHtmlSource *source,
                         CrateText text,
                         CrateText language,
                         CrateTerm *out)
{
  return crate_terms_literal(
    source->terms, text, CRATE_NO_TERM,
    is_language(language) ? language : (CrateText){NULL, 0}, out);
}

static bool
needs_base(const CrateHtmlSource *source, CrateTerm term)
{
  const CrateTermInfo info = crate_terms_info(source->terms, term);
  return info.kind == CRATE_TERM_IRI &&
         crate_text_starts(info.text, CRATE_TEXT(NO_BASE));
}

CrateStatus
crate_html_source_add(CrateHtmlSource *source, CrateQuad quad, uint32_t origin)
{
  if (!quad.subject || !quad.predicate || !quad.object) {
    return CRATE_OK;
  }
  if (crate_text_starts(source->base, CRATE_TEXT(NO_BASE)) &&
      (needs_base(source, quad.subject) || needs_base(source, quad.object))) {
    const CrateDiagnostic place = {.file = source->document.name,
                                   .code = CRATE_TEXT(CRATE_HTML_CODE)};
    return crate_world_say(source->document.world, CRATE_MALFORMED, &place,
                           "a relative IRI, but there is no base IRI; "
                           "give one with --base");
  }
  return crate_graph_add(source->graph, quad, origin);
}

CrateText
crate_html_language(const CrateHtmlDocument *document,
                    const CrateHtml *element,
                    CrateText around)
{
  const CrateText *const xml = crate_html_get(element, "xml:lang");
  const CrateText *const html = crate_html_get(element, "lang");
  const CrateText *const first = document->is_xml ? xml : html;
  const CrateText *const second = document->is_xml ? html : xml;
  return first ? *first : second ? *second : around;
}
