// SPDX-License-Identifier: Apache-2.0
// Names for what is no file: entities have IRIs, tensors any bytes.
#include "fuse/node.h"

/// The longest name of Linux's file systems, and how much of a longer one stays
/// in front of its digest.
enum { LONGEST = 255, KEPT = 236 };

static bool
is_dots(CrateText text)
{
  return crate_text_is(text, ".") || crate_text_is(text, "..");
}

/// Bytes that no name may hold, or that would make of two texts one name.
static bool
must_be_encoded(unsigned char byte)
{
  return byte == '/' || byte == '%' || byte < 0x20 || byte == 0x7F;
}

static void
encode(CrateBuffer *buffer, CrateText text)
{
  const bool dots = is_dots(text);
  for (size_t i = 0; i < text.size; ++i) {
    const unsigned char byte = (unsigned char)text.data[i];
    if (dots || must_be_encoded(byte)) {
      crate_buffer_print(buffer, "%%%02X", byte);
    } else {
      crate_buffer_add_byte(buffer, (char)byte);
    }
  }
}

/// Cut between characters, and put the digest of the whole behind it. `%` is
/// followed by no digest otherwise, as '~' is no digit.
static void
shorten(CrateBuffer *buffer, CrateText text)
{
  static const uint64_t keys[] = {0x9E3779B97F4A7C15u, 0xC2B2AE3D27D4EB4Fu};
  size_t kept =
    crate_text_utf8_span(crate_text_slice(crate_buffer_text(buffer), 0, KEPT));
  kept = kept ? kept : KEPT;
  // The key is fixed: names are the same whenever the crate is mounted.
  buffer->size = kept;
  crate_buffer_print(buffer, "%%~%08x",
                     (unsigned)crate_text_hash(text, keys[0]));
  crate_buffer_print(buffer, "%08x", (unsigned)crate_text_hash(text, keys[1]));
}

CrateStatus
crate_node_name(CrateArena *arena, CrateText text, CrateText *out)
{
  CrateBuffer buffer;
  crate_buffer_init(&buffer, arena->world);
  if (!text.size) {
    crate_buffer_add_string(&buffer, "%");
  }
  encode(&buffer, text);
  if (buffer.size > LONGEST) {
    shorten(&buffer, text);
  }
  CrateStatus st = crate_buffer_status(&buffer);
  st = st ? st : crate_arena_copy(arena, crate_buffer_text(&buffer), out);
  crate_buffer_clear(&buffer);
  return st;
}

CrateStatus
crate_node_way(CrateArena *arena,
               unsigned depth,
               const CrateText *parts,
               size_t count,
               CrateText *out)
{
  CrateBuffer buffer;
  crate_buffer_init(&buffer, arena->world);
  while (depth--) {
    crate_buffer_add_string(&buffer, "../");
  }
  for (size_t i = 0; i < count; ++i) {
    crate_buffer_add(&buffer, parts[i]);
  }
  if (buffer.size && buffer.data[buffer.size - 1u] == '/') {
    --buffer.size; // a link to a folder
  }
  CrateStatus st = crate_buffer_status(&buffer);
  st = st ? st : crate_arena_copy(arena, crate_buffer_text(&buffer), out);
  crate_buffer_clear(&buffer);
  return st;
}
