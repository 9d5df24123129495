// SPDX-License-Identifier: Apache-2.0
// Checksums that the metadata give of files: properties called sha256 and the
// like, in whatever vocabulary: schema.org has sha256 alone, the terms of
// Workflow Run Crates have four, and crates define their own.
#include "validate/checks/contents.h"
#include <ctype.h>
#include <stdio.h>

/// A checksum of an entity, as it is written.
typedef struct {
  size_t entity;
  CrateDigestKind kind;
  const CrateJson *value;
} Claim;

typedef CrateStatus Visit(CrateChecks *checks, Claim claim, void *handle);

/// What a key claims to be the digest of. Every key is asked: all names of
/// digests end in a figure, and few others do.
static CrateDigestKind
kind_of_key(CrateText key)
{
  size_t at = key.size;
  while (at && ispunct((unsigned char)key.data[at - 1u])) {
    --at; // crate_digest_kind() passes them by
  }
  if (!at || !isdigit((unsigned char)key.data[at - 1u])) {
    return CRATE_DIGEST_KINDS;
  }
  while (at && !strchr("#/:", key.data[at - 1u])) {
    --at;
  }
  return crate_digest_kind(crate_text_slice(key, at, key.size));
}

/// A context may switch a key off.
static CrateStatus
is_meant(const CrateView *view, CrateText key, bool *meant)
{
  CrateKeyKind kind = CRATE_KEY_UNDEFINED;
  CRATE_TRY(crate_context_key(view->context, key, &kind, NULL));
  *meant = kind != CRATE_KEY_NULL && kind != CRATE_KEY_KEYWORD;
  return CRATE_OK;
}

static CrateStatus
visit_values(CrateChecks *checks, Claim claim, Visit *visit, void *handle)
{
  const CrateJson *const value = claim.value;
  const CrateJson *const inner = crate_json_get(value, CRATE_TEXT("@value"));
  if (inner) {
    claim.value = inner;
    return visit(checks, claim, handle);
  }
  if (value->kind != CRATE_JSON_ARRAY) {
    return visit(checks, claim, handle);
  }
  for (const CrateJson *item = crate_json_first(value); item;
       item = item->next) {
    claim.value = item;
    CRATE_TRY(visit(checks, claim, handle));
  }
  return CRATE_OK;
}

static CrateStatus
visit_claims(CrateChecks *checks, Visit *visit, void *handle)
{
  const CrateView *const view = checks->view;
  for (size_t i = 0; i < view->entity_count; ++i) {
    for (const CrateJson *key = crate_json_first_key(view->entities[i].json);
         key; key = crate_json_next_key(key)) {
      const CrateDigestKind kind = kind_of_key(crate_json_text(key));
      bool meant = false;
      if (kind != CRATE_DIGEST_KINDS) {
        CRATE_TRY(is_meant(view, crate_json_text(key), &meant));
      }
      if (meant) {
        CRATE_TRY(
          visit_values(checks, (Claim){i, kind, key->next}, visit, handle));
      }
    }
  }
  return CRATE_OK;
}

static bool
is_hex(CrateText text, CrateDigestKind kind)
{
  for (size_t i = 0; i < text.size; ++i) {
    if (!isxdigit((unsigned char)text.data[i])) {
      return false;
    }
  }
  return text.size == crate_digest_digits(kind);
}

/// Ask for the file that a checksum is of, where it is one of the package.
static CrateStatus
find_file(CrateChecks *checks, Claim claim, size_t *index, bool *found)
{
  const CrateEntity *const entity = &checks->view->entities[claim.entity];
  *found = false;
  if (!(entity->bits & CRATE_TYPED_FILE) ||
      !crate_json_is(claim.value, CRATE_JSON_STRING) ||
      !is_hex(crate_json_text(claim.value), claim.kind)) {
    return CRATE_OK;
  }
  CRATE_TRY(crate_check_members(checks));
  if (checks->members[claim.entity] != CRATE_MEMBER_FILE) {
    return CRATE_OK;
  }
  *found = true;
  return crate_contents_want_entity(checks, claim.entity,
                                    CRATE_DIGEST_SET(claim.kind), index);
}

static CrateStatus
want(CrateChecks *checks, Claim claim, void *handle)
{
  size_t index = 0;
  bool found = false;
  (void)handle;
  return find_file(checks, claim, &index, &found);
}

CrateStatus
crate_checksum_gather(CrateChecks *checks)
{
  return visit_claims(checks, want, NULL);
}

typedef struct {
  const CrateNativeCall *call;
  CrateUnread unread;
} Comparison;

