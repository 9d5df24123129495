// SPDX-License-Identifier: Apache-2.0
/// @file The state of a reader of PROV-JSON or PROV-JSONLD, and its terms.
#ifndef CRATE_PROV_JSON_TERMS_H
#define CRATE_PROV_JSON_TERMS_H
#include "convert/prov/scope.h"
#include <cratekit/json.h>

typedef struct CrateProvJson {
  CrateProv *document;
  const CrateJsonDocument *json;
  const char *code;            ///< Of what is said about it.
  CrateProvScope outer, inner; ///< Of the document, of the bundle we are in.
  const CrateProvScope *scope; ///< The one in force.
  CrateTerm bundle;
  CrateTerm integer, name, old_name; ///< xsd:int, types of qualified names.
  bool absolute;                     ///< Names may be IRIs, as JSON-LD has it.
} CrateProvJson;

/// Find the terms, and open the document's scope.
CRATE_NODISCARD CrateStatus crate_prov_json_begin(CrateProvJson *reader);

/// Say "expected <what>" about a value; CRATE_MALFORMED.
CrateStatus crate_prov_json_expected(const CrateProvJson *reader,
                                     const CrateJson *value,
                                     const char *what);

/// The term of a string that is a qualified name, or "_:" and a label.
CRATE_NODISCARD CrateStatus crate_prov_json_name(const CrateProvJson *reader,
                                                 const CrateJson *value,
                                                 CrateTerm *out);

/// A name that is no blank node: of an attribute, of a type of literals.
CRATE_NODISCARD CrateStatus crate_prov_json_iri(const CrateProvJson *reader,
                                                const CrateJson *value,
                                                CrateTerm *out);

/// A string, number or boolean. `type` 0: as JSON says.
CRATE_NODISCARD CrateStatus crate_prov_json_scalar(const CrateProvJson *reader,
                                                   const CrateJson *value,
                                                   CrateTerm type,
                                                   CrateText language,
                                                   CrateTerm *out);

/// A value with a type or a language, each a string of JSON or NULL; of the
/// type of qualified names, a name.
CRATE_NODISCARD CrateStatus crate_prov_json_typed(const CrateProvJson *reader,
                                                  const CrateJson *value,
                                                  const CrateJson *type,
                                                  const CrateJson *language,
                                                  CrateTerm *out);

/// An argument: a name, or a time.
CRATE_NODISCARD CrateStatus
crate_prov_json_argument(const CrateProvJson *reader,
                         CrateProvRole role,
                         const CrateJson *value,
                         CrateTerm *out);

#endif // CRATE_PROV_JSON_TERMS_H
