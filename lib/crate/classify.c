// SPDX-License-Identifier: Apache-2.0
#include "crate/classify.h"
#include "crate/dialect.h"
#include "crate/vocabulary.h"
#include <cratekit/iri.h>

/// The classes that shapes target, by bit: <urn:cratekit:Root> and so on.
static const struct {
  uint32_t bit;
  const char *iri;
} classes[] = {
  {CRATE_IS_DESCRIPTOR, CRATEKIT "Descriptor"},
  {CRATE_IS_ROOT, CRATEKIT "Root"},
  {CRATE_IS_DATA, CRATEKIT "DataEntity"},
  {CRATE_IS_FILE, CRATEKIT "File"},
  {CRATE_IS_FOLDER, CRATEKIT "Folder"},
  {CRATE_IS_WEB, CRATEKIT "Web"},
  {CRATE_IS_REFERENCED, CRATEKIT "ReferencedCrate"},
  {CRATE_IS_SCRIPT, CRATEKIT "Script"},
  {CRATE_IS_WORKFLOW, CRATEKIT "Workflow"},
  {CRATE_IS_BIOSCHEMAS_WORKFLOW, CRATEKIT "BioschemasWorkflow"},
  {CRATE_IS_BIOSCHEMAS_PARAMETER, CRATEKIT "BioschemasParameter"},
  {CRATE_IS_PROFILE_CRATE, CRATEKIT "ProfileCrate"},
  {CRATE_IS_ROOT_PROFILE, CRATEKIT "RootProfile"},
  {CRATE_IS_ACTION, CRATEKIT "Action"},
  {CRATE_IS_PROGRAM, CRATEKIT "Program"},
  {CRATE_IS_MAIN, CRATEKIT "MainEntity"},
  {CRATE_IS_MAIN_RUN, CRATEKIT "MainRun"},
  {CRATE_IS_TOOL, CRATEKIT "Tool"},
};

CrateText
crate_class_name(size_t i)
{
  const size_t count = sizeof(classes) / sizeof(*classes);
  return i < count ? crate_text(classes[i].iri)
                   : crate_croissant_class(i - count);
}

/// Types whose bearers get a bit at once.
static const struct {
  const char *iri;
  uint32_t bits;
} typed[] = {
  {SCHEMA "MediaObject", CRATE_TYPED_FILE},
  {SCHEMA "Dataset", CRATE_TYPED_DATASET},
  {SCHEMA "SoftwareSourceCode", CRATE_IS_SCRIPT},
  {SCHEMA "SoftwareApplication", CRATE_IS_PROGRAM},
  {SCHEMA "ComputerLanguage", CRATE_IS_PROGRAM},
  {BIOSCHEMAS "ComputationalWorkflow", CRATE_IS_WORKFLOW},
  {BIOSCHEMAS "terms/ComputationalWorkflow", CRATE_IS_WORKFLOW},
  {BIOSCHEMAS "types/ComputationalWorkflow", CRATE_IS_WORKFLOW},
  {BIOSCHEMAS "profiles/ComputationalWorkflow#", CRATE_IS_WORKFLOW},
  {BIOSCHEMAS "ComputationalWorkflow#", CRATE_IS_WORKFLOW},
  {"http://purl.org/ro/wfdesc#Workflow", CRATE_IS_WORKFLOW}, // 1.0
};

/// Whose conformsTo value is this, in whatever version, gets the bit. The
/// scheme may be https or http.
static const struct {
  CrateText profile;
  uint32_t bits;
} conforming[] = {
  {{"bioschemas.org/profiles/ComputationalWorkflow", 45},
   CRATE_IS_BIOSCHEMAS_WORKFLOW},
  {{"bioschemas.org/profiles/FormalParameter", 39},
   CRATE_IS_BIOSCHEMAS_PARAMETER},
  {{"w3id.org/ro/crate", 17}, CRATE_IS_REFERENCED},
};

static CrateTerm
find_iri(const CrateView *view, const char *iri)
{
  return crate_terms_find_iri(view->terms, crate_text(iri));
}

static CrateEntity *
entity_of(const CrateView *view, CrateTerm term)
{
  return (CrateEntity *)(uintptr_t)crate_view_entity(view, term);
}

uint32_t
crate_id_bits(CrateText id)
{
  // Section 6 of docs/decisions.md: "./#x" is as local as "#x".
  if (crate_text_starts(id, CRATE_TEXT("./#")) ||
      crate_text_starts(id, CRATE_TEXT("ro-crate-metadata.json#")) ||
      crate_text_starts(id, CRATE_TEXT("#")) ||
      crate_text_starts(id, CRATE_TEXT("_:"))) {
    return CRATE_IS_LOCAL;
  }
  return crate_iri_is_absolute(id) ? CRATE_IS_WEB : CRATE_IS_RELATIVE;
}

