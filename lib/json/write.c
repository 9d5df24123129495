// SPDX-License-Identifier: Apache-2.0
// The plain writer. Depth is bounded by the reader's limit.
#include <cratekit/json.h>

static void
escape_byte(CrateBuffer *buffer, unsigned char c)
{
  static const char short_names[] = "btn\0fr"; // 0x08 to 0x0D, no 0x0B
  if (c >= 0x08u && c <= 0x0Du && c != 0x0Bu) {
    crate_buffer_add_byte(buffer, '\\');
    crate_buffer_add_byte(buffer, short_names[c - 0x08u]);
  } else if (c < 0x20u) {
    crate_buffer_print(buffer, "\\u%04x", c);
  } else {
    crate_buffer_add_byte(buffer, '\\');
    crate_buffer_add_byte(buffer, (char)c);
  }
}

/// Bytes that are UTF-8, escaped where RFC 8259 section 7 asks for it.
static void
write_characters(CrateBuffer *buffer, CrateText text)
{
  size_t start = 0;
  for (size_t i = 0; i < text.size; ++i) {
    const unsigned char c = (unsigned char)text.data[i];
    if (c < 0x20u || c == '"' || c == '\\') {
      crate_buffer_add(buffer, crate_text_slice(text, start, i));
      escape_byte(buffer, c);
      start = i + 1u;
    }
  }
  crate_buffer_add(buffer, crate_text_slice(text, start, text.size));
}

void
crate_json_write_string(CrateBuffer *buffer, CrateText text)
{
  crate_buffer_add_byte(buffer, '"');
  while (text.size) {
    const size_t good = crate_text_utf8_span(text);
    write_characters(buffer, crate_text_slice(text, 0, good));
    if (good < text.size) { // the name of a file, say: JSON is UTF-8
      crate_buffer_add_code_point(buffer, 0xFFFDu);
    }
    text = crate_text_slice(text, good + 1u, text.size);
  }
  crate_buffer_add_byte(buffer, '"');
}

typedef struct {
  CrateBuffer *buffer;
  unsigned indent;
} Writer;

static void
new_line(const Writer *writer, unsigned depth)
{
  if (writer->indent) {
    crate_buffer_add_byte(writer->buffer, '\n');
    for (unsigned i = 0; i < depth * writer->indent; ++i) {
      crate_buffer_add_byte(writer->buffer, ' ');
    }
  }
}

static void write_value(const Writer *writer,
                        const CrateJson *value,
                        unsigned depth);

static void
write_children(const Writer *writer, const CrateJson *value, unsigned depth)
{
  CrateBuffer *const buffer = writer->buffer;
  const bool object = value->kind == CRATE_JSON_OBJECT;
  crate_buffer_add_byte(buffer, object ? '{' : '[');
  const CrateJson *child = value->first;
  while (child) {
    new_line(writer, depth + 1u);
    if (object) {
      crate_json_write_string(buffer, crate_json_text(child));
      crate_buffer_add_string(buffer, writer->indent ? ": " : ":");
      child = child->next;
    }
    write_value(writer, child, depth + 1u);
    child = child->next;
    if (child) {
      crate_buffer_add_byte(buffer, ',');
    }
  }
  if (value->first) {
    new_line(writer, depth);
  }
  crate_buffer_add_byte(buffer, object ? '}' : ']');
}

static void
write_value(const Writer *writer, const CrateJson *value, unsigned depth)
{
  switch ((CrateJsonKind)value->kind) {
    case CRATE_JSON_NULL:
      crate_buffer_add_string(writer->buffer, "null");
      return;
    case CRATE_JSON_FALSE:
      crate_buffer_add_string(writer->buffer, "false");
      return;
    case CRATE_JSON_TRUE:
      crate_buffer_add_string(writer->buffer, "true");
      return;
    case CRATE_JSON_NUMBER:
      crate_buffer_add(writer->buffer, crate_json_text(value));
      return;
    case CRATE_JSON_STRING:
      crate_json_write_string(writer->buffer, crate_json_text(value));
      return;
    case CRATE_JSON_ARRAY:
    case CRATE_JSON_OBJECT:
      write_children(writer, value, depth);
      return;
  }
}

void
crate_json_write(CrateBuffer *buffer, const CrateJson *value, unsigned indent)
{
  const Writer writer = {buffer, indent};
  write_value(&writer, value, 0);
}
