// SPDX-License-Identifier: Apache-2.0
// Reading a JSONPath query: segments and selectors. Function names are those
// of the grammar; sections are of RFC 9535.
#include "json/path_steps.h"

/// 2.3.4: [start]:[end][:[step]], of which `start` was read.
static bool
read_slice(CratePathReader *reader, CratePathSelector *selector)
{
  int64_t *const parts[] = {&selector->end, &selector->step};
  for (size_t i = 0; i < 2; ++i) {
    crate_path_skip_blank(reader);
    if (!crate_path_take(reader, ":")) {
      return true;
    }
    selector->kind = CRATE_PATH_SLICE;
    crate_path_skip_blank(reader);
    const char c = crate_path_peek(reader);
    if (c == '-' || crate_path_is_digit(c)) {
      selector->has_end = selector->has_end || i == 0;
      if (!crate_path_read_int(reader, parts[i])) {
        return false;
      }
    }
  }
  return true;
}

/// 2.3.3 and 2.3.4, which begin alike. Blanks behind an index are no slice's.
static bool
read_index_or_slice(CratePathReader *reader, CratePathSelector *selector)
{
  selector->kind = CRATE_PATH_INDEX;
  selector->step = 1;
  selector->has_start = crate_path_peek(reader) != ':';
  return (!selector->has_start ||
          crate_path_read_int(reader, &selector->start)) &&
         read_slice(reader, selector);
}

/// 2.3: selector.
static bool
read_selector(CratePathReader *reader, CratePathSelector *selector)
{
  const char c = crate_path_peek(reader);
  if (c == '\'' || c == '"') {
    selector->kind = CRATE_PATH_NAME;
    return crate_path_read_string(reader, &selector->name);
  }
  if (crate_path_take(reader, "*")) {
    selector->kind = CRATE_PATH_WILDCARD;
    return true;
  }
  if (crate_path_take(reader, "?")) {
    selector->kind = CRATE_PATH_FILTER;
    crate_path_skip_blank(reader);
    return crate_path_read_filter(reader, &selector->filter);
  }
  return c == ':' || c == '-' || crate_path_is_digit(c)
           ? read_index_or_slice(reader, selector)
           : crate_path_fail(reader, "a selector");
}

/// 2.5.1: bracketed-selection, behind the bracket.
static bool
read_brackets(CratePathReader *reader, CratePathSegment *segment)
{
  CratePathSelector **end = &segment->selectors;
  do {
    *end = (CratePathSelector *)crate_path_make(reader, sizeof(**end));
    crate_path_skip_blank(reader);
    if (!*end || !read_selector(reader, *end)) {
      return false;
    }
    end = &(*end)->next;
    crate_path_skip_blank(reader);
  } while (crate_path_take(reader, ","));
  return crate_path_take(reader, "]") || crate_path_fail(reader, "\"]\"");
}

/// 2.5.1: wildcard-selector or member-name-shorthand, behind the dots.
static bool
read_shorthand(CratePathReader *reader, CratePathSegment *segment)
{
  CratePathSelector *const selector =
    (CratePathSelector *)crate_path_make(reader, sizeof(*selector));
  CrateText name;
  segment->selectors = selector;
  if (!selector) {
    return false;
  }
  if (crate_path_take(reader, "*")) {
    selector->kind = CRATE_PATH_WILDCARD;
    return true;
  }
  selector->kind = CRATE_PATH_NAME;
  if (!crate_path_read_name(reader, &name)) {
    return false;
  }
  const CrateStatus st =
    crate_arena_copy(&reader->path->arena, name, &selector->name);
  reader->status = reader->status ? reader->status : st;
  return !st;
}

/// 2.3.5.1: singular-query.
static bool
is_singular(const CratePathSegment *segment)
{
  const CratePathSelector *const selector = segment->selectors;
  return !segment->descendant && !selector->next &&
         (selector->kind == CRATE_PATH_NAME ||
          selector->kind == CRATE_PATH_INDEX);
}

