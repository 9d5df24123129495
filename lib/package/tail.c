// SPDX-License-Identifier: Apache-2.0
// The end of a file. Where a place cannot go there at once, the file is poured
// through a ring that keeps its last bytes.
#include "package/package.h"

typedef struct {
  char *data;
  size_t room;
  uint64_t total; // bytes that went through
} Ring;

static CrateStatus
keep_last(void *handle, CrateText piece)
{
  Ring *const ring = (Ring *)handle;
  const size_t dropped = piece.size > ring->room ? piece.size - ring->room : 0;
  const CrateText kept = crate_text_slice(piece, dropped, piece.size);
  ring->total += piece.size;
  if (kept.size) {
    const size_t at = (size_t)((ring->total - kept.size) % ring->room);
    const size_t behind = ring->room - at;
    const size_t first = kept.size < behind ? kept.size : behind;
    memcpy(ring->data + at, kept.data, first);
    memcpy(ring->data, kept.data + first, kept.size - first);
  }
  return CRATE_OK;
}

static void
reverse(char *data, size_t size)
{
  for (size_t i = 0; i < size / 2u; ++i) {
    const char byte = data[i];
    data[i] = data[size - 1u - i];
    data[size - 1u - i] = byte;
  }
}

/// The oldest byte first: three turns, and no room for a second copy.
static CrateText
straighten(Ring *ring)
{
  if (ring->total <= ring->room || !ring->room) {
    return (CrateText){ring->data, ring->room ? (size_t)ring->total : 0};
  }
  const size_t start = (size_t)(ring->total % ring->room);
  reverse(ring->data, start);
  reverse(ring->data + start, ring->room - start);
  reverse(ring->data, ring->room);
  return (CrateText){ring->data, ring->room};
}

/// A ring is no larger than the file.
static CrateStatus
pour_tail(CratePackage *package,
          CrateText path,
          size_t most,
          CrateArena *arena,
          CrateText *out,
          uint64_t *size)
{
  CrateMember member = CRATE_MEMBER_ABSENT;
  Ring ring = {NULL, 0, 0};
  const CratePour to = {keep_last, &ring};
  uint64_t file_size = 0;
  CRATE_TRY(crate_package_find(package, path, &member, &file_size));
  ring.room = file_size < most ? (size_t)file_size : most;
  ring.data = (char *)crate_arena_allocate(arena, ring.room + 1u);
  if (!ring.data) {
    return crate_arena_status(arena);
  }
  CRATE_TRY(crate_package_pour(package, path, &to));
  *out = straighten(&ring);
  *size = ring.total;
  return CRATE_OK;
}

CrateStatus
crate_package_tail(CratePackage *package,
                   CrateText path,
                   size_t most,
                   CrateArena *arena,
                   CrateText *out,
                   uint64_t *size)
{
  CrateText full;
  CrateStatus st = CRATE_UNSUPPORTED;
  *out = (CrateText){NULL, 0};
  *size = 0;
  if (package->verbs->tail) {
    CRATE_TRY(
      crate_package_place_path(package, package->world, arena, path, &full));
    st = package->verbs->tail(package->place, full, most, arena, out, size);
  }
  return st == CRATE_UNSUPPORTED
           ? pour_tail(package, path, most, arena, out, size)
           : st;
}
