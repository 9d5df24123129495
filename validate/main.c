// SPDX-License-Identifier: Apache-2.0
// crate-validate: the command line of <cratekit/validate.h>.
#include "base/options.h"
#include "base/output.h"
#include "base/terminal.h"
#include "validate/report.h"
#include <stdlib.h>
#include <unistd.h>

// Exit statuses as grep's: see crate-validate(1).
enum { EXIT_CONFORMS = 0, EXIT_CONFORMS_NOT = 1, EXIT_TROUBLE = 2 };

typedef enum {
  OPTION_PROFILE,
  OPTION_PROFILES_PATH,
  OPTION_SHAPES,
  OPTION_BASE,
  OPTION_SEVERITY,
  OPTION_FAIL_ON,
  OPTION_FORMAT,
  OPTION_OUTPUT,
  OPTION_METADATA_ONLY,
  OPTION_SKIP,
  OPTION_EXPLAIN,
  OPTION_LIST_PROFILES,
  OPTION_LIST_RULES,
  OPTION_MAP,
  OPTION_COLOUR,
  OPTION_HELP,
  OPTION_VERSION,
} OptionId;

static const CrateOption table[] = {
  {"profile", 'p', "PROFILE",
   "judge by this profile rather than by what the crate declares; a bare name "
   "means its newest version; may be repeated",
   OPTION_PROFILE},
  {"profiles-path", 0, "DIR", "add the profiles below DIR; may be repeated",
   OPTION_PROFILES_PATH},
  {"shapes", 0, "FILE",
   "judge any RDF or JSON-LD document by the SHACL shapes in FILE",
   OPTION_SHAPES},
  {"base", 'b', "IRI", "with --shapes: base IRI of both documents",
   OPTION_BASE},
  {"severity", 's', "violation|warning|info",
   "show findings of at least this severity; default: info", OPTION_SEVERITY},
  {"fail-on", 0, "violation|warning|info",
   "findings of at least this severity mean that a crate does not conform; "
   "default: violation, with --shapes info, as sh:conforms has it",
   OPTION_FAIL_ON},
  {"format", 'f', "text|json|turtle",
   "how to write findings; turtle: with --shapes, the W3C validation report",
   OPTION_FORMAT},
  {"output", 'o', "FILE", "write to a file rather than to standard output",
   OPTION_OUTPUT},
  {"metadata-only", 'm', NULL, "do not look at the payload",
   OPTION_METADATA_ONLY},
  {"skip", 0, "RULE", "leave a rule out, and say so; may be repeated",
   OPTION_SKIP},
  {"explain", 0, "RULE", "tell about one rule and exit", OPTION_EXPLAIN},
  {"list-profiles", 0, NULL, "list the profiles and exit",
   OPTION_LIST_PROFILES},
  {"list-rules", 0, NULL, "list the rules of the profiles given, or of all",
   OPTION_LIST_RULES},
  {"map", 0, "PREFIX=DIR",
   "read contexts whose IRI starts with PREFIX from under DIR; may be "
   "repeated; nothing is ever fetched",
   OPTION_MAP},
  {"colour", 0, "auto|always|never", "colour in text; default: auto",
   OPTION_COLOUR},
  {"help", 'h', NULL, "show this and exit", OPTION_HELP},
  {"version", 'V', NULL, "show the version and exit", OPTION_VERSION},
};

#define TABLE_SIZE (sizeof(table) / sizeof(*table))

/// A repeated option's values: views of the command line.
typedef struct {
  CrateText *items;
  size_t count, capacity;
} Texts;

typedef struct {
  const CrateWorld *world;
  CrateLibrary *library;
  CrateValidator *validator;
  Texts profiles, paths, skips, crates, maps;
  CrateReportStyle style;
  const CrateReportFormat *format;
  const char *shapes, *base, *output, *explain, *colour;
  bool fail_on_given;
  bool turtle, metadata_only, list_profiles, list_rules, help, version;
  CrateBuffer result; // what goes to standard output or --output
  CrateVerdict *verdicts;
  size_t verdict_count;
} Run;

