// SPDX-License-Identifier: Apache-2.0
// One crate against its profiles.
#include "validate/checks/checks.h"
#include "validate/choose.h"
#include "validate/levels.h"
#include "validate/profile.h"
#include "validate/verdict.h"

/// A profile that the crate is judged by.
typedef struct {
  const CrateProfile *profile;
  bool *replaced; // by rule: another profile says it otherwise, or not at all
  bool *skip;     // by number of the shape, for crate_shapes_run()
} Chosen;

/// What is at hand while one crate is judged.
typedef struct {
  CrateValidator *validator;
  const CrateJudgeOptions *options;
  CrateVerdict *verdict;
  CrateDesk *desk;
  CratePackage *package;
  CrateView *view;
  CrateArena arena; // the chosen
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

/// Why a rule is not to be judged; empty when it is.
static CrateText
reason_to_skip(const CrateJudgeOptions *options, const CrateRule *rule)
{
  const CrateText local = crate_rule_name(rule);
  for (size_t i = 0; i < options->skip_count; ++i) {
    if (crate_text_equal(options->skip[i], rule->id) ||
        crate_text_equal(options->skip[i], local)) {
      return CRATE_TEXT("skipped on request");
    }
  }
  const CrateLevel *const level = crate_levels_find(options, rule);
  return level && level->off ? CRATE_TEXT("skipped by settings")
                             : (CrateText){NULL, 0};
}

/// Take out the rules that cannot or need not be judged, and say which. Where
/// the document or the root is amiss, that is to be said, not what would be
/// recommended otherwise.
static CrateStatus
choose_rules(Judge *judge, const Chosen *chosen)
{
  const CrateProfile *const profile = chosen->profile;
  const CrateView *const view = judge->view;
  const bool rootless = view->state < CRATE_VIEW_ROOTED;
  for (size_t i = 0; i < profile->rule_count; ++i) {
    const CrateRule *const rule = &profile->rules[i];
    const bool applies = !chosen->replaced[i] && !rule->unjudged &&
                         rule->modes & (1u << view->mode);
    const CrateSeverity severity = crate_levels_severity(judge->options, rule);
    const CrateText skipped = reason_to_skip(judge->options, rule);
    const CrateText reason =
      skipped.size     ? skipped
      : !rule->checked ? rule->reason
      : view->state < (CrateViewState)rule->state ||
          (rootless && !rule->bare && rule->severity < CRATE_SEVERITY_VIOLATION)
        ? crate_text(reasons[view->state])
      : rule->payload && view->mode == CRATE_MODE_METADATA
        ? CRATE_TEXT("the payload was not looked at")
        : (CrateText){NULL, 0};
    const bool payload_of_detached =
      rule->payload && view->mode == CRATE_MODE_DETACHED;
    if (!rule->unjudged) {
      chosen->skip[crate_shapes_find(profile->shapes, rule->shape)] =
        !applies || payload_of_detached || reason.size;
    }
    if (applies && !payload_of_detached && judge->options->list_rules) {
      CRATE_TRY(crate_verdict_rule(
        judge->verdict,
        (CrateJudgedRule){.id = rule->id, .severity = severity}));
    }
    if (applies && !payload_of_detached && reason.size) {
      CRATE_TRY(crate_verdict_not_checked(
        judge->verdict,
        (CrateNotChecked){.rule = rule->id,
                          .reason = reason,
                          .severity = severity,
                          .never = !rule->checked && !skipped.size}));
    }
  }
  return CRATE_OK;
}

/// A profile of which not one rule could be judged does not pass.
static CrateStatus
note_unjudged(const Judge *judge, const Chosen *chosen)
{
  const CrateProfile *const profile = chosen->profile;
  const CrateViewState state = judge->view->state;
  for (size_t i = 0; i < profile->rule_count; ++i) {
    const CrateRule *const rule = &profile->rules[i];
    if (!rule->unjudged && rule->checked &&
        state >= (CrateViewState)rule->state) {
      return CRATE_OK;
    }
  }
  return state == CRATE_VIEW_ROOTED
           ? CRATE_OK
           : crate_verdict_not_checked(
               judge->verdict,
               (CrateNotChecked){.rule = profile->token,
                                 .reason = crate_text(reasons[state]),
                                 .severity = CRATE_SEVERITY_VIOLATION,
                                 .gave_up = true});
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
  if (!shelf || !shelf->file.size || !rule->checked ||
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
override(const Judge *judge, const Chosen *general, const CrateProfile *special)
{
  const CrateProfile *const profile = general->profile;
  for (size_t r = 0; r < profile->rule_count; ++r) {
    const CrateRule *const rule = &profile->rules[r];
    if (!general->replaced[r] &&
        crate_profile_overrides(special, crate_rule_name(rule))) {
      CRATE_TRY(note_switched_off(judge, special, rule));
      general->replaced[r] = true;
    }
  }
  return CRATE_OK;
}

static CrateStatus
drop_overridden(const Judge *judge, const Chosen *chosen, size_t count)
{
  for (size_t g = 0; g < count; ++g) {
    for (size_t s = g + 1u; s < count; ++s) {
      if (crate_validator_inherits(judge->validator, chosen[s].profile->token,
                                   chosen[g].profile->token)) {
        CRATE_TRY(override(judge, &chosen[g], chosen[s].profile));
      }
    }
  }
  return CRATE_OK;
}

static CrateStatus
prepare(Judge *judge, CrateText token, Chosen *chosen)
{
  CRATE_TRY(crate_desk_profile(judge->desk,
                               crate_validator_frozen(judge->validator, token),
                               &chosen->profile));
  chosen->replaced = (bool *)crate_arena_array(
    &judge->arena, chosen->profile->rule_count, sizeof(bool));
  chosen->skip = (bool *)crate_arena_array(
    &judge->arena, crate_shapes_count(chosen->profile->shapes), sizeof(bool));
  return chosen->replaced && chosen->skip ? CRATE_OK
                                          : crate_arena_status(&judge->arena);
}

static CrateStatus
run_profiles(Judge *judge)
{
  const CrateResultSink sink = {crate_collector_add,
                                crate_collector_not_checked, &judge->collector};
  const size_t count = judge->verdict->profile_count;
  Chosen *const chosen =
    (Chosen *)crate_arena_array(&judge->arena, count, sizeof(Chosen));
  if (!chosen) {
    return crate_arena_status(&judge->arena);
  }
  for (size_t i = 0; i < count; ++i) {
    CRATE_TRY(prepare(judge, judge->verdict->profiles[i], &chosen[i]));
  }
  CRATE_TRY(drop_overridden(judge, chosen, count));
  for (size_t i = 0; i < count; ++i) {
    judge->collector.profile = chosen[i].profile;
    CRATE_TRY(choose_rules(judge, &chosen[i]));
    CRATE_TRY(note_unjudged(judge, &chosen[i]));
    CRATE_TRY(crate_shapes_run(chosen[i].profile->shapes, judge->view->graph,
                               chosen[i].skip, &sink));
  }
  return CRATE_OK;
}

static CrateStatus
judge_view(Judge *judge)
{
  CRATE_TRY(crate_choose_profiles(judge->validator, judge->view, judge->options,
                                  judge->verdict));
  CRATE_TRY(crate_checks_init(&judge->desk->checks, judge->view));
  CRATE_TRY(crate_collector_init(&judge->collector, judge->validator->world,
                                 judge->view, &judge->desk->checks,
                                 judge->verdict));
  judge->collector.options = judge->options;
  return run_profiles(judge);
}

static CrateStatus
open_and_judge(Judge *judge, CrateText path)
{
  const CrateWorld *const world = judge->validator->world;
  const CrateViewOptions options = {
    .metadata_only = judge->options->metadata_only,
    .instead = judge->options->instead,
    .root = judge->options->root,
    .data = judge->options->data,
    .dialects = crate_choose_dialects(judge->options),
  };
  CRATE_TRY(
    judge->options->text.data
      ? crate_package_open_text(world, judge->options->text, &judge->package)
      : crate_package_open(world, path, &judge->package));
  CRATE_TRY(crate_desk_begin(judge->desk));
  CRATE_TRY(crate_view_new(world, judge->package, judge->validator->library,
                           judge->desk->terms, &options, &judge->view));
  return judge_view(judge);
}

CrateStatus
crate_validator_judge(CrateValidator *validator,
                      CrateText path,
                      const CrateJudgeOptions *options,
                      CrateVerdict *out)
{
  Judge judge = {.validator = validator,
                 .options = options,
                 .verdict = out,
                 .desk = &validator->desk};
  *out = (CrateVerdict){0};
  crate_arena_init(&out->arena, validator->world);
  crate_arena_init(&judge.arena, validator->world);
  CrateStatus st = crate_arena_copy(&out->arena, path, &out->path);
  if (!st) {
    st = open_and_judge(&judge, path);
  }
  crate_collector_clear(&judge.collector);
  crate_checks_clear(&judge.desk->checks);
  crate_arena_clear(&judge.arena);
  crate_verdict_finish(out);
  st = st ? st : crate_verdict_settle(validator, out);
  st = st ? st : crate_verdict_score(validator, judge.view, out);
  crate_view_free(judge.view);
  crate_package_close(judge.package);
  return st;
}
