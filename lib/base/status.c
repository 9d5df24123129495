// SPDX-License-Identifier: Apache-2.0
#include <cratekit/status.h>

const char *
crate_status_text(CrateStatus status)
{
  switch (status) {
    case CRATE_OK:
      return "success";
    case CRATE_NO_MEMORY:
      return "out of memory";
    case CRATE_OVER_LIMIT:
      return "a limit was exceeded";
    case CRATE_MALFORMED:
      return "malformed input";
    case CRATE_NOT_FOUND:
      return "not found";
    case CRATE_UNREADABLE:
      return "cannot be read or written";
    case CRATE_UNSUPPORTED:
      return "not supported";
    case CRATE_BAD_ARGUMENT:
      return "bad argument";
  }
  return "unknown status";
}
