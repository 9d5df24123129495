// SPDX-License-Identifier: Apache-2.0
// The words of mlcroissant, and how it finds nodes.
#include "validate/checks/mlcroissant.h"

CrateText
crate_peer_name(const CratePeer *peer, CrateTerm node)
{
  const CrateTerm name = crate_check_value_of(peer->view, node, SCHEMA "name");
  return crate_terms_info(peer->view->terms, name).text;
}

/// A name as Python prints it: of one in several languages, the dictionary.
static void
add_name(const CratePeer *peer, CrateTerm node, CrateBuffer *line)
{
  const CrateEntity *const entity = crate_view_entity(peer->view, node);
  const CrateJson *const name =
    entity ? crate_json_get(entity->json, CRATE_TEXT("name")) : NULL;
  const CrateJson *key = crate_json_first_key(name);
  if (!key || name->size < 2) {
    crate_buffer_add(line, crate_peer_name(peer, node));
    return;
  }
  crate_buffer_add_byte(line, '{');
  for (; key; key = crate_json_next_key(key)) {
    crate_buffer_print(
      line, "'%.*s': '%.*s'%s", CRATE_TEXT_ARG(crate_json_text(key)),
      CRATE_TEXT_ARG(crate_json_is(key->next, CRATE_JSON_STRING)
                       ? crate_json_text(key->next)
                       : CRATE_TEXT("")),
      key->next->next ? ", " : "");
  }
  crate_buffer_add_byte(line, '}');
}

/// What the program knows a node by: its @id, before 1.0 its name.
CrateText
crate_peer_uuid(const CratePeer *peer, CrateTerm node)
{
  const CrateEntity *const entity = crate_view_entity(peer->view, node);
  return entity && entity->id.size ? entity->id
         : entity                  ? crate_peer_name(peer, node)
                                   : crate_view_name(peer->view, node);
}

CrateTerm
crate_peer_place_node(const CratePeer *peer, const CratePeerPlace *place)
{
  return place->kind ? place->node : place->set ? place->set : peer->dataset;
}

CrateStatus
crate_peer_say(const CratePeer *peer, CrateTerm node, CrateBuffer *line)
{
  const CrateEntity *const entity = crate_view_entity(peer->view, node);
  CrateStatus st = crate_buffer_status(line);
  st = st ? st
          : peer->call->report(peer->call, CRATE_NO_TERM,
                               entity ? entity->id_offset : CRATE_NO_ORIGIN,
                               crate_buffer_text(line));
  crate_buffer_clear(line);
  return st;
}

/// "[Metadata(name) > RecordSet(name) > Field(name)] ", or a part of it.
void
crate_peer_begin(const CratePeer *peer,
                 const CratePeerPlace *place,
                 CrateBuffer *line)
{
  crate_buffer_init(line, peer->view->world);
  crate_buffer_add_string(line, "[Metadata(");
  add_name(peer, peer->dataset, line);
  crate_buffer_add_byte(line, ')');
  if (place->set) {
    crate_buffer_print(line, " > RecordSet(%.*s)",
                       CRATE_TEXT_ARG(crate_peer_name(peer, place->set)));
  }
  if (place->kind) {
    crate_buffer_print(line, " > %s(%.*s)", place->kind,
                       CRATE_TEXT_ARG(crate_peer_name(peer, place->node)));
  }
  crate_buffer_add_string(line, "] ");
}

CrateStatus
crate_peer_say_missing(const CratePeer *peer,
                       const CratePeerPlace *place,
                       const char *property,
                       const char *how)
{
  CrateBuffer line;
  crate_peer_begin(peer, place, &line);
  crate_buffer_print(&line, "Property \"%s\" is %s, but does not exist.",
                     property, how);
  return crate_peer_say(peer, crate_peer_place_node(peer, place), &line);
}

CrateStatus
crate_peer_say_words(const CratePeer *peer, CrateTerm node, const char *words)
{
  CrateBuffer line;
  crate_buffer_init(&line, peer->view->world);
  crate_buffer_add_string(&line, words);
  return crate_peer_say(peer, node, &line);
}

CrateStatus
crate_peer_say_dangling(const CratePeer *peer,
                        const CratePeerPlace *place,
                        CrateTerm value)
{
  CrateBuffer line;
  const CrateTerm node = crate_peer_place_node(peer, place);
  crate_peer_begin(peer, place, &line);
  crate_buffer_print(
    &line,
    "There is a reference to node with UUID \"%.*s\" in node \"%.*s\", but "
    "this node doesn't exist.",
    CRATE_TEXT_ARG(crate_check_shown(peer->view, value)),
    CRATE_TEXT_ARG(crate_peer_uuid(peer, node)));
  return crate_peer_say(peer, node, &line);
}

