// SPDX-License-Identifier: Apache-2.0
// Reading the filters of a JSONPath query, and whether they are well-typed.
// Function names are those of the grammar; sections are of RFC 9535.
#include "json/path_steps.h"

static CratePathTerm *
make_term(CratePathReader *reader, CratePathTermKind kind)
{
  CratePathTerm *const term =
    (CratePathTerm *)crate_path_make(reader, sizeof(*term));
  if (term) {
    term->kind = kind;
    term->at = crate_path_offset(reader);
  }
  return term;
}

static bool read_or(CratePathReader *reader, CratePathTerm **out);

/// 2.4.3: as an argument or a result of a type. What functions are unknown,
/// and what they take, nobody can tell.
static bool
is_of_type(const CratePathTerm *term, CratePathType type)
{
  const CratePathFunction *const function = term->function;
  switch (term->kind) {
    case CRATE_PATH_LITERAL:
      return type == CRATE_PATH_VALUE;
    case CRATE_PATH_QUERY:
      return type == CRATE_PATH_NODES ||
             (type == CRATE_PATH_VALUE && term->query.singular);
    case CRATE_PATH_CALL:
      return !function || function->result == type;
    case CRATE_PATH_OR:
    case CRATE_PATH_AND:
    case CRATE_PATH_NOT:
    case CRATE_PATH_COMPARE:
    case CRATE_PATH_EXISTS:
      break;
  }
  return type == CRATE_PATH_LOGICAL;
}

/// 2.3.5.1: test-expr: a query is asked whether it finds anything.
static bool
make_test(CratePathReader *reader, CratePathTerm *term)
{
  if (term->kind == CRATE_PATH_QUERY) {
    term->kind = CRATE_PATH_EXISTS;
  }
  return is_of_type(term, CRATE_PATH_LOGICAL) ||
         crate_path_foreign(reader, term->at, "a comparison or a test");
}

static bool
check_comparable(CratePathReader *reader, const CratePathTerm *term)
{
  return is_of_type(term, CRATE_PATH_VALUE) ||
         crate_path_foreign(reader, term->at, "one value to compare");
}

/// 2.3.5.1: number = (int / "-0") [ frac ] [ exp ].
static bool
read_number(CratePathReader *reader, CratePathTerm *term)
{
  const char *const start = reader->at;
  (void)crate_path_take(reader, "-");
  const char *const digits = reader->at;
  bool good = true;
  while (crate_path_is_digit(crate_path_peek(reader))) {
    ++reader->at;
  }
  good = reader->at > digits && (*digits != '0' || reader->at - digits == 1);
  if (good && crate_path_take(reader, ".")) {
    good = crate_path_is_digit(crate_path_peek(reader));
    while (crate_path_is_digit(crate_path_peek(reader))) {
      ++reader->at;
    }
  }
  if (good && (crate_path_take(reader, "e") || crate_path_take(reader, "E"))) {
    (void)(crate_path_take(reader, "-") || crate_path_take(reader, "+"));
    good = crate_path_is_digit(crate_path_peek(reader));
    while (crate_path_is_digit(crate_path_peek(reader))) {
      ++reader->at;
    }
  }
  const CrateText lexeme = {start, (size_t)(reader->at - start)};
  CrateText copy;
  if (!good) {
    return crate_path_fail(reader, "a number");
  }
  reader->status = crate_arena_copy(&reader->path->arena, lexeme, &copy);
  term->literal = crate_json_new_text(&reader->path->arena, CRATE_JSON_NUMBER,
                                      copy, CRATE_JSON_NOWHERE);
  if (!term->literal && !reader->status) {
    reader->status = crate_arena_status(&reader->path->arena);
  }
  return !reader->status;
}

static bool
read_text(CratePathReader *reader, CratePathTerm *term)
{
  CrateText text;
  if (!crate_path_read_string(reader, &text)) {
    return false;
  }
  term->literal = crate_json_new_text(&reader->path->arena, CRATE_JSON_STRING,
                                      text, CRATE_JSON_NOWHERE);
  if (!term->literal) {
    reader->status = crate_arena_status(&reader->path->arena);
  }
  return term->literal;
}

