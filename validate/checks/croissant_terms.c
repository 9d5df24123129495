// SPDX-License-Identifier: Apache-2.0
// The words of a Croissant document: prefixes that nobody declared, terms
// that neither schema.org nor Croissant has, namespaces of other versions.
#include "crate/vocabulary.h"
#include "validate/checks/croissant.h"
#include <stdio.h>

/// What Croissant has words for, the older versions' words included.
static const char *const croissant_terms[] = {
  "annotation",
  "arrayShape",
  "citeAs",
  "column",
  "containedIn",
  "data",
  "dataBiases",
  "dataCollection",
  "dataType",
  "equivalentProperty",
  "equivalentType",
  "examples",
  "excludes",
  "extract",
  "field",
  "fileObject",
  "fileProperty",
  "fileSet",
  "format",
  "includes",
  "isArray",
  "isEnumeration",
  "isLiveDataset",
  "jsonPath",
  "jsonQuery",
  "key",
  "md5",
  "parentField",
  "path",
  "personalSensitiveInformation",
  "readLines",
  "recordSet",
  "references",
  "regex",
  "repeated",
  "replace",
  "samplingRate",
  "sdVersion",
  "separator",
  "delimiter",
  "source",
  "subField",
  "transform",
  "unArchive",
  "value",
  "distribution",
  "rai",
  "all",
  "BoundingBox",
  "DataSource",
  "Extract",
  "Field",
  "FileObject",
  "FileSet",
  "Format",
  "Label",
  "RecordSet",
  "SegmentationMask",
  "Split",
  "TestSplit",
  "TrainSplit",
  "TrainingSplit",
  "Transform",
  "ValidationSplit",
  "FileProperty",
  "AudioObject",
  "ImageObject",
  "VideoObject",
  "Int8",
  "Int16",
  "Int32",
  "Int64",
  "UInt8",
  "UInt16",
  "UInt32",
  "UInt64",
  "Float16",
  "Float32",
  "Float64",
};
enum { TERMS = sizeof(croissant_terms) / sizeof(*croissant_terms) };

/// Schemes that an absolute IRI may have without being a prefix that was
/// forgotten.
static const char *const schemes[] = {
  "ark",    "did",   "doi",  "file", "ftp", "http", "https", "info",
  "mailto", "orcid", "spdx", "swh",  "tag", "tel",  "urn",
};

struct CrateCroissantNames {
  CrateJsonDocument document; ///< A context of schema.org alone.
  CrateContext *schema;
  const CrateJson **first; ///< Keys and types, each where it stands first.
  size_t count, capacity;
};

static CrateStatus
open_schema(CrateCroissantNames *names, const CrateView *view)
{
  const CrateText text = CRATE_TEXT("{\"@context\":\"https://schema.org/\"}");
  const CrateJsonldOptions options = {0};
  CRATE_TRY(crate_json_read(view->world, CRATE_TEXT("context"), text,
                            &names->document));
  return crate_context_new(&names->document, view->library, &options,
                           &names->schema);
}

static CrateStatus
add_name(CrateCroissantNames *names,
         const CrateView *view,
         CrateMap *seen,
         const CrateJson *name)
{
  const CrateText text = crate_json_text(name);
  if (crate_text_starts(text, CRATE_TEXT("@")) ||
      crate_map_get(seen, text, NULL)) {
    return CRATE_OK;
  }
  CRATE_TRY(crate_map_put(seen, text, 1));
  CRATE_TRY(crate_world_reserve(view->world, (void *)&names->first,
                                &names->capacity, names->count + 1u,
                                sizeof(*names->first)));
  names->first[names->count++] = name;
  return CRATE_OK;
}

/// A value, or the strings of an array, that stand for terms.
static CrateStatus
add_values(CrateCroissantNames *names,
           const CrateView *view,
           CrateMap *seen,
           const CrateJson *value)
{
  if (crate_json_is(value, CRATE_JSON_STRING)) {
    return add_name(names, view, seen, value);
  }
  for (const CrateJson *item = crate_json_first(value); item;
       item = item->next) {
    if (crate_json_is(item, CRATE_JSON_STRING)) {
      CRATE_TRY(add_name(names, view, seen, item));
    }
  }
  return CRATE_OK;
}

