// SPDX-License-Identifier: Apache-2.0
// JSON-LD API 8.4.2, step 6: nodes that become values or lists.
#include "jsonld/from_rdf.h"

/// Where a node is referred to, if it is so but once.
static CrateUsage *
only_usage(const CrateSerializing *s, CrateTerm term)
{
  CrateUsage *const usage = s->once[term];
  return usage == &s->many ? NULL : usage;
}

/// The text of the first value of a property, a string; data NULL for none.
static CrateText
text_of(const CrateElement *node, const char *iri)
{
  for (const CrateProperty *at = node->properties.first; at; at = at->next) {
    const CrateElement *const value = at->values.first;
    if (crate_text_is(at->name->text, iri) && value && value->value &&
        value->value->kind == CRATE_JSON_STRING) {
      return value->value->size ? crate_json_text(value->value)
                                : CRATE_TEXT("");
    }
  }
  return (CrateText){NULL, 0};
}

#define RDF "http://www.w3.org/1999/02/22-rdf-syntax-ns#"

/// Whether a language is well-formed as far as its letters go: BCP 47, 2.1.
static bool
is_language(CrateText tag)
{
  size_t length = 0;
  for (size_t i = 0; i < tag.size; ++i) {
    const char c = tag.data[i];
    const char letter = (char)(c | 0x20);
    const bool is_digit = c >= '0' && c <= '9';
    if (c == '-' ? !length : !is_digit && (letter < 'a' || letter > 'z')) {
      return false;
    }
    length = c == '-' ? 0 : length + 1;
    if (length > 8) {
      return false;
    }
  }
  return length > 0;
}

static CrateStatus
refuse(const CrateSerializing *s, const char *code, CrateText text)
{
  return CRATE_FAIL(s->p, &s->p->source, CRATE_JSON_NOWHERE, code,
                    "a compound literal cannot have \"%.*s\"",
                    CRATE_TEXT_ARG(text));
}

/// Steps 6.1.6.1 to 6.1.6.4.
static CrateStatus
make_value(const CrateSerializing *s,
           const CrateElement *node,
           CrateElement *value)
{
  const CrateText text = text_of(node, RDF "value");
  const CrateText language = text_of(node, RDF "language");
  const CrateText direction = text_of(node, RDF "direction");
  if (language.data && !is_language(language)) {
    return refuse(s, "invalid-language-tagged-string", language);
  }
  if (!crate_text_is(direction, "ltr") && !crate_text_is(direction, "rtl")) {
    return refuse(s, "invalid-base-direction", direction);
  }
  CrateJson *const json = crate_json_new_text(s->p->output, CRATE_JSON_STRING,
                                              text, CRATE_JSON_NOWHERE);
  if (!json) {
    return crate_processor_out_of_memory(s->p);
  }
  value->has = CRATE_BIT(CRATE_AT_VALUE) | CRATE_BIT(CRATE_AT_DIRECTION);
  value->id = (CrateText){NULL, 0};
  value->value = json;
  value->direction = crate_text_is(direction, "rtl") ? CRATE_BASE_DIRECTION_RTL
                                                     : CRATE_BASE_DIRECTION_LTR;
  if (language.data) {
    value->has |= CRATE_BIT(CRATE_AT_LANGUAGE);
    value->language = language;
  }
  return CRATE_OK;
}

CrateStatus
crate_serialize_compounds(CrateSerializing *s, const CratePart *part)
{
  for (CrateSubject *at = part->first; at; at = at->next) {
    const CrateUsage *const usage = only_usage(s, at->term);
    // What is more than a literal stays a node.
    if (at->is_compound && usage && at->element->properties.count <= 3 &&
        !crate_element_has(at->element, CRATE_AT_TYPE) &&
        text_of(at->element, RDF "value").data) {
      CRATE_TRY(make_value(s, at->element, usage->value));
      at->is_gone = true;
    }
  }
  return CRATE_OK;
}

/// Step 6.4.3: a blank node, used once, with a first and a rest and nothing
/// else but perhaps the type rdf:List. Its item, or NULL.
static CrateElement *
item_of(const CrateSerializing *s, const CrateSubject *node)
{
  const CrateElement *const element = node->element;
  const CrateProperty *const a = element->properties.first;
  const CrateProperty *const b = a ? a->next : NULL;
  static const uint32_t allowed =
    CRATE_BIT(CRATE_AT_ID) | CRATE_BIT(CRATE_AT_TYPE);
  const CrateTypeValue *const type = element->types;
  if (crate_terms_kind(s->terms, node->term) != CRATE_TERM_BLANK ||
      !only_usage(s, node->term) || element->properties.count != 2 ||
      element->has & ~allowed ||
      (type && (type->next || !crate_text_is(type->text, RDF "List")))) {
    return NULL;
  }
  const CrateProperty *const first = a->name == s->rdf_first ? a : b;
  const CrateProperty *const rest = a->name == s->rdf_first ? b : a;
  return first->name == s->rdf_first && rest->name == s->rdf_rest &&
             crate_property_only(rest)
           ? crate_property_only(first)
           : NULL;
}

/// Step 6.4 for one usage of rdf:nil.
static void
make_list(const CrateSerializing *s, const CrateUsage *usage)
{
  CrateElements list = {NULL, NULL, true};
  CrateElement *item;
  while (usage->property->name == s->rdf_rest && !usage->node->is_gone &&
         (item = item_of(s, usage->node)) != NULL) {
    item->next = list.first; // walked backwards
    list.first = item;
    list.last = list.last ? list.last : item;
    usage->node->is_gone = true;
    usage = only_usage(s, usage->node->term);
    if (crate_terms_kind(s->terms, usage->node->term) == CRATE_TERM_IRI) {
      break;
    }
  }
  usage->value->has = CRATE_BIT(CRATE_AT_LIST);
  usage->value->id = (CrateText){NULL, 0};
  usage->value->list = list;
}

CrateStatus
crate_serialize_lists(CrateSerializing *s, const CratePart *part)
{
  for (const CrateUsage *usage = part->nil; usage; usage = usage->next) {
    make_list(s, usage);
  }
  return CRATE_OK;
}
