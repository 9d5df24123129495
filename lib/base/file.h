// SPDX-License-Identifier: Apache-2.0
/// @file A whole file in memory.
#ifndef CRATE_BASE_FILE_H
#define CRATE_BASE_FILE_H
#include <cratekit/arena.h>
#include <cratekit/buffer.h>
#include <cratekit/text.h>
#include <cratekit/world.h>

/// Caller's memory; end it with crate_file_clear().
typedef struct CrateFile {
  const CrateWorld *world;
  char *data;
  size_t size, capacity;
} CrateFile;

/**
   Read a file, a pipe or a device to its end.

   Copied rather than mapped: somebody else may cut the file while we look.
   @param path Borrowed; "-" is a name like any other.
   @param out  Empty on failure.
   @return CRATE_NOT_FOUND, CRATE_UNREADABLE (a folder too), CRATE_OVER_LIMIT
   (limits.document_bytes), CRATE_NO_MEMORY, each said to the sink.
*/
CRATE_API CRATE_NODISCARD CrateStatus crate_file_read(const CrateWorld *world,
                                                      CrateText path,
                                                      CrateFile *out);

/// The same from an open descriptor, which stays open. `name` is for
/// diagnostics.
CRATE_API CRATE_NODISCARD CrateStatus
crate_file_read_open(const CrateWorld *world,
                     CrateText name,
                     int descriptor,
                     CrateFile *out);

/// The same straight into an arena, without a second copy.
CRATE_API CRATE_NODISCARD CrateStatus
crate_file_read_arena(const CrateWorld *world,
                      CrateText name,
                      int descriptor,
                      CrateArena *arena,
                      CrateText *out);

/**
   Append the file: IRI of a path (RFC 8089), so that relative IRIs in what it
   holds have a base.

   @param path   NUL-ended, exists; else nothing is appended.
   @param within A path inside of it, or empty.
*/
CRATE_API void crate_file_iri(CrateBuffer *buffer,
                              const char *path,
                              CrateText within);

/// Accepts a file that failed, was cleared or is all zero.
CRATE_API void crate_file_clear(CrateFile *file);

/// The bytes: a view, valid until crate_file_clear().
static inline CrateText
crate_file_text(const CrateFile *file)
{
  return (CrateText){file->data, file->size};
}

#endif // CRATE_BASE_FILE_H
