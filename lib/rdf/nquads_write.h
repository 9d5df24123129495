// SPDX-License-Identifier: Apache-2.0
/// @file Pieces of N-Quads, for whoever writes or hashes statements.
#ifndef CRATE_RDF_NQUADS_WRITE_H
#define CRATE_RDF_NQUADS_WRITE_H
#include <cratekit/rdf.h>

/// An IRI in angle brackets.
void crate_nquads_add_iri(CrateBuffer *buffer, CrateText iri);

/// A literal with its datatype (xsd:string is left out) or language.
void crate_nquads_add_literal(CrateBuffer *buffer,
                              const CrateTerms *terms,
                              const CrateTermInfo *info);

/// A character that has to be escaped, as \n or \u001F.
void crate_nquads_add_escape(CrateBuffer *buffer, unsigned char byte);

/// A number in decimal digits.
void crate_nquads_add_number(CrateBuffer *buffer, uint32_t number);

#endif // CRATE_RDF_NQUADS_WRITE_H
