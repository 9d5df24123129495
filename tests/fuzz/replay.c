// SPDX-License-Identifier: Apache-2.0
// replay TARGET's corpus: run every file of the folders named, each in a
// process of its own, so that one crash does not hide the next.
#include <dirent.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { LARGEST = 1 << 20, LONGEST = 60 }; // bytes, seconds

static void
run_here(const char *path)
{
  FILE *const file = fopen(path, "rb");
  uint8_t *const bytes = malloc(LARGEST);
  if (!file || !bytes) {
    fprintf(stderr, "%s: cannot be read\n", path);
    exit(2);
  }
  const size_t size = fread(bytes, 1, LARGEST, file);
  fclose(file);
  // A copy of just this size, so that a read past the end is seen.
  uint8_t *const exact = malloc(size ? size : 1u);
  if (!exact) {
    exit(2);
  }
  memcpy(exact, bytes, size);
  free(bytes);
  alarm(LONGEST);
  LLVMFuzzerTestOneInput(exact, size);
  free(exact);
  exit(0);
}

static int
passes(const char *path)
{
  int status = 1;
  fflush(NULL);
  const pid_t child = fork();
  if (!child) {
    run_here(path);
  }
  return child > 0 && waitpid(child, &status, 0) == child && !status;
}

int
main(int argc, char **argv)
{
  int counts[2] = {0, 0};
  for (int i = 1; i < argc; ++i) {
    DIR *const folder = opendir(argv[i]);
    for (struct dirent *entry = folder ? readdir(folder) : NULL; entry;
         entry = readdir(folder)) {
      char path[4096];
      if (entry->d_name[0] != '.') {
        snprintf(path, sizeof(path), "%s/%s", argv[i], entry->d_name);
        const int passed = passes(path);
        ++counts[!passed];
        if (!passed) {
          printf("FAIL %s\n", path);
        }
      }
    }
    if (folder) {
      closedir(folder);
    }
  }
  printf("%d passed, %d failed\n", counts[0], counts[1]);
  return counts[1] || !counts[0];
}
