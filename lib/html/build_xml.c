// SPDX-License-Identifier: Apache-2.0
// XHTML: well-formed XML with HTML's named characters (which its document types
// declare; none is read here). Whatever is not well-formed is HTML after all.
#include "html/build.h"

static CrateStatus
take_start_tag(CrateHtmlBuilder *builder, const CrateHtmlToken *tag)
{
  CrateHtml *element;
  CrateHtml *const parent = crate_html_current(builder);
  if (!parent && builder->html) {
    return CRATE_MALFORMED; // a second root
  }
  CRATE_TRY(crate_html_make(builder, tag, &element));
  if (parent) {
    crate_html_insert(parent, NULL, element);
  } else {
    builder->html = element;
  }
  return tag->is_self_closing ? CRATE_OK : crate_html_open(builder, element);
}

static CrateStatus
take_end_tag(CrateHtmlBuilder *builder, const CrateHtmlToken *tag)
{
  const CrateHtml *const current = crate_html_current(builder);
  if (!current || !crate_text_equal(current->name, tag->name)) {
    return CRATE_MALFORMED;
  }
  --builder->count;
  return CRATE_OK;
}

static bool
is_blank(CrateText text)
{
  size_t at = 0;
  while (at < text.size && crate_html_is_space(text.data[at])) {
    ++at;
  }
  return at == text.size;
}

static CrateStatus
take_text(CrateHtmlBuilder *builder, CrateText text, CrateHtmlSort sort)
{
  CrateHtml *const current = crate_html_current(builder);
  if (!current) {
    return is_blank(text) ? CRATE_OK : CRATE_MALFORMED;
  }
  if (sort == CRATE_HTML_CONTENT && crate_text_starts(text, CRATE_TEXT("<"))) {
    return CRATE_MALFORMED;
  }
  CrateHtml *node;
  CRATE_TRY(crate_html_make_text(builder, text, sort, &node));
  crate_html_insert(current, NULL, node);
  return CRATE_OK;
}

/// A doctype may have no parts of its own: they could declare anything.
static CrateStatus
take_other(CrateHtmlBuilder *builder, const CrateHtmlToken *token)
{
  const CrateText doctype = CRATE_TEXT("DOCTYPE");
  if (!crate_text_equal_fold(crate_text_slice(token->text, 0, doctype.size),
                             doctype)) {
    return CRATE_OK;
  }
  builder->document->is_xhtml1 =
    memmem(token->text.data, token->text.size, "DTD XHTML", 9) != NULL;
  return memchr(token->text.data, '[', token->text.size) ? CRATE_MALFORMED
                                                         : CRATE_OK;
}

static CrateStatus
take_token(CrateHtmlBuilder *builder, const CrateHtmlToken *token)
{
  switch (token->kind) {
    case CRATE_HTML_START_TAG:
      return take_start_tag(builder, token);
    case CRATE_HTML_END_TAG:
      return take_end_tag(builder, token);
    case CRATE_HTML_TEXT:
      return take_text(builder, token->text, CRATE_HTML_CONTENT);
    case CRATE_HTML_CDATA:
      return take_text(builder, token->text, CRATE_HTML_RAW);
    case CRATE_HTML_OTHER:
      return take_other(builder, token);
    case CRATE_HTML_END:
      break;
  }
  return CRATE_OK;
}

CrateStatus
crate_html_build_xml(CrateHtmlBuilder *builder)
{
  CrateHtmlToken token;
  do {
    crate_html_next_token(&builder->rest, true, &token);
    CRATE_TRY(take_token(builder, &token));
  } while (token.kind != CRATE_HTML_END);
  return builder->html && !builder->count ? CRATE_OK : CRATE_MALFORMED;
}