bool
crate_peer_has(const CratePeer *peer, CrateTerm node, const char *property)
{
  return crate_check_value_of(peer->view, node, property);
}

CrateStatus
crate_peer_check_name(const CratePeer *peer, const CratePeerPlace *place)
{
  return peer->legacy &&
             !crate_peer_name(peer, crate_peer_place_node(peer, place)).size
           ? crate_peer_say_missing(peer, place, HTTPS "name", "mandatory")
           : CRATE_OK;
}

/// The first of an object's types, as the context has it.
CrateStatus
crate_peer_first_type(const CratePeer *peer, CrateTerm node, CrateText *out)
{
  const CrateEntity *const entity = crate_view_entity(peer->view, node);
  const CrateJson *type =
    entity ? crate_json_get(entity->json, CRATE_TEXT("@type")) : NULL;
  CrateKeyKind kind = CRATE_KEY_UNDEFINED;
  type = crate_json_is(type, CRATE_JSON_ARRAY) ? type->first : type;
  *out = CRATE_TEXT("None");
  return crate_json_is(type, CRATE_JSON_STRING)
           ? crate_context_key(peer->view->context, crate_json_text(type),
                               &kind, out)
           : CRATE_OK;
}

static bool
is_expected(const CratePeerTypes *expected, CrateText type)
{
  const CrateText space = crate_text(expected->space);
  const CrateText name = crate_text_slice(type, space.size, type.size);
  for (size_t i = 0; i < 3 && expected->names[i]; ++i) {
    if (crate_text_starts(type, space) &&
        crate_text_is(name, expected->names[i])) {
      return true;
    }
  }
  return false;
}

/// Whether a node is what its place asks for; else it is said, and the node is
/// as good as missing.
CrateStatus
crate_peer_check_type(const CratePeer *peer,
                      CrateTerm node,
                      const CratePeerTypes *expected,
                      bool quiet,
                      bool *good)
{
  CrateText type;
  CrateBuffer line;
  CRATE_TRY(crate_peer_first_type(peer, node, &type));
  *good = is_expected(expected, type);
  if (*good || quiet) {
    return CRATE_OK;
  }
  const CrateText id = crate_peer_uuid(peer, node);
  crate_buffer_init(&line, peer->view->world);
  crate_buffer_print(&line, "\"%.*s\" should have an attribute",
                     CRATE_TEXT_ARG(id));
  for (size_t i = 0; i < 3 && expected->names[i]; ++i) {
    crate_buffer_print(&line, "%s \"@type\": \"%s%s\"", i ? " or" : "",
                       expected->space, expected->names[i]);
  }
  crate_buffer_print(&line, ". Got %.*s instead.", CRATE_TEXT_ARG(type));
  return crate_peer_say(peer, node, &line);
}

CratePeerTypes
crate_peer_file_types(const CratePeer *peer)
{
  return (CratePeerTypes){peer->legacy ? HTTPS : CROISSANT,
                          {"FileObject", "FileSet", NULL}};
}

/// The file that has a name, as 0.8 refers to it; 0 when there is none.
static CrateTerm
file_called(const CratePeer *peer, CrateText name)
{
  const CrateQuadRange files =
    crate_check_values_of(peer->view, peer->dataset, SCHEMA "distribution");
  for (size_t i = 0; i < files.count; ++i) {
    if (crate_text_equal(crate_peer_uuid(peer, files.first[i].object), name)) {
      return files.first[i].object;
    }
  }
  return CRATE_NO_TERM;
}

CrateStatus
crate_peer_find(const CratePeer *peer, CrateTerm value, CrateTerm *out)
{
  const CrateView *const view = peer->view;
  const CrateTermInfo info = crate_terms_info(view->terms, value);
  const CrateTerm distribution = crate_check_term(view, SCHEMA "distribution");
  const CratePeerTypes expected = crate_peer_file_types(peer);
  bool good = false;
  *out = info.kind == CRATE_TERM_LITERAL ? file_called(peer, info.text)
         : value && distribution &&
             crate_graph_find(view->graph, peer->dataset, distribution, value)
           ? value
           : CRATE_NO_TERM;
  if (*out) {
    CRATE_TRY(crate_peer_check_type(peer, *out, &expected, true, &good));
  }
  *out = good ? *out : CRATE_NO_TERM;
  return CRATE_OK;
}
