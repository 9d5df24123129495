// SPDX-License-Identifier: Apache-2.0
// prov/: the actions with what went in and came out, and all of it drawn.
#include "fuse/values.h"

typedef struct {
  const char *name, *format, *vocabulary;
} Form;

static const Form forms[] = {
  {"lineage.dot", "dot", NULL},
  {"lineage.provn", "provn", "prov"},
  {"lineage.svg", "svg", NULL},
  {"lineage.ttl", "turtle", "prov"},
};

/// The folders of an action, and by which word things get into them.
static const struct {
  const char *name;
  CrateWord word;
} sides[] = {
  {"agents", CRATE_WORD_AGENT},
  {"inputs", CRATE_WORD_OBJECT},
  {"instruments", CRATE_WORD_INSTRUMENT},
  {"outputs", CRATE_WORD_RESULT},
};

static CrateStatus
write_form(CrateTree *tree, const CrateNode *file, CrateBuffer *buffer)
{
  const Form *const form = (const Form *)file->about;
  CrateMaterial *m = NULL;
  CRATE_TRY(crate_tree_material(tree, &m));
  const CrateStatus st =
    crate_material_convert(m, form->format, form->vocabulary, buffer);
  if (st && st != CRATE_NO_MEMORY) { // the report has the reason
    buffer->size = 0;
    buffer->status = CRATE_OK;
  }
  return st == CRATE_NO_MEMORY ? st : CRATE_OK;
}

typedef struct {
  CrateFolderPlan *plan;
  const CrateMaterial *m;
} Linking;

static CrateStatus
link_value(void *handle, const CrateJson *value)
{
  static const CrateText entity = {"entity/", 7};
  const Linking *const linking = (const Linking *)handle;
  const uint32_t target = crate_book_target(&linking->m->book, value);
  CrateText way;
  if (target == CRATE_NO_ENTRY) {
    return CRATE_OK;
  }
  const CrateText parts[] = {entity, linking->m->names[target]};
  // .crate/prov/action/<@id>/inputs/
  CRATE_TRY(
    crate_node_way(crate_tree_arena(linking->plan->tree), 4, parts, 2, &way));
  return crate_plan_link(linking->plan, parts[1], way);
}

static CrateStatus
fill_side(CrateFolderPlan *plan, const CrateNode *folder)
{
  CrateMaterial *m = NULL;
  CRATE_TRY(crate_tree_material(plan->tree, &m));
  Linking linking = {plan, m};
  return crate_book_each_of(&m->book, folder->entry,
                            *(const CrateWord *)folder->about, link_value,
                            &linking);
}

static CrateStatus
fill_action(CrateFolderPlan *plan, const CrateNode *folder)
{
  for (size_t i = 0; i < sizeof(sides) / sizeof(*sides); ++i) {
    CRATE_TRY(
      crate_plan_add(plan, (CrateNode){.name = crate_text(sides[i].name),
                                       .kind = CRATE_NODE_FOLDER,
                                       .fill = fill_side,
                                       .about = &sides[i].word,
                                       .entry = folder->entry}));
  }
  CrateMaterial *m = NULL;
  CRATE_TRY(crate_tree_material(plan->tree, &m));
  const CrateText parts[] = {CRATE_TEXT("entity/"), m->names[folder->entry]};
  CrateText way;
  CRATE_TRY(crate_node_way(crate_tree_arena(plan->tree), 3, parts, 2, &way));
  return crate_plan_link(plan, CRATE_TEXT("entity"), way);
}

static CrateStatus
fill_actions(CrateFolderPlan *plan, const CrateNode *folder)
{
  CrateMaterial *m = NULL;
  (void)folder;
  CRATE_TRY(crate_tree_material(plan->tree, &m));
  for (uint32_t i = 0; i < m->book.entry_count; ++i) {
    if (m->book.entries[i].kinds & CRATE_KIND_ACTION) {
      CRATE_TRY(crate_plan_folder(plan, m->names[i], fill_action, i));
    }
  }
  return CRATE_OK;
}

CrateStatus
crate_shelf_prov(CrateFolderPlan *plan, const CrateNode *folder)
{
  (void)folder;
  if (!crate_package_metadata(crate_tree_package(plan->tree)).size) {
    return CRATE_OK;
  }
  for (size_t i = 0; i < sizeof(forms) / sizeof(*forms); ++i) {
    CRATE_TRY(
      crate_plan_add(plan, (CrateNode){.name = crate_text(forms[i].name),
                                       .kind = CRATE_NODE_FILE,
                                       .write = write_form,
                                       .about = &forms[i],
                                       .entry = CRATE_NO_ENTRY}));
  }
  return crate_plan_folder(plan, CRATE_TEXT("action"), fill_actions,
                           CRATE_NO_ENTRY);
}
