// SPDX-License-Identifier: Apache-2.0
// Messages: sh:message (SHACL 2.1.5) with its placeholders filled in as
// SHACL 5.3.2 describes, or a sentence of our own.
#include "validate/shapes/run.h"

/// Longest text that is quoted from a document, in bytes.
#define LONGEST 160
/// Members of a list that are named.
#define MOST_MEMBERS 8

typedef struct Namespace {
  const char *iri, *prefix;
} Namespace;

static const Namespace NAMESPACES[] = {
  {CRATE_SHACL_NAMESPACE, "sh:"},
  {"http://www.w3.org/2001/XMLSchema#", "xsd:"},
  {"http://www.w3.org/1999/02/22-rdf-syntax-ns#", "rdf:"},
  {"http://www.w3.org/2000/01/rdf-schema#", "rdfs:"},
};

/// A text, cut before a character when it is long.
static void
print_text(CrateBuffer *buffer, CrateText text)
{
  size_t size = text.size;
  if (size > LONGEST) {
    size = LONGEST;
    while (size && ((unsigned char)text.data[size] & 0xC0u) == 0x80u) {
      --size;
    }
  }
  crate_buffer_add(buffer, crate_text_slice(text, 0, size));
  if (size < text.size) {
    crate_buffer_add_string(buffer, "...");
  }
}

static void
print_iri(CrateBuffer *buffer, CrateText iri)
{
  for (size_t i = 0; i < sizeof(NAMESPACES) / sizeof(*NAMESPACES); ++i) {
    const CrateText space = crate_text(NAMESPACES[i].iri);
    if (crate_text_starts(iri, space)) {
      crate_buffer_add_string(buffer, NAMESPACES[i].prefix);
      print_text(buffer, crate_text_slice(iri, space.size, iri.size));
      return;
    }
  }
  crate_buffer_add_byte(buffer, '<');
  print_text(buffer, iri);
  crate_buffer_add_byte(buffer, '>');
}

/// An integer needs no quotes to be known for one.
static bool
is_plain_integer(CrateTermInfo info)
{
  for (size_t i = 0; i < info.text.size; ++i) {
    if (info.text.data[i] < '0' || info.text.data[i] > '9') {
      return false;
    }
  }
  return info.datatype == CRATE_XSD_INTEGER && info.text.size;
}

static void
print_literal(CrateBuffer *buffer, const CrateTerms *terms, CrateTermInfo info)
{
  if (is_plain_integer(info)) {
    print_text(buffer, info.text);
    return;
  }
  crate_buffer_add_byte(buffer, '"');
  print_text(buffer, info.text);
  crate_buffer_add_byte(buffer, '"');
  if (info.language.size) {
    crate_buffer_add_byte(buffer, '@');
    print_text(buffer, info.language);
  } else if (info.datatype != CRATE_XSD_STRING) {
    crate_buffer_add_string(buffer, "^^");
    print_iri(buffer, crate_terms_info(terms, info.datatype).text);
  }
}

void
crate_term_print(CrateBuffer *buffer,
                 const CrateTerms *terms,
                 CrateTerm term,
                 CratePrintStyle style)
{
  const CrateTermInfo info = crate_terms_info(terms, term);
  switch (info.kind) {
    case CRATE_TERM_NONE:
      return;
    case CRATE_TERM_BLANK:
      crate_buffer_add_string(buffer, info.text.size ? "_:" : "[]");
      print_text(buffer, info.text);
      return;
    case CRATE_TERM_IRI:
      if (style == CRATE_PRINT_QUOTED) {
        print_iri(buffer, info.text);
        return;
      }
      break;
    case CRATE_TERM_LITERAL:
      if (style == CRATE_PRINT_QUOTED) {
        print_literal(buffer, terms, info);
        return;
      }
      break;
  }
  print_text(buffer, info.text);
}

/// What a message is filled from.
typedef struct Filling {
  const CrateCheck *check;
  const CrateFlaw *flaw;
  CrateBuffer *out;
  CratePrintStyle style;
} Filling;

static void
fill_term(const Filling *filling, CrateTerm term)
{
  crate_term_print(filling->out, filling->check->run->terms, term,
                   filling->style);
}

static void
fill_path(const Filling *filling)
{
  const CrateShape *const shape = filling->check->shape;
  if (filling->flaw->path) {
    fill_term(filling, filling->flaw->path);
  } else if (shape->path.predicate &&
             shape->path.kind == CRATE_PATH_PREDICATE) {
    fill_term(filling, shape->path.predicate);
  } else if (shape->path_node) {
    crate_path_print(filling->out, filling->check->run->shapes->graph,
                     shape->path_node);
  } else {
    crate_buffer_add_string(filling->out, "the node");
  }
}

