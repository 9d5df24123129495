// SPDX-License-Identifier: Apache-2.0
// What mlcroissant 1.1.0 says of a document, word for word, so that a team can
// compare before it changes tools. It is not what the specification says:
// docs/croissant.md. Where that program crashes, nothing is said.
#include "validate/checks/mlcroissant.h"

static const char *
python_type(const CrateJson *value)
{
  const CrateText text = crate_json_text(value);
  return crate_json_is(value, CRATE_JSON_TRUE) ||
             crate_json_is(value, CRATE_JSON_FALSE)
           ? "bool"
         : !crate_json_is(value, CRATE_JSON_NUMBER) ? NULL
         : crate_text_find(text, '.') < text.size   ? "float"
                                                    : "int";
}

/// Names and descriptions that are no texts; told by the JSON, since a number
/// in a map of languages is the end of JSON-LD.
static CrateStatus
check_text(const CrateNativeCall *call,
           const CrateJson *value,
           const char *property)
{
  const char *const type = python_type(value);
  for (const CrateJson *item = crate_json_first(value); item;
       item = item->next) {
    CRATE_TRY(check_text(call, item, property));
  }
  for (const CrateJson *key = crate_json_first_key(value); key;
       key = crate_json_next_key(key)) {
    CRATE_TRY(check_text(call, key->next, property));
  }
  return type ? crate_check_report(call, value->offset,
                                   "`%s` should have type " HTTPS
                                   "Text, but got %s",
                                   property, type)
              : CRATE_OK;
}

static CrateStatus
check_texts(const CrateNativeCall *call)
{
  static const struct {
    const char *key, *property;
  } texts[] = {{"name", "name"},
               {"description", "description"},
               {"contentSize", "content_size"}};
  const CrateView *const view = crate_check_view(call);
  for (size_t i = 0; i < view->entity_count; ++i) {
    for (size_t t = 0; t < sizeof(texts) / sizeof(*texts); ++t) {
      const CrateJson *const value =
        crate_json_get(view->entities[i].json, crate_text(texts[t].key));
      if (value) {
        CRATE_TRY(check_text(call, value, texts[t].property));
      }
    }
  }
  return CRATE_OK;
}

static bool
is_dataset(const CrateView *view)
{
  const CrateTerm type = crate_check_term(view, SCHEMA "Dataset");
  return view->dataset && type && crate_check_term(view, HTTPS "Dataset") &&
         crate_graph_find(view->graph, view->dataset->term, CRATE_RDF_TYPE,
                          type);
}

/// Whether a dataset names a version that the program knows, as a text.
static bool
names_version(const CrateView *view, CrateTerm dataset)
{
  const CrateQuadRange range =
    crate_check_values_of(view, dataset, DCTERMS "conformsTo");
  for (size_t i = 0; i < range.count; ++i) {
    const CrateTermInfo info =
      crate_terms_info(view->terms, range.first[i].object);
    if (info.kind == CRATE_TERM_LITERAL &&
        (crate_text_is(info.text, CROISSANT "1.0") ||
         crate_text_is(info.text, CROISSANT "1.1"))) {
      return true;
    }
  }
  return false;
}

static CratePeer
peer_of(const CrateNativeCall *call, bool warns)
{
  const CrateView *const view = crate_check_view(call);
  const CrateTerm dataset = view->dataset ? view->dataset->term : 0;
  const bool known = names_version(view, dataset);
  return (CratePeer){.call = call,
                     .view = view,
                     .legacy = !known,
                     .warns = warns,
                     .space = known ? CROISSANT : LEGACY,
                     .dataset = dataset};
}

/// Properties of a dataset that hold nodes: those that are none of the types
/// asked for are said, and then missing.
static const struct {
  const char *property, *name;
  CratePeerTypes types;
  const char *texts; ///< That a text may be, too; or NULL.
} held[] = {
  {SCHEMA "creator",
   "creators",
   {HTTPS, {"Organization", "Person", NULL}},
   NULL},
  {SCHEMA "license", NULL, {HTTPS, {"CreativeWork", "Text", "URL"}}, "Text"},
};
enum { HELD = sizeof(held) / sizeof(*held) };

