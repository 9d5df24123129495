// SPDX-License-Identifier: Apache-2.0
// The reader of PROV-XML (W3C Note of 2013): an element for each statement, in
// it one for each argument and for each value of an attribute.
#include "convert/prov/notation.h"
#include "rdf/names.h"
#include "xml/xml.h"

#define CODE "invalid-prov-xml"
#define XSD_SCHEMA "http://www.w3.org/2001/XMLSchema"

typedef struct Reader {
  CrateProv *document;
  CrateXmlDocument xml;
  CrateXmlScope scope;
  CrateTerm bundle;
  CrateTerm name, old_name; ///< Types of qualified names.
  size_t foreign;           ///< What is of no vocabulary of PROV.
  uint32_t first_foreign;
} Reader;

/// Elements that are a statement with a type.
static const struct {
  const char *element, *type;
  CrateProvKind kind;
} subtypes[] = {
  {"person", "Person", CRATE_PROV_AGENT},
  {"organization", "Organization", CRATE_PROV_AGENT},
  {"softwareAgent", "SoftwareAgent", CRATE_PROV_AGENT},
  {"plan", "Plan", CRATE_PROV_ENTITY},
  {"collection", "Collection", CRATE_PROV_ENTITY},
  {"emptyCollection", "EmptyCollection", CRATE_PROV_ENTITY},
  {"bundle", "Bundle", CRATE_PROV_ENTITY},
};

static CrateStatus
expected(const Reader *reader, const CrateXml *element, const char *what)
{
  return crate_xml_expected(&reader->xml, element->offset, CODE, what);
}

/// The term of a QName. XML Schema's own namespace ends in no '#'.
static CrateStatus
read_name(const Reader *reader,
          const CrateXml *element,
          CrateText text,
          CrateTerm *out)
{
  text = crate_xml_trim(text);
  const size_t colon = crate_text_find(text, ':');
  const bool prefixed = colon < text.size;
  const CrateText prefix = crate_text_slice(text, 0, prefixed ? colon : 0);
  const CrateText local =
    crate_text_slice(text, prefixed ? colon + 1 : 0, text.size);
  CrateText space = {NULL, 0};
  if (!crate_xml_scope_find(&reader->scope, prefix, &space)) {
    return expected(reader, element, "a prefix that is declared in its names");
  }
  if (!space.size) {
    return expected(reader, element,
                    "names with a prefix, as there is no default namespace");
  }
  if (crate_text_is(space, XSD_SCHEMA)) {
    space = CRATE_TEXT(CRATE_PROV_XSD);
  }
  const CrateStatus status =
    crate_prov_join(reader->document, space, local, out);
  return status == CRATE_MALFORMED
           ? expected(reader, element, "names that make absolute IRIs")
           : status;
}

/// A name that is no blank node: of a type of literals.
static CrateStatus
read_iri(const Reader *reader,
         const CrateXml *element,
         CrateText text,
         CrateTerm *out)
{
  CRATE_TRY(read_name(reader, element, text, out));
  return crate_terms_kind(reader->document->terms, *out) == CRATE_TERM_IRI
           ? CRATE_OK
           : expected(reader, element, "a type that is no blank node");
}

static CrateStatus
read_text(Reader *reader, const CrateXml *element, CrateText *out)
{
  return crate_xml_first(element)
           ? expected(reader, crate_xml_first(element), "text, no elements")
           : crate_xml_text(&reader->xml.arena, element, out);
}

/// A text with a type, a language or neither.
static CrateStatus
read_literal(Reader *reader, const CrateXml *element, CrateTerm *out)
{
  CrateTerms *const terms = reader->document->terms;
  const CrateText *const type = crate_xml_get(element, CRATE_PROV_XSI, "type");
  const CrateText *const language =
    crate_xml_get(element, CRATE_XML_NAMESPACE, "lang");
  const CrateText none = {NULL, 0};
  CrateTerm datatype = CRATE_NO_TERM;
  CrateText text = {NULL, 0};
  CRATE_TRY(read_text(reader, element, &text));
  if (language && language->size) {
    return crate_name_language_span(*language) == language->size
             ? crate_terms_literal(terms, text, CRATE_NO_TERM, *language, out)
             : expected(reader, element, "a language tag in xml:lang");
  }
  if (!type) {
    return crate_terms_literal(terms, text, CRATE_NO_TERM, none, out);
  }
  CRATE_TRY(read_iri(reader, element, *type, &datatype));
  if (datatype == reader->name || datatype == reader->old_name) {
    return read_name(reader, element, text, out);
  }
  // White space around all but texts means nothing (XML Schema 2, 4.3.6).
  text = datatype == CRATE_XSD_STRING ? text : crate_xml_trim(text);
  return crate_terms_literal(terms, text, datatype, none, out);
}

