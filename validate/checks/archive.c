// SPDX-License-Identifier: Apache-2.0
// What a repository asks of the archive that it is given.
#include "validate/checks/checks.h"

CrateStatus
crate_check_zipped(const CrateNativeCall *call)
{
  const CrateView *const view = crate_check_view(call);
  return crate_package_kind(view->package) == CRATE_PACKAGE_ZIP
           ? CRATE_OK
           : crate_check_report(
               call, CRATE_NO_ORIGIN, "%.*s is no zip archive",
               CRATE_TEXT_ARG(crate_package_path(view->package)));
}

/// The parameter is how the name of an archive ends.
CrateStatus
crate_check_archive_name(const CrateNativeCall *call)
{
  const CrateView *const view = crate_check_view(call);
  const CrateText path = crate_package_path(view->package);
  const CrateText ending = crate_check_parameter(call);
  return crate_package_kind(view->package) != CRATE_PACKAGE_ZIP ||
             crate_text_ends(path, ending)
           ? CRATE_OK
           : crate_check_report(call, CRATE_NO_ORIGIN,
                                "%.*s does not end in %.*s",
                                CRATE_TEXT_ARG(path), CRATE_TEXT_ARG(ending));
}
