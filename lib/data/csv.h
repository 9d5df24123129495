// SPDX-License-Identifier: Apache-2.0
/// @file Records of a CSV file (RFC 4180), piece by piece and in bounded
/// memory: only the record at hand is kept.
///
/// More is read than RFC 4180 permits, as every reader of such files does:
/// another delimiter, lines that end in LF or CR alone, a byte order mark,
/// lines with nothing on them. What cannot be read for certain is told with
/// the record.
#ifndef CRATE_DATA_CSV_H
#define CRATE_DATA_CSV_H
#include <cratekit/buffer.h>

/// The longest record, in bytes: who never closes a quote ends here.
#define CRATE_CSV_LONGEST ((size_t)16 << 20u)

/// What is odd about a record. Bits.
typedef enum {
  CRATE_CSV_NUL = 1u << 0,         ///< It holds a NUL byte.
  CRATE_CSV_STRAY_QUOTE = 1u << 1, ///< Something follows a closing quote.
  CRATE_CSV_OPEN_QUOTE = 1u << 2,  ///< The file ends within quotes.
} CrateCsvFlaw;

/// One record. Views, which die with the call that hands it over.
typedef struct CrateCsvRecord {
  const CrateText *cells; ///< Without their quotes.
  size_t count;           ///< At least 1.
  uint64_t line;          ///< That it begins on, from 1.
  uint32_t flaws;         ///< CrateCsvFlaw
  CrateText text;         ///< As it stands, without the end of its line.
} CrateCsvRecord;

/// Takes records; a failure stops the reading, and is passed on.
typedef struct CrateCsvTaker {
  CrateStatus (*take)(void *handle, const CrateCsvRecord *record);
  void *handle;
} CrateCsvTaker;

/// Caller's memory; the fields are private.
typedef struct CrateCsv {
  const CrateWorld *world;
  CrateCsvTaker to;
  unsigned char special[256]; ///< Bytes that end an unquoted cell, or are NUL.
  CrateBuffer kept;           ///< What is read and not yet a whole record.
  size_t wait;                ///< `kept` has no whole record below this size.
  CrateBuffer plain;          ///< Cells whose quotes had to be undone.
  CrateText *cells;
  size_t count, capacity;
  uint64_t line;
  uint32_t flaws;
  char delimiter; ///< NUL: not told yet.
  bool begun;     ///< Past the byte order mark.
} CrateCsv;

/// Ready to read; allocates nothing yet. Keeps the world. Without a delimiter
/// the first line tells: it is a comma, unless there is none in it and one of
/// tab, semicolon and bar is.
void crate_csv_init(CrateCsv *csv,
                    const CrateWorld *world,
                    char delimiter,
                    CrateCsvTaker to);

void crate_csv_clear(CrateCsv *csv);

/**
   Read on.

   @return CRATE_OVER_LIMIT, unsaid, for a record that is too long;
   CRATE_NO_MEMORY; whatever the taker answers.
*/
CrateStatus crate_csv_add(CrateCsv *csv, CrateText piece);

/// The file has ended: hand over the last record. Answers as crate_csv_add().
CrateStatus crate_csv_end(CrateCsv *csv);

#endif // CRATE_DATA_CSV_H
