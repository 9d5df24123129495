// SPDX-License-Identifier: Apache-2.0
// The Python Language Reference, 2.4: as far as repr() writes it.
#include "model/literal.h"

CrateLiteral
crate_literal_begin(CrateText text, unsigned depth)
{
  const char *const start = text.data ? text.data : "";
  return (CrateLiteral){start, start, start + text.size, NULL, depth};
}

void
crate_literal_fail(CrateLiteral *literal, const char *wrong)
{
  literal->wrong = literal->wrong ? literal->wrong : wrong;
}

char
crate_literal_peek(CrateLiteral *literal)
{
  while (literal->at < literal->end &&
         (*literal->at == ' ' || *literal->at == '\n' || *literal->at == '\r' ||
          *literal->at == '\t')) {
    ++literal->at;
  }
  return literal->at < literal->end && !literal->wrong ? *literal->at : '\0';
}

bool
crate_literal_accept(CrateLiteral *literal, char byte)
{
  const bool there = crate_literal_peek(literal) == byte;
  literal->at += there;
  return there;
}

void
crate_literal_expect(CrateLiteral *literal, char byte)
{
  if (!crate_literal_accept(literal, byte)) {
    crate_literal_fail(literal, "no literal of the kind that must be there");
  }
}

CrateText
crate_literal_string(CrateLiteral *literal)
{
  const char quote = crate_literal_peek(literal);
  if (quote == 'b' || quote == 'u') { // a prefix of old
    ++literal->at;
    return crate_literal_string(literal);
  }
  if (quote != '\'' && quote != '"') {
    crate_literal_fail(literal, "a value that must be a text and is not");
    return (CrateText){NULL, 0};
  }
  const char *const first = ++literal->at;
  while (literal->at < literal->end && *literal->at != quote) {
    literal->at +=
      *literal->at == '\\' && literal->end - literal->at > 1 ? 2 : 1;
  }
  if (literal->at >= literal->end) {
    crate_literal_fail(literal, "a text that does not end");
    return (CrateText){NULL, 0};
  }
  return (CrateText){first, (size_t)(literal->at++ - first)};
}

uint64_t
crate_literal_count(CrateLiteral *literal)
{
  uint64_t count = 0;
  const char first = crate_literal_peek(literal);
  if (first < '0' || first > '9') {
    crate_literal_fail(literal,
                       "a value that must be a whole number and is not");
  }
  while (!literal->wrong && literal->at < literal->end && *literal->at >= '0' &&
         *literal->at <= '9') {
    const unsigned digit = (unsigned)(*literal->at++ - '0');
    if (count > (UINT64_MAX - digit) / 10u) {
      crate_literal_fail(literal, "a number of more than 64 bits");
    } else {
      count = count * 10u + digit;
    }
  }
  if (literal->at < literal->end && *literal->at == 'L') {
    ++literal->at; // as Python 2 wrote them
  }
  return count;
}

/// A word such as True, which ends where the letters do.
static CrateText
read_word(CrateLiteral *literal)
{
  (void)crate_literal_peek(literal);
  const char *const first = literal->at;
  while (literal->at < literal->end &&
         ((*literal->at >= 'A' && *literal->at <= 'Z') ||
          (*literal->at >= 'a' && *literal->at <= 'z') ||
          *literal->at == '_')) {
    ++literal->at;
  }
  return (CrateText){first, (size_t)(literal->at - first)};
}

bool
crate_literal_boolean(CrateLiteral *literal)
{
  const CrateText word = read_word(literal);
  if (!crate_text_is(word, "True") && !crate_text_is(word, "False")) {
    crate_literal_fail(literal, "a value that must be True or False");
  }
  return crate_text_is(word, "True");
}

size_t
crate_literal_counts(CrateLiteral *literal, uint64_t *out, size_t most)
{
  size_t count = 0;
  uint64_t number = 0;
  if (!crate_literal_accept(literal, '(')) {
    number = crate_literal_count(literal);
    if (most) {
      out[0] = number;
    }
    return 1;
  }
  while (!literal->wrong && crate_literal_peek(literal) != ')') {
    number = crate_literal_count(literal);
    if (count < most) {
      out[count] = number;
    }
    ++count;
    if (!crate_literal_accept(literal, ',')) {
      break;
    }
  }
  crate_literal_expect(literal, ')');
  return count;
}

static void skip_value(CrateLiteral *literal);

/// What is between brackets: values, with colons between them in pairs.
static void
skip_items(CrateLiteral *literal, char close)
{
  if (!literal->depth) {
    crate_literal_fail(literal, "lists too deep in one another");
    return;
  }
  --literal->depth;
  while (!literal->wrong && crate_literal_peek(literal) != close) {
    skip_value(literal);
    if (close == '}') {
      crate_literal_expect(literal, ':');
      skip_value(literal);
    }
    if (!crate_literal_accept(literal, ',')) {
      break;
    }
  }
  crate_literal_expect(literal, close);
  ++literal->depth;
}

static void
skip_value(CrateLiteral *literal)
{
  const char first = crate_literal_peek(literal);
  if (first == '(' || first == '[' || first == '{') {
    ++literal->at;
    skip_items(literal, first == '(' ? ')' : first == '[' ? ']' : '}');
  } else if (first == '\'' || first == '"') {
    (void)crate_literal_string(literal);
  } else if (first >= '0' && first <= '9') {
    (void)crate_literal_count(literal);
  } else if (first == '-') {
    ++literal->at;
    (void)crate_literal_count(literal);
  } else {
    const CrateText word = read_word(literal);
    if (!crate_text_is(word, "True") && !crate_text_is(word, "False") &&
        !crate_text_is(word, "None")) {
      crate_literal_fail(literal, "what is no literal but an expression");
    }
  }
}

CrateText
crate_literal_skip(CrateLiteral *literal)
{
  (void)crate_literal_peek(literal);
  const char *const first = literal->at;
  skip_value(literal);
  return (CrateText){first, (size_t)(literal->at - first)};
}
