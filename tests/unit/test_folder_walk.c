// SPDX-License-Identifier: Apache-2.0
// A folder where the kernel, or a sandbox around us, has no openat2.
#include "support/check.h"
#include <cratekit/package.h>
#include <errno.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

/// From now on the process has no openat2.
static bool
take_openat2_away(void)
{
  struct sock_filter steps[] = {
    BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, nr)),
    BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_openat2, 0, 1),
    BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | ENOSYS),
    BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
  };
  const struct sock_fprog program = {4, steps};
  return !prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) &&
         !prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program) &&
         syscall(SYS_openat2, -1, "x", NULL, (size_t)0) < 0 && errno == ENOSYS;
}

static void
write_file(const char *path)
{
  FILE *const file = fopen(path, "w");
  assert_non_null(file);
  assert_true(fputs("{}", file) >= 0);
  assert_int_equal(fclose(file), 0);
}

static void
members_are_found_and_no_link_is_followed(void **state)
{
  (void)state;
  char folder[] = "/tmp/cratekit-walk-XXXXXX";
  CheckWorld check;
  CratePackage *package = NULL;
  check_world_init(&check);
  assert_non_null(mkdtemp(folder));
  assert_int_equal(chdir(folder), 0);
  write_file("ro-crate-metadata.json");
  assert_int_equal(mkdir("data", 0700), 0);
  write_file("data/a.csv");
  assert_int_equal(symlink("/etc/passwd", "out"), 0);
  assert_int_equal(symlink("/etc", "data/etc"), 0);
  assert_int_equal(
    crate_package_open(&check.world, crate_text(folder), &package), CRATE_OK);
  assert_text(crate_package_metadata(package), "ro-crate-metadata.json");
  assert_int_equal(check_find(package, "data/a.csv"), CRATE_MEMBER_FILE);
  assert_int_equal(check_find(package, "data/"), CRATE_MEMBER_FOLDER);
  assert_int_equal(check_find(package, "data"), CRATE_MEMBER_FOLDER);
  assert_int_equal(check_find(package, "data/b.csv"), CRATE_MEMBER_ABSENT);
  assert_int_equal(check_find(package, "none/a.csv"), CRATE_MEMBER_ABSENT);
  assert_int_equal(check_find(package, "out"), CRATE_MEMBER_UNKNOWN);
  assert_int_equal(check_find(package, "data/etc/passwd"),
                   CRATE_MEMBER_OUTSIDE);
  crate_package_close(package);
  static const char *const made[] = {"data/etc", "data/a.csv", "out",
                                     "ro-crate-metadata.json"};
  for (size_t i = 0; i < 4; ++i) {
    assert_int_equal(unlink(made[i]), 0);
  }
  assert_int_equal(rmdir("data"), 0);
  assert_int_equal(rmdir(folder), 0);
}

int
main(void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(members_are_found_and_no_link_is_followed),
  };
  if (!take_openat2_away()) {
    print_message("skipped: this system lets no system call be taken away\n");
    return 77;
  }
  return cmocka_run_group_tests(tests, NULL, NULL);
}