/// A value of an attribute of the record added last.
static CrateStatus
read_attribute(Reader *reader, const CrateXml *element)
{
  const CrateText *const ref =
    crate_xml_get(element, CRATE_PROV_NAMESPACE, "ref");
  CrateTerm name = CRATE_NO_TERM, value = CRATE_NO_TERM;
  const CrateStatus status = crate_prov_join(
    reader->document, element->name.space, element->name.local, &name);
  CRATE_TRY(status == CRATE_MALFORMED
              ? expected(reader, element, "names that make absolute IRIs")
              : status);
  if (crate_terms_kind(reader->document->terms, name) != CRATE_TERM_IRI) {
    return expected(reader, element, "an attribute that is no blank node");
  }
  CRATE_TRY(ref ? read_name(reader, element, *ref, &value)
                : read_literal(reader, element, &value));
  return crate_prov_add_attribute(reader->document, name, value);
}

/// The number of the argument that an element is, or CRATE_PROV_ARGUMENTS.
static unsigned
argument_of(const CrateProvKindInfo *info, const CrateXml *element)
{
  for (unsigned i = 0; i < info->count; ++i) {
    if (crate_xml_is(element->name, CRATE_PROV_NAMESPACE,
                     info->arguments[i].key)) {
      return i;
    }
  }
  return CRATE_PROV_ARGUMENTS;
}

static CrateStatus
read_time(Reader *reader, const CrateXml *element, CrateTerm *out)
{
  const CrateText none = {NULL, 0};
  CrateText text = {NULL, 0};
  CRATE_TRY(read_text(reader, element, &text));
  text = crate_xml_trim(text);
  return !text.size || crate_notation_time_span(text) < text.size
           ? expected(reader, element, "a time such as 2011-11-16T16:05:00Z")
           : crate_terms_literal(reader->document->terms, text,
                                 CRATE_XSD_DATE_TIME, none, out);
}

static CrateStatus
read_argument(Reader *reader,
              const CrateXml *element,
              CrateProvRole role,
              CrateTerm *out)
{
  const CrateText *const ref =
    crate_xml_get(element, CRATE_PROV_NAMESPACE, "ref");
  if (role == CRATE_PROV_IS_TIME) {
    return read_time(reader, element, out);
  }
  return ref ? read_name(reader, element, *ref, out)
             : expected(reader, element, "prov:ref with the name of a thing");
}

/// What stands here and is of no vocabulary of PROV: counted, once for all.
static void
pass_over(Reader *reader, uint32_t offset)
{
  if (!reader->foreign++) {
    reader->first_foreign = offset;
  }
}

static void
pass_over_attributes(Reader *reader, const CrateXml *element)
{
  for (const CrateXmlAttribute *a = element->attributes; a; a = a->next) {
    const CrateText space = a->name.space;
    if (space.size && !crate_text_is(space, CRATE_PROV_NAMESPACE) &&
        !crate_text_is(space, CRATE_PROV_XSI) &&
        !crate_text_is(space, CRATE_XML_NAMESPACE)) {
      pass_over(reader, a->offset);
    }
  }
}

/// Go into each element within an element, and out of it again.
static CrateStatus
read_each(Reader *reader,
          CrateXml *element,
          CrateStatus (*read)(Reader *reader, CrateXml *child, void *handle),
          void *handle)
{
  for (CrateXml *child = element->first; child; child = child->next) {
    if (child->name.local.size) {
      CRATE_TRY(crate_xml_scope_enter(&reader->scope, child));
      CRATE_TRY(read(reader, child, handle));
      CRATE_TRY(crate_xml_scope_leave(&reader->scope, child));
    } else if (crate_xml_space_span(child->text) < child->text.size) {
      return expected(reader, child, "elements, no text");
    }
  }
  return CRATE_OK;
}

