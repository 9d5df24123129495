// SPDX-License-Identifier: Apache-2.0
// Uniqueness (PROV-CONSTRAINTS 6.1): statements that must be one are merged,
// and it is a violation where they say different things. First by identifier,
// then by the two ends that make an event unique. That is all that unification
// comes to here: what a merge fills in is never part of another one's key.
#include "convert/prov/constraints/instance.h"
#include <stdlib.h>

/// Facts to be merged, by number, and the key they have in common.
typedef struct Order {
  const CrateProvFact *facts;
  unsigned second; ///< The argument that is a key beside the first.
} Order;

static int
compare_numbers(size_t a, size_t b)
{
  return (a > b) - (a < b);
}

static int
compare_ids(const void *first, const void *second, void *handle)
{
  const size_t a = *(const size_t *)first;
  const size_t b = *(const size_t *)second;
  const Order *const order = handle;
  const CrateProvRecord *const x = &order->facts[a].record;
  const CrateProvRecord *const y = &order->facts[b].record;
  const int kinds = compare_numbers(x->kind, y->kind);
  const int ids = compare_numbers(x->id, y->id);
  return kinds ? kinds : ids ? ids : compare_numbers(a, b);
}

static int
compare_ends(const void *first, const void *second, void *handle)
{
  const size_t a = *(const size_t *)first;
  const size_t b = *(const size_t *)second;
  const Order *const order = handle;
  const CrateTerm *const x = order->facts[a].record.arguments;
  const CrateTerm *const y = order->facts[b].record.arguments;
  const int firsts = compare_numbers(x[0], y[0]);
  const int seconds = compare_numbers(x[order->second], y[order->second]);
  return firsts ? firsts : seconds ? seconds : compare_numbers(a, b);
}

/// Whether "-" is a value of its own at an argument's place, and not something
/// that is not known (definition 2: placeholders).
static bool
is_placeholder(CrateProvKind kind, unsigned argument)
{
  return (kind == CRATE_PROV_ASSOCIATION && argument == 2) ||
         (kind == CRATE_PROV_DERIVATION && argument >= 2);
}

static bool
differ(const CrateProvInstance *instance, CrateTerm a, CrateTerm b)
{
  const CrateTerms *const terms = instance->document->terms;
  const CrateTermInfo x = crate_terms_info(terms, a);
  const CrateTermInfo y = crate_terms_info(terms, b);
  return a != b &&
         (x.kind != CRATE_TERM_LITERAL || y.kind != CRATE_TERM_LITERAL ||
          crate_prov_times_compare(x.text, y.text));
}

static void
print_argument(const CrateProvInstance *instance,
               CrateBuffer *buffer,
               CrateTerm term)
{
  if (term) {
    crate_prov_print_term(instance, buffer, term);
  } else {
    crate_buffer_add_byte(buffer, '-');
  }
}

/// Say that two facts that are one say different things.
static CrateStatus
find_difference(CrateProvInstance *instance,
                unsigned number,
                const CrateProvFact *fact,
                const char *what,
                CrateTerm before,
                CrateTerm now)
{
  CrateBuffer buffer;
  crate_buffer_init(&buffer, instance->document->world);
  crate_buffer_print(&buffer, "%s of ", what);
  crate_prov_print_term(instance, &buffer,
                        fact->record.kind < CRATE_PROV_FIRST_RELATION
                          ? fact->record.id
                          : fact->record.arguments[0]);
  crate_buffer_add_string(&buffer, " is ");
  print_argument(instance, &buffer, now);
  crate_buffer_add_string(&buffer, " here and elsewhere ");
  print_argument(instance, &buffer, before);
  CrateStatus status = crate_buffer_status(&buffer);
  status = status ? status
                  : crate_prov_find(instance, number, fact,
                                    crate_buffer_text(&buffer));
  crate_buffer_clear(&buffer);
  return status;
}

/// Make a fact one with an earlier one.
static CrateStatus
merge(CrateProvInstance *instance, size_t into, size_t from, unsigned number)
{
  CrateProvFact *const one = &instance->facts[into];
  CrateProvFact *const other = &instance->facts[from];
  const CrateProvKindInfo *const info = crate_prov_kind(one->record.kind);
  const CrateProvKind kind = one->record.kind;
  other->into = into;
  if (one->record.id && other->record.id &&
      one->record.id != other->record.id) {
    return find_difference(instance, number, other, "the identifier",
                           one->record.id, other->record.id);
  }
  one->record.id = one->record.id ? one->record.id : other->record.id;
  for (unsigned i = 0; i < info->count; ++i) {
    CrateTerm *const before = &one->record.arguments[i];
    const CrateTerm now = other->record.arguments[i];
    const bool both = *before && now;
    if ((both && differ(instance, *before, now)) ||
        (!both && *before != now && is_placeholder(kind, i))) {
      return find_difference(instance, number, other, info->arguments[i].key,
                             *before, now);
    }
    *before = *before ? *before : now;
  }
  return CRATE_OK;
}

