// SPDX-License-Identifier: Apache-2.0
/// @file A bundled context whose term definitions were made at build time.
///
/// The blob holds offsets, no pointers, and a hash table over the terms, so
/// that nothing is parsed or built when a program starts. Little-endian or
/// big-endian as the machine that built it: never exchanged.
#ifndef CRATE_JSONLD_FROZEN_H
#define CRATE_JSONLD_FROZEN_H
#include "jsonld/context.h"

/// A text inside of the blob; offset 0 is null.
typedef struct CrateFrozenText {
  uint32_t offset, size;
} CrateFrozenText;

typedef struct CrateFrozenTerm {
  CrateFrozenText term, iri, type, language, index, nest;
  uint32_t container;
  uint8_t direction, has_language;
  uint8_t is_prefix, is_protected, is_reverse, padding[3];
} CrateFrozenTerm;

typedef struct CrateFrozenHeader {
  uint32_t magic;
  uint32_t term_count;  ///< Terms, sorted by name.
  uint32_t terms;       ///< Offset of CrateFrozenTerm[term_count].
  uint32_t slot_count;  ///< A power of two.
  uint32_t slots;       ///< Offset of uint32_t[slot_count]: term + 1.
  CrateFrozenText name; ///< "ro-crate-1.1".
  CrateFrozenText vocab, language;
  uint32_t direction, protected_count, aliases_type;
} CrateFrozenHeader;

#define CRATE_FROZEN_MAGIC 0x6b7a7831u

/// A frozen context in use by one run; terms thaw when they are asked for.
struct CrateFrozen {
  const char *blob;
  CrateTable thawed;
};

static inline const CrateFrozenHeader *
crate_frozen_header(const char *blob)
{
  return (const void *)blob;
}

static inline const CrateFrozenTerm *
crate_frozen_terms(const char *blob)
{
  return (const void *)(blob + crate_frozen_header(blob)->terms);
}

static inline CrateText
crate_frozen_text(const char *blob, CrateFrozenText text)
{
  return (CrateText){text.offset ? blob + text.offset : NULL, text.size};
}

/// The hash of the blob's table; no key, as nobody hostile fills it.
uint32_t crate_frozen_hash(CrateText text);

/// The blob "context-spellings": IRIs in byte order, with the names of the
/// contexts they stand for.
typedef struct CrateFrozenSpelling {
  CrateFrozenText iri, name;
} CrateFrozenSpelling;

/// Name of the bundled context that an IRI stands for, or empty.
CrateText crate_frozen_spelling(CrateText iri);

/// The blob of the bundled context of this name, or NULL.
const char *crate_frozen_open(CrateText name);

/// Definition of a term, or NULL.
CrateStatus crate_frozen_find(CrateProcessor *p,
                              CrateFrozen *frozen,
                              CrateText term,
                              const CrateDefinition **out);

/// Make the context the only layer of an empty active context.
CrateStatus crate_frozen_use(CrateProcessor *p,
                             const char *blob,
                             CrateActive *active);

/// The context as JSON, for the algorithm of 4.1.2: the value of @context.
CrateStatus crate_frozen_json(const char *blob,
                              CrateArena *arena,
                              CrateJson **out);

#endif // CRATE_JSONLD_FROZEN_H
