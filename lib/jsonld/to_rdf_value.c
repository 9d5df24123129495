// SPDX-License-Identifier: Apache-2.0
// JSON-LD API 8.2.2, steps 4 to 15: value objects as literals.
#include "jsonld/to_rdf.h"
#include "json/number.h"
#include <float.h>
#include <math.h>
#include <stdio.h>

/// A literal in the making.
typedef struct Literal {
  CrateText lexical;
  CrateTerm datatype; ///< 0: xsd:string.
  CrateText language;
  char number[64];
} Literal;

/// BCP 47, section 2.1, as far as its syntax goes: parts of up to eight
/// letters and digits, the first of letters.
static bool
is_language(CrateText tag)
{
  size_t length = 0;
  bool first = true;
  for (size_t i = 0; i < tag.size; ++i) {
    const char c = tag.data[i];
    const char lower = (char)(c | 0x20);
    if (c == '-') {
      if (!length) {
        return false;
      }
      first = false;
      length = 0;
    } else if ((lower < 'a' || lower > 'z') && (first || c < '0' || c > '9')) {
      return false;
    } else if (++length > 8) {
      return false;
    }
  }
  return length > 0;
}

/// The canonical form of xsd:double, 8.6: 15 digits after the point, the
/// needless zeros gone.
static CrateText
write_double(double number, char *out, size_t room)
{
  if (number > DBL_MAX || number < -DBL_MAX) {
    return number > 0 ? CRATE_TEXT("INF") : CRATE_TEXT("-INF");
  }
  char digits[24];
  const int power = crate_number_digits(fabs(number), 15, digits);
  size_t count = strlen(digits);
  while (count > 2 && digits[count - 1] == '0') {
    --count;
  }
  snprintf(out, room, "%s%c.%.*sE%d", signbit(number) ? "-" : "", digits[0],
           (int)count - 1, digits + 1, power);
  return crate_text(out);
}

/// Whether a lexeme is an integer as it stands, short of 10^21.
static bool
is_plain_integer(CrateText lexeme)
{
  const size_t sign = lexeme.data[0] == '-';
  for (size_t i = sign; i < lexeme.size; ++i) {
    if (lexeme.data[i] < '0' || lexeme.data[i] > '9') {
      return false;
    }
  }
  return lexeme.size - sign <= 21;
}

static bool
is_integral(double number)
{
  return number > -1e21 && number < 1e21 &&
         (number >= 9007199254740992.0 || number <= -9007199254740992.0 ||
          number == (double)(int64_t)number);
}

/// Steps 10 and 11.
static CrateStatus
convert_number(CrateEmitter *e, CrateText lexeme, Literal *literal)
{
  const bool is_plain = is_plain_integer(lexeme);
  if (is_plain && literal->datatype != CRATE_XSD_DOUBLE) {
    literal->lexical = crate_text_is(lexeme, "-0") ? CRATE_TEXT("0") : lexeme;
  } else {
    double number;
    CRATE_TRY(crate_number_parse(e->p->world, lexeme, &number));
    if (literal->datatype == CRATE_XSD_DOUBLE || !is_integral(number)) {
      literal->lexical =
        write_double(number, literal->number, sizeof literal->number);
      literal->datatype =
        literal->datatype ? literal->datatype : CRATE_XSD_DOUBLE;
      return CRATE_OK;
    }
    // 0.0 rids a negative zero of its sign.
    snprintf(literal->number, sizeof literal->number, "%.0f", number + 0.0);
    literal->lexical = crate_text(literal->number);
  }
  literal->datatype = literal->datatype ? literal->datatype : CRATE_XSD_INTEGER;
  return CRATE_OK;
}

/// Step 8.
static CrateStatus
convert_json(CrateEmitter *e, const CrateElement *value, Literal *literal)
{
  e->buffer.size = 0;
  const CrateStatus status =
    crate_json_write_canonical(&e->buffer, value->value);
  if (status == CRATE_MALFORMED) {
    return CRATE_FAIL(e->p, &e->p->source, value->value->offset,
                      "invalid-JSON-literal",
                      "a number in a JSON literal is out of range");
  }
  CRATE_TRY(status);
  CRATE_TRY(crate_buffer_status(&e->buffer));
  literal->lexical = crate_buffer_text(&e->buffer);
  literal->datatype = CRATE_RDF_JSON;
  return CRATE_OK;
}

/// Steps 8 to 12.
static CrateStatus
convert(CrateEmitter *e, const CrateElement *value, Literal *literal)
{
  const CrateTypeValue *const type = value->types;
  if (type && type->name && type->name->keyword == CRATE_AT_JSON) {
    return convert_json(e, value, literal);
  }
  switch ((CrateJsonKind)value->value->kind) {
    case CRATE_JSON_TRUE:
    case CRATE_JSON_FALSE:
      literal->lexical = value->value->kind == CRATE_JSON_TRUE
                           ? CRATE_TEXT("true")
                           : CRATE_TEXT("false");
      literal->datatype =
        literal->datatype ? literal->datatype : CRATE_XSD_BOOLEAN;
      break;
    case CRATE_JSON_NUMBER:
      return convert_number(e, crate_json_text(value->value), literal);
    default:
      literal->lexical = crate_json_text(value->value);
  }
  return CRATE_OK;
}

