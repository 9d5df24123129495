// SPDX-License-Identifier: Apache-2.0
// RDFa Core 7.5, step 11: what a property says of the new subject, with the
// rules of HTML+RDFa 3.1 for datetime and <time>.
#include "html/rdfa.h"
#include <cratekit/buffer.h>

#define RDF "http://www.w3.org/1999/02/22-rdf-syntax-ns#"

static CrateStatus
make_string(CrateRdfaElement *element, CrateText text, CrateTerm *out)
{
  return crate_html_source_string(&element->rdfa->source, text,
                                  element->language, out);
}

/// HTML+RDFa 3.1: a date by its form.
static CrateStatus
make_time(CrateRdfaElement *element, CrateText text, CrateTerm *out)
{
  CrateTerms *const terms = element->rdfa->source.terms;
  const CrateText type = crate_html_time_type(text);
  CrateTerm datatype;
  if (!type.size) {
    return make_string(element, text, out);
  }
  CRATE_TRY(crate_terms_iri(terms, type, &datatype));
  return crate_terms_literal(terms, text, datatype, (CrateText){NULL, 0}, out);
}

/// What is in the element, as markup.
static CrateStatus
make_markup(CrateRdfaElement *element,
            bool is_xml,
            CrateTerm datatype,
            CrateTerm *out)
{
  CrateBuffer buffer;
  CrateHtmlSource *const source = &element->rdfa->source;
  crate_buffer_init(&buffer, source->document.world);
  CrateStatus status =
    is_xml ? crate_rdfa_write_xml(element->rdfa, element->node, &buffer)
           : crate_html_write(element->node, &buffer);
  if (!status) {
    status = crate_terms_literal(source->terms, crate_buffer_text(&buffer),
                                 datatype, (CrateText){NULL, 0}, out);
  }
  crate_buffer_clear(&buffer);
  return status;
}

/// The string that the element gives, whatever its type is.
static CrateStatus
find_lexical(CrateRdfaElement *element, CrateArena *arena, CrateText *out)
{
  const CrateRdfaAttributes *const given = &element->given;
  *out = given->content.data ? given->content : given->datetime;
  return out->data ? CRATE_OK : crate_html_text(arena, element->node, out);
}

static CrateStatus
make_typed(CrateRdfaElement *element, CrateTerm datatype, CrateTerm *out)
{
  CrateTerms *const terms = element->rdfa->source.terms;
  CrateArena *const arena = &element->rdfa->arena;
  const CrateText type = crate_terms_info(terms, datatype).text;
  const bool is_xml = crate_text_is(type, RDF "XMLLiteral");
  if (is_xml || crate_text_is(type, RDF "HTML")) {
    return make_markup(element, is_xml, datatype, out);
  }
  CrateText lexical;
  const CrateArenaMark mark = crate_arena_mark(arena);
  CRATE_TRY(find_lexical(element, arena, &lexical));
  const CrateStatus status =
    crate_terms_literal(terms, lexical, datatype, (CrateText){NULL, 0}, out);
  crate_arena_rewind(arena, mark);
  return status;
}

static CrateStatus
make_plain(CrateRdfaElement *element, CrateTerm *out)
{
  CrateArena *const arena = &element->rdfa->arena;
  const CrateRdfaAttributes *const given = &element->given;
  const bool is_time =
    !given->content.data && !given->datatype.data &&
    (given->datetime.data || crate_html_is(element->node, "time"));
  CrateText lexical;
  const CrateArenaMark mark = crate_arena_mark(arena);
  CRATE_TRY(find_lexical(element, arena, &lexical));
  const CrateStatus status = is_time ? make_time(element, lexical, out)
                                     : make_string(element, lexical, out);
  crate_arena_rewind(arena, mark);
  return status;
}

static CrateStatus
make_value(CrateRdfaElement *element, CrateTerm *out)
{
  const CrateRdfaAttributes *const given = &element->given;
  *out = CRATE_NO_TERM;
  if (given->datatype.data) {
    CrateTerm datatype;
    CRATE_TRY(
      crate_rdfa_word(element, crate_html_trim(given->datatype), &datatype));
    return crate_terms_kind(element->rdfa->source.terms, datatype) ==
               CRATE_TERM_IRI
             ? make_typed(element, datatype, out)
             : make_plain(element, out);
  }
  if (!given->content.data && !given->datetime.data) {
    if (!given->rel.data && !given->rev.data) {
      CRATE_TRY(crate_rdfa_target(element, out));
    }
    if (!*out && given->type_of.data && !given->about.data) {
      *out = element->typed_resource;
    }
  }
  return *out ? CRATE_OK : make_plain(element, out);
}

CrateStatus
crate_rdfa_properties(CrateRdfaElement *element)
{
  const CrateTerms *const terms = element->rdfa->source.terms;
  CrateText rest = element->given.property;
  CrateTerm value = CRATE_NO_TERM;
  for (;;) {
    const CrateText word = crate_html_next_word(&rest);
    CrateTerm property;
    if (!word.size) {
      return CRATE_OK;
    }
    CRATE_TRY(crate_rdfa_word(element, word, &property));
    if (crate_terms_kind(terms, property) != CRATE_TERM_IRI) {
      continue;
    }
    if (!value) {
      CRATE_TRY(make_value(element, &value));
    }
    if (element->given.inlist.data) {
      CrateRdfaList *list;
      CRATE_TRY(crate_rdfa_list(element, property, &list));
      CRATE_TRY(crate_rdfa_append(element, list, value));
    } else {
      CRATE_TRY(
        crate_rdfa_state(element, element->new_subject, property, value));
    }
  }
}
