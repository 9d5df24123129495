// SPDX-License-Identifier: Apache-2.0
// What RO-Crate recommends for every entity: a name, a type of schema.org,
// values not wrapped in arrays. metadata#common-principles-for-ro-crate-
// entities and appendix/jsonld#describing-entities-in-json-ld.
#include "crate/vocabulary.h"
#include "validate/checks/checks.h"

#define GEO "http://www.opengis.net/ont/geosparql#"

static bool
is_one_of(CrateText text, const char *const *words, size_t count)
{
  for (size_t i = 0; i < count; ++i) {
    if (crate_text_is(text, words[i])) {
      return true;
    }
  }
  return false;
}

/// Types whose bearers another rule asks for a name, or that need none.
static bool
is_named_elsewhere(CrateText type)
{
  static const char *const types[] = {
    PROF "Profile",
    PROF "ResourceDescriptor",
    GEO "Geometry",
    SCHEMA "GeoCoordinates",
    SCHEMA "GeoShape",
    SCHEMA "CreateAction",
    SCHEMA "UpdateAction",
    "http://www.w3.org/1999/02/22-rdf-syntax-ns#Property",
    "http://www.w3.org/2000/01/rdf-schema#Class",
    SCHEMA "DefinedTerm",
  };
  return is_one_of(type, types, sizeof(types) / sizeof(*types));
}

static bool
has_type(const CrateView *view,
         const CrateEntity *entity,
         bool (*fits)(CrateText type))
{
  const CrateQuadRange range =
    crate_graph_about(view->graph, entity->term, CRATE_RDF_TYPE);
  for (size_t i = 0; i < range.count; ++i) {
    const CrateTermInfo type =
      crate_terms_info(view->terms, range.first[i].object);
    if (fits(type.text)) {
      return true;
    }
  }
  return false;
}

/// Whether some entity has this one as the value of a property of which a
/// rule of its own says that it has a name.
static bool
is_value_of(const CrateView *view, const CrateEntity *entity)
{
  static const char *const properties[] = {SCHEMA "author", SCHEMA "license",
                                           SCHEMA "identifier"};
  for (size_t i = 0; i < sizeof(properties) / sizeof(*properties); ++i) {
    const CrateTerm property =
      crate_terms_find_iri(view->terms, crate_text(properties[i]));
    const CrateQuadList list =
      property ? crate_graph_towards(view->graph, property, entity->term)
               : (CrateQuadList){NULL, NULL, 0};
    for (size_t j = 0; j < list.count; ++j) {
      if (crate_quad_list_at(list, j)->subject == view->root->term) {
        return true;
      }
    }
  }
  return false;
}

/// A JSON-LD context has a rule of its own, too.
static bool
is_context(const CrateView *view, const CrateEntity *entity)
{
  const CrateTerm conforms_to =
    crate_terms_find_iri(view->terms, CRATE_TEXT(DCTERMS "conformsTo"));
  const CrateTerm context = crate_terms_find_iri(
    view->terms, CRATE_TEXT("http://www.w3.org/ns/json-ld#Context"));
  return conforms_to && context &&
         crate_graph_find(view->graph, entity->term, conforms_to, context);
}

/// Whether an @id, unlike a name, says nothing to people: `_:b0` is for
/// entities without a name.
static bool
needs_name(const CrateView *view, const CrateEntity *entity)
{
  const uint32_t others = CRATE_IS_ROOT | CRATE_IS_DESCRIPTOR | CRATE_IS_DATA |
                          CRATE_IS_SCRIPT | CRATE_IS_WORKFLOW |
                          CRATE_IS_PROGRAM | CRATE_IS_BIOSCHEMAS_PARAMETER |
                          CRATE_IS_PREVIEW | CRATE_IS_ROOT_PROFILE;
  return !(entity->bits & others) && entity->term &&
         crate_view_entity(view, entity->term) == entity &&
         !crate_text_starts(entity->id, CRATE_TEXT("_:")) &&
         !crate_text_ends(entity->id, CRATE_TEXT("ro-crate-metadata.json"));
}

CrateStatus
crate_check_named(const CrateNativeCall *call)
{
  const CrateView *const view = crate_check_view(call);
  const CrateTerm name =
    crate_terms_find_iri(view->terms, CRATE_TEXT(SCHEMA "name"));
  for (size_t i = 0; i < view->entity_count; ++i) {
    const CrateEntity *const entity = &view->entities[i];
    if (needs_name(view, entity) &&
        !(name && crate_graph_object(view->graph, entity->term, name)) &&
        !has_type(view, entity, is_named_elsewhere) &&
        !is_value_of(view, entity) && !is_context(view, entity)) {
      CRATE_TRY(crate_check_report(call, entity->id_offset,
                                   "\"%.*s\" has no name",
                                   CRATE_TEXT_ARG(entity->id)));
    }
  }
  return CRATE_OK;
}

