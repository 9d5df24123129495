// SPDX-License-Identifier: Apache-2.0
// Croissant as a dialect: which Dataset is the root, and what each node is.
// All of it is told by one pass over the statements as they were read.
#include "crate/dialect.h"
#include "crate/vocabulary.h"

/// What the nodes of a document are. A node without a type is what its place
/// makes it: the texts' own examples leave the types of many away.
static const struct {
  const char *class_iri, *type, *roles[2];
} kinds[] = {
  {CRATEKIT "FileObject", CROISSANT "FileObject", {NULL, NULL}},
  {CRATEKIT "FileSet", CROISSANT "FileSet", {NULL, NULL}},
  {CRATEKIT "RecordSet", CROISSANT "RecordSet", {CROISSANT "recordSet", NULL}},
  {CRATEKIT "Field",
   CROISSANT "Field",
   {CROISSANT "field", CROISSANT "subField"}},
  {CRATEKIT "Annotation", NULL, {CROISSANT "annotation", NULL}},
  {CRATEKIT "DataSource", CROISSANT "DataSource", {CROISSANT "source", NULL}},
  {CRATEKIT "Extract", CROISSANT "Extract", {CROISSANT "extract", NULL}},
  {CRATEKIT "Transform", CROISSANT "Transform", {CROISSANT "transform", NULL}},
};
enum { KINDS = sizeof(kinds) / sizeof(*kinds), ANNOTATION = 4 };

#define ROOT_CLASS CRATEKIT "CroissantDataset"
#define OTHER_CLASS CRATEKIT "OtherDataset"

CrateText
crate_croissant_class(size_t i)
{
  return i < KINDS        ? crate_text(kinds[i].class_iri)
         : i == KINDS     ? CRATE_TEXT(ROOT_CLASS)
         : i == KINDS + 1 ? CRATE_TEXT(OTHER_CLASS)
                          : (CrateText){NULL, 0};
}

/// What is known of a node, beside a bit for each kind by type; those by
/// place are KINDS bits further.
enum {
  TYPED = 1u << 20,     // has an rdf:type
  DESCRIBED = 1u << 19, // something is said of it
  DATASET = 1u << 18,
  REFERRED = 1u << 21, // another node says something of it
  DECLARES = 1u << 17, // says that it conforms to Croissant
  USES = 1u << 16,     // says what only Croissant has words for
};

/// The pass: what each node is, by its term.
typedef struct {
  CrateView *view;
  uint32_t *nodes;
  CrateTerm end;
  CrateTerm types[KINDS], roles[KINDS][2];
  CrateTerm dataset, conforms_to[2], record_set;
} Pass;

static bool
has_mark(CrateText text, const char *const *marks, size_t count)
{
  for (size_t i = 0; i < count; ++i) {
    if (crate_text_starts(text, crate_text(marks[i]))) {
      return true;
    }
  }
  return false;
}

static bool
is_croissant_iri(CrateText iri)
{
  static const char *const marks[] = {
    "http://mlcommons.org/croissant",      "https://mlcommons.org/croissant",
    "http://www.mlcommons.org/croissant",  "http://mlcommons.org/schema/",
    "https://www.mlcommons.org/croissant", "https://mlcommons.org/schema/",
  };
  return has_mark(iri, marks, sizeof(marks) / sizeof(*marks));
}

CrateText
crate_croissant_version_of(CrateText iri)
{
  const CrateText name = CRATE_TEXT("mlcommons.org/croissant/");
  size_t start = 0;
  while (start < iri.size &&
         !crate_text_starts(crate_text_slice(iri, start, iri.size), name)) {
    ++start;
  }
  const CrateText rest = crate_text_slice(iri, start + name.size, iri.size);
  size_t end = 0;
  while (end < rest.size && ((rest.data[end] >= '0' && rest.data[end] <= '9') ||
                             rest.data[end] == '.')) {
    ++end;
  }
  return is_croissant_iri(iri) ? crate_text_slice(rest, 0, end)
                               : (CrateText){NULL, 0};
}

bool
crate_croissant_is_name(CrateText name)
{
  return crate_text_is(name, "croissant.json") ||
         crate_text_is(name, "croissant.jsonld") ||
         crate_text_ends(name, CRATE_TEXT(".croissant.json")) ||
         crate_text_ends(name, CRATE_TEXT(".croissant.jsonld"));
}

