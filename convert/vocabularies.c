// SPDX-License-Identifier: Apache-2.0
// One table of vocabularies. Each is made of another one, its hub, by a
// mapping under profiles/mappings/, and becomes that by a second one.
#include "convert/vocabularies.h"
#include "base/bundle.h"
#include <stdio.h>

/// What tells a document of a vocabulary: a statement whose object, or whose
/// property, starts with an IRI.
typedef struct {
  const char *property; // NULL: it is the property that starts with it
  const char *start;
} Sign;

typedef struct {
  CrateVocabulary about;
  const char *formats; // that are of this vocabulary, whatever --as says
  Sign signs[2];
} Row;

#define TYPE "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
#define CONFORMS "http://purl.org/dc/terms/conformsTo"

/// In the order in which documents are looked at: what says it most clearly
/// comes first.
static const Row rows[] = {
  {{"ro-crate", NULL, "RO-Crate 1.2", "",
    "https://w3id.org/ro/crate/1.2/context"},
   "",
   {{CONFORMS, "https://w3id.org/ro/crate/"}}},
  {{"cff", "ro-crate", "Citation File Format 1.2, as CITATION.cff has it",
    "CodeMeta's crosswalk, extensions", NULL},
   "cff",
   {{TYPE, "https://citation-file-format.github.io/1.2.0#"}}},
  {{"datacite", "ro-crate", "DataCite 4.6",
    "DataCite's crosswalk to schema.org, extensions", NULL},
   "datacite-json datacite-xml",
   {{TYPE, "http://datacite.org/schema/kernel-4#"}}},
  {{"model-card", "ro-crate", "front matter of a model card",
    "FAIR4ML, extensions", NULL},
   "model-card",
   {{TYPE, "https://huggingface.co/docs/hub/model-cards#"}}},
  {{"dcat", "ro-crate", "DCAT 3", "DCAT's alignment with schema.org",
    "https://www.w3.org/ns/dcat"},
   "",
   {{TYPE, "http://www.w3.org/ns/dcat#"}}},
  {{"croissant", "ro-crate", "Croissant 1.1", "proposal, no published mapping",
    "http://mlcommons.org/croissant/1.1"},
   "",
   {{CONFORMS, "http://mlcommons.org/croissant/"},
    {TYPE, "http://mlcommons.org/croissant/"}}},
  {{"croissant-search", "croissant",
    "Croissant with schema.org's types beside its own, for search engines",
    "rdfs:subClassOf of Croissant's vocabulary",
    "http://mlcommons.org/croissant/1.1"},
   "",
   {{NULL, NULL}}},
  {{"prov", "ro-crate", "PROV-O",
    "SSSOM rows of the Workflow Run profiles, "
    "extensions",
    "https://www.w3.org/ns/prov"},
   "",
   {{NULL, "http://www.w3.org/ns/prov#"},
    {TYPE, "http://www.w3.org/ns/prov#"}}},
  {{"codemeta", "ro-crate", "CodeMeta 3.0", "CodeMeta's terms of schema.org",
    "https://w3id.org/codemeta/3.0"},
   "",
   {{NULL, "https://codemeta.github.io/terms/"}}},
  {{"schema-org", "ro-crate", "plain schema.org", "RO-Crate's own terms",
    "https://schema.org/"},
   "",
   {{TYPE, "http://schema.org/"}, {TYPE, "https://schema.org/"}}},
};

#define ROW_COUNT (sizeof(rows) / sizeof(*rows))

const CrateVocabulary *
crate_vocabulary_at(size_t i)
{
  return i < ROW_COUNT ? &rows[i].about : NULL;
}

const CrateVocabulary *
crate_vocabulary_find(CrateText name)
{
  for (size_t i = 0; i < ROW_COUNT; ++i) {
    if (crate_text_is(name, rows[i].about.name)) {
      return &rows[i].about;
    }
  }
  return NULL;
}

const CrateVocabulary *
crate_vocabulary_of_format(const CrateFormat *format)
{
  for (size_t i = 0; i < ROW_COUNT; ++i) {
    CrateText words = crate_text(rows[i].formats);
    for (CrateText word = crate_text_next_word(&words); word.size;
         word = crate_text_next_word(&words)) {
      if (crate_text_is(word, format->name)) {
        return &rows[i].about;
      }
    }
  }
  return NULL;
}

static bool
starts(const CrateGraph *graph, CrateTerm term, const char *start)
{
  const CrateTermInfo info = crate_terms_info(crate_graph_terms(graph), term);
  return info.kind != CRATE_TERM_BLANK && // Croissant's conformsTo is a text
         crate_text_starts(info.text, crate_text(start));
}

