// SPDX-License-Identifier: Apache-2.0
#include "json/duplicates.h"
#include <cratekit/map.h>

/// Above this many members a hash table is cheaper than looking back.
#define FEW_MEMBERS 64u

static void
remember(CrateJsonDocument *document, const CrateJson *key)
{
  CrateJson *const known = document->first_duplicate;
  if (!known || key->offset < known->offset) {
    document->first_duplicate = (CrateJson *)(uintptr_t)key;
  }
}

static bool
stands_before(const CrateJson *object, const CrateJson *key)
{
  const CrateText text = crate_json_text(key);
  for (const CrateJson *k = object->first; k != key;
       k = crate_json_next_key(k)) {
    if (crate_text_equal(crate_json_text(k), text)) {
      return true;
    }
  }
  return false;
}

/// A small sketch of the keys seen: only a key that meets a set bit is
/// compared with those before it.
static void
search_few(CrateJsonDocument *document, const CrateJson *object)
{
  uint64_t seen[4] = {0, 0, 0, 0};
  for (const CrateJson *key = object->first; key;
       key = crate_json_next_key(key)) {
    const CrateText text = crate_json_text(key);
    const unsigned char first = text.size ? (unsigned char)text.data[0] : 0u;
    const unsigned char last =
      text.size ? (unsigned char)text.data[text.size - 1u] : 0u;
    const unsigned mixed =
      ((unsigned)text.size * 37u + first * 11u + last * 101u) & 0xFFu;
    const uint64_t bit = (uint64_t)1 << (mixed & 63u);
    if ((seen[mixed >> 6u] & bit) && stands_before(object, key)) {
      remember(document, key);
      return;
    }
    seen[mixed >> 6u] |= bit;
  }
}

static CrateStatus
search_many(CrateJsonDocument *document, const CrateJson *object)
{
  CrateMap seen;
  crate_map_init(&seen, document->world);
  CrateStatus st = CRATE_OK;
  for (const CrateJson *key = object->first; key && !st;
       key = crate_json_next_key(key)) {
    if (crate_map_get(&seen, crate_json_text(key), NULL)) {
      remember(document, key);
      break;
    }
    st = crate_map_put(&seen, crate_json_text(key), 1);
  }
  crate_map_clear(&seen);
  return st;
}

CrateStatus
crate_json_find_duplicate(CrateJsonDocument *document, const CrateJson *object)
{
  if (object->size > FEW_MEMBERS) {
    return search_many(document, object);
  }
  search_few(document, object);
  return CRATE_OK;
}
