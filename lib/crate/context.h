// SPDX-License-Identifier: Apache-2.0
/// @file The @context of a crate, before JSON-LD sees it.
#ifndef CRATE_CRATE_CONTEXT_H
#define CRATE_CRATE_CONTEXT_H
#include <cratekit/view.h>

/**
   Note the version that the context names, and set aside what would make the
   reading depend on more than the package: in RO-Crate @base, so that relative
   ids stay files of the package, and remote contexts that nobody has.

   Both are remembered in the view, for rules to judge.
*/
CrateStatus crate_context_prepare(CrateView *view, CrateLibrary *library);

#endif // CRATE_CRATE_CONTEXT_H
