// SPDX-License-Identifier: Apache-2.0
// Flattened form: no entity inside another. Which rule a nested object
// breaks depends on what it is, so each rule asks for one kind of it.
#include "validate/checks/checks.h"

typedef enum {
  FINE,
  REFERENCE, // {"@id": …} with other keys beside it
  TYPED,     // an entity without @id, as in schema.org's examples
  OTHER,     // any other structure that flattening removes
} Nesting;

static const struct {
  const char *name; // value of the parameter
  Nesting nesting;
  const char *words;
} kinds[] = {
  {"reference", REFERENCE, "a reference holds more than its @id"},
  {"typed", TYPED, "an entity is nested inside another"},
  {"other", OTHER, "a value is not in flattened form"},
};

static bool
has(const CrateJson *object, const char *key)
{
  return crate_json_get(object, crate_text(key)) != NULL;
}

static Nesting
classify(const CrateJson *value)
{
  if (has(value, "@id")) {
    return value->size == 1 ? FINE : REFERENCE;
  }
  if (has(value, "@value") || has(value, "@list") || has(value, "@set")) {
    return FINE;
  }
  return has(value, "@type") ? TYPED : OTHER;
}

typedef struct {
  const CrateNativeCall *call;
  Nesting asked;
  const char *words;
} Search;

static CrateStatus
look_at_object(const Search *search, const CrateJson *value)
{
  return classify(value) == search->asked
           ? crate_check_report(search->call, value->offset, "%s",
                                search->words)
           : CRATE_OK;
}

static CrateStatus look_at_list(const Search *search, const CrateJson *list);

/// One value of a property, or one member of its array.
static CrateStatus
look_at(const Search *search, const CrateJson *value, bool in_array)
{
  if (value->kind == CRATE_JSON_ARRAY && in_array) {
    return search->asked == OTHER
             ? crate_check_report(search->call, value->offset,
                                  "an array is nested in an array")
             : CRATE_OK;
  }
  if (value->kind == CRATE_JSON_ARRAY) {
    for (const CrateJson *item = value->first; item; item = item->next) {
      CRATE_TRY(look_at(search, item, true));
    }
    return CRATE_OK;
  }
  if (value->kind != CRATE_JSON_OBJECT) {
    return CRATE_OK;
  }
  CRATE_TRY(look_at_list(search, crate_json_get(value, CRATE_TEXT("@list"))));
  CRATE_TRY(look_at_list(search, crate_json_get(value, CRATE_TEXT("@set"))));
  return look_at_object(search, value);
}

/// JSON-LD 1.0 has no lists of lists, so there is one level to look at.
static CrateStatus
look_at_list(const Search *search, const CrateJson *list)
{
  for (const CrateJson *item = crate_json_first(list); item;
       item = item->next) {
    const bool inner = item->kind == CRATE_JSON_ARRAY || has(item, "@list");
    if (inner && search->asked == OTHER) {
      CRATE_TRY(crate_check_report(search->call, item->offset,
                                   "a list is nested in a list"));
    } else if (item->kind == CRATE_JSON_OBJECT && !inner) {
      CRATE_TRY(look_at_object(search, item));
    }
  }
  return crate_json_is(list, CRATE_JSON_OBJECT) ? look_at_object(search, list)
                                                : CRATE_OK;
}

/// Keywords whose values flattening moves elsewhere.
static bool
holds_entities(const CrateJson *key)
{
  static const char *const keywords[] = {"@graph", "@included", "@reverse",
                                         "@nest", "@context"};
  for (size_t i = 0; i < sizeof(keywords) / sizeof(*keywords); ++i) {
    if (crate_json_is_string(key, keywords[i])) {
      return true;
    }
  }
  return false;
}

static CrateStatus
look_at_entity(const Search *search, const CrateJson *entity)
{
  for (const CrateJson *key = crate_json_first_key(entity); key;
       key = crate_json_next_key(key)) {
    const CrateText name = crate_json_text(key);
    if (holds_entities(key)) {
      if (search->asked == OTHER) {
        CRATE_TRY(crate_check_report(search->call, key->offset,
                                     "%.*s inside an entity is not in "
                                     "flattened form",
                                     CRATE_TEXT_ARG(name)));
      }
    } else if (!name.size || name.data[0] != '@') {
      CRATE_TRY(look_at(search, key->next, false));
    }
  }
  return CRATE_OK;
}

CrateStatus
crate_check_no_nested(const CrateNativeCall *call)
{
  const CrateView *const view = crate_check_view(call);
  const CrateText asked = crate_check_parameter(call);
  Search search = {call, FINE, ""};
  for (size_t i = 0; i < sizeof(kinds) / sizeof(*kinds); ++i) {
    if (crate_text_is(asked, kinds[i].name)) {
      search.asked = kinds[i].nesting;
      search.words = kinds[i].words;
    }
  }
  for (size_t i = 0; i < view->entity_count && search.asked; ++i) {
    CRATE_TRY(look_at_entity(&search, view->entities[i].json));
  }
  return CRATE_OK;
}
