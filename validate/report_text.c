// SPDX-License-Identifier: Apache-2.0
// Findings for a person: place first, so that editors jump there, then the
// line with a caret under the culprit, then where the rule stands.
#include "base/terminal.h"
#include "validate/report_formats.h"

/// Select Graphic Rendition, ECMA-48 8.3.117.
static const char *const colours[] = {
  [CRATE_SEVERITY_INFO] = "\033[36m",
  [CRATE_SEVERITY_WARNING] = "\033[33m",
  [CRATE_SEVERITY_VIOLATION] = "\033[31m",
};

#define BOLD "\033[1m"
#define FAINT "\033[2m"
#define PLAIN "\033[0m"

/// What GNU tools call our severities, so that editors colour them.
static const char *const words[] = {
  [CRATE_SEVERITY_INFO] = "note",
  [CRATE_SEVERITY_WARNING] = "warning",
  [CRATE_SEVERITY_VIOLATION] = "error",
};

typedef struct {
  CrateBuffer *buffer;
  bool colour;
} Writer;

static void
paint(const Writer *writer, const char *code)
{
  if (writer->colour) {
    crate_buffer_add_string(writer->buffer, code);
  }
}

static void
add(const Writer *writer, const char *string)
{
  crate_buffer_add_string(writer->buffer, string);
}

static void
escape(const Writer *writer, CrateText text)
{
  crate_terminal_escape(writer->buffer, text);
}

/// As much of a line as is shown, without half a character at the end.
static CrateText
shown_of(CrateText line)
{
  const CrateText start = crate_text_slice(line, 0, 160);
  const size_t whole = crate_text_utf8_span(start);
  return start.size < line.size && start.size - whole < 4u
           ? crate_text_slice(start, 0, whole)
           : start;
}

/// An opening bracket with nothing behind it shows nobody anything.
static bool
is_bare(CrateText line)
{
  for (size_t i = 0; i < line.size; ++i) {
    if (!strchr(" \t{[", line.data[i])) {
      return false;
    }
  }
  return true;
}

/// The excerpt and a caret. Tabs are kept above and below, so that the caret
/// stands where it should; long prefixes are cut.
static void
write_excerpt(const Writer *writer, const CrateFinding *finding)
{
  CrateText line = finding->excerpt;
  const size_t caret = finding->column - finding->excerpt_column;
  while (line.size && (line.data[line.size - 1u] == '\r' ||
                       line.data[line.size - 1u] == ' ')) {
    --line.size;
  }
  if (!line.size || caret > line.size || caret > 120u || is_bare(line)) {
    return;
  }
  crate_buffer_print(writer->buffer, "%6u | ", finding->line);
  escape(writer, shown_of(line));
  add(writer, "\n       | ");
  for (size_t i = 0; i < caret; ++i) {
    // Continuation bytes of UTF-8 take no column of their own.
    if ((line.data[i] & 0xC0) != 0x80) {
      crate_buffer_add_byte(writer->buffer, line.data[i] == '\t' ? '\t' : ' ');
    }
  }
  paint(writer, colours[finding->severity]);
  add(writer, "^");
  paint(writer, PLAIN);
  add(writer, "\n");
}

static void
write_note(const Writer *writer, const char *label, CrateText text)
{
  if (text.size) {
    paint(writer, FAINT);
    add(writer, label);
    paint(writer, PLAIN);
    escape(writer, text);
    add(writer, "\n");
  }
}

static void
write_place(const Writer *writer, const CrateFinding *finding)
{
  paint(writer, BOLD);
  escape(writer, finding->file);
  if (finding->line) {
    crate_buffer_print(writer->buffer, ":%u:%u", finding->line,
                       finding->column);
  }
  add(writer, ": ");
  paint(writer, PLAIN);
}

static void
write_finding(const Writer *writer, const CrateFinding *finding)
{
  write_place(writer, finding);
  paint(writer, colours[finding->severity]);
  add(writer, words[finding->severity]);
  add(writer, ": ");
  paint(writer, PLAIN);
  escape(writer, finding->message);
  if (finding->rule.size) { // a shape may have no name
    add(writer, " [");
    escape(writer, finding->rule);
    add(writer, "]");
  }
  add(writer, "\n");
  if (finding->line) {
    write_excerpt(writer, finding);
  }
  write_note(writer, "       = entity: ", finding->about);
  if (!finding->line) { // nothing else shows which property is meant
    write_note(writer, "       = path:   ", finding->path);
  }
  write_note(writer, "       = do:     ", finding->repair);
  write_note(writer, "       = see:    ", finding->spec);
}

