// SPDX-License-Identifier: Apache-2.0
// The options of crate-validate: a row of the table each.
#include "validate/program/command.h"
#include "base/options.h"
#include <stdlib.h>

typedef enum {
  OPTION_PROFILE,
  OPTION_PROFILES_PATH,
  OPTION_SHAPES,
  OPTION_BASE,
  OPTION_SEVERITY,
  OPTION_FAIL_ON,
  OPTION_MOST,
  OPTION_FORMAT,
  OPTION_OUTPUT,
  OPTION_RECURSIVE,
  OPTION_FILES_FROM,
  OPTION_JOBS,
  OPTION_BATCH,
  OPTION_METADATA_ONLY,
  OPTION_ROOT,
  OPTION_DATA,
  OPTION_SKIP,
  OPTION_SETTINGS,
  OPTION_NO_SETTINGS,
  OPTION_BASELINE,
  OPTION_WRITE_BASELINE,
  OPTION_WATCH,
  OPTION_FIX,
  OPTION_DRY_RUN,
  OPTION_EXPLAIN,
  OPTION_LIST_PROFILES,
  OPTION_LIST_RULES,
  OPTION_LINT_PROFILES,
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
   "show findings of at least this severity; default: warning in text, "
   "markdown and github, else info",
   OPTION_SEVERITY},
  {"fail-on", 0, "violation|warning|info",
   "findings of at least this severity mean that a crate does not conform; "
   "default: violation, with --shapes info, as sh:conforms has it",
   OPTION_FAIL_ON},
  {"most", 0, "N",
   "show at most N findings of a rule in text and markdown; 0 for all; "
   "default: 5",
   OPTION_MOST},
  {"format", 'f',
   "text|json|sarif|junit|github|gitlab|markdown|html|badge|assessment|turtle",
   "how to write findings; turtle is the W3C validation report", OPTION_FORMAT},
  {"output", 'o', "FILE", "write to a file rather than to standard output",
   OPTION_OUTPUT},
  {"recursive", 'r', NULL, "judge every crate in and below the folders named",
   OPTION_RECURSIVE},
  {"files-from", 0, "FILE",
   "judge the crates that FILE names too, one a line or NUL-separated; - is "
   "standard input",
   OPTION_FILES_FROM},
  {"jobs", 'j', "N",
   "judge N crates at once; default: as many as there are processors",
   OPTION_JOBS},
  {"batch", 0, NULL,
   "read a path or a whole document from each line of standard input, and "
   "write a line of JSON for each",
   OPTION_BATCH},
  {"metadata-only", 'm', NULL, "do not look at the payload",
   OPTION_METADATA_ONLY},
  {"root", 0, "ID",
   "of several datasets of a Croissant document judge the one with this @id",
   OPTION_ROOT},
  {"data", 0, "DIR",
   "hold the files that a Croissant document describes against it; they are in "
   "the folder or archive DIR",
   OPTION_DATA},
  {"skip", 0, "RULE", "leave a rule out, and say so; may be repeated",
   OPTION_SKIP},
  {"settings", 0, "FILE",
   "judge as FILE says; default: the crate-validate.json of the project around "
   "the current folder",
   OPTION_SETTINGS},
  {"no-settings", 0, NULL, "read no settings", OPTION_NO_SETTINGS},
  {"baseline", 0, "FILE",
   "the findings in FILE are known: they are counted, and fail nothing",
   OPTION_BASELINE},
  {"write-baseline", 0, "FILE",
   "write the findings to FILE, and take them for known",
   OPTION_WRITE_BASELINE},
  {"watch", 0, NULL, "judge again whenever something changes, until Ctrl-C",
   OPTION_WATCH},
  {"fix", 0, NULL,
   "mend what is certain, show it, and keep the old document as a backup",
   OPTION_FIX},
  {"dry-run", 0, NULL, "with --fix: show what would change, and change nothing",
   OPTION_DRY_RUN},
  {"explain", 0, "RULE", "tell about one rule and exit", OPTION_EXPLAIN},
  {"list-profiles", 0, NULL, "list the profiles and exit",
   OPTION_LIST_PROFILES},
  {"list-rules", 0, NULL, "list the rules of the profiles given, or of all",
   OPTION_LIST_RULES},
  {"lint-profiles", 0, NULL,
   "look for mistakes in the profiles of --profiles-path, and exit",
   OPTION_LINT_PROFILES},
  {"map", 0, "PREFIX=DIR",
   "read contexts whose IRI starts with PREFIX from under DIR; may be "
   "repeated; nothing is ever fetched",
   OPTION_MAP},
  {"colour", 0, "auto|always|never", "colour in text; default: auto",
   OPTION_COLOUR},
  {"help", 'h', NULL, "show this and exit", OPTION_HELP},
  {"version", 'V', NULL, "show the version and exit", OPTION_VERSION},
};

