// SPDX-License-Identifier: Apache-2.0
/// @file Characters of names and IRIs in the Turtle family of syntaxes.
#ifndef CRATE_RDF_NAMES_H
#define CRATE_RDF_NAMES_H
#include <cratekit/term.h>

/// Bytes at the start that may stand in an IRIREF as they are (RDF 1.1
/// N-Triples [8]).
size_t crate_name_iri_span(CrateText text);

/// A code point of PN_CHARS_U (RDF 1.1 Turtle [164s]).
bool crate_name_is_start(uint32_t code_point);

/// A code point of PN_CHARS (RDF 1.1 Turtle [166s]).
bool crate_name_is_part(uint32_t code_point);

/// Decode one code point of valid UTF-8 at `at`; its size in bytes.
size_t crate_name_decode(const char *at, uint32_t *code_point);

/// Bytes of the longest BLANK_NODE_LABEL at the start, without its "_:".
size_t crate_name_blank_span(CrateText text);

/// Bytes of the longest LANGTAG at the start, without its "@".
size_t crate_name_language_span(CrateText text);

/// Bytes of the longest PN_PREFIX (RDF 1.1 Turtle [167s]) at the start.
size_t crate_name_prefix_span(CrateText text);

/// Bytes of the longest INTEGER, DECIMAL or DOUBLE (RDF 1.1 Turtle [19] to
/// [21]) at the start, 0 when there is none; and which of them it is.
size_t crate_name_number_span(CrateText text, CrateTerm *datatype);

/// Value of a hexadecimal digit, or -1.
int crate_name_hex(char digit);

#endif // CRATE_RDF_NAMES_H
