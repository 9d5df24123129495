// SPDX-License-Identifier: Apache-2.0
#include "convert/program/stream.h"
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

/// An open file, and whom to tell.
typedef struct {
  const CrateWorld *world;
  CrateText name;
  int descriptor;
} Source;

static CrateStatus
say_errno(const CrateWorld *world, CrateText name)
{
  const int why = errno;
  const CrateDiagnostic place = {.file = name,
                                 .code = CRATE_TEXT("unreadable")};
  return crate_world_say(world,
                         why == ENOENT ? CRATE_NOT_FOUND : CRATE_UNREADABLE,
                         &place, "%s", strerror(why));
}

static CrateStatus
read_source(void *handle, char *room, size_t size, size_t *got)
{
  const Source *const source = (const Source *)handle;
  ssize_t count = -1;
  do {
    count = read(source->descriptor, room, size);
  } while (count < 0 && errno == EINTR);
  *got = count > 0 ? (size_t)count : 0;
  return count < 0 ? say_errno(source->world, source->name) : CRATE_OK;
}

static CrateStatus
find_syntaxes(const CrateTask *task, CrateStream *stream)
{
  stream->from =
    task->what.syntax ? task->what.syntax : crate_syntax_of(stream->name);
  stream->to = crate_syntax_named(crate_text(task->format->name));
  const bool from = stream->from == CRATE_SYNTAX_NTRIPLES ||
                    stream->from == CRATE_SYNTAX_NQUADS;
  const bool to =
    stream->to == CRATE_SYNTAX_NTRIPLES || stream->to == CRATE_SYNTAX_NQUADS ||
    stream->to == CRATE_SYNTAX_TURTLE || stream->to == CRATE_SYNTAX_TRIG;
  return from && to
           ? CRATE_OK
           : crate_world_say(task->world, CRATE_BAD_ARGUMENT, &crate_task_place,
                             "--stream goes from ntriples or nquads to "
                             "ntriples, nquads, turtle or trig");
}

CrateStatus
crate_task_stream(const CrateTask *task, CrateBuffer *buffer)
{
  const bool standard = !strcmp(task->input, "-");
  CrateStream stream = {.name = crate_text(standard ? "<stdin>" : task->input),
                        .prefixes = task->prefixes.items,
                        .prefix_count = task->prefixes.count};
  CRATE_TRY(find_syntaxes(task, &stream));
  Source source = {task->world, stream.name, STDIN_FILENO};
  if (!standard) {
    source.descriptor = open(task->input, O_RDONLY | O_CLOEXEC);
    if (source.descriptor < 0) {
      return say_errno(task->world, stream.name);
    }
  }
  const CrateFeed feed = {read_source, &source};
  const CrateStatus status =
    crate_rdf_stream(task->world, &stream, &feed, buffer);
  if (!standard) {
    close(source.descriptor);
  }
  return status;
}
