// SPDX-License-Identifier: Apache-2.0
// From the files of a profile to one graph.
#include "crate/vocabulary.h"
#include "validate/profile.h"
#include <cratekit/rdf.h>

/// Base of the files' IRIs: a path below it cannot climb out.
#define FILES "crate-profile:///"

typedef struct {
  const CrateWorld *world;
  CratePackage *folder;
  CrateGraph *graph;
  CrateArena arena;
  void (*used)(void *handle, CrateText path);
  void *handle;
} Gathering;

static CrateStatus
read_file(Gathering *gathering, CrateText path)
{
  CrateText bytes;
  CrateText base;
  CrateText name; // for diagnostics
  const CrateText parts[] = {CRATE_TEXT(FILES), path};
  const CrateText names[] = {crate_package_path(gathering->folder),
                             CRATE_TEXT("/"), path};
  CRATE_TRY(crate_arena_join(&gathering->arena, parts, 2, &base));
  CRATE_TRY(crate_arena_join(&gathering->arena, names, 3, &name));
  CRATE_TRY(
    crate_package_read(gathering->folder, path, &gathering->arena, &bytes));
  if (gathering->used) {
    gathering->used(gathering->handle, path);
  }
  return crate_rdf_read(gathering->graph, crate_syntax_of(path), name, base,
                        bytes);
}

static CrateTerm
find(const CrateGraph *graph, const char *iri)
{
  return crate_terms_find_iri(crate_graph_terms(graph), crate_text(iri));
}

/// Read each prof:hasArtifact, a file beside or below the profile's folder.
static CrateStatus
read_artifacts(Gathering *gathering)
{
  CRATE_TRY(crate_graph_index(gathering->graph));
  const CrateTerm artifact = find(gathering->graph, PROF "hasArtifact");
  const CrateQuadList list = artifact
                               ? crate_graph_with(gathering->graph, artifact)
                               : (CrateQuadList){NULL, NULL, 0};
  CrateTerm *const files = (CrateTerm *)crate_arena_array(
    &gathering->arena, list.count, sizeof(CrateTerm));
  if (!files) {
    return crate_arena_status(&gathering->arena);
  }
  for (size_t i = 0; i < list.count; ++i) { // adding drops the list's index
    files[i] = crate_quad_list_at(list, i)->object;
  }
  for (size_t i = 0; i < list.count; ++i) {
    const CrateText iri =
      crate_terms_info(crate_graph_terms(gathering->graph), files[i]).text;
    const CrateText prefix = CRATE_TEXT(FILES);
    if (crate_text_starts(iri, prefix)) {
      CRATE_TRY(
        read_file(gathering, crate_text_slice(iri, prefix.size, iri.size)));
    }
  }
  return crate_graph_index(gathering->graph);
}

CrateStatus
crate_profile_gather(const CrateWorld *world,
                     CratePackage *folder,
                     CrateText path,
                     CrateGraph *graph,
                     void (*used)(void *handle, CrateText path),
                     void *handle)
{
  Gathering gathering = {
    .world = world,
    .folder = folder,
    .graph = graph,
    .used = used,
    .handle = handle,
  };
  crate_arena_init(&gathering.arena, world);
  CrateStatus st = read_file(&gathering, path);
  if (!st) {
    st = read_artifacts(&gathering);
  }
  crate_arena_clear(&gathering.arena);
  return st;
}

CrateText
crate_profile_token(const CrateGraph *graph)
{
  const CrateTerm has_token = find(graph, PROF "hasToken");
  const CrateQuadList list = has_token ? crate_graph_with(graph, has_token)
                                       : (CrateQuadList){NULL, NULL, 0};
  return list.count ? crate_terms_info(crate_graph_terms(graph),
                                       crate_quad_list_at(list, 0)->object)
                        .text
                    : (CrateText){NULL, 0};
}

/// The values of one node and property, each followed by a space.
static void
write_words(const CrateGraph *graph,
            CrateTerm node,
            const char *property,
            CrateBuffer *card)
{
  const CrateTerm predicate = find(graph, property);
  const CrateQuadRange range = predicate
                                 ? crate_graph_about(graph, node, predicate)
                                 : (CrateQuadRange){NULL, 0};
  for (size_t i = 0; i < range.count; ++i) {
    crate_buffer_add(
      card,
      crate_terms_info(crate_graph_terms(graph), range.first[i].object).text);
    crate_buffer_add_byte(card, ' ');
  }
}

CrateStatus
crate_profile_write_card(const CrateGraph *graph, CrateBuffer *card)
{
  const CrateTerm has_token = find(graph, PROF "hasToken");
  const CrateQuadList list = has_token ? crate_graph_with(graph, has_token)
                                       : (CrateQuadList){NULL, NULL, 0};
  if (list.count) {
    const CrateTerm self = crate_quad_list_at(list, 0)->subject;
    crate_buffer_add(card,
                     crate_terms_info(crate_graph_terms(graph), self).text);
    crate_buffer_add_byte(card, ' ');
    write_words(graph, self, CRATEKIT "alias", card);
    crate_buffer_add_byte(card, '\n');
    write_words(graph, self, PROF "isProfileOf", card);
    crate_buffer_add_byte(card, '\n');
    write_words(graph, self, CRATEKIT "declaredOn", card);
  }
  return crate_buffer_status(card);
}

CrateText
crate_profile_card_line(CrateText card, CrateCardLine line)
{
  size_t end = crate_text_find(card, '\n');
  for (int i = 0; i < (int)line; ++i) {
    card = crate_text_slice(card, end + 1u, card.size);
    end = crate_text_find(card, '\n');
  }
  return crate_text_slice(card, 0, end);
}

CrateText
crate_profile_next_word(CrateText *line)
{
  const size_t end = crate_text_find(*line, ' ');
  const CrateText iri = crate_text_slice(*line, 0, end);
  *line = crate_text_slice(*line, end + 1u, line->size);
  return iri;
}
