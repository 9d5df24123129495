// SPDX-License-Identifier: Apache-2.0
#include "html/build.h"

CrateHtml *
crate_html_skip(const CrateHtml *node, const CrateHtml *top)
{
  while (node && node != top && !node->next) {
    node = node->parent;
  }
  return node && node != top ? node->next : NULL;
}

CrateHtml *
crate_html_next(const CrateHtml *node, const CrateHtml *top)
{
  return node->first ? node->first : crate_html_skip(node, top);
}

const CrateText *
crate_html_get(const CrateHtml *element, const char *name)
{
  const CrateText wanted = crate_text(name);
  for (uint32_t i = 0; i < element->attribute_count; ++i) {
    if (crate_text_equal(element->attributes[i].name, wanted)) {
      return &element->attributes[i].value;
    }
  }
  return NULL;
}

CrateStatus
crate_html_text(CrateArena *arena, const CrateHtml *element, CrateText *out)
{
  size_t size = 0;
  *out = CRATE_TEXT("");
  for (const CrateHtml *n = element->first; n;
       n = crate_html_next(n, element)) {
    size += n->text.size;
    *out = n->text.size ? n->text : *out;
  }
  if (size == out->size) { // all in one
    return CRATE_OK;
  }
  char *const copy = crate_arena_allocate(arena, size);
  if (!copy) {
    return crate_arena_status(arena);
  }
  *out = (CrateText){copy, size};
  size = 0;
  for (const CrateHtml *n = element->first; n;
       n = crate_html_next(n, element)) {
    if (n->text.size) {
      memcpy(copy + size, n->text.data, n->text.size);
      size += n->text.size;
    }
  }
  return CRATE_OK;
}

/// Where something is in the page, as line and column.
static CrateDiagnostic
place_of(const CrateHtmlBuilder *builder, const char *at)
{
  const CrateText bytes = builder->document->bytes;
  CrateDiagnostic place = {.file = builder->document->name,
                           .line = 1,
                           .code = CRATE_TEXT(CRATE_HTML_CODE)};
  const char *line = bytes.data;
  for (const char *p = bytes.data; p < at; ++p) {
    if (*p == '\n') {
      ++place.line;
      line = p + 1;
    }
  }
  place.column = (uint32_t)(at - line) + 1u;
  return place;
}

static CrateStatus
make_node(CrateHtmlBuilder *builder, const char *at, CrateHtml **out)
{
  CrateArena *const arena = &builder->document->arena;
  CrateHtml *const node = crate_arena_array(arena, 1, sizeof *node);
  *out = node;
  if (!node) {
    return crate_arena_status(arena);
  }
  node->offset = (uint32_t)(at - builder->document->bytes.data);
  return CRATE_OK;
}

/// Names are in lower case, but in XML.
static CrateStatus
take_name(CrateHtmlBuilder *builder, CrateText raw, CrateText *out)
{
  size_t plain = 0;
  while (plain < raw.size && (raw.data[plain] < 'A' || raw.data[plain] > 'Z')) {
    ++plain;
  }
  *out = raw;
  if (plain == raw.size || builder->document->is_xml) {
    return CRATE_OK;
  }
  CrateArena *const arena = &builder->document->arena;
  char *const copy = crate_arena_allocate(arena, raw.size);
  if (!copy) {
    return crate_arena_status(arena);
  }
  for (size_t i = 0; i < raw.size; ++i) {
    const char c = raw.data[i];
    copy[i] = c >= 'A' && c <= 'Z' ? (char)(c | 0x20) : c;
  }
  *out = (CrateText){copy, raw.size};
  return CRATE_OK;
}

static bool
has_attribute(const CrateHtml *element, CrateText name)
{
  for (uint32_t i = 0; i < element->attribute_count; ++i) {
    if (crate_text_equal(element->attributes[i].name, name)) {
      return true;
    }
  }
  return false;
}

/// One attribute; of one that is repeated the first counts.
static CrateStatus
take_attribute(CrateHtmlBuilder *builder,
               const CrateHtmlPart *part,
               CrateHtml *element)
{
  CrateHtmlDocument *const document = builder->document;
  CrateText name, value;
  CRATE_TRY(take_name(builder, part->name, &name));
  if (has_attribute(element, name)) {
    return document->is_xml ? CRATE_MALFORMED : CRATE_OK;
  }
  if (document->is_xml &&
      (!part->is_quoted || memchr(part->value.data, '<', part->value.size))) {
    return CRATE_MALFORMED;
  }
  CRATE_TRY(crate_html_decode(&document->arena, part->value, CRATE_HTML_VALUE,
                              document->is_xml, &value));
  element->attributes[element->attribute_count++] =
    (CrateHtmlAttribute){name, value};
  return CRATE_OK;
}

CrateStatus
crate_html_add_attributes(CrateHtmlBuilder *builder,
                          const CrateHtmlToken *tag,
                          CrateHtml *element)
{
  size_t count = 0;
  CrateHtmlPart part;
  for (CrateText rest = tag->text; crate_html_next_attribute(&rest, &part);) {
    ++count;
  }
  count += element->attribute_count;
  if (count > CRATE_HTML_MOST_ATTRIBUTES) {
    const CrateDiagnostic place = place_of(builder, tag->at);
    return crate_world_say(builder->document->world, CRATE_OVER_LIMIT, &place,
                           "more than the %u attributes an element may have",
                           CRATE_HTML_MOST_ATTRIBUTES);
  }
  if (count == element->attribute_count) {
    return CRATE_OK;
  }
  CrateArena *const arena = &builder->document->arena;
  CrateHtmlAttribute *const all = crate_arena_array(arena, count, sizeof *all);
  if (!all) {
    return crate_arena_status(arena);
  }
  for (uint32_t i = 0; i < element->attribute_count; ++i) {
    all[i] = element->attributes[i];
  }
  element->attributes = all;
  for (CrateText rest = tag->text; crate_html_next_attribute(&rest, &part);) {
    CRATE_TRY(take_attribute(builder, &part, element));
  }
  return CRATE_OK;
}

