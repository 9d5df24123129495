// SPDX-License-Identifier: Apache-2.0
// Expressions: [69] and [110] to [128].
#include "sparql/functions.h"
#include "sparql/read.h"

static CrateStatus
new_expression(CrateSparql *sparql,
               CrateExpressionKind kind,
               CrateExpression **out)
{
  CrateExpression *const made =
    crate_sparql_allocate(sparql, sizeof(CrateExpression));
  *out = made;
  if (!made) {
    return crate_sparql_no_memory(sparql);
  }
  made->kind = kind;
  return CRATE_OK;
}

/// A call of an operator with one or two arguments.
static CrateStatus
new_call(CrateSparql *sparql,
         const char *name,
         CrateExpression *first,
         CrateExpression *second,
         CrateExpression **out)
{
  CRATE_TRY(new_expression(sparql, CRATE_EXPRESSION_CALL, out));
  (*out)->function = crate_function_find(crate_text(name));
  (*out)->arguments = first;
  (*out)->argument_count = second ? 2 : 1;
  first->next = second;
  return CRATE_OK;
}

/// ExpressionList [71] or ArgList [70], behind its '('.
static CrateStatus
read_arguments(CrateSparql *sparql, CrateExpression *call)
{
  CrateExpression **last = &call->arguments;
  if (crate_sparql_take(sparql, ')')) {
    return CRATE_OK;
  }
  do {
    if (call->argument_count == CRATE_MOST_ARGUMENTS) {
      return crate_sparql_expected(sparql, "')', as 64 arguments are the most");
    }
    CRATE_TRY(crate_sparql_expression(sparql, last));
    last = &(*last)->next;
    ++call->argument_count;
  } while (crate_sparql_take(sparql, ','));
  return crate_sparql_require(sparql, ')', "')' or ','");
}

static CrateStatus
check_count(CrateSparql *sparql,
            const CrateExpression *call,
            uint32_t least,
            uint32_t most)
{
  if (call->argument_count < least) {
    return crate_sparql_expected(sparql, "more arguments before this");
  }
  return call->argument_count > most
           ? crate_sparql_expected(sparql, "fewer arguments before this")
           : CRATE_OK;
}

/// What is evaluated in a way of its own.
static const struct {
  const char *name;
  CrateExpressionKind kind;
  uint32_t least, most;
} forms[] = {
  {"BOUND", CRATE_EXPRESSION_BOUND, 1, 1},
  {"IF", CRATE_EXPRESSION_IF, 3, 3},
  {"COALESCE", CRATE_EXPRESSION_COALESCE, 0, CRATE_MOST_ARGUMENTS},
};

static CrateStatus
read_form(CrateSparql *sparql, size_t form, CrateExpression **out)
{
  CRATE_TRY(new_expression(sparql, forms[form].kind, out));
  CRATE_TRY(crate_sparql_require(sparql, '(', "'('"));
  if (forms[form].kind == CRATE_EXPRESSION_BOUND) {
    CRATE_TRY(crate_sparql_variable(sparql, &(*out)->node));
    return crate_sparql_require(sparql, ')', "')'");
  }
  CRATE_TRY(read_arguments(sparql, *out));
  return check_count(sparql, *out, forms[form].least, forms[form].most);
}

static CrateStatus
read_call(CrateSparql *sparql,
          const CrateFunction *function,
          CrateExpression **out)
{
  CRATE_TRY(new_expression(sparql, CRATE_EXPRESSION_CALL, out));
  (*out)->function = function;
  CRATE_TRY(crate_sparql_require(sparql, '(', "'('"));
  CRATE_TRY(read_arguments(sparql, *out));
  return check_count(sparql, *out, function->least, function->most);
}

/// ExistsFunc [125] or NotExistsFunc [126], behind the words.
static CrateStatus
read_exists(CrateSparql *sparql,
            CrateExpressionKind kind,
            CrateExpression **out)
{
  CRATE_TRY(new_expression(sparql, kind, out));
  (*out)->number = sparql->exists++;
  return crate_sparql_group(sparql, &(*out)->group);
}

