// SPDX-License-Identifier: Apache-2.0
// HTML's tree construction, 13.2.6: what is open, and what a text or a tag does
// to it. Formatting that is nested wrongly is not taken apart and opened again
// (the adoption agency): metadata do not depend on it.
#include "html/build.h"
#include "html/build_table.h"

#define HEAD_ONLY 2u // elements open in the head: html, head

static bool
is_any(const CrateHtml *node, CrateHtmlTraits traits)
{
  return (node->traits & traits) != 0;
}

void
crate_html_pop_to(CrateHtmlBuilder *builder, size_t count)
{
  builder->count = builder->count < count ? builder->count : count;
}

size_t
crate_html_find_open(const CrateHtmlBuilder *builder,
                     CrateText name,
                     CrateHtmlTraits walls)
{
  for (size_t i = builder->count; i; --i) {
    const CrateHtml *const node = builder->open[i - 1u];
    if (crate_text_equal(node->name, name)) {
      return i;
    }
    if (is_any(node, walls)) {
      break;
    }
  }
  return 0;
}

/// Close the nearest element of that name with all that is in it, if it is in
/// scope.
static bool
close_named(CrateHtmlBuilder *builder, CrateText name, CrateHtmlTraits walls)
{
  const size_t found = crate_html_find_open(builder, name, walls);
  if (found) {
    crate_html_pop_to(builder, found - 1u);
  }
  return found != 0;
}

/// 13.2.6.4.7: close a p element, if one is in button scope.
static bool
close_paragraph(CrateHtmlBuilder *builder)
{
  const CrateText p = CRATE_TEXT("p");
  const size_t found = crate_html_find_open(builder, p, CRATE_HTML_SCOPE);
  const size_t button =
    crate_html_find_open(builder, CRATE_TEXT("button"), CRATE_HTML_SCOPE);
  if (!found || button > found) {
    return false;
  }
  crate_html_pop_to(builder, found - 1u);
  return true;
}

/// Where a node goes: into the current element; what does not belong into a
/// table goes before it (foster parenting, 13.2.6.1).
static void
place(CrateHtmlBuilder *builder, CrateHtml *node)
{
  CrateHtml *const current = crate_html_current(builder);
  if (!is_any(current, CRATE_HTML_TABLE_LIKE) ||
      is_any(node, CRATE_HTML_TABLE_PART) || crate_html_is(node, "script") ||
      crate_html_is(node, "style") || crate_html_is(node, "template")) {
    crate_html_insert(current, NULL, node);
    return;
  }
  const size_t at =
    crate_html_find_open(builder, CRATE_TEXT("table"), CRATE_HTML_SCOPE);
  CrateHtml *const table = at ? builder->open[at - 1u] : NULL;
  if (table && table->parent) {
    crate_html_insert(table->parent, table, node);
  } else {
    crate_html_insert(current, NULL, node);
  }
}

CrateStatus
crate_html_open_implied(CrateHtmlBuilder *builder,
                        const char *name,
                        const char *at,
                        CrateHtml **out)
{
  CrateHtml *node;
  CRATE_TRY(crate_html_make_implied(builder, name, at, &node));
  if (builder->count) {
    place(builder, node);
  }
  if (out) {
    *out = node;
  }
  return crate_html_open(builder, node);
}

static CrateStatus
need_html(CrateHtmlBuilder *builder, const char *at)
{
  return builder->html
           ? CRATE_OK
           : crate_html_open_implied(builder, "html", at, &builder->html);
}

/// Have the head open: it is open until there is a body.
static CrateStatus
need_head(CrateHtmlBuilder *builder, const char *at)
{
  CRATE_TRY(need_html(builder, at));
  if (!builder->head) {
    return crate_html_open_implied(builder, "head", at, &builder->head);
  }
  return builder->count < HEAD_ONLY ? crate_html_open(builder, builder->head)
                                    : CRATE_OK;
}

/// Whether what comes belongs into a template of the head.
static bool
in_template(const CrateHtmlBuilder *builder)
{
  return crate_html_find_open(builder, CRATE_TEXT("template"), 0) != 0;
}

static CrateStatus
need_body(CrateHtmlBuilder *builder, const char *at)
{
  if (builder->body || in_template(builder)) {
    return CRATE_OK;
  }
  CRATE_TRY(need_html(builder, at));
  crate_html_pop_to(builder, 1);
  return crate_html_open_implied(builder, "body", at, &builder->body);
}

/// Put an element in its place, and what it holds when that is no markup.
static CrateStatus
take_element(CrateHtmlBuilder *builder,
             const CrateHtmlToken *tag,
             CrateHtml *element)
{
  const CrateHtmlTraits raw = CRATE_HTML_RAW_TEXT | CRATE_HTML_REFERENCES;
  place(builder, element);
  if (is_any(element, CRATE_HTML_VOID)) {
    return CRATE_OK;
  }
  if (!is_any(element, raw)) {
    return crate_html_open(builder, element);
  }
  CrateHtml *text;
  const CrateText inner = crate_html_take_raw(&builder->rest, tag->name);
  CrateHtmlToken end; // its end tag
  crate_html_next_token(&builder->rest, false, &end);
  if (!inner.size) {
    return CRATE_OK;
  }
  CRATE_TRY(crate_html_make_text(builder, inner,
                                 is_any(element, CRATE_HTML_REFERENCES)
                                   ? CRATE_HTML_CONTENT
                                   : CRATE_HTML_RAW,
                                 &text));
  crate_html_insert(element, NULL, text);
  return CRATE_OK;
}