/// A term of the shapes graph; its blank nodes mean nothing to a reader.
static void
fill_parameter_term(const Filling *filling, CrateTerm term)
{
  if (crate_terms_kind(filling->check->run->terms, term) == CRATE_TERM_BLANK) {
    crate_buffer_add_string(filling->out, "(unnamed)");
  } else {
    fill_term(filling, term);
  }
}

static void
fill_list(const Filling *filling, const CrateTerm *terms, size_t count)
{
  for (size_t i = 0; i < count && i < MOST_MEMBERS; ++i) {
    crate_buffer_add_string(filling->out, i ? ", " : "");
    fill_parameter_term(filling, terms[i]);
  }
  if (count > MOST_MEMBERS) {
    crate_buffer_print(filling->out, " and %zu more", count - MOST_MEMBERS);
  }
}

static CrateText
local_name(CrateText iri)
{
  size_t i = iri.size;
  while (i && iri.data[i - 1] != '#' && iri.data[i - 1] != '/') {
    --i;
  }
  return crate_text_slice(iri, i, iri.size);
}

/// A parameter by its local name: the constraint's own, else the shape's.
static bool
fill_parameter(const Filling *filling, CrateText name)
{
  const CrateCheck *const check = filling->check;
  const CrateTerms *const terms = check->run->terms;
  const CrateConstraint *const constraint = check->constraint;
  const CrateText own =
    local_name(crate_terms_info(terms, constraint->predicate).text);
  if (crate_text_equal(own, name)) {
    if (constraint->term_count) {
      fill_list(filling, constraint->terms, constraint->term_count);
    } else {
      fill_parameter_term(filling, constraint->parameter);
    }
    return true;
  }
  const CrateQuadRange about =
    crate_graph_about(check->run->shapes->graph, check->shape->node, 0);
  for (size_t i = 0; i < about.count; ++i) {
    const CrateText other =
      local_name(crate_terms_info(terms, about.first[i].predicate).text);
    if (crate_text_equal(other, name)) {
      fill_parameter_term(filling, about.first[i].object);
      return true;
    }
  }
  return false;
}

/// Fill in one placeholder; false when its name means nothing.
static bool
fill(const Filling *filling, CrateText name)
{
  if (crate_text_is(name, "this")) {
    fill_term(filling, filling->check->focus);
  } else if (crate_text_is(name, "value")) {
    fill_term(filling, filling->flaw->value);
  } else if (crate_text_is(name, "path") || crate_text_is(name, "PATH")) {
    fill_path(filling);
  } else if (crate_text_is(name, "detail")) {
    crate_buffer_add(filling->out, filling->flaw->detail);
  } else if (crate_text_is(name, "count")) {
    crate_buffer_print(filling->out, "%zu", filling->check->count);
  } else {
    return fill_parameter(filling, name);
  }
  return true;
}

/// The name in a placeholder that a text starts with ("{$name}", "{?name}"),
/// empty when it starts with none.
static CrateText
placeholder(CrateText text)
{
  const CrateText nothing = {NULL, 0};
  if (text.size < 4 || text.data[0] != '{' ||
      (text.data[1] != '$' && text.data[1] != '?')) {
    return nothing;
  }
  const size_t end = crate_text_find(text, '}');
  return end < text.size ? crate_text_slice(text, 2, end) : nothing;
}

static void
fill_template(const Filling *filling, CrateText rest)
{
  while (rest.size) {
    const CrateText name = placeholder(rest);
    size_t taken = name.size + 3;
    if (!name.size || !fill(filling, name)) {
      // Up to the next brace the text stands for itself.
      const CrateText tail = crate_text_slice(rest, 1, rest.size);
      taken = 1 + crate_text_find(tail, '{');
      crate_buffer_add(filling->out, crate_text_slice(rest, 0, taken));
    }
    rest = crate_text_slice(rest, taken, rest.size);
  }
}

void
crate_message_fill(const CrateCheck *check, const CrateFlaw *flaw)
{
  CrateRun *const run = check->run;
  const CrateTerm own = check->shape->message;
  const Filling filling = {
    .check = check,
    .flaw = flaw,
    .out = &run->message,
    .style = own ? CRATE_PRINT_PLAIN : CRATE_PRINT_QUOTED,
  };
  run->message.size = 0;
  fill_template(&filling,
                own ? crate_terms_info(run->terms, own).text
                    : crate_text(check->constraint->component->message));
}
