// SPDX-License-Identifier: Apache-2.0
// Requests and operations: SPARQL 1.1 Update [29] to [51], and what all parts
// of the reader share.
#include "sparql/read.h"
#include "rdf/names.h"
#include <stdio.h>

CrateStatus
crate_sparql_expected(CrateSparql *sparql, const char *what)
{
  return crate_cursor_expected(crate_sparql_cursor(sparql), what);
}

CrateStatus
crate_sparql_unsupported(CrateSparql *sparql, const char *what)
{
  const CrateCursor *const c = crate_sparql_cursor(sparql);
  CrateDiagnostic place = crate_rdf_source_place(c->source);
  place.code = CRATE_TEXT("unsupported-sparql");
  crate_cursor_place(c, &place);
  return crate_world_say(c->source->world, CRATE_UNSUPPORTED, &place,
                         "%s has no place in a mapping, which has only "
                         "INSERT { } WHERE { } and INSERT DATA { }",
                         what);
}

void *
crate_sparql_allocate(CrateSparql *sparql, size_t size)
{
  return crate_arena_array(&sparql->update->arena, 1, size);
}

CrateStatus
crate_sparql_no_memory(const CrateSparql *sparql)
{
  return crate_arena_status(&sparql->update->arena);
}

char
crate_sparql_next(CrateSparql *sparql)
{
  crate_turtle_skip(&sparql->turtle);
  return crate_cursor_peek(crate_sparql_cursor(sparql));
}

bool
crate_sparql_take(CrateSparql *sparql, char byte)
{
  const bool found = crate_sparql_next(sparql) == byte;
  crate_sparql_cursor(sparql)->at += found;
  return found;
}

bool
crate_sparql_word(CrateSparql *sparql, const char *word)
{
  crate_turtle_skip(&sparql->turtle);
  return crate_turtle_word(&sparql->turtle, crate_text(word), false);
}

CrateStatus
crate_sparql_require(CrateSparql *sparql, char byte, const char *what)
{
  return crate_sparql_take(sparql, byte) ? CRATE_OK
                                         : crate_sparql_expected(sparql, what);
}

CrateStatus
crate_sparql_enter(CrateSparql *sparql)
{
  const CrateCursor *const c = crate_sparql_cursor(sparql);
  const uint32_t limit = c->source->world->limits.depth;
  if (sparql->turtle.depth >= limit) {
    CrateDiagnostic place = crate_rdf_source_place(c->source);
    place.code = CRATE_TEXT("depth");
    crate_cursor_place(c, &place);
    return crate_world_say(c->source->world, CRATE_OVER_LIMIT, &place,
                           "nested deeper than %u levels", (unsigned)limit);
  }
  ++sparql->turtle.depth;
  return CRATE_OK;
}

void
crate_sparql_leave(CrateSparql *sparql)
{
  --sparql->turtle.depth;
}

/// Turtle's reader would ask for @prefix.
static CrateStatus
check_prefix(CrateSparql *sparql)
{
  CrateCursor *const c = crate_sparql_cursor(sparql);
  const char *const start = c->at;
  CrateText prefix;
  CRATE_TRY(crate_turtle_prefix(&sparql->turtle, &prefix));
  c->at = start;
  if (crate_map_get(&sparql->turtle.namespaces, prefix, NULL)) {
    return CRATE_OK;
  }
  char what[120];
  snprintf(what, sizeof(what), "the prefix %.*s: to be declared with PREFIX",
           (int)(prefix.size < 60 ? prefix.size : 60), prefix.data);
  return crate_sparql_expected(sparql, what);
}

CrateStatus
crate_sparql_iri(CrateSparql *sparql, CrateTerm *out)
{
  *out = CRATE_NO_TERM;
  if (crate_sparql_next(sparql) != '<') {
    CRATE_TRY(check_prefix(sparql));
  }
  return crate_turtle_iri(&sparql->turtle, out);
}

bool
crate_sparql_at_variable(CrateSparql *sparql)
{
  const char c = crate_sparql_next(sparql);
  return c == '?' || c == '$';
}