CrateStatus
crate_html_name(CrateHtmlBuilder *builder,
                const CrateHtmlToken *tag,
                CrateHtml *out)
{
  CRATE_TRY(take_name(builder, tag->name, &out->name));
  out->traits = crate_html_traits(out->name);
  return CRATE_OK;
}

CrateStatus
crate_html_make(CrateHtmlBuilder *builder,
                const CrateHtmlToken *tag,
                CrateHtml **out)
{
  CRATE_TRY(make_node(builder, tag->at, out));
  CRATE_TRY(crate_html_name(builder, tag, *out));
  return crate_html_add_attributes(builder, tag, *out);
}

CrateStatus
crate_html_make_implied(CrateHtmlBuilder *builder,
                        const char *name,
                        const char *at,
                        CrateHtml **out)
{
  CRATE_TRY(make_node(builder, at, out));
  (*out)->name = crate_text(name);
  (*out)->traits = crate_html_traits((*out)->name);
  return CRATE_OK;
}

CrateStatus
crate_html_make_text(CrateHtmlBuilder *builder,
                     CrateText raw,
                     CrateHtmlSort sort,
                     CrateHtml **out)
{
  CRATE_TRY(make_node(builder, raw.data, out));
  return crate_html_decode(&builder->document->arena, raw, sort,
                           builder->document->is_xml, &(*out)->text);
}

void
crate_html_insert(CrateHtml *parent, CrateHtml *before, CrateHtml *node)
{
  node->parent = parent;
  node->next = before;
  node->previous = before ? before->previous : parent->last;
  *(node->previous ? &node->previous->next : &parent->first) = node;
  *(before ? &before->previous : &parent->last) = node;
}

CrateStatus
crate_html_open(CrateHtmlBuilder *builder, CrateHtml *element)
{
  const CrateWorld *const world = builder->document->world;
  if (builder->count >= world->limits.depth) {
    const CrateDiagnostic place =
      place_of(builder, builder->document->bytes.data + element->offset);
    return crate_world_say(world, CRATE_OVER_LIMIT, &place,
                           "elements nested more than %u deep",
                           (unsigned)world->limits.depth);
  }
  CRATE_TRY(crate_world_reserve(world, &builder->open, &builder->capacity,
                                builder->count + 1u, sizeof *builder->open));
  builder->open[builder->count++] = element;
  return CRATE_OK;
}

/// Whether a page says that it is XHTML: it begins as XML does, or its root is
/// in XHTML's namespace.
static bool
says_xml(CrateHtmlDocument *document)
{
  CrateText rest = document->bytes;
  CrateHtmlToken token;
  do {
    const CrateText before = rest;
    crate_html_next_token(&rest, true, &token);
    if (crate_text_starts(before, CRATE_TEXT("<?xml"))) {
      return true;
    }
  } while (token.kind == CRATE_HTML_TEXT || token.kind == CRATE_HTML_OTHER);
  CrateHtmlPart part;
  while (crate_html_next_attribute(&token.text, &part)) {
    if (crate_text_is(part.name, "xmlns")) {
      return true;
    }
  }
  return false;
}

static CrateStatus
build(CrateHtmlDocument *document,
      CrateStatus (*rules)(CrateHtmlBuilder *builder))
{
  CrateHtmlBuilder builder = {.document = document, .rest = document->bytes};
  const CrateStatus status = rules(&builder);
  crate_world_release(document->world, builder.open);
  document->root = builder.html;
  return status;
}

CrateStatus
crate_html_read(const CrateWorld *world,
                CrateText name,
                CrateText bytes,
                CrateHtmlDocument *document)
{
  *document = (CrateHtmlDocument){
    .world = world, .name = name, .bytes = bytes.data ? bytes : CRATE_TEXT("")};
  crate_arena_init(&document->arena, world);
  const size_t most = world->limits.document_bytes;
  if (bytes.size > most) {
    const CrateDiagnostic place = {.file = name,
                                   .code = CRATE_TEXT(CRATE_HTML_CODE)};
    return crate_world_say(world, CRATE_OVER_LIMIT, &place,
                           "larger than the %zu bytes a document may have",
                           most);
  }
  CRATE_TRY(crate_html_decode_bytes(document));
  if (says_xml(document)) {
    const CrateArenaMark mark = crate_arena_mark(&document->arena);
    document->is_xml = true;
    const CrateStatus status = build(document, crate_html_build_xml);
    if (status != CRATE_MALFORMED) {
      return status;
    }
    document->is_xml = document->is_xhtml1 = false;
    crate_arena_rewind(&document->arena, mark);
  }
  return build(document, crate_html_build);
}

void
crate_html_clear(CrateHtmlDocument *document)
{
  crate_arena_clear(&document->arena);
  document->root = NULL;
}
