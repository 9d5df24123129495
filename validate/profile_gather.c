// SPDX-License-Identifier: Apache-2.0
// From the files of a profile to one graph.
#include "crate/vocabulary.h"
#include "validate/profile.h"
#include <cratekit/rdf.h>

/// Base of the files' IRIs: a path below it cannot climb out.
#define FILES "crate-profile:///"

static CrateStatus
read_file(CrateProfileSource *source, CrateText path)
{
  CrateProfileFile file = {.shift = 0};
  CrateText base;
  const CrateText parts[] = {CRATE_TEXT(FILES), path};
  const CrateText names[] = {crate_package_path(source->folder),
                             CRATE_TEXT("/"), path};
  CrateArena *const arena = &source->arena;
  CRATE_TRY(crate_arena_join(arena, parts, 2, &base));
  CRATE_TRY(crate_arena_join(arena, names, 3, &file.name));
  CRATE_TRY(crate_arena_copy(arena, path, &file.path));
  CRATE_TRY(crate_package_read(source->folder, path, arena, &file.bytes));
  CRATE_TRY(crate_world_reserve(source->world, &source->files,
                                &source->file_capacity, source->file_count + 1u,
                                sizeof(file)));
  if (source->file_count) {
    const CrateProfileFile *const last = &source->files[source->file_count - 1];
    file.shift = last->shift + (uint32_t)last->bytes.size + 1u;
  }
  source->files[source->file_count++] = file;
  crate_graph_shift_origins(source->graph, file.shift);
  return crate_rdf_read(source->graph, crate_syntax_of(path), file.name, base,
                        file.bytes);
}

static CrateTerm
find(const CrateGraph *graph, const char *iri)
{
  return crate_terms_find_iri(crate_graph_terms(graph), crate_text(iri));
}

/// Read each prof:hasArtifact, a file beside or below the profile's folder.
static CrateStatus
read_artifacts(CrateProfileSource *source)
{
  CRATE_TRY(crate_graph_index(source->graph));
  const CrateTerm artifact = find(source->graph, PROF "hasArtifact");
  const CrateQuadList list = crate_graph_with(source->graph, artifact);
  CrateTerm *const files = (CrateTerm *)crate_arena_array(
    &source->arena, list.count, sizeof(CrateTerm));
  if (!files) {
    return crate_arena_status(&source->arena);
  }
  for (size_t i = 0; i < list.count; ++i) { // adding drops the list's index
    files[i] = crate_quad_list_at(list, i)->object;
  }
  for (size_t i = 0; i < list.count; ++i) {
    const CrateText iri = crate_terms_info(source->terms, files[i]).text;
    const CrateText prefix = CRATE_TEXT(FILES);
    if (crate_text_starts(iri, prefix)) {
      CRATE_TRY(
        read_file(source, crate_text_slice(iri, prefix.size, iri.size)));
    }
  }
  return crate_graph_index(source->graph);
}

CrateStatus
crate_profile_gather(const CrateWorld *world,
                     CratePackage *folder,
                     CrateText path,
                     CrateProfileSource *source)
{
  *source = (CrateProfileSource){.world = world, .folder = folder};
  crate_arena_init(&source->arena, world);
  CRATE_TRY(crate_terms_new(world, &source->terms));
  CRATE_TRY(crate_graph_new(world, source->terms, &source->graph));
  CRATE_TRY(read_file(source, path));
  return read_artifacts(source);
}

void
crate_profile_source_clear(CrateProfileSource *source)
{
  if (source->world) {
    crate_graph_free(source->graph);
    crate_terms_free(source->terms);
    crate_world_release(source->world, source->files);
    crate_arena_clear(&source->arena);
  }
}

CrateText
crate_profile_token(const CrateGraph *graph)
{
  const CrateTerm has_token = find(graph, PROF "hasToken");
  const CrateQuadList list = crate_graph_with(graph, has_token);
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
  const CrateQuadRange range = crate_graph_values(graph, node, predicate);
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
  const CrateQuadList list = crate_graph_with(graph, has_token);
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
    crate_buffer_add_byte(card, '\n');
    write_words(graph, self, CRATEKIT "vocabulary", card);
    crate_buffer_add_byte(card, '\n');
    write_words(graph, self, CRATEKIT "outcome", card);
    crate_buffer_add_byte(card, '\n');
    write_words(graph, self, CRATEKIT "card", card);
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
