// SPDX-License-Identifier: Apache-2.0
// The tree knows where a value starts; its end is found in the text, which is
// known to be well-formed.
#include "json/span.h"

static bool
is_space(char c)
{
  return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

/// One past a string that starts at `at`.
static size_t
string_end(CrateText text, size_t at)
{
  for (++at; at < text.size && text.data[at] != '"'; ++at) {
    at += text.data[at] == '\\';
  }
  return at + 1u;
}

static size_t
container_end(CrateText text, size_t at)
{
  size_t depth = 0;
  while (at < text.size) {
    const char c = text.data[at];
    if (c == '"') {
      at = string_end(text, at);
      continue;
    }
    depth += c == '{' || c == '[';
    depth -= c == '}' || c == ']';
    ++at;
    if (!depth) {
      break;
    }
  }
  return at;
}

static size_t
scalar_end(CrateText text, size_t at)
{
  while (at < text.size && !is_space(text.data[at]) &&
         !strchr(",]}:", text.data[at])) {
    ++at;
  }
  return at;
}

uint32_t
crate_json_end(const CrateJsonDocument *document, const CrateJson *value)
{
  const CrateText text = document->bytes;
  const size_t at = value->offset;
  const char first = at < text.size ? text.data[at] : '\0';
  const size_t end = first == '"'                   ? string_end(text, at)
                     : first == '{' || first == '[' ? container_end(text, at)
                                                    : scalar_end(text, at);
  return (uint32_t)(end < text.size ? end : text.size);
}

CrateText
crate_json_space_before(const CrateJsonDocument *document, uint32_t offset)
{
  size_t start = offset;
  while (start && is_space(document->bytes.data[start - 1u])) {
    --start;
  }
  return crate_text_slice(document->bytes, start, offset);
}
