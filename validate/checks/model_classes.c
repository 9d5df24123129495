// SPDX-License-Identifier: Apache-2.0
// Whether a model's files name classes that keep rows of the training data.
// Nothing is loaded or unpickled: pickles, joblib's too, hold the names of
// their classes as they are, and bytes are all that is looked at. What is
// packed keeps its secret; <cratekit/model.h> would see into it, and tell what
// is imported from what is only spelt alike, once members can be read at any
// offset.
#include "validate/checks/checks.h"

#define FAIR4ML "https://w3id.org/fair4ml#"
#define SCHEMA_ORG "http://schema.org/"

/// So much of a file is looked through.
#define MOST_BYTES ((uint64_t)256 << 20u)

/// Longest name of a class, and what of a piece is kept for the next.
enum { LONGEST_NAME = 40 };

/// The classes of scikit-learn that do, and their likes elsewhere.
static const char *const classes[] = {
  "KNeighborsClassifier",
  "KNeighborsRegressor",
  "KNeighborsTransformer",
  "RadiusNeighbors",
  "NearestNeighbors",
  "LocalOutlierFactor",
  "GaussianProcess",
  "KernelDensity",
  "KernelRidge",
  "LabelPropagation",
  "LabelSpreading",
  "NuSVC",
  "NuSVR",
  "OneClassSVM",
  "sklearn.svm._classes",
  "sklearn.svm.classes",
};
enum { CLASSES = sizeof(classes) / sizeof(*classes) };

typedef struct {
  char tail[2 * LONGEST_NAME]; // of the piece before
  size_t tail_size;
  uint64_t seen;
  const char *found;
} Scan;

/// The first class that a text names; each begins with a capital or "s".
static const char *
find_class(CrateText text)
{
  for (size_t i = 0; i < text.size; ++i) {
    if (!strchr("KRNLGOs", text.data[i]) || !text.data[i]) {
      continue;
    }
    const CrateText rest = crate_text_slice(text, i, text.size);
    for (size_t c = 0; c < CLASSES; ++c) {
      if (crate_text_starts(rest, crate_text(classes[c]))) {
        return classes[c];
      }
    }
  }
  return NULL;
}

/// What lies across the border of two pieces is looked at with both.
static CrateStatus
take(void *handle, CrateText piece)
{
  Scan *const scan = (Scan *)handle;
  const CrateText head = crate_text_slice(piece, 0, LONGEST_NAME);
  memcpy(scan->tail + scan->tail_size, head.data, head.size);
  scan->found =
    find_class((CrateText){scan->tail, scan->tail_size + head.size});
  scan->found = scan->found ? scan->found : find_class(piece);
  scan->tail_size = piece.size < LONGEST_NAME ? piece.size : LONGEST_NAME;
  memcpy(scan->tail, piece.data + piece.size - scan->tail_size,
         scan->tail_size);
  scan->seen += piece.size;
  return scan->found || scan->seen > MOST_BYTES ? CRATE_NOT_FOUND : CRATE_OK;
}

/// Files that may be pickles, by their names.
static bool
may_be_pickle(CrateText id)
{
  static const char *const endings[] = {".pkl",    ".pickle", ".p",
                                        ".joblib", ".dill",   ".sav"};
  for (size_t i = 0; i < sizeof(endings) / sizeof(*endings); ++i) {
    if (crate_text_ends(id, crate_text(endings[i]))) {
      return true;
    }
  }
  return false;
}

static CrateStatus
look_into(const CrateNativeCall *call, const CrateEntity *entity)
{
  CrateChecks *const checks = (CrateChecks *)call->handle;
  Scan scan = {.seen = 0};
  const CratePour pour = {take, &scan};
  CrateText path;
  if (checks->members[crate_check_index(checks, entity)] != CRATE_MEMBER_FILE ||
      !may_be_pickle(entity->id)) {
    return CRATE_OK;
  }
  CRATE_TRY(crate_view_payload_path(entity, &checks->arena, &path));
  const CrateStatus st = crate_package_pour(checks->view->package, path, &pour);
  if (st && st != CRATE_NOT_FOUND) {
    return st;
  }
  return scan.found
           ? crate_check_report(
               call, entity->id_offset, "%.*s names %s",
               CRATE_TEXT_ARG(crate_text_slice(entity->id, 0, 200)), scan.found)
           : CRATE_OK;
}

/// A model's own file, and those that are its parts.
static CrateStatus
look_at_model(const CrateNativeCall *call, CrateTerm model)
{
  CrateChecks *const checks = (CrateChecks *)call->handle;
  const CrateView *const view = checks->view;
  const CrateTerm part =
    crate_terms_find_iri(view->terms, CRATE_TEXT(SCHEMA_ORG "hasPart"));
  const CrateQuadRange parts = crate_graph_values(view->graph, model, part);
  const CrateEntity *entity = crate_view_entity(view, model);
  CRATE_TRY(entity ? look_into(call, entity) : CRATE_OK);
  for (size_t i = 0; i < parts.count; ++i) {
    entity = crate_view_entity(view, parts.first[i].object);
    CRATE_TRY(entity ? look_into(call, entity) : CRATE_OK);
  }
  return CRATE_OK;
}

/// Asked once, for the document.
CrateStatus
crate_check_model_classes(const CrateNativeCall *call)
{
  CrateChecks *const checks = (CrateChecks *)call->handle;
  const CrateView *const view = checks->view;
  const CrateTerm kind =
    crate_terms_find_iri(view->terms, CRATE_TEXT(FAIR4ML "MLModel"));
  const CrateQuadList models =
    kind ? crate_graph_towards(view->graph, CRATE_RDF_TYPE, kind)
         : (CrateQuadList){NULL, NULL, 0};
  CRATE_TRY(crate_check_members(checks));
  for (size_t i = 0; i < models.count; ++i) {
    CRATE_TRY(look_at_model(call, crate_quad_list_at(models, i)->subject));
  }
  return CRATE_OK;
}
