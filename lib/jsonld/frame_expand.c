// SPDX-License-Identifier: Apache-2.0
#include "jsonld/frame_expand.h"
#include <stddef.h>

static CrateStatus
framed_of(CrateExpanding *x, CrateFramed **out)
{
  CrateRare *const rare = crate_element_rare(x->p, x->result);
  if (rare && !rare->framed) {
    rare->framed = crate_arena_array(x->p->output, 1, sizeof *rare->framed);
  }
  *out = rare ? rare->framed : NULL;
  return *out ? CRATE_OK : crate_processor_out_of_memory(x->p);
}

static CrateStatus
refuse(const CrateExpanding *x,
       const CrateJson *at,
       const char *code,
       const char *message)
{
  return CRATE_FAIL(x->p, &x->p->source, at->offset, code, "%s", message);
}

/// An empty object, also as the only item of an array.
static bool
is_wildcard(const CrateJson *value)
{
  if (value->kind == CRATE_JSON_ARRAY && value->size == 1) {
    value = value->first;
  }
  return value->kind == CRATE_JSON_OBJECT && !value->size;
}

static CrateStatus
new_pattern(const CrateExpanding *x,
            CrateJsonKind kind,
            uint32_t offset,
            CrateJson **out)
{
  *out = crate_json_new(x->p->output, kind, offset);
  return *out ? CRATE_OK : crate_processor_out_of_memory(x->p);
}

/// An array of strings; IRIs of them are expanded.
static CrateStatus
expand_strings(CrateExpanding *x,
               CrateKeyword keyword,
               const CrateJson *array,
               CrateJson **out)
{
  CrateJson *last = NULL;
  CRATE_TRY(new_pattern(x, CRATE_JSON_ARRAY, array->offset, out));
  for (const CrateJson *at = array->first; at; at = at->next) {
    CrateText text = crate_json_text(at);
    if (at->kind != CRATE_JSON_STRING) {
      return refuse(x, at,
                    keyword == CRATE_AT_ID ? "invalid-@id-value"
                    : keyword == CRATE_AT_LANGUAGE
                      ? "invalid-language-tagged-string"
                      : "invalid-base-direction",
                    "a frame takes a string, an array of strings, or {} here");
    }
    if (keyword == CRATE_AT_ID) {
      CRATE_TRY(crate_expand_iri(x->p, x->active, text, false, &text));
    }
    CrateJson *const item =
      crate_json_new_text(x->p->output, CRATE_JSON_STRING, text, at->offset);
    if (!item) {
      return crate_processor_out_of_memory(x->p);
    }
    if (last) {
      last->next = item;
    } else {
      (*out)->first = item;
    }
    last = item;
    ++(*out)->size;
  }
  return CRATE_OK;
}

/// Step 13.4.7.2: scalars as they stand.
static CrateStatus
check_scalars(const CrateExpanding *x, const CrateJson *array)
{
  for (const CrateJson *at = array->first; at; at = at->next) {
    if (at->kind == CRATE_JSON_ARRAY || at->kind == CRATE_JSON_OBJECT) {
      return refuse(x, at, "invalid-value-object-value",
                    "a frame takes scalars, an array of them, or {} here");
    }
  }
  return CRATE_OK;
}

/// Step 13.4.4.3: {"@default": IRI}.
static CrateStatus
expand_default_type(CrateExpanding *x, const CrateJson *object)
{
  const CrateJson *value = crate_json_get(object, CRATE_TEXT("@default"));
  CrateFramed *framed;
  if (crate_json_is(value, CRATE_JSON_ARRAY)) {
    value = value->first; // of several only the first is used
  }
  if (!crate_json_is(value, CRATE_JSON_STRING)) {
    return refuse(x, object, "invalid-type-value",
                  "@type of a frame takes IRIs, {} or {\"@default\": IRI}");
  }
  CRATE_TRY(framed_of(x, &framed));
  return crate_expand_iri(x->p, x->type_scoped, crate_json_text(value), true,
                          &framed->default_type);
}

