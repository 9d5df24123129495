// SPDX-License-Identifier: Apache-2.0
// JSON-LD API 6.2: IRI Compaction.
#include "jsonld/compact.h"
#include <cratekit/iri.h>

#define GRAPH CRATE_BIT(CRATE_AT_GRAPH)
#define ID CRATE_BIT(CRATE_AT_ID)
#define INDEX CRATE_BIT(CRATE_AT_INDEX)
#define LANGUAGE CRATE_BIT(CRATE_AT_LANGUAGE)
#define LIST CRATE_BIT(CRATE_AT_LIST)
#define SET CRATE_BIT(CRATE_AT_SET)
#define TYPE CRATE_BIT(CRATE_AT_TYPE)

/// Step 4 being prepared.
typedef struct Choosing {
  CrateCompacting *c;
  CrateActive *active;
  CrateInverse *inverse;
  const CrateElement *value; ///< NULL: no map.
  uint32_t containers[24];
  uint32_t container_count;
  bool by_type, is_any;
  CrateText wanted; ///< type/language value
} Choosing;

static void
prefer(Choosing *choosing, uint32_t container)
{
  choosing->containers[choosing->container_count++] = container;
}

/// A container and the same with @set.
static void
prefer_both(Choosing *choosing, uint32_t container)
{
  prefer(choosing, container);
  prefer(choosing, container | SET);
}

/// A language and a direction as the inverse context has them; "" for none.
static CrateStatus
join_language(CrateCompacting *c,
              CrateText language,
              uint8_t direction,
              CrateText *out)
{
  static const char *const suffixes[] = {"", "", "_ltr", "_rtl"};
  const CrateText parts[] = {language, crate_text(suffixes[direction & 3u])};
  CRATE_TRY(crate_arena_join(&c->scratch, parts, 2, out));
  char *const data = (char *)(uintptr_t)out->data;
  for (size_t i = 0; i < out->size; ++i) {
    const bool is_upper = data[i] >= 'A' && data[i] <= 'Z';
    data[i] = (char)(is_upper ? data[i] | 0x20 : data[i]);
  }
  return CRATE_OK;
}

/// Step 4.1.
static CrateStatus
default_language(const Choosing *choosing, CrateText *out)
{
  CRATE_TRY(join_language(choosing->c, choosing->active->language,
                          choosing->active->direction, out));
  *out = out->size ? *out : CRATE_TEXT("@none");
  return CRATE_OK;
}

/// The single type of a value object, or "".
static CrateText
value_type(const CrateElement *value)
{
  return value->types && crate_element_has(value, CRATE_AT_TYPE)
           ? value->types->text
           : (CrateText){NULL, 0};
}

/// Step 4.7.4.2 and 4.7.4.3: language and type of one item of a list.
static CrateStatus
item_kind(CrateCompacting *c,
          const CrateElement *item,
          CrateText *language,
          CrateText *type)
{
  *language = *type = CRATE_TEXT("@none");
  if (!crate_element_has(item, CRATE_AT_VALUE)) {
    *type = CRATE_TEXT("@id");
  } else if (item->has & (CRATE_BIT(CRATE_AT_DIRECTION) | LANGUAGE)) {
    return join_language(c, item->language, item->direction, language);
  } else if (crate_element_has(item, CRATE_AT_TYPE)) {
    *type = value_type(item);
  } else {
    *language = CRATE_TEXT("@null");
  }
  return CRATE_OK;
}

/// Take an item's kind into what is common to all so far.
static void
unite(CrateText *common, CrateText kind, bool matters)
{
  if (!common->data) {
    *common = kind;
  } else if (matters && !crate_text_equal(*common, kind)) {
    *common = CRATE_TEXT("@none");
  }
}

/// Step 4.7.
static CrateStatus
choose_for_list(Choosing *choosing)
{
  const CrateElement *const list = choosing->value;
  CrateText language = {NULL, 0};
  CrateText type = {NULL, 0};
  if (!crate_element_has(list, CRATE_AT_INDEX)) {
    prefer(choosing, LIST);
  }
  if (!list->list.first) {
    CRATE_TRY(default_language(choosing, &language));
    choosing->is_any = true; // step 4.17
  }
  for (const CrateElement *item = list->list.first; item; item = item->next) {
    CrateText item_language;
    CrateText item_type;
    const CrateArenaMark mark = crate_arena_mark(&choosing->c->scratch);
    const bool is_first = item == list->list.first;
    CRATE_TRY(item_kind(choosing->c, item, &item_language, &item_type));
    unite(&language, item_language, crate_element_has(item, CRATE_AT_VALUE));
    unite(&type, item_type, true);
    if (!is_first) {
      crate_arena_rewind(&choosing->c->scratch, mark);
    }
    if (crate_text_is(language, "@none") && crate_text_is(type, "@none")) {
      break;
    }
  }
  type = type.data ? type : CRATE_TEXT("@none");
  choosing->by_type = !crate_text_is(type, "@none");
  choosing->wanted = choosing->by_type ? type : language;
  return CRATE_OK;
}

