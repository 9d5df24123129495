// SPDX-License-Identifier: Apache-2.0
// Many crates for a person: how many conform, which do not, and which rules
// are broken most.
#include "base/terminal.h"
#include "validate/report_formats.h"

/// Rules that are named.
enum { MOST_RULES = 10 };

static void
write_path(CrateBuffer *buffer, CrateText path)
{
  crate_terminal_escape(buffer, crate_text_is(path, "-") ? CRATE_TEXT("<stdin>")
                                                         : path);
}

static void
write_crates(CrateBuffer *buffer, const CrateTally *tally)
{
  crate_buffer_add_string(buffer, "\n  violations    warnings  crate\n");
  for (size_t i = 0; i < tally->failed_count; ++i) {
    const CrateTallyCrate *const crate = &tally->failed[i];
    if (crate->unread) {
      crate_buffer_add_string(buffer, "    could not be judged  ");
    } else {
      crate_buffer_print(buffer, "%12zu%12zu  ",
                         crate->counts[CRATE_SEVERITY_VIOLATION],
                         crate->counts[CRATE_SEVERITY_WARNING]);
    }
    write_path(buffer, crate->path);
    crate_buffer_add_byte(buffer, '\n');
  }
}

static void
write_rules(CrateBuffer *buffer, const CrateTally *tally)
{
  crate_buffer_add_string(buffer, "\n      crates    findings  rule\n");
  for (size_t i = 0; i < tally->rule_count && i < MOST_RULES; ++i) {
    const CrateTallyRule *const rule = &tally->rules[i];
    crate_buffer_print(buffer, "%12zu%12zu  ", rule->crates, rule->findings);
    crate_terminal_escape(buffer, rule->id);
    crate_buffer_add_byte(buffer, '\n');
  }
  if (tally->rule_count > MOST_RULES) {
    crate_buffer_print(buffer, "  ... and %zu rules more\n",
                       tally->rule_count - MOST_RULES);
  }
}

void
crate_report_text_end(CrateBuffer *buffer,
                      const CrateReportStyle *style,
                      const CrateTally *tally)
{
  (void)style;
  const size_t failed = tally->crates - tally->conforming - tally->unread;
  if (tally->crates < 2) {
    return; // all has been said
  }
  crate_buffer_print(buffer, "\n%zu crates: %zu %s, %zu %s not", tally->crates,
                     tally->conforming,
                     tally->conforming == 1 ? "conforms" : "conform", failed,
                     failed == 1 ? "does" : "do");
  if (tally->unread) {
    crate_buffer_print(buffer, ", %zu could not be judged", tally->unread);
  }
  crate_buffer_add_byte(buffer, '\n');
  if (tally->failed_count) {
    write_crates(buffer, tally);
  }
  if (tally->rule_count) {
    write_rules(buffer, tally);
  }
}
