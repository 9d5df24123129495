// SPDX-License-Identifier: Apache-2.0
/// @file JSON-LD API, section 6: compaction.
///
/// Takes expanded elements, gives ordinary JSON. Texts of the result lie in
/// the output arena or in documents, never in contexts.
#ifndef CRATE_JSONLD_COMPACT_H
#define CRATE_JSONLD_COMPACT_H
#include "jsonld/building.h"
#include "jsonld/element.h"
#include "jsonld/inverse_context.h"

/// One run.
typedef struct CrateCompacting {
  CrateProcessor *p;
  CrateArena scratch; ///< Rewound when a map is done.
  CrateBuilder builder;
} CrateCompacting;

/// One map being compacted: the variables of 6.1.2 from step 10 on.
typedef struct CrateCompactMap {
  CrateCompacting *c;
  CrateActive *active;
  CrateActive *type_scoped;
  CrateText property; ///< active property
  const CrateElement *element;
  bool inside_reverse;
  CrateBuilding result;
} CrateCompactMap;

/// The value beside an IRI to compact: 6.2.2.
typedef struct CrateBeside {
  const CrateElement *element; ///< NULL: no map.
  bool is_given;               ///< Not null.
  bool is_reverse;
} CrateBeside;

void crate_compacting_init(CrateCompacting *c,
                           CrateProcessor *p,
                           CrateArena *output);

void crate_compacting_clear(CrateCompacting *c);

/// 6.1.2 Compaction Algorithm for one element; data NULL in `property` is
/// null.
CrateStatus crate_compact(CrateCompacting *c,
                          CrateActive *active,
                          CrateText property,
                          const CrateElement *element,
                          CrateJson **out);

/// The same for an array: step 3.
CrateStatus crate_compact_array(CrateCompacting *c,
                                CrateActive *active,
                                CrateText property,
                                const CrateElements *elements,
                                CrateJson **out);

/// Step 12.
CrateStatus crate_compact_entries(CrateCompactMap *map);

/// Steps 12.7 and 12.8: a property, or a keyword that holds elements.
CrateStatus crate_compact_property(CrateCompactMap *map,
                                   CrateText name,
                                   const CrateElements *values);

/// The steps of 12.8.9, for a map of values.
typedef struct CrateCompactItem {
  CrateCompactMap *map;
  CrateText name; ///< expanded property
  const CrateElement *expanded;
  CrateText property; ///< item active property
  const CrateDefinition *definition;
  uint32_t container;
  bool as_array;
  CrateBuilding *nest; ///< nest result
  CrateJson *compacted;
} CrateCompactItem;

/// Step 12.8.8: a graph object.
CrateStatus crate_compact_graph(CrateCompactItem *item);

/// Step 12.8.9.
CrateStatus crate_compact_into_map(CrateCompactItem *item);

/// 6.2.2 IRI Compaction with vocab true.
CrateStatus crate_compact_name(CrateCompacting *c,
                               CrateActive *active,
                               CrateText var,
                               const CrateBeside *beside,
                               CrateText *out);

/// The same without a value: keywords and types.
CrateStatus crate_compact_word(CrateCompacting *c,
                               CrateActive *active,
                               CrateText var,
                               CrateText *out);

/// 6.2.2 with vocab false.
CrateStatus crate_compact_id(CrateCompacting *c,
                             CrateActive *active,
                             CrateText var,
                             CrateText *out);

/// 6.3.2 Value Compaction; `out` is NULL when it comes to a map.
CrateStatus crate_compact_value(CrateCompacting *c,
                                CrateActive *active,
                                const CrateDefinition *definition,
                                const CrateElement *value,
                                CrateJson **out);

static inline CrateStatus
crate_compact_keyword(CrateCompacting *c,
                      CrateActive *active,
                      CrateKeyword keyword,
                      CrateText *out)
{
  return crate_compact_word(c, active, crate_keyword_text(keyword), out);
}

/// A graph object: a map with @graph, and perhaps @id and @index.
static inline bool
crate_element_is_graph(const CrateElement *element)
{
  const uint32_t allowed = CRATE_BIT(CRATE_AT_GRAPH) | CRATE_BIT(CRATE_AT_ID) |
                           CRATE_BIT(CRATE_AT_INDEX);
  return crate_element_has(element, CRATE_AT_GRAPH) &&
         !(element->has & ~allowed) && !element->properties.first;
}

#endif // CRATE_JSONLD_COMPACT_H
