// SPDX-License-Identifier: Apache-2.0
// What is in an element, as markup again: for literals of HTML and of XML.
#include "html/rdfa.h"
#include "html/tags.h"
#include <cratekit/buffer.h>
#include <stdlib.h>

#define XHTML "http://www.w3.org/1999/xhtml"

/// How markup is written. `top` is around it.
typedef struct Writer {
  CrateRdfa *rdfa; ///< XML only.
  const CrateHtml *top;
  CrateBuffer *out;
  CrateHtmlAttribute *attributes; ///< XML: of one start tag, sorted.
  size_t count, capacity;
} Writer;

/// Bytes, but some of them as references.
static void
add_escaped(CrateBuffer *out, CrateText text, const char *escaped)
{
  static const struct {
    char byte;
    const char *reference;
  } rows[] = {{'&', "&amp;"},  {'<', "&lt;"},   {'>', "&gt;"},  {'"', "&quot;"},
              {'\t', "&#x9;"}, {'\n', "&#xA;"}, {'\r', "&#xD;"}};
  size_t kept = 0;
  for (size_t at = 0; at < text.size; ++at) {
    if (!text.data[at] || !strchr(escaped, text.data[at])) {
      continue;
    }
    crate_buffer_add(out, crate_text_slice(text, kept, at));
    for (size_t i = 0; i < sizeof rows / sizeof *rows; ++i) {
      if (rows[i].byte == text.data[at]) {
        crate_buffer_add_string(out, rows[i].reference);
      }
    }
    kept = at + 1u;
  }
  crate_buffer_add(out, crate_text_slice(text, kept, text.size));
}

static void
add_attribute(CrateBuffer *out,
              const CrateHtmlAttribute *attribute,
              const char *escaped)
{
  crate_buffer_add_byte(out, ' ');
  crate_buffer_add(out, attribute->name);
  crate_buffer_add_string(out, "=\"");
  add_escaped(out, attribute->value, escaped);
  crate_buffer_add_byte(out, '"');
}

/// 13.3: U+00A0 is written as a reference, too.
static void
add_html_text(CrateBuffer *out, CrateText text, const char *escaped)
{
  const CrateText space = CRATE_TEXT("\xC2\xA0");
  while (text.size) {
    const char *const found =
      memmem(text.data, text.size, space.data, space.size);
    const size_t size = found ? (size_t)(found - text.data) : text.size;
    add_escaped(out, crate_text_slice(text, 0, size), escaped);
    if (found) {
      crate_buffer_add_string(out, "&nbsp;");
    }
    text = crate_text_slice(text, size + space.size, text.size);
  }
}

static CrateStatus
open_html(Writer *writer, const CrateHtml *node)
{
  CrateBuffer *const out = writer->out;
  if (!node->name.size) {
    if (node->parent->traits & CRATE_HTML_RAW_TEXT) {
      crate_buffer_add(out, node->text);
    } else {
      add_html_text(out, node->text, "&<>");
    }
    return CRATE_OK;
  }
  crate_buffer_add_byte(out, '<');
  crate_buffer_add(out, node->name);
  for (uint32_t i = 0; i < node->attribute_count; ++i) {
    crate_buffer_add_byte(out, ' ');
    crate_buffer_add(out, node->attributes[i].name);
    crate_buffer_add_string(out, "=\"");
    add_html_text(out, node->attributes[i].value, "&\"");
    crate_buffer_add_byte(out, '"');
  }
  crate_buffer_add_byte(out, '>');
  return CRATE_OK;
}

static void
close_element(Writer *writer, const CrateHtml *node)
{
  const bool is_void = !writer->rdfa && (node->traits & CRATE_HTML_VOID);
  if (node->name.size && !is_void) {
    crate_buffer_add_string(writer->out, "</");
    crate_buffer_add(writer->out, node->name);
    crate_buffer_add_byte(writer->out, '>');
  }
}

static CrateStatus
collect(Writer *writer, CrateText name, CrateText value)
{
  CRATE_TRY(crate_world_reserve(writer->out->world, &writer->attributes,
                                &writer->capacity, writer->count + 1u,
                                sizeof *writer->attributes));
  writer->attributes[writer->count++] = (CrateHtmlAttribute){name, value};
  return CRATE_OK;
}

/// The namespaces that an outermost element takes along: RDFa Core 7.5, note
/// of step 11.
static CrateStatus
collect_namespaces(Writer *writer, const CrateHtml *node)
{
  CrateRdfa *const rdfa = writer->rdfa;
  if (!crate_html_get(node, "xmlns")) {
    CRATE_TRY(collect(writer, CRATE_TEXT("xmlns"), CRATE_TEXT(XHTML)));
  }
  for (const CrateRdfaPrefix *p = rdfa->newest; p; p = p->outer) {
    uintptr_t meant = 0;
    crate_map_get(&rdfa->prefixes, p->prefix, &meant);
    if ((const CrateRdfaPrefix *)meant != p) {
      continue; // another one hides it
    }
    CrateText name;
    const CrateText parts[] = {CRATE_TEXT("xmlns:"), p->prefix};
    CRATE_TRY(crate_arena_join(&rdfa->arena, parts, 2, &name));
    if (!crate_html_get(node, name.data)) {
      CRATE_TRY(collect(writer, name, p->iri));
    }
  }
  return CRATE_OK;
}

static int
compare(const void *a, const void *b)
{
  return crate_text_compare(((const CrateHtmlAttribute *)a)->name,
                            ((const CrateHtmlAttribute *)b)->name);
}

static CrateStatus
open_xml(Writer *writer, const CrateHtml *node)
{
  CrateBuffer *const out = writer->out;
  if (!node->name.size) {
    add_escaped(out, node->text, "&<>\r");
    return CRATE_OK;
  }
  writer->count = 0;
  for (uint32_t i = 0; i < node->attribute_count; ++i) {
    CRATE_TRY(
      collect(writer, node->attributes[i].name, node->attributes[i].value));
  }
  if (node->parent == writer->top) {
    CRATE_TRY(collect_namespaces(writer, node));
  }
  if (writer->count) {
    qsort(writer->attributes, writer->count, sizeof *writer->attributes,
          compare);
  }
  crate_buffer_add_byte(out, '<');
  crate_buffer_add(out, node->name);
  for (size_t i = 0; i < writer->count; ++i) {
    add_attribute(out, &writer->attributes[i], "&<\"\t\n\r");
  }
  crate_buffer_add_byte(out, '>');
  return CRATE_OK;
}

static CrateStatus
write_all(Writer *writer,
          CrateStatus (*open)(Writer *writer, const CrateHtml *node))
{
  const CrateHtml *node = writer->top->first;
  while (node) {
    CRATE_TRY(open(writer, node));
    if (node->first) {
      node = node->first;
      continue;
    }
    close_element(writer, node);
    while (!node->next && node->parent != writer->top) {
      node = node->parent;
      close_element(writer, node);
    }
    node = node->next;
  }
  return crate_buffer_status(writer->out);
}

CrateStatus
crate_html_write(const CrateHtml *element, CrateBuffer *out)
{
  Writer writer = {.top = element, .out = out};
  return write_all(&writer, open_html);
}

CrateStatus
crate_rdfa_write_xml(CrateRdfa *rdfa,
                     const CrateHtml *element,
                     CrateBuffer *out)
{
  Writer writer = {.rdfa = rdfa, .top = element, .out = out};
  const CrateStatus status = write_all(&writer, open_xml);
  crate_world_release(out->world, writer.attributes);
  return status;
}
