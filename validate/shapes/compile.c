// SPDX-License-Identifier: Apache-2.0
// Which nodes of the shapes graph are shapes (SHACL 2.1), and what each says.
#include "validate/shapes/compile.h"

CrateStatus
crate_compiler_shape(CrateCompiler *compiler, CrateTerm node, uint32_t *out)
{
  CrateShapes *const shapes = compiler->shapes;
  uint32_t found = 0;
  CRATE_TRY(crate_world_reserve(shapes->world, &shapes->shapes,
                                &shapes->capacity, shapes->count + 1,
                                sizeof(*shapes->shapes)));
  CRATE_TRY(crate_key_map_add(&shapes->numbers, node,
                              (uint32_t)shapes->count + 1, &found));
  if (found) {
    *out = found - 1;
    return CRATE_OK;
  }
  CrateShape *const shape =
    crate_arena_array(&shapes->arena, 1, sizeof(CrateShape));
  if (!shape) {
    return crate_arena_status(&shapes->arena);
  }
  shape->node = node;
  *out = (uint32_t)shapes->count;
  shapes->shapes[shapes->count++] = shape;
  return CRATE_OK;
}

CrateStatus
crate_compiler_class(CrateCompiler *compiler, CrateTerm term, uint32_t *out)
{
  CrateShapes *const shapes = compiler->shapes;
  uint32_t found = 0;
  CRATE_TRY(crate_key_map_add(&shapes->class_numbers, term,
                              (uint32_t)shapes->classes.count + 1, &found));
  *out = found ? found - 1 : (uint32_t)shapes->classes.count;
  return found ? CRATE_OK
               : crate_term_array_add(shapes->world, &shapes->classes, term);
}

CrateTerm
crate_compiler_single(CrateCompiler *compiler, CrateShacl predicate)
{
  const CrateShapes *const shapes = compiler->shapes;
  const CrateQuadRange range = crate_graph_about(
    shapes->graph, compiler->shape, crate_shapes_term(shapes, predicate));
  if (range.count > 1) {
    crate_compiler_blame(
      compiler, predicate, 0,
      predicate == CRATE_SH_PATH
        ? "expects one value at most; is the name of the shape used twice?"
        : "expects one value at most");
  }
  return range.count ? range.first->object : CRATE_NO_TERM;
}

/// Note what a predicate says; the first word stands.
static CrateStatus
mark(CrateCompiler *compiler, CrateTerm predicate, CrateShapeMark what)
{
  uint32_t found = 0;
  return predicate
           ? crate_key_map_add(&compiler->predicates, predicate, what, &found)
           : CRATE_OK;
}

static CrateStatus
mark_vocabulary(CrateCompiler *compiler)
{
  CrateShapes *const shapes = compiler->shapes;
  for (unsigned i = 1; i < CRATE_SH_END; ++i) {
    if (crate_shacl_role((CrateShacl)i) != CRATE_SHACL_PLAIN) {
      CRATE_TRY(mark(compiler, shapes->vocabulary[i], CRATE_MARK_SHAPE));
    }
  }
  for (size_t i = 0; i < shapes->native_count; ++i) {
    CRATE_TRY(
      mark(compiler,
           crate_terms_find_iri(shapes->terms, shapes->natives[i].parameter),
           CRATE_MARK_SHAPE));
  }
  return CRATE_OK;
}

static CrateStatus
mark_unsupported(CrateCompiler *compiler)
{
  CrateShapes *const shapes = compiler->shapes;
  const char *const *names = crate_shacl_unsupported();
  CrateStatus status = CRATE_OK;
  CrateBuffer iri;
  crate_buffer_init(&iri, shapes->world);
  for (; *names && !status; ++names) {
    iri.size = 0;
    crate_buffer_add_string(&iri, CRATE_SHACL_NAMESPACE);
    crate_buffer_add_string(&iri, *names);
    status = crate_buffer_status(&iri);
    if (!status) {
      status = mark(
        compiler, crate_terms_find_iri(shapes->terms, crate_buffer_text(&iri)),
        CRATE_MARK_UNSUPPORTED);
    }
  }
  crate_buffer_clear(&iri);
  return status;
}

