// SPDX-License-Identifier: Apache-2.0
// The bundle is an index and then the blobs: written by profiles/compile.c.
#include "base/bundle.h"

typedef struct Header {
  char magic[8];
  uint32_t count, padding;
} Header;

/// Offsets are from the start of the bundle; entries are sorted by name.
typedef struct Entry {
  uint32_t name, name_size;
  uint32_t blob, blob_size;
} Entry;

static uint32_t
entries(CrateText bundle, const Entry **out)
{
  const Header *const header = (const void *)bundle.data;
  if (bundle.size < sizeof *header ||
      memcmp(header->magic, "CRATEBND", sizeof header->magic) != 0 ||
      header->count > (bundle.size - sizeof *header) / sizeof(Entry)) {
    return 0;
  }
  *out = (const void *)(bundle.data + sizeof *header);
  return header->count;
}

static CrateText
part(CrateText bundle, uint32_t offset, uint32_t size)
{
  return crate_text_slice(bundle, offset, (size_t)offset + size);
}

CrateText
crate_bundle_find(CrateText name)
{
  const CrateText bundle = crate_bundle();
  const Entry *all = NULL;
  uint32_t from = 0;
  uint32_t to = entries(bundle, &all);
  while (from < to) {
    const uint32_t middle = from + (to - from) / 2;
    const Entry *const entry = &all[middle];
    const int order =
      crate_text_compare(part(bundle, entry->name, entry->name_size), name);
    if (!order) {
      return part(bundle, entry->blob, entry->blob_size);
    }
    from = order < 0 ? middle + 1 : from;
    to = order < 0 ? to : middle;
  }
  return (CrateText){NULL, 0};
}

CrateText
crate_bundle_name(uint32_t i)
{
  const CrateText bundle = crate_bundle();
  const Entry *all = NULL;
  return i < entries(bundle, &all) ? part(bundle, all[i].name, all[i].name_size)
                                   : (CrateText){NULL, 0};
}
