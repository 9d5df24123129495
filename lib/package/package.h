// SPDX-License-Identifier: Apache-2.0
/// @file Inside of a package: one table of verbs for each kind of place.
#ifndef CRATE_PACKAGE_PACKAGE_H
#define CRATE_PACKAGE_PACKAGE_H
#include "package/bytes.h"
#include <cratekit/map.h>
#include <cratekit/package.h>

/// Bytes in which files are handed over.
#define CRATE_PIECE ((size_t)1 << 16u)

/// Where the bytes of a file lie: access.h.
typedef struct CrateExtent CrateExtent;

/// A member as a place lists it. Paths are relative to what was opened.
typedef struct CrateMemberEntry {
  CrateText path; // folders end in '/'
} CrateMemberEntry;

/// What a place can do. Paths are clean: no "." or ".." or empty segments.
typedef struct CratePlaceVerbs {
  CrateStatus (*find)(void *place,
                      CrateText path,
                      CrateMember *out,
                      uint64_t *size);
  CrateStatus (*read)(void *place,
                      CrateText path,
                      CrateArena *arena,
                      CrateText *out);
  /// Hand over a file piece by piece, in bounded memory. NULL: it has none.
  CrateStatus (*pour)(void *place, CrateText path, const CratePour *to);
  /// Read the end of a file, at most `most` bytes, without what lies before.
  /// NULL, or CRATE_UNSUPPORTED, unsaid: it has to be poured.
  CrateStatus (*tail)(void *place,
                      CrateText path,
                      size_t most,
                      CrateArena *arena,
                      CrateText *out,
                      uint64_t *size);
  /// Say where a file's bytes lie; all else than they stays valid while the
  /// arena and the place live. NULL: it can only be read whole.
  CrateStatus (*locate)(void *place,
                        CrateText path,
                        CrateArena *arena,
                        CrateExtent *out);
  /// Make another place of the same files, to pour from on another thread: it
  /// says through `world`, and is ended before the first one. NULL: there is
  /// nothing to pour.
  CrateStatus (*share)(const void *place, const CrateWorld *world, void **out);
  void (*unshare)(void *place);
  /// Whether each reader has to unpack it all from its start. NULL: no.
  bool (*is_stream)(const void *place);
  /// Where a file lies: whoever reads many in this order moves forward only.
  /// NULL: any order is as good.
  uint64_t (*order)(void *place, CrateText path);
  /// Call `add` for each member, in any order. A place that has to look into
  /// folders one by one looks no more than `levels` of them deep.
  CrateStatus (*list)(void *place,
                      unsigned levels,
                      CrateStatus (*add)(void *handle, CrateMemberEntry entry),
                      void *handle);
  /// How many links the last listing left out, and the first of them; a view.
  /// NULL: it leaves out none.
  size_t (*skipped)(const void *place, CrateText *first);
  void (*close)(void *place);
} CratePlaceVerbs;

struct CratePackage {
  const CrateWorld *world;
  CratePackageKind kind;
  const CratePlaceVerbs *verbs;
  void *place;
  CrateArena arena; // names below, and the listing
  CrateText path, metadata, metadata_name, root, bag_top;
  CrateText label; // of the place in diagnostics: the file of an archive
  bool is_bag, listed, folded, lenient;
  CrateText *members; // below the root, sorted
  size_t member_count, member_capacity;
  CrateMap folds; // folded path -> index + 1 of a member
};

/// A folder's verbs; `path` NUL-ended, exists.
CrateStatus crate_folder_open(const CrateWorld *world,
                              const char *path,
                              void **out);

extern const CratePlaceVerbs crate_folder_verbs;

/// An archive's verbs. Takes the bytes. `lenient`: what is doubtful is left
/// out, with a warning, and does not fail the whole.
CrateStatus crate_zip_open(const CrateWorld *world,
                           CrateText name,
                           CrateBytes *bytes,
                           bool lenient,
                           void **out);

extern const CratePlaceVerbs crate_zip_verbs;

/// The same of a tar archive, plain or packed with gzip or zstd.
CrateStatus crate_tar_open(const CrateWorld *world,
                           CrateText name,
                           CrateBytes *bytes,
                           bool lenient,
                           void **out);

extern const CratePlaceVerbs crate_tar_verbs;

/// A lone document's verbs: only "read" of its own name. Takes the bytes.
/// `page`: of a web page, only the metadata that it embeds (see page.c).
CrateStatus crate_lone_open(const CrateWorld *world,
                            CrateText name,
                            CrateBytes *bytes,
                            bool page,
                            void **out);

extern const CratePlaceVerbs crate_lone_verbs;

/**
   Unpack bytes (gzip, zstd) that are a document, and no archive.

   @param is_document Told the first of the unpacked bytes.
   @param bytes       Put in place of the packed ones when `unpacked`; else
   as they were, but closed on failure.
*/
CrateStatus crate_packed_open(const CrateWorld *world,
                              CrateText name,
                              bool (*is_document)(CrateText start),
                              CrateBytes *bytes,
                              bool *unpacked);

/// Whether bytes begin as a web page does.
bool crate_page_is_one(CrateText start);

/// Blank out all of a page but the script with the metadata, so that offsets,
/// lines and columns stay those of the page. False when there is none.
bool crate_page_bare(char *data, size_t size);

/// Look for the root, at `base` and below. `base` is "" or ends in '/'.
CrateStatus crate_package_find_root(CratePackage *package, CrateText base);

/// Look for a document that describes a package without an RO-Crate of its
/// own: that of a detached crate, or of Croissant. document.c
CrateStatus crate_package_find_document(CratePackage *package);

/// Links that crate_package_list() left out, as they lead to folders, out of
/// the package or nowhere. `first`: a view, empty when there are none.
size_t crate_package_skipped(const CratePackage *package, CrateText *first);

/// crate_package_pour() from a place of the package's that is shared.
CrateStatus crate_package_pour_from(const CratePackage *package,
                                    void *place,
                                    const CrateWorld *world,
                                    CrateText path,
                                    const CratePour *to);

/// The path below what was opened of what is to be read: CRATE_NOT_FOUND, said
/// through `world`, when it climbs out.
CrateStatus crate_package_place_path(const CratePackage *package,
                                     const CrateWorld *world,
                                     CrateArena *arena,
                                     CrateText path,
                                     CrateText *full);

/// Drop "." and empty segments and undo "..".
/// CRATE_NOT_FOUND, unsaid, when the path climbs out.
CrateStatus crate_path_clean(CrateArena *arena, CrateText path, CrateText *out);

/// A name without letter case and Unicode normal form (UAX 15), or only
/// without the latter: equal folds mean names that some systems confuse.
CrateStatus crate_name_fold(CrateArena *arena,
                            CrateText name,
                            bool case_too,
                            CrateText *out);

/// Whether a name is in the form C of UAX 15, which most systems type.
CrateStatus crate_name_is_composed(CrateArena *arena,
                                   CrateText name,
                                   bool *composed);

#endif // CRATE_PACKAGE_PACKAGE_H
