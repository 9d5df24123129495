// SPDX-License-Identifier: Apache-2.0
// Microdata to RDF, 6.1: what the values of properties are. And 3 and 6.4: what
// their names stand for.
#include "html/microdata.h"
#include <cratekit/buffer.h>
#include <cratekit/iri.h>

#define XSD "http://www.w3.org/2001/XMLSchema#"

/// The vocabularies that http://www.w3.org/ns/md knows.
static const struct {
  CrateText prefix;
  const char *property, *super; ///< The one that is a subproperty.
} registry[] = {
  {{"http://schema.org/", 18},
   "additionalType",
   "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"},
  {{"https://schema.org/", 19}, // the same, as it is written today
   "additionalType",
   "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"},
  {{"http://microformats.org/profile/hcard", 37}, NULL, NULL},
};

#define REGISTRY_SIZE (sizeof registry / sizeof *registry)

CrateText
crate_microdata_vocabulary(CrateText type)
{
  for (size_t i = 0; i < REGISTRY_SIZE; ++i) {
    if (crate_text_starts(type, registry[i].prefix)) {
      return registry[i].prefix;
    }
  }
  const size_t fragment = crate_text_find(type, '#');
  if (fragment < type.size) {
    return crate_text_slice(type, 0, fragment + 1u);
  }
  size_t end = crate_text_find(type, '?');
  while (end && type.data[end - 1u] != '/') {
    --end;
  }
  return crate_text_slice(type, 0, end);
}

CrateStatus
crate_microdata_super(CrateHtmlSource *source,
                      const CrateMicrodataItem *item,
                      CrateText name,
                      CrateTerm *out)
{
  *out = CRATE_NO_TERM;
  for (size_t i = 0; i < REGISTRY_SIZE; ++i) {
    if (registry[i].property && crate_text_is(name, registry[i].property) &&
        crate_text_equal(item->vocabulary, registry[i].prefix)) {
      return crate_html_source_iri(source, crate_text(registry[i].super), out);
    }
  }
  return CRATE_OK;
}

/// A name as a fragment can hold it.
static void
add_fragment(CrateBuffer *buffer, CrateText name)
{
  for (size_t i = 0; i < name.size; ++i) {
    const char c = name.data[i];
    if ((unsigned char)c <= ' ' || strchr("\"#<>[\\]^`{|}", c)) {
      crate_buffer_print(buffer, "%%%02X", (unsigned)(unsigned char)c);
    } else {
      crate_buffer_add_byte(buffer, c);
    }
  }
}

CrateStatus
crate_microdata_predicate(CrateHtmlSource *source,
                          const CrateMicrodataItem *item,
                          CrateText name,
                          CrateTerm *out)
{
  *out = CRATE_NO_TERM;
  if (crate_iri_is_absolute(name)) {
    return crate_html_source_iri(source, name, out);
  }
  const CrateText before = item->type.size ? item->vocabulary : source->base;
  if (before.size > CRATE_HTML_LONGEST_PREFIX) {
    return CRATE_OK;
  }
  CrateBuffer buffer;
  crate_buffer_init(&buffer, source->document.world);
  crate_buffer_add(&buffer, before);
  if (!item->type.size || (!crate_text_ends(before, CRATE_TEXT("#")) &&
                           !crate_text_ends(before, CRATE_TEXT("/")))) {
    crate_buffer_add_byte(&buffer, '#');
  }
  add_fragment(&buffer, name);
  CrateStatus status = crate_buffer_status(&buffer);
  if (!status) {
    status = crate_html_source_iri(source, crate_buffer_text(&buffer), out);
  }
  crate_buffer_clear(&buffer);
  return status;
}

/// Digits behind a sign, and whether that is all: xsd:integer; else, with a
/// fraction and an exponent, xsd:double.
static CrateText
number_type(CrateText text)
{
  size_t at = text.size && memchr("+-", *text.data, 2) ? 1 : 0;
  size_t digits = 0;
  bool is_integer = true;
  for (; at < text.size; ++at) {
    const char c = text.data[at];
    if (c >= '0' && c <= '9') {
      ++digits;
    } else if (c == '.' && is_integer) {
      is_integer = false;
    } else {
      break;
    }
  }
  if (!digits) {
    return (CrateText){NULL, 0};
  }
  if (at == text.size) {
    return is_integer ? CRATE_TEXT(XSD "integer") : CRATE_TEXT(XSD "double");
  }
  if ((text.data[at] | 0x20) != 'e') {
    return (CrateText){NULL, 0};
  }
  ++at;
  at += at < text.size && memchr("+-", text.data[at], 2);
  digits = at;
  while (at < text.size && text.data[at] >= '0' && text.data[at] <= '9') {
    ++at;
  }
  return at == text.size && at > digits ? CRATE_TEXT(XSD "double")
                                        : (CrateText){NULL, 0};
}

/// The language of an element, which may be that of one around it.
static CrateText
find_language(const CrateHtmlDocument *document, const CrateHtml *element)
{
  const CrateText none = {NULL, 0};
  CrateText found = none;
  for (; element && !found.data; element = element->parent) {
    found = crate_html_language(document, element, none);
  }
  return found;
}

/// The elements whose value is in an attribute, and what it is.
typedef enum { ADDRESS, NUMBER, TIME } Sort;

static const struct {
  const char *element, *attribute;
  Sort sort;
} elements[] = {
  {"a", "href", ADDRESS},     {"area", "href", ADDRESS},
  {"audio", "src", ADDRESS},  {"data", "value", NUMBER},
  {"embed", "src", ADDRESS},  {"iframe", "src", ADDRESS},
  {"img", "src", ADDRESS},    {"link", "href", ADDRESS},
  {"meter", "value", NUMBER}, {"object", "data", ADDRESS},
  {"source", "src", ADDRESS}, {"time", "datetime", TIME},
  {"track", "src", ADDRESS},  {"video", "src", ADDRESS},
};

static CrateStatus
make_literal(CrateHtmlSource *source,
             const CrateHtml *element,
             CrateText text,
             CrateText type,
             CrateTerm *out)
{
  CrateTerm datatype;
  if (!type.size) {
    return crate_html_source_string(
      source, text, find_language(&source->document, element), out);
  }
  CRATE_TRY(crate_terms_iri(source->terms, type, &datatype));
  return crate_terms_literal(source->terms, text, datatype,
                             (CrateText){NULL, 0}, out);
}

CrateStatus
crate_microdata_value(CrateHtmlSource *source,
                      const CrateHtml *element,
                      CrateTerm *out)
{
  CrateArena *const arena = &source->document.arena;
  const size_t count = sizeof elements / sizeof *elements;
  size_t row = 0;
  while (row < count && !crate_html_is(element, elements[row].element)) {
    ++row;
  }
  const CrateText *given = crate_html_get(element, "content");
  given = given || row == count
            ? given
            : crate_html_get(element, elements[row].attribute);
  if (row < count && elements[row].sort == ADDRESS) {
    *out = CRATE_NO_TERM;
    return given ? crate_html_source_resolve(source, *given, out) : CRATE_OK;
  }
  CrateText text;
  const CrateArenaMark mark = crate_arena_mark(arena);
  if (given) {
    text = *given;
  } else {
    CRATE_TRY(crate_html_text(arena, element, &text));
  }
  const CrateText none = {NULL, 0};
  const CrateText type = row == count ? none
                         : elements[row].sort == NUMBER
                           ? number_type(text)
                           : crate_html_time_type(text);
  const CrateStatus status = make_literal(source, element, text, type, out);
  crate_arena_rewind(arena, mark);
  return status;
}
