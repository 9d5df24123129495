// SPDX-License-Identifier: Apache-2.0
// Entities as a web of references: described where they are named, linked
// from somewhere, and reached from the root. metadata#common-principles-for-
// ro-crate-entities, contextual-entities#contextual-vs-data-entities.
#include "crate/vocabulary.h"
#include "validate/checks/checks.h"

static bool
starts_with_any(CrateText text, const char *const *prefixes, size_t count)
{
  for (size_t i = 0; i < count; ++i) {
    if (crate_text_starts(text, crate_text(prefixes[i]))) {
      return true;
    }
  }
  return false;
}

/// Names that mean something to everybody: enumerations, roles, RO-Crate.
static bool
is_well_known(CrateText iri)
{
  static const char *const prefixes[] = {
    SCHEMA,
    "https://schema.org/",
    PROF "role/",
    "http://www.w3.org/ns/",
    RO_CRATE,
    "http://w3id.org/ro/crate",
    CRATEKIT,
    "http://www.w3.org/2000/01/rdf-schema#",
    "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
  };
  return starts_with_any(iri, prefixes, sizeof(prefixes) / sizeof(*prefixes));
}

/// Properties whose values are addresses or names, not things to describe;
/// and those that another rule speaks of.
static bool
is_address(const CrateView *view, const CrateQuad *quad)
{
  static const char *const names[] = {
    "url",           "contentUrl",    "sameAs",           "identifier",
    "downloadUrl",   "installUrl",    "embedUrl",         "codeRepository",
    "thumbnailUrl",  "logo",          "additionalType",   "relatedLink",
    "thumbnail",     "citation",      "actionStatus",     "domainIncludes",
    "rangeIncludes", "discussionUrl", "inDefinedTermSet", "propertyID",
    "documentation", "downloadURL",   "usageInfo",        "archivedAt",
    "tool",          "screenshot",
  };
  const CrateText iri = crate_terms_info(view->terms, quad->predicate).text;
  const CrateText schema = CRATE_TEXT(SCHEMA);
  const CrateText name = crate_text_slice(iri, schema.size, iri.size);
  for (size_t i = 0; i < sizeof(names) / sizeof(*names); ++i) {
    if (crate_text_is(name, names[i]) && crate_text_starts(iri, schema)) {
      return true;
    }
  }
  return quad->predicate == CRATE_RDF_TYPE ||
         crate_text_is(iri, DCTERMS "conformsTo") ||
         crate_text_is(iri, DCTERMS "format") ||
         crate_text_ends(iri, CRATE_TEXT("relation#cite-as")) ||
         crate_text_ends(iri, CRATE_TEXT("relation/cite-as")) ||
         crate_text_starts(iri, CRATE_TEXT(PROF)) ||
         crate_text_starts(iri, CRATE_TEXT("http://www.w3.org/"));
}

/// What the root's license and a Bioschemas workflow's properties refer to
/// has rules of its own.
static bool
has_own_rule(const CrateView *view,
             const CrateEntity *entity,
             CrateTerm predicate)
{
  static const char *const names[] = {SCHEMA "license", SCHEMA "creator",
                                      SCHEMA "programmingLanguage",
                                      SCHEMA "sdPublisher"};
  const CrateText iri = crate_terms_info(view->terms, predicate).text;
  const uint32_t bits = entity->bits;
  for (size_t i = 0; i < sizeof(names) / sizeof(*names); ++i) {
    if (crate_text_is(iri, names[i])) {
      return (i == 0 && (bits & CRATE_IS_ROOT)) ||
             (bits & CRATE_IS_BIOSCHEMAS_WORKFLOW);
    }
  }
  return false;
}

