// SPDX-License-Identifier: Apache-2.0
// A crate as a zip archive: APPNOTE 6.3.10.
//
// The same files make the same bytes, wherever they lie and however they were
// packed: the metadata document first, then by path; no times, no owners, no
// permissions; packed by zlib at one level, so that another zlib may make
// other bytes of the same meaning.
#include "convert/surgery/zip_out.h"

static CrateStatus
write_zip(CrateJob *job, const CrateContents *contents)
{
  CrateZipOut out = {.buffer = job->buffer, .name = contents->name};
  CrateStatus status = CRATE_OK;
  for (size_t i = 0; i < contents->count && !status; ++i) {
    status = crate_zip_out_item(&out, &contents->items[i]);
  }
  if (!status) {
    crate_zip_out_end(&out);
  }
  crate_zip_out_clear(&out);
  return status;
}

CrateStatus
crate_job_zip(CrateJob *job)
{
  return crate_job_pack(job, write_zip);
}
