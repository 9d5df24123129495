// SPDX-License-Identifier: Apache-2.0
// JSON-LD API 4.2: Create Term Definition.
#include "jsonld/term_definition.h"

/// Steps 3 to 5: terms that may not be defined. `skip` is set for one that
/// is to be ignored.
static CrateStatus
check_term(const CrateDefining *d, bool *skip)
{
  const CrateText term = d->definition->term;
  const CrateJson *const value = d->entry->value;
  *skip = false;
  if (!term.size) {
    return crate_define_fail(d, d->entry->key, "invalid-term-definition",
                             "a term cannot be the empty string");
  }
  const CrateKeyword keyword = crate_keyword_of(term);
  if (keyword == CRATE_AT_TYPE && !d->p->options.processing_1_0) {
    // Step 4: @type may say @container @set and @protected, at least one.
    bool good = crate_json_is(value, CRATE_JSON_OBJECT) && value->size;
    for (const CrateJson *key = crate_json_first_key(value); key;
         key = crate_json_next_key(key)) {
      good = good && (crate_json_is_string(key, "@protected") ||
                      (crate_json_is_string(key, "@container") &&
                       crate_json_is_string(key->next, "@set")));
    }
    if (good) {
      return CRATE_OK;
    }
  }
  if (keyword) {
    return crate_define_fail(d, d->entry->key, "keyword-redefinition",
                             "a keyword cannot be redefined");
  }
  *skip = crate_keyword_like(term);
  return CRATE_OK;
}

/// Step 6: take the previous definition away; the marker hides lower layers.
static CrateStatus
remove_previous(const CrateDefining *d, const CrateDefinition **previous)
{
  CRATE_TRY(crate_active_find(d->p, d->active, d->definition->term, previous));
  if (!*previous) {
    return CRATE_OK;
  }
  CrateDefinition *const marker =
    crate_arena_array(&d->p->arena, 1, sizeof *marker);
  if (!marker) {
    return crate_processor_out_of_memory(d->p);
  }
  marker->term = d->definition->term;
  marker->is_removed = true;
  d->active->protected_count -= (*previous)->is_protected;
  return crate_active_define(d->p, d->active, marker);
}

/// Step 26: entries that a term definition does not know.
static CrateStatus
check_entries(const CrateDefining *d)
{
  static const uint32_t known =
    CRATE_BIT(CRATE_AT_ID) | CRATE_BIT(CRATE_AT_REVERSE) |
    CRATE_BIT(CRATE_AT_CONTAINER) | CRATE_BIT(CRATE_AT_CONTEXT) |
    CRATE_BIT(CRATE_AT_DIRECTION) | CRATE_BIT(CRATE_AT_INDEX) |
    CRATE_BIT(CRATE_AT_LANGUAGE) | CRATE_BIT(CRATE_AT_NEST) |
    CRATE_BIT(CRATE_AT_PREFIX) | CRATE_BIT(CRATE_AT_PROTECTED) |
    CRATE_BIT(CRATE_AT_TYPE);
  for (const CrateJson *key = crate_json_first_key(d->value); key;
       key = crate_json_next_key(key)) {
    if (!(CRATE_BIT(crate_keyword_of(crate_json_text(key))) & known)) {
      return crate_define_fail(d, key, "invalid-term-definition",
                               "a term definition knows no such entry");
    }
  }
  return CRATE_OK;
}

/// Are two local contexts the same value? Their canonical forms say so in n
/// log n, whatever the order of their members.
static CrateStatus
same_contexts(const CrateWorld *world,
              const CrateJson *a,
              const CrateJson *b,
              bool *same)
{
  CrateBuffer first, second;
  crate_buffer_init(&first, world);
  crate_buffer_init(&second, world);
  CrateStatus st = crate_json_write_canonical(&first, a);
  st = st ? st : crate_json_write_canonical(&second, b);
  *same = !st && crate_text_equal(crate_buffer_text(&first),
                                  crate_buffer_text(&second));
  crate_buffer_clear(&first);
  crate_buffer_clear(&second);
  return st == CRATE_MALFORMED ? CRATE_OK : st; // a number beyond doubles
}

