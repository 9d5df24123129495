// SPDX-License-Identifier: Apache-2.0
/// @file The canonicalization state of RDFC-1.0, 4.2, by dense node numbers.
#ifndef CRATE_RDF_CANON_H
#define CRATE_RDF_CANON_H
#include "rdf/graph.h"
#include <cratekit/rdf.h>
#include <openssl/evp.h>

/// Bytes kept for a hash; SHA-256 leaves the end zero.
#define CRATE_CANON_HASH 48u

/**
   Blank nodes of one graph, numbered from 0.

   The temporary identifier issuer is one array with a trail: going back to an
   earlier state, which RDFC-1.0 calls a copy of the issuer, pops the trail.
*/
typedef struct CrateCanon {
  const CrateWorld *world;
  const CrateGraph *graph;
  const CrateTerms *terms;
  uint32_t count;     // blank nodes
  uint32_t *node_of;  // term -> number + 1
  uint32_t *starts;   // number -> first of its mentions; count + 1 entries
  uint32_t *mentions; // indexes of quads
  unsigned char (*hashes)[CRATE_CANON_HASH]; // First Degree, by number
  uint32_t *issued;    // canonical issuer: number -> identifier + 1
  uint32_t *temporary; // temporary issuer, likewise
  uint32_t *trail;     // numbers in the order of temporary issue
  uint32_t issued_count, trail_size;
  EVP_MD_CTX *digest;
  EVP_MD *algorithm;
  size_t hash_size;
  CrateBuffer text; // what is being hashed
  uint64_t work;    // Hash N-Degree Quads calls, and orders to choose from
  uint32_t depth;
} CrateCanon;

/// Hash a text.
CRATE_NODISCARD CrateStatus
crate_canon_hash(CrateCanon *canon,
                 const CrateText *parts,
                 size_t count,
                 unsigned char out[CRATE_CANON_HASH]);

/// Append a hash in hexadecimal.
void crate_canon_add_hash(const CrateCanon *canon,
                          CrateBuffer *buffer,
                          const unsigned char *hash);

/// Issue the next canonical identifier, if there is none yet.
void crate_canon_issue(CrateCanon *canon, uint32_t node);

/// The same of the temporary issuer.
void crate_canon_issue_temporary(CrateCanon *canon, uint32_t node);

/// Go back to when the temporary issuer had issued `size` identifiers.
void crate_canon_forget(CrateCanon *canon, uint32_t size);

/// Hash N-Degree Quads, RDFC-1.0 4.8.
CRATE_NODISCARD CrateStatus
crate_canon_hash_n_degree(CrateCanon *canon,
                          uint32_t node,
                          unsigned char out[CRATE_CANON_HASH]);

/// Step 5 of 4.4.3: tell nodes apart that share a first degree hash.
CRATE_NODISCARD CrateStatus crate_canon_resolve(CrateCanon *canon,
                                                const uint32_t *nodes,
                                                size_t count);

/// Write the graph under its canonical identifiers, in code point order.
CRATE_NODISCARD CrateStatus crate_canon_write(const CrateCanon *canon,
                                              CrateBuffer *buffer);

#endif // CRATE_RDF_CANON_H
