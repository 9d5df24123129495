// SPDX-License-Identifier: Apache-2.0
/// @file Where a crate's bytes live: a folder, an archive, a lone document.
#ifndef CRATE_PACKAGE_H
#define CRATE_PACKAGE_H
#include <cratekit/arena.h>
CRATE_BEGIN_DECLS

typedef enum {
  CRATE_PACKAGE_FOLDER,
  CRATE_PACKAGE_DOCUMENT, ///< A metadata document alone ("-": standard input).
  CRATE_PACKAGE_ZIP,
  CRATE_PACKAGE_TAR,  ///< Plain, or packed with gzip or zstd.
  CRATE_PACKAGE_PAGE, ///< A web page that embeds the metadata.
} CratePackageKind;

typedef struct CratePackage CratePackage;

/**
   Open what a person named: a folder, an archive (zip, tar, tar.gz, tar.zst),
   a web page, a document; what a file is, its bytes tell. A path that goes on
   behind an archive names a folder or file in it: "outer.zip/inner/".

   New, freed by crate_package_close(). Keeps the world.
   @return CRATE_NOT_FOUND, CRATE_UNREADABLE, CRATE_MALFORMED (an archive that
   is none), CRATE_OVER_LIMIT (archive_members, archive_ratio),
   CRATE_UNSUPPORTED (no libzstd), each said to the sink.
*/
CRATE_API CRATE_NODISCARD CrateStatus
crate_package_open(const CrateWorld *world, CrateText path, CratePackage **out);

/// The same for whoever shows what is there rather than relies on it: a member
/// of an archive that would fail the whole is left out, with a warning of its
/// code, or cannot be read: names that lead out, or are there twice (the first
/// one stays), sizes that cannot be, members that overlap.
CRATE_API CRATE_NODISCARD CrateStatus
crate_package_open_leniently(const CrateWorld *world,
                             CrateText path,
                             CratePackage **out);

/// The same of bytes in memory, which are copied: as if they came from
/// standard input, which is "-" to crate_package_open().
CRATE_API CRATE_NODISCARD CrateStatus
crate_package_open_text(const CrateWorld *world,
                        CrateText text,
                        CratePackage **out);

/// Accepts NULL.
CRATE_API void crate_package_close(CratePackage *package);

CRATE_API CratePackageKind crate_package_kind(const CratePackage *package);

/// What the person called it. A view.
CRATE_API CrateText crate_package_path(const CratePackage *package);

/// Path of the metadata document relative to the package's root, and the
/// name to show in diagnostics. Empty when there is none. Views.
CRATE_API CrateText crate_package_metadata(const CratePackage *package);

CRATE_API CrateText crate_package_metadata_name(const CratePackage *package);

/// Where the crate's root lies below what was opened, with the last slash:
/// a zip's one top-level folder, a bag's "data/", or empty. Member paths
/// below are relative to it. A view.
CRATE_API CrateText crate_package_root(const CratePackage *package);

/// Whether there is a bagit.txt (RFC 8493) beside a `data` folder, and where
/// the bag's top lies below what was opened ("" or "folder/"). A view.
CRATE_API bool crate_package_is_bag(const CratePackage *package,
                                    CrateText *top);

typedef enum {
  CRATE_MEMBER_ABSENT,
  CRATE_MEMBER_FILE,
  CRATE_MEMBER_FOLDER,
  CRATE_MEMBER_OTHER_CASE, ///< From crate_package_find_alike() only: absent,
                           ///< but a name differing in case is there.
  CRATE_MEMBER_OTHER_FORM, ///< The same for another Unicode normal form.
  CRATE_MEMBER_OUTSIDE,    ///< The path, or a symlink on it, leaves the root.
  CRATE_MEMBER_UNKNOWN,    ///< A lone document: nobody can tell.
} CrateMember;

/**
   Look up a member by its decoded path ("data/a b.csv"; "" is the root).
   A path that starts with '/' starts at what was opened, not at the root.

   @param size May be NULL; bytes of a file, else 0.
   @return CRATE_OK whatever the answer; a failure only of memory or system.
*/
CRATE_API CRATE_NODISCARD CrateStatus crate_package_find(CratePackage *package,
                                                         CrateText path,
                                                         CrateMember *out,
                                                         uint64_t *size);

