// SPDX-License-Identifier: Apache-2.0
// A frozen context written out, for where it has to be processed after all:
// over other terms, imported, in processing mode 1.0.
#include "jsonld/frozen.h"

typedef struct Writer {
  const char *blob;
  CrateArena *arena;
  CrateJson *object, *last;
} Writer;

static CrateStatus
append(Writer *w, CrateJson *value)
{
  if (!value) {
    return crate_arena_status(w->arena);
  }
  if (w->last) {
    w->last->next = value;
  } else {
    w->object->first = value;
  }
  w->last = value;
  return CRATE_OK;
}

static CrateStatus
begin(Writer *w)
{
  w->last = NULL;
  w->object = crate_json_new(w->arena, CRATE_JSON_OBJECT, CRATE_JSON_NOWHERE);
  return w->object ? CRATE_OK : crate_arena_status(w->arena);
}

static CrateJson *
text_value(Writer *w, CrateText text)
{
  return text.data
           ? crate_json_new_text(w->arena, CRATE_JSON_STRING, text,
                                 CRATE_JSON_NOWHERE)
           : crate_json_new(w->arena, CRATE_JSON_NULL, CRATE_JSON_NOWHERE);
}

static CrateStatus
add(Writer *w, CrateText key, CrateJson *value)
{
  CRATE_TRY(append(w, text_value(w, key)));
  ++w->object->size;
  return append(w, value);
}

/// Add a text unless it is null.
static CrateStatus
add_some(Writer *w, const char *key, CrateFrozenText text)
{
  return text.offset ? add(w, crate_text(key),
                           text_value(w, crate_frozen_text(w->blob, text)))
                     : CRATE_OK;
}

static CrateStatus
add_true(Writer *w, const char *key, bool flag)
{
  return flag
           ? add(w, crate_text(key),
                 crate_json_new(w->arena, CRATE_JSON_TRUE, CRATE_JSON_NOWHERE))
           : CRATE_OK;
}

static CrateStatus
add_direction(Writer *w, uint32_t direction)
{
  static const char *const texts[] = {NULL, NULL, "ltr", "rtl"};
  return direction ? add(w, CRATE_TEXT("@direction"),
                         text_value(w, crate_text(texts[direction & 3u])))
                   : CRATE_OK;
}

static CrateStatus
add_container(Writer *w, uint32_t container)
{
  Writer array = {w->blob, w->arena, NULL, NULL};
  if (!container) {
    return CRATE_OK;
  }
  CRATE_TRY(begin(&array));
  array.object->kind = CRATE_JSON_ARRAY;
  for (unsigned keyword = 1; keyword <= CRATE_AT_VOCAB; ++keyword) {
    if (container & CRATE_BIT(keyword)) {
      ++array.object->size;
      CRATE_TRY(append(
        &array, text_value(&array, crate_keyword_text((CrateKeyword)keyword))));
    }
  }
  // Reverse properties take no array.
  return add(w, CRATE_TEXT("@container"),
             array.object->size == 1 ? array.object->first : array.object);
}

/// The full form of a definition; every IRI in it is absolute.
static CrateStatus
write_term(const Writer *outer, const CrateFrozenTerm *term, CrateJson **out)
{
  Writer w = {outer->blob, outer->arena, NULL, NULL};
  CRATE_TRY(begin(&w));
  CRATE_TRY(add(&w,
                term->is_reverse ? CRATE_TEXT("@reverse") : CRATE_TEXT("@id"),
                text_value(&w, crate_frozen_text(w.blob, term->iri))));
  CRATE_TRY(add_some(&w, "@type", term->type));
  CRATE_TRY(add_some(&w, "@index", term->index));
  CRATE_TRY(add_some(&w, "@nest", term->nest));
  CRATE_TRY(add_container(&w, term->container));
  CRATE_TRY(add_direction(&w, term->direction));
  CRATE_TRY(add_true(&w, "@prefix", term->is_prefix));
  CRATE_TRY(add_true(&w, "@protected", term->is_protected));
  if (term->has_language) {
    CRATE_TRY(add(&w, CRATE_TEXT("@language"),
                  text_value(&w, crate_frozen_text(w.blob, term->language))));
  }
  *out = w.object;
  return CRATE_OK;
}

/// Terms that JSON-LD 1.0 could say too are said in its way.
static CrateStatus
write_definition(const Writer *w, const CrateFrozenTerm *term, CrateJson **out)
{
  const CrateText iri = crate_frozen_text(w->blob, term->iri);
  const bool ends_open =
    iri.size && memchr(":/?#[]@", iri.data[iri.size - 1], 7) != NULL;
  if (term->type.offset || term->container || term->has_language ||
      term->direction || term->is_protected || term->is_reverse ||
      term->is_prefix != ends_open || term->index.offset || term->nest.offset) {
    return write_term(w, term, out);
  }
  Writer plain = *w;
  *out = text_value(&plain, iri);
  return *out ? CRATE_OK : crate_arena_status(w->arena);
}

CrateStatus
crate_frozen_json(const char *blob, CrateArena *arena, CrateJson **out)
{
  const CrateFrozenHeader *const header = crate_frozen_header(blob);
  const CrateFrozenTerm *const terms = crate_frozen_terms(blob);
  Writer w = {blob, arena, NULL, NULL};
  CRATE_TRY(begin(&w));
  CRATE_TRY(add_some(&w, "@vocab", header->vocab));
  CRATE_TRY(add_some(&w, "@language", header->language));
  CRATE_TRY(add_direction(&w, header->direction));
  for (uint32_t i = 0; i < header->term_count; ++i) {
    CrateJson *definition = NULL;
    CRATE_TRY(write_definition(&w, &terms[i], &definition));
    CRATE_TRY(add(&w, crate_frozen_text(blob, terms[i].term), definition));
  }
  *out = w.object;
  return CRATE_OK;
}
