// SPDX-License-Identifier: Apache-2.0
// A score card: how a crate does by each metric of a profile.
#include "validate/evidence.h"
#include "validate/profile.h"
#include "validate/validator.h"
#include "validate/verdict.h"
#include <stdio.h>

/// A rule of this ending says what more it takes to meet the metric fully.
#define FULLY "-fully"

typedef struct {
  const CrateProfile *profile;
  CrateVerdict *verdict;
  const CrateRule *gate; // whether there is anything to score
  const CrateView *view;
} Card;

const char *
crate_score_text(CrateScoreStatus status)
{
  static const char *const words[] = {
    [CRATE_SCORE_PASS] = "pass",
    [CRATE_SCORE_PARTLY] = "partly",
    [CRATE_SCORE_FAIL] = "fail",
    [CRATE_SCORE_NOT_CHECKABLE] = "not checkable",
  };
  return words[status];
}

static CrateStatus
set(const Card *card,
    CrateScore *score,
    CrateScoreStatus status,
    const CrateText *parts,
    size_t count)
{
  score->status = status;
  return crate_arena_join(&card->verdict->arena, parts, count,
                          &score->evidence);
}

/// Whether the rule has findings; then the first is the evidence.
static bool
is_broken(const Card *card,
          const CrateRule *rule,
          CrateScoreStatus status,
          CrateScore *score,
          CrateStatus *st)
{
  const CrateFinding *first = NULL;
  size_t count = 0;
  for (size_t i = 0; i < card->verdict->finding_count; ++i) {
    const CrateFinding *const finding = &card->verdict->findings[i];
    if (crate_text_equal(finding->rule, rule->id)) {
      first = count++ ? first : finding;
    }
  }
  if (!first) {
    return false;
  }
  char place[64] = "";
  char more[64] = "";
  if (first->line) {
    snprintf(place, sizeof(place), ":%u:%u", first->line, first->column);
  }
  if (count > 1) {
    snprintf(more, sizeof(more), ", and %zu more", count - 1u);
  }
  const CrateText parts[] = {
    first->message,  crate_text(first->focus.size ? ": " : ""),
    first->focus,    CRATE_TEXT(" ("),
    first->file,     crate_text(place),
    CRATE_TEXT(")"), crate_text(more),
  };
  *st = set(card, score, status, parts, sizeof(parts) / sizeof(*parts));
  return true;
}

/// Whether the rule was not judged; then the reason is the evidence.
static bool
is_open(const Card *card,
        const CrateRule *rule,
        CrateScoreStatus status,
        CrateScore *score,
        CrateStatus *st)
{
  CrateText reason = {NULL, 0};
  for (size_t i = 0; i < card->verdict->not_checked_count; ++i) {
    if (crate_text_equal(card->verdict->not_checked[i].rule, rule->id)) {
      reason = card->verdict->not_checked[i].reason;
    }
  }
  if (rule->payload && card->view->mode == CRATE_MODE_DETACHED) {
    reason = CRATE_TEXT("a detached document has no payload");
  }
  const CrateText parts[] = {rule->message, CRATE_TEXT(": "), reason};
  if (reason.size) {
    *st = set(card, score, status, parts, 3);
  }
  return reason.size;
}

/// What was found says more than that the rule is met.
static CrateStatus
pass(const Card *card, const CrateRule *rule, CrateScore *score)
{
  CrateBuffer words;
  crate_buffer_init(&words, card->verdict->arena.world);
  CrateStatus st =
    crate_evidence_write(card->profile, rule, card->view, &words);
  const CrateText found = crate_buffer_text(&words);
  st = st ? st : set(card, score, CRATE_SCORE_PASS, &found, 1);
  crate_buffer_clear(&words);
  return st;
}

/// The first of these that holds is what is to be said.
static CrateStatus
judge_metric(const Card *card,
             const CrateRule *rule,
             const CrateRule *fully,
             CrateScore *score)
{
  CrateStatus st = CRATE_OK;
  const CrateScoreStatus open = CRATE_SCORE_NOT_CHECKABLE;
  const CrateScoreStatus partly = CRATE_SCORE_PARTLY;
  const CrateScoreStatus broken =
    rule->severity == CRATE_SEVERITY_VIOLATION ? CRATE_SCORE_FAIL : partly;
  const bool said =
    is_broken(card, rule, broken, score, &st) ||
    is_open(card, rule, open, score, &st) ||
    (card->gate && (is_broken(card, card->gate, open, score, &st) ||
                    is_open(card, card->gate, open, score, &st))) ||
    (fully && (is_broken(card, fully, partly, score, &st) ||
               is_open(card, fully, partly, score, &st)));
  return said ? st : pass(card, rule, score);
}

