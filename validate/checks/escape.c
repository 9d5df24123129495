// SPDX-License-Identifier: Apache-2.0
// Identifiers that climb out of the crate: "../fetch.txt".
#include "validate/checks/checks.h"
#include <cratekit/iri.h>

bool
crate_check_climbs(CrateText path)
{
  size_t depth = 0;
  while (path.size) {
    const size_t end = crate_text_find(path, '/');
    const CrateText segment = crate_text_slice(path, 0, end);
    if (crate_text_is(segment, "..")) {
      if (!depth) {
        return true;
      }
      --depth;
    } else if (segment.size && !crate_text_is(segment, ".")) {
      ++depth;
    }
    path = crate_text_slice(path, end + 1u, path.size);
  }
  return false;
}

/// The same of a relative reference.
static bool
climbs_out(CrateText id)
{
  if (crate_iri_is_absolute(id)) {
    return false;
  }
  id = crate_text_slice(id, 0, crate_text_find(id, '#'));
  return crate_check_climbs(crate_text_slice(id, 0, crate_text_find(id, '?')));
}

static CrateStatus
look_at(const CrateNativeCall *call, const CrateJson *id)
{
  return crate_json_is(id, CRATE_JSON_STRING) && climbs_out(crate_json_text(id))
           ? crate_check_report(call, id->offset,
                                "\"%.*s\" leads out of the crate",
                                CRATE_TEXT_ARG(crate_json_text(id)))
           : CRATE_OK;
}

/// References to what is described nowhere; the others are said where the
/// entity stands.
static CrateStatus
look_at_reference(const CrateNativeCall *call, const CrateJson *value)
{
  const CrateChecks *const checks = (const CrateChecks *)call->handle;
  const CrateJson *const id = crate_json_get(value, CRATE_TEXT("@id"));
  return crate_json_is(id, CRATE_JSON_STRING) &&
             !crate_map_get(&checks->ids, crate_json_text(id), NULL)
           ? look_at(call, id)
           : CRATE_OK;
}

CrateStatus
crate_check_escaping_id(const CrateNativeCall *call)
{
  const CrateView *const view = crate_check_view(call);
  for (size_t i = 0; i < view->entity_count; ++i) {
    const CrateJson *const entity = view->entities[i].json;
    CRATE_TRY(look_at(call, crate_json_get(entity, CRATE_TEXT("@id"))));
    for (const CrateJson *key = crate_json_first_key(entity); key;
         key = crate_json_next_key(key)) {
      CRATE_TRY(look_at_reference(call, key->next));
      for (const CrateJson *item = crate_json_first(key->next); item;
           item = item->next) {
        CRATE_TRY(look_at_reference(call, item));
      }
    }
  }
  return CRATE_OK;
}
