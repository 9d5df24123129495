// SPDX-License-Identifier: Apache-2.0
/// @file JSONPath (RFC 9535): values of a JSON tree, found by a query.
#ifndef CRATE_JSON_PATH_H
#define CRATE_JSON_PATH_H
#include <cratekit/json.h>

/// A query, read and checked; never changes.
typedef struct CrateJsonPath CrateJsonPath;

/// Why a text is no query.
typedef struct CrateJsonPathFlaw {
  const char *expected; ///< At that byte; NULL when nothing is wrong.
  size_t at;
} CrateJsonPathFlaw;

/**
   Read a query.

   New, freed by crate_json_path_free(). Keeps the world, copies the text.
   @param lenient As many libraries have it: "$" may be left away, names hold
   hyphens, strings any escapes, and filters may have functions, comparisons
   and bare values that RFC 9535 does not know. What it does not know is read,
   and never run: see crate_json_path_walk().
   @return CRATE_MALFORMED, or CRATE_OVER_LIMIT where filters are nested too
   deep (depth), both unsaid and told by `flaw`.
*/
CRATE_NODISCARD CrateStatus crate_json_path_new(const CrateWorld *world,
                                                CrateText text,
                                                bool lenient,
                                                CrateJsonPath **out,
                                                CrateJsonPathFlaw *flaw);

/// Accepts NULL.
void crate_json_path_free(CrateJsonPath *path);

/// Whether a query names one value at most: 2.3.5.1, singular-query.
bool crate_json_path_is_singular(const CrateJsonPath *path);

/// Takes values that a query found. A failure ends the walk, and is what it
/// answers.
typedef struct CrateJsonPathTaker {
  CrateStatus (*take)(void *handle, const CrateJson *value);
  void *handle;
} CrateJsonPathTaker;

/**
   Find the values that a query names, in the order of RFC 9535; members of
   objects come in the document's order. Of a repeated name, a name selects
   the last.

   @param world Of the caller's thread: memory and limits come from it.
   @return CRATE_OVER_LIMIT (depth: of values and filters in one another;
   path_work: values looked at, and steps of regular expressions) or
   CRATE_UNSUPPORTED (a lenient query that RFC 9535 gives no meaning), unsaid;
   and whatever `take` answers.
*/
CRATE_NODISCARD CrateStatus crate_json_path_walk(const CrateJsonPath *path,
                                                 const CrateWorld *world,
                                                 const CrateJson *root,
                                                 const CrateJsonPathTaker *to);

#endif // CRATE_JSON_PATH_H
