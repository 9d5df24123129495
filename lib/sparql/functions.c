// SPDX-License-Identifier: Apache-2.0
// Operators, functions of terms, casts: 17.3, 17.4.1, 17.4.2, 17.5. Those of
// strings are in strings.c.
#include "sparql/functions.h"
#include "rdf/names.h"
#include "sparql/value.h"
#include <cratekit/iri.h>
#include <cratekit/json.h>
#include <math.h>

#define XSD "http://www.w3.org/2001/XMLSchema#"

static const CrateText no_language = {NULL, 0};

static CrateTermInfo
info_of(const CrateCall *call, size_t argument)
{
  return crate_terms_info(call->run->terms, call->arguments[argument]);
}

static CrateStatus
answer(const CrateCall *call, bool truth, CrateTerm *out)
{
  *out = call->run->truth[truth];
  return CRATE_OK;
}

static CrateStatus
answer_text(const CrateCall *call,
            CrateText text,
            CrateTerm datatype,
            CrateTerm *out)
{
  return crate_terms_literal(call->run->terms, text, datatype, no_language,
                             out);
}

static bool
is_string(CrateTermInfo info)
{
  return info.kind == CRATE_TERM_LITERAL && info.datatype == CRATE_XSD_STRING;
}

/// Which orders of the arguments are the answer "yes": bits.
enum {
  LESS = 1u << CRATE_ORDER_LESS,
  EQUAL = 1u << CRATE_ORDER_EQUAL,
  GREATER = 1u << CRATE_ORDER_GREATER,
  UNEQUAL = 1u << CRATE_ORDER_UNEQUAL
};

static CrateStatus
find_order(const CrateCall *call, CrateValueOrder *out)
{
  CrateValue a;
  CrateValue b;
  CRATE_TRY(crate_value_read(call->run, call->arguments[0], &a));
  CRATE_TRY(crate_value_read(call->run, call->arguments[1], &b));
  *out = crate_value_order(&a, &b);
  return CRATE_OK;
}

/// 17.4.1.7: what is one term is equal, whatever it means; of two literals
/// that are not, only values that are known can be told apart.
static CrateStatus
equal(CrateCall *call, CrateTerm *out)
{
  const bool literals = info_of(call, 0).kind == CRATE_TERM_LITERAL &&
                        info_of(call, 1).kind == CRATE_TERM_LITERAL;
  CrateValueOrder order = CRATE_ORDER_UNEQUAL;
  if (literals) {
    CRATE_TRY(find_order(call, &order));
  }
  // NaN alone is one term and not equal.
  if (call->arguments[0] == call->arguments[1] &&
      (order == CRATE_ORDER_ERROR || !literals ||
       info_of(call, 0).language.size)) {
    order = CRATE_ORDER_EQUAL;
  }
  return order == CRATE_ORDER_ERROR
           ? CRATE_OK
           : answer(call, order == CRATE_ORDER_EQUAL, out);
}

static CrateStatus
unequal(CrateCall *call, CrateTerm *out)
{
  CrateTerm same = CRATE_NO_TERM;
  CRATE_TRY(equal(call, &same));
  return same ? answer(call, same == call->run->truth[0], out) : CRATE_OK;
}

static CrateStatus
compare(const CrateCall *call, unsigned yes, CrateTerm *out)
{
  CrateValueOrder order;
  CrateValue a;
  CRATE_TRY(find_order(call, &order));
  CRATE_TRY(crate_value_read(call->run, call->arguments[0], &a));
  // NaN is in no order, and that is no error; a text and a number have none.
  if (order == CRATE_ORDER_ERROR ||
      (order == CRATE_ORDER_UNEQUAL && a.kind != CRATE_VALUE_DOUBLE)) {
    return CRATE_OK;
  }
  return answer(call, yes >> (unsigned)order & 1u, out);
}

static CrateStatus
less(CrateCall *call, CrateTerm *out)
{
  return compare(call, LESS, out);
}

static CrateStatus
greater(CrateCall *call, CrateTerm *out)
{
  return compare(call, GREATER, out);
}

static CrateStatus
at_most(CrateCall *call, CrateTerm *out)
{
  return compare(call, LESS | EQUAL, out);
}

static CrateStatus
at_least(CrateCall *call, CrateTerm *out)
{
  return compare(call, GREATER | EQUAL, out);
}

