// SPDX-License-Identifier: Apache-2.0
// encodingFormat against what a file's first bytes say.
#include "crate/vocabulary.h"
#include "validate/checks/contents.h"

/// A media type that is said of a file of the package.
typedef struct {
  const CrateEntity *entity;
  const CrateQuad *quad;
  CrateText type;
} Saying;

typedef CrateStatus Visit(CrateChecks *checks,
                          const Saying *saying,
                          void *handle);

static bool
is_file(const CrateChecks *checks, const CrateEntity *entity)
{
  return entity && entity->bits & CRATE_TYPED_FILE &&
         checks->members[crate_check_index(checks, entity)] ==
           CRATE_MEMBER_FILE;
}

/// Formats that are entities themselves say nothing that could be compared.
static CrateStatus
visit_sayings(CrateChecks *checks, Visit *visit, void *handle)
{
  const CrateView *const view = checks->view;
  const CrateTerm format =
    crate_terms_find_iri(view->terms, CRATE_TEXT(SCHEMA "encodingFormat"));
  const CrateQuadList list = crate_graph_with(view->graph, format);
  if (list.count) {
    CRATE_TRY(crate_check_members(checks));
  }
  for (size_t i = 0; i < list.count; ++i) {
    const CrateQuad *const quad = crate_quad_list_at(list, i);
    const CrateTermInfo info = crate_terms_info(view->terms, quad->object);
    const Saying saying = {crate_view_entity(view, quad->subject), quad,
                           info.text};
    if (info.kind == CRATE_TERM_LITERAL && is_file(checks, saying.entity)) {
      CRATE_TRY(visit(checks, &saying, handle));
    }
  }
  return CRATE_OK;
}

static CrateStatus
find_file(CrateChecks *checks, const Saying *saying, size_t *index)
{
  return crate_contents_want_entity(
    checks, crate_check_index(checks, saying->entity), 0, index);
}

/// Only those types whose files the bytes may contradict.
static CrateStatus
want(CrateChecks *checks, const Saying *saying, void *handle)
{
  size_t index = 0;
  (void)handle;
  return crate_signature_matters(saying->type)
           ? find_file(checks, saying, &index)
           : CRATE_OK;
}

CrateStatus
crate_media_gather(CrateChecks *checks)
{
  return visit_sayings(checks, want, NULL);
}

typedef struct {
  const CrateNativeCall *call;
  CrateUnread unread;
} Comparison;

static CrateStatus
compare(CrateChecks *checks, const Saying *saying, void *handle)
{
  Comparison *const comparison = (Comparison *)handle;
  size_t index = 0;
  if (!crate_signature_matters(saying->type)) {
    return CRATE_OK;
  }
  CRATE_TRY(find_file(checks, saying, &index));
  const CrateReading *const reading = crate_contents_at(checks, index);
  if (!crate_contents_known(&comparison->unread, reading) ||
      crate_signature_fits(reading->signature, saying->type)) {
    return CRATE_OK;
  }
  const char *const words = crate_signature_words(reading->signature);
  return crate_check_report(
    comparison->call, crate_graph_origin(checks->view->graph, saying->quad),
    "\"%.*s\" is said of \"%.*s\", which %s%s",
    CRATE_TEXT_ARG(crate_text_slice(saying->type, 0, 100)),
    CRATE_TEXT_ARG(crate_text_slice(saying->entity->id, 0, 200)),
    words ? "is " : "does not begin as such files do", words ? words : "");
}

CrateStatus
crate_check_media_type(const CrateNativeCall *call)
{
  CrateChecks *const checks = (CrateChecks *)call->handle;
  Comparison comparison = {.call = call};
  CRATE_TRY(crate_contents_gather(checks));
  CRATE_TRY(crate_contents_read(checks));
  CRATE_TRY(visit_sayings(checks, compare, &comparison));
  return crate_contents_excuse(call, &comparison.unread);
}
