// SPDX-License-Identifier: Apache-2.0
// I-Regexp, RFC 9485, through PCRE2: its grammar is read here, as PCRE2 knows
// much else. Function names are those of the grammar. Outside of classes "^"
// and "$" are taken for anchors: the grammar calls them plain, the RFC's own
// mapping (5.4) leaves them what they are elsewhere, and people mean that.
#include "json/path_steps.h"

/// Groups in one another, and the most that a quantifier may ask for.
#define DEEPEST 200u
#define MOST_REPEATS 1000u
/// What a match may cost at first, and how much more at each further try.
#define FIRST_STEPS 64u
#define MORE_STEPS 8u

/// A pattern on its way to PCRE2's.
typedef struct {
  CrateText text;
  size_t at;
  unsigned depth;
  CrateBuffer out;
} Translation;

static char
peek(const Translation *t)
{
  return t->at < t->text.size ? t->text.data[t->at] : '\0';
}

static bool
take(Translation *t, char c)
{
  const bool found = t->at < t->text.size && t->text.data[t->at] == c;
  t->at += found;
  return found;
}

static bool
is_one_of(char c, const char *set)
{
  return c && strchr(set, c);
}

/// One byte as it is, whatever it means to PCRE2; a NUL byte is plain, too.
static void
add_plain(Translation *t, char c)
{
  if (is_one_of(c, "^$\\.[]|()?*+{}-#&~")) {
    crate_buffer_add_byte(&t->out, '\\');
  }
  crate_buffer_add_byte(&t->out, c);
}

/// SingleCharEsc, behind the backslash: its letters mean the same to PCRE2.
static bool
single_char_esc(Translation *t)
{
  const char c = peek(t);
  if (!is_one_of(c, "()*+-.?[\\]^nrt{|}")) {
    return false;
  }
  ++t->at;
  crate_buffer_add_byte(&t->out, '\\');
  crate_buffer_add_byte(&t->out, c);
  return true;
}

/// charClassEsc, behind the backslash: \p{Lu} or \P{Lu}, categories only.
static bool
char_class_esc(Translation *t)
{
  static const char *const categories[] = {
    "Llmotu", "Mcen", "Ndlo", "Pcdefios", "Zlps", "Sckmo", "Ccfno"};
  const char complement = peek(t);
  ++t->at;
  if (!take(t, '{')) {
    return false;
  }
  const char major = peek(t);
  for (size_t i = 0; i < sizeof(categories) / sizeof(*categories); ++i) {
    if (major == *categories[i]) {
      ++t->at;
      const char minor = peek(t);
      const bool both = is_one_of(minor, categories[i] + 1);
      t->at += both;
      crate_buffer_print(&t->out, "\\%c{%c%.*s}", complement, major, both,
                         &minor);
      return take(t, '}');
    }
  }
  return false;
}

/// What a backslash begins. `single` says whether it is one character.
static bool
escape(Translation *t, bool *single)
{
  *single = !is_one_of(peek(t), "pP");
  return *single ? single_char_esc(t) : char_class_esc(t);
}

/// CCchar or charClassEsc: one end of a range.
static bool
class_character(Translation *t, bool *single)
{
  const char c = peek(t);
  *single = true;
  if (t->at == t->text.size || is_one_of(c, "[]-")) {
    return false;
  }
  ++t->at;
  if (c == '\\') {
    return escape(t, single);
  }
  add_plain(t, c);
  while ((peek(t) & 0xC0) == 0x80) { // the rest of a code point
    crate_buffer_add_byte(&t->out, t->text.data[t->at++]);
  }
  return true;
}

/// CCE1: a character, a category, or a range.
static bool
cce1(Translation *t)
{
  bool single = true;
  if (!class_character(t, &single)) {
    return false;
  }
  const size_t after = t->at + 1u;
  if (!single || peek(t) != '-' || after >= t->text.size ||
      t->text.data[after] == ']') {
    return true; // a hyphen at the end is one
  }
  ++t->at;
  crate_buffer_add_byte(&t->out, '-');
  return class_character(t, &single) && single;
}

/// charClassExpr, behind the bracket.
static bool
char_class_expr(Translation *t)
{
  crate_buffer_add_byte(&t->out, '[');
  if (take(t, '^')) {
    crate_buffer_add_byte(&t->out, '^');
  }
  bool good = take(t, '-');
  if (good) {
    add_plain(t, '-');
  } else {
    good = cce1(t);
  }
  while (good && peek(t) != ']') {
    if (take(t, '-')) {
      add_plain(t, '-');
      good = peek(t) == ']';
    } else {
      good = cce1(t);
    }
  }
  crate_buffer_add_byte(&t->out, ']');
  return good && take(t, ']');
}

