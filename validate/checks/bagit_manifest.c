// SPDX-License-Identifier: Apache-2.0
// Manifests of a bag (RFC 8493 2.1.3, 2.2.1): which files they list, with
// which digests.
#include "validate/checks/bagit.h"
#include <ctype.h>
#include <stdio.h>

/// Algorithms as files are named after them. The first are verified.
static const char *const algorithms[] = {
  "sha512",  "sha256",    "sha1",      "md5",     "sha384",
  "sha224",  "sha-512",   "sha-256",   "sha-1",   "sha3256",
  "sha3512", "sha3-256",  "sha3-512",  "blake2b", "blake2b512",
  "blake3",  "whirlpool", "ripemd160", "crc32",
};

static bool
has_parent_segment(CrateText path)
{
  for (size_t i = 0; i + 1u < path.size; ++i) {
    const bool starts =
      !i || path.data[i - 1u] == '/' || path.data[i - 1u] == '\\';
    const bool ends = i + 2u == path.size || path.data[i + 2u] == '/' ||
                      path.data[i + 2u] == '\\';
    if (path.data[i] == '.' && path.data[i + 1u] == '.' && starts && ends) {
      return true;
    }
  }
  return false;
}

/// Section 5: paths that lead elsewhere on some system or other.
const char *
crate_bag_path_flaw(CrateText path, bool payload)
{
  const char first = path.size ? path.data[0] : '\0';
  const bool drive =
    path.size > 1u && path.data[1] == ':' && isalpha((unsigned char)first);
  const bool inside = crate_text_starts(path, CRATE_TEXT("data/"));
  return memchr(path.size ? path.data : "", 0, path.size) ? "holds a NUL"
         : first == '/' || first == '\\' || drive ? "is absolute"
         : first == '~'                           ? "leads to somebody's home"
         : has_parent_segment(path)               ? "leads out of the bag"
         : payload && !inside                     ? "does not begin with data/"
         : !payload && inside ? "is of the payload, not a tag file"
                              : NULL;
}

/// 2.1.3: CR, LF and '%' are encoded, and nothing else is.
static CrateStatus
decode_path(const CrateBag *bag, CrateText path, CrateText *out)
{
  CrateText copy;
  CRATE_TRY(crate_arena_copy(bag->arena, path, &copy));
  char *const data = (char *)(uintptr_t)copy.data;
  size_t size = 0;
  for (size_t i = 0; i < path.size; ++i) {
    static const char *const codes[] = {"%0A", "%0D", "%25"};
    data[size] = path.data[i];
    for (size_t c = 0; c < 3; ++c) {
      if (crate_text_equal_fold(crate_text_slice(path, i, i + 3u),
                                crate_text(codes[c]))) {
        data[size] = "\n\r%"[c];
        i += 2;
        break;
      }
    }
    ++size;
  }
  *out = (CrateText){data, size};
  return CRATE_OK;
}

static CrateStatus
look_up(CrateBag *bag, CrateText path, CrateMember *member)
{
  CrateText full;
  CRATE_TRY(crate_bag_path(bag, path, &full));
  return crate_package_find(bag->package, full, member, NULL);
}

/// The file that a path means: decoded, or as it stands, as before 1.0 there
/// was no agreement.
static CrateStatus
resolve(CrateBag *bag, CrateText *path, CrateMember *member)
{
  CrateText decoded = *path;
  CrateMember other = CRATE_MEMBER_ABSENT;
  const bool encoded = crate_text_find(*path, '%') < path->size;
  if (encoded) {
    CRATE_TRY(decode_path(bag, *path, &decoded));
  }
  const CrateText first = bag->strict ? decoded : *path;
  const CrateText second = bag->strict ? *path : decoded;
  CRATE_TRY(look_up(bag, first, member));
  if (encoded && *member == CRATE_MEMBER_ABSENT) {
    CRATE_TRY(look_up(bag, second, &other));
    if (other == CRATE_MEMBER_FILE) {
      *member = other;
      *path = second;
      return CRATE_OK;
    }
  }
  *path = first;
  return CRATE_OK;
}

/// The file of a path, noted when it is new.
static CrateStatus
file_of(CrateBag *bag, CrateText path, bool payload, size_t *index)
{
  uintptr_t known = 0;
  CrateMember member = CRATE_MEMBER_ABSENT;
  CRATE_TRY(resolve(bag, &path, &member));
  if (crate_map_get(&bag->by_path, path, &known)) {
    *index = known - 1u;
    return CRATE_OK;
  }
  CRATE_TRY(crate_world_reserve(bag->arena->world, &bag->files,
                                &bag->file_capacity, bag->file_count + 1u,
                                sizeof(CrateBagFile)));
  *index = bag->file_count++;
  bag->files[*index] =
    (CrateBagFile){.path = path, .member = member, .payload = payload};
  return crate_map_put(&bag->by_path, path, *index + 1u);
}

/// The same file twice in one manifest.
static CrateStatus
compare_entries(CrateBag *bag, const CrateBagEntry *entry)
{
  const CrateBagManifest *const manifest = &bag->manifests[entry->manifest];
  const CrateBagFile *const file = &bag->files[entry->file];
  for (size_t i = file->last; i; i = bag->entries[i - 1u].earlier) {
    const CrateBagEntry *const other = &bag->entries[i - 1u];
    if (other->manifest != entry->manifest) {
      continue;
    }
    const bool alike = crate_text_equal_fold(other->digest, entry->digest);
    return crate_bag_flaw(
      bag,
      alike && !bag->strict ? CRATE_BAG_REPEATED_ALIKE : CRATE_BAG_REPEATED,
      manifest->file, entry->number, "%.*s stands in line %u, too%s",
      CRATE_TEXT_ARG(crate_text_slice(file->path, 0, 200)),
      (unsigned)other->number, alike ? "" : ", with another digest");
  }
  return CRATE_OK;
}

