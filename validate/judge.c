// SPDX-License-Identifier: Apache-2.0
// One crate against its profiles.
#include "crate/vocabulary.h"
#include "validate/checks/checks.h"
#include "validate/validator.h"
#include "validate/verdict.h"
#include <stdio.h>

/// What is at hand while one crate is judged.
typedef struct {
  CrateValidator *validator;
  const CrateJudgeOptions *options;
  CrateVerdict *verdict;
  CratePackage *package;
  CrateTerms *terms;
  CrateView *view;
  CrateChecks checks;
  CrateCollector collector;
} Judge;

/// Why a rule cannot be judged in the state the reading ended in.
static const char *const reasons[] = {
  [CRATE_VIEW_NOTHING] = "there is no metadata document",
  [CRATE_VIEW_BYTES] = "the metadata document is not JSON",
  [CRATE_VIEW_JSON] = "the metadata document has no @graph array",
  [CRATE_VIEW_ENTITIES] = "the metadata document is not JSON-LD",
  [CRATE_VIEW_GRAPH] = "the root data entity was not found",
  [CRATE_VIEW_ROOTED] = "",
};

static bool
is_skipped(const CrateJudgeOptions *options, const CrateRule *rule)
{
  const CrateText local = crate_text_slice(
    rule->id, rule->profile.size + 1u, rule->id.size);
  for (size_t i = 0; i < options->skip_count; ++i) {
    if (crate_text_equal(options->skip[i], rule->id) ||
        crate_text_equal(options->skip[i], local)) {
      return true;
    }
  }
  return false;
}

/// Take out the rules that cannot or need not be judged, and say which.
static CrateStatus
choose_rules(Judge *judge, CrateProfile *profile)
{
  const CrateView *const view = judge->view;
  for (size_t i = 0; i < profile->rule_count; ++i) {
    const CrateRule *const rule = &profile->rules[i];
    const bool applies = rule->modes & (1u << view->mode);
    const bool skipped = is_skipped(judge->options, rule);
    const CrateText reason =
      skipped             ? CRATE_TEXT("skipped on request")
      : !rule->checked    ? rule->reason
      : view->state < (CrateViewState)rule->state
        ? crate_text(reasons[view->state])
      : rule->payload && view->mode == CRATE_MODE_METADATA
        ? CRATE_TEXT("the payload was not looked at")
        : (CrateText){NULL, 0};
    const bool payload_of_detached =
      rule->payload && view->mode == CRATE_MODE_DETACHED;
    if (!applies || payload_of_detached || reason.size) {
      crate_shapes_skip(profile->shapes, rule->shape);
    }
    if (applies && !payload_of_detached && reason.size) {
      CRATE_TRY(crate_verdict_not_checked(
        judge->verdict,
        (CrateNotChecked){rule->id, reason, !rule->checked && !skipped}));
    }
  }
  return CRATE_OK;
}

static CrateStatus
run_profile(Judge *judge, CrateText token)
{
  CrateNative *natives = NULL;
  size_t count = 0;
  CrateProfile profile = {0};
  const CrateResultSink sink = {
    crate_collector_add, crate_collector_not_checked, &judge->collector};
  CRATE_TRY(crate_checks_table(
    &judge->checks, &judge->checks.arena, &natives, &count));
  CrateStatus st =
    crate_profile_load(judge->validator->world,
                       judge->terms,
                       crate_validator_frozen(judge->validator, token),
                       natives,
                       count,
                       &profile);
  judge->collector.profile = &profile;
  if (!st) {
    st = choose_rules(judge, &profile);
  }
  if (!st) {
    st = crate_shapes_run(profile.shapes, judge->view->graph, &sink);
  }
  judge->collector.profile = NULL;
  crate_profile_clear(&profile);
  return st;
}

static CrateStatus
add_profile(Judge *judge, CrateText token)
{
  CrateVerdict *const verdict = judge->verdict;
  return crate_arena_copy(
    &verdict->arena, token, &verdict->profiles[verdict->profile_count++]);
}

