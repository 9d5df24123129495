// SPDX-License-Identifier: Apache-2.0
// What the document says of values: which file a field takes them from, and
// how, and what they are to be.
#include "crate/vocabulary.h"
#include "validate/data/data.h"
#include <stdlib.h>

static uint32_t
origin_of(const CrateView *view, CrateTerm node)
{
  const CrateEntity *const entity = crate_view_entity(view, node);
  return entity ? entity->id_offset : CRATE_NO_ORIGIN;
}

static int
compare_resources(const void *a, const void *b)
{
  const CrateDataResource *const x = (const CrateDataResource *)a;
  const CrateDataResource *const y = (const CrateDataResource *)b;
  return (x->term > y->term) - (x->term < y->term);
}

static CrateStatus
gather_resources(CrateData *data)
{
  const CrateView *const view = data->view;
  const CrateQuadList lists[] = {
    crate_check_nodes_of(view, CRATEKIT "FileObject"),
    crate_check_nodes_of(view, CRATEKIT "FileSet")};
  data->resources = (CrateDataResource *)crate_arena_array(
    &data->arena, lists[0].count + lists[1].count, sizeof(CrateDataResource));
  if (!data->resources) {
    return crate_arena_status(&data->arena);
  }
  for (size_t set = 0; set < 2; ++set) {
    for (size_t i = 0; i < lists[set].count; ++i) {
      const CrateTerm term = crate_quad_list_at(lists[set], i)->subject;
      data->resources[data->resource_count++] = (CrateDataResource){
        .term = term, .origin = origin_of(view, term), .set = set > 0};
    }
  }
  qsort(data->resources, data->resource_count, sizeof(CrateDataResource),
        compare_resources);
  return CRATE_OK;
}

CrateDataResource *
crate_data_resource(const CrateData *data, CrateTerm term)
{
  const CrateDataResource key = {.term = term};
  return (CrateDataResource *)(term ? bsearch(&key, data->resources,
                                              data->resource_count, sizeof(key),
                                              compare_resources)
                                    : NULL);
}

/// Index + 1 of a resource, or 0.
static size_t
resource_index(const CrateData *data, CrateTerm term)
{
  const CrateDataResource *const found = crate_data_resource(data, term);
  return found ? (size_t)(found - data->resources) + 1u : 0;
}

static int
compare_fields(const void *a, const void *b)
{
  const CrateDataField *const x = (const CrateDataField *)a;
  const CrateDataField *const y = (const CrateDataField *)b;
  return (x->term > y->term) - (x->term < y->term);
}

CrateDataField *
crate_data_field(const CrateData *data, CrateTerm term)
{
  const CrateDataField key = {.term = term};
  return (CrateDataField *)(term
                              ? bsearch(&key, data->fields, data->field_count,
                                        sizeof(key), compare_fields)
                              : NULL);
}

/// What values are to be, by the field's data types.
static void
read_types(const CrateView *view, CrateDataField *field)
{
  const CrateQuadRange types =
    crate_check_values_of(view, field->term, CROISSANT "dataType");
  for (size_t i = 0; i < types.count; ++i) {
    const CrateText iri =
      crate_terms_info(view->terms, types.first[i].object).text;
    field->split = field->split || crate_text_is(iri, CROISSANT "Split");
    if (field->atom == CRATE_ATOM_NONE) {
      field->atom = crate_atom_of(iri);
      field->bits = crate_atom_bits(iri);
    }
  }
}

/// The file or files of a source: named by it, or it itself.
static size_t
find_resource(const CrateData *data, CrateTerm source)
{
  static const char *const properties[] = {
    CROISSANT "fileObject", CROISSANT "fileSet", CROISSANT "distribution"};
  size_t index = resource_index(data, source);
  for (size_t i = 0; i < 3 && !index; ++i) {
    index = resource_index(
      data, crate_check_value_of(data->view, source, properties[i]));
  }
  return index;
}

/// Properties of an extract; and of those of a file, which.
static const struct {
  const char *property, *value;
  CrateDataExtract extract;
} extracts[] = {
  {CROISSANT "column", NULL, CRATE_EXTRACT_COLUMN},
  {CROISSANT "csvColumn", NULL, CRATE_EXTRACT_COLUMN},
  {CROISSANT "jsonPath", NULL, CRATE_EXTRACT_PATH},
  {CROISSANT "fileProperty", "filename", CRATE_EXTRACT_FILENAME},
  {CROISSANT "fileProperty", "fullpath", CRATE_EXTRACT_FULLPATH},
  {CROISSANT "fileProperty", NULL, CRATE_EXTRACT_CONTENT},
};
enum { EXTRACTS = sizeof(extracts) / sizeof(*extracts) };

static void
read_extract(const CrateView *view, CrateDataField *field, CrateTerm extract)
{
  for (size_t i = 0; i < EXTRACTS && extract; ++i) {
    const CrateQuadRange range =
      crate_check_values_of(view, extract, extracts[i].property);
    if (!range.count) {
      continue;
    }
    const CrateText text = crate_data_text(view, range.first->object);
    if (!extracts[i].value || crate_text_is(text, extracts[i].value)) {
      field->extract = extracts[i].extract;
      field->what = text;
      field->origin = crate_check_origin(view, range.first);
      return;
    }
  }
}

