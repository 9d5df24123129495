// SPDX-License-Identifier: Apache-2.0
#include "model/archive.h"
#include <inttypes.h>

CrateStatus
crate_archive_open(CrateModelReading *reading, CrateArchive *out)
{
  void *place = NULL;
  CrateBytes bytes = {.descriptor = -1,
                      .size = reading->source->size,
                      .read_at = reading->source->read_at,
                      .handle = reading->source->handle};
  *out = (CrateArchive){reading, NULL};
  CRATE_TRY(
    crate_zip_open(reading->world, reading->name, &bytes, false, &place));
  out->zip = (CrateZip *)place;
  for (size_t i = 0; i < out->zip->count; ++i) {
    if (out->zip->entries[i].is_link) {
      return crate_model_refuse(reading, CRATE_MALFORMED,
                                "a member of the archive is a link");
    }
  }
  return CRATE_OK;
}

void
crate_archive_close(CrateArchive *archive)
{
  crate_zip_verbs.close(archive->zip);
  archive->zip = NULL;
}

const CrateZipEntry *
crate_archive_find(const CrateArchive *archive, CrateText name)
{
  uintptr_t number = 0;
  (void)crate_map_get(&archive->zip->names.by_name, name, &number);
  return number ? &archive->zip->entries[number - 1u] : NULL;
}

const CrateZipEntry *
crate_archive_find_end(const CrateArchive *archive, const char *ending)
{
  for (size_t i = 0; i < archive->zip->count; ++i) {
    if (crate_text_ends(archive->zip->entries[i].name, crate_text(ending))) {
      return &archive->zip->entries[i];
    }
  }
  return NULL;
}

bool
crate_archive_begins(CrateText head)
{
  return crate_text_starts(head, CRATE_TEXT("PK\x03\x04")) ||
         crate_text_starts(head, CRATE_TEXT("PK\x05\x06"));
}

bool
crate_archive_first_ends(CrateText head, const char *ending)
{
  enum { HEADER = 30, NAME_SIZE = 26 };
  if (!crate_archive_begins(head) || head.size < HEADER) {
    return false;
  }
  const size_t size =
    crate_zip_get16((const unsigned char *)head.data + NAME_SIZE);
  return crate_text_ends(crate_text_slice(head, HEADER, HEADER + size),
                         crate_text(ending));
}

CrateStatus
crate_archive_place(const CrateArchive *archive,
                    const CrateZipEntry *entry,
                    CrateTensorPlace *place,
                    uint64_t *offset)
{
  *offset = 0;
  *place = CRATE_TENSOR_PACKED;
  if (entry->method) {
    return CRATE_OK;
  }
  *place = CRATE_TENSOR_HERE;
  CRATE_TRY(crate_zip_check_ratio(archive->zip, entry));
  CRATE_TRY(crate_zip_find_data(archive->zip, entry,
                                &archive->reading->model->arena, offset));
  return *offset <= archive->reading->source->size &&
             entry->size <= archive->reading->source->size - *offset
           ? CRATE_OK
           : crate_zip_refuse(archive->zip, CRATE_MALFORMED,
                              "a member lies beyond the archive's end");
}

/// Bytes of a member as a file: those of the archive, or unpacked ones.
typedef struct {
  CrateModelSource source;
  const CrateModelSource *archive;
  uint64_t offset;
  char *bytes;
  size_t have, most;
} Member;

static CrateStatus
read_stored(void *handle, uint64_t offset, void *out, size_t size)
{
  const Member *const member = (const Member *)handle;
  return member->archive->read_at(member->archive->handle,
                                  member->offset + offset, out, size);
}

static CrateStatus
read_unpacked(void *handle, uint64_t offset, void *out, size_t size)
{
  const Member *const member = (const Member *)handle;
  if (offset > member->have || size > member->have - offset) {
    return CRATE_UNREADABLE;
  }
  memcpy(out, member->bytes + offset, size);
  return CRATE_OK;
}

