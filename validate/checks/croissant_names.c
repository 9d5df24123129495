// SPDX-License-Identifier: Apache-2.0
// References of Croissant 0.8, which are names: of a file or set of files, of a
// field as "record-set/field".
#include "crate/vocabulary.h"
#include "validate/checks/croissant.h"

/// What a document has names for, each in a map of its own.
typedef struct {
  const CrateNativeCall *call;
  const CrateView *view;
  CrateArena arena;
  CrateMap files, fields;
} Names;

/// Properties whose values are names, and of what.
typedef enum { OF_FILE, OF_FIELD, OF_OWN_FIELD } Kind;

static const struct {
  const char *property;
  Kind kind;
} properties[] = {
  {SCHEMA "distribution", OF_FILE},   {SCHEMA "containedIn", OF_FILE},
  {CROISSANT "containedIn", OF_FILE}, {CROISSANT "field", OF_FIELD},
  {CROISSANT "key", OF_OWN_FIELD},
};

static CrateText
name_of(const Names *names, CrateTerm node)
{
  const CrateTerm name = crate_check_value_of(names->view, node, SCHEMA "name");
  return name ? crate_terms_info(names->view->terms, name).text
              : (CrateText){NULL, 0};
}

/// Whatever the dataset's distribution is: that it is no file others say.
static CrateStatus
add_files(Names *names)
{
  const CrateView *const view = names->view;
  const CrateTerm property = crate_check_term(view, SCHEMA "distribution");
  const CrateQuadList list = property ? crate_graph_with(view->graph, property)
                                      : (CrateQuadList){NULL, NULL, 0};
  for (size_t i = 0; i < list.count; ++i) {
    const CrateText name = name_of(names, crate_quad_list_at(list, i)->object);
    CRATE_TRY(name.size ? crate_map_put(&names->files, name, 1) : CRATE_OK);
  }
  return CRATE_OK;
}

static CrateStatus
join(Names *names, CrateText set, CrateText field, CrateText *out)
{
  const CrateText parts[] = {set, CRATE_TEXT("/"), field};
  return crate_arena_join(&names->arena, parts, 3, out);
}

static CrateStatus
add_fields(Names *names, CrateTerm set)
{
  const CrateQuadRange fields =
    crate_check_values_of(names->view, set, CROISSANT "field");
  for (size_t i = 0; i < fields.count; ++i) {
    const CrateText name = name_of(names, fields.first[i].object);
    CrateText whole;
    if (name.size) {
      CRATE_TRY(join(names, name_of(names, set), name, &whole));
      CRATE_TRY(crate_map_put(&names->fields, whole, 1));
    }
  }
  return CRATE_OK;
}

static CrateStatus
gather(Names *names)
{
  const CrateTerm kind = crate_check_term(names->view, CRATEKIT "RecordSet");
  const CrateQuadList sets =
    kind ? crate_graph_towards(names->view->graph, CRATE_RDF_TYPE, kind)
         : (CrateQuadList){NULL, NULL, 0};
  CRATE_TRY(add_files(names));
  for (size_t i = 0; i < sets.count; ++i) {
    CRATE_TRY(add_fields(names, crate_quad_list_at(sets, i)->subject));
  }
  return CRATE_OK;
}

/// "#{name}" as "name".
static CrateText
bare(CrateText text)
{
  const bool braced = crate_text_starts(text, CRATE_TEXT("#{")) &&
                      crate_text_ends(text, CRATE_TEXT("}"));
  return braced ? crate_text_slice(text, 2, text.size - 1u) : text;
}

static CrateStatus
look_up(Names *names, const CrateQuad *quad, Kind kind)
{
  CrateText text =
    bare(crate_terms_info(names->view->terms, quad->object).text);
  const CrateText first = crate_text_slice(text, 0, crate_text_find(text, '/'));
  if (kind == OF_FILE && (crate_map_get(&names->files, text, NULL) ||
                          crate_map_get(&names->files, first, NULL))) {
    return CRATE_OK;
  }
  if (kind == OF_OWN_FIELD) {
    CRATE_TRY(join(names, name_of(names, quad->subject), text, &text));
  }
  return kind != OF_FILE && crate_map_get(&names->fields, text, NULL)
           ? CRATE_OK
           : crate_check_report(names->call,
                                crate_check_origin(names->view, quad),
                                "nothing is called \"%.*s\"",
                                CRATE_TEXT_ARG(crate_text_slice(text, 0, 120)));
}

static CrateStatus
look_at(Names *names, size_t row)
{
  const CrateView *const view = names->view;
  const CrateTerm property = crate_check_term(view, properties[row].property);
  const CrateQuadList list = property ? crate_graph_with(view->graph, property)
                                      : (CrateQuadList){NULL, NULL, 0};
  for (size_t i = 0; i < list.count; ++i) {
    const CrateQuad *const quad = crate_quad_list_at(list, i);
    if (crate_terms_kind(view->terms, quad->object) == CRATE_TERM_LITERAL) {
      CRATE_TRY(look_up(names, quad, properties[row].kind));
    }
  }
  return CRATE_OK;
}

/// Asked once, for the document.
CrateStatus
crate_check_names_meant(const CrateNativeCall *call)
{
  const CrateView *const view = crate_check_view(call);
  Names names = {.call = call, .view = view};
  crate_arena_init(&names.arena, view->world);
  crate_map_init(&names.files, view->world);
  crate_map_init(&names.fields, view->world);
  CrateStatus st = gather(&names);
  for (size_t i = 0; i < sizeof(properties) / sizeof(*properties) && !st; ++i) {
    st = look_at(&names, i);
  }
  crate_map_clear(&names.files);
  crate_map_clear(&names.fields);
  crate_arena_clear(&names.arena);
  return st;
}
