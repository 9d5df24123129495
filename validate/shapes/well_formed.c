// SPDX-License-Identifier: Apache-2.0
// Syntax rules of SHACL (appendix B): what shapes graphs get wrong.
#include "validate/shapes/compile.h"

/// Statements that are followed up to find a name for a blank node.
#define MOST_STEPS 32

/// The nearest IRI above a blank node of the shapes graph, or 0.
static CrateTerm
named_ancestor(const CrateShapes *shapes, CrateTerm node)
{
  for (int i = 0; i < MOST_STEPS; ++i) {
    const CrateQuadList list = crate_graph_towards(shapes->graph, 0, node);
    if (!list.count) {
      return CRATE_NO_TERM;
    }
    node = crate_quad_list_at(list, 0)->subject;
    if (crate_terms_kind(shapes->terms, node) == CRATE_TERM_IRI) {
      return node;
    }
  }
  return CRATE_NO_TERM;
}

/// "<iri>", or "<iri of the parent> at <path>" for a blank node.
static void
describe_shape(CrateBuffer *buffer, const CrateShapes *shapes, CrateTerm shape)
{
  CrateTerm name = shape;
  if (crate_terms_kind(shapes->terms, shape) != CRATE_TERM_IRI) {
    name = named_ancestor(shapes, shape);
  }
  crate_term_print(buffer, shapes->terms, name ? name : shape,
                   CRATE_PRINT_QUOTED);
  const CrateTerm path = crate_graph_object(
    shapes->graph, shape, crate_shapes_term(shapes, CRATE_SH_PATH));
  if (name != shape && path) {
    crate_buffer_add_string(buffer, " at ");
    crate_path_print(buffer, shapes->graph, path);
  } else if (name && name != shape) {
    crate_buffer_add_string(buffer, " (a blank node below it)");
  }
}

/// The statement of a shape to blame: about that predicate and value, as far
/// as there is one.
static uint32_t
origin_of(const CrateShapes *shapes,
          CrateTerm shape,
          CrateTerm predicate,
          CrateTerm value)
{
  const CrateGraph *const graph = shapes->graph;
  const CrateQuadRange about = shape
                                 ? crate_graph_about(graph, shape, predicate)
                                 : (CrateQuadRange){NULL, 0};
  uint32_t least = CRATE_NO_ORIGIN;
  for (size_t i = 0; i < about.count; ++i) {
    const uint32_t origin = crate_graph_origin(graph, &about.first[i]);
    if (value && about.first[i].object == value) {
      return origin;
    }
    least = origin < least ? origin : least;
  }
  return about.count || !predicate || !shape ? least
                                             : origin_of(shapes, shape, 0, 0);
}

static void
say(CrateCompiler *compiler, uint32_t origin)
{
  const CrateDiagnostic place = {
    .level = CRATE_DIAGNOSTIC_ERROR,
    .origin = origin + 1u, // CRATE_NO_ORIGIN becomes 0
    .code = CRATE_TEXT("ill-formed-shape"),
  };
  const CrateText text = crate_buffer_text(&compiler->words);
  compiler->malformed = true;
  (void)crate_world_say(compiler->shapes->world, CRATE_MALFORMED, &place,
                        "%.*s", CRATE_TEXT_ARG(text));
}

void
crate_compiler_blame(CrateCompiler *compiler,
                     CrateShacl predicate,
                     CrateTerm value,
                     const char *expected)
{
  CrateBuffer *const words = &compiler->words;
  const CrateShapes *const shapes = compiler->shapes;
  words->size = 0;
  if (compiler->shape) {
    crate_buffer_add_string(words, "shape ");
    describe_shape(words, shapes, compiler->shape);
    crate_buffer_add_string(words, ": ");
  }
  if (predicate) {
    crate_buffer_add_string(words, "sh:");
    crate_buffer_add(words, crate_shacl_name(predicate));
    crate_buffer_add_byte(words, ' ');
  }
  crate_buffer_add_string(words, expected);
  if (value) {
    crate_buffer_add_string(words, ", not ");
    crate_term_print(words, shapes->terms, value, CRATE_PRINT_QUOTED);
  }
  say(compiler, origin_of(shapes, compiler->shape,
                          crate_shapes_term(shapes, predicate), value));
}

/// Literal of a datatype, well written.
static bool
is_typed(const CrateShapes *shapes, CrateTerm value, CrateTerm datatype)
{
  const CrateTermInfo info = crate_terms_info(shapes->terms, value);
  return info.kind == CRATE_TERM_LITERAL && info.datatype == datatype;
}

static bool
is_boolean(const CrateShapes *shapes, CrateTerm value)
{
  const CrateText text = crate_terms_info(shapes->terms, value).text;
  return is_typed(shapes, value, CRATE_XSD_BOOLEAN) &&
         (crate_text_is(text, "true") || crate_text_is(text, "false") ||
          crate_text_is(text, "1") || crate_text_is(text, "0"));
}

