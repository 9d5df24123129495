// SPDX-License-Identifier: Apache-2.0
#include "data/lines.h"

void
crate_data_lines_init(CrateDataLines *lines,
                      const CrateWorld *world,
                      CrateStatus (*take)(void *handle,
                                          CrateText line,
                                          uint64_t number),
                      void *handle)
{
  *lines = (CrateDataLines){.take = take, .handle = handle};
  crate_buffer_init(&lines->kept, world);
}

void
crate_data_lines_clear(CrateDataLines *lines)
{
  crate_buffer_clear(&lines->kept);
}

static CrateStatus
hand_over(CrateDataLines *lines, CrateText line)
{
  if (crate_text_ends(line, CRATE_TEXT("\r"))) {
    --line.size;
  }
  return lines->take(lines->handle, line, ++lines->number);
}

/// The end of the line that was begun in an earlier piece.
static CrateStatus
end_kept(CrateDataLines *lines, CrateText end)
{
  crate_buffer_add(&lines->kept, end);
  CRATE_TRY(crate_buffer_status(&lines->kept));
  CRATE_TRY(hand_over(lines, crate_buffer_text(&lines->kept)));
  lines->kept.size = 0;
  return CRATE_OK;
}

CrateStatus
crate_data_lines_add(CrateDataLines *lines, CrateText piece)
{
  size_t end;
  while ((end = crate_text_find(piece, '\n')) < piece.size) {
    const CrateText line = crate_text_slice(piece, 0, end);
    CRATE_TRY(lines->kept.size ? end_kept(lines, line)
                               : hand_over(lines, line));
    piece = crate_text_slice(piece, end + 1u, piece.size);
  }
  crate_buffer_add(&lines->kept, piece);
  CRATE_TRY(crate_buffer_status(&lines->kept));
  return lines->kept.size > CRATE_DATA_LONGEST_LINE ? CRATE_OVER_LIMIT
                                                    : CRATE_OK;
}

CrateStatus
crate_data_lines_end(CrateDataLines *lines)
{
  return lines->kept.size ? end_kept(lines, (CrateText){NULL, 0}) : CRATE_OK;
}
