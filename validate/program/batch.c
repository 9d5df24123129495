// SPDX-License-Identifier: Apache-2.0
#include "validate/program/batch.h"
#include "base/lines.h"
#include "base/workers.h"
#include "validate/program/known.h"
#include "validate/program/seat.h"
#include "validate/report_formats.h"
#include <unistd.h>

/// Questions that each thread may be ahead of the answers.
enum { AHEAD = 32 };

/// A line under way.
typedef struct {
  CrateCase one;
  CrateBuffer text; // the line, NUL-ended
  size_t number;    // from 1
  bool too_long;
} Question;

typedef struct {
  CrateProgram *program;
  CrateLines lines;
  size_t line;
  CrateSeat *seats;
  size_t seat_count;
  Question *questions;
  size_t question_count;
} Batch;

static bool
is_blank(CrateText line)
{
  for (size_t i = 0; i < line.size; ++i) {
    if (!strchr(" \t\r", line.data[i]) || !line.data[i]) {
      return false;
    }
  }
  return true;
}

/// Whether a line is a document: an object, or a list of objects. Folders may
/// begin with a bracket, but hardly with two.
static bool
is_document(CrateText line)
{
  static const char *const starts[] = {"{", "[{", "[[", "[]"};
  char first[3] = "";
  size_t count = 0;
  for (size_t i = 0; i < line.size && count < 2; ++i) {
    if (!strchr(" \t\r", line.data[i]) || !line.data[i]) {
      first[count++] = line.data[i];
    }
  }
  for (size_t i = 0; i < sizeof(starts) / sizeof(*starts); ++i) {
    if (!strncmp(first, starts[i], strlen(starts[i]))) {
      return true;
    }
  }
  return false;
}

/// A path ends where the line does, but for the CR of other systems.
static void
ask(Question *question, CrateText line, size_t number)
{
  CrateCase *const one = &question->one;
  const bool document = is_document(line);
  if (!document && crate_text_ends(line, CRATE_TEXT("\r"))) {
    --line.size;
  }
  question->number = number;
  question->text.size = 0;
  crate_buffer_add(&question->text, line);
  crate_buffer_add_byte(&question->text, '\0');
  const CrateText copy =
    crate_text_slice(crate_buffer_text(&question->text), 0, line.size);
  one->status = crate_buffer_status(&question->text);
  one->path = document ? CRATE_TEXT("-") : copy;
  one->text = document ? copy : (CrateText){NULL, 0};
}

static CrateJobSource
next(void *handle, size_t slot, bool wait)
{
  Batch *const batch = (Batch *)handle;
  Question *const question = &batch->questions[slot];
  CrateText line;
  for (;;) {
    const CrateLineState state = crate_lines_next(&batch->lines, wait, &line);
    if (state == CRATE_LINE_NOT_YET || state == CRATE_LINE_NO_MORE) {
      return state == CRATE_LINE_NOT_YET ? CRATE_JOB_NOT_YET
                                         : CRATE_JOB_NO_MORE;
    }
    ++batch->line;
    question->too_long = state == CRATE_LINE_TOO_LONG;
    if (question->too_long || !is_blank(line)) {
      ask(question, question->too_long ? CRATE_TEXT("") : line, batch->line);
      return CRATE_JOB_GIVEN;
    }
  }
}

static void
work(void *handle, unsigned thread, size_t slot)
{
  Batch *const batch = (Batch *)handle;
  Question *const question = &batch->questions[slot];
  if (question->too_long) {
    question->one.status = CRATE_OVER_LIMIT;
  } else if (crate_text_is(question->one.path, "-") &&
             !question->one.text.data) {
    question->one.status = CRATE_BAD_ARGUMENT; // the stream is in use
  } else if (!question->one.status) {
    crate_seat_judge(&batch->seats[thread], &question->one);
  }
}

/// What was said, without the newline at its end.
static CrateText
words_of(const Question *question)
{
  const CrateText said = crate_buffer_text(&question->one.said);
  return question->too_long ? CRATE_TEXT("the line is too long")
         : question->one.status == CRATE_BAD_ARGUMENT && !said.size
           ? CRATE_TEXT("standard input is where the questions come from")
         : said.size ? crate_text_slice(said, 0, said.size - 1u)
                     : crate_text(crate_status_text(question->one.status));
}

static CrateStatus
take(void *handle, size_t slot)
{
  Batch *const batch = (Batch *)handle;
  CrateProgram *const program = batch->program;
  Question *const question = &batch->questions[slot];
  CrateCase *const one = &question->one;
  CrateStatus st = one->status || one->text.data
                     ? CRATE_OK // a document that lies nowhere is not known
                     : crate_known_mark(program, &one->verdict);
  if (one->status) {
    crate_report_json_error(&program->result, one->path, words_of(question),
                            question->number);
  } else {
    crate_report_json_line(&program->result, &program->command.style,
                           &one->verdict, question->number);
  }
  crate_case_reset(one);
  crate_buffer_flush(&program->result); // somebody may wait for the answer
  st = st ? st : crate_buffer_status(&program->result);
  return st ? st : crate_output_flush(&program->output);
}

static CrateStatus
open_batch(Batch *batch)
{
  CrateProgram *const program = batch->program;
  const CrateWorld *const world = program->world;
  batch->seat_count = crate_program_threads(program, SIZE_MAX);
  const size_t count = batch->seat_count * AHEAD;
  batch->questions =
    (Question *)crate_world_allocate(world, count * sizeof(Question));
  if (!batch->questions) {
    return CRATE_NO_MEMORY;
  }
  for (; batch->question_count < count; ++batch->question_count) {
    Question *const question = &batch->questions[batch->question_count];
    crate_case_init(&question->one, world);
    crate_buffer_init(&question->text, world);
  }
  return crate_seats_new(program, batch->seat_count, &batch->seats);
}

static void
clear(Batch *batch)
{
  const CrateWorld *const world = batch->program->world;
  for (size_t i = 0; i < batch->question_count; ++i) {
    crate_case_clear(&batch->questions[i].one);
    crate_buffer_clear(&batch->questions[i].text);
  }
  crate_world_release(world, batch->questions);
  crate_seats_free(batch->program, batch->seats, batch->seat_count);
  crate_lines_clear(&batch->lines);
}

/// How the stream itself went.
static CrateStatus
settle(const Batch *batch)
{
  const CrateDiagnostic where = {.file = CRATE_TEXT("<stdin>"),
                                 .line = (uint32_t)batch->line + 1u,
                                 .code = CRATE_TEXT("unreadable")};
  return batch->lines.status
           ? crate_world_say(batch->program->world, batch->lines.status, &where,
                             "the stream cannot be read further: %s",
                             crate_status_text(batch->lines.status))
           : CRATE_OK;
}

CrateStatus
crate_batch(CrateProgram *program)
{
  Batch batch = {.program = program};
  crate_lines_init(&batch.lines, program->world, STDIN_FILENO);
  CrateStatus st = open_batch(&batch);
  const CrateWorkers workers = {
    .world = program->world,
    .threads = (unsigned)batch.seat_count,
    .slots = batch.question_count,
    .handle = &batch,
    .next = next,
    .work = work,
    .take = take,
  };
  st = st ? st : crate_workers_run(&workers);
  st = st ? st : settle(&batch);
  clear(&batch);
  return st;
}
