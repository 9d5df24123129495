// SPDX-License-Identifier: Apache-2.0
// What readers of formats do alike: read, refuse, and fill the tables.
#include "model/reading.h"
#include <cratekit/json.h>
#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>

CrateStatus
crate_model_refuse(const CrateModelReading *reading,
                   CrateStatus status,
                   const char *format,
                   ...)
{
  char words[600];
  const CrateDiagnostic where = {.file = reading->name,
                                 .code = CRATE_TEXT("invalid-model")};
  va_list arguments;
  va_start(arguments, format);
  (void)vsnprintf(words, sizeof(words), format, arguments);
  va_end(arguments);
  return reading->member.size
           ? crate_world_say(
               reading->world, status, &where, "%.*s: %s",
               CRATE_TEXT_ARG(crate_text_slice(reading->member, 0, 200)), words)
           : crate_world_say(reading->world, status, &where, "%s", words);
}

CrateStatus
crate_model_read_at(const CrateModelReading *reading,
                    uint64_t offset,
                    void *out,
                    size_t size)
{
  const CrateModelSource *const source = reading->source;
  if (offset > source->size || size > source->size - offset) {
    return crate_model_refuse(
      reading, CRATE_MALFORMED,
      "it ends at byte %" PRIu64 ", in the middle of its header", source->size);
  }
  const CrateStatus st =
    size ? source->read_at(source->handle, offset, out, size) : CRATE_OK;
  return st == CRATE_UNREADABLE
           ? crate_model_refuse(reading, st, "it cannot be read")
           : st;
}

CrateStatus
crate_model_read_text(const CrateModelReading *reading,
                      uint64_t offset,
                      uint64_t size,
                      CrateText *out)
{
  *out = (CrateText){NULL, 0};
  if (size > reading->source->size) { // before there is memory for it
    return crate_model_read_at(reading, offset, NULL, SIZE_MAX);
  }
  char *const bytes =
    (char *)crate_arena_allocate(&reading->model->arena, (size_t)size + 1u);
  if (!bytes) {
    return crate_arena_status(&reading->model->arena);
  }
  CRATE_TRY(crate_model_read_at(reading, offset, bytes, (size_t)size));
  bytes[size] = '\0';
  *out = (CrateText){bytes, (size_t)size};
  return CRATE_OK;
}

static CrateStatus
print(CrateArena *arena, CrateText *out, const char *format, va_list arguments)
{
  char words[1000];
  *out = (CrateText){NULL, 0};
  (void)vsnprintf(words, sizeof(words), format, arguments);
  return crate_arena_copy(arena, crate_text(words), out);
}

CrateStatus
crate_model_print(const CrateModelReading *reading,
                  CrateText *out,
                  const char *format,
                  ...)
{
  va_list arguments;
  va_start(arguments, format);
  const CrateStatus st = print(&reading->model->arena, out, format, arguments);
  va_end(arguments);
  return st;
}

uint64_t *
crate_model_new_shape(const CrateModelReading *reading, uint32_t rank)
{
  return rank ? (uint64_t *)crate_arena_array(&reading->model->arena, rank,
                                              sizeof(uint64_t))
              : NULL;
}

/// What is said of a tensor that cannot be as the file says.
static CrateStatus
refuse_tensor(const CrateModelReading *reading,
              const CrateTensor *tensor,
              const char *why)
{
  return crate_model_refuse(
    reading, CRATE_MALFORMED, "tensor \"%.*s\" %s",
    CRATE_TEXT_ARG(crate_text_slice(tensor->name, 0, 200)), why);
}

static CrateStatus
check_size(const CrateModelReading *reading, CrateTensor *tensor)
{
  const CrateDtypeAbout *const about = crate_dtype_about(tensor->dtype);
  uint64_t size = 0;
  if (!crate_model_count_bytes(tensor->dtype, tensor->shape, tensor->rank,
                               tensor->order == CRATE_ORDER_FORTRAN, &size)) {
    return refuse_tensor(reading, tensor,
                         about->block > 1
                           ? "has rows that are no whole number of blocks, or "
                             "more bytes than 64 bits can count"
                           : "has more bytes than 64 bits can count");
  }
  const bool plain = tensor->place < CRATE_TENSOR_ENCODED &&
                     !tensor->variable &&
                     tensor->order != CRATE_ORDER_STRIDED && about->bits;
  if (plain && tensor->size && tensor->size != size) {
    return crate_model_refuse(
      reading, CRATE_MALFORMED,
      "tensor \"%.*s\" has %" PRIu64
      " bytes, but its shape and type make %" PRIu64,
      CRATE_TEXT_ARG(crate_text_slice(tensor->name, 0, 200)), tensor->size,
      size);
  }
  tensor->size = tensor->size ? tensor->size : size;
  return CRATE_OK;
}

static CrateStatus
check_place(const CrateModelReading *reading, CrateTensor *tensor)
{
  if (tensor->place != CRATE_TENSOR_HERE) {
    return CRATE_OK;
  }
  if (tensor->offset > reading->source->size ||
      tensor->size > reading->source->size - tensor->offset) {
    return refuse_tensor(reading, tensor, "lies beyond the file's end");
  }
  tensor->place = reading->place;
  tensor->member = tensor->member.size ? tensor->member : reading->member;
  tensor->offset += reading->base;
  return CRATE_OK;
}

