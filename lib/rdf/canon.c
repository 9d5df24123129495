// SPDX-License-Identifier: Apache-2.0
// RDFC-1.0: the canonicalization algorithm (4.4) and Hash First Degree Quads
// (4.6). Steps are those of the W3C Recommendation of 21 May 2024.
#include "rdf/canon.h"
#include "rdf/nquads_write.h"
#include <stdlib.h>

CrateStatus
crate_canon_hash(CrateCanon *canon,
                 const CrateText *parts,
                 size_t count,
                 unsigned char out[CRATE_CANON_HASH])
{
  unsigned size = 0;
  memset(out, 0, CRATE_CANON_HASH);
  bool good = EVP_DigestInit_ex(canon->digest, canon->algorithm, NULL) == 1;
  for (size_t i = 0; good && i < count; ++i) {
    good = EVP_DigestUpdate(canon->digest, parts[i].data, parts[i].size) == 1;
  }
  good = good && EVP_DigestFinal_ex(canon->digest, out, &size) == 1;
  return good ? CRATE_OK : CRATE_NO_MEMORY;
}

void
crate_canon_add_hash(const CrateCanon *canon,
                     CrateBuffer *buffer,
                     const unsigned char *hash)
{
  char digits[2 * CRATE_CANON_HASH];
  for (size_t i = 0; i < canon->hash_size; ++i) {
    digits[2 * i] = "0123456789abcdef"[hash[i] >> 4u];
    digits[2 * i + 1] = "0123456789abcdef"[hash[i] & 15u];
  }
  crate_buffer_add(buffer, (CrateText){digits, 2 * canon->hash_size});
}

void
crate_canon_issue(CrateCanon *canon, uint32_t node)
{
  if (!canon->issued[node]) {
    canon->issued[node] = ++canon->issued_count;
  }
}

void
crate_canon_issue_temporary(CrateCanon *canon, uint32_t node)
{
  if (!canon->temporary[node]) {
    canon->trail[canon->trail_size++] = node;
    canon->temporary[node] = canon->trail_size;
  }
}

void
crate_canon_forget(CrateCanon *canon, uint32_t size)
{
  while (canon->trail_size > size) {
    canon->temporary[canon->trail[--canon->trail_size]] = 0;
  }
}

/// Number of a blank node, or UINT32_MAX for other terms and none.
static uint32_t
node_number(const CrateCanon *canon, CrateTerm term)
{
  return canon->node_of[term] - 1u;
}

/// 4.6.3, step 3.1: the node itself is _:a, others are _:z.
static void
add_component(CrateCanon *canon, CrateTerm term, uint32_t node)
{
  const uint32_t number = node_number(canon, term);
  if (number == UINT32_MAX) {
    crate_rdf_write_term(&canon->text, canon->terms, term);
  } else {
    crate_buffer_add_string(&canon->text, number == node ? "_:a" : "_:z");
  }
  crate_buffer_add_byte(&canon->text, ' ');
}

static void
add_line(CrateCanon *canon, const CrateQuad *quad, uint32_t node)
{
  add_component(canon, quad->subject, node);
  add_component(canon, quad->predicate, node);
  add_component(canon, quad->object, node);
  if (quad->graph) {
    add_component(canon, quad->graph, node);
  }
  crate_buffer_add_string(&canon->text, ".\n");
}

static int
compare_lines(const void *a, const void *b)
{
  return crate_text_compare(*(const CrateText *)a, *(const CrateText *)b);
}

/// Lines of one node, kept from node to node.
typedef struct {
  CrateText *items;
  size_t capacity;
} Lines;

/// Hash First Degree Quads, 4.6.3
static CrateStatus
hash_first_degree(CrateCanon *canon, Lines *lines, uint32_t node)
{
  const CrateQuad *const quads = crate_graph_quads(canon->graph);
  const uint32_t first = canon->starts[node];
  const size_t count = canon->starts[node + 1u] - first;
  CRATE_TRY(crate_world_reserve(canon->world, &lines->items, &lines->capacity,
                                count, sizeof(*lines->items)));
  canon->text.size = 0;
  for (size_t i = 0; i < count; ++i) {
    const size_t start = canon->text.size;
    add_line(canon, &quads[canon->mentions[first + i]], node);
    lines->items[i].size = canon->text.size - start;
  }
  CRATE_TRY(crate_buffer_status(&canon->text));
  const char *at = canon->text.data; // it moves no more
  for (size_t i = 0; i < count; ++i) {
    lines->items[i].data = at;
    at += lines->items[i].size;
  }
  qsort(lines->items, count, sizeof(*lines->items), compare_lines);
  return crate_canon_hash(canon, lines->items, count, canon->hashes[node]);
}

