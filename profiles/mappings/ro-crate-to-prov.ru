# RO-Crate to PROV-O: what has happened, as actions tell it. The rows of the
# Workflow Run profiles' own mapping (SSSOM), read from right to left, and what
# PROV-O wants beside them; what is none of the rows is marked as an extension.
#
# Nothing is made up: an action without an agent stays without one, a day is no
# time, and what an action used and what it made say nothing of a derivation
# (ro-crate-to-prov-derivation.ru does, if one asks for it). What PROV-O has no
# term for keeps its own.
PREFIX bios: <https://bioschemas.org/>
PREFIX dct: <http://purl.org/dc/terms/>
PREFIX fair4ml: <https://w3id.org/fair4ml#>
PREFIX pav: <http://purl.org/pav/>
PREFIX prov: <http://www.w3.org/ns/prov#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX schema: <http://schema.org/>
PREFIX wfrun: <https://w3id.org/ro/terms/workflow-run#>
PREFIX xsd: <http://www.w3.org/2001/XMLSchema#>

# source: SSSOM narrowMatch prov:Activity schema:CreateAction, OrganizeAction
# extension: the other actions of the Process Run and Five Safes profiles. An
# action that is only planned has not happened. The type is kept.
INSERT { ?action a prov:Activity , ?type }
WHERE {
  ?action a ?type .
  FILTER (?type IN (schema:CreateAction, schema:OrganizeAction,
    schema:ActivateAction, schema:UpdateAction, schema:ControlAction,
    schema:AssessAction, schema:AuthorizeAction, schema:RejectAction,
    schema:AskAction, schema:CancelAction, schema:SendAction,
    schema:ReceiveAction, schema:DownloadAction, schema:Action))
  FILTER NOT EXISTS {
    ?action schema:actionStatus ?status .
    FILTER (STRENDS(STR(?status), "PotentialActionStatus"))
  }
} ;

# extension: an action that is only planned is a plan
INSERT { ?action a prov:Entity , prov:Plan , ?type }
WHERE {
  ?action schema:actionStatus ?status ; a ?type .
  FILTER (STRENDS(STR(?status), "PotentialActionStatus"))
} ;

# source: SSSOM closeMatch prov:startedAtTime schema:startTime,
# prov:endedAtTime schema:endTime, where it is a time and not a day
INSERT { ?action ?property ?time }
WHERE {
  VALUES (?said ?property) {
    (schema:startTime prov:startedAtTime)
    (schema:endTime prov:endedAtTime)
  }
  ?action a prov:Activity ; ?said ?text .
  FILTER (REGEX(STR(?text), "^-?[0-9]{4,}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}([.][0-9]+)?(Z|[+-][0-9]{2}:[0-9]{2})?$"))
  BIND (STRDT(STR(?text), xsd:dateTime) AS ?time)
} ;

# source: SSSOM exactMatch prov:used schema:object
INSERT { ?action prov:used ?thing . ?thing a prov:Entity }
WHERE {
  ?action a prov:Activity ; schema:object ?thing .
  FILTER (!isLiteral(?thing))
  FILTER NOT EXISTS { ?thing a prov:Activity }
} ;

# source: SSSOM closeMatch prov:wasGeneratedBy schema:result, the other way round
INSERT { ?thing prov:wasGeneratedBy ?action . ?thing a prov:Entity }
WHERE {
  ?action a prov:Activity ; schema:result ?thing .
  FILTER (!isLiteral(?thing))
  FILTER NOT EXISTS { ?thing a prov:Activity }
} ;

# extension: what an engine or a step orchestrates is told by it; an activity is
# nothing to be used or generated (Provenance Run Crate)
INSERT { ?other prov:wasInformedBy ?action }
WHERE {
  ?action a prov:Activity ; schema:object|schema:result ?other .
  ?other a prov:Activity .
  FILTER (?other != ?action)
} ;