/// 2.4.6 and 2.4.7: an expression that is written out is compiled once.
static bool
compile_regex(CratePathReader *reader, CratePathTerm *call)
{
  const CratePathTerm *const pattern = call->operands->next;
  if (crate_json_is(pattern->literal, CRATE_JSON_STRING)) {
    reader->status = crate_path_regex_compile(
      &reader->path->arena, crate_json_text(pattern->literal),
      call->function->regex, &call->regex);
  }
  return !reader->status;
}

/// 2.4.3: as many arguments as there are parameters, of their types.
static bool
check_arguments(CratePathReader *reader, CratePathTerm *call)
{
  const CratePathFunction *const function = call->function;
  const CratePathTerm *argument = call->operands;
  for (size_t i = 0; i < 2 && function->parameters[i] != CRATE_PATH_NO_TYPE;
       ++i) {
    if (!argument) {
      return crate_path_foreign(reader, call->at, "one more argument");
    }
    if (!is_of_type(argument, function->parameters[i])) {
      return crate_path_foreign(reader, argument->at,
                                function->parameters[i] == CRATE_PATH_NODES
                                  ? "a query as argument"
                                  : "an argument that is one value");
    }
    argument = argument->next;
  }
  if (argument) {
    return crate_path_foreign(reader, argument->at, "fewer arguments");
  }
  return function->regex == CRATE_PATH_NO_REGEX || compile_regex(reader, call);
}

/// 2.4: function-expr, behind its name and the parenthesis.
static bool
read_arguments(CratePathReader *reader, CratePathTerm *call)
{
  CratePathTerm **end = &call->operands;
  crate_path_skip_blank(reader);
  while (crate_path_peek(reader) != ')' || call->operands) {
    if (!read_or(reader, end)) {
      return false;
    }
    end = &(*end)->next;
    crate_path_skip_blank(reader);
    if (!crate_path_take(reader, ",")) {
      break;
    }
    crate_path_skip_blank(reader);
  }
  return (crate_path_take(reader, ")") || crate_path_fail(reader, "\")\"")) &&
         (!call->function || check_arguments(reader, call));
}

/// 2.3.5.1: what a bare word means, or NULL.
static const CrateJson *
word_value(CratePathReader *reader, CrateText word)
{
  static const struct {
    const char *word;
    CrateJsonKind kind;
  } words[] = {{"true", CRATE_JSON_TRUE},
               {"false", CRATE_JSON_FALSE},
               {"null", CRATE_JSON_NULL}};
  for (size_t i = 0; i < sizeof(words) / sizeof(*words); ++i) {
    if (crate_text_is(word, words[i].word)) {
      const CrateJson *const value =
        crate_json_new(&reader->path->arena, words[i].kind, CRATE_JSON_NOWHERE);
      reader->status =
        value ? CRATE_OK : crate_arena_status(&reader->path->arena);
      return value;
    }
  }
  return NULL;
}

/// A word, or with a parenthesis behind it the name of a function.
static bool
read_word(CratePathReader *reader, CratePathTerm *term)
{
  CrateText word;
  if (!crate_path_read_name(reader, &word)) {
    return false;
  }
  if (crate_path_take(reader, "(")) {
    term->kind = CRATE_PATH_CALL;
    term->function = crate_path_function(word);
    return (term->function ||
            crate_path_foreign(reader, term->at,
                               "length, count, match, search or value")) &&
           read_arguments(reader, term);
  }
  term->literal = word_value(reader, word);
  return !reader->status &&
         (term->literal ||
          crate_path_foreign(reader, term->at, "true, false or null"));
}

/// 2.3.5.1: a query, a literal or a function.
static bool
read_operand(CratePathReader *reader, CratePathTerm **out)
{
  const char c = crate_path_peek(reader);
  CratePathTerm *const term = make_term(reader, CRATE_PATH_LITERAL);
  *out = term;
  if (!term) {
    return false;
  }
  if (crate_path_take(reader, "@") || crate_path_take(reader, "$")) {
    term->kind = CRATE_PATH_QUERY;
    term->query.from_root = c == '$';
    return crate_path_read_segments(reader, &term->query);
  }
  if (c == '\'' || c == '"') {
    return read_text(reader, term);
  }
  if (c == '-' || crate_path_is_digit(c)) {
    return read_number(reader, term);
  }
  return crate_path_is_name_first(c)
           ? read_word(reader, term)
           : crate_path_fail(reader, "\"@\", \"$\" or a value");
}

