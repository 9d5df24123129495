// SPDX-License-Identifier: Apache-2.0
// GitLab's code quality report: Code Climate's issues, cut to what GitLab
// reads.
#include "validate/report_escape.h"
#include "validate/report_formats.h"
#include "validate/report_index.h"
#include "validate/report_writer.h"

static const char *const severities[] = {
  [CRATE_SEVERITY_INFO] = "info",
  [CRATE_SEVERITY_WARNING] = "minor",
  [CRATE_SEVERITY_VIOLATION] = "critical",
};

/// A finding without a place is shown at the file's first line.
static void
write_item(CrateWriter *writer, const CrateReportItem *item)
{
  const CrateFinding *const finding = item->finding;
  crate_writer_open(writer, NULL, '{');
  crate_writer_text(writer, "description", finding->message);
  crate_writer_text(writer, "check_name",
                    finding->rule.size ? finding->rule : CRATE_TEXT("unnamed"));
  crate_writer_name(writer, "fingerprint"); // must be unique in the report
  crate_buffer_print(writer->buffer, "\"%016llx%016zx\"",
                     (unsigned long long)item->fingerprint, item->occurrence);
  crate_writer_string(writer, "severity", severities[finding->severity]);
  crate_writer_open(writer, "location", '{');
  crate_writer_text(writer, "path", crate_report_path(finding->file));
  crate_writer_open(writer, "lines", '{');
  crate_writer_number(writer, "begin", finding->line ? finding->line : 1u);
  crate_writer_close(writer, '}');
  crate_writer_close(writer, '}');
  crate_writer_close(writer, '}');
}

void
crate_report_gitlab(CrateBuffer *buffer,
                    const CrateReportStyle *style,
                    const CrateVerdict *verdicts,
                    size_t count)
{
  CrateReportIndex index;
  if (crate_report_index_init(&index, buffer, style, verdicts, count)) {
    CrateWriter writer = {.buffer = buffer};
    crate_writer_open(&writer, NULL, '[');
    for (size_t i = 0; i < index.item_count; ++i) {
      write_item(&writer, &index.items[i]);
    }
    crate_writer_close(&writer, ']');
    crate_buffer_add_byte(buffer, '\n');
  }
  crate_report_index_clear(&index);
}
