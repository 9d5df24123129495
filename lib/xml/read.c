// SPDX-License-Identifier: Apache-2.0
// The reader of XML 1.0 (fifth edition) and Namespaces in XML 1.0 (third
// edition). Numbers in brackets are those of XML's grammar. A document type is
// refused, and with it what it could declare.
#include "rdf/xml_text.h"
#include "xml/decode.h"
#include <stdlib.h>

typedef struct Reader {
  CrateXmlDocument *document;
  CrateXmlScope scope;
  CrateXml *element; ///< The one we are in.
  CrateXml **end;    ///< Where its next child goes.
  unsigned depth;
  CrateXmlAttribute **sorted; ///< Attributes of one element.
  size_t capacity;
  CrateText rest; ///< What is still to be read.
} Reader;

void
crate_xml_place(const CrateXmlDocument *document,
                uint32_t offset,
                CrateDiagnostic *place)
{
  const CrateText before = crate_text_slice(document->bytes, 0, offset);
  place->line = 1;
  place->column = 1;
  for (size_t i = 0; i < before.size; ++i) {
    place->column = before.data[i] == '\n' ? 1 : place->column + 1;
    place->line += before.data[i] == '\n';
  }
}

CrateStatus
crate_xml_expected(const CrateXmlDocument *document,
                   uint32_t offset,
                   const char *code,
                   const char *what)
{
  CrateDiagnostic place = {.file = document->name, .code = crate_text(code)};
  crate_xml_place(document, offset, &place);
  return crate_world_say(document->world, CRATE_MALFORMED, &place,
                         "expected %s", what);
}

static uint32_t
offset_of(const Reader *reader, const char *at)
{
  return crate_xml_offset(reader->document, at);
}

static CrateStatus
expected_at(const Reader *reader, const char *at, const char *what)
{
  return crate_xml_expected(reader->document, offset_of(reader, at),
                            CRATE_XML_CODE, what);
}

static CrateStatus
expected(const Reader *reader, const char *what)
{
  return expected_at(reader, reader->rest.data, what);
}

static void
skip(Reader *reader, size_t size)
{
  reader->rest = crate_text_slice(reader->rest, size, reader->rest.size);
}

/// Go past white space; whether there was any.
static bool
skip_space(Reader *reader)
{
  const size_t size = crate_xml_space_span(reader->rest);
  skip(reader, size);
  return size;
}

/// Go past a text if it stands here.
static bool
take(Reader *reader, const char *what)
{
  const bool here = crate_text_starts(reader->rest, crate_text(what));
  skip(reader, here ? strlen(what) : 0);
  return here;
}

/// The text up to a mark, and past both; `what` when it is missing.
static CrateStatus
take_until(Reader *reader, const char *mark, const char *what, CrateText *out)
{
  const CrateText rest = reader->rest;
  const char *const found =
    rest.size ? memmem(rest.data, rest.size, mark, strlen(mark)) : NULL;
  if (!found) {
    return expected(reader, what);
  }
  *out = crate_text_slice(rest, 0, (size_t)(found - rest.data));
  skip(reader, out->size + strlen(mark));
  return CRATE_OK;
}

/// A new node within the element we are in.
static CrateStatus
add_node(Reader *reader, const CrateXml *like, CrateXml **out)
{
  CrateArena *const arena = &reader->document->arena;
  CrateXml *const node = crate_arena_allocate(arena, sizeof(*node));
  if (!node) {
    return crate_arena_status(arena);
  }
  *node = *like;
  node->parent = reader->element;
  *reader->end = node;
  reader->end = &node->next;
  *out = node;
  return CRATE_OK;
}

static CrateStatus
add_text(Reader *reader, CrateText raw, CrateXmlSort sort)
{
  CrateXml *ignored = NULL;
  CrateXml node = {.offset = offset_of(reader, raw.data)};
  CRATE_TRY(crate_xml_decode(reader->document, raw, sort, &node.text));
  return node.text.size ? add_node(reader, &node, &ignored) : CRATE_OK;
}

