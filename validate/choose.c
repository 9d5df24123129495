// SPDX-License-Identifier: Apache-2.0
#include "validate/choose.h"
#include "crate/dialect.h"
#include "crate/vocabulary.h"
#include "validate/profile.h"
#include "validate/verdict.h"
#include <stdio.h>

/// More than any sane chain of profiles; a cycle ends here too.
#define DEEPEST 16u

typedef struct {
  const CrateValidator *validator;
  const CrateView *view;
  CrateVerdict *verdict;
} Choice;

static bool
is_chosen(const Choice *choice, CrateText token)
{
  for (size_t i = 0; i < choice->verdict->profile_count; ++i) {
    if (crate_text_equal(choice->verdict->profiles[i], token)) {
      return true;
    }
  }
  return false;
}

static CrateStatus
not_checked(const Choice *choice, CrateText what, const char *reason)
{
  return crate_verdict_not_checked(
    choice->verdict,
    (CrateNotChecked){.rule = what, .reason = crate_text(reason)});
}

static CrateStatus
append(const Choice *choice, CrateText token)
{
  CrateVerdict *const verdict = choice->verdict;
  return is_chosen(choice, token)
           ? CRATE_OK
           : crate_arena_copy(&verdict->arena, token,
                              &verdict->profiles[verdict->profile_count++]);
}

/// The profile of a dialect in the version that the document declares, else
/// the nearest.
static CrateStatus
add_base(const Choice *choice, const CrateDialect *dialect)
{
  char name[64];
  const CrateText version = dialect->version(choice->view);
  const int size = snprintf(name, sizeof(name), "%s-%.*s", dialect->family,
                            CRATE_TEXT_ARG(version));
  const CrateText token = {name,
                           (size_t)size < sizeof(name) ? (size_t)size : 0};
  if (version.size && crate_validator_shelf(choice->validator, token)) {
    return append(choice, token);
  }
  const CrateText nearest =
    version.size
      ? crate_validator_find(choice->validator, crate_text(dialect->family))
      : crate_text(dialect->fallback(choice->view));
  if (version.size) {
    CRATE_TRY(not_checked(
      choice, token,
      "there is no profile for this version; the nearest was taken"));
  }
  return crate_validator_shelf(choice->validator, nearest)
           ? append(choice, nearest)
           : CRATE_OK;
}

/// The profile of each dialect that the document speaks.
static CrateStatus
add_bases(const Choice *choice)
{
  const CrateDialect *dialect;
  for (size_t i = 0; (dialect = crate_dialect(i)); ++i) {
    if (choice->view->dialects & dialect->bit) {
      CRATE_TRY(add_base(choice, dialect));
    }
  }
  return CRATE_OK;
}

/// A profile, after all that it inherits from.
static CrateStatus
add(const Choice *choice, const CrateShelfProfile *profile, unsigned depth)
{
  if (is_chosen(choice, profile->token)) {
    return CRATE_OK;
  }
  if (depth > DEEPEST) {
    const CrateDiagnostic where = {.file = profile->file,
                                   .code = CRATE_TEXT("invalid-profile")};
    return crate_world_say(choice->validator->world, CRATE_MALFORMED, &where,
                           "the profile inherits from itself, or from more "
                           "than %u others in a row",
                           DEEPEST);
  }
  CrateText parents =
    crate_profile_card_line(profile->card, CRATE_CARD_PARENTS);
  while (parents.size) {
    const CrateText iri = crate_text_next_word(&parents);
    const CrateShelfProfile *const parent =
      crate_validator_named(choice->validator, iri);
    if (crate_dialect_any(iri)) {
      CRATE_TRY(add_base(choice, crate_dialect_any(iri)));
    } else if (parent) {
      CRATE_TRY(add(choice, parent, depth + 1u));
    } else {
      CRATE_TRY(not_checked(
        choice, iri, "another profile inherits from it; it is not known here"));
    }
  }
  return append(choice, profile->token);
}

static CrateTerm
conforms_to(const CrateView *view)
{
  return crate_terms_find_iri(view->terms, CRATE_TEXT(DCTERMS "conformsTo"));
}