static void
write_counts(const Writer *writer, const size_t counts[3], const char *before)
{
  static const struct {
    CrateSeverity severity;
    const char *one, *many;
  } names[] = {
    {CRATE_SEVERITY_VIOLATION, "violation", "violations"},
    {CRATE_SEVERITY_WARNING, "warning", "warnings"},
    {CRATE_SEVERITY_INFO, "note", "notes"},
  };
  const char *separator = before;
  for (size_t i = 0; i < sizeof(names) / sizeof(*names); ++i) {
    const size_t count = counts[names[i].severity];
    if (count) {
      crate_buffer_print(writer->buffer, "%s%zu %s", separator, count,
                         count == 1 ? names[i].one : names[i].many);
      separator = ", ";
    }
  }
}

/// As many rules as are named, rather than counted.
enum { FEW_RULES = 3 };

/// Checks that were not made for one reason: `count` neighbours.
static void
write_group(const Writer *writer, const CrateNotChecked *first, size_t count)
{
  paint(writer, FAINT);
  add(writer, "  not checked: ");
  if (count <= FEW_RULES) {
    for (size_t i = 0; i < count; ++i) {
      add(writer, i ? ", " : "");
      escape(writer, first[i].rule.size ? first[i].rule
                                        : CRATE_TEXT("a shape without a name"));
    }
  } else {
    crate_buffer_print(writer->buffer, "%zu rules", count);
  }
  add(writer, " (");
  escape(writer, first->reason);
  add(writer, ")");
  paint(writer, PLAIN);
  add(writer, "\n");
}

/// What was not checked, a line for each reason. Rules that no crate gets
/// checked are only counted: --list-rules names them.
static void
write_not_checked(const Writer *writer,
                  const CrateReportStyle *style,
                  const CrateVerdict *verdict)
{
  size_t never = 0;
  size_t end = 0;
  for (size_t i = 0; i < verdict->not_checked_count; i = end) {
    const CrateNotChecked *const first = &verdict->not_checked[i];
    for (end = i + 1u;
         end < verdict->not_checked_count &&
         crate_text_equal(verdict->not_checked[end].reason, first->reason);) {
      ++end;
    }
    if (first->never) {
      never += end - i;
    } else {
      write_group(writer, first, end - i);
    }
  }
  if (never && !style->many) {
    paint(writer, FAINT);
    crate_buffer_print(
      writer->buffer, "  never checked here: %zu %s the network or a person",
      never, never == 1 ? "rule that needs" : "rules that need");
    paint(writer, PLAIN);
    add(writer, "\n");
  }
}

static void
write_summary(const Writer *writer,
              const CrateReportStyle *style,
              const CrateVerdict *verdict)
{
  const bool conforms = crate_verdict_conforms(verdict, style->fail_on);
  paint(writer, BOLD);
  const bool piped = crate_text_is(verdict->path, "-");
  escape(writer, piped ? CRATE_TEXT("<stdin>") : verdict->path);
  paint(writer, PLAIN);
  add(writer, conforms ? " conforms to "
              : crate_verdict_fails(verdict, style->fail_on)
                ? " does not conform to "
                : " could not be judged in full by ");
  for (size_t i = 0; i < verdict->profile_count; ++i) {
    add(writer, i ? ", " : "");
    escape(writer, verdict->profiles[i]);
  }
  if (!verdict->profile_count) {
    add(writer, "any profile known here");
  }
  size_t others[3];
  for (size_t s = 0; s < 3; ++s) {
    others[s] = crate_verdict_new(verdict, (CrateSeverity)s);
  }
  write_counts(writer, others, ": ");
  write_counts(writer, verdict->known, "; known: ");
  add(writer, "\n");
  if (verdict->outcome.size) {
    add(writer, "  outcome: ");
    paint(writer, BOLD);
    escape(writer, verdict->outcome);
    paint(writer, PLAIN);
    add(writer, "\n");
  }
}

/// The metrics, what was seen of each, and how many of them are met.
static void
write_card(const Writer *writer, const CrateVerdict *verdict)
{
  size_t counts[CRATE_SCORE_NOT_CHECKABLE + 1] = {0};
  for (size_t i = 0; i < verdict->card_count; ++i) {
    const CrateScore *const score = &verdict->card[i];
    ++counts[score->status];
    crate_buffer_print(writer->buffer, "  %-14s",
                       crate_score_text(score->status));
    paint(writer, BOLD);
    escape(writer, score->title);
    paint(writer, PLAIN);
    add(writer, " [");
    escape(writer, score->metric);
    add(writer, score->known ? "] (known)\n" : "]\n");
    add(writer, "                ");
    escape(writer, score->evidence);
    add(writer, "\n");
  }
  for (size_t s = 0; verdict->card_count && s <= CRATE_SCORE_NOT_CHECKABLE;
       ++s) {
    crate_buffer_print(writer->buffer, "%s%zu %s",
                       s ? ", " : "  card: ", counts[s],
                       crate_score_text((CrateScoreStatus)s));
  }
  add(writer, verdict->card_count ? "\n" : "");
}

