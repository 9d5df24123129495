// SPDX-License-Identifier: Apache-2.0
// "Did you mean": the entity whose @id is nearest to one that nobody has.
#include "validate/checks/checks.h"

/// Comparisons that one crate may cost: enough for a few slips among many
/// entities, and no more than a blink for as many slips as entities.
#define MOST_WORK 2000000u

/// Edits that still look like a slip.
static unsigned
slips(CrateText id)
{
  return id.size < 4 ? 0 : id.size < 8 ? 1 : 2;
}

/// A slip changes letters; numbers that differ name different things.
static bool
has_same_digits(CrateText a, CrateText b)
{
  size_t j = 0;
  for (size_t i = 0; i < a.size; ++i) {
    if (a.data[i] < '0' || a.data[i] > '9') {
      continue;
    }
    while (j < b.size && (b.data[j] < '0' || b.data[j] > '9')) {
      ++j;
    }
    if (j == b.size || b.data[j++] != a.data[i]) {
      return false;
    }
  }
  while (j < b.size && (b.data[j] < '0' || b.data[j] > '9')) {
    ++j;
  }
  return j == b.size;
}

CrateText
crate_check_near_id(CrateChecks *checks, CrateText id)
{
  const CrateView *const view = checks->view;
  CrateText best = {NULL, 0};
  unsigned least = slips(id) + 1u;
  for (size_t i = 0; i < view->entity_count && least; ++i) {
    const CrateText other = view->entities[i].id;
    const size_t apart =
      other.size > id.size ? other.size - id.size : id.size - other.size;
    if (++checks->near_work > MOST_WORK) {
      return (CrateText){NULL, 0};
    }
    if (apart >= least || !other.size) {
      continue;
    }
    const unsigned distance = crate_text_equal_fold(id, other)
                                ? 0
                                : crate_text_distance(id, other, least - 1u);
    if (distance < least && has_same_digits(id, other)) {
      best = other;
      least = distance;
    }
  }
  return best;
}