/// The profile of the version that the crate declares, else the newest.
static CrateStatus
choose_by_crate(Judge *judge)
{
  char name[64];
  const CrateText version = judge->view->version;
  const int size = snprintf(
    name, sizeof(name), "ro-crate-%.*s", CRATE_TEXT_ARG(version));
  const CrateText token = {name, (size_t)size < sizeof(name) ? (size_t)size : 0};
  if (version.size && crate_validator_frozen(judge->validator, token).size) {
    return add_profile(judge, token);
  }
  // RO-Crate 1.0 and drafts have no profile of their own: the nearest one.
  const bool older = version.size && crate_text_is(version, "1.0");
  const CrateText fallback =
    !version.size || older ? CRATE_TEXT("ro-crate-1.1")
                           : crate_validator_find(judge->validator,
                                                  CRATE_TEXT("ro-crate"));
  if (version.size) {
    CRATE_TRY(crate_verdict_not_checked(
      judge->verdict,
      (CrateNotChecked){
        .rule = token,
        .reason = CRATE_TEXT("there is no profile for this version; the "
                             "nearest was taken"),
      }));
  }
  return crate_validator_frozen(judge->validator, fallback).size
           ? add_profile(judge, fallback)
           : CRATE_OK;
}

static CrateStatus
choose_profiles(Judge *judge)
{
  const size_t asked = judge->options->profile_count;
  CrateVerdict *const verdict = judge->verdict;
  verdict->profiles = (CrateText *)crate_arena_array(
    &verdict->arena, asked + 1u, sizeof(CrateText));
  if (!verdict->profiles) {
    return crate_arena_status(&verdict->arena);
  }
  for (size_t i = 0; i < asked; ++i) {
    const CrateText token =
      crate_validator_find(judge->validator, judge->options->profiles[i]);
    if (!token.size) {
      return CRATE_NOT_FOUND; // said
    }
    CRATE_TRY(add_profile(judge, token));
  }
  return asked ? CRATE_OK : choose_by_crate(judge);
}

/// Profiles that the root claims to follow, and that nobody here knows.
static CrateStatus
note_unknown_profiles(Judge *judge)
{
  const CrateView *const view = judge->view;
  const CrateTerm conforms_to =
    crate_terms_find_iri(view->terms, CRATE_TEXT(DCTERMS "conformsTo"));
  if (!view->root || !conforms_to) {
    return CRATE_OK;
  }
  const CrateQuadRange range =
    crate_graph_about(view->graph, view->root->term, conforms_to);
  for (size_t i = 0; i < range.count; ++i) {
    const CrateText iri =
      crate_terms_info(view->terms, range.first[i].object).text;
    if (!crate_text_starts(iri, CRATE_TEXT(RO_CRATE "/"))) {
      CRATE_TRY(crate_verdict_not_checked(
        judge->verdict,
        (CrateNotChecked){
          .rule = iri,
          .reason = CRATE_TEXT("the profile is not known here"),
        }));
    }
  }
  return CRATE_OK;
}

static CrateStatus
judge_view(Judge *judge)
{
  const CrateWorld *const world = judge->validator->world;
  CRATE_TRY(choose_profiles(judge));
  CRATE_TRY(crate_checks_init(&judge->checks, judge->view));
  CRATE_TRY(crate_collector_init(
    &judge->collector, world, judge->view, judge->verdict));
  for (size_t i = 0; i < judge->verdict->profile_count; ++i) {
    CRATE_TRY(run_profile(judge, judge->verdict->profiles[i]));
  }
  return note_unknown_profiles(judge);
}

static CrateStatus
open_and_judge(Judge *judge, CrateText path)
{
  const CrateWorld *const world = judge->validator->world;
  const CrateViewOptions options = {judge->options->metadata_only};
  CRATE_TRY(crate_package_open(world, path, &judge->package));
  CRATE_TRY(crate_terms_new(world, &judge->terms));
  CRATE_TRY(crate_view_new(world,
                           judge->package,
                           judge->validator->library,
                           judge->terms,
                           &options,
                           &judge->view));
  return judge_view(judge);
}

CrateStatus
crate_validator_judge(CrateValidator *validator,
                      CrateText path,
                      const CrateJudgeOptions *options,
                      CrateVerdict *out)
{
  Judge judge = {
    .validator = validator, .options = options, .verdict = out};
  *out = (CrateVerdict){0};
  crate_arena_init(&out->arena, validator->world);
  CrateStatus st = crate_arena_copy(&out->arena, path, &out->path);
  if (!st) {
    st = open_and_judge(&judge, path);
  }
  crate_collector_clear(&judge.collector);
  crate_checks_clear(&judge.checks);
  crate_view_free(judge.view);
  crate_terms_free(judge.terms);
  crate_package_close(judge.package);
  crate_verdict_finish(out);
  return st;
}
