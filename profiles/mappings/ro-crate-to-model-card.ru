# FAIR4ML in an RO-Crate to the metadata of a model card of Hugging Face, of
# which model-card.layout makes the head of a README.md. The rows of the
# crosswalk of model cards to FAIR4ML, the other way round.
PREFIX fair4ml: <https://w3id.org/fair4ml#>
PREFIX hf: <https://huggingface.co/docs/hub/model-cards#>
PREFIX xsd: <http://www.w3.org/2001/XMLSchema#>
PREFIX schema: <http://schema.org/>

# The card is of a model: of the crate's main entity, else of one that no other
# was made from; of several, of the first.
INSERT { ?model a hf:ModelCard }
WHERE { ?root schema:mainEntity ?model . ?model a fair4ml:MLModel } ;

INSERT { ?model a hf:ModelCard }
WHERE {
  ?model a fair4ml:MLModel .
  FILTER NOT EXISTS { ?other fair4ml:fineTunedFrom ?model }
  FILTER NOT EXISTS { ?root schema:mainEntity ?chosen . ?chosen a fair4ml:MLModel }
} ;

# source: name -> model_name, inLanguage -> language, keywords -> tags,
# mlTask -> pipeline_tag, in Hugging Face's spelling
INSERT { ?model ?key ?text }
WHERE {
  VALUES (?property ?key) {
    (schema:name hf:modelName)
    (schema:inLanguage hf:language)
    (schema:keywords hf:tag)
  }
  ?model a hf:ModelCard ; ?property ?value .
  OPTIONAL { ?value schema:name ?name }
  BIND (STR(COALESCE(?name, ?value)) AS ?text)
} ;

INSERT { ?model hf:pipelineTag ?tag }
WHERE {
  ?model a hf:ModelCard ; fair4ml:mlTask ?task .
  OPTIONAL { ?task schema:name ?name }
  BIND (LCASE(REPLACE(STR(COALESCE(?name, ?task)), "[ _]+", "-")) AS ?tag)
} ;

# source: license -> license, an SPDX identifier in small letters; else "other"
# with license_name and license_link
INSERT { ?model hf:license ?id ; hf:licenseName ?name ; hf:licenseLink ?link }
WHERE {
  ?model a hf:ModelCard ; schema:license ?license .
  OPTIONAL { ?license schema:name ?said }
  BIND (REGEX(STR(?license), "^https?://spdx\\.org/licenses/") AS ?spdx)
  BIND (IF(?spdx, LCASE(REPLACE(STR(?license), "^https?://spdx\\.org/licenses/", "")),
           "other") AS ?id)
  BIND (IF(?spdx, ?none, LCASE(REPLACE(STR(?said), "[ _]+", "-"))) AS ?name)
  BIND (IF(?spdx || isBlank(?license), ?none, STR(?license)) AS ?link)
} ;

# source: softwareRequirements -> library_name
INSERT { ?model hf:libraryName ?text }
WHERE {
  ?model a hf:ModelCard ; schema:softwareRequirements ?library .
  OPTIONAL { ?library schema:name ?name }
  BIND (STR(COALESCE(?name, ?library)) AS ?text)
} ;

# source: trainedOn -> datasets, fineTunedFrom -> base_model: by their names on
# the hub; what is not there has none
INSERT { ?model ?key ?id }
WHERE {
  VALUES (?property ?key ?place) {
    (fair4ml:trainedOn hf:dataset "https://huggingface.co/datasets/")
    (fair4ml:fineTunedFrom hf:baseModel "https://huggingface.co/")
  }
  ?model a hf:ModelCard ; ?property ?other .
  FILTER (STRSTARTS(STR(?other), ?place))
  BIND (STRAFTER(STR(?other), ?place) AS ?id)
} ;

# source: hasCO2eEmissions -> co2_eq_emissions, where it is a number of grams
INSERT { ?model hf:emissions [ hf:grams ?grams ] }
WHERE {
  ?model a hf:ModelCard ; fair4ml:hasCO2eEmissions ?said .
  FILTER (REGEX(STR(?said), "^[0-9]+(\\.[0-9]+)?( ?g( ?CO2e?q?)?)?$"))
  BIND (xsd:decimal(REPLACE(STR(?said), "[^0-9.].*$", "")) AS ?grams)
} ;

# source: hasEvaluation -> model-index[].results[]
INSERT {
  ?model hf:modelIndex ?index .
  ?index hf:name ?text .
}
WHERE {
  ?model a hf:ModelCard ; schema:name ?name .
  FILTER EXISTS { ?model fair4ml:hasEvaluation|^fair4ml:evaluatedMLModel ?evaluation }
  BIND (STR(?name) AS ?text)
  BIND (IRI(CONCAT(STR(?model), "#model-index")) AS ?index)
} ;

INSERT { ?index hf:result ?evaluation }
WHERE {
  ?model hf:modelIndex ?index ;
    fair4ml:hasEvaluation|^fair4ml:evaluatedMLModel ?evaluation .
} ;

INSERT {
  ?evaluation hf:task [ hf:type ?task ] ; hf:evaluationDataset ?data .
  ?data hf:name ?text ; hf:type ?id .
}
WHERE {
  ?model hf:modelIndex ?index .
  ?index hf:result ?evaluation .
  OPTIONAL { ?model hf:pipelineTag ?task }
  OPTIONAL {
    ?evaluation fair4ml:evaluationDataset ?data .
    OPTIONAL { ?data schema:name ?name }
  }
  BIND (STR(COALESCE(?name, ?data)) AS ?text)
  BIND (REPLACE(STR(?data), "^https://huggingface\\.co/datasets/", "") AS ?id)
} ;

# source: PropertyValue{name, value} -> metrics[].{type,value}
INSERT {
  ?evaluation hf:metricValue ?metric .
  ?metric hf:type ?type ; hf:name ?text ; hf:value ?number .
}
WHERE {
  ?index hf:result ?evaluation .
  ?evaluation fair4ml:evaluationResults|fair4ml:evaluationMetrics|schema:result ?metric .
  ?metric schema:value ?value ; schema:name|schema:propertyID ?name .
  FILTER (isLiteral(?name))
  BIND (STR(?name) AS ?text)
  BIND (LCASE(REPLACE(?text, "[ -]+", "_")) AS ?type)
  BIND (COALESCE(xsd:decimal(?value), xsd:double(?value), ?value) AS ?number)
} ;

# source: evaluationMetrics -> metrics
INSERT { ?model hf:metric ?type }
WHERE { ?model hf:modelIndex/hf:result/hf:metricValue/hf:type ?type }