static const CrateDiagnostic usage_place = {.code = {"usage", 5}};

static CrateStatus
bad_value(const Run *run, const CrateOption *option, const char *value)
{
  return crate_world_say(run->world, CRATE_BAD_ARGUMENT, &usage_place,
                         "--%s cannot be \"%s\", expected %s", option->name,
                         value, option->value);
}

static CrateStatus
add_text(const Run *run, Texts *texts, const char *value)
{
  CRATE_TRY(crate_world_reserve(run->world, &texts->items, &texts->capacity,
                                texts->count + 1u, sizeof(CrateText)));
  texts->items[texts->count++] = crate_text(value);
  return CRATE_OK;
}

static CrateStatus
set_severity(const Run *run,
             const CrateOption *option,
             const char *value,
             CrateSeverity *out)
{
  for (int s = CRATE_SEVERITY_INFO; s <= CRATE_SEVERITY_VIOLATION; ++s) {
    if (!strcmp(value, crate_severity_text((CrateSeverity)s))) {
      *out = (CrateSeverity)s;
      return CRATE_OK;
    }
  }
  return bad_value(run, option, value);
}

static CrateStatus
set_format(Run *run, const CrateOption *option, const char *value)
{
  run->turtle = !strcmp(value, "turtle");
  if (run->turtle) {
    return CRATE_OK;
  }
  run->format = crate_report_format(crate_text(value));
  return run->format ? CRATE_OK : bad_value(run, option, value);
}

static CrateStatus
set_colour(Run *run, const CrateOption *option, const char *value)
{
  run->colour = value;
  return !strcmp(value, "auto") || !strcmp(value, "always") ||
             !strcmp(value, "never")
           ? CRATE_OK
           : bad_value(run, option, value);
}

static CrateStatus
take_option(void *handle, const CrateOption *option, const char *value)
{
  Run *const run = (Run *)handle;
  switch ((OptionId)option->id) {
    case OPTION_PROFILE:
      return add_text(run, &run->profiles, value);
    case OPTION_PROFILES_PATH:
      return add_text(run, &run->paths, value);
    case OPTION_SKIP:
      return add_text(run, &run->skips, value);
    case OPTION_MAP:
      return add_text(run, &run->maps, value);
    case OPTION_SEVERITY:
      return set_severity(run, option, value, &run->style.show);
    case OPTION_FAIL_ON:
      run->fail_on_given = true;
      return set_severity(run, option, value, &run->style.fail_on);
    case OPTION_FORMAT:
      return set_format(run, option, value);
    case OPTION_COLOUR:
      return set_colour(run, option, value);
    case OPTION_SHAPES:
      run->shapes = value;
      break;
    case OPTION_BASE:
      run->base = value;
      break;
    case OPTION_OUTPUT:
      run->output = value;
      break;
    case OPTION_EXPLAIN:
      run->explain = value;
      break;
    case OPTION_METADATA_ONLY:
      run->metadata_only = true;
      break;
    case OPTION_LIST_PROFILES:
      run->list_profiles = true;
      break;
    case OPTION_LIST_RULES:
      run->list_rules = true;
      break;
    case OPTION_HELP:
      run->help = true;
      break;
    case OPTION_VERSION:
      run->version = true;
      break;
  }
  return CRATE_OK;
}

static CrateStatus
take_operand(void *handle, const char *operand)
{
  Run *const run = (Run *)handle;
  return add_text(run, &run->crates, operand);
}

static CrateStatus
open_library(Run *run)
{
  CRATE_TRY(crate_library_new(run->world, &run->library));
  for (size_t i = 0; i < run->maps.count; ++i) {
    const CrateText map = run->maps.items[i];
    const size_t equals = crate_text_find(map, '=');
    if (equals == map.size) {
      return crate_world_say(run->world, CRATE_BAD_ARGUMENT, &usage_place,
                             "--map wants PREFIX=DIR, not \"%.*s\"",
                             CRATE_TEXT_ARG(map));
    }
    CRATE_TRY(crate_library_map(run->library, crate_text_slice(map, 0, equals),
                                crate_text_slice(map, equals + 1u, map.size)));
  }
  return CRATE_OK;
}

