// SPDX-License-Identifier: Apache-2.0
// A small table of signatures, and of media types that ask for one. Only what
// their specifications leave no choice in: whoever is in doubt says nothing.
#include "package/signature.h"
#include <ctype.h>

#define MAGIC(bytes)                                                           \
  {                                                                            \
    (bytes), sizeof(bytes) - 1u                                                \
  }

/// The first match counts. `certain`: no text begins like that.
static const struct {
  CrateText magic;
  unsigned at;
  CrateSignature signature;
  bool certain;
} magics[] = {
  {MAGIC("\x89PNG\r\n\x1A\n"), 0, CRATE_SIGNATURE_PNG, true},
  {MAGIC("\xFF\xD8\xFF"), 0, CRATE_SIGNATURE_JPEG, true},
  {MAGIC("GIF87a"), 0, CRATE_SIGNATURE_GIF, true},
  {MAGIC("GIF89a"), 0, CRATE_SIGNATURE_GIF, true},
  {MAGIC("II*\0"), 0, CRATE_SIGNATURE_TIFF, true},
  {MAGIC("MM\0*"), 0, CRATE_SIGNATURE_TIFF, true},
  {MAGIC("II+\0"), 0, CRATE_SIGNATURE_TIFF, true}, // BigTIFF
  {MAGIC("MM\0+"), 0, CRATE_SIGNATURE_TIFF, true},
  {MAGIC("WEBPVP8"), 8, CRATE_SIGNATURE_WEBP, true},
  {MAGIC("BM"), 0, CRATE_SIGNATURE_BMP, false},
  {MAGIC("%PDF-"), 0, CRATE_SIGNATURE_PDF, true},
  {MAGIC("PK\x03\x04"), 0, CRATE_SIGNATURE_ZIP, true},
  {MAGIC("PK\x05\x06"), 0, CRATE_SIGNATURE_ZIP, true},
  {MAGIC("\x1F\x8B\x08"), 0, CRATE_SIGNATURE_GZIP, true},
  {MAGIC("1AY&SY"), 4, CRATE_SIGNATURE_BZIP2, true},
  {MAGIC("\x17rE8P\x90"), 4, CRATE_SIGNATURE_BZIP2, true}, // of nothing
  {MAGIC("\xFD"
         "7zXZ\0"),
   0, CRATE_SIGNATURE_XZ, true},
  {MAGIC("\x28\xB5\x2F\xFD"), 0, CRATE_SIGNATURE_ZSTD, true},
  {MAGIC("7z\xBC\xAF\x27\x1C"), 0, CRATE_SIGNATURE_SEVEN_ZIP, true},
  {MAGIC("Rar!\x1A\x07"), 0, CRATE_SIGNATURE_RAR, true},
  {MAGIC("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1"), 0, CRATE_SIGNATURE_OLE, true},
  {MAGIC("\x89HDF\r\n\x1A\n"), 0, CRATE_SIGNATURE_HDF5, true},
  {MAGIC("\x89HDF\r\n\x1A\n"), 512, CRATE_SIGNATURE_HDF5, true},
  {MAGIC("CDF\x01"), 0, CRATE_SIGNATURE_NETCDF, true},
  {MAGIC("CDF\x02"), 0, CRATE_SIGNATURE_NETCDF, true},
  {MAGIC("CDF\x05"), 0, CRATE_SIGNATURE_NETCDF, true},
  {MAGIC("SQLite format 3\0"), 0, CRATE_SIGNATURE_SQLITE, true},
  {MAGIC("PAR1"), 0, CRATE_SIGNATURE_PARQUET, false},
  {MAGIC("PARE"), 0, CRATE_SIGNATURE_PARQUET, false}, // encrypted
  {MAGIC("ARROW1\0\0"), 0, CRATE_SIGNATURE_ARROW, true},
  {MAGIC("\x93NUMPY"), 0, CRATE_SIGNATURE_NUMPY, true},
  {MAGIC("SIMPLE  ="), 0, CRATE_SIGNATURE_FITS, false},
  {MAGIC("DICM"), 128, CRATE_SIGNATURE_DICOM, false},
  {MAGIC("WAVEfmt "), 8, CRATE_SIGNATURE_WAVE, true},
  {MAGIC("fLaC\0"), 0, CRATE_SIGNATURE_FLAC, true},
  {MAGIC("OggS\0"), 0, CRATE_SIGNATURE_OGG, true},
  {MAGIC("\x1A\x45\xDF\xA3"), 0, CRATE_SIGNATURE_MATROSKA, true},
  {MAGIC("ustar\0"), 257, CRATE_SIGNATURE_TAR, true},
  {MAGIC("ustar "), 257, CRATE_SIGNATURE_TAR, false}, // GNU
  {MAGIC("ftyp"), 4, CRATE_SIGNATURE_ISO_MEDIA, false},
};

