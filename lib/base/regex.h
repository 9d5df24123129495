// SPDX-License-Identifier: Apache-2.0
/// @file Regular expressions (PCRE2's), with bounds on what a match may cost:
/// expressions and texts come from strangers.
#ifndef CRATE_BASE_REGEX_H
#define CRATE_BASE_REGEX_H
#include <cratekit/arena.h>

/// How an expression is meant. Bits.
typedef enum {
  CRATE_REGEX_CASELESS = 1u << 0,
  CRATE_REGEX_DOT_ALL = 1u << 1,   ///< "." matches the end of a line too.
  CRATE_REGEX_MULTILINE = 1u << 2, ///< "^" and "$" match at every line.
  CRATE_REGEX_LITERAL = 1u << 3,   ///< No character is special.
  CRATE_REGEX_WHOLE = 1u << 4,     ///< All of the text has to match.
  /// \d, \w and their like are about all of Unicode, "$" is the very end.
  CRATE_REGEX_UNICODE = 1u << 5,
  /// Every step back counts as one, for crate_matcher_limit(); slower.
  CRATE_REGEX_COUNTED = 1u << 6,
} CrateRegexOption;

/// A compiled expression. Lives in the arena it was compiled into.
typedef struct CrateRegex CrateRegex;

/// Why an expression is none.
typedef struct CrateRegexFlaw {
  char reason[128];
  size_t at; ///< Byte.
} CrateRegexFlaw;

/// Compile into an arena. CRATE_MALFORMED, unsaid, fills the flaw.
CRATE_API CRATE_NODISCARD CrateStatus crate_regex_compile(CrateArena *arena,
                                                          CrateText text,
                                                          uint32_t options,
                                                          CrateRegex **out,
                                                          CrateRegexFlaw *flaw);

/// Groups that capture.
CRATE_API uint32_t crate_regex_groups(const CrateRegex *regex);

/// What matches are made with; one thread at a time.
typedef struct CrateMatcher CrateMatcher;

/// New, freed by crate_matcher_free().
CRATE_API CRATE_NODISCARD CrateStatus crate_matcher_new(const CrateWorld *world,
                                                        CrateMatcher **out);

/// Accepts NULL.
CRATE_API void crate_matcher_free(CrateMatcher *matcher);

/// Let the next match take so many steps, for a caller who counts himself.
CRATE_API void crate_matcher_limit(CrateMatcher *matcher, uint32_t steps);

/**
   Look for the first match.

   @param group What of it `found` is: 0 is all, 1 the first group.
   @param found May be NULL; a view of the text, empty for a group that took
   no part.
   @return CRATE_NOT_FOUND; CRATE_OVER_LIMIT when it takes too long (matches
   are given less time once several have); CRATE_MALFORMED for a text that is
   not UTF-8; CRATE_NO_MEMORY; all unsaid.
*/
CRATE_API CRATE_NODISCARD CrateStatus
crate_matcher_find(CrateMatcher *matcher,
                   const CrateRegex *regex,
                   CrateText text,
                   uint32_t group,
                   CrateText *found);

/// The same from a byte on, what is before it being part of the text all the
/// same; with as many groups as wanted, of which groups[0] is all.
CRATE_API CRATE_NODISCARD CrateStatus
crate_matcher_find_from(CrateMatcher *matcher,
                        const CrateRegex *regex,
                        CrateText text,
                        size_t from,
                        CrateText *groups,
                        uint32_t count);

#endif // CRATE_BASE_REGEX_H
