// SPDX-License-Identifier: Apache-2.0
// Values on their way: through the steps of their field, to be held against
// its data type, and against what it refers to.
#include "data/cell.h"
#include "validate/data/data.h"
#include <stdio.h>

/// Values of text that are shown.
#define LONGEST_VALUE 60u

/// ISO 8601, with a blank where there should be a T, too.
static bool
is_date(CrateText text)
{
  char room[40];
  const size_t blank = crate_text_find(text, ' ');
  if (blank == text.size || text.size >= sizeof(room)) {
    return crate_is_iso_date(text);
  }
  memcpy(room, text.data, text.size);
  room[blank] = 'T';
  return crate_is_iso_date((CrateText){room, text.size});
}

/// Types that have no value against them but a list or an object.
bool
crate_data_is_typed(const CrateDataField *field)
{
  return field->atom != CRATE_ATOM_NONE && field->atom != CRATE_ATOM_TEXT &&
         field->atom != CRATE_ATOM_MEDIA;
}

/// Whether a value can be read as what its field is.
static bool
fits(const CrateDataField *field, CrateText text, CrateDataKind kind)
{
  const bool cell = kind == CRATE_KIND_CELL;
  const bool number = cell || kind == CRATE_KIND_NUMBER;
  const bool words = cell || kind == CRATE_KIND_TEXT;
  if (kind == CRATE_KIND_OTHER) {
    return field->many || field->atom == CRATE_ATOM_NONE ||
           field->atom == CRATE_ATOM_MEDIA || field->atom == CRATE_ATOM_BOX;
  }
  switch (field->atom) {
    case CRATE_ATOM_BOOLEAN:
      return kind == CRATE_KIND_BOOLEAN ||
             (cell && crate_cell_is_boolean(text));
    case CRATE_ATOM_INTEGER:
      return number &&
             (field->formatted || crate_cell_is_integer(text, field->bits));
    case CRATE_ATOM_NUMBER:
      return number && (field->formatted || crate_cell_is_number(text));
    case CRATE_ATOM_DATE:
      return field->formatted || (words && is_date(text));
    case CRATE_ATOM_BOX:
      return words && crate_cell_is_box(text);
    case CRATE_ATOM_TEXT:
    case CRATE_ATOM_MEDIA:
    case CRATE_ATOM_NONE:
      break;
  }
  return true;
}

const char *
crate_data_wanted(const CrateDataField *field, char *room, size_t size)
{
  if (field->atom != CRATE_ATOM_INTEGER || !field->bits) {
    return crate_atom_text(field->atom);
  }
  snprintf(room, size, "an integer of %d bits%s",
           field->bits < 0 ? -field->bits : field->bits,
           field->bits < 0 ? "" : " without sign");
  return room;
}

/// As much of a value as is shown.
static CrateText
shown(CrateText text)
{
  text = crate_text_slice(text, 0, LONGEST_VALUE);
  text.size = crate_text_utf8_span(text);
  return text;
}

static CrateHash128
hash_of(const CrateData *data, CrateText text)
{
  return crate_hash128_add(crate_hash128_start(data->view->world), text);
}

CrateStatus
crate_data_collect(CrateData *data, CrateDataField *field, CrateText text)
{
  uint64_t first = 0;
  field->own_known = true;
  if (field->own_stopped) {
    return CRATE_OK;
  }
  const CrateStatus st =
    crate_seen_put(&field->own, hash_of(data, text), 1, &first);
  field->own_stopped = st == CRATE_OVER_LIMIT;
  return field->own_stopped ? CRATE_OK : st;
}

/// Whether the field that is referred to has the value, as far as is known.
static bool
is_there(const CrateData *data, const CrateDataField *field, CrateText text)
{
  const CrateDataField *const target =
    field->refers_to ? &data->fields[field->refers_to - 1u] : NULL;
  return !target || !target->own_known || target->own_stopped ||
         crate_seen_get(&target->own, hash_of(data, text));
}

/// A value at the end of its way.
static CrateStatus
look_at(CrateData *data,
        CrateDataField *field,
        CrateText text,
        CrateDataKind kind,
        const CrateDataRecord *record)
{
  char room[48];
  if (data->collecting) {
    return field->referred_to ? crate_data_collect(data, field, text)
                              : CRATE_OK;
  }
  if (kind == CRATE_KIND_CELL && field->many && !field->step_count) {
    field->listed = true; // written in anybody's way
  } else if (!fits(field, text, kind)) {
    const CrateText some = shown(text);
    CRATE_TRY(crate_data_tell(
      data, &field->wrong, record,
      "%s\"%.*s\" is not %s, as \"%.*s\" should be",
      kind == CRATE_KIND_TEXT ? "the text " : "", CRATE_TEXT_ARG(some),
      crate_data_wanted(field, room, sizeof(room)),
      CRATE_TEXT_ARG(crate_check_shown(data->view, field->term))));
  }
  if (!is_there(data, field, text)) {
    const CrateText some = shown(text);
    const CrateTerm target = data->fields[field->refers_to - 1u].term;
    CRATE_TRY(crate_data_tell(
      data, &field->dangling, record,
      "\"%.*s\" of \"%.*s\" is not among the values of \"%.*s\"",
      CRATE_TEXT_ARG(some),
      CRATE_TEXT_ARG(crate_check_shown(data->view, field->term)),
      CRATE_TEXT_ARG(crate_check_shown(data->view, target))));
  }
  return CRATE_OK;
}

