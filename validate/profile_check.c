// SPDX-License-Identifier: Apache-2.0
// What a profile's author got wrong, each at its place.
#include "validate/profile_check.h"
#include "crate/classify.h"
#include "crate/vocabulary.h"
#include "validate/checks/checks.h"
#include <cratekit/json.h>
#include <stdio.h>

#define SH "http://www.w3.org/ns/shacl#"

/// What <urn:cratekit:> names beside components and classes: see profile.h.
static const char *const words[] = {
  CRATEKIT "section",     CRATEKIT "repair",        CRATEKIT "needs",
  CRATEKIT "mode",        CRATEKIT "Permission",    CRATEKIT "alias",
  CRATEKIT "version",     CRATEKIT "specification", CRATEKIT "declaredOn",
  CRATEKIT "vocabulary",  CRATEKIT "outcome",       CRATEKIT "without",
  CRATEKIT "document",    CRATEKIT "property",      CRATEKIT "saidBy",
  CRATEKIT "Restatement", CRATEKIT "nothing",       CRATEKIT "card",
};

/// The file that an origin lies in.
static const CrateProfileFile *
file_of(const CrateProfileSource *source, uint32_t origin)
{
  const CrateProfileFile *file = NULL;
  for (size_t i = 0; i < source->file_count; ++i) {
    if (source->files[i].shift <= origin) {
      file = &source->files[i];
    }
  }
  return file;
}

/// A sink that places what knows its origin only.
static void
place(void *handle, const CrateDiagnostic *diagnostic)
{
  CrateProfileCheck *const check = (CrateProfileCheck *)handle;
  const CrateSink *const sink = &check->source->world->sink;
  CrateDiagnostic placed = *diagnostic;
  ++check->said;
  const CrateProfileFile *const file =
    placed.origin ? file_of(check->source, placed.origin - 1u) : NULL;
  if (file) {
    const CrateJsonDocument document = {.bytes = file->bytes};
    const CratePlace at =
      crate_json_place(&document, placed.origin - 1u - file->shift);
    placed.file = file->name;
    placed.line = at.line;
    placed.column = at.column;
  }
  if (sink->write) {
    sink->write(sink->handle, &placed);
  }
}

static CrateTerm
find(const CrateProfileCheck *check, const char *iri)
{
  return crate_terms_find_iri(check->source->terms, crate_text(iri));
}

static CrateText
text_of(const CrateProfileCheck *check, CrateTerm term)
{
  return crate_terms_info(check->source->terms, term).text;
}

void
crate_profile_blame(CrateProfileCheck *check,
                    const CrateQuad *quad,
                    const char *problem,
                    CrateText what)
{
  const uint32_t origin = crate_graph_origin(check->source->graph, quad);
  const CrateDiagnostic where = {.level = check->strictly
                                            ? CRATE_DIAGNOSTIC_ERROR
                                            : CRATE_DIAGNOSTIC_WARNING,
                                 .origin = origin + 1u,
                                 .code = CRATE_TEXT("doubtful-profile")};
  CrateWorld world = *check->source->world;
  world.sink = (CrateSink){place, check};
  (void)crate_world_say(&world, CRATE_MALFORMED, &where, "%s%s%.*s", problem,
                        what.size ? ": " : "", CRATE_TEXT_ARG(what));
}

static const CrateQuad *
statement(const CrateProfileCheck *check,
          CrateTerm subject,
          const char *predicate)
{
  const CrateTerm term = find(check, predicate);
  const CrateQuadRange range =
    crate_graph_values(check->source->graph, subject, term);
  return range.count ? range.first : NULL;
}

static bool
is_blank(CrateText text)
{
  for (size_t i = 0; i < text.size; ++i) {
    if (!strchr(" \t\r\n", text.data[i])) {
      return false;
    }
  }
  return true;
}

/// The statement of a subject that stands first in the files.
static const CrateQuad *
first_about(const CrateProfileCheck *check, CrateTerm subject)
{
  const CrateGraph *const graph = check->source->graph;
  const CrateQuadRange about = crate_graph_about(graph, subject, 0);
  const CrateQuad *first = about.first;
  for (size_t i = 1; i < about.count; ++i) {
    if (crate_graph_origin(graph, &about.first[i]) <
        crate_graph_origin(graph, first)) {
      first = &about.first[i];
    }
  }
  return first;
}