CrateText
crate_version_of(CrateText iri)
{
  static const CrateText prefixes[] = {
    {"https://w3id.org/ro/crate/", 26},
    {"http://w3id.org/ro/crate/", 25},
  };
  for (size_t i = 0; i < 2; ++i) {
    if (!crate_text_starts(iri, prefixes[i])) {
      continue;
    }
    const CrateText rest = crate_text_slice(iri, prefixes[i].size, iri.size);
    size_t end = 0;
    while (end < rest.size &&
           ((rest.data[end] >= '0' && rest.data[end] <= '9') ||
            rest.data[end] == '.')) {
      ++end;
    }
    const size_t dot = crate_text_find(rest, '.');
    size_t minor = dot + 1u; // "1.1.3" is 1.1
    while (minor < end && rest.data[minor] != '.') {
      ++minor;
    }
    if (dot && dot + 1u < end) {
      return crate_text_slice(rest, 0, minor);
    }
  }
  return (CrateText){NULL, 0};
}

/// First value of a property that is an IRI naming a version of RO-Crate.
static CrateText
declared_version(const CrateView *view, CrateTerm subject)
{
  const CrateTerm conforms_to = find_iri(view, DCTERMS "conformsTo");
  const CrateQuadRange range =
    crate_graph_values(view->graph, subject, conforms_to);
  CrateText best = {NULL, 0};
  for (size_t i = 0; i < range.count; ++i) {
    const CrateText version = crate_version_of(
      crate_terms_info(view->terms, range.first[i].object).text);
    if (crate_text_compare(version, best) > 0) {
      best = version;
    }
  }
  return best;
}

static bool
ends_with_metadata_name(CrateText id)
{
  return crate_text_ends(id, CRATE_TEXT("/ro-crate-metadata.json")) ||
         crate_text_ends(id, CRATE_TEXT("/ro-crate-metadata.jsonld")) ||
         crate_text_ends(id, CRATE_TEXT("-ro-crate-metadata.json"));
}

/// Whether some other entity names this one as the document about it: then
/// it is the descriptor of a crate that is only referenced.
static bool
describes_another(const CrateView *view, const CrateEntity *entity)
{
  const CrateTerm subject_of = find_iri(view, SCHEMA "subjectOf");
  return subject_of &&
         crate_graph_towards(view->graph, subject_of, entity->term).count;
}

/// Ways to find the descriptor, from the exact to the forgiving:
/// section 2 of docs/decisions.md.
typedef enum { EXACT, LEGACY, BY_CONFORMANCE, BY_NAME, WAYS } Way;

static bool
is_descriptor(const CrateView *view, const CrateEntity *entity, Way way)
{
  switch (way) {
    case EXACT:
      return crate_text_is(entity->id, "ro-crate-metadata.json");
    case LEGACY:
      return crate_text_is(entity->id, "ro-crate-metadata.jsonld");
    case BY_CONFORMANCE: {
      const CrateTerm about = find_iri(view, SCHEMA "about");
      // Repeats of an @id are one node, which is asked about but once.
      return about && crate_view_entity(view, entity->term) == entity &&
             declared_version(view, entity->term).size &&
             crate_graph_object(view->graph, entity->term, about) &&
             !describes_another(view, entity);
    }
    case BY_NAME:
      return crate_text_is(entity->id, "./ro-crate-metadata.json") ||
             (ends_with_metadata_name(entity->id) &&
              !describes_another(view, entity));
    case WAYS:
      break;
  }
  return false;
}

/// Returns the way by which the descriptor was found.
static Way
find_descriptor(CrateView *view)
{
  for (Way way = EXACT; way < WAYS; ++way) {
    for (size_t i = 0; i < view->entity_count; ++i) {
      if (is_descriptor(view, &view->entities[i], way)) {
        view->descriptor = &view->entities[i];
        return way;
      }
    }
  }
  return WAYS;
}

bool
crate_is_legacy(const CrateView *view)
{
  const bool old_name = crate_text_ends(crate_package_metadata(view->package),
                                        CRATE_TEXT(".jsonld"));
  return view->version.size
           ? crate_text_compare(view->version, CRATE_TEXT("1.1")) < 0
           : old_name;
}

/// The first entity that is a node and is called so.
static const CrateEntity *
entity_called(const CrateView *view, CrateText id)
{
  for (size_t i = 0; i < view->entity_count; ++i) {
    if (view->entities[i].term && crate_text_equal(view->entities[i].id, id)) {
      return &view->entities[i];
    }
  }
  return NULL;
}

