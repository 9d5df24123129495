// SPDX-License-Identifier: Apache-2.0
/// @file A crate seen as entities: its package, document and graph together.
/// So is a document of Croissant; CrateDialect says which a document speaks.
#ifndef CRATE_VIEW_H
#define CRATE_VIEW_H
#include <cratekit/jsonld.h>
#include <cratekit/package.h>
CRATE_BEGIN_DECLS

/// IRI that relative ids are resolved against: nobody else's namespace, and
/// hierarchical, so that `data/a.csv` stays what it is.
#define CRATE_VIEW_ROOT "crate://package/"
#define CRATE_VIEW_DOCUMENT CRATE_VIEW_ROOT "ro-crate-metadata.json"

/// What a document is written in. Bits: one document may speak several.
typedef enum {
  CRATE_SPEAKS_RO_CRATE = 1u << 0,
  CRATE_SPEAKS_CROISSANT = 1u << 1,
  CRATE_SPEAKS_FAIR4ML = 1u << 2, ///< With no crate around it.
} CrateDialectBits;

/// How far the reading of the metadata came; each state includes the former.
typedef enum {
  CRATE_VIEW_NOTHING,  ///< There is no metadata document.
  CRATE_VIEW_BYTES,    ///< There is one, but it is not JSON.
  CRATE_VIEW_JSON,     ///< JSON, but without entities: no @graph array.
  CRATE_VIEW_ENTITIES, ///< Its entities are known, but it is not JSON-LD.
  CRATE_VIEW_GRAPH,    ///< Its graph is known, but not which is the root.
  CRATE_VIEW_ROOTED,   ///< All is known.
} CrateViewState;

/// RO-Crate 1.2 structure#types-of-ro-crate; earlier versions: attached.
typedef enum {
  CRATE_MODE_ATTACHED, ///< A package with payload.
  CRATE_MODE_DETACHED, ///< `<prefix>-ro-crate-metadata.json` or a stream.
  CRATE_MODE_METADATA, ///< The document of a package whose payload we ignore.
} CrateMode;

/// What an entity is to RO-Crate. Bits; also written into the graph as
/// rdf:type of <urn:cratekit:…>, so that shapes can target them.
typedef enum {
  CRATE_IS_ENTITY = 1u << 0,     ///< Any object of @graph with an @id.
  CRATE_IS_DESCRIPTOR = 1u << 1, ///< The metadata descriptor.
  CRATE_IS_ROOT = 1u << 2,       ///< The root data entity.
  CRATE_IS_DATA = 1u << 3,       ///< Data entity other than the root.
  CRATE_IS_FILE = 1u << 4,       ///< Data entity of type File.
  CRATE_IS_FOLDER = 1u << 5,     ///< Data entity of type Dataset.
  CRATE_IS_LOCAL = 1u << 6,      ///< @id "#…" or "_:…".
  CRATE_IS_RELATIVE = 1u << 7,   ///< @id is a relative path.
  CRATE_IS_WEB = 1u << 8,        ///< @id is an absolute IRI.
  CRATE_IS_REFERENCED = 1u << 9, ///< A Dataset that is another RO-Crate.
  CRATE_IS_SCRIPT = 1u << 10,    ///< SoftwareSourceCode, but no workflow.
  CRATE_IS_WORKFLOW = 1u << 11,  ///< ComputationalWorkflow.
  CRATE_IS_THUMBNAIL = 1u << 12, ///< Value of some thumbnail.
  CRATE_IS_PREVIEW = 1u << 13,   ///< ro-crate-preview.html and its files.
  CRATE_IS_BIOSCHEMAS_WORKFLOW = 1u << 14,  ///< Conforms to that profile.
  CRATE_IS_BIOSCHEMAS_PARAMETER = 1u << 15, ///< Conforms to that profile.
  CRATE_IS_PROFILE_CRATE = 1u << 16,        ///< Root that is a Profile Crate.
  CRATE_IS_ROOT_PROFILE = 1u << 17,         ///< Value of the root's conformsTo.
  CRATE_TYPED_FILE = 1u << 18, ///< Has the type, data entity or not.
  CRATE_TYPED_DATASET = 1u << 19,
  CRATE_IS_ACTION = 1u << 20,   ///< An action of schema.org that has a time.
  CRATE_IS_PROGRAM = 1u << 21,  ///< Contextual software or language.
  CRATE_IS_MAIN = 1u << 22,     ///< Value of the root's mainEntity.
  CRATE_IS_MAIN_RUN = 1u << 23, ///< Has the main entity as instrument.
  CRATE_IS_TOOL = 1u << 24,     ///< Instrument of an execution.
} CrateEntityBits;

