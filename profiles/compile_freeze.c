// SPDX-License-Identifier: Apache-2.0
#include "compile_freeze.h"
#include "jsonld/start.h"
#include <stdlib.h>

/// Texts go to a pool behind the records, each once.
typedef struct Pool {
  CrateCompiler *compiler;
  CrateBuffer bytes;
  CrateTable offsets;
  size_t base; ///< Offset of the pool in the blob.
} Pool;

static CrateStatus
pool_text(Pool *pool, CrateText text, CrateFrozenText *out)
{
  *out = (CrateFrozenText){0, 0};
  if (!text.data) {
    return CRATE_OK;
  }
  CrateTableSlot *const slot =
    crate_table_put(&pool->offsets, &pool->compiler->arena, text);
  if (!slot) {
    return crate_arena_status(&pool->compiler->arena);
  }
  if (!slot->value) {
    slot->value = (void *)(uintptr_t)(pool->base + pool->bytes.size);
    crate_buffer_add(&pool->bytes, text);
    crate_buffer_add_byte(&pool->bytes, '\0');
  }
  out->offset = (uint32_t)(uintptr_t)slot->value;
  out->size = (uint32_t)text.size;
  return crate_buffer_status(&pool->bytes);
}

static void
pool_begin(Pool *pool, CrateCompiler *compiler, size_t base)
{
  *pool = (Pool){.compiler = compiler, .base = base};
  crate_buffer_init(&pool->bytes, compiler->world);
}

/// Add a blob made of records and the pool that belongs to them.
static CrateStatus
add_blob(Pool *pool, CrateText name, const void *records, size_t size)
{
  const CrateText parts[] = {{records, size}, crate_buffer_text(&pool->bytes)};
  CrateText blob;
  CRATE_TRY(crate_arena_join(&pool->compiler->arena, parts, 2, &blob));
  return crate_compiler_add(pool->compiler, name, blob);
}

static CrateStatus
add_spelling(CrateCompiler *compiler,
             CrateSpellings *spellings,
             CrateText iri,
             CrateText name)
{
  CrateSpelling *const spelling =
    crate_arena_allocate(&compiler->arena, sizeof *spelling);
  if (!spelling) {
    return crate_arena_status(&compiler->arena);
  }
  *spelling = (CrateSpelling){spellings->first, iri, name};
  spellings->first = spelling;
  ++spellings->count;
  return CRATE_OK;
}

CrateStatus
crate_spellings_add(CrateCompiler *compiler,
                    CrateSpellings *spellings,
                    CrateText pattern,
                    CrateText name)
{
  const size_t open = crate_text_find(pattern, '{');
  const size_t close = crate_text_find(pattern, '}');
  if (open == pattern.size) {
    return add_spelling(compiler, spellings, pattern, name);
  }
  const CrateText choices = crate_text_slice(pattern, open + 1, close);
  for (size_t at = 0; at <= choices.size;) {
    const CrateText left = crate_text_slice(choices, at, choices.size);
    const size_t end = crate_text_find(left, ',');
    const CrateText parts[] = {
      crate_text_slice(pattern, 0, open), crate_text_slice(left, 0, end),
      crate_text_slice(pattern, close + 1, pattern.size)};
    CrateText next;
    CRATE_TRY(crate_arena_join(&compiler->arena, parts, 3, &next));
    CRATE_TRY(crate_spellings_add(compiler, spellings, next, name));
    at += end + 1;
  }
  return CRATE_OK;
}

static int
by_iri(const void *a, const void *b)
{
  const CrateSpelling *const *const left = a;
  const CrateSpelling *const *const right = b;
  return crate_text_compare((*left)->iri, (*right)->iri);
}

/// No IRI may stand for two contexts.
static CrateStatus
check_spellings(const CrateCompiler *compiler,
                const CrateSpelling **order,
                size_t count)
{
  const CrateDiagnostic place = {.code = CRATE_TEXT("bad-table")};
  for (size_t i = 1; i < count; ++i) {
    if (crate_text_equal(order[i - 1]->iri, order[i]->iri)) {
      return crate_world_say(compiler->world, CRATE_MALFORMED, &place,
                             "%.*s is spelled twice",
                             CRATE_TEXT_ARG(order[i]->iri));
    }
  }
  return CRATE_OK;
}

CrateStatus
crate_freeze_spellings(CrateCompiler *compiler, const CrateSpellings *spellings)
{
  const size_t count = spellings->count;
  const size_t size = 8 + count * sizeof(CrateFrozenSpelling);
  char *const records = crate_arena_array(&compiler->arena, 1, size);
  const CrateSpelling **const order =
    crate_arena_array(&compiler->arena, count + 1, sizeof *order);
  if (!records || !order) {
    return crate_arena_status(&compiler->arena);
  }
  size_t n = 0;
  for (const CrateSpelling *at = spellings->first; at; at = at->next) {
    order[n++] = at;
  }
  qsort(order, count, sizeof *order, by_iri);
  CRATE_TRY(check_spellings(compiler, order, count));
  Pool pool;
  pool_begin(&pool, compiler, size);
  memcpy(records, &spellings->count, sizeof spellings->count);
  CrateFrozenSpelling *const frozen = (void *)(records + 8);
  CrateStatus status = CRATE_OK;
  for (size_t i = 0; i < count && !status; ++i) {
    status = pool_text(&pool, order[i]->iri, &frozen[i].iri);
    status =
      status ? status : pool_text(&pool, order[i]->name, &frozen[i].name);
  }
  status = status
             ? status
             : add_blob(&pool, CRATE_TEXT("context-spellings"), records, size);
  crate_buffer_clear(&pool.bytes);
  return status;
}