/// BuiltInCall [121]
static CrateStatus
read_word(CrateSparql *sparql, CrateText word, CrateExpression **out)
{
  CrateCursor *const c = crate_sparql_cursor(sparql);
  if (crate_sparql_word(sparql, "EXISTS")) {
    return read_exists(sparql, CRATE_EXPRESSION_EXISTS, out);
  }
  if (crate_sparql_word(sparql, "NOT")) {
    return crate_sparql_word(sparql, "EXISTS")
             ? read_exists(sparql, CRATE_EXPRESSION_NOT_EXISTS, out)
             : crate_sparql_expected(sparql, "EXISTS");
  }
  for (size_t i = 0; i < sizeof(forms) / sizeof(*forms); ++i) {
    if (crate_sparql_word(sparql, forms[i].name)) {
      return read_form(sparql, i, out);
    }
  }
  const CrateFunction *const function = crate_function_find(word);
  if (function) {
    c->at += word.size;
    return read_call(sparql, function, out);
  }
  if (crate_function_elsewhere(word)) {
    char name[24] = "";
    memcpy(name, word.data, word.size < 23 ? word.size : 23);
    return crate_sparql_unsupported(sparql, name);
  }
  return crate_sparql_expected(sparql, "a value, a variable or a function");
}

/// iriOrFunction [128], or a literal
static CrateStatus
read_constant(CrateSparql *sparql, CrateExpression **out)
{
  CrateTerm term;
  const char *const start = crate_sparql_cursor(sparql)->at;
  CRATE_TRY(crate_sparql_constant(sparql, &term));
  const CrateTermInfo info = crate_terms_info(sparql->update->terms, term);
  if (info.kind != CRATE_TERM_IRI || crate_sparql_next(sparql) != '(') {
    CRATE_TRY(new_expression(sparql, CRATE_EXPRESSION_TERM, out));
    (*out)->node.term = term;
    return CRATE_OK;
  }
  const CrateFunction *const cast = crate_function_find(info.text);
  if (!cast) {
    crate_sparql_cursor(sparql)->at = start;
    return crate_sparql_unsupported(sparql, "this function");
  }
  return read_call(sparql, cast, out);
}

/// The letters that stand here, unless they are the prefix of a name or a
/// boolean.
static CrateText
word_here(CrateSparql *sparql)
{
  const CrateText rest = crate_cursor_rest(crate_sparql_cursor(sparql));
  size_t size = 0;
  while (
    size < rest.size &&
    (((rest.data[size] | 0x20) >= 'a' && (rest.data[size] | 0x20) <= 'z') ||
     rest.data[size] == '_' ||
     (size && rest.data[size] >= '0' && rest.data[size] <= '9'))) {
    ++size;
  }
  const CrateText word = crate_text_slice(rest, 0, size);
  const bool name = size < rest.size && strchr(":-.", rest.data[size]);
  return name || crate_text_equal_fold(word, CRATE_TEXT("true")) ||
             crate_text_equal_fold(word, CRATE_TEXT("false"))
           ? (CrateText){NULL, 0}
           : word;
}

/// BrackettedExpression [120], standing on its '('.
static CrateStatus
read_brackets(CrateSparql *sparql, CrateExpression **out)
{
  ++crate_sparql_cursor(sparql)->at;
  CRATE_TRY(crate_sparql_expression(sparql, out));
  return crate_sparql_require(sparql, ')', "')' or an operator");
}

/// PrimaryExpression [119]
static CrateStatus
read_primary(CrateSparql *sparql, CrateExpression **out)
{
  if (crate_sparql_next(sparql) == '(') {
    return read_brackets(sparql, out);
  }
  if (crate_sparql_at_variable(sparql)) {
    CRATE_TRY(new_expression(sparql, CRATE_EXPRESSION_VARIABLE, out));
    return crate_sparql_variable(sparql, &(*out)->node);
  }
  const CrateText word = word_here(sparql);
  return word.size ? read_word(sparql, word, out) : read_constant(sparql, out);
}

/// UnaryExpression [118]
static CrateStatus
read_unary(CrateSparql *sparql, CrateExpression **out)
{
  const char sign = crate_sparql_next(sparql);
  if ((sign != '!' && sign != '-' && sign != '+') ||
      crate_turtle_at_literal(&sparql->turtle)) {
    return read_primary(sparql, out);
  }
  ++crate_sparql_cursor(sparql)->at;
  CRATE_TRY(crate_sparql_enter(sparql));
  CrateExpression *inner;
  CRATE_TRY(read_unary(sparql, &inner));
  crate_sparql_leave(sparql);
  return new_call(sparql,
                  sign == '!'   ? "!"
                  : sign == '-' ? "NEGATE"
                                : "PLUS",
                  inner, NULL, out);
}

typedef CrateStatus (*Reader)(CrateSparql *sparql, CrateExpression **out);

