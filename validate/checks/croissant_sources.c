// SPDX-License-Identifier: Apache-2.0
// Where the fields of a Croissant document come from: extractions that their
// files can answer, joins of several files.
#include "crate/vocabulary.h"
#include "validate/checks/croissant.h"

static bool
is_file(const CrateView *view, CrateTerm node)
{
  return crate_check_is_a(view, node, CRATE_TEXT("FileObject")) ||
         crate_check_is_a(view, node, CRATE_TEXT("FileSet"));
}

/// The file or set of files that a source names; 0 when it is none.
static CrateTerm
file_of(const CrateView *view, CrateTerm source)
{
  static const char *const properties[] = {CROISSANT "fileObject",
                                           CROISSANT "fileSet"};
  for (size_t i = 0; i < 2; ++i) {
    const CrateTerm file = crate_check_value_of(view, source, properties[i]);
    if (file) {
      return is_file(view, file) ? file : CRATE_NO_TERM;
    }
  }
  return is_file(view, source) ? source : CRATE_NO_TERM;
}

/// Media types that have no columns, or no JSON, whatever is in them.
static const struct {
  const char *property;
  const char *types[8];
} impossible[] = {
  {CROISSANT "column",
   {"image/", "audio/", "video/", "application/pdf", "application/zip",
    "application/x-tar", NULL}},
  {CROISSANT "jsonPath",
   {"image/", "audio/", "video/", "application/pdf", "application/zip",
    "application/x-tar", "text/csv", NULL}},
};

static const char *
impossible_type(CrateText format, size_t row)
{
  for (const char *const *type = impossible[row].types; *type; ++type) {
    if (crate_text_starts(format, crate_text(*type))) {
      return *type;
    }
  }
  return NULL;
}

/// Asked of a source: what it extracts is something that its file has.
CrateStatus
crate_check_extractable(const CrateNativeCall *call)
{
  const CrateView *const view = crate_check_view(call);
  const CrateTerm extract =
    crate_check_value_of(view, call->focus, CROISSANT "extract");
  const CrateTerm file = extract ? file_of(view, call->focus) : CRATE_NO_TERM;
  const CrateQuadRange formats =
    crate_check_values_of(view, file, SCHEMA "encodingFormat");
  if (!file || formats.count != 1) {
    return CRATE_OK;
  }
  const CrateText format =
    crate_terms_info(view->terms, formats.first->object).text;
  for (size_t i = 0; i < sizeof(impossible) / sizeof(*impossible); ++i) {
    const CrateQuadRange range =
      crate_check_values_of(view, extract, impossible[i].property);
    if (range.count && impossible_type(format, i)) {
      return crate_check_report(
        call, crate_check_origin(view, range.first), "\"%.*s\" is %.*s",
        CRATE_TEXT_ARG(crate_check_shown(view, file)), CRATE_TEXT_ARG(format));
    }
  }
  return CRATE_OK;
}

/// What a join is made of: files, which references bring together.
typedef struct {
  const CrateView *view;
  CrateMap files; ///< Term, as bytes -> index + 1.
  CrateArena arena;
  uint32_t *groups; ///< By file: another of its group; itself for the first.
  size_t count;
} Join;

static CrateStatus
number_of(Join *join, CrateTerm file, uint32_t *out)
{
  uintptr_t number = 0;
  CrateText key = {(const char *)&file, sizeof(file)};
  if (!crate_map_get(&join->files, key, &number)) {
    CRATE_TRY(crate_arena_copy(&join->arena, key, &key));
    number = ++join->count;
    CRATE_TRY(crate_map_put(&join->files, key, number));
    join->groups[number - 1u] = (uint32_t)number - 1u;
  }
  *out = (uint32_t)number - 1u;
  return CRATE_OK;
}

static uint32_t
group_of(const Join *join, uint32_t file)
{
  while (join->groups[file] != file) {
    join->groups[file] = join->groups[join->groups[file]];
    file = join->groups[file];
  }
  return file;
}

CrateTerm
crate_check_referred_field(const CrateView *view, CrateTerm reference)
{
  const CrateTerm inner =
    crate_check_value_of(view, reference, CROISSANT "field");
  return inner ? inner : reference;
}

