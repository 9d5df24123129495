// SPDX-License-Identifier: Apache-2.0
/// @file Names of an archive's members: refused when doubtful, looked up,
/// links followed. What zip and tar share.
#ifndef CRATE_PACKAGE_NAMES_H
#define CRATE_PACKAGE_NAMES_H
#include "package/package.h"

/// Longest name of a member: no system opens a longer path.
#define CRATE_LONGEST_NAME 4096u

typedef enum {
  CRATE_NAMED_FILE,
  CRATE_NAMED_LINK,      // symbolic: the target starts at its folder
  CRATE_NAMED_HARD_LINK, // the target starts at the archive's root
} CrateNamedKind;

/// One archive's members by name. Numbers are the archive's own, from 1.
typedef struct CrateNames {
  const CrateWorld *world;
  CrateText archive; // for diagnostics
  CrateText code;    // of what is malformed
  bool lenient;      // doubtful members are left out, with a warning
  CrateMap by_name;  // name without a last '/' -> number, 0 a folder
  size_t links;
  void *place;
  CrateNamedKind (*kind)(void *place, size_t number);
  CrateText (*name)(void *place, size_t number);
  /// The path that a link holds.
  CrateStatus (*target)(void *place,
                        size_t number,
                        CrateArena *arena,
                        CrateText *out);
} CrateNames;

/// Say what is wrong with the archive.
CrateStatus crate_names_refuse(const CrateNames *names,
                               CrateStatus status,
                               const char *why);

/// The same about one member. A warning, if what is malformed is to be left
/// out.
CrateStatus crate_names_refuse_member(const CrateNames *names,
                                      CrateStatus status,
                                      CrateText name,
                                      const char *why);

/// Whether a failure was about one member, which is left out.
bool crate_names_leave_out(const CrateNames *names, CrateStatus status);

/// Warn of a member: the archive can be used all the same.
CrateStatus crate_names_warn(const CrateNames *names,
                             CrateText name,
                             const char *what);

/// The same of the archive as a whole.
CrateStatus crate_names_warn_all(const CrateNames *names, const char *what);

/// Warn of links that lead out of the archive, or nowhere but to themselves.
/// They are never followed, but whoever unpacks the archive should know.
CrateStatus crate_names_check_links(const CrateNames *names, size_t count);

/**
   Note a member, and the folders above it, which need no entries.

   @param name   Changed: "./" is cut off its front; empty when it is the root
   itself, which is then not noted. Kept. A folder's ends in '/'.
   @param number Of a file or link.
   @return CRATE_MALFORMED for a name that is doubtful or there twice,
   CRATE_OVER_LIMIT for one too long or too deep; said.
*/
CrateStatus crate_names_add(CrateNames *names, CrateText *name, size_t number);

/**
   Look up a path, following links as a file system would, but never out of
   the archive.

   @param arena  Holds paths while links are followed.
   @param number 0 for a folder.
   @return CRATE_OK whatever is there; failures of reading a link.
*/
CrateStatus crate_names_find(const CrateNames *names,
                             CrateArena *arena,
                             CrateText path,
                             CrateMember *out,
                             size_t *number);

/// The same for somebody who needs the file: CRATE_NOT_FOUND, said.
CrateStatus crate_names_need(const CrateNames *names,
                             CrateArena *arena,
                             CrateText path,
                             size_t *number);

#endif // CRATE_PACKAGE_NAMES_H
