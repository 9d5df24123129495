// SPDX-License-Identifier: Apache-2.0
#include "package/zlib.h"
#include <dlfcn.h>
#include <string.h>
#include <support/archives.h>

/// Bytes of a part, where an archive is packed in several.
#define PART ((size_t)300000)

void
check_write_parts(const char *path, const CrateText *parts, size_t count)
{
  FILE *const file = fopen(path, "wb");
  assert_non_null(file);
  for (size_t i = 0; i < count; ++i) {
    assert_int_equal(fwrite(parts[i].data, 1, parts[i].size, file),
                     parts[i].size);
  }
  assert_int_equal(fclose(file), 0);
}

static void
put(unsigned char *at, uint32_t number, size_t bytes)
{
  for (size_t i = 0; i < bytes; ++i) {
    at[i] = (unsigned char)(number >> 8u * i);
  }
}

/// One member, where it starts, and how many bytes its records are.
typedef struct {
  CrateText name, content, packed;
  unsigned method;
  uint32_t start;
} Member;

enum { LOCAL = 30, CENTRAL = 46, END = 22 };

/// What both headers of a member say, from the method on.
static void
put_fields(unsigned char *at, const Member *member)
{
  const CrateText content = member->content;
  const uLong crc =
    crc32(0, (const unsigned char *)content.data, (uInt)content.size);
  put(at, member->method, 2);
  put(at + 6, (uint32_t)crc, 4);
  put(at + 10, (uint32_t)member->packed.size, 4);
  put(at + 14, (uint32_t)content.size, 4);
  put(at + 18, (uint32_t)member->name.size, 2);
}

static void
add_local(FILE *file, Member *member)
{
  unsigned char header[LOCAL] = "PK\3\4";
  member->start = (uint32_t)ftell(file);
  put_fields(header + 8, member);
  assert_int_equal(fwrite(header, 1, LOCAL, file), LOCAL);
  (void)fwrite(member->name.data, 1, member->name.size, file);
  (void)fwrite(member->packed.data, 1, member->packed.size, file);
}

static void
add_central(FILE *file, const Member *member)
{
  unsigned char header[CENTRAL] = "PK\1\2";
  put_fields(header + 10, member);
  put(header + 42, member->start, 4);
  assert_int_equal(fwrite(header, 1, CENTRAL, file), CENTRAL);
  (void)fwrite(member->name.data, 1, member->name.size, file);
}

/// The members lie in the file already.
static void
end_zip(FILE *file, const Member *members, size_t count)
{
  unsigned char end[END] = "PK\5\6";
  const long start = ftell(file);
  for (size_t i = 0; i < count; ++i) {
    add_central(file, &members[i]);
  }
  put(end + 8, (uint32_t)count, 2);
  put(end + 10, (uint32_t)count, 2);
  put(end + 12, (uint32_t)(ftell(file) - start), 4);
  put(end + 16, (uint32_t)start, 4);
  assert_int_equal(fwrite(end, 1, END, file), END);
  assert_int_equal(fclose(file), 0);
}

/// A zip of one member.
static void
write_zip(const char *path,
          unsigned method,
          CrateText content,
          CrateText packed)
{
  Member member = {CRATE_TEXT("d/a"), content, packed, method, 0};
  FILE *const file = fopen(path, "wb");
  assert_non_null(file);
  add_local(file, &member);
  end_zip(file, &member, 1);
}

void
check_write_names(const char *path,
                  const char *const *names,
                  size_t count,
                  size_t lie)
{
  enum { MOST = 32 };
  Member members[MOST];
  FILE *const file = fopen(path, "wb");
  assert_non_null(file);
  assert_true(count <= MOST);
  for (size_t i = 0; i < count; ++i) {
    const CrateText name = crate_text(names[i]);
    members[i] = (Member){name, name, name, 0, 0};
    add_local(file, &members[i]);
    members[i].start = i < lie ? members[0].start : members[i].start;
  }
  end_zip(file, members, count);
}

