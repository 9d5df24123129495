// SPDX-License-Identifier: Apache-2.0
#define PCRE2_CODE_UNIT_WIDTH 8
#include "base/regex.h"
#include <pcre2.h>

// PCRE2 counts the steps of a match anew at each byte that it tries to start
// at: its limit alone would let a search cost their product. So a search is
// tried with few steps a start, where the text is short enough for that; and
// where they do not do, the same search is made as one match from the start of
// the text, whose steps are counted together.

/// Steps at each start, and the longest text that is tried so.
#define START_LIMIT 100u
#define LONGEST_TRIED 10000u
/// Steps of one match, and for each byte of the text besides.
#define MATCH_LIMIT 1000000u
#define BYTE_LIMIT 8u
/// Steps of one match after so many have come to the limit already.
#define TIRED_LIMIT 10000u
#define TIRED_AFTER 16u
/// KiB that one match may take.
#define HEAP_LIMIT 65536u
#define LONGEST_PATTERN 65536u
/// Groups whose places are kept.
#define MOST_GROUPS 8u

struct CrateRegex {
  const pcre2_code *code;
  const pcre2_code *search; // from the text's start; or NULL: it is no search
};

struct CrateMatcher {
  const CrateWorld *world;
  pcre2_general_context *general;
  pcre2_match_context *context;
  pcre2_match_data *data;
  unsigned exhausted; // matches that came to the limit
  bool counted;       // by the caller: see crate_matcher_limit()
};

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

static void *
world_malloc(PCRE2_SIZE size, void *matcher)
{
  return crate_world_allocate(((const CrateMatcher *)matcher)->world, size);
}

static void
world_free(void *block, void *matcher)
{
  crate_world_release(((const CrateMatcher *)matcher)->world, block);
}

/// PCRE2 takes few options beside PCRE2_LITERAL.
static uint32_t
options_of(uint32_t options)
{
  static const struct {
    uint32_t own, theirs;
  } rows[] = {
    {CRATE_REGEX_CASELESS, PCRE2_CASELESS},
    {CRATE_REGEX_LITERAL, PCRE2_LITERAL},
    {CRATE_REGEX_WHOLE, PCRE2_ANCHORED | PCRE2_ENDANCHORED},
    {CRATE_REGEX_DOT_ALL, PCRE2_DOTALL},
    {CRATE_REGEX_MULTILINE, PCRE2_MULTILINE},
    {CRATE_REGEX_UNICODE, PCRE2_UCP | PCRE2_DOLLAR_ENDONLY},
    {CRATE_REGEX_COUNTED, PCRE2_NO_AUTO_POSSESS},
  };
  enum { FOR_LITERALS = 3, ALL = sizeof(rows) / sizeof(*rows) };
  const size_t count = options & CRATE_REGEX_LITERAL ? FOR_LITERALS : ALL;
  uint32_t theirs = PCRE2_UTF;
  for (size_t i = 0; i < count; ++i) {
    theirs |= options & rows[i].own ? rows[i].theirs : 0u;
  }
  return theirs;
}

static pcre2_compile_context *
compile_context(CrateArena *arena)
{
  pcre2_general_context *const general =
    pcre2_general_context_create(arena_malloc, arena_free, arena);
  pcre2_compile_context *const context =
    general ? pcre2_compile_context_create(general) : NULL;
  if (context) {
    pcre2_set_newline(context, PCRE2_NEWLINE_LF);
    pcre2_set_max_pattern_length(context, LONGEST_PATTERN);
  }
  return context;
}

static bool
is_out_of_memory(int error)
{
  enum { HEAP_FAILED = 121 }; // pcre2api(3) has no name for it
  return error == PCRE2_ERROR_NOMEMORY || error == HEAP_FAILED;
}

/// The same expression as a match from the text's start. What is in doubt (a
/// comment that swallows the bracket) is not rewritten.
static CrateStatus
compile_search(CrateArena *arena,
               CrateText text,
               uint32_t options,
               pcre2_compile_context *context,
               CrateRegex *regex)
{
  const CrateText parts[] = {CRATE_TEXT("\\A(?s:.*?)\\K(?:"), text,
                             CRATE_TEXT(")")};
  const uint32_t whole =
    CRATE_REGEX_LITERAL | CRATE_REGEX_WHOLE | CRATE_REGEX_COUNTED;
  CrateText rewritten;
  CrateRegex other = {NULL, NULL};
  int error = 0;
  PCRE2_SIZE at = 0;
  if (options & whole) {
    return CRATE_OK;
  }
  CRATE_TRY(crate_arena_join(arena, parts, 3, &rewritten));
  other.code = pcre2_compile((PCRE2_SPTR)rewritten.data, rewritten.size,
                             options_of(options | CRATE_REGEX_COUNTED), &error,
                             &at, context);
  if (other.code && crate_regex_groups(&other) == crate_regex_groups(regex)) {
    regex->search = other.code;
  }
  return is_out_of_memory(error) ? crate_arena_status(arena) : CRATE_OK;
}

CrateStatus
crate_regex_compile(CrateArena *arena,
                    CrateText text,
                    uint32_t options,
                    CrateRegex **out,
                    CrateRegexFlaw *flaw)
{
  int error = 0;
  PCRE2_SIZE at = 0;
  *flaw = (CrateRegexFlaw){"", 0};
  *out = (CrateRegex *)crate_arena_allocate(arena, sizeof(CrateRegex));
  pcre2_compile_context *const context = *out ? compile_context(arena) : NULL;
  if (!context) {
    return crate_arena_status(arena);
  }
  (*out)->code =
    pcre2_compile((PCRE2_SPTR)(text.data ? text.data : ""), text.size,
                  options_of(options), &error, &at, context);
  if ((*out)->code) {
    (*out)->search = NULL;
    return compile_search(arena, text, options, context, *out);
  }
  *out = NULL;
  if (is_out_of_memory(error)) {
    return crate_arena_status(arena);
  }
  (void)pcre2_get_error_message(error, (PCRE2_UCHAR *)flaw->reason,
                                sizeof(flaw->reason));
  flaw->at = at;
  return CRATE_MALFORMED;
}

