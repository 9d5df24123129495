// SPDX-License-Identifier: Apache-2.0
/// @file XML 1.0 with namespaces, as a tree that knows where each node stood.
/// There are no document types and so no entities but XML's own five: nothing
/// grows while it is read, and nothing is read from elsewhere.
#ifndef CRATE_XML_H
#define CRATE_XML_H
#include <cratekit/arena.h>
#include <cratekit/buffer.h>
#include <cratekit/map.h>

#define CRATE_XML_NAMESPACE "http://www.w3.org/XML/1998/namespace"

/// A name without its prefix; `space` is empty outside of any namespace.
typedef struct CrateXmlName {
  CrateText space, local;
} CrateXmlName;

typedef struct CrateXmlAttribute {
  struct CrateXmlAttribute *next;
  CrateXmlName name;
  CrateText value;
  uint32_t offset; ///< Of its name.
} CrateXmlAttribute;

/// A declaration of a namespace.
typedef struct CrateXmlBinding {
  struct CrateXmlBinding *next;
  const struct CrateXmlBinding *hidden; ///< What it stands in front of.
  const struct CrateXml *owner;         ///< Where it is declared.
  CrateText prefix, iri;                ///< Empty: the default; none.
} CrateXmlBinding;

/// An element, or text: then its local name is empty.
typedef struct CrateXml CrateXml;
struct CrateXml {
  CrateXml *next, *first, *parent;
  CrateXmlAttribute *attributes;
  CrateXmlBinding *bindings; ///< Declared here.
  CrateXmlName name;
  CrateText text; ///< Of text; an element's raw name, with its prefix.
  uint32_t offset;
};

typedef struct CrateXmlDocument {
  const CrateWorld *world;
  CrateText name;  ///< For diagnostics; kept.
  CrateText bytes; ///< Kept: texts are views into it.
  CrateXml *root;  ///< NULL until read.
  CrateArena arena;
} CrateXmlDocument;

/**
   Read a document in UTF-8.

   @param document Filled; end it with crate_xml_clear() even on failure.
   @return CRATE_MALFORMED, located, with code "invalid-xml"; CRATE_OVER_LIMIT.
*/
CRATE_NODISCARD CrateStatus crate_xml_read(const CrateWorld *world,
                                           CrateText name,
                                           CrateText bytes,
                                           CrateXmlDocument *document);

void crate_xml_clear(CrateXmlDocument *document);

/// Line and column of a byte of the document.
void crate_xml_place(const CrateXmlDocument *document,
                     uint32_t offset,
                     CrateDiagnostic *place);

/// Say "expected <what>" about a byte of the document; CRATE_MALFORMED.
CrateStatus crate_xml_expected(const CrateXmlDocument *document,
                               uint32_t offset,
                               const char *code,
                               const char *what);

/// The first element among a node and those behind it, NULL for none.
const CrateXml *crate_xml_element(const CrateXml *node);

/// The first element within an element.
static inline const CrateXml *
crate_xml_first(const CrateXml *element)
{
  return crate_xml_element(element->first);
}

/// The element behind an element.
static inline const CrateXml *
crate_xml_next(const CrateXml *element)
{
  return crate_xml_element(element->next);
}

/// Whether a name is this one.
bool crate_xml_is(CrateXmlName name, const char *space, const char *local);

/// The value of an attribute, NULL when there is none.
const CrateText *crate_xml_get(const CrateXml *element,
                               const char *space,
                               const char *local);

/// All text that stands in an element, but not in those within it; a view of
/// the document or of the arena.
CRATE_NODISCARD CrateStatus crate_xml_text(CrateArena *arena,
                                           const CrateXml *element,
                                           CrateText *out);

/// The namespaces in force while one walks through a tree.
typedef struct CrateXmlScope {
  CrateMap bindings; ///< Prefix -> CrateXmlBinding, the one in front.
} CrateXmlScope;

/// "xml" is there from the start.
CRATE_NODISCARD CrateStatus crate_xml_scope_init(CrateXmlScope *scope,
                                                 const CrateWorld *world);

void crate_xml_scope_clear(CrateXmlScope *scope);

/// Go into an element, and out of it again.
CRATE_NODISCARD CrateStatus crate_xml_scope_enter(CrateXmlScope *scope,
                                                  CrateXml *element);
CRATE_NODISCARD CrateStatus crate_xml_scope_leave(CrateXmlScope *scope,
                                                  const CrateXml *element);

/// What a prefix stands for. False when it stands for nothing; without a
/// prefix that is no failure, and `iri` is empty.
bool crate_xml_scope_find(const CrateXmlScope *scope,
                          CrateText prefix,
                          CrateText *iri);

/// Bytes of the longest NCName at the start (Namespaces in XML [4]).
size_t crate_xml_name_span(CrateText text);

/// Bytes of white space at the start (XML [3]).
size_t crate_xml_space_span(CrateText text);

/// A text without the white space around it.
CrateText crate_xml_trim(CrateText text);

#endif // CRATE_XML_H
