// SPDX-License-Identifier: Apache-2.0
#include "base/terminal.h"

static const char *const level_names[] = {"error", "warning", "note"};

/// Code point of a well-formed UTF-8 sequence of `size` bytes.
static uint32_t
decode(const unsigned char *bytes, size_t size)
{
  const uint32_t masks[] = {0, 0x7Fu, 0x1Fu, 0x0Fu, 0x07u};
  uint32_t code_point = bytes[0] & masks[size];
  for (size_t i = 1; i < size; ++i) {
    code_point = (code_point << 6u) | (bytes[i] & 0x3Fu);
  }
  return code_point;
}

/// Bytes of the sequence that a lead byte begins.
static size_t
sequence_size(unsigned char lead)
{
  return lead < 0x80u ? 1 : lead < 0xE0u ? 2 : lead < 0xF0u ? 3 : 4;
}

/// C0, DEL, C1, line separators, marks that turn the direction of text.
static bool
is_obeyed(uint32_t c)
{
  return c < 0x20u || (c >= 0x7Fu && c < 0xA0u) || c == 0x061Cu ||
         (c >= 0x200Eu && c <= 0x200Fu) || (c >= 0x2028u && c <= 0x202Eu) ||
         (c >= 0x2066u && c <= 0x2069u) || c == 0xFEFFu;
}

void
crate_terminal_escape(CrateBuffer *buffer, CrateText text)
{
  while (text.size) {
    const unsigned char *const bytes = (const unsigned char *)text.data;
    size_t size = sequence_size(bytes[0]);
    const CrateText one = crate_text_slice(text, 0, size);
    if (crate_text_utf8_span(one) < size) {
      crate_buffer_print(buffer, "\\x%02X", bytes[0]);
      size = 1;
    } else if (is_obeyed(decode(bytes, size))) {
      crate_buffer_print(buffer, size == 1 ? "\\x%02X" : "\\u%04X",
                         (unsigned)decode(bytes, size));
    } else {
      crate_buffer_add(buffer, one);
    }
    text = crate_text_slice(text, size, text.size);
  }
}

void
crate_terminal_format(CrateBuffer *buffer,
                      const char *program,
                      const CrateDiagnostic *diagnostic)
{
  if (!diagnostic->file.size) {
    crate_buffer_add_string(buffer, program);
  } else {
    crate_terminal_escape(buffer, diagnostic->file);
    if (diagnostic->line) {
      crate_buffer_print(buffer, ":%u", (unsigned)diagnostic->line);
      if (diagnostic->column) {
        crate_buffer_print(buffer, ":%u", (unsigned)diagnostic->column);
      }
    }
  }
  crate_buffer_print(buffer, ": %s: ", level_names[diagnostic->level]);
  crate_terminal_escape(buffer, diagnostic->message);
  if (diagnostic->code.size) {
    crate_buffer_add_string(buffer, " [");
    crate_terminal_escape(buffer, diagnostic->code);
    crate_buffer_add_byte(buffer, ']');
  }
  crate_buffer_add_byte(buffer, '\n');
}

static void
write_diagnostic(void *handle, const CrateDiagnostic *diagnostic)
{
  CrateTerminal *const terminal = handle;
  terminal->errors += diagnostic->level == CRATE_DIAGNOSTIC_ERROR;
  // A world of its own: the caller's may just have run out of memory.
  CrateWorld world;
  crate_world_init(&world);
  CrateBuffer line;
  crate_buffer_init(&line, &world);
  crate_terminal_format(&line, terminal->program, diagnostic);
  if (crate_buffer_status(&line)) {
    fprintf(terminal->stream, "%s: error: out of memory\n", terminal->program);
  } else {
    fwrite(line.data, 1, line.size, terminal->stream);
  }
  crate_buffer_clear(&line);
}

CrateSink
crate_terminal_sink(CrateTerminal *terminal)
{
  return (CrateSink){write_diagnostic, terminal};
}
