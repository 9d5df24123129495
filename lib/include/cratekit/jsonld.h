// SPDX-License-Identifier: Apache-2.0
/// @file JSON-LD 1.1: its algorithms from document to document, to RDF and
/// from it, and contexts.
#ifndef CRATE_JSONLD_H
#define CRATE_JSONLD_H
#include <cratekit/graph.h>
#include <cratekit/json.h>
CRATE_BEGIN_DECLS

/// Where contexts come from: the bundled ones and the user's. Never the net.
typedef struct CrateLibrary CrateLibrary;

/// New, holding the bundled contexts; freed by crate_library_free().
CRATE_API CRATE_NODISCARD CrateStatus crate_library_new(const CrateWorld *world,
                                                        CrateLibrary **out);

CRATE_API void crate_library_free(CrateLibrary *library);

/// Let IRIs that start with `prefix` be read from under `directory`, ahead
/// of the bundled ones. Copies both. What leaves the directory is refused.
CRATE_API CRATE_NODISCARD CrateStatus crate_library_map(CrateLibrary *library,
                                                        CrateText prefix,
                                                        CrateText directory);

/// Whether an IRI is one of the spellings of a bundled context; the bundled
/// context's own name ("ro-crate-1.1"), or empty. A view, valid forever.
CRATE_API CrateText crate_library_bundled(const CrateLibrary *library,
                                          CrateText iri);

/// Whether an IRI can be loaded: it is bundled, or under a mapped prefix.
CRATE_API bool crate_library_has(const CrateLibrary *library, CrateText iri);

typedef enum {
  CRATE_DIRECTION_NONE, ///< Drop @direction.
  CRATE_DIRECTION_I18N_DATATYPE,
  CRATE_DIRECTION_COMPOUND_LITERAL,
} CrateRdfDirection;

/// How much of a node a frame shows where the node is referred to.
typedef enum {
  CRATE_EMBED_ONCE,   ///< All of it the first time, then a reference.
  CRATE_EMBED_ALWAYS, ///< All of it, unless it would hold itself.
  CRATE_EMBED_NEVER,  ///< A reference.
} CrateEmbed;

/// Whether a framed document with one node has an @graph around it.
typedef enum {
  CRATE_OMIT_GRAPH_DEFAULT, ///< No; yes in processing mode json-ld-1.0.
  CRATE_OMIT_GRAPH_TRUE,
  CRATE_OMIT_GRAPH_FALSE,
} CrateOmitGraph;

/// JSON-LD 1.1 API 9.3 and Framing 5.3.2 JsonLdOptions. All zero is the
/// default; texts borrowed.
typedef struct CrateJsonldOptions {
  CrateText base;                          ///< IRI of the document.
  const CrateJsonDocument *expand_context; ///< NULL for none.
  CrateRdfDirection rdf_direction;
  bool processing_1_0;          ///< processingMode json-ld-1.0.
  bool ordered;                 ///< Visit keys in order of code points.
  bool produce_generalized_rdf; ///< Blank node predicates stay.
  bool keep_malformed_iris;     ///< Not RDF: nodes such as <a b> stay, for
                                ///< a validator to find fault with.
  bool keep_arrays;             ///< Arrays of one stay: compactArrays false.
  bool keep_absolute;           ///< No relative IRIs: compactToRelative false.
  bool use_native_types;        ///< From RDF: numbers and booleans of JSON.
  bool use_rdf_type;            ///< From RDF: rdf:type is no @type.
  bool keep_labels;             ///< Flattening: blank nodes keep their names.
  CrateEmbed embed;             ///< These are flags of a frame that does not
  bool explicit_only;           ///< say otherwise: @embed, @explicit,
  bool omit_default;            ///< @omitDefault
  bool require_all;             ///< and @requireAll.
  bool frame_default;           ///< Frame the default graph, not all merged.
  CrateOmitGraph omit_graph;
} CrateJsonldOptions;

/**
   Expansion, JSON-LD 1.1 API 5.1.2 and 9.2 expand().

   Values keep the offset of what they came from.
   @param document Borrowed; the result holds views into it and lives in
   `arena`, which must not outlive it.
   @return CRATE_MALFORMED, said to the sink, located, the code being the
   specification's error code with hyphens ("invalid-local-context"); an
   unknown remote context is "loading-remote-context-failed".
*/
CRATE_API CRATE_NODISCARD CrateStatus
crate_jsonld_expand(const CrateJsonDocument *document,
                    CrateLibrary *library,
                    const CrateJsonldOptions *options,
                    CrateArena *arena,
                    CrateJson **out);

