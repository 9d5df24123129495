// SPDX-License-Identifier: Apache-2.0
/// @file Changing a JSON document and nothing else of it.
///
/// JSON Patch (RFC 6902) as edits of the text: what the operations do not
/// speak of keeps its bytes, and what they add looks like its neighbours.
#ifndef CRATE_EDIT_H
#define CRATE_EDIT_H
#include <cratekit/json.h>
CRATE_BEGIN_DECLS

/// Edits of one document, gathered before any is made.
typedef struct CrateEdits CrateEdits;

/// New, freed by crate_edits_free(). Keeps the document.
CRATE_API CRATE_NODISCARD CrateStatus
crate_edits_new(const CrateWorld *world,
                const CrateJsonDocument *document,
                CrateEdits **out);

CRATE_API void crate_edits_free(CrateEdits *edits);

/**
   Add the operations of a patch: all, or none.

   Pointers are those of the document as it was read, whatever was added
   before; so patches that do not touch one another may come in any order.
   Known are add, remove, replace, and move within one object, which renames.
   @param patch An array, RFC 6902 section 3; borrowed.
   @param taken False when the patch does not fit the document, is of another
   kind, or touches what an earlier one changes: nothing was added then.
*/
CRATE_API CRATE_NODISCARD CrateStatus crate_edits_add(CrateEdits *edits,
                                                      const CrateJson *patch,
                                                      bool *taken);

/// Write the document with its edits made.
CRATE_API CRATE_NODISCARD CrateStatus crate_edits_write(const CrateEdits *edits,
                                                        CrateBuffer *out);

CRATE_END_DECLS
#endif // CRATE_EDIT_H