/// Deflate bytes; `bits` as for deflateInit2(). The caller frees.
static char *
deflate_bytes(CrateText content, int bits, size_t *size)
{
  const size_t room = content.size + content.size / 8u + 1024u;
  unsigned char *const packed = (unsigned char *)malloc(room);
  z_stream stream = {.next_in = (unsigned char *)(uintptr_t)content.data,
                     .avail_in = (uInt)content.size,
                     .next_out = packed,
                     .avail_out = (uInt)room};
  assert_non_null(packed);
  assert_int_equal(
    deflateInit2(&stream, 6, Z_DEFLATED, bits, 8, Z_DEFAULT_STRATEGY), Z_OK);
  assert_int_equal(deflate(&stream, Z_FINISH), Z_STREAM_END);
  *size = stream.total_out;
  deflateEnd(&stream);
  return (char *)packed;
}

static void
write_deflated_zip(const char *path, CrateText content)
{
  size_t size = 0;
  char *const packed = deflate_bytes(content, -MAX_WBITS, &size);
  write_zip(path, 8, content, (CrateText){packed, size});
  free(packed);
}

/// A tar of one member, in memory; the caller frees.
static char *
make_tar(CrateText content, size_t *size)
{
  const size_t padded = (content.size + 511u) / 512u * 512u;
  char *const tar = (char *)calloc(1, 512u + padded + 1024u);
  unsigned sum = 0;
  assert_non_null(tar);
  memcpy(tar, "d/a", 3);
  memcpy(tar + 100, "0000644", 7);
  snprintf(tar + 124, 12, "%011o", (unsigned)content.size);
  memcpy(tar + 136, "00000000000", 11);
  tar[156] = '0';
  memcpy(tar + 257,
         "ustar\0"
         "00",
         8);
  memset(tar + 148, ' ', 8);
  for (size_t i = 0; i < 512u; ++i) {
    sum += (unsigned char)tar[i];
  }
  snprintf(tar + 148, 8, "%06o", sum);
  memcpy(tar + 512, content.data, content.size);
  *size = 512u + padded + 1024u;
  return tar;
}

/// Pack a part with zstd; the caller frees. NULL without the library.
static char *
zstd_bytes(CrateText content, size_t *size)
{
  void *const library = dlopen("libzstd.so.1", RTLD_NOW | RTLD_LOCAL);
  size_t (*compress)(void *, size_t, const void *, size_t, int) = NULL;
  void *const symbol = library ? dlsym(library, "ZSTD_compress") : NULL;
  if (!symbol) {
    return NULL;
  }
  memcpy(&compress, &symbol, sizeof(symbol));
  const size_t room = content.size + content.size / 8u + 1024u;
  char *const packed = (char *)malloc(room);
  assert_non_null(packed);
  *size = compress(packed, room, content.data, content.size, 3);
  assert_true(*size <= room);
  dlclose(library);
  return packed;
}

static char *
pack_part(CheckArchive kind, CrateText part, size_t *size)
{
  return kind == CHECK_TAR_GZIP || kind == CHECK_TAR_GZIPS
           ? deflate_bytes(part, MAX_WBITS + 16, size)
           : zstd_bytes(part, size);
}

/// A tar, packed as a whole or in parts.
static bool
write_packed_tar(const char *path, CheckArchive kind, CrateText tar)
{
  enum { MOST = 64 };
  const bool several = kind == CHECK_TAR_GZIPS || kind == CHECK_TAR_ZSTDS;
  const size_t step = several ? PART : tar.size;
  CrateText parts[MOST] = {{NULL, 0}};
  size_t count = 0;
  bool whole = true;
  for (size_t at = 0; at < tar.size && whole; at += step) {
    const size_t end = at + step < tar.size ? at + step : tar.size;
    assert_true(count < MOST);
    parts[count].data =
      pack_part(kind, crate_text_slice(tar, at, end), &parts[count].size);
    whole = parts[count].data != NULL;
    count += whole;
  }
  if (whole) {
    check_write_parts(path, parts, count);
  }
  while (count) {
    free((void *)(uintptr_t)parts[--count].data);
  }
  return whole;
}

bool
check_write_archive(const char *path, CheckArchive kind, CrateText content)
{
  size_t size = 0;
  if (kind == CHECK_STORED) {
    write_zip(path, 0, content, content);
    return true;
  }
  if (kind == CHECK_DEFLATED) {
    write_deflated_zip(path, content);
    return true;
  }
  char *const bytes = make_tar(content, &size);
  const CrateText tar = {bytes, size};
  bool written = true;
  if (kind == CHECK_TAR) {
    check_write_parts(path, &tar, 1);
  } else {
    written = write_packed_tar(path, kind, tar);
  }
  free(bytes);
  return written;
}
