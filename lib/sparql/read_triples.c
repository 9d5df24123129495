// SPDX-License-Identifier: Apache-2.0
// Triples and paths: [52] to [55] and [75] to [107].
#include "sparql/read.h"

/// A list of triples that grows at its end.
typedef struct {
  CrateSparql *sparql;
  CrateTriple **last;
  uint32_t count;
} Block;

static CrateStatus read_object(Block *block, CrateNode *out);
static CrateStatus read_alternative(CrateSparql *sparql, CratePath **out);

static CrateNode
node_of(CrateTerm term)
{
  const CrateNode node = {term, 0};
  return node;
}

static CrateStatus
add(Block *block, uint32_t number, const CrateTriple *triple)
{
  CrateTriple *const kept =
    crate_sparql_allocate(block->sparql, sizeof(CrateTriple));
  if (!kept) {
    return crate_sparql_no_memory(block->sparql);
  }
  *kept = *triple;
  kept->number = number;
  *block->last = kept;
  block->last = &kept->next;
  ++block->count;
  return CRATE_OK;
}

/// 18.2.2.4: sequences and inverses become triples, which can be looked up in
/// any order; what is left is a path.
static CrateStatus
add_path(Block *block,
         uint32_t number,
         CrateNode subject,
         const CratePath *path,
         CrateNode object)
{
  CrateTriple triple = {.subject = subject, .object = object};
  switch (path->kind) {
    case CRATE_PATH_LINK:
      triple.predicate.term = path->link;
      return add(block, number, &triple);
    case CRATE_PATH_INVERSE:
      return add_path(block, number, object, path->first, subject);
    case CRATE_PATH_SEQUENCE: {
      const CrateNode middle = crate_sparql_unnamed(block->sparql);
      CRATE_TRY(add_path(block, number, subject, path->first, middle));
      return add_path(block, block->sparql->patterns++, middle, path->second,
                      object);
    }
    case CRATE_PATH_ALTERNATIVE:
    case CRATE_PATH_ZERO_OR_ONE:
    case CRATE_PATH_ZERO_OR_MORE:
    case CRATE_PATH_ONE_OR_MORE:
    case CRATE_PATH_NEGATED:
      break;
  }
  triple.path = path;
  return add(block, number, &triple);
}

static CrateStatus
new_path(CrateSparql *sparql,
         CratePathKind kind,
         const CratePath *first,
         const CratePath *second,
         CratePath **out)
{
  CratePath *const path = crate_sparql_allocate(sparql, sizeof(CratePath));
  *out = path;
  if (!path) {
    return crate_sparql_no_memory(sparql);
  }
  path->kind = kind;
  path->first = first;
  path->second = second;
  return CRATE_OK;
}

/// iri or 'a'
static CrateStatus
read_link(CrateSparql *sparql, CratePath **out)
{
  CRATE_TRY(new_path(sparql, CRATE_PATH_LINK, NULL, NULL, out));
  crate_turtle_skip(&sparql->turtle);
  if (crate_turtle_word(&sparql->turtle, CRATE_TEXT("a"), true)) {
    (*out)->link = CRATE_RDF_TYPE;
    return CRATE_OK;
  }
  return crate_sparql_iri(sparql, &(*out)->link);
}

/// PathOneInPropertySet [96]
static CrateStatus
read_negated_link(CrateSparql *sparql, CratePath **out)
{
  const bool inverse = crate_sparql_take(sparql, '^');
  CRATE_TRY(read_link(sparql, out));
  return inverse ? new_path(sparql, CRATE_PATH_INVERSE, *out, NULL, out)
                 : CRATE_OK;
}

/// PathNegatedPropertySet [95], behind its '!'
static CrateStatus
read_negated(CrateSparql *sparql, CratePath **out)
{
  CratePath *first = NULL;
  CratePath **last = &first;
  if (!crate_sparql_take(sparql, '(')) {
    CRATE_TRY(read_negated_link(sparql, &first));
  } else if (!crate_sparql_take(sparql, ')')) {
    do {
      CRATE_TRY(read_negated_link(sparql, last));
      last = &(*last)->next;
    } while (crate_sparql_take(sparql, '|'));
    CRATE_TRY(crate_sparql_require(sparql, ')', "')' or '|'"));
  }
  return new_path(sparql, CRATE_PATH_NEGATED, first, NULL, out);
}