/// Parameters of components that the graph declares itself (SHACL 6.1): only
/// SPARQL or a CrateNative could check them.
static CrateStatus
mark_declared(CrateCompiler *compiler)
{
  const CrateShapes *const shapes = compiler->shapes;
  const CrateQuadList list = crate_graph_towards(
    shapes->graph, CRATE_RDF_TYPE,
    crate_shapes_term(shapes, CRATE_SH_CONSTRAINT_COMPONENT));
  for (size_t i = 0; i < list.count; ++i) {
    const CrateQuadRange range =
      crate_graph_about(shapes->graph, crate_quad_list_at(list, i)->subject,
                        crate_shapes_term(shapes, CRATE_SH_PARAMETER));
    for (size_t j = 0; j < range.count; ++j) {
      CRATE_TRY(
        mark(compiler,
             crate_graph_object(shapes->graph, range.first[j].object,
                                crate_shapes_term(shapes, CRATE_SH_PATH)),
             CRATE_MARK_UNSUPPORTED));
    }
  }
  return CRATE_OK;
}

/// Collect the subclasses of a class under a bit.
static CrateStatus
add_types(CrateCompiler *compiler,
          CrateTerm class,
          uint32_t bit,
          CrateTermArray *array)
{
  CrateKeyMap seen;
  crate_key_map_init(&seen, compiler->shapes->world);
  CrateStatus status =
    crate_subclasses_find(compiler->shapes->graph, NULL, class, &seen, array);
  for (size_t i = 0; i < array->count && !status; ++i) {
    uint32_t found = 0;
    status = crate_key_map_add(&compiler->types,
                               crate_key(bit, array->terms[i]), 1, &found);
  }
  crate_key_map_clear(&seen);
  return status;
}

static CrateStatus
collect_types(CrateCompiler *compiler)
{
  const CrateShapes *const shapes = compiler->shapes;
  CrateTermArray array = {NULL, 0, 0};
  CrateStatus status =
    add_types(compiler, crate_shapes_term(shapes, CRATE_SH_NODE_SHAPE),
              CRATE_TYPE_NODE_SHAPE, &array);
  if (!status) {
    status =
      add_types(compiler, crate_shapes_term(shapes, CRATE_SH_PROPERTY_SHAPE),
                CRATE_TYPE_PROPERTY_SHAPE, &array);
  }
  if (!status) {
    status = add_types(compiler, shapes->rdfs_class, CRATE_TYPE_CLASS, &array);
  }
  crate_world_release(shapes->world, array.terms);
  return status;
}

/// Bits of CrateShapeType for a class.
static unsigned
type_bits(const CrateCompiler *compiler, CrateTerm class)
{
  unsigned bits = 0;
  for (unsigned bit = 1; bit <= CRATE_TYPE_CLASS; bit *= 2) {
    if (crate_key_map_get(&compiler->types, crate_key(bit, class))) {
      bits |= bit;
    }
  }
  return bits;
}

unsigned
crate_compiler_types(const CrateCompiler *compiler, CrateTerm node)
{
  const CrateQuadRange types =
    crate_graph_about(compiler->shapes->graph, node, CRATE_RDF_TYPE);
  unsigned bits = 0;
  for (size_t i = 0; i < types.count; ++i) {
    bits |= type_bits(compiler, types.first[i].object);
  }
  return bits;
}

/// Whether a statement makes its subject a shape (SHACL 2.1).
static bool
makes_shape(const CrateCompiler *compiler, const CrateQuad *quad)
{
  if (quad->predicate == CRATE_RDF_TYPE) {
    return (type_bits(compiler, quad->object) &
            (CRATE_TYPE_NODE_SHAPE | CRATE_TYPE_PROPERTY_SHAPE)) != 0;
  }
  return crate_key_map_get(&compiler->predicates, quad->predicate) != 0;
}

