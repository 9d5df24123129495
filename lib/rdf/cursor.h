// SPDX-License-Identifier: Apache-2.0
/// @file A place in a document of the Turtle family, and the tokens that all
/// of the family share. Numbers in brackets are those of the RDF 1.1 grammars.
#ifndef CRATE_RDF_CURSOR_H
#define CRATE_RDF_CURSOR_H
#include "rdf/syntax.h"
#include <cratekit/map.h>

/// The bytes are valid UTF-8 and stay the caller's.
typedef struct CrateCursor {
  const CrateRdfSource *source;
  CrateGraph *graph;
  CrateTerms *terms;
  CrateMap blanks;     // label -> term; keys are views into the source
  CrateBuffer scratch; // the text of a token whose escapes are decoded
  const char *at, *end;
} CrateCursor;

/// Stand at the start of a document, behind a byte order mark. A reader that
/// fills no graph sets the terms itself.
void crate_cursor_init(CrateCursor *cursor,
                       CrateGraph *graph,
                       const CrateRdfSource *source);

void crate_cursor_clear(CrateCursor *cursor);

/// Fill in line and column.
void crate_cursor_place(const CrateCursor *cursor, CrateDiagnostic *place);

/// Say "expected <what>" about the place; CRATE_MALFORMED.
CrateStatus crate_cursor_expected(const CrateCursor *cursor, const char *what);

/// A place as an origin.
static inline uint32_t
crate_cursor_origin(const CrateCursor *cursor, const char *at)
{
  const size_t offset = (size_t)(at - cursor->source->bytes.data);
  return offset < CRATE_NO_ORIGIN ? (uint32_t)offset : CRATE_NO_ORIGIN;
}

/// The next byte, NUL at the end (and for a NUL, which no token starts with).
static inline char
crate_cursor_peek(const CrateCursor *cursor)
{
  return cursor->at < cursor->end ? *cursor->at : '\0';
}

static inline CrateText
crate_cursor_rest(const CrateCursor *cursor)
{
  return (CrateText){cursor->at, (size_t)(cursor->end - cursor->at)};
}

/// IRIREF [8], standing on its '<'. `out` is a view into the source, or into
/// the scratch, where it lasts until the next token.
CRATE_NODISCARD CrateStatus crate_cursor_iri(CrateCursor *cursor,
                                             CrateText *out);

/// BLANK_NODE_LABEL [141s], standing on its '_', without the "_:". `out` is a
/// view into the source.
CRATE_NODISCARD CrateStatus crate_cursor_label(CrateCursor *cursor,
                                               CrateText *out);

/// The node of a label that is a view into the source. One label is one node.
CRATE_NODISCARD CrateStatus crate_cursor_node(CrateCursor *cursor,
                                              CrateText label,
                                              CrateTerm *out);

/// Both, one after the other.
CRATE_NODISCARD CrateStatus crate_cursor_blank(CrateCursor *cursor,
                                               CrateTerm *out);

/// ECHAR [153s] or UCHAR [10], standing behind the backslash; to the scratch.
CRATE_NODISCARD CrateStatus crate_cursor_escape(CrateCursor *cursor);

/// LANGTAG [144s], standing on its '@'. `out` is a view into the source.
CRATE_NODISCARD CrateStatus crate_cursor_language(CrateCursor *cursor,
                                                  CrateText *out);

#endif // CRATE_RDF_CURSOR_H
