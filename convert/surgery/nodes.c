// SPDX-License-Identifier: Apache-2.0
#include "convert/surgery/nodes.h"
#include "convert/ro_crate_json.h"
#include "crate/vocabulary.h"
#include <cratekit/iri.h>

CrateStatus
crate_job_nodes(CrateJob *job, CrateJson **out)
{
  CrateJson *result = NULL;
  CRATE_TRY(crate_job_reshape_with(job, NULL, &result));
  *out = crate_json_is(result, CRATE_JSON_ARRAY)
           ? result
           : crate_json_new(&job->arena, CRATE_JSON_ARRAY, CRATE_JSON_NOWHERE);
  return *out ? CRATE_OK : crate_arena_status(&job->arena);
}

/// Types: one, or several. Words such as @json are no names.
static CrateStatus
visit_types(CrateJson *value, const CrateNameVisitor *visitor)
{
  CrateJson *type =
    crate_json_is(value, CRATE_JSON_ARRAY) ? value->first : value;
  for (; type; type = type == value ? NULL : type->next) {
    if (crate_json_is(type, CRATE_JSON_STRING) &&
        !crate_text_starts(crate_json_text(type), CRATE_TEXT("@"))) {
      CRATE_TRY(visitor->visit(visitor->handle, CRATE_NAME_TYPE, type));
    }
  }
  return CRATE_OK;
}

static CrateStatus
visit_member(CrateJson *key, const CrateNameVisitor *visitor)
{
  CrateJson *const value = key->next;
  if (crate_json_is_string(key, "@id")) {
    return crate_json_is(value, CRATE_JSON_STRING)
             ? visitor->visit(visitor->handle, CRATE_NAME_ID, value)
             : CRATE_OK;
  }
  if (crate_json_is_string(key, "@type")) {
    return visit_types(value, visitor);
  }
  if (crate_json_is_string(key, "@value")) {
    return CRATE_OK; // which may be any JSON
  }
  if (!crate_text_starts(crate_json_text(key), CRATE_TEXT("@"))) {
    CRATE_TRY(visitor->visit(visitor->handle, CRATE_NAME_KEY, key));
  }
  return crate_nodes_visit(value, visitor);
}

/// As deep as lists nest, which the reader bounds.
CrateStatus
crate_nodes_visit(CrateJson *value, const CrateNameVisitor *visitor)
{
  if (crate_json_is(value, CRATE_JSON_OBJECT)) {
    for (CrateJson *key = value->first; key; key = key->next->next) {
      CRATE_TRY(visit_member(key, visitor));
    }
  }
  for (CrateJson *at = crate_json_is(value, CRATE_JSON_ARRAY) ? value->first
                                                              : NULL;
       at; at = at->next) {
    CRATE_TRY(crate_nodes_visit(at, visitor));
  }
  return CRATE_OK;
}

/// The two names, in an arena that outlives the document they are found in.
static CrateStatus
find_root(CrateJob *job,
          CrateArena *keep,
          CrateText *descriptor,
          CrateText *root)
{
  CrateJson *document = NULL;
  const CrateText base = job->options.base;
  CRATE_TRY(crate_job_reshape(job, &document));
  *descriptor = crate_ro_crate_id(crate_ro_crate_descriptor(document));
  *root = crate_ro_crate_root(document);
  CRATE_TRY(descriptor->size
              ? crate_iri_resolve(keep, base, *descriptor, descriptor)
              : CRATE_OK);
  return root->size ? crate_iri_resolve(keep, base, *root, root) : CRATE_OK;
}

CrateStatus
crate_job_find_root(CrateJob *job, CrateText *descriptor, CrateText *root)
{
  CrateArena keep;
  const CrateArenaMark mark = crate_arena_mark(&job->arena);
  crate_arena_init(&keep, job->world);
  CrateStatus status = find_root(job, &keep, descriptor, root);
  crate_arena_rewind(&job->arena, mark);
  status =
    status ? status : crate_arena_copy(&job->arena, *descriptor, descriptor);
  status = status ? status : crate_arena_copy(&job->arena, *root, root);
  crate_arena_clear(&keep);
  return status;
}

CrateText
crate_job_folder_iri(const CrateJob *job)
{
  CrateText folder = job->options.base;
  const size_t end = crate_text_find(folder, '#');
  folder = crate_text_slice(folder, 0, end);
  while (folder.size && folder.data[folder.size - 1u] != '/') {
    --folder.size;
  }
  return folder;
}

