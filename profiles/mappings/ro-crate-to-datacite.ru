# RO-Crate to DataCite 4.6, of which datacite-xml.layout and
# datacite-json.layout make documents.
#
# Rows of the crosswalk RO-Crate to DataCite and of CodeMeta's crosswalk; what
# is none of theirs is marked as an extension. Mandatory properties that the
# crate does not have get DataCite's codes for unknown values (:unkn, :unav,
# :tba), never a guess.
PREFIX dc: <http://datacite.org/schema/kernel-4#>
PREFIX dct: <http://purl.org/dc/terms/>
PREFIX fair4ml: <https://w3id.org/fair4ml#>
PREFIX bio: <https://bioschemas.org/>
PREFIX schema: <http://schema.org/>

# The record is of the crate, which its metadata descriptor is about.
INSERT { ?root a dc:Resource }
WHERE {
  ?descriptor dct:conformsTo ?version ; schema:about ?root .
  FILTER (STRSTARTS(STR(?version), "https://w3id.org/ro/crate/"))
} ;

# source: identifier -> identifier identifierType=DOI
INSERT {
  ?root dc:doi ?doi ;
        dc:identifier [ dc:value ?doi ; dc:identifierType "DOI" ] .
}
WHERE {
  ?root a dc:Resource ; schema:identifier/schema:value? ?found .
  FILTER (REGEX(STR(?found), "^((https?://(dx\\.)?doi\\.org/)|doi:)?10\\.", "i"))
  BIND (REPLACE(STR(?found), "^((https?://(dx\\.)?doi\\.org/)|doi:)", "", "i") AS ?doi)
} ;

# source: identifier -> identifier; the crate's own IRI may be the DOI
INSERT {
  ?root dc:doi ?doi ;
        dc:identifier [ dc:value ?doi ; dc:identifierType "DOI" ] .
}
WHERE {
  ?root a dc:Resource .
  FILTER (REGEX(STR(?root), "^https?://(dx\\.)?doi\\.org/10\\.", "i"))
  FILTER NOT EXISTS { ?root dc:doi ?other }
  BIND (REPLACE(STR(?root), "^https?://(dx\\.)?doi\\.org/", "", "i") AS ?doi)
} ;

INSERT { ?root dc:identifier [ dc:value ":tba" ; dc:identifierType "DOI" ] }
WHERE {
  ?root a dc:Resource .
  FILTER NOT EXISTS { ?root dc:doi ?doi }
} ;

# extension: other identifiers, with what their property values say they are
INSERT {
  ?root dc:alternateIdentifier
    [ dc:value ?text ; dc:alternateIdentifierType ?kind ] .
}
WHERE {
  ?root a dc:Resource ; schema:identifier ?found .
  OPTIONAL { ?found schema:value ?value }
  OPTIONAL { ?found schema:propertyID ?property }
  BIND (STR(COALESCE(?value, ?found)) AS ?text)
  BIND (IF(BOUND(?property), STR(?property),
           IF(REGEX(?text, "^https?://"), "URL", "Local identifier")) AS ?kind)
  FILTER (BOUND(?value) || !isBlank(?found))
  FILTER (!REGEX(?text, "^((https?://(dx\\.)?doi\\.org/)|doi:)?10\\.", "i"))
} ;

# source: author -> creator; Person -> Personal, Organization -> Organizational
# (extension: an author may be but a name)
INSERT { ?root dc:creator ?node . ?node dc:name ?name }
WHERE {
  ?root a dc:Resource ; schema:author|schema:creator ?who .
  BIND (IF(isLiteral(?who), BNODE(), ?who) AS ?node)
  BIND (IF(isLiteral(?who), STR(?who), ?none) AS ?name)
} ;

# source: contributor -> contributor
INSERT { ?root dc:contributor ?who . ?who dc:contributorType "Other" }
WHERE {
  ?root a dc:Resource ; schema:contributor ?who .
  FILTER (!isLiteral(?who))
} ;

INSERT { ?who dc:nameType "Personal" ; dc:givenName ?given ; dc:familyName ?family }
WHERE {
  ?root dc:creator|dc:contributor ?who .
  ?who a schema:Person .
  OPTIONAL { ?who schema:givenName ?given }
  OPTIONAL { ?who schema:familyName ?family }
} ;

