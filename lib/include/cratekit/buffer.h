// SPDX-License-Identifier: Apache-2.0
/// @file Bytes that grow at the end, with a ceiling.
#ifndef CRATE_BUFFER_H
#define CRATE_BUFFER_H
#include <cratekit/text.h>
#include <cratekit/world.h>
CRATE_BEGIN_DECLS

/// Caller's memory. The first failure sticks: later calls do nothing, so a
/// writer may check once, at the end, with crate_buffer_status().
typedef struct CrateBuffer {
  const CrateWorld *world;
  char *data; ///< Not NUL-ended.
  size_t size, capacity;
  CrateStatus status;
  /// Where a long output goes in pieces (NULL: it all stays in `data`), set
  /// after crate_buffer_init(). See crate_buffer_drain().
  CrateStatus (*flush)(void *handle, CrateText bytes);
  void *handle; ///< Passed to `flush`.
} CrateBuffer;

/// Bytes that crate_buffer_drain() lets gather.
#define CRATE_BUFFER_DRAIN ((size_t)1 << 16)

/// Empty; keeps the world, whose memory_bytes is the ceiling.
CRATE_API void crate_buffer_init(CrateBuffer *buffer, const CrateWorld *world);

CRATE_API void crate_buffer_clear(CrateBuffer *buffer);

CRATE_API void crate_buffer_add(CrateBuffer *buffer, CrateText text);

CRATE_API void crate_buffer_add_string(CrateBuffer *buffer, const char *string);

CRATE_API void crate_buffer_add_byte(CrateBuffer *buffer, char byte);

CRATE_API CRATE_PRINTF(2, 3) void crate_buffer_print(CrateBuffer *buffer,
                                                     const char *format,
                                                     ...);

/// Append a code point as UTF-8.
CRATE_API void crate_buffer_add_code_point(CrateBuffer *buffer,
                                           uint32_t code_point);

/// A view of the bytes, valid until the next change.
static inline CrateText
crate_buffer_text(const CrateBuffer *buffer)
{
  const CrateText text = {buffer->data, buffer->size};
  return text;
}

/// Hand everything to `flush`, if there is one, and start anew.
static inline void
crate_buffer_flush(CrateBuffer *buffer)
{
  if (buffer->flush && buffer->size && !buffer->status) {
    buffer->status = buffer->flush(buffer->handle, crate_buffer_text(buffer));
    buffer->size = 0;
  }
}

/// The same, once much has gathered: writers of long outputs call it between
/// pieces, so that memory stays bounded however long the output is.
static inline void
crate_buffer_drain(CrateBuffer *buffer)
{
  if (buffer->size >= CRATE_BUFFER_DRAIN) {
    crate_buffer_flush(buffer);
  }
}

/// The first failure, or CRATE_OK.
static inline CrateStatus
crate_buffer_status(const CrateBuffer *buffer)
{
  return buffer->status;
}

CRATE_END_DECLS
#endif // CRATE_BUFFER_H
