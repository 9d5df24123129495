// SPDX-License-Identifier: Apache-2.0
// JSONPath, RFC 9535, by its grammar: it is read, and never run. Function
// names are those of RFC 9535 2.4 and any other; who runs it may have more.
#include "validate/checks/croissant.h"

/// Filters in filters that are read.
#define DEEPEST 64u

typedef struct {
  const char *start, *at, *end;
  const char *wrong; ///< What was expected, once something is wrong.
  unsigned depth;
  bool lenient; ///< As many libraries have it: "$" may be left away, and
                ///< names hold hyphens.
} Path;

static bool
fail(Path *path, const char *expected)
{
  path->wrong = path->wrong ? path->wrong : expected;
  return false;
}

static char
peek(const Path *path)
{
  return path->at < path->end ? *path->at : '\0';
}

static void
skip_blank(Path *path)
{
  while (path->at < path->end && memchr(" \t\n\r", *path->at, 4)) {
    ++path->at;
  }
}

static bool
take(Path *path, const char *word)
{
  const size_t size = strlen(word);
  const bool found =
    (size_t)(path->end - path->at) >= size && !memcmp(path->at, word, size);
  path->at += found ? size : 0;
  return found;
}

static bool
is_digit(char c)
{
  return c >= '0' && c <= '9';
}

static bool
is_name_first(char c)
{
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' ||
         (unsigned char)c >= 0x80;
}

/// 2.5.1.1: member-name-shorthand.
static bool
read_name(Path *path)
{
  if (!is_name_first(peek(path))) {
    return fail(path, "a name, \"*\" or \"[\"");
  }
  while (is_name_first(peek(path)) || is_digit(peek(path)) ||
         (path->lenient && peek(path) == '-')) {
    ++path->at;
  }
  return true;
}

/// 2.3.1.1: string-literal, in either quotes.
static bool
read_string(Path *path)
{
  const char quote = *path->at++;
  while (path->at < path->end && *path->at != quote) {
    path->at += *path->at == '\\' && path->at + 1 < path->end ? 2 : 1;
  }
  if (path->at >= path->end) {
    return fail(path, "the end of a string");
  }
  ++path->at;
  return true;
}

/// 2.3.3.1: int.
static bool
read_int(Path *path)
{
  const bool minus = take(path, "-");
  const char *const digits = path->at;
  while (is_digit(peek(path))) {
    ++path->at;
  }
  const bool zero = path->at > digits && *digits == '0';
  return (path->at > digits && !(zero && (path->at - digits > 1 || minus))) ||
         fail(path, "an integer");
}

static bool read_or(Path *path);

static bool read_segments(Path *path);

/// 2.3.4: [start]:[end][:[step]], of which `first` was read.
static bool
read_slice(Path *path)
{
  for (int colons = 0; colons < 2; ++colons) {
    skip_blank(path);
    if (!take(path, ":")) {
      return true;
    }
    skip_blank(path);
    if ((peek(path) == '-' || is_digit(peek(path))) && !read_int(path)) {
      return false;
    }
  }
  return true;
}

/// 2.3: selector.
static bool
read_selector(Path *path)
{
  const char c = peek(path);
  if (c == '\'' || c == '"') {
    return read_string(path);
  }
  if (take(path, "*")) {
    return true;
  }
  if (take(path, "?")) {
    skip_blank(path);
    return read_or(path);
  }
  if (c == '-' || is_digit(c)) {
    return read_int(path) && read_slice(path);
  }
  return c == ':' ? read_slice(path) : fail(path, "a selector");
}

/// 2.5.1: bracketed-selection.
static bool
read_brackets(Path *path)
{
  do {
    skip_blank(path);
    if (!read_selector(path)) {
      return false;
    }
    skip_blank(path);
  } while (take(path, ","));
  return take(path, "]") || fail(path, "\"]\"");
}

/// 2.5: segments, up to what is none.
static bool
read_segments(Path *path)
{
  for (;;) {
    const char *const before = path->at;
    skip_blank(path);
    if (take(path, "[")) {
      if (!read_brackets(path)) {
        return false;
      }
    } else if (take(path, "..")) {
      if (take(path, "[") ? !read_brackets(path)
                          : !take(path, "*") && !read_name(path)) {
        return false;
      }
    } else if (take(path, ".")) {
      if (!take(path, "*") && !read_name(path)) {
        return false;
      }
    } else {
      path->at = before;
      return true;
    }
  }
}

