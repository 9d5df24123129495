// SPDX-License-Identifier: Apache-2.0
// The shelf of profiles: bundled ones, and the user's beside them.
#include "validate/validator.h"
#include "base/bundle.h"
#include "validate/profile.h"
#include <cratekit/rdf.h>
#include <stdlib.h>

/// Blobs of the bundle that are profiles, and their cards.
#define SHELF "profile/"
#define CARD "card/"

static int
compare_profiles(const void *a, const void *b)
{
  return crate_text_compare(((const CrateShelfProfile *)a)->token,
                            ((const CrateShelfProfile *)b)->token);
}

static CrateStatus
put(CrateValidator *validator, CrateShelfProfile profile)
{
  for (size_t i = 0; i < validator->count; ++i) {
    if (crate_text_equal(validator->profiles[i].token, profile.token)) {
      validator->profiles[i] = profile;
      return CRATE_OK;
    }
  }
  CRATE_TRY(crate_world_reserve(validator->world, &validator->profiles,
                                &validator->capacity, validator->count + 1u,
                                sizeof(CrateShelfProfile)));
  validator->profiles[validator->count++] = profile;
  qsort(validator->profiles, validator->count, sizeof(CrateShelfProfile),
        compare_profiles);
  return CRATE_OK;
}

static CrateStatus
put_bundled(CrateValidator *validator)
{
  const CrateText shelf = CRATE_TEXT(SHELF);
  for (uint32_t i = 0;; ++i) {
    const CrateText name = crate_bundle_name(i);
    if (!name.size) {
      return CRATE_OK;
    }
    if (!crate_text_starts(name, shelf)) {
      continue;
    }
    CrateText card;
    const CrateText token = crate_text_slice(name, shelf.size, name.size);
    const CrateText parts[] = {CRATE_TEXT(CARD), token};
    CRATE_TRY(crate_arena_join(&validator->arena, parts, 2, &card));
    CRATE_TRY(put(validator, (CrateShelfProfile){token,
                                                 crate_bundle_find(name),
                                                 crate_bundle_find(card),
                                                 {NULL, 0}}));
  }
}

CrateStatus
crate_validator_new(const CrateWorld *world,
                    CrateLibrary *library,
                    CrateValidator **out)
{
  *out = NULL;
  CrateValidator *const validator =
    (CrateValidator *)crate_world_allocate(world, sizeof(CrateValidator));
  if (!validator) {
    return CRATE_NO_MEMORY;
  }
  *validator = (CrateValidator){.world = world, .library = library};
  crate_arena_init(&validator->arena, world);
  crate_desk_init(&validator->desk, world);
  const CrateStatus st = put_bundled(validator);
  if (st) {
    crate_validator_free(validator);
    return st;
  }
  *out = validator;
  return CRATE_OK;
}

void
crate_validator_free(CrateValidator *validator)
{
  if (validator) {
    const CrateWorld *const world = validator->world;
    crate_desk_clear(&validator->desk);
    crate_arena_clear(&validator->arena);
    if (validator->capacity) {
      crate_world_release(world, validator->profiles);
    }
    crate_world_release(world, validator);
  }
}

CrateStatus
crate_validator_twin(const CrateValidator *validator,
                     const CrateWorld *world,
                     CrateLibrary *library,
                     CrateValidator **out)
{
  CrateValidator *const twin =
    (CrateValidator *)crate_world_allocate(world, sizeof(CrateValidator));
  *out = twin;
  if (!twin) {
    return CRATE_NO_MEMORY;
  }
  *twin = (CrateValidator){
    .world = world,
    .library = library,
    .profiles = validator->profiles,
    .count = validator->count,
  };
  crate_arena_init(&twin->arena, world);
  crate_desk_init(&twin->desk, world);
  return CRATE_OK;
}

static CrateStatus
refuse_profile(CrateValidator *validator, CratePackage *folder, CrateText path)
{
  const CrateText parts[] = {crate_package_path(folder), CRATE_TEXT("/"), path};
  CrateDiagnostic where = {.code = CRATE_TEXT("invalid-profile")};
  CRATE_TRY(crate_arena_join(&validator->arena, parts, 3, &where.file));
  return crate_world_say(validator->world, CRATE_MALFORMED, &where,
                         "the profile gives no prof:hasToken");
}