/// The type as numpy.dtype() takes it.
static CrateStatus
describe(const CrateModelReading *reading, CrateTensor *tensor)
{
  const CrateDtypeAbout *const about = crate_dtype_about(tensor->dtype);
  if (tensor->descr.size || !about->numpy) {
    return CRATE_OK;
  }
  return crate_model_print(reading, &tensor->descr, "%c%s",
                           about->bits == 8     ? '|'
                           : tensor->big_endian ? '>'
                                                : '<',
                           about->numpy);
}

static uint64_t
count_elements(const CrateTensor *tensor)
{
  uint64_t elements = tensor->place != CRATE_TENSOR_ABSENT;
  for (uint32_t i = 0; i < tensor->rank; ++i) {
    elements *= tensor->shape[i]; // check_size() saw that it fits
  }
  return elements;
}

CrateStatus
crate_model_add_tensor(CrateModelReading *reading, const CrateTensor *tensor)
{
  CrateModel *const model = reading->model;
  CrateTensor made = *tensor;
  if (crate_map_get(&model->names, made.name, NULL)) {
    return refuse_tensor(reading, tensor, "is there twice");
  }
  CRATE_TRY(check_size(reading, &made));
  CRATE_TRY(check_place(reading, &made));
  CRATE_TRY(describe(reading, &made));
  CRATE_TRY(crate_world_reserve(reading->world, &model->tensors,
                                &model->tensor_capacity,
                                model->tensor_count + 1u, sizeof(made)));
  CRATE_TRY(crate_map_put(&model->names, made.name, model->tensor_count));
  model->tensors[model->tensor_count++] = made;
  const uint64_t elements = count_elements(&made);
  model->parameters += elements <= UINT64_MAX - model->parameters
                         ? elements
                         : UINT64_MAX - model->parameters;
  return CRATE_OK;
}

CrateStatus
crate_model_add_json(const CrateModelReading *reading,
                     CrateText key,
                     CrateText type,
                     CrateText value,
                     bool shortened)
{
  CrateModel *const model = reading->model;
  CrateModelEntry entry = {key, type, {NULL, 0}, shortened};
  CRATE_TRY(crate_arena_copy(&model->arena, value, &entry.value));
  CRATE_TRY(crate_world_reserve(reading->world, &model->entries,
                                &model->entry_capacity, model->entry_count + 1u,
                                sizeof(entry)));
  model->entries[model->entry_count++] = entry;
  return CRATE_OK;
}

CrateStatus
crate_model_add_text(const CrateModelReading *reading,
                     CrateText key,
                     CrateText type,
                     CrateText value)
{
  const bool shortened = value.size > CRATE_MODEL_LONGEST_VALUE;
  CrateBuffer json;
  crate_buffer_init(&json, reading->world);
  crate_json_write_string(
    &json, crate_text_slice(value, 0, CRATE_MODEL_LONGEST_VALUE));
  CrateStatus st = crate_buffer_status(&json);
  if (!st) {
    st = crate_model_add_json(reading, key, type, crate_buffer_text(&json),
                              shortened);
  }
  crate_buffer_clear(&json);
  return st;
}

CrateStatus
crate_model_add_number(const CrateModelReading *reading,
                       CrateText key,
                       CrateText type,
                       uint64_t value)
{
  char digits[24];
  snprintf(digits, sizeof(digits), "%" PRIu64, value);
  return crate_model_add_json(reading, key, type, crate_text(digits), false);
}

CrateStatus
crate_model_add_hazard(const CrateModelReading *reading,
                       CrateHazardSeverity severity,
                       const char *code,
                       CrateText place,
                       const char *format,
                       ...)
{
  CrateModel *const model = reading->model;
  const CrateText parts[] = {reading->member, CRATE_TEXT(": "),
                             crate_text_slice(place, 0, 200)};
  const bool both = reading->member.size && place.size;
  CrateModelHazard hazard = {.severity = severity, .code = crate_text(code)};
  CRATE_TRY(crate_arena_join(&model->arena,
                             reading->member.size ? parts : parts + 2,
                             both ? 3 : 1, &hazard.place));
  va_list arguments;
  va_start(arguments, format);
  const CrateStatus st =
    print(&model->arena, &hazard.message, format, arguments);
  va_end(arguments);
  CRATE_TRY(st);
  CRATE_TRY(crate_world_reserve(reading->world, &model->hazards,
                                &model->hazard_capacity,
                                model->hazard_count + 1u, sizeof(hazard)));
  model->hazards[model->hazard_count++] = hazard;
  return CRATE_OK;
}

bool
crate_model_leads_out(CrateText path)
{
  size_t depth = 0;
  if (!path.size || path.data[0] == '/' || path.data[0] == '\\' ||
      (path.size > 1 && path.data[1] == ':')) {
    return true;
  }
  while (path.size) {
    const size_t slash = crate_text_find(path, '/');
    const CrateText part = crate_text_slice(path, 0, slash);
    path = crate_text_slice(path, slash + 1u, path.size);
    if (crate_text_is(part, "..")) {
      if (!depth--) {
        return true;
      }
    } else if (part.size && !crate_text_is(part, ".")) {
      ++depth;
    }
  }
  return memchr(path.data ? path.data : "", '\\', path.size) != NULL;
}