static CrateStatus
calculate(const CrateCall *call, char operator, CrateTerm * out)
{
  CrateValue a;
  CrateValue b;
  CrateValue result;
  CRATE_TRY(crate_value_read(call->run, call->arguments[0], &a));
  CRATE_TRY(crate_value_read(call->run, call->arguments[1], &b));
  return crate_value_calculate(operator, & a, &b, &result)
           ? crate_value_write(call->run, &result, out)
           : CRATE_OK;
}

static CrateStatus
add(CrateCall *call, CrateTerm *out)
{
  return calculate(call, '+', out);
}

static CrateStatus
subtract(CrateCall *call, CrateTerm *out)
{
  return calculate(call, '-', out);
}

static CrateStatus
multiply(CrateCall *call, CrateTerm *out)
{
  return calculate(call, '*', out);
}

static CrateStatus
divide(CrateCall *call, CrateTerm *out)
{
  return calculate(call, '/', out);
}

/// A sign: 0 - x, or 0 + x, which also tells whether it is a number.
static CrateStatus
sign(const CrateCall *call, char operator, CrateTerm * out)
{
  const CrateValue zero = {
    .kind = CRATE_VALUE_INTEGER, .sound = true, .exact = true};
  CrateValue a;
  CrateValue result;
  CRATE_TRY(crate_value_read(call->run, call->arguments[0], &a));
  return crate_value_calculate(operator, & zero, &a, &result)
           ? crate_value_write(call->run, &result, out)
           : CRATE_OK;
}

static CrateStatus
negate(CrateCall *call, CrateTerm *out)
{
  return sign(call, '-', out);
}

static CrateStatus
plus(CrateCall *call, CrateTerm *out)
{
  return sign(call, '+', out);
}

static CrateStatus
same_term(CrateCall *call, CrateTerm *out)
{
  return answer(call, call->arguments[0] == call->arguments[1], out);
}

static CrateStatus
is_iri(CrateCall *call, CrateTerm *out)
{
  return answer(call, info_of(call, 0).kind == CRATE_TERM_IRI, out);
}

static CrateStatus
is_blank(CrateCall *call, CrateTerm *out)
{
  return answer(call, info_of(call, 0).kind == CRATE_TERM_BLANK, out);
}

static CrateStatus
is_literal(CrateCall *call, CrateTerm *out)
{
  return answer(call, info_of(call, 0).kind == CRATE_TERM_LITERAL, out);
}

static CrateStatus
is_numeric(CrateCall *call, CrateTerm *out)
{
  CrateValue value;
  CRATE_TRY(crate_value_read(call->run, call->arguments[0], &value));
  return answer(call, crate_value_is_number(&value) && value.sound, out);
}

static CrateStatus
str(CrateCall *call, CrateTerm *out)
{
  const CrateTermInfo info = info_of(call, 0);
  return info.kind == CRATE_TERM_BLANK
           ? CRATE_OK
           : answer_text(call, info.text, CRATE_NO_TERM, out);
}

static CrateStatus
lang(CrateCall *call, CrateTerm *out)
{
  const CrateTermInfo info = info_of(call, 0);
  return info.kind == CRATE_TERM_LITERAL
           ? answer_text(call, info.language, CRATE_NO_TERM, out)
           : CRATE_OK;
}

static CrateStatus
datatype(CrateCall *call, CrateTerm *out)
{
  *out = info_of(call, 0).datatype; // 0 for what is no literal
  return CRATE_OK;
}

/// A relative one is resolved against BASE; what is no IRI is an error.
static CrateStatus
iri(CrateCall *call, CrateTerm *out)
{
  CrateRun *const run = call->run;
  const CrateTermInfo info = info_of(call, 0);
  if (info.kind == CRATE_TERM_IRI) {
    *out = call->arguments[0];
    return CRATE_OK;
  }
  if (!is_string(info) || crate_iri_span(info.text) < info.text.size) {
    return CRATE_OK;
  }
  const CrateArenaMark mark = crate_arena_mark(&run->arena);
  CrateText resolved = info.text;
  CrateStatus st = CRATE_OK;
  if (!crate_iri_is_absolute(info.text)) {
    st =
      crate_iri_resolve(&run->arena, run->update->base, info.text, &resolved);
  }
  if (!st && crate_iri_is_absolute(resolved)) {
    st = crate_terms_iri(run->terms, resolved, out);
  }
  crate_arena_rewind(&run->arena, mark);
  return st;
}

static CrateStatus
bnode(CrateCall *call, CrateTerm *out)
{
  return crate_terms_blank(call->run->terms, no_language, out);
}

