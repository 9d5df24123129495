// SPDX-License-Identifier: Apache-2.0
#include "json/locator.h"
#include "json/pointer.h"

/// Fewer children than this are found by walking.
#define FEW_CHILDREN 32u

CrateStatus
crate_locator_init(CrateLocator *locator,
                   const CrateWorld *world,
                   const CrateJsonDocument *document)
{
  *locator = (CrateLocator){.document = document};
  crate_arena_init(&locator->arena, world);
  crate_map_init(&locator->wide, world);
  return crate_lines_new(world, document->bytes, &locator->lines);
}

void
crate_locator_clear(CrateLocator *locator)
{
  crate_lines_free(locator->lines);
  locator->lines = NULL;
  crate_map_clear(&locator->wide);
  crate_arena_clear(&locator->arena);
}

CratePlace
crate_locator_place(const CrateLocator *locator, uint32_t offset)
{
  return crate_lines_place(locator->lines, offset);
}

static bool
continues(char byte)
{
  return ((unsigned char)byte & 0xC0u) == 0x80u;
}

/// Some of a long line: `lead` bytes before the offset, and what follows,
/// with no character cut (which have three bytes more than one at most).
static CrateText
cut(CrateText bytes, size_t offset, size_t lead, size_t most)
{
  size_t start = offset - lead;
  for (int i = 0; i < 3 && start < offset && continues(bytes.data[start]);
       ++i) {
    ++start;
  }
  const CrateText piece = crate_text_slice(bytes, start, start + most);
  size_t size = crate_text_find(piece, '\n');
  for (int i = 0; i < 3 && size && start + size < bytes.size &&
                  continues(bytes.data[start + size]);
       ++i) {
    --size;
  }
  return crate_text_slice(piece, 0, size);
}

CrateText
crate_locator_excerpt(const CrateLocator *locator,
                      uint32_t offset,
                      size_t most,
                      uint32_t *column)
{
  const CrateText bytes = locator->document->bytes;
  const uint32_t before = crate_lines_place(locator->lines, offset).column - 1u;
  *column = 1;
  if (offset > bytes.size) {
    return (CrateText){NULL, 0};
  }
  if (before <= most) {
    const size_t start = offset - before;
    // One byte more than asked for tells whether the line goes on.
    const CrateText rest = crate_text_slice(bytes, start, start + most + 1u);
    const size_t size = crate_text_find(rest, '\n');
    if (size <= most) {
      return crate_text_slice(rest, 0, size);
    }
  }
  const size_t lead = before < most / 8u ? before : most / 8u;
  const CrateText piece = cut(bytes, offset, lead, most);
  *column = before - (uint32_t)(offset - (piece.data - bytes.data)) + 1u;
  return piece;
}

/// Bytes of a block whose characters are counted once.
#define BLOCK 4096u

static uint32_t
count_characters(CrateText text)
{
  uint32_t count = 0;
  for (size_t i = 0; i < text.size; ++i) {
    count += !continues(text.data[i]);
  }
  return count;
}

static CrateStatus
count_blocks(CrateLocator *locator)
{
  const CrateText bytes = locator->document->bytes;
  const size_t count = bytes.size / BLOCK + 1u;
  uint32_t *const before =
    (uint32_t *)crate_arena_array(&locator->arena, count, sizeof(*before));
  if (!before) {
    return crate_arena_status(&locator->arena);
  }
  for (size_t i = 1; i < count; ++i) {
    before[i] =
      before[i - 1u] +
      count_characters(crate_text_slice(bytes, (i - 1u) * BLOCK, i * BLOCK));
  }
  locator->characters = before;
  return CRATE_OK;
}

/// Characters before a byte of the document.
static uint32_t
characters_before(const CrateLocator *locator, size_t offset)
{
  const size_t block = offset / BLOCK;
  return locator->characters[block] +
         count_characters(
           crate_text_slice(locator->document->bytes, block * BLOCK, offset));
}

uint32_t
crate_locator_character(CrateLocator *locator, uint32_t offset)
{
  const uint32_t before = crate_lines_place(locator->lines, offset).column - 1u;
  if (offset > locator->document->bytes.size ||
      (!locator->characters && count_blocks(locator))) {
    return 0;
  }
  return characters_before(locator, offset) -
         characters_before(locator, offset - before) + 1u;
}

/// The children of a container in an array, made when first asked for: the
/// elements, or the keys of the members.
static CrateStatus
children_of(CrateLocator *locator,
            const CrateJson *container,
            const CrateJson ***out)
{
  // The offset is the container's alone, and stays where it is.
  const CrateText key = {(const char *)&container->offset,
                         sizeof(container->offset)};
  uintptr_t known = 0;
  if (crate_map_get(&locator->wide, key, &known)) {
    *out = (const CrateJson **)known;
    return CRATE_OK;
  }
  const bool object = container->kind == CRATE_JSON_OBJECT;
  const CrateJson **const children = (const CrateJson **)crate_arena_array(
    &locator->arena, container->size, sizeof(*children));
  if (!children) {
    return crate_arena_status(&locator->arena);
  }
  size_t count = 0;
  for (const CrateJson *child = container->first;
       child && count < container->size;
       child = object ? crate_json_next_key(child) : child->next) {
    children[count++] = child;
  }
  *out = children;
  return crate_map_put(&locator->wide, key, (uintptr_t)children);
}

/// How many of the children start at or before the offset.
static size_t
count_before(const CrateJson *const *children, size_t count, uint32_t offset)
{
  size_t low = 0;
  size_t high = count;
  while (low < high) {
    const size_t middle = low + (high - low) / 2u;
    if (children[middle]->offset <= offset) {
      low = middle + 1u;
    } else {
      high = middle;
    }
  }
  return low;
}

CrateStatus
crate_locator_pointer(CrateLocator *locator,
                      uint32_t offset,
                      CrateBuffer *out,
                      const CrateJson **named)
{
  const CrateJson *value = locator->document->root;
  while (
    value && value->offset < offset &&
    (value->kind == CRATE_JSON_OBJECT || value->kind == CRATE_JSON_ARRAY)) {
    if (value->size < FEW_CHILDREN) {
      value = crate_pointer_descend(value, offset, out);
      continue;
    }
    const CrateJson **children = NULL;
    CRATE_TRY(children_of(locator, value, &children));
    const size_t before = count_before(children, value->size, offset);
    value = before ? crate_pointer_step(value, children[before - 1u],
                                        before - 1u, out)
                   : NULL;
  }
  if (named) {
    *named = value;
  }
  return crate_buffer_status(out);
}
