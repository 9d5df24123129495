// SPDX-License-Identifier: Apache-2.0
/// @file Where one thread judges crates, one after another.
///
/// A profile is compiled when the first crate asks for it, on top of that
/// crate's terms, and goes with them. Before the next crate it is compiled
/// once more, below, and then it stays: so a lone crate pays for nothing that
/// it does not need, and of many crates none but the first pays at all.
#ifndef CRATE_VALIDATE_DESK_H
#define CRATE_VALIDATE_DESK_H
#include "validate/checks/checks.h"
#include "validate/profile.h"

/// A profile that some crate asked for.
typedef struct CrateDeskProfile {
  CrateText frozen; // where it comes from: views
  CrateProfile profile;
  bool ready; // compiled, above the mark or below
  bool stays; // below the mark
} CrateDeskProfile;

typedef struct CrateDesk {
  const CrateWorld *world;
  CrateTerms *terms; // of profiles that stay, then of the crate at hand
  CrateArena arena;  // the natives
  CrateNative *natives;
  size_t native_count;
  CrateChecks checks; // of the crate at hand: the natives' handle
  CrateDeskProfile **profiles;
  size_t count, capacity;
} CrateDesk;

/// Caller's memory; allocates nothing yet. Keeps the world.
void crate_desk_init(CrateDesk *desk, const CrateWorld *world);

void crate_desk_clear(CrateDesk *desk);

/// Put the former crate's terms away. Its profiles stand until now.
CRATE_NODISCARD CrateStatus crate_desk_begin(CrateDesk *desk);

/**
   A profile, ready to run over the crate at hand.

   @param frozen Its graph; kept, and known again by its place in memory.
   @param out    A view, valid until crate_desk_begin().
*/
CRATE_NODISCARD CrateStatus crate_desk_profile(CrateDesk *desk,
                                               CrateText frozen,
                                               const CrateProfile **out);

/// The same of one that is ready; else NULL.
const CrateProfile *crate_desk_ready(const CrateDesk *desk, CrateText frozen);

#endif // CRATE_VALIDATE_DESK_H
