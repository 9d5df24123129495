// SPDX-License-Identifier: Apache-2.0
// Files and sets of files as mlcroissant sees them.
#include "validate/checks/mlcroissant.h"

static CrateStatus
check_contained(const CratePeer *peer, const CratePeerPlace *place)
{
  const CrateQuadRange range =
    crate_check_values_of(peer->view, place->node, CROISSANT "containedIn");
  for (size_t i = 0; i < range.count; ++i) {
    CrateTerm found;
    CrateText type;
    CrateBuffer line;
    if (crate_terms_kind(peer->view->terms, range.first[i].object) ==
        CRATE_TERM_BLANK) {
      CRATE_TRY(crate_peer_first_type(peer, range.first[i].object, &type));
      crate_buffer_init(&line, peer->view->world);
      crate_buffer_print(&line,
                         "\"<unknown node>\" should have an attribute "
                         "\"@type\": \"None\". Got %.*s instead.",
                         CRATE_TEXT_ARG(type));
      CRATE_TRY(crate_peer_say(peer, range.first[i].object, &line));
      continue;
    }
    CRATE_TRY(crate_peer_find(peer, range.first[i].object, &found));
    if (!found) {
      CRATE_TRY(crate_peer_say_dangling(peer, place, range.first[i].object));
    }
  }
  return CRATE_OK;
}

static bool
is_live(const CratePeer *peer)
{
  const CrateTerm live =
    crate_check_value_of(peer->view, peer->dataset, CROISSANT "isLiveDataset");
  return crate_text_is(crate_terms_info(peer->view->terms, live).text, "true");
}

static CrateStatus
check_file_object(const CratePeer *peer, const CratePeerPlace *place)
{
  const CrateTerm node = place->node;
  const bool inner = crate_peer_has(peer, node, CROISSANT "containedIn");
  CrateBuffer line;
  if (!crate_peer_has(peer, node, SCHEMA "encodingFormat")) {
    CRATE_TRY(
      crate_peer_say_missing(peer, place, HTTPS "encodingFormat", "mandatory"));
  }
  if (!inner && !crate_peer_has(peer, node, SCHEMA "contentUrl")) {
    CRATE_TRY(
      crate_peer_say_missing(peer, place, HTTPS "contentUrl", "mandatory"));
  }
  if (inner || is_live(peer) || crate_peer_has(peer, node, SCHEMA "sha256") ||
      crate_peer_has(peer, node, CROISSANT "md5") ||
      crate_peer_has(peer, node, SCHEMA "md5")) {
    return CRATE_OK;
  }
  crate_peer_begin(peer, place, &line);
  crate_buffer_add_string(&line, "At least one of these properties should be "
                                 "defined: ['md5', 'sha256'].");
  return crate_peer_say(peer, node, &line);
}

static CrateStatus
check_file_set(const CratePeer *peer, const CratePeerPlace *place)
{
  if (!crate_peer_has(peer, place->node, CROISSANT "includes")) {
    CRATE_TRY(crate_peer_say_missing(
      peer, place, peer->legacy ? LEGACY "includes" : CROISSANT "includes",
      "mandatory"));
  }
  return crate_peer_has(peer, place->node, SCHEMA "encodingFormat")
           ? CRATE_OK
           : crate_peer_say_missing(peer, place, HTTPS "encodingFormat",
                                    "mandatory");
}

CrateStatus
crate_peer_check_files(const CratePeer *peer)
{
  const CratePeerTypes expected = crate_peer_file_types(peer);
  const CrateQuadRange range =
    crate_check_values_of(peer->view, peer->dataset, SCHEMA "distribution");
  for (size_t i = 0; i < range.count; ++i) {
    const CrateTerm node = range.first[i].object;
    const bool set = crate_check_is_a(peer->view, node, CRATE_TEXT("FileSet"));
    const CratePeerPlace place = {0, node, set ? "FileSet" : "FileObject"};
    bool good = false;
    CRATE_TRY(crate_peer_check_type(peer, node, &expected, false, &good));
    if (good) {
      CRATE_TRY(crate_peer_check_name(peer, &place));
      CRATE_TRY(set ? check_file_set(peer, &place)
                    : check_file_object(peer, &place));
      CRATE_TRY(check_contained(peer, &place));
    }
  }
  return CRATE_OK;
}
