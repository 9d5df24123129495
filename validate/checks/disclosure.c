// SPDX-License-Identifier: Apache-2.0
// Results of disclosure checks that lie in the crate: reports of SACRO-ML's
// attacks on a model, what its safe models recommend, and acro's record of the
// outputs of a project. They are told by what is in them, whatever their names
// are; the recommendation may be YAML, too, of which one line is read.
#include "validate/checks/hyper_parameters.h"
#include <ctype.h>
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
  CrateReportVisit *visit;   // or NULL: asked of each attack instead
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
  if (report->visit) {
    return report->visit(report->call, report->entity->id_offset, metadata);
  }
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

static bool
holds(CrateText text, CrateText words)
{
  while (text.size >= words.size) {
    if (crate_text_equal_fold(crate_text_slice(text, 0, words.size), words)) {
      return true;
    }
    text = crate_text_slice(text, 1, text.size);
  }
  return false;
}

/// What SACRO-ML's safe models write when a release is asked for.
static CrateStatus
weigh_recommendation(const Report *report, CrateText recommendation)
{
  return !report->visit && !strcmp(report->wanted, "fail") &&
             holds(recommendation, CRATE_TEXT("do not allow release"))
           ? say(report, "the safe model says", recommendation)
           : CRATE_OK;
}

/// "recommendation" of an object, and of those in its list "safemodel".
static CrateStatus
weigh_recommendations(const Report *report, const CrateJson *root)
{
  const CrateText name = CRATE_TEXT("recommendation");
  const CrateJson *const list = crate_json_get(root, CRATE_TEXT("safemodel"));
  const CrateJson *said = crate_json_get(root, name);
  if (crate_json_is(said, CRATE_JSON_STRING)) {
    CRATE_TRY(weigh_recommendation(report, crate_json_text(said)));
  }
  for (const CrateJson *item = crate_json_first(list); item;
       item = item->next) {
    said = crate_json_get(item, name);
    if (crate_json_is(said, CRATE_JSON_STRING)) {
      CRATE_TRY(weigh_recommendation(report, crate_json_text(said)));
    }
  }
  return CRATE_OK;
}

/// The same in YAML: lines "recommendation: ...", in a list or not.
static CrateStatus
weigh_yaml(const Report *report, CrateText text)
{
  const CrateText key = CRATE_TEXT("recommendation:");
  while (text.size) {
    const size_t end = crate_text_find(text, '\n');
    CrateText line = crate_text_slice(text, 0, end);
    text = crate_text_slice(text, end + 1u, text.size);
    while (line.size &&
           (isspace((unsigned char)*line.data) || *line.data == '-')) {
      line = crate_text_slice(line, 1, line.size);
    }
    if (crate_text_starts(line, key)) {
      CRATE_TRY(weigh_recommendation(
        report, crate_text_slice(line, key.size + 1u, line.size)));
    }
  }
  return CRATE_OK;
}

static CrateStatus
weigh_document(const Report *report, const CrateJson *root)
{
  const CrateJson *const results = crate_json_get(root, CRATE_TEXT("results"));
  if (crate_json_is(results, CRATE_JSON_OBJECT)) {
    return report->visit ? CRATE_OK : weigh_outputs(report, results);
  }
  CRATE_TRY(weigh_recommendations(report, root));
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
  if (!st && !crate_text_ends(path, CRATE_TEXT(".json"))) {
    return weigh_yaml(report, bytes);
  }
  st = st ? st : crate_json_read(&quiet, path, bytes, &document);
  st = st == CRATE_MALFORMED ? CRATE_OK
       : st                  ? st
                             : weigh_document(report, document.root);
  crate_json_clear(&document);
  return st;
}

/// What reports come in, by their names.
static bool
may_be_report(const CrateChecks *checks, size_t i)
{
  static const char *const endings[] = {".json", ".yaml", ".yml"};
  const CrateEntity *const entity = &checks->view->entities[i];
  bool named = false;
  for (size_t e = 0; e < sizeof(endings) / sizeof(*endings); ++e) {
    named = named || crate_text_ends(entity->id, crate_text(endings[e]));
  }
  return named && checks->members[i] == CRATE_MEMBER_FILE &&
         !(entity->bits & CRATE_IS_DESCRIPTOR) &&
         checks->sizes[i] <= LARGEST_REPORT;
}

static CrateStatus
weigh_files(const CrateNativeCall *call,
            const char *wanted,
            CrateReportVisit *visit)
{
  CrateChecks *const checks = (CrateChecks *)call->handle;
  const CrateView *const view = checks->view;
  CrateStatus st = crate_check_members(checks);
  CrateArena arena;
  crate_arena_init(&arena, view->world);
  for (size_t i = 0; i < view->entity_count && !st; ++i) {
    const Report report = {call, &view->entities[i], wanted, visit};
    crate_arena_reset(&arena);
    st =
      may_be_report(checks, i) ? weigh_file(&report, checks, &arena) : CRATE_OK;
  }
  crate_arena_clear(&arena);
  return st;
}

CrateStatus
crate_disclosure_visit(const CrateNativeCall *call, CrateReportVisit *visit)
{
  return weigh_files(call, "", visit);
}

/// Asked once, for the document; the parameter is which results are wanted:
/// "fail", or "review".
CrateStatus
crate_check_disclosure(const CrateNativeCall *call)
{
  const bool review = crate_text_is(crate_check_parameter(call), "review");
  return weigh_files(call, review ? "review" : "fail", NULL);
}
