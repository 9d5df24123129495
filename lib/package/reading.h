// SPDX-License-Identifier: Apache-2.0
/// @file Many files of a package, each read once: for its digests, and for
/// what its first bytes say. On several threads, where the package permits it.
#ifndef CRATE_PACKAGE_READING_H
#define CRATE_PACKAGE_READING_H
#include "package/digest.h"
#include "package/package.h"
#include "package/signature.h"

/// One file that somebody wants to know more of.
typedef struct CrateReading {
  CrateText path;           // as for crate_package_pour(); borrowed
  uint64_t size;            // as it is listed; then, of what was read
  unsigned kinds;           // of digests; none: the first bytes will do
  char *digits;             // crate_digest_room() of them; borrowed
  CrateSignature signature; // of the first bytes
  CrateStatus status;       // not CRATE_OK: it could not be read to its end
  char *problem;            // why not, from the world
} CrateReading;

/**
   Read files, in the order that is best for the package.

   One that cannot be read says so in its status and keeps nobody else from
   being read; nothing is said to the sink.
   @param readings Filled; end them with crate_readings_clear(), always.
   @return CRATE_NO_MEMORY, and CRATE_UNSUPPORTED for a kind of digest that
   the system's policy forbids (unsaid).
*/
CrateStatus crate_package_read_all(CratePackage *package,
                                   CrateReading *readings,
                                   size_t count);

void crate_readings_clear(const CrateWorld *world,
                          CrateReading *readings,
                          size_t count);

/// Bytes from the start of a file that its signature is told by.
#define CRATE_HEAD 1024u

typedef struct CrateLanes CrateLanes;

/// What one thread reads with. Its world says nothing aloud.
typedef struct CrateReader {
  const CratePackage *package;
  void *place; // its own, or the package's
  CrateWorld world;
  CrateDigester digester;
  CrateLanes *lanes; // of a large file, or NULL
  char said[240];    // what the world heard first
  char head[CRATE_HEAD];
  size_t head_size;
  uint64_t size; // read so far
  bool enough;   // somebody wanted the first bytes only
  /// Told of each piece's size; a failure stops the reading.
  CrateStatus (*note)(void *handle, size_t size);
  void *handle;
} CrateReader;

/// Keeps the package's world, but for the sink.
void crate_reader_init(CrateReader *reader,
                       const CratePackage *package,
                       const CrateWorld *world);

void crate_reader_clear(CrateReader *reader);

/// Read one file. `helped`: digest on other threads meanwhile.
/// Fails as crate_package_read_all() does, and as `note` did.
CrateStatus crate_reader_read(CrateReader *reader,
                              CrateReading *reading,
                              bool helped);

/**
   Digest one large file on threads of their own, a kind each, while the
   caller reads on. Without threads to be had, the caller does it all.

   @param out New, freed by crate_lanes_finish().
*/
CrateStatus crate_lanes_new(const CrateWorld *world,
                            unsigned kinds,
                            CrateLanes **out);

/// Copies the piece.
CrateStatus crate_lanes_add(CrateLanes *lanes, CrateText piece);

/// End it. `digits` as in crate_digester_finish(), or NULL when nobody wants
/// them any more. Accepts NULL.
CrateStatus crate_lanes_finish(CrateLanes *lanes, char *digits);

#endif // CRATE_PACKAGE_READING_H
