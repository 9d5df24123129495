// SPDX-License-Identifier: Apache-2.0
#include "validate/tally.h"
#include "validate/report.h"
#include <stdlib.h>

void
crate_tally_init(CrateTally *tally, const CrateWorld *world)
{
  *tally = (CrateTally){.world = world};
  crate_arena_init(&tally->arena, world);
  crate_map_init(&tally->by_id, world);
}

void
crate_tally_clear(CrateTally *tally)
{
  if (tally->world) {
    crate_world_release(tally->world, tally->failed);
    crate_world_release(tally->world, tally->rules);
    crate_map_clear(&tally->by_id);
    crate_arena_clear(&tally->arena);
  }
}

static CrateStatus
add_failed(CrateTally *tally, CrateTallyCrate crate)
{
  CRATE_TRY(crate_arena_copy(&tally->arena, crate.path, &crate.path));
  CRATE_TRY(crate_world_reserve(tally->world, &tally->failed,
                                &tally->failed_capacity,
                                tally->failed_count + 1u, sizeof(crate)));
  tally->failed[tally->failed_count++] = crate;
  return CRATE_OK;
}

static CrateStatus
rule_of(CrateTally *tally, CrateText id, CrateTallyRule **out)
{
  uintptr_t index = tally->rule_count;
  if (!crate_map_get(&tally->by_id, id, &index)) {
    CrateTallyRule rule = {.crates = 0};
    index = tally->rule_count;
    CRATE_TRY(crate_arena_copy(&tally->arena, id, &rule.id));
    CRATE_TRY(crate_world_reserve(tally->world, &tally->rules,
                                  &tally->rule_capacity, index + 1u,
                                  sizeof(rule)));
    CRATE_TRY(crate_map_put(&tally->by_id, rule.id, index));
    tally->rules[tally->rule_count++] = rule;
  }
  *out = &tally->rules[index];
  return CRATE_OK;
}

static CrateStatus
count_rules(CrateTally *tally,
            const CrateVerdict *verdict,
            CrateSeverity fail_on)
{
  for (size_t i = 0; i < verdict->finding_count; ++i) {
    CrateTallyRule *rule = NULL;
    if (verdict->findings[i].severity < fail_on || verdict->findings[i].known) {
      continue;
    }
    CRATE_TRY(rule_of(tally, verdict->findings[i].rule, &rule));
    ++rule->findings;
    rule->crates += rule->last != tally->crates;
    rule->last = tally->crates;
  }
  return CRATE_OK;
}

CrateStatus
crate_tally_add(CrateTally *tally,
                const CrateVerdict *verdict,
                CrateSeverity fail_on)
{
  ++tally->crates;
  if (crate_verdict_conforms(verdict, fail_on)) {
    ++tally->conforming;
    return CRATE_OK;
  }
  CrateTallyCrate crate = {.path = verdict->path};
  for (size_t s = 0; s < 3; ++s) {
    crate.counts[s] = crate_verdict_new(verdict, (CrateSeverity)s);
  }
  CRATE_TRY(add_failed(tally, crate));
  return count_rules(tally, verdict, fail_on);
}

CrateStatus
crate_tally_add_unread(CrateTally *tally, CrateText path)
{
  ++tally->crates;
  ++tally->unread;
  return add_failed(tally, (CrateTallyCrate){.path = path, .unread = true});
}

static int
compare_rules(const void *a, const void *b)
{
  const CrateTallyRule *const x = (const CrateTallyRule *)a;
  const CrateTallyRule *const y = (const CrateTallyRule *)b;
  return x->crates != y->crates       ? (x->crates < y->crates ? 1 : -1)
         : x->findings != y->findings ? (x->findings < y->findings ? 1 : -1)
                                      : crate_text_compare(x->id, y->id);
}

void
crate_tally_sort(CrateTally *tally)
{
  if (tally->rule_count) {
    qsort(tally->rules, tally->rule_count, sizeof(CrateTallyRule),
          compare_rules);
  }
}
