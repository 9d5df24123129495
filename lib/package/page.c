// SPDX-License-Identifier: Apache-2.0
// Metadata that a web page embeds: <script type="application/ld+json">.
#include "package/page.h"
#include "html/token.h"
#include "package/package.h"
#include <strings.h>

static bool
starts(CrateText text, const char *prefix)
{
  const size_t size = strlen(prefix);
  return text.size >= size && !strncasecmp(text.data, prefix, size);
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
  while (at < text.size && crate_html_is_space(text.data[at])) {
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

/// Take a start tag's attributes; of one that is repeated the first counts.
static void
take_attributes(CrateText text, CratePageTag *tag)
{
  const struct {
    CrateText name;
    CrateText *value;
  } wanted[] = {
    {CRATE_TEXT("type"), &tag->type},
    {CRATE_TEXT("id"), &tag->id},
    {CRATE_TEXT("href"), &tag->href},
  };
  CrateHtmlPart part;
  while (crate_html_next_attribute(&text, &part)) {
    for (size_t i = 0; i < sizeof(wanted) / sizeof(*wanted); ++i) {
      if (!wanted[i].value->data &&
          crate_text_equal_fold(part.name, wanted[i].name)) {
        *wanted[i].value = part.value.data ? part.value : CRATE_TEXT("");
      }
    }
  }
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
  CrateHtmlToken token;
  do {
    crate_html_next_token(text, false, &token);
    if (token.kind == CRATE_HTML_END) {
      return false;
    }
  } while (token.kind != CRATE_HTML_START_TAG);
  *tag = (CratePageTag){.name = token.name};
  take_attributes(token.text, tag);
  if (is_raw(tag->name)) {
    tag->raw = crate_html_take_raw(text, tag->name);
  }
  return true;
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
