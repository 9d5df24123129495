# RO-Crate to the Citation File Format 1.2, of which cff.layout makes a
# CITATION.cff. The rows of CodeMeta's crosswalk; what is none of them is marked
# as an extension. Mandatory keys: title and authors come from the crate or stay
# away, message is the usual sentence.
PREFIX cff: <https://citation-file-format.github.io/1.2.0#>
PREFIX dct: <http://purl.org/dc/terms/>
PREFIX schema: <http://schema.org/>

INSERT { ?root a cff:Citation ; cff:message ?message }
WHERE {
  ?descriptor dct:conformsTo ?version ; schema:about ?root .
  FILTER (STRSTARTS(STR(?version), "https://w3id.org/ro/crate/"))
  OPTIONAL { ?root schema:creditText ?credit }
  BIND (COALESCE(?credit, "If you use this, please cite it as below.") AS ?message)
} ;

# extension: a work whose main entity is source code is software, else data
INSERT { ?root cff:type ?kind }
WHERE {
  ?root a cff:Citation .
  OPTIONAL {
    ?root schema:mainEntity ?main .
    ?main a schema:SoftwareSourceCode .
    BIND ("software" AS ?software)
  }
  BIND (COALESCE(?software, "dataset") AS ?kind)
} ;

# source: name -> title, description -> abstract, version -> version
INSERT { ?root ?key ?text }
WHERE {
  VALUES (?property ?key) {
    (schema:name cff:title)
    (schema:description cff:abstract)
    (schema:version cff:version)
  }
  ?root a cff:Citation ; ?property ?value .
  FILTER (isLiteral(?value))
  BIND (STR(?value) AS ?text)
} ;

# source: datePublished -> date-released, where it is a day
INSERT { ?root cff:dateReleased ?day }
WHERE {
  ?root a cff:Citation ; schema:datePublished ?date .
  BIND (SUBSTR(STR(?date), 1, 10) AS ?day)
  FILTER (REGEX(?day, "^[0-9]{4}-[0-9]{2}-[0-9]{2}$"))
} ;

# source: author -> authors
INSERT { ?root cff:author ?node . ?node cff:name ?name }
WHERE {
  ?root a cff:Citation ; schema:author|schema:creator ?who .
  BIND (IF(isLiteral(?who), BNODE(), ?who) AS ?node)
  BIND (IF(isLiteral(?who), STR(?who), ?none) AS ?name)
} ;

# source: contactPoint's owner -> contact is none of the crosswalk: left out

# source: givenName -> person.given-names, familyName -> person.family-names
INSERT { ?who cff:givenNames ?given ; cff:familyNames ?family }
WHERE {
  ?root cff:author ?who .
  ?who a schema:Person ; schema:familyName ?family .
  OPTIONAL { ?who schema:givenName ?given }
} ;

# extension: a person with no more than a name has it as an alias: which part of
# it is the family name is not for us to guess
INSERT { ?who cff:alias ?text }
WHERE {
  ?root cff:author ?who .
  ?who a schema:Person ; schema:name ?name .
  FILTER NOT EXISTS { ?who schema:familyName ?family }
  BIND (STR(?name) AS ?text)
} ;

# source: name -> entity.name
INSERT { ?who cff:name ?text }
WHERE {
  ?root cff:author ?who .
  ?who schema:name ?name .
  FILTER NOT EXISTS { ?who a schema:Person }
  BIND (STR(?name) AS ?text)
} ;

# source: identifier -> person.orcid
INSERT { ?who cff:orcid ?orcid }
WHERE {
  ?root cff:author ?who .
  BIND (REPLACE(STR(?who), "^http:", "https:") AS ?orcid)
  FILTER (REGEX(?orcid, "^https://orcid\\.org/[0-9]{4}-[0-9]{4}-[0-9]{4}-[0-9]{3}[0-9X]$"))
} ;