uint32_t
crate_regex_groups(const CrateRegex *regex)
{
  uint32_t groups = 0;
  (void)pcre2_pattern_info(regex->code, PCRE2_INFO_CAPTURECOUNT, &groups);
  return groups;
}

CrateStatus
crate_matcher_new(const CrateWorld *world, CrateMatcher **out)
{
  CrateMatcher *const matcher =
    (CrateMatcher *)crate_world_allocate(world, sizeof(CrateMatcher));
  *out = matcher;
  if (!matcher) {
    return CRATE_NO_MEMORY;
  }
  *matcher = (CrateMatcher){.world = world};
  matcher->general =
    pcre2_general_context_create(world_malloc, world_free, matcher);
  if (matcher->general) {
    matcher->context = pcre2_match_context_create(matcher->general);
    matcher->data = pcre2_match_data_create(MOST_GROUPS + 1u, matcher->general);
  }
  if (!matcher->context || !matcher->data) {
    crate_matcher_free(matcher);
    *out = NULL;
    return CRATE_NO_MEMORY;
  }
  pcre2_set_heap_limit(matcher->context, HEAP_LIMIT);
  return CRATE_OK;
}

void
crate_matcher_free(CrateMatcher *matcher)
{
  if (matcher) {
    pcre2_match_data_free(matcher->data);
    pcre2_match_context_free(matcher->context);
    pcre2_general_context_free(matcher->general);
    crate_world_release(matcher->world, matcher);
  }
}

void
crate_matcher_limit(CrateMatcher *matcher, uint32_t steps)
{
  matcher->counted = true;
  pcre2_set_match_limit(matcher->context, steps);
}

static CrateStatus
explain_failure(CrateMatcher *matcher, int error)
{
  switch (error) {
    case PCRE2_ERROR_NOMATCH:
      return CRATE_NOT_FOUND;
    case PCRE2_ERROR_NOMEMORY:
      return CRATE_NO_MEMORY;
    case PCRE2_ERROR_MATCHLIMIT:
    case PCRE2_ERROR_HEAPLIMIT:
    case PCRE2_ERROR_DEPTHLIMIT:
      ++matcher->exhausted;
      return CRATE_OVER_LIMIT;
    default:
      return CRATE_MALFORMED;
  }
}

static CrateText
group_of(const CrateMatcher *matcher,
         CrateText text,
         uint32_t group,
         uint32_t known)
{
  const PCRE2_SIZE *const ends = pcre2_get_ovector_pointer(matcher->data);
  const bool took_part = group < known && ends[2u * group] != PCRE2_UNSET &&
                         ends[2u * group] <= ends[2u * group + 1u];
  return took_part
           ? crate_text_slice(text, ends[2u * group], ends[2u * group + 1u])
           : (CrateText){NULL, 0};
}

static int
match(CrateMatcher *matcher, const pcre2_code *code, CrateText text)
{
  return pcre2_match(code, (PCRE2_SPTR)(text.data ? text.data : ""), text.size,
                     0, 0, matcher->data, matcher->context);
}

/// What a match may take, all in all.
static uint32_t
limit_of(const CrateMatcher *matcher, CrateText text)
{
  const uint64_t limit = matcher->exhausted < TIRED_AFTER
                           ? MATCH_LIMIT + (uint64_t)BYTE_LIMIT * text.size
                           : TIRED_LIMIT;
  return limit < UINT32_MAX ? (uint32_t)limit : UINT32_MAX;
}

static int
search(CrateMatcher *matcher, const CrateRegex *regex, CrateText text)
{
  if (regex->search && text.size <= LONGEST_TRIED) {
    pcre2_set_match_limit(matcher->context, START_LIMIT);
    const int result = match(matcher, regex->code, text);
    if (result != PCRE2_ERROR_MATCHLIMIT) {
      return result;
    }
  }
  pcre2_set_match_limit(matcher->context, limit_of(matcher, text));
  return match(matcher, regex->search ? regex->search : regex->code, text);
}

CrateStatus
crate_matcher_find(CrateMatcher *matcher,
                   const CrateRegex *regex,
                   CrateText text,
                   uint32_t group,
                   CrateText *found)
{
  const int result = matcher->counted ? match(matcher, regex->code, text)
                                      : search(matcher, regex, text);
  matcher->counted = false;
  if (result < 0) {
    return explain_failure(matcher, result);
  }
  if (found) { // 0: there are more groups than room
    *found = group_of(matcher, text, group,
                      result ? (uint32_t)result : MOST_GROUPS + 1u);
  }
  return CRATE_OK;
}

CrateStatus
crate_matcher_find_from(CrateMatcher *matcher,
                        const CrateRegex *regex,
                        CrateText text,
                        size_t from,
                        CrateText *groups,
                        uint32_t count)
{
  pcre2_set_match_limit(matcher->context, limit_of(matcher, text));
  const int result =
    pcre2_match(regex->code, (PCRE2_SPTR)(text.data ? text.data : ""),
                text.size, from, 0, matcher->data, matcher->context);
  matcher->counted = false;
  if (result < 0) {
    return explain_failure(matcher, result);
  }
  for (uint32_t i = 0; i < count; ++i) {
    groups[i] =
      group_of(matcher, text, i, result ? (uint32_t)result : MOST_GROUPS + 1u);
  }
  return CRATE_OK;
}
