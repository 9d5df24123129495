// SPDX-License-Identifier: Apache-2.0
/// @file Where the bytes of one file of a package lie.
#ifndef CRATE_PACKAGE_ACCESS_H
#define CRATE_PACKAGE_ACCESS_H
#include "package/seekable.h"

/// As a place answers `locate`. The bytes from `offset` are those of the file,
/// or of `stream` when there is one, or what is to be unpacked when it is
/// deflated.
struct CrateExtent {
  CrateBytes bytes; // the place's, unless they are owned
  bool owned;
  uint64_t offset;
  uint64_t size;         // of the file
  CrateSeekable *stream; // the place's
  bool deflated;
  uint64_t packed;         // bytes, when it is deflated
  uint32_t crc;            // likewise, of the file
  const CrateNames *names; // who says what is wrong with these
  CrateText member;
};

#endif // CRATE_PACKAGE_ACCESS_H
