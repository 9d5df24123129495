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

CrateStatus
crate_contents_want(CrateChecks *checks,
                    CrateText path,
                    unsigned kinds,
                    size_t *index)
{
  CrateText full;
  uintptr_t known = 0;
  uint64_t size = 0;
  CrateMember member = CRATE_MEMBER_ABSENT;
  CRATE_TRY(open_contents(checks));
  CRATE_TRY(full_path(checks, path, &full));
  CrateContents *const contents = checks->contents;
  if (crate_map_get(&contents->by_path, full, &known)) {
    CrateReading *const reading = &contents->readings[ *index = known - 1u];
    const bool open = *index >= contents->read;
    reading->kinds |= open ? kinds : 0u;
    if (open || !(kinds & ~reading->kinds)) {
      return CRATE_OK;
    }
  }
  CRATE_TRY(crate_package_find(checks->view->package, full, &member, &size));
  CRATE_TRY(crate_world_reserve(contents->world, &contents->readings,
                                &contents->capacity, contents->count + 1u,
                                sizeof(CrateReading)));
  *index = contents->count++;
  contents->readings[*index] =
    (CrateReading){.path = full, .size = size, .kinds = kinds};
  return crate_map_put(&contents->by_path, full, *index + 1u);
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
