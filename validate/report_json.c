// SPDX-License-Identifier: Apache-2.0
// Findings for a program. The keys are those of docs/man/crate-validate.1.
#include "validate/report_formats.h"
#include "validate/report_writer.h"

static void
write_finding(CrateWriter *writer, const CrateFinding *finding)
{
  crate_writer_open(writer, NULL, '{');
  crate_writer_text(writer, "rule", finding->rule);
  crate_writer_text(writer, "severity",
                    crate_text(crate_severity_text(finding->severity)));
  crate_writer_text(writer, "message", finding->message);
  crate_writer_text(writer, "focus", finding->focus);
  if (!finding->focus.size) {
    crate_writer_given(writer, "about", finding->about);
  }
  crate_writer_text(writer, "path", finding->path);
  crate_writer_text(writer, "value", finding->value);
  crate_writer_text(writer, "file", finding->file);
  crate_writer_place(writer, "line", finding->line);
  crate_writer_place(writer, "column", finding->column);
  if (finding->pointer.data && !finding->pointer.size) {
    crate_writer_name(writer,
                      "pointer"); // the empty pointer is the whole document
    crate_buffer_add_string(writer->buffer, "\"\"");
  } else {
    crate_writer_text(writer, "pointer", finding->pointer);
  }
  crate_writer_text(writer, "spec", finding->spec);
  crate_writer_text(writer, "repair", finding->repair);
  if (finding->known) {
    crate_writer_flag(writer, "known", true);
  }
  if (finding->patch.size) { // JSON already
    crate_writer_name(writer, "patch");
    crate_buffer_add(writer->buffer, finding->patch);
  }
  crate_writer_close(writer, '}');
}

static void
write_counts(CrateWriter *writer, const char *key, const size_t counts[3])
{
  crate_writer_open(writer, key, '{');
  for (int s = CRATE_SEVERITY_VIOLATION; s >= CRATE_SEVERITY_INFO; --s) {
    crate_writer_number(writer, crate_severity_text((CrateSeverity)s),
                        counts[s]);
  }
  crate_writer_close(writer, '}');
}

static void
write_not_checked(CrateWriter *writer, const CrateVerdict *verdict)
{
  crate_writer_open(writer, "not_checked", '[');
  for (size_t i = 0; i < verdict->not_checked_count; ++i) {
    if (writer->compact && verdict->not_checked[i].never) {
      continue; // the same for a million crates
    }
    crate_writer_open(writer, NULL, '{');
    crate_writer_text(writer, "rule", verdict->not_checked[i].rule);
    crate_writer_text(writer, "reason", verdict->not_checked[i].reason);
    crate_writer_close(writer, '}');
  }
  crate_writer_close(writer, ']');
}

static void
write_card(CrateWriter *writer, const CrateVerdict *verdict)
{
  if (!verdict->card_count) {
    return;
  }
  crate_writer_open(writer, "card", '[');
  for (size_t i = 0; i < verdict->card_count; ++i) {
    const CrateScore *const score = &verdict->card[i];
    crate_writer_open(writer, NULL, '{');
    crate_writer_text(writer, "metric", score->metric);
    crate_writer_text(writer, "title", score->title);
    crate_writer_string(writer, "status", crate_score_text(score->status));
    crate_writer_text(writer, "evidence", score->evidence);
    if (score->known) {
      crate_writer_flag(writer, "known", true);
    }
    crate_writer_close(writer, '}');
  }
  crate_writer_close(writer, ']');
}

/// The members of a verdict's object.
static void
write_verdict(CrateWriter *writer,
              const CrateReportStyle *style,
              const CrateVerdict *verdict)
{
  crate_writer_text(writer, "path", verdict->path);
  crate_writer_open(writer, "profiles", '[');
  for (size_t i = 0; i < verdict->profile_count; ++i) {
    crate_writer_text(writer, NULL, verdict->profiles[i]);
  }
  crate_writer_close(writer, ']');
  crate_writer_flag(writer, "conforms",
                    crate_verdict_conforms(verdict, style->fail_on));
  crate_writer_given(writer, "outcome", verdict->outcome);
  write_card(writer, verdict);
  write_counts(writer, "counts", verdict->counts);
  if (style->baseline) {
    write_counts(writer, "known", verdict->known);
  }
  crate_writer_open(writer, "findings", '[');
  for (size_t i = 0; i < verdict->finding_count; ++i) {
    if (crate_report_shows(style, &verdict->findings[i])) {
      write_finding(writer, &verdict->findings[i]);
    }
  }
  crate_writer_close(writer, ']');
  write_not_checked(writer, verdict);
}

