// SPDX-License-Identifier: Apache-2.0
// The reader of PROV-N: documents, bundles and expressions. Optional arguments
// may be left out from the end, as many tools do.
#include "convert/prov/notation.h"
#include "rdf/names.h"

/// The word that stands here, without going past it.
static CrateText
word_here(const CrateCursor *c)
{
  const CrateText rest = crate_cursor_rest(c);
  size_t size = 0;
  while (size < rest.size &&
         ((rest.data[size] | 0x20) >= 'a' && (rest.data[size] | 0x20) <= 'z')) {
    ++size;
  }
  return crate_text_slice(rest, 0, size);
}

/// Go past a word if it stands here.
static CrateStatus
take_word(CrateNotation *notation, const char *word, bool *taken)
{
  const CrateText here = word_here(&notation->cursor);
  *taken = crate_text_is(here, word);
  if (!*taken) {
    return CRATE_OK;
  }
  notation->cursor.at += here.size;
  return crate_notation_skip(notation);
}

static CrateStatus
expect(CrateNotation *notation, char byte, const char *what)
{
  bool taken;
  CRATE_TRY(crate_notation_take(notation, byte, &taken));
  return taken ? CRATE_OK : crate_cursor_expected(&notation->cursor, what);
}

static CrateStatus
declare(CrateNotation *notation, CrateText prefix)
{
  CrateCursor *const c = &notation->cursor;
  const char *const start = c->at;
  CrateText iri;
  if (crate_cursor_peek(c) != '<') {
    return crate_cursor_expected(c, "<IRI>");
  }
  CRATE_TRY(crate_cursor_iri(c, &iri));
  CrateProvScope *const scope =
    notation->bundle ? &notation->inner : &notation->outer;
  const CrateStatus status = crate_prov_declare(scope, prefix, iri);
  if (status == CRATE_MALFORMED) {
    c->at = start;
    return crate_cursor_expected(c, "an absolute IRI");
  }
  CRATE_TRY(status);
  return crate_notation_skip(notation);
}

/// namespaceDeclarations [3], as many as there are
static CrateStatus
read_declarations(CrateNotation *notation)
{
  CrateCursor *const c = &notation->cursor;
  for (bool taken = true; taken;) {
    CrateText prefix = {NULL, 0};
    CRATE_TRY(take_word(notation, "default", &taken));
    if (!taken) {
      CRATE_TRY(take_word(notation, "prefix", &taken));
      if (!taken) {
        break;
      }
      const CrateText rest = crate_cursor_rest(c);
      prefix = crate_text_slice(rest, 0, crate_name_prefix_span(rest));
      if (!prefix.size) {
        return crate_cursor_expected(c, "the name of a prefix");
      }
      c->at += prefix.size;
      CRATE_TRY(crate_notation_skip(notation));
    }
    CRATE_TRY(declare(notation, prefix));
  }
  return CRATE_OK;
}

/// attributeValuePairs [45], behind the '['
static CrateStatus
read_attributes(CrateNotation *notation)
{
  CrateCursor *const c = &notation->cursor;
  bool more;
  CRATE_TRY(crate_notation_take(notation, ']', &more));
  for (more = !more; more;) {
    CrateTerm name, value;
    CRATE_TRY(crate_notation_iri(notation, &name));
    CRATE_TRY(crate_notation_skip(notation));
    CRATE_TRY(expect(notation, '=', "'=' behind the name of an attribute"));
    CRATE_TRY(crate_notation_literal(notation, &value));
    CRATE_TRY(crate_notation_skip(notation));
    CRATE_TRY(crate_prov_add_attribute(notation->document, name, value));
    CRATE_TRY(crate_notation_take(notation, ',', &more));
    if (!more) {
      CRATE_TRY(expect(notation, ']', "',' or ']'"));
    }
  }
  return crate_cursor_peek(c) == ')'
           ? CRATE_OK
           : crate_cursor_expected(c, "')' behind the attributes");
}

/// A name, a time or the marker '-'.
static CrateStatus
read_argument(CrateNotation *notation, CrateProvRole role, CrateTerm *out)
{
  bool marker;
  *out = CRATE_NO_TERM;
  CRATE_TRY(crate_notation_take(notation, '-', &marker));
  if (marker) {
    return CRATE_OK;
  }
  CRATE_TRY(role == CRATE_PROV_IS_TIME ? crate_notation_time(notation, out)
                                       : crate_notation_name(notation, out));
  return crate_notation_skip(notation);
}

/// What comes first: the identifier, and of a relation its first argument.
/// `count`: arguments read.
static CrateStatus
read_first(CrateNotation *notation, CrateProvRecord *record, unsigned *count)
{
  const CrateProvKindInfo *const info = crate_prov_kind(record->kind);
  CrateTerm first;
  bool more;
  *count = record->kind >= CRATE_PROV_FIRST_RELATION;
  CRATE_TRY(read_argument(notation, CRATE_PROV_IS_NAME, &first));
  record->id = *count ? CRATE_NO_TERM : first;
  if (!*count) {
    return first ? CRATE_OK
                 : crate_cursor_expected(&notation->cursor, "an identifier");
  }
  record->arguments[0] = first;
  if (info->qualified) { // optionalIdentifier [10]
    CRATE_TRY(crate_notation_take(notation, ';', &more));
    if (more) {
      record->id = first;
      CRATE_TRY(
        read_argument(notation, CRATE_PROV_IS_NAME, &record->arguments[0]));
    }
  }
  return CRATE_OK;
}

