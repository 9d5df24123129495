// SPDX-License-Identifier: Apache-2.0
#include <cratekit/text.h>

int
crate_text_compare(CrateText a, CrateText b)
{
  const size_t shared = a.size < b.size ? a.size : b.size;
  const int order = shared ? memcmp(a.data, b.data, shared) : 0;
  return order ? order : (a.size > b.size) - (a.size < b.size);
}

size_t
crate_text_find(CrateText text, char byte)
{
  const char *const at =
    text.size ? (const char *)memchr(text.data, byte, text.size) : NULL;
  return at ? (size_t)(at - text.data) : text.size;
}

static inline uint64_t
load_bytes(const char *data, size_t size)
{
  uint64_t word = 0;
  memcpy(&word, data, size);
  return word;
}

/// Both halves of a 64x64-bit product, folded together.
static inline uint64_t
fold_product(uint64_t a, uint64_t b)
{
#ifdef __SIZEOF_INT128__
  __extension__ typedef unsigned __int128 Wide;
  const Wide product = (Wide)a * b;
  return (uint64_t)product ^ (uint64_t)(product >> 64u);
#else // 32-bit machines: by halves, as on paper
  const uint64_t low = (a & UINT32_MAX) * (b & UINT32_MAX);
  const uint64_t left = (a >> 32u) * (b & UINT32_MAX);
  const uint64_t right = (a & UINT32_MAX) * (b >> 32u);
  const uint64_t middle =
    (low >> 32u) + (left & UINT32_MAX) + (right & UINT32_MAX);
  const uint64_t high =
    (a >> 32u) * (b >> 32u) + (left >> 32u) + (right >> 32u) + (middle >> 32u);
  return (middle << 32u | (low & UINT32_MAX)) ^ high;
#endif
}

/// Odd constants with about as many ones as zeroes (digits of pi and e).
#define MIX_A 0x9216D5D98979FB1Bu
#define MIX_B 0xADF85458A2BB4A9Bu

uint64_t
crate_text_hash(CrateText text, uint64_t key)
{
  uint64_t state = fold_product(key ^ MIX_A, text.size ^ MIX_B);
  const char *data = text.data;
  size_t left = text.size;
  for (; left > 16; left -= 16, data += 16) {
    state = fold_product(load_bytes(data, 8) ^ MIX_A ^ key,
                         load_bytes(data + 8, 8) ^ state);
  }
  uint64_t low = 0;
  uint64_t high = 0;
  if (left >= 8) { // two loads that may overlap
    low = load_bytes(data, 8);
    high = load_bytes(data + left - 8, 8);
  } else if (left) {
    low = load_bytes(data, left);
  }
  return fold_product(fold_product(low ^ MIX_A ^ key, high ^ state), MIX_B);
}

static unsigned
least(unsigned a, unsigned b, unsigned c)
{
  const unsigned first = a < b ? a : b;
  return first < c ? first : c;
}

#define LONGEST_COMPARED 64u

unsigned
crate_text_distance(CrateText a, CrateText b, unsigned limit)
{
  const size_t gap = a.size > b.size ? a.size - b.size : b.size - a.size;
  if (gap > limit || a.size > LONGEST_COMPARED || b.size > LONGEST_COMPARED) {
    return limit + 1u;
  }
  unsigned row[LONGEST_COMPARED + 1u];
  for (unsigned j = 0; j <= b.size; ++j) {
    row[j] = j;
  }
  for (unsigned i = 1; i <= a.size; ++i) {
    unsigned diagonal = row[0];
    unsigned best = row[0] = i;
    for (unsigned j = 1; j <= b.size; ++j) {
      const unsigned above = row[j];
      const unsigned change = a.data[i - 1] == b.data[j - 1] ? 0u : 1u;
      row[j] = least(diagonal + change, above + 1u, row[j - 1] + 1u);
      diagonal = above;
      best = row[j] < best ? row[j] : best;
    }
    if (best > limit) {
      return limit + 1u;
    }
  }
  return row[b.size] <= limit ? row[b.size] : limit + 1u;
}

/// Bytes of the well-formed sequence at `at` (RFC 3629 section 4), or 0.
static size_t
utf8_sequence(const unsigned char *at, size_t left)
{
  const unsigned lead = at[0];
  if (lead < 0x80u) {
    return 1;
  }
  if (lead < 0xC2u || lead > 0xF4u) {
    return 0;
  }
  const size_t size = lead < 0xE0u ? 2 : lead < 0xF0u ? 3 : 4;
  if (size > left) {
    return 0;
  }
  // The second byte's range keeps overlong forms, surrogates and code points
  // above U+10FFFF out.
  const unsigned low = lead == 0xE0u ? 0xA0u : lead == 0xF0u ? 0x90u : 0x80u;
  const unsigned high = lead == 0xEDu ? 0x9Fu : lead == 0xF4u ? 0x8Fu : 0xBFu;
  if (at[1] < low || at[1] > high) {
    return 0;
  }
  for (size_t i = 2; i < size; ++i) {
    if ((at[i] & 0xC0u) != 0x80u) {
      return 0;
    }
  }
  return size;
}

size_t
crate_text_utf8_span(CrateText text)
{
  const unsigned char *const data = (const unsigned char *)text.data;
  size_t i = 0;
  while (i < text.size) {
    if (text.size - i >= 8 &&
        !(load_bytes(text.data + i, 8) & 0x8080808080808080u)) {
      i += 8;
      continue;
    }
    const size_t step = utf8_sequence(data + i, text.size - i);
    if (!step) {
      return i;
    }
    i += step;
  }
  return i;
}

static char
lower(char c)
{
  return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

bool
crate_text_equal_fold(CrateText a, CrateText b)
{
  if (a.size != b.size) {
    return false;
  }
  for (size_t i = 0; i < a.size; ++i) {
    if (lower(a.data[i]) != lower(b.data[i])) {
      return false;
    }
  }
  return true;
}

CrateText
crate_text_next_word(CrateText *text)
{
  const size_t end = crate_text_find(*text, ' ');
  const CrateText word = crate_text_slice(*text, 0, end);
  *text = crate_text_slice(*text, end + 1u, text->size);
  return word;
}
