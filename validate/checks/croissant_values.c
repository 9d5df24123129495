// SPDX-License-Identifier: Apache-2.0
// What single values of a Croissant document are: of the expected type, at
// most one, a URL, a shape of arrays.
#include "crate/vocabulary.h"
#include "validate/checks/croissant.h"
#include <cratekit/iri.h>

#define XSD "http://www.w3.org/2001/XMLSchema#"

bool
crate_is_web_url(CrateText text)
{
  const CrateIri iri = crate_iri_split(text);
  const bool web = crate_text_equal_fold(iri.scheme, CRATE_TEXT("http")) ||
                   crate_text_equal_fold(iri.scheme, CRATE_TEXT("https")) ||
                   crate_text_equal_fold(iri.scheme, CRATE_TEXT("ftp"));
  return crate_iri_is_absolute(text) && crate_iri_span(text) == text.size &&
         (!web || iri.authority.size);
}

bool
crate_is_url_reference(CrateText text)
{
  const size_t colon = crate_text_find(text, ':');
  const size_t slash = crate_text_find(text, '/');
  // RFC 3986 4.2: a relative path's first segment holds no colon.
  return text.size && crate_iri_span(text) == text.size &&
         (crate_iri_is_absolute(text) || colon >= slash) &&
         (!crate_iri_is_absolute(text) || crate_is_web_url(text));
}

static bool
is_of(const CrateView *view, CrateTermInfo info, const char *datatype)
{
  return info.kind == CRATE_TERM_LITERAL &&
         crate_text_is(crate_terms_info(view->terms, info.datatype).text,
                       datatype);
}

static bool
is_string(const CrateView *view, CrateTermInfo info)
{
  (void)view;
  return info.kind == CRATE_TERM_LITERAL &&
         (info.datatype == CRATE_XSD_STRING ||
          info.datatype == CRATE_RDF_LANG_STRING);
}

static bool
is_boolean(const CrateView *view, CrateTermInfo info)
{
  return is_of(view, info, XSD "boolean");
}

static bool
is_number(const CrateView *view, CrateTermInfo info)
{
  return is_of(view, info, XSD "integer") || is_of(view, info, XSD "double") ||
         is_of(view, info, XSD "decimal");
}

/// Text, or a name that a context made an IRI of; of a node nothing is known.
static bool
is_url(const CrateView *view, CrateTermInfo info)
{
  return (info.kind == CRATE_TERM_IRI) || is_of(view, info, XSD "anyURI") ||
         is_of(view, info, SCHEMA "URL") ||
         (is_string(view, info) && crate_is_web_url(info.text));
}

/// Simple types of schema.org that the texts ask for.
static const struct {
  const char *name;
  bool (*fits)(const CrateView *view, CrateTermInfo info);
} simple_types[] = {
  {"Text", is_string},
  {"Boolean", is_boolean},
  {"Number", is_number},
  {"URL", is_url},
};
enum { SIMPLE_TYPES = sizeof(simple_types) / sizeof(*simple_types) };

/// Types of schema.org below those that the texts ask for; no more than
/// people use.
static const struct {
  const char *type, *below;
} subtypes[] = {
  {"Organization", "Organization Airline Consortium Corporation "
                   "CollegeOrUniversity EducationalOrganization FundingAgency "
                   "FundingScheme GovernmentOrganization Hospital Library "
                   "LibrarySystem LocalBusiness MedicalOrganization Museum NGO "
                   "NewsMediaOrganization OnlineBusiness PerformingGroup "
                   "PoliticalParty Project ResearchOrganization "
                   "ResearchProject School SportsOrganization WorkersUnion"},
  {"Person", "Person Patient"},
  {"CreativeWork", "CreativeWork Article DataCatalog Dataset DigitalDocument "
                   "Legislation MediaObject Report WebPage WebSite "
                   "TextDigitalDocument"},
  {"DefinedTerm", "DefinedTerm CategoryCode"},
};

static bool
is_word_of(const char *words, CrateText word)
{
  CrateText rest = crate_text(words);
  while (rest.size) {
    if (crate_text_equal(crate_text_next_word(&rest), word)) {
      return true;
    }
  }
  return false;
}