static CrateStatus
look_at_reference(const CrateNativeCall *call,
                  const CrateEntity *entity,
                  const CrateQuad *quad,
                  CrateMap *seen)
{
  CrateChecks *const checks = (CrateChecks *)call->handle;
  const CrateView *const view = checks->view;
  if (crate_terms_kind(view->terms, quad->object) != CRATE_TERM_IRI ||
      crate_view_entity(view, quad->object) || is_address(view, quad) ||
      has_own_rule(view, entity, quad->predicate)) {
    return CRATE_OK;
  }
  const CrateText iri = crate_terms_info(view->terms, quad->object).text;
  if (is_well_known(iri) || crate_map_get(seen, iri, NULL)) {
    return CRATE_OK;
  }
  CRATE_TRY(crate_map_put(seen, iri, 1));
  const CrateText name = crate_view_name(view, quad->object);
  const CrateText near = crate_check_near_id(checks, name);
  return crate_check_report(
    call, crate_graph_origin(view->graph, quad),
    near.size
      ? "\"%.*s\" is described nowhere in @graph; did you mean \"%.*s\"?"
      : "\"%.*s\" is described nowhere in @graph",
    CRATE_TEXT_ARG(name), CRATE_TEXT_ARG(near));
}

CrateStatus
crate_check_references_described(const CrateNativeCall *call)
{
  const CrateView *const view = crate_check_view(call);
  CrateMap seen;
  CrateStatus st = CRATE_OK;
  crate_map_init(&seen, view->world);
  for (size_t i = 0; i < view->entity_count && !st; ++i) {
    const CrateEntity *const entity = &view->entities[i];
    if ((entity->bits & CRATE_IS_DESCRIPTOR) ||
        crate_view_entity(view, entity->term) != entity) {
      continue;
    }
    const CrateQuadRange range =
      crate_graph_about(view->graph, entity->term, CRATE_NO_TERM);
    for (size_t j = 0; j < range.count && !st; ++j) {
      st = look_at_reference(call, entity, &range.first[j], &seen);
    }
  }
  crate_map_clear(&seen);
  return st;
}

/// Definitions of terms, profiles and actions: in the specification's own
/// examples nothing links to them. Profiles are root-conformsto-profiles'.
static bool
stands_alone(const CrateView *view, const CrateEntity *entity, bool actions)
{
  static const char *const types[] = {
    "http://www.w3.org/1999/02/22-rdf-syntax-ns#Property",
    "http://www.w3.org/2000/01/rdf-schema#Class",
    SCHEMA "DefinedTerm",
    SCHEMA "DefinedTermSet",
    SCHEMA "Class",
    SCHEMA "Property",
    PROF "Profile",
  };
  const CrateQuadRange range =
    crate_graph_about(view->graph, entity->term, CRATE_RDF_TYPE);
  for (size_t i = 0; i < range.count; ++i) {
    const CrateText type =
      crate_terms_info(view->terms, range.first[i].object).text;
    for (size_t t = 0; t < sizeof(types) / sizeof(*types); ++t) {
      if (crate_text_is(type, types[t])) {
        return true;
      }
    }
    if (actions && crate_text_starts(type, CRATE_TEXT(SCHEMA)) &&
        crate_text_ends(type, CRATE_TEXT("Action"))) {
      return true;
    }
  }
  return false;
}

/// Contextual, and the first object with this @id. Data has rules of its own.
static bool
is_asked(const CrateView *view, const CrateEntity *entity)
{
  const uint32_t own =
    CRATE_IS_DATA | CRATE_IS_ROOT | CRATE_IS_DESCRIPTOR | CRATE_IS_PREVIEW;
  return !(entity->bits & own) && entity->term &&
         crate_view_entity(view, entity->term) == entity;
}

/// Whether no other entity refers to this one.
static bool
is_unlinked(const CrateView *view, const CrateEntity *entity)
{
  const CrateQuadList list =
    crate_graph_towards(view->graph, CRATE_NO_TERM, entity->term);
  for (size_t i = 0; i < list.count; ++i) {
    if (crate_quad_list_at(list, i)->subject != entity->term) {
      return false;
    }
  }
  return true;
}

static bool
is_profile(const CrateView *view, const CrateEntity *entity)
{
  const CrateTerm profile =
    crate_terms_find_iri(view->terms, CRATE_TEXT(PROF "Profile"));
  return profile &&
         crate_graph_find(view->graph, entity->term, CRATE_RDF_TYPE, profile);
}