/// A rule says in words, once, what a crate must do, and has a name that no
/// other rule has.
static CrateStatus
check_rule(CrateProfileCheck *check, CrateTerm rule)
{
  const CrateGraph *const graph = check->source->graph;
  const CrateTerm message = find(check, SH "message");
  const CrateQuadRange messages = crate_graph_values(graph, rule, message);
  const CrateQuad *const first = first_about(check, rule);
  const CrateText name = crate_profile_local_name(text_of(check, rule));
  if (!messages.count) {
    crate_profile_blame(check, first, "the rule has no sh:message", name);
  } else if (is_blank(text_of(check, messages.first->object))) {
    crate_profile_blame(check, messages.first,
                        "the rule's sh:message has no words", name);
  } else if (messages.count > 1) {
    crate_profile_blame(check, &messages.first[1],
                        "the rule has two messages; is its name used twice?",
                        name);
  }
  uintptr_t other = 0;
  if (crate_map_get(&check->names, name, &other) && other != rule) {
    crate_profile_blame(check, first, "another rule has this name", name);
  }
  return crate_map_put(&check->names, name, rule);
}

static bool
is_a(const CrateProfileCheck *check, CrateTerm subject, const char *class_iri)
{
  const CrateTerm term = find(check, class_iri);
  return term &&
         crate_graph_find(check->source->graph, subject, CRATE_RDF_TYPE, term);
}

/// Whether a statement makes its subject look like a shape.
static bool
is_of_shape(const CrateProfileCheck *check, const CrateQuad *quad)
{
  const CrateTerm term =
    quad->predicate == CRATE_RDF_TYPE ? quad->object : quad->predicate;
  return crate_text_starts(text_of(check, term), CRATE_TEXT(SH));
}

static bool
has_target(const CrateProfileCheck *check, CrateTerm shape)
{
  static const char *const targets[] = {SH "targetNode", SH "targetClass",
                                        SH "targetSubjectsOf",
                                        SH "targetObjectsOf"};
  for (size_t i = 0; i < sizeof(targets) / sizeof(*targets); ++i) {
    if (statement(check, shape, targets[i])) {
      return true;
    }
  }
  return false;
}

/// Whether a shape stands outside of the profile's own folder, with no words
/// of a rule: several profiles share it, and not each need use it.
static bool
is_shared(const CrateProfileCheck *check, CrateTerm shape)
{
  const CrateProfileSource *const source = check->source;
  const CrateProfileFile *const file = file_of(
    source, crate_graph_origin(source->graph, first_about(check, shape)));
  CrateText folder = source->files[0].path;
  while (folder.size && folder.data[folder.size - 1u] != '/') {
    --folder.size;
  }
  return file && !crate_text_starts(file->path, folder) &&
         !statement(check, shape, SH "message") &&
         !statement(check, shape, CRATEKIT "section");
}

/// A shape with a name that no target and no other shape leads to.
static void
check_target(CrateProfileCheck *check, CrateTerm subject)
{
  const CrateGraph *const graph = check->source->graph;
  const CrateQuadRange about = crate_graph_about(graph, subject, 0);
  if (crate_terms_kind(check->source->terms, subject) != CRATE_TERM_IRI ||
      has_target(check, subject) ||
      crate_graph_towards(graph, 0, subject).count ||
      is_a(check, subject, CRATEKIT "Permission") ||
      is_a(check, subject, CRATEKIT "Restatement")) {
    return;
  }
  for (size_t i = 0; i < about.count; ++i) {
    if (is_of_shape(check, &about.first[i]) && !is_shared(check, subject)) {
      crate_profile_blame(check, first_about(check, subject),
                          "the shape has no target, so it is never applied",
                          crate_profile_local_name(text_of(check, subject)));
      return;
    }
  }
}

/// The i-th IRI that <urn:cratekit:> gives a meaning; empty past the end.
static CrateText
known_word(size_t i)
{
  const size_t word_count = sizeof(words) / sizeof(*words);
  if (i < word_count) {
    return crate_text(words[i]);
  }
  const CrateText parameter = crate_checks_parameter(i - word_count);
  if (parameter.size) {
    return parameter;
  }
  size_t parameters = 0;
  while (crate_checks_parameter(parameters).size) {
    ++parameters;
  }
  return crate_class_name(i - word_count - parameters);
}

/// An IRI of ours that means nothing, where it is met first.
static CrateStatus
check_word(CrateProfileCheck *check, const CrateQuad *quad, CrateTerm term)
{
  const CrateText iri = text_of(check, term);
  const CrateText space = CRATE_TEXT(CRATEKIT);
  if (crate_terms_kind(check->source->terms, term) != CRATE_TERM_IRI ||
      !crate_text_starts(iri, space) ||
      crate_text_find(crate_text_slice(iri, space.size, iri.size), ':') <
        iri.size - space.size) { // "rule:", or a profile's own names
    return CRATE_OK;
  }
  uintptr_t seen = 0;
  if (crate_map_get(&check->words, iri, &seen)) {
    return CRATE_OK;
  }
  CrateText nearest = {NULL, 0};
  unsigned least = (unsigned)(iri.size - space.size) / 3u + 1u;
  least = least < 4u ? least : 4u;
  for (size_t i = 0; known_word(i).size; ++i) {
    const unsigned distance = crate_text_distance(iri, known_word(i), least);
    if (!distance) {
      return CRATE_OK;
    }
    if (distance < least) {
      least = distance;
      nearest = known_word(i);
    }
  }
  char text[160];
  const CrateText word = crate_text_slice(iri, space.size, iri.size);
  const CrateText meant = crate_text_slice(nearest, space.size, nearest.size);
  snprintf(text, sizeof(text), "%.*s%s%.*s", CRATE_TEXT_ARG(word),
           meant.size ? ", did you mean ck:" : "", CRATE_TEXT_ARG(meant));
  crate_profile_blame(check, quad, "this ck: term is not known",
                      crate_text(text));
  return crate_map_put(&check->words, iri, 1);
}

