// SPDX-License-Identifier: Apache-2.0
// One web page that needs nothing else: html/report.css and html/report.js
// are in it. Whole without its script, which only filters.
#include "validate/html/page.h"
#include "validate/report_escape.h"
#include "validate/report_formats.h"
#include "validate/report_index.h"

/// So many findings are shown at once; with more, rules are folded.
enum { FEW = 60 };

typedef struct {
  CrateBuffer *buffer;
  const CrateReportStyle *style;
  const CrateVerdict *verdicts;
  size_t count;
  CrateReportIndex index;
} Page;

static const struct {
  const char *one, *many;
} words[] = {
  [CRATE_SEVERITY_INFO] = {"Note", "Notes"},
  [CRATE_SEVERITY_WARNING] = {"Warning", "Warnings"},
  [CRATE_SEVERITY_VIOLATION] = {"Violation", "Violations"},
};

static void
add(const Page *page, const char *string)
{
  crate_buffer_add_string(page->buffer, string);
}

static void
escape(const Page *page, CrateText text)
{
  crate_escape_xml(page->buffer, text);
}

/// An element that holds a text, or nothing where there is none.
static void
write_element(const Page *page,
              const char *open,
              CrateText text,
              const char *end)
{
  if (text.size) {
    add(page, open);
    escape(page, text);
    add(page, end);
  }
}

static CrateText
name_of(const CrateVerdict *verdict)
{
  return crate_text_is(verdict->path, "-") ? CRATE_TEXT("<stdin>")
                                           : verdict->path;
}

/// The columns of the table, which a narrow window shows below one another:
/// then the roles must say that it is a table.
static const char *const columns[] = {"Violations", "Warnings", "Notes",
                                      "Not checked"};

static void
write_number(const Page *page, size_t column, size_t number)
{
  crate_buffer_print(page->buffer,
                     "<td class=\"n\" role=\"cell\" data-name=\"%s\">%zu</td>",
                     columns[column], number);
}

static void
write_crate(const Page *page, const CrateVerdict *verdict)
{
  const bool conforms = crate_verdict_conforms(verdict, page->style->fail_on);
  write_element(page,
                "<tr role=\"row\"><th scope=\"row\" role=\"rowheader\"><code>",
                name_of(verdict), "</code></th><td role=\"cell\">");
  add(page, conforms ? "<span class=\"good\">✓ conforms</span>"
                     : "<span class=\"bad\">✗ does not conform</span>");
  add(page, "</td><td role=\"cell\" data-name=\"Judged by\">");
  for (size_t i = 0; i < verdict->profile_count; ++i) {
    write_element(page, i ? ", <code>" : "<code>", verdict->profiles[i],
                  "</code>");
  }
  add(page, "</td>");
  write_number(page, 0, verdict->counts[CRATE_SEVERITY_VIOLATION]);
  write_number(page, 1, verdict->counts[CRATE_SEVERITY_WARNING]);
  write_number(page, 2, verdict->counts[CRATE_SEVERITY_INFO]);
  write_number(page, 3, verdict->not_checked_count);
  add(page, "</tr>\n");
}

static void
write_table(const Page *page)
{
  add(page, "<div class=\"scroll\" tabindex=\"0\" role=\"region\" "
            "aria-label=\"Crates\">\n<table role=\"table\">\n"
            "<thead role=\"rowgroup\"><tr role=\"row\">"
            "<th scope=\"col\" role=\"columnheader\">Crate</th>"
            "<th scope=\"col\" role=\"columnheader\">Verdict</th>"
            "<th scope=\"col\" role=\"columnheader\">Judged by</th>");
  for (size_t i = 0; i < sizeof(columns) / sizeof(*columns); ++i) {
    crate_buffer_print(
      page->buffer,
      "<th scope=\"col\" role=\"columnheader\" class=\"n\">%s</th>",
      columns[i]);
  }
  add(page, "</tr></thead>\n<tbody role=\"rowgroup\">\n");
  for (size_t v = 0; v < page->count; ++v) {
    write_crate(page, &page->verdicts[v]);
  }
  add(page, "</tbody>\n</table>\n</div>\n");
}

static const char *const marks[] = {
  [CRATE_SCORE_PASS] = "<span class=\"good\">✓ ",
  [CRATE_SCORE_PARTLY] = "<span class=\"warning\">~ ",
  [CRATE_SCORE_FAIL] = "<span class=\"bad\">✗ ",
  [CRATE_SCORE_NOT_CHECKABLE] = "<span class=\"info\">? ",
};

