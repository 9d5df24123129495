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

size_t
crate_digest_digits(CrateDigestKind kind)
{
  return kinds[kind].digits;
}

/// Fetched for each file: a table of ours would be mutable state.
static CrateStatus
start(const char *name, EVP_MD_CTX **out)
{
  EVP_MD *const algorithm = EVP_MD_fetch(NULL, name, NULL);
  *out = algorithm ? EVP_MD_CTX_new() : NULL;
  CrateStatus st = !algorithm ? CRATE_UNSUPPORTED
                   : !*out    ? CRATE_NO_MEMORY
                              : CRATE_OK;
  if (!st && EVP_DigestInit_ex(*out, algorithm, NULL) != 1) {
    st = CRATE_UNSUPPORTED;
  }
  EVP_MD_free(algorithm);
  return st;
}

CrateStatus
crate_digester_init(CrateDigester *digester, unsigned set)
{
  *digester = (CrateDigester){.kinds = set};
  for (unsigned i = 0; i < CRATE_DIGEST_KINDS; ++i) {
    EVP_MD_CTX *context = NULL;
    const CrateStatus st =
      set & CRATE_DIGEST_SET(i) ? start(kinds[i].crypto, &context) : CRATE_OK;
    digester->contexts[i] = context;
    if (st) {
      crate_digester_clear(digester);
      return st;
    }
  }
  return CRATE_OK;
}

CrateStatus
crate_digester_add(CrateDigester *digester, CrateText piece)
{
  digester->size += piece.size;
  for (size_t i = 0; i < CRATE_DIGEST_KINDS; ++i) {
    EVP_MD_CTX *const context = (EVP_MD_CTX *)digester->contexts[i];
    if (context && EVP_DigestUpdate(context, piece.data, piece.size) != 1) {
      return CRATE_NO_MEMORY;
    }
  }
  return CRATE_OK;
}

static void
write_hex(const unsigned char *bytes, unsigned size, char *out)
{
  static const char digits[] = "0123456789abcdef";
  for (unsigned i = 0; i < size; ++i) {
    out[2u * i] = digits[bytes[i] >> 4u];
    out[2u * i + 1u] = digits[bytes[i] & 15u];
  }
  out[2u * size] = '\0';
}

CrateStatus
crate_digester_finish(CrateDigester *digester, CrateDigests *out)
{
  CrateStatus st = CRATE_OK;
  memset(out, 0, sizeof(*out));
  out->size = digester->size;
  for (size_t i = 0; i < CRATE_DIGEST_KINDS && !st; ++i) {
    unsigned char bytes[EVP_MAX_MD_SIZE];
    unsigned size = 0;
    EVP_MD_CTX *const context = (EVP_MD_CTX *)digester->contexts[i];
    if (context && EVP_DigestFinal_ex(context, bytes, &size) != 1) {
      st = CRATE_NO_MEMORY;
    } else if (context && size <= CRATE_DIGEST_LONGEST / 2u) {
      write_hex(bytes, size, out->hex[i]);
    }
  }
  crate_digester_clear(digester);
  return st;
}

void
crate_digester_clear(CrateDigester *digester)
{
  for (size_t i = 0; i < CRATE_DIGEST_KINDS; ++i) {
    EVP_MD_CTX_free((EVP_MD_CTX *)digester->contexts[i]);
    digester->contexts[i] = NULL;
  }
}

static CrateStatus
take(void *handle, CrateText piece)
{
  return crate_digester_add((CrateDigester *)handle, piece);
}

CrateStatus
crate_package_digest(CratePackage *package,
                     CrateText path,
                     unsigned set,
                     CrateDigests *out)
{
  CrateDigester digester;
  memset(out, 0, sizeof(*out));
  CRATE_TRY(crate_digester_init(&digester, set));
  const CratePour pour = {take, &digester};
  const CrateStatus st = crate_package_pour(package, path, &pour);
  if (st) {
    crate_digester_clear(&digester);
    return st;
  }
  return crate_digester_finish(&digester, out);
}
