// SPDX-License-Identifier: Apache-2.0
// Digests through libcrypto, which knows what the processor can do.
#include "package/digest.h"
#include <ctype.h>
#include <openssl/evp.h>

static const struct {
  const char *name;
  const char *crypto; // what libcrypto calls it
  size_t digits;
} kinds[CRATE_DIGEST_KINDS] = {
  [CRATE_DIGEST_MD5] = {"md5", "MD5", 32},
  [CRATE_DIGEST_SHA1] = {"sha1", "SHA1", 40},
  [CRATE_DIGEST_SHA224] = {"sha224", "SHA224", 56},
  [CRATE_DIGEST_SHA256] = {"sha256", "SHA256", 64},
  [CRATE_DIGEST_SHA384] = {"sha384", "SHA384", 96},
  [CRATE_DIGEST_SHA512] = {"sha512", "SHA512", 128},
};

CrateDigestKind
crate_digest_kind(CrateText name)
{
  char plain[16];
  size_t size = 0;
  for (size_t i = 0; i < name.size && size < sizeof(plain); ++i) {
    if (isalnum((unsigned char)name.data[i])) {
      plain[size++] = (char)tolower((unsigned char)name.data[i]);
    }
  }
  for (unsigned i = 0; i < CRATE_DIGEST_KINDS; ++i) {
    if (crate_text_is((CrateText){plain, size}, kinds[i].name)) {
      return (CrateDigestKind)i;
    }
  }
  return CRATE_DIGEST_KINDS;
}

const char *
crate_digest_name(CrateDigestKind kind)
{
  return kinds[kind].name;
}

size_t
crate_digest_digits(CrateDigestKind kind)
{
  return kinds[kind].digits;
}

/// Digits of a set's kinds below one.
static size_t
room_below(unsigned set, unsigned kind)
{
  size_t room = 0;
  for (unsigned i = 0; i < kind; ++i) {
    room += set & CRATE_DIGEST_SET(i) ? kinds[i].digits : 0;
  }
  return room;
}

size_t
crate_digest_room(unsigned set)
{
  return room_below(set, CRATE_DIGEST_KINDS);
}

CrateText
crate_digest_of(const char *digits, unsigned set, CrateDigestKind kind)
{
  return set & CRATE_DIGEST_SET(kind)
           ? (CrateText){digits + room_below(set, kind), kinds[kind].digits}
           : (CrateText){NULL, 0};
}

/// Fetched for each thread: a table of ours would be mutable state.
static CrateStatus
make(const char *name, void **context)
{
  EVP_MD *const algorithm = EVP_MD_fetch(NULL, name, NULL);
  EVP_MD_CTX *const made = algorithm ? EVP_MD_CTX_new() : NULL;
  CrateStatus st = !algorithm ? CRATE_UNSUPPORTED
                   : !made    ? CRATE_NO_MEMORY
                              : CRATE_OK;
  if (!st && EVP_DigestInit_ex(made, algorithm, NULL) != 1) {
    EVP_MD_CTX_free(made);
    st = CRATE_UNSUPPORTED;
  }
  EVP_MD_free(algorithm);
  *context = st ? NULL : made;
  return st;
}

CrateStatus
crate_digester_start(CrateDigester *digester, unsigned set)
{
  digester->kinds = 0;
  for (unsigned i = 0; i < CRATE_DIGEST_KINDS; ++i) {
    void **const context = &digester->contexts[i];
    if (!(set & CRATE_DIGEST_SET(i))) {
      continue;
    }
    if (!*context) {
      CRATE_TRY(make(kinds[i].crypto, context));
    } else if (EVP_DigestInit_ex((EVP_MD_CTX *)*context, NULL, NULL) != 1) {
      return CRATE_NO_MEMORY;
    }
  }
  digester->kinds = set;
  return CRATE_OK;
}

CrateStatus
crate_digester_add(CrateDigester *digester, CrateText piece)
{
  for (unsigned i = 0; i < CRATE_DIGEST_KINDS; ++i) {
    EVP_MD_CTX *const context = (EVP_MD_CTX *)digester->contexts[i];
    if (digester->kinds & CRATE_DIGEST_SET(i) &&
        EVP_DigestUpdate(context, piece.data, piece.size) != 1) {
      return CRATE_NO_MEMORY;
    }
  }
  return CRATE_OK;
}

static char *
write_hex(const unsigned char *bytes, size_t digits, char *out)
{
  static const char hex[] = "0123456789abcdef";
  for (size_t i = 0; i < digits; ++i) {
    *out++ = hex[i % 2u ? bytes[i / 2u] & 15u : bytes[i / 2u] >> 4u];
  }
  return out;
}

CrateStatus
crate_digester_finish(CrateDigester *digester, char *digits)
{
  for (unsigned i = 0; i < CRATE_DIGEST_KINDS; ++i) {
    unsigned char bytes[EVP_MAX_MD_SIZE] = {0};
    EVP_MD_CTX *const context = (EVP_MD_CTX *)digester->contexts[i];
    if (!(digester->kinds & CRATE_DIGEST_SET(i))) {
      continue;
    }
    if (EVP_DigestFinal_ex(context, bytes, NULL) != 1) {
      return CRATE_NO_MEMORY;
    }
    digits = write_hex(bytes, kinds[i].digits, digits);
  }
  digester->kinds = 0;
  return CRATE_OK;
}

void
crate_digester_clear(CrateDigester *digester)
{
  for (size_t i = 0; i < CRATE_DIGEST_KINDS; ++i) {
    EVP_MD_CTX_free((EVP_MD_CTX *)digester->contexts[i]);
    digester->contexts[i] = NULL;
  }
}
