// SPDX-License-Identifier: Apache-2.0
#include "base/file.h"
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

// Pieces in which something of unknown size is read.
#define PIECE ((size_t)1 << 16)

static CrateStatus
refuse(const CrateWorld *world,
       CrateText name,
       CrateStatus status,
       const char *why)
{
  const CrateDiagnostic place = {.file = name,
                                 .code = CRATE_TEXT("unreadable-file")};
  return crate_world_say(world, status, &place, "cannot read: %s", why);
}

static CrateStatus
refuse_errno(const CrateWorld *world, CrateText name, int error)
{
  const CrateStatus status =
    error == ENOENT || error == ENOTDIR ? CRATE_NOT_FOUND : CRATE_UNREADABLE;
  return refuse(world, name, status, strerror(error));
}

static CrateStatus
refuse_size(const CrateWorld *world, CrateText name)
{
  const CrateDiagnostic place = {.file = name,
                                 .code = CRATE_TEXT("document-bytes")};
  return crate_world_say(world, CRATE_OVER_LIMIT, &place,
                         "larger than the %zu bytes a document may have",
                         world->limits.document_bytes);
}

/// Room for one more read; a regular file's size is only a first guess.
static CrateStatus
make_room(CrateFile *file, CrateText name)
{
  // One byte above the ceiling tells "exactly as large" from "larger".
  const size_t ceiling = file->world->limits.document_bytes;
  if (file->size > ceiling) {
    return refuse_size(file->world, name);
  }
  if (file->size < file->capacity) {
    return CRATE_OK;
  }
  const CrateStatus st = crate_world_reserve(
    file->world, &file->data, &file->capacity, file->size + PIECE, 1);
  return st ? refuse(file->world, name, st, "out of memory") : CRATE_OK;
}

/// Check what it is, and reserve for a size that is known.
static CrateStatus
prepare(CrateFile *file, CrateText name, int descriptor)
{
  struct stat about;
  if (fstat(descriptor, &about)) {
    return refuse_errno(file->world, name, errno);
  }
  if (S_ISDIR(about.st_mode)) {
    return refuse(file->world, name, CRATE_UNREADABLE, "it is a folder");
  }
  if (!S_ISREG(about.st_mode) || about.st_size <= 0) {
    return CRATE_OK;
  }
  if ((uintmax_t)about.st_size > file->world->limits.document_bytes) {
    return refuse_size(file->world, name);
  }
  const CrateStatus st = crate_world_reserve(
    file->world, &file->data, &file->capacity, (size_t)about.st_size + 1u, 1);
  return st ? refuse(file->world, name, st, "out of memory") : CRATE_OK;
}

static CrateStatus
read_all(CrateFile *file, CrateText name, int descriptor)
{
  CRATE_TRY(prepare(file, name, descriptor));
  for (;;) {
    CRATE_TRY(make_room(file, name));
    const ssize_t got =
      read(descriptor, file->data + file->size, file->capacity - file->size);
    if (got < 0 && errno != EINTR) {
      return refuse_errno(file->world, name, errno);
    }
    if (got == 0) {
      return CRATE_OK;
    }
    file->size += got > 0 ? (size_t)got : 0;
  }
}

CrateStatus
crate_file_read_open(const CrateWorld *world,
                     CrateText name,
                     int descriptor,
                     CrateFile *out)
{
  *out = (CrateFile){.world = world};
  const CrateStatus st = read_all(out, name, descriptor);
  if (st) {
    crate_file_clear(out);
  }
  return st;
}

CrateStatus
crate_file_read(const CrateWorld *world, CrateText path, CrateFile *out)
{
  *out = (CrateFile){.world = world};
  if (memchr(path.size ? path.data : "", '\0', path.size)) {
    return refuse(world, path, CRATE_NOT_FOUND, "the name holds a NUL");
  }
  char *const name = crate_world_allocate(world, path.size + 1u);
  if (!name) {
    return refuse(world, path, CRATE_NO_MEMORY, "out of memory");
  }
  memcpy(name, path.size ? path.data : "", path.size);
  name[path.size] = '\0';
  const int descriptor = open(name, O_RDONLY | O_CLOEXEC | O_NOCTTY);
  const int error = errno;
  crate_world_release(world, name);
  if (descriptor < 0) {
    return refuse_errno(world, path, error);
  }
  const CrateStatus st = crate_file_read_open(world, path, descriptor, out);
  close(descriptor);
  return st;
}

void
crate_file_clear(CrateFile *file)
{
  if (file->world) {
    crate_world_release(file->world, file->data);
  }
  *file = (CrateFile){.world = file->world};
}

/// A file of unknown or changing size: through memory that can grow.
static CrateStatus
read_and_copy(const CrateWorld *world,
              CrateText name,
              int descriptor,
              CrateArena *arena,
              CrateText *out)
{
  CrateFile file;
  CRATE_TRY(crate_file_read_open(world, name, descriptor, &file));
  const CrateStatus st = crate_arena_copy(arena, crate_file_text(&file), out);
  crate_file_clear(&file);
  return st;
}

/// Read until the block is full or the file at its end.
static CrateStatus
fill_block(const CrateWorld *world,
           CrateText name,
           int descriptor,
           char *block,
           size_t *size)
{
  const size_t room = *size;
  *size = 0;
  while (*size < room) {
    const ssize_t got = read(descriptor, block + *size, room - *size);
    if (got < 0 && errno != EINTR) {
      return refuse_errno(world, name, errno);
    }
    if (got == 0) {
      return CRATE_OK;
    }
    *size += got > 0 ? (size_t)got : 0;
  }
  return CRATE_OK;
}

CrateStatus
crate_file_read_arena(const CrateWorld *world,
                      CrateText name,
                      int descriptor,
                      CrateArena *arena,
                      CrateText *out)
{
  struct stat about;
  *out = (CrateText){NULL, 0};
  if (fstat(descriptor, &about) || !S_ISREG(about.st_mode) ||
      about.st_size <= 0) {
    return read_and_copy(world, name, descriptor, arena, out);
  }
  if ((uintmax_t)about.st_size > world->limits.document_bytes) {
    return refuse_size(world, name);
  }
  size_t size = (size_t)about.st_size + 1u; // one more, to see the end
  char *const block = (char *)crate_arena_allocate(arena, size);
  if (!block) {
    return refuse(world, name, crate_arena_status(arena), "out of memory");
  }
  CRATE_TRY(fill_block(world, name, descriptor, block, &size));
  if (size > (size_t)about.st_size) { // it grew while we looked
    lseek(descriptor, 0, SEEK_SET);
    return read_and_copy(world, name, descriptor, arena, out);
  }
  *out = (CrateText){block, size};
  return CRATE_OK;
}

/// Bytes of a path that stand for themselves in an IRI.
static bool
is_plain(unsigned char c)
{
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
         (c >= '0' && c <= '9') || (c && strchr("/-._~!$&'()*+,;=:@", c));
}

static void
add_path(CrateBuffer *buffer, CrateText path)
{
  for (size_t i = 0; i < path.size; ++i) {
    const unsigned char byte = (unsigned char)path.data[i];
    crate_buffer_print(buffer, is_plain(byte) ? "%c" : "%%%02X", byte);
  }
}

void
crate_file_iri(CrateBuffer *buffer, const char *path, CrateText within)
{
  char full[PATH_MAX]; // not realpath()'s own, which no allocator of ours sees
  if (realpath(path, full)) {
    crate_buffer_add_string(buffer, "file://");
    add_path(buffer, crate_text(full));
    add_path(buffer, within);
  }
}
