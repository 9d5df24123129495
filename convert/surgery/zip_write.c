// SPDX-License-Identifier: Apache-2.0
#include "convert/surgery/zip_write.h"
#include "convert/convert.h"
#include "convert/surgery/zip_out.h"

static CrateStatus
refuse(const CrateBuffer *buffer, CrateText name, const char *why)
{
  const CrateDiagnostic place = {.file = name,
                                 .code = CRATE_TEXT("not-packed")};
  return crate_world_say(buffer->world, CRATE_UNSUPPORTED, &place, "%s", why);
}

CrateStatus
crate_zip_check(const CrateBuffer *buffer,
                const CratePackage *package,
                CrateText name)
{
  CrateText top;
  const CrateDiagnostic place = {.level = CRATE_DIAGNOSTIC_WARNING,
                                 .file = name,
                                 .code = CRATE_TEXT("not-packed")};
  if (!package || crate_package_kind(package) == CRATE_PACKAGE_DOCUMENT ||
      crate_package_kind(package) == CRATE_PACKAGE_PAGE) {
    return refuse(buffer, name, "only a folder or an archive can be packed");
  }
  return crate_package_is_bag(package, &top)
           ? crate_world_say(buffer->world, CRATE_OK, &place,
                             "it is a bag: its payload is packed, its tag "
                             "files (bag-info.txt and others) are left out")
           : CRATE_OK;
}

/// The metadata document, then the others. Folders are named by what is in
/// them; those that are empty have entries of their own.
CrateStatus
crate_zip_members(CratePackage *package,
                  CrateStatus (*write)(void *handle, CrateText path),
                  void *handle)
{
  const CrateText *paths = NULL;
  size_t count = 0;
  const CrateText metadata = crate_package_metadata(package);
  CRATE_TRY(crate_package_list(package, &paths, &count));
  CRATE_TRY(metadata.size ? write(handle, metadata) : CRATE_OK);
  for (size_t i = 0; i < count; ++i) {
    const bool is_full = crate_text_ends(paths[i], CRATE_TEXT("/")) &&
                         i + 1u < count &&
                         crate_text_starts(paths[i + 1u], paths[i]);
    if (!is_full && !crate_text_equal(paths[i], metadata)) {
      CRATE_TRY(write(handle, paths[i]));
    }
  }
  return CRATE_OK;
}

typedef struct Writer {
  CrateZipOut out;
  CratePackage *package;
} Writer;

static CrateStatus
write_member(void *handle, CrateText path)
{
  Writer *const writer = handle;
  return crate_zip_out_file(&writer->out, writer->package, path, path);
}

CrateStatus
crate_zip_write(CrateBuffer *buffer, CratePackage *package, CrateText name)
{
  Writer writer = {.out = {.buffer = buffer, .name = name}, .package = package};
  CRATE_TRY(crate_zip_check(buffer, package, name));
  const CrateStatus status = crate_zip_members(package, write_member, &writer);
  if (!status) {
    crate_zip_out_end(&writer.out);
  }
  crate_zip_out_clear(&writer.out);
  return status;
}

CrateStatus
crate_job_read_nothing(CrateJob *job)
{
  (void)job;
  return CRATE_OK;
}

CrateStatus
crate_job_zip(CrateJob *job)
{
  return crate_zip_write(job->buffer, job->what->package, job->what->name);
}
