// SPDX-License-Identifier: Apache-2.0
/// @file A document as people read it: its entities in the author's order,
/// under the author's names, with who refers to whom.
///
/// Made from the JSON as it was written, not from its graph: a graph has no
/// order, no `./`, and nothing of keys that a context leaves out. What only
/// JSON-LD's algorithms can read (aliases of keywords, `@reverse`, contexts
/// inside) and other syntaxes are flattened and compacted first, see read.c.
#ifndef CRATE_CONVERT_PAGES_BOOK_H
#define CRATE_CONVERT_PAGES_BOOK_H
#include "convert/pages/words.h"
#include <cratekit/jsonld.h>
#include <cratekit/map.h>

#define CRATE_NO_ENTRY UINT32_MAX

/// An object that says something of an entity; one may have several.
typedef struct CrateBookPart {
  const CrateJson *object;
  uint32_t entry, next; ///< The next part of the entry, or CRATE_NO_ENTRY.
} CrateBookPart;

/// Something with an @id.
typedef struct CrateEntry {
  CrateText id;     ///< As written.
  CrateText name;   ///< Empty when it has none.
  CrateText anchor; ///< Unique on the page; of the id alone, nearly always.
  uint32_t kinds;   ///< CrateKind.
  uint32_t first_part, last_part;
  uint32_t first_use, use_count; ///< In CrateBook.uses.
} CrateEntry;

/// Somebody refers to an entry.
typedef struct CrateUse {
  uint32_t target, user; ///< Entries.
  const CrateJson *key;
} CrateUse;

/// A key of the document.
typedef struct CrateBookKey {
  CrateText iri; ///< Empty where the context leaves it out.
  CrateWord word;
  bool is_json; ///< Its values are data, no nodes.
} CrateBookKey;

typedef struct CrateBook {
  const CrateWorld *world;
  CrateArena arena;
  const CrateJson *root_object; ///< Of the document.
  CrateContext *context;
  CrateEntry *entries;
  size_t entry_count, entry_room;
  CrateBookPart *parts;
  size_t part_count, part_room;
  CrateUse *uses; ///< Grouped by target, in the order of the document.
  size_t use_count, use_room;
  CrateMap by_id;      ///< 1 + entry.
  CrateMap keys;       ///< CrateBookKey.
  uint32_t root;       ///< What it is all about, or CRATE_NO_ENTRY.
  uint32_t descriptor; ///< Of RO-Crate, or CRATE_NO_ENTRY.
  bool is_involved;    ///< JSON-LD's algorithms are needed to read it.
  bool is_last_resort; ///< There is no better form: read what can be read.
} CrateBook;

/**
   Read a document. End it with crate_book_clear() even on failure.

   @param document Borrowed, with the library; both must outlive the book.
   @param is_last_resort Never give up: keywords that only JSON-LD's algorithms
   understand are passed by, and named graphs are read with the others.
   @param out Its `is_involved` says that the rest is not to be used.
*/
CRATE_NODISCARD CrateStatus crate_book_read(const CrateJsonDocument *document,
                                            CrateLibrary *library,
                                            bool is_last_resort,
                                            CrateBook *out);

void crate_book_clear(CrateBook *book);

/// What a key means; NULL for one that says nothing (@id, @context).
const CrateBookKey *crate_book_key(const CrateBook *book, const CrateJson *key);

/// The entry of an @id, "./a" being "a"; or CRATE_NO_ENTRY.
uint32_t crate_book_find(const CrateBook *book, CrateText id);

/// The entry that a value refers to, or is; or CRATE_NO_ENTRY.
uint32_t crate_book_target(const CrateBook *book, const CrateJson *value);

/// What one calls an entry: its name, else its id.
CrateText crate_book_name(const CrateBook *book, uint32_t entry);

/// Call for each single value: arrays, @list and @set are gone through.
/// @return The first failure of `visit`.
CrateStatus crate_book_each(const CrateJson *value,
                            CrateStatus (*visit)(void *handle,
                                                 const CrateJson *value),
                            void *handle);

/// The first single value of a word, or NULL.
const CrateJson *crate_book_get(const CrateBook *book,
                                uint32_t entry,
                                CrateWord word);

/// The same of one object.
const CrateJson *crate_book_get_in(const CrateBook *book,
                                   const CrateJson *object,
                                   CrateWord word);

/// Its text, of a string, a number or a typed value; else empty.
CrateText crate_book_text(const CrateJson *value);

/// What people call a value: a text, the name of what it refers to or is, an
/// @id of nobody; or empty.
CrateText crate_book_value_name(const CrateBook *book, const CrateJson *value);

/// That of the first value of a word.
CrateText crate_book_words(const CrateBook *book,
                           uint32_t entry,
                           CrateWord word);

/// Whether a word has more than one value.
bool crate_book_has_many(const CrateBook *book, uint32_t entry, CrateWord word);

/// Call for each single value of a word.
CrateStatus crate_book_each_of(const CrateBook *book,
                               uint32_t entry,
                               CrateWord word,
                               CrateStatus (*visit)(void *handle,
                                                    const CrateJson *value),
                               void *handle);

/// An object of JSON-LD that is more than a value or a list of values.
bool crate_book_is_node(const CrateJson *value);

/// The first value's @id of an object, or empty.
CrateText crate_book_id(const CrateJson *object);

#endif // CRATE_CONVERT_PAGES_BOOK_H
