// SPDX-License-Identifier: Apache-2.0
// The terms of a vocabulary as the graph has them: in the namespace they are
// in today, and none that the vocabulary does not define.
#include "crate/vocabulary.h"
#include "validate/checks/checks.h"

/// Namespaces that were left for another one.
static const struct {
  CrateText from, to;
} moved[] = {
  {{"https://w3id.org/fair4ml/", 25}, {"https://w3id.org/fair4ml#", 25}},
  {{"http://w3id.org/fair4ml/", 24}, {"https://w3id.org/fair4ml#", 25}},
  {{"http://w3id.org/fair4ml#", 24}, {"https://w3id.org/fair4ml#", 25}},
};

bool
crate_check_moved(CrateText iri, CrateText *to, CrateText *name)
{
  for (size_t i = 0; i < sizeof(moved) / sizeof(*moved); ++i) {
    if (crate_text_starts(iri, moved[i].from)) {
      *to = moved[i].to;
      *name = crate_text_slice(iri, moved[i].from.size, iri.size);
      return true;
    }
  }
  return false;
}

typedef struct {
  const CrateNativeCall *call;
  const CrateView *view;
  CrateText space; // the namespace
  CrateText words; // its terms
  CrateMap said;   // IRIs that were reported
} Vocabulary;

static CrateStatus
report_moved(const Vocabulary *vocabulary, CrateText iri, uint32_t offset)
{
  CrateText to;
  CrateText name;
  return crate_check_moved(iri, &to, &name) &&
             crate_text_equal(to, vocabulary->space)
           ? crate_check_report(vocabulary->call, offset,
                                "\"%.*s\" is of a namespace that was left",
                                CRATE_TEXT_ARG(iri))
           : CRATE_OK;
}

/// Where a context gives a prefix or a term its meaning.
static CrateStatus
look_at_context(const Vocabulary *vocabulary, const CrateJson *context)
{
  for (const CrateJson *part = crate_json_first(context); part;
       part = part->next) {
    CRATE_TRY(look_at_context(vocabulary, part)); // as deep as the reader goes
  }
  for (const CrateJson *key = crate_json_first_key(context); key;
       key = crate_json_next_key(key)) {
    const CrateJson *const value =
      crate_json_is(key->next, CRATE_JSON_OBJECT)
        ? crate_json_get(key->next, CRATE_TEXT("@id"))
        : key->next;
    if (crate_json_is(value, CRATE_JSON_STRING)) {
      CRATE_TRY(
        report_moved(vocabulary, crate_json_text(value), value->offset));
    }
  }
  return CRATE_OK;
}

/// The parameter is the namespace of today.
CrateStatus
crate_check_namespace(const CrateNativeCall *call)
{
  const Vocabulary vocabulary = {.call = call,
                                 .view = crate_check_view(call),
                                 .space = crate_check_parameter(call)};
  return look_at_context(
    &vocabulary,
    crate_json_get(vocabulary.view->document.root, CRATE_TEXT("@context")));
}

static CrateText
nearest(CrateText words, CrateText name)
{
  CrateText best = {NULL, 0};
  unsigned least = 4;
  while (words.size) {
    const CrateText word = crate_text_next_word(&words);
    const unsigned distance = crate_text_distance(word, name, least);
    if (distance < least) {
      least = distance;
      best = word;
    }
  }
  return best;
}

static bool
is_word(CrateText words, CrateText name)
{
  while (words.size) {
    if (crate_text_equal(crate_text_next_word(&words), name)) {
      return true;
    }
  }
  return false;
}

static CrateStatus
look_at_term(Vocabulary *vocabulary, CrateTerm term, uint32_t offset)
{
  const CrateText iri = crate_terms_info(vocabulary->view->terms, term).text;
  const CrateText name =
    crate_text_slice(iri, vocabulary->space.size, iri.size);
  if (!crate_text_starts(iri, vocabulary->space) ||
      is_word(vocabulary->words, name) ||
      crate_map_get(&vocabulary->said, iri, NULL)) {
    return CRATE_OK;
  }
  const CrateText near = nearest(vocabulary->words, name);
  CRATE_TRY(crate_map_put(&vocabulary->said, iri, 1));
  return crate_check_report(
    vocabulary->call, offset, "\"%.*s\" is none%s%.*s", CRATE_TEXT_ARG(name),
    near.size ? ", did you mean " : "", CRATE_TEXT_ARG(near));
}

/// The parameter is the namespace and its terms, parted by spaces. Properties
/// and types are looked at.
CrateStatus
crate_check_defined_in(const CrateNativeCall *call)
{
  const CrateGraph *const graph = call->data;
  Vocabulary vocabulary = {.call = call,
                           .view = crate_check_view(call),
                           .words = crate_check_parameter(call)};
  CrateStatus st = CRATE_OK;
  vocabulary.space = crate_text_next_word(&vocabulary.words);
  crate_map_init(&vocabulary.said, vocabulary.view->world);
  for (size_t i = 0; i < crate_graph_size(graph) && !st; ++i) {
    const CrateQuad *const quad = &crate_graph_quads(graph)[i];
    const uint32_t origin = crate_graph_origin(graph, quad);
    st = look_at_term(&vocabulary,
                      quad->predicate == CRATE_RDF_TYPE ? quad->object
                                                        : quad->predicate,
                      origin);
  }
  crate_map_clear(&vocabulary.said);
  return st;
}
