// SPDX-License-Identifier: Apache-2.0
// report/: what is right and wrong with the crate, for people and programs.
#include "fuse/material.h"
#include "validate/report.h"
#include <cratekit/iri.h>

/// A report in a format of crate-validate's. Without a verdict, why there is
/// none.
static CrateStatus
write_report(CrateTree *tree, const CrateNode *file, CrateBuffer *buffer)
{
  CrateMaterial *m = NULL;
  CRATE_TRY(crate_tree_material(tree, &m));
  CRATE_TRY(crate_material_judge(m));
  const CrateReportFormat *const format =
    crate_report_format(crate_text((const char *)file->about));
  const CrateReportStyle style = {.show = format->least,
                                  .fail_on = CRATE_SEVERITY_VIOLATION};
  if (m->judged) {
    crate_buffer_print(buffer, "not checked: %s\n",
                       crate_status_text(m->judged));
    crate_buffer_add(buffer, crate_buffer_text(&m->said));
    return CRATE_OK;
  }
  crate_report_write(buffer, format, &style, &m->verdict, 1);
  return CRATE_OK;
}

/// One line, to be read by a prompt or a script.
static CrateStatus
write_summary(CrateTree *tree, const CrateNode *file, CrateBuffer *buffer)
{
  CrateMaterial *m = NULL;
  (void)file;
  CRATE_TRY(crate_tree_material(tree, &m));
  CRATE_TRY(crate_material_judge(m));
  if (m->judged) {
    crate_buffer_print(buffer, "not checked: %s\n",
                       crate_status_text(m->judged));
    return CRATE_OK;
  }
  const CrateVerdict *const v = &m->verdict;
  crate_buffer_add_string(buffer,
                          crate_verdict_conforms(v, CRATE_SEVERITY_VIOLATION)
                            ? "conforms"
                            : "does not conform");
  for (size_t i = 0; i < v->profile_count; ++i) {
    crate_buffer_add_string(buffer, i ? ", " : " to ");
    crate_buffer_add(buffer, v->profiles[i]);
  }
  crate_buffer_print(buffer, ": %zu errors, %zu warnings, %zu not checked\n",
                     v->counts[CRATE_SEVERITY_VIOLATION],
                     v->counts[CRATE_SEVERITY_WARNING], v->not_checked_count);
  return CRATE_OK;
}

static CrateStatus
write_hazards(CrateTree *tree, const CrateNode *file, CrateBuffer *buffer)
{
  (void)file;
  crate_buffer_add(buffer, crate_tree_hazards(tree));
  return CRATE_OK;
}

/// What was said about the metadata while they were read.
static CrateStatus
write_said(CrateTree *tree, const CrateNode *file, CrateBuffer *buffer)
{
  CrateMaterial *m = NULL;
  (void)file;
  CRATE_TRY(crate_tree_material(tree, &m));
  CRATE_TRY(crate_material_graph(m));
  crate_buffer_add(buffer, crate_buffer_text(&m->said));
  return CRATE_OK;
}

/// Files and data sets of the metadata that are not in the package.
static CrateStatus
write_missing(CrateTree *tree, const CrateNode *file, CrateBuffer *buffer)
{
  CrateMaterial *m = NULL;
  (void)file;
  CRATE_TRY(crate_tree_material(tree, &m));
  for (uint32_t i = 0; i < m->book.entry_count; ++i) {
    const CrateEntry *const entry = &m->book.entries[i];
    const bool data = entry->kinds & (CRATE_KIND_FILE | CRATE_KIND_DATASET);
    CrateText path;
    if (!data || crate_iri_is_absolute(entry->id) ||
        crate_text_starts(entry->id, CRATE_TEXT("#")) ||
        crate_text_starts(entry->id, CRATE_TEXT("_:"))) {
      continue;
    }
    CRATE_TRY(crate_material_payload(m, i, &path));
    if (!path.data) {
      crate_buffer_add(buffer, entry->id);
      crate_buffer_add_byte(buffer, '\n');
    }
  }
  return CRATE_OK;
}

/// Whether no entity names a file; its own document needs none.
static CrateStatus
is_undescribed(CrateMaterial *m, CrateText path, bool *out)
{
  uint32_t entry = CRATE_NO_ENTRY;
  CRATE_TRY(crate_material_described(m, path, &entry));
  *out = entry == CRATE_NO_ENTRY && !crate_text_ends(path, CRATE_TEXT("/")) &&
         !crate_text_equal(path, crate_package_metadata(m->package));
  return CRATE_OK;
}

/// Files of the package that no entity names.
static CrateStatus
write_undescribed(CrateTree *tree, const CrateNode *file, CrateBuffer *buffer)
{
  CrateMaterial *m = NULL;
  (void)file;
  CRATE_TRY(crate_tree_material(tree, &m));
  CRATE_TRY(crate_payload_list(tree));
  const CratePayload *const payload = crate_tree_payload(tree);
  const CrateText root = crate_package_root(m->package);
  for (size_t i = 0; i < payload->count; ++i) {
    const CrateText whole = payload->paths[i];
    const CrateText path = crate_text_slice(whole, root.size, whole.size);
    bool undescribed = false;
    if (crate_text_starts(whole, root)) {
      CRATE_TRY(is_undescribed(m, path, &undescribed));
    }
    if (undescribed) {
      crate_buffer_add(buffer, path);
      crate_buffer_add_byte(buffer, '\n');
    }
  }
  return CRATE_OK;
}

/// To report in another way, add a row.
static const struct {
  const char *name;
  CrateNodeWrite write;
  const char *about;
} reports[] = {
  {"hazards.txt", write_hazards, NULL},
  {"metadata.txt", write_said, NULL},
  {"missing.txt", write_missing, NULL},
  {"summary.txt", write_summary, NULL},
  {"undescribed.txt", write_undescribed, NULL},
  {"validation.html", write_report, "html"},
  {"validation.json", write_report, "json"},
  {"validation.txt", write_report, "text"},
};

CrateStatus
crate_shelf_report(CrateFolderPlan *plan, const CrateNode *folder)
{
  (void)folder;
  for (size_t i = 0; i < sizeof(reports) / sizeof(*reports); ++i) {
    CRATE_TRY(
      crate_plan_add(plan, (CrateNode){.name = crate_text(reports[i].name),
                                       .kind = CRATE_NODE_FILE,
                                       .write = reports[i].write,
                                       .about = reports[i].about,
                                       .entry = CRATE_NO_ENTRY}));
  }
  return CRATE_OK;
}