static CrateStatus
open_validator(Run *run)
{
  CRATE_TRY(open_library(run));
  CRATE_TRY(crate_validator_new(run->world, run->library, &run->validator));
  for (size_t i = 0; i < run->paths.count; ++i) {
    CRATE_TRY(crate_validator_add(run->validator, run->paths.items[i]));
  }
  return CRATE_OK;
}

/// The profiles asked for, or every one: `all` also if some are asked for, as
/// they bring others along.
static CrateStatus
choose_listed(Run *run, bool all, Texts *tokens)
{
  for (size_t i = 0; !all && i < run->profiles.count; ++i) {
    const CrateText token =
      crate_validator_find(run->validator, run->profiles.items[i]);
    if (!token.size) {
      return CRATE_NOT_FOUND;
    }
    CRATE_TRY(add_text(run, tokens, token.data));
    tokens->items[tokens->count - 1u] = token;
  }
  for (size_t i = 0; all || !run->profiles.count; ++i) {
    const CrateText token = crate_validator_profile(run->validator, i);
    if (!token.size) {
      break;
    }
    CRATE_TRY(add_text(run, tokens, token.data));
    tokens->items[tokens->count - 1u] = token;
  }
  return CRATE_OK;
}

/// All rules of the chosen profiles, in one array of the arena.
static CrateStatus
collect_rules(Run *run,
              bool all,
              CrateArena *arena,
              CrateRule **rules,
              size_t *count)
{
  Texts tokens = {0};
  size_t capacity = 0;
  *rules = NULL;
  *count = 0;
  CrateStatus st = choose_listed(run, all, &tokens);
  for (size_t i = 0; i < tokens.count && !st; ++i) {
    CrateRule *some = NULL;
    size_t more = 0;
    st = crate_validator_rules(run->validator, tokens.items[i], arena, &some,
                               &more);
    if (!st) {
      st = crate_world_reserve(run->world, rules, &capacity, *count + more,
                               sizeof(CrateRule));
    }
    if (!st && more) {
      memcpy(*rules + *count, some, more * sizeof(CrateRule));
      *count += more;
    }
  }
  crate_world_release(run->world, tokens.items);
  return st;
}

/// Whether some profile in question has a rule of that id.
static bool
is_rule(CrateText id, const CrateRule *rules, size_t count)
{
  for (size_t i = 0; i < count; ++i) {
    const CrateText local = crate_text_slice(
      rules[i].id, rules[i].profile.size + 1u, rules[i].id.size);
    if (crate_text_equal(id, rules[i].id) || crate_text_equal(id, local)) {
      return true;
    }
  }
  return false;
}

static CrateStatus
refuse_rule(const Run *run, CrateText id)
{
  return crate_world_say(run->world, CRATE_NOT_FOUND, &usage_place,
                         "there is no rule \"%.*s\"; see --list-rules",
                         CRATE_TEXT_ARG(id));
}

/// Tell about the rules of that id, with or without the profile's name.
static CrateStatus
explain(Run *run, CrateArena *arena, CrateRule *rules, size_t count)
{
  const CrateText asked = crate_text(run->explain);
  size_t chosen = 0;
  for (size_t i = 0; i < count; ++i) {
    if (is_rule(asked, &rules[i], 1)) {
      rules[chosen++] = rules[i];
    }
  }
  if (!chosen) {
    return refuse_rule(run, asked);
  }
  CRATE_TRY(crate_validator_examples(run->world, arena, rules, chosen));
  run->format->explain(&run->result, rules, chosen);
  return CRATE_OK;
}

static CrateStatus
show_rules(Run *run)
{
  CrateArena arena;
  CrateRule *rules = NULL;
  size_t count = 0;
  crate_arena_init(&arena, run->world);
  CrateStatus st = collect_rules(run, false, &arena, &rules, &count);
  if (!st && run->explain) {
    st = explain(run, &arena, rules, count);
  } else if (!st) {
    run->format->rules(&run->result, rules, count);
  }
  crate_world_release(run->world, rules);
  crate_arena_clear(&arena);
  return st;
}

