// SPDX-License-Identifier: Apache-2.0
// The options of crate-validate: a row of the table each.
#include "validate/command.h"
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
  OPTION_METADATA_ONLY,
  OPTION_SKIP,
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
   "text|json|sarif|junit|github|gitlab|markdown|html|badge|turtle",
   "how to write findings; turtle is the W3C validation report", OPTION_FORMAT},
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
set_most(CrateCommand *command, const CrateOption *option, const char *value)
{
  char *end = NULL;
  command->style.most = strtoul(value, &end, 10);
  return *value >= '0' && *value <= '9' && !*end
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

static CrateStatus
take_option(void *handle, const CrateOption *option, const char *value)
{
  CrateCommand *const command = (CrateCommand *)handle;
  switch ((OptionId)option->id) {
    case OPTION_PROFILE:
      return crate_texts_add(command->world, &command->profiles,
                             crate_text(value));
    case OPTION_PROFILES_PATH:
      return crate_texts_add(command->world, &command->paths,
                             crate_text(value));
    case OPTION_SKIP:
      return crate_texts_add(command->world, &command->skips,
                             crate_text(value));
    case OPTION_MAP:
      return crate_texts_add(command->world, &command->maps, crate_text(value));
    case OPTION_SEVERITY:
      command->show_given = true;
      return set_severity(command, option, value, &command->style.show);
    case OPTION_FAIL_ON:
      command->fail_on_given = true;
      return set_severity(command, option, value, &command->style.fail_on);
    case OPTION_MOST:
      return set_most(command, option, value);
    case OPTION_FORMAT:
      return set_format(command, option, value);
    case OPTION_COLOUR:
      return set_colour(command, option, value);
    case OPTION_SHAPES:
      command->shapes = value;
      break;
    case OPTION_BASE:
      command->base = value;
      break;
    case OPTION_OUTPUT:
      command->output = value;
      break;
    case OPTION_EXPLAIN:
      command->explain = value;
      break;
    case OPTION_METADATA_ONLY:
      command->metadata_only = true;
      break;
    case OPTION_LIST_PROFILES:
      command->list_profiles = true;
      break;
    case OPTION_LIST_RULES:
      command->list_rules = true;
      break;
    case OPTION_LINT_PROFILES:
      command->lint = true;
      break;
    case OPTION_HELP:
      command->help = true;
      break;
    case OPTION_VERSION:
      command->version = true;
      break;
  }
  return CRATE_OK;
}

static CrateStatus
take_operand(void *handle, const char *operand)
{
  CrateCommand *const command = (CrateCommand *)handle;
  return crate_texts_add(command->world, &command->crates, crate_text(operand));
}

/// What is shown when nobody says: to a person, what asks for something to be
/// done, and whatever fails the crate; to a program, everything.
static void
set_defaults(CrateCommand *command)
{
  CrateReportStyle *const style = &command->style;
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
  CRATE_TRY(crate_options_parse(command->world, &options, argc - 1, argv + 1));
  set_defaults(command);
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