INSERT { ?who dc:nameType "Organizational" }
WHERE {
  ?root dc:creator|dc:contributor ?who .
  ?who a ?class .
  FILTER (?class IN (schema:Organization, schema:Project, schema:Consortium,
                     schema:CollegeOrUniversity, schema:ResearchOrganization))
} ;

# source: Person name -> creatorName, "family name, given name"
INSERT { ?who dc:name ?name }
WHERE {
  ?root dc:creator|dc:contributor ?who .
  OPTIONAL { ?who schema:name ?said }
  OPTIONAL { ?who dc:givenName ?given ; dc:familyName ?family }
  BIND (COALESCE(CONCAT(?family, ", ", ?given), ?said, STR(?who)) AS ?name)
  FILTER NOT EXISTS { ?who dc:name ?already }
} ;

# source: ORCID @id -> nameIdentifier
INSERT {
  ?who dc:nameIdentifier
    [ dc:value ?orcid ; dc:nameIdentifierScheme "ORCID" ;
      dc:schemeURI "https://orcid.org" ] .
}
WHERE {
  ?root dc:creator|dc:contributor ?who .
  ?who dc:name ?name .
  BIND (REPLACE(STR(?who), "^http:", "https:") AS ?orcid)
  FILTER (STRSTARTS(?orcid, "https://orcid.org/"))
  FILTER NOT EXISTS { ?who dc:nameIdentifier ?other }
} ;

# extension: ROR @id -> nameIdentifier
INSERT {
  ?who dc:nameIdentifier
    [ dc:value ?ror ; dc:nameIdentifierScheme "ROR" ;
      dc:schemeURI "https://ror.org" ] .
}
WHERE {
  ?root dc:creator|dc:contributor ?who .
  ?who dc:nameType "Organizational" .
  BIND (STR(?who) AS ?ror)
  FILTER (STRSTARTS(?ror, "https://ror.org/"))
  FILTER NOT EXISTS { ?who dc:nameIdentifier ?other }
} ;

# source: affiliation kept
INSERT {
  ?who dc:affiliation
    [ dc:name ?name ; dc:affiliationIdentifier ?ror ;
      dc:affiliationIdentifierScheme ?scheme ; dc:schemeURI ?space ] .
}
WHERE {
  ?root dc:creator|dc:contributor ?who .
  ?who dc:name ?known ; schema:affiliation ?where .
  OPTIONAL { ?where schema:name ?said }
  BIND (COALESCE(?said, STR(?where)) AS ?name)
  BIND (IF(STRSTARTS(STR(?where), "https://ror.org/"), STR(?where), ?none) AS ?ror)
  BIND (IF(BOUND(?ror), "ROR", ?none) AS ?scheme)
  BIND (IF(BOUND(?ror), "https://ror.org", ?none) AS ?space)
} ;

# source: no author -> ":unkn"
INSERT { ?root dc:creator [ dc:name ":unkn" ] }
WHERE {
  ?root a dc:Resource .
  FILTER NOT EXISTS { ?root dc:creator ?who }
} ;

# source: name -> title
INSERT { ?root dc:title [ dc:value ?name ] }
WHERE { ?root a dc:Resource ; schema:name ?name } ;

# source: alternateName -> title titleType=AlternativeTitle
INSERT { ?root dc:title [ dc:value ?name ; dc:titleType "AlternativeTitle" ] }
WHERE { ?root a dc:Resource ; schema:alternateName ?name } ;

# source: no name -> ":unkn"
INSERT { ?root dc:title [ dc:value ":unkn" ] }
WHERE {
  ?root a dc:Resource .
  FILTER NOT EXISTS { ?root dc:title ?title }
} ;

