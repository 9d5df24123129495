// SPDX-License-Identifier: Apache-2.0
// JSON-LD API 4.2.2, steps 19 to 25: what a term does with its values.
#include "jsonld/term_definition.h"
#include <cratekit/iri.h>

#define GRAPH CRATE_BIT(CRATE_AT_GRAPH)
#define ID CRATE_BIT(CRATE_AT_ID)
#define INDEX CRATE_BIT(CRATE_AT_INDEX)
#define LANGUAGE CRATE_BIT(CRATE_AT_LANGUAGE)
#define LIST CRATE_BIT(CRATE_AT_LIST)
#define SET CRATE_BIT(CRATE_AT_SET)
#define TYPE CRATE_BIT(CRATE_AT_TYPE)

/// Step 19.1: the combinations that there are.
static bool
is_container(uint32_t container)
{
  static const uint32_t combinations[] = {
    GRAPH,
    ID,
    INDEX,
    LANGUAGE,
    LIST,
    SET,
    TYPE,
    GRAPH | ID,
    GRAPH | INDEX,
    GRAPH | ID | SET,
    GRAPH | INDEX | SET,
    SET | INDEX,
    SET | GRAPH,
    SET | ID,
    SET | TYPE,
    SET | LANGUAGE,
  };
  for (size_t i = 0; i < sizeof combinations / sizeof *combinations; ++i) {
    if (container == combinations[i]) {
      return true;
    }
  }
  return false;
}

/// The keywords of a @container, 0 when something else is in it.
static uint32_t
container_bits(const CrateJson *value)
{
  if (crate_json_is(value, CRATE_JSON_STRING)) {
    const CrateKeyword keyword = crate_keyword_of(crate_json_text(value));
    return keyword ? CRATE_BIT(keyword) : 0;
  }
  uint32_t bits = 0;
  for (const CrateJson *item = crate_json_first(value); item;
       item = item->next) {
    const CrateKeyword keyword = crate_json_is(item, CRATE_JSON_STRING)
                                   ? crate_keyword_of(crate_json_text(item))
                                   : CRATE_KEYWORD_NONE;
    if (!keyword) {
      return 0;
    }
    bits |= CRATE_BIT(keyword);
  }
  return bits;
}

CrateStatus
crate_define_container(CrateDefining *d)
{
  const CrateJson *const value =
    crate_json_get(d->value, CRATE_TEXT("@container"));
  if (!value) {
    return CRATE_OK;
  }
  CrateDefinition *const definition = d->definition;
  definition->container = container_bits(value);
  // Steps 19.1 and 19.2.
  if (!is_container(definition->container) ||
      (d->p->options.processing_1_0 &&
       (!crate_json_is(value, CRATE_JSON_STRING) ||
        (definition->container & (GRAPH | ID | TYPE))))) {
    return crate_define_fail(d, value, "invalid-container-mapping",
                             "@container takes @graph, @id, @index, "
                             "@language, @list, @set, @type or a combination "
                             "that the specification allows");
  }
  if (!(definition->container & TYPE)) {
    return CRATE_OK;
  }
  // Step 19.4.
  if (!definition->type) {
    definition->type =
      crate_processor_name(d->p, crate_keyword_text(CRATE_AT_ID));
    return definition->type ? CRATE_OK : crate_processor_out_of_memory(d->p);
  }
  if (definition->type->keyword != CRATE_AT_ID &&
      definition->type->keyword != CRATE_AT_VOCAB) {
    return crate_define_fail(d, value, "invalid-type-mapping",
                             "with @container @type, @type is @id or @vocab");
  }
  return CRATE_OK;
}

CrateStatus
crate_define_index(CrateDefining *d)
{
  const CrateJson *const value = crate_json_get(d->value, CRATE_TEXT("@index"));
  if (!value) {
    return CRATE_OK;
  }
  CrateExpansion index = {
    .vocab = true, .local = d->local, .arena = &d->p->arena};
  bool good = !d->p->options.processing_1_0 &&
              (d->definition->container & INDEX) &&
              crate_json_is(value, CRATE_JSON_STRING);
  if (good) {
    CRATE_TRY(
      crate_iri_expand(d->p, d->active, crate_json_text(value), &index));
    good = index.kind != CRATE_KEY_NULL && crate_iri_is_absolute(index.text);
  }
  if (!good) {
    return crate_define_fail(d, value, "invalid-term-definition",
                             "@index takes a property and needs @container "
                             "@index");
  }
  d->definition->index = crate_json_text(value);
  return CRATE_OK;
}

