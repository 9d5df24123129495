// SPDX-License-Identifier: Apache-2.0
// A lone document that somebody packed: dataset.json.gz.
#include "package/inflow.h"

/// Bytes at the start that tell what is packed.
#define START 512u

/// All of it, into memory of the world's.
static CrateStatus
unpack(const CrateWorld *world, CrateInflow *inflow, CrateBytes *out)
{
  char *memory = NULL;
  size_t size = 0;
  size_t capacity = 0;
  size_t got = 0;
  CrateStatus st = CRATE_OK;
  do {
    st =
      size > world->limits.document_bytes
        ? crate_names_refuse(inflow->names, CRATE_OVER_LIMIT,
                             "what is packed is too large")
        : crate_world_reserve(world, &memory, &capacity, size + CRATE_PIECE, 1);
    st = st ? st
            : crate_inflow_read(inflow, size, (unsigned char *)memory + size,
                                CRATE_PIECE, &got);
    size += st ? 0 : got;
  } while (!st && got == CRATE_PIECE);
  if (st) {
    crate_world_release(world, memory);
    return st;
  }
  *out = crate_bytes_of(world, memory, size);
  return CRATE_OK;
}

CrateStatus
crate_packed_open(const CrateWorld *world,
                  CrateText name,
                  bool (*is_document)(CrateText start),
                  CrateBytes *bytes,
                  bool *unpacked)
{
  unsigned char start[START];
  size_t got = 0;
  CrateWorld quiet = *world; // an archive's own reader says what is wrong
  quiet.sink = (CrateSink){NULL, NULL};
  CrateNames names = {
    .world = &quiet, .archive = name, .code = CRATE_TEXT("not-a-crate")};
  CrateInflow peek = {
    .world = &quiet, .names = &names, .bytes = *bytes, .end = bytes->size};
  *unpacked = false;
  if (crate_bytes_read(bytes, 0, start, 4, &got) || got < 4) {
    return CRATE_OK;
  }
  peek.packing = crate_packing_of(start);
  const CrateStatus st = crate_inflow_read(&peek, 0, start, START, &got);
  const CrateText text = {(const char *)start, got};
  CrateBytes inner = {0};
  if (st || !is_document(text)) {
    peek.bytes = (CrateBytes){.descriptor = -1}; // still the caller's
    crate_inflow_close(&peek);
    return CRATE_OK;
  }
  quiet.sink = world->sink;
  const CrateStatus done = unpack(world, &peek, &inner);
  crate_inflow_close(&peek); // and with it the packed bytes
  *bytes = inner;
  *unpacked = !done;
  return done;
}
