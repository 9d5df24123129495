// SPDX-License-Identifier: Apache-2.0
// ck:data "column": what the look at the files has found of that aspect.
#include "validate/data/data.h"

static const char *const aspects[CRATE_DATA_ASPECTS] = {
  [CRATE_DATA_FILE] = "file",           [CRATE_DATA_SIZE] = "size",
  [CRATE_DATA_CHECKSUM] = "checksum",   [CRATE_DATA_MEMBERS] = "members",
  [CRATE_DATA_TABLE] = "table",         [CRATE_DATA_COLUMN] = "column",
  [CRATE_DATA_PATH] = "path",           [CRATE_DATA_PATTERN] = "pattern",
  [CRATE_DATA_TYPE] = "type",           [CRATE_DATA_KEY] = "key",
  [CRATE_DATA_REFERENCE] = "reference", [CRATE_DATA_SPLIT] = "split",
};

static CrateStatus
report_flaw(const CrateNativeCall *call, const CrateDataFlaw *flaw)
{
  CrateNativeCall about = *call;
  if (flaw->where.file.size) {
    about.focus = flaw->focus;
    return call->report_elsewhere(&about, &flaw->where, flaw->detail);
  }
  return call->report(call, CRATE_NO_TERM, flaw->origin, flaw->detail);
}

/// A gap is told once, however many fields have it.
static bool
is_first(const CrateData *data, const CrateDataGap *gap)
{
  for (const CrateDataGap *other = data->gaps; other < gap; ++other) {
    if (other->aspect == gap->aspect &&
        crate_text_equal(other->reason, gap->reason)) {
      return false;
    }
  }
  return true;
}

static CrateStatus
report_gaps(const CrateNativeCall *call,
            const CrateData *data,
            CrateDataAspect aspect)
{
  for (size_t i = 0; i < data->gap_count; ++i) {
    const CrateDataGap *const gap = &data->gaps[i];
    if (gap->aspect == aspect && is_first(data, gap)) {
      CRATE_TRY(gap->gave_up ? call->gave_up(call, gap->reason)
                             : call->not_checked(call, gap->reason));
    }
  }
  return CRATE_OK;
}

/// Asked once, for the document.
CrateStatus
crate_check_data(const CrateNativeCall *call)
{
  CrateChecks *const checks = (CrateChecks *)call->handle;
  const CrateText parameter = crate_check_parameter(call);
  CrateData *data = NULL;
  size_t aspect = 0;
  if (!checks->view->data.size) {
    return call->gave_up(call, CRATE_TEXT("the files are not at hand: name "
                                          "their folder with --data"));
  }
  while (aspect < CRATE_DATA_ASPECTS &&
         !crate_text_is(parameter, aspects[aspect])) {
    ++aspect;
  }
  CRATE_TRY(crate_data_look(checks, &data));
  for (size_t i = 0; i < data->flaw_count; ++i) {
    if (data->flaws[i].aspect == aspect) {
      CRATE_TRY(report_flaw(call, &data->flaws[i]));
    }
  }
  return report_gaps(call, data, (CrateDataAspect)aspect);
}