/// Step 27.1: the same but for `protected` and a scoped context?
static bool
same_definition(const CrateDefinition *a, const CrateDefinition *b)
{
  return a->iri == b->iri && a->type == b->type &&
         a->has_language == b->has_language &&
         crate_text_equal(a->language, b->language) &&
         crate_text_equal(a->index, b->index) &&
         crate_text_equal(a->nest, b->nest) && a->container == b->container &&
         a->direction == b->direction && a->is_prefix == b->is_prefix &&
         a->is_reverse == b->is_reverse && !a->context == !b->context;
}

/// Steps 27 and 28.
static CrateStatus
store(const CrateDefining *d, const CrateDefinition *previous)
{
  if (previous && previous->is_protected &&
      !d->local->inputs->override_protected) {
    bool same = same_definition(previous, d->definition);
    if (same && previous->context) {
      CRATE_TRY(same_contexts(d->p->world, previous->context,
                              d->definition->context, &same));
    }
    if (!same) {
      return crate_define_fail(d, d->entry->key, "protected-term-redefinition",
                               "a protected term cannot be redefined");
    }
    d->definition->is_protected = true;
  }
  return crate_active_define(d->p, d->active, d->definition);
}

/// Steps 12 to 26, in order. `skip` as in check_term().
static CrateStatus
read_value(CrateDefining *d, bool *skip)
{
  static CrateStatus (*const steps[])(CrateDefining *) = {
    crate_define_index,     crate_define_context, crate_define_language,
    crate_define_direction, crate_define_nest,    crate_define_prefix,
  };
  CRATE_TRY(crate_define_protected(d));
  CRATE_TRY(crate_define_type(d));
  bool is_reverse;
  CRATE_TRY(crate_define_reverse(d, &is_reverse, skip));
  if (!is_reverse) {
    CRATE_TRY(crate_define_iri(d, skip));
    CRATE_TRY(*skip ? CRATE_OK : crate_define_container(d));
  }
  for (size_t i = 0; i < sizeof steps / sizeof *steps && !*skip; ++i) {
    CRATE_TRY(steps[i](d));
  }
  return *skip ? CRATE_OK : check_entries(d);
}

/// Steps 3 to 28.
static CrateStatus
define(CrateDefining *d)
{
  bool skip;
  CRATE_TRY(check_term(d, &skip));
  if (skip) {
    return CRATE_OK;
  }
  const CrateDefinition *previous;
  CRATE_TRY(remove_previous(d, &previous));
  // Steps 7 to 9.
  d->value = d->entry->value;
  d->is_simple = crate_json_is(d->value, CRATE_JSON_STRING);
  d->id = crate_json_is(d->value, CRATE_JSON_OBJECT)
            ? crate_json_get(d->value, CRATE_TEXT("@id"))
            : d->value;
  if (!d->is_simple && !crate_json_is(d->value, CRATE_JSON_NULL) &&
      !crate_json_is(d->value, CRATE_JSON_OBJECT)) {
    return crate_define_fail(d, d->value, "invalid-term-definition",
                             "a term is defined by an IRI, an object or null");
  }
  d->definition->is_protected = d->local->is_protected;
  CRATE_TRY(read_value(d, &skip));
  return skip ? CRATE_OK : store(d, previous);
}

CrateStatus
crate_term_define(CrateProcessor *p,
                  CrateActive *active,
                  CrateLocal *local,
                  CrateLocalEntry *entry)
{
  CrateDefining d = {p, active, local, entry, NULL, NULL, NULL, false};
  if (entry->state == CRATE_TERM_DONE) { // step 1
    return CRATE_OK;
  }
  if (entry->state == CRATE_TERM_BEGUN) {
    return crate_define_fail(&d, entry->key, "cyclic-IRI-mapping",
                             "the definition of this term needs itself");
  }
  entry->state = CRATE_TERM_BEGUN; // step 2
  d.definition = crate_arena_array(&p->arena, 1, sizeof *d.definition);
  if (!d.definition) {
    return crate_processor_out_of_memory(p);
  }
  d.definition->term = crate_json_text(entry->key);
  CRATE_TRY(
    crate_processor_descend(p, local->inputs->source, entry->key->offset));
  const CrateStatus status = define(&d);
  --p->depth;
  // An ignored term is done with as well: others may still name it.
  entry->state = CRATE_TERM_DONE;
  return status;
}
