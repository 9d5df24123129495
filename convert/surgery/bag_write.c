// SPDX-License-Identifier: Apache-2.0
// A crate as a bag: BagIt 1.0, RFC 8493, serialized as a zip archive.
//
// The crate is the payload, with a manifest by SHA-512. There is no date in
// it: the same files make the same bytes.
#include "convert/surgery/zip_out.h"
#include "package/digest.h"
#include <inttypes.h>
#include <stdio.h>

/// RFC 8493, 4.1: a serialization has one folder at its top.
#define TOP "bag/"

#define KIND CRATE_DIGEST_SHA512
#define MANIFEST "manifest-sha512.txt"

enum { DIGITS = 128 };

typedef struct Writer {
  CrateZipOut out;
  CratePour watch;
  CrateDigester digester;
  CrateArena arena; ///< Paths of members.
  CrateBuffer manifest, tags;
  uint64_t octets, streams; ///< Of the payload.
} Writer;

static CrateStatus
take(void *handle, CrateText piece)
{
  Writer *const writer = handle;
  writer->octets += piece.size;
  return crate_digester_add(&writer->digester, piece);
}

/// 2.1.3: "CHECKSUM  FILEPATH", with CR, LF and '%' encoded.
static void
add_line(CrateBuffer *buffer, CrateText digits, CrateText path)
{
  crate_buffer_add(buffer, digits);
  crate_buffer_add_string(buffer, "  ");
  for (size_t i = 0; i < path.size; ++i) {
    const char c = path.data[i];
    if (c == '\r' || c == '\n' || c == '%') {
      crate_buffer_print(buffer, "%%%02X", (unsigned)c);
    } else {
      crate_buffer_add_byte(buffer, c);
    }
  }
  crate_buffer_add_byte(buffer, '\n');
}

/// End the digest of what was written, and list it.
static CrateStatus
list(Writer *writer, CrateBuffer *manifest, CrateText path)
{
  char digits[DIGITS];
  CRATE_TRY(crate_digester_finish(&writer->digester, digits));
  add_line(manifest, (CrateText){digits, DIGITS}, path);
  return crate_buffer_status(manifest);
}

/// A file of the crate. A manifest lists files, and so no empty folders.
static CrateStatus
write_payload(Writer *writer, const CrateItem *item)
{
  const CrateText parts[] = {CRATE_TEXT(TOP "data/"), item->path};
  CrateItem member = *item;
  if (crate_text_ends(item->path, CRATE_TEXT("/"))) {
    const CrateDiagnostic place = {.level = CRATE_DIAGNOSTIC_WARNING,
                                   .file = writer->out.name,
                                   .code = CRATE_TEXT("not-packed")};
    return crate_world_say(writer->arena.world, CRATE_OK, &place,
                           "%.*s: an empty folder, which a bag cannot keep",
                           CRATE_TEXT_ARG(item->path));
  }
  CRATE_TRY(crate_arena_join(&writer->arena, parts, 2, &member.path));
  CRATE_TRY(crate_digester_start(&writer->digester, CRATE_DIGEST_SET(KIND)));
  CRATE_TRY(crate_zip_out_item(&writer->out, &member));
  ++writer->streams;
  return list(writer, &writer->manifest,
              crate_text_slice(member.path, sizeof(TOP) - 1, member.path.size));
}

/// A tag file, which the tag manifest lists.
static CrateStatus
write_tag(Writer *writer, const char *member, CrateText bytes)
{
  const CrateItem item = {.path = crate_text(member), .bytes = bytes};
  CRATE_TRY(crate_digester_start(&writer->digester, CRATE_DIGEST_SET(KIND)));
  CRATE_TRY(crate_zip_out_item(&writer->out, &item));
  return list(writer, &writer->tags,
              crate_text_slice(item.path, sizeof(TOP) - 1, item.path.size));
}

static CrateStatus
write_tags(Writer *writer)
{
  char info[128];
  // 2.2.2: bytes and files of the payload.
  snprintf(info, sizeof(info), "Payload-Oxum: %" PRIu64 ".%" PRIu64 "\n",
           writer->octets, writer->streams);
  CRATE_TRY(write_tag(writer, TOP "bag-info.txt", crate_text(info)));
  CRATE_TRY(write_tag(writer, TOP "bagit.txt",
                      CRATE_TEXT("BagIt-Version: 1.0\n"
                                 "Tag-File-Character-Encoding: UTF-8\n")));
  CRATE_TRY(
    write_tag(writer, TOP MANIFEST, crate_buffer_text(&writer->manifest)));
  const CrateItem last = {.path = CRATE_TEXT(TOP "tag" MANIFEST),
                          .bytes = crate_buffer_text(&writer->tags)};
  writer->out.watch = NULL;
  return crate_zip_out_item(&writer->out, &last);
}

static CrateStatus
write_bag(CrateJob *job, const CrateContents *contents)
{
  Writer writer = {.out = {.buffer = job->buffer, .name = contents->name}};
  writer.watch = (CratePour){take, &writer};
  writer.out.watch = &writer.watch;
  crate_arena_init(&writer.arena, job->world);
  crate_buffer_init(&writer.manifest, job->world);
  crate_buffer_init(&writer.tags, job->world);
  CrateStatus status = CRATE_OK;
  for (size_t i = 0; i < contents->count && !status; ++i) {
    status = write_payload(&writer, &contents->items[i]);
  }
  status = status ? status : write_tags(&writer);
  if (!status) {
    crate_zip_out_end(&writer.out);
  }
  crate_digester_clear(&writer.digester);
  crate_buffer_clear(&writer.tags);
  crate_buffer_clear(&writer.manifest);
  crate_arena_clear(&writer.arena);
  crate_zip_out_clear(&writer.out);
  return status;
}

CrateStatus
crate_job_bag(CrateJob *job)
{
  return crate_job_pack(job, write_bag);
}
