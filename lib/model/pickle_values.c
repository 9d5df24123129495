// SPDX-License-Identifier: Apache-2.0
// Questions to what a pickle builds.
#include "model/pickle_machine.h"

CrateText
crate_pickled_text(const CratePickled *value)
{
  if (!value || (value->kind != CRATE_PICKLED_TEXT &&
                 value->kind != CRATE_PICKLED_BYTES)) {
    return (CrateText){NULL, 0};
  }
  const size_t kept = value->text.size < CRATE_PICKLE_LONGEST_TEXT
                        ? (size_t)value->text.size
                        : CRATE_PICKLE_LONGEST_TEXT;
  return (CrateText){value->text.data, value->text.data ? kept : 0};
}

bool
crate_pickled_is(const CratePickled *value, const char *text)
{
  return value && value->kind == CRATE_PICKLED_TEXT &&
         crate_text_is(crate_pickled_text(value), text);
}

bool
crate_pickled_is_global(const CratePickled *value,
                        const char *module,
                        const char *name)
{
  return value && value->kind == CRATE_PICKLED_GLOBAL &&
         crate_text_is(value->global->module, module) &&
         crate_text_is(value->global->name, name);
}

bool
crate_pickled_is_call(const CratePickled *value,
                      const char *module,
                      const char *name)
{
  return value && value->kind == CRATE_PICKLED_CALL &&
         crate_pickled_is_global(value->call->callable, module, name);
}

CratePickled *
crate_pickled_item(const CratePickled *value, uint32_t index)
{
  return value &&
             (value->kind == CRATE_PICKLED_TUPLE ||
              value->kind == CRATE_PICKLED_LIST) &&
             index < value->count
           ? value->list.items[index]
           : NULL;
}

CratePickled *
crate_pickled_get(const CratePickled *dict, const char *key)
{
  enum { FEW = 100 }; // attributes: a hostile dictionary is asked many times
  if (!dict || dict->kind != CRATE_PICKLED_DICT) {
    return NULL;
  }
  for (uint32_t i = 0; i + 1u < dict->count && i < FEW; i += 2) {
    if (crate_pickled_is(dict->list.items[i], key)) {
      return dict->list.items[i + 1u];
    }
  }
  return NULL;
}

bool
crate_pickled_count(const CratePickled *value, uint64_t *out)
{
  const bool is =
    value && value->kind == CRATE_PICKLED_NUMBER && value->number >= 0;
  *out = is ? (uint64_t)value->number : 0;
  return is;
}

bool
crate_pickled_counts(CratePickle *pickle,
                     const CratePickled *value,
                     uint64_t **out,
                     uint32_t *rank)
{
  *out = NULL;
  *rank = 0;
  if (value && value->kind == CRATE_PICKLED_CALL) { // torch.Size([2, 3])
    value = crate_pickled_item(value->call->arguments, 0);
  }
  if (!value ||
      (value->kind != CRATE_PICKLED_TUPLE &&
       value->kind != CRATE_PICKLED_LIST) ||
      value->count > CRATE_MODEL_MOST_RANK) {
    return false;
  }
  *rank = value->count;
  *out = crate_model_new_shape(pickle->reading, value->count);
  if (*rank && !*out) {
    crate_pickle_check(pickle,
                       crate_arena_status(&pickle->reading->model->arena));
    return false;
  }
  for (uint32_t i = 0; i < value->count && *out; ++i) {
    if (!crate_pickled_count(value->list.items[i], &(*out)[i])) {
      return false;
    }
  }
  return true;
}
