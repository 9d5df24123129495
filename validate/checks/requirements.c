// SPDX-License-Identifier: Apache-2.0
// Whether the packages that a training needs are named with their versions:
// requirements.txt, line by line, as pip reads it.
#include "validate/checks/checks.h"
#include <ctype.h>

/// Larger files are no list of packages.
#define LARGEST_LIST ((uint64_t)1 << 20u)

static CrateText
trim(CrateText text)
{
  while (text.size && isspace((unsigned char)*text.data)) {
    text = crate_text_slice(text, 1, text.size);
  }
  while (text.size && isspace((unsigned char)text.data[text.size - 1u])) {
    --text.size;
  }
  return text;
}

/// A line that names a package, but no version of it. Options, addresses and
/// comments are none.
static bool
is_loose(CrateText line)
{
  line = trim(crate_text_slice(line, 0, crate_text_find(line, '#')));
  if (!line.size || !isalnum((unsigned char)*line.data)) {
    return false;
  }
  for (size_t i = 0; i + 1u < line.size; ++i) {
    if ((line.data[i] == '=' && line.data[i + 1u] == '=') ||
        line.data[i] == '@') {
      return false;
    }
  }
  return true;
}

static CrateStatus
look_through(const CrateNativeCall *call,
             const CrateEntity *entity,
             CrateText text)
{
  CrateText first = {NULL, 0};
  size_t count = 0;
  while (text.size) {
    const size_t end = crate_text_find(text, '\n');
    const CrateText line = crate_text_slice(text, 0, end);
    text = crate_text_slice(text, end + 1u, text.size);
    if (is_loose(line)) {
      first = count++ ? first : trim(line);
    }
  }
  first = crate_text_slice(first, 0, 80);
  first.size = crate_text_utf8_span(first);
  return !count ? CRATE_OK
                : crate_check_report(
                    call, entity->id_offset, "\"%.*s\" in %.*s%s",
                    CRATE_TEXT_ARG(first),
                    CRATE_TEXT_ARG(crate_text_slice(entity->id, 0, 200)),
                    count > 1u ? ", among others" : "");
}

static CrateStatus
look_into(const CrateNativeCall *call, const CrateEntity *entity)
{
  CrateChecks *const checks = (CrateChecks *)call->handle;
  CrateText path;
  CrateText text = {NULL, 0};
  CrateArena arena;
  crate_arena_init(&arena, checks->view->world);
  CrateStatus st = crate_view_payload_path(entity, &arena, &path);
  st = st ? st : crate_package_read(checks->view->package, path, &arena, &text);
  st = st ? st : look_through(call, entity, text);
  crate_arena_clear(&arena);
  return st;
}

/// Asked once, for the document.
CrateStatus
crate_check_requirements(const CrateNativeCall *call)
{
  CrateChecks *const checks = (CrateChecks *)call->handle;
  const CrateView *const view = checks->view;
  CRATE_TRY(crate_check_members(checks));
  for (size_t i = 0; i < view->entity_count; ++i) {
    if (crate_text_ends(view->entities[i].id, CRATE_TEXT("requirements.txt")) &&
        checks->members[i] == CRATE_MEMBER_FILE &&
        checks->sizes[i] <= LARGEST_LIST) {
      CRATE_TRY(look_into(call, &view->entities[i]));
    }
  }
  return CRATE_OK;
}