/// A condition of a rule that has no effect, as it is misspelt.
static void
check_condition(CrateProfileCheck *check, const CrateQuad *quad)
{
  const CrateText predicate = text_of(check, quad->predicate);
  const CrateText value = text_of(check, quad->object);
  if ((crate_text_is(predicate, CRATEKIT "needs") &&
       !crate_profile_knows_need(value)) ||
      (crate_text_is(predicate, CRATEKIT "mode") &&
       !crate_profile_knows_mode(value))) {
    crate_profile_blame(check, quad, "this condition is not known", value);
  }
  if (crate_text_is(predicate, SH "qualifiedValueShape") &&
      !statement(check, quad->subject, SH "qualifiedMinCount") &&
      !statement(check, quad->subject, SH "qualifiedMaxCount")) {
    crate_profile_blame(check, quad,
                        "without sh:qualifiedMinCount or sh:qualifiedMaxCount "
                        "this can never fail",
                        (CrateText){NULL, 0});
  }
}

/// A token is "name-version": what people type.
static void
check_token(CrateProfileCheck *check, CrateTerm profile)
{
  const CrateQuad *const token = statement(check, profile, PROF "hasToken");
  const CrateQuad *const version =
    statement(check, profile, CRATEKIT "version");
  if (token && version) {
    const CrateText text = text_of(check, token->object);
    const CrateText end = text_of(check, version->object);
    const size_t name = text.size > end.size ? text.size - end.size - 1u : 0;
    if (!name || text.data[name] != '-' || !crate_text_ends(text, end) ||
        crate_text_find(text, ' ') < text.size) {
      crate_profile_blame(
        check, token, "the token should be a name, '-' and the version", text);
    }
  }
}

/// What profile.ttl must say of the profile.
static void
check_header(CrateProfileCheck *check)
{
  static const char *const needed[] = {PROF "hasToken", DCTERMS "title",
                                       CRATEKIT "version",
                                       CRATEKIT "specification"};
  const CrateTerm type = find(check, PROF "Profile");
  const CrateQuadList list =
    crate_graph_towards(check->source->graph, CRATE_RDF_TYPE, type);
  for (size_t i = 0; i < list.count; ++i) {
    const CrateQuad *const quad = crate_quad_list_at(list, i);
    check_token(check, quad->subject);
    for (size_t n = 0; n < sizeof(needed) / sizeof(*needed); ++n) {
      if (!statement(check, quad->subject, needed[n])) {
        crate_profile_blame(check, quad, "the profile lacks",
                            crate_profile_local_name(crate_text(needed[n])));
      }
    }
  }
}

static CrateStatus
check_all(CrateProfileCheck *check)
{
  const CrateGraph *const graph = check->source->graph;
  const CrateQuad *const quads = crate_graph_quads(graph);
  for (size_t i = 0; i < crate_shapes_count(check->shapes); ++i) {
    CRATE_TRY(check_rule(check, crate_shapes_at(check->shapes, i)));
  }
  for (size_t i = 0; i < crate_graph_size(graph); ++i) {
    if (!i || quads[i].subject != quads[i - 1u].subject) {
      check_target(check, quads[i].subject);
    }
    CRATE_TRY(check_word(check, &quads[i], quads[i].predicate));
    CRATE_TRY(check_word(check, &quads[i], quads[i].object));
    check_condition(check, &quads[i]);
  }
  check_header(check);
  return CRATE_OK;
}

CrateStatus
crate_profile_check(const CrateProfileSource *source,
                    CrateLibrary *library,
                    bool strictly)
{
  CrateProfileCheck check = {.source = source, .strictly = strictly};
  CrateWorld world = *source->world;
  world.sink = (CrateSink){place, &check};
  crate_map_init(&check.names, source->world);
  crate_map_init(&check.words, source->world);
  CrateStatus st =
    crate_shapes_new(&world, source->graph, NULL, 0, &check.shapes);
  if (!st) {
    st = check_all(&check);
  }
  if (!st && library) {
    st = crate_profile_check_terms(&check, library);
  }
  if (!st && strictly && check.said) {
    st = CRATE_MALFORMED;
  }
  crate_shapes_free(check.shapes);
  crate_map_clear(&check.names);
  crate_map_clear(&check.words);
  return st;
}
