// SPDX-License-Identifier: Apache-2.0
/// @file Where a thread of crate-validate judges, and what came of one crate.
#ifndef CRATE_VALIDATE_SEAT_H
#define CRATE_VALIDATE_SEAT_H
#include "validate/program/program.h"

/// One crate on its way through the program.
typedef struct CrateCase {
  CrateText path;
  CrateText text; ///< A document that lies nowhere; or no data.
  CrateVerdict verdict;
  CrateStatus status;
  CrateBuffer said;  ///< Diagnostics as the terminal shows them.
  size_t errors;     ///< Among them.
  CrateBuffer wrote; ///< A diff of --fix, a report of --shapes.
} CrateCase;

/// Empty; keeps the world.
void crate_case_init(CrateCase *one, const CrateWorld *world);

/// Forget the verdict and what was said, for the next crate.
void crate_case_reset(CrateCase *one);

void crate_case_clear(CrateCase *one);

/// A thread's own means of judging: nothing in it is shared but the profiles
/// as they lie on the program's shelf.
typedef struct CrateSeat {
  const CrateProgram *program;
  CrateWorld world; ///< Its sink writes into the case at hand.
  CrateLibrary *library;
  CrateValidator *validator;
  CrateCase *at_hand;
} CrateSeat;

/// New seats, released by crate_seats_free(). They keep the program.
CrateStatus crate_seats_new(const CrateProgram *program,
                            size_t count,
                            CrateSeat **out);

void crate_seats_free(const CrateProgram *program,
                      CrateSeat *seats,
                      size_t count);

/// Judge the case; all that came of it is in the case.
void crate_seat_judge(CrateSeat *seat, CrateCase *one);

#endif // CRATE_VALIDATE_SEAT_H
