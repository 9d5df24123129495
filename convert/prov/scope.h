// SPDX-License-Identifier: Apache-2.0
/// @file The namespaces that a document or a bundle declares, for readers.
#ifndef CRATE_PROV_SCOPE_H
#define CRATE_PROV_SCOPE_H
#include "convert/prov/prov.h"

/// A bundle's scope is within that of the document.
typedef struct CrateProvScope {
  CrateProv *document;
  const struct CrateProvScope *outer; ///< NULL for the document's.
  CrateMap namespaces; ///< Prefix -> CrateText; the empty one is the default.
} CrateProvScope;

/// "prov" and "xsd" are there from the start.
CRATE_NODISCARD CrateStatus crate_prov_scope_init(CrateProvScope *scope,
                                                  CrateProv *document,
                                                  const CrateProvScope *outer);

void crate_prov_scope_clear(CrateProvScope *scope);

/// Copies both.
/// @return CRATE_MALFORMED, unsaid, when it is no absolute IRI.
CRATE_NODISCARD CrateStatus crate_prov_declare(CrateProvScope *scope,
                                               CrateText prefix,
                                               CrateText iri);

/// The term of a qualified name.
/// @return CRATE_NOT_FOUND, unsaid, when the prefix is not declared;
/// CRATE_MALFORMED, unsaid, when the whole is no IRI.
CRATE_NODISCARD CrateStatus crate_prov_expand(const CrateProvScope *scope,
                                              CrateText prefix,
                                              CrateText local,
                                              CrateTerm *out);

/// The term of a namespace and a local name.
/// @return CRATE_MALFORMED, unsaid, when the whole is no absolute IRI.
CRATE_NODISCARD CrateStatus crate_prov_join(CrateProv *document,
                                            CrateText space,
                                            CrateText local,
                                            CrateTerm *out);

/// The term of a name of PROV.
CRATE_NODISCARD CrateStatus crate_prov_term(CrateProv *document,
                                            const char *name,
                                            CrateTerm *out);

#endif // CRATE_PROV_SCOPE_H
