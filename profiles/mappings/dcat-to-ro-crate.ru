# DCAT 3 to RO-Crate 1.2: the rows of ro-crate-to-dcat.ru, the other way round.
PREFIX dcat: <http://www.w3.org/ns/dcat#>
PREFIX dct: <http://purl.org/dc/terms/>
PREFIX foaf: <http://xmlns.com/foaf/0.1/>
PREFIX schema: <http://schema.org/>
PREFIX spdx: <http://spdx.org/rdf/terms#>

INSERT DATA {
  <ro-crate-metadata.json> a schema:CreativeWork ;
    dct:conformsTo <https://w3id.org/ro/crate/1.2> ;
    schema:about <./> .
  <./> a schema:Dataset .
} ;

# source: owl:equivalentClass; schema:DataDownload rdfs:subClassOf
# dcat:Distribution (extension: they are the crate's data entities)
INSERT { ?set a schema:Dataset } WHERE { ?set a dcat:Dataset } ;
INSERT { ?file a schema:MediaObject } WHERE { ?file a dcat:Distribution } ;
INSERT { ?catalogue a schema:DataCatalog } WHERE { ?catalogue a dcat:Catalog } ;

# extension: what is no part of another data set is a part of the root
INSERT { <./> schema:hasPart ?set }
WHERE {
  ?set a dcat:Dataset .
  FILTER (?set != <./>)
  FILTER NOT EXISTS { ?whole dct:hasPart ?set }
} ;

INSERT { ?set schema:hasPart ?part }
WHERE { ?set a dcat:Dataset ; dcat:distribution|dct:hasPart ?part } ;

# source: owl:equivalentProperty, skos:closeMatch and rdfs:subPropertyOf rows
INSERT { ?thing ?property ?value }
WHERE {
  VALUES (?term ?property) {
    (dct:title schema:name)
    (dct:description schema:description)
    (dct:identifier schema:identifier)
    (dct:issued schema:datePublished)
    (dct:modified schema:dateModified)
    (dct:language schema:inLanguage)
    (dct:license schema:license)
    (dct:publisher schema:publisher)
    (dct:spatial schema:spatialCoverage)
    (dct:temporal schema:temporalCoverage)
    (dct:type schema:additionalType)
    (dcat:contactPoint schema:contactPoint)
    (dcat:keyword schema:keywords)
    (dcat:theme schema:about)
    (dcat:catalog schema:includedInDataCatalog)
    (dcat:version schema:version)
    (dct:format schema:encodingFormat)
    (dct:creator schema:author)
    (dct:contributor schema:contributor)
    (dct:conformsTo dct:conformsTo)
    (dcat:distribution schema:distribution)
    (dcat:dataset schema:dataset)
  }
  ?thing a ?class ; ?term ?value .
  FILTER (?class IN (dcat:Dataset, dcat:Distribution, dcat:Catalog))
} ;

# source: the same, which are texts in a crate
INSERT { ?thing ?property ?text }
WHERE {
  VALUES (?term ?property ?before) {
    (dcat:landingPage schema:url "^$")
    (dcat:byteSize schema:contentSize "^$")
    (dcat:mediaType schema:encodingFormat "^https?://www.iana.org/assignments/media-types/")
  }
  ?thing ?term ?value .
  FILTER (!isBlank(?value))
  BIND (IF(REGEX(STR(?value), ?before), REPLACE(STR(?value), ?before, ""), STR(?value)) AS ?text)
} ;

# source: dcat:downloadURL, dcat:accessURL rdfs:subPropertyOf schema:contentUrl
INSERT { ?file schema:contentUrl ?url }
WHERE {
  ?file a dcat:Distribution ; dcat:downloadURL|dcat:accessURL ?where .
  FILTER (?where != ?file)
  BIND (STR(?where) AS ?url)
} ;

# source: DCAT 3, spdx:checksum
INSERT { ?file schema:sha256 ?digits }
WHERE {
  ?file a dcat:Distribution ; spdx:checksum ?sum .
  ?sum spdx:algorithm spdx:checksumAlgorithm_sha256 ; spdx:checksumValue ?value .
  BIND (STR(?value) AS ?digits)
} ;

# source: foaf:Person, foaf:Organization owl:equivalentClass; foaf:mbox
INSERT { ?who a ?class ; schema:name ?name ; schema:email ?mail ; schema:url ?page }
WHERE {
  VALUES (?kind ?class) {
    (foaf:Person schema:Person) (foaf:Organization schema:Organization)
    (foaf:Agent schema:Organization)
  }
  ?who a ?kind .
  OPTIONAL { ?who foaf:name ?name }
  OPTIONAL { ?who foaf:mbox ?box . BIND (REPLACE(STR(?box), "^mailto:", "") AS ?mail) }
  OPTIONAL { ?who foaf:page ?page }
}
