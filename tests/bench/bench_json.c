// SPDX-License-Identifier: Apache-2.0
// bench_json FILE: megabytes a second of the JSON reader, the best of five.
#include "base/file.h"
#include <cratekit/json.h>
#include <stdio.h>
#include <time.h>

static double
seconds(void)
{
  struct timespec now;
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
  return (double)now.tv_sec + (double)now.tv_nsec * 1e-9;
}

static int
measure(const CrateWorld *world, CrateText name, CrateText bytes)
{
  double best = 1e9;
  for (int round = 0; round < 5; ++round) {
    CrateJsonDocument document;
    const double start = seconds();
    const CrateStatus st = crate_json_read(world, name, bytes, &document);
    const double taken = seconds() - start;
    crate_json_clear(&document);
    if (st) {
      return 2;
    }
    best = taken < best ? taken : best;
  }
  printf("%.1f\n", (double)bytes.size / 1e6 / best);
  return 0;
}

int
main(int argc, char **argv)
{
  CrateWorld world;
  CrateFile file = {0};
  crate_world_init(&world);
  if (argc != 2 || crate_file_read(&world, crate_text(argv[1]), &file)) {
    fprintf(stderr, "usage: bench_json FILE\n");
    return 2;
  }
  const int status =
    measure(&world, crate_text(argv[1]), crate_file_text(&file));
  crate_file_clear(&file);
  return status;
}