static CrateStatus
strdt(CrateCall *call, CrateTerm *out)
{
  const CrateTermInfo text = info_of(call, 0);
  const bool typed = info_of(call, 1).kind == CRATE_TERM_IRI &&
                     call->arguments[1] != CRATE_RDF_LANG_STRING;
  return is_string(text) && typed
           ? answer_text(call, text.text, call->arguments[1], out)
           : CRATE_OK;
}

static CrateStatus
strlang(CrateCall *call, CrateTerm *out)
{
  const CrateTermInfo text = info_of(call, 0);
  const CrateTermInfo tag = info_of(call, 1);
  return is_string(text) && is_string(tag) &&
             crate_name_language_span(tag.text) == tag.text.size &&
             tag.text.size && tag.text.size <= UINT8_MAX
           ? crate_terms_literal(call->run->terms, text.text, CRATE_NO_TERM,
                                 tag.text, out)
           : CRATE_OK;
}

/// 17.5: what a cast starts from. A text says what its lexical form says.
static CrateStatus
cast_from(const CrateCall *call, CrateValue *out)
{
  CRATE_TRY(crate_value_read(call->run, call->arguments[0], out));
  if (out->kind == CRATE_VALUE_STRING) {
    CRATE_TRY(crate_value_number(call->run, out->text, out));
  } else if (out->kind == CRATE_VALUE_BOOLEAN) {
    *out = (CrateValue){.kind = CRATE_VALUE_INTEGER,
                        .sound = out->sound,
                        .exact = true,
                        .digits = out->truth,
                        .real = out->truth};
  }
  out->sound = out->sound && crate_value_is_number(out);
  return CRATE_OK;
}

static CrateStatus
cast_string(CrateCall *call, CrateTerm *out)
{
  return str(call, out);
}

/// Doubles that an int64_t holds, and those alone.
static bool
truncate(CrateValue *value)
{
  if (!value->exact) {
    if (!(value->real > -9e17 && value->real < 9e17)) {
      return false;
    }
    value->digits = (int64_t)value->real;
    value->scale = 0;
    value->exact = true;
  }
  for (; value->scale; --value->scale) {
    value->digits /= 10;
  }
  return true;
}

static CrateStatus
cast_integer(CrateCall *call, CrateTerm *out)
{
  CrateValue value;
  const bool text = is_string(info_of(call, 0));
  CRATE_TRY(cast_from(call, &value));
  if (!value.sound || (text && value.kind != CRATE_VALUE_INTEGER) ||
      !truncate(&value)) {
    return CRATE_OK;
  }
  value.kind = CRATE_VALUE_INTEGER;
  return crate_value_write(call->run, &value, out);
}

/// The shortest decimal that is nearest to the double; of very large and very
/// small ones, none.
static CrateStatus
decimal_of(CrateCall *call, double real, CrateTerm *out)
{
  CrateBuffer digits;
  CrateStatus st = CRATE_OK;
  crate_buffer_init(&digits, call->run->world);
  crate_json_write_number(&digits, real);
  const CrateText text = crate_buffer_text(&digits);
  if (crate_text_find(text, 'e') == text.size) {
    crate_buffer_add_string(
      &digits, crate_text_find(text, '.') == text.size ? ".0" : "");
    st = crate_buffer_status(&digits);
    st = st ? st
            : answer_text(call, crate_buffer_text(&digits), CRATE_XSD_DECIMAL,
                          out);
  }
  crate_buffer_clear(&digits);
  return st;
}

static CrateStatus
cast_decimal(CrateCall *call, CrateTerm *out)
{
  CrateValue value;
  CRATE_TRY(cast_from(call, &value));
  if (!value.sound) {
    return CRATE_OK;
  }
  if (!value.exact) {
    const bool finite = value.real > -1e21 && value.real < 1e21;
    return finite && !is_string(info_of(call, 0))
             ? decimal_of(call, value.real, out)
             : CRATE_OK;
  }
  value.kind = CRATE_VALUE_DECIMAL;
  return crate_value_write(call->run, &value, out);
}

static CrateStatus
cast_double(CrateCall *call, CrateTerm *out)
{
  CrateValue value;
  CRATE_TRY(cast_from(call, &value));
  value.exact = false;
  return value.sound ? crate_value_write(call->run, &value, out) : CRATE_OK;
}