/// Freeze a gathered graph and put it on the shelf.
static CrateStatus
shelve(CrateValidator *validator,
       const CrateGraph *graph,
       CrateText name,
       CrateText file)
{
  CrateShelfProfile profile = {0};
  CRATE_TRY(crate_arena_copy(&validator->arena, file, &profile.file));
  CRATE_TRY(crate_arena_copy(&validator->arena, name, &profile.token));
  CrateBuffer frozen;
  CrateBuffer card;
  crate_buffer_init(&frozen, validator->world);
  crate_buffer_init(&card, validator->world);
  CrateStatus st = crate_rdf_freeze(&frozen, graph);
  if (!st) {
    st = crate_profile_write_card(graph, &card);
  }
  if (!st) {
    st = crate_arena_copy(&validator->arena, crate_buffer_text(&frozen),
                          &profile.frozen);
  }
  if (!st) {
    st = crate_arena_copy(&validator->arena, crate_buffer_text(&card),
                          &profile.card);
  }
  crate_buffer_clear(&frozen);
  crate_buffer_clear(&card);
  return st ? st : put(validator, profile);
}

static CrateStatus
add_profile(CrateValidator *validator, CratePackage *folder, CrateText path)
{
  CrateProfileSource source = {0};
  CrateStatus st =
    crate_profile_gather(validator->world, folder, path, &source);
  if (!st) {
    st = crate_profile_check(&source, validator->library, validator->strict);
  }
  if (!st) {
    const CrateText name = crate_profile_token(source.graph);
    st = name.size ? shelve(validator, source.graph, name, source.files[0].name)
                   : refuse_profile(validator, folder, path);
  }
  crate_profile_source_clear(&source);
  return st;
}

void
crate_validator_be_strict(CrateValidator *validator)
{
  validator->strict = true;
}

CrateStatus
crate_validator_add(CrateValidator *validator, CrateText folder)
{
  CratePackage *package = NULL;
  const CrateText *paths = NULL;
  size_t count = 0;
  CRATE_TRY(crate_package_open(validator->world, folder, &package));
  CrateStatus st = crate_package_list(package, &paths, &count);
  size_t found = 0;
  CrateStatus first = CRATE_OK;
  for (size_t i = 0; i < count && !st; ++i) {
    if (crate_text_is(paths[i], "profile.ttl") ||
        crate_text_ends(paths[i], CRATE_TEXT("/profile.ttl"))) {
      st = add_profile(validator, package, paths[i]);
      ++found;
      if (validator->strict && st == CRATE_MALFORMED) { // look at all of them
        first = first ? first : st;
        st = CRATE_OK;
      }
    }
  }
  if (!st && !found) {
    const CrateDiagnostic where = {.file = folder,
                                   .code = CRATE_TEXT("no-profiles")};
    st = crate_world_say(validator->world, CRATE_NOT_FOUND, &where,
                         "the folder holds no profile.ttl");
  }
  crate_package_close(package);
  return st ? st : first;
}

CrateText
crate_validator_profile(const CrateValidator *validator, size_t i)
{
  return i < validator->count ? validator->profiles[i].token
                              : (CrateText){NULL, 0};
}

const CrateShelfProfile *
crate_validator_shelf(const CrateValidator *validator, CrateText token)
{
  for (size_t i = 0; i < validator->count; ++i) {
    if (crate_text_equal(validator->profiles[i].token, token)) {
      return &validator->profiles[i];
    }
  }
  return NULL;
}

CrateText
crate_validator_frozen(const CrateValidator *validator, CrateText token)
{
  const CrateShelfProfile *const profile =
    crate_validator_shelf(validator, token);
  return profile ? profile->frozen : (CrateText){NULL, 0};
}

CrateText
crate_validator_bare_iri(CrateText iri)
{
  const CrateText schemes[] = {CRATE_TEXT("https://"), CRATE_TEXT("http://")};
  for (size_t i = 0; i < 2; ++i) {
    if (crate_text_starts(iri, schemes[i])) {
      iri = crate_text_slice(iri, schemes[i].size, iri.size);
      break;
    }
  }
  if (crate_text_ends(iri, CRATE_TEXT("/"))) {
    --iri.size;
  }
  return iri;
}

const CrateShelfProfile *
crate_validator_named(const CrateValidator *validator, CrateText iri)
{
  for (size_t i = 0; i < validator->count; ++i) {
    CrateText names =
      crate_profile_card_line(validator->profiles[i].card, CRATE_CARD_NAMES);
    while (names.size) {
      if (crate_text_equal(
            crate_validator_bare_iri(crate_text_next_word(&names)),
            crate_validator_bare_iri(iri))) {
        return &validator->profiles[i];
      }
    }
  }
  return NULL;
}

