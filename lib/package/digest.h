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

/// Longest digest in hexadecimal digits.
#define CRATE_DIGEST_LONGEST 128u

/// What came out, in lower case; empty for kinds that were not asked for.
typedef struct CrateDigests {
  uint64_t size; // of the file, in bytes
  char hex[CRATE_DIGEST_KINDS][CRATE_DIGEST_LONGEST + 1];
} CrateDigests;

/// Digests on their way: one reading, one thread. Several may live at once.
typedef struct CrateDigester {
  uint64_t size;
  unsigned kinds;
  void *contexts[CRATE_DIGEST_KINDS]; // libcrypto's
} CrateDigester;

/// The kind of a name as manifests have it ("sha512", "SHA-512", "md5");
/// CRATE_DIGEST_KINDS for any other.
CrateDigestKind crate_digest_kind(CrateText name);

/// How many hexadecimal digits a kind has.
size_t crate_digest_digits(CrateDigestKind kind);

/// CRATE_NO_MEMORY, or CRATE_UNSUPPORTED for a kind that the system's policy
/// forbids; unsaid. Nothing to undo then.
CrateStatus crate_digester_init(CrateDigester *digester, unsigned kinds);

CrateStatus crate_digester_add(CrateDigester *digester, CrateText piece);

/// Fill the digests, and end it.
CrateStatus crate_digester_finish(CrateDigester *digester, CrateDigests *out);

/// End it without an answer. Accepts all zero.
void crate_digester_clear(CrateDigester *digester);

/// All of that for one file of a package. Answers as crate_package_pour().
CrateStatus crate_package_digest(CratePackage *package,
                                 CrateText path,
                                 unsigned kinds,
                                 CrateDigests *out);

#endif // CRATE_PACKAGE_DIGEST_H