/// The score card of one crate: a row for each metric.
static void
write_card(const Page *page, const CrateVerdict *verdict)
{
  write_element(page, "<h2>Score card of <code>", name_of(verdict),
                "</code></h2>\n<div class=\"scroll\" tabindex=\"0\" "
                "role=\"region\" aria-label=\"Score card\">\n"
                "<table role=\"table\">\n<thead role=\"rowgroup\">"
                "<tr role=\"row\">"
                "<th scope=\"col\" role=\"columnheader\">Metric</th>"
                "<th scope=\"col\" role=\"columnheader\">Status</th>"
                "<th scope=\"col\" role=\"columnheader\">Evidence</th>"
                "</tr></thead>\n<tbody role=\"rowgroup\">\n");
  for (size_t i = 0; i < verdict->card_count; ++i) {
    const CrateScore *const score = &verdict->card[i];
    write_element(page,
                  "<tr role=\"row\"><th scope=\"row\" role=\"rowheader\">",
                  score->title, " ");
    write_element(page, "<code>", score->metric, "</code>");
    add(page, "</th><td role=\"cell\">");
    add(page, marks[score->status]);
    add(page, crate_score_text(score->status));
    add(page, score->known ? "</span> (known)" : "</span>");
    add(page, "</td><td role=\"cell\">");
    escape(page, score->evidence);
    add(page, "</td></tr>\n");
  }
  add(page, "</tbody>\n</table>\n</div>\n");
}

static void
write_cards(const Page *page)
{
  for (size_t v = 0; v < page->count; ++v) {
    if (page->verdicts[v].card_count) {
      write_card(page, &page->verdicts[v]);
    }
  }
}

static void
write_header(const Page *page)
{
  size_t conforming = 0;
  for (size_t v = 0; v < page->count; ++v) {
    conforming +=
      crate_verdict_conforms(&page->verdicts[v], page->style->fail_on);
  }
  const size_t crates = page->count + page->style->unread;
  add(page, "<header>\n<h1>Crate report</h1>\n<p>");
  if (crates > 1) {
    crate_buffer_print(page->buffer, "%zu of %zu crates conform. ", conforming,
                       crates);
  }
  if (page->style->unread) {
    crate_buffer_print(page->buffer,
                       "<span class=\"bad\">%zu could not be read.</span>",
                       page->style->unread);
  }
  add(page, "</p>\n");
  write_table(page);
  write_cards(page);
  add(page, "</header>\n");
}

/// Filters; the script fills in rules and files, and shows them.
static void
write_form(const Page *page)
{
  size_t counts[3] = {0};
  for (size_t i = 0; i < page->index.item_count; ++i) {
    ++counts[page->index.items[i].finding->severity];
  }
  add(page, "<form role=\"search\" aria-label=\"Filter the findings\" hidden>\n"
            "<fieldset><legend>Severity</legend>\n");
  for (int s = CRATE_SEVERITY_VIOLATION; s >= CRATE_SEVERITY_INFO; --s) {
    if (counts[s]) {
      const char *const name = crate_severity_text((CrateSeverity)s);
      crate_buffer_print(page->buffer,
                         "<label><input type=\"checkbox\" name=\"level\" "
                         "value=\"%s\" checked> <span class=\"%s\">%s</span> "
                         "(%zu)</label>\n",
                         name, name, words[s].many, counts[s]);
    }
  }
  add(page,
      "</fieldset>\n"
      "<label class=\"field\"><span>Rule</span><select name=\"rule\">"
      "<option value=\"\">All rules</option></select></label>\n"
      "<label class=\"field\"><span>File</span><select name=\"file\">"
      "<option value=\"\">All files</option></select></label>\n"
      "<label class=\"field\"><span>Text</span>"
      "<input type=\"search\" name=\"text\" autocomplete=\"off\"></label>\n"
      "<button type=\"reset\">Show all</button>\n"
      "<p class=\"count\" role=\"status\" aria-live=\"polite\"></p>\n"
      "</form>\n");
}

/// Source code: its tabs are kept.
static void
write_source(const Page *page, CrateText text)
{
  while (text.size) {
    const size_t end = crate_text_find(text, '\t');
    escape(page, crate_text_slice(text, 0, end));
    add(page, end < text.size ? "\t" : "");
    text = crate_text_slice(text, end + 1u, text.size);
  }
}

static void
write_excerpt(const Page *page, const CrateFinding *finding)
{
  size_t from = 0;
  size_t to = 0;
  if (!crate_report_culprit(finding, &from, &to)) {
    return;
  }
  const CrateText line = finding->excerpt;
  crate_buffer_print(page->buffer, "<pre><code><span class=\"at\">%u %s</span>",
                     finding->line, finding->excerpt_column > 1 ? "…" : "");
  write_source(page, crate_text_slice(line, 0, from));
  add(page, "<mark>");
  write_source(page, crate_text_slice(line, from, to));
  add(page, "</mark>");
  // of the line's end, a carriage return may be left
  const bool returns = crate_text_ends(line, CRATE_TEXT("\r"));
  write_source(page, crate_text_slice(line, to, line.size - returns));
  add(page, "</code></pre>");
}

static void
write_finding(const Page *page,
              const CrateReportRule *rule,
              const CrateFinding *finding)
{
  crate_buffer_print(page->buffer, "<li data-level=\"%s\">",
                     crate_severity_text(finding->severity));
  write_element(page, "<p>",
                crate_report_detail(finding->message, rule->message), "</p>\n");
  add(page, "<p class=\"facts\"><code class=\"file\">");
  escape(page, finding->file);
  add(page, "</code>");
  if (finding->line) {
    crate_buffer_print(page->buffer, " line %u, column %u", finding->line,
                       finding->column);
  }
  write_element(page, " · entity <code>", finding->about, "</code>");
  write_element(page, " · property <code>", finding->path, "</code>");
  add(page, finding->known ? " · known" : "");
  add(page, "</p>");
  write_excerpt(page, finding);
  add(page, "</li>\n");
}