# source: affiliation -> person.affiliation, email -> person.email
INSERT { ?who cff:affiliation ?name }
WHERE {
  ?root cff:author ?who .
  ?who a schema:Person ; schema:affiliation ?where .
  OPTIONAL { ?where schema:name ?said }
  BIND (STR(COALESCE(?said, ?where)) AS ?name)
} ;

INSERT { ?who cff:email ?text }
WHERE {
  ?root cff:author ?who .
  ?who schema:email ?email .
  BIND (REPLACE(STR(?email), "^mailto:", "") AS ?text)
} ;

# source: identifier -> doi
INSERT { ?root cff:doi ?doi }
WHERE {
  ?root a cff:Citation .
  { ?root schema:identifier/schema:value? ?found }
  UNION
  { ?root a cff:Citation . BIND (?root AS ?found) }
  FILTER (REGEX(STR(?found), "^((https?://(dx\\.)?doi\\.org/)|doi:)?10\\.", "i"))
  BIND (REPLACE(STR(?found), "^((https?://(dx\\.)?doi\\.org/)|doi:)", "", "i") AS ?doi)
} ;

# source: identifier -> identifiers
INSERT { ?root cff:identifier [ cff:type ?kind ; cff:value ?text ] }
WHERE {
  ?root a cff:Citation ; schema:identifier ?found .
  OPTIONAL { ?found schema:value ?value }
  BIND (STR(COALESCE(?value, ?found)) AS ?text)
  BIND (IF(REGEX(?text, "^(https?|ftp)://"), "url", "other") AS ?kind)
  FILTER (BOUND(?value) || !isBlank(?found))
  FILTER (!REGEX(?text, "^((https?://(dx\\.)?doi\\.org/)|doi:)?10\\.", "i"))
} ;

# source: keywords -> keywords
INSERT { ?root cff:keyword ?word }
WHERE {
  ?root a cff:Citation ; schema:keywords ?keyword .
  OPTIONAL { ?keyword schema:name ?name }
  BIND (STR(COALESCE(?name, ?keyword)) AS ?word)
} ;

# source: license -> license / license-url
INSERT { ?root ?key ?text }
WHERE {
  ?root a cff:Citation ; schema:license ?license .
  FILTER (!isBlank(?license))
  BIND (REGEX(STR(?license), "^https?://spdx\\.org/licenses/") AS ?spdx)
  BIND (IF(?spdx, cff:license, cff:licenseUrl) AS ?key)
  BIND (REPLACE(STR(?license), "^https?://spdx\\.org/licenses/", "") AS ?text)
  FILTER (REGEX(STR(?license), "^https?://"))
} ;

# source: url -> url, codeRepository -> repository-code
INSERT { ?root ?key ?text }
WHERE {
  VALUES (?property ?key) {
    (schema:url cff:url)
    (schema:codeRepository cff:repositoryCode)
    (schema:mainEntity cff:repositoryCode)
  }
  ?root a cff:Citation ; ?property ?value .
  OPTIONAL { ?value schema:codeRepository ?repository }
  FILTER (?property != schema:mainEntity || BOUND(?repository))
  BIND (STR(COALESCE(?repository, ?value)) AS ?text)
  FILTER (REGEX(?text, "^(https?|ftp|sftp)://"))
} ;

# source: citation -> references, for works with a name
INSERT {
  ?root cff:reference ?work .
  ?work cff:type "generic" ; cff:title ?title ; cff:doi ?doi ; cff:url ?url ;
    cff:author [ cff:name ?author ] .
}
WHERE {
  ?root a cff:Citation ; schema:citation ?work .
  ?work schema:name ?name ; schema:author/schema:name ?author .
  BIND (STR(?name) AS ?title)
  BIND (REGEX(STR(?work), "^https?://(dx\\.)?doi\\.org/10\\.", "i") AS ?is)
  BIND (IF(?is, REPLACE(STR(?work), "^https?://(dx\\.)?doi\\.org/", "", "i"), ?none) AS ?doi)
  BIND (IF(!?is && REGEX(STR(?work), "^https?://"), STR(?work), ?none) AS ?url)
}
