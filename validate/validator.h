// SPDX-License-Identifier: Apache-2.0
/// @file Inside of CrateValidator.
#ifndef CRATE_VALIDATE_VALIDATOR_H
#define CRATE_VALIDATE_VALIDATOR_H
#include "validate/desk.h"
#include <cratekit/validate.h>

/// A profile at hand, still frozen.
typedef struct CrateShelfProfile {
  CrateText token, frozen; // of the bundle, or of the validator's arena
  CrateText card;          // see profile.h
  CrateText file;          // of a user's profile: its profile.ttl
} CrateShelfProfile;

struct CrateValidator {
  const CrateWorld *world;
  CrateLibrary *library;
  CrateArena arena;
  CrateShelfProfile *profiles; // sorted by token
  size_t count, capacity;      // capacity 0: another validator's array
  bool strict;
  CrateDesk desk;
};

/// The profile of a token, or NULL.
const CrateShelfProfile *crate_validator_shelf(const CrateValidator *validator,
                                               CrateText token);

/// The profile that an IRI names (http or https, with or without a last
/// slash), or NULL.
const CrateShelfProfile *crate_validator_named(const CrateValidator *validator,
                                               CrateText iri);

/// An IRI without what people write one way or the other: the scheme, and a
/// last slash.
CrateText crate_validator_bare_iri(CrateText iri);

/// The frozen graph of a token, or empty.
CrateText crate_validator_frozen(const CrateValidator *validator,
                                 CrateText token);

#endif // CRATE_VALIDATE_VALIDATOR_H
