// SPDX-License-Identifier: Apache-2.0
// Record sets and fields as mlcroissant sees them.
#include "validate/checks/mlcroissant.h"

/// The field's name within its record set, as messages have it.
static void
add_field(const CratePeer *peer, const CratePeerPlace *field, CrateBuffer *line)
{
  const CrateText set = crate_peer_uuid(peer, field->set);
  if (peer->legacy) {
    crate_buffer_print(line, "%.*s/", CRATE_TEXT_ARG(set));
  }
  crate_buffer_add(line, crate_peer_uuid(peer, field->node));
}

static CrateStatus
say_sourceless(const CratePeer *peer, const CratePeerPlace *field)
{
  CrateBuffer line;
  crate_peer_begin(peer, field, &line);
  crate_buffer_add_string(&line, "Field ");
  add_field(peer, field, &line);
  crate_buffer_add_string(&line, " does not define `source` or `value`. "
                                 "Please specify exactly one of them.");
  return crate_peer_say(peer, field->node, &line);
}

/// Whether isArray is what it has to be.
static CrateStatus
check_is_array(const CratePeer *peer, CrateTerm field)
{
  const CrateTermInfo info = crate_terms_info(
    peer->view->terms,
    crate_check_value_of(peer->view, field, CROISSANT "isArray"));
  return info.kind == CRATE_TERM_LITERAL && info.datatype != CRATE_XSD_BOOLEAN
           ? crate_peer_say_words(peer, field,
                                  "`is_array` should have type "
                                  "https://schema.org/Boolean, but got str")
           : CRATE_OK;
}

static CrateStatus
check_array(const CratePeer *peer, const CratePeerPlace *field)
{
  const CrateView *const view = peer->view;
  const CrateTerm shape =
    crate_check_value_of(view, field->node, CROISSANT "arrayShape");
  const CrateTerm is_array =
    crate_check_value_of(view, field->node, CROISSANT "isArray");
  const CrateText text = crate_terms_info(view->terms, shape).text;
  CrateBuffer line;
  bool numbers = true;
  for (size_t i = 0; i < text.size; ++i) {
    numbers = numbers && strchr("0123456789-, ", text.data[i]);
  }
  const bool array =
    crate_text_is(crate_terms_info(view->terms, is_array).text, "true");
  if (!shape || (array && numbers)) {
    return CRATE_OK;
  }
  crate_peer_begin(peer, field, &line);
  crate_buffer_add_string(&line, "Field ");
  add_field(peer, field, &line);
  if (array) {
    crate_buffer_print(&line,
                       "'s attribute array_shape `%.*s` cannot be parsed as a "
                       "tuple of comma-separated values.",
                       CRATE_TEXT_ARG(text));
  } else {
    crate_buffer_add_string(&line,
                            " defines `array_shape`, but `is_array` is False.");
  }
  return crate_peer_say(peer, field->node, &line);
}

/// What a source names: the values of its properties for that.
static CrateTerm
target_of(const CratePeer *peer, CrateTerm source, size_t *count)
{
  static const char *const properties[] = {
    CROISSANT "fileObject", CROISSANT "fileSet", SCHEMA "distribution",
    CROISSANT "field"};
  CrateTerm target = CRATE_NO_TERM;
  *count = 0;
  for (size_t i = 0; i < sizeof(properties) / sizeof(*properties); ++i) {
    const CrateTerm value =
      crate_check_value_of(peer->view, source, properties[i]);
    *count += value != CRATE_NO_TERM;
    target = value ? value : target;
  }
  return target;
}

/// Whether a reference is to a field that is there.
static bool
is_field(const CratePeer *peer, CrateTerm value)
{
  return crate_check_is_a(peer->view, value, CRATE_TEXT("Field")) ||
         crate_terms_kind(peer->view->terms, value) == CRATE_TERM_LITERAL;
}

static CrateStatus
say_malformed(const CratePeer *peer,
              const CratePeerPlace *field,
              CrateTerm value)
{
  CrateBuffer line;
  crate_peer_begin(peer, field, &line);
  crate_buffer_print(
    &line,
    "Malformed source data: %.*s. It does not refer to any existing node. "
    "Have you used %sfield or https://schema.org/distribution to indicate the "
    "source field or the source distribution? If you specified a field, it "
    "should contain all the names from the RecordSet separated by `/`, e.g.: "
    "\"record_set_name/field_name\"",
    CRATE_TEXT_ARG(crate_check_shown(peer->view, value)), peer->space);
  return crate_peer_say(peer, field->node, &line);
}

