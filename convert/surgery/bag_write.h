// SPDX-License-Identifier: Apache-2.0
/// @file A crate as a bag: BagIt 1.0, RFC 8493, serialized as a zip archive.
///
/// The crate is the payload, with a manifest by SHA-512. There is no date in
/// it: the same files make the same bytes.
#ifndef CRATE_CONVERT_SURGERY_BAG_WRITE_H
#define CRATE_CONVERT_SURGERY_BAG_WRITE_H
#include <cratekit/buffer.h>
#include <cratekit/package.h>

/// As crate_zip_write(), and fails as it does.
CRATE_NODISCARD CrateStatus crate_bag_write(CrateBuffer *buffer,
                                            CratePackage *package,
                                            CrateText name);

#endif // CRATE_CONVERT_SURGERY_BAG_WRITE_H
