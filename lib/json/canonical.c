// SPDX-License-Identifier: Apache-2.0
// JSON Canonicalization Scheme, RFC 8785.
#include "json/number.h"
#include <cratekit/json.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

/// Digits and exponent of the shortest decimal that reads back as `number`:
/// 0.d1d2… * 10^point (ECMAScript Number::toString, step 5).
static int
shortest_digits(double number, char digits[24], int *point)
{
  char text[40];
  int precision = 0;
  do { // written and read in one locale, whichever it is
    snprintf(text, sizeof(text), "%.*e", precision, number);
  } while (strtod(text, NULL) != number && ++precision < 17);
  *point = crate_number_digits(number, precision, digits) + 1;
  int count = precision + 1;
  while (count > 1 && digits[count - 1] == '0') {
    --count;
  }
  return count;
}

static void
add_zeros(CrateBuffer *buffer, int count)
{
  while (count-- > 0) {
    crate_buffer_add_byte(buffer, '0');
  }
}

static void
write_exponential(CrateBuffer *buffer, const char *digits, int count, int point)
{
  crate_buffer_add_byte(buffer, digits[0]);
  if (count > 1) {
    crate_buffer_add_byte(buffer, '.');
    crate_buffer_add(buffer, (CrateText){digits + 1, (size_t)count - 1u});
  }
  crate_buffer_print(buffer, "e%+d", point - 1);
}

void
crate_json_write_number(CrateBuffer *buffer, double number)
{
  if (number == 0) { // covers -0
    crate_buffer_add_byte(buffer, '0');
    return;
  }
  if (number < 0) {
    crate_buffer_add_byte(buffer, '-');
    number = -number;
  }
  char digits[24];
  int point = 0;
  const int count = shortest_digits(number, digits, &point);
  const CrateText all = {digits, (size_t)count};
  if (point >= count && point <= 21) { // step 6
    crate_buffer_add(buffer, all);
    add_zeros(buffer, point - count);
  } else if (point > 0 && point <= 21) { // step 7
    crate_buffer_add(buffer, crate_text_slice(all, 0, (size_t)point));
    crate_buffer_add_byte(buffer, '.');
    crate_buffer_add(buffer, crate_text_slice(all, (size_t)point, all.size));
  } else if (point > -6 && point <= 0) { // step 8
    crate_buffer_add_string(buffer, "0.");
    add_zeros(buffer, -point);
    crate_buffer_add(buffer, all);
  } else { // steps 9 and 10
    write_exponential(buffer, digits, count, point);
  }
}

/// Next UTF-16 code units of a text, as one sortable number: section 3.2.3.
/// A supplementary character sorts as its high surrogate, so below U+E000.
static uint32_t
next_unit(CrateText text, size_t *at)
{
  const unsigned char *const s = (const unsigned char *)text.data + *at;
  const unsigned lead = s[0];
  if (lead < 0x80u) {
    *at += 1;
    return lead;
  }
  if (lead < 0xE0u) {
    *at += 2;
    return ((lead & 0x1Fu) << 6u) | (s[1] & 0x3Fu);
  }
  if (lead < 0xF0u) {
    *at += 3;
    return ((lead & 0xFu) << 12u) | ((s[1] & 0x3Fu) << 6u) | (s[2] & 0x3Fu);
  }
  *at += 4;
  return ((lead & 0x7u) << 18u) | ((s[1] & 0x3Fu) << 12u) |
         ((s[2] & 0x3Fu) << 6u) | (s[3] & 0x3Fu);
}

/// Rank of a character in the order of UTF-16 code units.
static uint32_t
unit_rank(uint32_t c)
{
  return c >= 0x10000u  ? c - 0x10000u + 0xD800u
         : c >= 0xE000u ? c + 0x100000u
                        : c;
}

static int
compare_units(CrateText a, CrateText b)
{
  size_t i = 0;
  size_t j = 0;
  while (i < a.size && j < b.size) {
    const uint32_t x = unit_rank(next_unit(a, &i));
    const uint32_t y = unit_rank(next_unit(b, &j));
    if (x != y) {
      return x < y ? -1 : 1;
    }
  }
  return (i < a.size) - (j < b.size);
}

static int
compare_keys(const void *a, const void *b)
{
  const CrateJson *const x = *(const CrateJson *const *)a;
  const CrateJson *const y = *(const CrateJson *const *)b;
  return compare_units(crate_json_text(x), crate_json_text(y));
}

static CrateStatus
write_members(CrateBuffer *buffer, const CrateJson *object)
{
  const CrateWorld *const world = buffer->world;
  const CrateJson **const keys = (const CrateJson **)crate_world_allocate(
    world, object->size * sizeof(const CrateJson *));
  if (!keys) {
    return CRATE_NO_MEMORY;
  }
  size_t count = 0;
  for (const CrateJson *key = object->first; key;
       key = crate_json_next_key(key)) {
    keys[count++] = key;
  }
  qsort(keys, count, sizeof(*keys), compare_keys);
  CrateStatus st = CRATE_OK;
  crate_buffer_add_byte(buffer, '{');
  for (size_t i = 0; i < count && !st; ++i) {
    if (i) {
      crate_buffer_add_byte(buffer, ',');
    }
    crate_json_write_string(buffer, crate_json_text(keys[i]));
    crate_buffer_add_byte(buffer, ':');
    st = crate_json_write_canonical(buffer, keys[i]->next);
  }
  crate_buffer_add_byte(buffer, '}');
  crate_world_release(world, keys);
  return st;
}

static CrateStatus
write_elements(CrateBuffer *buffer, const CrateJson *array)
{
  crate_buffer_add_byte(buffer, '[');
  for (const CrateJson *element = array->first; element;
       element = element->next) {
    if (element != array->first) {
      crate_buffer_add_byte(buffer, ',');
    }
    CRATE_TRY(crate_json_write_canonical(buffer, element));
  }
  crate_buffer_add_byte(buffer, ']');
  return CRATE_OK;
}

CrateStatus
crate_json_write_canonical(CrateBuffer *buffer, const CrateJson *value)
{
  if (value->kind == CRATE_JSON_ARRAY) {
    CRATE_TRY(write_elements(buffer, value));
  } else if (value->kind == CRATE_JSON_OBJECT) {
    CRATE_TRY(write_members(buffer, value));
  } else if (value->kind == CRATE_JSON_NUMBER) {
    double number = 0;
    CRATE_TRY(
      crate_number_parse(buffer->world, crate_json_text(value), &number));
    if (!isfinite(number)) {
      return CRATE_MALFORMED;
    }
    crate_json_write_number(buffer, number);
  } else {
    crate_json_write(buffer, value, 0);
  }
  return crate_buffer_status(buffer);
}