/// Whether an entity conforms to an IRI, in one of the spellings in use.
static bool
is_declared(const CrateView *view, CrateTerm predicate, CrateText iri)
{
  static const char *const schemes[] = {"https://", "http://"};
  static const char *const ends[] = {"", "/"};
  const CrateText bare = crate_validator_bare_iri(iri);
  for (size_t i = 0; i < 4; ++i) {
    char text[256];
    const int size = snprintf(text, sizeof(text), "%s%.*s%s", schemes[i / 2u],
                              CRATE_TEXT_ARG(bare), ends[i % 2u]);
    const CrateTerm term =
      size < (int)sizeof(text)
        ? crate_terms_find_iri(view->terms, (CrateText){text, (size_t)size})
        : 0;
    if (term && crate_graph_towards(view->graph, predicate, term).count) {
      return true;
    }
  }
  return false;
}

/// Profiles of single entities, such as Bioschemas': any may declare them. An
/// IRI that is none of theirs may be a file format.
static CrateStatus
add_declared_by_any(const Choice *choice)
{
  const CrateTerm predicate = conforms_to(choice->view);
  for (size_t i = 0; predicate && i < choice->validator->count; ++i) {
    const CrateShelfProfile *const profile = &choice->validator->profiles[i];
    if (!crate_profile_card_line(profile->card, CRATE_CARD_DECLARED_ON).size) {
      continue;
    }
    CrateText names = crate_profile_card_line(profile->card, CRATE_CARD_NAMES);
    while (names.size) {
      const CrateText iri = crate_text_next_word(&names);
      if (is_declared(choice->view, predicate, iri)) {
        CRATE_TRY(add(choice, profile, 0));
      }
    }
  }
  return CRATE_OK;
}

/// Whether the document uses a property of a namespace.
static bool
uses(const CrateView *view, CrateText space)
{
  const CrateTerm end = crate_terms_end(view->terms);
  for (CrateTerm term = 1; term < end; ++term) {
    if (crate_terms_kind(view->terms, term) == CRATE_TERM_IRI &&
        crate_text_starts(crate_terms_info(view->terms, term).text, space) &&
        crate_graph_with(view->graph, term).count) {
      return true;
    }
  }
  return false;
}

/// Profiles of vocabularies: who uses one is judged by it.
static CrateStatus
add_used(const Choice *choice)
{
  for (size_t i = 0; i < choice->validator->count; ++i) {
    const CrateShelfProfile *const profile = &choice->validator->profiles[i];
    CrateText spaces =
      crate_profile_card_line(profile->card, CRATE_CARD_VOCABULARY);
    while (spaces.size) {
      if (uses(choice->view, crate_text_next_word(&spaces))) {
        CRATE_TRY(add(choice, profile, 0));
      }
    }
  }
  return CRATE_OK;
}

/// Whether an IRI names a dialect in some version.
static bool
is_base(CrateText iri)
{
  return crate_text_starts(iri, CRATE_TEXT(RO_CRATE "/")) ||
         crate_croissant_version_of(iri).size || crate_dialect_any(iri);
}

/// The profiles that an entity, root or descriptor, says it conforms to.
static CrateStatus
add_declared(const Choice *choice, const CrateEntity *entity, bool judge)
{
  const CrateView *const view = choice->view;
  const CrateTerm predicate = conforms_to(view);
  const CrateQuadRange range =
    entity && predicate
      ? crate_graph_about(view->graph, entity->term, predicate)
      : (CrateQuadRange){NULL, 0};
  for (size_t i = 0; i < range.count; ++i) {
    const CrateText iri =
      crate_terms_info(view->terms, range.first[i].object).text;
    const CrateShelfProfile *const profile =
      crate_validator_named(choice->validator, iri);
    if (is_base(iri)) {
      continue; // chosen before
    }
    if (!profile) {
      CRATE_TRY(not_checked(choice, iri, "the profile is not known here"));
    } else if (judge) {
      CRATE_TRY(add(choice, profile, 0));
    }
  }
  return CRATE_OK;
}