static CrateStatus
check_file_property(const CratePeer *peer, CrateTerm extract)
{
  static const char *const properties[] = {
    "fullpath", "filename", "filepath", "content", "lines", "lineNumbers"};
  const CrateTerm value =
    crate_check_value_of(peer->view, extract, CROISSANT "fileProperty");
  const CrateText text = crate_terms_info(peer->view->terms, value).text;
  CrateBuffer line;
  for (size_t i = 0; i < sizeof(properties) / sizeof(*properties); ++i) {
    if (!value || crate_text_is(text, properties[i])) {
      return CRATE_OK;
    }
  }
  crate_buffer_init(&line, peer->view->world);
  crate_buffer_print(&line,
                     "[Extract(None)] ValueError('Property fileProperty can "
                     "only have values in `fullpath`, `filepath` and "
                     "`content`. Got: %.*s')",
                     CRATE_TEXT_ARG(text));
  return crate_peer_say(peer, extract, &line);
}

static CrateStatus
check_extract(const CratePeer *peer, CrateTerm extract)
{
  static const char *const properties[] = {
    CROISSANT "column", CROISSANT "fileProperty", CROISSANT "jsonPath"};
  size_t count = 0;
  for (size_t i = 0; i < 3 && extract; ++i) {
    count += crate_peer_has(peer, extract, properties[i]);
  }
  return !extract ? CRATE_OK
         : count == 1
           ? check_file_property(peer, extract)
           : crate_peer_say_words(
               peer, extract,
               "Extract should have one of the following properties " CROISSANT
               "column or " CROISSANT "fileProperty or " CROISSANT "jsonPath.");
}

static CrateStatus
check_transform(const CratePeer *peer, CrateTerm transform)
{
  static const char *const properties[] = {
    CROISSANT "format",    CROISSANT "jsonPath",  CROISSANT "regex",
    CROISSANT "replace",   CROISSANT "separator", CROISSANT "readLines",
    CROISSANT "unArchive", SCHEMA "replace"};
  for (size_t i = 0; i < sizeof(properties) / sizeof(*properties); ++i) {
    if (crate_peer_has(peer, transform, properties[i])) {
      return CRATE_OK;
    }
  }
  return crate_peer_say_words(
    peer, transform,
    "[Transform(None)] At least one transform must be defined. "
    "Choose among: format, json_path, regex, replace, "
    "separator, read_lines, un_archive.");
}

/// A source, or a reference that has the form of one. `missing` becomes what
/// it names and is not there.
static CrateStatus
check_source(const CratePeer *peer, CrateTerm source, CrateTerm *missing)
{
  size_t count = 0;
  CrateTerm found = CRATE_NO_TERM;
  const CrateTerm target = target_of(peer, source, &count);
  *missing = CRATE_NO_TERM;
  if (count != 1) {
    return peer->legacy
             ? CRATE_OK
             : crate_peer_say_words(
                 peer, source,
                 "Source should have one of the following properties " CROISSANT
                 "field or " CROISSANT "fileObject or " CROISSANT "fileSet.");
  }
  CRATE_TRY(check_extract(
    peer, crate_check_value_of(peer->view, source, CROISSANT "extract")));
  const CrateQuadRange transforms =
    crate_check_values_of(peer->view, source, CROISSANT "transform");
  for (size_t i = 0; i < transforms.count; ++i) {
    CRATE_TRY(check_transform(peer, transforms.first[i].object));
  }
  CRATE_TRY(crate_peer_find(peer, target, &found));
  const bool field = crate_peer_has(peer, source, CROISSANT "field");
  *missing =
    found || (field && is_field(peer, target)) ? CRATE_NO_TERM : target;
  return CRATE_OK;
}

/// Data types that the program can read.
static CrateStatus
check_data_type(const CratePeer *peer, const CratePeerPlace *field)
{
  const CrateView *const view = peer->view;
  const CrateQuadRange types =
    crate_check_values_of(view, field->node, CROISSANT "dataType");
  const CrateTerm source =
    crate_check_value_of(view, field->node, CROISSANT "source");
  CrateBuffer line;
  for (size_t i = 0; i < types.count; ++i) {
    if (crate_atom_of(
          crate_terms_info(view->terms, types.first[i].object).text)) {
      return CRATE_OK;
    }
  }
  if (crate_peer_has(peer, field->node, CROISSANT "subField") ||
      crate_peer_has(peer, source, CROISSANT "field")) {
    return CRATE_OK;
  }
  crate_peer_begin(peer, field, &line);
  crate_buffer_print(&line,
                     "The field does not specify a valid %sdataType, neither "
                     "does any of its predecessor. Got: [",
                     peer->space);
  for (size_t i = 0; i < types.count; ++i) {
    const CrateText iri =
      crate_terms_info(view->terms, types.first[i].object).text;
    const bool schema = crate_text_starts(iri, CRATE_TEXT(SCHEMA));
    crate_buffer_print(&line, "%srdflib.term.URIRef('%s%.*s')", i ? ", " : "",
                       schema ? HTTPS : "",
                       CRATE_TEXT_ARG(crate_text_slice(
                         iri, schema ? sizeof(SCHEMA) - 1u : 0u, iri.size)));
  }
  crate_buffer_add_string(&line, "]");
  return crate_peer_say(peer, field->node, &line);
}

