// SPDX-License-Identifier: Apache-2.0
#include "fuse/material.h"
#include "base/file.h"
#include <cratekit/iri.h>
#include <cratekit/validate.h>

/// What is said while something is made stands in the report: the terminal is
/// far away, or gone.
static void
hear(void *handle, const CrateDiagnostic *diagnostic)
{
  CrateBuffer *const said = (CrateBuffer *)handle;
  crate_buffer_add(said, diagnostic->file);
  if (diagnostic->line) {
    crate_buffer_print(said, ":%u:%u", (unsigned)diagnostic->line,
                       (unsigned)diagnostic->column);
  }
  crate_buffer_add_string(said, ": ");
  crate_buffer_add(said, diagnostic->message);
  crate_buffer_print(said, " [%.*s]\n", CRATE_TEXT_ARG(diagnostic->code));
}

/// Failures that are the document's: the tree is shown without what they hide.
static bool
is_flaw(CrateStatus status)
{
  return status != CRATE_OK && status != CRATE_NO_MEMORY;
}

static CrateStatus
read_bytes(CrateMaterial *m)
{
  const CrateText path = crate_package_metadata(m->package);
  if (!path.size) {
    return CRATE_OK;
  }
  const bool folder = crate_package_kind(m->package) == CRATE_PACKAGE_FOLDER ||
                      crate_package_kind(m->package) == CRATE_PACKAGE_ZIP ||
                      crate_package_kind(m->package) == CRATE_PACKAGE_TAR;
  const CrateText parts[] = {CRATE_TEXT("/"), path};
  CrateText within;
  CRATE_TRY(crate_arena_join(&m->arena, parts, folder ? 2 : 0, &within));
  crate_file_iri(&m->base, crate_package_path(m->package).data, within);
  m->name = crate_package_metadata_name(m->package);
  CRATE_TRY(crate_buffer_status(&m->base));
  return crate_package_read(m->package, path, &m->arena, &m->bytes);
}

CrateStatus
crate_material_convert(CrateMaterial *m,
                       const char *format,
                       const char *vocabulary,
                       CrateBuffer *buffer)
{
  const CrateConversion what = {
    .name = m->name,
    .bytes = m->bytes,
    .syntax = CRATE_SYNTAX_JSONLD,
    .library = m->library,
    .options = {.base = crate_buffer_text(&m->base)},
    .vocabulary =
      vocabulary ? crate_vocabulary_find(crate_text(vocabulary)) : NULL,
  };
  return crate_convert(&m->hearing, &what,
                       crate_format_find(crate_text(format)), buffer);
}

/// A document that only JSON-LD's algorithms can read is flattened first.
static CrateStatus
read_reshaped(CrateMaterial *m)
{
  crate_book_clear(&m->book);
  crate_json_clear(&m->document);
  m->book = (CrateBook){.world = NULL};
  CRATE_TRY(crate_material_convert(m, "ro-crate-json", NULL, &m->reshaped));
  CRATE_TRY(crate_json_read(&m->hearing, m->name,
                            crate_buffer_text(&m->reshaped), &m->document));
  return crate_book_read(&m->document, m->library, true, &m->book);
}

static CrateStatus
read_book(CrateMaterial *m)
{
  CRATE_TRY(read_bytes(m));
  if (!m->bytes.size) {
    return CRATE_OK;
  }
  CRATE_TRY(crate_json_read(&m->hearing, m->name, m->bytes, &m->document));
  CRATE_TRY(crate_book_read(&m->document, m->library, false, &m->book));
  return m->book.is_involved ? read_reshaped(m) : CRATE_OK;
}

/// What the folders of entries are called.
static CrateStatus
name_entries(CrateMaterial *m)
{
  m->names = (CrateText *)crate_arena_array(&m->arena, m->book.entry_count + 1u,
                                            sizeof(CrateText));
  if (!m->names) {
    return crate_arena_status(&m->arena);
  }
  for (size_t i = 0; i < m->book.entry_count; ++i) {
    CRATE_TRY(crate_node_name(&m->arena, m->book.entries[i].id, &m->names[i]));
  }
  return CRATE_OK;
}

static CrateStatus
read_all(CrateMaterial *m)
{
  CRATE_TRY(crate_library_new(&m->hearing, &m->library));
  const CrateStatus st = read_book(m);
  if (is_flaw(st)) {
    crate_book_clear(&m->book);
    m->book = (CrateBook){.root = CRATE_NO_ENTRY, .descriptor = CRATE_NO_ENTRY};
  }
  return is_flaw(st) || !st ? name_entries(m) : st;
}

CrateStatus
crate_material_new(const CrateWorld *world,
                   CratePackage *package,
                   const CrateTreeOptions *options,
                   CrateMaterial **out)
{
  CrateMaterial *const m =
    (CrateMaterial *)crate_world_allocate(world, sizeof(CrateMaterial));
  *out = m;
  if (!m) {
    return CRATE_NO_MEMORY;
  }
  *m = (CrateMaterial){
    .world = world,
    .package = package,
    .options = options,
    .hearing = *world,
    .book = {.root = CRATE_NO_ENTRY, .descriptor = CRATE_NO_ENTRY}};
  m->hearing.sink = (CrateSink){hear, &m->said};
  crate_arena_init(&m->arena, world);
  crate_map_init(&m->by_path, world);
  crate_buffer_init(&m->base, world);
  crate_buffer_init(&m->said, world);
  crate_buffer_init(&m->reshaped, world);
  const CrateStatus st = read_all(m);
  if (st) {
    crate_material_free(m);
    *out = NULL;
  }
  return st;
}

