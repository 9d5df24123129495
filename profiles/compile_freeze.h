// SPDX-License-Identifier: Apache-2.0
/// @file Writing the blobs that lib/jsonld/frozen.c reads.
#ifndef CRATE_PROFILES_COMPILE_FREEZE_H
#define CRATE_PROFILES_COMPILE_FREEZE_H
#include "compile.h"
#include "jsonld/frozen.h"

/// An IRI of a bundled context.
typedef struct CrateSpelling {
  struct CrateSpelling *next;
  CrateText iri, name;
} CrateSpelling;

typedef struct CrateSpellings {
  CrateSpelling *first;
  uint32_t count;
} CrateSpellings;

/// Add every IRI of a pattern "a{b,c}d": one for each choice in braces.
CrateStatus crate_spellings_add(CrateCompiler *compiler,
                                CrateSpellings *spellings,
                                CrateText pattern,
                                CrateText name);

/// Write "context-spellings".
CrateStatus crate_freeze_spellings(CrateCompiler *compiler,
                                   const CrateSpellings *spellings);

/// Process a document's @context and write "context/NAME".
CrateStatus crate_freeze_context(CrateCompiler *compiler,
                                 CrateText name,
                                 CrateText json);

#endif // CRATE_PROFILES_COMPILE_FREEZE_H
