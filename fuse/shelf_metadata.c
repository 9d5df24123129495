// SPDX-License-Identifier: Apache-2.0
// The metadata document, as it lies there and converted.
#include "fuse/material.h"

typedef struct {
  const char *name, *format, *vocabulary;
} Form;

/// To show the metadata in another form, add a row.
static const Form forms[] = {
  {"canonical.nq", "canonical", NULL},
  {"card.md", "markdown", NULL},
  {"crate.nq", "nquads", NULL},
  {"crate.ttl", "turtle", NULL},
  {"dcat.ttl", "turtle", "dcat"},
  {"expanded.jsonld", "expanded", NULL},
  {"flattened.jsonld", "ro-crate-json", NULL},
  {"preview.html", "html", NULL},
  {"schema-org.jsonld", "compacted", "schema-org"},
};

/// What cannot be made says why: a file that cannot be read at all says less.
static CrateStatus
write_form(CrateTree *tree, const CrateNode *file, CrateBuffer *buffer)
{
  const Form *const form = (const Form *)file->about;
  CrateMaterial *material = NULL;
  CRATE_TRY(crate_tree_material(tree, &material));
  const size_t said = material->said.size;
  const CrateStatus st =
    crate_material_convert(material, form->format, form->vocabulary, buffer);
  if (st == CRATE_NO_MEMORY || !st) {
    return st;
  }
  buffer->size = 0;
  buffer->status = CRATE_OK;
  crate_buffer_add(buffer, crate_text_slice(crate_buffer_text(&material->said),
                                            said, material->said.size));
  return CRATE_OK;
}

/// The document's own bytes, from the package.
static CrateStatus
add_original(CrateFolderPlan *plan, CrateText metadata)
{
  const CrateText root = crate_package_root(crate_tree_package(plan->tree));
  const CrateText parts[] = {CRATE_TEXT("/"), root, metadata};
  CrateNode node = {.name = CRATE_TEXT("original.jsonld"),
                    .kind = CRATE_NODE_FILE,
                    .part = CRATE_WHOLE,
                    .entry = CRATE_NO_ENTRY};
  CRATE_TRY(
    crate_arena_join(crate_tree_arena(plan->tree), parts, 3, &node.path));
  return crate_plan_add(plan, node);
}

CrateStatus
crate_shelf_metadata(CrateFolderPlan *plan, const CrateNode *folder)
{
  const CrateText metadata =
    crate_package_metadata(crate_tree_package(plan->tree));
  (void)folder;
  if (!metadata.size) {
    return CRATE_OK;
  }
  CRATE_TRY(add_original(plan, metadata));
  for (size_t i = 0; i < sizeof(forms) / sizeof(*forms); ++i) {
    CRATE_TRY(
      crate_plan_add(plan, (CrateNode){.name = crate_text(forms[i].name),
                                       .kind = CRATE_NODE_FILE,
                                       .write = write_form,
                                       .about = &forms[i],
                                       .entry = CRATE_NO_ENTRY}));
  }
  return CRATE_OK;
}
