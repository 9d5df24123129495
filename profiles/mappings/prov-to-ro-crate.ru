# PROV-O to RO-Crate 1.2, as a Process Run Crate: activities are actions. The rows
# of the Workflow Run profiles' own mapping (SSSOM), and what a crate wants beside
# them; what is none of the rows is marked as an extension.
#
# Where a document of PROV-O holds the crate that it was made of (--lossless),
# that crate comes back as it was; all operations but the first are for documents
# without one. A crate wants a licence and a date of publication, too, but PROV-O
# does not know them, and they are not made up.
PREFIX bios: <https://bioschemas.org/>
PREFIX cwlprov: <https://w3id.org/cwl/prov#>
PREFIX dct: <http://purl.org/dc/terms/>
PREFIX foaf: <http://xmlns.com/foaf/0.1/>
PREFIX prov: <http://www.w3.org/ns/prov#>
PREFIX rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX ro: <http://purl.org/wf4ever/ro#>
PREFIX schema: <http://schema.org/>
PREFIX wf4ever: <http://purl.org/wf4ever/wf4ever#>
PREFIX wfdesc: <http://purl.org/wf4ever/wfdesc#>

# extension: the crate that is there already, without what ro-crate-to-prov.ru
# has added to it
INSERT { ?thing ?property ?value }
WHERE {
  ?thing ?property ?value .
  FILTER EXISTS { ?descriptor schema:about ?crate ; dct:conformsTo ?version }
  FILTER (!STRSTARTS(STR(?property), "http://www.w3.org/ns/prov#"))
  FILTER (!(?property = rdf:type && STRSTARTS(STR(?value), "http://www.w3.org/ns/prov#")))
  FILTER (?property != rdfs:label || !EXISTS { ?thing schema:name ?value })
} ;

# source: SSSOM closeMatch prov:startedAtTime schema:startTime, prov:endedAtTime
# schema:endTime
INSERT { ?action ?said ?text }
WHERE {
  VALUES (?property ?said) {
    (prov:startedAtTime schema:startTime)
    (prov:endedAtTime schema:endTime)
  }
  ?action ?property ?time ; a prov:Activity .
  BIND (STR(?time) AS ?text)
  FILTER NOT EXISTS { ?descriptor schema:about ?crate ; dct:conformsTo ?version }
} ;

# extension: the same, where a start or an end is qualified
INSERT { ?action ?said ?text }
WHERE {
  VALUES (?event ?property ?said) {
    (prov:qualifiedStart prov:startedAtTime schema:startTime)
    (prov:qualifiedEnd prov:endedAtTime schema:endTime)
  }
  ?action ?event ?node ; a prov:Activity .
  ?node prov:atTime ?time .
  FILTER NOT EXISTS { ?action ?property ?other }
  BIND (STR(?time) AS ?text)
  FILTER NOT EXISTS { ?descriptor schema:about ?crate ; dct:conformsTo ?version }
} ;

# source: SSSOM exactMatch prov:used schema:object
INSERT { ?action schema:object ?thing }
WHERE {
  ?action prov:used|prov:qualifiedUsage/prov:entity ?thing .
  ?action a prov:Activity .
  FILTER NOT EXISTS { ?descriptor schema:about ?crate ; dct:conformsTo ?version }
} ;

# source: SSSOM closeMatch prov:wasGeneratedBy schema:result, the other way round
INSERT { ?action schema:result ?thing }
WHERE {
  ?thing prov:wasGeneratedBy|prov:qualifiedGeneration/prov:activity ?action .
  ?action a prov:Activity .
  FILTER NOT EXISTS { ?descriptor schema:about ?crate ; dct:conformsTo ?version }
} ;

# source: SSSOM closeMatch, by the inverse property
INSERT { ?action schema:result ?thing }
WHERE {
  ?action prov:generated ?thing ; a prov:Activity .
  FILTER NOT EXISTS { ?descriptor schema:about ?crate ; dct:conformsTo ?version }
} ;

# source: SSSOM relatedMatch prov:hadPlan schema:instrument
INSERT { ?action schema:instrument ?plan }
WHERE {
  ?action prov:qualifiedAssociation/prov:hadPlan ?plan .
  FILTER NOT EXISTS { ?descriptor schema:about ?crate ; dct:conformsTo ?version }
} ;

# source: SSSOM narrowMatch prov:wasAssociatedWith schema:agent, of people and
# organizations, and of who is not said to be software
INSERT { ?action schema:agent ?agent }
WHERE {
  ?action prov:wasAssociatedWith|prov:qualifiedAssociation/prov:agent ?agent .
  FILTER NOT EXISTS { ?agent a prov:SoftwareAgent }
  FILTER NOT EXISTS {
    ?action prov:qualifiedAssociation ?node .
    ?node prov:agent ?agent ; prov:hadRole schema:provider }
  FILTER NOT EXISTS { ?descriptor schema:about ?crate ; dct:conformsTo ?version }
} ;