/// 2.3.5.1: number.
static bool
read_number(Path *path)
{
  (void)take(path, "-");
  const char *const digits = path->at;
  while (is_digit(peek(path)) ||
         (peek(path) && strchr(".eE+-", peek(path)) && path->at > digits)) {
    ++path->at;
  }
  return path->at > digits || fail(path, "a number");
}

/// 2.4: function-expr, behind its name and the parenthesis.
static bool
read_arguments(Path *path)
{
  skip_blank(path);
  if (take(path, ")")) {
    return true;
  }
  do {
    skip_blank(path);
    if (!read_or(path)) {
      return false;
    }
    skip_blank(path);
  } while (take(path, ","));
  return take(path, ")") || fail(path, "\")\"");
}

/// 2.3.5.1: a query, a literal or a function.
static bool
read_operand(Path *path)
{
  const char c = peek(path);
  if (take(path, "@") || take(path, "$")) {
    return read_segments(path);
  }
  if (c == '\'' || c == '"') {
    return read_string(path);
  }
  if (c == '-' || is_digit(c)) {
    return read_number(path);
  }
  if (is_name_first(c) && read_name(path)) {
    return take(path, "(") ? read_arguments(path) : true; // true, false, null
  }
  return fail(path, "\"@\", \"$\" or a value");
}

static bool
read_comparison(Path *path)
{
  static const char *const operators[] = {"==", "!=", "<=", ">=", "<", ">"};
  if (!read_operand(path)) {
    return false;
  }
  skip_blank(path);
  for (size_t i = 0; i < sizeof(operators) / sizeof(*operators); ++i) {
    if (take(path, operators[i])) {
      skip_blank(path);
      return read_operand(path);
    }
  }
  return true;
}

/// 2.3.5.1: basic-expr.
static bool
read_basic(Path *path)
{
  if (take(path, "!")) {
    skip_blank(path);
  }
  if (!take(path, "(")) {
    return read_comparison(path);
  }
  skip_blank(path);
  if (!read_or(path)) {
    return false;
  }
  skip_blank(path);
  return take(path, ")") || fail(path, "\")\"");
}

/// 2.3.5.1: logical-or-expr; both operators bind to the left alike, as only
/// the form matters here.
static bool
read_or(Path *path)
{
  bool good = ++path->depth <= DEEPEST || fail(path, "fewer parentheses");
  while (good) {
    good = read_basic(path);
    skip_blank(path);
    if (!good || (!take(path, "&&") && !take(path, "||"))) {
      break;
    }
    skip_blank(path);
  }
  --path->depth;
  return good;
}

/// What a text lacks to be a JSONPath query, or NULL.
static const char *
misread(CrateText text, bool lenient, size_t *at)
{
  const char *const start = text.data ? text.data : "";
  Path path = {
    .start = start, .at = start, .end = start + text.size, .lenient = lenient};
  const bool good =
    (take(&path, "$") ||
     (lenient && (peek(&path) == '[' || read_name(&path))) ||
     fail(&path, "\"$\"")) &&
    read_segments(&path) &&
    (path.at == path.end || fail(&path, "\".\", \"[\" or the end"));
  *at = (size_t)(path.at - path.start);
  return good ? NULL : path.wrong;
}

/// Parameter "strict", or "lenient"; what is not even that is no business of
/// the strict one.
CrateStatus
crate_check_json_path(const CrateNativeCall *call)
{
  const CrateView *const view = crate_check_view(call);
  const bool lenient = crate_text_is(crate_check_parameter(call), "lenient");
  for (size_t i = 0; i < call->value_count; ++i) {
    size_t at = 0;
    const CrateTermInfo info = crate_terms_info(view->terms, call->values[i]);
    const bool text = info.kind == CRATE_TERM_LITERAL;
    const char *const beyond = text ? misread(info.text, true, &at) : NULL;
    const char *const wrong = lenient           ? beyond
                              : text && !beyond ? misread(info.text, false, &at)
                                                : NULL;
    if (wrong) {
      CRATE_TRY(crate_check_report_value(call, call->values[i],
                                         "expected %s at byte %zu", wrong, at));
    }
  }
  return CRATE_OK;
}
