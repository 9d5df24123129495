// SPDX-License-Identifier: Apache-2.0
// SHACL property paths, 2.3.1: from the shapes graph to an automaton.
#include "validate/shapes/compile.h"

/// More states than any path in use; shared nodes can multiply.
#define MOST_STEPS 4096u

/// The paths that are a single statement, by its predicate.
static const CrateShacl KINDS[] = {
  CRATE_SH_INVERSE_PATH,      CRATE_SH_ALTERNATIVE_PATH,
  CRATE_SH_ZERO_OR_MORE_PATH, CRATE_SH_ONE_OR_MORE_PATH,
  CRATE_SH_ZERO_OR_ONE_PATH,
};
enum { KIND_COUNT = sizeof(KINDS) / sizeof(*KINDS) };

/// An automaton under construction, from its accepting state backwards.
typedef struct Builder {
  CrateCompiler *compiler;
  CrateStep *steps;
  size_t count, capacity;
  uint32_t depth;
  bool broken; // something was blamed
} Builder;

static CrateStatus
add_step(Builder *builder, CrateStep step, uint32_t *out)
{
  *out = 0;
  if (builder->count >= MOST_STEPS) {
    builder->broken = true;
    crate_compiler_blame(builder->compiler, CRATE_SH_PATH, 0,
                         "expects a shorter path");
    return CRATE_OK;
  }
  CRATE_TRY(crate_world_reserve(builder->compiler->shapes->world,
                                &builder->steps, &builder->capacity,
                                builder->count + 1, sizeof(CrateStep)));
  *out = (uint32_t)builder->count;
  builder->steps[builder->count++] = step;
  return CRATE_OK;
}

static CrateStatus build(Builder *builder,
                         CrateTerm node,
                         bool inverse,
                         uint32_t next,
                         uint32_t *out);

static void
blame(Builder *builder, CrateTerm node, const char *expected)
{
  builder->broken = true;
  crate_compiler_blame(builder->compiler, CRATE_SH_PATH, node, expected);
}

/// Members of the list of a sequence or an alternative: two at least.
static CrateStatus
members_of(Builder *builder, CrateTerm head, CrateTerm **members, size_t *count)
{
  CrateShapes *const shapes = builder->compiler->shapes;
  const CrateStatus status =
    crate_graph_list(shapes->graph, head, &shapes->arena, members, count);
  if (status == CRATE_MALFORMED || (!status && *count < 2)) {
    *count = 0;
    blame(builder, head, "expects a list of at least two paths");
    return CRATE_OK;
  }
  return status;
}

static CrateStatus
build_sequence(Builder *builder,
               CrateTerm head,
               bool inverse,
               uint32_t next,
               uint32_t *out)
{
  CrateTerm *members = NULL;
  size_t count = 0;
  CRATE_TRY(members_of(builder, head, &members, &count));
  for (size_t i = 0; i < count && !builder->broken; ++i) {
    // Backwards, as `next` must stand; ^(a/b) is ^b/^a and so forwards.
    const CrateTerm member = members[inverse ? i : count - 1 - i];
    CRATE_TRY(build(builder, member, inverse, next, &next));
  }
  *out = next;
  return CRATE_OK;
}

static CrateStatus
build_alternative(Builder *builder,
                  CrateTerm head,
                  bool inverse,
                  uint32_t next,
                  uint32_t *out)
{
  CrateTerm *members = NULL;
  size_t count = 0;
  uint32_t rest = CRATE_NO_STEP;
  CRATE_TRY(members_of(builder, head, &members, &count));
  for (size_t i = count; i-- > 0 && !builder->broken;) {
    uint32_t entry = 0;
    CRATE_TRY(build(builder, members[i], inverse, next, &entry));
    CRATE_TRY(add_step(builder, (CrateStep){0, false, entry, rest}, &rest));
  }
  *out = rest;
  return CRATE_OK;
}

/// x*, x+ and x?: a fork before or behind x.
static CrateStatus
build_repeat(Builder *builder,
             CrateShacl kind,
             CrateTerm inner,
             bool inverse,
             uint32_t next,
             uint32_t *out)
{
  uint32_t fork = 0;
  uint32_t entry = 0;
  CRATE_TRY(
    add_step(builder, (CrateStep){0, false, CRATE_NO_STEP, next}, &fork));
  const bool once = kind == CRATE_SH_ZERO_OR_ONE_PATH;
  CRATE_TRY(build(builder, inner, inverse, once ? next : fork, &entry));
  builder->steps[fork].next = entry;
  *out = kind == CRATE_SH_ONE_OR_MORE_PATH ? entry : fork;
  return CRATE_OK;
}

