// SPDX-License-Identifier: Apache-2.0
#include "convert/surgery/bag_write.h"
#include "convert/convert.h"
#include "convert/surgery/zip_out.h"
#include "convert/surgery/zip_write.h"
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
  CratePackage *package;
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
write_payload(void *handle, CrateText path)
{
  Writer *const writer = handle;
  const CrateText parts[] = {CRATE_TEXT(TOP "data/"), path};
  CrateText member;
  if (crate_text_ends(path, CRATE_TEXT("/"))) {
    const CrateDiagnostic place = {.level = CRATE_DIAGNOSTIC_WARNING,
                                   .file = writer->out.name,
                                   .code = CRATE_TEXT("not-packed")};
    return crate_world_say(writer->arena.world, CRATE_OK, &place,
                           "%.*s: an empty folder, which a bag cannot keep",
                           CRATE_TEXT_ARG(path));
  }
  CRATE_TRY(crate_arena_join(&writer->arena, parts, 2, &member));
  CRATE_TRY(crate_digester_start(&writer->digester, CRATE_DIGEST_SET(KIND)));
  CRATE_TRY(crate_zip_out_file(&writer->out, writer->package, path, member));
  ++writer->streams;
  return list(writer, &writer->manifest,
              crate_text_slice(member, sizeof(TOP) - 1, member.size));
}

/// A tag file, which the tag manifest lists.
static CrateStatus
write_tag(Writer *writer, const char *member, CrateText bytes)
{
  const CrateText path = crate_text(member);
  CRATE_TRY(crate_digester_start(&writer->digester, CRATE_DIGEST_SET(KIND)));
  CRATE_TRY(crate_zip_out_text(&writer->out, path, bytes));
  return list(writer, &writer->tags,
              crate_text_slice(path, sizeof(TOP) - 1, path.size));
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
  writer->out.watch = NULL;
  return crate_zip_out_text(&writer->out, CRATE_TEXT(TOP "tag" MANIFEST),
                            crate_buffer_text(&writer->tags));
}

CrateStatus
crate_bag_write(CrateBuffer *buffer, CratePackage *package, CrateText name)
{
  Writer writer = {.out = {.buffer = buffer, .name = name}, .package = package};
  CRATE_TRY(crate_zip_check(buffer, package, name));
  writer.watch = (CratePour){take, &writer};
  writer.out.watch = &writer.watch;
  crate_arena_init(&writer.arena, buffer->world);
  crate_buffer_init(&writer.manifest, buffer->world);
  crate_buffer_init(&writer.tags, buffer->world);
  CrateStatus status = crate_zip_members(package, write_payload, &writer);
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
  return crate_bag_write(job->buffer, job->what->package, job->what->name);
}
