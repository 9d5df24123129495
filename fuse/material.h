// SPDX-License-Identifier: Apache-2.0
/// @file What the metadata of a crate say, as the shelves need it. Each part is
/// read when it is first asked for, and once.
#ifndef CRATE_FUSE_MATERIAL_H
#define CRATE_FUSE_MATERIAL_H
#include "convert/pages/book.h"
#include "convert/pages/provenance.h"
#include "fuse/node.h"
#include <cratekit/convert.h>
#include <cratekit/verdict.h>

struct CrateMaterial {
  const CrateWorld *world;
  CratePackage *package;
  const CrateTreeOptions *options;
  CrateArena arena;
  CrateLibrary *library;
  CrateBuffer base;   ///< IRI of the metadata document.
  CrateText name;     ///< Of the document, for diagnostics; empty: no document.
  CrateText bytes;    ///< Of the document.
  CrateBuffer said;   ///< What was said while something of this was made.
  CrateWorld hearing; ///< Whose sink that is.
  CrateJsonDocument document; ///< As the book reads it.
  CrateBuffer reshaped;       ///< Its bytes, when they are not the author's.
  CrateBook book;             ///< Empty when there is nothing to read.
  CrateText *names;           ///< Of each entry, as folders are called.
  CrateMap by_path; ///< Payload paths below the root, to 1 + entry; filled by
                    ///< crate_material_described().
  bool is_mapped;
  CrateGraph *graph;          ///< NULL until crate_material_graph().
  CrateProvenance provenance; ///< Likewise.
  CrateVerdict verdict;       ///< After crate_material_judge().
  CrateStatus judged;         ///< How that went.
  bool has_verdict;
};

/// New, freed by crate_material_free(). A crate without metadata, or with some
/// that cannot be read, has an empty book; why, `said` tells.
CRATE_NODISCARD CrateStatus crate_material_new(const CrateWorld *world,
                                               CratePackage *package,
                                               const CrateTreeOptions *options,
                                               CrateMaterial **out);

/// Accepts NULL.
void crate_material_free(CrateMaterial *material);

/// Fill in graph and provenance; they stay empty when the document is no RDF.
CRATE_NODISCARD CrateStatus crate_material_graph(CrateMaterial *material);

/// Fill in the verdict.
CRATE_NODISCARD CrateStatus crate_material_judge(CrateMaterial *material);

/// Convert the document.
CRATE_NODISCARD CrateStatus crate_material_convert(CrateMaterial *material,
                                                   const char *format,
                                                   const char *vocabulary,
                                                   CrateBuffer *buffer);

/// The payload path that an entry's @id names, with '/' in front; empty when it
/// names none that is there.
CRATE_NODISCARD CrateStatus crate_material_payload(CrateMaterial *material,
                                                   uint32_t entry,
                                                   CrateText *out);

/// The entry that names a file of the payload, by its path below the crate's
/// root without a last slash; CRATE_NO_ENTRY when none does.
CRATE_NODISCARD CrateStatus crate_material_described(CrateMaterial *material,
                                                     CrateText path,
                                                     uint32_t *out);

#endif // CRATE_FUSE_MATERIAL_H
