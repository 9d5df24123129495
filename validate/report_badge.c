// SPDX-License-Identifier: Apache-2.0
// The schema of shields.io's endpoint badge.
#include "validate/report_formats.h"
#include "validate/report_writer.h"
#include <stdio.h>

/// What the crates come to.
typedef struct {
  size_t crates, conforming, counts[3];
} Sum;

static Sum
add_up(const CrateReportStyle *style,
       const CrateVerdict *verdicts,
       size_t count)
{
  Sum sum = {.crates = count + style->unread};
  for (size_t v = 0; v < count; ++v) {
    sum.conforming += crate_verdict_conforms(&verdicts[v], style->fail_on);
    for (size_t s = 0; s < 3; ++s) {
      sum.counts[s] += verdicts[v].counts[s];
    }
  }
  return sum;
}

static void
write_words(const Sum *sum, size_t judged, char *words, size_t size)
{
  if (!judged) {
    snprintf(words, size, "not judged");
  } else if (sum->crates > 1) {
    snprintf(words, size, "%zu of %zu conform", sum->conforming, sum->crates);
  } else {
    snprintf(words, size, "%s",
             sum->conforming ? "conforms" : "does not conform");
  }
}

static const char *
colour_of(const Sum *sum, size_t judged)
{
  return !judged                         ? "lightgrey"
         : sum->conforming < sum->crates ? "red"
         : sum->counts[CRATE_SEVERITY_VIOLATION] ||
             sum->counts[CRATE_SEVERITY_WARNING]
           ? "green"
           : "brightgreen";
}

/// The profile, where all are judged by the same first one.
static CrateText
label_of(const CrateVerdict *verdicts, size_t count)
{
  const CrateText label = CRATE_TEXT("RO-Crate");
  for (size_t v = 0; v < count; ++v) {
    if (!verdicts[v].profile_count ||
        !crate_text_equal(verdicts[v].profiles[0], verdicts[0].profiles[0])) {
      return label;
    }
  }
  return count ? verdicts[0].profiles[0] : label;
}

void
crate_report_badge(CrateBuffer *buffer,
                   const CrateReportStyle *style,
                   const CrateVerdict *verdicts,
                   size_t count)
{
  char words[64];
  const Sum sum = add_up(style, verdicts, count);
  write_words(&sum, count, words, sizeof(words));
  CrateWriter writer = {.buffer = buffer};
  crate_writer_open(&writer, NULL, '{');
  crate_writer_number(&writer, "schemaVersion", 1);
  crate_writer_text(&writer, "label", label_of(verdicts, count));
  crate_writer_string(&writer, "message", words);
  crate_writer_string(&writer, "color", colour_of(&sum, count));
  crate_writer_close(&writer, '}');
  crate_buffer_add_byte(buffer, '\n');
}
