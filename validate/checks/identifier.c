// SPDX-License-Identifier: Apache-2.0
// The form of each @id, as it is written: sections 4 to 6 of
// docs/decisions.md.
#include "crate/classify.h"
#include "package/package.h"
#include "validate/checks/checks.h"
#include <cratekit/iri.h>

/// Bytes of an id that path escaping is about: they must be %20, %25, '/'.
static bool
wants_escaping(char c)
{
  return c == ' ' || c == '%' || c == '\\';
}

/// Whether an entity's id names a payload path.
static bool
is_path(const CrateEntity *entity)
{
  const uint32_t data = CRATE_TYPED_FILE | CRATE_TYPED_DATASET;
  return (entity->bits & CRATE_IS_RELATIVE) && (entity->bits & data);
}

/// Brackets are common in file names and harmless: section 5.
static size_t
first_bad(CrateText id)
{
  size_t at = crate_iri_span(id);
  while (at < id.size && (id.data[at] == '[' || id.data[at] == ']')) {
    const CrateText rest = crate_text_slice(id, at + 1u, id.size);
    at += 1u + crate_iri_span(rest);
  }
  return at;
}

static CrateStatus
report_bad(const CrateNativeCall *call,
           CrateText id,
           size_t at,
           uint32_t offset)
{
  const unsigned char c = (unsigned char)id.data[at];
  const char *const advice = c == ' '    ? "write a space as %20"
                             : c == '%'  ? "write a percent sign as %25"
                             : c == '\\' ? "write / for a backslash"
                                         : "percent-encode it";
  return c > 0x20u && c < 0x7Fu && c != '%'
           ? crate_check_report(call, offset, "\"%.*s\" holds '%c'; %s",
                                CRATE_TEXT_ARG(id), (int)c, advice)
           : crate_check_report(call, offset,
                                "\"%.*s\" holds the byte 0x%02X; %s",
                                CRATE_TEXT_ARG(id), (unsigned)c, advice);
}

/// Values that refer to an id nobody describes: their form is judged too.
static CrateStatus
look_at_reference(const CrateNativeCall *call, const CrateJson *value)
{
  const CrateChecks *const checks = (const CrateChecks *)call->handle;
  const CrateJson *const id = crate_json_get(value, CRATE_TEXT("@id"));
  if (!crate_json_is(id, CRATE_JSON_STRING)) {
    return CRATE_OK;
  }
  const CrateText text = crate_json_text(id);
  const size_t bad = first_bad(text);
  return bad == text.size || crate_map_get(&checks->ids, text, NULL)
           ? CRATE_OK
           : report_bad(call, text, bad, id->offset);
}

static CrateStatus
look_at_references(const CrateNativeCall *call, const CrateJson *entity)
{
  for (const CrateJson *key = crate_json_first_key(entity); key;
       key = crate_json_next_key(key)) {
    CRATE_TRY(look_at_reference(call, key->next));
    for (const CrateJson *item = crate_json_first(key->next); item;
         item = item->next) {
      CRATE_TRY(look_at_reference(call, item));
    }
  }
  return CRATE_OK;
}

CrateStatus
crate_check_uri_reference(const CrateNativeCall *call)
{
  const CrateView *const view = crate_check_view(call);
  for (size_t i = 0; i < view->entity_count; ++i) {
    const CrateEntity *const entity = &view->entities[i];
    const CrateText id = entity->id;
    const size_t bad = first_bad(id);
    if (bad < id.size && !(is_path(entity) && wants_escaping(id.data[bad]))) {
      CRATE_TRY(report_bad(call, id, bad, entity->id_offset));
    }
    CRATE_TRY(look_at_references(call, entity->json));
  }
  return CRATE_OK;
}

/// What the file is called that an @id is taken for.
static CrateStatus
find_name(CrateChecks *checks, const CrateEntity *entity, CrateText *name)
{
  CrateText path;
  CrateMember member = CRATE_MEMBER_ABSENT;
  CRATE_TRY(crate_view_payload_path(entity, &checks->arena, &path));
  return crate_package_find_alike(checks->view->package, path, &member, name);
}

