// SPDX-License-Identifier: Apache-2.0
/// @file One instance (the document without its bundles, or a bundle) while it
/// is checked: what is said, and what follows from it.
#ifndef CRATE_PROV_INSTANCE_H
#define CRATE_PROV_INSTANCE_H
#include "convert/prov/constraints/constraints.h"

/// Events that things have by what is said, as bits. All generations of an
/// entity are one event (constraint 39), and so on (31, 32, 40).
typedef enum {
  CRATE_PROV_GENERATED = 1,
  CRATE_PROV_INVALIDATED = 2,
  CRATE_PROV_STARTED = 4,
  CRATE_PROV_ENDED = 8,
} CrateProvEvent;

#define CRATE_PROV_EVENTS 4u

/// No statement.
#define CRATE_PROV_NOWHERE SIZE_MAX

/// What is known of one term.
typedef struct CrateProvThing {
  uint8_t events;       ///< Those there are.
  bool entity, empty;   ///< Is said to be one; an empty collection.
  uint32_t kinds;       ///< Of statements that it is the name of, as bits.
  size_t as_entity;     ///< The first fact that needs it to be one.
  size_t as_activity;   ///< And here an activity.
  CrateTerm times[2];   ///< Of an activity that is said to be one.
  bool timed;           ///< And it is.
  uint32_t event_nodes; ///< The first of them plus 1, in the order of events.
  uint32_t component;   ///< Among specializations.
} CrateProvThing;

/// A statement, or what follows from one.
typedef struct CrateProvFact {
  CrateProvRecord record;
  size_t into;     ///< The fact that it was merged into, or itself.
  bool inferred;   ///< With the origin of what it follows from.
  CrateTerm after; ///< An inferred usage: the entity generated after it.
} CrateProvFact;

typedef struct CrateProvFinding {
  unsigned number; ///< 0: a warning about times.
  uint32_t origin;
  size_t serial; ///< In the order of being found.
  CrateText text;
} CrateProvFinding;

typedef struct CrateProvInstance {
  const CrateProv *document;
  CrateArena arena;       ///< Texts of findings.
  CrateProvThing *things; ///< By term.
  CrateProvFact *facts;
  size_t count, capacity;
  CrateProvFinding *findings;
  size_t finding_count, finding_capacity;
  CrateTerm type, empty_collection; ///< Names of PROV.
} CrateProvInstance;

/// Add what follows from the facts that there are (the inferences of section
/// 5), and note what the terms are.
CRATE_NODISCARD CrateStatus crate_prov_infer(CrateProvInstance *instance);

/// Section 6.1: uniqueness. Facts that are one become one.
CRATE_NODISCARD CrateStatus
crate_prov_check_unique(CrateProvInstance *instance);

/// Section 6.2: order of events.
CRATE_NODISCARD CrateStatus crate_prov_check_order(CrateProvInstance *instance);

/// Sections 6.3 and 6.4: types and what cannot be. Spreads what specializations
/// inherit, so that it goes before the order.
CRATE_NODISCARD CrateStatus crate_prov_check_types(CrateProvInstance *instance);

/// Note a violation, or with number 0 a warning.
CRATE_NODISCARD CrateStatus crate_prov_find(CrateProvInstance *instance,
                                            unsigned number,
                                            const CrateProvFact *fact,
                                            CrateText text);

/// A term as people read it.
void crate_prov_print_term(const CrateProvInstance *instance,
                           CrateBuffer *buffer,
                           CrateTerm term);

/// Compare two times as instants: negative, zero or positive. Zero, too, where
/// only one has a time zone, and nobody can tell.
int crate_prov_times_compare(CrateText a, CrateText b);

/// An edge of a graph.
typedef struct CrateProvEdge {
  uint32_t from, to;
  unsigned number; ///< The constraint that wants it.
  bool strict;     ///< Before, and not at once.
  size_t fact;     ///< That it comes from.
} CrateProvEdge;

/**
   Strongly connected components: nodes that reach one another have the same
   number.

   @param edges Sorted for it, by their start.
   @param first Gets the index of the first edge from each node, and the count
   of edges at the end; `nodes` + 1 of them.
   @param components Gets a number for each node.
*/
CRATE_NODISCARD CrateStatus crate_prov_components(const CrateWorld *world,
                                                  CrateProvEdge *edges,
                                                  size_t edge_count,
                                                  uint32_t nodes,
                                                  uint32_t *first,
                                                  uint32_t *components);

#endif // CRATE_PROV_INSTANCE_H
