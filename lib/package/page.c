// SPDX-License-Identifier: Apache-2.0
// Metadata that a web page embeds: <script type="application/ld+json">. The
// tokenizer of HTML (13.2.5), as far as it takes to know where scripts are.
#include "package/page.h"
#include "package/package.h"
#include <ctype.h>
#include <strings.h>

static bool
starts(CrateText text, const char *prefix)
{
  const size_t size = strlen(prefix);
  return text.size >= size && !strncasecmp(text.data, prefix, size);
}

static bool
is_space(char c)
{
  return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f';
}

static CrateText
from(CrateText text, size_t at)
{
  return crate_text_slice(text, at, text.size);
}

static CrateText
skip_space(CrateText text)
{
  size_t at = crate_text_starts(text, CRATE_TEXT("\xEF\xBB\xBF")) ? 3 : 0;
  while (at < text.size && is_space(text.data[at])) {
    ++at;
  }
  return from(text, at);
}

bool
crate_page_is_one(CrateText start)
{
  static const char *const first[] = {"<!doctype html", "<html",   "<head",
                                      "<!--",           "<script", "<body",
                                      "<meta",          "<title",  "<?xml"};
  const CrateText text = skip_space(start);
  for (size_t i = 0; i < sizeof(first) / sizeof(*first); ++i) {
    if (starts(text, first[i])) {
      return true;
    }
  }
  return false;
}

/// Up to what ends something, or all there is.
static CrateText
skip_past(CrateText text, const char *end)
{
  const size_t size = strlen(end);
  while (text.size && !starts(text, end)) {
    text = from(text, 1u + crate_text_find(from(text, 1), *end));
  }
  return from(text, size);
}

/// One attribute off a tag: 13.2.5.32 and following.
static CrateText
next_attribute(CrateText *tag, CrateText *value)
{
  size_t end = 0;
  *value = (CrateText){NULL, 0};
  while (tag->size && (is_space(*tag->data) || *tag->data == '/')) {
    *tag = from(*tag, 1);
  }
  while (end < tag->size && !is_space(tag->data[end]) &&
         !strchr("/>", tag->data[end]) && (!end || tag->data[end] != '=')) {
    ++end;
  }
  const CrateText name = crate_text_slice(*tag, 0, end);
  const CrateText after = skip_space(from(*tag, end));
  if (!crate_text_starts(after, CRATE_TEXT("="))) {
    *tag = from(*tag, end);
    return name;
  }
  CrateText rest = skip_space(from(after, 1));
  const char quote = rest.size ? *rest.data : '>';
  end = 0;
  if (quote == '"' || quote == '\'') {
    rest = from(rest, 1);
    end = crate_text_find(rest, quote);
    *tag = from(rest, end + 1u);
  } else {
    while (end < rest.size && !is_space(rest.data[end]) &&
           rest.data[end] != '>') {
      ++end;
    }
    *tag = from(rest, end);
  }
  *value = crate_text_slice(rest, 0, end);
  return name;
}

/// Take a start tag's attributes; of one that is repeated the first counts.
static void
take_attributes(CrateText *text, CratePageTag *tag)
{
  const struct {
    CrateText name;
    CrateText *value;
  } wanted[] = {
    {CRATE_TEXT("type"), &tag->type},
    {CRATE_TEXT("id"), &tag->id},
    {CRATE_TEXT("href"), &tag->href},
  };
  while (text->size && *text->data != '>') {
    CrateText value;
    const CrateText name = next_attribute(text, &value);
    for (size_t i = 0; i < sizeof(wanted) / sizeof(*wanted); ++i) {
      if (!wanted[i].value->data &&
          crate_text_equal_fold(name, wanted[i].name)) {
        *wanted[i].value = value.data ? value : CRATE_TEXT("");
      }
    }
    if (!name.size && text->size && *text->data != '>') {
      *text = from(*text, 1);
    }
  }
  *text = from(*text, 1);
}

/// The text of an element that holds no markup, up to its end tag.
static CrateText
take_raw(CrateText *text, CrateText name)
{
  const CrateText whole = *text;
  for (; text->size;
       *text = from(*text, 1u + crate_text_find(from(*text, 1), '<'))) {
    const CrateText inner = from(*text, 2u + name.size);
    if (starts(*text, "</") &&
        crate_text_equal_fold(crate_text_slice(*text, 2, 2u + name.size),
                              name) &&
        (!inner.size || is_space(*inner.data) || strchr("/>", *inner.data))) {
      break;
    }
  }
  return crate_text_slice(whole, 0, whole.size - text->size);
}

