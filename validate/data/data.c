// SPDX-License-Identifier: Apache-2.0
// The look at the files, from start to end.
#include "validate/data/data.h"
#include <stdio.h>

/// What goes wrong with a file becomes part of a flaw.
static void
write_down(void *handle, const CrateDiagnostic *diagnostic)
{
  CrateData *const data = (CrateData *)handle;
  if (diagnostic->level == CRATE_DIAGNOSTIC_ERROR && !data->said[0]) {
    snprintf(data->said, sizeof(data->said), "%.*s",
             CRATE_TEXT_ARG(diagnostic->message));
    data->said_line = diagnostic->line;
  }
}

/// The folder that the person named; that it is none is trouble, and no flaw.
static CrateStatus
open_folder(CrateData *data)
{
  const CrateWorld *const world = data->view->world;
  const CrateText path = data->view->data;
  const CrateDiagnostic where = {.file = path, .code = CRATE_TEXT("no-data")};
  const CrateStatus st = crate_package_open(&data->world, path, &data->folder);
  const CratePackageKind kind =
    st ? CRATE_PACKAGE_DOCUMENT : crate_package_kind(data->folder);
  return st == CRATE_NO_MEMORY ? st
         : st ? crate_world_say(world, st, &where, "%s", data->said)
         : kind == CRATE_PACKAGE_DOCUMENT || kind == CRATE_PACKAGE_PAGE
           ? crate_world_say(world, CRATE_BAD_ARGUMENT, &where,
                             "--data expects a folder or an archive")
           : CRATE_OK;
}

static CrateStatus
open_data(CrateChecks *checks)
{
  const CrateWorld *const world = checks->view->world;
  CrateData *const data =
    (CrateData *)crate_world_allocate(world, sizeof(CrateData));
  if (!data) {
    return CRATE_NO_MEMORY;
  }
  *data = (CrateData){.checks = checks, .view = checks->view, .world = *world};
  data->world.sink = (CrateSink){write_down, data};
  crate_arena_init(&data->arena, world);
  checks->data = data;
  CRATE_TRY(crate_matcher_new(world, &data->matcher));
  return open_folder(data);
}

void
crate_data_free(CrateData *data)
{
  if (!data) {
    return;
  }
  const CrateWorld *const world = data->view->world;
  for (size_t i = 0; i < data->field_count; ++i) {
    crate_seen_clear(&data->fields[i].own);
  }
  for (size_t i = 0; i < data->key_count; ++i) {
    crate_seen_clear(&data->keys[i].seen);
  }
  for (size_t i = 0; i < data->split_count; ++i) {
    crate_seen_clear(&data->splits[i].seen);
  }
  for (size_t i = data->package_count; i; --i) {
    crate_package_close(data->packages[i - 1u]);
  }
  crate_package_close(data->folder);
  crate_world_release(world, data->packages);
  crate_world_release(world, data->flaws);
  crate_world_release(world, data->gaps);
  crate_matcher_free(data->matcher);
  crate_arena_clear(&data->arena);
  crate_world_release(world, data);
}

/// Print into the arena; what is too long is cut.
static CrateStatus
print(CrateData *data, const char *format, va_list arguments, CrateText *out)
{
  char room[600];
  vsnprintf(room, sizeof(room), format, arguments);
  CrateText text = crate_text(room);
  text.size = crate_text_utf8_span(text);
  return crate_arena_copy(&data->arena, text, out);
}

CrateStatus
crate_data_add_flaw(CrateData *data,
                    CrateDataFlaw flaw,
                    const char *format,
                    ...)
{
  va_list arguments;
  va_start(arguments, format);
  const CrateStatus st = print(data, format, arguments, &flaw.detail);
  va_end(arguments);
  CRATE_TRY(st);
  CRATE_TRY(crate_world_reserve(data->view->world, &data->flaws,
                                &data->flaw_capacity, data->flaw_count + 1u,
                                sizeof(flaw)));
  data->flaws[data->flaw_count++] = flaw;
  return CRATE_OK;
}

CrateStatus
crate_data_add_gap(CrateData *data,
                   CrateDataAspect aspect,
                   bool gave_up,
                   const char *format,
                   ...)
{
  enum { MOST = 40 };
  CrateDataGap gap = {aspect, {NULL, 0}, gave_up};
  va_list arguments;
  if (data->gaps_of[aspect]++ >= MOST) {
    return CRATE_OK;
  }
  va_start(arguments, format);
  const CrateStatus st = print(data, format, arguments, &gap.reason);
  va_end(arguments);
  CRATE_TRY(st);
  CRATE_TRY(crate_world_reserve(data->view->world, &data->gaps,
                                &data->gap_capacity, data->gap_count + 1u,
                                sizeof(gap)));
  data->gaps[data->gap_count++] = gap;
  return CRATE_OK;
}

