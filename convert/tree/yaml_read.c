// SPDX-License-Identifier: Apache-2.0
// YAML as a tree, from the events of libyaml.
#include "convert/tree/yaml_words.h"
#include <cratekit/map.h>
#include <yaml.h>

/// Values that aliases may stand for, all together.
#define MOST_COPIES 100000u

typedef struct Anchor Anchor;
struct Anchor {
  Anchor *older;
  CrateText name;
  const CrateTree *first, *last; ///< Of an array, its items; NULL: it is empty.
  bool open;                     ///< Its end has not been seen.
};

typedef struct {
  const CrateWorld *world;
  CrateText name, bytes;
  CrateArena *arena;
  yaml_parser_t parser;
  yaml_event_t event;
  bool has_event;
  size_t character, byte; ///< Two names of one place.
  uint32_t depth;
  size_t copies, mappings;
  Anchor *anchors;  ///< Newest first.
  CrateMap keys;    ///< Of all mappings, each after its mapping's number.
  CrateBuffer line; ///< One of them in the making.
} Reader;

static CrateStatus read_value(Reader *reader, CrateTree *parent, CrateText key);

static CrateStatus
say_at(const Reader *reader,
       CrateStatus status,
       const yaml_mark_t *mark,
       const char *what)
{
  const CrateDiagnostic place = {.file = reader->name,
                                 .line = (uint32_t)mark->line + 1,
                                 .column = (uint32_t)mark->column + 1,
                                 .code = CRATE_TEXT("invalid-yaml")};
  return crate_world_say(reader->world, status, &place, "%s", what);
}

static CrateStatus
say(const Reader *reader, CrateStatus status, const char *what)
{
  return say_at(reader, status, &reader->event.start_mark, what);
}

static CrateStatus
next_event(Reader *reader)
{
  if (reader->has_event) {
    yaml_event_delete(&reader->event);
  }
  reader->has_event = yaml_parser_parse(&reader->parser, &reader->event);
  if (reader->has_event) {
    return CRATE_OK;
  }
  const yaml_parser_t *const parser = &reader->parser;
  return parser->error == YAML_MEMORY_ERROR
           ? CRATE_NO_MEMORY
           : say_at(reader, CRATE_MALFORMED,
                    parser->error == YAML_READER_ERROR ? &parser->mark
                                                       : &parser->problem_mark,
                    parser->problem ? parser->problem : "not YAML");
}

/// The byte where the event starts. libyaml counts characters, and events come
/// in order.
static uint32_t
origin_of(Reader *reader)
{
  const size_t wanted = reader->event.start_mark.index;
  while (reader->character < wanted && reader->byte < reader->bytes.size) {
    ++reader->byte;
    while (reader->byte < reader->bytes.size &&
           ((unsigned char)reader->bytes.data[reader->byte] & 0xC0u) == 0x80u) {
      ++reader->byte;
    }
    ++reader->character;
  }
  return (uint32_t)reader->byte;
}

static CrateText
text_of(const unsigned char *bytes)
{
  return crate_text((const char *)bytes);
}

static CrateStatus
copy(const Reader *reader, CrateText text, CrateText *out)
{
  return crate_arena_copy(reader->arena, text, out);
}

/// A value under a key, from the event of the moment.
static CrateStatus
add(Reader *reader,
    CrateTree *parent,
    CrateTreeKind kind,
    CrateText key,
    CrateText text,
    CrateTree **out)
{
  CrateText kept = {NULL, 0};
  CRATE_TRY(copy(reader, text, &kept));
  *out =
    crate_tree_add(reader->arena, parent, kind, key, kept, origin_of(reader));
  return *out ? CRATE_OK : crate_arena_status(reader->arena);
}

/// What an anchor names starts here; NULL when the value has none.
static CrateStatus
open_anchor(Reader *reader, const unsigned char *name, Anchor **out)
{
  *out = NULL;
  if (!name) {
    return CRATE_OK;
  }
  Anchor *const anchor =
    (Anchor *)crate_arena_array(reader->arena, 1, sizeof(Anchor));
  if (!anchor) {
    return crate_arena_status(reader->arena);
  }
  *anchor = (Anchor){.older = reader->anchors, .open = true};
  CRATE_TRY(copy(reader, text_of(name), &anchor->name));
  reader->anchors = anchor;
  *out = anchor;
  return CRATE_OK;
}

/// What it names is what came after `before` under the parent.
static void
close_anchor(Anchor *anchor, const CrateTree *parent, const CrateTree *before)
{
  if (anchor) {
    anchor->open = false;
    anchor->first = before ? before->next : parent->first;
    anchor->last = parent->last;
  }
}