static CrateStatus
check_field(const CratePeer *peer, const CratePeerPlace *field, bool sourceless)
{
  const CrateView *const view = peer->view;
  const CratePeerPlace set = {field->set, 0, NULL};
  const CrateTerm source =
    crate_check_value_of(view, field->node, CROISSANT "source");
  const CrateTerm references =
    crate_check_value_of(view, field->node, CROISSANT "references");
  CrateTerm missing = CRATE_NO_TERM;
  CRATE_TRY(crate_peer_check_name(peer, field));
  CRATE_TRY(check_is_array(peer, field->node));
  CRATE_TRY(check_array(peer, field));
  CRATE_TRY(check_data_type(peer, field));
  if (sourceless) {
    CRATE_TRY(say_sourceless(peer, field));
  }
  if (source) {
    CRATE_TRY(check_source(peer, source, &missing));
  }
  if (missing) {
    CRATE_TRY(say_malformed(peer, field, missing));
    CRATE_TRY(crate_peer_say_dangling(peer, &set, missing));
  }
  missing = CRATE_NO_TERM;
  if (references) {
    CRATE_TRY(check_source(peer, references, &missing));
  }
  return missing ? crate_peer_say_dangling(peer, &set, missing) : CRATE_OK;
}

/// Two sources of one record set, and nothing that joins them.
static CrateStatus
check_join(const CratePeer *peer, CrateTerm set, const CrateQuadRange fields)
{
  CrateText names[2] = {{NULL, 0}, {NULL, 0}};
  const CratePeerPlace place = {set, 0, NULL};
  CrateBuffer line;
  for (size_t i = 0; i < fields.count && !names[1].size; ++i) {
    const CrateTerm field = fields.first[i].object;
    size_t count = 0;
    CrateTerm file = CRATE_NO_TERM;
    CRATE_TRY(crate_peer_find(
      peer,
      target_of(peer,
                crate_check_value_of(peer->view, field, CROISSANT "source"),
                &count),
      &file));
    file = count == 1 ? file : CRATE_NO_TERM;
    const CrateText name = crate_peer_uuid(peer, file);
    if (crate_peer_has(peer, field, CROISSANT "references")) {
      return CRATE_OK;
    }
    if (file && !names[0].size) {
      names[0] = name;
    } else if (file && !crate_text_equal(name, names[0])) {
      names[1] = name;
    }
  }
  if (!names[1].size) {
    return CRATE_OK;
  }
  const bool swap = crate_text_compare(names[0], names[1]) > 0;
  crate_peer_begin(peer, &place, &line);
  crate_buffer_print(
    &line,
    "You try to use the sources with names ('%.*s', '%.*s') as sources, but "
    "you didn't declare a join between them. Use `ml:references` to declare a "
    "join. Please, refer to the documentation for more information.",
    CRATE_TEXT_ARG(names[swap]), CRATE_TEXT_ARG(names[!swap]));
  return crate_peer_say(peer, set, &line);
}

/// Whether a record has a key for each field of its set, and no other.
static bool
is_whole(const CrateMap *columns, const CrateJson *record)
{
  for (const CrateJson *key = crate_json_first_key(record); key;
       key = crate_json_next_key(key)) {
    if (!crate_map_get(columns, crate_json_text(key), NULL)) {
      return false;
    }
  }
  return record->size == columns->count;
}

/// As Python prints a set; of several members nobody can tell the order.
static void
add_columns(const CratePeer *peer,
            const CrateQuadRange fields,
            const CrateJson *record,
            CrateBuffer *line)
{
  crate_buffer_add_string(line, "Expected: {");
  for (size_t i = 0; i < fields.count; ++i) {
    crate_buffer_print(
      line, "%s'%.*s'", i ? ", " : "",
      CRATE_TEXT_ARG(crate_peer_uuid(peer, fields.first[i].object)));
  }
  crate_buffer_add_string(line, "}. Got: {");
  for (const CrateJson *key = crate_json_first_key(record); key;
       key = crate_json_next_key(key)) {
    crate_buffer_print(line, "'%.*s'%s", CRATE_TEXT_ARG(crate_json_text(key)),
                       key->next->next ? ", " : "");
  }
  crate_buffer_add_string(line, "}.");
}

