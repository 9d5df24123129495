// SPDX-License-Identifier: Apache-2.0
#include "validate/report_writer.h"
#include <cratekit/json.h>

static void
next(CrateWriter *writer)
{
  crate_buffer_add_string(writer->buffer, writer->first ? "" : ",");
  if (!writer->compact) {
    crate_buffer_add_byte(writer->buffer, '\n');
  }
  for (unsigned i = 0; i < writer->depth && !writer->compact; ++i) {
    crate_buffer_add_string(writer->buffer, "  ");
  }
  writer->first = false;
}

void
crate_writer_name(CrateWriter *writer, const char *key)
{
  next(writer);
  if (key) {
    crate_json_write_string(writer->buffer, crate_text(key));
    crate_buffer_add_string(writer->buffer, writer->compact ? ":" : ": ");
  }
}

void
crate_writer_open(CrateWriter *writer, const char *key, char bracket)
{
  if (writer->depth) {
    crate_writer_name(writer, key);
  }
  crate_buffer_add_byte(writer->buffer, bracket);
  ++writer->depth;
  writer->first = true;
}

void
crate_writer_close(CrateWriter *writer, char bracket)
{
  const bool empty = writer->first;
  --writer->depth;
  if (!empty) {
    writer->first = true;
    next(writer);
    // next() began a line as for a first child: the bracket takes it.
  }
  crate_buffer_add_byte(writer->buffer, bracket);
  writer->first = false;
}

void
crate_writer_text(CrateWriter *writer, const char *key, CrateText text)
{
  crate_writer_name(writer, key);
  if (text.size) {
    crate_json_write_string(writer->buffer, text);
  } else {
    crate_buffer_add_string(writer->buffer, "null");
  }
}

void
crate_writer_given(CrateWriter *writer, const char *key, CrateText text)
{
  if (text.size) {
    crate_writer_text(writer, key, text);
  }
}

void
crate_writer_string(CrateWriter *writer, const char *key, const char *string)
{
  crate_writer_name(writer, key);
  crate_json_write_string(writer->buffer, crate_text(string));
}

void
crate_writer_number(CrateWriter *writer, const char *key, size_t number)
{
  crate_writer_name(writer, key);
  crate_buffer_print(writer->buffer, "%zu", number);
}

void
crate_writer_flag(CrateWriter *writer, const char *key, bool flag)
{
  crate_writer_name(writer, key);
  crate_buffer_add_string(writer->buffer, flag ? "true" : "false");
}

void
crate_writer_place(CrateWriter *writer, const char *key, uint32_t number)
{
  if (number) {
    crate_writer_number(writer, key, number);
  } else {
    crate_writer_text(writer, key, (CrateText){NULL, 0});
  }
}
