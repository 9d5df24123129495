// SPDX-License-Identifier: Apache-2.0
// SARIF 2.1.0 (OASIS Standard): one run, whatever the number of crates, as
// GitHub takes one run of a tool an upload.
#include "validate/report_escape.h"
#include "validate/report_formats.h"
#include "validate/report_index.h"
#include "validate/report_writer.h"
#include <cratekit/json.h>

#define SCHEMA                                                                 \
  "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/"        \
  "sarif-schema-2.1.0.json"

/// SARIF 3.27.10.
static const char *const levels[] = {
  [CRATE_SEVERITY_INFO] = "note",
  [CRATE_SEVERITY_WARNING] = "warning",
  [CRATE_SEVERITY_VIOLATION] = "error",
};

/// A message object, SARIF 3.11.
static void
write_message(CrateWriter *writer, const char *key, CrateText text)
{
  crate_writer_open(writer, key, '{');
  crate_writer_text(writer, "text",
                    text.size ? text : CRATE_TEXT("(no message)"));
  crate_writer_close(writer, '}');
}

/// A string made of pieces that `fill` appends to a buffer.
static void
write_made(CrateWriter *writer,
           const char *key,
           CrateText text,
           void (*fill)(CrateBuffer *buffer, CrateText text))
{
  CrateBuffer made;
  crate_buffer_init(&made, writer->buffer->world);
  fill(&made, text);
  if (crate_buffer_status(&made) && !writer->buffer->status) {
    writer->buffer->status = crate_buffer_status(&made);
  }
  crate_writer_text(writer, key, crate_buffer_text(&made));
  crate_buffer_clear(&made);
}

/// A rule's help: 3.49.11 wants text wherever there is Markdown.
static void
write_help(CrateWriter *writer, const CrateReportRule *rule)
{
  CrateBuffer text;
  CrateBuffer markdown;
  crate_buffer_init(&text, writer->buffer->world);
  crate_buffer_init(&markdown, writer->buffer->world);
  const CrateText parts[] = {rule->message, rule->repair, rule->spec};
  static const char *const labels[] = {"", "What to do: ", "See: "};
  static const char *const marks[] = {"", "**What to do:** ", "**See:** "};
  for (size_t i = 0; i < 3; ++i) {
    if (parts[i].size) {
      crate_buffer_add_string(&text, text.size ? "\n" : "");
      crate_buffer_add_string(&text, labels[i]);
      crate_buffer_add(&text, parts[i]);
      crate_buffer_add_string(&markdown, markdown.size ? "\n\n" : "");
      crate_buffer_add_string(&markdown, marks[i]);
      const bool link = i == 2 && crate_is_link(parts[i]);
      crate_buffer_add_string(&markdown, link ? "<" : "");
      (link ? crate_escape_uri : crate_escape_markdown)(&markdown, parts[i]);
      crate_buffer_add_string(&markdown, link ? ">" : "");
    }
  }
  if (text.status || markdown.status) {
    writer->buffer->status = text.status ? text.status : markdown.status;
  }
  crate_writer_open(writer, "help", '{');
  crate_writer_text(writer, "text", crate_buffer_text(&text));
  crate_writer_text(writer, "markdown", crate_buffer_text(&markdown));
  crate_writer_close(writer, '}');
  crate_buffer_clear(&text);
  crate_buffer_clear(&markdown);
}

/// A reportingDescriptor, SARIF 3.49.
static void
write_rule(CrateWriter *writer, const CrateReportRule *rule)
{
  crate_writer_open(writer, NULL, '{');
  crate_writer_text(writer, "id",
                    rule->id.size ? rule->id : CRATE_TEXT("unnamed"));
  write_message(writer, "shortDescription", rule->message);
  write_message(writer, "fullDescription", rule->message);
  if (crate_is_link(rule->spec)) {
    write_made(writer, "helpUri", rule->spec, crate_escape_uri);
  }
  if (rule->message.size) {
    write_help(writer, rule);
  }
  crate_writer_open(writer, "defaultConfiguration", '{');
  crate_writer_string(writer, "level", levels[rule->severity]);
  crate_writer_close(writer, '}');
  crate_writer_open(writer, "properties", '{');
  crate_writer_open(writer, "tags", '[');
  crate_writer_string(writer, NULL, "metadata");
  crate_writer_close(writer, ']');
  crate_writer_close(writer, '}');
  crate_writer_close(writer, '}');
}

