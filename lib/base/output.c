// SPDX-License-Identifier: Apache-2.0
#include "base/output.h"
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static CrateStatus
cannot_write(const CrateOutput *output)
{
  const CrateDiagnostic place = {
    .file = crate_text(output->path ? output->path : "<stdout>"),
    .code = CRATE_TEXT("unwritable-file")};
  return crate_world_say(output->world, CRATE_UNREADABLE, &place,
                         "cannot write: %s", strerror(errno));
}

/// Where the file is to be: behind a link, if it is one. NULL when there is
/// something that is no file, a device for instance, to be written as it is.
static char *
find_place(const CrateOutput *output, struct stat *about, bool *there)
{
  char *const real = realpath(output->path, NULL); // NULL: nothing is there
  *there = real && !stat(real, about);
  char *const place = *there && !S_ISREG(about->st_mode)
                        ? NULL
                        : strdup(real ? real : output->path);
  free(real);
  return place;
}

/// A new file in the folder of the place; -1 when that cannot be. Two programs
/// that write to one place take turns at the names.
static int
create_beside(CrateOutput *output)
{
  enum { MOST_TRIES = 100, ROOM = 32 };
  const size_t size = strlen(output->place) + ROOM;
  int descriptor = -1;
  output->beside = (char *)malloc(size);
  for (int i = 0; output->beside && descriptor < 0 && i < MOST_TRIES; ++i) {
    snprintf(output->beside, size, "%s.%ld-%d", output->place, (long)getpid(),
             i);
    descriptor =
      open(output->beside, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
    i = descriptor < 0 && errno != EEXIST ? MOST_TRIES : i;
  }
  return descriptor;
}

static FILE *
open_beside(CrateOutput *output, const struct stat *old)
{
  const int descriptor = create_beside(output);
  FILE *const stream = descriptor < 0 ? NULL : fdopen(descriptor, "wb");
  if (stream && old) {
    (void)fchmod(descriptor, old->st_mode & 07777u);
  }
  if (!stream) {
    free(output->beside);
    output->beside = NULL;
  }
  return stream;
}

static FILE *
open_file(CrateOutput *output)
{
  struct stat old;
  bool there = false;
  output->place = output->whole ? find_place(output, &old, &there) : NULL;
  // A folder that takes no new files may have one that can be written.
  FILE *const stream =
    output->place ? open_beside(output, there ? &old : NULL) : NULL;
  return stream ? stream : fopen(output->path, "wb");
}

static CrateStatus
open_output(CrateOutput *output)
{
  if (!output->stream) {
    output->stream = output->path ? open_file(output) : stdout;
  }
  return output->stream ? CRATE_OK : cannot_write(output);
}

CrateStatus
crate_output_write(void *handle, CrateText bytes)
{
  CrateOutput *const output = (CrateOutput *)handle;
  CRATE_TRY(open_output(output));
  if (bytes.size &&
      fwrite(bytes.data, 1, bytes.size, output->stream) < bytes.size) {
    return cannot_write(output);
  }
  return CRATE_OK;
}

CrateStatus
crate_output_flush(CrateOutput *output)
{
  return output->stream && fflush(output->stream) ? cannot_write(output)
                                                  : CRATE_OK;
}

/// Whether a stream goes to a file that we may take away again.
static bool
is_plain_file(FILE *stream)
{
  struct stat about;
  return !fstat(fileno(stream), &about) && S_ISREG(about.st_mode);
}

static CrateStatus
close_output(CrateOutput *output, CrateStatus status)
{
  if (!status) {
    status = open_output(output);
  }
  if (!output->stream) {
    return status;
  }
  const bool plain = output->path && is_plain_file(output->stream);
  if (fclose(output->stream) && !status) {
    status = cannot_write(output);
  }
  if (!status && output->beside && rename(output->beside, output->place)) {
    status = cannot_write(output);
  }
  if (status && plain) {
    unlink(output->beside ? output->beside : output->path);
  }
  return status;
}

CrateStatus
crate_output_close(CrateOutput *output, CrateStatus status)
{
  status = close_output(output, status);
  free(output->beside);
  free(output->place);
  output->beside = output->place = NULL;
  return status;
}