/// What an expression takes out of a value; no data: it does not fit.
static CrateStatus
apply_regex(CrateData *data, const CrateDataStep *step, CrateText *text)
{
  const uint32_t group = crate_regex_groups(step->regex) ? 1u : 0u;
  const CrateStatus st =
    crate_matcher_find(data->matcher, step->regex, *text, group, text);
  if (!st) {
    return CRATE_OK;
  }
  *text = (CrateText){NULL, 0};
  return st == CRATE_OVER_LIMIT
           ? crate_data_add_gap(data, CRATE_DATA_PATTERN, true,
                                "matching a transform's regex would take too "
                                "long")
         : st == CRATE_NO_MEMORY ? st
                                 : CRATE_OK;
}

/// One step after the other; a value that is parted goes on in parts.
static CrateStatus
go(CrateData *data,
   CrateDataField *field,
   size_t at,
   CrateText text,
   const CrateDataRecord *record)
{
  for (; at < field->step_count && text.data; ++at) {
    const CrateDataStep *const step = &field->steps[at];
    if (step->regex) {
      CRATE_TRY(apply_regex(data, step, &text));
      continue;
    }
    for (;;) {
      size_t end = 0;
      while (end < text.size &&
             !crate_text_starts(crate_text_slice(text, end, text.size),
                                step->separator)) {
        ++end;
      }
      CRATE_TRY(
        go(data, field, at + 1u, crate_text_slice(text, 0, end), record));
      if (end == text.size) {
        return CRATE_OK;
      }
      text = crate_text_slice(text, end + step->separator.size, text.size);
    }
  }
  if (!text.data) {
    return CRATE_OK;
  }
  ++field->fitting;
  field->current = text;
  return crate_cell_is_missing(text)
           ? CRATE_OK
           : look_at(data, field, text, CRATE_KIND_CELL, record);
}

CrateStatus
crate_data_value(CrateData *data,
                 CrateDataField *field,
                 CrateText text,
                 CrateDataKind kind,
                 const CrateDataRecord *record)
{
  field->values += !data->collecting;
  if (field->opaque) {
    return CRATE_OK;
  }
  if (field->step_count) {
    return go(data, field, 0, text, record);
  }
  field->current = text;
  return kind == CRATE_KIND_CELL && crate_cell_is_missing(text)
           ? CRATE_OK
           : look_at(data, field, text, kind, record);
}

/// Whether a field has an expression that fits none of its values.
static bool
is_misfit(const CrateDataField *field)
{
  return field->pattern_origin && field->values && !field->fitting &&
         !field->opaque;
}

static CrateStatus
finish_reference(CrateData *data, const CrateDataField *field)
{
  const CrateDataField *const target = &data->fields[field->refers_to - 1u];
  const CrateText name = crate_check_shown(data->view, target->term);
  CRATE_TRY(crate_data_blame(data, CRATE_DATA_REFERENCE, field->term,
                             &field->dangling, "values"));
  return !field->values ? CRATE_OK
         : target->own_stopped
           ? crate_data_add_gap(data, CRATE_DATA_REFERENCE, true,
                                "\"%.*s\" has too many values to keep",
                                CRATE_TEXT_ARG(name))
         : !target->own_known
           ? crate_data_add_gap(data, CRATE_DATA_REFERENCE, false,
                                "the values of \"%.*s\" are not at hand",
                                CRATE_TEXT_ARG(name))
           : CRATE_OK;
}

/// Why values of a field were not held against its type; NULL: they were.
static const char *
why_unread(const CrateData *data, const CrateDataField *field)
{
  const CrateDataResource *const resource =
    field->resource ? &data->resources[field->resource - 1u] : NULL;
  if (!resource || !resource->file_count || !crate_data_is_typed(field)) {
    return NULL;
  }
  return field->extract == CRATE_EXTRACT_CONTENT
           ? "is what files hold as a whole, or their lines"
         : !field->values   ? NULL
         : field->opaque    ? "has a transform that is not run here"
         : field->listed    ? "has lists in cells"
         : field->formatted ? "has a format that is not read here"
                            : NULL;
}

static CrateStatus
finish_field(CrateData *data, const CrateDataField *field)
{
  const CrateText name = crate_check_shown(data->view, field->term);
  CRATE_TRY(crate_data_blame(data, CRATE_DATA_TYPE, field->term, &field->wrong,
                             "values"));
  if (is_misfit(field)) {
    CRATE_TRY(crate_data_add_flaw(
      data,
      (CrateDataFlaw){.aspect = CRATE_DATA_PATTERN,
                      .focus = field->term,
                      .origin = field->pattern_origin},
      "it fits none of the %llu values of \"%.*s\"",
      (unsigned long long)field->values, CRATE_TEXT_ARG(name)));
  }
  const char *const unread = why_unread(data, field);
  if (unread) {
    CRATE_TRY(crate_data_add_gap(data, CRATE_DATA_TYPE, false, "\"%.*s\" %s",
                                 CRATE_TEXT_ARG(name), unread));
  }
  return field->refers_to ? finish_reference(data, field) : CRATE_OK;
}

CrateStatus
crate_data_finish_values(CrateData *data)
{
  for (size_t i = 0; i < data->field_count; ++i) {
    CRATE_TRY(finish_field(data, &data->fields[i]));
  }
  return CRATE_OK;
}
