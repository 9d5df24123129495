// SPDX-License-Identifier: Apache-2.0
#include "validate/report_index.h"
#include <cratekit/map.h>
#include <stdlib.h>

/// A rule or not-checked check of that name, seen for the first time or again.
static CrateStatus
note_rule(CrateReportIndex *index,
          CrateMap *seen,
          CrateReportRule rule,
          CrateReportRule **out)
{
  uintptr_t at = 0;
  if (!crate_map_get(seen, rule.id, &at)) {
    CRATE_TRY(crate_world_reserve(index->world, &index->rules,
                                  &index->rule_capacity, index->rule_count + 1u,
                                  sizeof(CrateReportRule)));
    at = index->rule_count;
    CRATE_TRY(crate_map_put(seen, rule.id, at));
    index->rules[index->rule_count++] = rule;
  }
  *out = &index->rules[at];
  return CRATE_OK;
}

/// What is known of a rule, by bisection, or NULL.
static const CrateRule *
find_rule(const CrateReportStyle *style, CrateText id)
{
  size_t low = 0;
  size_t high = style->rule_count;
  while (low < high) {
    const size_t middle = low + (high - low) / 2u;
    const int order = crate_text_compare(style->rules[middle].id, id);
    if (!order) {
      return &style->rules[middle];
    }
    low = order < 0 ? middle + 1u : low;
    high = order < 0 ? high : middle;
  }
  return NULL;
}

static CrateStatus
note_judged(CrateReportIndex *index,
            CrateMap *seen,
            const CrateReportStyle *style,
            const CrateVerdict *verdict)
{
  CrateReportRule *noted = NULL;
  for (size_t i = 0; i < verdict->rule_count; ++i) {
    const CrateJudgedRule *const judged = &verdict->rules[i];
    const CrateRule *const known = find_rule(style, judged->id);
    CrateReportRule rule = {.id = judged->id,
                            .message = judged->message,
                            .severity = judged->severity};
    if (known) {
      rule.message = known->message;
      rule.spec = known->spec;
      rule.repair = known->repair;
    }
    CRATE_TRY(note_rule(index, seen, rule, &noted));
  }
  for (size_t i = 0; i < verdict->not_checked_count; ++i) {
    const CrateNotChecked *const check = &verdict->not_checked[i];
    CRATE_TRY(note_rule(index, seen,
                        (CrateReportRule){.id = check->rule,
                                          .message = check->reason,
                                          .severity = check->severity},
                        &noted));
    noted->not_checked = check;
  }
  return CRATE_OK;
}

/// FNV-1a: fixed for all times and machines, as fingerprints must be.
static uint64_t
mix(uint64_t hash, CrateText text)
{
  for (size_t i = 0; i < text.size; ++i) {
    hash = (hash ^ (unsigned char)text.data[i]) * 0x100000001B3u;
  }
  return (hash ^ 0xFFu) * 0x100000001B3u; // no byte of UTF-8: texts end here
}

static uint64_t
fingerprint(const CrateFinding *finding)
{
  const CrateText texts[] = {finding->rule, finding->file, finding->focus,
                             finding->path, finding->value};
  uint64_t hash = 0xCBF29CE484222325u;
  for (size_t i = 0; i < sizeof(texts) / sizeof(*texts); ++i) {
    hash = mix(hash, texts[i]);
  }
  return hash;
}

static CrateStatus
note_findings(CrateReportIndex *index,
              CrateMap *seen,
              const CrateReportStyle *style,
              const CrateVerdict *verdict,
              size_t number)
{
  CrateReportRule *noted = NULL;
  for (size_t i = 0; i < verdict->finding_count; ++i) {
    const CrateFinding *const finding = &verdict->findings[i];
    if (!crate_report_shows(style, finding)) {
      continue;
    }
    CRATE_TRY(note_rule(index, seen,
                        (CrateReportRule){.id = finding->rule,
                                          .message = finding->message,
                                          .spec = finding->spec,
                                          .repair = finding->repair,
                                          .severity = finding->severity},
                        &noted));
    CRATE_TRY(crate_world_reserve(index->world, &index->items,
                                  &index->item_capacity, index->item_count + 1u,
                                  sizeof(CrateReportItem)));
    index->items[index->item_count++] =
      (CrateReportItem){finding, number, 0, fingerprint(finding), 0};
  }
  return CRATE_OK;
}

static int
compare_rules(const void *a, const void *b)
{
  return crate_text_compare(((const CrateReportRule *)a)->id,
                            ((const CrateReportRule *)b)->id);
}

static int
compare_numbers(uint64_t a, uint64_t b)
{
  return (a > b) - (a < b);
}

/// By rule and then as found: findings of one verdict lie in one array.
static int
compare_items(const void *a, const void *b)
{
  const CrateReportItem *const x = (const CrateReportItem *)a;
  const CrateReportItem *const y = (const CrateReportItem *)b;
  return x->rule != y->rule ? compare_numbers(x->rule, y->rule)
         : x->verdict != y->verdict
           ? compare_numbers(x->verdict, y->verdict)
           : compare_numbers((uintptr_t)x->finding, (uintptr_t)y->finding);
}