static void
write_advice(const Page *page, const CrateReportRule *rule)
{
  add(page, "<p class=\"advice\">");
  write_element(page, "What to do: ", rule->repair, ". ");
  if (crate_is_link(rule->spec)) {
    add(page, "<a rel=\"noreferrer\" href=\"");
    escape(page, rule->spec);
    add(page, "\">Where the specification says so</a>");
  } else {
    write_element(page, "See: ", rule->spec, "");
  }
  add(page, "</p>\n");
}

static void
write_rule(const Page *page, const CrateReportRule *rule)
{
  const CrateReportItem *const items = &page->index.items[rule->first];
  const CrateSeverity severity = items->finding->severity;
  const CrateText id = rule->id.size ? rule->id : CRATE_TEXT("(unnamed)");
  add(page, "<details class=\"rule\" data-rule=\"");
  escape(page, id);
  add(page, page->index.item_count <= FEW ? "\" open>" : "\">");
  crate_buffer_print(page->buffer,
                     "<summary><span class=\"level %s\">%s:</span> <h3>",
                     crate_severity_text(severity), words[severity].one);
  escape(page, rule->message);
  crate_buffer_print(page->buffer, "</h3> <span class=\"number\">× %zu</span>",
                     rule->count);
  write_element(page, " <code class=\"id\">", id, "</code></summary>\n");
  write_advice(page, rule);
  add(page, "<ol>\n");
  for (size_t i = 0; i < rule->count; ++i) {
    write_finding(page, rule, items[i].finding);
  }
  add(page, "</ol>\n<button type=\"button\" class=\"more\" hidden></button>\n"
            "</details>\n");
}

/// The rules that are broken, the gravest first.
static void
write_rules(const Page *page)
{
  const CrateReportIndex *const index = &page->index;
  add(page, "<main id=\"findings\" tabindex=\"-1\">\n<h2>Findings</h2>\n");
  for (int s = CRATE_SEVERITY_VIOLATION; s >= CRATE_SEVERITY_INFO; --s) {
    for (size_t i = 0; i < index->rule_count; ++i) {
      const CrateReportRule *const rule = &index->rules[i];
      if (rule->count &&
          (int)index->items[rule->first].finding->severity == s) {
        write_rule(page, rule);
      }
    }
  }
  if (!index->item_count) {
    add(page, "<p>There are none.</p>\n");
  }
}

/// The checks of one verdict that were not made for one reason.
static size_t
write_reason(const Page *page, const CrateVerdict *verdict, size_t from)
{
  const CrateNotChecked *const checks = verdict->not_checked;
  size_t to = from + 1u;
  while (to < verdict->not_checked_count &&
         crate_text_equal(checks[to].reason, checks[from].reason)) {
    ++to;
  }
  add(page, "<details class=\"left\"><summary>");
  crate_buffer_print(page->buffer, "%zu %s: ", to - from,
                     to - from == 1 ? "rule" : "rules");
  escape(page, checks[from].reason);
  write_element(page, " (<code>", name_of(verdict), "</code>)</summary><ul>\n");
  for (size_t i = from; i < to; ++i) {
    write_element(page, "<li><code>",
                  checks[i].rule.size ? checks[i].rule
                                      : CRATE_TEXT("(unnamed)"),
                  "</code></li>\n");
  }
  add(page, "</ul></details>\n");
  return to;
}

static void
write_not_checked(const Page *page)
{
  bool any = false;
  for (size_t v = 0; v < page->count; ++v) {
    for (size_t i = 0; i < page->verdicts[v].not_checked_count;) {
      if (!any) {
        add(page,
            "<h2>Not checked</h2>\n<p>These never count as passed.</p>\n");
        any = true;
      }
      i = write_reason(page, &page->verdicts[v], i);
    }
  }
  add(page, "</main>\n");
}

void
crate_report_html(CrateBuffer *buffer,
                  const CrateReportStyle *style,
                  const CrateVerdict *verdicts,
                  size_t count)
{
  Page page = {
    .buffer = buffer, .style = style, .verdicts = verdicts, .count = count};
  if (crate_report_index_init(&page.index, buffer, style, verdicts, count)) {
    crate_buffer_add(buffer, crate_page_head());
    add(&page, "<title>Crate report");
    write_element(&page, ": ",
                  count == 1 ? name_of(verdicts) : (CrateText){NULL, 0}, "");
    add(&page, "</title>\n</head>\n<body>\n"
               "<a class=\"skip\" href=\"#findings\">Skip to the findings</a>"
               "\n");
    write_header(&page);
    write_form(&page);
    write_rules(&page);
    write_not_checked(&page);
    add(&page, "<footer>Made by crate-validate " CRATE_VERSION ".</footer>\n");
    crate_buffer_add(buffer, crate_page_tail());
  }
  crate_report_index_clear(&page.index);
}
