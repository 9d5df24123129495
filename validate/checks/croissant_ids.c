// SPDX-License-Identifier: Apache-2.0
// The @ids of a Croissant document: IRIs, each given to one thing, those of
// nested things beginning with that of what holds them.
#include "crate/vocabulary.h"
#include "validate/checks/croissant.h"
#include <cratekit/iri.h>

static uint32_t
id_place(const CrateEntity *entity)
{
  const CrateJson *const id = crate_json_get(entity->json, CRATE_TEXT("@id"));
  return id ? id->offset : entity->id_offset;
}

/// Whether a node is one that Croissant has a word for. Of others, such as
/// people, JSON-LD lets an author say the same thing twice.
static bool
is_own(const CrateView *view, CrateTerm term)
{
  static const char *const kinds[] = {"FileObject", "FileSet", "RecordSet",
                                      "Field", "CroissantDataset"};
  for (size_t i = 0; i < sizeof(kinds) / sizeof(*kinds); ++i) {
    if (crate_check_is_a(view, term, crate_text(kinds[i]))) {
      return true;
    }
  }
  return false;
}

CrateStatus
crate_check_id_syntax(const CrateNativeCall *call)
{
  const CrateView *const view = crate_check_view(call);
  for (size_t i = 0; i < view->entity_count; ++i) {
    const CrateEntity *const entity = &view->entities[i];
    const size_t at = crate_iri_span(entity->id);
    if (at < entity->id.size && is_own(view, entity->term)) {
      CRATE_TRY(crate_check_report(
        call, id_place(entity), "byte %zu of \"%.*s\" cannot stand in an IRI",
        at + 1u, entity->id.size > 120 ? 120 : (int)entity->id.size,
        entity->id.data));
    }
  }
  return CRATE_OK;
}

/// Whether an object says more of a node than what it is.
static bool
defines(const CrateEntity *entity)
{
  for (const CrateJson *key = crate_json_first_key(entity->json); key;
       key = crate_json_next_key(key)) {
    if (!crate_json_is_string(key, "@id") &&
        !crate_json_is_string(key, "@type")) {
      return true;
    }
  }
  return false;
}

/// An object with more than an @id is a definition; repeats of it are found
/// at the second one. In a crate a rule of RO-Crate does so.
CrateStatus
crate_check_id_unique(const CrateNativeCall *call)
{
  const CrateView *const view = crate_check_view(call);
  const CrateTerm end = view->by_term_end;
  if (view->dialects & CRATE_SPEAKS_RO_CRATE) {
    return CRATE_OK;
  }
  uint8_t *const seen = (uint8_t *)crate_world_allocate(view->world, end + 1u);
  if (!seen) {
    return CRATE_NO_MEMORY;
  }
  CrateStatus st = CRATE_OK;
  memset(seen, 0, end + 1u);
  for (size_t i = 0; i < view->entity_count && !st; ++i) {
    const CrateEntity *const entity = &view->entities[i];
    if (!entity->id.size || entity->term >= end || !defines(entity)) {
      continue;
    }
    if (seen[entity->term] && is_own(view, entity->term)) {
      st =
        crate_check_report(call, id_place(entity), "\"%.*s\" is defined before",
                           CRATE_TEXT_ARG(entity->id));
    }
    seen[entity->term] = 1;
  }
  crate_world_release(view->world, seen);
  return st;
}

/// Whether an @id begins with another and a slash.
static bool
continues(CrateText id, CrateText outer)
{
  return crate_text_starts(id, outer) && id.size > outer.size + 1u &&
         id.data[outer.size] == '/';
}

/// What holds a field: a record set, or another field; 0 at the top.
static CrateTerm
holder_of(const CrateView *view, CrateTerm field)
{
  static const char *const properties[] = {CROISSANT "subField",
                                           CROISSANT "field"};
  for (size_t i = 0; i < 2; ++i) {
    const CrateQuadList list =
      crate_check_subjects_of(view, properties[i], field);
    for (size_t j = 0; j < list.count; ++j) {
      const CrateTerm holder = crate_quad_list_at(list, j)->subject;
      if (crate_check_is_a(view, holder, CRATE_TEXT("RecordSet")) ||
          crate_check_is_a(view, holder, CRATE_TEXT("Field"))) {
        return holder;
      }
    }
  }
  return CRATE_NO_TERM;
}

/// A field's @id begins with that of its record set, or of the field that it
/// is a part of.
CrateStatus
crate_check_id_prefix(const CrateNativeCall *call)
{
  enum { DEEPEST = 16 };
  const CrateView *const view = crate_check_view(call);
  const CrateEntity *const field = crate_view_entity(view, call->focus);
  CrateTerm holder = call->focus;
  CrateText wanted = {NULL, 0};
  for (int i = 0; field && field->id.size && i < DEEPEST; ++i) {
    holder = holder_of(view, holder);
    const CrateEntity *const entity = crate_view_entity(view, holder);
    if (!entity || !entity->id.size) {
      break;
    }
    if (continues(field->id, entity->id)) {
      return CRATE_OK;
    }
    wanted = wanted.size ? wanted : entity->id;
  }
  return wanted.size ? crate_check_report(
                         call, id_place(field), "begin \"%.*s\" with \"%.*s/\"",
                         CRATE_TEXT_ARG(field->id), CRATE_TEXT_ARG(wanted))
                     : CRATE_OK;
}
