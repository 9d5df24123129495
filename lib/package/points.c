// SPDX-License-Identifier: Apache-2.0
// Points that a packed run can be taken up at again: who reads to and fro
// unpacks no more than what lies between two of them.
#include "package/inflow.h"

/// So many that they are no burden, and so near that going to one is no wait.
enum { MOST = 256, SPAN = 1 << 20 };

void
crate_inflow_remember(CrateInflow *inflow)
{
  inflow->points.span = SPAN;
}

static void
forget(const CrateInflow *inflow, CratePoint *point)
{
  crate_world_release(inflow->world, point->window);
}

/// Every other point goes.
static void
thin_out(CrateInflow *inflow)
{
  CratePoints *const points = &inflow->points;
  size_t kept = 0;
  for (size_t i = 0; i < points->count; ++i) {
    if (i % 2u) {
      points->items[kept++] = points->items[i];
    } else {
      forget(inflow, &points->items[i]);
    }
  }
  points->count = kept;
  points->span *= 2u;
}

/// Whether the last step ended where another one can begin: inflate() tells
/// the end of a block (bit 7), but for the last one of a stream (bit 6).
static bool
is_boundary(const CrateInflow *inflow)
{
  const int state = inflow->gzip.data_type;
  return inflow->packing == CRATE_PACKED_ZSTD
           ? inflow->between
           : !inflow->trailer && !inflow->between && (state & 128) &&
               !(state & 64);
}

/// The bytes before a point, and how many bits of the last packed byte were
/// not used.
static CrateStatus
keep_window(CrateInflow *inflow, CratePoint *point)
{
  uInt size = 0;
  if (inflow->packing == CRATE_PACKED_ZSTD) {
    return CRATE_OK;
  }
  point->bits = (unsigned)inflow->gzip.data_type & 7u;
  inflateGetDictionary(&inflow->gzip, NULL, &size);
  point->window = (unsigned char *)crate_world_allocate(inflow->world, size);
  if (!point->window) {
    return CRATE_NO_MEMORY;
  }
  inflateGetDictionary(&inflow->gzip, point->window, &size);
  point->window_size = size;
  return CRATE_OK;
}

CrateStatus
crate_points_note(CrateInflow *inflow)
{
  CratePoints *const points = &inflow->points;
  const uint64_t last =
    points->count ? points->items[points->count - 1u].at : 0;
  if (!points->span || inflow->at < last + points->span ||
      !is_boundary(inflow)) {
    return CRATE_OK;
  }
  if (points->count == MOST) {
    thin_out(inflow);
    return CRATE_OK; // the next boundary will do
  }
  CratePoint point = {
    .at = inflow->at,
    .from = inflow->from - (inflow->in_end - inflow->in_at),
  };
  CRATE_TRY(crate_world_reserve(inflow->world, &points->items,
                                &points->capacity, points->count + 1u,
                                sizeof(CratePoint)));
  CRATE_TRY(keep_window(inflow, &point));
  points->items[points->count++] = point;
  return CRATE_OK;
}

/// The last point that is not behind an offset, or NULL.
static const CratePoint *
find_point(const CratePoints *points, uint64_t offset)
{
  size_t low = 0, high = points->count;
  while (low < high) {
    const size_t middle = low + (high - low) / 2u;
    if (points->items[middle].at <= offset) {
      low = middle + 1u;
    } else {
      high = middle;
    }
  }
  return low ? &points->items[low - 1u] : NULL;
}

/// Deflate goes on in the middle of a byte, and looks back at the window.
static bool
take_up(CrateInflow *inflow, const CratePoint *point)
{
  unsigned char byte = 0;
  size_t got = 1;
  if (inflow->packing == CRATE_PACKED_ZSTD) {
    crate_zstd_restart(inflow->zstd);
    return true;
  }
  if (point->bits &&
      (crate_bytes_read(&inflow->bytes, point->from - 1u, &byte, 1, &got) ||
       !got)) {
    return false;
  }
  inflow->raw = inflow->packing == CRATE_PACKED_GZIP;
  return inflateReset2(&inflow->gzip, -MAX_WBITS) == Z_OK &&
         (!point->bits || inflatePrime(&inflow->gzip, (int)point->bits,
                                       byte >> (8u - point->bits)) == Z_OK) &&
         inflateSetDictionary(&inflow->gzip, point->window,
                              (uInt)point->window_size) == Z_OK;
}

bool
crate_points_go(CrateInflow *inflow, uint64_t offset)
{
  const CratePoint *const point = find_point(&inflow->points, offset);
  const bool ahead = offset >= inflow->at;
  if (!point || (ahead && point->at <= inflow->at)) {
    return false;
  }
  inflow->at = point->at;
  inflow->from = point->from;
  inflow->in_at = inflow->in_end = inflow->trailer = 0;
  inflow->ended = false;
  inflow->between = inflow->packing == CRATE_PACKED_ZSTD;
  return take_up(inflow, point);
}

void
crate_points_clear(CrateInflow *inflow)
{
  CratePoints *const points = &inflow->points;
  for (size_t i = 0; i < points->count; ++i) {
    forget(inflow, &points->items[i]);
  }
  crate_world_release(inflow->world, points->items);
  *points = (CratePoints){NULL, 0, 0, 0};
}
