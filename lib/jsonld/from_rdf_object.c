// SPDX-License-Identifier: Apache-2.0
// JSON-LD API 8.5: RDF to Object Conversion.
#include "jsonld/from_rdf.h"
#include "json/number.h"
#include <math.h>

#define I18N "https://www.w3.org/ns/i18n#"

static CrateStatus
new_json(const CrateSerializing *s,
         CrateJsonKind kind,
         CrateText text,
         CrateElement *value)
{
  value->value =
    crate_json_new_text(s->p->output, kind, text, CRATE_JSON_NOWHERE);
  return value->value ? CRATE_OK : crate_processor_out_of_memory(s->p);
}

static size_t
skip_digits(CrateText text, size_t at)
{
  while (at < text.size && text.data[at] >= '0' && text.data[at] <= '9') {
    ++at;
  }
  return at;
}

static bool
is_one_of(CrateText text, size_t at, const char *bytes)
{
  return at < text.size && strchr(bytes, text.data[at]) && text.data[at];
}

/// Whether a text is an xsd:integer; or, when asked, an xsd:double that is a
/// number.
static bool
is_number(CrateText text, bool is_double)
{
  size_t at = is_one_of(text, 0, "+-");
  const size_t start = at;
  at = skip_digits(text, at);
  size_t digits = at - start;
  if (is_double && is_one_of(text, at, ".")) {
    const size_t end = skip_digits(text, at + 1);
    digits += end - at - 1;
    at = end;
  }
  if (is_double && digits && is_one_of(text, at, "eE")) {
    at += 1u + is_one_of(text, at + 1, "+-");
    const size_t end = skip_digits(text, at);
    digits = end > at ? digits : 0;
    at = end;
  }
  return digits && at == text.size;
}

/// Step 2.4.3. `value` is left alone when JSON has no such number: infinite,
/// or an integer that a double cannot tell from its neighbour.
static CrateStatus
convert_number(CrateSerializing *s,
               CrateText text,
               bool is_double,
               CrateElement *value)
{
  double number;
  if (!is_number(text, is_double)) {
    return CRATE_OK;
  }
  CRATE_TRY(crate_number_parse(
    s->p->world, crate_text_slice(text, text.data[0] == '+', text.size),
    &number));
  if (!isfinite(number) || (!is_double && fabs(number) > 9007199254740991.0)) {
    return CRATE_OK;
  }
  CrateText written;
  s->buffer.size = 0;
  crate_json_write_number(&s->buffer, number);
  CRATE_TRY(crate_buffer_status(&s->buffer));
  CRATE_TRY(
    crate_arena_copy(s->p->output, crate_buffer_text(&s->buffer), &written));
  return new_json(s, CRATE_JSON_NUMBER, written, value);
}

/// Step 2.4.
static CrateStatus
convert_native(CrateSerializing *s,
               const CrateTermInfo *info,
               CrateElement *value)
{
  const CrateText text = info->text;
  const CrateText none = {NULL, 0};
  if (info->datatype == CRATE_XSD_BOOLEAN) {
    return crate_text_is(text, "true") || crate_text_is(text, "1")
             ? new_json(s, CRATE_JSON_TRUE, none, value)
           : crate_text_is(text, "false") || crate_text_is(text, "0")
             ? new_json(s, CRATE_JSON_FALSE, none, value)
             : CRATE_OK;
  }
  return info->datatype == CRATE_XSD_INTEGER ||
             info->datatype == CRATE_XSD_DOUBLE
           ? convert_number(s, text, info->datatype == CRATE_XSD_DOUBLE, value)
           : CRATE_OK;
}

static CrateStatus copy_json(const CrateSerializing *s,
                             const CrateJson *from,
                             CrateJson **out);

/// The children of an array or an object, which are linked alike.
static CrateStatus
copy_children(const CrateSerializing *s, const CrateJson *from, CrateJson *to)
{
  CrateJson *last = NULL;
  for (const CrateJson *at = from->first; at; at = at->next) {
    CrateJson *copy;
    CRATE_TRY(copy_json(s, at, &copy));
    if (last) {
      last->next = copy;
    } else {
      to->first = copy;
    }
    last = copy;
  }
  return CRATE_OK;
}