/// A document tells by its contexts, by what an object at its top says that it
/// conforms to, or by its name, unless it is a crate.
bool
crate_croissant_is_spoken(const CrateView *view)
{
  const CrateText conforms_to = CRATE_TEXT("conformsTo");
  if (crate_document_has_text(
        crate_json_get(crate_document_head(view), CRATE_TEXT("@context")), true,
        is_croissant_iri) ||
      (crate_croissant_is_name(crate_package_metadata(view->package)) &&
       !crate_ro_crate_is_spoken(view))) {
    return true;
  }
  for (const CrateJson *object = crate_document_first(view); object;
       object = crate_document_next(view, object)) {
    for (const CrateJson *key = crate_json_first_key(object); key;
         key = crate_json_next_key(key)) {
      if ((crate_text_ends(crate_json_text(key), conforms_to) &&
           crate_document_has_text(key->next, true, is_croissant_iri)) ||
          is_croissant_iri(crate_json_text(key))) {
        return true;
      }
    }
  }
  return false;
}

static void
find_terms(Pass *pass)
{
  const CrateTerms *const terms = pass->view->terms;
  for (size_t i = 0; i < KINDS; ++i) {
    pass->types[i] = crate_terms_find_iri(terms, crate_text(kinds[i].type));
    for (size_t r = 0; r < 2; ++r) {
      pass->roles[i][r] =
        crate_terms_find_iri(terms, crate_text(kinds[i].roles[r]));
    }
  }
  pass->dataset = crate_terms_find_iri(terms, CRATE_TEXT(SCHEMA "Dataset"));
  pass->record_set =
    crate_terms_find_iri(terms, CRATE_TEXT(CROISSANT "recordSet"));
  pass->conforms_to[0] =
    crate_terms_find_iri(terms, CRATE_TEXT(DCTERMS "conformsTo"));
  pass->conforms_to[1] =
    crate_terms_find_iri(terms, CRATE_TEXT(SCHEMA "conformsTo"));
}

static uint32_t
type_bits(const Pass *pass, CrateTerm type)
{
  uint32_t bits = TYPED | (type == pass->dataset ? DATASET : 0u);
  for (size_t i = 0; i < KINDS; ++i) {
    bits |= type == pass->types[i] ? 1u << i : 0u;
  }
  return bits;
}

static bool
is_conformance(const Pass *pass, const CrateQuad *quad)
{
  return quad->predicate == pass->conforms_to[0] ||
         quad->predicate == pass->conforms_to[1];
}

static CrateText
object_text(const Pass *pass, const CrateQuad *quad)
{
  return crate_terms_info(pass->view->terms, quad->object).text;
}

static void
look_at(const Pass *pass, const CrateQuad *quad)
{
  uint32_t *const subject = &pass->nodes[quad->subject];
  uint32_t *const object = &pass->nodes[quad->object];
  *subject |= DESCRIBED;
  if (quad->predicate == CRATE_RDF_TYPE) {
    *subject |= type_bits(pass, quad->object);
    return;
  }
  *object |= REFERRED;
  if (quad->predicate == pass->record_set) {
    *subject |= USES;
  } else if (is_conformance(pass, quad) &&
             is_croissant_iri(object_text(pass, quad))) {
    *subject |= DECLARES;
  }
  for (size_t i = 0; i < KINDS; ++i) {
    if (quad->predicate == pass->roles[i][0] ||
        quad->predicate == pass->roles[i][1]) {
      *object |= 1u << (KINDS + i);
    }
  }
}

/// The kinds of a node: those of its types, and of its place when it is
/// described and has no type, or when the place is all that there is to it.
static uint32_t
kinds_of(uint32_t node)
{
  const uint32_t own = node & ((1u << KINDS) - 1u);
  const uint32_t placed = (node >> KINDS) & ((1u << KINDS) - 1u);
  return own | (!(node & DESCRIBED) ? 0u
                : node & TYPED      ? placed & (1u << ANNOTATION)
                                    : placed);
}

/// The object that a blank node without a name was written as: even an empty
/// one describes something.
static void
place_blank(const Pass *pass, const CrateQuad *quad, uint32_t origin)
{
  if (crate_terms_kind(pass->view->terms, quad->object) == CRATE_TERM_BLANK) {
    CrateEntity *const entity = crate_entity_at(pass->view, origin);
    pass->nodes[quad->object] |= DESCRIBED;
    if (entity && !entity->id.size) {
      entity->term = quad->object;
    }
  }
}

