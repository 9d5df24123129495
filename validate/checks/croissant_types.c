// SPDX-License-Identifier: Apache-2.0
// Data types of a Croissant document, and the properties that fields map to.
#include "crate/vocabulary.h"
#include "validate/checks/croissant.h"

#define XSD "http://www.w3.org/2001/XMLSchema#"

/// Data types that say what the values are made of.
static const struct {
  const char *iri;
  CrateAtom atom;
  int bits; ///< See crate_atom_bits().
} atoms[] = {
  {SCHEMA "Boolean", CRATE_ATOM_BOOLEAN, 0},
  {SCHEMA "Date", CRATE_ATOM_DATE, 0},
  {SCHEMA "DateTime", CRATE_ATOM_DATE, 0},
  {SCHEMA "Time", CRATE_ATOM_TEXT, 0},
  {SCHEMA "Float", CRATE_ATOM_NUMBER, 0},
  {SCHEMA "Number", CRATE_ATOM_NUMBER, 0},
  {SCHEMA "Integer", CRATE_ATOM_INTEGER, 0},
  {SCHEMA "Text", CRATE_ATOM_TEXT, 0},
  {SCHEMA "URL", CRATE_ATOM_TEXT, 0},
  {SCHEMA "ImageObject", CRATE_ATOM_MEDIA, 0},
  {SCHEMA "AudioObject", CRATE_ATOM_MEDIA, 0},
  {SCHEMA "VideoObject", CRATE_ATOM_MEDIA, 0},
  {SCHEMA "GeoShape", CRATE_ATOM_MEDIA, 0},
  {CROISSANT "ImageObject", CRATE_ATOM_MEDIA, 0},
  {CROISSANT "AudioObject", CRATE_ATOM_MEDIA, 0},
  {CROISSANT "VideoObject", CRATE_ATOM_MEDIA, 0},
  {CROISSANT "BoundingBox", CRATE_ATOM_BOX, 0},
  {CROISSANT "Int8", CRATE_ATOM_INTEGER, -8},
  {CROISSANT "Int16", CRATE_ATOM_INTEGER, -16},
  {CROISSANT "Int32", CRATE_ATOM_INTEGER, -32},
  {CROISSANT "Int64", CRATE_ATOM_INTEGER, -64},
  {CROISSANT "UInt8", CRATE_ATOM_INTEGER, 8},
  {CROISSANT "UInt16", CRATE_ATOM_INTEGER, 16},
  {CROISSANT "UInt32", CRATE_ATOM_INTEGER, 32},
  {CROISSANT "UInt64", CRATE_ATOM_INTEGER, 64},
  {CROISSANT "Float16", CRATE_ATOM_NUMBER, 0},
  {CROISSANT "Float32", CRATE_ATOM_NUMBER, 0},
  {CROISSANT "Float64", CRATE_ATOM_NUMBER, 0},
  {XSD "boolean", CRATE_ATOM_BOOLEAN, 0},
  {XSD "date", CRATE_ATOM_DATE, 0},
  {XSD "dateTime", CRATE_ATOM_DATE, 0},
  {XSD "float", CRATE_ATOM_NUMBER, 0},
  {XSD "double", CRATE_ATOM_NUMBER, 0},
  {XSD "decimal", CRATE_ATOM_NUMBER, 0},
  {XSD "int", CRATE_ATOM_INTEGER, -32},
  {XSD "long", CRATE_ATOM_INTEGER, -64},
  {XSD "short", CRATE_ATOM_INTEGER, -16},
  {XSD "integer", CRATE_ATOM_INTEGER, 0},
  {XSD "string", CRATE_ATOM_TEXT, 0},
  {XSD "anyURI", CRATE_ATOM_TEXT, 0},
};
enum { ATOMS = sizeof(atoms) / sizeof(*atoms) };

CrateAtom
crate_atom_of(CrateText iri)
{
  for (size_t i = 0; i < ATOMS; ++i) {
    if (crate_text_is(iri, atoms[i].iri)) {
      return atoms[i].atom;
    }
  }
  return CRATE_ATOM_NONE;
}

