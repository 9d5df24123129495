// SPDX-License-Identifier: Apache-2.0
// Results of evaluations: a bar for each number, and the numbers in a table.
#include "convert/pages/html.h"
#include "convert/pages/metrics.h"
#include "convert/pages/text.h"
#include <math.h>

/// Of a bar plot, in pixels.
enum { WIDTH = 480, LABEL = 150, ROW = 22, BAR = 14 };

/// Neighbouring metrics with one source.
typedef struct Group {
  const CrateMetric *metrics;
  size_t count;
  double least, most; ///< Of the axis.
} Group;

/// The axis holds zero, and one where all are shares.
static void
measure(Group *group)
{
  group->least = 0;
  group->most = 0;
  for (size_t i = 0; i < group->count; ++i) {
    if (group->metrics[i].is_number) {
      group->least = fmin(group->least, group->metrics[i].number);
      group->most = fmax(group->most, group->metrics[i].number);
    }
  }
  if (group->least >= 0 && group->most <= 1) {
    group->most = 1;
  }
}

/// Where a number is on the axis, in pixels from its left.
static int
place(const Group *group, double number)
{
  // Halves, as the whole range of doubles has no difference.
  const double range = group->most / 2 - group->least / 2;
  const double at = (number / 2 - group->least / 2) / range;
  return range > 0 ? (int)(at * (WIDTH - LABEL - 70)) : 0;
}

static void
write_bar(CrateBuffer *buffer, const Group *group, size_t i)
{
  const CrateMetric *const metric = &group->metrics[i];
  const int zero = place(group, 0);
  const int end = place(group, metric->number);
  const int top = (int)i * ROW;
  const int from = end < zero ? end : zero;
  const int to = end < zero ? zero : end;
  CrateText name = metric->name;
  const CrateText line = crate_text_next_line(&name, 22);
  crate_buffer_print(buffer,
                     "<text x=\"%d\" y=\"%d\" fill=\"currentColor\" "
                     "text-anchor=\"end\">",
                     LABEL - 8, top + ROW - 7);
  crate_page_name(buffer, line);
  crate_buffer_print(buffer,
                     "%s</text><rect class=\"bar\" x=\"%d\" y=\"%d\" "
                     "width=\"%d\" height=\"%d\"/>",
                     name.size ? "\xE2\x80\xA6" : "", LABEL + from,
                     top + (ROW - BAR) / 2, to > from ? to - from : 1, BAR);
  crate_buffer_print(buffer, "<text x=\"%d\" y=\"%d\" fill=\"currentColor\">",
                     LABEL + to + 6, top + ROW - 7);
  crate_page_name(buffer, crate_text_cut(metric->value, 9));
  crate_buffer_add_string(buffer, "</text>\n");
}

static void
write_plot(const CratePage *page, const Group *group)
{
  CrateBuffer *const buffer = page->buffer;
  const int height = (int)group->count * ROW;
  crate_buffer_print(
    buffer,
    "<svg xmlns=\"http://www.w3.org/2000/svg\" class=\"plot\" role=\"img\" "
    "aria-label=\"Bars of the numbers in the table below\" width=\"%d\" "
    "height=\"%d\" viewBox=\"0 0 %d %d\">\n",
    WIDTH, height, WIDTH, height);
  for (size_t i = 0; i < group->count; ++i) {
    if (group->metrics[i].is_number) {
      write_bar(buffer, group, i);
    }
  }
  const int zero = LABEL + place(group, 0);
  crate_buffer_print(buffer,
                     "<line class=\"axis\" x1=\"%d\" y1=\"0\" x2=\"%d\" "
                     "y2=\"%d\"/>\n</svg>\n",
                     zero, zero, height);
}

/// "of the model, on the data", as far as it is said.
static CrateStatus
write_caption(const CratePage *page, uint32_t source)
{
  static const struct {
    CrateWord word;
    const char *before;
  } parts[] = {{CRATE_WORD_EVALUATED_MODEL, " of "},
               {CRATE_WORD_EVALUATION_DATA, " on "}};
  CrateBuffer *const buffer = page->buffer;
  crate_buffer_add_string(buffer, "<caption>Results");
  for (size_t i = 0; i < 2u; ++i) {
    if (crate_book_get(page->book, source, parts[i].word)) {
      crate_buffer_add_string(buffer, parts[i].before);
      CRATE_TRY(crate_page_word(page, source, parts[i].word));
    }
  }
  crate_buffer_add_string(buffer, "</caption>\n");
  return CRATE_OK;
}

static void
write_row(CrateBuffer *buffer, const CrateMetric *metric)
{
  crate_buffer_add_string(buffer, "<tr><th scope=\"row\">");
  crate_page_name(buffer,
                  metric->name.size ? metric->name : CRATE_TEXT("result"));
  crate_buffer_add_string(buffer, "</th><td>");
  crate_page_text(buffer, metric->value);
  if (metric->unit.size) {
    crate_buffer_add_byte(buffer, ' ');
    crate_page_name(buffer, metric->unit);
  }
  crate_buffer_add_string(buffer, "</td></tr>\n");
}

static CrateStatus
write_group(const CratePage *page, Group *group)
{
  CrateBuffer *const buffer = page->buffer;
  const uint32_t source = group->metrics->source;
  bool any = false;
  for (size_t i = 0; i < group->count; ++i) {
    any |= group->metrics[i].is_number;
  }
  crate_buffer_add_string(buffer, "<h3>");
  crate_page_entry(page, source);
  crate_buffer_add_string(buffer, "</h3>\n");
  if (any) {
    measure(group);
    write_plot(page, group);
  }
  crate_buffer_add_string(buffer, "<table>\n");
  CRATE_TRY(write_caption(page, source));
  crate_buffer_add_string(buffer, "<thead><tr><th scope=\"col\">Metric</th>"
                                  "<th scope=\"col\">Value</th></tr></thead>\n"
                                  "<tbody>\n");
  for (size_t i = 0; i < group->count; ++i) {
    write_row(buffer, &group->metrics[i]);
  }
  crate_buffer_add_string(buffer, "</tbody>\n</table>\n");
  crate_buffer_drain(buffer);
  return CRATE_OK;
}

static CrateStatus
write_groups(const CratePage *page, const CrateMetric *metrics, size_t count)
{
  crate_buffer_add_string(page->buffer,
                          "<section aria-labelledby=\"metrics\">\n"
                          "<h2 id=\"metrics\">Metrics</h2>\n");
  for (size_t i = 0; i < count;) {
    Group group = {metrics + i, 0, 0, 0};
    while (i < count && metrics[i].source == group.metrics->source) {
      ++group.count;
      ++i;
    }
    CRATE_TRY(write_group(page, &group));
  }
  crate_buffer_add_string(page->buffer, "</section>\n");
  return CRATE_OK;
}

CrateStatus
crate_page_metrics(const CratePage *page)
{
  CrateArena arena;
  CrateMetric *metrics = NULL;
  size_t count;
  crate_arena_init(&arena, page->book->world);
  CrateStatus status = crate_book_metrics(page->book, &arena, &metrics, &count);
  if (!status && count) {
    status = write_groups(page, metrics, count);
  }
  crate_arena_clear(&arena);
  return status;
}