# source: publisher.name -> publisher
INSERT {
  ?root dc:publisher
    [ dc:name ?name ; dc:publisherIdentifier ?ror ;
      dc:publisherIdentifierScheme ?scheme ; dc:schemeURI ?space ] .
}
WHERE {
  ?root a dc:Resource ; schema:publisher ?who .
  OPTIONAL { ?who schema:name ?said }
  BIND (COALESCE(?said, STR(?who)) AS ?name)
  BIND (IF(STRSTARTS(STR(?who), "https://ror.org/"), STR(?who), ?none) AS ?ror)
  BIND (IF(BOUND(?ror), "ROR", ?none) AS ?scheme)
  BIND (IF(BOUND(?ror), "https://ror.org", ?none) AS ?space)
} ;

# source: no publisher -> ":unkn"
INSERT { ?root dc:publisher [ dc:name ":unkn" ] }
WHERE {
  ?root a dc:Resource .
  FILTER NOT EXISTS { ?root dc:publisher ?who }
} ;

# source: datePublished -> publicationYear, date dateType=Issued
INSERT {
  ?root dc:publicationYear ?year ;
        dc:date [ dc:value ?text ; dc:dateType "Issued" ] .
}
WHERE {
  ?root a dc:Resource ; schema:datePublished ?date .
  BIND (STR(?date) AS ?text)
  BIND (SUBSTR(?text, 1, 4) AS ?year)
  FILTER (REGEX(?year, "^[0-9]{4}$"))
} ;

# extension: no date -> the year 1000, as the schema takes no code for it, is
# not written: the record is then not valid, and the reader is told.

# source: dateCreated, dateModified -> date
INSERT { ?root dc:date [ dc:value ?text ; dc:dateType ?kind ] }
WHERE {
  VALUES (?property ?kind) {
    (schema:dateCreated "Created")
    (schema:dateModified "Updated")
    (schema:temporalCoverage "Coverage")
  }
  ?root a dc:Resource ; ?property ?date .
  BIND (STR(?date) AS ?text)
} ;

# source: mainEntity's type -> resourceTypeGeneral, else Dataset
INSERT {
  ?root dc:resourceType [ dc:value "RO-Crate" ; dc:resourceTypeGeneral ?kind ] .
}
WHERE {
  ?root a dc:Resource .
  OPTIONAL { ?root schema:mainEntity ?main . ?main a bio:ComputationalWorkflow .
             BIND ("Workflow" AS ?workflow) }
  OPTIONAL { ?root schema:mainEntity ?main . ?main a fair4ml:MLModel .
             BIND ("Model" AS ?model) }
  OPTIONAL { ?root schema:mainEntity ?main . ?main a schema:SoftwareSourceCode .
             BIND ("Software" AS ?software) }
  BIND (COALESCE(?workflow, ?model, ?software, "Dataset") AS ?kind)
} ;

# source: keywords -> subject
INSERT { ?root dc:subject [ dc:value ?word ; dc:valueURI ?iri ] }
WHERE {
  ?root a dc:Resource ; schema:keywords ?keyword .
  OPTIONAL { ?keyword schema:name ?name }
  BIND (COALESCE(?name, STR(?keyword)) AS ?word)
  BIND (IF(isIRI(?keyword), STR(?keyword), ?none) AS ?iri)
} ;

# source: inLanguage -> language
INSERT { ?root dc:language ?text }
WHERE {
  ?root a dc:Resource ; schema:inLanguage ?language .
  OPTIONAL { ?language schema:alternateName|schema:identifier ?code }
  BIND (STR(COALESCE(?code, ?language)) AS ?text)
  FILTER (REGEX(?text, "^[A-Za-z]{1,8}(-[A-Za-z0-9]{1,8})*$"))
} ;

# source: contentSize -> size, encodingFormat -> format, version -> version
INSERT { ?root ?target ?text }
WHERE {
  VALUES (?property ?target) {
    (schema:contentSize dc:size)
    (schema:encodingFormat dc:format)
    (schema:version dc:version)
  }
  ?root a dc:Resource ; ?property ?value .
  FILTER (!isBlank(?value))
  BIND (STR(?value) AS ?text)
} ;

