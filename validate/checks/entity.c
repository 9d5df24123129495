// SPDX-License-Identifier: Apache-2.0
// Every entity: an @id, a @type, and one object only.
#include "validate/checks/checks.h"

CrateStatus
crate_check_entity_id(const CrateNativeCall *call)
{
  const CrateView *const view = crate_check_view(call);
  for (size_t i = 0; i < view->entity_count; ++i) {
    const CrateEntity *const entity = &view->entities[i];
    if (!entity->id.size) {
      const CrateJson *const id =
        crate_json_get(entity->json, CRATE_TEXT("@id"));
      CRATE_TRY(crate_check_report(call, id ? id->offset : entity->json->offset,
                                   id ? "the @id is not one non-empty string"
                                      : "the entity has no @id"));
    }
  }
  return CRATE_OK;
}

/// A string, or a non-empty array of nothing but strings.
static bool
is_type(const CrateJson *type)
{
  if (!crate_json_is(type, CRATE_JSON_ARRAY)) {
    return crate_json_is(type, CRATE_JSON_STRING) && type->size;
  }
  for (const CrateJson *item = type->first; item; item = item->next) {
    if (item->kind != CRATE_JSON_STRING || !item->size) {
      return false;
    }
  }
  return type->size > 0;
}

CrateStatus
crate_check_entity_type(const CrateNativeCall *call)
{
  const CrateView *const view = crate_check_view(call);
  for (size_t i = 0; i < view->entity_count; ++i) {
    const CrateEntity *const entity = &view->entities[i];
    const CrateJson *const type =
      crate_json_get(entity->json, CRATE_TEXT("@type"));
    if (!is_type(type)) {
      CRATE_TRY(crate_check_report(
        call, type ? type->offset : entity->id_offset,
        type ? "the @type is neither a string nor an array of strings"
             : "the entity has no @type"));
    }
  }
  return CRATE_OK;
}

/// Whether an entity object by itself says that it is data.
static bool
says_data(const CrateEntity *entity)
{
  const CrateJson *const type =
    crate_json_get(entity->json, CRATE_TEXT("@type"));
  if (crate_json_is_string(type, "File") ||
      crate_json_is_string(type, "Dataset")) {
    return true;
  }
  for (const CrateJson *item = crate_json_first(type); item;
       item = item->next) {
    if (crate_json_is_string(item, "File") ||
        crate_json_is_string(item, "Dataset")) {
      return true;
    }
  }
  return false;
}

/// The earlier entity with this one's @id, or NULL.
static const CrateEntity *
first_of(const CrateChecks *checks, const CrateEntity *entity)
{
  uintptr_t number = 0;
  const bool known =
    entity->id.size && crate_map_get(&checks->ids, entity->id, &number);
  const CrateEntity *const first =
    known ? &checks->view->entities[number - 1u] : NULL;
  return first == entity ? NULL : first;
}

/// Report a repeat; the lines are counted for the first one only.
static CrateStatus
report_repeat(const CrateNativeCall *call,
              const CrateEntity *first,
              const CrateEntity *entity,
              CrateLines **lines)
{
  const CrateView *const view = crate_check_view(call);
  if (!*lines) {
    CRATE_TRY(crate_lines_new(view->world, view->document.bytes, lines));
  }
  return crate_check_report(call, entity->id_offset,
                            "\"%.*s\" is described at line %u already",
                            CRATE_TEXT_ARG(entity->id),
                            crate_lines_place(*lines, first->id_offset).line);
}

/// Parameter "same": two objects of one kind share an @id. Parameter
/// "mixed": one of them describes data, the other something contextual.
CrateStatus
crate_check_unique_ids(const CrateNativeCall *call)
{
  const CrateChecks *const checks = (const CrateChecks *)call->handle;
  const CrateView *const view = checks->view;
  const bool mixed = crate_text_is(crate_check_parameter(call), "mixed");
  CrateLines *lines = NULL;
  CrateStatus st = CRATE_OK;
  for (size_t i = 0; i < view->entity_count && !st; ++i) {
    const CrateEntity *const entity = &view->entities[i];
    const CrateEntity *const first = first_of(checks, entity);
    if (first && (says_data(first) != says_data(entity)) == mixed) {
      st = report_repeat(call, first, entity, &lines);
    }
  }
  crate_lines_free(lines);
  return st;
}

/// The focus node's object has no key of the parameter's name.
CrateStatus
crate_check_refused_key(const CrateNativeCall *call)
{
  const CrateEntity *const entity =
    crate_view_entity(crate_check_view(call), call->focus);
  const CrateText name = crate_check_parameter(call);
  for (const CrateJson *key = entity ? crate_json_first_key(entity->json)
                                     : NULL;
       key; key = crate_json_next_key(key)) {
    if (crate_text_equal(crate_json_text(key), name)) {
      CRATE_TRY(crate_check_report(call, key->offset,
                                   "the key \"%.*s\" is not for that",
                                   CRATE_TEXT_ARG(crate_json_text(key))));
    }
  }
  return CRATE_OK;
}
