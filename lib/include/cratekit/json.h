// SPDX-License-Identifier: Apache-2.0
/// @file JSON (RFC 8259) as a tree that knows where each value stood.
#ifndef CRATE_JSON_H
#define CRATE_JSON_H
#include <cratekit/arena.h>
#include <cratekit/buffer.h>
CRATE_BEGIN_DECLS

typedef enum {
  CRATE_JSON_NULL,
  CRATE_JSON_FALSE,
  CRATE_JSON_TRUE,
  CRATE_JSON_NUMBER, ///< `text` is the lexeme as it stood.
  CRATE_JSON_STRING, ///< `text` is decoded UTF-8; a NUL may be in it.
  CRATE_JSON_ARRAY,
  CRATE_JSON_OBJECT,
} CrateJsonKind;

/// Largest string (bytes) and count (children) that `size` can hold.
#define CRATE_JSON_MAX_SIZE ((1u << 28) - 1u)

/// Offset of a value that no document holds, e.g. one made by an algorithm.
#define CRATE_JSON_NOWHERE UINT32_MAX

/**
   A value. Lives in an arena; never moves.

   An array's children are linked by `next`. An object's are too: key,
   value, key, value …, each key a STRING, in document order, repeated keys
   kept. `size` counts bytes of text, elements, or members.
*/
typedef struct CrateJson CrateJson;
struct CrateJson {
  CrateJson *next;
  union {
    const char *text;
    CrateJson *first;
  };
  uint32_t kind : 4;
  uint32_t size : 28;
  uint32_t offset; ///< Byte in the document where it starts.
};

/// A document read: bytes borrowed from the caller, tree in its own arena.
typedef struct CrateJsonDocument {
  const CrateWorld *world;
  CrateText name;             ///< For diagnostics; kept, not copied.
  CrateText bytes;            ///< Kept, not copied: strings are views into it.
  CrateJson *root;            ///< NULL until read.
  CrateArena arena;           ///< Others may add values that live as long.
  CrateJson *first_duplicate; ///< Key node that repeats an earlier one.
} CrateJsonDocument;

/**
   Read one JSON text, strictly (RFC 8259; a UTF-8 BOM is skipped).

   Unpaired surrogate escapes are refused, as they name no character.
   Repeated keys are kept and the first one remembered.
   @param document Filled; end it with crate_json_clear() even on failure.
   @param name  Kept: what diagnostics call the document.
   @param bytes Kept: must outlive the document.
   @return CRATE_MALFORMED (said to the sink, located, with code
   "invalid-json"), CRATE_OVER_LIMIT (document_bytes, depth, memory_bytes) or
   CRATE_NO_MEMORY.
*/
CRATE_API CRATE_NODISCARD CrateStatus
crate_json_read(const CrateWorld *world,
                CrateText name,
                CrateText bytes,
                CrateJsonDocument *document);

/// Release the tree. Accepts a document that failed or was cleared.
CRATE_API void crate_json_clear(CrateJsonDocument *document);

static inline CrateText
crate_json_text(const CrateJson *value)
{
  const CrateText text = {value->text, value->size};
  return text;
}

static inline bool
crate_json_is(const CrateJson *value, CrateJsonKind kind)
{
  return value && value->kind == (uint32_t)kind;
}

/// A string with exactly this text?
static inline bool
crate_json_is_string(const CrateJson *value, const char *string)
{
  return crate_json_is(value, CRATE_JSON_STRING) &&
         crate_text_is(crate_json_text(value), string);
}

/// Step from a key to the next key of the same object; NULL at the end.
static inline const CrateJson *
crate_json_next_key(const CrateJson *key)
{
  return key->next->next;
}

/// First key of an object, NULL when empty or not an object.
static inline const CrateJson *
crate_json_first_key(const CrateJson *object)
{
  return crate_json_is(object, CRATE_JSON_OBJECT) ? object->first : NULL;
}

/// First element of an array, NULL when empty or not an array.
static inline const CrateJson *
crate_json_first(const CrateJson *array)
{
  return crate_json_is(array, CRATE_JSON_ARRAY) ? array->first : NULL;
}

/// The value of a member, the last if the key repeats; NULL when absent or
/// when `object` is NULL or no object. Linear in the members.
CRATE_API CrateJson *crate_json_get(const CrateJson *object, CrateText key);

/// New values, in an arena. NULL when it has no room. `offset` as in CrateJson.
CRATE_API CrateJson *crate_json_new(CrateArena *arena,
                                    CrateJsonKind kind,
                                    uint32_t offset);

/// A new STRING or NUMBER. Keeps the text.
CRATE_API CrateJson *crate_json_new_text(CrateArena *arena,
                                         CrateJsonKind kind,
                                         CrateText text,
                                         uint32_t offset);

/// Structural equality: object members in any order, numbers by lexeme. For
/// small values: quadratic in the members of one object.
CRATE_API bool crate_json_equal(const CrateJson *a, const CrateJson *b);

/// Line and column (both from 1, columns in bytes) of a byte offset.
typedef struct CratePlace {
  uint32_t line, column;
} CratePlace;

/// Linear in the offset; for many places use a CrateLines.
CRATE_API CratePlace crate_json_place(const CrateJsonDocument *document,
                                      uint32_t offset);

/**
   The value that a JSON Pointer (RFC 6901) names.

   @return NULL when it names none. Of a repeated key, the last.
*/
CRATE_API const CrateJson *crate_json_at(const CrateJsonDocument *document,
                                         CrateText pointer);

/**
   The JSON Pointer of the innermost value that holds a byte offset.

   A key's offset names its member. Linear in the depth times the breadth.
   @param from Value to start at: the document's root, or one below it.
   @param out  Appended to: the pointer relative to `from`.
*/
CRATE_API void crate_json_pointer(const CrateJson *from,
                                  uint32_t offset,
                                  CrateBuffer *out);

/// Starts of lines of one text, to place many offsets quickly.
typedef struct CrateLines CrateLines;

/// New, freed by crate_lines_free(). Borrows the bytes.
CRATE_API CRATE_NODISCARD CrateStatus crate_lines_new(const CrateWorld *world,
                                                      CrateText bytes,
                                                      CrateLines **out);

CRATE_API void crate_lines_free(CrateLines *lines);

/// Logarithmic in the number of lines.
CRATE_API CratePlace crate_lines_place(const CrateLines *lines,
                                       uint32_t offset);

/**
   Write a value.

   @param indent Spaces a level; 0 writes one line without spaces.
*/
CRATE_API void crate_json_write(CrateBuffer *buffer,
                                const CrateJson *value,
                                unsigned indent);

/// Write a JSON string literal, quotes included. A byte that is not UTF-8
/// becomes U+FFFD.
CRATE_API void crate_json_write_string(CrateBuffer *buffer, CrateText text);

/**
   Write the canonical form, RFC 8785 (JCS): members sorted by UTF-16 code
   units, numbers as ECMAScript writes the nearest double.

   @return CRATE_MALFORMED when a number is out of a double's range.
*/
CRATE_API CRATE_NODISCARD CrateStatus
crate_json_write_canonical(CrateBuffer *buffer, const CrateJson *value);

/// Write a double as ECMAScript's Number::toString does; finite only.
CRATE_API void crate_json_write_number(CrateBuffer *buffer, double number);

CRATE_END_DECLS
#endif // CRATE_JSON_H
