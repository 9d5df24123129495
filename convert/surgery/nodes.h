// SPDX-License-Identifier: Apache-2.0
/// @file A document as surgery works on it where entities come and go:
/// expanded and flattened, so that there is nothing but nodes, each once, with
/// their names in full. What becomes of them is given to the job as its
/// `nodes`, to be compacted as any document.
#ifndef CRATE_CONVERT_SURGERY_NODES_H
#define CRATE_CONVERT_SURGERY_NODES_H
#include "convert/convert.h"

/// What stands for something elsewhere: an IRI, or the label of a blank node.
typedef enum {
  CRATE_NAME_ID,   ///< A value of @id, of the node itself or of a reference.
  CRATE_NAME_TYPE, ///< Of @type; a data type too.
  CRATE_NAME_KEY,  ///< A property.
} CrateNameKind;

typedef struct CrateNameVisitor {
  CrateStatus (*visit)(void *handle, CrateNameKind kind, CrateJson *name);
  void *handle;
} CrateNameVisitor;

/// The nodes of the job's document, an array in its arena; nobody else's, so
/// that they may be changed.
CRATE_NODISCARD CrateStatus crate_job_nodes(CrateJob *job, CrateJson **out);

/// Visit all names below a value, in order; literals have none.
CRATE_NODISCARD CrateStatus crate_nodes_visit(CrateJson *value,
                                              const CrateNameVisitor *visitor);

/// Names of the descriptor and of the root data entity, in full; empty where
/// there is none.
CRATE_NODISCARD CrateStatus crate_job_find_root(CrateJob *job,
                                                CrateText *descriptor,
                                                CrateText *root);

/// The folder that the job's document is in: its base up to the last slash.
CrateText crate_job_folder_iri(const CrateJob *job);

/// The path of a name below that folder: what a file's is, while percent signs
/// are not decoded. Empty for what is elsewhere, a fragment, a blank node, and
/// the folder itself.
CrateText crate_job_path_of(const CrateJob *job, CrateText id);

/// Whether an IRI is that of a term of schema.org, in either spelling.
bool crate_is_schema_org(CrateText iri, const char *term);

/// A new property with a text: two values, to be added to a node.
CRATE_NODISCARD CrateStatus crate_node_text(CrateArena *arena,
                                            CrateText property,
                                            CrateText text,
                                            CrateJson **out);

/// Add such a property to a node, which has none of its name.
void crate_node_add(CrateJson *node, CrateJson *member);

/// A new node with a reference to another, to be united with what there is:
/// {"@id": subject, property: [{"@id": object}]}.
CRATE_NODISCARD CrateStatus crate_node_link(CrateArena *arena,
                                            CrateText subject,
                                            CrateText property,
                                            CrateText object,
                                            CrateJson **out);

/// A new node with the values of another one's property.
CRATE_NODISCARD CrateStatus crate_node_copy(CrateArena *arena,
                                            CrateText subject,
                                            CrateText property,
                                            const CrateJson *values,
                                            CrateJson **out);

#endif // CRATE_CONVERT_SURGERY_NODES_H