static CrateStatus
cast_boolean(CrateCall *call, CrateTerm *out)
{
  const CrateTermInfo info = info_of(call, 0);
  CrateValue value;
  if (is_string(info)) {
    const bool truth =
      crate_text_is(info.text, "true") || crate_text_is(info.text, "1");
    const bool known = truth || crate_text_is(info.text, "false") ||
                       crate_text_is(info.text, "0");
    return known ? answer(call, truth, out) : CRATE_OK;
  }
  CRATE_TRY(cast_from(call, &value));
  const bool zero = !(value.real < 0) && !(value.real > 0);
  return value.sound ? answer(call, !zero, out) : CRATE_OK;
}

static CrateStatus
cast_time(CrateCall *call, CrateTerm *out)
{
  const CrateTermInfo info = info_of(call, 0);
  CrateValue value = {0};
  const bool from = is_string(info) || info.datatype == CRATE_XSD_DATE_TIME;
  return from && crate_value_time(info.text, false, &value)
           ? answer_text(call, info.text, CRATE_XSD_DATE_TIME, out)
           : CRATE_OK;
}

static const CrateFunction functions[] = {
  {"!", crate_function_not, 1, 1},
  {"=", equal, 2, 2},
  {"!=", unequal, 2, 2},
  {"<", less, 2, 2},
  {">", greater, 2, 2},
  {"<=", at_most, 2, 2},
  {">=", at_least, 2, 2},
  {"+", add, 2, 2},
  {"-", subtract, 2, 2},
  {"*", multiply, 2, 2},
  {"/", divide, 2, 2},
  {"NEGATE", negate, 1, 1},
  {"PLUS", plus, 1, 1},
  {"BNODE", bnode, 0, 0},
  {"CONCAT", crate_function_concat, 0, CRATE_MOST_ARGUMENTS},
  {"CONTAINS", crate_function_contains, 2, 2},
  {"DATATYPE", datatype, 1, 1},
  {"ENCODE_FOR_URI", crate_function_encode, 1, 1},
  {"IRI", iri, 1, 1},
  {"ISBLANK", is_blank, 1, 1},
  {"ISIRI", is_iri, 1, 1},
  {"ISLITERAL", is_literal, 1, 1},
  {"ISNUMERIC", is_numeric, 1, 1},
  {"ISURI", is_iri, 1, 1},
  {"LANG", lang, 1, 1},
  {"LCASE", crate_function_lower, 1, 1},
  {"REGEX", crate_function_regex, 2, 3},
  {"REPLACE", crate_function_replace, 3, 4},
  {"SAMETERM", same_term, 2, 2},
  {"STR", str, 1, 1},
  {"STRAFTER", crate_function_after, 2, 2},
  {"STRBEFORE", crate_function_before, 2, 2},
  {"STRDT", strdt, 2, 2},
  {"STRENDS", crate_function_ends, 2, 2},
  {"STRLANG", strlang, 2, 2},
  {"STRLEN", crate_function_length, 1, 1},
  {"STRSTARTS", crate_function_starts, 2, 2},
  {"SUBSTR", crate_function_substring, 2, 3},
  {"UCASE", crate_function_upper, 1, 1},
  {"URI", iri, 1, 1},
  {XSD "boolean", cast_boolean, 1, 1},
  {XSD "dateTime", cast_time, 1, 1},
  {XSD "decimal", cast_decimal, 1, 1},
  {XSD "double", cast_double, 1, 1},
  {XSD "integer", cast_integer, 1, 1},
  {XSD "string", cast_string, 1, 1},
};

const CrateFunction *
crate_function_find(CrateText name)
{
  const bool cast = crate_text_find(name, ':') < name.size;
  for (size_t i = 0; i < sizeof(functions) / sizeof(*functions); ++i) {
    const CrateText own = crate_text(functions[i].name);
    if (cast ? crate_text_equal(own, name) : crate_text_equal_fold(own, name)) {
      return &functions[i];
    }
  }
  return NULL;
}

bool
crate_function_elsewhere(CrateText name)
{
  static const char *const names[] = {
    "ABS",    "AVG",    "CEIL",   "COUNT",        "DAY",         "FLOOR",
    "HOURS",  "MAX",    "MD5",    "MIN",          "MINUTES",     "MONTH",
    "NOW",    "RAND",   "ROUND",  "SAMPLE",       "SECONDS",     "SHA1",
    "SHA256", "SHA384", "SHA512", "STRUUID",      "SUM",         "TIMEZONE",
    "TZ",     "UUID",   "YEAR",   "GROUP_CONCAT", "LANGMATCHES",
  };
  for (size_t i = 0; i < sizeof(names) / sizeof(*names); ++i) {
    if (crate_text_equal_fold(crate_text(names[i]), name)) {
      return true;
    }
  }
  return false;
}
