# CodeMeta to RO-Crate 1.2: the same statements, a descriptor, and a root whose
# main entity is the source code. Authors in a list stay in a list.
PREFIX dct: <http://purl.org/dc/terms/>
PREFIX schema: <http://schema.org/>

INSERT DATA {
  <ro-crate-metadata.json> a schema:CreativeWork ;
    dct:conformsTo <https://w3id.org/ro/crate/1.2> ;
    schema:about <./> .
  <./> a schema:Dataset .
} ;

# source: CodeMeta's terms of schema.org, which are RO-Crate's
INSERT { ?node ?property ?value } WHERE { ?node ?property ?value } ;

# extension: the root is about the code, and called as it is
INSERT { <./> schema:mainEntity ?code }
WHERE {
  VALUES ?class { schema:SoftwareSourceCode schema:SoftwareApplication }
  ?code a ?class .
  FILTER NOT EXISTS { ?other ?uses ?code . FILTER (?other != <./>) }
} ;

INSERT { <./> ?property ?value }
WHERE {
  <./> schema:mainEntity ?code .
  VALUES ?property { schema:name schema:description schema:license schema:datePublished }
  ?code ?property ?value .
}