/// QName [Namespaces 7]: `whole` is a view of all of it.
static CrateStatus
take_name(Reader *reader, CrateText *prefix, CrateText *local, CrateText *whole)
{
  const CrateText rest = reader->rest;
  size_t size = crate_xml_name_span(rest);
  *prefix = (CrateText){NULL, 0};
  *local = crate_text_slice(rest, 0, size);
  if (size && size < rest.size && rest.data[size] == ':') {
    const CrateText behind = crate_text_slice(rest, size + 1, rest.size);
    *prefix = *local;
    *local = crate_text_slice(behind, 0, crate_xml_name_span(behind));
    size += 1 + local->size;
  }
  if (!local->size) {
    return expected(reader, "a name, with one prefix at most");
  }
  *whole = crate_text_slice(rest, 0, size);
  skip(reader, size);
  return CRATE_OK;
}

/// AttValue [10]
static CrateStatus
take_value(Reader *reader, CrateText *out)
{
  const char quote[] = {reader->rest.size ? *reader->rest.data : '\0', '\0'};
  if (*quote != '"' && *quote != '\'') {
    return expected(reader, "a value in quotes");
  }
  skip(reader, 1);
  CRATE_TRY(take_until(reader, quote, "the quote that ends this value", out));
  const size_t less = crate_text_find(*out, '<');
  return less < out->size
           ? expected_at(reader, out->data + less, "&lt; instead of '<'")
           : crate_xml_decode(reader->document, *out, CRATE_XML_VALUE, out);
}

/// What Namespaces in XML says of the names that are its own.
static bool
may_bind(CrateText prefix, CrateText iri)
{
  const bool xml = crate_text_is(prefix, "xml");
  return !crate_text_is(prefix, "xmlns") && (iri.size || !prefix.size) &&
         xml == crate_text_is(iri, CRATE_XML_NAMESPACE) &&
         !crate_text_is(iri, "http://www.w3.org/2000/xmlns/");
}

static CrateStatus
add_binding(Reader *reader, CrateXml *element, CrateText prefix, CrateText iri)
{
  CrateArena *const arena = &reader->document->arena;
  CrateXmlBinding *const binding =
    crate_arena_allocate(arena, sizeof(*binding));
  if (!binding) {
    return crate_arena_status(arena);
  }
  *binding = (CrateXmlBinding){
    .next = element->bindings, .owner = element, .prefix = prefix, .iri = iri};
  element->bindings = binding;
  return CRATE_OK;
}

/// Attribute [41]; of its name, the prefix stays in `space` for now.
static CrateStatus
take_attribute(Reader *reader, CrateXml *element, CrateXmlAttribute ***end)
{
  CrateText prefix = {NULL, 0}, local = {NULL, 0}, whole = {NULL, 0};
  CrateText value = {NULL, 0};
  CRATE_TRY(take_name(reader, &prefix, &local, &whole));
  skip_space(reader);
  if (!take(reader, "=")) {
    return expected(reader, "'=' and the value of this attribute");
  }
  skip_space(reader);
  CRATE_TRY(take_value(reader, &value));
  const bool fallback = crate_text_is(whole, "xmlns");
  if (fallback || crate_text_is(prefix, "xmlns")) {
    const CrateText bound = fallback ? prefix : local;
    return may_bind(bound, value)
             ? add_binding(reader, element, bound, value)
             : expected_at(reader, whole.data,
                           "a prefix and a namespace that may go together");
  }
  CrateArena *const arena = &reader->document->arena;
  CrateXmlAttribute *const attribute =
    crate_arena_allocate(arena, sizeof(*attribute));
  if (!attribute) {
    return crate_arena_status(arena);
  }
  *attribute = (CrateXmlAttribute){.name = {prefix, local},
                                   .value = value,
                                   .offset = offset_of(reader, whole.data)};
  **end = attribute;
  *end = &attribute->next;
  return CRATE_OK;
}

static CrateStatus
resolve(Reader *reader, const char *at, CrateText prefix, CrateText *space)
{
  return crate_xml_scope_find(&reader->scope, prefix, space)
           ? CRATE_OK
           : expected_at(reader, at, "a prefix that is declared");
}

