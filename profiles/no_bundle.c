// SPDX-License-Identifier: Apache-2.0
// The bundle of the program that makes the bundle: empty.
#include "base/bundle.h"

CrateText
crate_bundle(void)
{
  return (CrateText){NULL, 0};
}