static CrateStatus
hash_all(CrateCanon *canon)
{
  Lines lines = {NULL, 0};
  CrateStatus st = CRATE_OK;
  for (uint32_t node = 0; !st && node < canon->count; ++node) {
    st = hash_first_degree(canon, &lines, node);
  }
  crate_world_release(canon->world, lines.items);
  return st;
}

/// By hash, then by place in the array of hashes: by number.
static int
compare_hashes(const void *a, const void *b)
{
  const unsigned char *left = *(unsigned char *const *)a;
  const unsigned char *right = *(unsigned char *const *)b;
  const int order = memcmp(left, right, CRATE_CANON_HASH);
  return order ? order : (left > right) - (left < right);
}

/// 4.4.3, steps 4 and 5: nodes alone with their hash first, then the rest,
/// both in the order of hashes. `sorted` comes as pointers into the hashes.
static CrateStatus
issue_in_order(CrateCanon *canon,
               unsigned char **sorted,
               uint32_t *numbers,
               bool alone)
{
  const uint32_t count = canon->count;
  for (uint32_t first = 0, end; first < count; first = end) {
    end = first + 1u;
    while (end < count &&
           !memcmp(sorted[first], sorted[end], CRATE_CANON_HASH)) {
      ++end;
    }
    if (alone && end == first + 1u) {
      crate_canon_issue(canon, numbers[first]);
    } else if (!alone && end > first + 1u) {
      CRATE_TRY(crate_canon_resolve(canon, numbers + first, end - first));
    }
  }
  return CRATE_OK;
}

static CrateStatus
issue_all(CrateCanon *canon)
{
  const size_t count = canon->count;
  unsigned char **const sorted =
    crate_world_allocate(canon->world, count * sizeof(*sorted));
  uint32_t *const numbers =
    crate_world_allocate(canon->world, count * sizeof(*numbers));
  CrateStatus st = sorted && numbers ? CRATE_OK : CRATE_NO_MEMORY;
  if (!st) {
    for (size_t i = 0; i < count; ++i) {
      sorted[i] = canon->hashes[i];
    }
    qsort(sorted, count, sizeof(*sorted), compare_hashes);
    for (size_t i = 0; i < count; ++i) {
      const ptrdiff_t offset = sorted[i] - canon->hashes[0];
      numbers[i] = (uint32_t)((size_t)offset / CRATE_CANON_HASH);
    }
    st = issue_in_order(canon, sorted, numbers, true);
  }
  if (!st) {
    st = issue_in_order(canon, sorted, numbers, false);
  }
  crate_world_release(canon->world, sorted);
  crate_world_release(canon->world, numbers);
  return st;
}

/// Number the blank nodes of the graph in the order of their terms.
static CrateStatus
number_nodes(CrateCanon *canon)
{
  const CrateQuad *const quads = crate_graph_quads(canon->graph);
  for (size_t i = 0; i < crate_graph_size(canon->graph); ++i) {
    const CrateTerm parts[] = {quads[i].subject, quads[i].object,
                               quads[i].graph};
    for (size_t k = 0; k < 3; ++k) {
      if (crate_terms_kind(canon->terms, parts[k]) == CRATE_TERM_BLANK) {
        canon->node_of[parts[k]] = 1;
      }
    }
    if (crate_terms_kind(canon->terms, quads[i].predicate) != CRATE_TERM_IRI) {
      const CrateDiagnostic place = {.code = CRATE_TEXT("generalized-rdf")};
      return crate_world_say(canon->world, CRATE_UNSUPPORTED, &place,
                             "RDFC-1.0 needs every predicate to be an IRI");
    }
  }
  for (CrateTerm term = 1; term < crate_terms_end(canon->terms); ++term) {
    if (canon->node_of[term]) {
      canon->node_of[term] = ++canon->count;
    }
  }
  return CRATE_OK;
}

/// Call `note` for each node a quad mentions, once for each node.
static void
each_mention(CrateCanon *canon,
             uint32_t quad,
             void (*note)(CrateCanon *canon, uint32_t node, uint32_t quad))
{
  const CrateQuad *const q = &crate_graph_quads(canon->graph)[quad];
  const uint32_t s = node_number(canon, q->subject);
  const uint32_t o = node_number(canon, q->object);
  const uint32_t g = node_number(canon, q->graph);
  if (s != UINT32_MAX) {
    note(canon, s, quad);
  }
  if (o != UINT32_MAX && o != s) {
    note(canon, o, quad);
  }
  if (g != UINT32_MAX && g != s && g != o) {
    note(canon, g, quad);
  }
}

