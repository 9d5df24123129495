// SPDX-License-Identifier: Apache-2.0
#include "base/workers.h"
#include "support/check.h"

enum { SLOTS = 7 };

/// Numbers to be squared, and what came of them.
typedef struct {
  size_t count, next, taken;
  size_t numbers[SLOTS], squares[SLOTS];
  size_t asked_to_wait;
  bool hesitant;      // every other answer of the source is "not yet"
  bool hesitates;     // this time
  size_t fails_after; // take() does
} Sums;

static CrateJobSource
next(void *handle, size_t slot, bool wait)
{
  Sums *const sums = (Sums *)handle;
  sums->hesitates = sums->hesitant && !sums->hesitates;
  sums->asked_to_wait += wait;
  if (sums->hesitates && !wait) {
    return CRATE_JOB_NOT_YET;
  }
  if (sums->next == sums->count) {
    return CRATE_JOB_NO_MORE;
  }
  sums->numbers[slot] = sums->next++;
  return CRATE_JOB_GIVEN;
}

static void
work(void *handle, unsigned thread, size_t slot)
{
  Sums *const sums = (Sums *)handle;
  assert_true(thread < 4);
  sums->squares[slot] = sums->numbers[slot] * sums->numbers[slot];
}

static CrateStatus
take(void *handle, size_t slot)
{
  Sums *const sums = (Sums *)handle;
  assert_int_equal(sums->squares[slot], sums->taken * sums->taken);
  ++sums->taken;
  return sums->fails_after && sums->taken > sums->fails_after ? CRATE_UNREADABLE
                                                              : CRATE_OK;
}

static CrateStatus
run(const CrateWorld *world, Sums *sums, unsigned threads)
{
  const CrateWorkers workers = {.world = world,
                                .threads = threads,
                                .slots = SLOTS,
                                .handle = sums,
                                .next = next,
                                .work = work,
                                .take = take};
  return crate_workers_run(&workers);
}

static void
results_come_in_order(void **state)
{
  (void)state;
  CheckWorld check;
  check_world_init(&check);
  for (unsigned threads = 1; threads <= 4; ++threads) {
    for (size_t count = 0; count < 3000; count = count * 3u + 1u) {
      Sums sums = {.count = count};
      assert_int_equal(run(&check.world, &sums, threads), CRATE_OK);
      assert_int_equal(sums.taken, count);
    }
  }
}

static void
a_source_may_hesitate(void **state)
{
  (void)state;
  CheckWorld check;
  check_world_init(&check);
  for (unsigned threads = 1; threads <= 4; ++threads) {
    Sums sums = {.count = 500, .hesitant = true};
    assert_int_equal(run(&check.world, &sums, threads), CRATE_OK);
    assert_int_equal(sums.taken, 500);
    assert_true(sums.asked_to_wait > 0);
  }
}

static void
a_failure_ends_it(void **state)
{
  (void)state;
  CheckWorld check;
  check_world_init(&check);
  for (unsigned threads = 1; threads <= 4; ++threads) {
    Sums sums = {.count = 500, .fails_after = 20};
    assert_int_equal(run(&check.world, &sums, threads), CRATE_UNREADABLE);
    assert_int_equal(sums.taken, 21);
    assert_true(sums.next <= 20 + 1 + SLOTS);
  }
}

static CrateStatus
run_some(const CrateWorld *world)
{
  Sums sums = {.count = 10};
  return run(world, &sums, 2);
}

static void
memory_may_run_out(void **state)
{
  (void)state;
  assert_int_equal(check_failing_allocations(run_some), 2);
}

int
main(void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(results_come_in_order),
    cmocka_unit_test(a_source_may_hesitate),
    cmocka_unit_test(a_failure_ends_it),
    cmocka_unit_test(memory_may_run_out),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
