// SPDX-License-Identifier: Apache-2.0
/// @file A bag (RFC 8493) looked through once: what is wrong with it, aspect
/// by aspect. The rules of profiles/bagit ask for one aspect each.
#ifndef CRATE_VALIDATE_BAGIT_H
#define CRATE_VALIDATE_BAGIT_H
#include "validate/checks/contents.h"

/// What a rule may ask: names are in the table of bagit.c.
typedef enum {
  CRATE_BAG_PAYLOAD,     // there is no data/
  CRATE_BAG_DECLARATION, // bagit.txt
  CRATE_BAG_ENCODING,
  CRATE_BAG_MANIFEST,       // there is none
  CRATE_BAG_LINE,           // of a manifest, that is none
  CRATE_BAG_PATH,           // leads out
  CRATE_BAG_MISSING,        // listed, not there
  CRATE_BAG_UNLISTED,       // there, not listed
  CRATE_BAG_DIGEST,         // is another
  CRATE_BAG_REPEATED,       // listed twice
  CRATE_BAG_REPEATED_ALIKE, // with one digest, before version 1.0
  CRATE_BAG_NAMESAKE,       // two names that some systems take for one
  CRATE_BAG_SYSTEM_FILE,
  CRATE_BAG_MARK,      // "*" of md5sum
  CRATE_BAG_DOT,       // "./"
  CRATE_BAG_ALGORITHM, // that nobody knows
  CRATE_BAG_FETCH,     // fetch.txt: a line
  CRATE_BAG_PENDING,   // to be fetched
  CRATE_BAG_INFO,      // bag-info.txt: a line
  CRATE_BAG_OXUM,
  CRATE_BAG_TOP_FOLDER, // an archive without one
  CRATE_BAG_ASPECTS,
} CrateBagAspect;

typedef struct CrateBagFlaw {
  CrateBagAspect aspect;
  CrateElsewhere where;
  CrateText detail;
} CrateBagFlaw;

/// A file that a manifest lists.
typedef struct CrateBagFile {
  CrateText path;  // below the bag's top
  unsigned kinds;  // of digests that manifests give
  unsigned listed; // bits of the manifests that do
  size_t last;     // index + 1 of its last entry
  size_t content;  // index of what was read of it
  CrateMember member;
  bool payload, namesake;
} CrateBagFile;

typedef struct CrateBagManifest {
  CrateText name; // below the bag's top: "manifest-sha512.txt"
  CrateText file; // for people
  CrateDigestKind kind;
  bool tag;
} CrateBagManifest;

/// A line of a manifest.
typedef struct CrateBagEntry {
  CrateText digest, line;
  size_t manifest, file, earlier; // earlier: index + 1 of the file's other one
  uint32_t number;
} CrateBagEntry;

/// Everything about one bag; lives as long as the checks.
typedef struct CrateBag {
  CrateChecks *checks;
  CrateArena *arena;
  CratePackage *package;
  CrateText top;
  bool strict;    // version 1.0 or later
  CrateText line; // that is looked at, to be shown under a flaw
  int encoding;
  CrateBagFlaw *flaws;
  CrateBagManifest *manifests;
  CrateBagFile *files;
  CrateBagEntry *entries;
  size_t flaw_count, flaw_capacity, manifest_count, manifest_capacity;
  size_t file_count, file_capacity, entry_count, entry_capacity;
  CrateMap by_path; // index + 1 of a file
  CrateMap fetched; // path -> 1
  uint64_t payload_files, payload_bytes;
  bool payload_known; // every file's size is
  CrateUnread unread; // files that could not be
  bool listed;        // the manifests have been read, and no more yet
} CrateBag;

/// The bag of the package, looked through at the first question.
CrateStatus crate_bag_of(CrateChecks *checks, CrateBag **out);

/// The same as far as its manifests: no file of the payload is read.
CrateStatus crate_bag_listed(CrateChecks *checks, CrateBag **out);

/// Accepts NULL.
void crate_bag_free(CrateBag *bag);

/// Note a flaw at a line (0: the file; file empty: the bag itself).
CRATE_PRINTF(5, 6)
CrateStatus crate_bag_flaw(CrateBag *bag,
                           CrateBagAspect aspect,
                           CrateText file,
                           uint32_t line,
                           const char *format,
                           ...);

/// A tag file as UTF-8; `there` is false without one.
CrateStatus crate_bag_read(CrateBag *bag,
                           const char *name,
                           CrateText *text,
                           CrateText *file,
                           bool *there);

/// Take the next line off a text: ended by LF, CR or both.
CrateText crate_bag_next_line(CrateText *text);

/// Path of a file from where the package was opened.
CrateStatus crate_bag_path(const CrateBag *bag, CrateText path, CrateText *out);

/// Why a path may not stand in a manifest or in fetch.txt, or NULL.
const char *crate_bag_path_flaw(CrateText path, bool payload);

// The steps, each of which notes flaws.
CrateStatus crate_bag_read_declaration(CrateBag *bag); // bagit_tags.c
CrateStatus crate_bag_read_info(CrateBag *bag);
CrateStatus crate_bag_read_fetch(CrateBag *bag);
CrateStatus crate_bag_read_manifests(CrateBag *bag); // bagit_manifest.c
CrateStatus crate_bag_verify(CrateBag *bag);         // bagit_verify.c

#endif // CRATE_VALIDATE_BAGIT_H
