# Croissant to RO-Crate 1.2. There is no published mapping: this is a proposal,
# in which nothing of Croissant is lost. Everything that a Croissant document
# says is said in the crate, with record sets and fields in Croissant's own
# terms; a data set without an identifier is the crate's root. Texts in English,
# Croissant's default, have no language in the crate; IRIs of schema.org start
# with http, as in RO-Crate.
PREFIX cr: <http://mlcommons.org/croissant/>
PREFIX dct: <http://purl.org/dc/terms/>
PREFIX rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#>
PREFIX schema: <http://schema.org/>
PREFIX secure: <https://schema.org/>
PREFIX xsd: <http://www.w3.org/2001/XMLSchema#>

INSERT DATA {
  <ro-crate-metadata.json> a schema:CreativeWork ;
    dct:conformsTo <https://w3id.org/ro/crate/1.2> ;
    schema:about <./> .
  <./> a schema:Dataset .
} ;

# extension: the data set, where it is a blank node, is the root
INSERT { <./> ?property ?value }
WHERE {
  ?set schema:distribution|secure:distribution|cr:recordSet|dct:conformsTo ?any .
  FILTER (isBlank(?set))
  ?set ?p ?o .
  BIND (IRI(REPLACE(STR(?p), "^https://schema.org/", "http://schema.org/")) AS ?property)
  BIND (COALESCE(
    IF(?p = dct:conformsTo, IRI(STR(?o)), 1/0),
    IF(isIRI(?o), IRI(REPLACE(STR(?o), "^https://schema.org/", "http://schema.org/")), 1/0),
    IF(LANG(?o) = "en", STR(?o), 1/0),
    ?o) AS ?value)
} ;

# extension: one that has an identifier is a part of the root
INSERT { <./> schema:hasPart ?set ; ?property ?value . }
WHERE {
  ?set dct:conformsTo ?version .
  FILTER (isIRI(?set) && ?set != <./> && STRSTARTS(STR(?version), "http://mlcommons.org/croissant/"))
  VALUES (?p ?property) {
    (schema:name schema:name) (secure:name schema:name)
    (schema:description schema:description) (secure:description schema:description)
    (schema:license schema:license) (secure:license schema:license)
    (schema:datePublished schema:datePublished) (secure:datePublished schema:datePublished)
  }
  ?set ?p ?o .
  BIND (COALESCE(IF(LANG(?o) = "en", STR(?o), 1/0), ?o) AS ?value)
} ;

# All else is said as it is.
INSERT { ?node ?property ?value }
WHERE {
  ?node ?p ?o .
  FILTER NOT EXISTS {
    ?node schema:distribution|secure:distribution|cr:recordSet|dct:conformsTo ?any .
    FILTER (isBlank(?node))
  }
  FILTER (?node != <ro-crate-metadata.json> && ?node != <./>)
  BIND (IRI(REPLACE(STR(?p), "^https://schema.org/", "http://schema.org/")) AS ?property)
  BIND (COALESCE(
    IF(?p = dct:conformsTo, IRI(STR(?o)), 1/0),
    IF(isIRI(?o), IRI(REPLACE(STR(?o), "^https://schema.org/", "http://schema.org/")), 1/0),
    IF(LANG(?o) = "en", STR(?o), 1/0),
    ?o) AS ?value)
} ;

# source: (proposal) cr:FileObject -> File, its contentUrl is its @id
INSERT {
  <./> schema:hasPart ?file .
  ?file a schema:MediaObject ; ?property ?value .
}
WHERE {
  ?object a cr:FileObject ; schema:contentUrl ?url .
  BIND (IRI(STR(?url)) AS ?file)
  FILTER (BOUND(?file))
  VALUES ?property {
    schema:name schema:description schema:encodingFormat schema:contentSize
    schema:sha256
  }
  ?object ?property ?value .
  FILTER (isLiteral(?value))
}
