// SPDX-License-Identifier: Apache-2.0
/// @file A run of bytes, nearly always UTF-8, that somebody else owns.
#ifndef CRATE_TEXT_H
#define CRATE_TEXT_H
#include <cratekit/attributes.h>
#include <limits.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
CRATE_BEGIN_DECLS

/// A view of bytes. Not NUL-ended unless a header says so; may hold NUL.
typedef struct CrateText {
  const char *data; ///< NULL only when size is 0.
  size_t size;      ///< In bytes.
} CrateText;

/// Text of a string literal, its size known at compile time.
#ifdef __cplusplus
#  define CRATE_TEXT(literal) (CrateText{(literal), sizeof(literal) - 1})
#else
#  define CRATE_TEXT(literal) ((CrateText){(literal), sizeof(literal) - 1})
#endif

/// printf arguments for "%.*s", which prints up to the first NUL. Evaluates
/// its argument more than once.
#define CRATE_TEXT_ARG(text)                                                   \
  (int)((text).size < INT_MAX ? (text).size : INT_MAX),                        \
    ((text).data ? (text).data : "")

/// Text of a NUL-ended string; NULL gives the empty text.
static inline CrateText
crate_text(const char *string)
{
  const CrateText text = {string, string ? strlen(string) : 0};
  return text;
}

/// Same bytes?
static inline bool
crate_text_equal(CrateText a, CrateText b)
{
  return a.size == b.size && (!a.size || !memcmp(a.data, b.data, a.size));
}

/// Same bytes as a NUL-ended string?
static inline bool
crate_text_is(CrateText text, const char *string)
{
  return crate_text_equal(text, crate_text(string));
}

static inline bool
crate_text_starts(CrateText text, CrateText prefix)
{
  return text.size >= prefix.size &&
         (!prefix.size || !memcmp(text.data, prefix.data, prefix.size));
}

static inline bool
crate_text_ends(CrateText text, CrateText suffix)
{
  return text.size >= suffix.size &&
         (!suffix.size || !memcmp(text.data + text.size - suffix.size,
                                  suffix.data, suffix.size));
}

/// Bytes [from, to) of a text; both are clamped to its size.
static inline CrateText
crate_text_slice(CrateText text, size_t from, size_t to)
{
  to = to < text.size ? to : text.size;
  from = from < to ? from : to;
  const CrateText slice = {text.data ? text.data + from : NULL, to - from};
  return slice;
}

/// Byte order, a shorter prefix first: negative, zero or positive.
CRATE_API int crate_text_compare(CrateText a, CrateText b);

/// Index of the first `byte`, or text.size when there is none.
CRATE_API size_t crate_text_find(CrateText text, char byte);

/// Take the next word off a text, and the space behind it; empty at its end.
CRATE_API CrateText crate_text_next_word(CrateText *text);

/// Equal but for the case of ASCII letters.
CRATE_API bool crate_text_equal_fold(CrateText a, CrateText b);

/// A keyed hash; the key keeps hostile inputs from choosing collisions.
CRATE_API uint64_t crate_text_hash(CrateText text, uint64_t key);

/**
   Levenshtein distance in bytes, or `limit` + 1 as soon as it is larger.

   For "did you mean": cheap for a small limit. Texts over 64 bytes are far.
*/
CRATE_API unsigned crate_text_distance(CrateText a,
                                       CrateText b,
                                       unsigned limit);

/// Length of the longest valid UTF-8 prefix (RFC 3629); size when all is.
CRATE_API size_t crate_text_utf8_span(CrateText text);

CRATE_END_DECLS
#endif // CRATE_TEXT_H
