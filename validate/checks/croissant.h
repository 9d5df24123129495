// SPDX-License-Identifier: Apache-2.0
/// @file What the checks of Croissant share.
#ifndef CRATE_VALIDATE_CROISSANT_H
#define CRATE_VALIDATE_CROISSANT_H
#include "crate/dialect.h"
#include "package/digest.h"
#include "validate/checks/checks.h"

// croissant_values.c
/// Whether a text is an absolute IRI, with a host where the web is meant.
bool crate_is_web_url(CrateText text);

/// Whether it is that, or a well-formed relative reference.
bool crate_is_url_reference(CrateText text);

// croissant.c
/// Report a value of the path, where its statement stands.
CRATE_PRINTF(3, 4)
CrateStatus crate_check_report_value(const CrateNativeCall *call,
                                     CrateTerm value,
                                     const char *format,
                                     ...);

/// A value as its author wrote it, as far as that is known.
CrateText crate_check_shown(const CrateView *view, CrateTerm value);

/// Where the member of a node's object stands that holds a byte: its value as
/// a whole; the byte itself, when that cannot be told.
uint32_t crate_check_member(const CrateView *view,
                            CrateTerm node,
                            uint32_t origin);

/// The same for the member as such: its key and, behind that, its value.
const CrateJson *crate_check_member_key(const CrateView *view,
                                        CrateTerm node,
                                        uint32_t origin);

/// A term of an IRI, 0 when the document never speaks of it.
CrateTerm crate_check_term(const CrateView *view, const char *iri);

/// Whether a node is of a class of the dialect: "Field".
bool crate_check_is_a(const CrateView *view, CrateTerm node, CrateText kind);

/// The first value of a property; 0 when there is none.
CrateTerm crate_check_value_of(const CrateView *view,
                               CrateTerm node,
                               const char *property);

/// The nodes of a class of ours, each once, by term: subjects of a list.
CrateQuadList crate_check_nodes_of(const CrateView *view,
                                   const char *class_iri);

/// Whether a field has any number of values: isArray, or repeated of 1.0.
bool crate_check_has_many(const CrateView *view, CrateTerm field);

CrateQuadRange crate_check_values_of(const CrateView *view,
                                     CrateTerm node,
                                     const char *property);

CrateQuadList crate_check_subjects_of(const CrateView *view,
                                      const char *property,
                                      CrateTerm value);

// croissant_context.c
/// Whether the document's own context has a term, of whatever form.
bool crate_context_has(const CrateView *view, CrateText term);

// croissant_terms.c
/// Names that a document uses, each once, and those that schema.org has.
typedef struct CrateCroissantNames CrateCroissantNames;

/// Made when it is first asked for; a view that lives in the checks.
CrateStatus crate_croissant_names(CrateChecks *checks,
                                  CrateCroissantNames **out);

/// Whether schema.org has a term.
CrateStatus crate_is_schema_term(CrateChecks *checks,
                                 CrateText name,
                                 bool *out);

// croissant_types.c
/// What the values of a data type are made of.
typedef enum {
  CRATE_ATOM_NONE, ///< The type says nothing of it.
  CRATE_ATOM_BOOLEAN,
  CRATE_ATOM_DATE,
  CRATE_ATOM_INTEGER,
  CRATE_ATOM_NUMBER,
  CRATE_ATOM_TEXT,
  CRATE_ATOM_BOX,
  CRATE_ATOM_MEDIA,
} CrateAtom;

CrateAtom crate_atom_of(CrateText iri);

/// What that is, for a person: "an integer".
const char *crate_atom_text(CrateAtom atom);

/// How many bits an integer type has, negative when one is the sign; 0: any.
int crate_atom_bits(CrateText iri);

// croissant_files.c
/// A property of a FileObject that holds a digest.
typedef struct CrateDigestProperty {
  const char *property;
  CrateDigestKind kind;
} CrateDigestProperty;

#define CRATE_DIGEST_PROPERTIES 2u
extern const CrateDigestProperty
  crate_digest_properties[CRATE_DIGEST_PROPERTIES];

// croissant_data.c
/// The records of a record set as they stand in the document: the value of the
/// member that a statement (data, examples) is from; NULL when it is no JSON to
/// JSON-LD, which a rule of its own finds fault with.
const CrateJson *crate_check_records_of(const CrateView *view,
                                        CrateTerm set,
                                        const char *property);

// croissant_sources.c
/// The field that a field's references lead to.
CrateTerm crate_check_referred_field(const CrateView *view,
                                     CrateTerm reference);

// date.c
bool crate_is_iso_date(CrateText text);

/// Byte of the statement, to point at.
static inline uint32_t
crate_check_origin(const CrateView *view, const CrateQuad *quad)
{
  return crate_graph_origin(view->graph, quad);
}

#endif // CRATE_VALIDATE_CROISSANT_H