/// Whether the program takes a value.
static CrateStatus
take_held(const CratePeer *peer, size_t row, CrateTerm value, bool *taken)
{
  const CrateTermKind kind = crate_terms_kind(peer->view->terms, value);
  CrateBuffer line;
  if (kind != CRATE_TERM_LITERAL) {
    return crate_peer_check_type(peer, value, &held[row].types, peer->warns,
                                 taken);
  }
  *taken = held[row].texts;
  if (*taken || peer->warns) {
    return CRATE_OK;
  }
  crate_buffer_init(&line, peer->view->world);
  crate_buffer_print(&line, "`%s` should have type %s%s or %s%s, but got str",
                     held[row].name, HTTPS, held[row].types.names[0], HTTPS,
                     held[row].types.names[1]);
  return crate_peer_say(peer, peer->dataset, &line);
}

/// Whether anything is left of a property.
static CrateStatus
check_held(const CratePeer *peer, size_t row, bool *left)
{
  const CrateQuadRange range =
    crate_check_values_of(peer->view, peer->dataset, held[row].property);
  *left = false;
  for (size_t i = 0; i < range.count; ++i) {
    bool taken = false;
    CRATE_TRY(take_held(peer, row, range.first[i].object, &taken));
    *left = *left || taken;
  }
  return CRATE_OK;
}

static CrateStatus
check_dates(const CratePeer *peer)
{
  static const char *const dates[] = {
    SCHEMA "datePublished", SCHEMA "dateCreated", SCHEMA "dateModified",
    CROISSANT "RAI/dataCollectionTimeFrame"};
  const CratePeerPlace place = {0, 0, NULL};
  for (size_t d = 0; d < sizeof(dates) / sizeof(*dates); ++d) {
    const CrateQuadRange range =
      crate_check_values_of(peer->view, peer->dataset, dates[d]);
    for (size_t i = 0; i < range.count; ++i) {
      const CrateText text =
        crate_terms_info(peer->view->terms, range.first[i].object).text;
      CrateBuffer line;
      if (crate_is_iso_date(text)) {
        continue;
      }
      crate_peer_begin(peer, &place, &line);
      crate_buffer_print(
        &line,
        "ValueError({'Dates or DateTimes should follow the [ISO 8601 "
        "format](https://en.wikipedia.org/wiki/ISO_8601). Got %.*s'})",
        CRATE_TEXT_ARG(text));
      CRATE_TRY(crate_peer_say(peer, peer->dataset, &line));
    }
  }
  return CRATE_OK;
}

/// What conformsTo says, when it is no version that the program knows.
static CrateStatus
check_version(const CratePeer *peer)
{
  const CrateView *const view = peer->view;
  const CrateTerm value =
    crate_check_value_of(view, peer->dataset, DCTERMS "conformsTo");
  const CrateTermInfo info = crate_terms_info(view->terms, value);
  const bool node = info.kind == CRATE_TERM_IRI;
  CrateBuffer line;
  if (!peer->legacy || !value) {
    return CRATE_OK;
  }
  if (node) {
    CRATE_TRY(
      crate_peer_say_words(peer, peer->dataset,
                           "\"None\" should have an attribute \"@type\": "
                           "\"https://schema.org/Text\". Got None instead."));
  }
  crate_buffer_init(&line, view->world);
  crate_buffer_print(&line,
                     "At least one of the provided conformsTo should be a "
                     "valid CroissantVersion. Got: %s%.*s%s",
                     node ? "{'@id': '" : "", CRATE_TEXT_ARG(info.text),
                     node ? "'}" : "");
  return crate_peer_say(peer, peer->dataset, &line);
}