static CrateStatus
add_entry(CrateBag *bag, CrateBagEntry entry, CrateText path)
{
  const CrateBagManifest *const manifest = &bag->manifests[entry.manifest];
  const char *const flaw = crate_bag_path_flaw(path, !manifest->tag);
  if (flaw) {
    return crate_bag_flaw(bag, CRATE_BAG_PATH, manifest->file, entry.number,
                          "%.*s %s",
                          CRATE_TEXT_ARG(crate_text_slice(path, 0, 200)), flaw);
  }
  CRATE_TRY(file_of(bag, path, !manifest->tag, &entry.file));
  CRATE_TRY(compare_entries(bag, &entry));
  CrateBagFile *const file = &bag->files[entry.file];
  entry.earlier = file->last;
  CRATE_TRY(crate_world_reserve(bag->arena->world, &bag->entries,
                                &bag->entry_capacity, bag->entry_count + 1u,
                                sizeof(CrateBagEntry)));
  bag->entries[bag->entry_count++] = entry;
  file->last = bag->entry_count;
  file->kinds |= CRATE_DIGEST_SET(manifest->kind);
  file->listed |= manifest->tag ? 0u : 1u << entry.manifest;
  return CRATE_OK;
}

static bool
is_digest(CrateText text, CrateDigestKind kind)
{
  for (size_t i = 0; i < text.size; ++i) {
    if (!isxdigit((unsigned char)text.data[i])) {
      return false;
    }
  }
  return text.size == crate_digest_digits(kind);
}

/// "DIGEST  PATH": white space between, and md5sum's mark of binary files.
static CrateStatus
read_line(CrateBag *bag, size_t index, uint32_t number, CrateText line)
{
  const CrateBagManifest *const manifest = &bag->manifests[index];
  size_t end = 0;
  while (end < line.size && line.data[end] != ' ' && line.data[end] != '\t') {
    ++end;
  }
  const CrateBagEntry entry = {.digest = crate_text_slice(line, 0, end),
                               .line = line,
                               .manifest = index,
                               .number = number};
  while (end < line.size && (line.data[end] == ' ' || line.data[end] == '\t')) {
    ++end;
  }
  CrateText path = crate_text_slice(line, end, line.size);
  if (!path.size || !is_digest(entry.digest, manifest->kind)) {
    return crate_bag_flaw(bag, CRATE_BAG_LINE, manifest->file, number,
                          "the line is not a digest of %zu hexadecimal digits "
                          "and a path",
                          crate_digest_digits(manifest->kind));
  }
  if (path.size > 1u && path.data[0] == '*') {
    path = crate_text_slice(path, 1, path.size);
    CRATE_TRY(crate_bag_flaw(bag, CRATE_BAG_MARK, manifest->file, number,
                             "the path begins with \"*\""));
  }
  if (crate_text_starts(path, CRATE_TEXT("./"))) {
    path = crate_text_slice(path, 2, path.size);
    CRATE_TRY(crate_bag_flaw(bag, CRATE_BAG_DOT, manifest->file, number,
                             "the path begins with \"./\""));
  }
  return add_entry(bag, entry, path);
}

static CrateStatus
read_manifest(CrateBag *bag, size_t index, CrateText text)
{
  for (uint32_t number = 1; text.size; ++number) {
    bag->line = crate_bag_next_line(&text);
    if (bag->line.size) {
      CRATE_TRY(read_line(bag, index, number, bag->line));
    }
  }
  return CRATE_OK;
}

static CrateStatus
try_manifest(CrateBag *bag, const char *algorithm, bool tag, bool *found)
{
  char name[64];
  CrateText text;
  CrateBagManifest manifest = {.tag = tag};
  snprintf(name, sizeof(name), "%smanifest-%s.txt", tag ? "tag" : "",
           algorithm);
  CRATE_TRY(crate_bag_read(bag, name, &text, &manifest.file, found));
  if (!*found) {
    return CRATE_OK;
  }
  manifest.kind = crate_digest_kind(crate_text(algorithm));
  if (manifest.kind == CRATE_DIGEST_KINDS) {
    return crate_bag_flaw(bag, CRATE_BAG_ALGORITHM, manifest.file, 0,
                          "%s is not verified here", algorithm);
  }
  CRATE_TRY(crate_arena_copy(bag->arena, crate_text(name), &manifest.name));
  CRATE_TRY(crate_world_reserve(
    bag->arena->world, &bag->manifests, &bag->manifest_capacity,
    bag->manifest_count + 1u, sizeof(CrateBagManifest)));
  bag->manifests[bag->manifest_count++] = manifest;
  return read_manifest(bag, bag->manifest_count - 1u, text);
}

CrateStatus
crate_bag_read_manifests(CrateBag *bag)
{
  bool any = false;
  for (size_t i = 0; i < 2u * sizeof(algorithms) / sizeof(*algorithms); ++i) {
    bool found = false;
    CRATE_TRY(try_manifest(bag, algorithms[i / 2u], i % 2u, &found));
    any |= found && i % 2u == 0;
  }
  return any ? CRATE_OK
             : crate_bag_flaw(bag, CRATE_BAG_MANIFEST, (CrateText){NULL, 0}, 0,
                              "there is no manifest-sha512.txt, nor one of "
                              "another algorithm");
}