/// Steps 5 to 7. `good` is cleared when the value is to be ignored.
static CrateStatus
read_type(CrateEmitter *e,
          const CrateElement *value,
          Literal *literal,
          bool *good)
{
  const CrateTypeValue *const type = value->types;
  if (type && !(type->name && type->name->keyword == CRATE_AT_JSON)) {
    CRATE_TRY(crate_emit_resource(e, type->text, &literal->datatype));
    *good = literal->datatype && !crate_iri_is_blank(type->text);
  }
  if (crate_element_has(value, CRATE_AT_LANGUAGE)) {
    literal->language = value->language;
    if (!is_language(value->language)) {
      e->blamed = value->language;
      *good = false;
    }
  }
  return CRATE_OK;
}

static CrateText
direction_text(const CrateElement *value)
{
  return value->direction == CRATE_BASE_DIRECTION_RTL ? CRATE_TEXT("rtl")
                                                      : CRATE_TEXT("ltr");
}

/// Step 13.1: append the language in lower case.
static void
add_lower(CrateBuffer *buffer, CrateText text)
{
  for (size_t i = 0; i < text.size; ++i) {
    const char c = text.data[i];
    crate_buffer_add_byte(buffer, c >= 'A' && c <= 'Z' ? (char)(c | 0x20) : c);
  }
}

/// Step 13.2.
static CrateStatus
emit_i18n(CrateEmitter *e,
          const CrateElement *value,
          const Literal *literal,
          CrateTerm *out)
{
  CrateTerm datatype;
  e->buffer.size = 0;
  crate_buffer_add_string(&e->buffer, "https://www.w3.org/ns/i18n#");
  add_lower(&e->buffer, literal->language);
  crate_buffer_add_byte(&e->buffer, '_');
  crate_buffer_add(&e->buffer, direction_text(value));
  CRATE_TRY(crate_buffer_status(&e->buffer));
  CRATE_TRY(
    crate_terms_iri(e->terms, crate_buffer_text(&e->buffer), &datatype));
  return crate_terms_literal(e->terms, literal->lexical, datatype,
                             (CrateText){NULL, 0}, out);
}

static CrateStatus
add_compound(CrateEmitter *e,
             const CrateElement *value,
             CratePlacing placing,
             CrateQuad quad,
             CrateText text)
{
  quad.graph = placing.graph;
  CRATE_TRY(crate_terms_literal(e->terms, text, CRATE_XSD_STRING,
                                (CrateText){NULL, 0}, &quad.object));
  return crate_emit_quad(e, placing, &quad, value->offset);
}

/// Step 13.3.
static CrateStatus
emit_compound(CrateEmitter *e,
              const CrateElement *value,
              const Literal *literal,
              CratePlacing placing,
              CrateTerm *out)
{
  CrateQuad quad = {.predicate = CRATE_RDF_VALUE};
  CRATE_TRY(crate_terms_blank(e->terms, (CrateText){NULL, 0}, &quad.subject));
  *out = quad.subject;
  CRATE_TRY(add_compound(e, value, placing, quad, literal->lexical));
  if (crate_element_has(value, CRATE_AT_LANGUAGE)) {
    e->buffer.size = 0;
    add_lower(&e->buffer, literal->language);
    CRATE_TRY(crate_buffer_status(&e->buffer));
    quad.predicate = CRATE_RDF_LANGUAGE;
    CRATE_TRY(
      add_compound(e, value, placing, quad, crate_buffer_text(&e->buffer)));
  }
  quad.predicate = CRATE_RDF_DIRECTION;
  return add_compound(e, value, placing, quad, direction_text(value));
}

CrateStatus
crate_emit_value(CrateEmitter *e,
                 const CrateElement *value,
                 CratePlacing placing,
                 CrateTerm *out)
{
  Literal literal = {.datatype = CRATE_NO_TERM};
  bool good = true;
  *out = CRATE_NO_TERM;
  CRATE_TRY(read_type(e, value, &literal, &good));
  if (!good) {
    return CRATE_OK;
  }
  CRATE_TRY(convert(e, value, &literal));
  const CrateRdfDirection direction = e->p->options.rdf_direction;
  if (crate_element_has(value, CRATE_AT_DIRECTION) && direction) {
    return direction == CRATE_DIRECTION_I18N_DATATYPE
             ? emit_i18n(e, value, &literal, out)
             : emit_compound(e, value, &literal, placing, out);
  }
  return crate_terms_literal(e->terms, literal.lexical, literal.datatype,
                             literal.language, out);
}
