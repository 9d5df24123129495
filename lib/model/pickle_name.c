// SPDX-License-Identifier: Apache-2.0
// Names of what a pickle holds: the keys and attributes on the way to it.
#include "model/pickle.h"
#include <inttypes.h>
#include <stdio.h>

/// What is on its way: names are views of the model's arena.
typedef struct {
  const CratePickleNamer *namer;
  uint32_t depth;
  bool cut; ///< Something lay too deep.
} Walk;

static CrateStatus walk(Walk *at, CratePickled *value, CrateText name);

CrateStatus
crate_pickle_add(CratePickle *pickle, CrateTensor *tensor)
{
  CrateModelReading *const reading = pickle->reading;
  tensor->name = tensor->name.size ? tensor->name : CRATE_TEXT("array");
  const CrateText name = tensor->name;
  for (unsigned i = 2;
       crate_map_get(&reading->model->names, tensor->name, NULL); ++i) {
    if (i > 100) {
      return crate_model_refuse(reading, CRATE_OVER_LIMIT,
                                "a hundred tensors have the same name");
    }
    char number[16];
    snprintf(number, sizeof(number), "#%u", i);
    const CrateText parts[] = {name, crate_text(number)};
    CRATE_TRY(
      crate_arena_join(&reading->model->arena, parts, 2, &tensor->name));
  }
  return crate_model_add_tensor(reading, tensor);
}

/// A name below another.
static CrateStatus
join(const Walk *at, CrateText name, CrateText key, CrateText *out)
{
  const CrateText parts[] = {name, CRATE_TEXT("."), key};
  CrateArena *const arena = &at->namer->pickle->reading->model->arena;
  return name.size ? crate_arena_join(arena, parts, 3, out)
                   : crate_arena_copy(arena, key, out);
}

static CrateStatus
walk_below(Walk *at, CratePickled *value, CrateText name, CrateText key)
{
  CrateText below = {NULL, 0};
  if (!value || value->kind <= CRATE_PICKLED_GLOBAL) {
    return CRATE_OK; // nothing can be in it
  }
  CRATE_TRY(join(at, name, key, &below));
  return walk(at, value, below);
}

static CrateText
key_of(const CratePickled *key, char *digits, size_t size)
{
  if (key->kind == CRATE_PICKLED_TEXT || key->kind == CRATE_PICKLED_BYTES) {
    return crate_pickled_text(key);
  }
  if (key->kind == CRATE_PICKLED_NUMBER) {
    snprintf(digits, size, "%" PRId64, key->number);
  } else {
    snprintf(digits, size, "?");
  }
  return crate_text(digits);
}

static CrateStatus
walk_items(Walk *at, CratePickled *value, CrateText name)
{
  char digits[24];
  const bool dict = value->kind == CRATE_PICKLED_DICT;
  for (uint32_t i = 0; i + dict < value->count; i += 1u + dict) {
    CratePickled *const *const item = &value->list.items[i];
    if (!dict) {
      snprintf(digits, sizeof(digits), "%" PRIu32, i);
    }
    CRATE_TRY(walk_below(at, item[dict], name,
                         dict ? key_of(item[0], digits, sizeof(digits))
                              : crate_text(digits)));
  }
  return CRATE_OK;
}

/// What a call is given, its attributes and what was put into it are its own:
/// they are named as if they were in it.
static CrateStatus
walk_call(Walk *at, CratePickled *value, CrateText name)
{
  const CratePickledCall *const call = value->call;
  const CratePickleNamer *const namer = at->namer;
  CrateTensor tensor = {.name = name};
  bool known = false;
  if (namer->rebuild) {
    CRATE_TRY(namer->rebuild(namer->handle, value, name, &known));
    if (known) {
      return CRATE_OK;
    }
  }
  CRATE_TRY(crate_pickle_array_of(namer->pickle, value, &tensor, &known));
  if (known) {
    return crate_pickle_add(namer->pickle, &tensor);
  }
  CratePickled *const parts[] = {call->arguments, call->state, call->contents};
  for (size_t i = 0; i < 3; ++i) {
    if (!parts[i]) {
      continue;
    }
    // One argument, or a state of attributes and slots, is not numbered.
    CratePickled *const *const items = parts[i]->list.items;
    const bool pair = i < 2 && parts[i]->kind == CRATE_PICKLED_TUPLE;
    for (uint32_t k = 0; pair && k < parts[i]->count; ++k) {
      CRATE_TRY(walk(at, items[k], name));
    }
    if (!pair) {
      CRATE_TRY(walk(at, parts[i], name));
    }
  }
  return CRATE_OK;
}

static CrateStatus
walk_array(const Walk *at, const CratePickled *value, CrateText name)
{
  CrateTensor tensor = *value->array;
  tensor.name = name;
  return crate_pickle_add(at->namer->pickle, &tensor);
}

/// Of what is there in two places, both are named if it is a tensor, and else
/// only the first: cycles end, and nothing is walked over and over.
static CrateStatus
walk(Walk *at, CratePickled *value, CrateText name)
{
  if (value->kind == CRATE_PICKLED_ARRAY) {
    return walk_array(at, value, name);
  }
  if (value->kind <= CRATE_PICKLED_GLOBAL ||
      value->kind == CRATE_PICKLED_PERSISTENT) {
    return CRATE_OK;
  }
  if (value->visited || !at->depth) {
    at->cut |= !at->depth;
    return CRATE_OK;
  }
  value->visited = true;
  --at->depth;
  const CrateModel *const model = at->namer->pickle->reading->model;
  const size_t before = model->tensor_count;
  const CrateStatus st = value->kind == CRATE_PICKLED_CALL
                           ? walk_call(at, value, name)
                           : walk_items(at, value, name);
  ++at->depth;
  // A tensor itself may be met again; what only holds some may not.
  value->visited =
    !(value->kind == CRATE_PICKLED_CALL && model->tensor_count == before + 1u &&
      crate_text_equal(model->tensors[before].name, name));
  return st;
}

CrateStatus
crate_pickle_name(const CratePickleNamer *namer, CratePickled *value)
{
  CrateModelReading *const reading = namer->pickle->reading;
  Walk at = {.namer = namer, .depth = reading->world->limits.depth};
  CRATE_TRY(walk(&at, value, (CrateText){NULL, 0}));
  return at.cut
           ? crate_model_add_hazard(
               reading, CRATE_HAZARD_NOTE, "pickle-deep", (CrateText){NULL, 0},
               "values are nested too deeply, tensors in them are not "
               "listed")
           : CRATE_OK;
}