static CrateStatus
say_line(const CratePeer *peer,
         CrateTerm set,
         const CrateQuadRange fields,
         const CrateJson *record,
         size_t number)
{
  const CratePeerPlace place = {set, 0, NULL};
  CrateBuffer line;
  crate_peer_begin(peer, &place, &line);
  crate_buffer_print(&line, "Line #%zu doesn't have the expected columns. ",
                     number);
  add_columns(peer, fields, record, &line);
  return crate_peer_say(peer, set, &line);
}

static CrateStatus
check_data(const CratePeer *peer, CrateTerm set, const CrateQuadRange fields)
{
  const CrateView *const view = peer->view;
  const CrateQuadRange range =
    crate_check_values_of(view, set, CROISSANT "data");
  const CrateJson *const key =
    range.count
      ? crate_check_member_key(view, set, crate_check_origin(view, range.first))
      : NULL;
  const CrateJson *record = crate_json_first(key ? key->next : NULL);
  CrateMap columns;
  CrateStatus st = CRATE_OK;
  crate_map_init(&columns, view->world);
  for (size_t i = 0; i < fields.count && record && !st; ++i) {
    st =
      crate_map_put(&columns, crate_peer_uuid(peer, fields.first[i].object), 1);
  }
  for (size_t number = 0; record && !st; record = record->next, ++number) {
    if (crate_json_is(record, CRATE_JSON_OBJECT) && !peer->legacy &&
        !is_whole(&columns, record)) {
      st = say_line(peer, set, fields, record, number);
    }
  }
  crate_map_clear(&columns);
  return st;
}

static CrateStatus
check_record_set(const CratePeer *peer, CrateTerm set)
{
  const CrateView *const view = peer->view;
  const CratePeerTypes expected = {peer->space, {"Field", NULL, NULL}};
  const CratePeerPlace place = {set, 0, NULL};
  const CrateQuadRange fields =
    crate_check_values_of(view, set, CROISSANT "field");
  const CrateTerm data = crate_check_value_of(view, set, CROISSANT "data");
  const bool empty =
    crate_text_is(crate_terms_info(view->terms, data).text, "[]");
  bool sourceless = !data || empty;
  for (size_t i = 0; i < fields.count; ++i) {
    const CrateTerm field = fields.first[i].object;
    sourceless = sourceless &&
                 !crate_peer_has(peer, field, CROISSANT "source") &&
                 !crate_peer_has(peer, field, SCHEMA "value") &&
                 !crate_peer_has(peer, field, CROISSANT "references") &&
                 !crate_peer_has(peer, field, CROISSANT "subField");
  }
  CRATE_TRY(crate_peer_check_name(peer, &place));
  if (empty) {
    CrateBuffer line;
    crate_peer_begin(peer, &place, &line);
    crate_buffer_print(&line, "%sdata should declare a non empty list.",
                       peer->space);
    CRATE_TRY(crate_peer_say(peer, set, &line));
  }
  for (size_t i = 0; i < fields.count; ++i) {
    const CratePeerPlace field = {set, fields.first[i].object, "Field"};
    bool good = false;
    CRATE_TRY(crate_peer_check_type(peer, field.node, &expected, false, &good));
    if (good) {
      CRATE_TRY(check_field(peer, &field, sourceless));
    }
  }
  CRATE_TRY(check_data(peer, set, fields));
  return check_join(peer, set, fields);
}

CrateStatus
crate_peer_check_records(const CratePeer *peer)
{
  const CratePeerTypes expected = {peer->space, {"RecordSet", NULL, NULL}};
  const CrateQuadRange range =
    crate_check_values_of(peer->view, peer->dataset, CROISSANT "recordSet");
  // 0.8 had another property of that name.
  if (peer->legacy && !crate_check_term(peer->view, LEGACY "recordSet")) {
    return CRATE_OK;
  }
  for (size_t i = 0; i < range.count; ++i) {
    const CrateTerm set = range.first[i].object;
    bool good = false;
    CRATE_TRY(crate_peer_check_type(peer, set, &expected, false, &good));
    if (good) {
      CRATE_TRY(check_record_set(peer, set));
    }
  }
  return CRATE_OK;
}