/// 13.2.6.5: in SVG or MathML. `*done` when that is where it went.
static CrateStatus
take_foreign(CrateHtmlBuilder *builder,
             const CrateHtmlToken *tag,
             CrateHtml *element,
             bool *done)
{
  const CrateHtmlTraits out = CRATE_HTML_BLOCK | CRATE_HTML_METADATA;
  const bool inside =
    is_any(crate_html_current(builder), CRATE_HTML_FOREIGN) &&
    !crate_html_is(crate_html_current(builder), "foreignobject");
  *done = is_any(element, CRATE_HTML_FOREIGN);
  if (inside && is_any(element, out) && !crate_html_is(element, "title") &&
      !crate_html_is(element, "style") && !crate_html_is(element, "script")) {
    while (is_any(crate_html_current(builder), CRATE_HTML_FOREIGN)) {
      --builder->count;
    }
    return CRATE_OK;
  }
  if (!inside && !*done) {
    return CRATE_OK;
  }
  *done = true;
  element->traits = CRATE_HTML_FOREIGN;
  place(builder, element);
  return tag->is_self_closing ? CRATE_OK : crate_html_open(builder, element);
}

/// A new item ends the one before it, but not one of a list around it.
static void
close_item(CrateHtmlBuilder *builder, const CrateHtml *item)
{
  const bool is_li = crate_html_is(item, "li");
  for (size_t i = builder->count; i; --i) {
    const CrateHtml *const node = builder->open[i - 1u];
    if (is_any(node, CRATE_HTML_ITEM) && crate_html_is(node, "li") == is_li) {
      crate_html_pop_to(builder, i - 1u);
      return;
    }
    if (is_any(node, CRATE_HTML_SPECIAL) && !crate_html_is(node, "p") &&
        !crate_html_is(node, "div") && !crate_html_is(node, "address")) {
      return;
    }
  }
}

/// What a start tag ends.
static void
make_way(CrateHtmlBuilder *builder, const CrateHtml *element)
{
  if (is_any(element, CRATE_HTML_ITEM)) {
    close_item(builder, element);
  }
  if (is_any(element, CRATE_HTML_BLOCK)) {
    close_paragraph(builder);
  }
  const CrateHtml *const current = crate_html_current(builder);
  if (is_any(element, CRATE_HTML_HEADING) &&
      is_any(current, CRATE_HTML_HEADING)) {
    --builder->count;
  }
  if (is_any(element, CRATE_HTML_LONE)) {
    close_named(builder, element->name, CRATE_HTML_SCOPE);
  }
  if (crate_html_is(element, "optgroup") && crate_html_is(current, "option")) {
    --builder->count;
  }
}

/// The tags of html, head and body, which may come more than once.
static CrateStatus
take_frame(CrateHtmlBuilder *builder,
           const CrateHtmlToken *tag,
           CrateHtml *element,
           bool *done)
{
  const bool is_html = crate_html_is(element, "html");
  const bool is_head = crate_html_is(element, "head");
  CrateHtml **const known = is_html   ? &builder->html
                            : is_head ? &builder->head
                                      : &builder->body;
  *done = is_html || is_head || crate_html_is(element, "body");
  if (!*done || (is_head && (*known || builder->body))) {
    return CRATE_OK;
  }
  if (*known) { // 13.2.6.4.7: attributes it does not have yet
    return crate_html_add_attributes(builder, tag, *known);
  }
  if (!is_html) {
    CRATE_TRY(need_html(builder, tag->at));
    crate_html_pop_to(builder, 1);
    place(builder, element);
  }
  *known = element;
  return crate_html_open(builder, element);
}

static CrateStatus
take_start_tag(CrateHtmlBuilder *builder, const CrateHtmlToken *tag)
{
  CrateHtml *element;
  bool done = false;
  CRATE_TRY(crate_html_make(builder, tag, &element));
  CRATE_TRY(take_frame(builder, tag, element, &done));
  if (done) {
    return CRATE_OK;
  }
  if (!builder->body && is_any(element, CRATE_HTML_METADATA) &&
      !in_template(builder)) {
    CRATE_TRY(need_head(builder, tag->at));
    return take_element(builder, tag, element);
  }
  CRATE_TRY(need_body(builder, tag->at));
  CRATE_TRY(take_foreign(builder, tag, element, &done));
  if (done) {
    return CRATE_OK;
  }
  if (is_any(element, CRATE_HTML_TABLE_PART)) {
    CRATE_TRY(crate_html_make_way_in_table(builder, tag->at, element, &done));
    return done ? CRATE_OK : take_element(builder, tag, element);
  }
  make_way(builder, element);
  crate_html_leave_table(builder, element);
  return take_element(builder, tag, element);
}