CrateText
crate_job_path_of(const CrateJob *job, CrateText id)
{
  const CrateText nowhere = {NULL, 0};
  const CrateText folder = crate_job_folder_iri(job);
  if (crate_text_find(id, '#') < id.size || !crate_text_starts(id, folder) ||
      (!folder.size &&
       (crate_iri_is_absolute(id) || crate_text_starts(id, CRATE_TEXT("_:")) ||
        crate_text_starts(id, CRATE_TEXT("/"))))) {
    return nowhere;
  }
  const CrateText path = crate_text_slice(id, folder.size, id.size);
  return crate_text_is(path, "./")
           ? nowhere
           : crate_text_slice(path, 0, crate_text_find(path, '?'));
}

bool
crate_is_schema_org(CrateText iri, const char *term)
{
  const CrateText spellings[] = {CRATE_TEXT(SCHEMA),
                                 CRATE_TEXT("https://schema.org/")};
  for (size_t i = 0; i < 2; ++i) {
    if (crate_text_starts(iri, spellings[i]) &&
        crate_text_is(crate_text_slice(iri, spellings[i].size, iri.size),
                      term)) {
      return true;
    }
  }
  return false;
}

/// {key: value} in an array.
static CrateStatus
new_value(CrateArena *arena, CrateText key, CrateText text, CrateJson **out)
{
  CrateJson *const name =
    crate_json_new_text(arena, CRATE_JSON_STRING, key, CRATE_JSON_NOWHERE);
  CrateJson *const value =
    crate_json_new_text(arena, CRATE_JSON_STRING, text, CRATE_JSON_NOWHERE);
  CrateJson *const object =
    crate_json_new(arena, CRATE_JSON_OBJECT, CRATE_JSON_NOWHERE);
  *out = crate_json_new(arena, CRATE_JSON_ARRAY, CRATE_JSON_NOWHERE);
  if (!name || !value || !object || !*out) {
    return crate_arena_status(arena);
  }
  name->next = value;
  object->first = name;
  object->size = 1;
  (*out)->first = object;
  (*out)->size = 1;
  return CRATE_OK;
}

/// A property with such a value.
static CrateStatus
new_member(CrateArena *arena,
           CrateText property,
           CrateText key,
           CrateText text,
           CrateJson **out)
{
  CrateJson *value;
  *out =
    crate_json_new_text(arena, CRATE_JSON_STRING, property, CRATE_JSON_NOWHERE);
  CRATE_TRY(*out ? CRATE_OK : crate_arena_status(arena));
  CRATE_TRY(new_value(arena, key, text, &value));
  (*out)->next = value;
  return CRATE_OK;
}

CrateStatus
crate_node_text(CrateArena *arena,
                CrateText property,
                CrateText text,
                CrateJson **out)
{
  return new_member(arena, property, CRATE_TEXT("@value"), text, out);
}

void
crate_node_add(CrateJson *node, CrateJson *member)
{
  member->next->next = node->first;
  node->first = member;
  ++node->size;
}

CrateStatus
crate_node_link(CrateArena *arena,
                CrateText subject,
                CrateText property,
                CrateText object,
                CrateJson **out)
{
  CrateJson *array;
  CrateJson *member;
  CRATE_TRY(new_value(arena, CRATE_TEXT("@id"), subject, &array));
  CRATE_TRY(new_member(arena, property, CRATE_TEXT("@id"), object, &member));
  *out = array->first;
  crate_node_add(*out, member);
  return CRATE_OK;
}

CrateStatus
crate_node_copy(CrateArena *arena,
                CrateText subject,
                CrateText property,
                const CrateJson *values,
                CrateJson **out)
{
  CrateJson *const key =
    crate_json_new_text(arena, CRATE_JSON_STRING, property, CRATE_JSON_NOWHERE);
  CrateJson *const copy =
    crate_json_new(arena, CRATE_JSON_ARRAY, CRATE_JSON_NOWHERE);
  CrateJson *node;
  CRATE_TRY(new_value(arena, CRATE_TEXT("@id"), subject, &node));
  if (!key || !copy) {
    return crate_arena_status(arena);
  }
  *copy = *values; // which share what they hold
  copy->next = NULL;
  key->next = copy;
  *out = node->first;
  crate_node_add(*out, key);
  return CRATE_OK;
}
