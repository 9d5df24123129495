// SPDX-License-Identifier: Apache-2.0
#include "convert/prov/json_terms.h"
#include "convert/prov/notation.h"
#include "rdf/names.h"
#include <cratekit/iri.h>

CrateStatus
crate_prov_json_expected(const CrateProvJson *reader,
                         const CrateJson *value,
                         const char *what)
{
  const CratePlace place = crate_json_place(reader->json, value->offset);
  const CrateDiagnostic diagnostic = {.file = reader->json->name,
                                      .line = place.line,
                                      .column = place.column,
                                      .code = crate_text(reader->code)};
  return crate_world_say(reader->document->world, CRATE_MALFORMED, &diagnostic,
                         "expected %s", what);
}

/// The term of a string that is a qualified name, or "_:" and a label.
CrateStatus
crate_prov_json_name(const CrateProvJson *reader,
                     const CrateJson *value,
                     CrateTerm *out)
{
  if (!crate_json_is(value, CRATE_JSON_STRING)) {
    return crate_prov_json_expected(reader, value,
                                    "a qualified name in a string");
  }
  const CrateText text = crate_json_text(value);
  if (crate_text_starts(text, CRATE_TEXT("_:"))) {
    return crate_prov_blank(reader->document,
                            crate_text_slice(text, 2, text.size), out);
  }
  const size_t colon = crate_text_find(text, ':');
  const bool prefixed = colon < text.size;
  const CrateStatus status = crate_prov_expand(
    reader->scope, crate_text_slice(text, 0, prefixed ? colon : 0),
    crate_text_slice(text, prefixed ? colon + 1 : 0, text.size), out);
  if (status == CRATE_NOT_FOUND && prefixed && reader->absolute &&
      crate_text_starts(crate_text_slice(text, colon + 1, text.size),
                        CRATE_TEXT("//")) &&
      crate_iri_span(text) == text.size) {
    return crate_terms_iri(reader->document->terms, text, out);
  }
  return status == CRATE_MALFORMED
           ? crate_prov_json_expected(reader, value, "a name that makes an IRI")
         : status != CRATE_NOT_FOUND ? status
         : prefixed                  ? crate_prov_json_expected(reader, value,
                                                                "a prefix that is declared")
                                     : crate_prov_json_expected(
                                         reader, value, "a prefix, as there is no default");
}

/// A name that is no blank node: of an attribute, of a type of literals.
CrateStatus
crate_prov_json_iri(const CrateProvJson *reader,
                    const CrateJson *value,
                    CrateTerm *out)
{
  CRATE_TRY(crate_prov_json_name(reader, value, out));
  return crate_terms_kind(reader->document->terms, *out) == CRATE_TERM_IRI
           ? CRATE_OK
           : crate_prov_json_expected(reader, value,
                                      "a qualified name that is no blank node");
}

/// A number as it stands: what is no integer is a double.
static CrateTerm
number_type(const CrateProvJson *reader, CrateText text)
{
  for (size_t i = 0; i < text.size; ++i) {
    if (strchr(".eE", text.data[i])) {
      return CRATE_XSD_DOUBLE;
    }
  }
  return reader->integer;
}

/// A string, number or boolean. `type` 0: as JSON says.
CrateStatus
crate_prov_json_scalar(const CrateProvJson *reader,
                       const CrateJson *value,
                       CrateTerm type,
                       CrateText language,
                       CrateTerm *out)
{
  CrateText text = crate_json_text(value);
  switch ((CrateJsonKind)value->kind) {
    case CRATE_JSON_STRING:
      break;
    case CRATE_JSON_NUMBER:
      type = type ? type : number_type(reader, text);
      break;
    case CRATE_JSON_TRUE:
    case CRATE_JSON_FALSE:
      type = type ? type : (CrateTerm)CRATE_XSD_BOOLEAN;
      text = crate_json_is(value, CRATE_JSON_TRUE) ? CRATE_TEXT("true")
                                                   : CRATE_TEXT("false");
      break;
    default:
      return crate_prov_json_expected(reader, value,
                                      "a string, a number or a boolean");
  }
  return crate_terms_literal(reader->document->terms, text, type, language,
                             out);
}

CrateStatus
crate_prov_json_argument(const CrateProvJson *reader,
                         CrateProvRole role,
                         const CrateJson *value,
                         CrateTerm *out)
{
  const CrateText none = {NULL, 0};
  if (role != CRATE_PROV_IS_TIME) {
    return crate_prov_json_name(reader, value, out);
  }
  const CrateText text =
    crate_json_is(value, CRATE_JSON_STRING) ? crate_json_text(value) : none;
  if (!text.size || crate_notation_time_span(text) < text.size) {
    return crate_prov_json_expected(
      reader, value, "a time in a string, such as 2011-11-16T16:05:00Z");
  }
  return crate_prov_json_scalar(reader, value, CRATE_XSD_DATE_TIME, none, out);
}

CrateStatus
crate_prov_json_begin(CrateProvJson *reader)
{
  CrateProv *const document = reader->document;
  CRATE_TRY(crate_terms_iri(document->terms, CRATE_TEXT(CRATE_PROV_XSD "int"),
                            &reader->integer));
  CRATE_TRY(crate_terms_iri(document->terms, CRATE_TEXT(CRATE_PROV_XSD "QName"),
                            &reader->old_name));
  CRATE_TRY(crate_prov_term(document, "QUALIFIED_NAME", &reader->name));
  return crate_prov_scope_init(&reader->outer, document, NULL);
}

CrateStatus
crate_prov_json_typed(const CrateProvJson *reader,
                      const CrateJson *value,
                      const CrateJson *type,
                      const CrateJson *language,
                      CrateTerm *out)
{
  const CrateText none = {NULL, 0};
  CrateTerm datatype = CRATE_NO_TERM;
  if (language) {
    const CrateText tag = crate_json_is(language, CRATE_JSON_STRING)
                            ? crate_json_text(language)
                            : none;
    return tag.size && crate_name_language_span(tag) == tag.size
             ? crate_prov_json_scalar(reader, value, CRATE_NO_TERM, tag, out)
             : crate_prov_json_expected(reader, language, "a language tag");
  }
  if (type) {
    CRATE_TRY(crate_prov_json_iri(reader, type, &datatype));
  }
  return datatype && (datatype == reader->name || datatype == reader->old_name)
           ? crate_prov_json_name(reader, value, out)
           : crate_prov_json_scalar(reader, value, datatype, none, out);
}
