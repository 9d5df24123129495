// SPDX-License-Identifier: Apache-2.0
// The reader: one pass over the bytes, no recursion. Section numbers are of
// RFC 8259.
#include "json/duplicates.h"
#include "json/string.h"

/// A container that is still open.
typedef struct {
  CrateJson *container;
  CrateJson *last; // newest child, NULL for none
} Frame;

typedef struct {
  CrateJsonDocument *document;
  const char *at, *end;
  Frame *stack;
  size_t depth, capacity;
  CrateStringReader strings;
} Reader;

static CrateStatus
refuse(const Reader *reader, const char *at, const char *expected)
{
  const CrateJsonDocument *const document = reader->document;
  const size_t offset = (size_t)(at - document->bytes.data);
  const CratePlace place = crate_json_place(document, (uint32_t)offset);
  const CrateDiagnostic where = {.file = document->name,
                                 .line = place.line,
                                 .column = place.column,
                                 .code = CRATE_TEXT("invalid-json")};
  if (at >= reader->end) {
    return crate_world_say(document->world, CRATE_MALFORMED, &where,
                           "the document ends here; expected %s", expected);
  }
  return crate_world_say(document->world, CRATE_MALFORMED, &where,
                         "expected %s", expected);
}

static CrateStatus
refuse_limit(const Reader *reader, const char *what)
{
  const CrateJsonDocument *const document = reader->document;
  const size_t offset = (size_t)(reader->at - document->bytes.data);
  const CratePlace place = crate_json_place(document, (uint32_t)offset);
  const CrateDiagnostic where = {.file = document->name,
                                 .line = place.line,
                                 .column = place.column,
                                 .code = CRATE_TEXT("over-limit")};
  return crate_world_say(document->world, CRATE_OVER_LIMIT, &where, "%s", what);
}

static inline void
skip_space(Reader *reader)
{
  const char *at = reader->at;
  while (at < reader->end &&
         (*at == ' ' || *at == '\n' || *at == '\r' || *at == '\t')) {
    ++at;
  }
  reader->at = at;
}

static inline uint32_t
offset_of(const Reader *reader, const char *at)
{
  return (uint32_t)(at - reader->document->bytes.data);
}

/// A new value hung below the innermost open container, or made the root.
static inline CrateStatus
hang(Reader *reader,
     CrateJsonKind kind,
     CrateText text,
     const char *at,
     CrateJson **out)
{
  CrateArena *const arena = &reader->document->arena;
  CrateJson *const value =
    (CrateJson *)crate_arena_allocate(arena, sizeof(CrateJson));
  if (!value) {
    return crate_arena_status(arena);
  }
  value->next = NULL;
  value->text = text.data;
  value->kind = (uint32_t)kind & 0xFu;
  value->size = (uint32_t)text.size & CRATE_JSON_MAX_SIZE;
  value->offset = offset_of(reader, at);
  *out = value;
  if (!reader->depth) {
    reader->document->root = value;
    return CRATE_OK;
  }
  Frame *const top = &reader->stack[reader->depth - 1u];
  if (top->last) {
    top->last->next = value;
  } else {
    top->container->first = value;
  }
  top->last = value;
  return CRATE_OK;
}

static CrateStatus
read_string(Reader *reader, CrateJson **out)
{
  const char *const start = reader->at;
  CrateText text;
  const char *expected = NULL;
  const CrateStatus st =
    crate_string_read(&reader->strings, &reader->at, &text, &expected);
  if (st == CRATE_MALFORMED) {
    return refuse(reader, reader->at, expected);
  }
  if (st) {
    return st;
  }
  if (text.size > CRATE_JSON_MAX_SIZE) {
    return refuse_limit(reader, "string of more than 256 MiB");
  }
  return hang(reader, CRATE_JSON_STRING, text, start, out);
}

static const char *
skip_digits(const char *at, const char *end)
{
  while (at < end && *at >= '0' && *at <= '9') {
    ++at;
  }
  return at;
}