# source: license -> rights rightsURI, rightsIdentifier (SPDX)
INSERT {
  ?root dc:rights
    [ dc:value ?name ; dc:rightsURI ?uri ; dc:rightsIdentifier ?id ;
      dc:rightsIdentifierScheme ?scheme ; dc:schemeURI ?space ] .
}
WHERE {
  ?root a dc:Resource ; schema:license ?license .
  OPTIONAL { ?license schema:name ?name }
  BIND (IF(isBlank(?license), ?none, STR(?license)) AS ?uri)
  BIND (IF(REGEX(?uri, "^https?://spdx\\.org/licenses/"),
           REPLACE(?uri, "^https?://spdx\\.org/licenses/", ""), ?none) AS ?id)
  BIND (IF(BOUND(?id), "SPDX", ?none) AS ?scheme)
  BIND (IF(BOUND(?id), "https://spdx.org/licenses/", ?none) AS ?space)
} ;

# source: description -> description descriptionType=Abstract
INSERT { ?root dc:description [ dc:value ?text ; dc:descriptionType "Abstract" ] }
WHERE { ?root a dc:Resource ; schema:description ?text } ;

# source: contentLocation -> geoLocationPlace
INSERT {
  ?root dc:geoLocation
    [ dc:geoLocationPlace ?name ; dc:geoLocationPoint ?geo ] .
  ?geo dc:pointLatitude ?latitude ; dc:pointLongitude ?longitude .
}
WHERE {
  ?root a dc:Resource ; schema:contentLocation|schema:spatialCoverage ?place .
  OPTIONAL { ?place schema:name ?said }
  OPTIONAL {
    ?place schema:geo ?geo .
    ?geo schema:latitude ?latitude ; schema:longitude ?longitude .
  }
  BIND (IF(isLiteral(?place), STR(?place), ?said) AS ?name)
  FILTER (BOUND(?name) || BOUND(?geo))
} ;

# source: funder -> fundingReference funderName
INSERT {
  ?root dc:fundingReference
    [ dc:funderName ?name ; dc:funderIdentifier ?ror ;
      dc:funderIdentifierType ?scheme ] .
}
WHERE {
  ?root a dc:Resource ; schema:funder ?who .
  OPTIONAL { ?who schema:name ?said }
  BIND (COALESCE(?said, STR(?who)) AS ?name)
  BIND (IF(STRSTARTS(STR(?who), "https://ror.org/"), STR(?who), ?none) AS ?ror)
  BIND (IF(BOUND(?ror), "ROR", ?none) AS ?scheme)
} ;

# source: funding -> awardNumber
INSERT {
  ?root dc:fundingReference
    [ dc:funderName ?funder ; dc:awardTitle ?title ; dc:awardNumber ?number ] .
}
WHERE {
  ?root a dc:Resource ; schema:funding ?grant .
  OPTIONAL { ?grant schema:name ?title }
  OPTIONAL { ?grant schema:identifier ?number . FILTER (isLiteral(?number)) }
  OPTIONAL { ?grant schema:funder ?who . ?who schema:name ?said }
  BIND (COALESCE(?said, ":unkn") AS ?funder)
  FILTER (!isLiteral(?grant))
} ;

# source: isBasedOn -> IsDerivedFrom, citation -> References, hasPart -> HasPart
# (proposals of the crosswalk), for what has an IRI on the web
INSERT {
  ?root dc:relatedIdentifier
    [ dc:value ?text ; dc:relatedIdentifierType ?kind ; dc:relationType ?relation ] .
}
WHERE {
  VALUES (?property ?relation) {
    (schema:isBasedOn "IsDerivedFrom")
    (schema:citation "References")
    (schema:hasPart "HasPart")
    (schema:isPartOf "IsPartOf")
    (schema:sameAs "IsIdenticalTo")
  }
  ?root a dc:Resource ; ?property ?other .
  FILTER (REGEX(STR(?other), "^https?://"))
  BIND (REGEX(STR(?other), "^https?://(dx\\.)?doi\\.org/10\\.", "i") AS ?is)
  FILTER (?is || ?property != schema:hasPart)
  BIND (IF(?is, REPLACE(STR(?other), "^https?://(dx\\.)?doi\\.org/", "", "i"),
           STR(?other)) AS ?text)
  BIND (IF(?is, "DOI", "URL") AS ?kind)
}