static CrateStatus
report_case(const CrateNativeCall *call, const CrateEntity *entity)
{
  CrateText name;
  CRATE_TRY(find_name((CrateChecks *)call->handle, entity, &name));
  return crate_check_report(
    call, entity->id_offset, "\"%.*s\" is in the package as \"%.*s\"",
    CRATE_TEXT_ARG(crate_text_slice(entity->id, 0, 200)),
    CRATE_TEXT_ARG(crate_text_slice(name, 0, 200)));
}

/// Data entities: separators, escaping, and the true case of the letters.
CrateStatus
crate_check_path_escaping(const CrateNativeCall *call)
{
  CrateChecks *const checks = (CrateChecks *)call->handle;
  const CrateView *const view = checks->view;
  const bool look = view->mode == CRATE_MODE_ATTACHED;
  if (look) {
    CRATE_TRY(crate_check_members(checks));
  }
  for (size_t i = 0; i < view->entity_count; ++i) {
    const CrateEntity *const entity = &view->entities[i];
    if (!is_path(entity)) {
      continue;
    }
    const size_t bad = first_bad(entity->id);
    if (bad < entity->id.size && wants_escaping(entity->id.data[bad])) {
      CRATE_TRY(report_bad(call, entity->id, bad, entity->id_offset));
    } else if (look && checks->members[i] == CRATE_MEMBER_OTHER_CASE) {
      CRATE_TRY(report_case(call, entity));
    }
  }
  return CRATE_OK;
}

/// The same path in another Unicode normal form is another name to most
/// systems, and looks alike to people.
CrateStatus
crate_check_unicode_form(const CrateNativeCall *call)
{
  CrateChecks *const checks = (CrateChecks *)call->handle;
  const CrateView *const view = checks->view;
  CRATE_TRY(crate_check_members(checks));
  for (size_t i = 0; i < view->entity_count; ++i) {
    const CrateEntity *const entity = &view->entities[i];
    CrateText name;
    bool composed = false;
    if (checks->members[i] != CRATE_MEMBER_OTHER_FORM) {
      continue;
    }
    CRATE_TRY(find_name(checks, entity, &name));
    CRATE_TRY(crate_name_is_composed(&checks->arena, name, &composed));
    CRATE_TRY(crate_check_report(
      call, entity->id_offset,
      "\"%.*s\" is called so in the package, but with %s characters (form %s)",
      CRATE_TEXT_ARG(crate_text_slice(entity->id, 0, 200)),
      composed ? "composed" : "decomposed", composed ? "NFC" : "NFD"));
  }
  return CRATE_OK;
}

typedef enum {
  BLANK,
  LOCAL,
  ROOTED,
  AUTHORITY,
  DRIVE,
  FILE_URI,
  RELATIVE,
  WEB,
  FORMS,
} Form;

static const struct {
  const char *name;
  const char *words;
} forms[FORMS] = {
  [BLANK] = {"blank", "is a blank node"},
  [LOCAL] = {"local", "names nothing but a place in the document"},
  [ROOTED] = {"rooted", "starts at the root of a host"},
  [AUTHORITY] = {"authority", "starts with the name of a host"},
  [DRIVE] = {"drive", "is a path of Windows"},
  [FILE_URI] = {"file-uri", "names a file of one computer only"},
  [RELATIVE] = {"relative", "is relative"},
  [WEB] = {"web", "is an absolute URI"},
};

static bool
has_form(CrateText id, Form form)
{
  switch (form) {
    case BLANK:
      return crate_text_starts(id, CRATE_TEXT("_:"));
    case LOCAL:
      return crate_id_bits(id) & CRATE_IS_LOCAL;
    case ROOTED:
      return crate_text_starts(id, CRATE_TEXT("/")) &&
             !crate_text_starts(id, CRATE_TEXT("//"));
    case AUTHORITY:
      return crate_text_starts(id, CRATE_TEXT("//"));
    case DRIVE:
      return crate_text_slice(id, 1, 2).size && id.data[1] == ':' &&
             crate_iri_is_absolute(id);
    case FILE_URI:
      return crate_text_starts(id, CRATE_TEXT("file:"));
    case RELATIVE:
      return !crate_iri_is_absolute(id) && id.size &&
             !strchr("#/", id.data[0]) &&
             !crate_text_starts(id, CRATE_TEXT("./#"));
    case WEB:
      return crate_iri_is_absolute(id) && !has_form(id, DRIVE) &&
             !crate_text_starts(id, CRATE_TEXT("_:"));
    case FORMS:
      break;
  }
  return false;
}