/// Section 6.
static CrateStatus
read_number(Reader *reader)
{
  const char *const start = reader->at;
  const char *const end = reader->end;
  const char *at = start + (*start == '-');
  const char *const whole = at;
  at = skip_digits(at, end);
  if (at == whole) {
    return refuse(reader, at, "a digit");
  }
  if (*whole == '0' && at - whole > 1) {
    return refuse(reader, whole, "a number without leading zeros");
  }
  if (at < end && *at == '.') {
    const char *const fraction = ++at;
    at = skip_digits(at, end);
    if (at == fraction) {
      return refuse(reader, at, "a digit after the decimal point");
    }
  }
  if (at < end && (*at == 'e' || *at == 'E')) {
    ++at;
    at += at < end && (*at == '+' || *at == '-');
    const char *const exponent = at;
    at = skip_digits(at, end);
    if (at == exponent) {
      return refuse(reader, at, "a digit of the exponent");
    }
  }
  const CrateText lexeme = {start, (size_t)(at - start)};
  if (lexeme.size > CRATE_JSON_MAX_SIZE) {
    return refuse_limit(reader, "number of more than 256 MiB");
  }
  reader->at = at;
  CrateJson *value = NULL;
  return hang(reader, CRATE_JSON_NUMBER, lexeme, start, &value);
}

/// Section 3: true, false, null.
static CrateStatus
read_word(Reader *reader)
{
  static const struct {
    CrateText word;
    CrateJsonKind kind;
  } words[] = {
    {{"true", 4}, CRATE_JSON_TRUE},
    {{"false", 5}, CRATE_JSON_FALSE},
    {{"null", 4}, CRATE_JSON_NULL},
  };
  const CrateText rest = {reader->at, (size_t)(reader->end - reader->at)};
  for (size_t i = 0; i < sizeof(words) / sizeof(*words); ++i) {
    if (crate_text_starts(rest, words[i].word)) {
      CrateJson *value = NULL;
      const CrateText none = {NULL, 0};
      CRATE_TRY(hang(reader, words[i].kind, none, reader->at, &value));
      reader->at += words[i].word.size;
      return CRATE_OK;
    }
  }
  return refuse(reader, reader->at, "a JSON value");
}

static CrateStatus
open_container(Reader *reader, CrateJsonKind kind)
{
  const CrateWorld *const world = reader->document->world;
  if (reader->depth >= world->limits.depth) {
    return refuse_limit(reader, "values are nested too deeply");
  }
  CrateJson *value = NULL;
  const CrateText none = {NULL, 0};
  CRATE_TRY(hang(reader, kind, none, reader->at, &value));
  CRATE_TRY(crate_world_reserve(world, &reader->stack, &reader->capacity,
                                reader->depth + 1u, sizeof(Frame)));
  reader->stack[reader->depth++] = (Frame){value, NULL};
  ++reader->at;
  return CRATE_OK;
}

static CrateStatus
close_container(Reader *reader)
{
  CrateJson *const closed = reader->stack[--reader->depth].container;
  ++reader->at;
  return closed->kind == CRATE_JSON_OBJECT
           ? crate_json_find_duplicate(reader->document, closed)
           : CRATE_OK;
}

static CrateStatus
read_value(Reader *reader)
{
  if (reader->at == reader->end) {
    return refuse(reader, reader->at, "a JSON value");
  }
  const char c = *reader->at;
  CrateJson *value = NULL;
  switch (c) {
    case '"':
      return read_string(reader, &value);
    case '{':
      return open_container(reader, CRATE_JSON_OBJECT);
    case '[':
      return open_container(reader, CRATE_JSON_ARRAY);
    default:
      return c == '-' || (c >= '0' && c <= '9') ? read_number(reader)
                                                : read_word(reader);
  }
}

