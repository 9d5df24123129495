// SPDX-License-Identifier: Apache-2.0
/// @file Results become findings: located, named, sorted.
#ifndef CRATE_VALIDATE_VERDICT_H
#define CRATE_VALIDATE_VERDICT_H
#include "validate/checks/checks.h"
#include "validate/profile.h"
#include "json/locator.h"
#include <cratekit/view.h>

/// Most of a line of the document that a finding carries, in bytes.
#define CRATE_LONGEST_EXCERPT 400u

/// Fills a verdict from the results of one crate. Keeps view and verdict.
typedef struct CrateCollector {
  const CrateWorld *world;
  const CrateView *view;
  CrateVerdict *verdict;
  CrateChecks *checks;         ///< For repairs.
  const CrateJson *culprit;    ///< The value that the last finding points at.
  const CrateProfile *profile; ///< Whose shapes are running.
  const CrateJudgeOptions *options; ///< For levels.
  CrateLocator locator;             ///< Made when the first finding asks.
  CrateTerm document;               ///< <urn:cratekit:document>
  CrateTerm min_count;              ///< sh:MinCountConstraintComponent
  CrateTerm described[2]; ///< Components: who refers to what is not there.
} CrateCollector;

CrateStatus crate_collector_init(CrateCollector *collector,
                                 const CrateWorld *world,
                                 const CrateView *view,
                                 CrateChecks *checks,
                                 CrateVerdict *verdict);

void crate_collector_clear(CrateCollector *collector);

/// Add a result of the profile's shapes (CrateResultSink's `add`).
CrateStatus crate_collector_add(void *handle, const CrateResult *result);

/// Say whom a located finding is about, for a person. `entity`: the object that
/// it is about or in, or NULL. about.c
CrateStatus crate_collector_about(CrateCollector *collector,
                                  const CrateEntity *entity,
                                  CrateFinding *finding);

/// Note a check of the profile that could not run (`not_checked`).
CrateStatus crate_collector_not_checked(void *handle,
                                        CrateTerm shape,
                                        CrateText reason,
                                        bool gave_up);

/// The same for a rule known by its id. Copies the texts.
CrateStatus crate_verdict_not_checked(CrateVerdict *verdict,
                                      CrateNotChecked what);

/// Note a rule that is judged, or would be. Copies the texts.
CrateStatus crate_verdict_rule(CrateVerdict *verdict, CrateJudgedRule rule);

/// Say what a review came to, once all findings are there.
CrateStatus crate_verdict_settle(const CrateValidator *validator,
                                 CrateVerdict *verdict);

/// Fill the score card, where a profile keeps one, once all findings are there.
CrateStatus crate_verdict_score(const CrateValidator *validator,
                                const CrateView *view,
                                CrateVerdict *verdict);

/// Mark scores of which all findings are known, once those are marked.
void crate_verdict_mark_scores(CrateVerdict *verdict);

/// Sort by place, drop repeats, count.
void crate_verdict_finish(CrateVerdict *verdict);

#endif // CRATE_VALIDATE_VERDICT_H
