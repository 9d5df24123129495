// SPDX-License-Identifier: Apache-2.0
// Fuzz target: a document of JSON-LD as a page, a card and drawings. What comes
// out has no element but ours, and never a link that runs.
#include <cratekit/convert.h>
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static size_t
count(CrateText text, const char *words)
{
  const size_t size = strlen(words);
  size_t found = 0;
  for (size_t i = 0; i + size <= text.size; ++i) {
    found += !memcmp(text.data + i, words, size);
  }
  return found;
}

/// A page has one script, which is data, and as many elements closed as
/// opened.
static void
check_page(CrateText page)
{
  static const char *const elements[] = {"section", "table", "td", "ul",
                                         "dl",      "a",     "svg"};
  if (count(page, "<script") != 1 || count(page, "</script") != 1 ||
      count(page, "href=\"javascript") || count(page, "<img") ||
      crate_text_utf8_span(page) < page.size) {
    abort();
  }
  for (size_t i = 0; i < sizeof elements / sizeof *elements; ++i) {
    char start[16] = "<";
    char end[16] = "</";
    strncat(start, elements[i], 8);
    const size_t length = strlen(start);
    start[length] = '>';
    const size_t bare = count(page, start);
    start[length] = ' ';
    const size_t opened = bare + count(page, start);
    strncat(end, elements[i], 8);
    end[length + 1u] = '>';
    if (opened != count(page, end)) {
      abort();
    }
  }
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
  static const char *const formats[] = {"html", "markdown", "dot", "svg"};
  CrateWorld world;
  crate_world_init(&world);
  world.limits.memory_bytes = (size_t)256 << 20;
  const CrateConversion what = {.name = CRATE_TEXT("fuzz"),
                                .bytes = {(const char *)data, size},
                                .syntax = CRATE_SYNTAX_JSONLD};
  for (size_t i = 0; i < sizeof formats / sizeof *formats; ++i) {
    CrateBuffer out;
    crate_buffer_init(&out, &world);
    const CrateStatus status = crate_convert(
      &world, &what, crate_format_find(crate_text(formats[i])), &out);
    if (!status && !i) {
      check_page(crate_buffer_text(&out));
    }
    crate_buffer_clear(&out);
  }
  return 0;
}