static const CrateRule *
find_rule(const CrateProfile *profile, CrateText name, const char *ending)
{
  for (size_t i = 0; i < profile->rule_count; ++i) {
    const CrateText other = crate_rule_name(&profile->rules[i]);
    if (crate_text_starts(other, name) &&
        crate_text_is(crate_text_slice(other, name.size, other.size), ending)) {
      return &profile->rules[i];
    }
  }
  return NULL;
}

static CrateText
title_of(const CrateProfile *profile, const CrateRule *rule)
{
  const CrateTerms *const terms = crate_graph_terms(profile->graph);
  const CrateTerm name =
    crate_terms_find_iri(terms, CRATE_TEXT("http://www.w3.org/ns/shacl#name"));
  const CrateQuadRange range =
    crate_graph_values(profile->graph, rule->shape, name);
  return range.count ? crate_terms_info(terms, range.first->object).text
                     : rule->message;
}

static CrateStatus
fill(const Card *card)
{
  CrateVerdict *const verdict = card->verdict;
  const CrateProfile *const profile = card->profile;
  verdict->card = (CrateScore *)crate_arena_array(
    &verdict->arena, profile->rule_count, sizeof(CrateScore));
  if (!verdict->card) {
    return crate_arena_status(&verdict->arena);
  }
  for (size_t i = 0; i < profile->rule_count; ++i) {
    const CrateRule *const rule = &profile->rules[i];
    const CrateText name = crate_rule_name(rule);
    if (rule == card->gate || rule->unjudged ||
        crate_text_ends(name, CRATE_TEXT(FULLY))) {
      continue;
    }
    CrateScore *const score = &verdict->card[verdict->card_count];
    CRATE_TRY(crate_arena_copy(&verdict->arena, name, &score->metric));
    CRATE_TRY(crate_arena_copy(&verdict->arena, title_of(profile, rule),
                               &score->title));
    CRATE_TRY(judge_metric(card, rule, find_rule(profile, name, FULLY), score));
    ++verdict->card_count;
  }
  return CRATE_OK;
}

/// Whether a rule is the metric's own, or says what more it takes.
static bool
is_of_metric(CrateText rule, CrateText metric)
{
  size_t slash = crate_text_find(rule, '/');
  while (slash < rule.size) {
    rule = crate_text_slice(rule, slash + 1u, rule.size);
    slash = crate_text_find(rule, '/');
  }
  const CrateText rest = crate_text_slice(rule, metric.size, rule.size);
  return crate_text_starts(rule, metric) &&
         (!rest.size || crate_text_is(rest, FULLY));
}

void
crate_verdict_mark_scores(CrateVerdict *verdict)
{
  for (size_t s = 0; s < verdict->card_count; ++s) {
    CrateScore *const score = &verdict->card[s];
    size_t count = 0;
    size_t known = 0;
    for (size_t i = 0; i < verdict->finding_count; ++i) {
      const CrateFinding *const finding = &verdict->findings[i];
      if (is_of_metric(finding->rule, score->metric)) {
        ++count;
        known += finding->known;
      }
    }
    score->known = count && known == count;
  }
}

CrateStatus
crate_verdict_score(const CrateValidator *validator,
                    const CrateView *view,
                    CrateVerdict *verdict)
{
  for (size_t i = 0; i < verdict->profile_count; ++i) {
    const CrateText token = verdict->profiles[i];
    const CrateShelfProfile *const shelf =
      crate_validator_shelf(validator, token);
    CrateText words =
      shelf ? crate_profile_card_line(shelf->card, CRATE_CARD_SCORES)
            : (CrateText){NULL, 0};
    const CrateProfile *const profile =
      words.size ? crate_desk_ready(&validator->desk, shelf->frozen) : NULL;
    if (profile) {
      const CrateText gate = crate_text_next_word(&words);
      const Card card = {profile, verdict, find_rule(profile, gate, ""), view};
      return fill(&card);
    }
  }
  return CRATE_OK;
}
