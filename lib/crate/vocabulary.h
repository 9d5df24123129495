// SPDX-License-Identifier: Apache-2.0
/// @file IRIs that RO-Crate gives a meaning to.
#ifndef CRATE_CRATE_VOCABULARY_H
#define CRATE_CRATE_VOCABULARY_H

#define SCHEMA "http://schema.org/"
#define DCTERMS "http://purl.org/dc/terms/"
#define PROF "http://www.w3.org/ns/dx/prof/"
#define BIOSCHEMAS "https://bioschemas.org/"
#define CRATEKIT "urn:cratekit:"
#define CROISSANT "http://mlcommons.org/croissant/"
#define RO_CRATE "https://w3id.org/ro/crate"

#endif // CRATE_CRATE_VOCABULARY_H
