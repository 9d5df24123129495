// SPDX-License-Identifier: Apache-2.0
/// @file Microdata as RDF: names are those of the note "Microdata to RDF",
/// second edition.
#ifndef CRATE_HTML_MICRODATA_H
#define CRATE_HTML_MICRODATA_H
#include "html/source.h"

/// An element with itemscope that statements are made of.
typedef struct CrateMicrodataItem {
  const CrateHtml *node; ///< Its bytes are the key of the memory.
  CrateTerm subject;
  CrateText type;       ///< The current type; empty for none.
  CrateText vocabulary; ///< The current vocabulary.
  uint32_t number;      ///< From 0, in the order of their turns.
  struct CrateMicrodataItem *next;
} CrateMicrodataItem;

/// The value of a property that is no item; 0 when there is none.
CRATE_NODISCARD CrateStatus crate_microdata_value(CrateHtmlSource *source,
                                                  const CrateHtml *element,
                                                  CrateTerm *out);

/// 6.4: the predicate that a name stands for; 0 when it is none.
CRATE_NODISCARD CrateStatus
crate_microdata_predicate(CrateHtmlSource *source,
                          const CrateMicrodataItem *item,
                          CrateText name,
                          CrateTerm *out);

/// The vocabulary of a type: what the registry knows, or the type without its
/// last part.
CrateText crate_microdata_vocabulary(CrateText type);

/// What the registry says that a property is a subproperty of, 0 for none.
CRATE_NODISCARD CrateStatus
crate_microdata_super(CrateHtmlSource *source,
                      const CrateMicrodataItem *item,
                      CrateText name,
                      CrateTerm *out);

#endif // CRATE_HTML_MICRODATA_H
