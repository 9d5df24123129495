// SPDX-License-Identifier: Apache-2.0
// Sizes and checksums of FileObjects, against those of the files.
#include "crate/vocabulary.h"
#include "data/size.h"
#include "package/reading.h"
#include "validate/data/data.h"

static CrateStatus
compare_size(CrateData *data, const CrateDataResource *resource)
{
  const CrateQuadRange range =
    crate_check_values_of(data->view, resource->term, SCHEMA "contentSize");
  const CrateDataFile *const file = resource->files;
  for (size_t i = 0; i < range.count; ++i) {
    const CrateText text = crate_data_text(data->view, range.first[i].object);
    if (!crate_size_fits(text, file->size)) {
      CRATE_TRY(crate_data_add_flaw(
        data,
        (CrateDataFlaw){.aspect = CRATE_DATA_SIZE,
                        .focus = resource->term,
                        .origin =
                          crate_check_origin(data->view, &range.first[i])},
        "\"%.*s\" has %llu bytes", CRATE_TEXT_ARG(file->name),
        (unsigned long long)file->size));
    }
  }
  return CRATE_OK;
}

/// A checksum of the document.
typedef struct {
  const CrateDataResource *resource;
  CrateText digits;
  CrateDigestKind kind;
  uint32_t origin;
} Checksum;

typedef struct {
  CrateData *data;
  Checksum *checksums;
  CrateReading *readings; ///< One each, in the same order.
  size_t count, capacity, reading_capacity;
} Checksums;

static bool
is_digest(CrateText text, CrateDigestKind kind)
{
  for (size_t i = 0; i < text.size; ++i) {
    if (!strchr("0123456789abcdefABCDEF", text.data[i])) {
      return false;
    }
  }
  return text.size == crate_digest_digits(kind);
}

static CrateStatus
add_checksum(Checksums *all, Checksum checksum)
{
  CrateData *const data = all->data;
  const CrateWorld *const world = data->view->world;
  const CrateDataFile *const file = checksum.resource->files;
  const unsigned kinds = CRATE_DIGEST_SET(checksum.kind);
  CrateReading reading = {
    .path = file->path, .size = file->size, .kinds = kinds};
  reading.digits =
    (char *)crate_arena_allocate(&data->arena, crate_digest_room(kinds));
  if (!reading.digits) {
    return crate_arena_status(&data->arena);
  }
  CRATE_TRY(crate_world_reserve(world, &all->checksums, &all->capacity,
                                all->count + 1u, sizeof(checksum)));
  CRATE_TRY(crate_world_reserve(world, &all->readings, &all->reading_capacity,
                                all->count + 1u, sizeof(reading)));
  all->checksums[all->count] = checksum;
  all->readings[all->count++] = reading;
  return CRATE_OK;
}

static CrateStatus
add_checksums(Checksums *all, const CrateDataResource *resource)
{
  const CrateView *const view = all->data->view;
  for (size_t i = 0; i < CRATE_DIGEST_PROPERTIES; ++i) {
    const CrateQuadRange range = crate_check_values_of(
      view, resource->term, crate_digest_properties[i].property);
    for (size_t j = 0; j < range.count; ++j) {
      const Checksum checksum = {resource,
                                 crate_data_text(view, range.first[j].object),
                                 crate_digest_properties[i].kind,
                                 crate_check_origin(view, &range.first[j])};
      if (is_digest(checksum.digits, checksum.kind)) {
        CRATE_TRY(add_checksum(all, checksum));
      }
    }
  }
  return CRATE_OK;
}

static CrateStatus
compare_checksum(CrateData *data,
                 const Checksum *checksum,
                 const CrateReading *reading)
{
  const CrateText name = checksum->resource->files->name;
  const CrateText digits =
    crate_digest_of(reading->digits, reading->kinds, checksum->kind);
  CrateDataFlaw flaw = {.aspect = CRATE_DATA_CHECKSUM,
                        .focus = checksum->resource->term,
                        .origin = checksum->origin};
  if (reading->status) {
    flaw.aspect = CRATE_DATA_FILE;
    flaw.origin = checksum->resource->origin;
    return crate_data_add_flaw(data, flaw, "\"%.*s\" cannot be read: %s",
                               CRATE_TEXT_ARG(name),
                               reading->problem ? reading->problem : "");
  }
  return crate_text_equal_fold(digits, checksum->digits)
           ? CRATE_OK
           : crate_data_add_flaw(data, flaw, "\"%.*s\" has %.*s",
                                 CRATE_TEXT_ARG(name), CRATE_TEXT_ARG(digits));
}

/// Files of one package are read together.
static CrateStatus
read_together(Checksums *all)
{
  size_t from = 0;
  while (from < all->count) {
    CratePackage *const package = all->checksums[from].resource->files->package;
    size_t to = from;
    while (to < all->count &&
           all->checksums[to].resource->files->package == package) {
      ++to;
    }
    CRATE_TRY(crate_package_read_all(package, all->readings + from, to - from));
    for (; from < to; ++from) {
      CRATE_TRY(compare_checksum(all->data, &all->checksums[from],
                                 &all->readings[from]));
    }
  }
  return CRATE_OK;
}

CrateStatus
crate_data_compare(CrateData *data)
{
  Checksums all = {.data = data};
  CrateStatus st = CRATE_OK;
  for (size_t i = 0; i < data->resource_count && !st; ++i) {
    const CrateDataResource *const resource = &data->resources[i];
    if (!resource->set && resource->file_count) {
      st = compare_size(data, resource);
      st = st ? st : add_checksums(&all, resource);
    }
  }
  st = st ? st : read_together(&all);
  crate_readings_clear(data->view->world, all.readings, all.count);
  crate_world_release(data->view->world, all.readings);
  crate_world_release(data->view->world, all.checksums);
  return st;
}