/// Operands with operators of one byte between them, bound from the left. Each
/// is a level, as it will be when it is evaluated.
static CrateStatus
read_chain(CrateSparql *sparql,
           Reader operand,
           const char *operators,
           CrateExpression **out)
{
  CRATE_TRY(operand(sparql, out));
  for (;;) {
    const char next = crate_sparql_next(sparql);
    const char name[] = {next, '\0'};
    CrateExpression *second;
    if (!next || !strchr(operators, next)) {
      return CRATE_OK;
    }
    ++crate_sparql_cursor(sparql)->at;
    CRATE_TRY(crate_sparql_enter(sparql));
    CRATE_TRY(operand(sparql, &second));
    CRATE_TRY(new_call(sparql, name, *out, second, out));
  }
}

/// MultiplicativeExpression [117]
static CrateStatus
read_product(CrateSparql *sparql, CrateExpression **out)
{
  return read_chain(sparql, read_unary, "*/", out);
}

/// AdditiveExpression [116]
static CrateStatus
read_sum(CrateSparql *sparql, CrateExpression **out)
{
  return read_chain(sparql, read_product, "+-", out);
}

/// IN and NOT IN of [114], behind the words
static CrateStatus
read_in(CrateSparql *sparql, CrateExpressionKind kind, CrateExpression **out)
{
  CrateExpression *const value = *out;
  CRATE_TRY(new_expression(sparql, kind, out));
  CRATE_TRY(crate_sparql_require(sparql, '(', "'(' and values"));
  CRATE_TRY(read_arguments(sparql, *out));
  value->next = (*out)->arguments; // the first argument is what is looked for
  (*out)->arguments = value;
  ++(*out)->argument_count;
  return CRATE_OK;
}

/// RelationalExpression [114]
static CrateStatus
read_relation(CrateSparql *sparql, CrateExpression **out)
{
  static const char *const operators[] = {"!=", "<=", ">=", "=", "<", ">"};
  CRATE_TRY(read_sum(sparql, out));
  if (crate_sparql_word(sparql, "IN")) {
    return read_in(sparql, CRATE_EXPRESSION_IN, out);
  }
  if (crate_sparql_word(sparql, "NOT")) {
    return crate_sparql_word(sparql, "IN")
             ? read_in(sparql, CRATE_EXPRESSION_NOT_IN, out)
             : crate_sparql_expected(sparql, "IN");
  }
  CrateCursor *const c = crate_sparql_cursor(sparql);
  for (size_t i = 0; i < sizeof(operators) / sizeof(*operators); ++i) {
    CrateExpression *second;
    if (crate_text_starts(crate_cursor_rest(c), crate_text(operators[i]))) {
      c->at += strlen(operators[i]);
      CRATE_TRY(read_sum(sparql, &second));
      return new_call(sparql, operators[i], *out, second, out);
    }
  }
  return CRATE_OK;
}

/// Operands with "&&" or "||" between them, all arguments of one.
static CrateStatus
read_logic(CrateSparql *sparql,
           Reader operand,
           const char *
           operator,
           CrateExpressionKind kind,
           CrateExpression **out)
{
  CrateCursor *const c = crate_sparql_cursor(sparql);
  CRATE_TRY(operand(sparql, out));
  CrateExpression *last = *out;
  bool made = false;
  for (;;) {
    crate_turtle_skip(&sparql->turtle);
    if (!crate_text_starts(crate_cursor_rest(c), crate_text(operator))) {
      return CRATE_OK;
    }
    c->at += 2;
    if (!made) {
      CRATE_TRY(new_expression(sparql, kind, out));
      (*out)->arguments = last;
      made = true;
    }
    CRATE_TRY(operand(sparql, &last->next));
    last = last->next;
  }
}

/// ConditionalAndExpression [112]
static CrateStatus
read_and(CrateSparql *sparql, CrateExpression **out)
{
  return read_logic(sparql, read_relation, "&&", CRATE_EXPRESSION_AND, out);
}

CrateStatus
crate_sparql_expression(CrateSparql *sparql, CrateExpression **out)
{
  const uint32_t depth = sparql->turtle.depth;
  CRATE_TRY(crate_sparql_enter(sparql));
  CRATE_TRY(read_logic(sparql, read_and, "||", CRATE_EXPRESSION_OR, out));
  sparql->turtle.depth = depth;
  return CRATE_OK;
}

CrateStatus
crate_sparql_constraint(CrateSparql *sparql, CrateExpression **out)
{
  const char next = crate_sparql_next(sparql);
  if (next == '(') {
    return read_brackets(sparql, out);
  }
  const CrateText word = word_here(sparql);
  return word.size ? read_word(sparql, word, out) : read_constant(sparql, out);
}