static CrateStatus
copy_tree(Reader *reader,
          const CrateTree *from,
          CrateTree *parent,
          CrateText key)
{
  if (++reader->copies > MOST_COPIES) {
    return say(reader, CRATE_OVER_LIMIT, "aliases stand for too many values");
  }
  CrateTree *const tree = crate_tree_add(reader->arena, parent, from->kind, key,
                                         from->text, from->origin);
  if (!tree) {
    return crate_arena_status(reader->arena);
  }
  for (const CrateTree *child = from->first; child; child = child->next) {
    CRATE_TRY(copy_tree(reader, child, tree, child->key));
  }
  return CRATE_OK;
}

static CrateStatus
read_alias(Reader *reader, CrateTree *parent, CrateText key)
{
  const CrateText name = text_of(reader->event.data.alias.anchor);
  const Anchor *anchor = reader->anchors;
  while (anchor && !crate_text_equal(anchor->name, name)) {
    anchor = anchor->older;
  }
  if (!anchor || anchor->open) {
    return say(reader, CRATE_MALFORMED,
               anchor ? "an alias inside of what it stands for"
                      : "an alias without an anchor before it");
  }
  const CrateTree *tree = anchor->first;
  CrateStatus status = tree ? copy_tree(reader, tree, parent, key) : CRATE_OK;
  while (!status && tree != anchor->last) {
    tree = tree->next;
    status = copy_tree(reader, tree, parent, key);
  }
  return status;
}

/// A word of many spellings, in that of JSON.
static CrateText
spelled(CrateTreeKind kind, CrateText text)
{
  return kind == CRATE_TREE_NULL        ? CRATE_TEXT("null")
         : kind != CRATE_TREE_BOOLEAN   ? text
         : (text.data[0] | 0x20) == 't' ? CRATE_TEXT("true")
                                        : CRATE_TEXT("false");
}

static CrateStatus
read_scalar(Reader *reader, CrateTree *parent, CrateText key)
{
  const CrateText text = {(const char *)reader->event.data.scalar.value,
                          reader->event.data.scalar.length};
  const CrateTreeKind kind = reader->event.data.scalar.plain_implicit
                               ? crate_yaml_kind(text)
                               : CRATE_TREE_STRING;
  const CrateTree *const before = parent->last;
  CrateTree *tree = NULL;
  Anchor *anchor = NULL;
  CRATE_TRY(open_anchor(reader, reader->event.data.scalar.anchor, &anchor));
  CRATE_TRY(add(reader, parent, kind, key, spelled(kind, text), &tree));
  close_anchor(anchor, parent, before);
  return CRATE_OK;
}

/// Keep a key of a mapping, which is new to it.
static CrateStatus
keep_key(Reader *reader, size_t mapping, CrateText key)
{
  CrateText line;
  reader->line.size = 0;
  crate_buffer_print(&reader->line, "%zu:", mapping);
  crate_buffer_add(&reader->line, key);
  CRATE_TRY(crate_buffer_status(&reader->line));
  if (crate_map_get(&reader->keys, crate_buffer_text(&reader->line), NULL)) {
    return say(reader, CRATE_MALFORMED, "a key that was there before");
  }
  CRATE_TRY(copy(reader, crate_buffer_text(&reader->line), &line));
  return crate_map_put(&reader->keys, line, 1);
}

static CrateStatus
read_pair(Reader *reader, size_t mapping, CrateTree *node)
{
  CrateText key = {NULL, 0};
  if (reader->event.type != YAML_SCALAR_EVENT) {
    return say(reader, CRATE_UNSUPPORTED, "expected a key that is a text");
  }
  CRATE_TRY(copy(reader,
                 (CrateText){(const char *)reader->event.data.scalar.value,
                             reader->event.data.scalar.length},
                 &key));
  CRATE_TRY(keep_key(reader, mapping, key));
  CRATE_TRY(next_event(reader));
  return read_value(reader, node, key);
}

static CrateStatus
read_mapping(Reader *reader, CrateTree *parent, CrateText key)
{
  const CrateTree *const before = parent->last;
  const size_t mapping = ++reader->mappings;
  CrateTree *node = NULL;
  Anchor *anchor = NULL;
  CRATE_TRY(
    open_anchor(reader, reader->event.data.mapping_start.anchor, &anchor));
  CRATE_TRY(
    add(reader, parent, CRATE_TREE_NODE, key, (CrateText){NULL, 0}, &node));
  CRATE_TRY(next_event(reader));
  while (reader->event.type != YAML_MAPPING_END_EVENT) {
    CRATE_TRY(read_pair(reader, mapping, node));
    CRATE_TRY(next_event(reader));
  }
  close_anchor(anchor, parent, before);
  return CRATE_OK;
}

