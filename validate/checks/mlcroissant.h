// SPDX-License-Identifier: Apache-2.0
/// @file What the parts of the likeness of mlcroissant share: its words, and
/// how it finds nodes.
#ifndef CRATE_VALIDATE_MLCROISSANT_H
#define CRATE_VALIDATE_MLCROISSANT_H
#include "crate/vocabulary.h"
#include "validate/checks/croissant.h"

#define LEGACY "http://mlcommons.org/schema/"
#define HTTPS "https://schema.org/"

/// One run over a document.
typedef struct CratePeer {
  const CrateNativeCall *call;
  const CrateView *view;
  bool legacy; ///< No version that it knows: taken for 0.8.
  bool warns;  ///< Asked for its warnings, so errors are not said.
  const char *space;
  CrateTerm dataset;
} CratePeer;

/// A node with the nodes around it, for the head of a message.
typedef struct CratePeerPlace {
  CrateTerm set, node;
  const char *kind;
} CratePeerPlace;

/// Types that a node may have: names in a namespace.
typedef struct CratePeerTypes {
  const char *space, *names[3];
} CratePeerTypes;

// mlcroissant_words.c
CrateText crate_peer_name(const CratePeer *peer, CrateTerm node);

/// What the program knows a node by: its @id, before 1.0 its name.
CrateText crate_peer_uuid(const CratePeer *peer, CrateTerm node);

CrateTerm crate_peer_place_node(const CratePeer *peer,
                                const CratePeerPlace *place);

CrateStatus crate_peer_say(const CratePeer *peer,
                           CrateTerm node,
                           CrateBuffer *line);

/// "[Metadata(name) > RecordSet(name) > Field(name)] ", or a part of it.
void crate_peer_begin(const CratePeer *peer,
                      const CratePeerPlace *place,
                      CrateBuffer *line);

CrateStatus crate_peer_say_missing(const CratePeer *peer,
                                   const CratePeerPlace *place,
                                   const char *property,
                                   const char *how);

CrateStatus crate_peer_say_words(const CratePeer *peer,
                                 CrateTerm node,
                                 const char *words);

CrateStatus crate_peer_say_dangling(const CratePeer *peer,
                                    const CratePeerPlace *place,
                                    CrateTerm value);

bool crate_peer_has(const CratePeer *peer,
                    CrateTerm node,
                    const char *property);

CrateStatus crate_peer_check_name(const CratePeer *peer,
                                  const CratePeerPlace *place);

/// The first of an object's types, as the context has it.
CrateStatus crate_peer_first_type(const CratePeer *peer,
                                  CrateTerm node,
                                  CrateText *out);

/// Whether a node is what its place asks for; else it is said, and the node is
/// as good as missing.
CrateStatus crate_peer_check_type(const CratePeer *peer,
                                  CrateTerm node,
                                  const CratePeerTypes *expected,
                                  bool quiet,
                                  bool *good);

/// The node that a reference means, among those that are there: 0 when none.
CrateStatus crate_peer_find(const CratePeer *peer,
                            CrateTerm value,
                            CrateTerm *out);

/// What a distribution holds.
CratePeerTypes crate_peer_file_types(const CratePeer *peer);

// mlcroissant_files.c
CrateStatus crate_peer_check_files(const CratePeer *peer);

// mlcroissant_records.c
CrateStatus crate_peer_check_records(const CratePeer *peer);

#endif // CRATE_VALIDATE_MLCROISSANT_H