#define COUNT(table) (sizeof(table) / sizeof(*(table)))

static const char *const words[] = {
  [CRATE_SIGNATURE_EMPTY] = "empty",
  [CRATE_SIGNATURE_BRACE] = "text that looks like JSON",
  [CRATE_SIGNATURE_ANGLE] = "text that looks like XML or HTML",
  [CRATE_SIGNATURE_PNG] = "a PNG image",
  [CRATE_SIGNATURE_JPEG] = "a JPEG image",
  [CRATE_SIGNATURE_GIF] = "a GIF image",
  [CRATE_SIGNATURE_TIFF] = "a TIFF image",
  [CRATE_SIGNATURE_WEBP] = "a WebP image",
  [CRATE_SIGNATURE_BMP] = "a BMP image, perhaps",
  [CRATE_SIGNATURE_PDF] = "a PDF document",
  [CRATE_SIGNATURE_ZIP] = "a ZIP archive",
  [CRATE_SIGNATURE_GZIP] = "gzip data",
  [CRATE_SIGNATURE_BZIP2] = "bzip2 data",
  [CRATE_SIGNATURE_XZ] = "xz data",
  [CRATE_SIGNATURE_ZSTD] = "zstd data",
  [CRATE_SIGNATURE_SEVEN_ZIP] = "a 7z archive",
  [CRATE_SIGNATURE_RAR] = "a RAR archive",
  [CRATE_SIGNATURE_TAR] = "a tar archive",
  [CRATE_SIGNATURE_OLE] = "a compound file, as old Office wrote",
  [CRATE_SIGNATURE_HDF5] = "an HDF5 file",
  [CRATE_SIGNATURE_NETCDF] = "a netCDF file",
  [CRATE_SIGNATURE_SQLITE] = "an SQLite database",
  [CRATE_SIGNATURE_PARQUET] = "a Parquet file, perhaps",
  [CRATE_SIGNATURE_ARROW] = "an Arrow file",
  [CRATE_SIGNATURE_NUMPY] = "a NumPy array",
  [CRATE_SIGNATURE_FITS] = "a FITS file, perhaps",
  [CRATE_SIGNATURE_DICOM] = "a DICOM file, perhaps",
  [CRATE_SIGNATURE_WAVE] = "a WAVE sound",
  [CRATE_SIGNATURE_FLAC] = "a FLAC sound",
  [CRATE_SIGNATURE_OGG] = "an Ogg stream",
  [CRATE_SIGNATURE_ISO_MEDIA] = "an MP4 or QuickTime file, perhaps",
  [CRATE_SIGNATURE_MATROSKA] = "a Matroska or WebM file",
};

