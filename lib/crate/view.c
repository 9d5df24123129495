// SPDX-License-Identifier: Apache-2.0
// From a package to a view: each stage goes as far as the document lets it.
#include "crate/classify.h"
#include "crate/context.h"
#include "crate/dialect.h"
#include <cratekit/iri.h>
#include <cratekit/map.h>

/// The first diagnostic of the reading becomes the view's problem.
static void
catch_diagnostic(void *handle, const CrateDiagnostic *diagnostic)
{
  CrateView *const view = (CrateView *)handle;
  CrateProblem *const problem = &view->problem;
  if (problem->message.size ||
      crate_arena_copy(&view->arena, diagnostic->message, &problem->message) ||
      crate_arena_copy(&view->arena, diagnostic->code, &problem->code)) {
    return;
  }
  problem->line = diagnostic->line;
  problem->column = diagnostic->column;
}

/// A flaw of the document is a result, and the stage is not reached. Any
/// other failure is passed on, its words with it.
static CrateStatus
settle(const CrateView *view, CrateStatus status)
{
  if (!status || status == CRATE_MALFORMED) {
    return CRATE_OK;
  }
  const CrateProblem *const problem = &view->problem;
  const CrateDiagnostic where = {
    .file = crate_package_metadata_name(view->package),
    .line = problem->line,
    .column = problem->column,
    .code = problem->code,
  };
  return problem->message.size
           ? crate_world_say(view->world, status, &where, "%.*s",
                             CRATE_TEXT_ARG(problem->message))
           : status;
}

/// A document that is no JSON still tells, mostly, which version it is of, and
/// of what: RO-Crate, or Croissant where it never speaks of a crate.
static void
guess_version(CrateView *view, CrateText bytes)
{
  const CrateText crate = CRATE_TEXT("https://w3id.org/ro/crate/");
  const CrateText croissant = CRATE_TEXT("http://mlcommons.org/croissant/");
  const CrateText name = crate_package_metadata(view->package);
  bool speaks = crate_croissant_is_name(name);
  for (size_t i = 0; i < bytes.size && !view->version.size; ++i) {
    i += crate_text_find(crate_text_slice(bytes, i, bytes.size), 'h');
    const CrateText rest = crate_text_slice(bytes, i, bytes.size);
    if (crate_text_starts(rest, crate)) {
      view->version = crate_version_of(rest);
    } else if (crate_text_starts(rest, croissant)) {
      const CrateText version = crate_croissant_version_of(
        crate_text_slice(rest, 0, croissant.size + 3u));
      view->croissant = view->croissant.size ? view->croissant : version;
      speaks = true;
    }
  }
  if (speaks && !view->version.size &&
      !crate_text_ends(name, CRATE_TEXT("ro-crate-metadata.json"))) {
    view->dialects = CRATE_SPEAKS_CROISSANT;
  }
}

static CrateStatus
read_json(CrateView *view, CrateText instead)
{
  CrateText bytes = instead;
  if (!bytes.data) {
    CRATE_TRY(crate_package_read(view->package,
                                 crate_package_metadata(view->package),
                                 &view->arena, &bytes));
  }
  const CrateStatus st =
    crate_json_read(&view->catching, crate_package_metadata_name(view->package),
                    bytes, &view->document);
  view->state = st ? CRATE_VIEW_BYTES : CRATE_VIEW_JSON;
  if (st) {
    guess_version(view, bytes);
  }
  return settle(view, st);
}

/// The document's object without what stands beside @context and @graph: it
/// would make a named graph of @graph, and doc-graph finds fault with it.
static CrateJson *
bare_object(CrateView *view)
{
  CrateJson *const bare = crate_json_new(&view->arena, CRATE_JSON_OBJECT,
                                         view->document.root->offset);
  if (!bare) {
    return NULL;
  }
  CrateJson **link = &bare->first;
  for (const CrateJson *key = crate_json_first_key(view->document.root); key;
       key = crate_json_next_key(key)) {
    if (!crate_json_is_string(key, "@context") &&
        !crate_json_is_string(key, "@graph")) {
      continue;
    }
    CrateJson *const copy =
      crate_json_new(&view->arena, CRATE_JSON_STRING, key->offset);
    CrateJson *const value =
      crate_json_new(&view->arena, CRATE_JSON_NULL, key->offset);
    if (!copy || !value) {
      return NULL;
    }
    *copy = *key;
    *value = *key->next;
    *link = copy;
    copy->next = value;
    link = &value->next;
    *link = NULL;
    ++bare->size;
  }
  return bare;
}

/// Whether @graph holds the entities of the default graph, whatever stands
/// beside it: in RO-Crate it does, elsewhere unless it is a node's own.
static bool
is_frame(const CrateView *view)
{
  const CrateJson *const root = view->document.root;
  return (view->dialects & CRATE_SPEAKS_RO_CRATE) ||
         (crate_json_is(crate_json_get(root, CRATE_TEXT("@graph")),
                        CRATE_JSON_ARRAY) &&
          !crate_json_get(root, CRATE_TEXT("@type")));
}