/// The kind of a blank node that stands for a path by one statement.
static const CrateQuad *
single_statement(Builder *builder, CrateTerm node, CrateShacl *kind)
{
  const CrateShapes *const shapes = builder->compiler->shapes;
  const CrateQuadRange about = crate_graph_about(shapes->graph, node, 0);
  *kind = CRATE_SH_NONE;
  if (about.count != 1) {
    return NULL;
  }
  for (size_t i = 0; i < KIND_COUNT; ++i) {
    if (crate_shapes_term(shapes, KINDS[i]) == about.first->predicate) {
      *kind = KINDS[i];
      return about.first;
    }
  }
  return NULL;
}

static CrateStatus
build_blank(Builder *builder,
            CrateTerm node,
            bool inverse,
            uint32_t next,
            uint32_t *out)
{
  const CrateShapes *const shapes = builder->compiler->shapes;
  // A list is a sequence, whatever else is said about its nodes (2.3.1.2).
  if (crate_graph_about(shapes->graph, node, CRATE_RDF_FIRST).count) {
    return build_sequence(builder, node, inverse, next, out);
  }
  CrateShacl kind = CRATE_SH_NONE;
  const CrateQuad *const quad = single_statement(builder, node, &kind);
  if (!quad) {
    blame(builder, node,
          "expects an IRI, a list, or a node with exactly one statement, by "
          "one of the path predicates");
    return CRATE_OK;
  }
  if (kind == CRATE_SH_INVERSE_PATH) {
    return build(builder, quad->object, !inverse, next, out);
  }
  if (kind == CRATE_SH_ALTERNATIVE_PATH) {
    return build_alternative(builder, quad->object, inverse, next, out);
  }
  return build_repeat(builder, kind, quad->object, inverse, next, out);
}

static CrateStatus
build(Builder *builder,
      CrateTerm node,
      bool inverse,
      uint32_t next,
      uint32_t *out)
{
  const CrateShapes *const shapes = builder->compiler->shapes;
  *out = 0;
  if (builder->broken) {
    return CRATE_OK;
  }
  const CrateTermKind kind = crate_terms_kind(shapes->terms, node);
  if (kind == CRATE_TERM_IRI) {
    return add_step(builder, (CrateStep){node, inverse, next, CRATE_NO_STEP},
                    out);
  }
  if (kind != CRATE_TERM_BLANK) {
    blame(builder, node, "expects a path, not a literal");
    return CRATE_OK;
  }
  if (builder->depth >= shapes->world->limits.shape_depth) {
    blame(builder, node,
          "expects a path that neither contains itself nor is nested too "
          "deep");
    return CRATE_OK;
  }
  ++builder->depth;
  const CrateStatus status = build_blank(builder, node, inverse, next, out);
  --builder->depth;
  return status;
}

/// A single step over a predicate needs no automaton.
static CratePathKind
kind_of(const CrateStep *steps, size_t count)
{
  if (count != 2 || !steps[1].predicate) {
    return CRATE_PATH_COMPLEX;
  }
  return steps[1].inverse ? CRATE_PATH_INVERSE : CRATE_PATH_PREDICATE;
}

static CrateStatus
finish(const Builder *builder, uint32_t start, CratePath *out)
{
  CrateShapes *const shapes = builder->compiler->shapes;
  CrateStep *const steps =
    crate_arena_array(&shapes->arena, builder->count, sizeof(CrateStep));
  if (!steps) {
    return crate_arena_status(&shapes->arena);
  }
  memcpy(steps, builder->steps, builder->count * sizeof(CrateStep));
  *out = (CratePath){
    .kind = kind_of(steps, builder->count),
    .steps = steps,
    .count = (uint32_t)builder->count,
    .start = start,
  };
  if (out->kind != CRATE_PATH_COMPLEX) {
    out->predicate = steps[1].predicate;
  }
  return CRATE_OK;
}

CrateStatus
crate_path_compile(CrateCompiler *compiler, CrateTerm node, CratePath *out)
{
  *out = (CratePath){.kind = CRATE_PATH_COMPLEX};
  Builder builder = {.compiler = compiler};
  uint32_t start = 0;
  uint32_t accepting = 0;
  CrateStatus status = add_step(
    &builder, (CrateStep){0, false, CRATE_NO_STEP, CRATE_NO_STEP}, &accepting);
  if (!status) {
    status = build(&builder, node, false, accepting, &start);
  }
  if (!status && !builder.broken) {
    status = finish(&builder, start, out);
  }
  crate_world_release(compiler->shapes->world, builder.steps);
  return status;
}