/// Which steps can be gone here.
static CrateStatus
read_step(CrateData *data, CrateDataField *field, CrateTerm transform)
{
  const CrateView *const view = data->view;
  const CrateQuadRange regex =
    crate_check_values_of(view, transform, CROISSANT "regex");
  CrateTerm separator =
    crate_check_value_of(view, transform, CROISSANT "separator");
  separator = separator
                ? separator
                : crate_check_value_of(view, transform, CROISSANT "delimiter");
  CrateDataStep *const step = &field->steps[field->step_count];
  CrateRegexFlaw flaw;
  CrateRegex *compiled = NULL;
  if (regex.count) {
    const CrateStatus st = crate_regex_compile(
      &data->arena, crate_data_text(view, regex.first->object), 0, &compiled,
      &flaw);
    field->pattern_origin = crate_check_origin(view, regex.first);
    field->opaque = field->opaque || st == CRATE_MALFORMED;
    step->regex = compiled;
    ++field->step_count;
    return st == CRATE_MALFORMED ? CRATE_OK : st;
  }
  step->separator =
    separator ? crate_data_text(view, separator) : step->separator;
  field->step_count += step->separator.size > 0;
  field->opaque = field->opaque || !step->separator.size;
  return CRATE_OK;
}

typedef struct {
  CrateTerm term;
  uint32_t origin;
} Placed;

static int
compare_placed(const void *a, const void *b)
{
  const Placed *const x = (const Placed *)a;
  const Placed *const y = (const Placed *)b;
  return (x->origin > y->origin) - (x->origin < y->origin);
}

/// Steps are gone in the order in which they are written.
static CrateStatus
read_steps(CrateData *data, CrateDataField *field, CrateTerm source)
{
  const CrateView *const view = data->view;
  const CrateQuadRange range =
    crate_check_values_of(view, source, CROISSANT "transform");
  if (!range.count) {
    return CRATE_OK;
  }
  Placed *const placed =
    (Placed *)crate_arena_array(&data->arena, range.count, sizeof(Placed));
  field->steps = (CrateDataStep *)crate_arena_array(&data->arena, range.count,
                                                    sizeof(CrateDataStep));
  if (!placed || !field->steps) {
    return crate_arena_status(&data->arena);
  }
  for (size_t i = 0; i < range.count; ++i) {
    placed[i] = (Placed){range.first[i].object,
                         crate_check_origin(view, &range.first[i])};
  }
  qsort(placed, range.count, sizeof(Placed), compare_placed);
  for (size_t i = 0; i < range.count; ++i) {
    CRATE_TRY(read_step(data, field, placed[i].term));
  }
  return CRATE_OK;
}

static CrateStatus
read_field(CrateData *data, CrateDataField *field)
{
  const CrateView *const view = data->view;
  const CrateTerm source =
    crate_check_value_of(view, field->term, CROISSANT "source");
  field->origin = origin_of(view, field->term);
  field->many = crate_check_has_many(view, field->term);
  read_types(view, field);
  crate_seen_init(&field->own, view->world,
                  view->world->limits.memory_bytes / CRATE_DATA_SHARE);
  if (!source) {
    return CRATE_OK;
  }
  field->resource = find_resource(data, source);
  field->formatted =
    crate_check_value_of(view, source, CROISSANT "format") != 0;
  read_extract(view, field,
               crate_check_value_of(view, source, CROISSANT "extract"));
  return read_steps(data, field, source);
}

/// Each field by its term, and then what it refers to.
static CrateStatus
gather_fields(CrateData *data)
{
  const CrateQuadList list = crate_check_nodes_of(data->view, CRATEKIT "Field");
  data->fields = (CrateDataField *)crate_arena_array(&data->arena, list.count,
                                                     sizeof(CrateDataField));
  if (!data->fields) {
    return crate_arena_status(&data->arena);
  }
  for (size_t i = 0; i < list.count; ++i) {
    CrateDataField *const field = &data->fields[data->field_count++];
    field->term = crate_quad_list_at(list, i)->subject;
    CRATE_TRY(read_field(data, field));
  }
  qsort(data->fields, data->field_count, sizeof(CrateDataField),
        compare_fields);
  return CRATE_OK;
}

static void
link_references(CrateData *data)
{
  for (size_t i = 0; i < data->field_count; ++i) {
    const CrateTerm reference = crate_check_value_of(
      data->view, data->fields[i].term, CROISSANT "references");
    CrateDataField *const target =
      reference ? crate_data_field(
                    data, crate_check_referred_field(data->view, reference))
                : NULL;
    if (target) {
      data->fields[i].refers_to = (size_t)(target - data->fields) + 1u;
      target->referred_to = true;
    }
  }
}

/// Each resource knows its fields: counted, then filled in.
static CrateStatus
link_resources(CrateData *data)
{
  for (size_t i = 0; i < data->field_count; ++i) {
    const size_t resource = data->fields[i].resource;
    if (resource && data->fields[i].extract) {
      ++data->resources[resource - 1u].field_count;
    }
  }
  for (size_t i = 0; i < data->resource_count; ++i) {
    CrateDataResource *const resource = &data->resources[i];
    resource->fields = (size_t *)crate_arena_array(
      &data->arena, resource->field_count, sizeof(size_t));
    if (!resource->fields) {
      return crate_arena_status(&data->arena);
    }
    resource->field_count = 0;
  }
  for (size_t i = 0; i < data->field_count; ++i) {
    const size_t index = data->fields[i].resource;
    if (index && data->fields[i].extract) {
      CrateDataResource *const resource = &data->resources[index - 1u];
      resource->fields[resource->field_count++] = i;
    }
  }
  return CRATE_OK;
}

CrateStatus
crate_data_gather(CrateData *data)
{
  CRATE_TRY(gather_resources(data));
  CRATE_TRY(gather_fields(data));
  link_references(data);
  CRATE_TRY(link_resources(data));
  return crate_data_gather_record_sets(data);
}
