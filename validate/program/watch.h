// SPDX-License-Identifier: Apache-2.0
/// @file --watch: told by the system when something changes (inotify).
#ifndef CRATE_VALIDATE_WATCH_H
#define CRATE_VALIDATE_WATCH_H
#include <cratekit/arena.h>
#include <stdbool.h>

/// Folders under watch, and signals that end it.
typedef struct CrateWatch CrateWatch;

/// New, freed by crate_watch_free(). From now on SIGINT, SIGTERM and SIGHUP
/// wait for crate_watch_wait(). Failures are said.
CrateStatus crate_watch_new(const CrateWorld *world, CrateWatch **out);

/// Accepts NULL.
void crate_watch_free(CrateWatch *watch);

/// Let a file that we write ourselves change without notice; NULL for none.
void crate_watch_ignore(CrateWatch *watch, const char *file);

/// Forget all paths. What changed meanwhile is not forgotten.
void crate_watch_begin(CrateWatch *watch);

/**
   Watch what a person named: a folder with all below it, or a file; what is
   not there yet, until it is. Symbolic links below a folder are not followed.

   @param path Borrowed.
   @return Failures of memory. What cannot be watched is said, once.
*/
CrateStatus crate_watch_add(CrateWatch *watch, CrateText path);

/// Folders under watch.
size_t crate_watch_count(const CrateWatch *watch);

/**
   Wait until something changed and is quiet again, or a signal came.

   @param changed The path that changed first, escaped by nobody; a view, valid
   until the next call. Empty when a signal came.
*/
CrateStatus crate_watch_wait(CrateWatch *watch, CrateText *changed);

/**
   Do a piece of work in a process of its own, which a signal ends.

   @param work   Answers an exit status.
   @param status That one; 2 after a crash; as it was when a signal came first.
   @param more   Whether to go on: no signal came.
*/
CrateStatus crate_watch_run(CrateWatch *watch,
                            int (*work)(void *handle),
                            void *handle,
                            int *status,
                            bool *more);

#endif // CRATE_VALIDATE_WATCH_H
