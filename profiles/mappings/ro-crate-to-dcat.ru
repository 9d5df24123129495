# RO-Crate to DCAT 3, by DCAT's alignment with schema.org (dcat-schema.ttl of
# the DCAT repository, "provisional"). The crate is a data set, and so is each of
# its data sets; its files are distributions.
PREFIX dcat: <http://www.w3.org/ns/dcat#>
PREFIX dct: <http://purl.org/dc/terms/>
PREFIX foaf: <http://xmlns.com/foaf/0.1/>
PREFIX schema: <http://schema.org/>
PREFIX spdx: <http://spdx.org/rdf/terms#>
PREFIX wfrun: <https://w3id.org/ro/terms/workflow-run#>
PREFIX xsd: <http://www.w3.org/2001/XMLSchema#>

# source: schema:Dataset owl:equivalentClass dcat:Dataset
INSERT { ?set a dcat:Dataset } WHERE { ?set a schema:Dataset } ;

# source: schema:DataDownload rdfs:subClassOf dcat:Distribution; a file of a
# crate is one (extension: hasPart is its data set's distribution)
INSERT { ?set dcat:distribution ?file . ?file a dcat:Distribution }
WHERE {
  ?set a schema:Dataset ; schema:distribution|schema:hasPart ?file .
  ?file a ?class .
  FILTER (?class IN (schema:MediaObject, schema:DataDownload))
} ;

# extension: data sets in a data set
INSERT { ?set dct:hasPart ?part }
WHERE { ?set a schema:Dataset ; schema:hasPart ?part . ?part a schema:Dataset } ;

# source: owl:equivalentProperty, skos:closeMatch and rdfs:subPropertyOf rows
INSERT { ?thing ?term ?value }
WHERE {
  VALUES (?property ?term) {
    (schema:name dct:title)
    (schema:description dct:description)
    (schema:identifier dct:identifier)
    (schema:datePublished dct:issued)
    (schema:dateModified dct:modified)
    (schema:inLanguage dct:language)
    (schema:license dct:license)
    (schema:publisher dct:publisher)
    (schema:spatialCoverage dct:spatial)
    (schema:temporalCoverage dct:temporal)
    (schema:additionalType dct:type)
    (schema:contactPoint dcat:contactPoint)
    (schema:keywords dcat:keyword)
    (schema:about dcat:theme)
    (schema:includedInDataCatalog dcat:catalog)
    (schema:version dcat:version)
    (schema:author dct:creator)
    (schema:creator dct:creator)
    (schema:contributor dct:contributor)
    (dct:conformsTo dct:conformsTo)
  }
  ?thing a ?class ; ?property ?value .
  FILTER (?class IN (dcat:Dataset, dcat:Distribution))
} ;

# source: schema:url rdfs:subPropertyOf of dcat:landingPage, an IRI there
INSERT { ?set dcat:landingPage ?page }
WHERE {
  ?set a dcat:Dataset ; schema:url ?url .
  BIND (IRI(STR(?url)) AS ?page)
} ;

# source: dcat:byteSize rdfs:subPropertyOf schema:contentSize, a number there
INSERT { ?file dcat:byteSize ?bytes }
WHERE {
  ?file a dcat:Distribution ; schema:contentSize ?size .
  FILTER (REGEX(STR(?size), "^[0-9]+$"))
  BIND (STRDT(STR(?size), xsd:nonNegativeInteger) AS ?bytes)
} ;

# source: encodingFormat rdfs:subPropertyOf dct:format; dcat:mediaType is IANA's
INSERT { ?file dct:format ?format }
WHERE {
  ?file a dcat:Distribution ; schema:encodingFormat ?format .
  FILTER (isIRI(?format) || isBlank(?format))
} ;

INSERT { ?file dcat:mediaType ?type }
WHERE {
  ?file a dcat:Distribution ; schema:encodingFormat ?format .
  FILTER (isLiteral(?format) && REGEX(?format, "^[a-z]+/[A-Za-z0-9.+-]+$"))
  BIND (IRI(CONCAT("https://www.iana.org/assignments/media-types/", STR(?format))) AS ?type)
} ;

# source: dcat:downloadURL rdfs:subPropertyOf schema:contentUrl; a file of the
# crate is where its identifier says
INSERT { ?file dcat:downloadURL ?where }
WHERE {
  ?file a dcat:Distribution .
  OPTIONAL { ?file schema:contentUrl ?url . BIND (IRI(STR(?url)) AS ?given) }
  BIND (COALESCE(?given, ?file) AS ?where)
  FILTER (isIRI(?where))
} ;

# source: DCAT 3, spdx:checksum
INSERT {
  ?file spdx:checksum [ a spdx:Checksum ;
    spdx:algorithm spdx:checksumAlgorithm_sha256 ; spdx:checksumValue ?digits ]
}
WHERE {
  ?file a dcat:Distribution ; schema:sha256|wfrun:sha256 ?text .
  BIND (STRDT(STR(?text), xsd:hexBinary) AS ?digits)
} ;

# source: foaf:Person, foaf:Organization owl:equivalentClass
INSERT { ?who a ?kind ; foaf:name ?name ; foaf:mbox ?mail ; foaf:page ?page }
WHERE {
  VALUES (?class ?kind) {
    (schema:Person foaf:Person) (schema:Organization foaf:Organization)
  }
  ?thing dct:creator|dct:contributor|dct:publisher|dcat:contactPoint ?who .
  ?who a ?class .
  OPTIONAL { ?who schema:name ?name }
  OPTIONAL {
    ?who schema:email ?email .
    BIND (IRI(CONCAT("mailto:", REPLACE(STR(?email), "^mailto:", ""))) AS ?mail)
  }
  OPTIONAL { ?who schema:url ?url . BIND (IRI(STR(?url)) AS ?page) }
}
