# The metadata of a model card of Hugging Face to FAIR4ML in an RO-Crate 1.2:
# a crate of metadata alone, at the place of the card. The rows of the crosswalk
# of model cards to FAIR4ML. What the hub knows by a name gets its address there.
PREFIX dct: <http://purl.org/dc/terms/>
PREFIX fair4ml: <https://w3id.org/fair4ml#>
PREFIX hf: <https://huggingface.co/docs/hub/model-cards#>
PREFIX schema: <http://schema.org/>
PREFIX xsd: <http://www.w3.org/2001/XMLSchema#>

INSERT {
  <ro-crate-metadata.json> a schema:CreativeWork ;
    dct:conformsTo <https://w3id.org/ro/crate/1.2> ;
    schema:about <./> .
  <./> a schema:Dataset ; schema:mainEntity <#model> .
  <#model> a fair4ml:MLModel .
}
WHERE { ?card a hf:ModelCard } ;

# source: model_name / model-index[].name -> name
INSERT { <#model> schema:name ?name . <./> schema:name ?name }
WHERE {
  ?card a hf:ModelCard .
  OPTIONAL { ?card hf:modelName ?said }
  OPTIONAL { ?card hf:modelIndex/hf:name ?indexed }
  BIND (COALESCE(?said, ?indexed) AS ?name)
} ;

# source: language -> inLanguage, tags -> keywords, pipeline_tag -> mlTask,
# library_name -> softwareRequirements
INSERT { <#model> ?property ?text }
WHERE {
  VALUES (?key ?property) {
    (hf:language schema:inLanguage)
    (hf:tag schema:keywords)
    (hf:pipelineTag fair4ml:mlTask)
    (hf:libraryName schema:softwareRequirements)
  }
  ?card a hf:ModelCard ; ?key ?text .
} ;

# source: license -> license; "other" -> license_link
INSERT {
  <#model> schema:license ?license .
  <./> schema:license ?license .
  ?license a schema:CreativeWork ; schema:name ?name .
}
WHERE {
  ?card a hf:ModelCard ; hf:license ?id .
  OPTIONAL { ?card hf:licenseName ?said }
  OPTIONAL { ?card hf:licenseLink ?link }
  BIND (IRI(IF(?id = "other", ?link,
               CONCAT("https://huggingface.co/datasets/choosealicense/licenses/blob/main/markdown/",
                      ?id, ".md"))) AS ?license)
  BIND (COALESCE(?said, ?id) AS ?name)
} ;

# source: datasets -> trainedOn, base_model -> fineTunedFrom. RO-Crate wants
# data to be part of something.
INSERT { <./> schema:hasPart ?iri }
WHERE {
  ?card a hf:ModelCard ; hf:dataset|(hf:modelIndex/hf:result/hf:evaluationDataset/hf:type) ?id .
  BIND (IRI(IF(REGEX(?id, "^https?://"), ?id,
               CONCAT("https://huggingface.co/datasets/", ?id))) AS ?iri)
} ;

INSERT { <#model> ?property ?iri . ?iri a ?class }
WHERE {
  VALUES (?key ?property ?class ?place) {
    (hf:dataset fair4ml:trainedOn schema:Dataset "https://huggingface.co/datasets/")
    (hf:baseModel fair4ml:fineTunedFrom fair4ml:MLModel "https://huggingface.co/")
  }
  ?card a hf:ModelCard ; ?key ?id .
  BIND (IRI(IF(REGEX(?id, "^https?://"), ?id, CONCAT(?place, ?id))) AS ?iri)
} ;

# source: co2_eq_emissions -> hasCO2eEmissions
INSERT { <#model> fair4ml:hasCO2eEmissions ?text }
WHERE {
  ?card a hf:ModelCard ; hf:emissions/hf:grams ?grams .
  BIND (CONCAT(STR(?grams), " g") AS ?text)
} ;

# source: model-index[].results[] -> hasEvaluation, one per task x dataset x split
INSERT {
  <#model> fair4ml:hasEvaluation ?result .
  ?result a fair4ml:MLModelEvaluation ; schema:name ?name ;
    fair4ml:evaluatedMLModel <#model> ; fair4ml:evaluationDataset ?iri .
  ?iri a schema:Dataset ; schema:name ?label .
}
WHERE {
  ?card a hf:ModelCard ; hf:modelIndex/hf:result ?result .
  OPTIONAL {
    ?result hf:evaluationDataset ?data .
    OPTIONAL { ?data hf:name ?called }
    OPTIONAL { ?data hf:type ?id }
    OPTIONAL { ?data hf:split ?split }
    BIND (COALESCE(?called, ?id) AS ?label)
    BIND (IRI(IF(REGEX(?id, "^https?://"), ?id,
                 CONCAT("https://huggingface.co/datasets/", ?id))) AS ?there)
    BIND (COALESCE(?there, ?data) AS ?iri)
  }
  BIND (COALESCE(CONCAT("Evaluation on ", ?label, ", ", ?split),
                 CONCAT("Evaluation on ", ?label), "Evaluation") AS ?name)
} ;

# source: metrics[].{type,value} -> PropertyValue
INSERT {
  ?result fair4ml:evaluationResults ?metric .
  ?metric a schema:PropertyValue ; schema:name ?name ; schema:propertyID ?type ;
    schema:value ?number .
}
WHERE {
  ?card a hf:ModelCard ; hf:modelIndex/hf:result ?result .
  ?result hf:metricValue ?metric .
  ?metric hf:type ?type ; hf:value ?value .
  OPTIONAL { ?metric hf:name ?said }
  BIND (COALESCE(?said, ?type) AS ?name)
  BIND (IF(DATATYPE(?value) = xsd:decimal, xsd:double(?value), ?value) AS ?number)
} ;

# What the card knows by no other name has that of the hub.
INSERT { ?iri schema:name ?name }
WHERE {
  <#model> fair4ml:trainedOn|fair4ml:fineTunedFrom ?iri .
  FILTER NOT EXISTS { ?iri schema:name ?other }
  BIND (REPLACE(STR(?iri), "^https://huggingface\\.co/(datasets/)?", "") AS ?name)
}