static CrateStatus
run_pass(Pass *pass)
{
  const CrateGraph *const graph = pass->view->graph;
  const CrateQuad *const quads = crate_graph_quads(graph);
  find_terms(pass);
  pass->nodes = (uint32_t *)crate_world_allocate(
    pass->view->world, (pass->end + 1u) * sizeof(uint32_t));
  if (!pass->nodes) {
    return CRATE_NO_MEMORY;
  }
  memset(pass->nodes, 0, (pass->end + 1u) * sizeof(uint32_t));
  for (size_t i = 0; i < crate_graph_size(graph); ++i) {
    look_at(pass, &quads[i]);
    place_blank(pass, &quads[i], crate_graph_origin(graph, &quads[i]));
  }
  return CRATE_OK;
}

/// How likely a node is the root; 0: it is none.
static unsigned
rank(const Pass *pass, CrateTerm term, CrateText wanted)
{
  const uint32_t node = pass->nodes[term];
  const CrateView *const view = pass->view;
  if (wanted.size) {
    return (node & DESCRIBED) &&
           (crate_text_equal(crate_view_name(view, term), wanted) ||
            crate_text_equal(crate_terms_info(view->terms, term).text, wanted));
  }
  const unsigned sum = (node & DECLARES ? 4u : 0u) + (node & USES ? 2u : 0u) +
                       (node & DATASET ? 1u : 0u);
  // A data entity of a crate may conform to Croissant, and leave the rest to
  // a document of its own.
  const bool crate = view->dialects & CRATE_SPEAKS_RO_CRATE;
  const bool own = view->root && view->root->term == term;
  return crate && (!(node & DATASET) || (sum < 5 && !(node & USES)) ||
                   (!own && !(node & USES)))
           ? 0u
           : sum;
}

/// The entity that a statement about a blank node at the top stands in.
static CrateEntity *
entity_around(const CrateView *view, uint32_t origin)
{
  CrateEntity *best = NULL;
  for (size_t i = 0; i < view->entity_count; ++i) {
    CrateEntity *const entity = &view->entities[i];
    if (entity->json->offset > origin) {
      break;
    }
    best = origin < entity->end ? entity : best;
  }
  return best;
}

/// Of the likeliest nodes the one that is spoken of first.
static CrateTerm
find_dataset(const Pass *pass, CrateText wanted, uint32_t *where)
{
  const CrateGraph *const graph = pass->view->graph;
  const CrateQuad *const quads = crate_graph_quads(graph);
  CrateTerm best = CRATE_NO_TERM;
  unsigned most = 0;
  *where = CRATE_NO_ORIGIN;
  for (size_t i = 0; i < crate_graph_size(graph); ++i) {
    const CrateTerm term = quads[i].subject;
    const uint32_t candidate = DATASET | DECLARES | USES;
    if (!wanted.size && !(pass->nodes[term] & candidate)) {
      continue;
    }
    const unsigned now = rank(pass, term, wanted);
    const uint32_t origin = crate_graph_origin(graph, &quads[i]);
    if (now > most || (now && now == most && origin < *where)) {
      best = term;
      most = now;
      *where = origin;
    }
  }
  return best;
}

static CrateText
declared_version(const Pass *pass, CrateTerm dataset)
{
  const CrateGraph *const graph = pass->view->graph;
  const CrateQuad *const quads = crate_graph_quads(graph);
  CrateText best = {NULL, 0};
  for (size_t i = 0; i < crate_graph_size(graph); ++i) {
    if (quads[i].subject == dataset && is_conformance(pass, &quads[i])) {
      const CrateText version =
        crate_croissant_version_of(object_text(pass, &quads[i]));
      best = crate_text_compare(version, best) > 0 ? version : best;
    }
  }
  return best;
}

static CrateStatus
add_class(const Pass *pass, CrateTerm term, CrateText class_iri)
{
  CrateView *const view = pass->view;
  const CrateEntity *const entity = crate_view_entity(view, term);
  CrateQuad quad = {term, CRATE_RDF_TYPE, CRATE_NO_TERM, 0};
  CRATE_TRY(crate_terms_iri(view->terms, class_iri, &quad.object));
  return crate_graph_add(view->graph, quad,
                         entity ? entity->id_offset : CRATE_NO_ORIGIN);
}

