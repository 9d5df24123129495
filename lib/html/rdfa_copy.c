// SPDX-License-Identifier: Apache-2.0
// HTML+RDFa 3.5, property copying: rdfa:copy takes over what is said of an
// rdfa:Pattern. Rules PC1 and PC2 without going over everything again and
// again: from each subject, the patterns it reaches.
#include "html/rdfa.h"
#include <stdlib.h>

#define RDFA "http://www.w3.org/ns/rdfa#"

// Of a pattern that somebody asks for.
#define COPIED 2u

/// The statements, sorted by subject, and which subjects are patterns.
typedef struct Copying {
  CrateRdfa *rdfa;
  CrateTerm copy, pattern;
  size_t count;      ///< Of statements, before any is copied.
  CrateTerm end;     ///< Of the arrays by term.
  uint32_t *starts;  ///< By term: its first statement, plus 1.
  uint8_t *patterns; ///< By term: whether a pattern, and COPIED.
  CrateTerm *seen;   ///< By term: for which subject last.
  CrateTerm *queue;  ///< Patterns that one subject reaches.
  size_t queued, capacity;
} Copying;

static int
compare(const void *a, const void *b)
{
  const CrateRdfaStatement *const x = (const CrateRdfaStatement *)a;
  const CrateRdfaStatement *const y = (const CrateRdfaStatement *)b;
  return x->quad.subject != y->quad.subject
           ? (x->quad.subject < y->quad.subject ? -1 : 1)
           : (x->origin > y->origin) - (x->origin < y->origin);
}

static bool
is_pattern_type(const Copying *copying, const CrateQuad *quad)
{
  return quad->predicate == CRATE_RDF_TYPE && quad->object == copying->pattern;
}

/// Note the patterns that a subject, or another pattern, asks for.
static CrateStatus
ask(Copying *copying, CrateTerm who, CrateTerm subject)
{
  for (size_t i = copying->starts[who]; i && i <= copying->count; ++i) {
    const CrateQuad quad = copying->rdfa->statements[i - 1u].quad;
    if (quad.subject != who) {
      break;
    }
    const CrateTerm target = quad.object;
    if (quad.predicate != copying->copy || !copying->patterns[target] ||
        copying->seen[target] == subject) {
      continue;
    }
    copying->seen[target] = subject;
    CRATE_TRY(crate_world_reserve(
      copying->rdfa->source.document.world, &copying->queue, &copying->capacity,
      copying->queued + 1u, sizeof *copying->queue));
    copying->queue[copying->queued++] = target;
  }
  return CRATE_OK;
}

/// PC1: what is said of a pattern is said of a subject.
static CrateStatus
take_over(Copying *copying, CrateTerm pattern, CrateTerm subject)
{
  CrateRdfa *const rdfa = copying->rdfa;
  const CrateWorld *const world = rdfa->source.document.world;
  for (size_t i = copying->starts[pattern]; i && i <= copying->count; ++i) {
    CrateRdfaStatement statement = rdfa->statements[i - 1u];
    if (statement.quad.subject != pattern) {
      break;
    }
    if (statement.quad.predicate == copying->copy ||
        is_pattern_type(copying, &statement.quad)) {
      continue;
    }
    if (rdfa->count >= world->limits.quads) {
      const CrateDiagnostic place = {.file = rdfa->source.document.name,
                                     .code = CRATE_TEXT(CRATE_HTML_CODE)};
      return crate_world_say(world, CRATE_OVER_LIMIT, &place,
                             "rdfa:copy makes more than %u statements",
                             (unsigned)world->limits.quads);
    }
    CRATE_TRY(crate_world_reserve(world, &rdfa->statements, &rdfa->capacity,
                                  rdfa->count + 1u, sizeof *rdfa->statements));
    statement.quad.subject = subject;
    rdfa->statements[rdfa->count++] = statement;
  }
  return CRATE_OK;
}

static CrateStatus
copy_all(Copying *copying)
{
  for (size_t i = 0; i < copying->count; ++i) {
    const CrateQuad quad = copying->rdfa->statements[i].quad;
    if (copying->starts[quad.subject] != i + 1u ||
        copying->patterns[quad.subject] == COPIED) {
      continue; // not its first, or soon gone
    }
    copying->queued = 0;
    CRATE_TRY(ask(copying, quad.subject, quad.subject));
    for (size_t j = 0; j < copying->queued; ++j) {
      const CrateTerm pattern = copying->queue[j];
      CRATE_TRY(ask(copying, pattern, quad.subject));
      CRATE_TRY(take_over(copying, pattern, quad.subject));
    }
  }
  return CRATE_OK;
}

/// PC2: patterns that are copied, and the asking, are not part of the result.
static void
clean_up(Copying *copying)
{
  CrateRdfaStatement *const all = copying->rdfa->statements;
  size_t kept = 0;
  for (size_t i = 0; i < copying->rdfa->count; ++i) {
    const CrateQuad quad = all[i].quad;
    const bool is_asking =
      quad.predicate == copying->copy && copying->patterns[quad.object];
    if (copying->patterns[quad.subject] != COPIED && !is_asking) {
      all[kept++] = all[i];
    }
  }
  copying->rdfa->count = kept;
}

static void *
make_array(const CrateWorld *world, size_t count, size_t size)
{
  void *const array = crate_world_allocate(world, count * size);
  if (array) {
    memset(array, 0, count * size);
  }
  return array;
}

static CrateStatus
prepare(Copying *copying)
{
  const CrateWorld *const world = copying->rdfa->source.document.world;
  CrateRdfaStatement *const all = copying->rdfa->statements;
  copying->count = copying->rdfa->count;
  copying->end = crate_terms_end(copying->rdfa->source.terms);
  copying->starts = make_array(world, copying->end, sizeof *copying->starts);
  copying->patterns =
    make_array(world, copying->end, sizeof *copying->patterns);
  copying->seen = make_array(world, copying->end, sizeof *copying->seen);
  if (!copying->starts || !copying->patterns || !copying->seen) {
    return CRATE_NO_MEMORY;
  }
  qsort(all, copying->count, sizeof *all, compare);
  for (size_t i = copying->count; i; --i) {
    const CrateQuad quad = all[i - 1u].quad;
    copying->starts[quad.subject] = (uint32_t)i;
    copying->patterns[quad.subject] |= is_pattern_type(copying, &quad);
  }
  for (size_t i = 0; i < copying->count; ++i) {
    const CrateQuad quad = all[i].quad;
    if (quad.predicate == copying->copy && copying->patterns[quad.object]) {
      copying->patterns[quad.object] = COPIED;
    }
  }
  return CRATE_OK;
}

CrateStatus
crate_rdfa_copy(CrateRdfa *rdfa)
{
  const CrateTerms *const terms = rdfa->source.terms;
  const CrateWorld *const world = rdfa->source.document.world;
  Copying copying = {
    .rdfa = rdfa,
    .copy = crate_terms_find_iri(terms, CRATE_TEXT(RDFA "copy")),
    .pattern = crate_terms_find_iri(terms, CRATE_TEXT(RDFA "Pattern"))};
  if (!copying.copy || !copying.pattern || !rdfa->count) {
    return CRATE_OK;
  }
  CrateStatus status = prepare(&copying);
  status = status ? status : copy_all(&copying);
  if (!status) {
    clean_up(&copying);
  }
  crate_world_release(world, copying.starts);
  crate_world_release(world, copying.patterns);
  crate_world_release(world, copying.seen);
  crate_world_release(world, copying.queue);
  return status;
}
