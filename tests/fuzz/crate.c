// SPDX-License-Identifier: Apache-2.0
// Fuzz target: a metadata document of a folder, judged. The size chooses the
// profile. Findings are in order and their places are in the document.
#include "base/terminal.h"
#include "validate/report.h"
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/// The folder of this run, made on the first input, gone at the end.
static char folder[] = "/tmp/crate-fuzz-XXXXXX";
static char document[sizeof(folder) + 32];

static void
remove_folder(void)
{
  unlink(document);
  rmdir(folder);
}

static void
write_document(const uint8_t *data, size_t size)
{
  if (!*document) {
    if (!mkdtemp(folder)) {
      abort();
    }
    snprintf(document, sizeof(document), "%s/ro-crate-metadata.json", folder);
    atexit(remove_folder);
  }
  FILE *const file = fopen(document, "wb");
  if (!file || fwrite(data, 1, size, file) != size || fclose(file)) {
    abort();
  }
}

static void
check_verdict(const CrateVerdict *verdict, size_t size)
{
  for (size_t i = 0; i < verdict->finding_count; ++i) {
    const CrateFinding *const finding = &verdict->findings[i];
    if (!finding->rule.size || finding->line > size + 1u ||
        (i && finding->line < finding[-1].line)) {
      abort();
    }
  }
}

static void
report(const CrateWorld *world, const CrateVerdict *verdict)
{
  const CrateReportStyle style = {.fail_on = CRATE_SEVERITY_VIOLATION,
                                  .most = 5};
  for (size_t i = 0; crate_report_format_at(i); ++i) {
    CrateBuffer out;
    crate_buffer_init(&out, world);
    crate_report_write(&out, crate_report_format_at(i), &style, verdict, 1);
    if (crate_buffer_status(&out)) {
      abort();
    }
    crate_buffer_clear(&out);
  }
}

/// One validator for all inputs: what an input leaves behind is the next
/// one's flaw.
static CrateValidator *
validator_of(const CrateWorld *world)
{
  static CrateLibrary *library;
  static CrateValidator *validator;
  if (!validator && (crate_library_new(world, &library) ||
                     crate_validator_new(world, library, &validator))) {
    abort();
  }
  return validator;
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
  static const CrateText profiles[] = {
    {"ro-crate-1.2", 12},  {"ro-crate-1.1", 12},  {"ro-crate-1.3", 12},
    {"croissant-1.1", 13}, {"croissant-1.0", 13}, {"croissant-rai", 13},
    {"croissant-0.8", 13}, {"fair4ml-0.1.0", 13}, {"ml-release-1.0", 14},
    {"fair-1.0", 8},
  };
  static CrateWorld world;
  CrateVerdict verdict = {0};
  const CrateJudgeOptions options = {
    .profiles = &profiles[size % 10u],
    .profile_count = size % 4u != 3u,
    .metadata_only = size % 5u == 4u,
  };
  write_document(data, size);
  if (!world.allocator.allocate) {
    crate_world_init(&world);
  }
  if (!crate_validator_judge(validator_of(&world), crate_text(folder), &options,
                             &verdict)) {
    check_verdict(&verdict, size);
    report(&world, &verdict);
  }
  crate_verdict_clear(&verdict);
  return 0;
}
