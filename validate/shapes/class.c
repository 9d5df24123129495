// SPDX-License-Identifier: Apache-2.0
// SHACL instances: SHACL 1.1, "SHACL type", rdfs:subClassOf*.
#include "validate/shapes/run.h"
#include <stdlib.h>

CrateStatus
crate_subclasses_find(const CrateGraph *graph,
                      const CrateGraph *other,
                      CrateTerm class,
                      CrateKeyMap *seen,
                      CrateTermArray *out)
{
  const CrateGraph *const graphs[] = {graph, other};
  uint32_t found = 0;
  const CrateWorld *const world = seen->world;
  crate_key_map_reset(seen);
  out->count = 0;
  CRATE_TRY(crate_key_map_add(seen, class, 1, &found));
  CRATE_TRY(crate_term_array_add(world, out, class));
  for (size_t i = 0; i < out->count; ++i) {
    for (size_t g = 0; g < 2 && graphs[g]; ++g) {
      const CrateQuadList list =
        crate_graph_towards(graphs[g], CRATE_RDFS_SUB_CLASS_OF, out->terms[i]);
      for (size_t j = 0; j < list.count; ++j) {
        const CrateTerm subclass = crate_quad_list_at(list, j)->subject;
        CRATE_TRY(crate_key_map_add(seen, subclass, 1, &found));
        if (!found) {
          CRATE_TRY(crate_term_array_add(world, out, subclass));
        }
      }
    }
  }
  return CRATE_OK;
}

CrateStatus
crate_term_array_add(const CrateWorld *world,
                     CrateTermArray *array,
                     CrateTerm term)
{
  CRATE_TRY(crate_world_reserve(world, &array->terms, &array->capacity,
                                array->count + 1, sizeof(CrateTerm)));
  array->terms[array->count++] = term;
  return CRATE_OK;
}

static int
compare_terms(const void *a, const void *b)
{
  const CrateTerm left = *(const CrateTerm *)a;
  const CrateTerm right = *(const CrateTerm *)b;
  return (left > right) - (left < right);
}

static bool
is_sorted(const CrateTerm *terms, size_t count)
{
  for (size_t i = 1; i < count; ++i) {
    if (terms[i - 1] >= terms[i]) {
      return false;
    }
  }
  return true;
}

size_t
crate_terms_sort(CrateTerm *terms, size_t count)
{
  if (is_sorted(terms, count)) {
    return count;
  }
  qsort(terms, count, sizeof(*terms), compare_terms);
  size_t kept = 0;
  for (size_t i = 0; i < count; ++i) {
    if (!kept || terms[kept - 1] != terms[i]) {
      terms[kept++] = terms[i];
    }
  }
  return kept;
}

bool
crate_terms_contain(const CrateTerm *sorted, size_t count, CrateTerm term)
{
  size_t low = 0;
  size_t high = count;
  while (low < high) {
    const size_t middle = low + (high - low) / 2;
    if (sorted[middle] < term) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  return low < count && sorted[low] == term;
}

static CrateStatus
find(CrateRun *run, size_t number, CrateTermArray *array, CrateClass *out)
{
  CRATE_TRY(crate_subclasses_find(
    run->data, run->data == run->shapes->graph ? NULL : run->shapes->graph,
    run->shapes->classes.terms[number], &run->visited, array));
  array->count = crate_terms_sort(array->terms, array->count);
  CrateTerm *const classes =
    crate_arena_array(&run->arena, array->count, sizeof(CrateTerm));
  if (!classes) {
    return crate_arena_status(&run->arena);
  }
  memcpy(classes, array->terms, array->count * sizeof(CrateTerm));
  *out = (CrateClass){classes, array->count, true};
  return CRATE_OK;
}

CrateStatus
crate_class_find(CrateRun *run, size_t number, const CrateClass **out)
{
  CrateClass *const class = &run->classes[number];
  *out = class;
  if (class->known) {
    return CRATE_OK;
  }
  CrateTermArray array = {NULL, 0, 0};
  const CrateStatus status = find(run, number, &array, class);
  crate_world_release(run->world, array.terms);
  return status;
}

CrateStatus
crate_class_has(CrateRun *run, size_t number, CrateTerm node, bool *out)
{
  const CrateClass *class = NULL;
  *out = false;
  CRATE_TRY(crate_class_find(run, number, &class));
  const CrateQuadRange types =
    crate_graph_about(run->data, node, CRATE_RDF_TYPE);
  for (size_t i = 0; i < types.count && !*out; ++i) {
    *out =
      crate_terms_contain(class->classes, class->count, types.first[i].object);
  }
  return CRATE_OK;
}