static bool
has_sign(const CrateGraph *graph, const Sign *sign)
{
  const CrateQuad *const quads = crate_graph_quads(graph);
  const size_t size = crate_graph_size(graph);
  if (!sign->start) {
    return false;
  }
  for (size_t i = 0; !sign->property && i < size; ++i) {
    if (starts(graph, quads[i].predicate, sign->start)) {
      return true;
    }
  }
  if (!sign->property) {
    return false;
  }
  const CrateQuadList list =
    crate_graph_with(graph, crate_terms_find_iri(crate_graph_terms(graph),
                                                 crate_text(sign->property)));
  for (size_t i = 0; i < list.count; ++i) {
    if (starts(graph, crate_quad_list_at(list, i)->object, sign->start)) {
      return true;
    }
  }
  return false;
}

/// The vocabulary of a graph, NULL when nothing tells it.
static const CrateVocabulary *
recognise(const CrateGraph *graph)
{
  for (size_t i = 0; i < ROW_COUNT; ++i) {
    if (has_sign(graph, &rows[i].signs[0]) ||
        has_sign(graph, &rows[i].signs[1])) {
      return &rows[i].about;
    }
  }
  return NULL;
}

static const CrateVocabulary *
hub_of(const CrateVocabulary *vocabulary)
{
  return vocabulary->hub ? crate_vocabulary_find(crate_text(vocabulary->hub))
                         : NULL;
}

/// The next vocabulary on the way from one to another: down to one that is
/// made of it, or else up to the hub.
static const CrateVocabulary *
next_of(const CrateVocabulary *from, const CrateVocabulary *to)
{
  for (const CrateVocabulary *at = to; at; at = hub_of(at)) {
    if (hub_of(at) == from) {
      return at;
    }
  }
  return hub_of(from);
}

static const CrateMappingPart parts[] = {
  {"derivation", "prov",
   "what an action made was derived from all that it used"},
  {"alternates", "prov", "sameAs is prov:alternateOf"},
  {"control-folded", "prov",
   "without the ControlActions of steps: the engine informs the runs"},
  {"bundle", "prov",
   "a bundle, which is the metadata document, with who wrote that"},
};

#define PART_COUNT (sizeof(parts) / sizeof(*parts))

const CrateMappingPart *
crate_mapping_part_at(size_t i)
{
  return i < PART_COUNT ? &parts[i] : NULL;
}

uint32_t
crate_mapping_part_find(CrateText name)
{
  for (size_t i = 0; i < PART_COUNT; ++i) {
    if (crate_text_is(name, parts[i].name)) {
      return UINT32_C(1) << i;
    }
  }
  return 0;
}

bool
crate_vocabulary_has(const CrateVocabulary *from, const CrateVocabulary *to)
{
  char name[80];
  (void)snprintf(name, sizeof(name), "mapping/%s-to-%s.ru", from->name,
                 to->name);
  return crate_bundle_find(crate_text(name)).size != 0;
}

/// The mapping of a name with a part's, "ro-crate-to-prov" and "bundle"; its
/// text is empty when there is none.
static CrateMapping
find_part(CrateJob *job, size_t part, const char *name)
{
  char path[112];
  (void)snprintf(path, sizeof(path), "mapping/%s-%s.ru", name,
                 parts[part].name);
  const bool wanted = (job->what->parts >> part & 1u) != 0;
  const CrateText text =
    wanted ? crate_bundle_find(crate_text(path)) : CRATE_TEXT("");
  return (CrateMapping){crate_text(name), text};
}

/// A mapping with the parts that are wanted behind it.
static CrateStatus
add_parts(CrateJob *job, const char *name, CrateMapping *mapping)
{
  for (size_t i = 0; i < PART_COUNT; ++i) {
    const CrateMapping more = find_part(job, i, name);
    const CrateText texts[] = {mapping->text, CRATE_TEXT("\n;\n"), more.text};
    if (more.text.size) {
      CRATE_TRY(crate_arena_join(&job->arena, texts, 3, &mapping->text));
      job->parts |= UINT32_C(1) << i;
    }
  }
  return CRATE_OK;
}

