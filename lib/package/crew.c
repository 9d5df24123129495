// SPDX-License-Identifier: Apache-2.0
// Many files read by several threads. What comes out does not depend on who
// read what; the thread that asked waits, and tells how far the others are.
#include "base/workers.h"
#include "package/reading.h"
#include <pthread.h>
#include <stdlib.h>
#include <time.h>

#define MOST_THREADS 64u

/// Opening a file costs as much as reading so many bytes of it.
#define OPENING ((uint64_t)32 << 10u)

/// Work that is worth a thread.
#define WORTHWHILE ((uint64_t)1 << 20u)

/// Between two reports of progress, in nanoseconds.
#define PAUSE 100000000L

typedef struct {
  uint64_t order, size;
  size_t index;
} Turn;

typedef struct {
  CratePackage *package;
  CrateReading *readings;
  Turn *turns;
  size_t count;
  CrateWorld world; // the package's, one thread at a time
  pthread_mutex_t memory;
  pthread_mutex_t lock; // of all below
  pthread_cond_t ended; // some thread has
  size_t next, running;
  unsigned threads, working;
  bool alone; // the thread that asked is the one that reads
  uint64_t done, total;
  CrateStatus failed;
  const CrateReading *latest;
} Crew;

typedef struct {
  Crew *crew;
  CrateReader reader;
  pthread_t thread;
} Worker;

// An allocator need not be made for threads: ours take turns.

static void *
allocate(void *handle, size_t size)
{
  Crew *const crew = (Crew *)handle;
  const CrateAllocator *const own = &crew->package->world->allocator;
  pthread_mutex_lock(&crew->memory);
  void *const block = own->allocate(own->handle, size);
  pthread_mutex_unlock(&crew->memory);
  return block;
}

static void *
resize(void *handle, void *block, size_t size)
{
  Crew *const crew = (Crew *)handle;
  const CrateAllocator *const own = &crew->package->world->allocator;
  pthread_mutex_lock(&crew->memory);
  void *const moved = own->resize(own->handle, block, size);
  pthread_mutex_unlock(&crew->memory);
  return moved;
}

static void
release(void *handle, void *block)
{
  Crew *const crew = (Crew *)handle;
  const CrateAllocator *const own = &crew->package->world->allocator;
  pthread_mutex_lock(&crew->memory);
  own->release(own->handle, block);
  pthread_mutex_unlock(&crew->memory);
}

/// A path that starts where the package was opened, as a person knows it.
static CrateText
without_slash(CrateText path)
{
  return crate_text_starts(path, CRATE_TEXT("/"))
           ? crate_text_slice(path, 1, path.size)
           : path;
}

/// Report to whoever waits. The lock is not held: it may take its time.
static void
tell(Crew *crew, bool ended)
{
  const CrateProgress *const to = &crew->package->world->progress;
  pthread_mutex_lock(&crew->lock);
  const CrateProgressStep step = {
    .file =
      crew->latest ? without_slash(crew->latest->path) : (CrateText){NULL, 0},
    .done = crew->done,
    .total = crew->total > crew->done ? crew->total : crew->done,
    .ended = ended,
  };
  pthread_mutex_unlock(&crew->lock);
  if (to->step) {
    to->step(to->handle, &step);
  }
}

static CrateStatus
note(void *handle, size_t size)
{
  Crew *const crew = (Crew *)handle;
  pthread_mutex_lock(&crew->lock);
  crew->done += size;
  const CrateStatus failed = crew->failed;
  pthread_mutex_unlock(&crew->lock);
  if (crew->alone) {
    tell(crew, false);
  }
  return failed;
}

/// The next file; NULL when there is none, or somebody failed.
static CrateReading *
next_reading(Crew *crew, bool *helped)
{
  CrateReading *reading = NULL;
  pthread_mutex_lock(&crew->lock);
  if (!crew->failed && crew->next < crew->count) {
    reading = &crew->readings[crew->turns[crew->next++].index];
    crew->latest = reading;
    ++crew->running;
    const size_t busy = // readers, now and soon
      crew->working < 2u ? 1u : crew->running + (crew->count - crew->next);
    *helped = busy < crew->threads; // processors would be idle
  }
  pthread_mutex_unlock(&crew->lock);
  return reading;
}

static void
end_reading(Crew *crew, CrateStatus status)
{
  pthread_mutex_lock(&crew->lock);
  --crew->running;
  crew->failed = crew->failed ? crew->failed : status;
  pthread_mutex_unlock(&crew->lock);
}

static void
read_on(Crew *crew, CrateReader *reader)
{
  bool helped = false;
  for (CrateReading *reading = next_reading(crew, &helped); reading;
       reading = next_reading(crew, &helped)) {
    end_reading(crew, crate_reader_read(reader, reading, helped));
  }
}

static void *
run_worker(void *handle)
{
  Worker *const worker = (Worker *)handle;
  Crew *const crew = worker->crew;
  read_on(crew, &worker->reader);
  pthread_mutex_lock(&crew->lock);
  --crew->working;
  pthread_cond_signal(&crew->ended);
  pthread_mutex_unlock(&crew->lock);
  return NULL;
}

