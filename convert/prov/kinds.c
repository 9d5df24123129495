// SPDX-License-Identifier: Apache-2.0
// What PROV-DM can say, and how PROV-N, PROV-JSON and PROV-O say it.
#include "convert/prov/prov.h"

#define E CRATE_PROV_IS_ENTITY
#define A CRATE_PROV_IS_ACTIVITY
#define G CRATE_PROV_IS_AGENT
#define T CRATE_PROV_IS_TIME
#define N CRATE_PROV_IS_NAME

static const CrateProvKindInfo kinds[CRATE_PROV_KIND_COUNT] = {
  {"entity", "Entity", NULL, 0, {{0}}},
  {"activity",
   "Activity",
   NULL,
   2,
   {{"startTime", "startedAtTime", T, false},
    {"endTime", "endedAtTime", T, false}}},
  {"agent", "Agent", NULL, 0, {{0}}},
  {"wasGeneratedBy",
   "Generation",
   "qualifiedGeneration",
   3,
   {{"entity", NULL, E, true},
    {"activity", "activity", A, false},
    {"time", "atTime", T, false}}},
  {"used",
   "Usage",
   "qualifiedUsage",
   3,
   {{"activity", NULL, A, true},
    {"entity", "entity", E, false},
    {"time", "atTime", T, false}}},
  {"wasInformedBy",
   "Communication",
   "qualifiedCommunication",
   2,
   {{"informed", NULL, A, true}, {"informant", "activity", A, true}}},
  {"wasStartedBy",
   "Start",
   "qualifiedStart",
   4,
   {{"activity", NULL, A, true},
    {"trigger", "entity", E, false},
    {"starter", "hadActivity", A, false},
    {"time", "atTime", T, false}}},
  {"wasEndedBy",
   "End",
   "qualifiedEnd",
   4,
   {{"activity", NULL, A, true},
    {"trigger", "entity", E, false},
    {"ender", "hadActivity", A, false},
    {"time", "atTime", T, false}}},
  {"wasInvalidatedBy",
   "Invalidation",
   "qualifiedInvalidation",
   3,
   {{"entity", NULL, E, true},
    {"activity", "activity", A, false},
    {"time", "atTime", T, false}}},
  {"wasDerivedFrom",
   "Derivation",
   "qualifiedDerivation",
   5,
   {{"generatedEntity", NULL, E, true},
    {"usedEntity", "entity", E, true},
    {"activity", "hadActivity", A, false},
    {"generation", "hadGeneration", N, false},
    {"usage", "hadUsage", N, false}}},
  {"wasAttributedTo",
   "Attribution",
   "qualifiedAttribution",
   2,
   {{"entity", NULL, E, true}, {"agent", "agent", G, true}}},
  {"wasAssociatedWith",
   "Association",
   "qualifiedAssociation",
   3,
   {{"activity", NULL, A, true},
    {"agent", "agent", G, false},
    {"plan", "hadPlan", E, false}}},
  {"actedOnBehalfOf",
   "Delegation",
   "qualifiedDelegation",
   3,
   {{"delegate", NULL, G, true},
    {"responsible", "agent", G, true},
    {"activity", "hadActivity", A, false}}},
  {"wasInfluencedBy",
   "Influence",
   "qualifiedInfluence",
   2,
   {{"influencee", NULL, N, true}, {"influencer", "influencer", N, true}}},
  {"specializationOf",
   NULL,
   NULL,
   2,
   {{"specificEntity", NULL, E, true}, {"generalEntity", NULL, E, true}}},
  {"alternateOf",
   NULL,
   NULL,
   2,
   {{"alternate1", NULL, E, true}, {"alternate2", NULL, E, true}}},
  {"mentionOf",
   NULL,
   NULL,
   3,
   {{"specificEntity", NULL, E, true},
    {"generalEntity", NULL, E, true},
    {"bundle", "asInBundle", N, true}}},
  {"hadMember",
   NULL,
   NULL,
   2,
   {{"collection", NULL, E, true}, {"entity", NULL, E, true}}},
};

const CrateProvKindInfo *
crate_prov_kind(CrateProvKind kind)
{
  return &kinds[kind];
}

CrateProvKind
crate_prov_kind_named(CrateText name)
{
  int kind = 0;
  while (kind < CRATE_PROV_KIND_COUNT &&
         !crate_text_is(name, kinds[kind].name)) {
    ++kind;
  }
  return (CrateProvKind)kind;
}

static const CrateProvSubtype subtypes[CRATE_PROV_SUBTYPES] = {
  {"Revision", "wasRevisionOf", "qualifiedRevision"},
  {"Quotation", "wasQuotedFrom", "qualifiedQuotation"},
  {"PrimarySource", "hadPrimarySource", "qualifiedPrimarySource"},
};

const CrateProvSubtype *
crate_prov_subtype(size_t i)
{
  return &subtypes[i];
}

static const CrateProvAlias aliases[] = {
  {CRATE_PROV_NAMESPACE "label", CRATE_PROV_RDFS "label"},
  {CRATE_PROV_NAMESPACE "location", CRATE_PROV_NAMESPACE "atLocation"},
  {CRATE_PROV_NAMESPACE "role", CRATE_PROV_NAMESPACE "hadRole"},
};

const CrateProvAlias *
crate_prov_alias(size_t i)
{
  return i < sizeof(aliases) / sizeof(*aliases) ? &aliases[i] : NULL;
}