/// Bytes of VARNAME [166] at the start.
static size_t
name_span(CrateText text)
{
  size_t at = 0;
  while (at < text.size) {
    uint32_t c = 0;
    const size_t size = crate_name_decode(text.data + at, &c);
    const bool digit = c >= '0' && c <= '9';
    const bool part =
      at ? crate_name_is_part(c) && c != '-' : crate_name_is_start(c) || digit;
    if (!part) {
      break;
    }
    at += size;
  }
  return at;
}

CrateStatus
crate_sparql_variable(CrateSparql *sparql, CrateNode *out)
{
  CrateCursor *const c = crate_sparql_cursor(sparql);
  *out = (CrateNode){0, 0};
  if (!crate_sparql_at_variable(sparql)) {
    return crate_sparql_expected(sparql, "a variable");
  }
  if (sparql->in_data) {
    return crate_sparql_expected(
      sparql, "no variable in INSERT DATA, where nothing binds it");
  }
  ++c->at;
  const CrateText rest = crate_cursor_rest(c);
  const CrateText name = crate_text_slice(rest, 0, name_span(rest));
  if (!name.size) {
    return crate_sparql_expected(sparql, "the name of a variable");
  }
  c->at += name.size;
  uintptr_t known = 0;
  if (!crate_map_get(&sparql->names, name, &known)) {
    known = ++sparql->named;
    CRATE_TRY(crate_map_put(&sparql->names, name, known));
  }
  out->variable = (uint32_t)known - 1u;
  return CRATE_OK;
}

CrateNode
crate_sparql_unnamed(CrateSparql *sparql)
{
  uint32_t *const count =
    sparql->in_template ? &sparql->template_blanks : &sparql->named;
  const CrateNode node = {0, (*count)++};
  return node;
}

CrateStatus
crate_sparql_constant(CrateSparql *sparql, CrateTerm *out)
{
  static const CrateText words[] = {{"TRUE", 4}, {"FALSE", 5}};
  static const CrateText values[] = {{"true", 4}, {"false", 5}};
  CrateTurtle *const turtle = &sparql->turtle;
  if (crate_sparql_next(sparql) != '<' && crate_turtle_at_literal(turtle)) {
    return crate_turtle_literal(turtle, out);
  }
  for (size_t i = 0; i < 2; ++i) {
    if (crate_turtle_word(turtle, words[i], false)) {
      return crate_terms_literal(turtle->cursor.terms, values[i],
                                 CRATE_XSD_BOOLEAN, (CrateText){NULL, 0}, out);
    }
  }
  return crate_sparql_iri(sparql, out);
}

/// PrefixDecl [6], behind its word.
static CrateStatus
read_prefix(CrateSparql *sparql)
{
  CrateArena *const arena = &sparql->update->arena;
  CrateText prefix;
  CrateText iri;
  crate_turtle_skip(&sparql->turtle);
  CRATE_TRY(crate_turtle_prefix(&sparql->turtle, &prefix));
  if (crate_sparql_next(sparql) != '<') {
    return crate_sparql_expected(sparql, "<IRI>");
  }
  CRATE_TRY(crate_turtle_reference(&sparql->turtle, &iri));
  CrateText *const kept = crate_arena_allocate(arena, sizeof(*kept));
  if (!kept) {
    return crate_arena_status(arena);
  }
  CRATE_TRY(crate_arena_copy(arena, iri, kept));
  return crate_map_put(&sparql->turtle.namespaces, prefix, (uintptr_t)kept);
}

/// BaseDecl [5], behind its word.
static CrateStatus
read_base(CrateSparql *sparql)
{
  CrateText iri;
  if (crate_sparql_next(sparql) != '<') {
    return crate_sparql_expected(sparql, "<IRI>");
  }
  CRATE_TRY(crate_turtle_reference(&sparql->turtle, &iri));
  CRATE_TRY(
    crate_arena_copy(&sparql->update->arena, iri, &sparql->turtle.base));
  sparql->update->base = sparql->turtle.base;
  return CRATE_OK;
}

/// Prologue [4]
static CrateStatus
read_prologue(CrateSparql *sparql)
{
  for (;;) {
    if (crate_sparql_word(sparql, "PREFIX")) {
      CRATE_TRY(read_prefix(sparql));
    } else if (crate_sparql_word(sparql, "BASE")) {
      CRATE_TRY(read_base(sparql));
    } else {
      return CRATE_OK;
    }
  }
}

