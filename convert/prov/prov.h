// SPDX-License-Identifier: Apache-2.0
/// @file A PROV document (PROV-DM) in no syntax: statements about terms.
#ifndef CRATE_PROV_H
#define CRATE_PROV_H
#include <cratekit/json.h>
#include <cratekit/map.h>
#include <cratekit/rdf.h>

#define CRATE_PROV_NAMESPACE "http://www.w3.org/ns/prov#"
#define CRATE_PROV_RDFS "http://www.w3.org/2000/01/rdf-schema#"
#define CRATE_PROV_XSD "http://www.w3.org/2001/XMLSchema#"
#define CRATE_PROV_XSI "http://www.w3.org/2001/XMLSchema-instance"

/// Under this a blank node is written where only names may stand, and read
/// back as one.
#define CRATE_PROV_BLANK "urn:cratekit:blank:"

/// What a statement says, in the order of PROV-DM's components.
typedef enum {
  CRATE_PROV_ENTITY,
  CRATE_PROV_ACTIVITY,
  CRATE_PROV_AGENT,
  CRATE_PROV_GENERATION,
  CRATE_PROV_USAGE,
  CRATE_PROV_COMMUNICATION,
  CRATE_PROV_START,
  CRATE_PROV_END,
  CRATE_PROV_INVALIDATION,
  CRATE_PROV_DERIVATION,
  CRATE_PROV_ATTRIBUTION,
  CRATE_PROV_ASSOCIATION,
  CRATE_PROV_DELEGATION,
  CRATE_PROV_INFLUENCE,
  CRATE_PROV_SPECIALIZATION,
  CRATE_PROV_ALTERNATE,
  CRATE_PROV_MENTION,
  CRATE_PROV_MEMBERSHIP,
  CRATE_PROV_KIND_COUNT,
  /// Nothing: there is a bundle without statements.
  CRATE_PROV_EMPTY = CRATE_PROV_KIND_COUNT,
} CrateProvKind;

/// Kinds before this one are of things, which have names of their own; from
/// here on they relate the first argument to the second.
#define CRATE_PROV_FIRST_RELATION CRATE_PROV_GENERATION

#define CRATE_PROV_ARGUMENTS 5u

/// What stands at an argument's place.
typedef enum {
  CRATE_PROV_IS_ENTITY = 1u,
  CRATE_PROV_IS_ACTIVITY = 2u,
  CRATE_PROV_IS_AGENT = 4u,
  CRATE_PROV_IS_TIME = 8u,
  CRATE_PROV_IS_NAME = 16u, ///< Of anything.
} CrateProvRole;

typedef struct CrateProvArgument {
  const char *key;      ///< In PROV-JSON and PROV-XML.
  const char *property; ///< In PROV-O; of the qualified node, if there is one.
  CrateProvRole role;
  bool required;
} CrateProvArgument;

/// One row for each kind. Names are of the namespace of PROV.
typedef struct CrateProvKindInfo {
  const char *name;      ///< In PROV-N, and of the unqualified property.
  const char *type;      ///< PROV-O's class; NULL: it has no qualified form.
  const char *qualified; ///< PROV-O's property towards the class.
  unsigned count;        ///< Of arguments.
  CrateProvArgument arguments[CRATE_PROV_ARGUMENTS];
} CrateProvKindInfo;

const CrateProvKindInfo *crate_prov_kind(CrateProvKind kind);

/// The kind of a name of PROV-N; CRATE_PROV_KIND_COUNT when there is none.
CrateProvKind crate_prov_kind_named(CrateText name);

/// Attributes whose names PROV-O has others for.
typedef struct CrateProvAlias {
  const char *attribute, *property; ///< IRIs.
} CrateProvAlias;

/// The i-th alias, NULL past the end.
const CrateProvAlias *crate_prov_alias(size_t i);

/// Derivations of a type that PROV-O has properties for. Names of PROV.
typedef struct CrateProvSubtype {
  const char *type;      ///< The class.
  const char *plain;     ///< The property, and the element of PROV-XML.
  const char *qualified; ///< The property towards a node.
} CrateProvSubtype;

#define CRATE_PROV_SUBTYPES 3u

/// The i-th of them.
const CrateProvSubtype *crate_prov_subtype(size_t i);

typedef struct CrateProvAttribute {
  CrateTerm name, value;
} CrateProvAttribute;

