// SPDX-License-Identifier: Apache-2.0
#include "convert/prov/constraints/instance.h"
#include <stdlib.h>

void
crate_prov_print_term(const CrateProvInstance *instance,
                      CrateBuffer *buffer,
                      CrateTerm term)
{
  const CrateTermInfo info = crate_terms_info(instance->document->terms, term);
  const bool iri = info.kind == CRATE_TERM_IRI;
  if (info.kind == CRATE_TERM_BLANK) {
    crate_buffer_add_string(buffer, info.text.size ? "_:" : "a blank node");
  }
  crate_buffer_add_string(buffer, iri ? "<" : "");
  crate_buffer_add(buffer, info.text);
  crate_buffer_add_string(buffer, iri ? ">" : "");
}

CrateStatus
crate_prov_find(CrateProvInstance *instance,
                unsigned number,
                const CrateProvFact *fact,
                CrateText text)
{
  CrateText copy;
  CRATE_TRY(crate_arena_copy(&instance->arena, text, &copy));
  CRATE_TRY(crate_world_reserve(
    instance->document->world, &instance->findings, &instance->finding_capacity,
    instance->finding_count + 1, sizeof(*instance->findings)));
  const size_t serial = instance->finding_count++;
  instance->findings[serial] =
    (CrateProvFinding){number, fact->record.origin, serial, copy};
  return CRATE_OK;
}

/// What was known of the terms of the last instance.
static void
forget(CrateProvInstance *instance)
{
  const CrateProvThing nothing = {.as_entity = CRATE_PROV_NOWHERE,
                                  .as_activity = CRATE_PROV_NOWHERE};
  for (size_t i = 0; i < instance->count; ++i) {
    const CrateProvRecord *const record = &instance->facts[i].record;
    instance->things[record->id] = nothing;
    for (unsigned k = 0; k < CRATE_PROV_ARGUMENTS; ++k) {
      instance->things[record->arguments[k]] = nothing;
    }
  }
  instance->count = 0;
}

/// Each part needs what the one before it has found out.
static CrateStatus
check_instance(CrateProvInstance *instance)
{
  CRATE_TRY(crate_prov_infer(instance));
  CRATE_TRY(crate_prov_check_types(instance));
  CRATE_TRY(crate_prov_check_unique(instance));
  return crate_prov_check_order(instance);
}

/// A statement's number and its bundle, for sorting.
typedef struct Place {
  CrateTerm bundle;
  size_t record;
} Place;

static int
compare_places(const void *first, const void *second)
{
  const Place *const a = first;
  const Place *const b = second;
  const int order = (a->bundle > b->bundle) - (a->bundle < b->bundle);
  return order ? order : (a->record > b->record) - (a->record < b->record);
}

static int
compare_findings(const void *first, const void *second)
{
  const CrateProvFinding *const a = first;
  const CrateProvFinding *const b = second;
  int order = (a->origin > b->origin) - (a->origin < b->origin);
  order = order ? order : (a->number > b->number) - (a->number < b->number);
  return order ? order : (a->serial > b->serial) - (a->serial < b->serial);
}

static CrateStatus
check_all(CrateProvInstance *instance, Place *places)
{
  const CrateProv *const document = instance->document;
  for (size_t i = 0; i < document->count; ++i) {
    places[i] = (Place){document->records[i].bundle, i};
  }
  if (document->count > 1) {
    qsort(places, document->count, sizeof(*places), compare_places);
  }
  for (size_t i = 0, next; i < document->count; i = next) {
    size_t said = 0;
    for (next = i;
         next < document->count && places[next].bundle == places[i].bundle;
         ++next) {
      said += document->records[places[next].record].kind != CRATE_PROV_EMPTY;
    }
    CRATE_TRY(crate_world_reserve(document->world, &instance->facts,
                                  &instance->capacity, said + 1,
                                  sizeof(*instance->facts)));
    for (size_t k = i; k < next; ++k) {
      const CrateProvRecord *const record =
        &document->records[places[k].record];
      if (record->kind != CRATE_PROV_EMPTY) {
        instance->facts[instance->count] =
          (CrateProvFact){.record = *record, .into = instance->count};
        ++instance->count;
      }
    }
    CRATE_TRY(check_instance(instance));
    forget(instance);
  }
  return CRATE_OK;
}

/// Findings as lines. Bytes of the document that would be more than one line
/// cannot be in them: they are of IRIs, labels and times.
static void
write_findings(const CrateProvInstance *instance,
               CrateText name,
               const CrateLines *lines,
               CrateBuffer *out)
{
  for (size_t i = 0; i < instance->finding_count; ++i) {
    const CrateProvFinding *const finding = &instance->findings[i];
    const CratePlace place = finding->origin == CRATE_NO_ORIGIN
                               ? (CratePlace){0, 0}
                               : crate_lines_place(lines, finding->origin);
    crate_buffer_add(out, name);
    if (place.line) {
      crate_buffer_print(out, ":%u:%u", (unsigned)place.line,
                         (unsigned)place.column);
    }
    crate_buffer_add_string(out, finding->number ? ": error: " : ": warning: ");
    crate_buffer_add(out, finding->text);
    if (finding->number) {
      crate_buffer_print(out, " [prov-constraint-%u]\n", finding->number);
    } else {
      crate_buffer_add_string(out, " [prov-times]\n");
    }
    crate_buffer_drain(out);
  }
}

static CrateStatus
check_document(CrateProvInstance *instance)
{
  CrateProv const *const document = instance->document;
  const size_t end = crate_terms_end(document->terms);
  CRATE_TRY(crate_terms_iri(
    document->terms, CRATE_TEXT(CRATE_PROV_NAMESPACE "type"), &instance->type));
  CRATE_TRY(crate_terms_iri(document->terms,
                            CRATE_TEXT(CRATE_PROV_NAMESPACE "EmptyCollection"),
                            &instance->empty_collection));
  Place *const places = crate_world_allocate(
    document->world, (document->count + 1) * sizeof(*places));
  instance->things = crate_world_allocate(
    document->world, (end + 2) * sizeof(*instance->things));
  CrateStatus status = places && instance->things ? CRATE_OK : CRATE_NO_MEMORY;
  for (size_t i = 0; !status && i < end + 2; ++i) {
    instance->things[i] = (CrateProvThing){.as_entity = CRATE_PROV_NOWHERE,
                                           .as_activity = CRATE_PROV_NOWHERE};
  }
  status = status ? status : check_all(instance, places);
  crate_world_release(document->world, places);
  crate_world_release(document->world, instance->things);
  if (instance->finding_count > 1) {
    qsort(instance->findings, instance->finding_count,
          sizeof(*instance->findings), compare_findings);
  }
  return status;
}

CrateStatus
crate_prov_check(const CrateProv *document,
                 CrateText name,
                 CrateText bytes,
                 CrateBuffer *out,
                 size_t *count)
{
  CrateProvInstance instance = {.document = document};
  CrateLines *lines = NULL;
  *count = 0;
  crate_arena_init(&instance.arena, document->world);
  CrateStatus status = check_document(&instance);
  status = status ? status : crate_lines_new(document->world, bytes, &lines);
  if (!status) {
    for (size_t i = 0; i < instance.finding_count; ++i) {
      *count += instance.findings[i].number > 0;
    }
    write_findings(&instance, name, lines, out);
    status = crate_buffer_status(out);
  }
  crate_lines_free(lines);
  crate_arena_clear(&instance.arena);
  crate_world_release(document->world, instance.facts);
  crate_world_release(document->world, instance.findings);
  return status;
}
