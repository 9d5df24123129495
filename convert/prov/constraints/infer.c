// SPDX-License-Identifier: Apache-2.0
// What follows from statements (PROV-CONSTRAINTS, section 5), as far as it can
// matter to a constraint: inferences 5 and 6 are constraint 35, 12 and 15 to 18
// and 20 bring nothing that is checked, 19 and 21 are in types.c.
#include "convert/prov/constraints/instance.h"

static CrateStatus
add_fact(CrateProvInstance *instance, const CrateProvFact *fact)
{
  CRATE_TRY(crate_world_reserve(instance->document->world, &instance->facts,
                                &instance->capacity, instance->count + 1,
                                sizeof(*instance->facts)));
  CrateProvFact *const added = &instance->facts[instance->count];
  *added = *fact;
  added->into = instance->count++;
  return CRATE_OK;
}

/// A fact that follows from one, about two terms.
static CrateStatus
infer(CrateProvInstance *instance,
      CrateProvFact fact,
      CrateProvKind kind,
      CrateTerm first,
      CrateTerm second)
{
  fact.record = (CrateProvRecord){.kind = kind,
                                  .bundle = fact.record.bundle,
                                  .id = fact.record.id,
                                  .arguments = {first, second},
                                  .origin = fact.record.origin};
  fact.inferred = true;
  return add_fact(instance, &fact);
}

/// Inference 11, and with it what definition 2 expands: the usage and the
/// generation behind a derivation whose activity is known.
static CrateStatus
infer_derivation(CrateProvInstance *instance, CrateProvFact fact)
{
  const CrateTerm *const given = fact.record.arguments;
  const CrateTerm derived = given[0];
  const CrateTerm from = given[1];
  const CrateTerm activity = given[2];
  const CrateTerm generation = given[3];
  const CrateTerm usage = given[4];
  if (!activity) {
    return CRATE_OK;
  }
  fact.record.id = generation;
  CRATE_TRY(infer(instance, fact, CRATE_PROV_GENERATION, derived, activity));
  fact.record.id = usage;
  fact.after = derived;
  return infer(instance, fact, CRATE_PROV_USAGE, activity, from);
}

/// Inferences 9, 10, 11, 13 and 14.
static CrateStatus
infer_from(CrateProvInstance *instance, CrateProvFact fact)
{
  const CrateTerm *const given = fact.record.arguments;
  fact.record.id = CRATE_NO_TERM;
  switch (fact.record.kind) {
    case CRATE_PROV_START:
    case CRATE_PROV_END:
      return given[1] ? infer(instance, fact, CRATE_PROV_GENERATION, given[1],
                              given[2])
                      : CRATE_OK;
    case CRATE_PROV_DERIVATION:
      return infer_derivation(instance, fact);
    case CRATE_PROV_ATTRIBUTION:
      return infer(instance, fact, CRATE_PROV_GENERATION, given[0],
                   CRATE_NO_TERM);
    case CRATE_PROV_DELEGATION:
      if (!given[2]) {
        return CRATE_OK;
      }
      CRATE_TRY(
        infer(instance, fact, CRATE_PROV_ASSOCIATION, given[2], given[0]));
      return infer(instance, fact, CRATE_PROV_ASSOCIATION, given[2], given[1]);
    default:
      return CRATE_OK;
  }
}

/// What a statement makes of the ends that it relates (constraint 50). The
/// ends of influences and the bundles of mentions may be anything.
static void
note_roles(CrateProvInstance *instance, size_t i)
{
  const CrateProvRecord *const record = &instance->facts[i].record;
  const CrateProvKindInfo *const info = crate_prov_kind(record->kind);
  for (unsigned k = 0; k < info->count; ++k) {
    CrateProvThing *const thing = &instance->things[record->arguments[k]];
    if (!record->arguments[k]) {
      continue;
    }
    if (info->arguments[k].role == CRATE_PROV_IS_ENTITY &&
        thing->as_entity == CRATE_PROV_NOWHERE) {
      thing->as_entity = i;
    }
    if (info->arguments[k].role == CRATE_PROV_IS_ACTIVITY &&
        thing->as_activity == CRATE_PROV_NOWHERE) {
      thing->as_activity = i;
    }
  }
}

/// Inferences 7 and 8, and the types that things are given.
static void
note_thing(CrateProvInstance *instance, size_t i)
{
  const CrateProvRecord *const record = &instance->facts[i].record;
  CrateProvThing *const thing = &instance->things[record->id];
  if (record->kind == CRATE_PROV_ENTITY) {
    thing->entity = true;
    thing->events |= CRATE_PROV_GENERATED | CRATE_PROV_INVALIDATED;
    thing->as_entity =
      thing->as_entity == CRATE_PROV_NOWHERE ? i : thing->as_entity;
  }
  if (record->kind == CRATE_PROV_ACTIVITY) {
    thing->events |= CRATE_PROV_STARTED | CRATE_PROV_ENDED;
    thing->as_activity =
      thing->as_activity == CRATE_PROV_NOWHERE ? i : thing->as_activity;
  }
  for (size_t k = 0; k < record->count; ++k) {
    const CrateProvAttribute *const attribute =
      &instance->document->attributes[record->first + k];
    thing->empty |= attribute->name == instance->type &&
                    attribute->value == instance->empty_collection;
  }
}

static void
note_events(CrateProvInstance *instance, const CrateProvRecord *record)
{
  static const uint8_t events[CRATE_PROV_KIND_COUNT] = {
    [CRATE_PROV_GENERATION] = CRATE_PROV_GENERATED,
    [CRATE_PROV_INVALIDATION] = CRATE_PROV_INVALIDATED,
    [CRATE_PROV_START] = CRATE_PROV_STARTED,
    [CRATE_PROV_END] = CRATE_PROV_ENDED,
  };
  instance->things[record->arguments[0]].events |= events[record->kind];
}

CrateStatus
crate_prov_infer(CrateProvInstance *instance)
{
  const size_t said = instance->count;
  for (size_t i = 0; i < said; ++i) {
    CRATE_TRY(infer_from(instance, instance->facts[i]));
  }
  for (size_t i = 0; i < instance->count; ++i) {
    const CrateProvRecord *const record = &instance->facts[i].record;
    note_roles(instance, i);
    note_events(instance, record);
    if (record->kind < CRATE_PROV_FIRST_RELATION) {
      note_thing(instance, i);
    }
  }
  return CRATE_OK;
}
