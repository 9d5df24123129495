// SPDX-License-Identifier: Apache-2.0
/// @file JSON in the making: objects whose members can still be found and
/// added to, and arrays that grow at the end.
#ifndef CRATE_JSONLD_BUILDING_H
#define CRATE_JSONLD_BUILDING_H
#include "jsonld/table.h"
#include <cratekit/json.h>

/// Where JSON is made, and where what it takes to make it is kept meanwhile.
typedef struct CrateBuilder {
  CrateArena *output, *scratch;
} CrateBuilder;

typedef struct CrateBuilding CrateBuilding;

/// A member. Its value is JSON, or an object in the making.
typedef struct CrateEntry {
  struct CrateEntry *next;
  CrateText key;
  CrateJson *value; ///< NULL as long as there is none, and beside `map`.
  CrateJson *last;  ///< Of an array.
  CrateBuilding *map;
} CrateEntry;

/// An object. All zero is an empty one, made of no value of a document.
struct CrateBuilding {
  CrateEntry *first, *last;
  uint32_t count;
  uint32_t offset;
  CrateTable index; ///< CrateEntry by key, once there are many.
};

/// Why an allocation of the builder's failed.
CrateStatus crate_builder_status(const CrateBuilder *builder);

/// The member of this key, or NULL.
CrateEntry *crate_building_find(const CrateBuilder *builder,
                                const CrateBuilding *building,
                                CrateText key);

/// The same, made when it is missing. Keeps the key.
CrateStatus crate_building_entry(const CrateBuilder *builder,
                                 CrateBuilding *building,
                                 CrateText key,
                                 CrateEntry **out);

/// The object in the making that a member holds, made when it is missing.
CrateStatus crate_building_map(const CrateBuilder *builder,
                               CrateBuilding *building,
                               CrateText key,
                               CrateBuilding **out);

/// "Add value" of the specification. Takes the value.
CrateStatus crate_building_add(const CrateBuilder *builder,
                               CrateBuilding *building,
                               CrateText key,
                               CrateJson *value,
                               bool as_array);

/// Set a member, whatever it was. Takes the value.
CrateStatus crate_building_set(const CrateBuilder *builder,
                               CrateBuilding *building,
                               CrateText key,
                               CrateJson *value);

/// The object as JSON. The building is of no use afterwards.
CrateStatus crate_building_finish(const CrateBuilder *builder,
                                  CrateBuilding *building,
                                  CrateJson **out);

/// A new string in the output.
CrateStatus crate_builder_string(const CrateBuilder *builder,
                                 CrateText text,
                                 CrateJson **out);

/// A new array or object in the output, empty.
CrateStatus crate_builder_new(const CrateBuilder *builder,
                              CrateJsonKind kind,
                              CrateJson **out);

/// A copy that can be linked elsewhere; what it holds is shared, but for the
/// elements of an array, which are copied alike.
CrateStatus crate_builder_copy(const CrateBuilder *builder,
                               const CrateJson *value,
                               CrateJson **out);

/// Append to an array whose last element is known (NULL: it is empty).
static inline void
crate_json_append(CrateJson *array, CrateJson **last, CrateJson *item)
{
  item->next = NULL;
  if (*last) {
    (*last)->next = item;
  } else {
    array->first = item;
  }
  *last = item;
  ++array->size;
}

#endif // CRATE_JSONLD_BUILDING_H
