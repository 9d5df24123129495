// SPDX-License-Identifier: Apache-2.0
/// @file Digests of a file: several at once from one reading.
#ifndef CRATE_PACKAGE_DIGEST_H
#define CRATE_PACKAGE_DIGEST_H
#include <cratekit/package.h>

typedef enum {
  CRATE_DIGEST_MD5,
  CRATE_DIGEST_SHA1,
  CRATE_DIGEST_SHA224,
  CRATE_DIGEST_SHA256,
  CRATE_DIGEST_SHA384,
  CRATE_DIGEST_SHA512,
  CRATE_DIGEST_KINDS,
} CrateDigestKind;

/// A set of kinds is a number: the bits of those it holds.
#define CRATE_DIGEST_SET(kind) (1u << (unsigned)(kind))

/// Digests on their way: one thread. Several may live at once. All zero to
/// begin with; used for one file after another, then cleared.
typedef struct CrateDigester {
  unsigned kinds;                     // of the file at hand
  void *contexts[CRATE_DIGEST_KINDS]; // libcrypto's, kept for the next file
} CrateDigester;

/// The kind of a name as manifests have it ("sha512", "SHA-512", "md5");
/// CRATE_DIGEST_KINDS for any other.
CrateDigestKind crate_digest_kind(CrateText name);

/// What a kind is called: "sha512".
const char *crate_digest_name(CrateDigestKind kind);

/// How many hexadecimal digits a kind has.
size_t crate_digest_digits(CrateDigestKind kind);

/// How many all kinds of a set have together.
size_t crate_digest_room(unsigned kinds);

/// One kind of the digits that crate_digester_finish() wrote for a set.
CrateText crate_digest_of(const char *digits,
                          unsigned kinds,
                          CrateDigestKind kind);

/// Begin a file. CRATE_NO_MEMORY, or CRATE_UNSUPPORTED for a kind that the
/// system's policy forbids; unsaid.
CrateStatus crate_digester_start(CrateDigester *digester, unsigned kinds);

CrateStatus crate_digester_add(CrateDigester *digester, CrateText piece);

/// End a file: write digits in lower case, kind by kind, crate_digest_room()
/// of them and no NUL.
CrateStatus crate_digester_finish(CrateDigester *digester, char *digits);

/// Accepts all zero.
void crate_digester_clear(CrateDigester *digester);

#endif // CRATE_PACKAGE_DIGEST_H