/// What else a request of SPARQL may say here, so that it is named.
static CrateStatus
refuse_other(CrateSparql *sparql, const char *expected)
{
  static const char *const words[] = {
    "DELETE", "LOAD",      "CLEAR", "DROP",   "CREATE",
    "ADD",    "MOVE",      "COPY",  "SELECT", "DESCRIBE",
    "ASK",    "CONSTRUCT", "WITH",  "USING",  "GRAPH",
  };
  CrateCursor *const c = crate_sparql_cursor(sparql);
  crate_turtle_skip(&sparql->turtle);
  const char *const start = c->at;
  for (size_t i = 0; i < sizeof(words) / sizeof(*words); ++i) {
    if (crate_sparql_word(sparql, words[i])) {
      c->at = start;
      return crate_sparql_unsupported(sparql, words[i]);
    }
  }
  return crate_sparql_expected(sparql, expected);
}

/// VarOrIri [108], the name of a graph.
static CrateStatus
read_graph_name(CrateSparql *sparql, const CrateNode **out)
{
  CrateNode *const name = crate_sparql_allocate(sparql, sizeof(CrateNode));
  *out = name;
  if (!name) {
    return crate_sparql_no_memory(sparql);
  }
  if (crate_sparql_at_variable(sparql)) {
    return crate_sparql_variable(sparql, name);
  }
  CRATE_TRY(crate_sparql_constant(sparql, &name->term));
  return crate_terms_kind(sparql->update->terms, name->term) == CRATE_TERM_IRI
           ? CRATE_OK
           : crate_sparql_expected(sparql, "an IRI or a variable before this");
}

/// QuadsNotTriples [51], behind GRAPH.
static CrateStatus
read_quads(CrateSparql *sparql, CrateTriple **list, uint32_t *count)
{
  const CrateNode *name;
  CRATE_TRY(read_graph_name(sparql, &name));
  CRATE_TRY(crate_sparql_require(sparql, '{', "'{' and what to insert"));
  CRATE_TRY(crate_sparql_triples(sparql, list, count));
  for (CrateTriple *t = *list; t; t = t->next) {
    t->graph = name;
  }
  (void)crate_sparql_take(sparql, '.');
  return crate_sparql_take(sparql, '}')
           ? CRATE_OK
           : crate_sparql_expected(sparql, "'}', '.', ';' or a triple");
}

/// QuadPattern [48] or QuadData [49]
static CrateStatus
read_template(CrateSparql *sparql, CrateOperation *operation)
{
  uint32_t count = 0;
  CrateTriple **list = &operation->template_triples;
  CRATE_TRY(crate_sparql_require(sparql, '{', "'{' and what to insert"));
  CRATE_TRY(crate_sparql_triples(sparql, list, &count));
  while (crate_sparql_word(sparql, "GRAPH")) {
    for (; *list; list = &(*list)->next) {
    }
    CRATE_TRY(read_quads(sparql, list, &count));
    for (; *list; list = &(*list)->next) {
    }
    (void)crate_sparql_take(sparql, '.');
    CRATE_TRY(crate_sparql_triples(sparql, list, &count));
  }
  return crate_sparql_take(sparql, '}')
           ? CRATE_OK
           : refuse_other(sparql, "'}', '.', ';' or a triple");
}

/// Blank nodes of the template get the numbers behind all variables, which are
/// known once the pattern is read.
static void
number_blanks(CrateOperation *operation, uint32_t first, uint32_t count)
{
  for (CrateTriple *t = operation->template_triples; t; t = t->next) {
    CrateNode *const nodes[] = {&t->subject, &t->predicate, &t->object};
    for (size_t i = 0; i < 3; ++i) {
      if (nodes[i]->term == CRATE_NO_TERM && nodes[i]->variable >= first) {
        nodes[i]->variable = count + (nodes[i]->variable - first);
      }
    }
  }
}