/// The same, and of a member that is absent, whether a name is there that
/// some systems take for it. The first such question lists the package.
/// @param name May be NULL: what that is called; a view, else empty.
CRATE_API CRATE_NODISCARD CrateStatus
crate_package_find_alike(CratePackage *package,
                         CrateText path,
                         CrateMember *out,
                         CrateText *name);

/**
   Read a whole member.

   @param out A view, valid while arena and package live. Ceiling:
   limits.document_bytes, and archive_ratio for an archive.
   @return CRATE_NOT_FOUND, CRATE_UNREADABLE, CRATE_MALFORMED (damaged archive),
   CRATE_OVER_LIMIT; said to the sink.
*/
CRATE_API CRATE_NODISCARD CrateStatus crate_package_read(CratePackage *package,
                                                         CrateText path,
                                                         CrateArena *arena,
                                                         CrateText *out);

/// Takes the bytes of a file, piece by piece; a failure stops them.
typedef struct CratePour {
  CrateStatus (*take)(void *handle, CrateText piece);
  void *handle;
} CratePour;

/// Hand over a file of any size in bounded memory. Answers as for
/// crate_package_read(), and whatever `take` does.
CRATE_API CRATE_NODISCARD CrateStatus crate_package_pour(CratePackage *package,
                                                         CrateText path,
                                                         const CratePour *to);

/**
   Read the end of a file: what a format with a footer begins with.

   A folder's file, and a member that a zip only stores, is read there alone;
   any other is poured.
   @param most Bytes wanted; fewer when the file is smaller.
   @param out  A view, valid while the arena lives.
   @param size Of all of the file.
   @return As crate_package_read(), but for the ceiling, which `most` is.
*/
CRATE_API CRATE_NODISCARD CrateStatus crate_package_tail(CratePackage *package,
                                                         CrateText path,
                                                         size_t most,
                                                         CrateArena *arena,
                                                         CrateText *out,
                                                         uint64_t *size);

/// crate_package_pour() of a file that may be packed as a whole (gzip, zstd):
/// it is unpacked on the way, within archive_ratio.
CRATE_API CRATE_NODISCARD CrateStatus
crate_package_pour_unpacked(CratePackage *package,
                            CrateText path,
                            const CratePour *to);

/// A file of a package that is read anywhere.
typedef struct CratePackageFile CratePackageFile;

/**
   Open a file to read it anywhere: in place where its bytes lie as they are (a
   folder's files, what a zip archive only stores, a plain tar archive), else by
   unpacking from the nearest point that was passed before, in bounded memory.

   One file is opened at a time; open files are read from any thread.
   @param out New, freed by crate_package_file_close(), before the package.
   @return As crate_package_read(), but for the ceiling.
*/
CRATE_API CRATE_NODISCARD CrateStatus
crate_package_file_open(CratePackage *package,
                        CrateText path,
                        CratePackageFile **out);

CRATE_API uint64_t crate_package_file_size(const CratePackageFile *file);

/// The open file that holds the bytes as they are, from `offset` on; -1 when
/// there is none.
CRATE_API int crate_package_file_descriptor(const CratePackageFile *file,
                                            uint64_t *offset);

/**
   Read at an offset.

   @param got Less than `size` only at the end of the file.
   @return CRATE_MALFORMED (damaged, or cut meanwhile), CRATE_UNREADABLE,
   CRATE_OVER_LIMIT, CRATE_NO_MEMORY; a failure to unpack is said to the sink,
   by the thread that reads.
*/
CRATE_API CRATE_NODISCARD CrateStatus
crate_package_file_read(CratePackageFile *file,
                        uint64_t offset,
                        void *out,
                        size_t size,
                        size_t *got);

/// Accepts NULL.
CRATE_API void crate_package_file_close(CratePackageFile *file);

/// Where a file lies in the package: many are read fastest in this order.
CRATE_API uint64_t crate_package_order(CratePackage *package, CrateText path);

/**
   Every member, files and folders, sorted by path (folders end in '/').

   Symlinks that lead out are left out. Built on the first call.
   @param paths A view of `count` texts, valid while the package lives.
*/
CRATE_API CRATE_NODISCARD CrateStatus
crate_package_list(CratePackage *package,
                   const CrateText **paths,
                   size_t *count);

CRATE_END_DECLS
#endif // CRATE_PACKAGE_H