static CrateStatus
collect_shapes(CrateCompiler *compiler)
{
  const CrateGraph *const graph = compiler->shapes->graph;
  const CrateQuad *const quads = crate_graph_quads(graph);
  const size_t count = crate_graph_size(graph);
  for (size_t i = 0; i < count && !quads[i].graph; ++i) {
    uint32_t number = 0;
    if (makes_shape(compiler, &quads[i])) {
      CRATE_TRY(crate_compiler_shape(compiler, quads[i].subject, &number));
    }
  }
  return CRATE_OK;
}

/// 2.1.4, 2.1.5, 2.1.6: severity, message, deactivation.
static void
read_characteristics(CrateCompiler *compiler, CrateShape *shape)
{
  const CrateShapes *const shapes = compiler->shapes;
  shape->severity = crate_compiler_single(compiler, CRATE_SH_SEVERITY);
  if (!shape->severity) {
    shape->severity = crate_shapes_term(shapes, CRATE_SH_VIOLATION);
  }
  (void)crate_value_check(compiler, CRATE_SH_SEVERITY, CRATE_VALUE_IRI,
                          shape->severity);
  const CrateTerm off = crate_compiler_single(compiler, CRATE_SH_DEACTIVATED);
  if (off && crate_value_check(compiler, CRATE_SH_DEACTIVATED,
                               CRATE_VALUE_BOOLEAN, off)) {
    shape->deactivated = crate_value_true(shapes, off);
  }
}

/// How well a message suits a reader of English.
static int
message_rank(CrateTermInfo info)
{
  if (!info.language.size) {
    return 2;
  }
  const char *const tag = info.language.data;
  const bool english = info.language.size >= 2 && (tag[0] | 0x20) == 'e' &&
                       (tag[1] | 0x20) == 'n' &&
                       (info.language.size == 2 || tag[2] == '-');
  return english ? 3 : 1;
}

static void
read_message(CrateCompiler *compiler, CrateShape *shape)
{
  const CrateShapes *const shapes = compiler->shapes;
  const CrateQuadRange range = crate_graph_about(
    shapes->graph, shape->node, crate_shapes_term(shapes, CRATE_SH_MESSAGE));
  int best = 0;
  for (size_t i = 0; i < range.count; ++i) {
    const CrateTerm term = range.first[i].object;
    const CrateTermInfo info = crate_terms_info(shapes->terms, term);
    if (info.datatype != CRATE_XSD_STRING &&
        info.datatype != CRATE_RDF_LANG_STRING) {
      crate_compiler_blame(compiler, CRATE_SH_MESSAGE, term,
                           "expects a string, with or without a language");
    } else if (message_rank(info) > best) {
      best = message_rank(info);
      shape->message = term;
    }
  }
}

static CrateStatus
read_path(CrateCompiler *compiler, CrateShape *shape)
{
  const unsigned types = crate_compiler_types(compiler, shape->node);
  shape->path_node = crate_compiler_single(compiler, CRATE_SH_PATH);
  if (!shape->path_node) {
    if (types & CRATE_TYPE_PROPERTY_SHAPE) {
      crate_compiler_blame(compiler, CRATE_SH_PATH, 0,
                           "is missing from a property shape");
    }
    return CRATE_OK;
  }
  if (types & CRATE_TYPE_NODE_SHAPE) {
    crate_compiler_blame(compiler, CRATE_SH_PATH, 0,
                         "is not allowed in a node shape");
  }
  return crate_path_compile(compiler, shape->path_node, &shape->path);
}

/// The first predicate of a shape that SHACL Core does not cover, or 0.
static CrateTerm
unsupported_predicate(const CrateCompiler *compiler, CrateQuadRange about)
{
  for (size_t i = 0; i < about.count; ++i) {
    const CrateTerm predicate = about.first[i].predicate;
    if (crate_key_map_get(&compiler->predicates, predicate) ==
        CRATE_MARK_UNSUPPORTED) {
      return predicate;
    }
  }
  return CRATE_NO_TERM;
}