/// Wait for all workers, and look up now and then.
static void
wait_for(Crew *crew)
{
  struct timespec until;
  pthread_mutex_lock(&crew->lock);
  while (crew->working) {
    clock_gettime(CLOCK_REALTIME, &until);
    until.tv_nsec += PAUSE;
    until.tv_sec += until.tv_nsec / 1000000000L;
    until.tv_nsec %= 1000000000L;
    if (pthread_cond_timedwait(&crew->ended, &crew->lock, &until)) {
      pthread_mutex_unlock(&crew->lock);
      tell(crew, false);
      pthread_mutex_lock(&crew->lock);
    }
  }
  pthread_mutex_unlock(&crew->lock);
}

/// A worker with a place of its own.
static CrateStatus
prepare(Crew *crew, Worker *worker)
{
  CrateReader *const reader = &worker->reader;
  CratePackage *const package = crew->package;
  *worker = (Worker){.crew = crew};
  crate_reader_init(reader, package, &crew->world);
  reader->note = note;
  reader->handle = crew;
  return package->verbs->share
           ? package->verbs->share(package->place, &reader->world,
                                   &reader->place)
           : CRATE_OK;
}

static void
dismiss(Worker *worker)
{
  const CratePlaceVerbs *const verbs = worker->crew->package->verbs;
  if (verbs->share && worker->reader.place) {
    verbs->unshare(worker->reader.place);
  }
  crate_reader_clear(&worker->reader);
}

/// `prepared` workers read, as many as there are threads to be had; without
/// any, the thread that asked does it.
static void
read_together(Crew *crew, Worker *workers, unsigned prepared)
{
  unsigned started = 0;
  crew->alone = crew->threads == 1u;
  crew->working = prepared;
  while (!crew->alone && started < prepared &&
         !pthread_create(&workers[started].thread, NULL, run_worker,
                         &workers[started])) {
    ++started;
  }
  pthread_mutex_lock(&crew->lock);
  crew->working -= prepared - started;
  pthread_mutex_unlock(&crew->lock);
  wait_for(crew);
  for (unsigned i = 0; i < started; ++i) {
    pthread_join(workers[i].thread, NULL);
  }
  if (!started) {
    crew->alone = true;
    read_on(crew, &workers[0].reader);
  }
}

static CrateStatus
read_with(Crew *crew)
{
  const CratePlaceVerbs *const verbs = crew->package->verbs;
  const bool one = verbs->is_stream && verbs->is_stream(crew->package->place);
  const unsigned threads = one                           ? 1u
                           : crew->count < crew->threads ? (unsigned)crew->count
                                                         : crew->threads;
  Worker *const workers = (Worker *)crate_world_allocate(
    crew->package->world, threads * sizeof(Worker));
  unsigned prepared = 0;
  CrateStatus st = workers ? CRATE_OK : CRATE_NO_MEMORY;
  while (!st && prepared < threads) {
    st = prepare(crew, &workers[prepared++]);
  }
  if (!st) {
    read_together(crew, workers, prepared);
  }
  for (unsigned i = 0; i < prepared; ++i) {
    dismiss(&workers[i]);
  }
  crate_world_release(crew->package->world, workers);
  return st;
}

static int
compare_turns(const void *a, const void *b)
{
  const Turn *const x = (const Turn *)a;
  const Turn *const y = (const Turn *)b;
  return x->order != y->order ? (x->order > y->order) - (x->order < y->order)
         : x->size != y->size ? (x->size < y->size) - (x->size > y->size)
                              : (x->index > y->index) - (x->index < y->index);
}

/// As the package has it; where that is all the same, large files first, so
/// that threads end together.
static CrateStatus
take_turns(Crew *crew)
{
  crew->turns = (Turn *)crate_world_allocate(crew->package->world,
                                             crew->count * sizeof(Turn));
  if (!crew->turns) {
    return CRATE_NO_MEMORY;
  }
  for (size_t i = 0; i < crew->count; ++i) {
    const CrateReading *const reading = &crew->readings[i];
    crew->turns[i] = (Turn){crate_package_order(crew->package, reading->path),
                            reading->size, i};
    crew->total += reading->kinds                ? reading->size
                   : reading->size < CRATE_PIECE ? reading->size
                                                 : CRATE_PIECE;
  }
  qsort(crew->turns, crew->count, sizeof(Turn), compare_turns);
  return CRATE_OK;
}

static unsigned
choose_threads(const Crew *crew)
{
  const uint64_t work = crew->total + crew->count * OPENING;
  const unsigned wanted = crew->package->world->threads;
  const unsigned most = work < WORTHWHILE ? 1u
                        : wanted          ? wanted
                                          : crate_workers_most();
  return most < MOST_THREADS ? most : MOST_THREADS;
}

CrateStatus
crate_package_read_all(CratePackage *package,
                       CrateReading *readings,
                       size_t count)
{
  Crew crew = {.package = package,
               .readings = readings,
               .count = count,
               .world = *package->world};
  if (!count) {
    return CRATE_OK;
  }
  CRATE_TRY(take_turns(&crew));
  crew.world.allocator = (CrateAllocator){&crew, allocate, resize, release};
  crew.threads = choose_threads(&crew);
  pthread_mutex_init(&crew.memory, NULL);
  pthread_mutex_init(&crew.lock, NULL);
  pthread_cond_init(&crew.ended, NULL);
  const CrateStatus st = read_with(&crew);
  tell(&crew, true);
  pthread_cond_destroy(&crew.ended);
  pthread_mutex_destroy(&crew.lock);
  pthread_mutex_destroy(&crew.memory);
  crate_world_release(package->world, crew.turns);
  return st ? st : crew.failed;
}