static bool
is_subtype(CrateText name, CrateText type)
{
  for (size_t i = 0; i < sizeof(subtypes) / sizeof(*subtypes); ++i) {
    if (crate_text_is(type, subtypes[i].type) &&
        is_word_of(subtypes[i].below, name)) {
      return true;
    }
  }
  return crate_text_equal(name, type);
}

/// Whether a node may be of a class: nothing known speaks against it. Types
/// of other vocabularies are anybody's guess.
static bool
may_be(const CrateView *view, CrateTerm node, CrateText type)
{
  const CrateText space = CRATE_TEXT(SCHEMA);
  const CrateQuadRange range =
    crate_graph_about(view->graph, node, CRATE_RDF_TYPE);
  bool known = false;
  for (size_t i = 0; i < range.count; ++i) {
    const CrateText iri =
      crate_terms_info(view->terms, range.first[i].object).text;
    if (crate_text_starts(iri, CRATE_TEXT(CRATEKIT))) {
      continue;
    }
    if (!crate_text_starts(iri, space) ||
        is_subtype(crate_text_slice(iri, space.size, iri.size), type)) {
      return true;
    }
    known = true;
  }
  return !known;
}

static bool
is_simple(CrateText type)
{
  for (size_t i = 0; i < SIMPLE_TYPES; ++i) {
    if (crate_text_is(type, simple_types[i].name)) {
      return true;
    }
  }
  return false;
}

static bool
fits_simple(const CrateView *view, CrateTermInfo info, CrateText type)
{
  for (size_t i = 0; i < SIMPLE_TYPES; ++i) {
    if (crate_text_is(type, simple_types[i].name)) {
      return simple_types[i].fits(view, info);
    }
  }
  return false;
}

static bool
fits(const CrateView *view, CrateTerm value, CrateText types)
{
  const CrateTermInfo info = crate_terms_info(view->terms, value);
  while (types.size) {
    const CrateText type = crate_text_next_word(&types);
    if (is_simple(type)
          ? fits_simple(view, info, type)
          : info.kind != CRATE_TERM_LITERAL && may_be(view, value, type)) {
      return true;
    }
  }
  return false;
}

CrateStatus
crate_check_expects(const CrateNativeCall *call)
{
  const CrateView *const view = crate_check_view(call);
  const CrateText types = crate_check_parameter(call);
  for (size_t i = 0; i < call->value_count; ++i) {
    if (!fits(view, call->values[i], types)) {
      CRATE_TRY(crate_check_report_value(
        call, call->values[i], "\"%.*s\" is none",
        CRATE_TEXT_ARG(crate_check_shown(view, call->values[i]))));
    }
  }
  return CRATE_OK;
}

/// Values in one language, or in none.
static bool
is_other(const CrateView *view, const CrateQuadRange range, size_t i)
{
  const CrateText language =
    crate_terms_info(view->terms, range.first[i].object).language;
  for (size_t j = 0; j < i; ++j) {
    const CrateTermInfo other =
      crate_terms_info(view->terms, range.first[j].object);
    if (crate_text_equal_fold(other.language, language)) {
      return true;
    }
  }
  return false;
}

/// One value of the property that is the parameter; one text in several
/// languages is one value.
CrateStatus
crate_check_one(const CrateNativeCall *call)
{
  enum { MOST = 64 }; // languages
  const CrateView *const view = crate_check_view(call);
  const CrateQuadRange range =
    crate_graph_values(view->graph, call->focus, call->parameter);
  for (size_t i = 1; i < range.count; ++i) {
    if (i >= MOST || is_other(view, range, i)) {
      return crate_check_report(
        call,
        crate_check_member(view, call->focus,
                           crate_graph_origin(view->graph, range.first)),
        "there are %zu", range.count);
    }
  }
  return CRATE_OK;
}

/// Parameter "absolute": a URL; "reference": that, or a relative one.
CrateStatus
crate_check_url(const CrateNativeCall *call)
{
  const CrateView *const view = crate_check_view(call);
  const bool absolute = crate_text_is(crate_check_parameter(call), "absolute");
  for (size_t i = 0; i < call->value_count; ++i) {
    const CrateTermInfo info = crate_terms_info(view->terms, call->values[i]);
    const CrateText text = crate_check_shown(view, call->values[i]);
    const bool good =
      info.kind == CRATE_TERM_BLANK ||
      (absolute ? crate_is_web_url(text) : crate_is_url_reference(text));
    if (!good) {
      CRATE_TRY(crate_check_report_value(
        call, call->values[i], "\"%.*s\" is none", CRATE_TEXT_ARG(text)));
    }
  }
  return CRATE_OK;
}