/// Properties that are given once, by the names that Python has for them.
static CrateStatus
check_cardinality(const CratePeer *peer)
{
  static const struct {
    const char *property, *name;
  } single[] = {
    {SCHEMA "contentUrl", "content_url"},
    {SCHEMA "sha256", "sha256"},
    {SCHEMA "url", "url"},
    {CROISSANT "citeAs", "cite_as"},
    {CROISSANT "RAI/dataCollection", "data_collection"},
  };
  for (size_t s = 0; s < sizeof(single) / sizeof(*single); ++s) {
    const CrateQuadList list = crate_graph_with(
      peer->view->graph, crate_check_term(peer->view, single[s].property));
    CrateTerm said = CRATE_NO_TERM;
    for (size_t i = 1; i < list.count; ++i) { // by subject
      const CrateTerm subject = crate_quad_list_at(list, i)->subject;
      CrateBuffer line;
      if (subject == said ||
          subject != crate_quad_list_at(list, i - 1u)->subject) {
        continue;
      }
      said = subject;
      crate_buffer_init(&line, peer->view->world);
      crate_buffer_print(&line, "`%s` has cardinality `ONE`, but got a list",
                         single[s].name);
      CRATE_TRY(crate_peer_say(peer, subject, &line));
    }
  }
  return CRATE_OK;
}

static CrateStatus
check_recommended(const CratePeer *peer)
{
  const struct {
    const char *property, *shown;
    bool wanted;
  } recommended[] = {
    {SCHEMA "citation", HTTPS "citation", peer->legacy},
    {CROISSANT "citeAs", CROISSANT "citeAs", !peer->legacy},
    {SCHEMA "datePublished", HTTPS "datePublished", true},
    {SCHEMA "license", HTTPS "license", true},
    {SCHEMA "version", HTTPS "version", true},
  };
  const CratePeerPlace place = {0, 0, NULL};
  bool licensed = false;
  CRATE_TRY(check_held(peer, 1, &licensed));
  for (size_t i = 0; i < sizeof(recommended) / sizeof(*recommended); ++i) {
    const bool license = !strcmp(recommended[i].property, SCHEMA "license");
    const bool there =
      license ? licensed
              : crate_peer_has(peer, peer->dataset, recommended[i].property);
    if (recommended[i].wanted && !there) {
      CRATE_TRY(crate_peer_say_missing(peer, &place, recommended[i].shown,
                                       "recommended"));
    }
  }
  return CRATE_OK;
}

/// Asked once, for the document. Parameter "errors" or "warnings".
CrateStatus
crate_check_mlcroissant(const CrateNativeCall *call)
{
  const CrateView *const view = crate_check_view(call);
  const bool errors = crate_text_is(crate_check_parameter(call), "errors");
  const CratePeer peer = peer_of(call, !errors);
  const CratePeerPlace place = {0, 0, NULL};
  if (errors) {
    CRATE_TRY(check_texts(call));
  }
  if (view->state < CRATE_VIEW_GRAPH) {
    return CRATE_OK;
  }
  if (!is_dataset(view)) {
    return errors ? crate_check_report(call, view->document.root->offset,
                                       "The current JSON-LD doesn't extend "
                                       "https://schema.org/Dataset.")
                  : CRATE_OK;
  }
  const CratePeerTypes dataset = {HTTPS, {"Dataset", NULL, NULL}};
  bool good = false;
  CRATE_TRY(
    crate_peer_check_type(&peer, peer.dataset, &dataset, !errors, &good));
  if (!good) {
    return CRATE_OK;
  }
  if (!errors) {
    CRATE_TRY(check_cardinality(&peer));
    return check_recommended(&peer);
  }
  CRATE_TRY(check_version(&peer));
  CRATE_TRY(check_held(&peer, 0, &good));
  CRATE_TRY(check_held(&peer, 1, &good));
  CRATE_TRY(check_dates(&peer));
  CRATE_TRY(crate_peer_check_name(&peer, &place));
  CRATE_TRY(crate_peer_check_files(&peer));
  return crate_peer_check_records(&peer);
}
