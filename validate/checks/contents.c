// SPDX-License-Identifier: Apache-2.0
// Files' contents: several rules ask, the package is read once.
#include "validate/checks/contents.h"
#include <stdio.h>

static CrateStatus
open_contents(CrateChecks *checks)
{
  const CrateWorld *const world = checks->view->world;
  if (checks->contents) {
    return CRATE_OK;
  }
  checks->contents =
    (CrateContents *)crate_world_allocate(world, sizeof(CrateContents));
  if (!checks->contents) {
    return CRATE_NO_MEMORY;
  }
  *checks->contents = (CrateContents){.world = world};
  crate_map_init(&checks->contents->by_path, world);
  return CRATE_OK;
}

void
crate_contents_free(CrateContents *contents)
{
  if (contents) {
    const CrateWorld *const world = contents->world;
    crate_readings_clear(world, contents->readings, contents->count);
    crate_world_release(world, contents->readings);
    crate_map_clear(&contents->by_path);
    crate_world_release(world, contents);
  }
}

/// One name for a file, from where the package was opened.
static CrateStatus
full_path(CrateChecks *checks, CrateText path, CrateText *out)
{
  const bool rooted = path.size && path.data[0] == '/';
  CrateText clean;
  CRATE_TRY(crate_path_clean(&checks->arena, path, &clean));
  const CrateText parts[] = {
    CRATE_TEXT("/"),
    rooted ? CRATE_TEXT("") : crate_package_root(checks->view->package), clean};
  return crate_arena_join(&checks->arena, parts, 3, out);
}

/// Add kinds to a reading that is still to come, or has them.
static bool
add_kinds(CrateContents *contents, size_t index, unsigned kinds)
{
  CrateReading *const reading = &contents->readings[index];
  if (index >= contents->read) {
    reading->kinds |= kinds;
  }
  return !(kinds & ~reading->kinds);
}

/// A file of that many bytes; UINT64_MAX when they are still to be asked for.
static CrateStatus
want(CrateChecks *checks, CrateReading reading, size_t *index)
{
  uintptr_t known = 0;
  CrateMember member = CRATE_MEMBER_ABSENT;
  CRATE_TRY(open_contents(checks));
  CRATE_TRY(full_path(checks, reading.path, &reading.path));
  CrateContents *const contents = checks->contents;
  if (crate_map_get(&contents->by_path, reading.path, &known) &&
      add_kinds(contents, known - 1u, reading.kinds)) {
    *index = known - 1u;
    return CRATE_OK;
  }
  if (reading.size == UINT64_MAX) {
    CRATE_TRY(crate_package_find(checks->view->package, reading.path, &member,
                                 &reading.size));
  }
  CRATE_TRY(crate_world_reserve(contents->world, &contents->readings,
                                &contents->capacity, contents->count + 1u,
                                sizeof(CrateReading)));
  *index = contents->count++;
  contents->readings[*index] = reading;
  return crate_map_put(&contents->by_path, reading.path, *index + 1u);
}

CrateStatus
crate_contents_want(CrateChecks *checks,
                    CrateText path,
                    unsigned kinds,
                    size_t *index)
{
  const CrateReading reading = {
    .path = path, .size = UINT64_MAX, .kinds = kinds};
  return want(checks, reading, index);
}

static CrateStatus
make_room_for_entities(CrateChecks *checks)
{
  const size_t count = checks->view->entity_count;
  if (checks->contents->by_entity) {
    return CRATE_OK;
  }
  size_t *const indexes =
    (size_t *)crate_arena_array(&checks->arena, count, sizeof(size_t));
  if (!indexes) {
    return crate_arena_status(&checks->arena);
  }
  memset(indexes, 0, count * sizeof(size_t));
  checks->contents->by_entity = indexes;
  return CRATE_OK;
}

CrateStatus
crate_contents_want_entity(CrateChecks *checks,
                           size_t entity,
                           unsigned kinds,
                           size_t *index)
{
  CrateReading reading = {.kinds = kinds, .size = checks->sizes[entity]};
  CrateContents *const contents = checks->contents;
  CRATE_TRY(make_room_for_entities(checks));
  const size_t known = contents->by_entity[entity];
  if (known && add_kinds(contents, known - 1u, kinds)) {
    *index = known - 1u;
    return CRATE_OK;
  }
  CRATE_TRY(crate_view_payload_path(&checks->view->entities[entity],
                                    &checks->arena, &reading.path));
  CRATE_TRY(want(checks, reading, index));
  contents->by_entity[entity] = *index + 1u;
  return CRATE_OK;
}

CrateStatus
crate_contents_gather(CrateChecks *checks)
{
  CRATE_TRY(open_contents(checks));
  if (checks->contents->gathered || checks->view->mode != CRATE_MODE_ATTACHED) {
    return CRATE_OK;
  }
  checks->contents->gathered = true;
  CRATE_TRY(crate_checksum_gather(checks));
  CRATE_TRY(crate_media_gather(checks));
  return crate_bag_gather(checks);
}

CrateStatus
crate_contents_read(CrateChecks *checks)
{
  CrateContents *const contents = checks->contents;
  if (contents->read == contents->count) {
    return CRATE_OK;
  }
  for (size_t i = contents->read; i < contents->count; ++i) {
    CrateReading *const reading = &contents->readings[i];
    const size_t room = crate_digest_room(reading->kinds);
    reading->digits =
      (char *)(room ? crate_arena_allocate(&checks->arena, room) : NULL);
    if (room && !reading->digits) {
      return crate_arena_status(&checks->arena);
    }
  }
  const size_t first = contents->read;
  if (first == contents->count) {
    return CRATE_OK;
  }
  contents->read = contents->count;
  return crate_package_read_all(
    checks->view->package, contents->readings + first, contents->count - first);
}

bool
crate_contents_known(CrateUnread *unread, const CrateReading *reading)
{
  if (!reading->status) {
    return true;
  }
  unread->first = unread->first ? unread->first : reading;
  ++unread->count;
  return false;
}

CrateStatus
crate_contents_excuse(const CrateNativeCall *call, const CrateUnread *unread)
{
  char more[64] = "";
  char reason[600];
  if (!unread->count) {
    return CRATE_OK;
  }
  if (unread->count > 1u) {
    snprintf(more, sizeof(more), " (and %zu more)", unread->count - 1u);
  }
  const CrateText path = unread->first->path;
  snprintf(reason, sizeof(reason), "%.*s could not be read: %s%s",
           CRATE_TEXT_ARG(crate_text_slice(path, 1, 250)),
           unread->first->problem, more);
  CrateText text = crate_text(reason);
  text.size = crate_text_utf8_span(text); // a cut may split a character
  return call->gave_up(call, text);
}