/// A copy in the output, as deep as the reader lets a document be.
static CrateStatus
copy_json(const CrateSerializing *s, const CrateJson *from, CrateJson **out)
{
  CrateText text = {NULL, 0};
  const bool is_text =
    from->kind == CRATE_JSON_STRING || from->kind == CRATE_JSON_NUMBER;
  if (is_text) {
    CRATE_TRY(crate_arena_copy(s->p->output, crate_json_text(from), &text));
  }
  *out = crate_json_new_text(s->p->output, (CrateJsonKind)from->kind, text,
                             CRATE_JSON_NOWHERE);
  if (!*out) {
    return crate_processor_out_of_memory(s->p);
  }
  (*out)->size = from->size;
  return from->kind == CRATE_JSON_ARRAY || from->kind == CRATE_JSON_OBJECT
           ? copy_children(s, from, *out)
           : CRATE_OK;
}

/// Step 2.5.2.
static CrateStatus
parse_json(const CrateSerializing *s, CrateText text, CrateElement *value)
{
  CrateWorld quiet = *s->p->world;
  CrateJsonDocument document;
  CrateJson *copy;
  quiet.sink.write = NULL;
  CrateStatus status =
    crate_json_read(&quiet, CRATE_TEXT("literal"), text, &document);
  if (status == CRATE_MALFORMED) {
    status = CRATE_FAIL(s->p, &s->p->source, CRATE_JSON_NOWHERE,
                        "invalid-JSON-literal",
                        "an rdf:JSON literal is not JSON: %.*s",
                        CRATE_TEXT_ARG(crate_text_slice(text, 0, 60)));
  }
  if (!status) {
    status = copy_json(s, document.root, &copy);
  }
  if (!status) {
    value->value = copy;
  }
  crate_json_clear(&document);
  return status;
}

static CrateStatus
add_type(const CrateSerializing *s, CrateElement *value, CrateText type)
{
  value->has |= CRATE_BIT(CRATE_AT_TYPE);
  return crate_element_add_type(
    s->p, value, (CrateTypeValue){NULL, type, NULL, CRATE_JSON_NOWHERE});
}

/// Step 2.5.3.
static void
add_i18n(CrateElement *value, CrateText fragment)
{
  const size_t line = crate_text_find(fragment, '_');
  const CrateText direction =
    crate_text_slice(fragment, line + 1, fragment.size);
  if (line) {
    value->has |= CRATE_BIT(CRATE_AT_LANGUAGE);
    value->language = crate_text_slice(fragment, 0, line);
  }
  if (direction.size) {
    value->has |= CRATE_BIT(CRATE_AT_DIRECTION);
    value->direction = crate_text_is(direction, "rtl")
                         ? CRATE_BASE_DIRECTION_RTL
                         : CRATE_BASE_DIRECTION_LTR;
  }
}

/// Steps 2.5 to 2.7.
static CrateStatus
convert_literal(CrateSerializing *s,
                const CrateTermInfo *info,
                CrateElement *value)
{
  const CrateText datatype = crate_terms_info(s->terms, info->datatype).text;
  const bool is_i18n =
    s->p->options.rdf_direction == CRATE_DIRECTION_I18N_DATATYPE &&
    crate_text_starts(datatype, CRATE_TEXT(I18N));
  if (info->datatype == CRATE_RDF_JSON && !s->p->options.processing_1_0) {
    CRATE_TRY(parse_json(s, info->text, value));
    return add_type(s, value, CRATE_TEXT("@json"));
  }
  CRATE_TRY(new_json(s, CRATE_JSON_STRING, info->text, value));
  if (is_i18n) {
    add_i18n(value, crate_text_slice(datatype, sizeof I18N - 1, datatype.size));
    return CRATE_OK;
  }
  if (info->language.size) {
    value->has |= CRATE_BIT(CRATE_AT_LANGUAGE);
    value->language = info->language;
    return CRATE_OK;
  }
  return info->datatype == CRATE_XSD_STRING ? CRATE_OK
                                            : add_type(s, value, datatype);
}

CrateStatus
crate_serialize_object(CrateSerializing *s, CrateTerm term, CrateElement **out)
{
  const CrateTermInfo info = crate_terms_info(s->terms, term);
  CrateElement *const value = crate_element_new(s->p, CRATE_JSON_NOWHERE);
  *out = value;
  if (!value) {
    return crate_processor_out_of_memory(s->p);
  }
  if (info.kind != CRATE_TERM_LITERAL) { // step 1
    value->has = CRATE_BIT(CRATE_AT_ID);
    return crate_serialize_id(s, term, &value->id);
  }
  value->has = CRATE_BIT(CRATE_AT_VALUE);
  if (s->p->options.use_native_types) {
    CRATE_TRY(convert_native(s, &info, value));
  }
  return value->value ? CRATE_OK : convert_literal(s, &info, value);
}