static CrateStatus
join_field(Join *join, CrateTerm field)
{
  const CrateView *const view = join->view;
  uint32_t from = 0;
  uint32_t to = 0;
  const CrateTerm file =
    file_of(view, crate_check_value_of(view, field, CROISSANT "source"));
  const CrateQuadRange references =
    crate_check_values_of(view, field, CROISSANT "references");
  if (!file) {
    return CRATE_OK;
  }
  CRATE_TRY(number_of(join, file, &from));
  for (size_t i = 0; i < references.count; ++i) {
    const CrateTerm target =
      crate_check_referred_field(view, references.first[i].object);
    const CrateTerm other =
      file_of(view, crate_check_value_of(view, target, CROISSANT "source"));
    if (other) {
      CRATE_TRY(number_of(join, other, &to));
      join->groups[group_of(join, to)] = group_of(join, from);
    }
  }
  return CRATE_OK;
}

static CrateStatus
report_unjoined(const CrateNativeCall *call,
                Join *join,
                const CrateQuadRange fields)
{
  const CrateView *const view = join->view;
  uint32_t first = 0;
  uint32_t file = 0;
  CrateTerm first_file = CRATE_NO_TERM;
  for (size_t i = 0; i < fields.count; ++i) {
    const CrateTerm field = fields.first[i].object;
    const CrateQuadRange sources =
      crate_check_values_of(view, field, CROISSANT "source");
    const CrateTerm term =
      sources.count ? file_of(view, sources.first->object) : CRATE_NO_TERM;
    if (!term) {
      continue;
    }
    CRATE_TRY(number_of(join, term, &file));
    if (!first_file) {
      first = group_of(join, file);
      first_file = term;
    } else if (group_of(join, file) != first) {
      return crate_check_report(
        call, crate_check_origin(view, sources.first),
        "nothing joins \"%.*s\" with \"%.*s\"",
        CRATE_TEXT_ARG(crate_check_shown(view, term)),
        CRATE_TEXT_ARG(crate_check_shown(view, first_file)));
    }
  }
  return CRATE_OK;
}

/// Asked of a record set: references join the files that its fields are from,
/// directly or through others.
CrateStatus
crate_check_joined(const CrateNativeCall *call)
{
  const CrateView *const view = crate_check_view(call);
  const CrateQuadRange fields =
    crate_check_values_of(view, call->focus, CROISSANT "field");
  const CrateTerm references = crate_check_term(view, CROISSANT "references");
  Join join = {.view = view};
  crate_map_init(&join.files, view->world);
  crate_arena_init(&join.arena, view->world);
  // Each field names a file, each reference another one.
  join.groups = (uint32_t *)crate_arena_array(
    &join.arena, fields.count + crate_graph_with(view->graph, references).count,
    sizeof(uint32_t));
  CrateStatus st = join.groups ? CRATE_OK : crate_arena_status(&join.arena);
  for (size_t i = 0; i < fields.count && !st; ++i) {
    st = join_field(&join, fields.first[i].object);
  }
  st = st || join.count < 2 ? st : report_unjoined(call, &join, fields);
  crate_map_clear(&join.files);
  crate_arena_clear(&join.arena);
  return st;
}

static CrateAtom
atom_of_field(const CrateView *view, CrateTerm field)
{
  const CrateQuadRange types =
    crate_check_values_of(view, field, CROISSANT "dataType");
  for (size_t i = 0; i < types.count; ++i) {
    const CrateAtom atom =
      crate_atom_of(crate_terms_info(view->terms, types.first[i].object).text);
    if (atom) {
      return atom;
    }
  }
  return CRATE_ATOM_NONE;
}

/// Asked of references: a field and the one that it refers to hold values of
/// one kind. Parameter "key": the latter is a key of its record set.
CrateStatus
crate_check_reference_fits(const CrateNativeCall *call)
{
  const CrateView *const view = crate_check_view(call);
  const bool key = crate_text_is(crate_check_parameter(call), "key");
  const CrateAtom own = atom_of_field(view, call->focus);
  for (size_t i = 0; i < call->value_count; ++i) {
    const CrateTerm target = crate_check_referred_field(view, call->values[i]);
    const CrateAtom other = atom_of_field(view, target);
    const CrateQuadList sets =
      crate_check_subjects_of(view, CROISSANT "key", target);
    const bool field = crate_check_is_a(view, target, CRATE_TEXT("Field"));
    const CrateText name = crate_check_shown(view, target);
    if (key && field && !sets.count) {
      CRATE_TRY(crate_check_report_value(
        call, call->values[i], "\"%.*s\" is none", CRATE_TEXT_ARG(name)));
    } else if (!key && own && other && own != other) {
      CRATE_TRY(crate_check_report_value(call, call->values[i],
                                         "those of \"%.*s\" are others",
                                         CRATE_TEXT_ARG(name)));
    }
  }
  return CRATE_OK;
}
