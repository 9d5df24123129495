// SPDX-License-Identifier: Apache-2.0
// One ring of slots. Jobs are numbered as they come: `taken` <= `begun` <=
// `given`, and job n lies in slot n modulo their number.
#include "base/workers.h"
#include <pthread.h>
#include <sched.h>

typedef struct {
  const CrateWorkers *workers;
  pthread_mutex_t lock;
  pthread_cond_t changed; // a job was given, or ended, or all is over
  size_t taken, begun, given;
  bool *done; // by slot
  bool over;
} Ring;

typedef struct {
  Ring *ring;
  unsigned number;
  pthread_t thread;
} Worker;

unsigned
crate_workers_most(void)
{
  cpu_set_t set;
  const int count =
    sched_getaffinity(0, sizeof(set), &set) ? 1 : CPU_COUNT(&set);
  return count > 0 ? (unsigned)count : 1u;
}

static void *
work(void *argument)
{
  const Worker *const worker = (const Worker *)argument;
  Ring *const ring = worker->ring;
  const CrateWorkers *const workers = ring->workers;
  pthread_mutex_lock(&ring->lock);
  for (;;) {
    while (ring->begun == ring->given && !ring->over) {
      pthread_cond_wait(&ring->changed, &ring->lock);
    }
    if (ring->begun == ring->given) {
      break;
    }
    const size_t slot = ring->begun++ % workers->slots;
    pthread_mutex_unlock(&ring->lock);
    workers->work(workers->handle, worker->number, slot);
    pthread_mutex_lock(&ring->lock);
    ring->done[slot] = true;
    pthread_cond_broadcast(&ring->changed);
  }
  pthread_mutex_unlock(&ring->lock);
  return NULL;
}

/// Fill every slot that is free, as far as there are jobs at hand.
static CrateJobSource
give(Ring *ring)
{
  const CrateWorkers *const workers = ring->workers;
  CrateJobSource source = CRATE_JOB_GIVEN;
  while (source == CRATE_JOB_GIVEN &&
         ring->given - ring->taken < workers->slots) {
    const size_t slot = ring->given % workers->slots;
    // Nobody else changes `given` and `taken`: they are read without the lock.
    source = workers->next(workers->handle, slot, ring->given == ring->taken);
    if (source == CRATE_JOB_GIVEN) {
      pthread_mutex_lock(&ring->lock);
      ring->done[slot] = false;
      ++ring->given;
      pthread_cond_broadcast(&ring->changed);
      pthread_mutex_unlock(&ring->lock);
    }
  }
  return source;
}

/// Wait for the oldest job, and take it.
static CrateStatus
take(Ring *ring)
{
  const CrateWorkers *const workers = ring->workers;
  const size_t slot = ring->taken % workers->slots;
  pthread_mutex_lock(&ring->lock);
  while (!ring->done[slot]) {
    pthread_cond_wait(&ring->changed, &ring->lock);
  }
  pthread_mutex_unlock(&ring->lock);
  const CrateStatus st = workers->take(workers->handle, slot);
  ++ring->taken;
  return st;
}

static CrateStatus
run_ring(Ring *ring)
{
  CrateJobSource source = CRATE_JOB_GIVEN;
  CrateStatus st = CRATE_OK;
  while (!st && (source != CRATE_JOB_NO_MORE || ring->taken < ring->given)) {
    if (source != CRATE_JOB_NO_MORE) {
      source = give(ring);
    }
    if (ring->taken < ring->given) {
      st = take(ring);
    }
  }
  return st;
}

/// The caller's thread alone: no lock, no thread.
static CrateStatus
run_alone(const CrateWorkers *workers)
{
  while (workers->next(workers->handle, 0, true) == CRATE_JOB_GIVEN) {
    workers->work(workers->handle, 0, 0);
    CRATE_TRY(workers->take(workers->handle, 0));
  }
  return CRATE_OK;
}

static void
end(Ring *ring, Worker *crew, unsigned count)
{
  pthread_mutex_lock(&ring->lock);
  ring->over = true;
  ring->begun = ring->given; // what nobody has begun stays undone
  pthread_cond_broadcast(&ring->changed);
  pthread_mutex_unlock(&ring->lock);
  for (unsigned i = 0; i < count; ++i) {
    pthread_join(crew[i].thread, NULL);
  }
}

static CrateStatus
run_crew(Ring *ring, Worker *crew)
{
  const CrateWorkers *const workers = ring->workers;
  unsigned count = 0;
  for (; count < workers->threads; ++count) {
    crew[count] = (Worker){.ring = ring, .number = count};
    if (pthread_create(&crew[count].thread, NULL, work, &crew[count])) {
      break;
    }
  }
  const CrateStatus st = count ? run_ring(ring) : run_alone(workers);
  end(ring, crew, count);
  return st;
}

CrateStatus
crate_workers_run(const CrateWorkers *workers)
{
  const CrateWorld *const world = workers->world;
  Ring ring = {.workers = workers};
  if (workers->threads < 2) {
    return run_alone(workers);
  }
  Worker *const crew =
    (Worker *)crate_world_allocate(world, workers->threads * sizeof(Worker));
  ring.done =
    (bool *)crate_world_allocate(world, workers->slots * sizeof(bool));
  CrateStatus st = CRATE_NO_MEMORY;
  if (crew && ring.done && !pthread_mutex_init(&ring.lock, NULL)) {
    if (!pthread_cond_init(&ring.changed, NULL)) {
      st = run_crew(&ring, crew);
      pthread_cond_destroy(&ring.changed);
    }
    pthread_mutex_destroy(&ring.lock);
  }
  crate_world_release(world, ring.done);
  crate_world_release(world, crew);
  return st;
}
