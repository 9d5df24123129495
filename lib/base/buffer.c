// SPDX-License-Identifier: Apache-2.0
#include <cratekit/buffer.h>
#include <stdarg.h>
#include <stdio.h>

void
crate_buffer_init(CrateBuffer *buffer, const CrateWorld *world)
{
  *buffer = (CrateBuffer){.world = world};
}

void
crate_buffer_clear(CrateBuffer *buffer)
{
  if (buffer->world) {
    crate_world_release(buffer->world, buffer->data);
    crate_buffer_init(buffer, buffer->world);
  }
}

/// Room for `more` bytes at the end, or NULL when the buffer has failed.
static char *
make_room(CrateBuffer *buffer, size_t more)
{
  if (buffer->status) {
    return NULL;
  }
  const size_t ceiling = buffer->world->limits.memory_bytes;
  if (buffer->size > ceiling || more > ceiling - buffer->size) {
    buffer->status = CRATE_OVER_LIMIT;
    return NULL;
  }
  buffer->status = crate_world_reserve(
    buffer->world, &buffer->data, &buffer->capacity, buffer->size + more, 1);
  return buffer->status ? NULL : buffer->data + buffer->size;
}

void
crate_buffer_add(CrateBuffer *buffer, CrateText text)
{
  char *const end = text.size ? make_room(buffer, text.size) : NULL;
  if (end) {
    memcpy(end, text.data, text.size);
    buffer->size += text.size;
  }
}

void
crate_buffer_add_string(CrateBuffer *buffer, const char *string)
{
  crate_buffer_add(buffer, crate_text(string));
}

void
crate_buffer_add_byte(CrateBuffer *buffer, char byte)
{
  char *const end = make_room(buffer, 1);
  if (end) {
    *end = byte;
    ++buffer->size;
  }
}

void
crate_buffer_print(CrateBuffer *buffer, const char *format, ...)
{
  va_list arguments;
  va_start(arguments, format);
  va_list again;
  va_copy(again, arguments);
  const int size = vsnprintf(NULL, 0, format, arguments);
  if (size < 0 && !buffer->status) { // more than an int can count
    buffer->status = CRATE_OVER_LIMIT;
  }
  char *const end = size < 0 ? NULL : make_room(buffer, (size_t)size + 1u);
  if (end) {
    vsnprintf(end, (size_t)size + 1u, format, again);
    buffer->size += (size_t)size;
  }
  va_end(again);
  va_end(arguments);
}

void
crate_buffer_add_code_point(CrateBuffer *buffer, uint32_t code_point)
{
  char bytes[4];
  size_t size = 0;
  if (code_point < 0x80u) {
    bytes[size++] = (char)code_point;
  } else {
    const unsigned extra = code_point < 0x800u     ? 1
                           : code_point < 0x10000u ? 2
                                                   : 3;
    const unsigned leads[] = {0, 0xC0u, 0xE0u, 0xF0u};
    bytes[size++] = (char)(leads[extra] | (code_point >> (6u * extra)));
    for (unsigned i = extra; i-- > 0;) {
      bytes[size++] = (char)(0x80u | ((code_point >> (6u * i)) & 0x3Fu));
    }
  }
  crate_buffer_add(buffer, (CrateText){bytes, size});
}
