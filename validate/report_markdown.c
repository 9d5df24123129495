// SPDX-License-Identifier: Apache-2.0
// GitHub Markdown, which GitLab takes too, for a comment on a pull request.
#include "validate/report_escape.h"
#include "validate/report_formats.h"
#include "validate/report_index.h"

/// GitHub takes comments of 65 536 characters; what follows the findings must
/// fit in as well.
enum { MOST_BYTES = 60000 };

typedef struct {
  CrateBuffer *buffer;
  const CrateReportStyle *style;
  const CrateVerdict *verdicts;
  size_t count;
  size_t start; // of the report in the buffer
  CrateReportIndex index;
} Comment;

static void
add(const Comment *comment, const char *string)
{
  crate_buffer_add_string(comment->buffer, string);
}

static void
write_element(const Comment *comment,
              const char *open,
              CrateText text,
              const char *end)
{
  if (text.size) {
    add(comment, open);
    crate_escape_markdown(comment->buffer, text);
    add(comment, end);
  }
}

static CrateText
name_of(const CrateVerdict *verdict)
{
  return crate_text_is(verdict->path, "-") ? CRATE_TEXT("<stdin>")
                                           : verdict->path;
}

/// A first line that no other comment has, so that a job finds its own again
/// and edits it.
static void
write_heading(const Comment *comment)
{
  size_t conforming = 0;
  for (size_t v = 0; v < comment->count; ++v) {
    conforming +=
      crate_verdict_conforms(&comment->verdicts[v], comment->style->fail_on);
  }
  const size_t crates = comment->count + comment->style->unread;
  add(comment, "<!-- crate-validate -->\n");
  if (crates == 1) {
    add(comment, conforming ? "## ✅ The crate conforms\n\n"
                            : "## ❌ The crate does not conform\n\n");
  } else {
    crate_buffer_print(comment->buffer, "## %s %zu of %zu crates conform\n\n",
                       conforming == crates && crates ? "✅" : "❌", conforming,
                       crates);
  }
  if (comment->style->unread) {
    crate_buffer_print(comment->buffer, "**%zu could not be read.**\n\n",
                       comment->style->unread);
  }
}

static void
write_table(const Comment *comment)
{
  add(comment,
      "| crate | judged by | violations | warnings | notes | not checked |\n"
      "|---|---|--:|--:|--:|--:|\n");
  for (size_t v = 0; v < comment->count; ++v) {
    const CrateVerdict *const verdict = &comment->verdicts[v];
    const bool conforms =
      crate_verdict_conforms(verdict, comment->style->fail_on);
    write_element(comment, conforms ? "| ✅ <code>" : "| ❌ <code>",
                  name_of(verdict), "</code> |");
    for (size_t i = 0; i < verdict->profile_count; ++i) {
      write_element(comment, i ? ", " : " ", verdict->profiles[i], "");
    }
    for (int s = CRATE_SEVERITY_VIOLATION; s >= CRATE_SEVERITY_INFO; --s) {
      crate_buffer_print(comment->buffer, " | %zu",
                         crate_verdict_new(verdict, (CrateSeverity)s));
      if (verdict->known[s]) {
        crate_buffer_print(comment->buffer, " (and %zu known)",
                           verdict->known[s]);
      }
    }
    crate_buffer_print(comment->buffer, " | %zu |\n",
                       verdict->not_checked_count);
  }
  add(comment, "\n");
}

static void
write_finding(const Comment *comment,
              const CrateReportRule *rule,
              const CrateFinding *finding)
{
  crate_buffer_print(comment->buffer, "- **%s** ",
                     crate_severity_text(finding->severity));
  write_element(comment, "<code>", finding->file, "");
  if (finding->line) {
    crate_buffer_print(comment->buffer, ":%u:%u", finding->line,
                       finding->column);
  }
  add(comment, "</code>");
  write_element(comment, " ",
                crate_report_detail(finding->message, rule->message), "");
  write_element(comment, " (entity <code>", finding->about, "</code>)");
  add(comment, "\n");
}

static void
write_rule(const Comment *comment, const CrateReportRule *rule)
{
  const size_t most = comment->style->most;
  write_element(comment, "\n**", rule->message, "**");
  write_element(comment, " <code>", rule->id, "</code>");
  if (crate_is_link(rule->spec)) {
    add(comment, " [specification](<");
    crate_escape_uri(comment->buffer, rule->spec);
    add(comment, ">)");
  }
  add(comment, "\n\n");
  write_element(comment, "What to do: ", rule->repair, "\n\n");
  for (size_t i = 0; i < rule->count && (!most || i < most); ++i) {
    write_finding(comment, rule, comment->index.items[rule->first + i].finding);
  }
  if (most && rule->count > most) {
    crate_buffer_print(comment->buffer, "- … and %zu more\n",
                       rule->count - most);
  }
}

static bool
is_full(const Comment *comment)
{
  return comment->style->most &&
         comment->buffer->size - comment->start > MOST_BYTES;
}

/// Rules whose findings are of one severity, folded.
static void
write_rules(const Comment *comment, CrateSeverity severity)
{
  const CrateReportIndex *const index = &comment->index;
  bool any = false;
  for (size_t i = 0; i < index->rule_count; ++i) {
    const CrateReportRule *const rule = &index->rules[i];
    if (!rule->count ||
        index->items[rule->first].finding->severity != severity) {
      continue;
    }
    if (!any) {
      crate_buffer_print(comment->buffer,
                         "<details%s><summary>Rules broken: %s</summary>\n",
                         severity == CRATE_SEVERITY_VIOLATION ? " open" : "",
                         crate_severity_text(severity));
      any = true;
    }
    if (is_full(comment)) {
      add(comment, "\nThere is more than fits into a comment.\n");
      break;
    }
    write_rule(comment, rule);
  }
  add(comment, any ? "\n</details>\n\n" : "");
}

void
crate_report_markdown(CrateBuffer *buffer,
                      const CrateReportStyle *style,
                      const CrateVerdict *verdicts,
                      size_t count)
{
  CrateReportStyle new_only = *style;
  new_only.hide_known = true;
  Comment comment = {.buffer = buffer,
                     .style = &new_only,
                     .verdicts = verdicts,
                     .count = count,
                     .start = buffer->size};
  if (crate_report_index_init(&comment.index, buffer, &new_only, verdicts,
                              count)) {
    write_heading(&comment);
    write_table(&comment);
    for (int s = CRATE_SEVERITY_VIOLATION; s >= CRATE_SEVERITY_INFO; --s) {
      write_rules(&comment, (CrateSeverity)s);
    }
    add(&comment, "<sub>crate-validate " CRATE_VERSION "</sub>\n");
  }
  crate_report_index_clear(&comment.index);
}
