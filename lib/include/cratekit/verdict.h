// SPDX-License-Identifier: Apache-2.0
/// @file What came of one crate: findings, and what was not checked.
#ifndef CRATE_VERDICT_H
#define CRATE_VERDICT_H
#include <cratekit/shapes.h>
CRATE_BEGIN_DECLS

/// One complaint, whoever raises it. Views, valid while the verdict lives.
typedef struct CrateFinding {
  CrateSeverity severity;
  CrateText rule, message, spec, repair;
  CrateText focus; ///< The @id as written; empty: the document as a whole.
  CrateText about; ///< The same for a person: of what has no @id, the way to
                   ///< it, "source of plants/species", say.
  CrateText path;  ///< The property, as an IRI or a SPARQL-like path.
  CrateText value; ///< The value at fault, or empty.
  CrateText value_type, value_language; ///< Of a literal, its datatype's IRI.
  CrateText shape, component;           ///< As IRIs, sh:sourceShape and so on.
  bool focus_blank, value_blank; ///< The texts are labels of blank nodes.
  CrateText file;
  uint32_t line, column;   ///< From 1; 0 when no place is to blame.
  uint32_t character;      ///< The column in code points; 0 when not counted.
  CrateText pointer;       ///< RFC 6901.
  CrateText excerpt;       ///< The line of the document, or a piece of it.
  uint32_t excerpt_column; ///< Where in the line it starts, from 1, in bytes.
  CrateText patch;  ///< A certain repair, JSON Patch (RFC 6902), or empty.
  bool missing;     ///< The focus node has too few values of the path, or none.
  bool undescribed; ///< It refers to what no entity describes.
  bool known;       ///< It was there before; see crate_verdict_conforms().
} CrateFinding;

/// A check that could not be made. It never counts as passed.
typedef struct CrateNotChecked {
  CrateText rule, reason;
  CrateSeverity severity; ///< Of the rule.
  bool never; ///< No crate gets it checked: it needs the network, or a person.
  bool gave_up; ///< These data took the check too long.
} CrateNotChecked;

/// A rule that was judged, or would have been: crate_validator_rules() tells
/// more about it.
typedef struct CrateJudgedRule {
  CrateText id;
  CrateText message; ///< Of a shape of the caller's; else empty.
  CrateSeverity severity;
} CrateJudgedRule;

/// How a crate does by one metric of a score card.
typedef enum CrateScoreStatus {
  CRATE_SCORE_PASS,
  CRATE_SCORE_PARTLY,
  CRATE_SCORE_FAIL,
  CRATE_SCORE_NOT_CHECKABLE,
} CrateScoreStatus;

typedef struct CrateScore {
  CrateText metric; ///< The rule's name: "ml-f1-01s-identifier".
  CrateText title;
  CrateScoreStatus status;
  CrateText evidence; ///< What was found, or looked at, or why it was not.
  bool known; ///< It is not met, and all that was found of it is known. A
              ///< baseline makes no score better.
} CrateScore;

/// What came of one crate.
typedef struct CrateVerdict {
  CrateArena arena;
  CrateText path;
  CrateText *profiles; ///< Those it was judged by.
  size_t profile_count;
  CrateFinding *findings; ///< Sorted by place, then rule.
  size_t finding_count, finding_capacity;
  CrateNotChecked *not_checked; ///< Sorted by reason, then rule.
  size_t not_checked_count, not_checked_capacity;
  size_t counts[3];  ///< By CrateSeverity.
  CrateText outcome; ///< Of a review: "do-not-release", say; else empty.
  CrateScore *card;  ///< Of a profile that scores, sorted by metric.
  size_t card_count;
  size_t known[3]; ///< How many of these are known.
  /// Those judged and those not checked, sorted by id: when they are asked for.
  CrateJudgedRule *rules;
  size_t rule_count, rule_capacity;
} CrateVerdict;

CRATE_API void crate_verdict_clear(CrateVerdict *verdict);

CRATE_API const char *crate_severity_text(CrateSeverity severity);

/// "not checkable", say.
CRATE_API const char *crate_score_text(CrateScoreStatus status);

CRATE_END_DECLS
#endif // CRATE_VERDICT_H