/// Step 13.4.4, but for strings.
static CrateStatus
expand_type_pattern(CrateExpanding *x, const CrateJson *value, bool *done)
{
  const CrateJson *const one =
    value->kind == CRATE_JSON_ARRAY && value->size == 1 ? value->first : value;
  CrateJson *wildcard;
  CrateFramed *framed;
  *done = one->kind == CRATE_JSON_OBJECT;
  if (!*done) {
    return CRATE_OK;
  }
  if (one->size) {
    return expand_default_type(x, one);
  }
  CRATE_TRY(framed_of(x, &framed));
  CRATE_TRY(new_pattern(x, CRATE_JSON_OBJECT, value->offset, &wildcard));
  framed->type = wildcard;
  return CRATE_OK;
}

/// Where the pattern of a keyword is kept.
static const CrateJson **
slot_of(CrateFramed *framed, CrateKeyword keyword)
{
  switch (keyword) {
    case CRATE_AT_ID:
      return &framed->id;
    case CRATE_AT_VALUE:
      return &framed->value;
    case CRATE_AT_LANGUAGE:
      return &framed->language;
    default:
      return &framed->direction;
  }
}

CrateStatus
crate_expand_pattern(CrateExpanding *x,
                     CrateKeyword keyword,
                     const CrateJson *value,
                     bool *done)
{
  static const uint32_t keywords =
    CRATE_BIT(CRATE_AT_ID) | CRATE_BIT(CRATE_AT_VALUE) |
    CRATE_BIT(CRATE_AT_LANGUAGE) | CRATE_BIT(CRATE_AT_DIRECTION);
  CrateFramed *framed;
  CrateJson *pattern = NULL;
  if (keyword == CRATE_AT_TYPE) {
    return expand_type_pattern(x, value, done);
  }
  *done = (keywords & CRATE_BIT(keyword)) &&
          (value->kind == CRATE_JSON_ARRAY || is_wildcard(value));
  if (!*done) {
    return CRATE_OK;
  }
  CRATE_TRY(framed_of(x, &framed));
  const CrateJson **const slot = slot_of(framed, keyword);
  if (is_wildcard(value)) {
    CRATE_TRY(new_pattern(x, CRATE_JSON_OBJECT, value->offset, &pattern));
  } else if (keyword == CRATE_AT_VALUE) {
    *slot = value;
    return check_scalars(x, value);
  } else {
    CRATE_TRY(expand_strings(x, keyword, value, &pattern));
  }
  *slot = pattern;
  return CRATE_OK;
}

/// The value of a flag: also as the only item of an array, or in @value.
static const CrateJson *
bare_value(const CrateJson *value)
{
  if (value->kind == CRATE_JSON_ARRAY && value->first) {
    value = value->first;
  }
  const CrateJson *const inner = crate_json_get(value, CRATE_TEXT("@value"));
  return inner ? inner : value;
}

/// @default: its value is no frame (step 2).
static CrateStatus
expand_default(CrateExpanding *x, const CrateJson *value, CrateFramed *framed)
{
  framed->has_default = true;
  framed->default_is_null = crate_json_is_string(bare_value(value), "@null");
  if (framed->default_is_null) {
    return CRATE_OK;
  }
  x->p->framing = false;
  const CrateStatus status =
    crate_expand(x->p, x->active, x->slot, value, false, &framed->defaults);
  x->p->framing = true;
  framed->defaults.is_array = true;
  return status;
}

CrateStatus
crate_expand_flag(CrateExpanding *x, const CrateJson *key, bool *done)
{
  static const struct {
    const char *name;
    size_t slot;
  } flags[] = {
    {"@embed", offsetof(CrateFramed, embed)},
    {"@explicit", offsetof(CrateFramed, explicit_only)},
    {"@omitDefault", offsetof(CrateFramed, omit_default)},
    {"@requireAll", offsetof(CrateFramed, require_all)},
  };
  CrateFramed *framed;
  *done = false;
  if (!key->size || key->text[0] != '@') {
    return CRATE_OK;
  }
  if (crate_json_is_string(key, "@default")) {
    *done = true;
    CRATE_TRY(framed_of(x, &framed));
    return expand_default(x, key->next, framed);
  }
  for (size_t i = 0; i < sizeof flags / sizeof *flags; ++i) {
    if (crate_json_is_string(key, flags[i].name)) {
      *done = true;
      CRATE_TRY(framed_of(x, &framed));
      const CrateJson **const slot =
        (const CrateJson **)((char *)framed + flags[i].slot);
      *slot = bare_value(key->next);
    }
  }
  return CRATE_OK;
}
