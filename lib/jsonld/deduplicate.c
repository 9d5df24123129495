// SPDX-License-Identifier: Apache-2.0
#include "jsonld/deduplicate.h"

static CrateStatus
copy_value(CrateProcessor *p, const CrateJson *value, CrateJson **out)
{
  *out = crate_arena_allocate(p->output, sizeof **out);
  if (!*out) {
    return crate_processor_out_of_memory(p);
  }
  **out = *value;
  (*out)->next = NULL;
  return CRATE_OK;
}

static CrateStatus
copy_array(CrateProcessor *p, CrateJson *array)
{
  CrateJson *last = NULL;
  for (const CrateJson *item = array->first; item; item = item->next) {
    CrateJson *copy;
    CRATE_TRY(crate_deduplicate(p, item, &copy));
    if (last) {
      last->next = copy;
    } else {
      array->first = copy;
    }
    last = copy;
  }
  return CRATE_OK;
}

/// Copy one member, or replace the value of the one that has its key.
static CrateStatus
copy_member(CrateProcessor *p,
            CrateTable *keys,
            const CrateJson *key,
            CrateJson **last)
{
  CrateTableSlot *const slot =
    crate_table_put(keys, p->output, crate_json_text(key));
  CrateJson *value;
  if (!slot) {
    return crate_processor_out_of_memory(p);
  }
  CRATE_TRY(crate_deduplicate(p, key->next, &value));
  CrateJson *known = slot->value;
  if (known) {
    CrateJson *const next = known->next->next;
    *known->next = *value;
    known->next->next = next;
    return CRATE_OK;
  }
  CRATE_TRY(copy_value(p, key, &known));
  slot->value = known;
  known->next = value;
  (*last)->next = known;
  *last = value;
  return CRATE_OK;
}

static CrateStatus
copy_object(CrateProcessor *p, CrateJson *object)
{
  CrateTable keys = {NULL, 0, 0};
  CrateJson head = {.next = NULL};
  CrateJson *last = &head;
  for (const CrateJson *key = crate_json_first_key(object); key;
       key = crate_json_next_key(key)) {
    CRATE_TRY(copy_member(p, &keys, key, &last));
  }
  object->first = head.next;
  object->size = keys.count;
  return CRATE_OK;
}

CrateStatus
crate_deduplicate(CrateProcessor *p, const CrateJson *value, CrateJson **out)
{
  CRATE_TRY(copy_value(p, value, out));
  if (value->kind != CRATE_JSON_ARRAY && value->kind != CRATE_JSON_OBJECT) {
    return CRATE_OK;
  }
  CRATE_TRY(crate_processor_descend(p, &p->source, value->offset));
  const CrateStatus status = value->kind == CRATE_JSON_ARRAY
                               ? copy_array(p, *out)
                               : copy_object(p, *out);
  --p->depth;
  return status;
}
