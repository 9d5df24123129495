// SPDX-License-Identifier: Apache-2.0
/// @file What a call that can fail answers to the program.
#ifndef CRATE_STATUS_H
#define CRATE_STATUS_H
#include <cratekit/attributes.h>
CRATE_BEGIN_DECLS

/// Answer of a fallible call. The words for a person go to the world's sink.
typedef enum {
  CRATE_OK = 0,       ///< Done.
  CRATE_NO_MEMORY,    ///< The allocator had none left.
  CRATE_OVER_LIMIT,   ///< A ceiling of the world was met.
  CRATE_MALFORMED,    ///< Input is not what its syntax asks for.
  CRATE_NOT_FOUND,    ///< The thing named does not exist.
  CRATE_UNREADABLE,   ///< The system refused a read or a write.
  CRATE_UNSUPPORTED,  ///< Understood, but not something we do.
  CRATE_BAD_ARGUMENT, ///< The caller's mistake.
} CrateStatus;

/**
   Name a status for a person.

   @return One phrase, lower case, no full stop; a view, valid forever.
*/
CRATE_API const char *crate_status_text(CrateStatus status);

/// Pass a failure on to the caller; only where nothing needs undoing.
#define CRATE_TRY(call)                                                        \
  do {                                                                         \
    const CrateStatus try_st_ = (call);                                        \
    if (try_st_) {                                                             \
      return try_st_;                                                          \
    }                                                                          \
  } while (0)

CRATE_END_DECLS
#endif // CRATE_STATUS_H