/// A rule whose findings are many, and how many were met.
typedef struct {
  CrateText rule;
  size_t count;
} Tally;

enum { MOST_TALLIES = 512 }; // rules of all profiles that one crate may break

static Tally *
tally_of(Tally *tallies, size_t *used, CrateText rule)
{
  for (size_t i = 0; i < *used; ++i) {
    if (crate_text_equal(tallies[i].rule, rule)) {
      return &tallies[i];
    }
  }
  if (*used == MOST_TALLIES) {
    return NULL;
  }
  tallies[*used] = (Tally){rule, 0};
  return &tallies[(*used)++];
}

/// The findings, of each rule the first few, and what was left out.
static void
write_findings(const Writer *writer,
               const CrateReportStyle *style,
               const CrateVerdict *verdict)
{
  Tally tallies[MOST_TALLIES];
  size_t used = 0;
  for (size_t i = 0; i < verdict->finding_count; ++i) {
    const CrateFinding *const finding = &verdict->findings[i];
    if (finding->known || !crate_report_shows(style, finding)) {
      continue;
    }
    Tally *const tally = tally_of(tallies, &used, finding->rule);
    if (!tally || !style->most || ++tally->count <= style->most) {
      write_finding(writer, finding);
    }
  }
  for (size_t i = 0; i < used; ++i) {
    if (tallies[i].count > style->most) {
      crate_buffer_print(writer->buffer, "... and %zu more of ",
                         tallies[i].count - style->most);
      escape(writer, tallies[i].rule);
      add(writer, "\n");
    }
  }
}

static void
write_verdict(CrateBuffer *buffer,
              const CrateReportStyle *style,
              const CrateVerdict *verdict,
              size_t before)
{
  (void)before;
  const Writer writer = {buffer, style->colour};
  write_findings(&writer, style, verdict);
  write_summary(&writer, style, verdict);
  write_card(&writer, verdict);
  write_not_checked(&writer, style, verdict);
}

const CrateReportParts crate_report_text = {NULL, write_verdict,
                                            crate_report_text_end};

void
crate_report_text_rules(CrateBuffer *buffer,
                        const CrateRule *rules,
                        size_t count)
{
  const Writer writer = {buffer, false};
  for (size_t i = 0; i < count; ++i) {
    crate_buffer_print(buffer, "%-10s", crate_severity_text(rules[i].severity));
    escape(&writer, rules[i].id);
    add(&writer, rules[i].checked ? "\n" : " (not checked)\n");
    add(&writer, "          ");
    escape(&writer, rules[i].message);
    add(&writer, "\n");
  }
}

/// An excerpt, each line set off.
static void
write_example(const Writer *writer, const char *title, CrateText text)
{
  for (size_t at = 0; at < text.size;) {
    const CrateText rest = crate_text_slice(text, at, text.size);
    const size_t end = crate_text_find(rest, '\n');
    add(writer, at ? "" : title);
    add(writer, "    ");
    escape(writer, crate_text_slice(rest, 0, end));
    add(writer, "\n");
    at += end + 1u;
  }
}

void
crate_report_text_explain(CrateBuffer *buffer,
                          const CrateRule *rules,
                          size_t count)
{
  const Writer writer = {buffer, false};
  const CrateText empty = {NULL, 0};
  for (size_t i = 0; i < count; ++i) {
    const CrateRule *const rule = &rules[i];
    escape(&writer, rule->id);
    crate_buffer_print(buffer, " (%s)\n",
                       rule->unjudged && !rule->said_by.size
                         ? "permission"
                         : crate_severity_text(rule->severity));
    write_note(&writer, "  rule: ", rule->message);
    write_note(&writer, "  do:   ", rule->repair);
    write_note(&writer, "  see:  ", rule->spec);
    write_note(&writer, "  reported by: ", rule->said_by);
    write_note(&writer,
               "  not checked: ", rule->checked ? empty : rule->reason);
    write_example(&writer, "  breaks it:\n", rule->broken);
    write_example(&writer, "  mended:\n", rule->mended);
  }
}
