// SPDX-License-Identifier: Apache-2.0
// What the public header promises.
#include "validate/shapes/compile.h"
#include "validate/shapes/datatype.h"

static CrateStatus
intern_vocabulary(CrateShapes *shapes)
{
  CrateBuffer iri;
  CrateStatus status = CRATE_OK;
  crate_buffer_init(&iri, shapes->world);
  for (unsigned i = 1; i < CRATE_SH_END && !status; ++i) {
    iri.size = 0;
    crate_buffer_add_string(&iri, CRATE_SHACL_NAMESPACE);
    crate_buffer_add(&iri, crate_shacl_name((CrateShacl)i));
    status = crate_buffer_status(&iri);
    if (!status) {
      status = crate_terms_iri(shapes->terms, crate_buffer_text(&iri),
                               &shapes->vocabulary[i]);
    }
  }
  crate_buffer_clear(&iri);
  return status;
}

static CrateStatus
prepare(CrateShapes *shapes)
{
  CRATE_TRY(intern_vocabulary(shapes));
  CRATE_TRY(crate_terms_iri(
    shapes->terms, CRATE_TEXT("http://www.w3.org/2000/01/rdf-schema#Class"),
    &shapes->rdfs_class));
  CRATE_TRY(crate_datatypes_register(shapes->terms, &shapes->datatypes));
  return crate_shapes_compile(shapes);
}

CrateStatus
crate_shapes_new(const CrateWorld *world,
                 const CrateGraph *graph,
                 const CrateNative *natives,
                 size_t native_count,
                 CrateShapes **out)
{
  *out = NULL;
  CrateShapes *const shapes = crate_world_allocate(world, sizeof(*shapes));
  if (!shapes) {
    return CRATE_NO_MEMORY;
  }
  *shapes = (CrateShapes){
    .world = world,
    .graph = graph,
    .terms = crate_graph_terms(graph),
    .natives = natives,
    .native_count = native_count,
  };
  crate_arena_init(&shapes->arena, world);
  crate_key_map_init(&shapes->numbers, world);
  crate_key_map_init(&shapes->datatypes, world);
  crate_key_map_init(&shapes->class_numbers, world);
  const CrateStatus status = prepare(shapes);
  if (status) {
    crate_shapes_free(shapes);
    return status;
  }
  *out = shapes;
  return CRATE_OK;
}

void
crate_shapes_free(CrateShapes *shapes)
{
  if (!shapes) {
    return;
  }
  const CrateWorld *const world = shapes->world;
  crate_key_map_clear(&shapes->numbers);
  crate_key_map_clear(&shapes->datatypes);
  crate_key_map_clear(&shapes->class_numbers);
  crate_world_release(world, shapes->classes.terms);
  crate_world_release(world, shapes->rules.terms);
  crate_world_release(world, shapes->shapes);
  crate_arena_clear(&shapes->arena);
  crate_world_release(world, shapes);
}

const CrateGraph *
crate_shapes_graph(const CrateShapes *shapes)
{
  return shapes->graph;
}

size_t
crate_shapes_count(const CrateShapes *shapes)
{
  return shapes->rules.count;
}

CrateTerm
crate_shapes_at(const CrateShapes *shapes, size_t i)
{
  return shapes->shapes[shapes->rules.terms[i]]->node;
}

static CrateShape *
find(const CrateShapes *shapes, CrateTerm node)
{
  const uint32_t number = crate_key_map_get(&shapes->numbers, node);
  return number ? shapes->shapes[number - 1] : NULL;
}

size_t
crate_shapes_find(const CrateShapes *shapes, CrateTerm shape)
{
  const CrateShape *const found = find(shapes, shape);
  return found && found->target_count ? found->rule : shapes->rules.count;
}

CrateTerm
crate_shapes_message(const CrateShapes *shapes, CrateTerm shape)
{
  const CrateShape *const found = find(shapes, shape);
  return found ? found->message : CRATE_NO_TERM;
}
