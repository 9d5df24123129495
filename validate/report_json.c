// SPDX-License-Identifier: Apache-2.0
// Findings for a program. The keys are those of docs/man/crate-validate.1.
#include "validate/report_formats.h"
#include <cratekit/json.h>

/// Writes members and elements, indented, with the commas where they belong.
typedef struct {
  CrateBuffer *buffer;
  unsigned depth;
  bool first; // of the innermost object or array
} Writer;

static void
next(Writer *writer)
{
  crate_buffer_add_string(writer->buffer, writer->first ? "\n" : ",\n");
  for (unsigned i = 0; i < writer->depth; ++i) {
    crate_buffer_add_string(writer->buffer, "  ");
  }
  writer->first = false;
}

/// Start a member; without a key, an element.
static void
name(Writer *writer, const char *key)
{
  next(writer);
  if (key) {
    crate_json_write_string(writer->buffer, crate_text(key));
    crate_buffer_add_string(writer->buffer, ": ");
  }
}

static void
open(Writer *writer, const char *key, char bracket)
{
  if (writer->depth) {
    name(writer, key);
  }
  crate_buffer_add_byte(writer->buffer, bracket);
  ++writer->depth;
  writer->first = true;
}

static void
close(Writer *writer, char bracket)
{
  const bool empty = writer->first;
  --writer->depth;
  if (!empty) {
    writer->first = true;
    next(writer);
    // next() began a line as for a first child: the bracket takes it.
  }
  crate_buffer_add_byte(writer->buffer, bracket);
  writer->first = false;
}

/// A string; empty ones are null, as there is nothing to say.
static void
put_text(Writer *writer, const char *key, CrateText text)
{
  name(writer, key);
  if (text.size) {
    crate_json_write_string(writer->buffer, text);
  } else {
    crate_buffer_add_string(writer->buffer, "null");
  }
}

static void
put_number(Writer *writer, const char *key, size_t number)
{
  name(writer, key);
  crate_buffer_print(writer->buffer, "%zu", number);
}

static void
put_flag(Writer *writer, const char *key, bool flag)
{
  name(writer, key);
  crate_buffer_add_string(writer->buffer, flag ? "true" : "false");
}

/// Lines and columns count from 1; no place is null.
static void
put_place(Writer *writer, const char *key, uint32_t number)
{
  if (number) {
    put_number(writer, key, number);
  } else {
    put_text(writer, key, (CrateText){NULL, 0});
  }
}

static void
write_finding(Writer *writer, const CrateFinding *finding)
{
  open(writer, NULL, '{');
  put_text(writer, "rule", finding->rule);
  put_text(writer, "severity",
           crate_text(crate_severity_text(finding->severity)));
  put_text(writer, "message", finding->message);
  put_text(writer, "focus", finding->focus);
  put_text(writer, "path", finding->path);
  put_text(writer, "value", finding->value);
  put_text(writer, "file", finding->file);
  put_place(writer, "line", finding->line);
  put_place(writer, "column", finding->column);
  if (finding->line && !finding->pointer.size) {
    name(writer, "pointer"); // the empty pointer is the whole document
    crate_buffer_add_string(writer->buffer, "\"\"");
  } else {
    put_text(writer, "pointer", finding->pointer);
  }
  put_text(writer, "spec", finding->spec);
  put_text(writer, "repair", finding->repair);
  close(writer, '}');
}

static void
write_counts(Writer *writer, const CrateVerdict *verdict)
{
  open(writer, "counts", '{');
  for (int s = CRATE_SEVERITY_VIOLATION; s >= CRATE_SEVERITY_INFO; --s) {
    put_number(writer, crate_severity_text((CrateSeverity)s),
               verdict->counts[s]);
  }
  close(writer, '}');
}

static void
write_not_checked(Writer *writer, const CrateVerdict *verdict)
{
  open(writer, "not_checked", '[');
  for (size_t i = 0; i < verdict->not_checked_count; ++i) {
    open(writer, NULL, '{');
    put_text(writer, "rule", verdict->not_checked[i].rule);
    put_text(writer, "reason", verdict->not_checked[i].reason);
    close(writer, '}');
  }
  close(writer, ']');
}

static void
write_verdict(Writer *writer,
              const CrateReportStyle *style,
              const CrateVerdict *verdict)
{
  open(writer, NULL, '{');
  put_text(writer, "path", verdict->path);
  open(writer, "profiles", '[');
  for (size_t i = 0; i < verdict->profile_count; ++i) {
    put_text(writer, NULL, verdict->profiles[i]);
  }
  close(writer, ']');
  put_flag(writer, "conforms", crate_verdict_conforms(verdict, style->fail_on));
  write_counts(writer, verdict);
  open(writer, "findings", '[');
  for (size_t i = 0; i < verdict->finding_count; ++i) {
    if (verdict->findings[i].severity >= style->show) {
      write_finding(writer, &verdict->findings[i]);
    }
  }
  close(writer, ']');
  write_not_checked(writer, verdict);
  close(writer, '}');
}

void
crate_report_json(CrateBuffer *buffer,
                  const CrateReportStyle *style,
                  const CrateVerdict *verdicts,
                  size_t count)
{
  Writer writer = {.buffer = buffer};
  open(&writer, NULL, '{');
  put_text(&writer, "tool", CRATE_TEXT("crate-validate"));
  put_text(&writer, "version", CRATE_TEXT(CRATE_VERSION));
  open(&writer, "crates", '[');
  for (size_t i = 0; i < count; ++i) {
    write_verdict(&writer, style, &verdicts[i]);
  }
  close(&writer, ']');
  close(&writer, '}');
  crate_buffer_add_byte(buffer, '\n');
}

/// RFC 2119 words that the severities stand for.
static const char *const levels[] = {
  [CRATE_SEVERITY_INFO] = "MAY",
  [CRATE_SEVERITY_WARNING] = "SHOULD",
  [CRATE_SEVERITY_VIOLATION] = "MUST",
};

static void
put_given(Writer *writer, const char *key, CrateText text)
{
  if (text.size) {
    put_text(writer, key, text);
  }
}

void
crate_report_json_rules(CrateBuffer *buffer,
                        const CrateRule *rules,
                        size_t count)
{
  Writer writer = {.buffer = buffer};
  open(&writer, NULL, '[');
  for (size_t i = 0; i < count; ++i) {
    open(&writer, NULL, '{');
    put_text(&writer, "id", rules[i].id);
    put_text(&writer, "profile", rules[i].profile);
    put_text(&writer, "level", crate_text(levels[rules[i].severity]));
    put_text(&writer, "message", rules[i].message);
    put_text(&writer, "spec", rules[i].spec);
    put_flag(&writer, "checked", rules[i].checked);
    if (rules[i].unjudged && !rules[i].said_by.size) {
      put_flag(&writer, "permission", true);
    }
    put_given(&writer, "said_by", rules[i].said_by);
    put_given(&writer, "repair", rules[i].repair);
    put_given(&writer, "broken", rules[i].broken);
    put_given(&writer, "mended", rules[i].mended);
    if (!rules[i].checked) {
      put_text(&writer, "reason", rules[i].reason);
    }
    close(&writer, '}');
  }
  close(&writer, ']');
  crate_buffer_add_byte(buffer, '\n');
}
