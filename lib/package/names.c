// SPDX-License-Identifier: Apache-2.0
// Names of an archive's members. What is doubtful is refused: readers of
// archives differ in what they make of it.
#include "package/names.h"

static CrateText
code_of(const CrateNames *names, CrateStatus status)
{
  return status == CRATE_MALFORMED     ? names->code
         : status == CRATE_OVER_LIMIT  ? CRATE_TEXT("over-limit")
         : status == CRATE_NOT_FOUND   ? CRATE_TEXT("no-such-member")
         : status == CRATE_UNSUPPORTED ? CRATE_TEXT("unsupported")
                                       : CRATE_TEXT("unreadable");
}

CrateStatus
crate_names_refuse(const CrateNames *names, CrateStatus status, const char *why)
{
  const CrateDiagnostic where = {
    .file = names->archive,
    .code = code_of(names, status),
  };
  return crate_world_say(names->world, status, &where, "%s", why);
}

bool
crate_names_leave_out(const CrateNames *names, CrateStatus status)
{
  return names->lenient && status == CRATE_MALFORMED;
}

CrateStatus
crate_names_refuse_member(const CrateNames *names,
                          CrateStatus status,
                          CrateText name,
                          const char *why)
{
  const CrateDiagnostic where = {
    .file = names->archive,
    .code = code_of(names, status),
    .level = crate_names_leave_out(names, status) ? CRATE_DIAGNOSTIC_WARNING
                                                  : CRATE_DIAGNOSTIC_ERROR,
  };
  return crate_world_say(names->world, status, &where, "the member \"%.*s\" %s",
                         CRATE_TEXT_ARG(crate_text_slice(name, 0, 200)), why);
}

CrateStatus
crate_names_warn(const CrateNames *names, CrateText name, const char *what)
{
  const CrateDiagnostic where = {
    .file = names->archive,
    .code = CRATE_TEXT("doubtful-member"),
    .level = CRATE_DIAGNOSTIC_WARNING,
  };
  return crate_world_say(names->world, CRATE_OK, &where,
                         "the member \"%.*s\" %s",
                         CRATE_TEXT_ARG(crate_text_slice(name, 0, 200)), what);
}

CrateStatus
crate_names_warn_all(const CrateNames *names, const char *what)
{
  const CrateDiagnostic where = {
    .file = names->archive,
    .code = CRATE_TEXT("doubtful-archive"),
    .level = CRATE_DIAGNOSTIC_WARNING,
  };
  return crate_world_say(names->world, CRATE_OK, &where, "the archive %s",
                         what);
}

/// Why a member's name can name nothing beneath the root, or NULL.
static const char *
flaw_of_name(CrateText name)
{
  if (memchr(name.data, 0, name.size)) {
    return "has a NUL in its name";
  }
  if (memchr(name.data, '\\', name.size)) {
    return "has a backslash in its name, expected /";
  }
  if (name.data[0] == '/' ||
      (name.size > 2 && name.data[1] == ':' && name.data[2] == '/')) {
    return "has an absolute name";
  }
  for (size_t at = 0; at < name.size;) {
    const CrateText rest = crate_text_slice(name, at, name.size);
    const size_t end = crate_text_find(rest, '/');
    const CrateText segment = crate_text_slice(rest, 0, end);
    if (crate_text_is(segment, "..")) {
      return "has a name that leads out of the archive";
    }
    if (!end || crate_text_is(segment, ".")) {
      return "has an empty segment or a dot in its name";
    }
    at += end + 1u;
  }
  return NULL;
}

/// The folder above a path, without its slash; empty at the top.
static CrateText
folder_above(CrateText path)
{
  while (path.size && path.data[path.size - 1u] != '/') {
    --path.size;
  }
  return (CrateText){path.data, path.size ? path.size - 1u : 0};
}

/// A file may be noted once and a folder (number 0) often, and no file lies
/// above another one.
static CrateStatus
check_free(const CrateNames *names, CrateText name, size_t number)
{
  uintptr_t earlier = 0;
  bool known = crate_map_get(&names->by_name, name, &earlier);
  bool taken = known && (earlier || number);
  for (uint32_t depth = 0; !known && name.size; ++depth) {
    if (depth > names->world->limits.depth) {
      return crate_names_refuse_member(names, CRATE_OVER_LIMIT, name,
                                       "lies too deep");
    }
    name = folder_above(name);
    known = name.size && crate_map_get(&names->by_name, name, &earlier);
    taken = known && earlier;
  }
  return taken
           ? crate_names_refuse_member(names, CRATE_MALFORMED, name,
                                       "is there twice: which one is meant?")
           : CRATE_OK;
}

/// Let a path be found, and the folders above it.
static CrateStatus
register_name(CrateNames *names, CrateText name, size_t number)
{
  uintptr_t earlier = 0;
  if (name.data[name.size - 1u] == '/') {
    --name.size;
    number = 0;
  }
  CRATE_TRY(check_free(names, name, number));
  while (name.size && !crate_map_get(&names->by_name, name, &earlier)) {
    CRATE_TRY(crate_map_put(&names->by_name, name, number));
    name = folder_above(name);
    number = 0;
  }
  return CRATE_OK;
}

