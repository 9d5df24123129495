// SPDX-License-Identifier: Apache-2.0
/// @file What a document is written in, RO-Crate or Croissant or both.
///
/// A dialect is a row of the table in dialect.c: how it is told before the
/// document's graph is known, what its graph is looked through for, and which
/// profiles it is judged by.
#ifndef CRATE_CRATE_DIALECT_H
#define CRATE_CRATE_DIALECT_H
#include <cratekit/view.h>

typedef struct CrateDialect {
  uint32_t bit;         ///< Of CrateDialectBits.
  const char *family;   ///< Name of its profiles: "ro-crate".
  const char *likeness; ///< Of profiles that are like it, or NULL.
  const char *any;      ///< IRI of its profile in whatever version.
  const char *stand_in; ///< Context instead of one that nobody has.
  /// Whether a document is one, told by its JSON.
  bool (*is_spoken)(const CrateView *view);
  /// Find root and version in the graph, indexed before and after, and say
  /// there what is what.
  CrateStatus (*understand)(CrateView *view, CrateText root);
  /// The version that a document is of, or empty.
  CrateText (*version)(const CrateView *view);
  /// The profile of a document that says no version.
  const char *(*fallback)(const CrateView *view);
} CrateDialect;

/// The i-th; NULL past the end.
const CrateDialect *crate_dialect(size_t i);

/// That of a profile's token, "croissant-1.1" say; or NULL.
const CrateDialect *crate_dialect_of_profile(CrateText token);

/// That whose profile in whatever version an IRI names; or NULL.
const CrateDialect *crate_dialect_any(CrateText iri);

/// Those that the document speaks, and those wanted: RO-Crate when none is.
uint32_t crate_dialects_spoken(const CrateView *view, uint32_t wanted);

/// The context to take instead of one that nobody has.
CrateText crate_dialect_stand_in(const CrateView *view);

/// The top level's objects: the document, the members of its array or of its
/// @graph. NULL at the end.
const CrateJson *crate_document_first(const CrateView *view);

const CrateJson *crate_document_next(const CrateView *view,
                                     const CrateJson *object);

/// Whether some text in a value is of a kind: the value itself, or in lists
/// in it; `deep`: in objects in it, too.
bool crate_document_has_text(const CrateJson *value,
                             bool deep,
                             bool (*is_one)(CrateText text));

/// The object that bears the document's @context, or NULL.
CrateJson *crate_document_head(const CrateView *view);

// entities.c
/// List the view's entities: the members of @graph; or, when the document is
/// no RO-Crate, all objects that say something of a node.
CrateStatus crate_list_entities(CrateView *view);

/// The entity whose object begins at a byte, or NULL.
CrateEntity *crate_entity_at(const CrateView *view, uint32_t offset);

/// From nodes to entities; of entities that are one node, the first.
CrateStatus crate_index_entities(CrateView *view);

// ro_crate.c
bool crate_ro_crate_is_spoken(const CrateView *view);

CrateStatus crate_ro_crate_understand(CrateView *view, CrateText root);

CrateText crate_ro_crate_version(const CrateView *view);

const char *crate_ro_crate_fallback(const CrateView *view);

// croissant.c
bool crate_croissant_is_spoken(const CrateView *view);

CrateStatus crate_croissant_understand(CrateView *view, CrateText root);

CrateText crate_croissant_version(const CrateView *view);

const char *crate_croissant_fallback(const CrateView *view);

/// Whether a document is called as those of Croissant are.
bool crate_croissant_is_name(CrateText name);

/// IRI of the i-th class that shapes may target; empty past the end.
CrateText crate_croissant_class(size_t i);

/// The version that an IRI in conformsTo names, "1.1"; empty when it is no
/// version of Croissant.
CrateText crate_croissant_version_of(CrateText iri);

// fair4ml.c
bool crate_fair4ml_is_spoken(const CrateView *view);

CrateStatus crate_fair4ml_understand(CrateView *view, CrateText root);

CrateText crate_fair4ml_version(const CrateView *view);

const char *crate_fair4ml_fallback(const CrateView *view);

// croissant_names.c
/// Put the names that rules know in the place of other spellings.
CrateStatus crate_croissant_rename(CrateView *view);

#endif // CRATE_CRATE_DIALECT_H
