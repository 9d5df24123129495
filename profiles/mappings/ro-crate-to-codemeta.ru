# RO-Crate to CodeMeta 3: the source code in a crate, and what it refers to. The
# terms of both are schema.org's, where CodeMeta has none of its own. Who wrote
# the crate is not said to have written the code.
PREFIX codemeta: <https://codemeta.github.io/terms/>
PREFIX dct: <http://purl.org/dc/terms/>
PREFIX rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#>
PREFIX schema: <http://schema.org/>

# source: CodeMeta's properties of schema.org
INSERT { ?code ?property ?value }
WHERE {
  ?code a schema:SoftwareSourceCode ; ?property ?value .
  FILTER (STRSTARTS(STR(?property), "http://schema.org/") || STRSTARTS(STR(?property), "https://codemeta.github.io/terms/"))
} ;

INSERT { ?node ?property ?value }
WHERE {
  ?code a schema:SoftwareSourceCode .
  ?code (!(schema:hasPart|schema:isPartOf|schema:about|schema:mainEntity|schema:mentions|schema:subjectOf|schema:workExample|schema:exampleOfWork|dct:conformsTo|<https://bioschemas.org/terms/input>|<https://bioschemas.org/terms/output>|<https://bioschemas.org/ComputationalWorkflow#input>|<https://bioschemas.org/ComputationalWorkflow#output>|<https://bioschemas.org/properties/input>|<https://bioschemas.org/properties/output>))+ ?node .
  ?node ?property ?value .
  FILTER (STRSTARTS(STR(?property), "http://schema.org/") || STRSTARTS(STR(?property), "https://codemeta.github.io/terms/") || ?property IN (rdf:first, rdf:rest))
} ;

INSERT { ?node a ?class }
WHERE {
  ?code a schema:SoftwareSourceCode .
  ?code (!(schema:hasPart|schema:isPartOf|schema:about|schema:mainEntity|schema:mentions|schema:subjectOf|schema:workExample|schema:exampleOfWork|dct:conformsTo|<https://bioschemas.org/terms/input>|<https://bioschemas.org/terms/output>|<https://bioschemas.org/ComputationalWorkflow#input>|<https://bioschemas.org/ComputationalWorkflow#output>|<https://bioschemas.org/properties/input>|<https://bioschemas.org/properties/output>))* ?node .
  ?node a ?class .
  FILTER (STRSTARTS(STR(?class), "http://schema.org/") && ?class != schema:MediaObject)
}