CrateStatus
crate_define_context(CrateDefining *d)
{
  const CrateJson *const value =
    crate_json_get(d->value, CRATE_TEXT("@context"));
  if (!value) {
    return CRATE_OK;
  }
  if (d->p->options.processing_1_0) { // step 21.1
    return crate_define_fail(d, value, "invalid-term-definition",
                             "a scoped context needs processing mode "
                             "json-ld-1.1");
  }
  CrateContextInputs inputs = *d->local->inputs;
  inputs.override_protected = true;
  inputs.not_propagated = false;
  inputs.skip_scoped = true;
  CrateActive *discarded;
  ++d->p->scoped; // step 21.3: any error is invalid-scoped-context
  const CrateStatus status =
    crate_context_process(d->p, d->active, value, &inputs, &discarded);
  --d->p->scoped;
  d->definition->context = value;
  d->definition->source = inputs.source;
  return status;
}

CrateStatus
crate_define_language(CrateDefining *d)
{
  const CrateJson *const value =
    crate_json_get(d->value, CRATE_TEXT("@language"));
  if (!value || crate_json_get(d->value, CRATE_TEXT("@type"))) {
    return CRATE_OK;
  }
  d->definition->has_language = true;
  if (crate_json_is(value, CRATE_JSON_STRING)) {
    d->definition->language =
      value->size ? crate_json_text(value) : CRATE_TEXT("");
  } else if (!crate_json_is(value, CRATE_JSON_NULL)) {
    return crate_define_fail(d, value, "invalid-language-mapping",
                             "@language takes a language tag or null");
  }
  return CRATE_OK;
}

CrateStatus
crate_define_direction(CrateDefining *d)
{
  const CrateJson *const value =
    crate_json_get(d->value, CRATE_TEXT("@direction"));
  if (!value || crate_json_get(d->value, CRATE_TEXT("@type"))) {
    return CRATE_OK;
  }
  if (crate_json_is(value, CRATE_JSON_NULL)) {
    d->definition->direction = CRATE_BASE_DIRECTION_NULL;
  } else if (crate_json_is_string(value, "ltr")) {
    d->definition->direction = CRATE_BASE_DIRECTION_LTR;
  } else if (crate_json_is_string(value, "rtl")) {
    d->definition->direction = CRATE_BASE_DIRECTION_RTL;
  } else {
    return crate_define_fail(d, value, "invalid-base-direction",
                             "@direction takes \"ltr\", \"rtl\" or null");
  }
  return CRATE_OK;
}

CrateStatus
crate_define_nest(CrateDefining *d)
{
  const CrateJson *const value = crate_json_get(d->value, CRATE_TEXT("@nest"));
  if (!value) {
    return CRATE_OK;
  }
  if (d->p->options.processing_1_0) {
    return crate_define_fail(d, value, "invalid-term-definition",
                             "@nest needs processing mode json-ld-1.1");
  }
  const CrateKeyword keyword = crate_json_is(value, CRATE_JSON_STRING)
                                 ? crate_keyword_of(crate_json_text(value))
                                 : CRATE_AT_ID;
  if (keyword && keyword != CRATE_AT_NEST) {
    return crate_define_fail(d, value, "invalid-@nest-value",
                             "@nest takes @nest or a term");
  }
  d->definition->nest = crate_json_text(value);
  return CRATE_OK;
}

CrateStatus
crate_define_prefix(CrateDefining *d)
{
  const CrateJson *const value =
    crate_json_get(d->value, CRATE_TEXT("@prefix"));
  const CrateText term = d->definition->term;
  if (!value) {
    return CRATE_OK;
  }
  if (d->p->options.processing_1_0 || crate_text_find(term, ':') < term.size ||
      crate_text_find(term, '/') < term.size) { // step 25.1
    return crate_define_fail(d, value, "invalid-term-definition",
                             "@prefix needs json-ld-1.1 and a term without "
                             "colon and slash");
  }
  if (!crate_json_is(value, CRATE_JSON_TRUE) &&
      !crate_json_is(value, CRATE_JSON_FALSE)) { // step 25.2
    return crate_define_fail(d, value, "invalid-@prefix-value",
                             "@prefix takes true or false");
  }
  d->definition->is_prefix = crate_json_is(value, CRATE_JSON_TRUE);
  if (d->definition->is_prefix && d->definition->iri &&
      d->definition->iri->keyword) { // step 25.3
    return crate_define_fail(d, value, "invalid-term-definition",
                             "an alias of a keyword is no prefix");
  }
  return CRATE_OK;
}