/// One object of @graph; of a document that nests them, any object that says
/// something of a node. Texts are views into the document.
typedef struct CrateEntity {
  const CrateJson *json;
  CrateText id;       ///< As written; empty when there is none.
  uint32_t id_offset; ///< To point at: the @id's value, else the object; of
                      ///< a document that nests entities always the object.
  uint32_t end;       ///< No byte of the object is from here on.
  uint32_t position;  ///< Index in @graph; of a nested one, among all.
  uint32_t parent;    ///< Index + 1 of the one it is nested in, or 0.
  CrateTerm term;     ///< Its node in the graph, or 0.
  uint32_t bits;      ///< CrateEntityBits, shared by entities with one @id.
} CrateEntity;

/// Why a reading stage failed. Texts are views, valid while the view lives.
typedef struct CrateProblem {
  CrateText code, message; ///< Of the diagnostic; empty when all went well.
  uint32_t line, column;
} CrateProblem;

/// The view. Read it; only crate_view_new() writes.
typedef struct CrateView {
  const CrateWorld *world;
  CrateWorld catching;   ///< The same, but its diagnostics become `problem`.
  CratePackage *package; ///< Kept.
  CrateArena arena;
  CrateLibrary *library; ///< Kept.
  CrateMode mode;
  CrateViewState state;
  uint32_t dialects; ///< CrateDialectBits; never none.
  CrateJsonDocument document;
  CrateProblem problem;
  CrateTerms *terms;     ///< Kept.
  CrateGraph *graph;     ///< Indexed from state GRAPH on.
  CrateContext *context; ///< Set from state GRAPH on.
  CrateEntity *entities; ///< In document order, repeats included.
  size_t entity_count;
  uint32_t *by_term; ///< Term number -> index + 1 of its first entity.
  CrateTerm by_term_end;
  const CrateEntity *descriptor, *root; ///< NULL when not found.
  const CrateEntity *dataset;           ///< Croissant's root, or NULL.
  CrateText croissant;                  ///< "1.1", its version, or empty.
  bool exact_descriptor; ///< Found under the very id the text asks for.
  CrateText version;     ///< "1.1", from conformsTo or @context; or empty.
  CrateText declared;    ///< The version in conformsTo; or empty.
  const CrateJson *unknown_context; ///< A remote context nobody has.
  const CrateJson *base;            ///< An @base we set aside, or NULL.
  CrateText base_iri;               ///< Of an @base that we did not; or empty.
  CrateText data;                   ///< Where the files are that it describes.
} CrateView;

typedef struct CrateViewOptions {
  bool metadata_only; ///< Leave the payload alone: CRATE_MODE_METADATA.
  CrateText instead;  ///< Read this rather than the package's document; kept.
                      ///< No data: the document.
  CrateText root;     ///< @id of Croissant's root; empty: found; kept.
  CrateText data;     ///< Folder or archive with the files that a document of
                      ///< Croissant describes; empty: not at hand; kept.
  uint32_t dialects;  ///< CrateDialectBits that it is read in besides those
                      ///< that it is seen to speak.
} CrateViewOptions;

/**
   Read a package's metadata as far as it goes.

   Flaws of the document are no failure: they end in `state` and `problem`.
   A remote context that nobody has is set aside, as is @base.
   @param out New, freed by crate_view_free(). Keeps package, library, terms.
   @return CRATE_OVER_LIMIT, CRATE_NO_MEMORY, CRATE_UNREADABLE, said.
*/
CRATE_API CRATE_NODISCARD CrateStatus
crate_view_new(const CrateWorld *world,
               CratePackage *package,
               CrateLibrary *library,
               CrateTerms *terms,
               const CrateViewOptions *options,
               CrateView **out);

/// Accepts NULL.
CRATE_API void crate_view_free(CrateView *view);

/// The entity of a node, or NULL.
CRATE_API const CrateEntity *crate_view_entity(const CrateView *view,
                                               CrateTerm term);

/// How a person knows a node: the @id as written, else the term's text.
CRATE_API CrateText crate_view_name(const CrateView *view, CrateTerm term);

/// The decoded payload path of an entity with a relative @id: no fragment, no
/// query, percent signs decoded. `out` is a view in the arena.
CRATE_API CRATE_NODISCARD CrateStatus
crate_view_payload_path(const CrateEntity *entity,
                        CrateArena *arena,
                        CrateText *out);

CRATE_END_DECLS
#endif // CRATE_VIEW_H