/// Kinds of entity that the parameter can name.
static const struct {
  const char *name;
  uint32_t bit, but_not;
} kinds[] = {
  {"file", CRATE_TYPED_FILE, 0},
  {"folder", CRATE_TYPED_DATASET, 0},
  {"script", CRATE_IS_SCRIPT, 0},
  {"workflow", CRATE_IS_WORKFLOW, 0},
  {"contextual", CRATE_IS_ENTITY, CRATE_TYPED_FILE | CRATE_TYPED_DATASET},
};

static bool
is_of_kind(const CrateEntity *entity, CrateText kind)
{
  for (size_t i = 0; i < sizeof(kinds) / sizeof(*kinds); ++i) {
    if (crate_text_is(kind, kinds[i].name)) {
      return (entity->bits & kinds[i].bit) &&
             !(entity->bits & kinds[i].but_not);
    }
  }
  return false;
}

/// The parameter says "KIND FORM", "file blank" say: no entity of that kind
/// may have an @id of that form.
CrateStatus
crate_check_refused_form(const CrateNativeCall *call)
{
  const CrateView *const view = crate_check_view(call);
  const CrateText parameter = crate_check_parameter(call);
  const size_t space = crate_text_find(parameter, ' ');
  const CrateText name =
    crate_text_slice(parameter, space + 1u, parameter.size);
  const CrateText kind = crate_text_slice(parameter, 0, space);
  for (Form form = BLANK; form < FORMS; ++form) {
    for (size_t i = 0;
         crate_text_is(name, forms[form].name) && i < view->entity_count; ++i) {
      const CrateEntity *const entity = &view->entities[i];
      const bool own = entity->bits & (CRATE_IS_ROOT | CRATE_IS_DESCRIPTOR);
      if (has_form(entity->id, form) && !own && is_of_kind(entity, kind)) {
        CRATE_TRY(crate_check_report(call, entity->id_offset, "\"%.*s\" %s",
                                     CRATE_TEXT_ARG(entity->id),
                                     forms[form].words));
      }
    }
  }
  return CRATE_OK;
}

/// Whether the root's @id has the form that the parameter asks for.
static bool
root_has_form(const CrateView *view, CrateText form)
{
  const CrateText id = view->root->id;
  const bool lone = crate_package_kind(view->package) == CRATE_PACKAGE_DOCUMENT;
  const bool slash =
    crate_text_ends(id, CRATE_TEXT("/")) && !crate_text_is(id, "/");
  const bool dot = crate_text_is(id, "./");
  const bool absolute = crate_iri_is_absolute(id);
  return crate_text_is(form, "slash")      ? slash
         : crate_text_is(form, "dot")      ? dot
         : crate_text_is(form, "dot-only") ? dot || !slash
         : crate_text_is(form, "absolute") ? absolute
         : crate_text_is(form, "either")   ? dot || absolute
                                           : lone || dot || absolute;
}

/// Parameter "slash": the root's @id ends in '/'; "dot": it is "./", and
/// "dot-only" the same where it ends in '/' at all; "absolute", "either".
/// Parameter "attached": it is "./" or absolute, unless all we have is a
/// document, which may be that of a detached crate.
CrateStatus
crate_check_root_form(const CrateNativeCall *call)
{
  const CrateEntity *const root = crate_check_view(call)->root;
  return root_has_form(crate_check_view(call), crate_check_parameter(call))
           ? CRATE_OK
           : crate_check_report(call, root->id_offset,
                                "the root's @id is \"%.*s\"",
                                CRATE_TEXT_ARG(root->id));
}
