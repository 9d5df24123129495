// SPDX-License-Identifier: Apache-2.0
/// @file What every unit test includes, and nothing else.
#ifndef CRATE_TESTS_CHECK_H
#define CRATE_TESTS_CHECK_H
// cmocka needs these first, in this order.
// clang-format off
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>
// clang-format on
#include <cratekit/buffer.h>
#include <cratekit/package.h>
#include <cratekit/world.h>
#include <stdio.h>
#include <stdlib.h>

/// A world whose sink remembers the first diagnostic as one line of text:
/// "file:line:column: message [code]".
typedef struct CheckWorld {
  CrateWorld world;
  char said[1200]; // empty when nothing was said
  unsigned count;  // of diagnostics
} CheckWorld;

void check_world_init(CheckWorld *check);

/// Make the world's allocator fail its nth call (from 0) and all later ones.
typedef struct FailingAlloc {
  size_t asked; // calls so far
  size_t fails_at;
} FailingAlloc;

void failing_alloc(FailingAlloc *failing, CheckWorld *check, size_t fails_at);

/**
   Run a piece of work with each of its allocations failing in turn; of very
   many, after the first ones, every so many: arenas that ask for each object
   (CRATE_ARENA_DEBUG) would make it the square of tens of thousands.

   `work` answers a status; it must clean up after itself. It must answer
   CRATE_OK when nothing fails and CRATE_NO_MEMORY otherwise.
   @return How many allocations success takes, so that a test can see that
   there was something to fail.
*/
size_t check_failing_allocations(CrateStatus (*work)(const CrateWorld *world));

/// What a package has at a path; fails the test when it cannot be told.
CrateMember check_find(CratePackage *package, const char *path);

/// Contents of a file under the tests' source folder, NUL-ended; the caller
/// frees. Fails the test when it cannot be read.
char *check_read_source(const char *path, size_t *size);

/// Folder of the shared suites, or NULL when they are not there.
const char *check_suites(void);

void check_text(CrateText text, const char *expected);

#define assert_text(text, expected) check_text((text), (expected))

/// Run a table of tests and say so as a line that the runner counts.
#define CHECK_MAIN(tests)                                                      \
  int main(void)                                                               \
  {                                                                            \
    return cmocka_run_group_tests(tests, NULL, NULL);                          \
  }

#endif // CRATE_TESTS_CHECK_H