/// 2.3.5.1: comparison-expr, or what may be the left of one.
static bool
read_comparison(CratePathReader *reader, CratePathTerm **out)
{
  static const char *const operators[] = {"==", "!=", "<=", ">=", "<", ">"};
  CratePathTerm *left = NULL;
  if (!read_operand(reader, &left)) {
    return false;
  }
  *out = left;
  const char *const before = reader->at;
  crate_path_skip_blank(reader);
  for (size_t i = 0; i < sizeof(operators) / sizeof(*operators); ++i) {
    if (crate_path_take(reader, operators[i])) {
      CratePathTerm *const compare = make_term(reader, CRATE_PATH_COMPARE);
      if (!compare) {
        return false;
      }
      *out = compare;
      compare->at = left->at;
      compare->comparison = (CratePathComparison)i;
      compare->operands = left;
      crate_path_skip_blank(reader);
      return read_operand(reader, &left->next) &&
             check_comparable(reader, left) &&
             check_comparable(reader, left->next);
    }
  }
  reader->at = before;
  return true;
}

/// 2.3.5.1: paren-expr, behind the parenthesis.
static bool
read_parentheses(CratePathReader *reader, CratePathTerm **out)
{
  crate_path_skip_blank(reader);
  if (!read_or(reader, out) || !make_test(reader, *out)) {
    return false;
  }
  crate_path_skip_blank(reader);
  return crate_path_take(reader, ")") || crate_path_fail(reader, "\")\"");
}

/// 2.3.5.1: basic-expr.
static bool
read_basic(CratePathReader *reader, CratePathTerm **out)
{
  if (!crate_path_take(reader, "!")) {
    return crate_path_take(reader, "(") ? read_parentheses(reader, out)
                                        : read_comparison(reader, out);
  }
  CratePathTerm *const negation = make_term(reader, CRATE_PATH_NOT);
  *out = negation;
  if (!negation) {
    return false;
  }
  crate_path_skip_blank(reader);
  if (crate_path_take(reader, "(")) {
    return read_parentheses(reader, &negation->operands);
  }
  return read_comparison(reader, &negation->operands) &&
         make_test(reader, negation->operands) &&
         (negation->operands->kind != CRATE_PATH_COMPARE ||
          crate_path_foreign(reader, negation->at,
                             "parentheses around a comparison"));
}

typedef bool ReadTerm(CratePathReader *reader, CratePathTerm **out);

/// Operands between operators of one kind; a lone one stays what it is.
static bool
read_operands(CratePathReader *reader,
              CratePathTermKind kind,
              const char *word,
              ReadTerm *read,
              CratePathTerm **out)
{
  if (!read(reader, out)) {
    return false;
  }
  CratePathTerm *const first = *out;
  for (CratePathTerm **end = &first->next;; end = &(*end)->next) {
    const char *const before = reader->at;
    crate_path_skip_blank(reader);
    if (!crate_path_take(reader, word)) {
      reader->at = before;
      return true;
    }
    if (*out == first) {
      *out = make_term(reader, kind);
      if (!*out || !make_test(reader, first)) {
        return false;
      }
      (*out)->operands = first;
    }
    crate_path_skip_blank(reader);
    if (!read(reader, end) || !make_test(reader, *end)) {
      return false;
    }
  }
}

/// 2.3.5.1: logical-and-expr, which binds more tightly.
static bool
read_and(CratePathReader *reader, CratePathTerm **out)
{
  return read_operands(reader, CRATE_PATH_AND, "&&", read_basic, out);
}

/// 2.3.5.1: logical-or-expr.
static bool
read_or(CratePathReader *reader, CratePathTerm **out)
{
  if (reader->depth >= reader->path->world->limits.depth) {
    (void)crate_path_fail(reader, "fewer parentheses");
    reader->status = CRATE_OVER_LIMIT;
    return false;
  }
  ++reader->depth;
  const bool good = read_operands(reader, CRATE_PATH_OR, "||", read_and, out);
  --reader->depth;
  return good;
}

bool
crate_path_read_filter(CratePathReader *reader, const CratePathTerm **out)
{
  CratePathTerm *filter = NULL;
  const bool good = read_or(reader, &filter) && make_test(reader, filter);
  *out = filter;
  return good;
}