# extension: an update of one thing to another is a revision
INSERT { ?new prov:wasRevisionOf ?old }
WHERE {
  ?action a schema:UpdateAction , prov:Activity ; schema:object ?old ; schema:result ?new .
  FILTER (!isLiteral(?old) && !isLiteral(?new) && ?old != ?new)
  FILTER NOT EXISTS { ?action schema:object ?other . FILTER (?other != ?old) }
  FILTER NOT EXISTS { ?action schema:result ?another . FILTER (?another != ?new) }
} ;

# extension: what was downloaded is an alternate of what it says to be a copy of
# (Five Safes, retrieval of the workflow)
INSERT { ?copy prov:alternateOf ?original . ?original a prov:Entity }
WHERE {
  ?action a schema:DownloadAction , prov:Activity ; schema:result ?copy .
  ?copy schema:sameAs ?original .
  FILTER (!isLiteral(?original) && ?copy != ?original)
} ;

# source: SSSOM narrowMatch prov:wasAssociatedWith schema:agent
INSERT { ?action prov:wasAssociatedWith ?agent . ?agent a prov:Agent }
WHERE {
  ?action a prov:Activity ; schema:agent ?agent .
  FILTER (!isLiteral(?agent))
} ;

# extension: who provided the environment that an activity ran in (Five Safes)
INSERT {
  ?action prov:wasAssociatedWith ?provider ;
    prov:qualifiedAssociation [
      a prov:Association ; prov:agent ?provider ; prov:hadRole schema:provider ] .
  ?provider a prov:Agent .
}
WHERE {
  ?action a prov:Activity ; schema:provider ?provider .
  FILTER (!isLiteral(?provider))
} ;

# source: SSSOM narrowMatch prov:wasAssociatedWith schema:instrument, of engines
INSERT {
  ?action prov:wasAssociatedWith ?engine .
  ?engine a prov:Agent , prov:SoftwareAgent .
}
WHERE {
  ?action a schema:OrganizeAction , prov:Activity ; schema:instrument ?engine .
  FILTER (!isLiteral(?engine))
} ;

# extension: equipment is used
INSERT { ?action prov:used ?thing . ?thing a prov:Entity }
WHERE {
  ?action a prov:Activity ; schema:instrument ?thing .
  ?thing a schema:IndividualProduct .
} ;

# source: SSSOM relatedMatch prov:hadPlan schema:instrument; relatedMatch
# prov:agent schema:agent, where there is one agent alone
INSERT {
  ?action prov:qualifiedAssociation [
    a prov:Association ; prov:agent ?agent ; prov:hadPlan ?plan ] .
  ?plan a prov:Entity , prov:Plan .
}
WHERE {
  ?action a prov:Activity ; schema:instrument ?plan .
  FILTER (!isLiteral(?plan))
  FILTER NOT EXISTS { ?action a schema:OrganizeAction }
  FILTER NOT EXISTS { ?plan a schema:IndividualProduct }
  OPTIONAL {
    ?action schema:agent ?agent .
    FILTER (!isLiteral(?agent))
    FILTER NOT EXISTS { ?action schema:agent ?other . FILTER (?other != ?agent) }
  }
} ;

# source: SSSOM narrowMatch prov:Entity schema:MediaObject, schema:Dataset,
# schema:PropertyValue; the latter where an action has to do with it, above
# extension: FAIR4ML's models and evaluations
INSERT { ?thing a prov:Entity }
WHERE {
  VALUES ?type {
    schema:MediaObject schema:Dataset fair4ml:MLModel fair4ml:MLModelEvaluation
  }
  ?thing a ?type .
  FILTER NOT EXISTS { ?thing a prov:Activity }
} ;

# extension: what has parts is a collection
INSERT { ?whole a prov:Collection ; prov:hadMember ?part }
WHERE {
  VALUES ?type { schema:Dataset schema:Collection }
  ?whole schema:hasPart ?part ; a ?type , prov:Entity .
  FILTER (!isLiteral(?part))
} ;