# extension: who provided the environment (Five Safes)
INSERT { ?action schema:provider ?agent }
WHERE {
  ?action prov:qualifiedAssociation ?node .
  ?node prov:agent ?agent ; prov:hadRole schema:provider .
  FILTER NOT EXISTS { ?descriptor schema:about ?crate ; dct:conformsTo ?version }
} ;

# source: SSSOM narrowMatch prov:agent schema:instrument, of engines: of those that
# follow no plan, and start or inform others
INSERT { ?action schema:instrument ?engine ; a schema:OrganizeAction }
WHERE {
  ?engine a prov:SoftwareAgent .
  ?action prov:wasAssociatedWith|prov:qualifiedAssociation/prov:agent ?engine .
  ?other prov:wasInformedBy|prov:qualifiedStart/prov:hadActivity ?action .
  FILTER NOT EXISTS { ?action prov:qualifiedAssociation/prov:hadPlan ?plan }
  FILTER NOT EXISTS { ?descriptor schema:about ?crate ; dct:conformsTo ?version }
} ;

# extension: other software that an activity is associated with is kept
INSERT { ?action prov:wasAssociatedWith ?agent }
WHERE {
  ?agent a prov:SoftwareAgent .
  ?action prov:wasAssociatedWith|prov:qualifiedAssociation/prov:agent ?agent .
  FILTER NOT EXISTS { ?descriptor schema:about ?crate ; dct:conformsTo ?version }
} ;

# extension: what ended things and made none
INSERT { ?action a schema:DeleteAction ; schema:object ?thing }
WHERE {
  ?thing prov:wasInvalidatedBy|prov:qualifiedInvalidation/prov:activity ?action .
  ?action a prov:Activity .
  FILTER NOT EXISTS { ?action schema:result ?other }
  FILTER NOT EXISTS { ?descriptor schema:about ?crate ; dct:conformsTo ?version }
} ;

# source: SSSOM narrowMatch prov:Activity schema:CreateAction
# extension: what makes nothing is an ActivateAction (Process Run Crate)
INSERT { ?action a schema:CreateAction }
WHERE {
  ?action schema:result ?thing ; a prov:Activity .
  FILTER NOT EXISTS { ?action a schema:OrganizeAction }
  FILTER NOT EXISTS { ?descriptor schema:about ?crate ; dct:conformsTo ?version }
} ;

INSERT { ?action a schema:ActivateAction }
WHERE {
  ?action a prov:Activity .
  FILTER NOT EXISTS { ?action a schema:OrganizeAction }
  FILTER NOT EXISTS { ?action a schema:CreateAction }
  FILTER NOT EXISTS { ?action a schema:DeleteAction }
  FILTER NOT EXISTS { ?descriptor schema:about ?crate ; dct:conformsTo ?version }
} ;

# source: SSSOM narrowMatch prov:Plan bioschemas:ComputationalWorkflow, of what says
# to be one; schema:SoftwareApplication, of other plans
INSERT { ?plan a bios:ComputationalWorkflow , schema:SoftwareSourceCode , schema:MediaObject }
WHERE {
  ?plan a wfdesc:Workflow .
  FILTER NOT EXISTS { ?descriptor schema:about ?crate ; dct:conformsTo ?version }
} ;

INSERT { ?plan a schema:SoftwareApplication }
WHERE {
  ?action schema:instrument ?plan .
  FILTER NOT EXISTS { ?plan a wfdesc:Workflow }
  FILTER NOT EXISTS { ?descriptor schema:about ?crate ; dct:conformsTo ?version }
} ;

# source: SSSOM narrowMatch prov:Entity schema:MediaObject, of what is said to be a
# file, or has a place, or is known by a digest
INSERT { ?thing a schema:MediaObject }
WHERE {
  ?thing a prov:Entity .
  FILTER (STRSTARTS(STR(?thing), "urn:hash::") || STRSTARTS(STR(?thing), "nih:") ||
          EXISTS { ?thing a wf4ever:File } || EXISTS { ?thing prov:atLocation ?place })
  FILTER NOT EXISTS { ?thing prov:value ?value }
  FILTER NOT EXISTS { ?thing a prov:Collection }
  FILTER NOT EXISTS { ?descriptor schema:about ?crate ; dct:conformsTo ?version }
} ;

