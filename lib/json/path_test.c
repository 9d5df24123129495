// SPDX-License-Identifier: Apache-2.0
// Whether a filter of a JSONPath query holds: logic and comparisons. Sections
// are of RFC 9535.
#include "json/number.h"
#include "json/path_steps.h"

static CrateStatus
test_comparison(CratePathRun *run,
                const CratePathTerm *term,
                const CrateJson *current,
                bool *holds)
{
  CratePathResult left;
  CratePathResult right;
  CRATE_TRY(crate_path_evaluate(run, term->operands, current, &left));
  CRATE_TRY(crate_path_evaluate(run, term->operands->next, current, &right));
  return crate_path_compare(run, term->comparison, &left, &right, holds);
}

/// Operands from left to right, as far as they matter.
static CrateStatus
test_operands(CratePathRun *run,
              const CratePathTerm *term,
              const CrateJson *current,
              bool *holds)
{
  const bool all = term->kind == CRATE_PATH_AND;
  *holds = all;
  for (const CratePathTerm *operand = term->operands; operand && *holds == all;
       operand = operand->next) {
    CRATE_TRY(crate_path_test(run, operand, current, holds));
  }
  return CRATE_OK;
}

static CrateStatus
test_existence(CratePathRun *run,
               const CratePathTerm *term,
               const CrateJson *current,
               bool *holds)
{
  const CrateJson *first = NULL;
  uint64_t count = 0;
  CRATE_TRY(crate_path_count(run, &term->query, current, 1, &first, &count));
  *holds = count > 0;
  return CRATE_OK;
}

static CrateStatus
test_call(CratePathRun *run,
          const CratePathTerm *term,
          const CrateJson *current,
          bool *holds)
{
  CratePathResult result = {.node = NULL};
  CRATE_TRY(term->function->call(run, term, current, &result));
  *holds = result.holds;
  return CRATE_OK;
}

static CrateStatus
test_term(CratePathRun *run,
          const CratePathTerm *term,
          const CrateJson *current,
          bool *holds)
{
  switch (term->kind) {
    case CRATE_PATH_OR:
    case CRATE_PATH_AND:
      return test_operands(run, term, current, holds);
    case CRATE_PATH_NOT:
      CRATE_TRY(crate_path_test(run, term->operands, current, holds));
      *holds = !*holds;
      return CRATE_OK;
    case CRATE_PATH_COMPARE:
      return test_comparison(run, term, current, holds);
    case CRATE_PATH_CALL:
      return test_call(run, term, current, holds);
    case CRATE_PATH_EXISTS:
    case CRATE_PATH_QUERY:
    case CRATE_PATH_LITERAL:
      break;
  }
  return test_existence(run, term, current, holds);
}

CrateStatus
crate_path_test(CratePathRun *run,
                const CratePathTerm *filter,
                const CrateJson *current,
                bool *holds)
{
  CRATE_TRY(crate_path_enter(run));
  CRATE_TRY(crate_path_spend(run, 1));
  CRATE_TRY(test_term(run, filter, current, holds));
  --run->depth;
  return CRATE_OK;
}

CrateStatus
crate_path_evaluate(CratePathRun *run,
                    const CratePathTerm *term,
                    const CrateJson *current,
                    CratePathResult *out)
{
  uint64_t count = 0;
  *out = (CratePathResult){.node = term->literal};
  CRATE_TRY(crate_path_enter(run));
  if (term->kind == CRATE_PATH_CALL) {
    CRATE_TRY(term->function->call(run, term, current, out));
  } else if (term->kind == CRATE_PATH_QUERY) {
    CRATE_TRY(
      crate_path_count(run, &term->query, current, 1, &out->node, &count));
  }
  --run->depth;
  return CRATE_OK;
}

static CrateStatus equal_nodes(CratePathRun *run,
                               const CrateJson *a,
                               const CrateJson *b,
                               bool *equal);

static CrateStatus
equal_arrays(CratePathRun *run,
             const CrateJson *a,
             const CrateJson *b,
             bool *equal)
{
  const CrateJson *left = a->first;
  const CrateJson *right = b->first;
  while (left && *equal) {
    CRATE_TRY(equal_nodes(run, left, right, equal));
    left = left->next;
    right = right->next;
  }
  return CRATE_OK;
}

/// Each member of one has its like in the other; there are as many.
static CrateStatus
equal_objects(CratePathRun *run,
              const CrateJson *a,
              const CrateJson *b,
              bool *equal)
{
  for (const CrateJson *key = crate_json_first_key(a); key && *equal;
       key = crate_json_next_key(key)) {
    CRATE_TRY(crate_path_spend(run, b->size));
    const CrateJson *const other = crate_json_get(b, crate_json_text(key));
    *equal = other;
    if (other) {
      CRATE_TRY(equal_nodes(run, key->next, other, equal));
    }
  }
  return CRATE_OK;
}