/// Take what is wanted, and then stop the pouring with a status that says so.
static CrateStatus
take(void *handle, CrateText piece)
{
  Member *const member = (Member *)handle;
  const size_t room = member->most - member->have;
  const size_t size = piece.size < room ? piece.size : room;
  if (size) {
    memcpy(member->bytes + member->have, piece.data, size);
  }
  member->have += size;
  return member->have == member->most && member->most < member->source.size
           ? CRATE_NOT_FOUND
           : CRATE_OK;
}

static CrateStatus
unpack(const CrateArchive *archive, const CrateZipEntry *entry, Member *member)
{
  CrateArena *const arena = &archive->reading->model->arena;
  const CratePour to = {take, member};
  CrateArena scratch;
  member->bytes = (char *)crate_arena_allocate(arena, member->most + 1u);
  if (!member->bytes) {
    return crate_arena_status(arena);
  }
  crate_arena_init(&scratch, archive->reading->world);
  const CrateStatus st = crate_zip_pour(archive->zip, entry, &scratch, &to);
  crate_arena_clear(&scratch);
  return st == CRATE_NOT_FOUND ? CRATE_OK : st;
}

CrateStatus
crate_archive_read(const CrateArchive *archive,
                   const CrateZipEntry *entry,
                   uint64_t most,
                   CrateModelReading *out)
{
  const CrateModelReading *const reading = archive->reading;
  Member *const member =
    (Member *)crate_arena_array(&reading->model->arena, 1, sizeof(Member));
  if (!member) {
    return crate_arena_status(&reading->model->arena);
  }
  *out = *reading;
  out->source = &member->source;
  CRATE_TRY(
    crate_arena_copy(&reading->model->arena, entry->name, &out->member));
  CRATE_TRY(crate_archive_place(archive, entry, &out->place, &member->offset));
  out->base = reading->base + member->offset;
  member->archive = reading->source;
  member->source = (CrateModelSource){entry->size, read_stored, member};
  if (out->place == CRATE_TENSOR_PACKED) {
    out->base = 0;
    member->source.read_at = read_unpacked;
    member->most = (size_t)(entry->size < most ? entry->size : most);
    CRATE_TRY(unpack(archive, entry, member));
  }
  return CRATE_OK;
}

CrateStatus
crate_archive_text(const CrateArchive *archive,
                   const CrateZipEntry *entry,
                   uint64_t most,
                   CrateText *out)
{
  CrateModelReading member;
  *out = (CrateText){NULL, 0};
  if (entry->size > most) {
    return crate_model_refuse(
      archive->reading, CRATE_OVER_LIMIT,
      "\"%.*s\" has %" PRIu64 " bytes, more than such a member ever has",
      CRATE_TEXT_ARG(crate_text_slice(entry->name, 0, 200)), entry->size);
  }
  CRATE_TRY(crate_archive_read(archive, entry, most, &member));
  return crate_model_read_text(&member, 0, entry->size, out);
}

CrateStatus
crate_archive_json(const CrateArchive *archive,
                   CrateText name,
                   uint64_t most,
                   CrateStatus (*read)(CrateModelReading *reading,
                                       const CrateJson *root,
                                       const CrateArchive *archive))
{
  const CrateZipEntry *const entry = crate_archive_find(archive, name);
  const CrateText parts[] = {archive->reading->name, CRATE_TEXT("/"), name};
  CrateText text = {NULL, 0};
  CrateText path = {NULL, 0};
  CrateJsonDocument document;
  if (!entry) {
    return CRATE_OK;
  }
  CRATE_TRY(crate_archive_text(archive, entry, most, &text));
  CRATE_TRY(crate_arena_join(&archive->reading->model->arena, parts, 3, &path));
  CrateStatus st =
    crate_json_read(archive->reading->world, path, text, &document);
  if (!st) {
    st = read(archive->reading, document.root, archive);
  }
  crate_json_clear(&document);
  return st;
}
