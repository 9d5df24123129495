// SPDX-License-Identifier: Apache-2.0
/// @file Judging crates by profiles: rules in, findings out.
#ifndef CRATE_VALIDATE_H
#define CRATE_VALIDATE_H
#include <cratekit/buffer.h>
#include <cratekit/jsonld.h>
#include <cratekit/verdict.h>
CRATE_BEGIN_DECLS

/// A rule of a profile. Texts are views, valid while their owner lives.
typedef struct CrateRule {
  CrateText id;      ///< "ro-crate-1.2/root-license": stable, for --skip.
  CrateText profile; ///< "ro-crate-1.2"
  CrateText message; ///< What a crate must do, for a person.
  CrateText spec;    ///< URL of the sentence it rests on.
  CrateText repair;  ///< What to do about it, or empty.
  CrateSeverity severity;
  bool checked; ///< No: it needs the network, say; see `reason`.
  CrateText reason;
  CrateText broken, mended; ///< See crate_validator_examples().
  bool unjudged;            ///< No crate breaks it under this name: it allows
                            ///< something, or is a restatement:
  CrateText said_by;        ///< rules or profiles that report it instead.
  CrateTerm shape;          ///< Of the profile's shapes graph.
  uint32_t state;           ///< Least CrateViewState that it can be judged in.
  uint32_t modes; ///< Bit (1 << CrateMode) for each mode it applies in.
  bool payload;   ///< Looks at the package's files.
  bool bare;      ///< Looks at nothing else: whatever the metadata is.
} CrateRule;

/// Profiles at hand, compiled once and kept: for one thread at a time.
typedef struct CrateValidator CrateValidator;

/// New, with the bundled profiles; freed by crate_validator_free(). Keeps both.
CRATE_API CRATE_NODISCARD CrateStatus
crate_validator_new(const CrateWorld *world,
                    CrateLibrary *library,
                    CrateValidator **out);

CRATE_API void crate_validator_free(CrateValidator *validator);

/**
   A second validator with the same profiles, for another thread: freed by
   crate_validator_free() before the first, which may judge meanwhile but not
   be added to. Keeps world and library, which are the other thread's own.
*/
CRATE_API CRATE_NODISCARD CrateStatus
crate_validator_twin(const CrateValidator *validator,
                     const CrateWorld *world,
                     CrateLibrary *library,
                     CrateValidator **out);

/// Add the profiles below a folder, `<name>/<version>/profile.ttl`; one with a
/// known token replaces it. Failures are said.
CRATE_API CRATE_NODISCARD CrateStatus
crate_validator_add(CrateValidator *validator, CrateText folder);

/// From now on crate_validator_add() also refuses what is well-formed and yet
/// surely not meant: rules without a target or a message, names used twice,
/// unknown terms.
CRATE_API void crate_validator_be_strict(CrateValidator *validator);

/**
   Say what is wrong among the profiles that were added: unknown parents,
   cycles, rules switched off that are not inherited.

   @param count Of profiles looked at.
   @return CRATE_MALFORMED when something was said.
*/
CRATE_API CRATE_NODISCARD CrateStatus
crate_validator_lint(CrateValidator *validator, size_t *count);

/// Token of the i-th profile ("ro-crate-1.2"), sorted; empty past the end.
CRATE_API CrateText crate_validator_profile(const CrateValidator *validator,
                                            size_t i);

/// The token that a person means: itself, or the newest of a bare name.
/// Empty, and said with the nearest name, when there is none.
CRATE_API CrateText crate_validator_find(const CrateValidator *validator,
                                         CrateText name);

/// The same without a word. `near`, when not NULL: the nearest name of what
/// there is not, or empty.
CRATE_API CrateText crate_validator_look_up(const CrateValidator *validator,
                                            CrateText name,
                                            CrateText *near);

/// Whether a profile inherits from another, however far.
CRATE_API bool crate_validator_inherits(const CrateValidator *validator,
                                        CrateText token,
                                        CrateText ancestor);

