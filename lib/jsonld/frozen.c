// SPDX-License-Identifier: Apache-2.0
#include "jsonld/frozen.h"
#include "base/bundle.h"

uint32_t
crate_frozen_hash(CrateText text)
{
  uint32_t hash = 2166136261u; // FNV-1a
  for (size_t i = 0; i < text.size; ++i) {
    hash = (hash ^ (unsigned char)text.data[i]) * 16777619u;
  }
  return hash ^ (hash >> 15);
}

const char *
crate_frozen_open(CrateText name)
{
  char key[64] = "context/";
  if (!name.size || name.size > sizeof key - 8) {
    return NULL;
  }
  memcpy(key + 8, name.data, name.size);
  const CrateText blob = crate_bundle_find((CrateText){key, 8 + name.size});
  return blob.size >= sizeof(CrateFrozenHeader) &&
             crate_frozen_header(blob.data)->magic == CRATE_FROZEN_MAGIC
           ? blob.data
           : NULL;
}

CrateText
crate_frozen_spelling(CrateText iri)
{
  const CrateText blob = crate_bundle_find(CRATE_TEXT("context-spellings"));
  const uint32_t *const count = (const void *)blob.data;
  const CrateFrozenSpelling *const spellings =
    (const void *)(blob.data ? blob.data + 8 : NULL);
  size_t from = 0;
  size_t to = blob.size >= 8 ? *count : 0;
  while (from < to) {
    const size_t middle = (from + to) / 2;
    const int order = crate_text_compare(
      crate_frozen_text(blob.data, spellings[middle].iri), iri);
    if (!order) {
      return crate_frozen_text(blob.data, spellings[middle].name);
    }
    from = order < 0 ? middle + 1 : from;
    to = order < 0 ? to : middle;
  }
  return (CrateText){NULL, 0};
}

static const CrateFrozenTerm *
probe(const char *blob, CrateText term)
{
  const CrateFrozenHeader *const header = crate_frozen_header(blob);
  const uint32_t *const slots = (const void *)(blob + header->slots);
  const uint32_t mask = header->slot_count - 1u;
  for (uint32_t i = crate_frozen_hash(term) & mask; slots[i];
       i = (i + 1u) & mask) {
    const CrateFrozenTerm *const found =
      &crate_frozen_terms(blob)[slots[i] - 1u];
    if (crate_text_equal(crate_frozen_text(blob, found->term), term)) {
      return found;
    }
  }
  return NULL;
}

static CrateStatus
thaw_name(CrateProcessor *p,
          const char *blob,
          CrateFrozenText text,
          CrateName **out)
{
  *out =
    text.offset ? crate_processor_name(p, crate_frozen_text(blob, text)) : NULL;
  return text.offset && !*out ? crate_processor_out_of_memory(p) : CRATE_OK;
}

static CrateStatus
thaw(CrateProcessor *p,
     const char *blob,
     const CrateFrozenTerm *frozen,
     CrateDefinition *definition)
{
  *definition = (CrateDefinition){
    .term = crate_frozen_text(blob, frozen->term),
    .language = crate_frozen_text(blob, frozen->language),
    .index = crate_frozen_text(blob, frozen->index),
    .nest = crate_frozen_text(blob, frozen->nest),
    .container = frozen->container,
    .direction = frozen->direction,
    .has_language = frozen->has_language,
    .is_prefix = frozen->is_prefix,
    .is_protected = frozen->is_protected,
    .is_reverse = frozen->is_reverse,
  };
  CRATE_TRY(thaw_name(p, blob, frozen->iri, &definition->iri));
  return thaw_name(p, blob, frozen->type, &definition->type);
}

CrateStatus
crate_frozen_find(CrateProcessor *p,
                  CrateFrozen *frozen,
                  CrateText term,
                  const CrateDefinition **out)
{
  *out = NULL;
  const CrateFrozenTerm *const found = probe(frozen->blob, term);
  if (!found) {
    return CRATE_OK;
  }
  CrateTableSlot *const slot = crate_table_put(
    &frozen->thawed, &p->arena, crate_frozen_text(frozen->blob, found->term));
  if (!slot) {
    return crate_processor_out_of_memory(p);
  }
  if (!slot->value) {
    CrateDefinition *const definition =
      crate_arena_allocate(&p->arena, sizeof *definition);
    if (!definition) {
      return crate_processor_out_of_memory(p);
    }
    CRATE_TRY(thaw(p, frozen->blob, found, definition));
    slot->value = definition;
  }
  *out = slot->value;
  return CRATE_OK;
}

CrateStatus
crate_frozen_use(CrateProcessor *p, const char *blob, CrateActive *active)
{
  const CrateFrozenHeader *const header = crate_frozen_header(blob);
  active->frozen = crate_arena_array(&p->arena, 1, sizeof *active->frozen);
  if (!active->frozen) {
    return crate_processor_out_of_memory(p);
  }
  active->frozen->blob = blob;
  active->vocab = crate_frozen_text(blob, header->vocab);
  active->language = crate_frozen_text(blob, header->language);
  active->direction = (uint8_t)header->direction;
  active->protected_count = header->protected_count;
  active->aliases_type = header->aliases_type != 0;
  return CRATE_OK;
}
