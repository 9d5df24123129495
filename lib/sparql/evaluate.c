// SPDX-License-Identifier: Apache-2.0
// Expressions: 17.2. A value is a term, and no term is an error.
#include "sparql/functions.h"
#include "sparql/value.h"

/// 17.2.2 effective boolean value.
typedef enum { FALSE, TRUE, ERROR } Truth;

static CrateStatus
truth_of(const CrateRun *run, CrateTerm term, Truth *out)
{
  CrateValue value;
  *out = ERROR;
  if (!term) {
    return CRATE_OK;
  }
  CRATE_TRY(crate_value_read(run, term, &value));
  if (value.kind == CRATE_VALUE_BOOLEAN) {
    *out = value.sound && value.truth ? TRUE : FALSE;
  } else if (crate_value_is_number(&value)) {
    const bool zero = !(value.real < 0) && !(value.real > 0); // or NaN
    *out = value.sound && !zero ? TRUE : FALSE;
  } else if (value.kind == CRATE_VALUE_STRING) {
    *out = value.text.size ? TRUE : FALSE;
  }
  return CRATE_OK;
}

static CrateStatus
evaluate_truth(CrateRun *run,
               const CrateExpression *expression,
               const uint32_t *row,
               Truth *out)
{
  CrateTerm value;
  CRATE_TRY(crate_run_evaluate(run, expression, row, &value));
  return truth_of(run, value, out);
}

static CrateTerm
term_of(const CrateRun *run, Truth truth)
{
  return truth == ERROR ? CRATE_NO_TERM : run->truth[truth == TRUE];
}

/// || and &&, 17.2 table: an error counts only if nothing decides.
static CrateStatus
evaluate_logic(CrateRun *run,
               const CrateExpression *expression,
               const uint32_t *row,
               CrateTerm *out)
{
  const Truth decides = expression->kind == CRATE_EXPRESSION_OR ? TRUE : FALSE;
  Truth result = decides == TRUE ? FALSE : TRUE;
  for (const CrateExpression *e = expression->arguments; e; e = e->next) {
    Truth truth;
    CRATE_TRY(evaluate_truth(run, e, row, &truth));
    if (truth == decides) {
      result = decides;
      break;
    }
    result = truth == ERROR ? ERROR : result;
  }
  *out = term_of(run, result);
  return CRATE_OK;
}

/// 17.4.1.2
static CrateStatus
evaluate_if(CrateRun *run,
            const CrateExpression *expression,
            const uint32_t *row,
            CrateTerm *out)
{
  Truth truth;
  const CrateExpression *const then = expression->arguments->next;
  CRATE_TRY(evaluate_truth(run, expression->arguments, row, &truth));
  return truth == ERROR ? CRATE_OK
                        : crate_run_evaluate(
                            run, truth == TRUE ? then : then->next, row, out);
}

/// 17.4.1.3
static CrateStatus
evaluate_coalesce(CrateRun *run,
                  const CrateExpression *expression,
                  const uint32_t *row,
                  CrateTerm *out)
{
  for (const CrateExpression *e = expression->arguments; e && !*out;
       e = e->next) {
    CRATE_TRY(crate_run_evaluate(run, e, row, out));
  }
  return CRATE_OK;
}

static CrateStatus
evaluate_call(CrateRun *run,
              const CrateExpression *expression,
              const uint32_t *row,
              CrateTerm *out)
{
  CrateCall call = {.run = run};
  for (const CrateExpression *e = expression->arguments; e; e = e->next) {
    CrateTerm *const argument = &call.arguments[call.count++];
    CRATE_TRY(crate_run_evaluate(run, e, row, argument));
    if (!*argument) {
      return CRATE_OK;
    }
  }
  return expression->function->call(&call, out);
}

/// 17.4.1.9 and 17.4.1.10: a chain of "=" and "||".
static CrateStatus
evaluate_in(CrateRun *run,
            const CrateExpression *expression,
            const uint32_t *row,
            CrateTerm *out)
{
  CrateCall call = {.run = run, .count = 2};
  const CrateFunction *const equal = crate_function_find(CRATE_TEXT("="));
  Truth result = FALSE;
  CRATE_TRY(
    crate_run_evaluate(run, expression->arguments, row, &call.arguments[0]));
  for (const CrateExpression *e = expression->arguments->next;
       e && result != TRUE; e = e->next) {
    CrateTerm same = CRATE_NO_TERM;
    CRATE_TRY(crate_run_evaluate(run, e, row, &call.arguments[1]));
    if (call.arguments[0] && call.arguments[1]) {
      CRATE_TRY(equal->call(&call, &same));
    }
    result = same == run->truth[1] ? TRUE : !same ? ERROR : result;
  }
  if (expression->kind == CRATE_EXPRESSION_NOT_IN && result != ERROR) {
    result = result == TRUE ? FALSE : TRUE;
  }
  *out = term_of(run, result);
  return CRATE_OK;
}

static CrateStatus
evaluate_exists(CrateRun *run,
                const CrateExpression *expression,
                const uint32_t *row,
                CrateTerm *out)
{
  bool exists;
  CRATE_TRY(crate_run_exists(run, expression, row, &exists));
  *out = run->truth[exists == (expression->kind == CRATE_EXPRESSION_EXISTS)];
  return CRATE_OK;
}

CrateStatus
crate_run_evaluate(CrateRun *run,
                   const CrateExpression *expression,
                   const uint32_t *row,
                   CrateTerm *out)
{
  *out = CRATE_NO_TERM;
  CRATE_TRY(crate_run_work(run, 1));
  switch (expression->kind) {
    case CRATE_EXPRESSION_TERM:
    case CRATE_EXPRESSION_VARIABLE:
      *out = crate_row_term(row, expression->node);
      return CRATE_OK;
    case CRATE_EXPRESSION_BOUND:
      *out = run->truth[crate_row_term(row, expression->node) != 0];
      return CRATE_OK;
    case CRATE_EXPRESSION_CALL:
      return evaluate_call(run, expression, row, out);
    case CRATE_EXPRESSION_OR:
    case CRATE_EXPRESSION_AND:
      return evaluate_logic(run, expression, row, out);
    case CRATE_EXPRESSION_IF:
      return evaluate_if(run, expression, row, out);
    case CRATE_EXPRESSION_COALESCE:
      return evaluate_coalesce(run, expression, row, out);
    case CRATE_EXPRESSION_IN:
    case CRATE_EXPRESSION_NOT_IN:
      return evaluate_in(run, expression, row, out);
    case CRATE_EXPRESSION_EXISTS:
    case CRATE_EXPRESSION_NOT_EXISTS:
      return evaluate_exists(run, expression, row, out);
  }
  return CRATE_OK;
}

CrateStatus
crate_run_filter(CrateRun *run,
                 const CrateExpression *filters,
                 const uint32_t *row,
                 bool *out)
{
  *out = true;
  for (const CrateExpression *e = filters; e && *out; e = e->next) {
    Truth truth;
    CRATE_TRY(evaluate_truth(run, e, row, &truth));
    *out = truth == TRUE;
  }
  return CRATE_OK;
}

CrateStatus
crate_function_not(CrateCall *call, CrateTerm *out)
{
  Truth truth;
  CRATE_TRY(truth_of(call->run, call->arguments[0], &truth));
  *out = term_of(call->run, truth == ERROR  ? ERROR
                            : truth == TRUE ? FALSE
                                            : TRUE);
  return CRATE_OK;
}