/// The items, each under the key. Of an array in an array, the inner one is a
/// node with items that have no key.
static CrateStatus
read_sequence(Reader *reader, CrateTree *parent, CrateText key)
{
  const CrateTree *const before = parent->last;
  Anchor *anchor = NULL;
  CRATE_TRY(
    open_anchor(reader, reader->event.data.sequence_start.anchor, &anchor));
  CRATE_TRY(next_event(reader));
  while (reader->event.type != YAML_SEQUENCE_END_EVENT) {
    CrateTree *inner = parent;
    const bool nested = reader->event.type == YAML_SEQUENCE_START_EVENT;
    if (nested) {
      CRATE_TRY(add(reader, parent, CRATE_TREE_NODE, key, (CrateText){NULL, 0},
                    &inner));
    }
    CRATE_TRY(read_value(reader, inner, nested ? (CrateText){NULL, 0} : key));
    CRATE_TRY(next_event(reader));
  }
  close_anchor(anchor, parent, before);
  return CRATE_OK;
}

static CrateStatus
read_value(Reader *reader, CrateTree *parent, CrateText key)
{
  if (reader->depth >= reader->world->limits.depth) {
    return say(reader, CRATE_OVER_LIMIT, "nested too deep");
  }
  ++reader->depth;
  const CrateStatus status =
    reader->event.type == YAML_SCALAR_EVENT  ? read_scalar(reader, parent, key)
    : reader->event.type == YAML_ALIAS_EVENT ? read_alias(reader, parent, key)
    : reader->event.type == YAML_MAPPING_START_EVENT
      ? read_mapping(reader, parent, key)
      : read_sequence(reader, parent, key);
  --reader->depth;
  return status;
}

static CrateStatus
read_document(Reader *reader, CrateTree **out)
{
  do {
    CRATE_TRY(next_event(reader));
  } while (reader->event.type == YAML_STREAM_START_EVENT ||
           reader->event.type == YAML_DOCUMENT_START_EVENT);
  if (reader->event.type != YAML_MAPPING_START_EVENT) {
    return say(reader, CRATE_MALFORMED, "expected keys and values");
  }
  CrateTree top = {.kind = CRATE_TREE_NODE};
  CRATE_TRY(read_value(reader, &top, (CrateText){NULL, 0}));
  *out = top.first;
  CRATE_TRY(next_event(reader)); // the document's end
  CRATE_TRY(next_event(reader));
  return reader->event.type == YAML_STREAM_END_EVENT
           ? CRATE_OK
           : say(reader, CRATE_UNSUPPORTED, "expected one document");
}

/// What is YAML of a page of Markdown: all up to a second line of dashes.
static CrateText
front_matter(CrateText bytes)
{
  if (!crate_text_starts(bytes, CRATE_TEXT("---"))) {
    return bytes;
  }
  for (size_t at = crate_text_find(bytes, '\n'); at < bytes.size;) {
    const CrateText rest = crate_text_slice(bytes, at + 1, bytes.size);
    const CrateText line =
      crate_text_slice(rest, 0, crate_text_find(rest, '\n'));
    if (crate_text_is(line, "---") || crate_text_is(line, "---\r")) {
      return crate_text_slice(bytes, 0, at + 1);
    }
    at += 1 + line.size;
  }
  return bytes;
}

CrateStatus
crate_tree_read_yaml(const CrateWorld *world,
                     CrateText name,
                     CrateText bytes,
                     CrateArena *arena,
                     CrateTree **out)
{
  Reader reader = {
    .world = world, .name = name, .bytes = front_matter(bytes), .arena = arena};
  if (bytes.size > world->limits.document_bytes) {
    return CRATE_OVER_LIMIT;
  }
  if (!yaml_parser_initialize(&reader.parser)) {
    return CRATE_NO_MEMORY;
  }
  yaml_parser_set_encoding(&reader.parser, YAML_UTF8_ENCODING);
  yaml_parser_set_input_string(
    &reader.parser,
    (const unsigned char *)(reader.bytes.data ? reader.bytes.data : ""),
    reader.bytes.size);
  crate_map_init(&reader.keys, world);
  crate_buffer_init(&reader.line, world);
  const CrateStatus status = read_document(&reader, out);
  crate_buffer_clear(&reader.line);
  crate_map_clear(&reader.keys);
  if (reader.has_event) {
    yaml_event_delete(&reader.event);
  }
  yaml_parser_delete(&reader.parser);
  return status;
}
