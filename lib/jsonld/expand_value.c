// SPDX-License-Identifier: Apache-2.0
// JSON-LD API 5.3: Value Expansion.
#include "jsonld/expand.h"

CrateStatus
crate_expand_iri(CrateProcessor *p,
                 CrateActive *active,
                 CrateText value,
                 bool vocab,
                 CrateText *out)
{
  CrateExpansion expansion = {
    .vocab = vocab, .document_relative = true, .arena = p->output};
  CRATE_TRY(crate_iri_expand(p, active, value, &expansion));
  if (expansion.definition && expansion.kind != CRATE_KEY_NULL) {
    // The text of a context, which may die before the result does.
    return crate_arena_copy(p->output, expansion.text, out);
  }
  *out = expansion.kind == CRATE_KEY_NULL ? (CrateText){NULL, 0}
         : expansion.text.data            ? expansion.text
                                          : CRATE_TEXT("");
  return CRATE_OK;
}

/// Step 5: a string takes language and direction of the term or the context.
static void
add_language(const CrateActive *active,
             const CrateDefinition *definition,
             CrateElement *value)
{
  const CrateText language = definition && definition->has_language
                               ? definition->language
                               : active->language;
  const uint8_t direction = definition && definition->direction
                              ? definition->direction
                              : active->direction;
  if (language.data) {
    value->has |= CRATE_BIT(CRATE_AT_LANGUAGE);
    value->language = language;
  }
  if (direction > CRATE_BASE_DIRECTION_NULL) {
    value->has |= CRATE_BIT(CRATE_AT_DIRECTION);
    value->direction = direction;
  }
}

CrateStatus
crate_expand_value(CrateProcessor *p,
                   CrateActive *active,
                   const CrateDefinition *definition,
                   const CrateJson *value,
                   CrateElement **out)
{
  CrateElement *const result = crate_element_new(p, value->offset);
  if (!result) {
    return crate_processor_out_of_memory(p);
  }
  *out = result;
  CrateName *const type = definition ? definition->type : NULL;
  const CrateKeyword keyword = type ? type->keyword : CRATE_KEYWORD_NONE;
  const bool is_string = value->kind == CRATE_JSON_STRING;
  // Steps 1 and 2.
  if (is_string && (keyword == CRATE_AT_ID || keyword == CRATE_AT_VOCAB)) {
    result->has = CRATE_BIT(CRATE_AT_ID);
    return crate_expand_iri(p, active, crate_json_text(value),
                            keyword == CRATE_AT_VOCAB, &result->id);
  }
  result->has = CRATE_BIT(CRATE_AT_VALUE); // step 3
  result->value = value;
  if (type && keyword != CRATE_AT_ID && keyword != CRATE_AT_VOCAB &&
      keyword != CRATE_AT_NONE) { // step 4
    result->has |= CRATE_BIT(CRATE_AT_TYPE);
    return crate_element_add_type(
      p, result, (CrateTypeValue){NULL, type->text, type, value->offset});
  }
  if (is_string) {
    add_language(active, definition, result);
  }
  return CRATE_OK;
}