/// Arguments of a statement; a collection may have several members.
static CrateStatus
find_argument(Reader *reader, CrateXml *child, void *handle)
{
  CrateProvRecord *const record = handle;
  const CrateProvKindInfo *const info = crate_prov_kind(record->kind);
  const unsigned i = argument_of(info, child);
  if (i == CRATE_PROV_ARGUMENTS) {
    return CRATE_OK;
  }
  if (record->arguments[i] && record->kind == CRATE_PROV_MEMBERSHIP && i == 1) {
    CRATE_TRY(crate_prov_add(reader->document, record));
  } else if (record->arguments[i]) {
    return expected(reader, child, "this once");
  }
  return read_argument(reader, child, info->arguments[i].role,
                       &record->arguments[i]);
}

static CrateStatus
take_attribute(Reader *reader, CrateXml *child, void *handle)
{
  const CrateProvRecord *const record = handle;
  const CrateProvKindInfo *const info = crate_prov_kind(record->kind);
  if (argument_of(info, child) < CRATE_PROV_ARGUMENTS) {
    return CRATE_OK;
  }
  return record->kind >= CRATE_PROV_FIRST_RELATION && !info->qualified
           ? expected(reader, child, "no attributes: this relation has none")
           : read_attribute(reader, child);
}

/// A type of the record added last, by a name of PROV.
static CrateStatus
add_type(Reader *reader, const char *type)
{
  CrateTerm name = CRATE_NO_TERM, value = CRATE_NO_TERM;
  CRATE_TRY(crate_prov_term(reader->document, "type", &name));
  CRATE_TRY(crate_prov_term(reader->document, type, &value));
  return crate_prov_add_attribute(reader->document, name, value);
}

/// The type that xsi:type says, unless it is the statement's own.
static CrateStatus
add_schema_type(Reader *reader, const CrateXml *element, CrateProvKind kind)
{
  const CrateText *const type = crate_xml_get(element, CRATE_PROV_XSI, "type");
  CrateTerm name = CRATE_NO_TERM, value = CRATE_NO_TERM;
  CrateTerm own = CRATE_NO_TERM;
  if (!type || (kind >= CRATE_PROV_FIRST_RELATION &&
                !crate_prov_kind(kind)->qualified)) {
    return CRATE_OK;
  }
  CRATE_TRY(read_iri(reader, element, *type, &value));
  CRATE_TRY(
    crate_prov_term(reader->document, crate_prov_kind(kind)->type, &own));
  CRATE_TRY(crate_prov_term(reader->document, "type", &name));
  return value == own ? CRATE_OK
                      : crate_prov_add_attribute(reader->document, name, value);
}

static CrateStatus
read_record(Reader *reader,
            CrateXml *element,
            CrateProvKind kind,
            const char *type)
{
  const CrateProvKindInfo *const info = crate_prov_kind(kind);
  const CrateText *const id =
    crate_xml_get(element, CRATE_PROV_NAMESPACE, "id");
  CrateProvRecord record = {
    .kind = kind, .bundle = reader->bundle, .origin = element->offset};
  pass_over_attributes(reader, element);
  if (id) {
    CRATE_TRY(read_name(reader, element, *id, &record.id));
  }
  if (!id && kind < CRATE_PROV_FIRST_RELATION) {
    return expected(reader, element, "prov:id with its name");
  }
  CRATE_TRY(read_each(reader, element, find_argument, &record));
  for (unsigned i = 0; i < info->count; ++i) {
    if (info->arguments[i].required && !record.arguments[i]) {
      return expected(reader, element,
                      "both ends of the relation, by PROV-XML's names");
    }
  }
  CRATE_TRY(crate_prov_add(reader->document, &record));
  CRATE_TRY(type ? add_type(reader, type) : CRATE_OK);
  CRATE_TRY(add_schema_type(reader, element, kind));
  return read_each(reader, element, take_attribute, &record);
}

static CrateStatus read_statement(Reader *reader, CrateXml *element, void *);

/// Prefixes as declared, but for XML's own.
static CrateStatus
keep_prefixes(Reader *reader, const CrateXml *element)
{
  for (const CrateXmlBinding *b = element->bindings; b; b = b->next) {
    CrateProv *const document = reader->document;
    CrateText prefix = {NULL, 0}, iri = {NULL, 0};
    if (!b->prefix.size || crate_text_is(b->iri, CRATE_PROV_XSI) ||
        crate_text_is(b->iri, XSD_SCHEMA)) {
      continue;
    }
    CRATE_TRY(crate_arena_copy(&document->arena, b->prefix, &prefix));
    CRATE_TRY(crate_arena_copy(&document->arena, b->iri, &iri));
    CRATE_TRY(crate_prov_add_prefix(document, prefix, iri));
  }
  return CRATE_OK;
}

