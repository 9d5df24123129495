// SPDX-License-Identifier: Apache-2.0
// The way back from RFC 3986 5.2: which reference resolves to an IRI.
#include <cratekit/iri.h>

static bool
same(bool has_a, CrateText a, bool has_b, CrateText b)
{
  return has_a == has_b && crate_text_equal(a, b);
}

/// Up to and with the last slash.
static CrateText
folder_of(CrateText path)
{
  while (path.size && path.data[path.size - 1] != '/') {
    --path.size;
  }
  return path;
}

/// Bytes of the folders that both have, and how many folders of the base are
/// left.
static size_t
shared_folders(CrateText path, CrateText folder, size_t *up)
{
  size_t shared = 0;
  size_t i = 0;
  while (i < folder.size && i < path.size && path.data[i] == folder.data[i]) {
    shared = folder.data[i] == '/' ? i + 1 : shared;
    ++i;
  }
  *up = 0;
  for (i = shared; i < folder.size; ++i) {
    *up += folder.data[i] == '/';
  }
  return shared;
}

/// Whether the path would be taken for something else where it stands: for a
/// scheme, or for a path from the root.
static bool
is_mistakable(CrateText path)
{
  return !path.size || path.data[0] == '/' ||
         crate_text_find(path, ':') < crate_text_find(path, '/');
}

static CrateStatus
join_path(CrateArena *arena, size_t up, CrateText rest, CrateText *out)
{
  char *const path = crate_arena_allocate(arena, up * 3u + rest.size + 2u);
  size_t size = 0;
  if (!path) {
    return crate_arena_status(arena);
  }
  for (; up; --up) {
    memcpy(path + size, "../", 3);
    size += 3;
  }
  if (!size && is_mistakable(rest)) {
    memcpy(path, "./", 2);
    size = 2;
  }
  if (rest.size) {
    memcpy(path + size, rest.data, rest.size);
  }
  *out = (CrateText){path, size + rest.size};
  return CRATE_OK;
}

/// The parts that have to be said.
static CrateStatus
shorten(CrateArena *arena,
        const CrateIri *base,
        const CrateIri *iri,
        CrateText *out)
{
  const bool same_path = crate_text_equal(base->path, iri->path);
  const bool same_query =
    same(base->has_query, base->query, iri->has_query, iri->query);
  CrateText path = {NULL, 0};
  const bool needs_path =
    !same_path || (same_query ? !iri->has_fragment : !iri->has_query);
  if (needs_path) {
    size_t up;
    const size_t from = shared_folders(iri->path, folder_of(base->path), &up);
    CRATE_TRY(join_path(
      arena, up, crate_text_slice(iri->path, from, iri->path.size), &path));
  }
  const bool needs_query = iri->has_query && (needs_path || !same_query);
  const CrateText none = {NULL, 0};
  const CrateText parts[] = {
    path, needs_query ? CRATE_TEXT("?") : none, needs_query ? iri->query : none,
    iri->has_fragment ? CRATE_TEXT("#") : none, iri->fragment};
  return crate_arena_join(arena, parts, sizeof parts / sizeof *parts, out);
}

CrateStatus
crate_iri_relativize(CrateArena *arena,
                     CrateText base,
                     CrateText iri,
                     CrateText *out)
{
  const CrateIri from = crate_iri_split(base);
  const CrateIri to = crate_iri_split(iri);
  *out = iri;
  if (!from.has_scheme || !crate_text_starts(from.path, CRATE_TEXT("/")) ||
      !same(from.has_scheme, from.scheme, to.has_scheme, to.scheme) ||
      !same(from.has_authority, from.authority, to.has_authority,
            to.authority)) {
    return CRATE_OK;
  }
  CrateText reference;
  CrateText back;
  CRATE_TRY(shorten(arena, &from, &to, &reference));
  // Dot segments, for one, have no way back.
  CRATE_TRY(crate_iri_resolve(arena, base, reference, &back));
  *out = crate_text_equal(back, iri) ? reference : iri;
  return CRATE_OK;
}