/// Merge neighbours that are equal but for their number.
static CrateStatus
merge_all(CrateProvInstance *instance,
          size_t *numbers,
          size_t count,
          int (*compare)(const void *first, const void *second, void *handle),
          unsigned second,
          unsigned number)
{
  Order order = {instance->facts, second};
  if (count > 1) {
    qsort_r(numbers, count, sizeof(*numbers), compare, &order);
  }
  for (size_t i = 1, from = 0; i < count; ++i) {
    const CrateProvRecord *const a = &instance->facts[numbers[from]].record;
    const CrateProvRecord *const b = &instance->facts[numbers[i]].record;
    const bool same = number ? a->arguments[0] == b->arguments[0] &&
                                 a->arguments[second] == b->arguments[second]
                             : a->kind == b->kind && a->id == b->id;
    if (!same) {
      from = i;
      continue;
    }
    const unsigned key = a->kind == CRATE_PROV_ACTIVITY ? 22u : 23u;
    CRATE_TRY(
      merge(instance, numbers[from], numbers[i], number ? number : key));
  }
  return CRATE_OK;
}

/// Events that two ends make unique (constraints 24 to 27).
static const struct {
  CrateProvKind kind;
  unsigned second, number;
} events[] = {
  {CRATE_PROV_GENERATION, 1, 24},
  {CRATE_PROV_INVALIDATION, 1, 25},
  {CRATE_PROV_START, 2, 26},
  {CRATE_PROV_END, 2, 27},
};

static CrateStatus
merge_facts(CrateProvInstance *instance, size_t *numbers)
{
  size_t count = 0;
  for (size_t i = 0; i < instance->count; ++i) {
    if (instance->facts[i].record.id) {
      numbers[count++] = i;
    }
  }
  CRATE_TRY(merge_all(instance, numbers, count, compare_ids, 0, 0));
  for (size_t k = 0; k < sizeof(events) / sizeof(*events); ++k) {
    count = 0;
    for (size_t i = 0; i < instance->count; ++i) {
      const CrateProvFact *const fact = &instance->facts[i];
      if (fact->record.kind == events[k].kind && fact->into == i &&
          fact->record.arguments[0] &&
          fact->record.arguments[events[k].second]) {
        numbers[count++] = i;
      }
    }
    CRATE_TRY(merge_all(instance, numbers, count, compare_ends,
                        events[k].second, events[k].number));
  }
  return CRATE_OK;
}

/// Constraints 28 and 29: times of starts and ends against those of the
/// activity, where it is said to be one (inference 8).
static CrateStatus
check_times(CrateProvInstance *instance)
{
  for (size_t i = 0; i < instance->count; ++i) {
    const CrateProvRecord *const record = &instance->facts[i].record;
    CrateProvThing *const thing = &instance->things[record->id];
    if (record->kind == CRATE_PROV_ACTIVITY && instance->facts[i].into == i) {
      thing->timed = true;
      thing->times[0] = record->arguments[0];
      thing->times[1] = record->arguments[1];
    }
  }
  for (size_t i = 0; i < instance->count; ++i) {
    const CrateProvFact *const fact = &instance->facts[i];
    const bool end = fact->record.kind == CRATE_PROV_END;
    CrateProvThing *const thing = &instance->things[fact->record.arguments[0]];
    const CrateTerm time = fact->record.arguments[3];
    if ((!end && fact->record.kind != CRATE_PROV_START) || fact->into != i ||
        !time || !thing->timed) {
      continue;
    }
    CrateTerm *const known = &thing->times[end];
    if (*known && differ(instance, *known, time)) {
      CRATE_TRY(find_difference(instance, end ? 29u : 28u, fact,
                                end ? "the end time" : "the start time", *known,
                                time));
    }
    *known = *known ? *known : time;
  }
  return CRATE_OK;
}

CrateStatus
crate_prov_check_unique(CrateProvInstance *instance)
{
  size_t *const numbers = crate_world_allocate(
    instance->document->world, (instance->count + 1) * sizeof(*numbers));
  if (!numbers) {
    return CRATE_NO_MEMORY;
  }
  CrateStatus status = merge_facts(instance, numbers);
  crate_world_release(instance->document->world, numbers);
  return status ? status : check_times(instance);
}
