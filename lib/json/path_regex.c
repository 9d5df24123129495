// SPDX-License-Identifier: Apache-2.0
// I-Regexp, RFC 9485, through PCRE2: its grammar is read here, as PCRE2 knows
// much else. Function names are those of the grammar. Outside of classes "^"
// and "$" are taken for anchors: the grammar calls them plain, the RFC's own
// mapping (5.4) leaves them what they are elsewhere, and people mean that.
#define PCRE2_CODE_UNIT_WIDTH 8
#include "json/path_steps.h"
#include <pcre2.h>

#define LONGEST_PATTERN 65536u
/// Groups in one another, and the most that a quantifier may ask for.
#define DEEPEST 200u
#define MOST_REPEATS 1000u
/// KiB that one match may take.
#define HEAP_LIMIT 65536u
/// What a match may cost at first, and how much more at each further try.
#define FIRST_STEPS 64u
#define MORE_STEPS 8u

struct CratePathRegex {
  pcre2_code *code;
};

struct CratePathMatcher {
  pcre2_general_context *general;
  pcre2_match_context *context;
  pcre2_match_data *data;
};

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

static void *
arena_malloc(PCRE2_SIZE size, void *arena)
{
  return crate_arena_allocate((CrateArena *)arena, size);
}

static void
arena_free(void *block, void *arena)
{
  (void)block;
  (void)arena;
}

/// Every step back is counted, so no loop may be made possessive.
static CrateStatus
compile(CrateArena *arena, CrateText pattern, const CratePathRegex **out)
{
  CratePathRegex *const regex =
    (CratePathRegex *)crate_arena_allocate(arena, sizeof(*regex));
  pcre2_general_context *const general =
    pcre2_general_context_create(arena_malloc, arena_free, arena);
  pcre2_compile_context *const context =
    general ? pcre2_compile_context_create(general) : NULL;
  int error = 0;
  PCRE2_SIZE at = 0;
  if (!regex || !context) {
    return crate_arena_status(arena);
  }
  regex->code =
    pcre2_compile((PCRE2_SPTR)pattern.data, pattern.size,
                  PCRE2_UTF | PCRE2_NO_AUTO_POSSESS | PCRE2_DOLLAR_ENDONLY,
                  &error, &at, context);
  *out = regex->code ? regex : NULL;
  return error == PCRE2_ERROR_NOMEMORY || error == 121 // heap failed
           ? crate_arena_status(arena)
           : CRATE_OK;
}

CrateStatus
crate_path_regex_compile(CrateArena *arena,
                         CrateText pattern,
                         const CratePathRegex **out)
{
  Translation t = {.text = pattern};
  *out = NULL;
  if (pattern.size > LONGEST_PATTERN) {
    return CRATE_OK;
  }
  crate_buffer_init(&t.out, arena->world);
  crate_buffer_add_string(&t.out, "(?:");
  const bool good = i_regexp(&t) && t.at == pattern.size;
  crate_buffer_add_byte(&t.out, ')');
  CrateStatus st = crate_buffer_status(&t.out);
  if (good && !st) {
    st = compile(arena, crate_buffer_text(&t.out), out);
  }
  crate_buffer_clear(&t.out);
  return st;
}

static void *
world_malloc(PCRE2_SIZE size, void *world)
{
  return crate_world_allocate((const CrateWorld *)world, size);
}

static void
world_free(void *block, void *world)
{
  crate_world_release((const CrateWorld *)world, block);
}

static CrateStatus
make_matcher(CratePathRun *run)
{
  if (run->matcher) {
    return CRATE_OK;
  }
  CratePathMatcher *const matcher =
    (CratePathMatcher *)crate_world_allocate(run->world, sizeof(*matcher));
  if (!matcher) {
    return CRATE_NO_MEMORY;
  }
  *matcher = (CratePathMatcher){NULL, NULL, NULL};
  run->matcher = matcher;
  matcher->general = pcre2_general_context_create(
    world_malloc, world_free, (void *)(uintptr_t)run->world);
  if (matcher->general) {
    matcher->context = pcre2_match_context_create(matcher->general);
    matcher->data = pcre2_match_data_create(1, matcher->general);
  }
  if (!matcher->context || !matcher->data) {
    return CRATE_NO_MEMORY;
  }
  pcre2_set_heap_limit(matcher->context, HEAP_LIMIT);
  return CRATE_OK;
}

void
crate_path_matcher_free(CratePathRun *run)
{
  CratePathMatcher *const matcher = run->matcher;
  if (matcher) {
    pcre2_match_data_free(matcher->data);
    pcre2_match_context_free(matcher->context);
    pcre2_general_context_free(matcher->general);
    crate_world_release(run->world, matcher);
  }
  run->matcher = NULL;
}

/// PCRE2 does not say how many steps a match took: what it may take grows
/// until it is enough, and is what it cost.
CrateStatus
crate_path_regex_match(CratePathRun *run,
                       const CratePathRegex *regex,
                       CrateText text,
                       bool whole,
                       bool *matches)
{
  const uint32_t options = whole ? PCRE2_ANCHORED | PCRE2_ENDANCHORED : 0;
  uint64_t steps = FIRST_STEPS + text.size;
  int found = PCRE2_ERROR_MATCHLIMIT;
  *matches = false;
  CRATE_TRY(make_matcher(run));
  while (found == PCRE2_ERROR_MATCHLIMIT) {
    CRATE_TRY(crate_path_spend(run, steps));
    pcre2_set_match_limit(run->matcher->context,
                          steps < UINT32_MAX ? (uint32_t)steps : UINT32_MAX);
    found = pcre2_match(regex->code, (PCRE2_SPTR)(text.data ? text.data : ""),
                        text.size, 0, options, run->matcher->data,
                        run->matcher->context);
    steps *= MORE_STEPS;
  }
  *matches = found >= 0;
  return found == PCRE2_ERROR_NOMEMORY ? CRATE_NO_MEMORY
         : found == PCRE2_ERROR_HEAPLIMIT || found == PCRE2_ERROR_DEPTHLIMIT
           ? CRATE_OVER_LIMIT
           : CRATE_OK;
}