static bool
is_integer(const CrateShapes *shapes, CrateTerm value)
{
  const CrateText text = crate_terms_info(shapes->terms, value).text;
  size_t i = text.size && (*text.data == '-' || *text.data == '+') ? 1 : 0;
  bool digits = i < text.size;
  for (; i < text.size; ++i) {
    digits = digits && text.data[i] >= '0' && text.data[i] <= '9';
  }
  return digits && is_typed(shapes, value, CRATE_XSD_INTEGER);
}

bool
crate_value_true(const CrateShapes *shapes, CrateTerm value)
{
  return is_typed(shapes, value, CRATE_XSD_BOOLEAN) &&
         crate_text_is(crate_terms_info(shapes->terms, value).text, "true");
}

size_t
crate_value_count(const CrateShapes *shapes, CrateTerm value)
{
  const CrateText text = crate_terms_info(shapes->terms, value).text;
  size_t count = 0;
  for (size_t i = 0; i < text.size; ++i) {
    if (text.data[i] == '-') {
      return 0;
    }
    if (text.data[i] == '+') {
      continue;
    }
    if (count > (SIZE_MAX - 9) / 10) {
      return SIZE_MAX;
    }
    count = count * 10 + (size_t)(text.data[i] - '0');
  }
  return count;
}

/// Why a term does not suit; NULL when it does.
static const char *
mismatch(const CrateCompiler *compiler, CrateValueKind kind, CrateTerm value)
{
  const CrateShapes *const shapes = compiler->shapes;
  const CrateTermKind is = crate_terms_kind(shapes->terms, value);
  const bool path =
    crate_graph_object(shapes->graph, value,
                       crate_shapes_term(shapes, CRATE_SH_PATH)) != 0;
  switch (kind) {
    case CRATE_VALUE_ANY:
    case CRATE_VALUE_LIST:
    case CRATE_VALUE_IRI_LIST:
    case CRATE_VALUE_STRING_LIST:
    case CRATE_VALUE_SHAPE_LIST:
      return NULL;
    case CRATE_VALUE_IRI:
      return is == CRATE_TERM_IRI ? NULL : "expects an IRI";
    case CRATE_VALUE_LITERAL:
      return is == CRATE_TERM_LITERAL ? NULL : "expects a literal";
    case CRATE_VALUE_STRING:
      return is_typed(shapes, value, CRATE_XSD_STRING)
               ? NULL
               : "expects an xsd:string";
    case CRATE_VALUE_INTEGER:
      return is_integer(shapes, value) ? NULL : "expects an xsd:integer";
    case CRATE_VALUE_BOOLEAN:
      return is_boolean(shapes, value) ? NULL : "expects an xsd:boolean";
    case CRATE_VALUE_SHAPE:
      return is != CRATE_TERM_LITERAL ? NULL : "expects a shape";
    case CRATE_VALUE_NODE_SHAPE:
      return is != CRATE_TERM_LITERAL && !path
               ? NULL
               : "expects a node shape (one without sh:path)";
    case CRATE_VALUE_PROPERTY_SHAPE:
      // One that is said nothing about is not checked; see read_limits().
      return is != CRATE_TERM_LITERAL &&
                 (path || !crate_graph_about(shapes->graph, value, 0).count)
               ? NULL
               : "expects a property shape (one with sh:path)";
  }
  return NULL;
}

bool
crate_value_check(CrateCompiler *compiler,
                  CrateShacl predicate,
                  CrateValueKind kind,
                  CrateTerm value)
{
  const char *const reason = mismatch(compiler, kind, value);
  if (reason) {
    crate_compiler_blame(compiler, predicate, value, reason);
  }
  return !reason;
}

static CrateValueKind
member_kind(CrateValueKind kind)
{
  switch (kind) {
    case CRATE_VALUE_IRI_LIST:
      return CRATE_VALUE_IRI;
    case CRATE_VALUE_STRING_LIST:
      return CRATE_VALUE_STRING;
    case CRATE_VALUE_SHAPE_LIST:
      return CRATE_VALUE_SHAPE;
    case CRATE_VALUE_ANY:
    case CRATE_VALUE_IRI:
    case CRATE_VALUE_LITERAL:
    case CRATE_VALUE_STRING:
    case CRATE_VALUE_INTEGER:
    case CRATE_VALUE_BOOLEAN:
    case CRATE_VALUE_LIST:
    case CRATE_VALUE_SHAPE:
    case CRATE_VALUE_NODE_SHAPE:
    case CRATE_VALUE_PROPERTY_SHAPE:
      return CRATE_VALUE_ANY;
  }
  return CRATE_VALUE_ANY;
}