# source: SSSOM narrowMatch prov:Entity schema:PropertyValue, of what has a value
INSERT { ?thing a schema:PropertyValue ; schema:value ?text }
WHERE {
  ?thing prov:value ?value .
  FILTER NOT EXISTS { ?thing prov:atLocation ?place }
  BIND (STR(?value) AS ?text)
  FILTER NOT EXISTS { ?descriptor schema:about ?crate ; dct:conformsTo ?version }
} ;

# source: SSSOM narrowMatch prov:Entity schema:Dataset, of folders
# extension: other collections; members are parts
INSERT { ?thing a ?type ; schema:hasPart ?part }
WHERE {
  ?thing prov:hadMember ?part .
  OPTIONAL { ?thing a ro:Folder . BIND (schema:Dataset AS ?folder) }
  BIND (COALESCE(?folder, schema:Collection) AS ?type)
  FILTER NOT EXISTS { ?descriptor schema:about ?crate ; dct:conformsTo ?version }
} ;

# extension: what else has been used or made
INSERT { ?thing a schema:CreativeWork }
WHERE {
  ?action schema:object|schema:result ?thing .
  FILTER NOT EXISTS {
    ?thing a ?type . FILTER (STRSTARTS(STR(?type), "http://schema.org/")) }
  FILTER NOT EXISTS { ?descriptor schema:about ?crate ; dct:conformsTo ?version }
} ;

# source: SSSOM exactMatch prov:Person schema:Person, prov:Organization
# schema:Organization; relatedMatch prov:SoftwareAgent schema:SoftwareApplication
INSERT { ?agent a ?type }
WHERE {
  VALUES (?class ?type) {
    (prov:Person schema:Person)
    (prov:Organization schema:Organization)
    (prov:SoftwareAgent schema:SoftwareApplication)
  }
  ?agent a ?class .
  FILTER NOT EXISTS { ?descriptor schema:about ?crate ; dct:conformsTo ?version }
} ;

# extension: who is not said to be a person or anything else
INSERT { ?agent a schema:Thing }
WHERE {
  ?action schema:agent ?agent .
  FILTER NOT EXISTS {
    ?agent a ?type . FILTER (STRSTARTS(STR(?type), "http://schema.org/")) }
  FILTER NOT EXISTS { ?descriptor schema:about ?crate ; dct:conformsTo ?version }
} ;

# extension: what things are called
INSERT { ?thing schema:name ?text }
WHERE {
  VALUES ?property { rdfs:label foaf:name cwlprov:basename }
  ?thing ?property ?name ; a ?type .
  FILTER (STRSTARTS(STR(?type), "http://schema.org/") || ?type = bios:ComputationalWorkflow)
  BIND (STR(?name) AS ?text)
  FILTER NOT EXISTS { ?descriptor schema:about ?crate ; dct:conformsTo ?version }
} ;

# extension: roles are parameters, which are called by the end of their IRIs, and
# so are values that have no name themselves
INSERT { ?thing schema:exampleOfWork ?role . ?role a bios:FormalParameter ; schema:name ?name }
WHERE {
  VALUES (?node ?end) {
    (prov:Usage prov:entity)
    (prov:Generation prov:entity)
  }
  ?usage prov:hadRole ?role ; a ?node ; ?end ?thing .
  FILTER (!isLiteral(?role))
  BIND (REPLACE(STR(?role), "^.*[#/]", "") AS ?name)
  FILTER NOT EXISTS { ?descriptor schema:about ?crate ; dct:conformsTo ?version }
} ;

INSERT { ?thing schema:exampleOfWork ?role . ?role a bios:FormalParameter ; schema:name ?name }
WHERE {
  ?thing prov:qualifiedGeneration/prov:hadRole ?role .
  FILTER (!isLiteral(?role))
  BIND (REPLACE(STR(?role), "^.*[#/]", "") AS ?name)
  FILTER NOT EXISTS { ?descriptor schema:about ?crate ; dct:conformsTo ?version }
} ;

# extension: plans that nobody has named are called by the end of their IRIs
INSERT { ?plan schema:name ?name }
WHERE {
  ?action schema:instrument ?plan .
  FILTER NOT EXISTS { ?plan schema:name ?other }
  BIND (REPLACE(STR(?plan), "^.*[#/]", "") AS ?name)
  FILTER NOT EXISTS { ?descriptor schema:about ?crate ; dct:conformsTo ?version }
} ;

INSERT { ?thing schema:name ?name }
WHERE {
  ?thing a schema:PropertyValue ; schema:exampleOfWork/schema:name ?name .
  FILTER NOT EXISTS { ?thing schema:name ?other }
  FILTER NOT EXISTS {
    ?thing schema:exampleOfWork/schema:name ?another . FILTER (?another < ?name) }
  FILTER NOT EXISTS { ?descriptor schema:about ?crate ; dct:conformsTo ?version }
} ;