/// A bag is judged as one, whether it holds a crate or anything else; but
/// what only looks like a bag is not, when it holds a crate.
static CrateStatus
add_bag(const Choice *choice, bool *bare)
{
  CratePackage *const package = choice->view->package;
  CrateMember member = CRATE_MEMBER_ABSENT;
  CrateText top;
  char path[4096];
  const bool bag = crate_package_is_bag(package, &top);
  const CrateText token =
    crate_validator_find(choice->validator, CRATE_TEXT("bagit"));
  *bare = bag && !crate_package_metadata(package).size;
  const int size =
    snprintf(path, sizeof(path), "/%.*sbagit.txt", CRATE_TEXT_ARG(top));
  if (bag && (size_t)size < sizeof(path)) {
    CRATE_TRY(crate_package_find(package, (CrateText){path, (size_t)size},
                                 &member, NULL));
  }
  const bool meant = *bare || (member == CRATE_MEMBER_FILE &&
                               choice->view->mode == CRATE_MODE_ATTACHED);
  return bag && meant && token.size ? append(choice, token) : CRATE_OK;
}

/// Who names the files has them looked at.
static CrateStatus
add_data(const Choice *choice)
{
  const CrateText family = CRATE_TEXT("croissant-data");
  const CrateText token = crate_validator_find(choice->validator, family);
  const CrateShelfProfile *const profile =
    crate_validator_shelf(choice->validator, token);
  return !profile ? CRATE_OK
         : choice->view->dialects & CRATE_SPEAKS_CROISSANT
           ? append(choice, token)
           : not_checked(choice, family,
                         "the document does not describe data as Croissant "
                         "does");
}

CrateStatus
crate_choose_profiles(const CrateValidator *validator,
                      const CrateView *view,
                      const CrateJudgeOptions *options,
                      CrateVerdict *verdict)
{
  const Choice choice = {validator, view, verdict};
  verdict->profiles = (CrateText *)crate_arena_array(
    &verdict->arena, validator->count + 1u, sizeof(CrateText));
  if (!verdict->profiles) {
    return crate_arena_status(&verdict->arena);
  }
  for (size_t i = 0; i < options->profile_count; ++i) {
    const CrateText token =
      crate_validator_find(validator, options->profiles[i]);
    if (!token.size) {
      return CRATE_NOT_FOUND; // said
    }
    CRATE_TRY(add(&choice, crate_validator_shelf(validator, token), 0));
  }
  bool bare_bag = false;
  if (!options->profile_count) {
    CRATE_TRY(add_bag(&choice, &bare_bag));
  }
  if (!options->profile_count && !bare_bag) {
    CRATE_TRY(add_bases(&choice));
  }
  // Some profiles are declared on the descriptor: Workflow RO-Crate 1.0.
  CRATE_TRY(add_declared(&choice, view->descriptor, !options->profile_count));
  CRATE_TRY(add_declared(&choice, view->root, !options->profile_count));
  if (view->dataset && view->dataset != view->root) {
    CRATE_TRY(add_declared(&choice, view->dataset, !options->profile_count));
  }
  if (!options->profile_count) {
    CRATE_TRY(add_declared_by_any(&choice));
    CRATE_TRY(add_used(&choice));
  }
  return view->data.size ? add_data(&choice) : CRATE_OK;
}

static bool
descends(const CrateValidator *validator,
         const CrateShelfProfile *profile,
         CrateText ancestor,
         unsigned depth)
{
  CrateText parents =
    crate_profile_card_line(profile->card, CRATE_CARD_PARENTS);
  while (parents.size && depth <= DEEPEST) {
    const CrateText iri = crate_text_next_word(&parents);
    const CrateShelfProfile *const parent =
      crate_validator_named(validator, iri);
    const CrateDialect *const dialect = crate_dialect_any(iri);
    const bool base = dialect && dialect == crate_dialect_of_profile(ancestor);
    if (base ||
        (parent && (crate_text_equal(parent->token, ancestor) ||
                    descends(validator, parent, ancestor, depth + 1u)))) {
      return true;
    }
  }
  return false;
}

bool
crate_validator_inherits(const CrateValidator *validator,
                         CrateText token,
                         CrateText ancestor)
{
  const CrateShelfProfile *const profile =
    crate_validator_shelf(validator, token);
  return profile && descends(validator, profile, ancestor, 0);
}

uint32_t
crate_choose_dialects(const CrateJudgeOptions *options)
{
  uint32_t dialects = 0;
  for (size_t i = 0; i < options->profile_count; ++i) {
    const CrateDialect *const dialect =
      crate_dialect_of_profile(options->profiles[i]);
    dialects |= dialect ? dialect->bit : 0u;
  }
  return dialects;
}
