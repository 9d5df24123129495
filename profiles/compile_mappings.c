// SPDX-License-Identifier: Apache-2.0
// mappings/*.ru and mappings/*.layout, as they are: whoever uses one reads it.
#include "compile.h"

static CrateStatus
add_file(CrateCompiler *compiler, CrateText name)
{
  const CrateText path[] = {CRATE_TEXT("mappings/"), name};
  const CrateText key[] = {CRATE_TEXT("mapping/"), name};
  CrateText file;
  CrateText blob;
  CrateText bytes;
  CRATE_TRY(crate_arena_join(&compiler->arena, path, 2, &file));
  CRATE_TRY(crate_arena_join(&compiler->arena, key, 2, &blob));
  CRATE_TRY(crate_compiler_read(compiler, file, &bytes));
  return crate_compiler_add(compiler, blob, bytes);
}

CrateStatus
crate_compile_mappings(CrateCompiler *compiler)
{
  static const char *const endings[] = {".ru", ".layout"};
  for (size_t i = 0; i < sizeof(endings) / sizeof(*endings); ++i) {
    CrateText *names = NULL;
    size_t count = 0;
    CRATE_TRY(crate_compiler_list(compiler, CRATE_TEXT("mappings"),
                                  crate_text(endings[i]), &names, &count));
    for (size_t k = 0; k < count; ++k) {
      CRATE_TRY(add_file(compiler, names[k]));
    }
  }
  return CRATE_OK;
}
