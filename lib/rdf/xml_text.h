// SPDX-License-Identifier: Apache-2.0
/// @file Text as XML 1.0 writes it.
#ifndef CRATE_RDF_XML_TEXT_H
#define CRATE_RDF_XML_TEXT_H
#include <cratekit/buffer.h>

/// Bytes of valid UTF-8 up to the first character that XML does not have
/// (XML [2]); size when it has all.
size_t crate_xml_character_span(CrateText text);

/// Write characters that XML has, so that they come back as they are, from
/// text and from values of attributes.
void crate_xml_write_text(CrateBuffer *buffer, CrateText text);

#endif // CRATE_RDF_XML_TEXT_H
