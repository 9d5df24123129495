// SPDX-License-Identifier: Apache-2.0
#include "convert/prov/constraints/constraints.h"

static const CrateProvConstraint constraints[] = {
  {22, "key-object", "statements of one activity agree on its times"},
  {23, "key-properties", "statements of one identifier agree"},
  {24, "unique-generation", "an activity generates an entity once"},
  {25, "unique-invalidation", "an activity invalidates an entity once"},
  {26, "unique-wasStartedBy", "an activity starts another one once"},
  {27, "unique-wasEndedBy", "an activity ends another one once"},
  {28, "unique-startTime", "an activity starts at its start time"},
  {29, "unique-endTime", "an activity ends at its end time"},
  {30, "start-precedes-end", "an activity starts before it ends"},
  {31, "start-start-ordering", "all starts of an activity are at once"},
  {32, "end-end-ordering", "all ends of an activity are at once"},
  {33, "usage-within-activity", "an activity uses while it lasts"},
  {34, "generation-within-activity", "an activity generates while it lasts"},
  {35, "wasInformedBy-ordering",
   "who informs starts before the informed one ends"},
  {36, "generation-precedes-invalidation",
   "an entity is generated before it is invalidated"},
  {37, "generation-precedes-usage", "an entity is generated before it is used"},
  {38, "usage-precedes-invalidation",
   "an entity is used before it is invalidated"},
  {39, "generation-generation-ordering",
   "all generations of an entity are at once"},
  {40, "invalidation-invalidation-ordering",
   "all invalidations of an entity are at once"},
  {41, "derivation-usage-generation-ordering",
   "what is derived from is used before the derived one is generated"},
  {42, "derivation-generation-generation-ordering",
   "what is derived from is generated earlier than the derived one"},
  {43, "wasStartedBy-ordering", "a trigger is there when it starts something"},
  {44, "wasEndedBy-ordering", "a trigger is there when it ends something"},
  {45, "specialization-generation-ordering",
   "the general is generated before the special"},
  {46, "specialization-invalidation-ordering",
   "the special is invalidated before the general"},
  {47, "wasAssociatedWith-ordering",
   "an activity and its agents are there at some time together"},
  {48, "wasAttributedTo-ordering",
   "an agent is there before what is attributed to it"},
  {49, "actedOnBehalfOf-ordering",
   "who is responsible is there before the delegate ends"},
  {50, "typing", "the ends of a relation are what it relates"},
  {51, "impossible-unspecified-derivation-generation-use",
   "a derivation has no generation or usage without the activity"},
  {52, "impossible-specialization-reflexive",
   "nothing is a specialization of itself"},
  {53, "impossible-property-overlap",
   "an identifier is that of one kind of relation"},
  {54, "impossible-object-property-overlap",
   "a relation is no entity, activity or agent"},
  {55, "entity-activity-disjoint", "an entity is no activity"},
  {56, "membership-empty-collection", "an empty collection has no members"},
};

const CrateProvConstraint *
crate_prov_constraint_at(size_t i)
{
  return i < sizeof(constraints) / sizeof(*constraints) ? &constraints[i]
                                                        : NULL;
}