/// The arguments behind the first. `attributes`: stands behind a '['.
static CrateStatus
read_arguments(CrateNotation *notation,
               CrateProvRecord *record,
               bool *attributes)
{
  const CrateProvKindInfo *const info = crate_prov_kind(record->kind);
  unsigned count;
  bool more;
  *attributes = false;
  CRATE_TRY(read_first(notation, record, &count));
  CRATE_TRY(crate_notation_take(notation, ',', &more));
  while (more) {
    CRATE_TRY(crate_notation_take(notation, '[', attributes));
    if (*attributes) {
      break;
    }
    if (count == info->count) {
      return crate_cursor_expected(&notation->cursor, "attributes in [ ]");
    }
    CRATE_TRY(read_argument(notation, info->arguments[count].role,
                            &record->arguments[count]));
    ++count;
    CRATE_TRY(crate_notation_take(notation, ',', &more));
  }
  for (unsigned k = 0; k < info->count; ++k) {
    if (info->arguments[k].required && !record->arguments[k]) {
      return crate_cursor_expected(&notation->cursor,
                                   "more arguments, or a name instead of '-'");
    }
  }
  return CRATE_OK;
}

/// expression [2], standing on its word
static CrateStatus
read_expression(CrateNotation *notation)
{
  CrateCursor *const c = &notation->cursor;
  const CrateText word = word_here(c);
  CrateProvRecord record = {
    .kind = crate_prov_kind_named(word),
    .bundle = notation->bundle,
    .origin = crate_cursor_origin(c, c->at),
  };
  if (record.kind == CRATE_PROV_KIND_COUNT) {
    return crate_cursor_expected(
      c, "a statement of PROV-DM such as entity( or used(, \"bundle\", or the "
         "end; extensions are not read");
  }
  c->at += word.size;
  CRATE_TRY(crate_notation_skip(notation));
  CRATE_TRY(expect(notation, '(', "'('"));
  bool attributes;
  CRATE_TRY(read_arguments(notation, &record, &attributes));
  CRATE_TRY(crate_prov_add(notation->document, &record));
  if (attributes) {
    if (record.kind >= CRATE_PROV_FIRST_RELATION &&
        !crate_prov_kind(record.kind)->qualified) {
      return crate_cursor_expected(c, "')': this relation has no attributes");
    }
    CRATE_TRY(read_attributes(notation));
  }
  return expect(notation, ')', "',' or ')'");
}

/// Declarations and expressions up to a word, past which it goes.
static CrateStatus
read_body(CrateNotation *notation, const char *end, bool *bundle)
{
  bool ended = false;
  *bundle = false;
  CRATE_TRY(read_declarations(notation));
  for (;;) {
    CRATE_TRY(take_word(notation, end, &ended));
    if (ended) {
      return CRATE_OK;
    }
    if (!notation->bundle) {
      CRATE_TRY(take_word(notation, "bundle", bundle));
      if (*bundle) {
        return CRATE_OK;
      }
    }
    CRATE_TRY(read_expression(notation));
  }
}

/// bundle [43], behind its word
static CrateStatus
read_bundle(CrateNotation *notation)
{
  bool bundle;
  const size_t before = notation->document->count;
  CRATE_TRY(crate_notation_name(notation, &notation->bundle));
  CRATE_TRY(crate_notation_skip(notation));
  CRATE_TRY(crate_prov_scope_init(&notation->inner, notation->document,
                                  &notation->outer));
  notation->scope = &notation->inner;
  CrateStatus status = read_body(notation, "endBundle", &bundle);
  status = status ? status
                  : crate_prov_end_bundle(notation->document, notation->bundle,
                                          before);
  crate_prov_scope_clear(&notation->inner);
  notation->scope = &notation->outer;
  notation->bundle = CRATE_NO_TERM;
  return status;
}

/// document [1]
static CrateStatus
read_document(CrateNotation *notation)
{
  CrateCursor *const c = &notation->cursor;
  bool more;
  CRATE_TRY(crate_terms_iri(c->terms, CRATE_TEXT(CRATE_PROV_XSD "int"),
                            &notation->integer));
  CRATE_TRY(
    crate_prov_term(notation->document, "QUALIFIED_NAME", &notation->name));
  CRATE_TRY(crate_prov_scope_init(&notation->outer, notation->document, NULL));
  CRATE_TRY(crate_notation_skip(notation));
  CRATE_TRY(take_word(notation, "document", &more));
  if (!more) {
    return crate_cursor_expected(c, "\"document\"");
  }
  do {
    CRATE_TRY(read_body(notation, "endDocument", &more));
    CRATE_TRY(more ? read_bundle(notation) : CRATE_OK);
  } while (more);
  return c->at == c->end
           ? CRATE_OK
           : crate_cursor_expected(c, "nothing behind \"endDocument\"");
}

CrateStatus
crate_provn_read(CrateProv *document, CrateText name, CrateText bytes)
{
  const CrateRdfSource source = {.world = document->world,
                                 .name = name,
                                 .bytes = bytes,
                                 .code = CRATE_TEXT("invalid-prov-n")};
  CRATE_TRY(crate_rdf_source_check_size(&source));
  CRATE_TRY(crate_rdf_source_check_text(&source));
  CrateNotation notation = {.document = document, .scope = &notation.outer};
  crate_cursor_init(&notation.cursor, NULL, &source);
  notation.cursor.terms = document->terms;
  crate_map_init(&notation.outer.namespaces, document->world);
  crate_buffer_init(&notation.local, document->world);
  const CrateStatus status = read_document(&notation);
  crate_prov_scope_clear(&notation.outer);
  crate_buffer_clear(&notation.local);
  crate_cursor_clear(&notation.cursor);
  return status;
}