static int
compare_attributes(const void *first, const void *second)
{
  const CrateXmlAttribute *const a = *(CrateXmlAttribute *const *)first;
  const CrateXmlAttribute *const b = *(CrateXmlAttribute *const *)second;
  const int order = crate_text_compare(a->name.local, b->name.local);
  return order ? order : crate_text_compare(a->name.space, b->name.space);
}

/// Names of attributes in full, none of them twice [Namespaces 6.3].
static CrateStatus
resolve_attributes(Reader *reader, CrateXml *element)
{
  size_t count = 0;
  const char *const bytes = reader->document->bytes.data;
  for (CrateXmlAttribute *a = element->attributes; a; a = a->next) {
    const CrateText prefix = a->name.space;
    CRATE_TRY(crate_world_reserve(reader->document->world, &reader->sorted,
                                  &reader->capacity, count + 1,
                                  sizeof(*reader->sorted)));
    reader->sorted[count++] = a;
    if (prefix.size) { // an attribute without one is in no namespace
      CRATE_TRY(resolve(reader, bytes + a->offset, prefix, &a->name.space));
    }
  }
  if (count > 1) {
    qsort(reader->sorted, count, sizeof(*reader->sorted), compare_attributes);
  }
  for (size_t i = 1; i < count; ++i) {
    if (!compare_attributes(&reader->sorted[i - 1], &reader->sorted[i])) {
      const uint32_t a = reader->sorted[i - 1]->offset;
      const uint32_t b = reader->sorted[i]->offset;
      return expected_at(reader, bytes + (a > b ? a : b),
                         "each attribute once");
    }
  }
  return CRATE_OK;
}

/// Put an element's declarations in force, none of them twice.
static CrateStatus
enter(Reader *reader, CrateXml *element)
{
  CRATE_TRY(crate_xml_scope_enter(&reader->scope, element));
  for (const CrateXmlBinding *b = element->bindings; b; b = b->next) {
    if (b->hidden && b->hidden->owner == element) {
      return expected_at(reader, element->text.data,
                         "each prefix declared once");
    }
  }
  return CRATE_OK;
}

static CrateStatus
too_deep(const Reader *reader)
{
  const CrateDiagnostic place = {.file = reader->document->name,
                                 .code = CRATE_TEXT("depth")};
  const unsigned most = (unsigned)reader->document->world->limits.depth;
  return reader->depth < most
           ? CRATE_OK
           : crate_world_say(reader->document->world, CRATE_OVER_LIMIT, &place,
                             "elements nested deeper than %u levels", most);
}

/// The attributes of a start tag, up to its '>' or "/>".
static CrateStatus
take_attributes(Reader *reader, CrateXml *element)
{
  CrateXmlAttribute **end = &element->attributes;
  for (bool spaced = skip_space(reader);
       reader->rest.size && !strchr("/>", *reader->rest.data);
       spaced = skip_space(reader)) {
    if (!spaced) {
      return expected(reader, "white space, '>' or \"/>\"");
    }
    CRATE_TRY(take_attribute(reader, element, &end));
  }
  return CRATE_OK;
}

static void
leave(Reader *reader)
{
  CrateXml *const element = reader->element;
  reader->element = element->parent;
  reader->end = &element->next;
  --reader->depth;
}

/// STag [40] or EmptyElemTag [44], standing behind its '<'.
static CrateStatus
take_start(Reader *reader)
{
  CrateText prefix = {NULL, 0}, local = {NULL, 0}, whole = {NULL, 0};
  CrateXml *element = NULL;
  CRATE_TRY(too_deep(reader));
  CrateXml node = {.offset = offset_of(reader, reader->rest.data - 1)};
  CRATE_TRY(take_name(reader, &prefix, &local, &whole));
  node.name.local = local;
  node.text = whole;
  CRATE_TRY(add_node(reader, &node, &element));
  CRATE_TRY(take_attributes(reader, element));
  CRATE_TRY(enter(reader, element));
  CRATE_TRY(resolve(reader, whole.data, prefix, &element->name.space));
  CRATE_TRY(resolve_attributes(reader, element));
  reader->element = element;
  reader->end = &element->first;
  ++reader->depth;
  if (take(reader, "/>")) {
    leave(reader);
    return crate_xml_scope_leave(&reader->scope, element);
  }
  return take(reader, ">") ? CRATE_OK : expected(reader, "'>'");
}

