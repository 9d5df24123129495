# RO-Crate to plain schema.org: what a search engine can read. Terms of RO-Crate
# that are schema.org's stay (File is schema:MediaObject already); those of
# Bioschemas, FAIR4ML, Croissant and the Workflow Run profiles have no place, nor
# has the descriptor.
PREFIX dct: <http://purl.org/dc/terms/>
PREFIX rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#>
PREFIX schema: <http://schema.org/>

INSERT { ?entity ?property ?value }
WHERE {
  ?entity ?property ?value .
  FILTER (STRSTARTS(STR(?property), "http://schema.org/"))
  FILTER NOT EXISTS { ?entity dct:conformsTo ?crate . FILTER (STRSTARTS(STR(?crate), "https://w3id.org/ro/crate/")) }
} ;

INSERT { ?entity a ?class }
WHERE {
  ?entity a ?class .
  FILTER (STRSTARTS(STR(?class), "http://schema.org/"))
  FILTER NOT EXISTS { ?entity dct:conformsTo ?crate . FILTER (STRSTARTS(STR(?crate), "https://w3id.org/ro/crate/")) }
}