/// Step 4.8.
static void
choose_for_graph(Choosing *choosing)
{
  const bool has_index = crate_element_has(choosing->value, CRATE_AT_INDEX);
  const bool has_id = crate_element_has(choosing->value, CRATE_AT_ID);
  if (has_index) {
    prefer_both(choosing, GRAPH | INDEX);
  }
  if (has_id) {
    prefer_both(choosing, GRAPH | ID);
  }
  prefer_both(choosing, GRAPH);
  prefer(choosing, SET);
  if (!has_index) {
    prefer_both(choosing, GRAPH | INDEX);
  }
  if (!has_id) {
    prefer_both(choosing, GRAPH | ID);
  }
  prefer_both(choosing, INDEX);
  choosing->by_type = true;
  choosing->wanted = CRATE_TEXT("@id");
}

/// Step 4.9.
static CrateStatus
choose_for_others(Choosing *choosing)
{
  const CrateElement *const value = choosing->value;
  const uint32_t has = value ? value->has : 0;
  if (!(has & CRATE_BIT(CRATE_AT_VALUE))) { // step 4.9.2
    choosing->by_type = true;
    choosing->wanted = CRATE_TEXT("@id");
    prefer_both(choosing, ID);
    prefer_both(choosing, TYPE);
  } else if ((has & (CRATE_BIT(CRATE_AT_DIRECTION) | LANGUAGE)) &&
             !(has & INDEX)) {
    CRATE_TRY(join_language(choosing->c, value->language, value->direction,
                            &choosing->wanted));
    prefer_both(choosing, LANGUAGE);
  } else if (has & TYPE) {
    choosing->by_type = true;
    choosing->wanted = value_type(value);
  }
  prefer(choosing, SET);
  return CRATE_OK;
}

/// Steps 4.5 to 4.13.
static CrateStatus
choose(Choosing *choosing, bool is_reverse)
{
  const CrateElement *const value = choosing->value;
  const bool is_graph = value && crate_element_is_graph(value);
  const uint32_t has = value ? value->has : 0;
  choosing->wanted = CRATE_TEXT("@null");
  if ((has & INDEX) && !is_graph) {
    prefer_both(choosing, INDEX);
  }
  if (is_reverse) { // step 4.6
    choosing->by_type = true;
    choosing->wanted = CRATE_TEXT("@reverse");
    prefer(choosing, SET);
  } else if (has & LIST) {
    CRATE_TRY(choose_for_list(choosing));
  } else if (is_graph) {
    choose_for_graph(choosing);
  } else {
    CRATE_TRY(choose_for_others(choosing));
  }
  prefer(choosing, 0);
  if (choosing->c->p->options.processing_1_0) {
    return CRATE_OK;
  }
  if (!(has & INDEX)) { // step 4.11
    prefer_both(choosing, INDEX);
  }
  if (has == CRATE_BIT(CRATE_AT_VALUE)) { // step 4.12
    prefer_both(choosing, LANGUAGE);
  }
  return CRATE_OK;
}

/// Step 4.16.1: whether an @id compacts to a term that means it.
static CrateStatus
is_named_by_term(const Choosing *choosing, bool *answer)
{
  const CrateText id = choosing->value->id;
  CrateCompacting *const c = choosing->c;
  *answer = false;
  if (!crate_table_get(&choosing->inverse->iris, c->p->world, id)) {
    return CRATE_OK; // no term means it
  }
  CrateText compacted;
  const CrateDefinition *definition;
  CRATE_TRY(crate_compact_word(c, choosing->active, id, &compacted));
  CRATE_TRY(crate_active_find(c->p, choosing->active, compacted, &definition));
  *answer = definition && definition->iri &&
            crate_text_equal(definition->iri->text, id);
  return CRATE_OK;
}