/// ETag [42], standing behind its "</".
static CrateStatus
take_end(Reader *reader)
{
  CrateXml *const element = reader->element;
  const char *const at = reader->rest.data;
  CrateText prefix = {NULL, 0}, local = {NULL, 0}, whole = {NULL, 0};
  CRATE_TRY(take_name(reader, &prefix, &local, &whole));
  if (!element || !crate_text_equal(whole, element->text)) {
    return expected_at(reader, at, "the end tag of the element that is open");
  }
  skip_space(reader);
  if (!take(reader, ">")) {
    return expected(reader, "'>'");
  }
  leave(reader);
  return crate_xml_scope_leave(&reader->scope, element);
}

/// Comment [15], standing behind its "<!--".
static CrateStatus
take_comment(Reader *reader)
{
  CrateText ignored = {NULL, 0};
  CRATE_TRY(take_until(reader, "--", "the \"-->\" of this comment", &ignored));
  return take(reader, ">") ? CRATE_OK
                           : expected(reader, "'>': no \"--\" in a comment");
}

/// PI [16], standing behind its "<?".
static CrateStatus
take_instruction(Reader *reader)
{
  const size_t size = crate_xml_name_span(reader->rest);
  const CrateText target = crate_text_slice(reader->rest, 0, size);
  CrateText ignored = {NULL, 0};
  if (!size || crate_text_equal_fold(target, CRATE_TEXT("xml"))) {
    return expected(reader, "the name of an instruction, and not \"xml\"");
  }
  skip(reader, size);
  if (!skip_space(reader) &&
      !crate_text_starts(reader->rest, CRATE_TEXT("?>"))) {
    return expected(reader, "white space or \"?>\"");
  }
  return take_until(reader, "?>", "the \"?>\" of this instruction", &ignored);
}

/// Markup, standing on its '<'.
static CrateStatus
take_markup(Reader *reader)
{
  CrateText data = {NULL, 0};
  if (take(reader, "<!--")) {
    return take_comment(reader);
  }
  if (take(reader, "<?")) {
    return take_instruction(reader);
  }
  if (reader->element && take(reader, "<![CDATA[")) {
    CRATE_TRY(
      take_until(reader, "]]>", "the \"]]>\" of this CDATA section", &data));
    return add_text(reader, data, CRATE_XML_CDATA);
  }
  if (take(reader, "</")) {
    return take_end(reader);
  }
  if (crate_text_starts(reader->rest, CRATE_TEXT("<!"))) {
    return expected(reader, "no declarations: a document type is not read, as "
                            "it could have others read");
  }
  if (!reader->element && reader->document->root) {
    return expected(reader, "nothing behind the root element");
  }
  skip(reader, 1);
  return take_start(reader);
}

/// Text up to the next markup.
static CrateStatus
take_text(Reader *reader)
{
  const CrateText raw =
    crate_text_slice(reader->rest, 0, crate_text_find(reader->rest, '<'));
  if (!reader->element) {
    skip_space(reader);
    return !reader->rest.size || *reader->rest.data == '<'
             ? CRATE_OK
             : expected(reader, "an element");
  }
  const char *const end = memmem(raw.data, raw.size, "]]>", 3);
  if (end) {
    return expected_at(reader, end, "\"]]&gt;\" instead of \"]]>\"");
  }
  skip(reader, raw.size);
  return add_text(reader, raw, CRATE_XML_CONTENT);
}

static bool
is_version(CrateText value)
{
  const bool first = crate_text_starts(value, CRATE_TEXT("1."));
  size_t digits = 2;
  while (digits < value.size && value.data[digits] >= '0' &&
         value.data[digits] <= '9') {
    ++digits;
  }
  return first && digits > 2 && digits == value.size;
}

/// Whether an encoding is UTF-8 or a part of it.
static bool
is_encoding(CrateText value)
{
  return crate_text_equal_fold(value, CRATE_TEXT("UTF-8")) ||
         crate_text_equal_fold(value, CRATE_TEXT("US-ASCII")) ||
         crate_text_equal_fold(value, CRATE_TEXT("ASCII"));
}