# extension: environment and container image of a process
INSERT {
  ?action prov:used ?thing ;
    prov:qualifiedUsage [ a prov:Usage ; prov:entity ?thing ; prov:hadRole ?role ] .
  ?thing a prov:Entity .
}
WHERE {
  VALUES ?role { wfrun:environment wfrun:containerImage }
  ?action a prov:Activity ; ?role ?thing .
  FILTER (!isLiteral(?thing))
} ;

# source: SSSOM narrowMatch prov:Entity schema:PropertyValue, with prov:value
INSERT { ?thing prov:value ?value }
WHERE {
  ?thing a prov:Entity , schema:PropertyValue ; schema:value ?value .
} ;

# extension: an evaluation's results in words are its value
INSERT { ?thing prov:value ?value }
WHERE {
  ?thing a fair4ml:MLModelEvaluation ; fair4ml:evaluationResults|fair4ml:evaluationMetrics ?value .
  FILTER (isLiteral(?value))
} ;

# extension: the parameter of the workflow or tool that a thing was passed by
INSERT {
  ?action prov:qualifiedUsage [
    a prov:Usage ; prov:entity ?thing ; prov:hadRole ?parameter ] .
}
WHERE {
  VALUES ?input {
    <https://bioschemas.org/ComputationalWorkflow#input>
    <https://bioschemas.org/properties/input>
  }
  ?action prov:used ?thing ; schema:instrument ?plan .
  ?plan ?input ?parameter .
  ?thing schema:exampleOfWork ?parameter .
} ;

INSERT {
  ?thing prov:qualifiedGeneration [
    a prov:Generation ; prov:activity ?action ; prov:hadRole ?parameter ] .
}
WHERE {
  VALUES ?output {
    <https://bioschemas.org/ComputationalWorkflow#output>
    <https://bioschemas.org/properties/output>
  }
  ?thing prov:wasGeneratedBy ?action .
  ?action schema:instrument ?plan .
  ?plan ?output ?parameter .
  ?thing schema:exampleOfWork ?parameter .
} ;

# extension: FAIR4ML, what the data that an activity used are to the model that
# it made or judged
INSERT {
  ?action prov:qualifiedUsage [ a prov:Usage ; prov:entity ?data ; prov:hadRole ?role ] .
}
WHERE {
  VALUES ?role { fair4ml:trainedOn fair4ml:validatedOn fair4ml:fineTunedFrom }
  ?model ?role ?data ; prov:wasGeneratedBy ?action .
  ?action prov:used ?data .
} ;

INSERT {
  ?action prov:qualifiedUsage [ a prov:Usage ; prov:entity ?data ; prov:hadRole ?role ] .
}
WHERE {
  VALUES ?role { fair4ml:testedOn fair4ml:evaluatedOn }
  ?model ?role ?data .
  ?action prov:used ?model , ?data .
} ;

# source: DCAT's and PROV-DC's rows: author and creator -> prov:wasAttributedTo
INSERT { ?thing prov:wasAttributedTo ?who . ?who a prov:Agent }
WHERE {
  ?thing schema:author|schema:creator ?who ; a prov:Entity .
  FILTER (!isLiteral(?who))
} ;

# source: the same for contributor and publisher, with the role
# extension: FAIR4ML's sharedBy
INSERT {
  ?thing prov:qualifiedAttribution [
    a prov:Attribution ; prov:agent ?who ; prov:hadRole ?role ] .
  ?who a prov:Agent .
}
WHERE {
  VALUES ?role { schema:contributor schema:publisher fair4ml:sharedBy }
  ?thing ?role ?who ; a prov:Entity .
  FILTER (!isLiteral(?who))
} ;

# source: SSSOM exactMatch prov:Person schema:Person, prov:Organization
# schema:Organization; narrowMatch and relatedMatch of prov:Agent and
# prov:SoftwareAgent schema:SoftwareApplication
# extension: a project is an organization (schema.org)
INSERT { ?agent a ?class , ?type }
WHERE {
  VALUES (?type ?class) {
    (schema:Person prov:Person)
    (schema:Organization prov:Organization)
    (schema:Project prov:Organization)
    (schema:SoftwareApplication prov:SoftwareAgent)
  }
  ?agent a prov:Agent , ?type .
} ;

