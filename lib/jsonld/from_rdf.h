// SPDX-License-Identifier: Apache-2.0
/// @file JSON-LD API 8.4 and 8.5: from quads to expanded elements.
#ifndef CRATE_JSONLD_FROM_RDF_H
#define CRATE_JSONLD_FROM_RDF_H
#include "jsonld/element.h"

typedef struct CrateSubject CrateSubject;

/// "usages" and "referenced once": where a node stands as a value.
typedef struct CrateUsage {
  struct CrateUsage *next;
  CrateSubject *node;
  CrateProperty *property;
  CrateElement *value;
} CrateUsage;

/// A node of one graph.
struct CrateSubject {
  CrateSubject *next;
  CrateTerm term;
  CrateElement *element;
  bool is_compound; ///< It has an rdf:direction: "compound map".
  bool is_gone;     ///< It became a list or a value.
};

/// One graph.
typedef struct CratePart {
  struct CratePart *next;
  CrateTerm name; ///< 0: the default graph.
  CrateSubject *first, *last;
  CrateUsage *nil; ///< Usages of rdf:nil.
} CratePart;

/// One run.
typedef struct CrateSerializing {
  CrateProcessor *p;
  const CrateGraph *graph;
  const CrateTerms *terms;
  CratePart *first, *last; ///< The default graph comes first.
  CrateUsage **once;       ///< By term; `many` for more than once.
  CrateSubject **by_term;  ///< Of the graph in hand.
  CrateName **names;       ///< By term: predicates.
  CrateText *labels;       ///< By term: of blank nodes, with "_:".
  CrateTable taken;        ///< Labels given out.
  uint32_t next_label;     ///< Number of the next new one.
  CrateName *rdf_first, *rdf_rest;
  CrateBuffer buffer; ///< For texts in the making.
  CrateArena sorting; ///< Statements of one subject.
  CrateUsage many;    ///< Nowhere in particular.
} CrateSerializing;

/// IRI or blank node label of a term.
CrateStatus crate_serialize_id(CrateSerializing *s,
                               CrateTerm term,
                               CrateText *out);

/// 8.5.2 RDF to Object Conversion.
CrateStatus crate_serialize_object(CrateSerializing *s,
                                   CrateTerm term,
                                   CrateElement **out);

/// Step 6.1: compound literals of a graph.
CrateStatus crate_serialize_compounds(CrateSerializing *s,
                                      const CratePart *part);

/// Steps 6.2 to 6.4: lists of a graph.
CrateStatus crate_serialize_lists(CrateSerializing *s, const CratePart *part);

/// The only value of a property, or NULL.
static inline CrateElement *
crate_property_only(const CrateProperty *property)
{
  return property && property->values.first == property->values.last
           ? property->values.first
           : NULL;
}

#endif // CRATE_JSONLD_FROM_RDF_H
