// SPDX-License-Identifier: Apache-2.0
/// @file Active contexts: JSON-LD API, section 4.
///
/// An active context is a stack of layers: deriving one from another copies
/// no term. Layers are merged as they grow, so there are never more than
/// logarithmically many, and each caches what its keys mean.
#ifndef CRATE_JSONLD_CONTEXT_H
#define CRATE_JSONLD_CONTEXT_H
#include "jsonld/processor.h"

typedef enum {
  CRATE_BASE_DIRECTION_UNSET, ///< Not said: for a term, the default counts.
  CRATE_BASE_DIRECTION_NULL,
  CRATE_BASE_DIRECTION_LTR,
  CRATE_BASE_DIRECTION_RTL,
} CrateBaseDirection;

/// A term definition, JSON-LD API 4.2.
typedef struct CrateDefinition {
  CrateText term;
  CrateName *iri;     ///< IRI mapping; NULL is null.
  CrateName *type;    ///< Type mapping; NULL is none.
  CrateText language; ///< data NULL is null; counts when has_language.
  CrateText index;    ///< Index mapping; data NULL is none.
  CrateText nest;
  const CrateJson *context;  ///< Local context, or NULL.
  const CrateSource *source; ///< Of `context`.
  uint32_t container;        ///< CRATE_BIT()s.
  uint8_t direction;         ///< CrateBaseDirection.
  bool has_language, is_prefix, is_protected, is_reverse;
  bool is_removed; ///< Hides a definition of a lower layer.
} CrateDefinition;

/// What a key means in an active context.
typedef struct CrateKey {
  CrateName *name;                   ///< Expanded (vocab true); NULL is null.
  const CrateDefinition *definition; ///< NULL when it is no term.
  CrateKeyKind kind;
  bool is_kept; ///< A keyword, or has a colon: 5.1.2, step 13.3.
} CrateKey;

typedef struct CrateActive CrateActive;
typedef struct CrateFrozen CrateFrozen;

/// An active context that a scoped context made of another.
typedef struct CrateDerived {
  struct CrateDerived *next; ///< Of a term of the same name.
  const CrateJson *local;
  CrateActive *active;
  uint32_t how; ///< The flags it was processed with.
} CrateDerived;

struct CrateActive {
  CrateActive *lower;           ///< Layer below, or NULL.
  CrateTable terms;             ///< Of this layer: CrateDefinition.
  CrateFrozen *frozen;          ///< Precompiled terms under `terms`, or NULL.
  CrateTable keys;              ///< Cache: CrateKey.
  CrateTable derived;           ///< Cache of scoped contexts: CrateDerived.
  struct CrateInverse *inverse; ///< Inverse context, once it is needed.
  CrateActive *previous;        ///< 4.1: previous context, or NULL.
  CrateText base;               ///< data NULL is null.
  CrateText vocab;              ///< data NULL is none.
  CrateText language;           ///< data NULL is none.
  uint32_t protected_count;
  uint8_t direction; ///< CrateBaseDirection, UNSET for none.
  bool aliases_type; ///< Some term may stand for @type.
};

/// Remote contexts being processed, innermost first.
typedef struct CrateRemote {
  const struct CrateRemote *outer;
  CrateText iri;
  uint32_t count;
} CrateRemote;

/// The optional inputs of 4.1.2.
typedef struct CrateContextInputs {
  const CrateSource *source; ///< Base URL.
  const CrateRemote *remote; ///< Remote contexts.
  bool override_protected;
  bool not_propagated; ///< propagate is false.
  bool skip_scoped;    ///< validate scoped context is false.
} CrateContextInputs;

/// One entry of a local context, with its place in the map "defined".
typedef struct CrateLocalEntry {
  const CrateJson *key, *value;
  enum { CRATE_TERM_PENDING, CRATE_TERM_BEGUN, CRATE_TERM_DONE } state;
} CrateLocalEntry;

/// A context definition being processed, @import merged in.
typedef struct CrateLocal {
  CrateTable entries; ///< CrateLocalEntry by key.
  CrateLocalEntry **order;
  uint32_t count;
  const CrateContextInputs *inputs;
  bool is_protected;
} CrateLocal;

/// The empty active context of the run: 9.4 with the base of the options.
CrateActive *crate_active_new(CrateProcessor *p);

/// 4.1.2 Context Processing Algorithm.
CrateStatus crate_context_process(CrateProcessor *p,
                                  CrateActive *active,
                                  const CrateJson *local,
                                  const CrateContextInputs *inputs,
                                  CrateActive **out);

/// The same for the scoped context of a definition, remembering the result.
CrateStatus crate_context_scope(CrateProcessor *p,
                                CrateActive *active,
                                const CrateDefinition *definition,
                                bool override_protected,
                                bool not_propagated,
                                CrateActive **out);

/// Entry of a local context being processed, or NULL.
CrateLocalEntry *crate_local_get(const CrateProcessor *p,
                                 const CrateLocal *local,
                                 CrateText key);

/// 4.1.2, step 5.5.
CrateStatus crate_context_version(CrateProcessor *p,
                                  const CrateSource *source,
                                  const CrateJson *value);

/// 4.1.2, steps 5.7 to 5.11: the entries that are no terms.
CrateStatus crate_context_entries(CrateProcessor *p,
                                  CrateActive *result,
                                  const CrateLocal *local);

/// 4.2.2 Create Term Definition.
CrateStatus crate_term_define(CrateProcessor *p,
                              CrateActive *active,
                              CrateLocal *local,
                              CrateLocalEntry *entry);

/// The definition of a term, or NULL. Fails only when memory lacks: a frozen
/// term has to be thawed.
CrateStatus crate_active_find(CrateProcessor *p,
                              const CrateActive *active,
                              CrateText term,
                              const CrateDefinition **out);

/// Put a definition into the top layer.
CrateStatus crate_active_define(CrateProcessor *p,
                                CrateActive *active,
                                CrateDefinition *definition);

/// What a key means: 5.2.2 with vocab true, cached.
CrateStatus crate_active_key(CrateProcessor *p,
                             CrateActive *active,
                             CrateText key,
                             const CrateKey **out);

/// What crate_iri_expand() has to do and what it found.
typedef struct CrateExpansion {
  bool vocab, document_relative;     ///< In.
  CrateLocal *local;                 ///< In: NULL outside of 4.1.
  CrateArena *arena;                 ///< In: where a new text goes.
  CrateText text;                    ///< Out.
  const CrateDefinition *definition; ///< Out: of the value, when a term.
  CrateKeyKind kind; ///< Out: NULL for null, UNDEFINED when as it stood.
} CrateExpansion;

/// 5.2.2 IRI Expansion.
CrateStatus crate_iri_expand(CrateProcessor *p,
                             CrateActive *active,
                             CrateText value,
                             CrateExpansion *expansion);

/// Whether a text has the form of an IRI or of a blank node identifier.
bool crate_iri_has_form(CrateText text);

static inline bool
crate_iri_is_blank(CrateText text)
{
  return text.size >= 2 && text.data[0] == '_' && text.data[1] == ':';
}

#endif // CRATE_JSONLD_CONTEXT_H