CrateStatus
crate_data_tell(CrateData *data,
                CrateDataTrouble *trouble,
                const CrateDataRecord *record,
                const char *format,
                ...)
{
  va_list arguments;
  if (trouble->count++) {
    return CRATE_OK;
  }
  va_start(arguments, format);
  const CrateStatus st = print(data, format, arguments, &trouble->detail);
  va_end(arguments);
  CRATE_TRY(st);
  trouble->where = (CrateElsewhere){
    .file = record->file->name,
    .line = record->line < UINT32_MAX ? (uint32_t)record->line : 0};
  return record->text.size <= CRATE_DATA_LONGEST_EXCERPT
           ? crate_arena_copy(&data->arena, record->text,
                              &trouble->where.excerpt)
           : CRATE_OK;
}

CrateStatus
crate_data_blame(CrateData *data,
                 CrateDataAspect aspect,
                 CrateTerm focus,
                 const CrateDataTrouble *trouble,
                 const char *more)
{
  const CrateDataFlaw flaw = {
    .aspect = aspect, .focus = focus, .where = trouble->where};
  const CrateText detail = trouble->detail;
  return !trouble->count ? CRATE_OK
         : trouble->count == 1
           ? crate_data_add_flaw(data, flaw, "%.*s", CRATE_TEXT_ARG(detail))
           : crate_data_add_flaw(
               data, flaw, "%.*s, and %llu %s more", CRATE_TEXT_ARG(detail),
               (unsigned long long)(trouble->count - 1u), more);
}

/// Find all files, and count what is to be read.
static CrateStatus
find_files(CrateData *data)
{
  for (size_t i = 0; i < data->resource_count; ++i) {
    CrateDataResource *const resource = &data->resources[i];
    CRATE_TRY(crate_data_find(data, resource));
    for (size_t f = 0; f < resource->file_count && resource->field_count; ++f) {
      data->total += resource->files[f].size;
    }
  }
  return CRATE_OK;
}

/// Whether values of a resource are referred to from elsewhere.
static bool
is_referred_to(const CrateData *data, const CrateDataResource *resource)
{
  for (size_t i = 0; i < resource->field_count; ++i) {
    if (data->fields[resource->fields[i]].referred_to) {
      return true;
    }
  }
  return false;
}

static CrateStatus
read_resource(CrateData *data, const CrateDataResource *resource)
{
  for (size_t i = 0; i < resource->file_count && resource->field_count; ++i) {
    CRATE_TRY(crate_data_read(data, resource, &resource->files[i]));
  }
  return CRATE_OK;
}

/// What is referred to comes first: so each value can be told, where it
/// stands, that it refers to nothing.
static CrateStatus
read_files(CrateData *data)
{
  CRATE_TRY(crate_data_collect_inline(data));
  data->collecting = true;
  for (size_t i = 0; i < data->resource_count; ++i) {
    if (is_referred_to(data, &data->resources[i])) {
      CRATE_TRY(read_resource(data, &data->resources[i]));
    }
  }
  data->collecting = false;
  data->done = 0;
  for (size_t i = 0; i < data->resource_count; ++i) {
    CRATE_TRY(read_resource(data, &data->resources[i]));
  }
  return CRATE_OK;
}

static void
tell_progress(const CrateData *data, CrateText file, bool ended)
{
  const CrateProgress *const to = &data->view->world->progress;
  const CrateProgressStep step = {
    .file = file,
    .done = data->done, // unpacked, it may be more than was thought
    .total = data->total > data->done ? data->total : data->done,
    .ended = ended};
  if (to->step) {
    to->step(to->handle, &step);
  }
}

static CrateStatus
look(CrateData *data)
{
  CRATE_TRY(crate_data_gather(data));
  CRATE_TRY(find_files(data));
  CRATE_TRY(crate_data_compare(data));
  const CrateStatus st = read_files(data);
  tell_progress(data, (CrateText){NULL, 0}, true);
  CRATE_TRY(st);
  CRATE_TRY(crate_data_finish_values(data));
  return crate_data_finish_keys(data);
}

CrateStatus
crate_data_look(CrateChecks *checks, CrateData **out)
{
  if (!checks->data) {
    CRATE_TRY(open_data(checks));
    CRATE_TRY(look(checks->data));
  }
  *out = checks->data;
  return CRATE_OK;
}

/// A file on its way to its reader.
typedef struct {
  const CrateDataReading *reading;
  const CratePour *to;
  CrateStatus answer; ///< Of the reader.
} Passing;

static CrateStatus
pass_on(void *handle, CrateText piece)
{
  Passing *const passing = (Passing *)handle;
  CrateData *const data = passing->reading->data;
  data->done += piece.size;
  tell_progress(data, passing->reading->file->name, false);
  passing->answer = passing->to->take(passing->to->handle, piece);
  return passing->answer;
}

CrateStatus
crate_data_pour(const CrateDataReading *reading, const CratePour *to)
{
  CrateData *const data = reading->data;
  const CrateDataFile *const file = reading->file;
  Passing passing = {reading, to, CRATE_OK};
  const CratePour through = {pass_on, &passing};
  data->said[0] = '\0';
  const CrateStatus st =
    crate_package_pour_unpacked(file->package, file->path, &through);
  return passing.answer                 ? passing.answer
         : !st || st == CRATE_NO_MEMORY ? st
                                        : crate_data_unreadable(reading);
}