static int
compare_fingerprints(const void *a, const void *b)
{
  const CrateReportItem *const x = (const CrateReportItem *)a;
  const CrateReportItem *const y = (const CrateReportItem *)b;
  return x->fingerprint != y->fingerprint
           ? compare_numbers(x->fingerprint, y->fingerprint)
           : compare_items(a, b);
}

/// Number the items that have the same fingerprint.
static void
number_items(CrateReportIndex *index)
{
  CrateReportItem *const items = index->items;
  qsort(items, index->item_count, sizeof(CrateReportItem),
        compare_fingerprints);
  for (size_t i = 1; i < index->item_count; ++i) {
    if (items[i].fingerprint == items[i - 1u].fingerprint) {
      items[i].occurrence = items[i - 1u].occurrence + 1u;
    }
  }
}

static void
sort(CrateReportIndex *index)
{
  if (index->rule_count) {
    qsort(index->rules, index->rule_count, sizeof(CrateReportRule),
          compare_rules);
  }
  if (!index->item_count) {
    return;
  }
  for (size_t i = 0; i < index->item_count; ++i) {
    index->items[i].rule =
      crate_report_index_rule(index, index->items[i].finding->rule);
  }
  number_items(index);
  qsort(index->items, index->item_count, sizeof(CrateReportItem),
        compare_items);
  for (size_t i = index->item_count; i-- > 0;) {
    CrateReportRule *const rule = &index->rules[index->items[i].rule];
    rule->first = i;
    ++rule->count;
  }
}

bool
crate_report_index_init(CrateReportIndex *index,
                        CrateBuffer *buffer,
                        const CrateReportStyle *style,
                        const CrateVerdict *verdicts,
                        size_t count)
{
  CrateMap seen;
  CrateStatus st = CRATE_OK;
  *index = (CrateReportIndex){.world = buffer->world};
  crate_map_init(&seen, buffer->world);
  for (size_t i = 0; i < count && !st; ++i) {
    st = note_judged(index, &seen, style, &verdicts[i]);
  }
  for (size_t i = 0; i < count && !st; ++i) {
    st = note_findings(index, &seen, style, &verdicts[i], i);
  }
  crate_map_clear(&seen);
  if (st) {
    buffer->status = buffer->status ? buffer->status : st;
    crate_report_index_clear(index);
    return false;
  }
  sort(index);
  return true;
}

void
crate_report_index_clear(CrateReportIndex *index)
{
  crate_world_release(index->world, index->rules);
  crate_world_release(index->world, index->items);
  *index = (CrateReportIndex){.world = index->world};
}

size_t
crate_report_index_rule(const CrateReportIndex *index, CrateText id)
{
  size_t low = 0;
  size_t high = index->rule_count;
  while (low < high) {
    const size_t middle = low + (high - low) / 2u;
    if (crate_text_compare(index->rules[middle].id, id) < 0) {
      low = middle + 1u;
    } else {
      high = middle;
    }
  }
  return low < index->rule_count && crate_text_equal(index->rules[low].id, id)
           ? low
           : index->rule_count;
}

/// End of a JSON string that starts at `from`, behind its last quote.
static size_t
string_end(CrateText line, size_t from)
{
  for (size_t i = from + 1u; i < line.size; ++i) {
    if (line.data[i] == '\\') {
      ++i;
    } else if (line.data[i] == '"') {
      return i + 1u;
    }
  }
  return line.size;
}

/// End of the object or array that starts at `from`, if the line holds it.
static size_t
bracket_end(CrateText line, size_t from)
{
  size_t depth = 0;
  for (size_t i = from; i < line.size; ++i) {
    const char byte = line.data[i];
    if (byte == '"') {
      i = string_end(line, i) - 1u;
    } else if (byte == '{' || byte == '[') {
      ++depth;
    } else if ((byte == '}' || byte == ']') && --depth == 0) {
      return i + 1u;
    }
  }
  return from + 1u;
}

bool
crate_report_culprit(const CrateFinding *finding, size_t *from, size_t *to)
{
  const CrateText line = finding->excerpt;
  *from = finding->column - finding->excerpt_column; // wraps where it is before
  if (!finding->line || *from >= line.size) {
    return false;
  }
  *to = *from + 1u;
  if (line.data[*from] == '"') {
    *to = string_end(line, *from);
  } else if (line.data[*from] == '{' || line.data[*from] == '[') {
    *to = bracket_end(line, *from);
  } else if (!strchr("{}[]:,", line.data[*from])) {
    while (*to < line.size && !strchr("{}[]:, \t\r", line.data[*to])) {
      ++*to;
    }
  }
  return true;
}

size_t
crate_report_characters(CrateText text)
{
  size_t count = 0;
  for (size_t i = 0; i < text.size; ++i) {
    count += ((unsigned char)text.data[i] & 0xC0u) != 0x80u;
  }
  return count;
}

CrateText
crate_report_detail(CrateText message, CrateText statement)
{
  const CrateText rest =
    crate_text_slice(message, statement.size, message.size);
  return !crate_text_starts(message, statement) ? message
         : crate_text_starts(rest, CRATE_TEXT(": "))
           ? crate_text_slice(rest, 2, rest.size)
           : rest;
}
