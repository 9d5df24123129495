// SPDX-License-Identifier: Apache-2.0
// The root, and the table of what lies in the folder beside the payload.
#include "fuse/node.h"

static const CrateShelf shelves[] = {
  {"by-author", "what each person or organization has written",
   crate_shelf_by_author},
  {"by-license", "what stands under each licence", crate_shelf_by_license},
  {"entity",
   "each entity by its @id: its properties, who refers to it, and "
   "the file or folder it is about",
   crate_shelf_entities},
  {"metadata", "the metadata document as it lies there, and in other syntaxes",
   crate_shelf_metadata},
  {"models",
   "the inside of model files: metadata, hazards, and tensors as .npy",
   crate_shelf_models},
  {"prov",
   "what was made of what: each action with its inputs, outputs and "
   "agents, and the whole as a drawing and as PROV",
   crate_shelf_prov},
  {"report",
   "what crate-validate says, and what of the package is doubtful, "
   "missing or not described",
   crate_shelf_report},
  {"type", "the entities by their types", crate_shelf_types},
};

const CrateShelf *
crate_shelf_at(size_t i)
{
  return i < sizeof(shelves) / sizeof(*shelves) ? &shelves[i] : NULL;
}

static CrateStatus
write_readme(CrateTree *tree, const CrateNode *file, CrateBuffer *buffer)
{
  const CrateText path = crate_package_path(crate_tree_package(tree));
  (void)file;
  crate_buffer_print(buffer,
                     "%.*s, shown by crate-mount " CRATE_VERSION ".\n\n",
                     CRATE_TEXT_ARG(path));
  crate_buffer_add_string(
    buffer, "Beside this folder lies what was packed, byte for byte. In it is "
            "what the\nmetadata say, made when it is looked at:\n\n");
  for (size_t i = 0; crate_shelf_at(i); ++i) {
    crate_buffer_print(buffer, "%-12s%s\n", crate_shelf_at(i)->name,
                       crate_shelf_at(i)->help);
  }
  crate_buffer_add_string(
    buffer, "\nNothing can be written here, and nothing was fetched: what is "
            "on the web is\na file that ends in .url. Names are @ids, with "
            "%2F for a slash.\n");
  return CRATE_OK;
}

CrateStatus
crate_shelf_top(CrateFolderPlan *plan, const CrateNode *folder)
{
  (void)folder;
  for (size_t i = 0; crate_shelf_at(i); ++i) {
    const CrateShelf *const shelf = crate_shelf_at(i);
    CRATE_TRY(crate_plan_folder(plan, crate_text(shelf->name), shelf->fill,
                                UINT32_MAX));
  }
  return crate_plan_file(plan, CRATE_TEXT("README.txt"), write_readme,
                         UINT32_MAX);
}

/// The payload, and the folder beside it, which gives way to one that is
/// packed.
CrateStatus
crate_shelf_root(CrateFolderPlan *plan, const CrateNode *folder)
{
  const CrateText name = crate_tree_options(plan->tree)->name;
  CRATE_TRY(crate_shelf_payload(plan, folder));
  return crate_plan_folder(plan, name.size ? name : CRATE_TEXT(".crate"),
                           crate_shelf_top, UINT32_MAX);
}