/// One size of a shape: a number from 1, or -1 where it is unknown.
static bool
is_size(CrateText text)
{
  size_t digits = 0;
  bool zeros = true;
  if (crate_text_is(text, "-1")) {
    return true;
  }
  for (; digits < text.size; ++digits) {
    if (text.data[digits] < '0' || text.data[digits] > '9') {
      return false;
    }
    zeros = zeros && text.data[digits] == '0';
  }
  return digits && digits < 18 && !zeros;
}

static CrateText
trim(CrateText text)
{
  while (text.size && text.data[0] == ' ') {
    text = crate_text_slice(text, 1, text.size);
  }
  while (text.size && text.data[text.size - 1u] == ' ') {
    --text.size;
  }
  return text;
}

/// "-1,224" or "(-1,)", as the text itself writes a list of unknown length.
static bool
is_array_shape(CrateText text)
{
  text = trim(text);
  if (crate_text_starts(text, CRATE_TEXT("(")) &&
      crate_text_ends(text, CRATE_TEXT(")"))) {
    text = trim(crate_text_slice(text, 1, text.size - 1u));
  }
  if (crate_text_ends(text, CRATE_TEXT(","))) {
    --text.size;
  }
  while (text.size) {
    const size_t comma = crate_text_find(text, ',');
    if (!is_size(trim(crate_text_slice(text, 0, comma))) ||
        comma + 1u == text.size) {
      return false;
    }
    text = crate_text_slice(text, comma + 1u, text.size);
    if (!text.size) {
      return true;
    }
  }
  return false;
}

CrateStatus
crate_check_array_shape(const CrateNativeCall *call)
{
  const CrateView *const view = crate_check_view(call);
  for (size_t i = 0; i < call->value_count; ++i) {
    const CrateTermInfo info = crate_terms_info(view->terms, call->values[i]);
    if (!is_string(view, info) || !is_array_shape(info.text)) {
      CRATE_TRY(crate_check_report_value(
        call, call->values[i], "\"%.*s\" is none", CRATE_TEXT_ARG(info.text)));
    }
  }
  return CRATE_OK;
}

/// Whether a text is so many hexadecimal digits.
static bool
is_digest(CrateText text, size_t digits)
{
  for (size_t i = 0; i < text.size; ++i) {
    const char c = (char)(text.data[i] | 0x20);
    if (!((text.data[i] >= '0' && text.data[i] <= '9') ||
          (c >= 'a' && c <= 'f'))) {
      return false;
    }
  }
  return text.size == digits;
}

/// Parameter "sha256" or "md5": each value is such a digest.
CrateStatus
crate_check_digest(const CrateNativeCall *call)
{
  const CrateView *const view = crate_check_view(call);
  const bool short_one = crate_text_is(crate_check_parameter(call), "md5");
  for (size_t i = 0; i < call->value_count; ++i) {
    const CrateTermInfo info = crate_terms_info(view->terms, call->values[i]);
    if (!is_string(view, info) || !is_digest(info.text, short_one ? 32 : 64)) {
      CRATE_TRY(crate_check_report_value(
        call, call->values[i], "\"%.*s\" is none",
        CRATE_TEXT_ARG(crate_check_shown(view, call->values[i]))));
    }
  }
  return CRATE_OK;
}

/// Some value is the version's IRI, to the letter.
CrateStatus
crate_check_croissant_version(const CrateNativeCall *call)
{
  const CrateView *const view = crate_check_view(call);
  const CrateText wanted = crate_check_parameter(call);
  CrateTerm culprit = CRATE_NO_TERM;
  for (size_t i = 0; i < call->value_count; ++i) {
    const CrateText text = crate_terms_info(view->terms, call->values[i]).text;
    if (crate_text_equal(text, wanted)) {
      return CRATE_OK;
    }
    if (!culprit || crate_croissant_version_of(text).size) {
      culprit = call->values[i];
    }
  }
  return culprit ? crate_check_report_value(
                     call, culprit, "\"%.*s\" is none",
                     CRATE_TEXT_ARG(crate_check_shown(view, culprit)))
                 : CRATE_OK;
}