/// Note why a shape cannot be checked, or not all of it.
static CrateStatus
read_limits(CrateCompiler *compiler, CrateShape *shape)
{
  CrateShapes *const shapes = compiler->shapes;
  CrateBuffer *const words = &compiler->words;
  const CrateQuadRange about = crate_graph_about(shapes->graph, shape->node, 0);
  if (!about.count) {
    shape->not_checked = CRATE_TEXT("the shapes graph says nothing about it");
    return CRATE_OK;
  }
  const CrateTerm predicate = unsupported_predicate(compiler, about);
  if (!predicate) {
    return CRATE_OK;
  }
  words->size = 0;
  crate_term_print(words, shapes->terms, predicate, CRATE_PRINT_QUOTED);
  crate_buffer_add_string(words, " is beyond SHACL Core");
  CRATE_TRY(crate_buffer_status(words));
  return crate_arena_copy(&shapes->arena, crate_buffer_text(words),
                          &shape->not_checked);
}

static CrateStatus
compile_shape(CrateCompiler *compiler, CrateShape *shape)
{
  CrateShapes *const shapes = compiler->shapes;
  compiler->shape = shape->node;
  compiler->constraint_count = 0;
  CRATE_TRY(read_path(compiler, shape));
  read_characteristics(compiler, shape);
  read_message(compiler, shape);
  CRATE_TRY(read_limits(compiler, shape));
  CRATE_TRY(crate_targets_compile(compiler, shape));
  CRATE_TRY(crate_constraints_compile(compiler, shape));
  const size_t count = compiler->constraint_count;
  CrateConstraint *const constraints =
    crate_arena_array(&shapes->arena, count, sizeof(CrateConstraint));
  if (!constraints) {
    return crate_arena_status(&shapes->arena);
  }
  if (count) {
    memcpy(constraints, compiler->constraints, count * sizeof(*constraints));
  }
  shape->constraints = constraints;
  shape->constraint_count = count;
  return CRATE_OK;
}

static CrateStatus
compile_shapes(CrateCompiler *compiler)
{
  CrateShapes *const shapes = compiler->shapes;
  // A shape that is only referred to joins the row while we walk it.
  for (size_t i = 0; i < shapes->count; ++i) {
    CRATE_TRY(compile_shape(compiler, shapes->shapes[i]));
  }
  compiler->shape = CRATE_NO_TERM;
  for (size_t i = 0; i < shapes->count; ++i) {
    if (shapes->shapes[i]->target_count) {
      shapes->shapes[i]->rule = (uint32_t)shapes->rules.count;
      CRATE_TRY(
        crate_term_array_add(shapes->world, &shapes->rules, (CrateTerm)i));
    }
  }
  return CRATE_OK;
}

static CrateStatus
compile(CrateCompiler *compiler)
{
  CRATE_TRY(crate_entailment_check(compiler));
  CRATE_TRY(mark_vocabulary(compiler));
  CRATE_TRY(mark_unsupported(compiler));
  CRATE_TRY(mark_declared(compiler));
  CRATE_TRY(collect_types(compiler));
  CRATE_TRY(collect_shapes(compiler));
  CRATE_TRY(compile_shapes(compiler));
  CRATE_TRY(crate_vocabulary_check(compiler));
  CRATE_TRY(crate_recursion_check(compiler));
  // Words that found no memory would be a complaint cut short.
  CRATE_TRY(crate_buffer_status(&compiler->words));
  return compiler->malformed ? CRATE_MALFORMED : CRATE_OK;
}

CrateStatus
crate_shapes_compile(CrateShapes *shapes)
{
  CrateCompiler compiler = {.shapes = shapes};
  crate_key_map_init(&compiler.predicates, shapes->world);
  crate_key_map_init(&compiler.types, shapes->world);
  crate_buffer_init(&compiler.words, shapes->world);
  const CrateStatus status = compile(&compiler);
  crate_key_map_clear(&compiler.predicates);
  crate_key_map_clear(&compiler.types);
  crate_buffer_clear(&compiler.words);
  crate_world_release(shapes->world, compiler.constraints);
  return status;
}
