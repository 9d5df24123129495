// SPDX-License-Identifier: Apache-2.0
/// @file Layouts: which key of a document says which property of a graph.
///
/// A layout is a table, kept in profiles/mappings/ and editable by who knows
/// no C. See docs/conversions.md.
///
///     # CITATION.cff
///     prefix cff https://w3id.org/citation-file-format#
///     root   cff:Citation
///
///     group person
///       family-names  cff:familyNames    text
///
///     title           cff:title          text
///     authors         cff:author         node*
///       use person
///
/// Two spaces of indentation are one level. A form ends in "*" when its values
/// are always an array, in "+" when they are one or an array; else there is
/// one. "!" behind that tells that the document is not valid without. The order
/// of rows is the order in which keys are written. A property "-" is none: the
/// rows below are about the same node. "=TEXT" is a constant, written whenever
/// something beside it is. The rows of a group stand wherever it is used. A
/// property that other rows say in another way is "covered", by the key "-".
#ifndef CRATE_CONVERT_LAYOUT_H
#define CRATE_CONVERT_LAYOUT_H
#include "convert/tree/tree.h"
#include <cratekit/graph.h>

typedef enum {
  CRATE_LAYOUT_TEXT,     ///< A string.
  CRATE_LAYOUT_NUMBER,   ///< A number or a boolean, where the literal is one.
  CRATE_LAYOUT_BOOLEAN,  ///< The same, for who reads the layout.
  CRATE_LAYOUT_IRI,      ///< The IRI of a node.
  CRATE_LAYOUT_NODE,     ///< A node of the graph: rows below are about it.
  CRATE_LAYOUT_PART,     ///< Rows below are about the same node.
  CRATE_LAYOUT_LANGUAGE, ///< The language tag of the property's value.
  CRATE_LAYOUT_COVERED,  ///< Said by other rows as well: not written.
  CRATE_LAYOUT_CONSTANT, ///< As the row says; read over.
} CrateLayoutForm;

typedef enum {
  CRATE_LAYOUT_ONE,
  CRATE_LAYOUT_MANY,
  CRATE_LAYOUT_ONE_OR_MANY,
} CrateLayoutCount;

typedef struct CrateLayoutRow {
  CrateText key;      ///< As in a CrateTree.
  CrateText constant; ///< Of CRATE_LAYOUT_CONSTANT.
  CrateTerm property; ///< 0 for parts and constants.
  CrateLayoutForm form;
  CrateLayoutCount count;
  bool required; ///< Who reads the document wants it.
  uint32_t depth;
  uint32_t end; ///< The row after the last one below this one.
} CrateLayoutRow;

typedef struct CrateLayout {
  CrateArena arena;
  CrateText name;      ///< For diagnostics; kept.
  CrateText root_key;  ///< The document element of XML; else empty.
  CrateTerm root_type; ///< Class of the node that the document is about.
  CrateLayoutRow *rows;
  uint32_t row_count;
} CrateLayout;

/**
   Read a layout.

   @param layout Filled; end it with crate_layout_clear(), even on failure.
   @param name, bytes Kept: must outlive the layout.
   @return CRATE_MALFORMED, said with the line and code "invalid-layout".
*/
CRATE_NODISCARD CrateStatus crate_layout_read(CrateLayout *layout,
                                              const CrateWorld *world,
                                              CrateTerms *terms,
                                              CrateText name,
                                              CrateText bytes);

void crate_layout_clear(CrateLayout *layout);

/**
   Add what a document says to a graph with the layout's terms. What the layout
   has no row for is said, as a warning with code "not-carried".

   @return CRATE_MALFORMED, said with code "invalid-value", for a language tag
   or an IRI that is none.

   @param name, bytes Of the document, for diagnostics.
*/
CRATE_NODISCARD CrateStatus crate_layout_lift(const CrateLayout *layout,
                                              const CrateTree *root,
                                              CrateText name,
                                              CrateText bytes,
                                              CrateGraph *graph);

/**
   The document that an indexed graph makes. A required key that it has nothing
   for is said, as a warning with code "nothing-to-say".

   @param name    Of the input, for diagnostics.
   @param written NULL, or set for each quad that the document says, by
   its number in crate_graph_quads().
   @return CRATE_NOT_FOUND when no node is of the root's class.
*/
CRATE_NODISCARD CrateStatus crate_layout_lower(const CrateLayout *layout,
                                               CrateText name,
                                               const CrateGraph *graph,
                                               CrateArena *arena,
                                               bool *written,
                                               CrateTree **out);

#endif // CRATE_CONVERT_LAYOUT_H
