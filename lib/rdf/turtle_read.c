// SPDX-License-Identifier: Apache-2.0
// Turtle and TriG, RDF 1.1. Plain numbers in brackets are those of Turtle's
// grammar, those with a 'g' of TriG's.
#include "rdf/turtle.h"

static CrateStatus read_object(CrateTurtle *turtle, CrateTerm *out);

static CrateStatus
emit(CrateTurtle *turtle, const char *at, CrateTerm s, CrateTerm p, CrateTerm o)
{
  const CrateQuad quad = {s, p, o, turtle->graph_name};
  return crate_graph_add(turtle->cursor.graph, quad,
                         crate_cursor_origin(&turtle->cursor, at));
}

static char
next(CrateTurtle *turtle)
{
  crate_turtle_skip(turtle);
  return crate_cursor_peek(&turtle->cursor);
}

/// Go past one byte of punctuation, or say what it was for.
static CrateStatus
require(CrateTurtle *turtle, char byte, const char *what)
{
  if (next(turtle) != byte) {
    return crate_cursor_expected(&turtle->cursor, what);
  }
  ++turtle->cursor.at;
  return CRATE_OK;
}

static CrateStatus
enter(CrateTurtle *turtle)
{
  const CrateWorld *const world = turtle->cursor.source->world;
  if (turtle->depth >= world->limits.depth) {
    CrateDiagnostic place = {.file = turtle->cursor.source->name,
                             .code = CRATE_TEXT("depth")};
    crate_cursor_place(&turtle->cursor, &place);
    return crate_world_say(world, CRATE_OVER_LIMIT, &place,
                           "brackets nested deeper than %u levels",
                           (unsigned)world->limits.depth);
  }
  ++turtle->depth;
  return CRATE_OK;
}

static CrateStatus
new_blank(CrateTurtle *turtle, CrateTerm *out)
{
  return crate_terms_blank(turtle->cursor.terms, (CrateText){NULL, 0}, out);
}

/// verb [9], standing on it
static CrateStatus
read_verb(CrateTurtle *turtle, CrateTerm *out)
{
  if (crate_turtle_word(turtle, CRATE_TEXT("a"), true)) {
    *out = CRATE_RDF_TYPE;
    return CRATE_OK;
  }
  return crate_turtle_iri(turtle, out);
}

/// objectList [8]; `at` is the place of the verb.
static CrateStatus
read_objects(CrateTurtle *turtle,
             const char *at,
             CrateTerm subject,
             CrateTerm predicate)
{
  for (;;) {
    CrateTerm object;
    CRATE_TRY(read_object(turtle, &object));
    CRATE_TRY(emit(turtle, at, subject, predicate, object));
    if (next(turtle) != ',') {
      return CRATE_OK;
    }
    ++turtle->cursor.at;
  }
}

/// predicateObjectList [7]
static CrateStatus
read_predicates(CrateTurtle *turtle, CrateTerm subject)
{
  for (;;) {
    CrateTerm predicate;
    crate_turtle_skip(turtle);
    const char *const at = turtle->cursor.at;
    CRATE_TRY(read_verb(turtle, &predicate));
    CRATE_TRY(read_objects(turtle, at, subject, predicate));
    if (next(turtle) != ';') {
      return CRATE_OK;
    }
    while (next(turtle) == ';') {
      ++turtle->cursor.at;
    }
    const char c = crate_cursor_peek(&turtle->cursor);
    if (c == '.' || c == ']' || c == '}') {
      return CRATE_OK;
    }
  }
}

/// ANON [162s] or blankNodePropertyList [14], standing on the '['.
static CrateStatus
read_brackets(CrateTurtle *turtle, CrateTerm *out, bool *empty)
{
  ++turtle->cursor.at;
  CRATE_TRY(enter(turtle));
  CRATE_TRY(new_blank(turtle, out));
  *empty = next(turtle) == ']';
  if (!*empty) {
    CRATE_TRY(read_predicates(turtle, *out));
  }
  --turtle->depth;
  return require(turtle, ']', "']' or ';'");
}

