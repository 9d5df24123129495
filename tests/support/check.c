// SPDX-License-Identifier: Apache-2.0
#include "support/check.h"
#include <string.h>
#include <sys/stat.h>

static void
remember(void *handle, const CrateDiagnostic *diagnostic)
{
  CheckWorld *const check = (CheckWorld *)handle;
  if (!check->count++) {
    snprintf(check->said, sizeof(check->said), "%.*s:%u:%u: %.*s [%.*s]",
             CRATE_TEXT_ARG(diagnostic->file), diagnostic->line,
             diagnostic->column, CRATE_TEXT_ARG(diagnostic->message),
             CRATE_TEXT_ARG(diagnostic->code));
  }
}

void
check_world_init(CheckWorld *check)
{
  memset(check, 0, sizeof(*check));
  crate_world_init(&check->world);
  check->world.sink = (CrateSink){remember, check};
}

static bool
may_allocate(void *handle)
{
  FailingAlloc *const failing = (FailingAlloc *)handle;
  return failing->asked++ < failing->fails_at;
}

static void *
fail_allocate(void *handle, size_t size)
{
  return may_allocate(handle) ? malloc(size) : NULL;
}

static void *
fail_resize(void *handle, void *block, size_t size)
{
  return may_allocate(handle) ? realloc(block, size) : NULL;
}

static void
fail_release(void *handle, void *block)
{
  (void)handle;
  free(block);
}

void
failing_alloc(FailingAlloc *failing, CheckWorld *check, size_t fails_at)
{
  *failing = (FailingAlloc){0, fails_at};
  check->world.allocator =
    (CrateAllocator){failing, fail_allocate, fail_resize, fail_release};
}

size_t
check_failing_allocations(CrateStatus (*work)(const CrateWorld *world))
{
  CheckWorld check;
  FailingAlloc count;
  check_world_init(&check);
  failing_alloc(&count, &check, SIZE_MAX);
  assert_int_equal(work(&check.world), CRATE_OK);
  const size_t step = count.asked / 400u + 1u;
  for (size_t n = 0; n < count.asked; n += n < 200u ? 1u : step) {
    FailingAlloc failing;
    failing_alloc(&failing, &check, n);
    const CrateStatus st = work(&check.world);
    // Threads need not ask for as much as they did the first time.
    const bool failed = failing.asked > n;
    if (st != (failed ? CRATE_NO_MEMORY : CRATE_OK)) {
      fail_msg("allocation %zu of %zu %s, and the answer was \"%s\"", n,
               count.asked, failed ? "failed" : "was not asked for",
               crate_status_text(st));
    }
  }
  return count.asked;
}

char *
check_read_source(const char *path, size_t *size)
{
  char full[4096];
  const char *const root = getenv("CRATEKIT_SOURCE");
  snprintf(full, sizeof(full), "%s/%s", root ? root : ".", path);
  FILE *const file = fopen(path[0] == '/' ? path : full, "rb");
  if (!file) {
    fail_msg("cannot open %s", path);
  }
  struct stat info;
  assert_int_equal(fstat(fileno(file), &info), 0);
  *size = (size_t)info.st_size;
  char *const bytes = (char *)malloc(*size + 1u);
  assert_non_null(bytes);
  assert_int_equal(fread(bytes, 1, *size, file), *size);
  bytes[*size] = '\0';
  fclose(file);
  return bytes;
}

const char *
check_suites(void)
{
  const char *const path = getenv("CRATEKIT_SUITES");
  struct stat info;
  return path && *path && !stat(path, &info) ? path : NULL;
}

void
check_text(CrateText text, const char *expected)
{
  char copy[4096];
  const size_t size =
    text.size < sizeof(copy) - 1u ? text.size : sizeof(copy) - 1u;
  if (size) {
    memcpy(copy, text.data, size);
  }
  copy[size] = '\0';
  assert_string_equal(copy, expected);
  assert_int_equal(text.size, strlen(expected));
}

CrateMember
check_find(CratePackage *package, const char *path)
{
  CrateMember member = CRATE_MEMBER_ABSENT;
  assert_int_equal(crate_package_find(package, crate_text(path), &member, NULL),
                   CRATE_OK);
  return member;
}