static void
show_profiles(Run *run)
{
  for (size_t i = 0;; ++i) {
    const CrateText token = crate_validator_profile(run->validator, i);
    if (!token.size) {
      return;
    }
    crate_buffer_add(&run->result, token);
    crate_buffer_add_byte(&run->result, '\n');
  }
}

static bool
wants_colour(const Run *run)
{
  if (!strcmp(run->colour, "auto")) {
    return !run->output && isatty(STDOUT_FILENO) && !getenv("NO_COLOR");
  }
  return !strcmp(run->colour, "always");
}

static CrateStatus
judge_one(Run *run, CrateText path, CrateVerdict *verdict)
{
  if (run->shapes) {
    const CrateShapesQuestion question = {
      .shapes = crate_text(run->shapes),
      .data = path,
      .base = crate_text(run->base),
      .turtle = run->turtle,
    };
    return crate_validator_judge_shapes(run->validator, &question, &run->result,
                                        verdict);
  }
  const CrateJudgeOptions options = {
    .profiles = run->profiles.items,
    .profile_count = run->profiles.count,
    .skip = run->skips.items,
    .skip_count = run->skips.count,
    .metadata_only = run->metadata_only,
  };
  return crate_validator_judge(run->validator, path, &options, verdict);
}

static CrateStatus
check_usage(const Run *run)
{
  const char *const flaw =
    !run->crates.count ? "name at least one crate; see --help"
    : run->turtle && !run->shapes
      ? "-f turtle is for --shapes; crates are reported as text or json"
    : run->base && !run->shapes ? "--base is for --shapes"
                                : NULL;
  return flaw ? crate_world_say(run->world, CRATE_BAD_ARGUMENT, &usage_place,
                                "%s", flaw)
              : CRATE_OK;
}

/// A rule that is misspelt would not be skipped, and nobody would know why.
static CrateStatus
check_skips(Run *run)
{
  CrateArena arena;
  CrateRule *rules = NULL;
  size_t count = 0;
  if (!run->skips.count) {
    return CRATE_OK;
  }
  crate_arena_init(&arena, run->world);
  CrateStatus st = collect_rules(run, true, &arena, &rules, &count);
  for (size_t i = 0; i < run->skips.count && !st; ++i) {
    if (!is_rule(run->skips.items[i], rules, count)) {
      st = refuse_rule(run, run->skips.items[i]);
    }
  }
  crate_world_release(run->world, rules);
  crate_arena_clear(&arena);
  return st;
}

/// Judge every crate; trouble with one does not keep the others from it, but
/// the first trouble is the answer.
static CrateStatus
judge_all(Run *run)
{
  CRATE_TRY(check_usage(run));
  CRATE_TRY(check_skips(run));
  if (run->shapes && !run->fail_on_given) {
    run->style.fail_on = CRATE_SEVERITY_INFO; // SHACL 3.6.1.1: sh:conforms
  }
  run->style.colour = wants_colour(run);
  run->verdicts = (CrateVerdict *)crate_world_allocate(
    run->world, run->crates.count * sizeof(CrateVerdict));
  if (!run->verdicts) {
    return CRATE_NO_MEMORY;
  }
  CrateStatus first = CRATE_OK;
  for (size_t i = 0; i < run->crates.count; ++i) {
    CrateVerdict *const verdict = &run->verdicts[run->verdict_count];
    const CrateStatus st = judge_one(run, run->crates.items[i], verdict);
    if (st) {
      crate_verdict_clear(verdict);
      first = first ? first : st;
    } else {
      ++run->verdict_count;
    }
  }
  if (!run->turtle) {
    run->format->verdicts(&run->result, &run->style, run->verdicts,
                          run->verdict_count);
  }
  return first;
}