static bool
is_standalone(CrateText value)
{
  return crate_text_is(value, "yes") || crate_text_is(value, "no");
}

/// What an XMLDecl says, in this order; the first must be there.
static const struct {
  const char *name;
  bool (*is)(CrateText value);
  const char *expected;
} declared[] = {
  {"version", is_version, "version 1.0 of XML"},
  {"encoding", is_encoding, "XML in UTF-8"},
  {"standalone", is_standalone, "\"yes\" or \"no\""},
};

/// One thing that an XMLDecl may say, if it stands here.
static CrateStatus
take_declared(Reader *reader, size_t i)
{
  CrateText value = {NULL, 0};
  const CrateText rest = reader->rest;
  if (!skip_space(reader) || !take(reader, declared[i].name)) {
    reader->rest = rest;
    return i ? CRATE_OK : expected(reader, declared[i].expected);
  }
  skip_space(reader);
  if (!take(reader, "=")) {
    return expected(reader, "'='");
  }
  skip_space(reader);
  CRATE_TRY(take_value(reader, &value));
  return declared[i].is(value)
           ? CRATE_OK
           : expected_at(reader, value.data, declared[i].expected);
}

/// XMLDecl [23], if there is one.
static CrateStatus
take_declaration(Reader *reader)
{
  const CrateText behind = crate_text_slice(reader->rest, 5, 6);
  if (!crate_xml_space_span(behind) || !take(reader, "<?xml")) {
    return CRATE_OK;
  }
  for (size_t i = 0; i < sizeof(declared) / sizeof(*declared); ++i) {
    CRATE_TRY(take_declared(reader, i));
  }
  skip_space(reader);
  return take(reader, "?>") ? CRATE_OK : expected(reader, "\"?>\"");
}

/// Refuse bytes that are no characters of XML [2].
static CrateStatus
check_characters(const Reader *reader)
{
  const CrateText text = reader->rest;
  const size_t good = crate_text_utf8_span(text);
  if (good < text.size) {
    return expected_at(reader, text.data + good, "XML in UTF-8");
  }
  const size_t span = crate_xml_character_span(text);
  return span == text.size
           ? CRATE_OK
           : expected_at(reader, text.data + span, "a character of XML");
}

static CrateStatus
read_document(Reader *reader)
{
  const CrateWorld *const world = reader->document->world;
  const size_t most = world->limits.document_bytes;
  const CrateDiagnostic place = {.file = reader->document->name,
                                 .code = CRATE_TEXT(CRATE_XML_CODE)};
  if (reader->rest.size > most) {
    return crate_world_say(world, CRATE_OVER_LIMIT, &place,
                           "larger than the %zu bytes a document may have",
                           most);
  }
  CRATE_TRY(check_characters(reader));
  take(reader, "\xEF\xBB\xBF");
  CRATE_TRY(take_declaration(reader));
  while (reader->rest.size) {
    CRATE_TRY(*reader->rest.data == '<' ? take_markup(reader)
                                        : take_text(reader));
  }
  return reader->element          ? expected(reader, "the end tags of what "
                                                              "is open")
         : reader->document->root ? CRATE_OK
                                  : expected(reader, "an element");
}

CrateStatus
crate_xml_read(const CrateWorld *world,
               CrateText name,
               CrateText bytes,
               CrateXmlDocument *document)
{
  *document = (CrateXmlDocument){.world = world, .name = name, .bytes = bytes};
  crate_arena_init(&document->arena, world);
  if (!bytes.data) {
    document->bytes = CRATE_TEXT("");
  }
  Reader reader = {
    .document = document, .end = &document->root, .rest = document->bytes};
  CrateStatus status = crate_xml_scope_init(&reader.scope, world);
  status = status ? status : read_document(&reader);
  crate_xml_scope_clear(&reader.scope);
  crate_world_release(world, reader.sorted);
  return status;
}

void
crate_xml_clear(CrateXmlDocument *document)
{
  crate_arena_clear(&document->arena);
  document->root = NULL;
}