const char *
crate_atom_text(CrateAtom atom)
{
  static const char *const texts[] = {
    [CRATE_ATOM_NONE] = "anything",    [CRATE_ATOM_BOOLEAN] = "true or false",
    [CRATE_ATOM_DATE] = "a date",      [CRATE_ATOM_INTEGER] = "an integer",
    [CRATE_ATOM_NUMBER] = "a number",  [CRATE_ATOM_TEXT] = "a text",
    [CRATE_ATOM_BOX] = "four numbers", [CRATE_ATOM_MEDIA] = "anything",
  };
  return texts[atom];
}

int
crate_atom_bits(CrateText iri)
{
  for (size_t i = 0; i < ATOMS; ++i) {
    if (crate_text_is(iri, atoms[i].iri)) {
      return atoms[i].bits;
    }
  }
  return 0;
}

/// Classes of the Croissant namespace that say what values mean.
static bool
is_croissant_class(CrateText name)
{
  static const char *const classes[] = {"Label", "Split", "SegmentationMask",
                                        "RecordSet", "Field"};
  for (size_t i = 0; i < sizeof(classes) / sizeof(*classes); ++i) {
    if (crate_text_is(name, classes[i])) {
      return true;
    }
  }
  return false;
}

static bool
behind(CrateText iri, const char *space, CrateText *name)
{
  *name = crate_text_slice(iri, strlen(space), iri.size);
  return crate_text_starts(iri, crate_text(space));
}

/// Whether an IRI is a class, as far as its vocabulary is known here.
static CrateStatus
is_class(CrateChecks *checks, CrateText iri, bool *out)
{
  CrateText name;
  *out = true;
  if (crate_atom_of(iri)) {
    return CRATE_OK;
  }
  if (behind(iri, CROISSANT, &name)) {
    *out = is_croissant_class(name);
    return CRATE_OK;
  }
  if (behind(iri, SCHEMA, &name)) {
    const bool upper = name.size && name.data[0] >= 'A' && name.data[0] <= 'Z';
    CRATE_TRY(crate_is_schema_term(checks, name, out));
    *out = *out && (upper || (name.size && name.data[0] == '3'));
  }
  return CRATE_OK;
}

/// Each value is a class that its vocabulary has.
CrateStatus
crate_check_data_type(const CrateNativeCall *call)
{
  CrateChecks *const checks = (CrateChecks *)call->handle;
  const CrateView *const view = checks->view;
  for (size_t i = 0; i < call->value_count; ++i) {
    const CrateTermInfo info = crate_terms_info(view->terms, call->values[i]);
    bool good = true;
    if (info.kind == CRATE_TERM_IRI) {
      CRATE_TRY(is_class(checks, info.text, &good));
    }
    if (!good) {
      CRATE_TRY(crate_check_report_value(
        call, call->values[i], "\"%.*s\" is none", CRATE_TEXT_ARG(info.text)));
    }
  }
  return CRATE_OK;
}

/// What is known of the data types of a field.
typedef struct {
  size_t count;
  bool atomic, words, label, mask, picture;
} DataTypes;

static DataTypes
data_types_of(const CrateView *view, const CrateQuadRange range)
{
  DataTypes types = {.count = range.count};
  for (size_t i = 0; i < range.count; ++i) {
    const CrateText iri =
      crate_terms_info(view->terms, range.first[i].object).text;
    types.atomic = types.atomic || crate_atom_of(iri);
    types.words = types.words || crate_text_starts(iri, CRATE_TEXT(CROISSANT));
    types.label = types.label || crate_text_is(iri, CROISSANT "Label");
    types.mask = types.mask || crate_text_is(iri, CROISSANT "SegmentationMask");
    types.picture = types.picture || crate_text_is(iri, SCHEMA "GeoShape") ||
                    crate_text_is(iri, SCHEMA "ImageObject");
  }
  return types;
}

/// Of several data types one says what the values are made of.
static bool
is_atomic(DataTypes types)
{
  return types.count < 2 || types.atomic || types.words;
}

static bool
is_labelled(DataTypes types)
{
  return !types.label || types.count > 1;
}

