// SPDX-License-Identifier: Apache-2.0
#include "base/options.h"

// Column at which the help texts start.
#define HELP_COLUMN 32u
#define LINE_WIDTH 80u

/// A command line on the way.
typedef struct {
  const CrateWorld *world;
  const CrateOptions *options;
  char *const *arguments;
  int count, next;
} Walk;

static const CrateDiagnostic usage_place = {.code = {"usage", 5}};

size_t
crate_options_nearest(const void *names,
                      size_t count,
                      size_t stride,
                      CrateText given)
{
  size_t best = count;
  unsigned best_distance = 3; // more than two edits is another word
  for (size_t i = 0; i < count; ++i) {
    const char *name = NULL;
    memcpy(&name, (const char *)names + i * stride, sizeof(name));
    const unsigned distance =
      crate_text_distance(crate_text(name), given, best_distance);
    if (distance < best_distance) {
      best = i;
      best_distance = distance;
    }
  }
  return best;
}

static CrateStatus
unknown(const Walk *walk, CrateText name)
{
  const CrateOptions *const o = walk->options;
  const size_t near =
    crate_options_nearest(o->table, o->count, sizeof(*o->table), name);
  if (near < o->count) {
    return crate_world_say(walk->world, CRATE_BAD_ARGUMENT, &usage_place,
                           "unknown option --%.*s, did you mean --%s",
                           CRATE_TEXT_ARG(name), o->table[near].name);
  }
  return crate_world_say(walk->world, CRATE_BAD_ARGUMENT, &usage_place,
                         "unknown option --%.*s, --help lists them all",
                         CRATE_TEXT_ARG(name));
}

/// Hand an option on. `attached` is the value in the same argument, or NULL.
static CrateStatus
give(Walk *walk, const CrateOption *option, const char *attached)
{
  const CrateOptions *const o = walk->options;
  if (!option->value) {
    if (attached) {
      return crate_world_say(walk->world, CRATE_BAD_ARGUMENT, &usage_place,
                             "--%s takes no value", option->name);
    }
    return o->option(o->handle, option, NULL);
  }
  if (!attached && option->value[0] == '[') { // a value that may be left out
    return o->option(o->handle, option, NULL);
  }
  if (!attached && walk->next < walk->count) {
    attached = walk->arguments[walk->next++];
  }
  if (!attached) {
    return crate_world_say(walk->world, CRATE_BAD_ARGUMENT, &usage_place,
                           "--%s needs a value: %s", option->name,
                           option->value);
  }
  return o->option(o->handle, option, attached);
}

static CrateStatus
take_long(Walk *walk, const char *argument)
{
  const CrateText whole = crate_text(argument);
  const size_t equals = crate_text_find(whole, '=');
  const CrateText name = crate_text_slice(whole, 0, equals);
  const CrateOptions *const o = walk->options;
  for (size_t i = 0; i < o->count; ++i) {
    if (crate_text_is(name, o->table[i].name)) {
      return give(walk, &o->table[i],
                  equals < whole.size ? argument + equals + 1 : NULL);
    }
  }
  return unknown(walk, name);
}

/// `-x`, `-xVALUE`, `-x VALUE`, and flags in one word: `-vq`.
static CrateStatus
take_short(Walk *walk, const char *letters)
{
  const CrateOptions *const o = walk->options;
  for (const char *letter = letters; *letter; ++letter) {
    size_t i = 0;
    while (i < o->count && o->table[i].letter != *letter) {
      ++i;
    }
    if (i == o->count) {
      return crate_world_say(walk->world, CRATE_BAD_ARGUMENT, &usage_place,
                             "unknown option -%c, --help lists them all",
                             *letter);
    }
    if (o->table[i].value) {
      return give(walk, &o->table[i], letter[1] ? letter + 1 : NULL);
    }
    CRATE_TRY(give(walk, &o->table[i], NULL));
  }
  return CRATE_OK;
}

CrateStatus
crate_options_parse(const CrateWorld *world,
                    const CrateOptions *options,
                    int count,
                    char *const *arguments)
{
  Walk walk = {world, options, arguments, count, 0};
  bool ended = false;
  while (walk.next < walk.count) {
    const char *const argument = arguments[walk.next++];
    if (ended || argument[0] != '-' || !argument[1]) {
      CRATE_TRY(options->operand(options->handle, argument));
    } else if (argument[1] != '-') {
      CRATE_TRY(take_short(&walk, argument + 1));
    } else if (argument[2]) {
      CRATE_TRY(take_long(&walk, argument + 2));
    } else {
      ended = true;
    }
  }
  return CRATE_OK;
}

/// Words of a text, broken before the right margin.
static void
add_wrapped(CrateBuffer *buffer, const char *text, size_t column)
{
  while (*text) {
    const size_t word = strcspn(text, " ");
    if (column + word >= LINE_WIDTH && column > HELP_COLUMN) {
      crate_buffer_print(buffer, "\n%*s", (int)HELP_COLUMN, "");
      column = HELP_COLUMN;
    } else if (column > HELP_COLUMN) {
      crate_buffer_add_byte(buffer, ' ');
      ++column;
    }
    crate_buffer_add(buffer, (CrateText){text, word});
    column += word;
    text += word + strspn(text + word, " ");
  }
  crate_buffer_add_byte(buffer, '\n');
}

void
crate_options_help(CrateBuffer *buffer, const CrateOption *table, size_t count)
{
  for (size_t i = 0; i < count; ++i) {
    const CrateOption *const o = &table[i];
    char letter[] = "    ";
    if (o->letter) {
      memcpy(letter, (const char[]){'-', o->letter, ',', ' '}, 4);
    }
    const char *const value = o->value ? o->value : "";
    const size_t width =
      2 + 4 + 2 + strlen(o->name) + (o->value ? 1 + strlen(value) : 0);
    crate_buffer_print(buffer, "  %s--%s%s%s", letter, o->name,
                       o->value ? " " : "", value);
    if (width + 2 > HELP_COLUMN) {
      crate_buffer_print(buffer, "\n%*s", (int)HELP_COLUMN, "");
    } else {
      crate_buffer_print(buffer, "%*s", (int)(HELP_COLUMN - width), "");
    }
    add_wrapped(buffer, o->help, HELP_COLUMN);
  }
}
