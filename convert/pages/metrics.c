// SPDX-License-Identifier: Apache-2.0
#include "convert/pages/metrics.h"
#include <math.h>
#include <stdlib.h>

/// Results of one document: more are no card.
#define MOST_METRICS 2000u

typedef struct Gathering {
  const CrateBook *book;
  CrateMetric *metrics;
  size_t count;
  uint32_t source;
  bool is_evaluation; ///< Its results count, whatever they are.
} Gathering;

static bool
is_numeric(CrateText text)
{
  for (size_t i = 0; i < text.size; ++i) {
    if (!memchr("+-.0123456789eE", text.data[i], 15)) {
      return false;
    }
  }
  return text.size > 0;
}

/// A number as JSON writes one, or a text that is nothing else.
static bool
read_number(CrateText text, double *out)
{
  char digits[64];
  char *end = NULL;
  if (text.size >= sizeof digits || !is_numeric(text)) {
    return false;
  }
  memcpy(digits, text.data, text.size);
  digits[text.size] = '\0';
  *out = strtod(digits, &end);
  return end == digits + text.size && isfinite(*out);
}

/// What a result says by itself, as an object or as a mere value.
static CrateMetric
measure(const CrateBook *book, const CrateJson *value)
{
  const uint32_t target = crate_book_target(book, value);
  CrateMetric metric = {.value = crate_book_text(value)};
  const struct {
    CrateWord word;
    CrateText *text;
  } parts[] = {{CRATE_WORD_NAME, &metric.name},
               {CRATE_WORD_VALUE, &metric.value},
               {CRATE_WORD_UNIT, &metric.unit}};
  for (size_t i = 0; crate_book_is_node(value) && i < 3u; ++i) {
    *parts[i].text = crate_book_text(
      target == CRATE_NO_ENTRY ? crate_book_get_in(book, value, parts[i].word)
                               : crate_book_get(book, target, parts[i].word));
  }
  return metric;
}

static CrateStatus
take_result(void *handle, const CrateJson *value)
{
  Gathering *const gathering = handle;
  const CrateBook *const book = gathering->book;
  const uint32_t target = crate_book_target(book, value);
  CrateMetric metric = measure(book, value);
  metric.source = gathering->source;
  metric.is_number = read_number(metric.value, &metric.number);
  const bool is_result = gathering->is_evaluation ||
                         (target != CRATE_NO_ENTRY && metric.is_number &&
                          (book->entries[target].kinds & CRATE_KIND_RESULT));
  if (metric.value.size && is_result && gathering->count < MOST_METRICS) {
    gathering->metrics[gathering->count++] = metric;
  }
  return CRATE_OK;
}

static CrateStatus
take_source(Gathering *gathering, const CrateJson *object)
{
  const CrateBook *const book = gathering->book;
  for (const CrateJson *key = crate_json_first_key(object); key;
       key = crate_json_next_key(key)) {
    const CrateBookKey *const known = crate_book_key(book, key);
    const CrateWord word = known ? known->word : CRATE_WORD_OTHER;
    if (word == CRATE_WORD_EVALUATION_RESULTS || word == CRATE_WORD_RESULT) {
      gathering->is_evaluation = word == CRATE_WORD_EVALUATION_RESULTS;
      CRATE_TRY(crate_book_each(key->next, take_result, gathering));
    }
  }
  return CRATE_OK;
}

CrateStatus
crate_book_metrics(const CrateBook *book,
                   CrateArena *arena,
                   CrateMetric **out,
                   size_t *count)
{
  Gathering gathering = {
    .book = book,
    .metrics = crate_arena_array(arena, MOST_METRICS, sizeof(CrateMetric))};
  *count = 0;
  if (!gathering.metrics) {
    return crate_arena_status(arena);
  }
  for (uint32_t i = 0; i < book->entry_count; ++i) {
    gathering.source = i;
    for (uint32_t part = book->entries[i].first_part; part != CRATE_NO_ENTRY;
         part = book->parts[part].next) {
      CRATE_TRY(take_source(&gathering, book->parts[part].object));
    }
  }
  *out = gathering.metrics;
  *count = gathering.count;
  return CRATE_OK;
}