/// Between the opening brace or a comma and the member's value: section 4.
static CrateStatus
read_key(Reader *reader)
{
  if (reader->at == reader->end || *reader->at != '"') {
    return refuse(reader, reader->at, "a member name in double quotes");
  }
  CrateJson *key = NULL;
  CRATE_TRY(read_string(reader, &key));
  skip_space(reader);
  if (reader->at == reader->end || *reader->at != ':') {
    return refuse(reader, reader->at, "':' after the member name");
  }
  ++reader->at;
  skip_space(reader);
  return CRATE_OK;
}

/// One child of the innermost container, or its end.
static CrateStatus
read_child(Reader *reader)
{
  Frame *const top = &reader->stack[reader->depth - 1u];
  const bool object = top->container->kind == CRATE_JSON_OBJECT;
  const char closing = object ? '}' : ']';
  skip_space(reader);
  if (reader->at < reader->end && *reader->at == closing) {
    return close_container(reader);
  }
  if (top->last) {
    if (reader->at == reader->end || *reader->at != ',') {
      return refuse(reader, reader->at, object ? "',' or '}'" : "',' or ']'");
    }
    ++reader->at;
    skip_space(reader);
  }
  if (top->container->size == CRATE_JSON_MAX_SIZE) {
    return refuse_limit(reader, "more than 268435455 children");
  }
  top->container->size = (top->container->size + 1u) & CRATE_JSON_MAX_SIZE;
  if (object) {
    CRATE_TRY(read_key(reader));
  }
  return read_value(reader);
}

/// Section 8.1: UTF-8; a byte order mark may be ignored.
static CrateStatus
check_encoding(Reader *reader)
{
  const CrateText bytes = reader->document->bytes;
  const size_t valid = crate_text_utf8_span(bytes);
  if (valid < bytes.size) {
    const CratePlace place =
      crate_json_place(reader->document, (uint32_t)valid);
    const CrateDiagnostic where = {.file = reader->document->name,
                                   .line = place.line,
                                   .column = place.column,
                                   .code = CRATE_TEXT("invalid-utf-8")};
    return crate_world_say(reader->document->world, CRATE_MALFORMED, &where,
                           "byte 0x%02X is not UTF-8; save the document as "
                           "UTF-8",
                           (unsigned)(unsigned char)bytes.data[valid]);
  }
  if (crate_text_starts(bytes, CRATE_TEXT("\xEF\xBB\xBF"))) {
    reader->at += 3;
  }
  return CRATE_OK;
}

static CrateStatus
read_document(Reader *reader)
{
  CRATE_TRY(check_encoding(reader));
  skip_space(reader);
  CRATE_TRY(read_value(reader));
  while (reader->depth) {
    CRATE_TRY(read_child(reader));
  }
  skip_space(reader);
  return reader->at == reader->end
           ? CRATE_OK
           : refuse(reader, reader->at, "the end of the document");
}

CrateStatus
crate_json_read(const CrateWorld *world,
                CrateText name,
                CrateText bytes,
                CrateJsonDocument *document)
{
  *document = (CrateJsonDocument){.world = world, .name = name, .bytes = bytes};
  crate_arena_init(&document->arena, world);
  if (!bytes.data) {
    document->bytes = CRATE_TEXT("");
  }
  if (bytes.size > world->limits.document_bytes || bytes.size >= UINT32_MAX) {
    const CrateDiagnostic where = {.file = name,
                                   .code = CRATE_TEXT("over-limit")};
    return crate_world_say(world, CRATE_OVER_LIMIT, &where,
                           "%zu bytes are more than a document may have",
                           bytes.size);
  }
  Reader reader = {.document = document,
                   .at = document->bytes.data,
                   .end = document->bytes.data + bytes.size};
  crate_string_reader_init(&reader.strings, &document->arena, reader.end);
  const CrateStatus st = read_document(&reader);
  crate_world_release(world, reader.stack);
  if (st) {
    document->root = NULL;
  }
  return st;
}

void
crate_json_clear(CrateJsonDocument *document)
{
  if (document->world) {
    crate_arena_clear(&document->arena);
  }
  document->root = NULL;
  document->first_duplicate = NULL;
}
