// SPDX-License-Identifier: Apache-2.0
// One file read once, for all that anybody wants to know of it.
#include "package/reading.h"
#include <stdio.h>

/// Below, starting threads would cost more than they save.
#define LARGE ((uint64_t)8 << 20u)

/// What `take` answers to have no more of a file; no place says it itself.
#define NO_MORE CRATE_BAD_ARGUMENT

/// Keep the first words of what would be said about a file.
static void
listen(void *handle, const CrateDiagnostic *diagnostic)
{
  CrateReader *const reader = (CrateReader *)handle;
  if (!reader->said[0] && diagnostic->level == CRATE_DIAGNOSTIC_ERROR) {
    snprintf(reader->said, sizeof(reader->said), "%.*s",
             CRATE_TEXT_ARG(diagnostic->message));
  }
}

void
crate_reader_init(CrateReader *reader,
                  const CratePackage *package,
                  const CrateWorld *world)
{
  *reader =
    (CrateReader){.package = package, .place = package->place, .world = *world};
  reader->world.sink = (CrateSink){listen, reader};
}

void
crate_reader_clear(CrateReader *reader)
{
  crate_digester_clear(&reader->digester);
}

static CrateStatus
take(void *handle, CrateText piece)
{
  CrateReader *const reader = (CrateReader *)handle;
  const CrateText head =
    crate_text_slice(piece, 0, CRATE_HEAD - reader->head_size);
  if (head.size) {
    memcpy(reader->head + reader->head_size, head.data, head.size);
    reader->head_size += head.size;
  }
  reader->size += piece.size;
  CRATE_TRY(reader->note(reader->handle, piece.size));
  if (reader->lanes) {
    return crate_lanes_add(reader->lanes, piece);
  }
  reader->enough = !reader->digester.kinds && reader->head_size == CRATE_HEAD;
  return reader->enough ? NO_MORE
                        : crate_digester_add(&reader->digester, piece);
}

/// Faults of one file are its own; others end it all.
static bool
is_grave(CrateStatus status)
{
  return status == CRATE_NO_MEMORY || status == CRATE_BAD_ARGUMENT;
}

static CrateStatus
keep_problem(CrateReader *reader, CrateReading *reading, CrateStatus status)
{
  const char *const why =
    reader->said[0] ? reader->said : crate_status_text(status);
  const size_t size = crate_text_utf8_span(crate_text(why));
  reading->status = status;
  reading->problem = (char *)crate_world_allocate(&reader->world, size + 1u);
  if (!reading->problem) {
    return CRATE_NO_MEMORY;
  }
  memcpy(reading->problem, why, size);
  reading->problem[size] = '\0';
  return CRATE_OK;
}

static CrateStatus
start(CrateReader *reader, const CrateReading *reading, bool helped)
{
  reader->said[0] = '\0';
  reader->head_size = 0;
  reader->size = 0;
  reader->enough = false;
  reader->lanes = NULL;
  return helped && reading->kinds && reading->size >= LARGE
           ? crate_lanes_new(&reader->world, reading->kinds, &reader->lanes)
           : crate_digester_start(&reader->digester, reading->kinds);
}

CrateStatus
crate_reader_read(CrateReader *reader, CrateReading *reading, bool helped)
{
  const CratePour pour = {take, reader};
  CRATE_TRY(start(reader, reading, helped));
  CrateStatus st = crate_package_pour_from(
    reader->package, reader->place, &reader->world, reading->path, &pour);
  st = reader->enough ? CRATE_OK : st;
  const bool lanes = reader->lanes != NULL;
  const CrateStatus ended =
    crate_lanes_finish(reader->lanes, st ? NULL : reading->digits);
  reader->lanes = NULL;
  if (st && !is_grave(st)) {
    return keep_problem(reader, reading, st);
  }
  CRATE_TRY(st);
  CRATE_TRY(ended);
  reading->size = reader->size;
  reading->signature =
    crate_signature_of((CrateText){reader->head, reader->head_size});
  return lanes ? CRATE_OK
               : crate_digester_finish(&reader->digester, reading->digits);
}

void
crate_readings_clear(const CrateWorld *world,
                     CrateReading *readings,
                     size_t count)
{
  for (size_t i = 0; i < count; ++i) {
    crate_world_release(world, readings[i].problem);
    readings[i].problem = NULL;
  }
}
