// SPDX-License-Identifier: Apache-2.0
// Verdicts as actions that a crate can keep: an AssessAction of schema.org for
// each, and a Comment for each finding, to be put into an @graph. Review
// phases of Five Safes RO-Crates are recorded in the same way.
#include "validate/report_formats.h"
#include "validate/report_writer.h"
#include <stdio.h>
#include <time.h>

static void
write_reference(CrateWriter *writer, const char *key, const char *id)
{
  crate_writer_open(writer, key, '{');
  crate_writer_string(writer, "@id", id);
  crate_writer_close(writer, '}');
}

static void
write_time(CrateWriter *writer, uint64_t seconds)
{
  char text[32];
  struct tm parts;
  const time_t now = (time_t)seconds;
  if (gmtime_r(&now, &parts) &&
      strftime(text, sizeof(text), "%Y-%m-%dT%H:%M:%SZ", &parts)) {
    crate_writer_string(writer, "endTime", text);
  }
}

static bool
is_shown(const CrateReportStyle *style, const CrateFinding *finding)
{
  return finding->severity >= style->show;
}

/// What the assessment was by, and what it came to, as a person would say it.
static void
write_name(CrateWriter *writer,
           const CrateReportStyle *style,
           const CrateVerdict *verdict)
{
  CrateBuffer name;
  crate_buffer_init(&name, writer->buffer->world);
  crate_buffer_add_string(&name, "Assessment by");
  for (size_t i = 0; i < verdict->profile_count; ++i) {
    crate_buffer_print(&name, "%s %.*s", i ? "," : "",
                       CRATE_TEXT_ARG(verdict->profiles[i]));
  }
  crate_buffer_add_string(&name, ": ");
  if (verdict->outcome.size) {
    crate_buffer_add(&name, verdict->outcome);
  } else {
    crate_buffer_add_string(&name,
                            crate_verdict_conforms(verdict, style->fail_on)
                              ? "it conforms"
                              : "it does not conform");
  }
  crate_writer_text(writer, "name", crate_buffer_text(&name));
  writer->buffer->status = writer->buffer->status ? writer->buffer->status
                                                  : crate_buffer_status(&name);
  crate_buffer_clear(&name);
}

static void
write_action(CrateWriter *writer,
             const CrateReportStyle *style,
             const CrateVerdict *verdict,
             size_t number)
{
  char id[64];
  snprintf(id, sizeof(id), "#assessment-%zu", number);
  crate_writer_open(writer, NULL, '{');
  crate_writer_string(writer, "@id", id);
  crate_writer_string(writer, "@type", "AssessAction");
  write_name(writer, style, verdict);
  write_reference(writer, "object", "./");
  write_reference(writer, "instrument", "#crate-validate");
  write_reference(writer, "actionStatus",
                  crate_verdict_conforms(verdict, style->fail_on)
                    ? "http://schema.org/CompletedActionStatus"
                    : "http://schema.org/FailedActionStatus");
  write_time(writer, style->time);
  crate_writer_open(writer, "result", '[');
  for (size_t i = 0; i < verdict->finding_count; ++i) {
    if (is_shown(style, &verdict->findings[i])) {
      snprintf(id, sizeof(id), "#assessment-%zu-%zu", number, i + 1u);
      write_reference(writer, NULL, id);
    }
  }
  crate_writer_close(writer, ']');
  crate_writer_close(writer, '}');
}

static void
write_comment(CrateWriter *writer,
              const CrateFinding *finding,
              size_t number,
              size_t index)
{
  char id[64];
  snprintf(id, sizeof(id), "#assessment-%zu-%zu", number, index);
  crate_writer_open(writer, NULL, '{');
  crate_writer_string(writer, "@id", id);
  crate_writer_string(writer, "@type", "Comment");
  crate_writer_text(writer, "name", finding->rule);
  crate_writer_string(writer, "additionalType",
                      crate_severity_text(finding->severity));
  crate_writer_text(writer, "text", finding->message);
  if (finding->focus.size) {
    crate_writer_open(writer, "about", '{');
    crate_writer_text(writer, "@id", finding->focus);
    crate_writer_close(writer, '}');
  }
  crate_writer_close(writer, '}');
}

void
crate_report_assessment(CrateBuffer *buffer,
                        const CrateReportStyle *style,
                        const CrateVerdict *verdicts,
                        size_t count)
{
  CrateWriter writer = {.buffer = buffer};
  crate_writer_open(&writer, NULL, '[');
  for (size_t v = 0; v < count; ++v) {
    write_action(&writer, style, &verdicts[v], v + 1u);
    for (size_t i = 0; i < verdicts[v].finding_count; ++i) {
      if (is_shown(style, &verdicts[v].findings[i])) {
        write_comment(&writer, &verdicts[v].findings[i], v + 1u, i + 1u);
      }
    }
  }
  crate_writer_open(&writer, NULL, '{');
  crate_writer_string(&writer, "@id", "#crate-validate");
  crate_writer_string(&writer, "@type", "SoftwareApplication");
  crate_writer_string(&writer, "name", "crate-validate");
  crate_writer_string(&writer, "softwareVersion", CRATE_VERSION);
  crate_writer_close(&writer, '}');
  crate_writer_close(&writer, ']');
  crate_buffer_add_byte(buffer, '\n');
}
