// SPDX-License-Identifier: Apache-2.0
/// @file Expanded JSON-LD, typed: what the Expansion Algorithm makes.
#ifndef CRATE_JSONLD_ELEMENT_H
#define CRATE_JSONLD_ELEMENT_H
#include "jsonld/context.h"

typedef struct CrateElement CrateElement;

/// Result of expansion: null (no element, no array), one map, or an array.
typedef struct CrateElements {
  CrateElement *first, *last;
  bool is_array;
} CrateElements;

/// One property and its values.
typedef struct CrateProperty {
  struct CrateProperty *next;
  CrateName *name;
  CrateElements values;
} CrateProperty;

/// Properties in order of appearance; indexed once there are many.
typedef struct CrateProperties {
  CrateProperty *first, *last;
  uint32_t count;
  uint32_t capacity;     ///< Of the index, 0 without.
  CrateProperty **index; ///< Open addressing by the name's address.
} CrateProperties;

/// A value of @type.
typedef struct CrateTypeValue {
  struct CrateTypeValue *next;
  CrateText text;
  CrateName *name; ///< NULL when the IRI was made relative to the base.
  uint32_t offset;
} CrateTypeValue;

typedef struct CrateFramed CrateFramed;

/// Entries that few maps have: kept apart, as a document has many maps.
typedef struct CrateRare {
  CrateElements included;
  CrateProperties reverse;
  CrateFramed *framed; ///< Of a frame; NULL: nothing that only frames say.
} CrateRare;

/// A map: value object, list object, set object, node object.
struct CrateElement {
  CrateElement *next;
  uint32_t offset;
  uint32_t has;       ///< CRATE_BIT()s of the keywords that are entries.
  uint8_t direction;  ///< CrateBaseDirection
  bool type_is_array; ///< @type stood as an array, or more than once.
  bool is_null; ///< No map at all: the null that framing puts in for nothing.
  CrateText id; ///< data NULL is null.
  CrateText index, language;
  const CrateJson *value;
  CrateTypeValue *types, *last_type;
  union { ///< Two of them in one map are refused, by `has`, before any is read.
    CrateElements list, set, graph;
  };
  CrateProperties properties;
  CrateRare *rare; ///< Or NULL, as for nearly every map there is.
};

static inline bool
crate_element_has(const CrateElement *element, CrateKeyword keyword)
{
  return (element->has & CRATE_BIT(keyword)) != 0;
}

static inline bool
crate_elements_is_null(const CrateElements *elements)
{
  return !elements->is_array && !elements->first;
}

/// New in the output arena, empty; NULL when out of memory.
CrateElement *crate_element_new(CrateProcessor *p, uint32_t offset);

/// Its rare entries, made when they are missing; NULL when out of memory.
CrateRare *crate_element_rare(CrateProcessor *p, CrateElement *element);

/// Append to an array (or make a null the one element). Takes the element.
void crate_elements_add(CrateElements *elements, CrateElement *element);

/// Move all of `from` to the end.
void crate_elements_append(CrateElements *elements, const CrateElements *from);

/// The property of this name, or NULL.
CrateProperty *crate_properties_find(const CrateProperties *properties,
                                     const CrateName *name);

/// The property of this name, made when it is missing; NULL when out of
/// memory. Its values are an array (add value, "as array" true).
CrateProperty *crate_properties_get(CrateProcessor *p,
                                    CrateProperties *properties,
                                    CrateName *name);

/// Properties in order of names: a new array of the processor's world, which
/// the caller releases.
CrateStatus crate_properties_sort(CrateProcessor *p,
                                  const CrateProperties *properties,
                                  const CrateProperty ***out);

/// Append a value of @type.
CrateStatus crate_element_add_type(CrateProcessor *p,
                                   CrateElement *element,
                                   CrateTypeValue type);

/// The result as ordinary JSON; `ordered` sorts the keys.
CrateStatus crate_elements_to_json(CrateProcessor *p,
                                   const CrateElements *elements,
                                   CrateArena *arena,
                                   CrateJson **out);

#endif // CRATE_JSONLD_ELEMENT_H
