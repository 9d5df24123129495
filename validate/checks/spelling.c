// SPDX-License-Identifier: Apache-2.0
// The recommended spelling of an @id: appendix/jsonld#describing-entities-in-
// json-ld, and appendix/relative-uris.
#include "crate/classify.h"
#include "crate/vocabulary.h"
#include "validate/checks/checks.h"
#include <cratekit/iri.h>
#include <ctype.h>

/// Whether a percent sign stands for a byte of a character beyond ASCII.
static bool
has_escaped_letter(CrateText id)
{
  for (size_t i = 0; i + 2u < id.size; ++i) {
    const char high = id.data[i + 1u];
    if (id.data[i] == '%' && isxdigit((unsigned char)id.data[i + 2u]) &&
        (high == '8' || high == '9' ||
         (isxdigit((unsigned char)high) && isalpha((unsigned char)high)))) {
      return true;
    }
  }
  return false;
}

/// Addresses on the web are as their owners write them.
CrateStatus
crate_check_native_letters(const CrateNativeCall *call)
{
  const CrateView *const view = crate_check_view(call);
  for (size_t i = 0; i < view->entity_count; ++i) {
    const CrateEntity *const entity = &view->entities[i];
    if (!crate_iri_is_absolute(entity->id) && has_escaped_letter(entity->id)) {
      CRATE_TRY(crate_check_report(call, entity->id_offset,
                                   "\"%.*s\" has letters written as percent "
                                   "signs",
                                   CRATE_TEXT_ARG(entity->id)));
    }
  }
  return CRATE_OK;
}

/// Whether a relative @id may well be the path of a file that the crate
/// speaks of without calling it data.
static bool
may_be_file(CrateChecks *checks, const CrateEntity *entity)
{
  static const char *const properties[] = {
    SCHEMA "license", SCHEMA "encodingFormat", SCHEMA "thumbnail",
    SCHEMA "subjectOf", SCHEMA "hasPart"};
  const CrateView *const view = checks->view;
  const size_t index = crate_check_index(checks, entity);
  const bool there =
    checks->members_known && (checks->members[index] == CRATE_MEMBER_FILE ||
                              checks->members[index] == CRATE_MEMBER_FOLDER);
  for (size_t i = 0; i < sizeof(properties) / sizeof(*properties); ++i) {
    const CrateTerm property =
      crate_terms_find_iri(view->terms, crate_text(properties[i]));
    if (property &&
        crate_graph_towards(view->graph, property, entity->term).count) {
      return true;
    }
  }
  return there || crate_text_ends(entity->id, CRATE_TEXT(".json"));
}

static bool
is_contextual(const CrateView *view, const CrateEntity *entity)
{
  const uint32_t others = CRATE_TYPED_FILE | CRATE_TYPED_DATASET |
                          CRATE_IS_ROOT | CRATE_IS_DESCRIPTOR |
                          CRATE_IS_PREVIEW | CRATE_IS_SCRIPT |
                          CRATE_IS_WORKFLOW;
  return !(entity->bits & others) && entity->term &&
         crate_view_entity(view, entity->term) == entity;
}

/// Parameter "relative": no contextual entity is called like a file. One that
/// is called like a part of a file ("packed.cwl#main") is as local as "#main".
/// Parameter "blank": none that has a name is a blank node.
CrateStatus
crate_check_local_id(const CrateNativeCall *call)
{
  CrateChecks *const checks = (CrateChecks *)call->handle;
  const CrateView *const view = checks->view;
  const bool blank = crate_text_is(crate_check_parameter(call), "blank");
  const CrateTerm name =
    crate_terms_find_iri(view->terms, CRATE_TEXT(SCHEMA "name"));
  for (size_t i = 0; i < view->entity_count; ++i) {
    const CrateEntity *const entity = &view->entities[i];
    const bool path = (entity->bits & CRATE_IS_RELATIVE) && entity->id.size &&
                      !strchr("/?", entity->id.data[0]) &&
                      crate_text_find(entity->id, '#') == entity->id.size &&
                      !crate_text_starts(entity->id, CRATE_TEXT("../"));
    const bool named_blank =
      name && crate_text_starts(entity->id, CRATE_TEXT("_:")) &&
      crate_graph_object(view->graph, entity->term, name);
    if ((blank ? named_blank : path) && is_contextual(view, entity) &&
        (blank || !may_be_file(checks, entity))) {
      CRATE_TRY(crate_check_report(
        call, entity->id_offset, "\"%.*s\" %s", CRATE_TEXT_ARG(entity->id),
        blank ? "is a blank node with a name" : "looks like a path"));
    }
  }
  return CRATE_OK;
}

/// A crate whose root has an absolute @id: what lies below it is written
/// relative to it.
CrateStatus
crate_check_relativized(const CrateNativeCall *call)
{
  const CrateView *const view = crate_check_view(call);
  const CrateText root = view->root->id;
  if (!crate_iri_is_absolute(root) || !crate_text_ends(root, CRATE_TEXT("/"))) {
    return CRATE_OK;
  }
  for (size_t i = 0; i < view->entity_count; ++i) {
    const CrateEntity *const entity = &view->entities[i];
    if ((entity->bits & CRATE_IS_DATA) && entity->id.size > root.size &&
        crate_text_starts(entity->id, root)) {
      CRATE_TRY(crate_check_report(call, entity->id_offset,
                                   "\"%.*s\" lies in the root",
                                   CRATE_TEXT_ARG(entity->id)));
    }
  }
  return CRATE_OK;
}
