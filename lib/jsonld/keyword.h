// SPDX-License-Identifier: Apache-2.0
/// @file The keywords of JSON-LD 1.1 (Syntax, section 1.7).
#ifndef CRATE_JSONLD_KEYWORD_H
#define CRATE_JSONLD_KEYWORD_H
#include <cratekit/text.h>

/// In the order of the table in keyword.c.
typedef enum {
  CRATE_KEYWORD_NONE, ///< Not a keyword.
  CRATE_AT_BASE,
  CRATE_AT_CONTAINER,
  CRATE_AT_CONTEXT,
  CRATE_AT_DIRECTION,
  CRATE_AT_GRAPH,
  CRATE_AT_ID,
  CRATE_AT_IMPORT,
  CRATE_AT_INCLUDED,
  CRATE_AT_INDEX,
  CRATE_AT_JSON,
  CRATE_AT_LANGUAGE,
  CRATE_AT_LIST,
  CRATE_AT_NEST,
  CRATE_AT_NONE,
  CRATE_AT_PREFIX,
  CRATE_AT_PROPAGATE,
  CRATE_AT_PROTECTED,
  CRATE_AT_REVERSE,
  CRATE_AT_SET,
  CRATE_AT_TYPE,
  CRATE_AT_VALUE,
  CRATE_AT_VERSION,
  CRATE_AT_VOCAB,
} CrateKeyword;

/// A set of keywords is a word of bits.
#define CRATE_BIT(keyword) (1u << (keyword))

/// Which keyword a text is.
CrateKeyword crate_keyword_of(CrateText text);

/// The text of a keyword; a view, valid forever.
CrateText crate_keyword_text(CrateKeyword keyword);

/// Whether a text has the form of a keyword: "@" 1*ALPHA.
bool crate_keyword_like(CrateText text);

#endif // CRATE_JSONLD_KEYWORD_H