static void
show_help(Run *run)
{
  crate_buffer_add_string(
    &run->result,
    "Usage: crate-validate [OPTION]... CRATE...\n"
    "Judge RO-Crates: a folder, a zip archive, a metadata document, or - for "
    "standard\ninput.\n\nOptions:\n");
  crate_options_help(&run->result, table, TABLE_SIZE);
  crate_buffer_add_string(
    &run->result,
    "\nExit status: 0 when every crate conforms, 1 when one does not, 2 for "
    "trouble.\n");
}

static CrateStatus
act(Run *run)
{
  if (run->help) {
    show_help(run);
    return CRATE_OK;
  }
  if (run->version) {
    crate_buffer_add_string(&run->result, "crate-validate " CRATE_VERSION "\n");
    return CRATE_OK;
  }
  CRATE_TRY(open_validator(run));
  if (run->list_profiles) {
    show_profiles(run);
    return CRATE_OK;
  }
  return run->list_rules || run->explain ? show_rules(run) : judge_all(run);
}

static CrateStatus
write_result(const Run *run)
{
  CrateOutput output = {run->world, run->output, NULL};
  CrateStatus st = crate_buffer_status(&run->result);
  if (!st) {
    st = crate_output_write(&output, crate_buffer_text(&run->result));
  }
  return crate_output_close(&output, st);
}

/// Data that take too long to look at do not pass (SHACL 3.4: a failure).
static bool
is_unsure(const Run *run, const CrateVerdict *verdict)
{
  for (size_t i = 0; i < verdict->not_checked_count; ++i) {
    const CrateNotChecked *const check = &verdict->not_checked[i];
    if (!check->gave_up || check->severity < run->style.fail_on) {
      continue;
    }
    const CrateDiagnostic place = {.file = verdict->path,
                                   .code = CRATE_TEXT("not-checked")};
    crate_world_say(run->world, CRATE_OVER_LIMIT, &place,
                    "no fault was found, but not all could be checked: %.*s",
                    CRATE_TEXT_ARG(check->reason));
    return true;
  }
  return false;
}

static int
exit_status(const Run *run)
{
  int status = EXIT_CONFORMS;
  for (size_t i = 0; i < run->verdict_count; ++i) {
    const CrateVerdict *const verdict = &run->verdicts[i];
    if (!crate_verdict_conforms(verdict, run->style.fail_on)) {
      return EXIT_CONFORMS_NOT;
    }
    status = is_unsure(run, verdict) ? EXIT_TROUBLE : status;
  }
  return status;
}

static void
clear(Run *run)
{
  Texts *const lists[] = {&run->profiles, &run->paths, &run->skips,
                          &run->crates, &run->maps};
  for (size_t i = 0; i < sizeof(lists) / sizeof(*lists); ++i) {
    crate_world_release(run->world, lists[i]->items);
  }
  for (size_t i = 0; i < run->verdict_count; ++i) {
    crate_verdict_clear(&run->verdicts[i]);
  }
  crate_world_release(run->world, run->verdicts);
  crate_buffer_clear(&run->result);
  crate_validator_free(run->validator);
  crate_library_free(run->library);
}

int
main(int argc, char **argv)
{
  CrateTerminal terminal = {.stream = stderr, .program = "crate-validate"};
  CrateWorld world;
  crate_world_init(&world);
  world.sink = crate_terminal_sink(&terminal);
  Run run = {
    .world = &world,
    .style = {CRATE_SEVERITY_INFO, CRATE_SEVERITY_VIOLATION, false},
    .format = crate_report_format(CRATE_TEXT("text")),
    .colour = "auto",
  };
  crate_buffer_init(&run.result, &world);
  const CrateOptions options = {table, TABLE_SIZE, take_option, take_operand,
                                &run};
  CrateStatus st = crate_options_parse(&world, &options, argc - 1, argv + 1);
  if (!st) {
    st = act(&run);
    const CrateStatus written = write_result(&run);
    st = st ? st : written;
  }
  if (st && !terminal.errors) {
    crate_world_say(&world, st, NULL, "%s", crate_status_text(st));
  }
  const int status = st ? EXIT_TROUBLE : exit_status(&run);
  clear(&run);
  return status;
}