/// 13.2.6.4.7, any other end tag: up to what is special.
static void
close_any(CrateHtmlBuilder *builder, CrateText name)
{
  const size_t found = crate_html_find_open(builder, name, CRATE_HTML_SPECIAL);
  if (found > 1u) {
    crate_html_pop_to(builder, found - 1u);
  }
}

static void
close_heading(CrateHtmlBuilder *builder)
{
  for (size_t i = builder->count; i; --i) {
    const CrateHtml *const node = builder->open[i - 1u];
    if (is_any(node, CRATE_HTML_HEADING)) {
      crate_html_pop_to(builder, i - 1u);
      return;
    }
    if (is_any(node, CRATE_HTML_SCOPE)) {
      return;
    }
  }
}

/// End tags that open what they find closed: </p>, </br>.
static CrateStatus
take_empty(CrateHtmlBuilder *builder, const char *name, const char *at)
{
  CrateHtml *element;
  CRATE_TRY(crate_html_make_implied(builder, name, at, &element));
  place(builder, element);
  return CRATE_OK;
}

static CrateStatus
take_end_tag_in_body(CrateHtmlBuilder *builder,
                     const CrateHtml *element,
                     const char *at)
{
  const CrateText name = element->name;
  if (crate_html_is(element, "p")) {
    return close_paragraph(builder) ? CRATE_OK : take_empty(builder, "p", at);
  }
  if (crate_html_is(element, "br")) {
    return take_empty(builder, "br", at);
  }
  if (is_any(element, CRATE_HTML_HEADING)) {
    close_heading(builder);
  } else if (is_any(element, CRATE_HTML_ITEM)) {
    close_named(builder, name,
                CRATE_HTML_SCOPE |
                  (crate_text_is(name, "li") ? CRATE_HTML_LIST : 0));
  } else if (is_any(element, CRATE_HTML_SCOPED_END)) {
    close_named(builder, name, CRATE_HTML_SCOPE);
  } else if (crate_html_is(element, "template")) {
    close_named(builder, name, 0);
  } else if (is_any(element, CRATE_HTML_TABLE_PART | CRATE_HTML_TABLE_LIKE)) {
    crate_html_close_in_table(builder, name);
  } else {
    close_any(builder, name);
  }
  return CRATE_OK;
}

static CrateStatus
take_end_tag(CrateHtmlBuilder *builder, const CrateHtmlToken *tag)
{
  CrateHtml element = {.parent = NULL};
  CRATE_TRY(crate_html_name(builder, tag, &element));
  // 13.2.6.4.19: what comes behind them belongs into the body all the same
  if (crate_html_is(&element, "html") || crate_html_is(&element, "body")) {
    return need_body(builder, tag->at);
  }
  if (crate_html_is(&element, "head")) {
    if (builder->head && !builder->body) {
      crate_html_pop_to(builder, 1);
    }
    return CRATE_OK;
  }
  if (!builder->body && !is_any(&element, CRATE_HTML_METADATA) &&
      !in_template(builder)) {
    return CRATE_OK;
  }
  return builder->count ? take_end_tag_in_body(builder, &element, tag->at)
                        : CRATE_OK;
}

static CrateStatus
take_text(CrateHtmlBuilder *builder, CrateText text, CrateHtmlSort sort)
{
  size_t at = 0;
  while (at < text.size && crate_html_is_space(text.data[at])) {
    ++at;
  }
  const bool is_blank = at == text.size;
  if (is_blank && !builder->body) {
    return CRATE_OK;
  }
  CRATE_TRY(need_body(builder, text.data));
  CrateHtml *node;
  CRATE_TRY(crate_html_make_text(builder, text, sort, &node));
  if (is_blank) { // stays even in a table
    crate_html_insert(crate_html_current(builder), NULL, node);
  } else {
    place(builder, node);
  }
  return CRATE_OK;
}

static bool
is_in_foreign(const CrateHtmlBuilder *builder)
{
  const CrateHtml *const current = crate_html_current(builder);
  return current && is_any(current, CRATE_HTML_FOREIGN);
}

CrateStatus
crate_html_build(CrateHtmlBuilder *builder)
{
  CrateHtmlToken token;
  do {
    crate_html_next_token(&builder->rest, is_in_foreign(builder), &token);
    if (token.kind == CRATE_HTML_START_TAG) {
      CRATE_TRY(take_start_tag(builder, &token));
    } else if (token.kind == CRATE_HTML_END_TAG) {
      CRATE_TRY(take_end_tag(builder, &token));
    } else if (token.kind == CRATE_HTML_TEXT) {
      CRATE_TRY(take_text(builder, token.text, CRATE_HTML_CONTENT));
    } else if (token.kind == CRATE_HTML_CDATA && token.text.size) {
      CRATE_TRY(take_text(builder, token.text, CRATE_HTML_RAW));
    }
  } while (token.kind != CRATE_HTML_END);
  const CrateText bytes = builder->document->bytes;
  return need_body(builder, bytes.data + bytes.size);
}
