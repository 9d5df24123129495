// SPDX-License-Identifier: Apache-2.0
#include <cratekit/iri.h>

static bool
is_alpha(char c)
{
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static bool
is_digit(char c)
{
  return c >= '0' && c <= '9';
}

/// Value of a hexadecimal digit, or -1.
static int
hex_value(char c)
{
  return is_digit(c)              ? c - '0'
         : (c >= 'a' && c <= 'f') ? c - 'a' + 10
         : (c >= 'A' && c <= 'F') ? c - 'A' + 10
                                  : -1;
}

/// Size of the scheme, RFC 3986 3.1, or 0 when no colon ends one.
static size_t
scheme_size(CrateText reference)
{
  if (!reference.size || !is_alpha(reference.data[0])) {
    return 0;
  }
  for (size_t i = 1; i < reference.size; ++i) {
    const char c = reference.data[i];
    if (c == ':') {
      return i;
    }
    if (!is_alpha(c) && !is_digit(c) && c != '+' && c != '-' && c != '.') {
      return 0;
    }
  }
  return 0;
}

#define BIT(byte) ((uint64_t)1 << ((byte)&63))
#define AFTER_AUTHORITY (BIT('/') | BIT('?') | BIT('#'))
#define AFTER_PATH (BIT('?') | BIT('#'))

/// Bytes before the first of the delimiters (BIT()s), from `from`.
static size_t
find_any(CrateText text, size_t from, uint64_t delimiters)
{
  while (from < text.size) {
    const unsigned char c = (unsigned char)text.data[from];
    if (c < 64u && (delimiters >> c & 1u)) {
      break;
    }
    ++from;
  }
  return from;
}

CrateIri
crate_iri_split(CrateText reference)
{
  CrateIri iri = {0};
  size_t at = scheme_size(reference);
  if (at) {
    iri.has_scheme = true;
    iri.scheme = crate_text_slice(reference, 0, at);
    ++at;
  }
  if (crate_text_starts(crate_text_slice(reference, at, reference.size),
                        CRATE_TEXT("//"))) {
    const size_t end = find_any(reference, at + 2u, AFTER_AUTHORITY);
    iri.has_authority = true;
    iri.authority = crate_text_slice(reference, at + 2u, end);
    at = end;
  }
  const size_t path_end = find_any(reference, at, AFTER_PATH);
  iri.path = crate_text_slice(reference, at, path_end);
  at = path_end;
  if (at < reference.size && reference.data[at] == '?') {
    const size_t end = find_any(reference, at + 1u, BIT('#'));
    iri.has_query = true;
    iri.query = crate_text_slice(reference, at + 1u, end);
    at = end;
  }
  if (at < reference.size) {
    iri.has_fragment = true;
    iri.fragment = crate_text_slice(reference, at + 1u, reference.size);
  }
  return iri;
}

bool
crate_iri_is_absolute(CrateText reference)
{
  return scheme_size(reference) > 0;
}

/// The ASCII characters to look at: never allowed, or not everywhere.
static const uint64_t suspects[2] = {
  (BIT(33) - 1u) | BIT('"') | BIT('#') | BIT('%') | BIT('<') | BIT('>'),
  BIT('[') | BIT('\\') | BIT(']') | BIT('^') | BIT('`') | BIT('{') | BIT('|') |
    BIT('}') | BIT(127),
};

/// Whether a suspect is allowed where it stands.
static bool
is_allowed(CrateText reference, size_t i)
{
  const char *const at = reference.data + i;
  if (*at == '#') { // begins the fragment, and is not in it
    return crate_text_find(reference, '#') == i;
  }
  if (*at == '%') {
    return reference.size - i > 2u && hex_value(at[1]) >= 0 &&
           hex_value(at[2]) >= 0;
  }
  if (*at != '[' && *at != ']') {
    return false;
  }
  const CrateText host = crate_iri_split(reference).authority;
  return host.data && at >= host.data && at < host.data + host.size &&
         crate_text_find(reference, *at) == i; // one address, no more
}

size_t
crate_iri_span(CrateText reference)
{
  const size_t valid = crate_text_utf8_span(reference);
  for (size_t i = 0; i < valid; ++i) {
    const unsigned char c = (unsigned char)reference.data[i];
    if (c < 128u && (suspects[c >> 6] >> (c & 63u) & 1u) &&
        !is_allowed(reference, i)) {
      return i;
    }
  }
  return valid;
}

/// RFC 3986 5.2.4, in place; the size that remains. Output never overtakes
/// input: each step drops as many bytes as it adds, or more.
static size_t
remove_dot_segments(char *path, size_t size)
{
  size_t in = 0;
  size_t out = 0;
  while (in < size) {
    const CrateText rest = {path + in, size - in};
    if (crate_text_starts(rest, CRATE_TEXT("../"))) { // A
      in += 3;
    } else if (crate_text_starts(rest, CRATE_TEXT("./"))) {
      in += 2;
    } else if (crate_text_starts(rest, CRATE_TEXT("/./"))) { // B
      in += 2;
    } else if (crate_text_is(rest, "/.")) {
      path[++in] = '/';
    } else if (crate_text_starts(rest, CRATE_TEXT("/../")) ||
               crate_text_is(rest, "/..")) { // C
      in += rest.size == 3 ? 2 : 3;
      path[in] = '/';
      while (out > 0 && path[--out] != '/') {
      }
    } else if (crate_text_is(rest, ".") || crate_text_is(rest, "..")) { // D
      in = size;
    } else { // E
      do {
        path[out++] = path[in++];
      } while (in < size && path[in] != '/');
    }
  }
  return out;
}

/// The path of the target before dot segments go: RFC 3986 5.2.2, 5.2.3.
static CrateStatus
merge_paths(CrateArena *arena,
            const CrateIri *base,
            const CrateIri *reference,
            CrateText *out)
{
  CrateText folder = {NULL, 0};
  const bool rooted = reference->path.size && reference->path.data[0] == '/';
  if (!reference->has_scheme && !reference->has_authority && !rooted) {
    folder = base->path;
    while (folder.size && folder.data[folder.size - 1u] != '/') {
      --folder.size;
    }
    if (base->has_authority && !base->path.size) {
      folder = CRATE_TEXT("/");
    }
  }
  const CrateText parts[] = {folder, reference->path};
  CrateText merged;
  CRATE_TRY(crate_arena_join(arena, parts, 2, &merged));
  char *const path = (char *)(uintptr_t)merged.data;
  *out = (CrateText){path, remove_dot_segments(path, merged.size)};
  return CRATE_OK;
}

/// RFC 3986 5.3.
static CrateStatus
recompose(CrateArena *arena, const CrateIri *iri, CrateText *out)
{
  const CrateText none = {NULL, 0};
  const CrateText parts[] = {
    iri->scheme,
    iri->has_scheme ? CRATE_TEXT(":") : none,
    iri->has_authority ? CRATE_TEXT("//") : none,
    iri->authority,
    iri->path,
    iri->has_query ? CRATE_TEXT("?") : none,
    iri->query,
    iri->has_fragment ? CRATE_TEXT("#") : none,
    iri->fragment,
  };
  return crate_arena_join(arena, parts, sizeof(parts) / sizeof(*parts), out);
}

CrateStatus
crate_iri_resolve(CrateArena *arena,
                  CrateText base,
                  CrateText reference,
                  CrateText *out)
{
  *out = (CrateText){NULL, 0};
  if (!base.size) {
    return crate_arena_copy(arena, reference, out);
  }
  const CrateIri from = crate_iri_split(base);
  CrateIri to = crate_iri_split(reference);
  if (!to.has_scheme && !to.has_authority && !to.path.size) {
    to.path = from.path; // 5.2.2: the base's path is taken as it stands
    if (!to.has_query) {
      to.has_query = from.has_query;
      to.query = from.query;
    }
  } else {
    CRATE_TRY(merge_paths(arena, &from, &to, &to.path));
  }
  if (!to.has_scheme) {
    if (!to.has_authority) {
      to.has_authority = from.has_authority;
      to.authority = from.authority;
    }
    to.has_scheme = from.has_scheme;
    to.scheme = from.scheme;
  }
  return recompose(arena, &to, out);
}

CrateStatus
crate_iri_decode(CrateArena *arena, CrateText text, CrateText *out)
{
  CrateText copy;
  *out = (CrateText){NULL, 0};
  CRATE_TRY(crate_arena_copy(arena, text, &copy));
  char *const data = (char *)(uintptr_t)copy.data;
  size_t size = 0;
  for (size_t i = 0; i < text.size; ++i) {
    char c = text.data[i];
    if (c == '%') {
      const int high = i + 2u < text.size ? hex_value(text.data[i + 1u]) : -1;
      const int low = i + 2u < text.size ? hex_value(text.data[i + 2u]) : -1;
      if (high < 0 || low < 0) {
        return CRATE_MALFORMED;
      }
      c = (char)(unsigned char)(high * 16 + low);
      i += 2;
    }
    data[size++] = c;
  }
  data[size] = '\0';
  *out = (CrateText){data, size};
  return CRATE_OK;
}
