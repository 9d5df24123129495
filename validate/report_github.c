// SPDX-License-Identifier: Apache-2.0
// GitHub's workflow commands: an annotation for each finding. A runner obeys
// any line that starts with "::", so each line here starts with our own words.
#include "validate/report_escape.h"
#include "validate/report_formats.h"

static const char *const commands[] = {
  [CRATE_SEVERITY_INFO] = "notice",
  [CRATE_SEVERITY_WARNING] = "warning",
  [CRATE_SEVERITY_VIOLATION] = "error",
};

static void
add_line(CrateBuffer *buffer, const char *label, CrateText text)
{
  if (text.size) {
    crate_buffer_add_string(buffer, "%0A"); // a line break of the annotation
    crate_buffer_add_string(buffer, label);
    crate_escape_command(buffer, text);
  }
}

static void
write_finding(CrateBuffer *buffer, const CrateFinding *finding)
{
  crate_buffer_print(buffer, "::%s ", commands[finding->severity]);
  crate_buffer_add_string(buffer, "file=");
  crate_escape_property(buffer, crate_report_path(finding->file));
  if (finding->line) {
    crate_buffer_print(buffer, ",line=%u,col=%u", finding->line,
                       finding->column);
  }
  crate_buffer_add_string(buffer, ",title=");
  crate_escape_property(buffer, finding->rule);
  crate_buffer_add_string(buffer, "::");
  crate_escape_command(buffer, finding->message);
  add_line(buffer, "entity: ", finding->about);
  add_line(buffer, "do: ", finding->repair);
  add_line(buffer, "see: ", finding->spec);
  crate_buffer_add_byte(buffer, '\n');
}

/// Older runners obey "##[" wherever it stands in a line of the log.
static void
add_plain(CrateBuffer *buffer, CrateText text)
{
  while (text.size) {
    const size_t end = crate_text_find(text, '[');
    crate_escape_command(buffer, crate_text_slice(text, 0, end));
    crate_buffer_add_string(buffer, end < text.size ? "\\x5B" : "");
    text = crate_text_slice(text, end + 1u, text.size);
  }
}

static void
write_summary(CrateBuffer *buffer,
              const CrateReportStyle *style,
              const CrateVerdict *verdict)
{
  crate_buffer_add_string(buffer, "crate-validate: ");
  add_plain(buffer, crate_text_is(verdict->path, "-") ? CRATE_TEXT("<stdin>")
                                                      : verdict->path);
  crate_buffer_add_string(buffer,
                          crate_verdict_conforms(verdict, style->fail_on)
                            ? " conforms"
                            : " does not conform");
  crate_buffer_print(
    buffer, " (violations %zu, warnings %zu, notes %zu, not checked %zu",
    crate_verdict_new(verdict, CRATE_SEVERITY_VIOLATION),
    crate_verdict_new(verdict, CRATE_SEVERITY_WARNING),
    crate_verdict_new(verdict, CRATE_SEVERITY_INFO),
    verdict->not_checked_count);
  if (style->baseline) {
    crate_buffer_print(buffer, ", known %zu", crate_verdict_known(verdict));
  }
  crate_buffer_add_string(buffer, ")\n");
}

void
crate_report_github(CrateBuffer *buffer,
                    const CrateReportStyle *style,
                    const CrateVerdict *verdicts,
                    size_t count)
{
  CrateReportStyle new_only = *style;
  new_only.hide_known = true;
  for (size_t v = 0; v < count; ++v) {
    for (size_t i = 0; i < verdicts[v].finding_count; ++i) {
      if (crate_report_shows(&new_only, &verdicts[v].findings[i])) {
        write_finding(buffer, &verdicts[v].findings[i]);
      }
    }
    write_summary(buffer, style, &verdicts[v]);
  }
}