/// collection [15], standing on the '('.
static CrateStatus
read_collection(CrateTurtle *turtle, CrateTerm *out)
{
  ++turtle->cursor.at;
  CRATE_TRY(enter(turtle));
  CrateTerm cell = CRATE_NO_TERM;
  *out = CRATE_RDF_NIL;
  while (next(turtle) != ')') {
    if (turtle->cursor.at == turtle->cursor.end) {
      return crate_cursor_expected(&turtle->cursor, "')' or an object");
    }
    const char *const at = turtle->cursor.at;
    CrateTerm member;
    CRATE_TRY(read_object(turtle, &member));
    CrateTerm following;
    CRATE_TRY(new_blank(turtle, &following));
    if (cell) {
      CRATE_TRY(emit(turtle, at, cell, CRATE_RDF_REST, following));
    } else {
      *out = following;
    }
    cell = following;
    CRATE_TRY(emit(turtle, at, cell, CRATE_RDF_FIRST, member));
  }
  const char *const end = turtle->cursor.at++;
  --turtle->depth;
  return cell ? emit(turtle, end, cell, CRATE_RDF_REST, CRATE_RDF_NIL)
              : CRATE_OK;
}

/// BooleanLiteral [133s]; `out` is 0 when there is none.
static CrateStatus
read_boolean(CrateTurtle *turtle, CrateTerm *out)
{
  static const CrateText words[] = {{"true", 4}, {"false", 5}};
  *out = CRATE_NO_TERM;
  for (size_t i = 0; i < 2; ++i) {
    if (crate_turtle_word(turtle, words[i], true)) {
      return crate_terms_literal(turtle->cursor.terms, words[i],
                                 CRATE_XSD_BOOLEAN, (CrateText){NULL, 0}, out);
    }
  }
  return CRATE_OK;
}

/// object [12]
static CrateStatus
read_object(CrateTurtle *turtle, CrateTerm *out)
{
  bool empty;
  switch (next(turtle)) {
    case '_':
      return crate_cursor_blank(&turtle->cursor, out);
    case '[':
      return read_brackets(turtle, out, &empty);
    case '(':
      return read_collection(turtle, out);
    case '<':
      return crate_turtle_iri(turtle, out);
    default:
      break;
  }
  if (crate_turtle_at_literal(turtle)) {
    return crate_turtle_literal(turtle, out);
  }
  CRATE_TRY(read_boolean(turtle, out));
  return *out ? CRATE_OK : crate_turtle_iri(turtle, out);
}

/// What a statement may start with.
typedef enum {
  START_RESOURCE,   // an IRI or a blank node: in TriG, a graph's name as well
  START_PROPERTIES, // [ with properties ], a statement of its own
  START_COLLECTION,
} Start;

/// subject [10], or labelOrSubject [7g]
static CrateStatus
read_subject(CrateTurtle *turtle, CrateTerm *out, Start *start)
{
  bool empty = false;
  *start = START_RESOURCE;
  switch (next(turtle)) {
    case '_':
      return crate_cursor_blank(&turtle->cursor, out);
    case '[':
      CRATE_TRY(read_brackets(turtle, out, &empty));
      *start = empty ? START_RESOURCE : START_PROPERTIES;
      return CRATE_OK;
    case '(':
      *start = START_COLLECTION;
      return read_collection(turtle, out);
    default:
      return crate_turtle_iri(turtle, out);
  }
}

/// What is said of a subject, up to the '.' or '}'.
static CrateStatus
read_about(CrateTurtle *turtle, CrateTerm subject, Start start)
{
  const char c = next(turtle);
  if (start == START_PROPERTIES && (c == '.' || c == '}')) {
    return CRATE_OK;
  }
  return read_predicates(turtle, subject);
}

/// wrappedGraph [5g], standing on the '{'.
static CrateStatus
read_block(CrateTurtle *turtle, CrateTerm name)
{
  ++turtle->cursor.at;
  turtle->graph_name = name;
  while (next(turtle) != '}') {
    CrateTerm subject;
    Start start;
    CRATE_TRY(read_subject(turtle, &subject, &start));
    CRATE_TRY(read_about(turtle, subject, start));
    if (next(turtle) != '}') {
      CRATE_TRY(require(turtle, '.', "'.', ';' or '}'"));
    }
  }
  ++turtle->cursor.at;
  turtle->graph_name = CRATE_NO_TERM;
  return CRATE_OK;
}