/// Steps 4.14 to 4.20.
static CrateStatus
select_term(const Choosing *choosing, CrateText var, CrateChoice **out)
{
  CrateText preferred[8];
  uint32_t count = 0;
  const CrateText wanted = choosing->wanted;
  const bool is_reverse = crate_text_is(wanted, "@reverse");
  if (is_reverse) { // step 4.15
    preferred[count++] = wanted;
  }
  if ((is_reverse || crate_text_is(wanted, "@id")) && choosing->value &&
      crate_element_has(choosing->value, CRATE_AT_ID) &&
      choosing->value->id.data) { // step 4.16
    bool by_term;
    CRATE_TRY(is_named_by_term(choosing, &by_term));
    preferred[count++] = by_term ? CRATE_TEXT("@vocab") : CRATE_TEXT("@id");
    preferred[count++] = by_term ? CRATE_TEXT("@id") : CRATE_TEXT("@vocab");
  } else {
    preferred[count++] = wanted;
  }
  preferred[count++] = CRATE_TEXT("@none");
  preferred[count++] = CRATE_TEXT("@any");          // step 4.18
  for (uint32_t i = 0, end = count; i < end; ++i) { // step 4.19
    const size_t line = crate_text_find(preferred[i], '_');
    if (line < preferred[i].size) {
      preferred[count++] =
        crate_text_slice(preferred[i], line, preferred[i].size);
      break; // only one of them can have one
    }
  }
  const CrateWish wish = {choosing->containers,
                          choosing->container_count,
                          choosing->by_type,
                          choosing->is_any,
                          preferred,
                          count};
  *out = crate_inverse_select(choosing->c->p, choosing->inverse, var, &wish);
  return CRATE_OK;
}

/// Step 4: `out` is left alone when no term was found.
static CrateStatus
find_term(CrateCompacting *c,
          CrateActive *active,
          CrateText var,
          const CrateBeside *beside,
          CrateText *out)
{
  Choosing choosing = {.c = c,
                       .active = active,
                       .inverse = active->inverse,
                       .value = beside->element};
  CrateChoice *choice;
  const CrateArenaMark mark = crate_arena_mark(&c->scratch);
  CRATE_TRY(choose(&choosing, beside->is_reverse));
  CRATE_TRY(select_term(&choosing, var, &choice));
  crate_arena_rewind(&c->scratch, mark);
  if (!choice) {
    return CRATE_OK;
  }
  if (!choice->is_kept) {
    CRATE_TRY(crate_arena_copy(c->builder.output, choice->term, &choice->term));
    choice->is_kept = true;
  }
  *out = choice->term;
  return CRATE_OK;
}

/// Step 7.3: whether a compact IRI is free, or means the IRI itself.
static CrateStatus
is_free(CrateCompacting *c,
        CrateActive *active,
        CrateText candidate,
        CrateText var,
        bool has_value,
        bool *answer)
{
  const CrateDefinition *definition;
  CRATE_TRY(crate_active_find(c->p, active, candidate, &definition));
  *answer = !definition || (!has_value && definition->iri &&
                            crate_text_equal(definition->iri->text, var));
  return CRATE_OK;
}

/// Whether the compact IRI would be read as one: 5.2.2, step 6.2.
static bool
is_readable(const CratePrefixTerm *prefix, CrateText var)
{
  const CrateText suffix = crate_text_slice(var, prefix->iri.size, var.size);
  return suffix.size && !crate_text_is(prefix->term, "_") &&
         !crate_text_starts(suffix, CRATE_TEXT("//"));
}

/// Step 7 for the terms of one IRI: the best compact IRI that is free, if it is
/// better than the one there is.
static CrateStatus
try_prefix(CrateCompacting *c,
           CrateActive *active,
           const CratePrefixTerm *at,
           CrateText var,
           bool has_value,
           CrateText *best)
{
  for (; at; at = crate_inverse_entry(active->inverse, at->worse)) {
    const CrateText parts[] = {at->term, CRATE_TEXT(":"),
                               crate_text_slice(var, at->iri.size, var.size)};
    const size_t size = at->term.size + 1 + parts[2].size;
    CrateText candidate;
    bool free = false;
    if (best->data && size > best->size) {
      return CRATE_OK; // those that follow are no shorter
    }
    if (!is_readable(at, var)) {
      continue;
    }
    CRATE_TRY(crate_arena_join(&c->scratch, parts, 3, &candidate));
    CRATE_TRY(is_free(c, active, candidate, var, has_value, &free));
    if (free) {
      *best = !best->data || size < best->size ||
                  crate_text_compare(candidate, *best) < 0
                ? candidate
                : *best;
      return CRATE_OK;
    }
  }
  return CRATE_OK;
}

/// Step 7: `out` is left alone when there is no compact IRI.
static CrateStatus
find_prefix(CrateCompacting *c,
            CrateActive *active,
            CrateText var,
            bool has_value,
            CrateText *out)
{
  const CrateInverse *const inverse = active->inverse;
  const CrateArenaMark mark = crate_arena_mark(&c->scratch);
  CrateText best = {NULL, 0};
  for (const CratePrefixTerm *at = crate_inverse_prefix(inverse, var); at;
       at = crate_inverse_entry(inverse, at->shorter)) {
    CRATE_TRY(try_prefix(c, active, at, var, has_value, &best));
  }
  if (best.data) {
    CRATE_TRY(crate_arena_copy(c->builder.output, best, out));
  }
  crate_arena_rewind(&c->scratch, mark);
  return CRATE_OK;
}

