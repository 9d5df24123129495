// SPDX-License-Identifier: Apache-2.0
/// @file RDF terms, each known by a small number.
#ifndef CRATE_TERM_H
#define CRATE_TERM_H
#include <cratekit/arena.h>
CRATE_BEGIN_DECLS

/// Number of a term in one CrateTerms. 0 is no term.
typedef uint32_t CrateTerm;

#define CRATE_NO_TERM 0u

typedef enum {
  CRATE_TERM_NONE,
  CRATE_TERM_IRI,
  CRATE_TERM_BLANK,
  CRATE_TERM_LITERAL,
} CrateTermKind;

/// What a term is made of. Texts are views, valid while the CrateTerms lives.
typedef struct CrateTermInfo {
  CrateText text;     ///< IRI, blank node label without "_:", lexical form.
  CrateText language; ///< Of rdf:langString, as written; else empty.
  CrateTerm datatype; ///< Of a literal, always set; else 0.
  CrateTermKind kind;
} CrateTermInfo;

/// IRIs every CrateTerms holds from the start, under fixed numbers.
/// Extend the list in lib/rdf/terms.c; the order is the number.
typedef enum {
  CRATE_RDF_TYPE = 1,
  CRATE_RDF_FIRST,
  CRATE_RDF_REST,
  CRATE_RDF_NIL,
  CRATE_RDF_LANG_STRING,
  CRATE_RDF_DIR_LANG_STRING,
  CRATE_RDF_JSON,
  CRATE_RDF_VALUE,
  CRATE_RDF_LANGUAGE,
  CRATE_RDF_DIRECTION,
  CRATE_RDFS_SUB_CLASS_OF,
  CRATE_XSD_STRING,
  CRATE_XSD_BOOLEAN,
  CRATE_XSD_INTEGER,
  CRATE_XSD_DECIMAL,
  CRATE_XSD_DOUBLE,
  CRATE_XSD_DATE,
  CRATE_XSD_DATE_TIME,
  CRATE_XSD_ANY_URI,
  CRATE_TERMS_FIXED_END,
} CrateFixedTerm;

/**
   The dictionary. Graphs that are to be compared share one.

   Two literals are one term when lexical form, datatype and language (ASCII
   case apart) agree: RDF 1.1 Concepts 3.3. Lexical forms stay as written.
*/
typedef struct CrateTerms CrateTerms;

/// New, freed by crate_terms_free(). Keeps the world.
CRATE_API CRATE_NODISCARD CrateStatus crate_terms_new(const CrateWorld *world,
                                                      CrateTerms **out);

/// Accepts NULL.
CRATE_API void crate_terms_free(CrateTerms *terms);

/// Intern an IRI. Copies the text.
CRATE_API CRATE_NODISCARD CrateStatus crate_terms_iri(CrateTerms *terms,
                                                      CrateText iri,
                                                      CrateTerm *out);

/**
   Intern a literal. Copies the texts.

   @param datatype 0 means xsd:string, or rdf:langString with a language.
   @param language Empty for none.
*/
CRATE_API CRATE_NODISCARD CrateStatus crate_terms_literal(CrateTerms *terms,
                                                          CrateText lexical,
                                                          CrateTerm datatype,
                                                          CrateText language,
                                                          CrateTerm *out);

/**
   A blank node unlike any other.

   @param label What its document called it (copied), for people and for
   RDFC-1.0's issued identifiers; empty for none. Two calls with one label
   give two nodes: keeping a document's labels apart is the reader's work.
*/
CRATE_API CRATE_NODISCARD CrateStatus crate_terms_blank(CrateTerms *terms,
                                                        CrateText label,
                                                        CrateTerm *out);

/// From now on, crate_terms_rewind() comes back to here. A later mark takes
/// the place of an earlier one.
CRATE_API void crate_terms_mark(CrateTerms *terms);

/// Forget the terms added since the mark: their numbers are given out anew.
/// Needs no memory.
CRATE_API void crate_terms_rewind(CrateTerms *terms);

/// Find without adding; 0 when it is not there.
CRATE_API CrateTerm crate_terms_find_iri(const CrateTerms *terms,
                                         CrateText iri);

CRATE_API CrateTerm crate_terms_find_literal(const CrateTerms *terms,
                                             CrateText lexical,
                                             CrateTerm datatype,
                                             CrateText language);

/// Kind alone, cheap. NONE for 0 and for numbers never given out.
CRATE_API CrateTermKind crate_terms_kind(const CrateTerms *terms,
                                         CrateTerm term);

/// Everything about a term; kind NONE for 0.
CRATE_API CrateTermInfo crate_terms_info(const CrateTerms *terms,
                                         CrateTerm term);

/// One more than the largest number given out; for arrays by term.
CRATE_API CrateTerm crate_terms_end(const CrateTerms *terms);

CRATE_END_DECLS
#endif // CRATE_TERM_H