static CrateStatus
number_of(CratePathRun *run, const CrateJson *node, double *out)
{
  CRATE_TRY(crate_path_spend(run, node->size));
  return crate_number_parse(run->world, crate_json_text(node), out);
}

static CrateStatus
equal_numbers(CratePathRun *run,
              const CrateJson *a,
              const CrateJson *b,
              bool *equal)
{
  double left = 0;
  double right = 0;
  CRATE_TRY(number_of(run, a, &left));
  CRATE_TRY(number_of(run, b, &right));
  *equal = !(left < right) && !(left > right);
  return CRATE_OK;
}

/// 2.3.5.2.2: as JSON values, numbers by what they are worth.
static CrateStatus
equal_nodes(CratePathRun *run,
            const CrateJson *a,
            const CrateJson *b,
            bool *equal)
{
  const bool container =
    a->kind == CRATE_JSON_ARRAY || a->kind == CRATE_JSON_OBJECT;
  CRATE_TRY(crate_path_spend(run, 1));
  *equal = a->kind == b->kind;
  if (!*equal) {
    return CRATE_OK;
  }
  if (a->kind == CRATE_JSON_NUMBER) {
    return equal_numbers(run, a, b, equal);
  }
  if (container || a->kind == CRATE_JSON_STRING) {
    *equal = a->size == b->size;
  }
  if (a->kind == CRATE_JSON_STRING && *equal) {
    *equal = crate_text_equal(crate_json_text(a), crate_json_text(b));
    return crate_path_spend(run, a->size / 16u);
  }
  if (!container || !*equal) {
    return CRATE_OK;
  }
  CRATE_TRY(crate_path_enter(run));
  CRATE_TRY(a->kind == CRATE_JSON_ARRAY ? equal_arrays(run, a, b, equal)
                                        : equal_objects(run, a, b, equal));
  --run->depth;
  return CRATE_OK;
}

/// Whether a result is a number, and which.
static CrateStatus
as_number(CratePathRun *run,
          const CratePathResult *result,
          bool *is_number,
          double *number)
{
  *number = (double)result->number;
  *is_number =
    result->is_number || crate_json_is(result->node, CRATE_JSON_NUMBER);
  return *is_number && !result->is_number ? number_of(run, result->node, number)
                                          : CRATE_OK;
}

/// How two results are ordered, if they are.
typedef struct {
  bool equal, less, greater;
} Order;

static CrateStatus
order(CratePathRun *run,
      const CratePathResult *a,
      const CratePathResult *b,
      Order *out)
{
  bool numbers[2];
  double values[2];
  *out = (Order){false, false, false};
  CRATE_TRY(as_number(run, a, &numbers[0], &values[0]));
  CRATE_TRY(as_number(run, b, &numbers[1], &values[1]));
  if (numbers[0] && numbers[1]) {
    out->less = values[0] < values[1];
    out->greater = values[0] > values[1];
    out->equal = !out->less && !out->greater;
    return CRATE_OK;
  }
  if (crate_json_is(a->node, CRATE_JSON_STRING) &&
      crate_json_is(b->node, CRATE_JSON_STRING)) {
    // In the order of code points, which is that of the bytes of UTF-8.
    const int sign =
      crate_text_compare(crate_json_text(a->node), crate_json_text(b->node));
    *out = (Order){sign == 0, sign<0, sign> 0};
    return crate_path_spend(run, a->node->size / 16u);
  }
  if (a->node && b->node) {
    return equal_nodes(run, a->node, b->node, &out->equal);
  }
  // Nothing equals Nothing only.
  out->equal = !a->node && !b->node && numbers[0] == numbers[1];
  return CRATE_OK;
}

CrateStatus
crate_path_compare(CratePathRun *run,
                   CratePathComparison comparison,
                   const CratePathResult *a,
                   const CratePathResult *b,
                   bool *holds)
{
  Order o;
  *holds = false;
  CRATE_TRY(order(run, a, b, &o));
  switch (comparison) {
    case CRATE_PATH_EQUAL:
      *holds = o.equal;
      break;
    case CRATE_PATH_DIFFERENT:
      *holds = !o.equal;
      break;
    case CRATE_PATH_LESS_EQUAL:
      *holds = o.less || o.equal;
      break;
    case CRATE_PATH_GREATER_EQUAL:
      *holds = o.greater || o.equal;
      break;
    case CRATE_PATH_LESS:
      *holds = o.less;
      break;
    case CRATE_PATH_GREATER:
      *holds = o.greater;
      break;
  }
  return CRATE_OK;
}
