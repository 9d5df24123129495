# For --with bundle: the metadata document is a bundle, so that it is said who
# wrote the provenance, and when. prov-bundle.ru puts the statements into it.
PREFIX dct: <http://purl.org/dc/terms/>
PREFIX prov: <http://www.w3.org/ns/prov#>
PREFIX schema: <http://schema.org/>
PREFIX xsd: <http://www.w3.org/2001/XMLSchema#>

# extension: the descriptor of the crate
INSERT { ?descriptor a prov:Bundle , prov:Entity ; schema:about ?crate }
WHERE {
  ?descriptor schema:about ?crate ; dct:conformsTo ?version .
  FILTER (STRSTARTS(STR(?version), "https://w3id.org/ro/crate/"))
} ;

# extension: who wrote the metadata
INSERT { ?descriptor prov:wasAttributedTo ?who . ?who a prov:Agent }
WHERE {
  ?descriptor schema:author|schema:creator|schema:sdPublisher ?who ; a prov:Bundle .
  FILTER (!isLiteral(?who))
} ;

# extension: when that was
INSERT { ?descriptor prov:generatedAtTime ?time }
WHERE {
  ?descriptor schema:dateCreated|schema:sdDatePublished ?text ; a prov:Bundle .
  FILTER (REGEX(STR(?text), "^-?[0-9]{4,}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}([.][0-9]+)?(Z|[+-][0-9]{2}:[0-9]{2})?$"))
  BIND (STRDT(STR(?text), xsd:dateTime) AS ?time)
}