/**
   The rules of a profile, in order of their ids.

   @param arena Holds the array and its texts.
*/
CRATE_API CRATE_NODISCARD CrateStatus
crate_validator_rules(CrateValidator *validator,
                      CrateText token,
                      CrateArena *arena,
                      CrateRule **rules,
                      size_t *count);

/**
   Fill in `broken` and `mended`: a crate that breaks the rule and its sound
   form, cut to what differs. A rule of the user's own profiles has none.

   @param arena Holds the texts.
*/
CRATE_API CRATE_NODISCARD CrateStatus
crate_validator_examples(const CrateWorld *world,
                         CrateArena *arena,
                         CrateRule *rules,
                         size_t count);

/// What becomes of a rule by the wish of those who judge.
typedef struct CrateLevel {
  CrateText rule; ///< Its id, with or without the profile; with it counts more.
  bool off;       ///< It is not checked, and that is said; else its severity:
  CrateSeverity severity;
} CrateLevel;

/// What to judge by. Arrays are borrowed; all zero is the default.
typedef struct CrateJudgeOptions {
  const CrateText *profiles; ///< Tokens; none: by the crate's conformsTo.
  size_t profile_count;
  const CrateText *skip; ///< Rule ids, with or without the profile.
  size_t skip_count;
  const CrateLevel *levels;
  size_t level_count;
  bool metadata_only;
  bool list_rules;   ///< Fill in the verdict's rules.
  CrateText instead; ///< Judge this rather than the package's document.
  CrateText text;    ///< Judge this document, which lies nowhere; then the path
                     ///< is only what it is called. No data: the path's.
  CrateText root;    ///< @id of the Dataset meant; empty: found.
  CrateText data;    ///< Folder or archive with the files that a document of
                     ///< Croissant describes; empty: they are not looked at.
} CrateJudgeOptions;

/**
   Judge one crate.

   @param path As for crate_package_open().
   @param out  Filled; end it with crate_verdict_clear() even on failure.
   @return CRATE_OK whatever the verdict; else trouble, said.
*/
CRATE_API CRATE_NODISCARD CrateStatus
crate_validator_judge(CrateValidator *validator,
                      CrateText path,
                      const CrateJudgeOptions *options,
                      CrateVerdict *out);

/// A document to be held against shapes of the caller's.
typedef struct CrateShapesQuestion {
  CrateText shapes; ///< Path of the shapes graph: any RDF syntax or JSON-LD.
  CrateText data;   ///< Path of the document.
  CrateText base;   ///< Base IRI of both; empty: each one's own file IRI.
  bool turtle;      ///< Fill `report`.
  bool list_rules;  ///< Fill in the verdict's rules.
} CrateShapesQuestion;

/**
   Judge any RDF or JSON-LD document by any shapes graph.

   @param report The W3C validation report in Turtle, when asked for.
   @param out    As in crate_validator_judge(); rules are shapes' IRIs.
   @return CRATE_MALFORMED for an ill-formed shapes graph, said.
*/
CRATE_API CRATE_NODISCARD CrateStatus
crate_validator_judge_shapes(CrateValidator *validator,
                             const CrateShapesQuestion *question,
                             CrateBuffer *report,
                             CrateVerdict *out);

/// A document with the repairs made that are certain.
typedef struct CrateMended {
  CrateArena arena;
  CrateText file;          ///< The metadata document, for people.
  CrateText before, after; ///< Its text; the same when nothing was mended.
  size_t applied;          ///< Patches.
  bool can_write;          ///< No archive, and no bag, which has checksums.
  CrateVerdict verdict;    ///< On the mended document.
} CrateMended;

/**
   Mend what is certain (CrateFinding's `patch`), again and again until nothing
   is left, and never so that more is found than before. Nothing is written.

   @param out Filled; end it with crate_mended_clear() even on failure.
*/
CRATE_API CRATE_NODISCARD CrateStatus
crate_validator_mend(CrateValidator *validator,
                     const CrateWorld *world,
                     CrateText path,
                     const CrateJudgeOptions *options,
                     CrateMended *out);

CRATE_API void crate_mended_clear(CrateMended *mended);

CRATE_END_DECLS
#endif // CRATE_VALIDATE_H
