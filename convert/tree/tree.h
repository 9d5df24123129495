// SPDX-License-Identifier: Apache-2.0
/// @file Documents that are no RDF (JSON, YAML, XML), as one kind of tree.
///
/// A repeated key is an array: `a: [1, 2]` of JSON, `- 1` and `- 2` under `a:`
/// of YAML and `<a>1</a><a>2</a>` of XML are two children with the key "a". Of
/// XML, attributes have the key "@name", and an element's text "#text".
#ifndef CRATE_CONVERT_TREE_H
#define CRATE_CONVERT_TREE_H
#include "xml/xml.h"
#include <cratekit/buffer.h>
#include <cratekit/json.h>

typedef enum {
  CRATE_TREE_NODE, ///< Has children.
  CRATE_TREE_STRING,
  CRATE_TREE_NUMBER,  ///< `text` is the lexeme as it stood, one of JSON.
  CRATE_TREE_BOOLEAN, ///< "true" or "false".
  CRATE_TREE_NULL,    ///< "null".
} CrateTreeKind;

/// A value under a key. Lives in an arena, as do its texts.
typedef struct CrateTree CrateTree;
struct CrateTree {
  CrateTree *next;         ///< The parent's next child.
  CrateTree *first, *last; ///< Children.
  CrateText key;           ///< Empty for the root, and in an array of arrays.
  CrateText text;          ///< Of a leaf.
  CrateTreeKind kind;
  bool list;       ///< Written as an array, even when it is the only one.
  uint32_t origin; ///< Byte of the document where it starts.
};

/// A new last child; of NULL, a new root. Keeps the texts. NULL when there is
/// no memory: crate_arena_status() tells why.
CrateTree *crate_tree_add(CrateArena *arena,
                          CrateTree *parent,
                          CrateTreeKind kind,
                          CrateText key,
                          CrateText text,
                          uint32_t origin);

/// The first child with a key, or NULL.
const CrateTree *crate_tree_find(const CrateTree *parent, CrateText key);

/// Where the decimal digits that start at a place end.
size_t crate_tree_digits(CrateText text, size_t at);

/// Whether a lexeme is a number of JSON (RFC 8259, section 6): not all of YAML
/// and of XML Schema are, as +1, .5, 007 and INF.
bool crate_tree_is_number(CrateText lexeme);

/// What follows the neighbours that have a child's key: the end of an array.
const CrateTree *crate_tree_past(const CrateTree *child);

/// A JSON object as a tree that shares its texts; any other value is
/// CRATE_MALFORMED, said with code "not-an-object".
CRATE_NODISCARD CrateStatus
crate_tree_from_json(const CrateJsonDocument *document,
                     CrateArena *arena,
                     CrateTree **out);

/// An XML document's root element as a tree that shares its texts.
CRATE_NODISCARD CrateStatus
crate_tree_from_xml(const CrateXmlDocument *document,
                    CrateArena *arena,
                    CrateTree **out);

/**
   Read YAML 1.2 by its core schema, or the front matter of a page of Markdown:
   what stands between a first line "---" and the next one.

   @param bytes Borrowed.
   @return CRATE_MALFORMED, said with line and column and code "invalid-yaml";
   CRATE_OVER_LIMIT when it nests too deep, or its aliases stand for too much.
*/
CRATE_NODISCARD CrateStatus crate_tree_read_yaml(const CrateWorld *world,
                                                 CrateText name,
                                                 CrateText bytes,
                                                 CrateArena *arena,
                                                 CrateTree **out);

void crate_tree_write_json(CrateBuffer *buffer, const CrateTree *root);

/// CRATE_NO_MEMORY when libyaml has none.
CRATE_NODISCARD CrateStatus crate_tree_write_yaml(CrateBuffer *buffer,
                                                  const CrateTree *root);

/// The root's key is the name of the document element. CRATE_UNSUPPORTED, said
/// with code "no-xml", for characters that XML does not have.
CRATE_NODISCARD CrateStatus crate_tree_write_xml(CrateBuffer *buffer,
                                                 CrateText name,
                                                 const CrateTree *root);

#endif // CRATE_CONVERT_TREE_H