/// Media types and a signature that files of it have. `always`: they cannot
/// do without, or without that of another row; else only another format's
/// signature speaks against them.
static const struct {
  CrateText type;
  CrateSignature signature;
  bool always;
} types[] = {
  {MAGIC("image/png"), CRATE_SIGNATURE_PNG, true},
  {MAGIC("image/apng"), CRATE_SIGNATURE_PNG, true},
  {MAGIC("image/jpeg"), CRATE_SIGNATURE_JPEG, true},
  {MAGIC("image/jpg"), CRATE_SIGNATURE_JPEG, true},
  {MAGIC("image/gif"), CRATE_SIGNATURE_GIF, true},
  {MAGIC("image/tiff"), CRATE_SIGNATURE_TIFF, true},
  {MAGIC("image/webp"), CRATE_SIGNATURE_WEBP, true},
  {MAGIC("image/bmp"), CRATE_SIGNATURE_BMP, true},
  {MAGIC("image/svg+xml"), CRATE_SIGNATURE_ANGLE, true},
  {MAGIC("image/svg+xml"), CRATE_SIGNATURE_GZIP, true}, // SVG 1.1, C.1
  {MAGIC("image/heic"), CRATE_SIGNATURE_ISO_MEDIA, false},
  {MAGIC("image/avif"), CRATE_SIGNATURE_ISO_MEDIA, false},
  {MAGIC("image/fits"), CRATE_SIGNATURE_FITS, true},
  {MAGIC("application/fits"), CRATE_SIGNATURE_FITS, true},
  {MAGIC("application/pdf"), CRATE_SIGNATURE_PDF, true},
  {MAGIC("application/zip"), CRATE_SIGNATURE_ZIP, false}, // may extract itself
  {MAGIC("application/epub+zip"), CRATE_SIGNATURE_ZIP, true},
  {MAGIC("application/java-archive"), CRATE_SIGNATURE_ZIP, false},
  {MAGIC("application/vnd.eln+zip"), CRATE_SIGNATURE_ZIP, true},
  {MAGIC("application/vnd.oasis.opendocument.text"), CRATE_SIGNATURE_ZIP, true},
  {MAGIC("application/vnd.oasis.opendocument.spreadsheet"), CRATE_SIGNATURE_ZIP,
   true},
  {MAGIC("application/vnd.oasis.opendocument.presentation"),
   CRATE_SIGNATURE_ZIP, true},
  // Those of Office Open XML that a password guards are compound files.
  {MAGIC(
     "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
   CRATE_SIGNATURE_ZIP, true},
  {MAGIC(
     "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
   CRATE_SIGNATURE_OLE, true},
  {MAGIC("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
   CRATE_SIGNATURE_ZIP, true},
  {MAGIC("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
   CRATE_SIGNATURE_OLE, true},
  {MAGIC("application/"
         "vnd.openxmlformats-officedocument.presentationml.presentation"),
   CRATE_SIGNATURE_ZIP, true},
  {MAGIC("application/"
         "vnd.openxmlformats-officedocument.presentationml.presentation"),
   CRATE_SIGNATURE_OLE, true},
  {MAGIC("application/gzip"), CRATE_SIGNATURE_GZIP, true},
  {MAGIC("application/x-gzip"), CRATE_SIGNATURE_GZIP, true},
  {MAGIC("application/x-bzip2"), CRATE_SIGNATURE_BZIP2, true},
  {MAGIC("application/x-xz"), CRATE_SIGNATURE_XZ, true},
  {MAGIC("application/zstd"), CRATE_SIGNATURE_ZSTD, false}, // RFC 8878 3.1.2
  {MAGIC("application/x-7z-compressed"), CRATE_SIGNATURE_SEVEN_ZIP, false},
  {MAGIC("application/vnd.rar"), CRATE_SIGNATURE_RAR, false},
  {MAGIC("application/x-tar"), CRATE_SIGNATURE_TAR, false},
  {MAGIC("application/x-tar"), CRATE_SIGNATURE_GZIP, false},
  {MAGIC("application/x-tar"), CRATE_SIGNATURE_BZIP2, false},
  {MAGIC("application/x-tar"), CRATE_SIGNATURE_XZ, false},
  {MAGIC("application/x-tar"), CRATE_SIGNATURE_ZSTD, false},
  {MAGIC("application/x-hdf5"), CRATE_SIGNATURE_HDF5,
   false}, // behind a user block
  {MAGIC("application/x-hdf"), CRATE_SIGNATURE_HDF5, false},
  {MAGIC("application/netcdf"), CRATE_SIGNATURE_NETCDF, true},
  {MAGIC("application/netcdf"), CRATE_SIGNATURE_HDF5, true},
  {MAGIC("application/x-netcdf"), CRATE_SIGNATURE_NETCDF, true},
  {MAGIC("application/x-netcdf"), CRATE_SIGNATURE_HDF5, true},
  {MAGIC("application/vnd.sqlite3"), CRATE_SIGNATURE_SQLITE, true},
  {MAGIC("application/x-sqlite3"), CRATE_SIGNATURE_SQLITE, true},
  {MAGIC("application/geopackage+sqlite3"), CRATE_SIGNATURE_SQLITE, true},
  {MAGIC("application/vnd.apache.parquet"), CRATE_SIGNATURE_PARQUET, true},
  {MAGIC("application/vnd.apache.arrow.file"), CRATE_SIGNATURE_ARROW, true},
  {MAGIC("application/dicom"), CRATE_SIGNATURE_DICOM, false},
  {MAGIC("audio/wav"), CRATE_SIGNATURE_WAVE, false},
  {MAGIC("audio/x-wav"), CRATE_SIGNATURE_WAVE, false},
  {MAGIC("audio/flac"), CRATE_SIGNATURE_FLAC, false}, // ID3 may come first
  {MAGIC("audio/ogg"), CRATE_SIGNATURE_OGG, true},
  {MAGIC("video/ogg"), CRATE_SIGNATURE_OGG, true},
  {MAGIC("audio/mp4"), CRATE_SIGNATURE_ISO_MEDIA, false},
  {MAGIC("video/mp4"), CRATE_SIGNATURE_ISO_MEDIA, false},
  {MAGIC("video/quicktime"), CRATE_SIGNATURE_ISO_MEDIA, false},
  {MAGIC("video/webm"), CRATE_SIGNATURE_MATROSKA, true},
  {MAGIC("video/x-matroska"), CRATE_SIGNATURE_MATROSKA, true},
  {MAGIC("application/json"), CRATE_SIGNATURE_BRACE, true},
  {MAGIC("application/json"), CRATE_SIGNATURE_WORD, true},
  {MAGIC("application/xml"), CRATE_SIGNATURE_ANGLE, true},
  {MAGIC("text/xml"), CRATE_SIGNATURE_ANGLE, true},
};

/// What text begins with, after a mark and white space.
static CrateSignature
look_at_text(CrateText head)
{
  if (crate_text_starts(head, CRATE_TEXT("\xEF\xBB\xBF"))) {
    head = crate_text_slice(head, 3, head.size);
  } else if (crate_text_starts(head, CRATE_TEXT("\xFF\xFE")) ||
             crate_text_starts(head, CRATE_TEXT("\xFE\xFF"))) {
    return CRATE_SIGNATURE_UNKNOWN; // UTF-16
  }
  size_t at = 0;
  while (at < head.size && isspace((unsigned char)head.data[at])) {
    ++at;
  }
  const char first = at < head.size ? head.data[at] : '\0';
  return !first                              ? CRATE_SIGNATURE_UNKNOWN
         : first == '{' || first == '['      ? CRATE_SIGNATURE_BRACE
         : first == '<'                      ? CRATE_SIGNATURE_ANGLE
         : strchr("\"-0123456789tfn", first) ? CRATE_SIGNATURE_WORD
                                             : CRATE_SIGNATURE_OTHER;
}

CrateSignature
crate_signature_of(CrateText head)
{
  if (!head.size) {
    return CRATE_SIGNATURE_EMPTY;
  }
  for (size_t i = 0; i < COUNT(magics); ++i) {
    const CrateText magic = magics[i].magic;
    const unsigned at = magics[i].at;
    if (crate_text_equal(crate_text_slice(head, at, at + magic.size), magic)) {
      return magics[i].signature;
    }
  }
  for (size_t at = 1; at < head.size; ++at) { // readers find it further on
    const CrateText rest = crate_text_slice(head, at, head.size);
    if (head.data[at] == '%' && crate_text_starts(rest, CRATE_TEXT("%PDF-"))) {
      return CRATE_SIGNATURE_UNKNOWN;
    }
  }
  return look_at_text(head);
}

const char *
crate_signature_words(CrateSignature signature)
{
  return words[signature];
}

/// Whether a signature is proof of a format that is not text.
static bool
is_certain(CrateSignature signature)
{
  for (size_t i = 0; i < COUNT(magics); ++i) {
    if (magics[i].signature == signature && magics[i].certain) {
      return true;
    }
  }
  return false;
}

typedef enum { UNLISTED, MISSED, MISSED_ALWAYS, MET } Match;

static Match
look_up(CrateSignature signature, CrateText type)
{
  Match match = UNLISTED;
  for (size_t i = 0; i < COUNT(types) && match != MET; ++i) {
    if (type.size == types[i].type.size && // asked of each file
        crate_text_equal_fold(type, types[i].type)) {
      match = types[i].signature == signature ? MET
              : types[i].always               ? MISSED_ALWAYS
                                              : MISSED;
    }
  }
  return match;
}

/// The type that a structured suffix (RFC 6839) makes it one of, too.
static CrateText
type_of_suffix(CrateText type)
{
  return crate_text_ends(type, CRATE_TEXT("+json"))
           ? CRATE_TEXT("application/json")
         : crate_text_ends(type, CRATE_TEXT("+xml"))
           ? CRATE_TEXT("application/xml")
         : crate_text_ends(type, CRATE_TEXT("+zip"))
           ? CRATE_TEXT("application/zip")
         : crate_text_ends(type, CRATE_TEXT("+gzip"))
           ? CRATE_TEXT("application/gzip")
           : (CrateText){NULL, 0};
}

static Match
look_up_all(CrateSignature signature, CrateText media_type)
{
  CrateText type =
    crate_text_slice(media_type, 0, crate_text_find(media_type, ';'));
  while (type.size && isspace((unsigned char)type.data[type.size - 1u])) {
    --type.size;
  }
  const Match match = look_up(signature, type);
  if (match != UNLISTED) {
    return match;
  }
  return crate_text_starts(type, CRATE_TEXT("text/"))
           ? MISSED
           : look_up(signature, type_of_suffix(type));
}

bool
crate_signature_matters(CrateText media_type)
{
  return look_up_all(CRATE_SIGNATURE_UNKNOWN, media_type) != UNLISTED;
}

bool
crate_signature_fits(CrateSignature signature, CrateText media_type)
{
  const Match match = look_up_all(signature, media_type);
  return signature == CRATE_SIGNATURE_UNKNOWN || match == MET ||
         match == UNLISTED || (match == MISSED && !is_certain(signature));
}