/// Step 9.
static CrateStatus
check_confusion(CrateCompacting *c, CrateActive *active, CrateText var)
{
  const size_t colon = crate_text_find(var, ':');
  const CrateDefinition *definition;
  if (colon == var.size || crate_iri_is_blank(var) ||
      crate_text_starts(crate_text_slice(var, colon + 1, var.size),
                        CRATE_TEXT("//"))) {
    return CRATE_OK;
  }
  CRATE_TRY(crate_active_find(c->p, active, crate_text_slice(var, 0, colon),
                              &definition));
  if (!definition || !definition->is_prefix) {
    return CRATE_OK;
  }
  return CRATE_FAIL(c->p, &c->p->source, CRATE_JSON_NOWHERE,
                    "IRI-confused-with-prefix",
                    "\"%.*s\" would be read as a compact IRI, as the context "
                    "has a prefix of the name of its scheme",
                    CRATE_TEXT_ARG(var));
}

/// Steps 5 to 9 and 11.
static CrateStatus
shorten_name(CrateCompacting *c,
             CrateActive *active,
             CrateText var,
             bool has_value,
             CrateText *out)
{
  const CrateText vocab = active->vocab;
  *out = (CrateText){NULL, 0};
  if (vocab.data && var.size > vocab.size && crate_text_starts(var, vocab)) {
    const CrateText suffix = crate_text_slice(var, vocab.size, var.size);
    const CrateDefinition *definition;
    CRATE_TRY(crate_active_find(c->p, active, suffix, &definition));
    if (!definition) {
      return crate_arena_copy(c->builder.output, suffix, out);
    }
  }
  CRATE_TRY(find_prefix(c, active, var, has_value, out));
  if (out->data) {
    return CRATE_OK;
  }
  CRATE_TRY(check_confusion(c, active, var));
  return crate_arena_copy(c->builder.output, var, out);
}

CrateStatus
crate_compact_name(CrateCompacting *c,
                   CrateActive *active,
                   CrateText var,
                   const CrateBeside *beside,
                   CrateText *out)
{
  CrateInverse *inverse; // steps 2 and 3
  *out = (CrateText){NULL, 0};
  CRATE_TRY(crate_inverse_of(c->p, active, &inverse));
  if (crate_table_get(&inverse->iris, c->p->world, var)) {
    CRATE_TRY(find_term(c, active, var, beside, out));
  }
  if (out->data) {
    return CRATE_OK;
  }
  // Nothing else depends on the value: do it once.
  CrateTable *const known =
    beside->is_given ? &inverse->valued : &inverse->bare;
  CrateTableSlot *slot = crate_table_get(known, c->p->world, var);
  if (!slot) {
    CrateText *const text = crate_arena_allocate(&c->p->arena, sizeof *text);
    CrateText key;
    if (!text) {
      return crate_processor_out_of_memory(c->p);
    }
    CRATE_TRY(shorten_name(c, active, var, beside->is_given, text));
    CRATE_TRY(crate_arena_copy(&c->p->arena, var, &key));
    slot = crate_table_put(known, &c->p->arena, key);
    if (!slot) {
      return crate_processor_out_of_memory(c->p);
    }
    slot->value = text;
  }
  *out = *(const CrateText *)slot->value;
  return CRATE_OK;
}

CrateStatus
crate_compact_word(CrateCompacting *c,
                   CrateActive *active,
                   CrateText var,
                   CrateText *out)
{
  return crate_compact_name(c, active, var, &(CrateBeside){NULL, false, false},
                            out);
}

/// Step 10: relative to the base, in a form that is read as nothing else.
static CrateStatus
make_relative(CrateCompacting *c,
              CrateActive *active,
              CrateText var,
              CrateText *out)
{
  CrateText relative;
  const CrateDefinition *definition;
  CRATE_TRY(
    crate_iri_relativize(c->builder.output, active->base, var, &relative));
  if (relative.data == var.data) {
    return CRATE_OK;
  }
  CRATE_TRY(crate_active_find(c->p, active, relative, &definition));
  if (crate_keyword_like(relative) ||
      (definition && definition->iri && definition->iri->keyword)) {
    const CrateText parts[] = {CRATE_TEXT("./"), relative};
    return crate_arena_join(c->builder.output, parts, 2, out);
  }
  *out = relative;
  return CRATE_OK;
}

CrateStatus
crate_compact_id(CrateCompacting *c,
                 CrateActive *active,
                 CrateText var,
                 CrateText *out)
{
  CrateInverse *inverse;
  CrateText compact = {NULL, 0};
  *out = var;
  CRATE_TRY(crate_inverse_of(c->p, active, &inverse));
  CRATE_TRY(find_prefix(c, active, var, false, &compact));
  if (compact.data) {
    *out = compact;
    return CRATE_OK;
  }
  CRATE_TRY(check_confusion(c, active, var));
  return active->base.data ? make_relative(c, active, var, out) : CRATE_OK;
}
