// SPDX-License-Identifier: Apache-2.0
// Results of disclosure checks that lie in the crate: reports of SACRO-ML's
// attacks on a model, and acro's record of the outputs of a project. They are
// told by what is in them, whatever their names are.
#include "validate/checks/checks.h"
#include <stdlib.h>

/// Reports are small; other JSON is not looked through.
#define LARGEST_REPORT ((uint64_t)8 << 20u)

/// SACRO-ML's own thresholds, of its final recommendation.
#define SIGNIFICANT 0.05 // of a p value
#define MOST_AUC 0.65    // mean over the significant instances
#define MOST_SHARE 0.10  // of instances that are significant

typedef struct {
  const CrateNativeCall *call;
  const CrateEntity *entity; // the file
  const char *wanted;        // "fail" or "review"
} Report;

static CrateStatus
say(const Report *report, const char *what, CrateText where)
{
  return crate_check_report(
    report->call, report->entity->id_offset, "%.*s: %s \"%.*s\"",
    CRATE_TEXT_ARG(crate_text_slice(report->entity->id, 0, 200)), what,
    CRATE_TEXT_ARG(crate_text_slice(where, 0, 120)));
}

/// A number as JSON has it; NAN when it is none.
static double
number_of(const CrateJson *object, const char *key)
{
  const CrateJson *const value = crate_json_get(object, crate_text(key));
  char text[64];
  if (!crate_json_is(value, CRATE_JSON_NUMBER) ||
      crate_json_text(value).size >= sizeof(text)) {
    return -1;
  }
  memcpy(text, crate_json_text(value).data, crate_json_text(value).size);
  text[crate_json_text(value).size] = '\0';
  return strtod(text, NULL);
}

/// The instances of one attack: how many were significant, and how well they
/// told members of the training data.
static CrateStatus
weigh_instances(const Report *report, CrateText attack, const CrateJson *log)
{
  size_t count = 0;
  size_t significant = 0;
  double sum = 0;
  for (const CrateJson *key = crate_json_first_key(log); key;
       key = crate_json_next_key(key)) {
    const double p = number_of(key->next, "P_HIGHER_AUC");
    const double auc = number_of(key->next, "AUC");
    if (p >= 0 && auc >= 0) {
      ++count;
      significant += p < SIGNIFICANT;
      sum += p < SIGNIFICANT ? auc : 0;
    }
  }
  if (!significant) {
    return CRATE_OK;
  }
  const bool strong = sum / (double)significant > MOST_AUC;
  const bool often = (double)significant / (double)count > MOST_SHARE;
  const bool fails = !strcmp(report->wanted, "fail");
  return strong && fails ? say(report, "training data can be told by", attack)
         : !strong && often && !fails
           ? say(report, "a significant share of instances in", attack)
           : CRATE_OK;
}

/// Booleans that a structural attack raises.
static CrateStatus
weigh_flags(const Report *report, const CrateJson *object)
{
  static const char *const flags[] = {
    "unnecessary_risk", "gen_error_risk",        "dof_risk",
    "k_anonymity_risk", "class_disclosure_risk", "lowvals_cd_risk",
  };
  if (strcmp(report->wanted, "fail") != 0) {
    return CRATE_OK;
  }
  for (size_t i = 0; i < sizeof(flags) / sizeof(*flags); ++i) {
    if (crate_json_is(crate_json_get(object, crate_text(flags[i])),
                      CRATE_JSON_TRUE)) {
      CRATE_TRY(
        say(report, "the structural attack found", crate_text(flags[i])));
    }
  }
  return CRATE_OK;
}

