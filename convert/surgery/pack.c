// SPDX-License-Identifier: Apache-2.0
// From a crate, and what was done to it, to the files of a package.
#include "convert/surgery/surgery.h"

#define OLD_NAME "ro-crate-metadata.jsonld"
#define NEW_NAME "ro-crate-metadata.json"

CrateStatus
crate_job_read_files(CrateJob *job)
{
  return crate_surgery_of(job->what) ? crate_job_read_document(job) : CRATE_OK;
}

static bool
is_other(const void *handle, CrateText path)
{
  return !crate_text_equal(path, *(const CrateText *)handle);
}

CrateStatus
crate_job_add_payload(CrateJob *job, CrateContents *contents)
{
  CratePackage *const package = job->what->package;
  const CrateText metadata =
    package ? crate_package_metadata(package) : CRATE_TEXT("");
  const CrateChoice choice = {is_other, &metadata};
  return crate_contents_add_package(contents, package, job->what->name,
                                    CRATE_TEXT(""), &choice);
}

/// The files of a crate to which something was done, around its new metadata.
static CrateStatus
collect_changed(CrateJob *job,
                const CrateSurgery *surgery,
                CrateBuffer *metadata,
                CrateContents *contents)
{
  CrateJson *document = NULL;
  CRATE_TRY(crate_job_write_metadata(job, metadata, &document));
  CRATE_TRY(surgery->collect ? surgery->collect(job, document, contents)
                             : crate_job_add_payload(job, contents));
  // Versions before 1.1 call the document otherwise; so may detached crates.
  const bool is_old =
    crate_text_is(crate_package_metadata(job->what->package), OLD_NAME) &&
    !job->what->upgrade.size;
  contents->metadata = crate_text(is_old ? OLD_NAME : NEW_NAME);
  return crate_contents_add(contents,
                            (CrateItem){.path = contents->metadata,
                                        .bytes = crate_buffer_text(metadata)});
}

static CrateStatus
collect(CrateJob *job, CrateBuffer *metadata, CrateContents *contents)
{
  CratePackage *const package = job->what->package;
  const CrateSurgery *const surgery = crate_surgery_of(job->what);
  if (surgery) {
    CRATE_TRY(collect_changed(job, surgery, metadata, contents));
  } else {
    CRATE_TRY(crate_contents_add_package(contents, package, job->what->name,
                                         CRATE_TEXT(""), NULL));
    contents->metadata = crate_package_metadata(package);
  }
  return crate_contents_settle(contents);
}

CrateStatus
crate_job_pack(CrateJob *job, CratePacker write)
{
  CrateContents contents;
  CrateBuffer metadata;
  crate_contents_init(&contents, job->world, job->what->name);
  crate_buffer_init(&metadata, job->world);
  CrateStatus status = collect(job, &metadata, &contents);
  status = status ? status : write(job, &contents);
  crate_buffer_clear(&metadata);
  crate_contents_clear(&contents);
  return status;
}