static void
count_mention(CrateCanon *canon, uint32_t node, uint32_t quad)
{
  (void)quad;
  ++canon->starts[node];
}

/// Fill from the end, so that starts[node] ends at the first mention.
static void
store_mention(CrateCanon *canon, uint32_t node, uint32_t quad)
{
  canon->mentions[--canon->starts[node]] = quad;
}

/// 4.4.3, step 2: blank node to quads map.
static CrateStatus
map_mentions(CrateCanon *canon)
{
  const uint32_t size = (uint32_t)crate_graph_size(canon->graph);
  for (uint32_t i = 0; i < size; ++i) {
    each_mention(canon, i, count_mention);
  }
  uint64_t total = 0;
  for (uint32_t node = 0; node <= canon->count; ++node) {
    total += canon->starts[node];
    canon->starts[node] = (uint32_t)total;
  }
  if (total > UINT32_MAX) {
    return CRATE_OVER_LIMIT;
  }
  canon->mentions = crate_world_allocate(
    canon->world, (size_t)total * sizeof(*canon->mentions));
  if (!canon->mentions) {
    return CRATE_NO_MEMORY;
  }
  for (uint32_t i = size; i-- > 0;) {
    each_mention(canon, i, store_mention);
  }
  return CRATE_OK;
}

/// A cleared array of numbers.
static uint32_t *
new_numbers(const CrateCanon *canon, size_t count)
{
  uint32_t *const numbers =
    crate_world_allocate(canon->world, count * sizeof(*numbers));
  if (numbers) {
    memset(numbers, 0, count * sizeof(*numbers));
  }
  return numbers;
}

static CrateStatus
prepare(CrateCanon *canon, CrateHash hash)
{
  // Fetched once: EVP_sha256() would be looked up again at every use.
  canon->algorithm =
    EVP_MD_fetch(NULL, hash == CRATE_SHA384 ? "SHA384" : "SHA256", NULL);
  canon->digest = EVP_MD_CTX_new();
  canon->node_of = new_numbers(canon, crate_terms_end(canon->terms));
  if (!canon->algorithm || !canon->digest || !canon->node_of) {
    return CRATE_NO_MEMORY;
  }
  canon->hash_size = (size_t)EVP_MD_get_size(canon->algorithm);
  CRATE_TRY(number_nodes(canon));
  const size_t count = canon->count;
  canon->starts = new_numbers(canon, count + 1);
  canon->issued = new_numbers(canon, count);
  canon->temporary = new_numbers(canon, count);
  canon->trail = new_numbers(canon, count);
  canon->hashes = crate_world_allocate(canon->world, count * CRATE_CANON_HASH);
  if (!canon->starts || !canon->issued || !canon->temporary || !canon->trail ||
      !canon->hashes) {
    return CRATE_NO_MEMORY;
  }
  return map_mentions(canon);
}

static void
release(CrateCanon *canon)
{
  const CrateWorld *const world = canon->world;
  EVP_MD_CTX_free(canon->digest);
  EVP_MD_free(canon->algorithm);
  crate_world_release(world, canon->node_of);
  crate_world_release(world, canon->starts);
  crate_world_release(world, canon->mentions);
  crate_world_release(world, canon->issued);
  crate_world_release(world, canon->temporary);
  crate_world_release(world, canon->trail);
  crate_world_release(world, canon->hashes);
  crate_buffer_clear(&canon->text);
}

static CrateStatus
canonicalize(CrateCanon *canon, CrateHash hash)
{
  CRATE_TRY(prepare(canon, hash));
  CRATE_TRY(hash_all(canon));
  return issue_all(canon);
}

CrateStatus
crate_rdf_canonicalize(CrateBuffer *buffer,
                       CrateGraph *graph,
                       CrateHash hash,
                       uint32_t *labels)
{
  CRATE_TRY(crate_graph_index(graph)); // a set of quads: no repeats
  CrateCanon canon = {
    .world = graph->world,
    .graph = graph,
    .terms = crate_graph_terms(graph),
  };
  crate_buffer_init(&canon.text, graph->world);
  CrateStatus st = canonicalize(&canon, hash);
  if (!st) {
    st = crate_canon_write(&canon, buffer);
  }
  if (!st && labels) {
    for (CrateTerm term = 0; term < crate_terms_end(canon.terms); ++term) {
      const uint32_t node = node_number(&canon, term);
      labels[term] = node == UINT32_MAX ? 0 : canon.issued[node];
    }
  }
  release(&canon);
  return st;
}