/// A Dataset that might have been judged instead of the root: one that is
/// only named, as what the data are from, is none.
static bool
is_rival(const Pass *pass, CrateTerm term)
{
  const uint32_t node = pass->nodes[term];
  return (node & DATASET) && (!(node & REFERRED) || (node & (DECLARES | USES)));
}

static CrateStatus
add_classes(const Pass *pass, CrateTerm dataset)
{
  const bool alone = !(pass->view->dialects & CRATE_SPEAKS_RO_CRATE);
  if (dataset) {
    CRATE_TRY(add_class(pass, dataset, CRATE_TEXT(ROOT_CLASS)));
  }
  if (dataset && alone) {
    CRATE_TRY(add_class(pass, dataset, CRATE_TEXT(CRATEKIT "Root")));
  }
  for (CrateTerm term = 0; term < pass->end; ++term) {
    const uint32_t bits = kinds_of(pass->nodes[term]);
    for (size_t i = 0; i < KINDS; ++i) {
      if (bits & (1u << i)) {
        CRATE_TRY(add_class(pass, term, crate_text(kinds[i].class_iri)));
      }
    }
    if (alone && term != dataset && is_rival(pass, term)) {
      CRATE_TRY(add_class(pass, term, CRATE_TEXT(OTHER_CLASS)));
    }
  }
  return CRATE_OK;
}

/// Remember the root: as the view's own, when there is no crate around it.
static CrateStatus
settle_dataset(Pass *pass, CrateText wanted)
{
  CrateView *const view = pass->view;
  uint32_t where = CRATE_NO_ORIGIN;
  const CrateTerm dataset = find_dataset(pass, wanted, &where);
  if (dataset && !crate_view_entity(view, dataset)) {
    CrateEntity *const entity = entity_around(view, where);
    if (entity && !entity->term) {
      entity->term = dataset;
      view->by_term[dataset] = (uint32_t)(entity - view->entities) + 1u;
    }
  }
  view->dataset = crate_view_entity(view, dataset);
  view->croissant = declared_version(pass, dataset);
  if (!(view->dialects & CRATE_SPEAKS_RO_CRATE)) {
    view->root = view->dataset;
    view->state = view->root ? CRATE_VIEW_ROOTED : CRATE_VIEW_GRAPH;
  } else if (!dataset) {
    view->dialects &= ~(uint32_t)CRATE_SPEAKS_CROISSANT;
    return CRATE_OK;
  }
  return add_classes(pass, dataset);
}

CrateStatus
crate_croissant_understand(CrateView *view, CrateText root)
{
  Pass pass = {.view = view};
  CRATE_TRY(crate_croissant_rename(view));
  pass.end = crate_terms_end(view->terms);
  CrateStatus st = run_pass(&pass);
  st = st ? st : crate_index_entities(view); // so that blank nodes have names
  st = st ? st : settle_dataset(&pass, root);
  crate_world_release(view->world, pass.nodes);
  return st ? st : crate_graph_index(view->graph);
}

CrateText
crate_croissant_version(const CrateView *view)
{
  return view->croissant;
}

/// Whether a context has an IRI for some name.
static bool
has_space(const CrateJson *context, CrateText space)
{
  bool found = false;
  for (const CrateJson *item = crate_json_first(context); item && !found;
       item = item->next) {
    found = crate_json_is(item, CRATE_JSON_OBJECT) && has_space(item, space);
  }
  for (const CrateJson *key = crate_json_first_key(context); key && !found;
       key = crate_json_next_key(key)) {
    found = crate_json_is(key->next, CRATE_JSON_STRING) &&
            crate_text_equal(crate_json_text(key->next), space);
  }
  return found;
}

/// A document that says nothing is of 0.8 when it uses that one's words, or has
/// a prefix for them and none for those of later versions.
const char *
crate_croissant_fallback(const CrateView *view)
{
  const CrateJson *const context =
    crate_json_get(crate_document_head(view), CRATE_TEXT("@context"));
  const bool old =
    crate_terms_find_iri(view->terms,
                         CRATE_TEXT("http://mlcommons.org/schema/RecordSet")) ||
    (has_space(context, CRATE_TEXT("http://mlcommons.org/schema/")) &&
     !has_space(context, CRATE_TEXT(CROISSANT)));
  return old ? "croissant-0.8" : "croissant-1.1";
}