/// PathPrimary [94]
static CrateStatus
read_primary(CrateSparql *sparql, CratePath **out)
{
  if (crate_sparql_take(sparql, '!')) {
    return read_negated(sparql, out);
  }
  if (!crate_sparql_take(sparql, '(')) {
    return read_link(sparql, out);
  }
  CRATE_TRY(crate_sparql_enter(sparql));
  CRATE_TRY(read_alternative(sparql, out));
  crate_sparql_leave(sparql);
  return crate_sparql_require(sparql, ')', "')' or more of the path");
}

/// PathEltOrInverse [92]
static CrateStatus
read_element(CrateSparql *sparql, CratePath **out)
{
  const bool inverse = crate_sparql_take(sparql, '^');
  CRATE_TRY(read_primary(sparql, out));
  const CrateCursor *const c = crate_sparql_cursor(sparql);
  const char mark = crate_sparql_next(sparql);
  // "?name" is a variable, '?' alone is optional.
  const bool variable = mark == '?' && c->end - c->at > 1 &&
                        !strchr(" \t\r\n)|/#?$<_\"'([;.,", c->at[1]);
  if (!variable && mark && strchr("?*+", mark)) {
    ++crate_sparql_cursor(sparql)->at;
    CRATE_TRY(new_path(sparql,
                       mark == '?'   ? CRATE_PATH_ZERO_OR_ONE
                       : mark == '*' ? CRATE_PATH_ZERO_OR_MORE
                                     : CRATE_PATH_ONE_OR_MORE,
                       *out, NULL, out));
  }
  return inverse ? new_path(sparql, CRATE_PATH_INVERSE, *out, NULL, out)
                 : CRATE_OK;
}

/// PathSequence [90]. Each part is a level: what walks the path has to end.
static CrateStatus
read_sequence(CrateSparql *sparql, CratePath **out)
{
  CRATE_TRY(read_element(sparql, out));
  while (crate_sparql_take(sparql, '/')) {
    CratePath *second;
    CRATE_TRY(crate_sparql_enter(sparql));
    CRATE_TRY(read_element(sparql, &second));
    CRATE_TRY(new_path(sparql, CRATE_PATH_SEQUENCE, *out, second, out));
  }
  return CRATE_OK;
}

/// PathAlternative [89]
static CrateStatus
read_alternative(CrateSparql *sparql, CratePath **out)
{
  const uint32_t depth = sparql->turtle.depth;
  CRATE_TRY(read_sequence(sparql, out));
  while (crate_sparql_take(sparql, '|')) {
    CratePath *second;
    CRATE_TRY(crate_sparql_enter(sparql));
    CRATE_TRY(read_sequence(sparql, &second));
    CRATE_TRY(new_path(sparql, CRATE_PATH_ALTERNATIVE, *out, second, out));
  }
  sparql->turtle.depth = depth;
  return CRATE_OK;
}

/// What stands between subject and object: a variable or a path.
typedef struct {
  CrateNode variable;
  CratePath *path; // NULL: it is the variable
} Verb;

static CrateStatus
read_verb(Block *block, Verb *verb)
{
  CrateSparql *const sparql = block->sparql;
  *verb = (Verb){{0, 0}, NULL};
  if (crate_sparql_at_variable(sparql)) {
    return crate_sparql_variable(sparql, &verb->variable);
  }
  CRATE_TRY(read_alternative(sparql, &verb->path));
  if ((sparql->in_template || sparql->in_data) &&
      verb->path->kind != CRATE_PATH_LINK) {
    return crate_sparql_expected(
      sparql, "a property before this, as templates have no paths");
  }
  return CRATE_OK;
}

/// Whether nothing of a triple can come next.
static bool
at_end(CrateSparql *sparql)
{
  static const char *const words[] = {
    "FILTER", "OPTIONAL", "MINUS",   "UNION",  "BIND",
    "VALUES", "GRAPH",    "SERVICE", "SELECT",
  };
  CrateCursor *const c = crate_sparql_cursor(sparql);
  const char next = crate_sparql_next(sparql);
  const char *const start = c->at;
  bool found = !next || strchr("{}].", next);
  for (size_t i = 0; !found && i < sizeof(words) / sizeof(*words); ++i) {
    found = crate_sparql_word(sparql, words[i]);
  }
  c->at = start;
  return found;
}

/// ObjectListPath [86]
static CrateStatus
read_objects(Block *block, CrateNode subject, const Verb *verb)
{
  CrateSparql *const sparql = block->sparql;
  do {
    const uint32_t number = sparql->patterns++; // before what is nested in it
    CrateTriple triple = {.subject = subject, .predicate = verb->variable};
    CRATE_TRY(read_object(block, &triple.object));
    CRATE_TRY(verb->path
                ? add_path(block, number, subject, verb->path, triple.object)
                : add(block, number, &triple));
  } while (crate_sparql_take(sparql, ','));
  return CRATE_OK;
}

