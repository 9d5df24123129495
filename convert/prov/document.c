// SPDX-License-Identifier: Apache-2.0
#include "convert/prov/prov.h"

void
crate_prov_init(CrateProv *document, const CrateWorld *world, CrateTerms *terms)
{
  *document = (CrateProv){.world = world, .terms = terms};
  crate_arena_init(&document->arena, world);
  crate_map_init(&document->blanks, world);
  crate_buffer_init(&document->scratch, world);
}

void
crate_prov_clear(CrateProv *document)
{
  crate_arena_clear(&document->arena);
  crate_map_clear(&document->blanks);
  crate_buffer_clear(&document->scratch);
  crate_world_release(document->world, document->records);
  crate_world_release(document->world, document->attributes);
  crate_world_release(document->world, document->prefixes);
}

CrateStatus
crate_prov_add(CrateProv *document, const CrateProvRecord *record)
{
  CRATE_TRY(crate_world_reserve(document->world, &document->records,
                                &document->capacity, document->count + 1,
                                sizeof(*document->records)));
  CrateProvRecord *const added = &document->records[document->count++];
  *added = *record;
  added->first = document->attribute_count;
  added->count = 0;
  return CRATE_OK;
}

CrateStatus
crate_prov_add_attribute(CrateProv *document, CrateTerm name, CrateTerm value)
{
  CRATE_TRY(crate_world_reserve(
    document->world, &document->attributes, &document->attribute_capacity,
    document->attribute_count + 1, sizeof(*document->attributes)));
  document->attributes[document->attribute_count++] =
    (CrateProvAttribute){name, value};
  ++document->records[document->count - 1].count;
  return CRATE_OK;
}

CrateStatus
crate_prov_end_bundle(CrateProv *document, CrateTerm bundle, size_t before)
{
  const CrateProvRecord nothing = {
    .kind = CRATE_PROV_EMPTY, .bundle = bundle, .origin = CRATE_NO_ORIGIN};
  return document->count > before ? CRATE_OK
                                  : crate_prov_add(document, &nothing);
}

CrateStatus
crate_prov_add_prefix(CrateProv *document, CrateText prefix, CrateText iri)
{
  CRATE_TRY(crate_world_reserve(
    document->world, &document->prefixes, &document->prefix_capacity,
    document->prefix_count + 1, sizeof(*document->prefixes)));
  document->prefixes[document->prefix_count++] = (CratePrefix){prefix, iri};
  return CRATE_OK;
}

CrateStatus
crate_prov_blank(CrateProv *document, CrateText label, CrateTerm *out)
{
  uintptr_t found;
  if (crate_map_get(&document->blanks, label, &found)) {
    *out = (CrateTerm)found;
    return CRATE_OK;
  }
  CRATE_TRY(crate_arena_copy(&document->arena, label, &label));
  CRATE_TRY(crate_terms_blank(document->terms, label, out));
  return crate_map_put(&document->blanks, label, *out);
}

static void
mark(const CrateProv *document, uint8_t *marks, CrateTerm term)
{
  if (crate_terms_kind(document->terms, term) == CRATE_TERM_BLANK) {
    marks[term] = 1;
  }
}

CrateStatus
crate_prov_drop_labels(CrateProv *document)
{
  const size_t end = crate_terms_end(document->terms);
  uint8_t *const marks = crate_world_allocate(document->world, end);
  if (!marks) {
    return CRATE_NO_MEMORY;
  }
  memset(marks, 0, end);
  for (size_t i = 0; i < document->count; ++i) {
    for (unsigned k = 0; k < CRATE_PROV_ARGUMENTS; ++k) {
      mark(document, marks, document->records[i].arguments[k]);
    }
  }
  for (size_t i = 0; i < document->attribute_count; ++i) {
    mark(document, marks, document->attributes[i].value);
  }
  for (size_t i = 0; i < document->count; ++i) {
    CrateProvRecord *const record = &document->records[i];
    if (record->kind >= CRATE_PROV_FIRST_RELATION &&
        crate_terms_kind(document->terms, record->id) == CRATE_TERM_BLANK &&
        !marks[record->id]) {
      record->id = CRATE_NO_TERM;
    }
  }
  crate_world_release(document->world, marks);
  return CRATE_OK;
}