static CrateStatus
read_graph(CrateView *view, CrateLibrary *library)
{
  const CrateJsonldOptions options = {
    .base = CRATE_TEXT(CRATE_VIEW_DOCUMENT),
    .keep_malformed_iris = true,
  };
  CrateJson *const whole = view->document.root;
  CrateJson *const bare = is_frame(view) ? bare_object(view) : whole;
  if (!bare) {
    return crate_arena_status(&view->arena);
  }
  view->document.root = bare;
  CrateStatus st =
    crate_jsonld_read(&view->document, library, &options, view->graph);
  if (!st) {
    view->document.root = crate_document_head(view);
    st = crate_context_new(&view->document, library, &options, &view->context);
  }
  view->document.root = whole;
  if (!st) {
    st = crate_graph_index(view->graph);
    view->state = CRATE_VIEW_GRAPH;
  }
  return settle(view, st);
}

/// Whether resolving an @id is no more than putting the root before it.
static bool
is_plain_path(CrateText id)
{
  if (!id.size || id.data[0] == '/' || id.data[0] == '#' || id.data[0] == '?') {
    return false;
  }
  for (size_t i = 0; i < id.size; ++i) {
    const bool segment = !i || id.data[i - 1u] == '/';
    if (id.data[i] == ':' || (segment && id.data[i] == '.')) {
      return false;
    }
  }
  return true;
}

/// JSON-LD API 5.2, document relative.
static CrateStatus
resolve(const CrateView *view,
        CrateArena *scratch,
        CrateText id,
        CrateText *out)
{
  if (!view->base_iri.size && is_plain_path(id)) {
    const CrateText parts[] = {CRATE_TEXT(CRATE_VIEW_ROOT), id};
    return crate_arena_join(scratch, parts, 2, out);
  }
  return crate_iri_resolve(
    scratch,
    view->base_iri.size ? view->base_iri : CRATE_TEXT(CRATE_VIEW_DOCUMENT), id,
    out);
}

/// The node that an @id stands for.
static CrateStatus
find_node(CrateView *view,
          const CrateMap *blanks,
          CrateArena *scratch,
          CrateEntity *entity)
{
  if (crate_text_starts(entity->id, CRATE_TEXT("_:"))) {
    uintptr_t term = 0;
    crate_map_get(blanks, crate_text_slice(entity->id, 2, entity->id.size),
                  &term);
    entity->term = (CrateTerm)term;
    return CRATE_OK;
  }
  CrateKeyKind kind = CRATE_KEY_UNDEFINED;
  CrateText iri = {NULL, 0};
  if (crate_text_find(entity->id, ':') < entity->id.size) {
    CRATE_TRY(crate_context_key(view->context, entity->id, &kind, &iri));
  }
  if (kind != CRATE_KEY_COMPACT) {
    CRATE_TRY(resolve(view, scratch, entity->id, &iri));
  }
  // Of an object with nothing but an @id the graph says nothing; it is a node
  // all the same, and the root may be one.
  return crate_terms_iri(view->terms, iri, &entity->term);
}

/// Labels of this document's blank nodes; the terms from `first` on are ours.
static CrateStatus
map_blanks(const CrateView *view, CrateTerm first, CrateMap *blanks)
{
  for (CrateTerm t = first; t < crate_terms_end(view->terms); ++t) {
    if (crate_terms_kind(view->terms, t) == CRATE_TERM_BLANK) {
      CRATE_TRY(
        crate_map_put(blanks, crate_terms_info(view->terms, t).text, t));
    }
  }
  return CRATE_OK;
}

static CrateStatus
find_nodes(CrateView *view, CrateTerm first)
{
  CrateMap blanks;
  CrateArena scratch;
  crate_map_init(&blanks, view->world);
  crate_arena_init(&scratch, view->world);
  CrateStatus st = map_blanks(view, first, &blanks);
  for (size_t i = 0; i < view->entity_count && !st; ++i) {
    CrateEntity *const entity = &view->entities[i];
    crate_arena_reset(&scratch);
    st =
      entity->id.size ? find_node(view, &blanks, &scratch, entity) : CRATE_OK;
  }
  crate_arena_clear(&scratch);
  crate_map_clear(&blanks);
  // A dialect of its own that knows more nodes will index them all.
  return st || !(view->dialects & CRATE_SPEAKS_RO_CRATE)
           ? st
           : crate_index_entities(view);
}

