// SPDX-License-Identifier: Apache-2.0
#include "convert/pages/words.h"
#include "crate/vocabulary.h"

#define FAIR4ML "https://w3id.org/fair4ml#"
#define RAI CROISSANT "RAI/"

/// Namespaces that have another spelling, and the one in the tables.
static const struct {
  const char *other, *usual;
} spellings[] = {
  {"https://schema.org/", SCHEMA},
  {"https://w3id.org/fair4ml/", FAIR4ML},
};

static const struct {
  const char *iri;
  CrateWord word;
} properties[] = {
  {SCHEMA "about", CRATE_WORD_ABOUT},
  {SCHEMA "affiliation", CRATE_WORD_AFFILIATION},
  {SCHEMA "agent", CRATE_WORD_AGENT},
  {SCHEMA "author", CRATE_WORD_AUTHOR},
  {SCHEMA "creator", CRATE_WORD_AUTHOR},
  {RAI "dataBiases", CRATE_WORD_BIASES},
  {SCHEMA "citation", CRATE_WORD_CITATION},
  {SCHEMA "creditText", CRATE_WORD_CITATION},
  {CROISSANT "citeAs", CRATE_WORD_CITATION},
  {DCTERMS "conformsTo", CRATE_WORD_CONFORMS_TO},
  {CROISSANT "containedIn", CRATE_WORD_CONTAINED_IN},
  {SCHEMA "contentUrl", CRATE_WORD_CONTENT_URL},
  {SCHEMA "dateCreated", CRATE_WORD_CREATED},
  {SCHEMA "description", CRATE_WORD_DESCRIPTION},
  {FAIR4ML "hasCO2eEmissions", CRATE_WORD_EMISSIONS},
  {SCHEMA "endTime", CRATE_WORD_END_TIME},
  {FAIR4ML "evaluatedMLModel", CRATE_WORD_EVALUATED_MODEL},
  {FAIR4ML "hasEvaluation", CRATE_WORD_EVALUATION},
  {FAIR4ML "evaluationDataset", CRATE_WORD_EVALUATION_DATA},
  {FAIR4ML "evaluationResults", CRATE_WORD_EVALUATION_RESULTS},
  {FAIR4ML "fineTunedFrom", CRATE_WORD_FINE_TUNED_FROM},
  {SCHEMA "encodingFormat", CRATE_WORD_FORMAT},
  {SCHEMA "funder", CRATE_WORD_FUNDER},
  {SCHEMA "hasPart", CRATE_WORD_HAS_PART},
  {SCHEMA "identifier", CRATE_WORD_IDENTIFIER},
  {SCHEMA "instrument", CRATE_WORD_INSTRUMENT},
  {FAIR4ML "intendedUse", CRATE_WORD_INTENDED_USE},
  {RAI "dataUseCases", CRATE_WORD_INTENDED_USE},
  {SCHEMA "keywords", CRATE_WORD_KEYWORDS},
  {SCHEMA "license", CRATE_WORD_LICENSE},
  {FAIR4ML "modelRisksBiasLimitations", CRATE_WORD_LIMITATIONS},
  {RAI "dataLimitations", CRATE_WORD_LIMITATIONS},
  {FAIR4ML "modelCategory", CRATE_WORD_MODEL_CATEGORY},
  {SCHEMA "dateModified", CRATE_WORD_MODIFIED},
  {SCHEMA "name", CRATE_WORD_NAME},
  {SCHEMA "object", CRATE_WORD_OBJECT},
  {FAIR4ML "outOfScopeUse", CRATE_WORD_OUT_OF_SCOPE},
  {SCHEMA "datePublished", CRATE_WORD_PUBLISHED},
  {SCHEMA "publisher", CRATE_WORD_PUBLISHER},
  {SCHEMA "result", CRATE_WORD_RESULT},
  {SCHEMA "sameAs", CRATE_WORD_SAME_AS},
  {RAI "personalSensitiveInformation", CRATE_WORD_SENSITIVE},
  {FAIR4ML "ethicalSocial", CRATE_WORD_SENSITIVE},
  {SCHEMA "contentSize", CRATE_WORD_SIZE},
  {SCHEMA "startTime", CRATE_WORD_START_TIME},
  {FAIR4ML "mlTask", CRATE_WORD_TASK},
  {FAIR4ML "testedOn", CRATE_WORD_TESTED_ON},
  {FAIR4ML "evaluatedOn", CRATE_WORD_TESTED_ON},
  {FAIR4ML "trainedOn", CRATE_WORD_TRAINED_ON},
  {SCHEMA "unitText", CRATE_WORD_UNIT},
  {SCHEMA "unitCode", CRATE_WORD_UNIT},
  {SCHEMA "url", CRATE_WORD_URL},
  {FAIR4ML "usageInstructions", CRATE_WORD_USAGE},
  {FAIR4ML "validatedOn", CRATE_WORD_VALIDATED_ON},
  {SCHEMA "value", CRATE_WORD_VALUE},
  {SCHEMA "version", CRATE_WORD_VERSION},
};

static const struct {
  const char *iri;
  uint32_t kinds;
} classes[] = {
  {SCHEMA "MediaObject", CRATE_KIND_FILE},
  {SCHEMA "DataDownload", CRATE_KIND_FILE},
  {CROISSANT "FileObject", CRATE_KIND_FILE},
  {CROISSANT "FileSet", CRATE_KIND_FILE},
  {SCHEMA "Dataset", CRATE_KIND_DATASET},
  {FAIR4ML "MLModel", CRATE_KIND_MODEL},
  {FAIR4ML "MLModelEvaluation", CRATE_KIND_EVALUATION},
  {SCHEMA "PropertyValue", CRATE_KIND_RESULT},
};

/// Whether an IRI is this one, its namespace perhaps spelt otherwise.
static bool
is_term(CrateText iri, const char *term)
{
  const CrateText usual = crate_text(term);
  bool same = crate_text_equal(iri, usual);
  for (size_t i = 0; i < sizeof spellings / sizeof *spellings && !same; ++i) {
    const CrateText other = crate_text(spellings[i].other);
    const CrateText space = crate_text(spellings[i].usual);
    same = crate_text_starts(iri, other) && crate_text_starts(usual, space) &&
           crate_text_equal(crate_text_slice(iri, other.size, iri.size),
                            crate_text_slice(usual, space.size, usual.size));
  }
  return same;
}

CrateWord
crate_word_of(CrateText property)
{
  for (size_t i = 0; i < sizeof properties / sizeof *properties; ++i) {
    if (is_term(property, properties[i].iri)) {
      return properties[i].word;
    }
  }
  return CRATE_WORD_OTHER;
}

uint32_t
crate_kind_of(CrateText type)
{
  uint32_t kinds = 0;
  for (size_t i = 0; i < sizeof classes / sizeof *classes; ++i) {
    kinds |= is_term(type, classes[i].iri) ? classes[i].kinds : 0u;
  }
  const bool is_schema =
    crate_text_starts(type, CRATE_TEXT(SCHEMA)) ||
    crate_text_starts(type, crate_text(spellings[0].other));
  return kinds | (is_schema && crate_text_ends(type, CRATE_TEXT("Action"))
                    ? CRATE_KIND_ACTION
                    : 0u);
}
