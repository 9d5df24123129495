// SPDX-License-Identifier: Apache-2.0
// RDF 1.1 XML Syntax, of the default graph: a description for each subject,
// namespaces as the properties need them.
#include "rdf/names.h"
#include "rdf/nquads_write.h"
#include "rdf/xml_text.h"
#include <cratekit/map.h>
#include <cratekit/rdf.h>
#include <stdio.h>

#define RDF_NS "http://www.w3.org/1999/02/22-rdf-syntax-ns#"

/// A namespace of properties.
typedef struct {
  CrateText iri, prefix;
} Namespace;

typedef struct {
  CrateBuffer *buffer;
  CrateText name; ///< Of the document.
  const CrateGraph *graph;
  const CrateTerms *terms;
  const CratePrefix *prefixes;
  size_t prefix_count;
  CrateArena arena; ///< Made up prefixes.
  CrateMap by_iri;  ///< Of namespaces -> index + 1.
  CrateMap taken;   ///< Prefixes.
  Namespace *namespaces;
  size_t count, capacity;
} Writer;

static CrateStatus
refuse(const Writer *writer, CrateText what, const char *why)
{
  const CrateDiagnostic place = {.file = writer->name,
                                 .code = CRATE_TEXT("no-rdfxml")};
  return crate_world_say(writer->by_iri.world, CRATE_UNSUPPORTED, &place,
                         "\"%.*s\" %s; convert to turtle",
                         CRATE_TEXT_ARG(crate_text_slice(what, 0, 120)), why);
}

/// Where the longest name at the end of an IRI begins (Namespaces in XML,
/// NCName); its size when there is none.
static size_t
name_start(CrateText iri)
{
  size_t start = iri.size;
  for (size_t at = 0; at < iri.size;) {
    uint32_t code_point = 0;
    const size_t size = crate_name_decode(iri.data + at, &code_point);
    const bool part = crate_name_is_part(code_point) || code_point == '.';
    if (!part) {
      start = iri.size;
    } else if (start == iri.size && crate_name_is_start(code_point)) {
      start = at;
    }
    at += size;
  }
  return start;
}

/// Names of RDF's own that no property element may have (7.2.5).
static bool
is_reserved(CrateText iri)
{
  static const char *const names[] = {
    "RDF",         "ID",        "about",    "parseType",
    "resource",    "nodeID",    "datatype", "li",
    "Description", "aboutEach", "bagID",    "aboutEachPrefix"};
  const CrateText space = CRATE_TEXT(RDF_NS);
  for (size_t i = 0; i < sizeof(names) / sizeof(*names); ++i) {
    if (crate_text_starts(iri, space) &&
        crate_text_is(crate_text_slice(iri, space.size, iri.size), names[i])) {
      return true;
    }
  }
  return false;
}

static bool
is_free(const Writer *writer, CrateText prefix)
{
  return prefix.size && crate_name_prefix_span(prefix) == prefix.size &&
         !crate_text_starts(prefix, CRATE_TEXT("xml")) &&
         !crate_map_get(&writer->taken, prefix, NULL);
}

/// The caller's prefix for a namespace, else one made up.
static CrateStatus
choose_prefix(Writer *writer, CrateText iri, CrateText *out)
{
  for (size_t i = 0; i < writer->prefix_count; ++i) {
    if (crate_text_equal(writer->prefixes[i].iri, iri) &&
        is_free(writer, writer->prefixes[i].prefix)) {
      *out = writer->prefixes[i].prefix;
      return CRATE_OK;
    }
  }
  for (size_t number = writer->count;; ++number) {
    char name[24];
    snprintf(name, sizeof(name), "ns%zu", number);
    if (is_free(writer, crate_text(name))) {
      return crate_arena_copy(&writer->arena, crate_text(name), out);
    }
  }
}

static CrateStatus
add_namespace(Writer *writer, CrateText iri, CrateText prefix)
{
  CRATE_TRY(crate_world_reserve(writer->by_iri.world, &writer->namespaces,
                                &writer->capacity, writer->count + 1u,
                                sizeof(Namespace)));
  writer->namespaces[writer->count++] = (Namespace){iri, prefix};
  CRATE_TRY(crate_map_put(&writer->taken, prefix, 1));
  return crate_map_put(&writer->by_iri, iri, writer->count);
}

static CrateStatus
note_property(Writer *writer, CrateTerm property)
{
  const CrateTermInfo info = crate_terms_info(writer->terms, property);
  const size_t start = name_start(info.text);
  const CrateText space = crate_text_slice(info.text, 0, start);
  CrateText prefix;
  if (info.kind != CRATE_TERM_IRI || start == info.text.size ||
      is_reserved(info.text)) {
    return refuse(writer, info.text,
                  "is no property that RDF/XML has a way to write");
  }
  if (crate_map_get(&writer->by_iri, space, NULL)) {
    return CRATE_OK;
  }
  CRATE_TRY(choose_prefix(writer, space, &prefix));
  return add_namespace(writer, space, prefix);
}

/// Quads of the default graph, which come first.
static size_t
default_size(const Writer *writer)
{
  const CrateQuad *const quads = crate_graph_quads(writer->graph);
  size_t count = crate_graph_size(writer->graph);
  while (count && quads[count - 1u].graph) {
    --count;
  }
  return count;
}

static CrateStatus
note_properties(Writer *writer)
{
  const CrateQuad *const quads = crate_graph_quads(writer->graph);
  const size_t count = default_size(writer);
  CrateTerm last = CRATE_NO_TERM;
  CRATE_TRY(add_namespace(writer, CRATE_TEXT(RDF_NS), CRATE_TEXT("rdf")));
  for (size_t i = 0; i < count; ++i) {
    if (quads[i].predicate != last) { // they tend to come in runs
      last = quads[i].predicate;
      CRATE_TRY(note_property(writer, last));
    }
  }
  return CRATE_OK;
}

