// SPDX-License-Identifier: Apache-2.0
// A model in words: JSON for programs, text for people.
#include "base/terminal.h"
#include "model/reading.h"
#include <cratekit/json.h>
#include <inttypes.h>

static const char *const places[] = {
  [CRATE_TENSOR_HERE] = "file",           [CRATE_TENSOR_PACKED] = "packed",
  [CRATE_TENSOR_ELSEWHERE] = "elsewhere", [CRATE_TENSOR_ENCODED] = "encoded",
  [CRATE_TENSOR_ABSENT] = "absent",
};

static const char *const orders[] = {
  [CRATE_ORDER_C] = "C",
  [CRATE_ORDER_FORTRAN] = "F",
  [CRATE_ORDER_STRIDED] = "strided",
};

/// A member of an object, but for its value: `"key": `.
static void
write_key(CrateBuffer *out, const char *key, bool first)
{
  crate_buffer_print(out, "%s\"%s\": ", first ? "" : ", ", key);
}

static void
write_string(CrateBuffer *out, const char *key, CrateText value, bool first)
{
  write_key(out, key, first);
  crate_json_write_string(out, value);
}

static void
write_shape(CrateBuffer *out, const CrateTensor *tensor)
{
  for (uint32_t i = 0; i < tensor->rank; ++i) {
    crate_buffer_print(out, "%s%" PRIu64, i ? ", " : "", tensor->shape[i]);
  }
}

static void
write_strides(CrateBuffer *out, const CrateTensor *tensor)
{
  write_key(out, "strides", false);
  for (uint32_t i = 0; i < tensor->rank; ++i) {
    crate_buffer_print(out, "%s%" PRId64, i ? ", " : "[", tensor->strides[i]);
  }
  crate_buffer_add_byte(out, ']');
}

static void
write_tensor(CrateBuffer *out, const CrateTensor *tensor)
{
  const CrateDtypeAbout *const about = crate_dtype_about(tensor->dtype);
  write_string(out, "name", tensor->name, true);
  crate_buffer_print(out, ", \"dtype\": \"%s\"", about->name);
  if (tensor->descr.size) {
    write_string(out, "numpy", tensor->descr, false);
  }
  write_key(out, "shape", false);
  crate_buffer_add_byte(out, '[');
  write_shape(out, tensor);
  crate_buffer_print(out, "], \"order\": \"%s\"", orders[tensor->order]);
  if (tensor->strides && tensor->rank) {
    write_strides(out, tensor);
  }
  if (tensor->variable) {
    crate_buffer_add_string(out, ", \"variable\": true");
  }
  crate_buffer_print(out, ", \"byteOrder\": \"%s\", \"place\": \"%s\"",
                     tensor->big_endian ? "big" : "little",
                     places[tensor->place]);
  if (tensor->member.size) {
    write_string(out, "member", tensor->member, false);
  }
  if (tensor->place < CRATE_TENSOR_ENCODED) {
    crate_buffer_print(out, ", \"offset\": %" PRIu64, tensor->offset);
  }
  crate_buffer_print(out, ", \"bytes\": %" PRIu64, tensor->size);
}

static void
write_entry(CrateBuffer *out, const CrateModelEntry *entry)
{
  write_string(out, "key", entry->key, true);
  write_string(out, "type", entry->type, false);
  write_key(out, "value", false);
  crate_buffer_add(out, entry->value);
  if (entry->shortened) {
    crate_buffer_add_string(out, ", \"shortened\": true");
  }
}

static void
write_hazard(CrateBuffer *out, const CrateModelHazard *hazard)
{
  crate_buffer_print(out, "\"severity\": \"%s\"",
                     crate_hazard_word(hazard->severity));
  write_string(out, "code", hazard->code, false);
  write_string(out, "place", hazard->place, false);
  write_string(out, "message", hazard->message, false);
}

/// Where the next object of a list begins.
static void
open_item(CrateBuffer *out, bool first)
{
  crate_buffer_add_string(out, first ? "\n    {" : "},\n    {");
}

static void
close_list(CrateBuffer *out, size_t count)
{
  crate_buffer_add_string(out, count ? "}\n  ]" : "]");
}

void
crate_model_write_json(const CrateModel *model,
                       CrateText name,
                       CrateBuffer *out)
{
  crate_buffer_add_string(out, "{\n  ");
  write_string(out, "file", name, true);
  write_string(out, "format", crate_text(model->format), false);
  write_string(out, "version", model->version, false);
  crate_buffer_print(out, ",\n  \"parameters\": %" PRIu64, model->parameters);
  crate_buffer_add_string(out, ",\n  \"metadata\": [");
  for (size_t i = 0; i < model->entry_count; ++i) {
    open_item(out, !i);
    write_entry(out, &model->entries[i]);
    crate_buffer_drain(out);
  }
  close_list(out, model->entry_count);
  crate_buffer_add_string(out, ",\n  \"tensors\": [");
  for (size_t i = 0; i < model->tensor_count; ++i) {
    open_item(out, !i);
    write_tensor(out, &model->tensors[i]);
    crate_buffer_drain(out);
  }
  close_list(out, model->tensor_count);
  crate_buffer_add_string(out, ",\n  \"hazards\": [");
  for (size_t i = 0; i < model->hazard_count; ++i) {
    open_item(out, !i);
    write_hazard(out, &model->hazards[i]);
    crate_buffer_drain(out);
  }
  close_list(out, model->hazard_count);
  crate_buffer_add_string(out, "\n}\n");
}