/// One number of a quantifier.
static bool
quant_exact(Translation *t, unsigned *out)
{
  const size_t start = t->at;
  *out = 0;
  while (peek(t) >= '0' && peek(t) <= '9' && *out <= MOST_REPEATS) {
    *out = *out * 10u + (unsigned)(peek(t) - '0');
    ++t->at;
  }
  return t->at > start && *out <= MOST_REPEATS;
}

/// quantifier, if there is one.
static bool
quantifier(Translation *t)
{
  unsigned least = 0;
  unsigned most = 0;
  if (is_one_of(peek(t), "*+?")) {
    crate_buffer_add_byte(&t->out, peek(t));
    ++t->at;
    return true;
  }
  if (!take(t, '{')) {
    return true;
  }
  if (!quant_exact(t, &least)) {
    return false;
  }
  if (!take(t, ',')) {
    crate_buffer_print(&t->out, "{%u}", least);
  } else if (peek(t) == '}') {
    crate_buffer_print(&t->out, "{%u,}", least);
  } else if (quant_exact(t, &most)) {
    crate_buffer_print(&t->out, "{%u,%u}", least, most);
  }
  return take(t, '}');
}

static bool i_regexp(Translation *t);

/// atom: NormalChar, charClass or a group.
static bool
atom(Translation *t)
{
  bool single = true;
  if (take(t, '(')) {
    crate_buffer_add_string(&t->out, "(?:");
    const bool good = i_regexp(t) && take(t, ')');
    crate_buffer_add_byte(&t->out, ')');
    return good;
  }
  if (take(t, '.')) {
    crate_buffer_add_string(&t->out, "[^\\n\\r]");
    return true;
  }
  if (take(t, '[')) {
    return char_class_expr(t);
  }
  if (take(t, '\\')) {
    return escape(t, &single);
  }
  if (is_one_of(peek(t), "^$")) {
    crate_buffer_add_byte(&t->out, t->text.data[t->at++]);
    return true;
  }
  return !is_one_of(peek(t), "*+?{}]") && class_character(t, &single);
}

/// Branches with "|" between them; a branch may be empty.
static bool
i_regexp(Translation *t)
{
  bool good = ++t->depth <= DEEPEST;
  while (good && t->at < t->text.size && peek(t) != ')') {
    if (take(t, '|')) {
      crate_buffer_add_byte(&t->out, '|');
    } else if (take(t, '-')) { // an end of a range, and a NormalChar
      add_plain(t, '-');
      good = quantifier(t);
    } else {
      good = atom(t) && quantifier(t);
    }
  }
  --t->depth;
  return good;
}

CrateStatus
crate_path_regex_compile(CrateArena *arena,
                         CrateText pattern,
                         CratePathRegexUse use,
                         CrateRegex **out)
{
  const uint32_t options = CRATE_REGEX_UNICODE | CRATE_REGEX_COUNTED |
                           (use == CRATE_PATH_MATCH ? CRATE_REGEX_WHOLE : 0u);
  Translation t = {.text = pattern};
  CrateRegexFlaw flaw;
  *out = NULL;
  crate_buffer_init(&t.out, arena->world);
  // PCRE2 counts the steps from each start of a match anew, so that the ways to
  // the start are a part of the match.
  crate_buffer_add_string(&t.out,
                          use == CRATE_PATH_SEARCH ? "\\A(?s:.*?)(?:" : "(?:");
  const bool good = i_regexp(&t) && t.at == pattern.size;
  crate_buffer_add_byte(&t.out, ')');
  CrateStatus st = crate_buffer_status(&t.out);
  if (good && !st) {
    st = crate_regex_compile(arena, crate_buffer_text(&t.out), options, out,
                             &flaw);
  }
  crate_buffer_clear(&t.out);
  return st == CRATE_MALFORMED ? CRATE_OK : st;
}

/// Nobody says how many steps a match took: what it may take grows until it is
/// enough, and is what it cost.
CrateStatus
crate_path_regex_match(CratePathRun *run,
                       const CrateRegex *regex,
                       CrateText text,
                       bool *matches)
{
  uint64_t steps = FIRST_STEPS + text.size;
  CrateStatus st = CRATE_OVER_LIMIT;
  *matches = false;
  if (!run->matcher) {
    CRATE_TRY(crate_matcher_new(run->world, &run->matcher));
  }
  while (st == CRATE_OVER_LIMIT) {
    CRATE_TRY(crate_path_spend(run, steps));
    crate_matcher_limit(run->matcher,
                        steps < UINT32_MAX ? (uint32_t)steps : UINT32_MAX);
    st = crate_matcher_find(run->matcher, regex, text, 0, NULL);
    steps *= MORE_STEPS;
  }
  *matches = st == CRATE_OK;
  return st == CRATE_NO_MEMORY ? st : CRATE_OK;
}
