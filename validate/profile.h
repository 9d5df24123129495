// SPDX-License-Identifier: Apache-2.0
/// @file A profile: shapes, and what its rules are called.
///
/// profile.ttl names the profile and its shapes graphs (W3C PROF). A rule is
/// a shape with a target; or a ck:Permission, which allows something, or a
/// ck:Restatement, which other rules report (ck:saidBy "name", of a rule or a
/// profile): both have no constraints. Beside SHACL it may say, in
/// <urn:cratekit:>:
///   section  where the specification says it: "root-data-entity#name", or
///            "1.1 root-data-entity#name" for that version of a profile only
///   repair   what to do about a finding
///   needs    how far the reading must have come: "metadata", "bytes",
///            "json", "entities", "graph" (default), "root" (default when the
///            target is ck:Root); "package": nowhere, there need be no
///            metadata; and "payload", "network"
///   mode     "attached", "detached", "metadata": applies only then
///
/// The profile itself, the subject of prof:hasToken, has as its IRI what crates
/// name in conformsTo (ck:alias gives other spellings). prof:isProfileOf names
/// the profiles whose rules it inherits; <https://w3id.org/ro/crate>, without a
/// version, is the version that the crate declares. A rule of the same name
/// replaces the inherited one; ck:without "name" switches one off. A profile is
/// declared by the root or the descriptor; with ck:declaredOn "entity", by any
/// entity; with ck:vocabulary also by whoever uses a property of that
/// namespace. With ck:outcome "do-not-release review release" it is a review:
/// the first word is for violations, the second for warnings, the third for
/// neither. With ck:card "name" it keeps a score card (card.c): each rule is a
/// metric, which fails by a violation and is met in part by a warning, or by
/// one of a rule that is called the same and "-fully"; sh:name is its title.
/// The rule of that name says whether there is anything to score.
#ifndef CRATE_VALIDATE_PROFILE_H
#define CRATE_VALIDATE_PROFILE_H
#include <cratekit/buffer.h>
#include <cratekit/package.h>
#include <cratekit/validate.h>

typedef struct CrateProfile {
  const CrateWorld *world;
  CrateArena arena;
  CrateGraph *graph; // the shapes graph, indexed
  CrateShapes *shapes;
  CrateText token;         // "ro-crate-1.2"
  CrateText title;         // "RO-Crate 1.2"
  CrateText version;       // "1.2"
  CrateText specification; // URL that sections are relative to
  CrateRule *rules;        // in order of their ids
  size_t rule_count;
  CrateText *without; // names of inherited rules that it switches off
  size_t without_count;
} CrateProfile;

/// A file of a profile; its statements have origins from `shift` on.
typedef struct CrateProfileFile {
  CrateText path, name, bytes; // in the folder, and for diagnostics
  uint32_t shift;
} CrateProfileFile;

/// A profile's files as one graph.
typedef struct CrateProfileSource {
  const CrateWorld *world;
  CratePackage *folder; // that holds all profiles; borrowed
  CrateTerms *terms;
  CrateGraph *graph; // indexed
  CrateArena arena;
  CrateProfileFile *files; // profile.ttl, then what it names
  size_t file_count, file_capacity;
} CrateProfileSource;

/**
   Read profile.ttl and what it names.

   @param path   Of profile.ttl in the folder.
   @param source Filled; end it with crate_profile_source_clear() even on
   failure, which is said.
*/
CrateStatus crate_profile_gather(const CrateWorld *world,
                                 CratePackage *folder,
                                 CrateText path,
                                 CrateProfileSource *source);

void crate_profile_source_clear(CrateProfileSource *source);

/**
   Compile a profile's shapes, to say what is wrong with them at its place.

   What is well-formed and yet surely not meant is said, too: rules without a
   target or a message, names used twice, unknown terms.
   @param library  To look up terms of schema.org; may be NULL.
   @param strictly Such doubts are errors, not warnings.
   @return CRATE_MALFORMED for ill-formed shapes and, strictly, for doubts.
*/
CrateStatus crate_profile_check(const CrateProfileSource *source,
                                CrateLibrary *library,
                                bool strictly);

/// Whether ck:needs and ck:mode have that value.
bool crate_profile_knows_need(CrateText word);

bool crate_profile_knows_mode(CrateText word);

/// The token that a gathered graph gives its profile; empty when it does not.
CrateText crate_profile_token(const CrateGraph *graph);

/// A profile's card: what must be known to choose it, without thawing it.
/// Lines of texts, parted by spaces: see CrateCardLine.
CrateStatus crate_profile_write_card(const CrateGraph *graph,
                                     CrateBuffer *card);

typedef enum CrateCardLine {
  CRATE_CARD_NAMES,       ///< IRIs that it is called by.
  CRATE_CARD_PARENTS,     ///< IRIs that it inherits from.
  CRATE_CARD_DECLARED_ON, ///< "entity", or empty.
  CRATE_CARD_VOCABULARY,  ///< Namespaces of its own.
  CRATE_CARD_OUTCOMES,    ///< A word for violations, for warnings, for none.
  CRATE_CARD_SCORES,      ///< What ck:card says, or empty.
} CrateCardLine;

/// One line of a card.
CrateText crate_profile_card_line(CrateText card, CrateCardLine line);

/**
   Thaw a profile and compile its shapes.

   @param natives Kept; may be empty, to ask for rules only.
   @param profile Filled; end it with crate_profile_clear() even on failure.
*/
CrateStatus crate_profile_load(const CrateWorld *world,
                               CrateTerms *terms,
                               CrateText frozen,
                               const CrateNative *natives,
                               size_t native_count,
                               CrateProfile *profile);

void crate_profile_clear(CrateProfile *profile);

/// Whether a profile switches off the inherited rule of that name.
bool crate_profile_lacks(const CrateProfile *profile, CrateText name);

/// Whether it replaces or switches off the inherited rule of that name.
bool crate_profile_overrides(const CrateProfile *profile, CrateText name);

/// What follows the last '#', '/' or ':' of an IRI.
CrateText crate_profile_local_name(CrateText iri);

/// A rule's id without the profile.
CrateText crate_rule_name(const CrateRule *rule);

/// The rule of a shape, or NULL.
const CrateRule *crate_profile_rule(const CrateProfile *profile,
                                    CrateTerm shape);

#endif // CRATE_VALIDATE_PROFILE_H
