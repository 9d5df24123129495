// SPDX-License-Identifier: Apache-2.0
#include "base/output.h"
#include <errno.h>
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

static CrateStatus
open_output(CrateOutput *output)
{
  if (!output->stream) {
    output->stream = output->path ? fopen(output->path, "wb") : stdout;
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

CrateStatus
crate_output_close(CrateOutput *output, CrateStatus status)
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
  if (status && plain) {
    unlink(output->path);
  }
  return status;
}