static CrateStatus
weigh_attack(const Report *report, const CrateJson *attack, CrateText name)
{
  const CrateJson *const metadata =
    crate_json_get(attack, CRATE_TEXT("metadata"));
  const CrateJson *const log = crate_json_get(
    crate_json_get(attack, CRATE_TEXT("attack_experiment_logger")),
    CRATE_TEXT("attack_instance_logger"));
  const CrateJson *const given =
    crate_json_get(metadata, CRATE_TEXT("attack_name"));
  name =
    crate_json_is(given, CRATE_JSON_STRING) ? crate_json_text(given) : name;
  CRATE_TRY(weigh_instances(report, name, log));
  CRATE_TRY(weigh_flags(
    report, crate_json_get(metadata, CRATE_TEXT("global_metrics"))));
  for (const CrateJson *key = crate_json_first_key(log); key;
       key = crate_json_next_key(key)) {
    CRATE_TRY(weigh_flags(report, key->next));
  }
  return CRATE_OK;
}

/// acro's results.json: a status for each output.
static CrateStatus
weigh_outputs(const Report *report, const CrateJson *results)
{
  for (const CrateJson *key = crate_json_first_key(results); key;
       key = crate_json_next_key(key)) {
    const CrateJson *const status =
      crate_json_get(key->next, CRATE_TEXT("status"));
    if (crate_json_is_string(status, report->wanted)) {
      CRATE_TRY(say(report,
                    !strcmp(report->wanted, "fail")
                      ? "the disclosure check failed for"
                      : "somebody has to look at",
                    crate_json_text(key)));
    }
  }
  return CRATE_OK;
}

static CrateStatus
weigh_document(const Report *report, const CrateJson *root)
{
  const CrateJson *const results = crate_json_get(root, CRATE_TEXT("results"));
  if (crate_json_is(results, CRATE_JSON_OBJECT)) {
    return weigh_outputs(report, results);
  }
  for (const CrateJson *key = crate_json_first_key(root); key;
       key = crate_json_next_key(key)) {
    if (crate_json_get(key->next, CRATE_TEXT("attack_experiment_logger")) ||
        crate_json_get(key->next, CRATE_TEXT("metadata"))) {
      CRATE_TRY(weigh_attack(report, key->next, crate_json_text(key)));
    }
  }
  return CRATE_OK;
}

/// A file that is no JSON after all is no report.
static CrateStatus
weigh_file(const Report *report, CrateChecks *checks, CrateArena *arena)
{
  CrateText path;
  CrateText bytes;
  CrateJsonDocument document = {0};
  CrateWorld quiet = *checks->view->world;
  quiet.sink.write = NULL;
  CRATE_TRY(crate_view_payload_path(report->entity, arena, &path));
  CrateStatus st =
    crate_package_read(checks->view->package, path, arena, &bytes);
  st = st ? st : crate_json_read(&quiet, path, bytes, &document);
  st = st == CRATE_MALFORMED ? CRATE_OK
       : st                  ? st
                             : weigh_document(report, document.root);
  crate_json_clear(&document);
  return st;
}

/// Asked once, for the document; the parameter is which results are wanted:
/// "fail", or "review".
CrateStatus
crate_check_disclosure(const CrateNativeCall *call)
{
  CrateChecks *const checks = (CrateChecks *)call->handle;
  const CrateView *const view = checks->view;
  const bool review = crate_text_is(crate_check_parameter(call), "review");
  CrateStatus st = crate_check_members(checks);
  CrateArena arena;
  crate_arena_init(&arena, view->world);
  for (size_t i = 0; i < view->entity_count && !st; ++i) {
    const CrateEntity *const entity = &view->entities[i];
    const Report report = {call, entity, review ? "review" : "fail"};
    crate_arena_reset(&arena);
    if (checks->members[i] == CRATE_MEMBER_FILE &&
        crate_text_ends(entity->id, CRATE_TEXT(".json")) &&
        !(entity->bits & CRATE_IS_DESCRIPTOR) &&
        checks->sizes[i] <= LARGEST_REPORT) {
      st = weigh_file(&report, checks, &arena);
    }
  }
  crate_arena_clear(&arena);
  return st;
}