/// One statement. Terms are 0 where nothing is said.
typedef struct CrateProvRecord {
  CrateProvKind kind;
  CrateTerm bundle; ///< 0: the document's own.
  CrateTerm id;
  CrateTerm arguments[CRATE_PROV_ARGUMENTS];
  size_t first, count; ///< Of its attributes.
  uint32_t origin;     ///< Byte of the document, or CRATE_NO_ORIGIN.
} CrateProvRecord;

typedef struct CrateProv {
  const CrateWorld *world;
  CrateTerms *terms;
  CrateArena arena; ///< Texts of prefixes and of labels.
  CrateProvRecord *records;
  CrateProvAttribute *attributes; ///< Those of one record stand together.
  CratePrefix *prefixes;          ///< As declared.
  size_t count, attribute_count, prefix_count;
  size_t capacity, attribute_capacity, prefix_capacity;
  CrateMap blanks;     ///< From labels to terms.
  CrateBuffer scratch; ///< A name in the making.
} CrateProv;

/// Empty. Keeps the terms and their world.
void crate_prov_init(CrateProv *document,
                     const CrateWorld *world,
                     CrateTerms *terms);

void crate_prov_clear(CrateProv *document);

/// Add a statement; the attributes that follow are its own.
CRATE_NODISCARD CrateStatus crate_prov_add(CrateProv *document,
                                           const CrateProvRecord *record);

CRATE_NODISCARD CrateStatus crate_prov_add_attribute(CrateProv *document,
                                                     CrateTerm name,
                                                     CrateTerm value);

/// At the end of a bundle: note that it is there, if it is empty.
/// @param before How many statements there were at its beginning.
CRATE_NODISCARD CrateStatus crate_prov_end_bundle(CrateProv *document,
                                                  CrateTerm bundle,
                                                  size_t before);

/// Remember a prefix as declared. Keeps both.
CRATE_NODISCARD CrateStatus crate_prov_add_prefix(CrateProv *document,
                                                  CrateText prefix,
                                                  CrateText iri);

/// One label is one blank node, throughout the document.
CRATE_NODISCARD CrateStatus crate_prov_blank(CrateProv *document,
                                             CrateText label,
                                             CrateTerm *out);

/// Take the ids off statements that nothing refers to and that are but labels
/// ("_:id7" of PROV-JSON).
CRATE_NODISCARD CrateStatus crate_prov_drop_labels(CrateProv *document);

/// Add the statements to a graph with the same terms, as PROV-O.
CRATE_NODISCARD CrateStatus crate_prov_to_graph(const CrateProv *document,
                                                CrateGraph *graph);

/// The statements that PROV-O makes in an indexed graph with the same terms.
/// What PROV-DM has no place for is said, as a warning.
CRATE_NODISCARD CrateStatus crate_prov_from_graph(CrateProv *document,
                                                  const CrateGraph *graph,
                                                  CrateText name);

/**
   Read a document.

   @return CRATE_MALFORMED, located, with code "invalid-prov-n",
   "invalid-prov-json" and so on; CRATE_UNSUPPORTED for extensions of PROV-N.
*/
CRATE_NODISCARD CrateStatus crate_provn_read(CrateProv *document,
                                             CrateText name,
                                             CrateText bytes);

CRATE_NODISCARD CrateStatus crate_prov_json_read(CrateProv *document,
                                                 CrateText name,
                                                 CrateText bytes);

CRATE_NODISCARD CrateStatus crate_prov_jsonld_read(CrateProv *document,
                                                   CrateText name,
                                                   CrateText bytes);

/// Whether a document of JSON-LD says by its context that it is PROV-JSONLD.
bool crate_prov_is_jsonld(const CrateJson *root);

CRATE_NODISCARD CrateStatus crate_prov_xml_read(CrateProv *document,
                                                CrateText name,
                                                CrateText bytes);

/// Write a document, which is sorted for it. `name` is for what is said of it.
CRATE_NODISCARD CrateStatus crate_provn_write(CrateProv *document,
                                              CrateText name,
                                              CrateBuffer *buffer);

CRATE_NODISCARD CrateStatus crate_prov_json_write(CrateProv *document,
                                                  CrateText name,
                                                  CrateBuffer *buffer);

CRATE_NODISCARD CrateStatus crate_prov_jsonld_write(CrateProv *document,
                                                    CrateText name,
                                                    CrateBuffer *buffer);

/// CRATE_UNSUPPORTED, said with code "no-prov-xml", for what XML has no way to
/// write: attributes that end in no name, characters that XML does not have.
CRATE_NODISCARD CrateStatus crate_prov_xml_write(CrateProv *document,
                                                 CrateText name,
                                                 CrateBuffer *buffer);

#endif // CRATE_PROV_H