/// InsertData [38] or Modify [41], standing behind INSERT.
static CrateStatus
read_operation(CrateSparql *sparql, CrateOperation *operation)
{
  // Far behind every variable, until these are counted.
  const uint32_t blanks = UINT32_C(1) << 31u;
  crate_map_clear(&sparql->names);
  sparql->named = sparql->patterns = sparql->exists = 0;
  sparql->template_blanks = blanks;
  sparql->in_data = crate_sparql_word(sparql, "DATA");
  sparql->in_template = true;
  CRATE_TRY(read_template(sparql, operation));
  sparql->in_template = false;
  operation->blank_count = sparql->template_blanks - blanks;
  if (!sparql->in_data) {
    if (!crate_sparql_word(sparql, "WHERE")) {
      return refuse_other(sparql, "WHERE");
    }
    // Labels of the template are not those of the pattern (Update 3.1.3).
    crate_map_clear(&sparql->blanks);
    CRATE_TRY(crate_sparql_group(sparql, &operation->where));
  }
  crate_map_clear(&sparql->blanks);
  operation->variable_count = sparql->named;
  operation->pattern_count = sparql->patterns;
  operation->exists_count = sparql->exists;
  number_blanks(operation, blanks, sparql->named);
  sparql->in_data = false;
  return operation->where ? crate_sparql_scope(sparql, operation->where)
                          : CRATE_OK;
}

/// Update [29]
static CrateStatus
read_request(CrateSparql *sparql)
{
  CrateOperation **last = &sparql->update->operations;
  for (;;) {
    CRATE_TRY(read_prologue(sparql));
    const CrateCursor *const c = crate_sparql_cursor(sparql);
    if (!crate_sparql_next(sparql) && c->at == c->end) {
      return CRATE_OK;
    }
    if (!crate_sparql_word(sparql, "INSERT")) {
      return refuse_other(sparql, "INSERT, PREFIX or BASE");
    }
    CrateOperation *const operation =
      crate_sparql_allocate(sparql, sizeof(CrateOperation));
    if (!operation) {
      return crate_sparql_no_memory(sparql);
    }
    CRATE_TRY(read_operation(sparql, operation));
    *last = operation;
    last = &operation->next;
    if (!crate_sparql_take(sparql, ';')) {
      return !crate_sparql_next(sparql) && c->at == c->end
               ? CRATE_OK
               : refuse_other(sparql, "';' and the next operation");
    }
  }
}

static CrateStatus
read_bytes(CrateUpdate *update, const CrateRdfSource *source)
{
  CrateSparql sparql = {.update = update};
  CRATE_TRY(crate_arena_copy(&update->arena, source->base, &update->base));
  sparql.turtle.base = update->base;
  CRATE_TRY(crate_rdf_source_check_size(source));
  CRATE_TRY(crate_rdf_source_check_text(source));
  CRATE_TRY(crate_arena_copy(&update->arena, source->name, &update->name));
  crate_cursor_init(&sparql.turtle.cursor, NULL, source);
  sparql.turtle.cursor.terms = update->terms;
  crate_map_init(&sparql.turtle.namespaces, source->world);
  crate_map_init(&sparql.names, source->world);
  crate_map_init(&sparql.blanks, source->world);
  crate_arena_init(&sparql.turtle.arena, source->world);
  crate_arena_init(&sparql.turtle.resolved, source->world);
  const CrateStatus st = read_request(&sparql);
  crate_arena_clear(&sparql.turtle.resolved);
  crate_arena_clear(&sparql.turtle.arena);
  crate_map_clear(&sparql.blanks);
  crate_map_clear(&sparql.names);
  crate_map_clear(&sparql.turtle.namespaces);
  crate_cursor_clear(&sparql.turtle.cursor);
  return st;
}

CrateStatus
crate_update_read(const CrateWorld *world,
                  CrateTerms *terms,
                  CrateText name,
                  CrateText base,
                  CrateText bytes,
                  CrateUpdate **out)
{
  const CrateRdfSource source = {.world = world,
                                 .name = name,
                                 .base = base,
                                 .bytes = bytes,
                                 .code = CRATE_TEXT("invalid-sparql")};
  CrateUpdate *const update =
    (CrateUpdate *)crate_world_allocate(world, sizeof(CrateUpdate));
  *out = NULL;
  if (!update) {
    return CRATE_NO_MEMORY;
  }
  *update = (CrateUpdate){.world = world, .terms = terms};
  crate_arena_init(&update->arena, world);
  const CrateStatus st = read_bytes(update, &source);
  if (st) {
    crate_update_free(update);
    return st;
  }
  *out = update;
  return CRATE_OK;
}

void
crate_update_free(CrateUpdate *update)
{
  if (update) {
    crate_arena_clear(&update->arena);
    crate_world_release(update->world, update);
  }
}