/// Of several values of `about`, the one written first that is described. A
/// string stands for the entity whose @id it is; only the first one is tried.
static void
find_about(CrateView *view)
{
  const CrateTerm about = find_iri(view, SCHEMA "about");
  const CrateQuadRange range =
    crate_graph_values(view->graph, view->descriptor->term, about);
  uint32_t earliest = CRATE_NO_ORIGIN;
  uint32_t first_string = CRATE_NO_ORIGIN;
  CrateText string = {NULL, 0};
  for (size_t i = 0; i < range.count; ++i) {
    const CrateTerm value = range.first[i].object;
    const CrateTermInfo info = crate_terms_info(view->terms, value);
    const CrateEntity *const found = crate_view_entity(view, value);
    const uint32_t origin = crate_graph_origin(view->graph, &range.first[i]);
    if (found && origin <= earliest) {
      view->root = found;
      earliest = origin;
    } else if (info.kind == CRATE_TERM_LITERAL && origin <= first_string) {
      string = info.text;
      first_string = origin;
    }
  }
  const CrateEntity *const called =
    first_string < earliest ? entity_called(view, string) : NULL;
  view->root = called ? called : view->root;
}

void
crate_find_root(CrateView *view)
{
  const Way way = find_descriptor(view);
  if (view->descriptor && view->descriptor->term) {
    view->declared = declared_version(view, view->descriptor->term);
    view->version = view->declared.size ? view->declared : view->version;
    find_about(view);
  }
  view->exact_descriptor =
    way == EXACT || (way == LEGACY && crate_is_legacy(view));
  if (view->root) {
    view->state = CRATE_VIEW_ROOTED;
  }
}

/// Bits by rdf:type; the graph answers from the type to its bearers.
static void
mark_typed(CrateView *view)
{
  for (size_t i = 0; i < sizeof(typed) / sizeof(*typed); ++i) {
    const CrateTerm type = find_iri(view, typed[i].iri);
    const CrateQuadList list =
      crate_graph_towards(view->graph, CRATE_RDF_TYPE, type);
    for (size_t j = 0; j < list.count; ++j) {
      CrateEntity *const entity =
        entity_of(view, crate_quad_list_at(list, j)->subject);
      if (entity) {
        entity->bits |= typed[i].bits;
      }
    }
  }
}

/// Whether an IRI is that of a profile or of one of its versions.
static bool
names_profile(CrateText iri, CrateText profile)
{
  const CrateText schemes[] = {CRATE_TEXT("https://"), CRATE_TEXT("http://")};
  for (size_t i = 0; i < 2; ++i) {
    const CrateText rest = crate_text_slice(iri, schemes[i].size, iri.size);
    if (crate_text_starts(iri, schemes[i]) &&
        crate_text_starts(rest, profile) &&
        (rest.size == profile.size || rest.data[profile.size] == '/')) {
      return true;
    }
  }
  return false;
}

static void
mark_conforming(CrateView *view)
{
  const CrateTerm conforms_to = find_iri(view, DCTERMS "conformsTo");
  const CrateQuadList list = crate_graph_with(view->graph, conforms_to);
  for (size_t i = 0; i < list.count; ++i) {
    const CrateQuad *const quad = crate_quad_list_at(list, i);
    const CrateText value = crate_terms_info(view->terms, quad->object).text;
    CrateEntity *const entity = entity_of(view, quad->subject);
    for (size_t j = 0; entity && j < sizeof(conforming) / sizeof(*conforming);
         ++j) {
      if (names_profile(value, conforming[j].profile)) {
        entity->bits |= conforming[j].bits;
      }
    }
  }
}

/// Objects of one predicate get a bit; `subject` 0 means any.
static void
mark_objects(CrateView *view, const char *iri, CrateTerm subject, uint32_t bit)
{
  const CrateTerm predicate = find_iri(view, iri);
  const CrateQuadList list = crate_graph_with(view->graph, predicate);
  for (size_t i = 0; i < list.count; ++i) {
    const CrateQuad *const quad = crate_quad_list_at(list, i);
    CrateEntity *const entity = entity_of(view, quad->object);
    if (entity && (!subject || subject == quad->subject)) {
      entity->bits |= bit;
    }
  }
}