CrateStatus
crate_value_list(CrateCompiler *compiler,
                 CrateShacl predicate,
                 CrateValueKind kind,
                 CrateTerm head,
                 CrateTerm **members,
                 size_t *count)
{
  CrateShapes *const shapes = compiler->shapes;
  const CrateStatus status =
    crate_graph_list(shapes->graph, head, &shapes->arena, members, count);
  if (status == CRATE_MALFORMED) {
    *count = 0;
    crate_compiler_blame(compiler, predicate, head,
                         "expects a well-formed list");
    return CRATE_OK;
  }
  size_t kept = 0;
  for (size_t i = 0; i < *count && !status; ++i) {
    if (crate_value_check(compiler, predicate, member_kind(kind),
                          (*members)[i])) {
      (*members)[kept++] = (*members)[i];
    }
  }
  *count = kept;
  return status;
}

/// Name of an IRI of the sh: namespace that nobody knows; else empty.
static CrateText
unknown_name(const CrateShapes *shapes, CrateTerm term)
{
  const CrateText space = CRATE_TEXT(CRATE_SHACL_NAMESPACE);
  const CrateTermInfo info = crate_terms_info(shapes->terms, term);
  const CrateText name =
    crate_text_slice(info.text, space.size, info.text.size);
  const bool unknown = info.kind == CRATE_TERM_IRI &&
                       crate_text_starts(info.text, space) && name.size &&
                       !crate_shacl_knows(name);
  return unknown ? name : (CrateText){NULL, 0};
}

static void
blame_term(CrateCompiler *compiler,
           const CrateQuad *quad,
           CrateTerm term,
           CrateText nearest)
{
  CrateBuffer *const words = &compiler->words;
  words->size = 0;
  crate_term_print(words, compiler->shapes->terms, term, CRATE_PRINT_QUOTED);
  crate_buffer_add_string(words, " is not a SHACL term");
  if (nearest.size) {
    crate_buffer_add_string(words, ", did you mean sh:");
    crate_buffer_add(words, nearest);
  }
  crate_buffer_add_string(words, " (in shape ");
  describe_shape(words, compiler->shapes, compiler->shape);
  crate_buffer_add_byte(words, ')');
  say(compiler, crate_graph_origin(compiler->shapes->graph, quad));
}

/// Blame a misspelt term the first time it is met. What is no shape may use
/// any predicate, unless it seems to have been meant for a shape.
static CrateStatus
check_term(CrateCompiler *compiler,
           CrateKeyMap *seen,
           const CrateQuad *quad,
           CrateTerm term,
           bool shape)
{
  uint32_t found = 0;
  CRATE_TRY(crate_key_map_add(seen, crate_key(shape, term), 1, &found));
  const CrateText name =
    found ? (CrateText){NULL, 0} : unknown_name(compiler->shapes, term);
  if (!name.size) {
    return CRATE_OK;
  }
  const CrateText nearest = crate_shacl_nearest(name);
  if (shape || crate_shacl_marks(nearest)) {
    blame_term(compiler, quad, term, nearest);
  }
  return CRATE_OK;
}

static CrateStatus
check_quads(CrateCompiler *compiler, CrateKeyMap *seen)
{
  const CrateGraph *const graph = compiler->shapes->graph;
  const CrateQuad *const quads = crate_graph_quads(graph);
  const size_t count = crate_graph_size(graph);
  for (size_t i = 0; i < count && !quads[i].graph; ++i) {
    const CrateQuad *const quad = &quads[i];
    compiler->shape = quad->subject;
    CRATE_TRY(check_term(
      compiler, seen, quad, quad->predicate,
      crate_key_map_get(&compiler->shapes->numbers, quad->subject) != 0));
    // Any IRI may be a severity, but hardly a misspelt one of SHACL's.
    if (quad->predicate == CRATE_RDF_TYPE ||
        quad->predicate ==
          crate_shapes_term(compiler->shapes, CRATE_SH_SEVERITY)) {
      CRATE_TRY(check_term(compiler, seen, quad, quad->object, true));
    }
  }
  return CRATE_OK;
}

CrateStatus
crate_vocabulary_check(CrateCompiler *compiler)
{
  CrateKeyMap seen;
  crate_key_map_init(&seen, compiler->shapes->world);
  const CrateStatus status = check_quads(compiler, &seen);
  crate_key_map_clear(&seen);
  compiler->shape = CRATE_NO_TERM;
  return status;
}

CrateStatus
crate_entailment_check(CrateCompiler *compiler)
{
  const CrateShapes *const shapes = compiler->shapes;
  const CrateQuadList list = crate_graph_with(
    shapes->graph, crate_shapes_term(shapes, CRATE_SH_ENTAILMENT));
  const CrateDiagnostic place = {
    .level = CRATE_DIAGNOSTIC_ERROR,
    .code = CRATE_TEXT("unsupported-entailment"),
  };
  if (!list.count) {
    return CRATE_OK;
  }
  const CrateText regime =
    crate_terms_info(shapes->terms, crate_quad_list_at(list, 0)->object).text;
  return crate_world_say(shapes->world, CRATE_UNSUPPORTED, &place,
                         "sh:entailment asks for %.*s; expected none, as "
                         "nothing is inferred",
                         CRATE_TEXT_ARG(regime));
}