CrateStatus
crate_names_add(CrateNames *names, CrateText *name, size_t number)
{
  while (crate_text_starts(*name, CRATE_TEXT("./"))) {
    *name = crate_text_slice(*name, 2, name->size);
  }
  if (!name->size || crate_text_is(*name, ".")) {
    name->size = 0; // the root itself, as some tools write
    return CRATE_OK;
  }
  if (name->size > CRATE_LONGEST_NAME) {
    return crate_names_refuse_member(names, CRATE_OVER_LIMIT, *name,
                                     "has too long a name");
  }
  const char *const flaw = flaw_of_name(*name);
  return flaw ? crate_names_refuse_member(names, CRATE_MALFORMED, *name, flaw)
              : register_name(names, *name, number);
}

static CrateText
without_slash(CrateText path)
{
  if (path.size && path.data[path.size - 1u] == '/') {
    --path.size;
  }
  return path;
}

/// The first part of a path that is a link: its length, or 0.
static size_t
find_link(const CrateNames *names, CrateText path, size_t *link)
{
  for (size_t end = 0; end < path.size; ++end) {
    const CrateText rest = crate_text_slice(path, end, path.size);
    end += crate_text_find(rest, '/');
    uintptr_t number = 0;
    const CrateText part = crate_text_slice(path, 0, end);
    if (!crate_map_get(&names->by_name, part, &number)) {
      return 0;
    }
    if (number && names->kind(names->place, number) != CRATE_NAMED_FILE) {
      *link = number;
      return end;
    }
  }
  return 0;
}

/// Put a link's target in its place. CRATE_NOT_FOUND when it leads out.
static CrateStatus
follow_link(const CrateNames *names,
            size_t link,
            size_t size,
            CrateArena *arena,
            CrateText *path)
{
  CrateText target = {NULL, 0};
  CRATE_TRY(names->target(names->place, link, arena, &target));
  if (crate_text_starts(target, CRATE_TEXT("/")) ||
      target.size > CRATE_LONGEST_NAME) {
    return CRATE_NOT_FOUND;
  }
  size_t slash =
    names->kind(names->place, link) == CRATE_NAMED_HARD_LINK ? 0 : size;
  while (slash && path->data[slash - 1u] != '/') {
    --slash;
  }
  const CrateText parts[] = {crate_text_slice(*path, 0, slash), target,
                             crate_text_slice(*path, size, path->size)};
  CrateText joined;
  CRATE_TRY(crate_arena_join(arena, parts, 3, &joined));
  CRATE_TRY(crate_path_clean(arena, joined, path));
  return path->size > CRATE_LONGEST_NAME ? CRATE_NOT_FOUND : CRATE_OK;
}

/// CRATE_NOT_FOUND when a link leads out, or a chain of links has no end.
static CrateStatus
follow_links(const CrateNames *names, CrateArena *arena, CrateText *path)
{
  enum { MOST_LINKS = 40 }; // as Linux: path_resolution(7)
  for (int i = 0; names->links && i < MOST_LINKS; ++i) {
    size_t link = 0;
    const size_t size = find_link(names, *path, &link);
    if (!size) {
      return CRATE_OK;
    }
    CRATE_TRY(follow_link(names, link, size, arena, path));
  }
  return names->links ? CRATE_NOT_FOUND : CRATE_OK;
}

CrateStatus
crate_names_find(const CrateNames *names,
                 CrateArena *arena,
                 CrateText path,
                 CrateMember *out,
                 size_t *number)
{
  uintptr_t known = 0;
  *number = 0;
  *out = CRATE_MEMBER_ABSENT;
  path = without_slash(path);
  const CrateStatus st = follow_links(names, arena, &path);
  path = without_slash(path);
  if (st == CRATE_NOT_FOUND) {
    *out = CRATE_MEMBER_OUTSIDE;
  } else if (!st && !path.size) {
    *out = CRATE_MEMBER_FOLDER;
  } else if (!st && crate_map_get(&names->by_name, path, &known)) {
    *out = known ? CRATE_MEMBER_FILE : CRATE_MEMBER_FOLDER;
    *number = known;
  }
  return st == CRATE_NOT_FOUND ? CRATE_OK : st;
}

CrateStatus
crate_names_need(const CrateNames *names,
                 CrateArena *arena,
                 CrateText path,
                 size_t *number)
{
  CrateMember member = CRATE_MEMBER_ABSENT;
  CRATE_TRY(crate_names_find(names, arena, path, &member, number));
  return *number ? CRATE_OK
                 : crate_names_refuse_member(names, CRATE_NOT_FOUND, path,
                                             "is not in the archive");
}

CrateStatus
crate_names_check_links(const CrateNames *names, size_t count)
{
  enum { MOST_WARNINGS = 20 };
  unsigned warned = 0;
  CrateArena scratch;
  CrateStatus st = CRATE_OK;
  crate_arena_init(&scratch, names->world);
  for (size_t i = 1; i <= count && names->links && !st; ++i) {
    size_t number = 0;
    CrateMember member = CRATE_MEMBER_ABSENT;
    if (names->kind(names->place, i) == CRATE_NAMED_FILE) {
      continue;
    }
    const CrateText name = names->name(names->place, i);
    crate_arena_reset(&scratch);
    st = crate_names_find(names, &scratch, name, &member, &number);
    if (!st && member == CRATE_MEMBER_OUTSIDE && warned++ < MOST_WARNINGS) {
      st = crate_names_warn(names, name, "is a link out of the archive");
    }
  }
  crate_arena_clear(&scratch);
  return st;
}