/// SARIF 3.4: relative to the checked-out sources, or absolute.
static void
write_artifact(CrateWriter *writer, CrateText file)
{
  const bool absolute = crate_text_starts(file, CRATE_TEXT("/"));
  CrateBuffer uri;
  crate_buffer_init(&uri, writer->buffer->world);
  crate_buffer_add_string(&uri, absolute ? "file://" : "");
  crate_escape_uri(&uri, crate_report_path(file));
  if (uri.status) {
    writer->buffer->status = uri.status;
  }
  crate_writer_open(writer, "artifactLocation", '{');
  crate_writer_text(writer, "uri", crate_buffer_text(&uri));
  if (!absolute) {
    crate_writer_string(writer, "uriBaseId", "%SRCROOT%");
  }
  crate_writer_close(writer, '}');
  crate_buffer_clear(&uri);
}

static void
write_region(CrateWriter *writer,
             const char *key,
             const CrateFinding *finding,
             uint32_t start,
             CrateText text)
{
  crate_writer_open(writer, key, '{');
  crate_writer_number(writer, "startLine", finding->line);
  if (start) {
    crate_writer_number(writer, "startColumn", start);
  }
  if (start && text.size) {
    crate_writer_number(writer, "endColumn",
                        start + crate_report_characters(text));
    write_message(writer, "snippet", text);
  }
  crate_writer_close(writer, '}');
}

/// SARIF 3.29.4 and 3.29.5: the culprit, and more of its line. Columns count
/// characters.
static void
write_regions(CrateWriter *writer, const CrateFinding *finding)
{
  const CrateText line = finding->excerpt;
  size_t from = 0;
  size_t to = 0;
  if (!crate_report_culprit(finding, &from, &to)) {
    write_region(writer, "region", finding, finding->character, CRATE_TEXT(""));
    return;
  }
  write_region(writer, "region", finding, finding->character,
               crate_text_slice(line, from, to));
  const size_t lead = crate_report_characters(crate_text_slice(line, 0, from));
  if (to - from < line.size && finding->character > lead) {
    write_region(writer, "contextRegion", finding,
                 finding->character - (uint32_t)lead, line);
  }
}

static void
write_location(CrateWriter *writer, const CrateFinding *finding)
{
  crate_writer_open(writer, "locations", '[');
  crate_writer_open(writer, NULL, '{');
  crate_writer_open(writer, "physicalLocation", '{');
  write_artifact(writer, finding->file);
  if (finding->line) {
    write_regions(writer, finding);
  }
  crate_writer_close(writer, '}');
  if (finding->about.size) {
    crate_writer_open(writer, "logicalLocations", '[');
    crate_writer_open(writer, NULL, '{');
    crate_writer_text(writer, "name", finding->about);
    crate_writer_given(writer, "fullyQualifiedName", finding->pointer);
    crate_writer_close(writer, '}');
    crate_writer_close(writer, ']');
  }
  crate_writer_close(writer, '}');
  crate_writer_close(writer, ']');
}

static void
write_result(CrateWriter *writer,
             const CrateReportStyle *style,
             const CrateReportItem *item)
{
  const CrateFinding *const finding = item->finding;
  crate_writer_open(writer, NULL, '{');
  crate_writer_text(writer, "ruleId",
                    finding->rule.size ? finding->rule : CRATE_TEXT("unnamed"));
  crate_writer_number(writer, "ruleIndex", item->rule);
  crate_writer_string(writer, "level", levels[finding->severity]);
  if (style->baseline) { // SARIF 3.27.24
    crate_writer_string(writer, "baselineState",
                        finding->known ? "unchanged" : "new");
  }
  write_message(writer, "message", finding->message);
  if (finding->file.size) {
    write_location(writer, finding);
  }
  crate_writer_open(writer, "partialFingerprints", '{');
  crate_writer_name(writer, "cratekitFinding/v1");
  crate_buffer_print(writer->buffer, "\"%016llx:%zu\"",
                     (unsigned long long)item->fingerprint, item->occurrence);
  crate_writer_close(writer, '}');
  crate_writer_open(writer, "properties", '{');
  crate_writer_given(writer, "path", finding->path);
  crate_writer_given(writer, "value", finding->value);
  crate_writer_given(writer, "pointer", finding->pointer);
  crate_writer_given(writer, "repair", finding->repair);
  crate_writer_close(writer, '}');
  crate_writer_close(writer, '}');
}

