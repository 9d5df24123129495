// SPDX-License-Identifier: Apache-2.0
/// @file What the first bytes of a file surely say of its format.
#ifndef CRATE_PACKAGE_SIGNATURE_H
#define CRATE_PACKAGE_SIGNATURE_H
#include <cratekit/text.h>

typedef enum {
  CRATE_SIGNATURE_UNKNOWN, // it may be anything
  CRATE_SIGNATURE_OTHER,   // none of all below
  CRATE_SIGNATURE_EMPTY,
  CRATE_SIGNATURE_BRACE, // text that begins with '{' or '['
  CRATE_SIGNATURE_ANGLE, // text that begins with '<'
  CRATE_SIGNATURE_WORD,  // a JSON number, string or literal, perhaps
  CRATE_SIGNATURE_PNG,
  CRATE_SIGNATURE_JPEG,
  CRATE_SIGNATURE_GIF,
  CRATE_SIGNATURE_TIFF,
  CRATE_SIGNATURE_WEBP,
  CRATE_SIGNATURE_BMP,
  CRATE_SIGNATURE_PDF,
  CRATE_SIGNATURE_ZIP,
  CRATE_SIGNATURE_GZIP,
  CRATE_SIGNATURE_BZIP2,
  CRATE_SIGNATURE_XZ,
  CRATE_SIGNATURE_ZSTD,
  CRATE_SIGNATURE_SEVEN_ZIP,
  CRATE_SIGNATURE_RAR,
  CRATE_SIGNATURE_TAR,
  CRATE_SIGNATURE_OLE,
  CRATE_SIGNATURE_HDF5,
  CRATE_SIGNATURE_NETCDF,
  CRATE_SIGNATURE_SQLITE,
  CRATE_SIGNATURE_PARQUET,
  CRATE_SIGNATURE_ARROW,
  CRATE_SIGNATURE_NUMPY,
  CRATE_SIGNATURE_FITS,
  CRATE_SIGNATURE_DICOM,
  CRATE_SIGNATURE_WAVE,
  CRATE_SIGNATURE_FLAC,
  CRATE_SIGNATURE_OGG,
  CRATE_SIGNATURE_ISO_MEDIA,
  CRATE_SIGNATURE_MATROSKA,
} CrateSignature;

/// Told from the first bytes; a thousand will do.
CrateSignature crate_signature_of(CrateText head);

/// What a signature is, for a person: "a PNG image". NULL when it has no name.
const char *crate_signature_words(CrateSignature signature);

/// Whether there are signatures at all that speak against a media type.
bool crate_signature_matters(CrateText media_type);

/// Whether a file with that signature may be of a media type: false only where
/// there is no doubt. Parameters ("; charset=utf-8") do not matter.
bool crate_signature_fits(CrateSignature signature, CrateText media_type);

#endif // CRATE_PACKAGE_SIGNATURE_H
