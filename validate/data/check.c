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
    if (other->aspect == gap->aspect && other->gave_up == gap->gave_up &&
        crate_text_equal(other->reason, gap->reason)) {
      return false;
    }
  }
  return true;
}

/// The gaps of one aspect and one kind, in one line.
static CrateStatus
join_gaps(const CrateData *data,
          CrateDataAspect aspect,
          bool gave_up,
          CrateBuffer *out)
{
  enum { MOST = 5 };
  size_t count = 0;
  for (size_t i = 0; i < data->gap_count; ++i) {
    const CrateDataGap *const gap = &data->gaps[i];
    if (gap->aspect == aspect && gap->gave_up == gave_up &&
        is_first(data, gap) && ++count <= MOST) {
      crate_buffer_add_string(out, out->size ? "; " : "");
      crate_buffer_add(out, gap->reason);
    }
  }
  if (count > MOST) {
    crate_buffer_print(out, "; and %zu more", count - MOST);
  }
  return crate_buffer_status(out);
}

/// A call has one reason not to be checked: data that are in the way are a
/// better one than what nobody could tell.
static CrateStatus
report_gaps(const CrateNativeCall *call,
            const CrateData *data,
            CrateDataAspect aspect)
{
  CrateBuffer reason;
  crate_buffer_init(&reason, data->view->world);
  CrateStatus st = join_gaps(data, aspect, true, &reason);
  const bool gave_up = reason.size > 0;
  st = st ? st : join_gaps(data, aspect, false, &reason);
  const CrateText text = crate_buffer_text(&reason);
  if (!st && text.size) {
    st = gave_up ? call->gave_up(call, text) : call->not_checked(call, text);
  }
  crate_buffer_clear(&reason);
  return st;
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