/// Whether an action is an execution; a ControlAction, say, is not: its
/// instrument is a step.
static bool
is_execution(const CrateView *view, CrateTerm action)
{
  static const char *const types[] = {
    SCHEMA "CreateAction", SCHEMA "ActivateAction", SCHEMA "UpdateAction"};
  for (size_t i = 0; i < sizeof(types) / sizeof(*types); ++i) {
    const CrateTerm type = find_iri(view, types[i]);
    if (type && crate_graph_find(view->graph, action, CRATE_RDF_TYPE, type)) {
      return true;
    }
  }
  return false;
}

/// What ran the main entity, a workflow in crates of runs; and what was run.
static void
mark_runs(CrateView *view)
{
  const CrateTerm instrument = find_iri(view, SCHEMA "instrument");
  const CrateQuadList list = crate_graph_with(view->graph, instrument);
  for (size_t i = 0; i < list.count; ++i) {
    const CrateQuad *const quad = crate_quad_list_at(list, i);
    CrateEntity *const tool = entity_of(view, quad->object);
    CrateEntity *const run = entity_of(view, quad->subject);
    if (run && tool && (tool->bits & CRATE_IS_MAIN)) {
      run->bits |= CRATE_IS_MAIN_RUN;
    }
    if (tool && is_execution(view, quad->subject)) {
      tool->bits |= CRATE_IS_TOOL;
    }
  }
}

/// Whether an entity has a type of schema.org that is called an action.
static bool
is_action(const CrateView *view, CrateTerm subject)
{
  const CrateQuadRange types =
    crate_graph_about(view->graph, subject, CRATE_RDF_TYPE);
  for (size_t i = 0; i < types.count; ++i) {
    const CrateText type =
      crate_terms_info(view->terms, types.first[i].object).text;
    if (crate_text_starts(type, CRATE_TEXT(SCHEMA)) &&
        crate_text_ends(type, CRATE_TEXT("Action"))) {
      return true;
    }
  }
  return false;
}

/// Actions, as far as rules ask something of them.
static void
mark_actions(CrateView *view)
{
  static const char *const times[] = {SCHEMA "startTime", SCHEMA "endTime"};
  for (size_t t = 0; t < sizeof(times) / sizeof(*times); ++t) {
    const CrateTerm time = find_iri(view, times[t]);
    const CrateQuadList list = crate_graph_with(view->graph, time);
    for (size_t i = 0; i < list.count; ++i) {
      const CrateTerm subject = crate_quad_list_at(list, i)->subject;
      CrateEntity *const entity = entity_of(view, subject);
      if (entity && is_action(view, subject)) {
        entity->bits |= CRATE_IS_ACTION;
      }
    }
  }
}

/// Whether source code is a step of some workflow or script: workflows#
/// workflow-runtime-and-programming-language lists those with hasPart and
/// calls them contextual. One that has a file of its own is a script.
static bool
is_step(const CrateView *view, const CrateEntity *entity)
{
  const CrateTerm code = find_iri(view, SCHEMA "SoftwareSourceCode");
  const CrateTerm has_part = find_iri(view, SCHEMA "hasPart");
  if (!code || !has_part || (entity->bits & CRATE_TYPED_FILE) ||
      crate_text_find(entity->id, '#') == entity->id.size) {
    return false;
  }
  const CrateQuadList wholes =
    crate_graph_towards(view->graph, has_part, entity->term);
  for (size_t i = 0; i < wholes.count; ++i) {
    const CrateTerm whole = crate_quad_list_at(wholes, i)->subject;
    if (whole != entity->term &&
        crate_graph_find(view->graph, whole, CRATE_RDF_TYPE, code)) {
      return true;
    }
  }
  return false;
}

static bool
is_preview(CrateText id)
{
  return crate_text_is(id, "ro-crate-preview.html") ||
         crate_text_starts(id, CRATE_TEXT("ro-crate-preview_files"));
}

/// Whether the root says that it is a profile, or talks as only one does.
static bool
is_profile_crate(const CrateView *view)
{
  static const char *const signs[] = {PROF "hasResource", PROF "isProfileOf"};
  const CrateTerm profile = find_iri(view, PROF "Profile");
  const CrateTerm root = view->root->term;
  if (profile && crate_graph_find(view->graph, root, CRATE_RDF_TYPE, profile)) {
    return true;
  }
  for (size_t i = 0; i < sizeof(signs) / sizeof(*signs); ++i) {
    const CrateTerm sign = find_iri(view, signs[i]);
    if (sign && crate_graph_object(view->graph, root, sign)) {
      return true;
    }
  }
  return false;
}