/// block [2g] without GRAPH, or triples [6]
static CrateStatus
read_triples(CrateTurtle *turtle)
{
  CrateTerm subject;
  Start start;
  CRATE_TRY(read_subject(turtle, &subject, &start));
  if (turtle->graphs && start == START_RESOURCE && next(turtle) == '{') {
    return read_block(turtle, subject);
  }
  CRATE_TRY(read_about(turtle, subject, start));
  return require(turtle, '.', "'.', ';' or ','");
}

/// GRAPH [2g], standing behind the word.
static CrateStatus
read_named_block(CrateTurtle *turtle)
{
  CrateTerm name;
  Start start;
  crate_turtle_skip(turtle);
  const char *const at = turtle->cursor.at;
  CRATE_TRY(read_subject(turtle, &name, &start));
  if (start != START_RESOURCE) {
    turtle->cursor.at = at;
    return crate_cursor_expected(&turtle->cursor, "the name of a graph");
  }
  if (next(turtle) != '{') {
    return crate_cursor_expected(&turtle->cursor, "'{'");
  }
  return read_block(turtle, name);
}

/// The prefix and IRI of prefixID [4] and sparqlPrefix [6s].
static CrateStatus
read_prefix(CrateTurtle *turtle)
{
  CrateText prefix;
  CrateText iri;
  crate_turtle_skip(turtle);
  CRATE_TRY(crate_turtle_prefix(turtle, &prefix));
  if (next(turtle) != '<') {
    return crate_cursor_expected(&turtle->cursor, "<IRI>");
  }
  CRATE_TRY(crate_turtle_reference(turtle, &iri));
  CrateText *const kept = crate_arena_allocate(&turtle->arena, sizeof(*kept));
  if (!kept) {
    return crate_arena_status(&turtle->arena);
  }
  CRATE_TRY(crate_arena_copy(&turtle->arena, iri, kept));
  return crate_map_put(&turtle->namespaces, prefix, (uintptr_t)kept);
}

/// The IRI of base [5] and sparqlBase [5s].
static CrateStatus
read_base(CrateTurtle *turtle)
{
  CrateText iri;
  if (next(turtle) != '<') {
    return crate_cursor_expected(&turtle->cursor, "<IRI>");
  }
  CRATE_TRY(crate_turtle_reference(turtle, &iri));
  return crate_arena_copy(&turtle->arena, iri, &turtle->base);
}

/// directive [3] or statement [2]
static CrateStatus
read_statement(CrateTurtle *turtle)
{
  if (crate_turtle_word(turtle, CRATE_TEXT("@prefix"), true)) {
    CRATE_TRY(read_prefix(turtle));
    return require(turtle, '.', "'.' at the end of the directive");
  }
  if (crate_turtle_word(turtle, CRATE_TEXT("@base"), true)) {
    CRATE_TRY(read_base(turtle));
    return require(turtle, '.', "'.' at the end of the directive");
  }
  if (crate_turtle_word(turtle, CRATE_TEXT("PREFIX"), false)) {
    return read_prefix(turtle);
  }
  if (crate_turtle_word(turtle, CRATE_TEXT("BASE"), false)) {
    return read_base(turtle);
  }
  if (turtle->graphs) {
    if (crate_turtle_word(turtle, CRATE_TEXT("GRAPH"), false)) {
      return read_named_block(turtle);
    }
    if (crate_cursor_peek(&turtle->cursor) == '{') {
      return read_block(turtle, CRATE_NO_TERM);
    }
  }
  return read_triples(turtle);
}

static CrateStatus
read_document(CrateTurtle *turtle)
{
  for (;;) {
    crate_turtle_skip(turtle);
    if (turtle->cursor.at == turtle->cursor.end) {
      return CRATE_OK;
    }
    CRATE_TRY(read_statement(turtle));
  }
}

CrateStatus
crate_turtle_read(CrateGraph *graph, const CrateRdfSource *source, bool graphs)
{
  CrateTurtle turtle = {.base = source->base, .graphs = graphs};
  crate_cursor_init(&turtle.cursor, graph, source);
  crate_map_init(&turtle.namespaces, source->world);
  crate_arena_init(&turtle.arena, source->world);
  crate_arena_init(&turtle.resolved, source->world);
  const CrateStatus st = read_document(&turtle);
  crate_arena_clear(&turtle.resolved);
  crate_arena_clear(&turtle.arena);
  crate_map_clear(&turtle.namespaces);
  crate_cursor_clear(&turtle.cursor);
  return st;
}
