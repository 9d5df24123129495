// SPDX-License-Identifier: Apache-2.0
// GGUF's metadata: keys and typed values, arrays in arrays.
#include "model/gguf.h"
#include <cratekit/json.h>
#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

/// Arrays in one another that other readers put up with.
#define DEEPEST 4u

/// Of a string: the reference reader's ceiling.
#define LONGEST_STRING ((uint64_t)64 << 20u)

typedef enum {
  UINT8,
  INT8,
  UINT16,
  INT16,
  UINT32,
  INT32,
  FLOAT32,
  BOOL,
  STRING,
  ARRAY,
  UINT64,
  INT64,
  FLOAT64,
  TYPES,
} Type;

static const struct {
  const char *name;
  uint8_t size; // 0: that depends
} types[] = {
  [UINT8] = {"uint8", 1},     [INT8] = {"int8", 1},
  [UINT16] = {"uint16", 2},   [INT16] = {"int16", 2},
  [UINT32] = {"uint32", 4},   [INT32] = {"int32", 4},
  [FLOAT32] = {"float32", 4}, [BOOL] = {"bool", 1},
  [STRING] = {"string", 0},   [ARRAY] = {"array", 0},
  [UINT64] = {"uint64", 8},   [INT64] = {"int64", 8},
  [FLOAT64] = {"float64", 8},
};

uint64_t
crate_gguf_get_size(CrateGguf *gguf)
{
  return gguf->version == 1 ? crate_cursor_get32(&gguf->cursor)
                            : crate_cursor_get64(&gguf->cursor);
}

CrateText
crate_gguf_get_string(CrateGguf *gguf, uint64_t longest)
{
  const uint64_t size = crate_gguf_get_size(gguf);
  if (size > longest) {
    crate_cursor_fail(&gguf->cursor, CRATE_MALFORMED,
                      "a text that is longer than any may be");
  }
  return crate_cursor_text(&gguf->cursor, size, SIZE_MAX);
}

/// The fewest digits that are the same 32 bits again.
static void
write_single(CrateBuffer *out, float number)
{
  char digits[32];
  for (int precision = 6; precision <= 9; ++precision) {
    snprintf(digits, sizeof(digits), "%.*g", precision, (double)number);
    if (strtof(digits, NULL) == number) {
      break;
    }
  }
  crate_buffer_add_string(out, digits);
}

static void
write_float(CrateBuffer *out, double number)
{
  if (isfinite(number)) {
    crate_json_write_number(out, number);
  } else { // JSON has no word for it
    crate_buffer_add_string(out, isnan(number)  ? "\"NaN\""
                                 : number > 0.0 ? "\"Infinity\""
                                                : "\"-Infinity\"");
  }
}

/// A value of a fixed size.
static void
write_scalar(CrateBuffer *out, Type type, uint64_t bits)
{
  float single = 0.0f;
  double wide = 0.0;
  const uint32_t half = (uint32_t)bits;
  memcpy(&single, &half, sizeof(single));
  memcpy(&wide, &bits, sizeof(wide));
  switch (type) {
    case INT8:
      crate_buffer_print(out, "%d", (int8_t)bits);
      break;
    case INT16:
      crate_buffer_print(out, "%d", (int16_t)bits);
      break;
    case INT32:
      crate_buffer_print(out, "%" PRId32, (int32_t)half);
      break;
    case INT64:
      crate_buffer_print(out, "%" PRId64, (int64_t)bits);
      break;
    case BOOL:
      crate_buffer_add_string(out, bits ? "true" : "false");
      break;
    case FLOAT32:
      if (isfinite(single)) {
        write_single(out, single);
      } else {
        write_float(out, (double)single);
      }
      break;
    case FLOAT64:
      write_float(out, wide);
      break;
    default:
      crate_buffer_print(out, "%" PRIu64, bits);
      break;
  }
}

static uint64_t
get_bits(CrateCursor *cursor, Type type)
{
  const uint64_t bits = types[type].size == 1   ? crate_cursor_get8(cursor)
                        : types[type].size == 2 ? crate_cursor_get16(cursor)
                        : types[type].size == 4 ? crate_cursor_get32(cursor)
                                                : crate_cursor_get64(cursor);
  if (type == BOOL && bits > 1) {
    crate_cursor_fail(cursor, CRATE_MALFORMED,
                      "a truth value that is neither 0 nor 1");
  }
  return bits;
}

static Type
get_type(CrateCursor *cursor)
{
  const uint32_t type = crate_cursor_get32(cursor);
  if (type >= TYPES) {
    crate_cursor_fail(cursor, CRATE_MALFORMED, "a value of an unknown type");
    return UINT8;
  }
  return (Type)type;
}

/// A text, through a buffer of its own: an arena would keep 100 000 words.
static void
read_string(CrateGguf *gguf, bool keep)
{
  CrateCursor *const cursor = &gguf->cursor;
  const uint64_t size = crate_gguf_get_size(gguf);
  if (size > LONGEST_STRING) {
    crate_cursor_fail(cursor, CRATE_MALFORMED,
                      "a text that is longer than any may be");
  }
  if (!keep) {
    crate_cursor_skip(cursor, size);
    return;
  }
  if (size > CRATE_CURSOR_WINDOW) {
    const CrateText text = crate_cursor_text(cursor, size, SIZE_MAX);
    crate_json_write_string(&gguf->value, text);
    return;
  }
  const char *const bytes =
    (const char *)crate_cursor_take(cursor, (size_t)size);
  crate_json_write_string(&gguf->value,
                          (CrateText){bytes, bytes ? (size_t)size : 0});
}