static CrateStatus
gather(CrateCroissantNames *names, const CrateView *view, CrateMap *seen)
{
  for (size_t i = 0; i < view->entity_count; ++i) {
    // An object that is no node, such as a map of languages, has no terms.
    const CrateJson *key = view->entities[i].term
                             ? crate_json_first_key(view->entities[i].json)
                             : NULL;
    for (; key; key = crate_json_next_key(key)) {
      CRATE_TRY(add_name(names, view, seen, key));
      if (crate_json_is_string(key, "@type") ||
          crate_json_is_string(key, "dataType") ||
          crate_json_is_string(key, "equivalentProperty")) {
        CRATE_TRY(add_values(names, view, seen, key->next));
      }
    }
  }
  return CRATE_OK;
}

CrateStatus
crate_croissant_names(CrateChecks *checks, CrateCroissantNames **out)
{
  const CrateView *const view = checks->view;
  CrateMap seen;
  *out = checks->names;
  if (*out) {
    return CRATE_OK;
  }
  *out = checks->names = (CrateCroissantNames *)crate_arena_array(
    &checks->arena, 1, sizeof(CrateCroissantNames));
  if (!*out) {
    return crate_arena_status(&checks->arena);
  }
  crate_map_init(&seen, view->world);
  CrateStatus st = open_schema(*out, view);
  st = st ? st : gather(*out, view, &seen);
  crate_map_clear(&seen);
  return st;
}

void
crate_croissant_names_clear(CrateCroissantNames *names, const CrateWorld *world)
{
  if (names) {
    crate_context_free(names->schema);
    crate_json_clear(&names->document);
    crate_world_release(world, (void *)(uintptr_t)names->first);
  }
}

CrateStatus
crate_is_schema_term(CrateChecks *checks, CrateText name, bool *out)
{
  CrateCroissantNames *names;
  CrateKeyKind kind = CRATE_KEY_UNDEFINED;
  CrateText iri = {NULL, 0};
  CRATE_TRY(crate_croissant_names(checks, &names));
  CRATE_TRY(crate_context_key(names->schema, name, &kind, &iri));
  *out = kind == CRATE_KEY_TERM && crate_text_ends(iri, name);
  return CRATE_OK;
}

static bool
is_croissant_term(CrateText name)
{
  for (size_t i = 0; i < TERMS; ++i) {
    if (crate_text_is(name, croissant_terms[i])) {
      return true;
    }
  }
  return false;
}

/// What a rule asks of each name.
typedef struct {
  const CrateNativeCall *call;
  CrateCroissantNames *names;
  const CrateJson *json;
  CrateText name, iri;
  CrateKeyKind kind;
  size_t *suggestions; ///< Looked for so far; the same for each question.
} Word;

typedef CrateStatus Ask(const Word *word);

/// The part of an IRI behind a namespace: false when it is another's.
static bool
is_in(CrateText iri, const char *space, CrateText *name)
{
  const CrateText text = crate_text(space);
  *name = crate_text_slice(iri, text.size, iri.size);
  return crate_text_starts(iri, text);
}

static bool
is_in_schema(CrateText iri, CrateText *name)
{
  return is_in(iri, SCHEMA, name) || is_in(iri, "https://schema.org/", name);
}

/// "ex:name" without such a prefix passes for an IRI with the scheme "ex".
static CrateStatus
ask_undeclared(const Word *word)
{
  const size_t colon = crate_text_find(word->name, ':');
  const CrateText prefix = crate_text_slice(word->name, 0, colon);
  const CrateText rest =
    crate_text_slice(word->name, colon + 1u, word->name.size);
  if (word->kind != CRATE_KEY_IRI || colon == word->name.size ||
      crate_text_starts(rest, CRATE_TEXT("//"))) {
    return CRATE_OK;
  }
  for (size_t i = 0; i < sizeof(schemes) / sizeof(*schemes); ++i) {
    if (crate_text_is(prefix, schemes[i])) {
      return CRATE_OK;
    }
  }
  return crate_check_report(
    word->call, word->json->offset,
    crate_context_has(crate_check_view(word->call), prefix)
      ? "\"%.*s\" of \"%.*s\" is declared, but stands for an IRI that ends in "
        "no \"/\" or \"#\"; such a prefix needs {\"@id\": \"...\", "
        "\"@prefix\": true}"
      : "\"%.*s\" of \"%.*s\" is not declared",
    CRATE_TEXT_ARG(prefix), CRATE_TEXT_ARG(word->name));
}