/**
   Compaction, JSON-LD 1.1 API 9.2 compact().

   Members stand in the order of the document, keywords first, @context before
   all; sorted when the options ask for it.
   @param document Borrowed, as for crate_jsonld_expand().
   @param context  A context, or a document with @context; borrowed alike.
   @return As crate_jsonld_expand().
*/
CRATE_API CRATE_NODISCARD CrateStatus
crate_jsonld_compact(const CrateJsonDocument *document,
                     const CrateJsonDocument *context,
                     CrateLibrary *library,
                     const CrateJsonldOptions *options,
                     CrateArena *arena,
                     CrateJson **out);

/**
   Flattening, JSON-LD 1.1 API 9.2 flatten(): each node once, blank nodes
   named anew.

   @param context NULL to keep the expanded form; else as for
   crate_jsonld_compact().
*/
CRATE_API CRATE_NODISCARD CrateStatus
crate_jsonld_flatten(const CrateJsonDocument *document,
                     const CrateJsonDocument *context,
                     CrateLibrary *library,
                     const CrateJsonldOptions *options,
                     CrateArena *arena,
                     CrateJson **out);

/**
   Framing, JSON-LD 1.1 Framing 5.1 frame(), in order of code points.

   @param frame Borrowed, as the document; its @context is that of the result.
   @return As crate_jsonld_expand(), or with the codes "invalid-frame" and
   "invalid-@embed-value".
*/
CRATE_API CRATE_NODISCARD CrateStatus
crate_jsonld_frame(const CrateJsonDocument *document,
                   const CrateJsonDocument *frame,
                   CrateLibrary *library,
                   const CrateJsonldOptions *options,
                   CrateArena *arena,
                   CrateJson **out);

/**
   Serialise RDF, 9.2 fromRdf(), as expanded JSON-LD: subjects in the order of
   the graph's terms, sorted when the options ask for it.

   @param graph Borrowed, indexed. The result lives in `arena` and holds views
   of its terms.
   @return CRATE_MALFORMED, said with code "invalid-JSON-literal" and its like.
*/
CRATE_API CRATE_NODISCARD CrateStatus
crate_jsonld_from_graph(const CrateWorld *world,
                        const CrateGraph *graph,
                        const CrateJsonldOptions *options,
                        CrateArena *arena,
                        CrateJson **out);

/// Deserialise to RDF, 9.2 toRdf(), each quad with the offset of the value it
/// came from. Errors as above. Not indexed afterwards.
CRATE_API CRATE_NODISCARD CrateStatus
crate_jsonld_read(const CrateJsonDocument *document,
                  CrateLibrary *library,
                  const CrateJsonldOptions *options,
                  CrateGraph *graph);

/// An active context, to ask what a key or a type means.
typedef struct CrateContext CrateContext;

/**
   The active context that a document's top-level @context gives.

   New, freed by crate_context_free(). Keeps document and library. A document
   without @context gives the empty one. Errors as crate_jsonld_expand().
*/
CRATE_API CRATE_NODISCARD CrateStatus
crate_context_new(const CrateJsonDocument *document,
                  CrateLibrary *library,
                  const CrateJsonldOptions *options,
                  CrateContext **out);

CRATE_API void crate_context_free(CrateContext *context);

typedef enum {
  CRATE_KEY_UNDEFINED, ///< Expands to nothing absolute: JSON-LD drops it.
  CRATE_KEY_KEYWORD,   ///< @id and its like, or an alias of one.
  CRATE_KEY_TERM,      ///< A term of the context.
  CRATE_KEY_COMPACT,   ///< prefix:suffix with a prefix of the context.
  CRATE_KEY_IRI,       ///< An absolute IRI as it stands.
  CRATE_KEY_VOCAB,     ///< Only by @vocab.
  CRATE_KEY_NULL,      ///< Mapped to null by the context.
} CrateKeyKind;

/// What a property key (or a value of @type) means.
/// @param iri May be NULL; a view, valid while the context lives.
CRATE_API CRATE_NODISCARD CrateStatus crate_context_key(CrateContext *context,
                                                        CrateText key,
                                                        CrateKeyKind *kind,
                                                        CrateText *iri);

/// Whether the values of a property key are JSON literals, with nothing in
/// them that JSON-LD reads.
CRATE_API CRATE_NODISCARD CrateStatus
crate_context_is_json(CrateContext *context, CrateText key, bool *answer);

/// The defined term nearest in spelling (case apart first, then at most two
/// edits), or empty; always empty once thousands of keys have been asked for.
/// A view, valid while the context lives.
CRATE_API CrateText crate_context_suggest(const CrateContext *context,
                                          CrateText key);

/// The term whose IRI this is, or empty: what the full IRI could shorten to.
CRATE_API CrateText crate_context_term_for(const CrateContext *context,
                                           CrateText iri);

CRATE_END_DECLS
#endif // CRATE_JSONLD_H