/// Versions in order of their numbers: 1.9 before 1.10.
static int
compare_versions(CrateText a, CrateText b)
{
  size_t i = 0;
  size_t j = 0;
  while (i < a.size || j < b.size) {
    unsigned long x = 0;
    unsigned long y = 0;
    for (; i < a.size && a.data[i] != '.'; ++i) {
      x = x * 10u + (unsigned char)a.data[i] - '0';
    }
    for (; j < b.size && b.data[j] != '.'; ++j) {
      y = y * 10u + (unsigned char)b.data[j] - '0';
    }
    if (x != y) {
      return x < y ? -1 : 1;
    }
    ++i;
    ++j;
  }
  return 0;
}

/// The version of a token whose bare name is `name`; empty for another's.
static CrateText
version_under(CrateText token, CrateText name)
{
  if (!crate_text_starts(token, name) || token.size < name.size + 2u ||
      token.data[name.size] != '-' || token.data[name.size + 1u] < '0' ||
      token.data[name.size + 1u] > '9') {
    return (CrateText){NULL, 0};
  }
  return crate_text_slice(token, name.size + 1u, token.size);
}

static CrateText
nearest(const CrateValidator *validator, CrateText name)
{
  CrateText best = {NULL, 0};
  unsigned least = 4;
  for (size_t i = 0; i < validator->count; ++i) {
    const unsigned distance =
      crate_text_distance(validator->profiles[i].token, name, least);
    if (distance < least) {
      least = distance;
      best = validator->profiles[i].token;
    }
  }
  return best;
}

CrateText
crate_validator_look_up(const CrateValidator *validator,
                        CrateText name,
                        CrateText *near)
{
  CrateText best = {NULL, 0};
  CrateText best_version = {NULL, 0};
  for (size_t i = 0; i < validator->count; ++i) {
    const CrateText token = validator->profiles[i].token;
    const CrateText version = version_under(token, name);
    if (crate_text_equal(token, name)) {
      return token;
    }
    if (version.size &&
        (!best.size || compare_versions(version, best_version) > 0)) {
      best = token;
      best_version = version;
    }
  }
  if (near) {
    *near = best.size ? best : nearest(validator, name);
  }
  return best;
}

CrateText
crate_validator_find(const CrateValidator *validator, CrateText name)
{
  CrateText near = {NULL, 0};
  const CrateText found = crate_validator_look_up(validator, name, &near);
  if (!found.size) {
    const CrateDiagnostic where = {.code = CRATE_TEXT("unknown-profile")};
    crate_world_say(validator->world, CRATE_NOT_FOUND, &where,
                    "there is no profile \"%.*s\"; %s%.*s",
                    CRATE_TEXT_ARG(name),
                    near.size ? "did you mean " : "see --list-profiles",
                    CRATE_TEXT_ARG(near));
  }
  return found;
}

/// Copies of a profile's rules and of their texts.
static CrateStatus
copy_rules(const CrateProfile *profile,
           CrateArena *arena,
           CrateRule **rules,
           size_t *count)
{
  *rules = (CrateRule *)crate_arena_array(arena, profile->rule_count,
                                          sizeof(CrateRule));
  if (!*rules) {
    return crate_arena_status(arena);
  }
  for (size_t i = 0; i < profile->rule_count; ++i) {
    CrateRule *const rule = &(*rules)[i];
    *rule = profile->rules[i];
    CrateText *const texts[] = {&rule->id,   &rule->profile, &rule->message,
                                &rule->spec, &rule->repair,  &rule->said_by};
    for (size_t t = 0; t < sizeof(texts) / sizeof(*texts); ++t) {
      CRATE_TRY(crate_arena_copy(arena, *texts[t], texts[t]));
    }
    *count = i + 1u;
  }
  return CRATE_OK;
}

CrateStatus
crate_validator_rules(CrateValidator *validator,
                      CrateText token,
                      CrateArena *arena,
                      CrateRule **rules,
                      size_t *count)
{
  CrateTerms *terms = NULL;
  CrateProfile profile = {0};
  const CrateText frozen = crate_validator_frozen(validator, token);
  const CrateProfile *const ready = crate_desk_ready(&validator->desk, frozen);
  *rules = NULL;
  *count = 0;
  if (ready) {
    return copy_rules(ready, arena, rules, count);
  }
  CrateStatus st = crate_terms_new(validator->world, &terms);
  if (!st) {
    st = crate_profile_load(validator->world, terms, frozen, NULL, 0, &profile);
  }
  if (!st) {
    st = copy_rules(&profile, arena, rules, count);
  }
  crate_profile_clear(&profile);
  crate_terms_free(terms);
  return st;
}
