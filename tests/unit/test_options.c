// SPDX-License-Identifier: Apache-2.0
#include "base/options.h"
#include "support/check.h"

static const CrateOption table[] = {
  {"to", 't', "FORMAT", "what to convert to", 1},
  {"verbose", 'v', NULL, "say more", 2},
  {"quiet", 'q', NULL, "say less", 3},
  {"a-name-that-is-long", 0, "A-VALUE-THAT-IS-LONG",
   "words enough to need a second line of help, as they do not fit in one", 4},
  {"maybe", 0, "[yes|no]", "a value that may be left out", 5},
};

#define TABLE_SIZE (sizeof(table) / sizeof(*table))

/// What was taken, as one text: "to=x v x:operand".
typedef struct {
  char text[256];
  CrateStatus answer;
} Taken;

static CrateStatus
take_option(void *handle, const CrateOption *option, const char *value)
{
  Taken *const taken = handle;
  const size_t size = strlen(taken->text);
  snprintf(taken->text + size, sizeof(taken->text) - size, "%s%s%s ",
           option->name, value ? "=" : "", value ? value : "");
  return taken->answer;
}

static CrateStatus
take_operand(void *handle, const char *operand)
{
  Taken *const taken = handle;
  const size_t size = strlen(taken->text);
  snprintf(taken->text + size, sizeof(taken->text) - size, ":%s ", operand);
  return taken->answer;
}

static CrateStatus
parse(CheckWorld *check, Taken *taken, char *const *arguments)
{
  int count = 0;
  while (arguments[count]) {
    ++count;
  }
  check_world_init(check);
  *taken = (Taken){.answer = taken->answer};
  const CrateOptions options = {table, TABLE_SIZE, take_option, take_operand,
                                taken};
  return crate_options_parse(&check->world, &options, count, arguments);
}

#define ARGUMENTS(...) ((char *const[]){__VA_ARGS__, NULL})

static char empty[] = "";
static char to[] = "--to", to_x[] = "--to=x", to_none[] = "--to=";
static char x[] = "x", dash[] = "-", end[] = "--";
static char short_to[] = "-t", short_to_x[] = "-tx", short_flags[] = "-vqtx";
static char verbose[] = "--verbose", verbose_x[] = "--verbose=x";
static char wrong[] = "--verbos", far_off[] = "--nothing-like-it";
static char short_wrong[] = "-z";
static char maybe[] = "--maybe", maybe_no[] = "--maybe=no";

static void
every_spelling_is_taken(void **state)
{
  (void)state;
  const struct {
    char *const *arguments;
    const char *taken;
  } rows[] = {
    {ARGUMENTS(to, x), "to=x "},
    {ARGUMENTS(to_x), "to=x "},
    {ARGUMENTS(to_none), "to= "},
    {ARGUMENTS(to, empty), "to= "},
    {ARGUMENTS(short_to, x), "to=x "},
    {ARGUMENTS(short_to_x), "to=x "},
    {ARGUMENTS(short_flags), "verbose quiet to=x "},
    {ARGUMENTS(to, dash, dash), "to=- :- "},
    {ARGUMENTS(x, verbose, x), ":x verbose :x "},
    {ARGUMENTS(end, verbose, end), ":--verbose :-- "},
    {ARGUMENTS(empty), ": "},
    {ARGUMENTS(to, verbose), "to=--verbose "},
    {ARGUMENTS(maybe, x), "maybe :x "},
    {ARGUMENTS(maybe_no, x), "maybe=no :x "},
  };
  for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); ++i) {
    CheckWorld check;
    Taken taken = {.answer = CRATE_OK};
    assert_int_equal(parse(&check, &taken, rows[i].arguments), CRATE_OK);
    assert_string_equal(taken.text, rows[i].taken);
  }
}

static void
misuse_is_said(void **state)
{
  (void)state;
  const struct {
    char *const *arguments;
    const char *said;
  } rows[] = {
    {ARGUMENTS(to), ":0:0: --to needs a value: FORMAT [usage]"},
    {ARGUMENTS(short_to), ":0:0: --to needs a value: FORMAT [usage]"},
    {ARGUMENTS(verbose_x), ":0:0: --verbose takes no value [usage]"},
    {ARGUMENTS(wrong),
     ":0:0: unknown option --verbos, did you mean --verbose [usage]"},
    {ARGUMENTS(far_off), ":0:0: unknown option --nothing-like-it, --help "
                         "lists them all [usage]"},
    {ARGUMENTS(short_wrong),
     ":0:0: unknown option -z, --help lists them all [usage]"},
  };
  for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); ++i) {
    CheckWorld check;
    Taken taken = {.answer = CRATE_OK};
    assert_int_equal(parse(&check, &taken, rows[i].arguments),
                     CRATE_BAD_ARGUMENT);
    assert_string_equal(check.said, rows[i].said);
  }
}

static void
a_refusal_of_the_program_stops_the_walk(void **state)
{
  (void)state;
  CheckWorld check;
  Taken taken = {.answer = CRATE_NOT_FOUND};
  assert_int_equal(parse(&check, &taken, ARGUMENTS(x, x)), CRATE_NOT_FOUND);
  assert_string_equal(taken.text, ":x ");
}

static void
help_is_wrapped(void **state)
{
  (void)state;
  CheckWorld check;
  check_world_init(&check);
  CrateBuffer help;
  crate_buffer_init(&help, &check.world);
  crate_options_help(&help, table, 4);
  check_text(
    crate_buffer_text(&help),
    "  -t, --to FORMAT               what to convert to\n"
    "  -v, --verbose                 say more\n"
    "  -q, --quiet                   say less\n"
    "      --a-name-that-is-long A-VALUE-THAT-IS-LONG\n"
    "                                words enough to need a second line of "
    "help, as\n"
    "                                they do not fit in one\n");
  crate_buffer_clear(&help);
}

int
main(void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(every_spelling_is_taken),
    cmocka_unit_test(misuse_is_said),
    cmocka_unit_test(a_refusal_of_the_program_stops_the_walk),
    cmocka_unit_test(help_is_wrapped),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
