// SPDX-License-Identifier: Apache-2.0
// JSON-LD API 6.3: Value Compaction.
#include "jsonld/compact.h"

/// Step 6: a reference.
static CrateStatus
compact_reference(CrateCompacting *c,
                  CrateActive *active,
                  const CrateDefinition *definition,
                  const CrateElement *value,
                  CrateJson **out)
{
  const CrateKeyword type = definition && definition->type
                              ? definition->type->keyword
                              : CRATE_KEYWORD_NONE;
  CrateText id;
  if (!value->id.data || (type != CRATE_AT_ID && type != CRATE_AT_VOCAB)) {
    return CRATE_OK;
  }
  CRATE_TRY(type == CRATE_AT_ID
              ? crate_compact_id(c, active, value->id, &id)
              : crate_compact_word(c, active, value->id, &id));
  return crate_builder_string(&c->builder, id, out);
}

/// Step 10: whether language and direction go without saying.
static bool
is_default_text(const CrateActive *active,
                const CrateDefinition *definition,
                const CrateElement *value)
{
  const CrateText language = definition && definition->has_language
                               ? definition->language
                               : active->language;
  const uint8_t direction = definition && definition->direction
                              ? definition->direction
                              : active->direction;
  const uint8_t wanted = direction == CRATE_BASE_DIRECTION_NULL ? 0 : direction;
  return (language.data != NULL) ==
           crate_element_has(value, CRATE_AT_LANGUAGE) &&
         crate_text_equal_fold(language, value->language) &&
         wanted == value->direction;
}

/// Steps 7 to 10: whether the bare value of @value says it all.
static bool
is_bare(const CrateActive *active,
        const CrateDefinition *definition,
        const CrateElement *value)
{
  const CrateName *const type = definition ? definition->type : NULL;
  const bool index_fits =
    !crate_element_has(value, CRATE_AT_INDEX) ||
    (definition && (definition->container & CRATE_BIT(CRATE_AT_INDEX)));
  if (crate_element_has(value, CRATE_AT_TYPE)) { // steps 7 and 8
    return type && value->types && index_fits &&
           crate_text_equal(type->text, value->types->text);
  }
  if (type && type->keyword == CRATE_AT_NONE) { // step 8
    return false;
  }
  return index_fits && (value->value->kind != CRATE_JSON_STRING ||
                        is_default_text(active, definition, value));
}

CrateStatus
crate_compact_value(CrateCompacting *c,
                    CrateActive *active,
                    const CrateDefinition *definition,
                    const CrateElement *value,
                    CrateJson **out)
{
  static const uint32_t reference =
    CRATE_BIT(CRATE_AT_ID) | CRATE_BIT(CRATE_AT_INDEX);
  *out = NULL;
  if (crate_element_has(value, CRATE_AT_VALUE)) {
    return is_bare(active, definition, value)
             ? crate_builder_copy(&c->builder, value->value, out)
             : CRATE_OK;
  }
  return value->has & ~reference || value->properties.first
           ? CRATE_OK
           : compact_reference(c, active, definition, value, out);
}