/// A text of the file's, in which nothing steers a terminal.
static void
print_text(CrateBuffer *out, CrateText text, size_t most)
{
  CrateText shown = crate_text_slice(text, 0, most);
  while (shown.size < text.size && shown.size &&
         ((unsigned char)text.data[shown.size] & 0xC0u) == 0x80u) {
    --shown.size; // not in the middle of a character
  }
  crate_terminal_escape(out, shown);
  crate_buffer_add_string(out, text.size > most ? "…" : "");
}

static void
print_tensor(CrateBuffer *out, const CrateTensor *tensor)
{
  crate_buffer_print(out, "  %-8s [", crate_dtype_about(tensor->dtype)->name);
  write_shape(out, tensor);
  crate_buffer_print(out, "]%s ",
                     tensor->variable                       ? " variable"
                     : tensor->order == CRATE_ORDER_C       ? ""
                     : tensor->order == CRATE_ORDER_FORTRAN ? " Fortran"
                                                            : " strided");
  if (tensor->place == CRATE_TENSOR_ENCODED ||
      tensor->place == CRATE_TENSOR_ABSENT) {
    crate_buffer_print(out, "%s ", places[tensor->place]);
  } else {
    crate_buffer_print(out, "%" PRIu64 " B at %" PRIu64 " ", tensor->size,
                       tensor->offset);
  }
  if (tensor->place == CRATE_TENSOR_PACKED ||
      tensor->place == CRATE_TENSOR_ELSEWHERE) {
    crate_buffer_add_string(out, tensor->member.size ? "of " : "unpacked");
    print_text(out, tensor->member, 200);
    crate_buffer_add_byte(out, ' ');
  }
  print_text(out, tensor->name, SIZE_MAX);
  crate_buffer_add_byte(out, '\n');
  crate_buffer_drain(out);
}

static void
print_heading(CrateBuffer *out, const char *heading, size_t count)
{
  if (count) {
    crate_buffer_print(out, "\n%s\n", heading);
  }
}

static void
print_hazard(CrateBuffer *out, const CrateModelHazard *hazard)
{
  crate_buffer_print(out, "%s: ", crate_hazard_word(hazard->severity));
  print_text(out, hazard->place, SIZE_MAX);
  crate_buffer_add_string(out, hazard->place.size ? ": " : "");
  print_text(out, hazard->message, SIZE_MAX);
  crate_buffer_print(out, " [%s]\n", hazard->code.data);
  crate_buffer_drain(out);
}

void
crate_model_write_hazards(const CrateModel *model,
                          CrateText name,
                          CrateBuffer *out)
{
  for (size_t i = 0; i < model->hazard_count; ++i) {
    print_text(out, name, SIZE_MAX);
    crate_buffer_add_string(out, ": ");
    print_hazard(out, &model->hazards[i]);
  }
}

void
crate_model_write_text(const CrateModel *model,
                       CrateText name,
                       CrateBuffer *out)
{
  enum { WIDE = 100 };
  print_text(out, name, SIZE_MAX);
  crate_buffer_print(out, ": %s%s", model->format ? model->format : "unknown",
                     model->version.size ? " " : "");
  print_text(out, model->version, WIDE);
  crate_buffer_print(out, ", %zu tensor%s, %" PRIu64 " parameters\n",
                     model->tensor_count, model->tensor_count == 1 ? "" : "s",
                     model->parameters);
  print_heading(out, "Hazards", model->hazard_count);
  for (size_t i = 0; i < model->hazard_count; ++i) {
    crate_buffer_add_string(out, "  ");
    print_hazard(out, &model->hazards[i]);
  }
  print_heading(out, "Metadata", model->entry_count);
  for (size_t i = 0; i < model->entry_count; ++i) {
    crate_buffer_add_string(out, "  ");
    print_text(out, model->entries[i].key, SIZE_MAX);
    crate_buffer_add_string(out, ": ");
    print_text(out, model->entries[i].value, WIDE);
    crate_buffer_add_byte(out, '\n');
    crate_buffer_drain(out);
  }
  print_heading(out, "Tensors", model->tensor_count);
  for (size_t i = 0; i < model->tensor_count; ++i) {
    print_tensor(out, &model->tensors[i]);
  }
}
