// SPDX-License-Identifier: Apache-2.0
// JSON-LD API 5.1.2, steps 15 to 20: what becomes of an expanded map.
#include "jsonld/expand.h"
#include <cratekit/iri.h>

#define DIRECTION CRATE_BIT(CRATE_AT_DIRECTION)
#define ID CRATE_BIT(CRATE_AT_ID)
#define INDEX CRATE_BIT(CRATE_AT_INDEX)
#define LANGUAGE CRATE_BIT(CRATE_AT_LANGUAGE)
#define LIST CRATE_BIT(CRATE_AT_LIST)
#define SET CRATE_BIT(CRATE_AT_SET)
#define TYPE CRATE_BIT(CRATE_AT_TYPE)
#define VALUE CRATE_BIT(CRATE_AT_VALUE)

static CrateStatus
fail(const CrateExpanding *x, const char *code, const char *message)
{
  return CRATE_FAIL(x->p, &x->p->source, x->element->offset, code, "%s",
                    message);
}

/// Step 15.1, the first half: no entries but these, and no properties?
static bool
has_only(const CrateElement *result, uint32_t allowed)
{
  return !(result->has & ~allowed) && !result->properties.first;
}

/// Step 15. `is_null` is set when the value object is dropped.
static CrateStatus
check_value_object(const CrateExpanding *x, bool *is_null)
{
  const CrateElement *const result = x->result;
  const uint32_t has = result->has;
  if (!has_only(result, VALUE | TYPE | LANGUAGE | DIRECTION | INDEX) ||
      ((has & TYPE) && (has & (LANGUAGE | DIRECTION)))) { // step 15.1
    return fail(x, "invalid-value-object",
                "beside @value stand @type or @language and @direction, and "
                "@index, nothing else");
  }
  const CrateTypeValue *const type = result->types;
  const bool is_single = type && !result->type_is_array;
  if (is_single && type->name && type->name->keyword == CRATE_AT_JSON) {
    return CRATE_OK; // step 15.2
  }
  if (result->value->kind == CRATE_JSON_NULL) { // step 15.3
    *is_null = true;
    return CRATE_OK;
  }
  if ((has & LANGUAGE) && result->value->kind != CRATE_JSON_STRING) {
    return fail(x, "invalid-language-tagged-value",
                "only a string can have a @language"); // step 15.4
  }
  if ((has & TYPE) && (!is_single || !crate_iri_is_absolute(type->text) ||
                       crate_iri_span(type->text) < type->text.size)) { // 15.5
    return fail(x, "invalid-typed-value",
                "the @type of a value is one absolute IRI");
  }
  return CRATE_OK;
}

/// Steps 18 and 19: is nothing left?
static bool
is_dropped(const CrateExpanding *x)
{
  const CrateElement *const result = x->result;
  const bool framing = x->p->framing;
  if (result->has == LANGUAGE && !result->properties.first && // step 18
      !framing) {
    return true;
  }
  if (x->slot->text.data && !crate_text_is(x->slot->text, "@graph")) {
    return false;
  }
  return (result->has & (VALUE | LIST)) ||
         (has_only(result, framing ? 0 : ID) && !result->rare);
}

CrateStatus
crate_expand_finish(CrateExpanding *x, CrateElements *out)
{
  CrateElement *const result = x->result;
  *out = (CrateElements){NULL, NULL, false};
  bool is_null = false;
  if ((result->has & VALUE) && x->p->framing) {
    result->type_is_array = true; // a pattern: any combination will do
  } else if (result->has & VALUE) {
    CRATE_TRY(check_value_object(x, &is_null));
  } else if (result->has & TYPE) { // step 16
    result->type_is_array = true;
  } else if (result->has & (SET | LIST)) { // step 17
    const uint32_t one = result->has & SET ? SET : LIST;
    if (!has_only(result, one | INDEX)) {
      return fail(x, "invalid-set-or-list-object",
                  "beside @set or @list stands @index, nothing else");
    }
    if (one == SET) {
      *out = result->set;
      return CRATE_OK;
    }
  }
  if (!is_null && !is_dropped(x)) {
    *out = (CrateElements){result, result, false};
  }
  return CRATE_OK;
}