/// One step, by the mapping of that name.
static CrateStatus
go(CrateJob *job, const CrateVocabulary *from, const CrateVocabulary *to)
{
  char steps[64], name[80];
  (void)snprintf(steps, sizeof(steps), "%s-to-%s", from->name, to->name);
  (void)snprintf(name, sizeof(name), "mapping/%s.ru", steps);
  CrateMapping mapping = {crate_text(name),
                          crate_bundle_find(crate_text(name))};
  if (mapping.text.size) {
    CRATE_TRY(add_parts(job, steps, &mapping));
    return crate_job_map(job, &mapping, job->what->lossless);
  }
  const CrateDiagnostic place = {.file = job->what->name,
                                 .code = CRATE_TEXT("no-mapping")};
  return crate_world_say(job->world, CRATE_UNSUPPORTED, &place,
                         "there is no mapping from %s to %s", from->name,
                         to->name);
}

/// What is done to a vocabulary once it is spoken. What such a part leaves out
/// it does on purpose, --lossless or not.
static CrateStatus
finish(CrateJob *job, const CrateVocabulary *to)
{
  for (size_t i = 0; i < PART_COUNT; ++i) {
    const CrateMapping mapping = find_part(job, i, to->name);
    if (mapping.text.size) {
      CRATE_TRY(crate_job_map(job, &mapping, false));
      job->parts |= UINT32_C(1) << i;
    }
  }
  return CRATE_OK;
}

/// A part that had nothing to be a part of is a mistake of the command.
static CrateStatus
check_parts(const CrateJob *job)
{
  const uint32_t unused = job->what->parts & ~job->parts;
  const CrateDiagnostic place = {.file = job->what->name,
                                 .code = CRATE_TEXT("no-mapping")};
  for (size_t i = 0; i < PART_COUNT; ++i) {
    if (unused >> i & 1u) {
      return crate_world_say(job->world, CRATE_BAD_ARGUMENT, &place,
                             "%s is a part of the mapping to %s, which was "
                             "not gone through",
                             parts[i].name, parts[i].vocabulary);
    }
  }
  return CRATE_OK;
}

static CrateStatus
say_unknown(const CrateJob *job)
{
  const CrateDiagnostic place = {.file = job->what->name,
                                 .code = CRATE_TEXT("unknown-vocabulary")};
  return crate_world_say(job->world, CRATE_UNSUPPORTED, &place,
                         "nothing tells which vocabulary this is; --list "
                         "names those that are known");
}

/// The vocabulary that the job's graph is to speak; NULL: the one it speaks,
/// which nobody needs to know then.
static const CrateVocabulary *
wanted(const CrateJob *job)
{
  const CrateConversion *const what = job->what;
  return what->vocabulary || what->mapping.text.data ? what->vocabulary
         : job->format ? crate_vocabulary_of_format(job->format)
                       // What is held against PROV-CONSTRAINTS is provenance.
                       : crate_vocabulary_find(CRATE_TEXT("prov"));
}

static void
say_nothing_carried(const CrateJob *job, const CrateVocabulary *to)
{
  const CrateDiagnostic place = {.level = CRATE_DIAGNOSTIC_WARNING,
                                 .file = job->what->name,
                                 .code = CRATE_TEXT("not-carried")};
  (void)crate_world_say(job->world, CRATE_OK, &place,
                        "nothing of it has a place in %s", to->name);
}

CrateStatus
crate_job_speak(CrateJob *job)
{
  const CrateConversion *const what = job->what;
  const CrateVocabulary *const to = wanted(job);
  const CrateVocabulary *at = to ? recognise(job->graph) : NULL;
  if (!at) {
    return what->vocabulary ? say_unknown(job) : check_parts(job);
  }
  if (!job->format && !what->vocabulary && at != &rows[0].about) {
    return check_parts(job); // as it stands
  }
  while (at != to) {
    const CrateVocabulary *const next = next_of(at, to);
    CRATE_TRY(go(job, at, next));
    at = next;
  }
  CRATE_TRY(finish(job, to));
  if (!crate_graph_size(job->graph)) { // though something told what it spoke
    say_nothing_carried(job, to);
  }
  return check_parts(job);
}

CrateStatus
crate_job_context(CrateJob *job, const CrateJsonDocument **out)
{
  const CrateVocabulary *const vocabulary = job->what->vocabulary;
  *out = job->what->context;
  if (*out || !vocabulary || !vocabulary->context) {
    return CRATE_OK;
  }
  job->context.world = job->world;
  job->context.name = crate_text(vocabulary->name);
  job->context.root =
    crate_json_new_text(&job->arena, CRATE_JSON_STRING,
                        crate_text(vocabulary->context), CRATE_JSON_NOWHERE);
  *out = &job->context;
  return job->context.root ? CRATE_OK : crate_arena_status(&job->arena);
}
