// SPDX-License-Identifier: Apache-2.0
#include <stdio.h>
int
main(int argc, char **argv)
{
  for (int i = 2; i < argc; ++i) {
    FILE *const file = fopen(argv[i], "w");
    if (!file || fclose(file)) {
      return 2;
    }
  }
  return 0;
}
