# For --with control-folded: the ControlActions by which an engine orchestrated
# the steps of a workflow (Provenance Run Crate) are left out; the engine informs
# what they were about. Where the crate is beside its provenance (--lossless),
# its own statements stay.
PREFIX dct: <http://purl.org/dc/terms/>
PREFIX prov: <http://www.w3.org/ns/prov#>
PREFIX rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#>
PREFIX schema: <http://schema.org/>

# extension: who informed the orchestration of a step
INSERT { ?run prov:wasInformedBy ?engine }
WHERE {
  ?run prov:wasInformedBy ?control .
  ?control a schema:ControlAction ; prov:wasInformedBy ?engine .
  FILTER NOT EXISTS { ?run a schema:ControlAction }
  FILTER NOT EXISTS { ?engine a schema:ControlAction }
} ;

# extension: all but the orchestration, and its associations
INSERT { ?thing ?property ?value }
WHERE {
  ?thing ?property ?value .
  FILTER NOT EXISTS { ?thing a schema:ControlAction }
  FILTER NOT EXISTS { ?value a schema:ControlAction }
  FILTER NOT EXISTS {
    ?control prov:qualifiedAssociation|prov:qualifiedUsage ?thing ; a schema:ControlAction }
} ;

# extension: what the crate itself says of it
INSERT { ?thing ?property ?value }
WHERE {
  ?descriptor schema:about ?crate ; dct:conformsTo ?version .
  ?thing ?property ?value .
  FILTER (STRSTARTS(STR(?version), "https://w3id.org/ro/crate/"))
  FILTER (!STRSTARTS(STR(?property), "http://www.w3.org/ns/prov#"))
  FILTER (!(?property = rdf:type && STRSTARTS(STR(?value), "http://www.w3.org/ns/prov#")))
}
