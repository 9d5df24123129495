// SPDX-License-Identifier: Apache-2.0
// Profiles: profile.ttl and the shapes it names, frozen as one graph. Shapes
// that are ill-formed end the build.
#include "compile.h"
#include "validate/profile.h"
#include <cratekit/package.h>
#include <cratekit/rdf.h>

/// What the profile's files are named, for the depfile.
static CrateStatus
note_files(CrateCompiler *compiler, const CrateProfileSource *source)
{
  for (size_t i = 0; i < source->file_count; ++i) {
    CrateText full;
    CRATE_TRY(crate_compiler_note(compiler, source->files[i].path, &full));
  }
  return CRATE_OK;
}

static CrateStatus
add_card(CrateCompiler *compiler, const CrateGraph *graph)
{
  CrateText name;
  const CrateText parts[] = {CRATE_TEXT("card/"), crate_profile_token(graph)};
  CRATE_TRY(crate_arena_join(&compiler->arena, parts, 2, &name));
  CrateBuffer card;
  crate_buffer_init(&card, compiler->world);
  CrateStatus st = crate_profile_write_card(graph, &card);
  if (!st) {
    st = crate_compiler_add(compiler, name, crate_buffer_text(&card));
  }
  crate_buffer_clear(&card);
  return st;
}

static CrateStatus
freeze(CrateCompiler *compiler, const CrateGraph *graph)
{
  CrateText name;
  const CrateText parts[] = {CRATE_TEXT("profile/"),
                             crate_profile_token(graph)};
  CRATE_TRY(crate_arena_join(&compiler->arena, parts, 2, &name));
  CrateBuffer frozen;
  crate_buffer_init(&frozen, compiler->world);
  CrateStatus st = crate_rdf_freeze(&frozen, graph);
  if (!st) {
    st = crate_compiler_add(compiler, name, crate_buffer_text(&frozen));
  }
  crate_buffer_clear(&frozen);
  return st ? st : add_card(compiler, graph);
}

static CrateStatus
compile_profile(CrateCompiler *compiler, CratePackage *folder, CrateText path)
{
  CrateProfileSource source = {0};
  CrateStatus st = crate_profile_gather(compiler->world, folder, path, &source);
  if (!st) {
    st = note_files(compiler, &source);
  }
  if (!st) {
    st = crate_profile_check(&source, NULL, true);
  }
  if (!st) {
    st = freeze(compiler, source.graph);
  }
  crate_profile_source_clear(&source);
  return st;
}

CrateStatus
crate_compile_profiles(CrateCompiler *compiler)
{
  CratePackage *folder = NULL;
  const CrateText *paths = NULL;
  size_t count = 0;
  CRATE_TRY(crate_package_open(compiler->world, compiler->source, &folder));
  CrateStatus st = crate_package_list(folder, &paths, &count);
  for (size_t i = 0; i < count && !st; ++i) {
    if (crate_text_ends(paths[i], CRATE_TEXT("/profile.ttl"))) {
      st = compile_profile(compiler, folder, paths[i]);
    }
  }
  crate_package_close(folder);
  return st;
}