# source: PROV-DC's rows: prov:wasAttributedTo -> author
INSERT { ?thing schema:author ?who }
WHERE {
  ?thing prov:wasAttributedTo|prov:qualifiedAttribution/prov:agent ?who .
  FILTER NOT EXISTS { ?descriptor schema:about ?crate ; dct:conformsTo ?version }
} ;

# extension: where things and activities are
INSERT { ?thing schema:location ?place . ?place a schema:Place }
WHERE {
  ?thing prov:atLocation ?place ; a ?type .
  ?place a prov:Location .
  FILTER (?type IN (prov:Entity, prov:Activity))
  FILTER (!isLiteral(?place))
  FILTER NOT EXISTS { ?descriptor schema:about ?crate ; dct:conformsTo ?version }
} ;

# extension: what a thing was made of, which is kept as well
INSERT { ?thing ?said ?other }
WHERE {
  VALUES (?property ?said) {
    (prov:wasDerivedFrom schema:isBasedOn)
    (prov:wasRevisionOf schema:isBasedOn)
    (prov:hadPrimarySource schema:isBasedOn)
    (prov:wasQuotedFrom schema:citation)
  }
  ?thing ?property ?other .
  FILTER NOT EXISTS { ?descriptor schema:about ?crate ; dct:conformsTo ?version }
} ;

INSERT { ?thing schema:isBasedOn ?other ; prov:wasDerivedFrom ?other }
WHERE {
  ?thing prov:qualifiedDerivation/prov:entity ?other .
  FILTER NOT EXISTS { ?descriptor schema:about ?crate ; dct:conformsTo ?version }
} ;

# extension: what schema.org has no term for is kept
INSERT { ?thing ?property ?other }
WHERE {
  ?thing ?property ?other .
  FILTER (?property IN (prov:wasDerivedFrom, prov:wasRevisionOf,
    prov:hadPrimarySource, prov:wasQuotedFrom, prov:wasInformedBy,
    prov:wasStartedBy, prov:wasEndedBy, prov:wasInfluencedBy,
    prov:actedOnBehalfOf, prov:specializationOf, prov:alternateOf,
    prov:wasInvalidatedBy, prov:mentionOf, prov:atLocation))
  FILTER NOT EXISTS { ?descriptor schema:about ?crate ; dct:conformsTo ?version }
} ;

# extension: what is only said to be another one in some respect
INSERT { ?thing a schema:CreativeWork }
WHERE {
  ?thing prov:specializationOf|prov:alternateOf|prov:mentionOf|prov:wasInvalidatedBy ?other .
  FILTER NOT EXISTS {
    ?thing a ?type . FILTER (STRSTARTS(STR(?type), "http://schema.org/")) }
  FILTER NOT EXISTS { ?descriptor schema:about ?crate ; dct:conformsTo ?version }
} ;

# extension: the crate, which mentions what has happened
INSERT { <./> schema:mentions ?action }
WHERE {
  VALUES ?type {
    schema:OrganizeAction schema:CreateAction schema:ActivateAction schema:DeleteAction
  }
  ?action a ?type , prov:Activity .
  FILTER NOT EXISTS { ?descriptor schema:about ?crate ; dct:conformsTo ?version }
} ;

# extension: its files
INSERT { <./> schema:hasPart ?file }
WHERE {
  VALUES ?type { schema:MediaObject schema:Dataset }
  ?file a ?type , prov:Entity .
  FILTER NOT EXISTS { ?descriptor schema:about ?crate ; dct:conformsTo ?version }
} ;

# extension: the workflow that is no part of another one
INSERT { <./> schema:mainEntity ?plan }
WHERE {
  ?plan a wfdesc:Workflow .
  FILTER NOT EXISTS { ?whole wfdesc:hasSubProcess ?plan }
  FILTER NOT EXISTS { ?descriptor schema:about ?crate ; dct:conformsTo ?version }
} ;

# extension: descriptor and root of the crate, and the profile
INSERT {
  <ro-crate-metadata.json> a schema:CreativeWork ;
    dct:conformsTo <https://w3id.org/ro/crate/1.2> ; schema:about <./> .
  <./> a schema:Dataset ; schema:name "Provenance" ;
    schema:description "What has happened, from a document of PROV." ;
    dct:conformsTo <https://w3id.org/ro/wfrun/process/0.5> .
  <https://w3id.org/ro/wfrun/process/0.5>
    a schema:CreativeWork , <http://www.w3.org/ns/dx/prof/Profile> ;
    schema:name "Process Run Crate" ; schema:version "0.5" .
}
WHERE {
  ?action a prov:Activity .
  FILTER NOT EXISTS { ?descriptor schema:about ?crate ; dct:conformsTo ?version }
}