/// 2.5: a segment that begins here; false without a failure when none does.
static bool
read_segment(CratePathReader *reader, CratePathSegment **out)
{
  const bool bracket = crate_path_take(reader, "[");
  const bool descendant = !bracket && crate_path_take(reader, "..");
  if (!bracket && !descendant && !crate_path_take(reader, ".")) {
    return false;
  }
  CratePathSegment *const segment =
    (CratePathSegment *)crate_path_make(reader, sizeof(*segment));
  if (!segment) {
    return false;
  }
  segment->descendant = descendant;
  *out = segment;
  return bracket || (descendant && crate_path_take(reader, "["))
           ? read_brackets(reader, segment)
           : read_shorthand(reader, segment);
}

bool
crate_path_read_segments(CratePathReader *reader, CratePathQuery *query)
{
  CratePathSegment **end = &query->segments;
  query->singular = true;
  while (*end) { // what a lenient query without "$" began with
    query->singular = query->singular && is_singular(*end);
    end = &(*end)->next;
  }
  for (;;) {
    const char *const before = reader->at;
    crate_path_skip_blank(reader);
    if (!read_segment(reader, end)) {
      reader->at = reader->status ? reader->at : before;
      return !reader->status;
    }
    query->singular = query->singular && is_singular(*end);
    end = &(*end)->next;
  }
}

/// A lenient query may begin with the name of a member.
static bool
read_bare_name(CratePathReader *reader, CratePathQuery *query)
{
  CratePathSegment *const segment =
    (CratePathSegment *)crate_path_make(reader, sizeof(*segment));
  query->segments = segment;
  return segment &&
         (crate_path_is_name_first(crate_path_peek(reader)) ||
          crate_path_fail(reader, "\"$\" or a name")) &&
         read_shorthand(reader, segment);
}

/// 2.1: jsonpath-query; lenient, a name or a bracket may begin it.
static bool
read_query(CratePathReader *reader, CratePathQuery *query)
{
  query->from_root = true;
  if (!crate_path_take(reader, "$")) {
    if (!reader->lenient) {
      return crate_path_fail(reader, "\"$\"");
    }
    if (crate_path_peek(reader) != '[' && !read_bare_name(reader, query)) {
      return false;
    }
  }
  return crate_path_read_segments(reader, query) &&
         (reader->at == reader->end ||
          crate_path_fail(reader, "\".\", \"[\" or the end"));
}

static CrateStatus
read_text(CratePathReader *reader, CrateText text)
{
  const size_t span = crate_text_utf8_span(text);
  if (span < text.size) {
    (void)crate_path_fail_at(reader, span, "UTF-8");
  } else {
    (void)read_query(reader, &reader->path->query);
  }
  return reader->status;
}

CrateStatus
crate_json_path_new(const CrateWorld *world,
                    CrateText text,
                    bool lenient,
                    CrateJsonPath **out,
                    CrateJsonPathFlaw *flaw)
{
  const char *const start = text.data ? text.data : "";
  *out = NULL;
  *flaw = (CrateJsonPathFlaw){NULL, 0};
  CrateJsonPath *const path =
    (CrateJsonPath *)crate_world_allocate(world, sizeof(CrateJsonPath));
  if (!path) {
    return CRATE_NO_MEMORY;
  }
  *path = (CrateJsonPath){.world = world};
  crate_arena_init(&path->arena, world);
  CratePathReader reader = {.path = path,
                            .start = start,
                            .at = start,
                            .end = start + text.size,
                            .lenient = lenient};
  const CrateStatus st = read_text(&reader, text);
  *flaw = reader.flaw;
  if (st) {
    crate_json_path_free(path);
    return st;
  }
  *out = path;
  return CRATE_OK;
}

void
crate_json_path_free(CrateJsonPath *path)
{
  if (path) {
    crate_arena_clear(&path->arena);
    crate_world_release(path->world, path);
  }
}

bool
crate_json_path_is_singular(const CrateJsonPath *path)
{
  return path->query.singular;
}