static CrateStatus
write_text(const Writer *writer, CrateText text)
{
  if (crate_xml_character_span(text) < text.size) {
    return refuse(writer, text, "holds a character that XML does not have");
  }
  crate_xml_write_text(writer->buffer, text);
  return CRATE_OK;
}

static CrateStatus
write_attribute(const Writer *writer, const char *name, CrateText value)
{
  crate_buffer_add_string(writer->buffer, name);
  CRATE_TRY(write_text(writer, value));
  crate_buffer_add_byte(writer->buffer, '"');
  return CRATE_OK;
}

/// A node as an attribute: by its IRI or as a blank node.
static CrateStatus
write_node(const Writer *writer, CrateTerm node, const char *attribute)
{
  const CrateTermInfo info = crate_terms_info(writer->terms, node);
  if (info.kind == CRATE_TERM_IRI) {
    return write_attribute(writer, attribute, info.text);
  }
  crate_buffer_add_string(writer->buffer, " rdf:nodeID=\"b");
  crate_nquads_add_number(writer->buffer, node);
  crate_buffer_add_byte(writer->buffer, '"');
  return CRATE_OK;
}

static void
write_name(const Writer *writer, CrateText property)
{
  const size_t start = name_start(property);
  uintptr_t number = 0;
  (void)crate_map_get(&writer->by_iri, crate_text_slice(property, 0, start),
                      &number);
  crate_buffer_add(writer->buffer, writer->namespaces[number - 1u].prefix);
  crate_buffer_add_byte(writer->buffer, ':');
  crate_buffer_add(writer->buffer,
                   crate_text_slice(property, start, property.size));
}

static CrateStatus
write_literal(const Writer *writer, CrateText property, CrateTermInfo info)
{
  if (info.language.size) {
    CRATE_TRY(write_attribute(writer, " xml:lang=\"", info.language));
  } else if (info.datatype != CRATE_XSD_STRING) {
    CRATE_TRY(
      write_attribute(writer, " rdf:datatype=\"",
                      crate_terms_info(writer->terms, info.datatype).text));
  }
  crate_buffer_add_byte(writer->buffer, '>');
  CRATE_TRY(write_text(writer, info.text));
  crate_buffer_add_string(writer->buffer, "</");
  write_name(writer, property);
  crate_buffer_add_string(writer->buffer, ">\n");
  return CRATE_OK;
}

static CrateStatus
write_statement(const Writer *writer, const CrateQuad *quad)
{
  const CrateText property =
    crate_terms_info(writer->terms, quad->predicate).text;
  const CrateTermInfo info = crate_terms_info(writer->terms, quad->object);
  crate_buffer_add_string(writer->buffer, "    <");
  write_name(writer, property);
  if (info.kind == CRATE_TERM_LITERAL) {
    return write_literal(writer, property, info);
  }
  CRATE_TRY(write_node(writer, quad->object, " rdf:resource=\""));
  crate_buffer_add_string(writer->buffer, "/>\n");
  return CRATE_OK;
}

static CrateStatus
write_head(const Writer *writer)
{
  crate_buffer_add_string(writer->buffer,
                          "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
                          "<rdf:RDF");
  for (size_t i = 0; i < writer->count; ++i) {
    crate_buffer_print(writer->buffer, "%sxmlns:%.*s", i ? "\n         " : " ",
                       CRATE_TEXT_ARG(writer->namespaces[i].prefix));
    CRATE_TRY(write_attribute(writer, "=\"", writer->namespaces[i].iri));
  }
  crate_buffer_add_string(writer->buffer, ">\n");
  return CRATE_OK;
}

static CrateStatus
write_graph(const Writer *writer)
{
  const CrateQuad *const quads = crate_graph_quads(writer->graph);
  const size_t count = default_size(writer);
  CRATE_TRY(write_head(writer));
  for (size_t i = 0; i < count; ++i) {
    if (!i || quads[i].subject != quads[i - 1u].subject) {
      crate_buffer_add_string(writer->buffer, "  <rdf:Description");
      CRATE_TRY(write_node(writer, quads[i].subject, " rdf:about=\""));
      crate_buffer_add_string(writer->buffer, ">\n");
    }
    CRATE_TRY(write_statement(writer, &quads[i]));
    if (i + 1u == count || quads[i].subject != quads[i + 1u].subject) {
      crate_buffer_add_string(writer->buffer, "  </rdf:Description>\n");
      crate_buffer_drain(writer->buffer);
    }
  }
  crate_buffer_add_string(writer->buffer, "</rdf:RDF>\n");
  return CRATE_OK;
}

CrateStatus
crate_rdf_write_xml(CrateBuffer *buffer,
                    CrateText name,
                    const CrateGraph *graph,
                    const CratePrefix *prefixes,
                    size_t prefix_count)
{
  const CrateTerms *const terms = crate_graph_terms(graph);
  const CrateWorld *const world = buffer->world;
  Writer writer = {.buffer = buffer,
                   .name = name,
                   .graph = graph,
                   .terms = terms,
                   .prefixes = prefixes,
                   .prefix_count = prefix_count};
  crate_arena_init(&writer.arena, world);
  crate_map_init(&writer.by_iri, world);
  crate_map_init(&writer.taken, world);
  CrateStatus st = note_properties(&writer);
  st = st ? st : write_graph(&writer);
  st = st ? st : crate_buffer_status(buffer);
  crate_world_release(world, writer.namespaces);
  crate_map_clear(&writer.taken);
  crate_map_clear(&writer.by_iri);
  crate_arena_clear(&writer.arena);
  return st;
}
