// SPDX-License-Identifier: Apache-2.0
// From bytes to lines, columns and pointers, and back (RFC 6901).
#include "json/pointer.h"

CratePlace
crate_json_place(const CrateJsonDocument *document, uint32_t offset)
{
  const CrateText before = crate_text_slice(document->bytes, 0, offset);
  CratePlace place = {1, 1};
  size_t start = 0;
  for (size_t at = crate_text_find(before, '\n'); at < before.size;) {
    ++place.line;
    start = at + 1u;
    const CrateText rest = crate_text_slice(before, start, before.size);
    at = start + crate_text_find(rest, '\n');
  }
  place.column = (uint32_t)(before.size - start) + 1u;
  return place;
}

struct CrateLines {
  const CrateWorld *world;
  size_t count;
  uint32_t starts[]; // byte offset of each line
};

static size_t
count_lines(CrateText bytes)
{
  size_t count = 1;
  for (size_t i = 0; i < bytes.size; ++i) {
    count += bytes.data[i] == '\n';
  }
  return count;
}

CrateStatus
crate_lines_new(const CrateWorld *world, CrateText bytes, CrateLines **out)
{
  *out = NULL;
  if (bytes.size >= UINT32_MAX) {
    return CRATE_OVER_LIMIT;
  }
  const size_t count = count_lines(bytes);
  CrateLines *const lines = (CrateLines *)crate_world_allocate(
    world, sizeof(CrateLines) + count * sizeof(uint32_t));
  if (!lines) {
    return CRATE_NO_MEMORY;
  }
  lines->world = world;
  lines->count = count;
  lines->starts[0] = 0;
  size_t line = 1;
  for (size_t i = 0; i < bytes.size; ++i) {
    if (bytes.data[i] == '\n') {
      lines->starts[line++] = (uint32_t)i + 1u;
    }
  }
  *out = lines;
  return CRATE_OK;
}

void
crate_lines_free(CrateLines *lines)
{
  if (lines) {
    crate_world_release(lines->world, lines);
  }
}

CratePlace
crate_lines_place(const CrateLines *lines, uint32_t offset)
{
  size_t low = 0; // starts[low] <= offset
  size_t high = lines->count;
  while (high - low > 1) {
    const size_t middle = low + (high - low) / 2u;
    if (lines->starts[middle] <= offset) {
      low = middle;
    } else {
      high = middle;
    }
  }
  return (CratePlace){(uint32_t)low + 1u, offset - lines->starts[low] + 1u};
}

/// Whether a reference token, its "~0" and "~1" undone, is this key.
static bool
token_is(CrateText token, CrateText key)
{
  size_t k = 0;
  for (size_t i = 0; i < token.size; ++i, ++k) {
    char c = token.data[i];
    if (c == '~' && i + 1u < token.size) {
      ++i;
      c = token.data[i] == '1' ? '/' : '~';
    }
    if (k >= key.size || key.data[k] != c) {
      return false;
    }
  }
  return k == key.size;
}

static const CrateJson *
member_at(const CrateJson *object, CrateText token)
{
  const CrateJson *found = NULL;
  for (const CrateJson *key = object->first; key;
       key = crate_json_next_key(key)) {
    if (token_is(token, crate_json_text(key))) {
      found = key->next;
    }
  }
  return found;
}

/// RFC 6901 section 4: digits without a leading zero.
static const CrateJson *
element_at(const CrateJson *array, CrateText token)
{
  if (!token.size || token.size > 9 ||
      (token.size > 1 && token.data[0] == '0')) {
    return NULL;
  }
  size_t index = 0;
  for (size_t i = 0; i < token.size; ++i) {
    if (token.data[i] < '0' || token.data[i] > '9') {
      return NULL;
    }
    index = index * 10u + (size_t)(token.data[i] - '0');
  }
  const CrateJson *element = array->first;
  while (element && index--) {
    element = element->next;
  }
  return element;
}

const CrateJson *
crate_json_at(const CrateJsonDocument *document, CrateText pointer)
{
  const CrateJson *value = document->root;
  while (value && pointer.size) {
    if (pointer.data[0] != '/') {
      return NULL;
    }
    const CrateText rest = crate_text_slice(pointer, 1, pointer.size);
    const size_t end = crate_text_find(rest, '/');
    const CrateText token = crate_text_slice(rest, 0, end);
    pointer = crate_text_slice(rest, end, rest.size);
    value = crate_json_is(value, CRATE_JSON_OBJECT)  ? member_at(value, token)
            : crate_json_is(value, CRATE_JSON_ARRAY) ? element_at(value, token)
                                                     : NULL;
  }
  return value;
}

static void
add_token(CrateBuffer *buffer, CrateText key)
{
  crate_buffer_add_byte(buffer, '/');
  for (size_t i = 0; i < key.size; ++i) {
    if (key.data[i] == '~' || key.data[i] == '/') {
      crate_buffer_add_string(buffer, key.data[i] == '~' ? "~0" : "~1");
    } else {
      crate_buffer_add_byte(buffer, key.data[i]);
    }
  }
}

const CrateJson *
crate_pointer_step(const CrateJson *container,
                   const CrateJson *child,
                   size_t index,
                   CrateBuffer *out)
{
  if (container->kind == CRATE_JSON_OBJECT) {
    add_token(out, crate_json_text(child));
    return child->next;
  }
  crate_buffer_print(out, "/%zu", index);
  return child;
}

const CrateJson *
crate_pointer_descend(const CrateJson *container,
                      uint32_t offset,
                      CrateBuffer *out)
{
  const bool object = container->kind == CRATE_JSON_OBJECT;
  const CrateJson *best = NULL;
  size_t count = 0;
  for (const CrateJson *child = container->first;
       child && child->offset <= offset;
       child = object ? crate_json_next_key(child) : child->next) {
    best = child;
    ++count;
  }
  return best ? crate_pointer_step(container, best, count - 1u, out) : NULL;
}

void
crate_json_pointer(const CrateJson *from, uint32_t offset, CrateBuffer *out)
{
  const CrateJson *value = from;
  while (
    value && value->offset < offset &&
    (value->kind == CRATE_JSON_OBJECT || value->kind == CRATE_JSON_ARRAY)) {
    value = crate_pointer_descend(value, offset, out);
  }
}