# source: SSSOM narrowMatch prov:Plan bioschemas:ComputationalWorkflow,
# schema:SoftwareApplication, schema:HowTo: of workflows even without a run
INSERT { ?plan a prov:Entity , prov:Plan , bios:ComputationalWorkflow }
WHERE { ?plan a bios:ComputationalWorkflow } ;

# extension: isBasedOn and fineTunedFrom say so themselves; pav:previousVersion is
# a part of prov:wasRevisionOf (PAV)
INSERT { ?thing ?derived ?other . ?thing a prov:Entity . ?other a prov:Entity }
WHERE {
  VALUES (?said ?derived) {
    (schema:isBasedOn prov:wasDerivedFrom)
    (fair4ml:fineTunedFrom prov:wasDerivedFrom)
    (pav:previousVersion prov:wasRevisionOf)
  }
  ?thing ?said ?other .
  FILTER (!isLiteral(?other) && ?thing != ?other)
} ;

# extension: a version, or a packaged copy, of a work (Five Safes); exampleOfWork
# of a parameter is none
INSERT { ?thing prov:specializationOf ?work . ?thing a prov:Entity . ?work a prov:Entity }
WHERE {
  ?thing dct:isVersionOf|schema:encodesCreativeWork|schema:exampleOfWork ?work .
  FILTER (!isLiteral(?work) && ?thing != ?work)
  FILTER NOT EXISTS { ?work a bios:FormalParameter }
  FILTER NOT EXISTS { ?thing a prov:Activity }
  FILTER NOT EXISTS { ?work a prov:Activity }
} ;

# extension: when a thing was made that no action tells of (PROV-DC)
INSERT { ?thing prov:generatedAtTime ?time }
WHERE {
  ?thing schema:dateCreated ?text ; a prov:Entity .
  FILTER NOT EXISTS { ?thing prov:wasGeneratedBy ?action }
  FILTER (REGEX(STR(?text), "^-?[0-9]{4,}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}([.][0-9]+)?(Z|[+-][0-9]{2}:[0-9]{2})?$"))
  BIND (STRDT(STR(?text), xsd:dateTime) AS ?time)
} ;

# extension: what things are called
INSERT { ?thing rdfs:label ?name }
WHERE {
  VALUES ?class { prov:Activity prov:Entity prov:Agent }
  ?thing schema:name ?name ; a ?class .
} ;

# extension: what PROV-O has no term for is kept as it is
INSERT { ?thing ?kept ?value }
WHERE {
  VALUES ?class { prov:Activity prov:Entity prov:Agent }
  ?thing ?kept ?value ; a ?class .
  FILTER (?kept IN (schema:actionStatus, schema:error, wfrun:resourceUsage,
    schema:softwareRequirements, schema:contentSize, schema:encodingFormat,
    schema:sha256, wfrun:md5, wfrun:sha1, wfrun:sha256, wfrun:sha512,
    schema:additionalType, fair4ml:hasCO2eEmissions, fair4ml:hasEvaluation,
    fair4ml:evaluatedMLModel, fair4ml:mlTask, fair4ml:modelCategory))
} ;

INSERT { ?action ?kept ?day }
WHERE {
  VALUES (?kept ?property) {
    (schema:startTime prov:startedAtTime)
    (schema:endTime prov:endedAtTime)
  }
  ?action a prov:Activity ; ?kept ?day .
  FILTER NOT EXISTS { ?action ?property ?time }
} ;

# extension: what the crate says in PROV-O itself
INSERT { ?thing ?property ?value }
WHERE {
  ?thing ?property ?value .
  FILTER (STRSTARTS(STR(?property), "http://www.w3.org/ns/prov#"))
} ;

INSERT { ?thing a ?class }
WHERE {
  ?thing a ?class .
  FILTER (STRSTARTS(STR(?class), "http://www.w3.org/ns/prov#"))
}