static CrateStatus
compare(CrateChecks *checks, Claim claim, void *handle)
{
  Comparison *const comparison = (Comparison *)handle;
  size_t index = 0;
  bool found = false;
  CRATE_TRY(find_file(checks, claim, &index, &found));
  if (!found) {
    return CRATE_OK;
  }
  const CrateReading *const reading = crate_contents_at(checks, index);
  if (!crate_contents_known(&comparison->unread, reading)) {
    return CRATE_OK;
  }
  const CrateText said = crate_json_text(claim.value);
  const CrateText real =
    crate_digest_of(reading->digits, reading->kinds, claim.kind);
  return crate_text_equal_fold(said, real)
           ? CRATE_OK
           : crate_check_report(
               comparison->call, claim.value->offset,
               "the %s of \"%.*s\" is %.*s", crate_digest_name(claim.kind),
               CRATE_TEXT_ARG(crate_text_slice(
                 checks->view->entities[claim.entity].id, 0, 200)),
               CRATE_TEXT_ARG(real));
}

CrateStatus
crate_check_checksum(const CrateNativeCall *call)
{
  CrateChecks *const checks = (CrateChecks *)call->handle;
  Comparison comparison = {.call = call};
  CRATE_TRY(crate_contents_gather(checks));
  CRATE_TRY(crate_contents_read(checks));
  CRATE_TRY(visit_claims(checks, compare, &comparison));
  return crate_contents_excuse(call, &comparison.unread);
}

/// RFC 4648 4 and 5: a digest in base64 as hexadecimal digits, or false.
static bool
decode_base64(CrateText text, CrateDigestKind kind, char *hex)
{
  static const char letters[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
                                "abcdefghijklmnopqrstuvwxyz0123456789+/-_";
  uint32_t bits = 0;
  unsigned held = 0;
  size_t size = 0;
  while (crate_text_ends(text, CRATE_TEXT("="))) {
    --text.size;
  }
  for (size_t i = 0; i < text.size; ++i) {
    const char *const at = text.data[i] ? strchr(letters, text.data[i]) : NULL;
    if (!at || size > crate_digest_digits(kind)) {
      return false;
    }
    const uint32_t value = (uint32_t)(at - letters);
    bits = bits << 6u | (value < 64u ? value : value - 2u);
    for (held += 6u; held >= 4u; held -= 4u) {
      hex[size++] = "0123456789abcdef"[bits >> (held - 4u) & 15u];
    }
  }
  // What is left over of the last letter, and of the last byte, is zero.
  size = size % 2u && hex[size - 1u] == '0' ? size - 1u : size;
  hex[size] = '\0';
  return size == crate_digest_digits(kind) && !(bits & ((1u << held) - 1u));
}

bool
crate_checksum_mend(CrateText key, CrateText text, char *hex)
{
  const CrateDigestKind kind = kind_of_key(key);
  if (kind == CRATE_DIGEST_KINDS) {
    return false;
  }
  const size_t colon = crate_text_find(text, ':');
  const CrateText name = crate_text_slice(text, 0, colon);
  if (colon < text.size && crate_digest_kind(name) == kind) { // "sha256:…"
    text = crate_text_slice(text, colon + 1u, text.size);
  }
  if (is_hex(text, kind)) {
    memcpy(hex, text.data, text.size);
    hex[text.size] = '\0';
    return true;
  }
  return decode_base64(text, kind, hex);
}

static CrateStatus
look_at_form(CrateChecks *checks, Claim claim, void *handle)
{
  const CrateNativeCall *const call = (const CrateNativeCall *)handle;
  const char *const name = crate_digest_name(claim.kind);
  const size_t digits = crate_digest_digits(claim.kind);
  char hex[CRATE_CHECKSUM_ROOM];
  (void)checks;
  if (!crate_json_is(claim.value, CRATE_JSON_STRING)) {
    return crate_check_report(call, claim.value->offset,
                              "a %s is a text of %zu digits", name, digits);
  }
  const CrateText text = crate_json_text(claim.value);
  return is_hex(text, claim.kind) ? CRATE_OK
         : crate_checksum_mend(crate_text(name), text, hex)
           ? crate_check_report(call, claim.value->offset, "\"%.*s\" is %s",
                                CRATE_TEXT_ARG(text), hex)
           : crate_check_report(
               call, claim.value->offset, "\"%.*s\" is not %zu digits",
               CRATE_TEXT_ARG(crate_text_slice(text, 0, 200)), digits);
}

CrateStatus
crate_check_checksum_form(const CrateNativeCall *call)
{
  return visit_claims((CrateChecks *)call->handle, look_at_form,
                      (void *)(uintptr_t)call);
}