static bool
is_masked(DataTypes types)
{
  return !types.mask || types.picture;
}

static const struct {
  const char *parameter;
  bool (*holds)(DataTypes types);
  const char *flaw;
} demands[] = {
  {"atomic", is_atomic, "none of them does"},
  {"label", is_labelled, "it is all there is"},
  {"mask", is_masked, "there is none"},
};

/// Asked of a field: the parameter says what its data types must be together.
CrateStatus
crate_check_data_types(const CrateNativeCall *call)
{
  const CrateView *const view = crate_check_view(call);
  const CrateText parameter = crate_check_parameter(call);
  const CrateQuadRange range =
    crate_check_values_of(view, call->focus, CROISSANT "dataType");
  const DataTypes types = data_types_of(view, range);
  for (size_t i = 0; i < sizeof(demands) / sizeof(*demands) && range.count;
       ++i) {
    if (crate_text_is(parameter, demands[i].parameter) &&
        !demands[i].holds(types)) {
      return crate_check_report(
        call,
        crate_check_member(view, call->focus,
                           crate_check_origin(view, range.first)),
        "%s", demands[i].flaw);
    }
  }
  return CRATE_OK;
}

/// What a field's @id ends in: the property of that name.
static CrateText
suffix_of(const CrateView *view, CrateTerm field)
{
  const CrateText id = crate_view_name(view, field);
  size_t at = id.size;
  while (at && id.data[at - 1u] != '/' && id.data[at - 1u] != '#') {
    --at;
  }
  return crate_text_slice(id, at, id.size);
}

/// A property that a field is said to be the same as: its name in schema.org.
static CrateText
equivalent_of(const CrateView *view, CrateTerm value)
{
  static const char *const spaces[] = {SCHEMA, "https://schema.org/",
                                       "sc:", "schema:"};
  const CrateText text = crate_terms_info(view->terms, value).text;
  CrateText name = {NULL, 0};
  for (size_t i = 0; i < sizeof(spaces) / sizeof(*spaces); ++i) {
    if (behind(text, spaces[i], &name)) {
      return name;
    }
  }
  return (CrateText){NULL, 0};
}

/// Whether some field maps to a property; an empty name means any property of
/// schema.org.
static CrateStatus
has_mapping(CrateChecks *checks, CrateTerm set, CrateText wanted, bool *out)
{
  const CrateView *const view = checks->view;
  const CrateQuadRange fields =
    crate_check_values_of(view, set, CROISSANT "field");
  *out = false;
  for (size_t i = 0; i < fields.count && !*out; ++i) {
    const CrateTerm field = fields.first[i].object;
    const CrateQuadRange same =
      crate_check_values_of(view, field, CROISSANT "equivalentProperty");
    const CrateQuadRange types =
      crate_check_values_of(view, field, CROISSANT "dataType");
    const CrateText name = suffix_of(view, field);
    if (wanted.size) {
      *out = crate_text_equal(name, wanted);
    } else {
      CRATE_TRY(crate_is_schema_term(checks, name, out));
      *out = *out || same.count;
    }
    for (size_t j = 0; j < same.count && !*out; ++j) {
      *out =
        crate_text_equal(equivalent_of(view, same.first[j].object), wanted);
    }
    // Documents of 1.0 say so with a dataType.
    for (size_t j = 0; j < types.count && !*out && wanted.size; ++j) {
      *out =
        crate_text_equal(equivalent_of(view, types.first[j].object), wanted);
    }
  }
  return CRATE_OK;
}

/// Asked of a record set: a field maps to the property that is the parameter,
/// by the end of its @id or by equivalentProperty; "any": to some property.
CrateStatus
crate_check_maps_to(const CrateNativeCall *call)
{
  const CrateText wanted = crate_check_parameter(call);
  bool found = false;
  CRATE_TRY(has_mapping(
    (CrateChecks *)call->handle, call->focus,
    crate_text_is(wanted, "any") ? (CrateText){NULL, 0} : wanted, &found));
  return found ? CRATE_OK
               : crate_check_report(call, CRATE_NO_ORIGIN, "there is none");
}