/// A term of Croissant that the context leaves to schema.org.
static CrateStatus
ask_unmapped(const Word *word)
{
  static const char *const shared[] = {"data",  "key",          "value",
                                       "field", "source",       "format",
                                       "path",  "distribution", "column"};
  CrateText name;
  bool known = false;
  if (!is_in_schema(word->iri, &name) || !is_croissant_term(name) ||
      crate_text_starts(word->name, CRATE_TEXT("sc:"))) {
    return CRATE_OK;
  }
  CRATE_TRY(
    crate_is_schema_term((CrateChecks *)word->call->handle, name, &known));
  for (size_t i = 0; i < sizeof(shared) / sizeof(*shared); ++i) {
    known = known || crate_text_is(name, shared[i]);
  }
  return known ? CRATE_OK
               : crate_check_report(word->call, word->json->offset,
                                    "\"%.*s\" stands for schema.org's, which "
                                    "there is not",
                                    CRATE_TEXT_ARG(word->name));
}

/// The term of Croissant that a name is a slip of; or empty.
static CrateText
near_croissant(CrateText name)
{
  CrateText best = {NULL, 0};
  unsigned least = name.size > 4 ? 3 : 2;
  for (size_t i = 0; i < TERMS; ++i) {
    const CrateText term = crate_text(croissant_terms[i]);
    const unsigned distance = crate_text_equal_fold(name, term)
                                ? 0
                                : crate_text_distance(name, term, least - 1u);
    if (distance < least) {
      best = term;
      least = distance;
    }
  }
  return best;
}

/// The term of schema.org of which two letters changed places; or empty.
static CrateStatus
find_swapped(const Word *word, CrateText name, CrateText *near)
{
  enum { LONGEST = 64 };
  char swapped[LONGEST];
  bool known = false;
  *near = (CrateText){NULL, 0};
  if (name.size < 3 || name.size > LONGEST) {
    return CRATE_OK;
  }
  for (size_t i = 0; i + 1u < name.size && !known; ++i) {
    memcpy(swapped, name.data, name.size);
    swapped[i] = name.data[i + 1u];
    swapped[i + 1u] = name.data[i];
    const CrateText text = {swapped, name.size};
    CRATE_TRY(
      crate_is_schema_term((CrateChecks *)word->call->handle, text, &known));
    if (known) {
      *near = crate_context_suggest(word->names->schema, text);
    }
  }
  return CRATE_OK;
}

/// Other JSON says "type" for "@type".
static CrateText
bare_keyword(CrateText name)
{
  return crate_text_is(name, "type") ? CRATE_TEXT("@type")
         : crate_text_is(name, "id") ? CRATE_TEXT("@id")
                                     : (CrateText){NULL, 0};
}

/// Names whose likes are looked for; after so many mistakes nobody reads on.
#define MOST_SUGGESTIONS 500u

/// What a term of schema.org may have been meant to be, or empty.
static CrateStatus
find_near_schema(const Word *word, CrateText name, CrateText *near)
{
  *near = bare_keyword(name);
  *near = near->size ? *near : crate_context_suggest(word->names->schema, name);
  *near = near->size ? *near : near_croissant(name);
  return near->size ? CRATE_OK : find_swapped(word, name, near);
}

/// Whether its vocabulary lacks a name, and what may have been meant, or empty.
static CrateStatus
find_near(const Word *word, bool *unknown, CrateText *near)
{
  CrateText name;
  bool known = true;
  const bool schema = is_in_schema(word->iri, &name);
  *near = (CrateText){NULL, 0};
  if (schema) {
    CRATE_TRY(
      crate_is_schema_term((CrateChecks *)word->call->handle, name, &known));
    known = known || is_croissant_term(name) || !name.size ||
            crate_text_find(name, '/') < name.size;
  } else if (is_in(word->iri, CROISSANT, &name)) {
    known = is_croissant_term(name) || crate_text_find(name, '/') < name.size;
  }
  *unknown = !known;
  if (known || ++*word->suggestions > MOST_SUGGESTIONS) {
    return CRATE_OK;
  }
  *near = schema ? *near : near_croissant(name);
  return schema ? find_near_schema(word, name, near) : CRATE_OK;
}

static CrateStatus
ask_misspelt(const Word *word)
{
  bool unknown = false;
  CrateText near;
  CRATE_TRY(find_near(word, &unknown, &near));
  return near.size ? crate_check_report(word->call, word->json->offset,
                                        "\"%.*s\": did you mean \"%.*s\"?",
                                        CRATE_TEXT_ARG(word->name),
                                        CRATE_TEXT_ARG(near))
                   : CRATE_OK;
}

static CrateStatus
ask_unknown(const Word *word)
{
  bool unknown = false;
  CrateText near;
  CRATE_TRY(find_near(word, &unknown, &near));
  return unknown && !near.size
           ? crate_check_report(word->call, word->json->offset, "\"%.*s\"",
                                CRATE_TEXT_ARG(word->name))
           : CRATE_OK;
}

