// SPDX-License-Identifier: Apache-2.0
#include "convert/surgery/surgery.h"
#include "convert/ro_crate_json.h"
#include "convert/surgery/merge.h"
#include "convert/surgery/place.h"
#include "convert/surgery/subset.h"
#include "convert/surgery/upgrade.h"

static bool
wants_upgrade(const CrateConversion *what)
{
  return what->upgrade.size != 0;
}

static bool
wants_detach(const CrateConversion *what)
{
  return what->detach.size != 0;
}

static bool
wants_attach(const CrateConversion *what)
{
  return what->attach;
}

static bool
wants_subset(const CrateConversion *what)
{
  return what->subset_count != 0;
}

static bool
wants_merge(const CrateConversion *what)
{
  return what->merge_count != 0;
}

static const CrateSurgery surgeries[] = {
  {wants_upgrade, crate_job_upgrade, NULL},
  {wants_detach, crate_job_detach, NULL},
  {wants_attach, crate_job_attach, NULL},
  {wants_subset, crate_job_subset, crate_job_subset_files},
  {wants_merge, crate_job_merge, crate_job_merge_files},
};

const CrateSurgery *
crate_surgery_of(const CrateConversion *what)
{
  for (size_t i = 0; i < sizeof surgeries / sizeof *surgeries; ++i) {
    if (surgeries[i].is_wanted(what)) {
      return &surgeries[i];
    }
  }
  return NULL;
}

CrateStatus
crate_job_write_metadata(CrateJob *job, CrateBuffer *buffer, CrateJson **out)
{
  const CrateSurgery *const surgery = crate_surgery_of(job->what);
  CRATE_TRY(crate_job_name_dropped(job));
  CRATE_TRY(surgery ? surgery->change(job, out) : crate_job_reshape(job, out));
  CRATE_TRY(crate_ro_crate_order(job->world, *out));
  crate_json_write(buffer, *out, 2);
  crate_buffer_add_byte(buffer, '\n');
  return crate_buffer_status(buffer);
}

CrateStatus
crate_job_ro_crate_json(CrateJob *job)
{
  CrateJson *result = NULL;
  return crate_job_write_metadata(job, job->buffer, &result);
}