/// Which source code is a script or a workflow of this crate.
static uint32_t
finish_code(const CrateView *view, const CrateEntity *entity, uint32_t bits)
{
  // Source code that is neither typed nor named like a file of the crate is
  // only mentioned: a repository on the web, a step of a workflow. A folder
  // of source code is no script.
  const bool file_like = bits & (CRATE_TYPED_FILE | CRATE_IS_RELATIVE);
  const bool folder =
    (bits & CRATE_TYPED_DATASET) && !(bits & CRATE_TYPED_FILE);
  if ((bits & CRATE_IS_WORKFLOW) || !file_like || folder) {
    bits &= ~(uint32_t)CRATE_IS_SCRIPT;
  }
  if ((bits & (CRATE_IS_SCRIPT | CRATE_IS_WORKFLOW)) && is_step(view, entity)) {
    bits &= ~(uint32_t)(CRATE_IS_SCRIPT | CRATE_IS_WORKFLOW);
  }
  if (!(bits & CRATE_IS_WORKFLOW)) {
    bits &= ~(uint32_t)CRATE_IS_BIOSCHEMAS_WORKFLOW;
  }
  return bits;
}

/// Whether two objects of @graph are one node, however their @ids are spelt.
static bool
is_same(const CrateEntity *a, const CrateEntity *b)
{
  return b && (a == b || (a->term && a->term == b->term));
}

/// What follows from the form of the @id and the types together.
static void
finish_bits(const CrateView *view, CrateEntity *entity)
{
  uint32_t bits = entity->bits | CRATE_IS_ENTITY | crate_id_bits(entity->id);
  if (is_preview(entity->id)) {
    bits |= CRATE_IS_PREVIEW;
  }
  bits = finish_code(view, entity, bits);
  const bool own =
    is_same(entity, view->root) || is_same(entity, view->descriptor);
  const bool data = (bits & (CRATE_TYPED_FILE | CRATE_TYPED_DATASET)) &&
                    !(bits & (CRATE_IS_LOCAL | CRATE_IS_PREVIEW)) && !own;
  if (data) {
    bits |= CRATE_IS_DATA;
    bits |= bits & CRATE_TYPED_FILE ? CRATE_IS_FILE : 0u;
    bits |= bits & CRATE_TYPED_DATASET ? CRATE_IS_FOLDER : 0u;
  }
  if (own || !(bits & CRATE_TYPED_DATASET)) {
    bits &= ~(uint32_t)CRATE_IS_REFERENCED;
  }
  if (own || data) {
    bits &= ~(uint32_t)CRATE_IS_PROGRAM;
  }
  entity->bits = bits;
}

/// Entities that repeat an @id are one: all get the bits of the first.
static void
share_bits(CrateView *view)
{
  for (size_t i = 0; i < view->entity_count; ++i) {
    const CrateEntity *const first =
      crate_view_entity(view, view->entities[i].term);
    if (first) {
      view->entities[i].bits = first->bits;
    }
  }
}

static CrateStatus
write_types(CrateView *view)
{
  for (size_t c = 0; c < sizeof(classes) / sizeof(*classes); ++c) {
    CrateTerm class = CRATE_NO_TERM;
    CRATE_TRY(crate_terms_iri(view->terms, crate_text(classes[c].iri), &class));
    for (size_t i = 0; i < view->entity_count; ++i) {
      const CrateEntity *const entity = &view->entities[i];
      if (!(entity->bits & classes[c].bit) ||
          crate_view_entity(view, entity->term) != entity) {
        continue;
      }
      const CrateQuad quad = {entity->term, CRATE_RDF_TYPE, class, 0};
      CRATE_TRY(crate_graph_add(view->graph, quad, entity->id_offset));
    }
  }
  return crate_graph_index(view->graph);
}

CrateStatus
crate_classify(CrateView *view)
{
  mark_typed(view);
  mark_conforming(view);
  mark_actions(view);
  mark_objects(view, SCHEMA "thumbnail", 0, CRATE_IS_THUMBNAIL);
  if (view->root) {
    CrateEntity *const root = entity_of(view, view->root->term);
    mark_objects(view, DCTERMS "conformsTo", view->root->term,
                 CRATE_IS_ROOT_PROFILE);
    mark_objects(view, SCHEMA "mainEntity", view->root->term, CRATE_IS_MAIN);
    root->bits |= CRATE_IS_ROOT;
    root->bits |= is_profile_crate(view) ? CRATE_IS_PROFILE_CRATE : 0u;
  }
  mark_runs(view); // after the main entity is known
  if (view->descriptor && view->descriptor->term) {
    entity_of(view, view->descriptor->term)->bits |= CRATE_IS_DESCRIPTOR;
  }
  for (size_t i = 0; i < view->entity_count; ++i) {
    finish_bits(view, &view->entities[i]);
  }
  share_bits(view);
  return write_types(view);
}