/// Threads that anybody could want.
#define MOST_JOBS 1024u

#define TABLE_SIZE (sizeof(table) / sizeof(*table))

const CrateDiagnostic crate_usage_place = {.code = {"usage", 5}};

static CrateStatus
bad_value(const CrateCommand *command,
          const CrateOption *option,
          const char *value)
{
  return crate_world_say(command->world, CRATE_BAD_ARGUMENT, &crate_usage_place,
                         "--%s cannot be \"%s\", expected %s", option->name,
                         value, option->value);
}

CrateStatus
crate_texts_add(const CrateWorld *world, CrateTexts *texts, CrateText text)
{
  CRATE_TRY(crate_world_reserve(world, &texts->items, &texts->capacity,
                                texts->count + 1u, sizeof(CrateText)));
  texts->items[texts->count++] = text;
  return CRATE_OK;
}

static CrateStatus
set_severity(const CrateCommand *command,
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
  return bad_value(command, option, value);
}

static CrateStatus
set_number(const CrateCommand *command,
           const CrateOption *option,
           const char *value,
           size_t *out)
{
  char *end = NULL;
  *out = strtoul(value, &end, 10);
  return *value >= '0' && *value <= '9' && !*end
           ? CRATE_OK
           : bad_value(command, option, value);
}

static CrateStatus
set_jobs(CrateCommand *command, const CrateOption *option, const char *value)
{
  CRATE_TRY(set_number(command, option, value, &command->jobs));
  return command->jobs && command->jobs <= MOST_JOBS
           ? CRATE_OK
           : bad_value(command, option, value);
}

static CrateStatus
set_format(CrateCommand *command, const CrateOption *option, const char *value)
{
  command->format = crate_report_format(crate_text(value));
  return command->format ? CRATE_OK : bad_value(command, option, value);
}

static CrateStatus
set_colour(CrateCommand *command, const CrateOption *option, const char *value)
{
  command->colour = value;
  return !strcmp(value, "auto") || !strcmp(value, "always") ||
             !strcmp(value, "never")
           ? CRATE_OK
           : bad_value(command, option, value);
}

/// The flag that an option sets, or NULL.
static bool *
flag_of(CrateCommand *command, OptionId id)
{
  const struct {
    OptionId id;
    bool *flag;
  } flags[] = {
    {OPTION_RECURSIVE, &command->recursive},
    {OPTION_BATCH, &command->batch},
    {OPTION_NO_SETTINGS, &command->no_settings},
    {OPTION_WATCH, &command->watch},
    {OPTION_FIX, &command->fix},
    {OPTION_DRY_RUN, &command->dry_run},
    {OPTION_METADATA_ONLY, &command->metadata_only},
    {OPTION_LIST_PROFILES, &command->list_profiles},
    {OPTION_LIST_RULES, &command->list_rules},
    {OPTION_LINT_PROFILES, &command->lint},
    {OPTION_HELP, &command->help},
    {OPTION_VERSION, &command->version},
    {OPTION_SEVERITY, &command->show_given},
    {OPTION_FAIL_ON, &command->fail_on_given},
    {OPTION_FORMAT, &command->format_given},
  };
  for (size_t i = 0; i < sizeof(flags) / sizeof(*flags); ++i) {
    if (flags[i].id == id) {
      return flags[i].flag;
    }
  }
  return NULL;
}

/// Where an option's text goes, or NULL.
static const char **
text_of(CrateCommand *command, OptionId id)
{
  const struct {
    OptionId id;
    const char **text;
  } texts[] = {
    {OPTION_SHAPES, &command->shapes},
    {OPTION_BASE, &command->base},
    {OPTION_OUTPUT, &command->output},
    {OPTION_FILES_FROM, &command->files_from},
    {OPTION_SETTINGS, &command->settings},
    {OPTION_BASELINE, &command->baseline},
    {OPTION_WRITE_BASELINE, &command->write_baseline},
    {OPTION_EXPLAIN, &command->explain},
    {OPTION_ROOT, &command->root},
    {OPTION_DATA, &command->data},
  };
  for (size_t i = 0; i < sizeof(texts) / sizeof(*texts); ++i) {
    if (texts[i].id == id) {
      return texts[i].text;
    }
  }
  return NULL;
}

/// The list that a repeated option adds to, or NULL.
static CrateTexts *
list_of(CrateCommand *command, OptionId id)
{
  return id == OPTION_PROFILE         ? &command->profiles
         : id == OPTION_PROFILES_PATH ? &command->paths
         : id == OPTION_SKIP          ? &command->skips
         : id == OPTION_MAP           ? &command->maps
                                      : NULL;
}

