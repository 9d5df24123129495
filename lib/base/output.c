// SPDX-License-Identifier: Apache-2.0
#include "base/output.h"
#include <errno.h>
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
find_place(const CrateOutput *output, mode_t *mode)
{
  struct stat about;
  char *const real = realpath(output->path, NULL); // NULL: nothing is there
  const bool there = real && !stat(real, &about);
  char *const place = there && !S_ISREG(about.st_mode)
                        ? NULL
                        : strdup(real ? real : output->path);
  if (there) {
    *mode = about.st_mode & 07777u;
  }
  free(real);
  return place;
}

/// A new file in the folder of the place, NULL when that cannot be.
static FILE *
open_beside(CrateOutput *output, mode_t mode)
{
  const size_t size = strlen(output->place) + sizeof(".XXXXXX");
  output->beside = (char *)malloc(size);
  if (!output->beside) {
    return NULL;
  }
  snprintf(output->beside, size, "%s.XXXXXX", output->place);
  const int descriptor = mkstemp(output->beside);
  FILE *const stream = descriptor < 0 ? NULL : fdopen(descriptor, "wb");
  if (stream) {
    (void)fchmod(descriptor, mode);
  } else {
    free(output->beside);
    output->beside = NULL;
  }
  return stream;
}

static FILE *
open_file(CrateOutput *output)
{
  const mode_t mask = umask(0);
  mode_t mode = 0666u & ~mask;
  umask(mask);
  output->place = output->whole ? find_place(output, &mode) : NULL;
  // A folder that takes no new files may have one that can be written.
  FILE *const stream = output->place ? open_beside(output, mode) : NULL;
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