/// Parameter "profiles": only those, which the root could conform to. Any
/// other: all else.
CrateStatus
crate_check_linked(const CrateNativeCall *call)
{
  const CrateView *const view = crate_check_view(call);
  const bool profiles = crate_text_is(crate_check_parameter(call), "profiles");
  for (size_t i = 0; i < view->entity_count; ++i) {
    const CrateEntity *const entity = &view->entities[i];
    if (is_asked(view, entity) && is_unlinked(view, entity) &&
        (profiles ? is_profile(view, entity)
                  : !stands_alone(view, entity, true))) {
      CRATE_TRY(crate_check_report(call, entity->id_offset,
                                   "nothing refers to \"%.*s\"",
                                   CRATE_TEXT_ARG(entity->id)));
    }
  }
  return CRATE_OK;
}

/// Entities found from the root, in the order in which they are looked at.
typedef struct {
  const CrateView *view;
  uint8_t *reached; // by entity
  uint32_t *queue;
  size_t head, tail;
} Walk;

static void
reach(Walk *walk, CrateTerm node)
{
  const CrateEntity *const entity = crate_view_entity(walk->view, node);
  if (entity) {
    const size_t index = (size_t)(entity - walk->view->entities);
    if (!walk->reached[index]) {
      walk->reached[index] = 1;
      walk->queue[walk->tail++] = (uint32_t)index;
    }
  }
}

/// A value that is no entity may be an @list of some.
static CrateStatus
reach_value(Walk *walk, CrateTerm value)
{
  const CrateView *const view = walk->view;
  if (crate_view_entity(view, value) ||
      crate_terms_kind(view->terms, value) != CRATE_TERM_BLANK) {
    reach(walk, value);
    return CRATE_OK;
  }
  CrateArena scratch;
  CrateTerm *members = NULL;
  size_t count = 0;
  crate_arena_init(&scratch, view->world);
  const CrateStatus st =
    crate_graph_list(view->graph, value, &scratch, &members, &count);
  for (size_t i = 0; !st && i < count; ++i) {
    reach(walk, members[i]);
  }
  crate_arena_clear(&scratch);
  return st == CRATE_MALFORMED ? CRATE_OK : st;
}

/// From root and descriptor, along every property.
static CrateStatus
spread(Walk *walk)
{
  const CrateView *const view = walk->view;
  reach(walk, view->root->term);
  reach(walk, view->descriptor->term);
  while (walk->head < walk->tail) {
    const CrateTerm node = view->entities[walk->queue[walk->head++]].term;
    const CrateQuadRange range =
      crate_graph_about(view->graph, node, CRATE_NO_TERM);
    for (size_t i = 0; i < range.count; ++i) {
      if (range.first[i].predicate != CRATE_RDF_TYPE) {
        CRATE_TRY(reach_value(walk, range.first[i].object));
      }
    }
  }
  return CRATE_OK;
}

/// What nothing refers to is said by crate_check_linked().
static CrateStatus
report_unreached(const CrateNativeCall *call, const Walk *walk)
{
  const CrateView *const view = walk->view;
  for (size_t i = 0; i < view->entity_count; ++i) {
    const CrateEntity *const entity = &view->entities[i];
    if (walk->reached[i] || !is_asked(view, entity) ||
        stands_alone(view, entity, false) ||
        (is_unlinked(view, entity) && !stands_alone(view, entity, true))) {
      continue;
    }
    CRATE_TRY(crate_check_report(call, entity->id_offset,
                                 "no chain of references leads from the root "
                                 "to \"%.*s\"",
                                 CRATE_TEXT_ARG(entity->id)));
  }
  return CRATE_OK;
}

CrateStatus
crate_check_within_reach(const CrateNativeCall *call)
{
  CrateChecks *const checks = (CrateChecks *)call->handle;
  const size_t count = checks->view->entity_count + 1u;
  Walk walk = {.view = checks->view};
  walk.reached = (uint8_t *)crate_arena_array(&checks->arena, count, 1);
  walk.queue =
    (uint32_t *)crate_arena_array(&checks->arena, count, sizeof(uint32_t));
  if (!walk.reached || !walk.queue) {
    return crate_arena_status(&checks->arena);
  }
  CRATE_TRY(spread(&walk));
  return report_unreached(call, &walk);
}