static CrateStatus
read_bundle(Reader *reader, CrateXml *element)
{
  const CrateText *const id =
    crate_xml_get(element, CRATE_PROV_NAMESPACE, "id");
  const size_t before = reader->document->count;
  if (!id || reader->bundle) {
    return expected(reader, element,
                    id ? "no bundle within a bundle" : "prov:id with its name");
  }
  pass_over_attributes(reader, element);
  CRATE_TRY(keep_prefixes(reader, element));
  CRATE_TRY(read_name(reader, element, *id, &reader->bundle));
  CRATE_TRY(read_each(reader, element, read_statement, NULL));
  CRATE_TRY(crate_prov_end_bundle(reader->document, reader->bundle, before));
  reader->bundle = CRATE_NO_TERM;
  return CRATE_OK;
}

static CrateStatus
read_statement(Reader *reader, CrateXml *element, void *handle)
{
  (void)handle;
  const CrateText name = element->name.local;
  if (!crate_text_is(element->name.space, CRATE_PROV_NAMESPACE) ||
      crate_text_is(name, "other")) {
    pass_over(reader, element->offset);
    return CRATE_OK;
  }
  if (crate_text_is(name, "bundleContent")) {
    return read_bundle(reader, element);
  }
  for (size_t i = 0; i < sizeof(subtypes) / sizeof(*subtypes); ++i) {
    if (crate_text_is(name, subtypes[i].element)) {
      return read_record(reader, element, subtypes[i].kind, subtypes[i].type);
    }
  }
  for (size_t i = 0; i < CRATE_PROV_SUBTYPES; ++i) {
    const CrateProvSubtype *const subtype = crate_prov_subtype(i);
    if (crate_text_is(name, subtype->plain)) {
      return read_record(reader, element, CRATE_PROV_DERIVATION, subtype->type);
    }
  }
  const CrateProvKind kind = crate_prov_kind_named(name);
  return kind < CRATE_PROV_KIND_COUNT
           ? read_record(reader, element, kind, NULL)
           : expected(reader, element,
                      "a statement of PROV-DM such as prov:entity or "
                      "prov:used; extensions are not read");
}

/// One warning for all that was passed over.
static void
say_foreign(const Reader *reader)
{
  CrateDiagnostic place = {.level = CRATE_DIAGNOSTIC_WARNING,
                           .file = reader->xml.name,
                           .code = CRATE_TEXT("not-provenance")};
  crate_xml_place(&reader->xml, reader->first_foreign, &place);
  (void)crate_world_say(reader->document->world, CRATE_OK, &place,
                        "%zu elements or attributes that are not of PROV "
                        "stand between its own and are not read, from here on",
                        reader->foreign);
}

static CrateStatus
read_document(Reader *reader)
{
  CrateProv *const document = reader->document;
  CrateXml *const root = reader->xml.root;
  CRATE_TRY(crate_terms_iri(document->terms, CRATE_TEXT(CRATE_PROV_XSD "QName"),
                            &reader->old_name));
  CRATE_TRY(crate_prov_term(document, "QUALIFIED_NAME", &reader->name));
  if (!crate_xml_is(root->name, CRATE_PROV_NAMESPACE, "document")) {
    return expected(reader, root,
                    "prov:document, in the namespace " CRATE_PROV_NAMESPACE);
  }
  CRATE_TRY(crate_xml_scope_enter(&reader->scope, root));
  CRATE_TRY(keep_prefixes(reader, root));
  CRATE_TRY(read_each(reader, root, read_statement, NULL));
  CRATE_TRY(crate_prov_drop_labels(document));
  if (reader->foreign) {
    say_foreign(reader);
  }
  return CRATE_OK;
}

CrateStatus
crate_prov_xml_read(CrateProv *document, CrateText name, CrateText bytes)
{
  Reader reader = {.document = document};
  CrateStatus status =
    crate_xml_read(document->world, name, bytes, &reader.xml);
  if (!status) {
    status = crate_xml_scope_init(&reader.scope, document->world);
    status = status ? status : read_document(&reader);
    crate_xml_scope_clear(&reader.scope);
  }
  crate_xml_clear(&reader.xml);
  return status;
}