void
crate_material_free(CrateMaterial *m)
{
  if (m) {
    CrateTerms *const terms = m->graph ? crate_graph_terms(m->graph) : NULL;
    if (m->has_verdict) {
      crate_verdict_clear(&m->verdict);
    }
    crate_graph_free(m->graph);
    crate_terms_free(terms);
    crate_book_clear(&m->book);
    crate_json_clear(&m->document);
    crate_library_free(m->library);
    crate_map_clear(&m->by_path);
    crate_buffer_clear(&m->base);
    crate_buffer_clear(&m->said);
    crate_buffer_clear(&m->reshaped);
    crate_arena_clear(&m->arena);
    crate_world_release(m->world, m);
  }
}

/// The graph of the document, with what it makes of provenance.
static CrateStatus
read_graph(CrateMaterial *m)
{
  const CrateJsonldOptions options = {.base = crate_buffer_text(&m->base)};
  if (m->document.root) {
    CRATE_TRY(crate_jsonld_read(&m->document, m->library, &options, m->graph));
  }
  CRATE_TRY(crate_graph_index(m->graph));
  return crate_provenance_find(m->graph, options.base, &m->arena,
                               &m->provenance);
}

CrateStatus
crate_material_graph(CrateMaterial *m)
{
  CrateTerms *terms = NULL;
  if (m->graph) {
    return CRATE_OK;
  }
  CRATE_TRY(crate_terms_new(&m->hearing, &terms));
  CrateStatus st = crate_graph_new(&m->hearing, terms, &m->graph);
  if (st) {
    crate_terms_free(terms);
    return st;
  }
  st = read_graph(m);
  if (is_flaw(st)) { // a graph that is half read is none
    crate_graph_free(m->graph);
    st = crate_graph_new(&m->hearing, terms, &m->graph);
    st = st ? st : crate_graph_index(m->graph);
    m->provenance = (CrateProvenance){.node_count = 0};
  }
  return st;
}

static CrateStatus
judge(CrateMaterial *m)
{
  CrateValidator *validator = NULL;
  CRATE_TRY(crate_validator_new(&m->hearing, m->library, &validator));
  const CrateText token =
    m->options->profile.size
      ? crate_validator_find(validator, m->options->profile)
      : CRATE_TEXT("");
  const CrateJudgeOptions options = {.profiles = &token,
                                     .profile_count = token.size != 0};
  const bool unknown = m->options->profile.size && !token.size;
  const CrateStatus st =
    unknown ? CRATE_BAD_ARGUMENT
            : crate_validator_judge(validator, crate_package_path(m->package),
                                    &options, &m->verdict);
  m->has_verdict = !unknown; // to be cleared, however that went
  crate_validator_free(validator);
  return st;
}

CrateStatus
crate_material_judge(CrateMaterial *m)
{
  if (m->has_verdict || m->judged) {
    return CRATE_OK;
  }
  m->judged = judge(m);
  if (m->judged != CRATE_NO_MEMORY) {
    return CRATE_OK;
  }
  if (m->has_verdict) { // another time there may be more
    crate_verdict_clear(&m->verdict);
  }
  m->has_verdict = false;
  m->judged = CRATE_OK;
  return CRATE_NO_MEMORY;
}

CrateStatus
crate_material_payload(CrateMaterial *m, uint32_t entry, CrateText *out)
{
  const CrateText id = m->book.entries[entry].id;
  const CrateText before = crate_text_slice(id, 0, crate_text_find(id, '#'));
  const CrateIri iri = crate_iri_split(before);
  CrateMember member = CRATE_MEMBER_ABSENT;
  CrateText path;
  *out = (CrateText){NULL, 0};
  if (!before.size || iri.scheme.size || before.data[0] == '/') {
    return CRATE_OK;
  }
  const CrateStatus st = crate_iri_decode(&m->arena, before, &path);
  CRATE_TRY(st == CRATE_MALFORMED ? crate_arena_copy(&m->arena, before, &path)
                                  : st);
  while (crate_text_starts(path, CRATE_TEXT("./"))) {
    path = crate_text_slice(path, 2, path.size);
  }
  CRATE_TRY(crate_package_find(m->package, path, &member, NULL));
  if (member == CRATE_MEMBER_FILE || member == CRATE_MEMBER_FOLDER) {
    *out = path;
  }
  return CRATE_OK;
}

static CrateText
without_slash(CrateText path)
{
  return crate_text_ends(path, CRATE_TEXT("/"))
           ? crate_text_slice(path, 0, path.size - 1u)
           : path;
}

static CrateStatus
map_paths(CrateMaterial *m)
{
  for (uint32_t i = 0; i < m->book.entry_count; ++i) {
    CrateText path;
    CRATE_TRY(crate_material_payload(m, i, &path));
    CRATE_TRY(path.data
                ? crate_map_put(&m->by_path, without_slash(path), i + 1u)
                : CRATE_OK);
  }
  m->is_mapped = true;
  return CRATE_OK;
}

CrateStatus
crate_material_described(CrateMaterial *m, CrateText path, uint32_t *out)
{
  uintptr_t found = 0;
  CRATE_TRY(m->is_mapped ? CRATE_OK : map_paths(m));
  *out = crate_map_get(&m->by_path, without_slash(path), &found)
           ? (uint32_t)found - 1u
           : CRATE_NO_ENTRY;
  return CRATE_OK;
}