/// Elements whose text is no markup.
static bool
is_raw(CrateText name)
{
  static const char *const names[] = {"script",  "style",   "textarea",
                                      "title",   "xmp",     "iframe",
                                      "noembed", "noframes"};
  for (size_t i = 0; i < sizeof(names) / sizeof(*names); ++i) {
    if (crate_text_equal_fold(name, crate_text(names[i]))) {
      return true;
    }
  }
  return false;
}

bool
crate_page_next(CrateText *text, CratePageTag *tag)
{
  while (text->size) {
    *text = from(*text, crate_text_find(*text, '<'));
    if (starts(*text, "<!--")) {
      *text = skip_past(from(*text, 2), "-->");
      continue;
    }
    size_t end = 1;
    while (end < text->size && isalnum((unsigned char)text->data[end])) {
      ++end;
    }
    *tag = (CratePageTag){.name = crate_text_slice(*text, 1, end)};
    if (!tag->name.size) { // an end tag, a doctype, or just a '<'
      *text = from(*text, 1);
      continue;
    }
    *text = from(*text, end);
    take_attributes(text, tag);
    if (is_raw(tag->name)) {
      tag->raw = take_raw(text, tag->name);
    }
    return true;
  }
  return false;
}

bool
crate_page_is_jsonld(const CratePageTag *tag)
{
  const CrateText type = skip_space(tag->type);
  const CrateText rest = skip_space(from(type, 19));
  return crate_text_equal_fold(tag->name, CRATE_TEXT("script")) &&
         starts(type, "application/ld+json") &&
         (!rest.size || *rest.data == ';');
}

/// Step to the next script with JSON-LD: its text, or `data` NULL at the end.
static CrateText
next_script(CrateText *text)
{
  CratePageTag tag;
  while (crate_page_next(text, &tag)) {
    if (crate_page_is_jsonld(&tag)) {
      return tag.raw;
    }
  }
  return (CrateText){NULL, 0};
}

/// What a script is that holds one of these: by the first letter, whether
/// slashes are escaped or not.
static const struct {
  const char *mark;
  unsigned rank;
} marks[] = {
  {"ro-crate-metadata.json", 3},
  {"ro/crate/", 3},
  {"ro\\/crate\\/", 3},
  {"mlcommons.org/croissant", 3},
  {"mlcommons.org\\/croissant", 3},
  {"mlcommons.org/schema", 2},
  {"\"Dataset\"", 1},
  {":Dataset\"", 1},
  {"schema.org/Dataset\"", 1},
};

static unsigned
rank_at(CrateText text)
{
  for (size_t i = 0; i < sizeof(marks) / sizeof(*marks); ++i) {
    if (crate_text_starts(text, crate_text(marks[i].mark))) {
      return marks[i].rank;
    }
  }
  return 0;
}

/// How likely a script is the one that is meant: of a crate or of Croissant,
/// of a dataset, or of anything.
static unsigned
rank_of(CrateText script)
{
  unsigned rank = 0;
  for (CrateText rest = script; rest.size && rank < 3; rest = from(rest, 1)) {
    if (*rest.data && strchr("rm:\"s", *rest.data)) {
      const unsigned here = rank_at(rest);
      rank = here > rank ? here : rank;
    }
  }
  return rank + 1u;
}

bool
crate_page_bare(char *data, size_t size)
{
  CrateText text = {data, size};
  CrateText kept = {NULL, 0};
  unsigned best = 0;
  while (text.size && best < 4) { // the first of the likeliest
    const CrateText script = next_script(&text);
    const unsigned rank = script.data ? rank_of(script) : 0;
    kept = rank > best ? script : kept;
    best = rank > best ? rank : best;
  }
  if (!kept.data) {
    return false;
  }
  const size_t start = (size_t)(kept.data - data);
  for (size_t i = 0; i < size; ++i) {
    if ((i < start || i >= start + kept.size) && data[i] != '\n' &&
        data[i] != '\r') {
      data[i] = ' ';
    }
  }
  return true;
}
