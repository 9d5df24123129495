# Plain schema.org, with http or https, to RO-Crate 1.2: the same statements, a
# descriptor, and a root that has every data set that is no part of another.
PREFIX dct: <http://purl.org/dc/terms/>
PREFIX schema: <http://schema.org/>

INSERT DATA {
  <ro-crate-metadata.json> a schema:CreativeWork ;
    dct:conformsTo <https://w3id.org/ro/crate/1.2> ;
    schema:about <./> .
  <./> a schema:Dataset .
} ;

# source: the terms of RO-Crate are schema.org's
INSERT { ?entity ?property ?value }
WHERE {
  ?entity ?p ?o .
  BIND (IRI(REPLACE(STR(?p), "^https://schema.org/", "http://schema.org/")) AS ?property)
  BIND (COALESCE(
    IF(isIRI(?o), IRI(REPLACE(STR(?o), "^https://schema.org/", "http://schema.org/")), 1/0),
    ?o) AS ?value)
} ;

# extension: a data set that is no part of another is one of the root
INSERT { <./> schema:hasPart ?set }
WHERE {
  ?set a schema:Dataset .
  FILTER (?set != <./>)
  FILTER NOT EXISTS { ?whole schema:hasPart ?set }
  FILTER NOT EXISTS { ?set schema:isPartOf ?whole }
} ;

# extension: where there is no data set, the root is about the software
INSERT { <./> schema:mainEntity ?code ; ?property ?value }
WHERE {
  FILTER NOT EXISTS { ?set a schema:Dataset . FILTER (?set != <./>) }
  VALUES ?class { schema:SoftwareSourceCode schema:SoftwareApplication }
  ?code a ?class .
  FILTER NOT EXISTS { ?other ?uses ?code . FILTER (?other != <./>) }
  VALUES ?property { schema:name schema:description schema:license schema:datePublished }
  ?code ?property ?value .
}
