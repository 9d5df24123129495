// SPDX-License-Identifier: Apache-2.0
// The tokenizer of HTML (13.2.5), as far as a tree needs it: no errors are
// told, since browsers tell none.
#include "html/token.h"
#include <strings.h>

static CrateText
from(CrateText text, size_t at)
{
  return crate_text_slice(text, at, text.size);
}

static bool
starts(CrateText text, const char *prefix)
{
  const size_t size = strlen(prefix);
  return text.size >= size && !strncasecmp(text.data, prefix, size);
}

static bool
is_letter(char c)
{
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/// Up to a mark, and over it; all there is when there is none.
static CrateText
take_past(CrateText *page, size_t skipped, const char *mark)
{
  const CrateText text = from(*page, skipped);
  const char *const found =
    text.size ? memmem(text.data, text.size, mark, strlen(mark)) : NULL;
  const size_t size = found ? (size_t)(found - text.data) : text.size;
  *page = from(text, size + strlen(mark));
  return crate_text_slice(text, 0, size);
}

/// 13.2.5.42 and following: it may end as soon as it starts.
static void
skip_comment(CrateText *page)
{
  const CrateText inner = from(*page, 4);
  if (starts(inner, ">") || starts(inner, "->")) {
    take_past(page, 4, ">");
    return;
  }
  for (CrateText rest = inner;;) {
    take_past(&rest, 0, "--");
    while (starts(rest, "-")) {
      rest = from(rest, 1);
    }
    if (!rest.size || starts(rest, ">") || starts(rest, "!>")) {
      take_past(&rest, 0, ">");
      *page = rest;
      return;
    }
  }
}

static size_t
space_span(CrateText text)
{
  size_t at = 0;
  while (at < text.size && crate_html_is_space(text.data[at])) {
    ++at;
  }
  return at;
}

/// Bytes up to a space or one of some others.
static size_t
word_span(CrateText text, const char *ends)
{
  size_t at = 0;
  while (at < text.size && !crate_html_is_space(text.data[at]) &&
         (!text.data[at] || !strchr(ends, text.data[at]))) {
    ++at;
  }
  return at;
}

/// 13.2.5.35 and following: what is behind the "=".
static void
take_value(CrateText *text, CrateHtmlPart *part)
{
  *text = from(*text, space_span(*text));
  const char quote = text->size ? *text->data : '>';
  part->is_quoted = quote == '"' || quote == '\'';
  if (part->is_quoted) {
    *text = from(*text, 1);
    part->value = crate_text_slice(*text, 0, crate_text_find(*text, quote));
    *text = from(*text, part->value.size + 1u);
  } else {
    part->value = crate_text_slice(*text, 0, word_span(*text, ">"));
    *text = from(*text, part->value.size);
  }
  if (!part->value.data) {
    part->value = CRATE_TEXT("");
  }
}

bool
crate_html_next_attribute(CrateText *text, CrateHtmlPart *part)
{
  *part = (CrateHtmlPart){.is_quoted = false};
  while (text->size &&
         (crate_html_is_space(*text->data) || *text->data == '/')) {
    *text = from(*text, 1);
  }
  if (!text->size || *text->data == '>') {
    return false;
  }
  // 13.2.5.32: a "=" in front is part of the name
  const size_t size = 1u + word_span(from(*text, 1), "/>=");
  part->name = crate_text_slice(*text, 0, size);
  const CrateText after = from(*text, size);
  const CrateText rest = from(after, space_span(after));
  *text = after;
  if (starts(rest, "=")) {
    *text = from(rest, 1);
    take_value(text, part);
  }
  return true;
}

/// A tag: its name, and its attributes, which may hold a ">".
static void
take_tag(CrateText *page, size_t skipped, CrateHtmlToken *token)
{
  CrateText rest = from(*page, skipped);
  token->name = crate_text_slice(rest, 0, word_span(rest, "/>"));
  rest = from(rest, token->name.size);
  const CrateText whole = rest;
  CrateHtmlPart part, last = {.is_quoted = true};
  while (crate_html_next_attribute(&rest, &part)) {
    last = part;
  }
  token->text = crate_text_slice(whole, 0, whole.size - rest.size);
  token->is_self_closing =
    token->text.size && token->text.data[token->text.size - 1] == '/' &&
    (last.is_quoted || !crate_text_ends(last.value, CRATE_TEXT("/")));
  token->kind = !rest.size      ? CRATE_HTML_END
                : skipped == 2u ? CRATE_HTML_END_TAG
                                : CRATE_HTML_START_TAG;
  *page = from(rest, 1);
}

/// What starts with "<!" or "<?", and is no tag.
static void
take_other(CrateText *page, bool is_xml, CrateHtmlToken *token)
{
  token->kind = CRATE_HTML_OTHER;
  if (starts(*page, "<!--")) {
    skip_comment(page);
  } else if (is_xml && crate_text_starts(*page, CRATE_TEXT("<![CDATA["))) {
    token->kind = CRATE_HTML_CDATA;
    token->text = take_past(page, 9, "]]>");
  } else {
    const bool is_instruction = is_xml && starts(*page, "<?");
    token->text = take_past(page, 2, is_instruction ? "?>" : ">");
  }
}

void
crate_html_next_token(CrateText *page, bool is_xml, CrateHtmlToken *token)
{
  *token = (CrateHtmlToken){.kind = CRATE_HTML_TEXT, .at = page->data};
  if (!page->size) {
    token->kind = CRATE_HTML_END;
    return;
  }
  const char second = page->size > 1 ? page->data[1] : ' ';
  const char third = page->size > 2 ? page->data[2] : ' ';
  if (*page->data == '<' && is_letter(second)) {
    take_tag(page, 1, token);
  } else if (*page->data == '<' && second == '/' && is_letter(third)) {
    take_tag(page, 2, token);
  } else if (*page->data == '<' && second && strchr("!?/", second)) {
    take_other(page, is_xml, token);
  } else { // up to the next tag, if it is one
    const CrateText rest = from(*page, 1);
    const size_t size = 1u + crate_text_find(rest, '<');
    token->text = crate_text_slice(*page, 0, size);
    *page = from(*page, size);
  }
}

CrateText
crate_html_take_raw(CrateText *page, CrateText name)
{
  const CrateText whole = *page;
  while (page->size) {
    *page = from(*page, crate_text_find(*page, '<'));
    const CrateText behind = from(*page, 2u + name.size);
    if (starts(*page, "</") &&
        crate_text_equal_fold(crate_text_slice(*page, 2, 2u + name.size),
                              name) &&
        (!behind.size || crate_html_is_space(*behind.data) ||
         *behind.data == '/' || *behind.data == '>')) {
      break;
    }
    *page = from(*page, 1);
  }
  return crate_text_slice(whole, 0, whole.size - page->size);
}
