// SPDX-License-Identifier: Apache-2.0
// JSON-LD 1.1 Framing 4.1.2, steps 1 and 2: what a frame may say.
#include "jsonld/frame.h"
#include <cratekit/iri.h>

static CrateStatus
refuse(const CrateFraming *f, uint32_t offset, const char *message)
{
  return CRATE_FAIL(f->p, &f->source, offset, "invalid-frame", "%s", message);
}

static bool
is_iri(CrateText text)
{
  return crate_iri_is_absolute(text);
}

/// Step 1.2.
static CrateStatus
check_id(const CrateFraming *f,
         const CrateElement *frame,
         const CrateFramed *framed)
{
  const CrateJson *const pattern = framed ? framed->id : NULL;
  bool good =
    pattern || !crate_element_has(frame, CRATE_AT_ID) || is_iri(frame->id);
  for (const CrateJson *at = crate_json_first(pattern); at; at = at->next) {
    good = good && is_iri(crate_json_text(at));
  }
  return good ? CRATE_OK
              : refuse(f, frame->offset, "@id of a frame takes IRIs, or {}");
}

/// Step 1.3.
static CrateStatus
check_type(const CrateFraming *f, const CrateElement *frame)
{
  for (const CrateTypeValue *at = frame->types; at; at = at->next) {
    if (!is_iri(at->text)) {
      return refuse(f, at->offset,
                    "@type of a frame takes IRIs, {} or {\"@default\": IRI}");
    }
  }
  return CRATE_OK;
}

CrateStatus
crate_frame_check(CrateFraming *f, const CrateElement *frame)
{
  CrateFramed *const framed = frame->rare ? frame->rare->framed : NULL;
  if (framed && framed->is_valid) {
    return CRATE_OK;
  }
  if (!crate_element_has(frame, CRATE_AT_VALUE)) {
    CRATE_TRY(check_id(f, frame, framed));
    CRATE_TRY(check_type(f, frame));
  }
  if (framed) {
    framed->is_valid = true;
  }
  return CRATE_OK;
}

bool
crate_frame_flag(const CrateJson *flag, bool fallback)
{
  return flag ? crate_json_is(flag, CRATE_JSON_TRUE) ||
                  crate_json_is_string(flag, "true")
              : fallback;
}

/// @embed, or the boolean that says the same.
static CrateStatus
set_embed(const CrateFraming *f, const CrateJson *value, CrateEmbed *out)
{
  if (crate_json_is_string(value, "@once") ||
      crate_json_is(value, CRATE_JSON_TRUE)) {
    *out = CRATE_EMBED_ONCE;
  } else if (crate_json_is_string(value, "@always")) {
    *out = CRATE_EMBED_ALWAYS;
  } else if (crate_json_is_string(value, "@never") ||
             crate_json_is(value, CRATE_JSON_FALSE)) {
    *out = CRATE_EMBED_NEVER;
  } else {
    return CRATE_FAIL(f->p, &f->source, value->offset, "invalid-@embed-value",
                      "@embed takes @once, @always or @never");
  }
  return CRATE_OK;
}

CrateStatus
crate_frame_flags(const CrateFraming *f,
                  const CrateElement *frame,
                  const CrateFrameFlags *outer,
                  CrateFrameFlags *out)
{
  const CrateFramed *const framed = crate_element_framed(frame);
  *out = *outer;
  if (!framed) {
    return CRATE_OK;
  }
  out->explicit_only =
    crate_frame_flag(framed->explicit_only, outer->explicit_only);
  out->require_all = crate_frame_flag(framed->require_all, outer->require_all);
  return framed->embed ? set_embed(f, framed->embed, &out->embed) : CRATE_OK;
}
