// SPDX-License-Identifier: Apache-2.0
/// @file The state of a reader of PROV-N, and its terms. Numbers in brackets
/// are those of the grammar in PROV-N.
#ifndef CRATE_PROV_NOTATION_H
#define CRATE_PROV_NOTATION_H
#include "convert/prov/scope.h"
#include "rdf/cursor.h"

typedef struct CrateNotation {
  CrateCursor cursor;
  CrateProv *document;
  CrateProvScope outer, inner; ///< Of the document, of the bundle we are in.
  const CrateProvScope *scope; ///< The one in force.
  CrateTerm bundle;            ///< 0 outside of bundles.
  CrateTerm integer, name;     ///< xsd:int, prov:QUALIFIED_NAME.
  CrateBuffer local;           ///< A local name whose escapes are undone.
} CrateNotation;

/// Go past white space and comments.
CRATE_NODISCARD CrateStatus crate_notation_skip(CrateNotation *notation);

/// Go past a byte if it stands here, and past the space behind it.
CRATE_NODISCARD CrateStatus crate_notation_take(CrateNotation *notation,
                                                char byte,
                                                bool *taken);

/// identifier: QUALIFIED_NAME [52]
CRATE_NODISCARD CrateStatus crate_notation_name(CrateNotation *notation,
                                                CrateTerm *out);

/// A name that is no blank node: of an attribute, of a type of literals.
CRATE_NODISCARD CrateStatus crate_notation_iri(CrateNotation *notation,
                                               CrateTerm *out);

/// Bytes of the xsd:dateTime at the start; 0 when there is none.
size_t crate_notation_time_span(CrateText text);

/// time: DATETIME [64]
CRATE_NODISCARD CrateStatus crate_notation_time(CrateNotation *notation,
                                                CrateTerm *out);

/// literal [47]
CRATE_NODISCARD CrateStatus crate_notation_literal(CrateNotation *notation,
                                                   CrateTerm *out);

/// Characters of a local name that stand for themselves.
bool crate_notation_is_plain(uint32_t code_point, bool first);

/// Characters of a local name that a backslash comes before.
bool crate_notation_is_escaped(uint32_t code_point);

#endif // CRATE_PROV_NOTATION_H