/// Of schema.org, or of a vocabulary whose types the specification itself
/// uses alone.
static bool
is_good_type(CrateText type)
{
  static const char *const vocabularies[] = {
    SCHEMA,
    "https://schema.org/", // another rule says what is wrong with it
    PROF,
    GEO,
    BIOSCHEMAS,
    "http://www.w3.org/",
    "http://pcdm.org/models#",
  };
  for (size_t i = 0; i < sizeof(vocabularies) / sizeof(*vocabularies); ++i) {
    if (crate_text_starts(type, crate_text(vocabularies[i]))) {
      return true;
    }
  }
  return false;
}

static bool
is_foreign_type(CrateText type)
{
  return !crate_text_starts(type, CRATE_TEXT(CRATEKIT));
}

/// An entity whose types all mean nothing is said to have undefined ones.
CrateStatus
crate_check_schema_type(const CrateNativeCall *call)
{
  const CrateView *const view = crate_check_view(call);
  for (size_t i = 0; i < view->entity_count; ++i) {
    const CrateEntity *const entity = &view->entities[i];
    const uint32_t typed = CRATE_TYPED_FILE | CRATE_TYPED_DATASET |
                           CRATE_IS_ROOT | CRATE_IS_DESCRIPTOR;
    if (!(entity->bits & typed) && entity->term &&
        crate_view_entity(view, entity->term) == entity &&
        !has_type(view, entity, is_good_type) &&
        has_type(view, entity, is_foreign_type)) {
      CRATE_TRY(crate_check_report(call, entity->id_offset,
                                   "no type of \"%.*s\" is one of schema.org",
                                   CRATE_TEXT_ARG(entity->id)));
    }
  }
  return CRATE_OK;
}

static bool
is_singleton(const CrateJson *value)
{
  return crate_json_is(value, CRATE_JSON_ARRAY) && value->size == 1;
}

/// Once for each key, at its first array: a crate that does so does it all
/// over. The specification's own examples write @type and hasPart so.
CrateStatus
crate_check_unpacked(const CrateNativeCall *call)
{
  const CrateView *const view = crate_check_view(call);
  CrateMap seen;
  CrateStatus st = CRATE_OK;
  crate_map_init(&seen, view->world);
  for (size_t i = 0; i < view->entity_count && !st; ++i) {
    for (const CrateJson *key = crate_json_first_key(view->entities[i].json);
         key && !st; key = crate_json_next_key(key)) {
      const CrateText name = crate_json_text(key);
      if (!is_singleton(key->next) || crate_text_is(name, "@type") ||
          crate_text_is(name, "hasPart") || crate_map_get(&seen, name, NULL)) {
        continue;
      }
      st = crate_map_put(&seen, name, 1);
      st = st ? st
              : crate_check_report(call, key->next->offset,
                                   "\"%.*s\" is an array of one value",
                                   CRATE_TEXT_ARG(name));
    }
  }
  crate_map_clear(&seen);
  return st;
}

static CrateStatus
look_at_scheme(const CrateNativeCall *call, const CrateJson *text)
{
  const CrateText space = CRATE_TEXT("https://schema.org/");
  const CrateText iri = crate_json_is(text, CRATE_JSON_STRING)
                          ? crate_json_text(text)
                          : (CrateText){NULL, 0};
  // Pages of the site, such as /docs/, are no terms.
  const CrateText name = crate_text_slice(iri, space.size, iri.size);
  if (!crate_text_starts(iri, space) || !name.size ||
      crate_text_find(name, '/') < name.size) {
    return CRATE_OK;
  }
  const CrateText rest = crate_text_slice(crate_json_text(text), 8, text->size);
  return crate_check_report(call, text->offset, "write \"http://%.*s\"",
                            CRATE_TEXT_ARG(rest));
}

static CrateStatus
look_at_schemes(const CrateNativeCall *call, const CrateJson *key)
{
  const CrateText name = crate_json_text(key);
  const bool named = crate_text_is(name, "@id") || crate_text_is(name, "@type");
  // An actionStatus may be written either way: decisions.md.
  if (crate_text_is(name, "actionStatus")) {
    return CRATE_OK;
  }
  CRATE_TRY(look_at_scheme(call, named ? key->next : NULL));
  CRATE_TRY(look_at_scheme(call, crate_json_get(key->next, CRATE_TEXT("@id"))));
  for (const CrateJson *item = crate_json_first(key->next); item;
       item = item->next) {
    CRATE_TRY(look_at_scheme(
      call, named ? item : crate_json_get(item, CRATE_TEXT("@id"))));
  }
  return CRATE_OK;
}

CrateStatus
crate_check_schema_scheme(const CrateNativeCall *call)
{
  const CrateView *const view = crate_check_view(call);
  for (size_t i = 0; i < view->entity_count; ++i) {
    for (const CrateJson *key = crate_json_first_key(view->entities[i].json);
         key; key = crate_json_next_key(key)) {
      CRATE_TRY(look_at_schemes(call, key));
    }
  }
  return CRATE_OK;
}
