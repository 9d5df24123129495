// SPDX-License-Identifier: Apache-2.0
// String-based constraint components, SHACL 4.4, but for sh:pattern.
#include "validate/shapes/components.h"
#include <stdlib.h>

/// SPARQL's str(): IRIs and literals have one, blank nodes have none.
static bool
text_of(const CrateCheck *check, CrateTerm value, CrateText *out)
{
  const CrateTermInfo info = crate_terms_info(check->run->terms, value);
  *out = info.text;
  return info.kind == CRATE_TERM_IRI || info.kind == CRATE_TERM_LITERAL;
}

/// SPARQL's STRLEN counts characters.
static size_t
length_of(CrateText text)
{
  size_t length = 0;
  for (size_t i = 0; i < text.size; ++i) {
    length += ((unsigned char)text.data[i] & 0xC0u) != 0x80u;
  }
  return length;
}

CRATE_HOLDS(min_length)
{
  CrateText text;
  const bool holds = text_of(check, value, &text) &&
                     length_of(text) >= check->constraint->number;
  *out = holds ? CRATE_CONFORMS : CRATE_FAILS;
  return CRATE_OK;
}

CRATE_HOLDS(max_length)
{
  CrateText text;
  const bool holds = text_of(check, value, &text) &&
                     length_of(text) <= check->constraint->number;
  *out = holds ? CRATE_CONFORMS : CRATE_FAILS;
  return CRATE_OK;
}

static char
lower_case(char byte)
{
  return byte >= 'A' && byte <= 'Z' ? (char)(byte | 0x20) : byte;
}

/// Order of language tags without regard to case.
static int
compare_tags(CrateText a, CrateText b)
{
  const size_t size = a.size < b.size ? a.size : b.size;
  for (size_t i = 0; i < size; ++i) {
    const int difference = lower_case(a.data[i]) - lower_case(b.data[i]);
    if (difference) {
      return difference;
    }
  }
  return (a.size > b.size) - (a.size < b.size);
}

/// SPARQL's langMatches: basic filtering of RFC 4647, 3.3.1.
static bool
tag_matches(CrateText tag, CrateText range)
{
  if (crate_text_is(range, "*")) {
    return tag.size > 0;
  }
  return tag.size >= range.size && range.size &&
         !compare_tags(crate_text_slice(tag, 0, range.size), range) &&
         (tag.size == range.size || tag.data[range.size] == '-');
}

CRATE_HOLDS(language_in)
{
  const CrateConstraint *const constraint = check->constraint;
  const CrateTerms *const terms = check->run->terms;
  const CrateText tag = crate_terms_info(terms, value).language;
  *out = CRATE_FAILS;
  for (size_t i = 0; i < constraint->term_count && *out == CRATE_FAILS; ++i) {
    if (tag_matches(tag, crate_terms_info(terms, constraint->terms[i]).text)) {
      *out = CRATE_CONFORMS;
    }
  }
  return CRATE_OK;
}

// 4.4.5: only "true" itself activates it, not "1".
CRATE_COMPILE(unique_lang)
{
  (void)shape;
  return crate_value_true(compiler->shapes, constraint->parameter)
           ? CRATE_OK
           : CRATE_NOT_FOUND;
}

static int
compare_tag_elements(const void *a, const void *b)
{
  const CrateText left = *(const CrateText *)a;
  const CrateText right = *(const CrateText *)b;
  const int order = compare_tags(left, right);
  return order ? order : crate_text_compare(left, right);
}

/// One result for each language that stands twice or more in a sorted row.
static CrateStatus
check_tags(CrateCheck *check, const CrateText *tags, size_t count)
{
  for (size_t i = 1; i < count && !crate_check_done(check); ++i) {
    const bool again = !compare_tags(tags[i - 1], tags[i]);
    const bool third = i > 1 && !compare_tags(tags[i - 2], tags[i]);
    if (again && !third) {
      const CrateFlaw flaw = {.detail = tags[i]};
      CRATE_TRY(crate_check_fail(check, &flaw));
    }
  }
  return CRATE_OK;
}

CRATE_CHECK(unique_lang)
{
  const CrateWorld *const world = check->run->world;
  if (check->count < 2) {
    return CRATE_OK;
  }
  CrateText *const tags =
    crate_world_allocate(world, check->count * sizeof(CrateText));
  if (!tags) {
    return CRATE_NO_MEMORY;
  }
  size_t count = 0;
  for (size_t i = 0; i < check->count; ++i) {
    tags[count] =
      crate_terms_info(check->run->terms, crate_check_value(check, i)).language;
    count += tags[count].size > 0;
  }
  qsort(tags, count, sizeof(*tags), compare_tag_elements);
  const CrateStatus status = check_tags(check, tags, count);
  crate_world_release(world, tags);
  return status;
}