static CrateStatus
take_option(void *handle, const CrateOption *option, const char *value)
{
  CrateCommand *const command = (CrateCommand *)handle;
  const OptionId id = (OptionId)option->id;
  bool *const flag = flag_of(command, id);
  const char **const text = text_of(command, id);
  CrateTexts *const list = list_of(command, id);
  if (flag) {
    *flag = true;
  }
  if (text) {
    *text = value;
  }
  return list ? crate_texts_add(command->world, list, crate_text(value))
         : id == OPTION_SEVERITY
           ? set_severity(command, option, value, &command->style.show)
         : id == OPTION_FAIL_ON
           ? set_severity(command, option, value, &command->style.fail_on)
         : id == OPTION_MOST
           ? set_number(command, option, value, &command->style.most)
         : id == OPTION_JOBS   ? set_jobs(command, option, value)
         : id == OPTION_FORMAT ? set_format(command, option, value)
         : id == OPTION_COLOUR ? set_colour(command, option, value)
                               : CRATE_OK;
}

static CrateStatus
take_operand(void *handle, const char *operand)
{
  CrateCommand *const command = (CrateCommand *)handle;
  return crate_texts_add(command->world, &command->crates, crate_text(operand));
}

/// What is shown when nobody says: to a person, what asks for something to be
/// done, and whatever fails the crate; to a program, everything.
void
crate_command_settle(CrateCommand *command)
{
  CrateReportStyle *const style = &command->style;
  if (command->batch && !command->format_given) {
    command->format = crate_report_format(CRATE_TEXT("json"));
  }
  command->turtle = command->shapes && !strcmp(command->format->name, "turtle");
  if (command->shapes && !command->fail_on_given) {
    style->fail_on = CRATE_SEVERITY_INFO; // SHACL 3.6.1.1: sh:conforms
  }
  if (!command->show_given) {
    const CrateSeverity least = command->format->least;
    style->show = style->fail_on < least ? style->fail_on : least;
  }
}

CrateStatus
crate_command_parse(CrateCommand *command, int argc, char **argv)
{
  const CrateOptions options = {table, TABLE_SIZE, take_option, take_operand,
                                command};
  return crate_options_parse(command->world, &options, argc - 1, argv + 1);
}

CrateStatus
crate_command_check(const CrateCommand *command)
{
  const bool listed = command->crates.count || command->files_from;
  bool piped = false;
  for (size_t i = 0; i < command->crates.count; ++i) {
    piped |= crate_text_is(command->crates.items[i], "-");
  }
  const struct {
    bool flaw;
    const char *words;
  } flaws[] = {
    {!listed && !command->batch, "name at least one crate; see --help"},
    {listed && command->batch,
     "--batch reads its crates from standard input, name none"},
    {command->batch && command->fix, "--fix is not for --batch"},
    {command->batch && command->shapes, "--shapes is not for --batch"},
    {command->batch && strcmp(command->format->name, "json"),
     "--batch answers in json, in no other format"},
    {command->base && !command->shapes, "--base is for --shapes"},
    {command->fix && command->shapes, "--fix is for crates"},
    {command->recursive && command->shapes, "--recursive is for crates"},
    {command->settings && command->shapes, "--settings is for crates"},
    {command->settings && command->no_settings,
     "--settings and --no-settings do not go together"},
    {command->batch && command->write_baseline,
     "--write-baseline is not for --batch"},
    {command->watch && command->fix, "--fix is not for --watch"},
    {command->watch && command->write_baseline,
     "--write-baseline is not for --watch"},
    {command->watch && (command->batch || command->files_from || piped),
     "--watch wants its crates on the command line, not standard input"},
    {command->dry_run && !command->fix, "--dry-run is for --fix"},
  };
  for (size_t i = 0; i < sizeof(flaws) / sizeof(*flaws); ++i) {
    if (flaws[i].flaw) {
      return crate_world_say(command->world, CRATE_BAD_ARGUMENT,
                             &crate_usage_place, "%s", flaws[i].words);
    }
  }
  return CRATE_OK;
}

void
crate_command_help(CrateBuffer *buffer)
{
  crate_options_help(buffer, table, TABLE_SIZE);
}

void
crate_command_clear(CrateCommand *command)
{
  CrateTexts *const lists[] = {&command->profiles, &command->paths,
                               &command->skips, &command->crates,
                               &command->maps};
  for (size_t i = 0; i < sizeof(lists) / sizeof(*lists); ++i) {
    crate_world_release(command->world, lists[i]->items);
  }
}
