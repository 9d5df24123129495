// SPDX-License-Identifier: Apache-2.0
/// @file Text as XML means it.
#ifndef CRATE_XML_DECODE_H
#define CRATE_XML_DECODE_H
#include "xml/xml.h"

#define CRATE_XML_CODE "invalid-xml"

/// Where a text stands.
typedef enum {
  CRATE_XML_CONTENT, ///< Line ends are one (XML 2.11).
  CRATE_XML_CDATA,   ///< And there are no references.
  CRATE_XML_VALUE,   ///< Of an attribute: they are spaces (XML 3.3.3).
} CrateXmlSort;

/// The byte that stands at a place of the document.
static inline uint32_t
crate_xml_offset(const CrateXmlDocument *document, const char *at)
{
  const size_t offset = (size_t)(at - document->bytes.data);
  return offset < UINT32_MAX ? (uint32_t)offset : UINT32_MAX;
}

/// Resolve references and line ends of a part of the document.
/// @param out The part itself where there are none, else an arena's copy.
CRATE_NODISCARD CrateStatus crate_xml_decode(CrateXmlDocument *document,
                                             CrateText raw,
                                             CrateXmlSort sort,
                                             CrateText *out);

#endif // CRATE_XML_DECODE_H