/// What the user opened decides, never the root's @id: section 3 of
/// docs/decisions.md. In a folder, a document of Croissant lies beside its
/// files; that of a detached crate does not.
static CrateMode
mode_of(const CratePackage *package, const CrateViewOptions *options)
{
  const CrateText name = crate_package_metadata(package);
  const CratePackageKind kind = crate_package_kind(package);
  const bool reserved = crate_text_is(name, "ro-crate-metadata.json") ||
                        crate_text_is(name, "ro-crate-metadata.jsonld");
  const bool beside =
    kind == CRATE_PACKAGE_FOLDER &&
    !crate_text_ends(name, CRATE_TEXT("-ro-crate-metadata.json"));
  if (kind == CRATE_PACKAGE_PAGE || (name.size && !reserved && !beside)) {
    return CRATE_MODE_DETACHED;
  }
  return options->metadata_only || kind == CRATE_PACKAGE_DOCUMENT
           ? CRATE_MODE_METADATA
           : CRATE_MODE_ATTACHED;
}

static CrateStatus
understand(CrateView *view, CrateText root)
{
  const CrateDialect *dialect;
  for (size_t i = 0; (dialect = crate_dialect(i)); ++i) {
    if (view->dialects & dialect->bit) {
      CRATE_TRY(dialect->understand(view, root));
    }
  }
  return CRATE_OK;
}

static CrateStatus
read_view(CrateView *view,
          CrateLibrary *library,
          const CrateViewOptions *options)
{
  view->dialects = CRATE_SPEAKS_RO_CRATE;
  if (crate_package_metadata(view->package).size) {
    CRATE_TRY(read_json(view, options->instead));
  }
  if (view->state < CRATE_VIEW_JSON) {
    view->dialects = options->dialects ? options->dialects : view->dialects;
    return CRATE_OK;
  }
  view->dialects = crate_dialects_spoken(view, options->dialects);
  CRATE_TRY(crate_list_entities(view));
  CRATE_TRY(crate_context_prepare(view, library));
  if (view->state < CRATE_VIEW_ENTITIES) {
    return CRATE_OK;
  }
  const CrateTerm first = crate_terms_end(view->terms);
  CRATE_TRY(read_graph(view, library));
  if (view->state < CRATE_VIEW_GRAPH) {
    return CRATE_OK;
  }
  CRATE_TRY(find_nodes(view, first));
  return understand(view, options->root);
}

CrateStatus
crate_view_new(const CrateWorld *world,
               CratePackage *package,
               CrateLibrary *library,
               CrateTerms *terms,
               const CrateViewOptions *options,
               CrateView **out)
{
  *out = NULL;
  CrateView *const view =
    (CrateView *)crate_world_allocate(world, sizeof(CrateView));
  if (!view) {
    return CRATE_NO_MEMORY;
  }
  *view = (CrateView){
    .world = world, .package = package, .library = library, .terms = terms};
  view->data = options->data;
  view->mode = mode_of(package, options);
  view->catching = *world;
  view->catching.sink = (CrateSink){catch_diagnostic, view};
  crate_arena_init(&view->arena, world);
  CrateStatus st = crate_graph_new(world, terms, &view->graph);
  if (!st) {
    st = read_view(view, library, options);
  }
  if (!st) {
    st = crate_graph_index(view->graph); // empty ones too can be asked
  }
  if (st) {
    crate_view_free(view);
    return st;
  }
  *out = view;
  return CRATE_OK;
}

void
crate_view_free(CrateView *view)
{
  if (view) {
    const CrateWorld *const world = view->world;
    crate_context_free(view->context);
    crate_graph_free(view->graph);
    crate_json_clear(&view->document);
    crate_arena_clear(&view->arena);
    crate_world_release(world, view);
  }
}

const CrateEntity *
crate_view_entity(const CrateView *view, CrateTerm term)
{
  const uint32_t number =
    term && term < view->by_term_end ? view->by_term[term] : 0u;
  return number ? &view->entities[number - 1u] : NULL;
}

CrateText
crate_view_name(const CrateView *view, CrateTerm term)
{
  const CrateEntity *const entity = crate_view_entity(view, term);
  if (entity) {
    return entity->id;
  }
  const CrateText text = crate_terms_info(view->terms, term).text;
  const CrateText root = CRATE_TEXT(CRATE_VIEW_ROOT);
  const CrateText local = CRATE_TEXT(CRATE_VIEW_ROOT "ro-crate-metadata.json#");
  return crate_text_starts(text, local)
           ? crate_text_slice(text, local.size - 1u, text.size)
         : crate_text_starts(text, root)
           ? crate_text_slice(text, root.size, text.size)
           : text;
}

CrateStatus
crate_view_payload_path(const CrateEntity *entity,
                        CrateArena *arena,
                        CrateText *out)
{
  const CrateIri iri = crate_iri_split(entity->id);
  const CrateStatus st = crate_iri_decode(arena, iri.path, out);
  if (st == CRATE_MALFORMED) { // a stray '%': take the name as it stands
    *out = iri.path;
    return CRATE_OK;
  }
  return st;
}
