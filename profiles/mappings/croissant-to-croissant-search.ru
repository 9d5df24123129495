# Croissant for search engines, which know schema.org's types alone: these are
# said beside Croissant's own. Nothing else changes.
PREFIX cr: <http://mlcommons.org/croissant/>
PREFIX schema: <http://schema.org/>

INSERT { ?node ?property ?value } WHERE { ?node ?property ?value } ;

# source: rdfs:subClassOf in Croissant's vocabulary
INSERT { ?node a ?type }
WHERE {
  VALUES (?class ?type) {
    (cr:FileObject schema:DataDownload)
    (cr:FileSet schema:DataDownload)
    (cr:RecordSet schema:Intangible)
    (cr:Field schema:Intangible)
  }
  ?node a ?class .
}
