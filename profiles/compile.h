// SPDX-License-Identifier: Apache-2.0
/// @file The program that makes the bundle, for those who feed it.
#ifndef CRATE_PROFILES_COMPILE_H
#define CRATE_PROFILES_COMPILE_H
#include <cratekit/arena.h>
#include <cratekit/buffer.h>

typedef struct CrateBlob {
  struct CrateBlob *next;
  CrateText name, bytes;
} CrateBlob;

typedef struct CrateCompiler {
  const CrateWorld *world;
  CrateArena arena; ///< Everything lives to the end.
  CrateText source; ///< The folder profiles/.
  CrateBlob *blobs; ///< In any order.
  uint32_t blob_count;
  CrateBuffer inputs; ///< Paths read, for the depfile.
} CrateCompiler;

/// Put a blob into the bundle. Copies both.
CrateStatus crate_compiler_add(CrateCompiler *compiler,
                               CrateText name,
                               CrateText bytes);

/// Read a file below the source folder and note it as an input.
CrateStatus crate_compiler_read(CrateCompiler *compiler,
                                CrateText path,
                                CrateText *out);

/// Names in a folder that end in `ending`, sorted; the folder is noted as an
/// input, so that a new file counts too.
CrateStatus crate_compiler_list(CrateCompiler *compiler,
                                CrateText folder,
                                CrateText ending,
                                CrateText **names,
                                size_t *count);

/// Note a path below the source folder as an input.
CrateStatus crate_compiler_note(CrateCompiler *compiler,
                                CrateText path,
                                CrateText *out);

/// Kinds of input, each a row of the table in compile.c.
CrateStatus crate_compile_contexts(CrateCompiler *compiler);

CrateStatus crate_compile_mappings(CrateCompiler *compiler);

CrateStatus crate_compile_profiles(CrateCompiler *compiler);

#endif // CRATE_PROFILES_COMPILE_H