/// JSON-LD drops what has no meaning.
static CrateStatus
ask_dropped(const Word *word)
{
  const bool dropped =
    word->kind == CRATE_KEY_UNDEFINED || word->kind == CRATE_KEY_NULL;
  return dropped ? crate_check_report(word->call, word->json->offset,
                                      "\"%.*s\"", CRATE_TEXT_ARG(word->name))
                 : CRATE_OK;
}

/// Terms of RAI that there are: profiles/contexts/croissant.terms.
static CrateStatus
ask_rai(const Word *word)
{
  static const char *const terms[] = {
    "annotationsPerItem",
    "annotatorDemographics",
    "dataAnnotationAnalysis",
    "dataAnnotationPlatform",
    "dataAnnotationProtocol",
    "dataBiases",
    "dataCollection",
    "dataCollectionMissingData",
    "dataCollectionRawData",
    "dataCollectionTimeframe",
    "dataCollectionType",
    "dataImputationProtocol",
    "dataLimitations",
    "dataManipulationProtocol",
    "dataPreprocessingProtocol",
    "dataReleaseMaintenancePlan",
    "dataSocialImpact",
    "dataUseCases",
    "machineAnnotationTools",
    "personalSensitiveInformation",
  };
  CrateText name;
  CrateText best = {NULL, 0};
  unsigned least = 4;
  if (!is_in(word->iri, CROISSANT "RAI/", &name)) {
    return CRATE_OK;
  }
  for (size_t i = 0; i < sizeof(terms) / sizeof(*terms); ++i) {
    const CrateText term = crate_text(terms[i]);
    const unsigned distance = crate_text_equal(name, term) ? 0
                              : crate_text_equal_fold(name, term)
                                ? 1
                                : crate_text_distance(name, term, 3);
    if (distance < least) {
      best = term;
      least = distance;
    }
  }
  return !least ? CRATE_OK
         : best.size
           ? crate_check_report(word->call, word->json->offset,
                                "\"%.*s\": did you mean \"%.*s\"?",
                                CRATE_TEXT_ARG(name), CRATE_TEXT_ARG(best))
           : crate_check_report(word->call, word->json->offset, "\"%.*s\"",
                                CRATE_TEXT_ARG(name));
}

static const struct {
  const char *parameter;
  Ask *ask;
} questions[] = {
  {"undeclared", ask_undeclared}, {"unmapped", ask_unmapped},
  {"misspelt", ask_misspelt},     {"unknown", ask_unknown},
  {"dropped", ask_dropped},       {"rai", ask_rai},
};

static CrateStatus
ask_all(const CrateNativeCall *call, CrateCroissantNames *names, Ask *ask)
{
  const CrateView *const view = crate_check_view(call);
  size_t suggestions = 0;
  for (size_t i = 0; i < names->count; ++i) {
    Word word = {.call = call,
                 .suggestions = &suggestions,
                 .names = names,
                 .json = names->first[i],
                 .name = crate_json_text(names->first[i])};
    CRATE_TRY(
      crate_context_key(view->context, word.name, &word.kind, &word.iri));
    CRATE_TRY(ask(&word));
  }
  return CRATE_OK;
}

/// Without all contexts nobody can tell what a key means.
static CrateStatus
report_unknown_context(const CrateNativeCall *call, const CrateJson *context)
{
  char reason[300];
  const CrateText iri = crate_json_text(context);
  snprintf(reason, sizeof(reason),
           "the @context \"%.*s\" is not at hand; give it with --map",
           iri.size > 200 ? 200 : (int)iri.size, iri.data);
  CrateText text = crate_text(reason);
  text.size = crate_text_utf8_span(text); // a cut may split a character
  return call->not_checked(call, text);
}

/// Asked once, for the document; the parameter says what is looked for.
CrateStatus
crate_check_croissant_words(const CrateNativeCall *call)
{
  CrateCroissantNames *names;
  const CrateView *const view = crate_check_view(call);
  const CrateText parameter = crate_check_parameter(call);
  if (view->unknown_context) {
    return report_unknown_context(call, view->unknown_context);
  }
  CRATE_TRY(crate_croissant_names((CrateChecks *)call->handle, &names));
  for (size_t i = 0; i < sizeof(questions) / sizeof(*questions); ++i) {
    if (crate_text_is(parameter, questions[i].parameter)) {
      return ask_all(call, names, questions[i].ask);
    }
  }
  return CRATE_OK;
}