/// The writer between two verdicts: inside of the object's array.
static CrateWriter
writer_between(CrateBuffer *buffer, size_t before)
{
  return (CrateWriter){.buffer = buffer, .depth = 2, .first = !before};
}

static void
begin(CrateBuffer *buffer)
{
  CrateWriter writer = {.buffer = buffer};
  crate_writer_open(&writer, NULL, '{');
  crate_writer_text(&writer, "tool", CRATE_TEXT("crate-validate"));
  crate_writer_text(&writer, "version", CRATE_TEXT(CRATE_VERSION));
  crate_writer_open(&writer, "crates", '[');
}

static void
add_verdict(CrateBuffer *buffer,
            const CrateReportStyle *style,
            const CrateVerdict *verdict,
            size_t before)
{
  CrateWriter writer = writer_between(buffer, before);
  crate_writer_open(&writer, NULL, '{');
  write_verdict(&writer, style, verdict);
  crate_writer_close(&writer, '}');
}

static void
end(CrateBuffer *buffer, const CrateReportStyle *style, const CrateTally *tally)
{
  (void)style;
  CrateWriter writer = writer_between(buffer, tally->crates - tally->unread);
  crate_writer_close(&writer, ']');
  crate_writer_open(&writer, "summary", '{');
  crate_writer_number(&writer, "crates", tally->crates);
  crate_writer_number(&writer, "conform", tally->conforming);
  crate_writer_number(&writer, "unread", tally->unread);
  crate_writer_close(&writer, '}');
  crate_writer_close(&writer, '}');
  crate_buffer_add_byte(buffer, '\n');
}

const CrateReportParts crate_report_json = {begin, add_verdict, end};

void
crate_report_json_line(CrateBuffer *buffer,
                       const CrateReportStyle *style,
                       const CrateVerdict *verdict,
                       size_t line)
{
  CrateWriter writer = {.buffer = buffer, .compact = true};
  crate_writer_open(&writer, NULL, '{');
  crate_writer_number(&writer, "line", line);
  write_verdict(&writer, style, verdict);
  crate_writer_close(&writer, '}');
  crate_buffer_add_byte(buffer, '\n');
}

void
crate_report_json_error(CrateBuffer *buffer,
                        CrateText path,
                        CrateText error,
                        size_t line)
{
  CrateWriter writer = {.buffer = buffer, .compact = true};
  crate_writer_open(&writer, NULL, '{');
  crate_writer_number(&writer, "line", line);
  crate_writer_text(&writer, "path", path);
  crate_writer_text(&writer, "error", error);
  crate_writer_close(&writer, '}');
  crate_buffer_add_byte(buffer, '\n');
}

/// RFC 2119 words that the severities stand for.
static const char *const levels[] = {
  [CRATE_SEVERITY_INFO] = "MAY",
  [CRATE_SEVERITY_WARNING] = "SHOULD",
  [CRATE_SEVERITY_VIOLATION] = "MUST",
};

void
crate_report_json_rules(CrateBuffer *buffer,
                        const CrateRule *rules,
                        size_t count)
{
  CrateWriter writer = {.buffer = buffer};
  crate_writer_open(&writer, NULL, '[');
  for (size_t i = 0; i < count; ++i) {
    crate_writer_open(&writer, NULL, '{');
    crate_writer_text(&writer, "id", rules[i].id);
    crate_writer_text(&writer, "profile", rules[i].profile);
    crate_writer_text(&writer, "level", crate_text(levels[rules[i].severity]));
    crate_writer_text(&writer, "message", rules[i].message);
    crate_writer_text(&writer, "spec", rules[i].spec);
    crate_writer_flag(&writer, "checked", rules[i].checked);
    if (rules[i].unjudged && !rules[i].said_by.size) {
      crate_writer_flag(&writer, "permission", true);
    }
    crate_writer_given(&writer, "said_by", rules[i].said_by);
    crate_writer_given(&writer, "repair", rules[i].repair);
    crate_writer_given(&writer, "broken", rules[i].broken);
    crate_writer_given(&writer, "mended", rules[i].mended);
    if (!rules[i].checked) {
      crate_writer_text(&writer, "reason", rules[i].reason);
    }
    crate_writer_close(&writer, '}');
  }
  crate_writer_close(&writer, ']');
  crate_buffer_add_byte(buffer, '\n');
}
