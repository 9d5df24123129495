// SPDX-License-Identifier: Apache-2.0
/// @file RDFa 1.1 Core, with the rules of HTML+RDFa 1.1 and XHTML+RDFa 1.1.
/// Names and step numbers are those of RDFa Core, section 7.5.
#ifndef CRATE_HTML_RDFA_H
#define CRATE_HTML_RDFA_H
#include "html/source.h"

/// A prefix while it is in scope.
typedef struct CrateRdfaPrefix CrateRdfaPrefix;
struct CrateRdfaPrefix {
  CrateText prefix; ///< In lower case.
  CrateText iri;
  const CrateRdfaPrefix *hidden; ///< What it meant before.
  CrateRdfaPrefix *next;         ///< Of the same element.
  CrateRdfaPrefix *outer;        ///< All in scope, the newest first.
};

/// One member of a list.
typedef struct CrateRdfaItem {
  CrateTerm value;
  uint32_t origin;
  struct CrateRdfaItem *next;
} CrateRdfaItem;

/// What is to become a list: of one property of one subject.
typedef struct CrateRdfaList {
  CrateTerm property;
  CrateRdfaItem *first, **end;
  struct CrateRdfaList *next;
} CrateRdfaList;

/// The list mapping.
typedef struct CrateRdfaLists {
  CrateMap known; ///< From the number of a property, as bytes.
  CrateRdfaList *first, **end;
} CrateRdfaLists;

typedef enum { RDFA_FORWARD, RDFA_REVERSE, RDFA_INTO_LIST } CrateRdfaDirection;

/// A statement that waits for what is inside of the element.
typedef struct CrateRdfaIncomplete {
  CrateRdfaDirection direction;
  CrateTerm property;
  CrateRdfaList *list;
  uint32_t origin;
  struct CrateRdfaIncomplete *next;
} CrateRdfaIncomplete;

/// The evaluation context, 7.2. Prefixes are in the reader.
typedef struct CrateRdfaContext {
  CrateTerm parent_subject, parent_object;
  const CrateRdfaIncomplete *incomplete;
  CrateRdfaLists *lists;
  CrateText language;
  CrateText vocabulary; ///< Empty for none.
} CrateRdfaContext;

/// The attributes of an element; `data` NULL when absent.
typedef struct CrateRdfaAttributes {
  CrateText about, content, datatype, datetime, href, inlist, prefix, property,
    rel, resource, rev, src, type_of, vocab;
} CrateRdfaAttributes;

/// A statement of the output graph.
typedef struct CrateRdfaStatement {
  CrateQuad quad;
  uint32_t origin;
} CrateRdfaStatement;

typedef struct CrateRdfa {
  CrateHtmlSource source;
  CrateArena arena;
  CrateMap prefixes;
  CrateRdfaPrefix *newest;
  CrateRdfaStatement *statements;
  size_t count, capacity;
} CrateRdfa;

/// One element on its way: the local values of step 1.
typedef struct CrateRdfaElement {
  CrateRdfa *rdfa;
  const CrateHtml *node;
  const CrateRdfaContext *context;
  CrateRdfaAttributes given;
  CrateTerm new_subject, object_resource, typed_resource;
  bool skips;
  CrateRdfaIncomplete *incomplete;
  CrateRdfaLists *lists;
  CrateText language, vocabulary;
  CrateRdfaPrefix *prefixes; ///< Its own.
} CrateRdfaElement;

/// What there is before a page says anything (the initial contexts of RDFa
/// Core and of XHTML+RDFa). Empty when there is none. `prefix` and `term` are
/// looked for without regard to case.
CrateText crate_rdfa_initial_prefix(CrateText prefix);
CrateText crate_rdfa_initial_term(CrateText term, bool is_xhtml1);

/// Steps 3 and 13: have an element's prefixes in scope, and no more.
CRATE_NODISCARD CrateStatus
crate_rdfa_enter_prefixes(CrateRdfaElement *element);
CRATE_NODISCARD CrateStatus
crate_rdfa_leave_prefixes(CrateRdfaElement *element);

/// 7.4.3: what a word of rel, rev, property, typeof or datatype means; 0 when
/// nothing. Blank nodes are for typeof.
CRATE_NODISCARD CrateStatus crate_rdfa_word(CrateRdfaElement *element,
                                            CrateText word,
                                            CrateTerm *out);

/// The same of a whole attribute: about and resource; href and src.
CRATE_NODISCARD CrateStatus crate_rdfa_reference(CrateRdfaElement *element,
                                                 CrateText value,
                                                 CrateTerm *out);

/// resource, href, src: the first that is something.
CRATE_NODISCARD CrateStatus crate_rdfa_target(CrateRdfaElement *element,
                                              CrateTerm *out);

/// Whether a word is no term, but has a prefix or is an IRI.
static inline bool
crate_rdfa_has_colon(CrateText word)
{
  return crate_text_find(word, ':') < word.size;
}

/// Step 11.
CRATE_NODISCARD CrateStatus crate_rdfa_properties(CrateRdfaElement *element);

/// Into the output graph.
CRATE_NODISCARD CrateStatus crate_rdfa_state(CrateRdfaElement *element,
                                             CrateTerm subject,
                                             CrateTerm predicate,
                                             CrateTerm object);

/// The list of a property in the element's list mapping.
CRATE_NODISCARD CrateStatus crate_rdfa_list(CrateRdfaElement *element,
                                            CrateTerm property,
                                            CrateRdfaList **out);

CRATE_NODISCARD CrateStatus crate_rdfa_append(CrateRdfaElement *element,
                                              CrateRdfaList *list,
                                              CrateTerm value);

/// Step 14: state the lists of a mapping that began at this element.
CRATE_NODISCARD CrateStatus crate_rdfa_state_lists(CrateRdfaElement *element,
                                                   CrateTerm subject,
                                                   const CrateRdfaLists *lists);

/// What is in an element, as XML: with the prefixes in scope on each of the
/// outermost elements.
CRATE_NODISCARD CrateStatus crate_rdfa_write_xml(CrateRdfa *rdfa,
                                                 const CrateHtml *element,
                                                 CrateBuffer *out);

/// The same, as HTML (13.3).
CRATE_NODISCARD CrateStatus crate_html_write(const CrateHtml *element,
                                             CrateBuffer *out);

/// HTML+RDFa 3.5, property copying: from rdfa:Pattern to what asks for it.
CRATE_NODISCARD CrateStatus crate_rdfa_copy(CrateRdfa *rdfa);

#endif // CRATE_HTML_RDFA_H
