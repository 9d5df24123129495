// SPDX-License-Identifier: Apache-2.0
// One crate against its profiles.
#include "validate/checks/checks.h"
#include "validate/choose.h"
#include "validate/profile.h"
#include "validate/verdict.h"

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
  const CrateText local = crate_rule_name(rule);
  for (size_t i = 0; i < options->skip_count; ++i) {
    if (crate_text_equal(options->skip[i], rule->id) ||
        crate_text_equal(options->skip[i], local)) {
      return true;
    }
  }
  return false;
}

/// Take out the rules that cannot or need not be judged, and say which. Where
/// the document or the root is amiss, that is to be said, not what would be
/// recommended otherwise.
static CrateStatus
choose_rules(Judge *judge, CrateProfile *profile)
{
  const CrateView *const view = judge->view;
  const bool rootless = view->state < CRATE_VIEW_ROOTED;
  for (size_t i = 0; i < profile->rule_count; ++i) {
    const CrateRule *const rule = &profile->rules[i];
    const bool applies = !rule->unjudged && rule->modes & (1u << view->mode);
    const bool skipped = is_skipped(judge->options, rule);
    const CrateText reason =
      skipped          ? CRATE_TEXT("skipped on request")
      : !rule->checked ? rule->reason
      : view->state < (CrateViewState)rule->state ||
          (rootless && !rule->bare && rule->severity < CRATE_SEVERITY_VIOLATION)
        ? crate_text(reasons[view->state])
      : rule->payload && view->mode == CRATE_MODE_METADATA
        ? CRATE_TEXT("the payload was not looked at")
        : (CrateText){NULL, 0};
    const bool payload_of_detached =
      rule->payload && view->mode == CRATE_MODE_DETACHED;
    if (!applies || payload_of_detached || reason.size) {
      crate_shapes_skip(profile->shapes, rule->shape);
    }
    if (applies && !payload_of_detached && judge->options->list_rules) {
      CRATE_TRY(crate_verdict_rule(
        judge->verdict,
        (CrateJudgedRule){.id = rule->id, .severity = rule->severity}));
    }
    if (applies && !payload_of_detached && reason.size) {
      CRATE_TRY(crate_verdict_not_checked(
        judge->verdict,
        (CrateNotChecked){.rule = rule->id,
                          .reason = reason,
                          .severity = rule->severity,
                          .never = !rule->checked && !skipped}));
    }
  }
  return CRATE_OK;
}

/// A rule that a profile of the user's own switches off was not checked.
static CrateStatus
note_switched_off(const Judge *judge,
                  const CrateProfile *special,
                  const CrateRule *rule)
{
  const CrateShelfProfile *const shelf =
    crate_validator_shelf(judge->validator, special->token);
  const CrateText parts[] = {CRATE_TEXT("switched off by "), special->token};
  CrateText reason;
  if (!shelf || !shelf->file.size || !rule->modes || !rule->checked ||
      !crate_profile_lacks(special, crate_rule_name(rule))) {
    return CRATE_OK;
  }
  CRATE_TRY(crate_arena_join(&judge->verdict->arena, parts, 2, &reason));
  return crate_verdict_not_checked(
    judge->verdict, (CrateNotChecked){.rule = rule->id,
                                      .reason = reason,
                                      .severity = rule->severity});
}

/// Take out what one profile replaces or switches off of another's.
static CrateStatus
override(const Judge *judge, CrateProfile *general, const CrateProfile *special)
{
  for (size_t r = 0; r < general->rule_count; ++r) {
    CrateRule *const rule = &general->rules[r];
    if (crate_profile_overrides(special, crate_rule_name(rule))) {
      CRATE_TRY(note_switched_off(judge, special, rule));
      rule->modes = 0;
    }
  }
  return CRATE_OK;
}

static CrateStatus
drop_overridden(const Judge *judge, CrateProfile *profiles, size_t count)
{
  for (size_t g = 0; g < count; ++g) {
    for (size_t s = g + 1u; s < count; ++s) {
      if (crate_validator_inherits(judge->validator, profiles[s].token,
                                   profiles[g].token)) {
        CRATE_TRY(override(judge, &profiles[g], &profiles[s]));
      }
    }
  }
  return CRATE_OK;
}

static CrateStatus
load_profiles(Judge *judge, CrateProfile *profiles, size_t count)
{
  CrateNative *natives = NULL;
  size_t native_count = 0;
  CRATE_TRY(crate_checks_table(&judge->checks, &judge->checks.arena, &natives,
                               &native_count));
  for (size_t i = 0; i < count; ++i) {
    CRATE_TRY(crate_profile_load(
      judge->validator->world, judge->terms,
      crate_validator_frozen(judge->validator, judge->verdict->profiles[i]),
      natives, native_count, &profiles[i]));
  }
  return drop_overridden(judge, profiles, count);
}

static CrateStatus
run_profiles(Judge *judge, CrateProfile *profiles, size_t count)
{
  const CrateResultSink sink = {crate_collector_add,
                                crate_collector_not_checked, &judge->collector};
  CRATE_TRY(load_profiles(judge, profiles, count));
  for (size_t i = 0; i < count; ++i) {
    judge->collector.profile = &profiles[i];
    CRATE_TRY(choose_rules(judge, &profiles[i]));
    CRATE_TRY(crate_shapes_run(profiles[i].shapes, judge->view->graph, &sink));
  }
  return CRATE_OK;
}

static CrateStatus
judge_view(Judge *judge)
{
  const CrateWorld *const world = judge->validator->world;
  CrateVerdict *const verdict = judge->verdict;
  CRATE_TRY(crate_choose_profiles(judge->validator, judge->view, judge->options,
                                  verdict));
  CRATE_TRY(crate_checks_init(&judge->checks, judge->view));
  CRATE_TRY(crate_collector_init(&judge->collector, world, judge->view,
                                 &judge->checks, verdict));
  const size_t count = verdict->profile_count;
  CrateProfile *const profiles = (CrateProfile *)crate_arena_array(
    &verdict->arena, count, sizeof(CrateProfile));
  if (!profiles) {
    return crate_arena_status(&verdict->arena);
  }
  const CrateStatus st = run_profiles(judge, profiles, count);
  judge->collector.profile = NULL;
  for (size_t i = 0; i < count; ++i) {
    crate_profile_clear(&profiles[i]);
  }
  return st;
}

static CrateStatus
open_and_judge(Judge *judge, CrateText path)
{
  const CrateWorld *const world = judge->validator->world;
  const CrateViewOptions options = {.metadata_only =
                                      judge->options->metadata_only,
                                    .instead = judge->options->instead};
  CRATE_TRY(crate_package_open(world, path, &judge->package));
  CRATE_TRY(crate_terms_new(world, &judge->terms));
  CRATE_TRY(crate_view_new(world, judge->package, judge->validator->library,
                           judge->terms, &options, &judge->view));
  return judge_view(judge);
}

CrateStatus
crate_validator_judge(CrateValidator *validator,
                      CrateText path,
                      const CrateJudgeOptions *options,
                      CrateVerdict *out)
{
  Judge judge = {.validator = validator, .options = options, .verdict = out};
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