/// PropertyListPathNotEmpty [83]
static CrateStatus
read_properties(Block *block, CrateNode subject)
{
  for (;;) {
    Verb verb;
    CRATE_TRY(read_verb(block, &verb));
    CRATE_TRY(read_objects(block, subject, &verb));
    if (!crate_sparql_take(block->sparql, ';')) {
      return CRATE_OK;
    }
    while (crate_sparql_take(block->sparql, ';')) {
    }
    if (at_end(block->sparql)) {
      return CRATE_OK;
    }
  }
}

/// ANON [163] or BlankNodePropertyListPath [101], standing on its '['.
static CrateStatus
read_brackets(Block *block, CrateNode *out)
{
  CrateSparql *const sparql = block->sparql;
  ++crate_sparql_cursor(sparql)->at;
  *out = crate_sparql_unnamed(sparql);
  if (crate_sparql_take(sparql, ']')) {
    return CRATE_OK;
  }
  CRATE_TRY(crate_sparql_enter(sparql));
  CRATE_TRY(read_properties(block, *out));
  crate_sparql_leave(sparql);
  return crate_sparql_require(sparql, ']', "']' or ';'");
}

static CrateStatus
add_cell(Block *block, CrateNode cell, CrateTerm property, CrateNode value)
{
  const CrateTriple triple = {
    .subject = cell, .predicate = node_of(property), .object = value};
  return add(block, block->sparql->patterns++, &triple);
}

/// CollectionPath [103], standing on its '('.
static CrateStatus
read_collection(Block *block, CrateNode *out)
{
  CrateSparql *const sparql = block->sparql;
  CrateNode cell = node_of(CRATE_RDF_NIL);
  ++crate_sparql_cursor(sparql)->at;
  *out = cell;
  CRATE_TRY(crate_sparql_enter(sparql));
  for (bool first = true; !crate_sparql_take(sparql, ')'); first = false) {
    const CrateNode following = crate_sparql_unnamed(sparql);
    CrateNode member;
    if (first) {
      *out = following;
    } else {
      CRATE_TRY(add_cell(block, cell, CRATE_RDF_REST, following));
    }
    cell = following;
    CRATE_TRY(read_object(block, &member));
    CRATE_TRY(add_cell(block, cell, CRATE_RDF_FIRST, member));
  }
  crate_sparql_leave(sparql);
  return cell.term
           ? CRATE_OK
           : add_cell(block, cell, CRATE_RDF_REST, node_of(CRATE_RDF_NIL));
}

/// BLANK_NODE_LABEL [142]
static CrateStatus
read_label(CrateSparql *sparql, CrateNode *out)
{
  CrateText label;
  CRATE_TRY(crate_cursor_label(crate_sparql_cursor(sparql), &label));
  uintptr_t known = 0;
  if (crate_map_get(&sparql->blanks, label, &known)) {
    *out = (CrateNode){0, (uint32_t)known - 1u};
    return CRATE_OK;
  }
  *out = crate_sparql_unnamed(sparql);
  return crate_map_put(&sparql->blanks, label, (uintptr_t)out->variable + 1u);
}

/// GraphNodePath [105]
static CrateStatus
read_object(Block *block, CrateNode *out)
{
  CrateSparql *const sparql = block->sparql;
  *out = node_of(CRATE_NO_TERM);
  switch (crate_sparql_next(sparql)) {
    case '_':
      return read_label(sparql, out);
    case '[':
      return read_brackets(block, out);
    case '(':
      return read_collection(block, out);
    case '?':
    case '$':
      return crate_sparql_variable(sparql, out);
    default:
      return crate_sparql_constant(sparql, &out->term);
  }
}

/// TriplesSameSubjectPath [81]
static CrateStatus
read_same_subject(Block *block)
{
  CrateNode subject;
  const char start = crate_sparql_next(block->sparql);
  const uint32_t before = block->count;
  CRATE_TRY(read_object(block, &subject));
  const bool said = (start == '[' || start == '(') && block->count > before;
  return said && at_end(block->sparql) ? CRATE_OK
                                       : read_properties(block, subject);
}

CrateStatus
crate_sparql_triples(CrateSparql *sparql, CrateTriple **list, uint32_t *count)
{
  Block block = {sparql, list, 0};
  *list = NULL;
  while (!at_end(sparql)) {
    CRATE_TRY(read_same_subject(&block));
    if (!crate_sparql_take(sparql, '.')) {
      break;
    }
  }
  *count = block.count;
  return CRATE_OK;
}
