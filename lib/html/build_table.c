// SPDX-License-Identifier: Apache-2.0
// HTML's tree construction, 13.2.6.4.9 to 13.2.6.4.15: tables.
#include "html/build_table.h"

/// A table, or what keeps others from being looked for: the innermost one.
static bool
is_table(const CrateHtml *node)
{
  return crate_html_is(node, "table") || crate_html_is(node, "template") ||
         crate_html_is(node, "html");
}

/// Whether a part can stand in an element as it is.
static bool
fits(const CrateHtml *part, const CrateHtml *node)
{
  if (is_table(node)) {
    return true;
  }
  if (crate_html_is(part, "col")) {
    return crate_html_is(node, "colgroup");
  }
  const bool is_cell = crate_html_is(part, "td") || crate_html_is(part, "th");
  const bool is_row = crate_html_is(part, "tr");
  return (is_cell && crate_html_is(node, "tr")) ||
         ((is_cell || is_row) && (node->traits & CRATE_HTML_ROWS));
}

/// The parts in between that a page may leave out.
static CrateStatus
open_between(CrateHtmlBuilder *builder, const char *at, const CrateHtml *part)
{
  const bool is_cell = crate_html_is(part, "td") || crate_html_is(part, "th");
  if (crate_html_is(crate_html_current(builder), "table")) {
    if (crate_html_is(part, "col")) {
      return crate_html_open_implied(builder, "colgroup", at, NULL);
    }
    if (is_cell || crate_html_is(part, "tr")) {
      CRATE_TRY(crate_html_open_implied(builder, "tbody", at, NULL));
    }
  }
  if (is_cell && (crate_html_current(builder)->traits & CRATE_HTML_ROWS)) {
    return crate_html_open_implied(builder, "tr", at, NULL);
  }
  return CRATE_OK;
}

CrateStatus
crate_html_make_way_in_table(CrateHtmlBuilder *builder,
                             const char *at,
                             const CrateHtml *part,
                             bool *ignored)
{
  size_t count = builder->count;
  while (count && !is_table(builder->open[count - 1u])) {
    --count;
  }
  *ignored = !count || crate_html_is(builder->open[count - 1u], "html");
  if (*ignored) {
    return CRATE_OK;
  }
  while (!fits(part, crate_html_current(builder))) {
    --builder->count;
  }
  return open_between(builder, at, part);
}

void
crate_html_leave_table(CrateHtmlBuilder *builder, const CrateHtml *element)
{
  const CrateHtml *const current = crate_html_current(builder);
  if (!crate_html_is(element, "table") ||
      !(current->traits & CRATE_HTML_TABLE_LIKE)) {
    return;
  }
  const size_t found = crate_html_find_open(builder, CRATE_TEXT("table"), 0);
  if (found > 1u) {
    crate_html_pop_to(builder, found - 1u);
  }
}

void
crate_html_close_in_table(CrateHtmlBuilder *builder, CrateText name)
{
  for (size_t i = builder->count; i; --i) {
    const CrateHtml *const node = builder->open[i - 1u];
    if (crate_text_equal(node->name, name)) {
      crate_html_pop_to(builder, i - 1u);
      return;
    }
    if (is_table(node)) {
      return;
    }
  }
}