/// A notification, SARIF 3.58, for a rule that was not checked.
static void
write_notification(CrateWriter *writer,
                   const CrateReportIndex *index,
                   const CrateVerdict *verdict,
                   const CrateNotChecked *check)
{
  crate_writer_open(writer, NULL, '{');
  write_message(writer, "message", check->reason);
  crate_writer_string(writer, "level", check->gave_up ? "error" : "note");
  crate_writer_open(writer, "associatedRule", '{');
  crate_writer_text(writer, "id",
                    check->rule.size ? check->rule : CRATE_TEXT("unnamed"));
  crate_writer_number(writer, "index",
                      crate_report_index_rule(index, check->rule));
  crate_writer_close(writer, '}');
  if (verdict->path.size && !crate_text_is(verdict->path, "-")) {
    const CrateFinding place = {.file = verdict->path};
    write_location(writer, &place);
  }
  crate_writer_close(writer, '}');
}

static void
write_invocation(CrateWriter *writer,
                 const CrateReportIndex *index,
                 const CrateReportStyle *style,
                 const CrateVerdict *verdicts,
                 size_t count)
{
  crate_writer_open(writer, "invocations", '[');
  crate_writer_open(writer, NULL, '{');
  crate_writer_flag(writer, "executionSuccessful", !style->unread);
  crate_writer_open(writer, "toolExecutionNotifications", '[');
  for (size_t v = 0; v < count; ++v) {
    for (size_t i = 0; i < verdicts[v].not_checked_count; ++i) {
      write_notification(writer, index, &verdicts[v],
                         &verdicts[v].not_checked[i]);
    }
  }
  crate_writer_close(writer, ']');
  crate_writer_close(writer, '}');
  crate_writer_close(writer, ']');
}

static void
write_tool(CrateWriter *writer, const CrateReportIndex *index)
{
  crate_writer_open(writer, "tool", '{');
  crate_writer_open(writer, "driver", '{');
  crate_writer_string(writer, "name", "crate-validate");
  crate_writer_string(writer, "fullName", "cratekit crate-validate");
  crate_writer_string(writer, "version", CRATE_VERSION);
  crate_writer_string(writer, "semanticVersion", CRATE_VERSION);
  crate_writer_open(writer, "rules", '[');
  for (size_t i = 0; i < index->rule_count; ++i) {
    write_rule(writer, &index->rules[i]);
  }
  crate_writer_close(writer, ']');
  crate_writer_close(writer, '}');
  crate_writer_close(writer, '}');
}

static void
write_run(CrateWriter *writer,
          const CrateReportIndex *index,
          const CrateReportStyle *style,
          const CrateVerdict *verdicts,
          size_t count)
{
  crate_writer_open(writer, NULL, '{');
  write_tool(writer, index);
  write_invocation(writer, index, style, verdicts, count);
  crate_writer_open(writer, "originalUriBaseIds", '{');
  crate_writer_open(writer, "%SRCROOT%", '{');
  write_message(writer, "description",
                CRATE_TEXT("the folder that crate-validate was run in"));
  crate_writer_close(writer, '}');
  crate_writer_close(writer, '}');
  crate_writer_string(writer, "columnKind", "unicodeCodePoints");
  crate_writer_open(writer, "results", '[');
  for (size_t i = 0; i < index->item_count; ++i) {
    write_result(writer, style, &index->items[i]);
  }
  crate_writer_close(writer, ']');
  crate_writer_close(writer, '}');
}

void
crate_report_sarif(CrateBuffer *buffer,
                   const CrateReportStyle *style,
                   const CrateVerdict *verdicts,
                   size_t count)
{
  CrateReportIndex index;
  if (crate_report_index_init(&index, buffer, style, verdicts, count)) {
    CrateWriter writer = {.buffer = buffer};
    crate_writer_open(&writer, NULL, '{');
    crate_writer_string(&writer, "$schema", SCHEMA);
    crate_writer_string(&writer, "version", "2.1.0");
    crate_writer_open(&writer, "runs", '[');
    write_run(&writer, &index, style, verdicts, count);
    crate_writer_close(&writer, ']');
    crate_writer_close(&writer, '}');
    crate_buffer_add_byte(buffer, '\n');
  }
  crate_report_index_clear(&index);
}