static int
by_term(const void *a, const void *b)
{
  const CrateDefinition *const *const left = a;
  const CrateDefinition *const *const right = b;
  return crate_text_compare((*left)->term, (*right)->term);
}

/// A context being frozen: the records of its blob.
typedef struct Freezing {
  CrateCompiler *compiler;
  Pool pool;
  const CrateDefinition **order;
  uint32_t count;
  char *records;
  size_t size;
} Freezing;

/// The definitions of the one layer that there is, sorted.
static CrateStatus
collect(Freezing *f, const CrateActive *active)
{
  f->order = crate_arena_array(&f->compiler->arena, active->terms.count + 1u,
                               sizeof *f->order);
  if (!f->order) {
    return crate_arena_status(&f->compiler->arena);
  }
  for (uint32_t i = 0; i < active->terms.capacity; ++i) {
    const CrateDefinition *const definition = active->terms.slots[i].value;
    if (definition && !definition->is_removed) {
      f->order[f->count++] = definition;
    }
    if (definition && definition->context) {
      return CRATE_UNSUPPORTED; // no table has needed a scoped context yet
    }
  }
  qsort(f->order, f->count, sizeof *f->order, by_term);
  return CRATE_OK;
}

static CrateStatus
freeze_term(Freezing *f, const CrateDefinition *from, CrateFrozenTerm *to)
{
  static const CrateText none = {NULL, 0};
  Pool *const pool = &f->pool;
  CRATE_TRY(pool_text(pool, from->term, &to->term));
  CRATE_TRY(pool_text(pool, from->iri ? from->iri->text : none, &to->iri));
  CRATE_TRY(pool_text(pool, from->type ? from->type->text : none, &to->type));
  CRATE_TRY(pool_text(pool, from->language, &to->language));
  CRATE_TRY(pool_text(pool, from->index, &to->index));
  CRATE_TRY(pool_text(pool, from->nest, &to->nest));
  to->container = from->container;
  to->direction = from->direction;
  to->has_language = from->has_language;
  to->is_prefix = from->is_prefix;
  to->is_protected = from->is_protected;
  to->is_reverse = from->is_reverse;
  return CRATE_OK;
}

static CrateStatus
freeze_terms(Freezing *f)
{
  CrateFrozenHeader *const header = (void *)f->records;
  CrateFrozenTerm *const terms = (void *)(f->records + header->terms);
  uint32_t *const slots = (void *)(f->records + header->slots);
  for (uint32_t i = 0; i < f->count; ++i) {
    CRATE_TRY(freeze_term(f, f->order[i], &terms[i]));
    uint32_t at = crate_frozen_hash(f->order[i]->term);
    while (slots[at & (header->slot_count - 1u)]) {
      ++at;
    }
    slots[at & (header->slot_count - 1u)] = i + 1u;
  }
  return CRATE_OK;
}

/// Lay the blob out and fill it.
static CrateStatus
freeze(Freezing *f, CrateText name, const CrateActive *active)
{
  CrateFrozenHeader header = {
    .magic = CRATE_FROZEN_MAGIC,
    .term_count = f->count,
    .terms = sizeof header,
    .slot_count = 16,
    .direction = active->direction,
    .protected_count = active->protected_count,
    .aliases_type = active->aliases_type,
  };
  while (header.slot_count < f->count * 2u) {
    header.slot_count *= 2u;
  }
  header.slots = (uint32_t)(sizeof header + f->count * sizeof(CrateFrozenTerm));
  f->size = header.slots + header.slot_count * sizeof(uint32_t);
  f->records = crate_arena_array(&f->compiler->arena, 1, f->size);
  if (!f->records) {
    return crate_arena_status(&f->compiler->arena);
  }
  pool_begin(&f->pool, f->compiler, f->size);
  CRATE_TRY(pool_text(&f->pool, name, &header.name));
  CRATE_TRY(pool_text(&f->pool, active->vocab, &header.vocab));
  CRATE_TRY(pool_text(&f->pool, active->language, &header.language));
  memcpy(f->records, &header, sizeof header);
  CRATE_TRY(freeze_terms(f));
  const CrateText parts[] = {CRATE_TEXT("context/"), name};
  CrateText path;
  CRATE_TRY(crate_arena_join(&f->compiler->arena, parts, 2, &path));
  return add_blob(&f->pool, path, f->records, f->size);
}

/// Process the @context of a document and freeze the result.
static CrateStatus
process(CrateCompiler *compiler,
        CrateProcessor *p,
        CrateText name,
        const CrateJsonDocument *document)
{
  const CrateJson *root;
  CrateActive *active;
  const CrateContextInputs inputs = {.source = &p->source};
  CRATE_TRY(crate_jsonld_start(p, document, &root, &active));
  CRATE_TRY(crate_context_process(
    p, active, crate_json_get(root, CRATE_TEXT("@context")), &inputs, &active));
  Freezing freezing = {.compiler = compiler};
  CRATE_TRY(collect(&freezing, active));
  const CrateStatus status = freeze(&freezing, name, active);
  crate_buffer_clear(&freezing.pool.bytes);
  return status;
}

CrateStatus
crate_freeze_context(CrateCompiler *compiler, CrateText name, CrateText json)
{
  CrateJsonDocument document;
  CrateProcessor p;
  CrateStatus status = crate_json_read(compiler->world, name, json, &document);
  if (!status) {
    crate_processor_init(&p, &document, NULL, NULL);
    status = process(compiler, &p, name, &document);
    crate_processor_clear(&p);
  }
  crate_json_clear(&document);
  return status;
}