static bool read_array(CrateGguf *gguf, unsigned depth, bool keep);

/// Read a value into the JSON, or over it. False when some of it was left out.
static bool
read_value(CrateGguf *gguf, Type type, unsigned depth, bool keep)
{
  if (type == ARRAY) {
    return read_array(gguf, depth + 1u, keep);
  }
  if (type == STRING) {
    read_string(gguf, keep);
  } else {
    const uint64_t bits = get_bits(&gguf->cursor, type);
    if (keep) {
      write_scalar(&gguf->value, type, bits);
    }
  }
  return keep;
}

static bool
read_array(CrateGguf *gguf, unsigned depth, bool keep)
{
  CrateCursor *const cursor = &gguf->cursor;
  bool whole = keep;
  if (depth > DEEPEST) {
    crate_cursor_fail(cursor, CRATE_OVER_LIMIT,
                      "arrays in one another, more than 4 deep");
  }
  const Type type = get_type(cursor);
  const uint64_t count = crate_gguf_get_size(gguf);
  const uint64_t least = types[type].size ? types[type].size : 4u;
  if (count > crate_cursor_left(cursor) / least) {
    crate_cursor_fail(cursor, CRATE_MALFORMED,
                      "an array of more values than there are bytes");
  }
  crate_buffer_add_string(&gguf->value, keep ? "[" : "");
  for (uint64_t i = 0; i < count && !cursor->status; ++i) {
    const bool more = keep && gguf->value.size < CRATE_MODEL_LONGEST_VALUE;
    if (!more && types[type].size) {
      crate_cursor_skip(cursor, (count - i) * types[type].size);
      whole = false;
      break;
    }
    crate_buffer_add_string(&gguf->value, more && i ? "," : "");
    whole &= read_value(gguf, type, depth, more);
  }
  crate_buffer_add_string(&gguf->value, keep ? "]" : "");
  return whole;
}

/// What is read of values here: how tensors lie, and what is run.
static CrateStatus
look_at(CrateGguf *gguf, CrateText key, Type type)
{
  const CrateText value = crate_buffer_text(&gguf->value);
  if (crate_text_is(key, "general.alignment")) {
    if (type != UINT32) {
      return crate_model_refuse(gguf->reading, CRATE_MALFORMED,
                                "general.alignment is no uint32");
    }
    gguf->alignment = strtoul(value.data, NULL, 10);
  }
  if (!crate_text_starts(key, CRATE_TEXT("tokenizer.chat_template")) ||
      type != STRING) {
    return CRATE_OK;
  }
  const bool reaches =
    memmem(value.data, value.size, "__", 2) || // __class__, __globals__
    memmem(value.data, value.size, "|attr(", 6);
  return crate_model_add_hazard(
    gguf->reading, reaches ? CRATE_HAZARD_DANGER : CRATE_HAZARD_NOTE,
    "chat-template", key,
    reaches ? "its chat template is a program in Jinja that reaches for "
              "Python's inner names"
            : "its chat template is a program in Jinja, to be run in a sandbox "
              "only");
}

/// "string", "float32[]", "array[]".
static CrateStatus
name_type(CrateGguf *gguf, Type type, CrateText *out)
{
  *out = crate_text(types[type].name);
  const unsigned char *const bytes =
    type == ARRAY ? crate_cursor_peek(&gguf->cursor, 4) : NULL;
  const uint32_t element =
    bytes ? crate_get32(bytes, gguf->cursor.big_endian) : (uint32_t)TYPES;
  return element < TYPES
           ? crate_model_print(gguf->reading, out, "%s[]", types[element].name)
           : CRATE_OK;
}

CrateStatus
crate_gguf_read_entry(CrateGguf *gguf)
{
  CrateText type_name = {NULL, 0};
  const CrateText key = crate_gguf_get_string(gguf, CRATE_GGUF_LONGEST_KEY);
  const Type type = get_type(&gguf->cursor);
  CRATE_TRY(crate_cursor_status(&gguf->cursor));
  if (crate_map_get(&gguf->keys, key, NULL)) {
    return crate_model_refuse(gguf->reading, CRATE_MALFORMED,
                              "the key \"%.*s\" is there twice",
                              CRATE_TEXT_ARG(crate_text_slice(key, 0, 200)));
  }
  CRATE_TRY(crate_map_put(&gguf->keys, key, 1));
  CRATE_TRY(name_type(gguf, type, &type_name));
  gguf->value.size = 0;
  const bool whole = read_value(gguf, type, 0, true);
  CRATE_TRY(crate_cursor_status(&gguf->cursor));
  crate_buffer_add_byte(&gguf->value, '\0'); // for strtoul()
  CRATE_TRY(crate_buffer_status(&gguf->value));
  --gguf->value.size;
  CRATE_TRY(look_at(gguf, key, type));
  return crate_model_add_json(gguf->reading, key, type_name,
                              crate_buffer_text(&gguf->value), !whole);
}
