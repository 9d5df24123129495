// SPDX-License-Identifier: Apache-2.0
// Names that a file system may take for one another.
#include "package/package.h"
#include <utf8proc.h>

/// ASCII is its own normal form, and most names are nothing else.
static bool
is_ascii(CrateText name)
{
  unsigned char all = 0;
  for (size_t i = 0; i < name.size; ++i) {
    all |= (unsigned char)name.data[i];
  }
  return all < 0x80u;
}

static CrateStatus
fold_ascii(CrateArena *arena, CrateText name, bool case_too, CrateText *out)
{
  *out = name;
  if (!case_too) {
    return CRATE_OK;
  }
  CRATE_TRY(crate_arena_copy(arena, name, out));
  char *const data = (char *)(uintptr_t)out->data;
  for (size_t i = 0; i < name.size; ++i) {
    data[i] = (char)(data[i] >= 'A' && data[i] <= 'Z' ? data[i] + 32 : data[i]);
  }
  return CRATE_OK;
}

CrateStatus
crate_name_fold(CrateArena *arena,
                CrateText name,
                bool case_too,
                CrateText *out)
{
  const utf8proc_option_t options =
    (utf8proc_option_t)(UTF8PROC_STABLE | UTF8PROC_COMPOSE |
                        (case_too ? UTF8PROC_CASEFOLD : 0));
  *out = name;
  if (name.size > 65536u) {
    return CRATE_OK; // no file system has such names: taken as they are
  }
  if (is_ascii(name)) {
    return fold_ascii(arena, name, case_too, out);
  }
  const utf8proc_uint8_t *const bytes = (const utf8proc_uint8_t *)name.data;
  const utf8proc_ssize_t size = (utf8proc_ssize_t)name.size;
  const utf8proc_ssize_t count =
    utf8proc_decompose(bytes, size, NULL, 0, options);
  if (count <= 0) {
    return CRATE_OK; // not UTF-8, or empty
  }
  utf8proc_int32_t *const points = (utf8proc_int32_t *)crate_arena_array(
    arena, (size_t)count + 1u, sizeof(utf8proc_int32_t));
  if (!points) {
    return crate_arena_status(arena);
  }
  utf8proc_decompose(bytes, size, points, count, options);
  const utf8proc_ssize_t folded = utf8proc_reencode(points, count, options);
  if (folded >= 0) {
    *out = (CrateText){(const char *)points, (size_t)folded};
  }
  return CRATE_OK;
}

CrateStatus
crate_name_is_composed(CrateArena *arena, CrateText name, bool *composed)
{
  CrateText form;
  CRATE_TRY(crate_name_fold(arena, name, false, &form));
  *composed = crate_text_equal(form, name);
  return CRATE_OK;
}
