// SPDX-License-Identifier: Apache-2.0
// A stranger's program: judge a crate, and print which rules it breaks where.
// cc tour.c $(pkg-config --cflags --libs cratekit-0)
#include <cratekit/validate.h>
#include <stdio.h>

static void
print_diagnostic(void *handle, const CrateDiagnostic *diagnostic)
{
  (void)handle;
  fprintf(stderr, "%.*s\n", CRATE_TEXT_ARG(diagnostic->message));
}

int
main(int argc, char **argv)
{
  CrateWorld world;
  crate_world_init(&world);
  world.sink.write = print_diagnostic;

  CrateLibrary *library = NULL;
  CrateValidator *validator = NULL;
  CrateVerdict verdict = {0};
  const CrateJudgeOptions options = {0};
  CrateStatus st = crate_library_new(&world, &library);
  if (!st) {
    st = crate_validator_new(&world, library, &validator);
  }
  if (!st) {
    st = crate_validator_judge(validator, crate_text(argc > 1 ? argv[1] : "."),
                               &options, &verdict);
  }
  for (size_t i = 0; i < verdict.finding_count; ++i) {
    const CrateFinding *const finding = &verdict.findings[i];
    printf("%u: %.*s\n", finding->line, CRATE_TEXT_ARG(finding->rule));
  }
  const int status = st ? 2 : verdict.counts[CRATE_SEVERITY_VIOLATION] > 0;
  crate_verdict_clear(&verdict);
  crate_validator_free(validator);
  crate_library_free(library);
  return status;
}
