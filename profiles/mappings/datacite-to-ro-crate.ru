# DataCite 4.x to RO-Crate 1.2: a crate of metadata alone, at the place of the
# record. The rows of ro-crate-to-datacite.ru, the other way round.
PREFIX dc: <http://datacite.org/schema/kernel-4#>
PREFIX dct: <http://purl.org/dc/terms/>
PREFIX schema: <http://schema.org/>

INSERT {
  <ro-crate-metadata.json> a schema:CreativeWork ;
    dct:conformsTo <https://w3id.org/ro/crate/1.2> ;
    schema:about <./> .
  <./> a schema:Dataset .
}
WHERE { ?record a dc:Resource } ;

# source: identifier identifierType=DOI -> identifier
INSERT { <./> schema:identifier ?iri }
WHERE {
  ?record a dc:Resource .
  { ?record dc:doi ?doi }
  UNION
  { ?record dc:identifier ?node .
    ?node dc:identifierType ?kind ; dc:value ?doi .
    FILTER (UCASE(?kind) = "DOI") }
  FILTER (REGEX(?doi, "^(https?://(dx\\.)?doi\\.org/)?10\\."))
  BIND (IRI(CONCAT("https://doi.org/",
            REPLACE(?doi, "^https?://(dx\\.)?doi\\.org/", ""))) AS ?iri)
} ;

# extension: other identifiers
INSERT {
  <./> schema:identifier ?node .
  ?node a schema:PropertyValue ; schema:propertyID ?kind ; schema:value ?value .
}
WHERE {
  ?record a dc:Resource ; dc:alternateIdentifier ?node .
  ?node dc:value ?value .
  OPTIONAL { ?node dc:alternateIdentifierType ?kind }
} ;

# source: creator -> author, contributor -> contributor. Who has an ORCID or a
# ROR is known by it.
INSERT {
  <./> ?property ?who .
  ?who a ?class ; schema:name ?said ; schema:givenName ?given ;
       schema:familyName ?family .
}
WHERE {
  VALUES (?role ?property) {
    (dc:creator schema:author)
    (dc:contributor schema:contributor)
  }
  ?record a dc:Resource ; ?role ?node .
  ?node dc:name ?name .
  OPTIONAL { ?node dc:givenName ?given }
  OPTIONAL { ?node dc:familyName ?family }
  OPTIONAL { ?node dc:nameType ?kind }
  OPTIONAL {
    ?node dc:nameIdentifier ?identifier .
    ?identifier dc:nameIdentifierScheme ?scheme ; dc:value ?value .
    FILTER (UCASE(?scheme) IN ("ORCID", "ROR"))
    BIND (IRI(CONCAT(
      IF(UCASE(?scheme) = "ORCID", "https://orcid.org/", "https://ror.org/"),
      REPLACE(?value, "^https?://[^/]*/", ""))) AS ?iri)
  }
  FILTER (?name != ":unkn")
  BIND (COALESCE(?iri, ?node) AS ?who)
  BIND (IF(?kind = "Organizational", schema:Organization,
           IF(?kind = "Personal" || BOUND(?family), schema:Person, ?none)) AS ?known)
  BIND (COALESCE(?known, schema:Person) AS ?class)
  BIND (IF(BOUND(?given) && BOUND(?family), CONCAT(?given, " ", ?family),
           STR(?name)) AS ?said)
} ;

# source: affiliation kept
INSERT {
  ?who schema:affiliation ?where .
  ?where a schema:Organization ; schema:name ?name .
}
WHERE {
  ?record a dc:Resource ; dc:creator|dc:contributor ?node .
  ?node dc:affiliation ?place .
  ?place dc:name ?name .
  OPTIONAL {
    ?place dc:affiliationIdentifier ?ror .
    FILTER (REGEX(?ror, "^(https://ror\\.org/)?0[a-z0-9]{8}$"))
    BIND (IRI(CONCAT("https://ror.org/", REPLACE(?ror, "^.*/", ""))) AS ?iri)
  }
  OPTIONAL {
    ?node dc:nameIdentifier ?identifier .
    ?identifier dc:nameIdentifierScheme ?scheme ; dc:value ?value .
    FILTER (UCASE(?scheme) IN ("ORCID", "ROR"))
    BIND (IRI(CONCAT(
      IF(UCASE(?scheme) = "ORCID", "https://orcid.org/", "https://ror.org/"),
      REPLACE(?value, "^https?://[^/]*/", ""))) AS ?person)
  }
  BIND (COALESCE(?iri, ?place) AS ?where)
  BIND (COALESCE(?person, ?node) AS ?who)
} ;

# source: title -> name, titleType=AlternativeTitle -> alternateName
INSERT { <./> ?property ?title }
WHERE {
  ?record a dc:Resource ; dc:title ?node .
  ?node dc:value ?title .
  OPTIONAL { ?node dc:titleType ?kind }
  BIND (IF(BOUND(?kind), schema:alternateName, schema:name) AS ?property)
  FILTER (?title != ":unkn")
} ;

# source: publisher -> publisher.name
INSERT {
  <./> schema:publisher ?who .
  ?who a schema:Organization ; schema:name ?name .
}
WHERE {
  ?record a dc:Resource ; dc:publisher ?node .
  ?node dc:name ?name .
  OPTIONAL {
    ?node dc:publisherIdentifier ?ror .
    FILTER (REGEX(?ror, "^(https://ror\\.org/)?0[a-z0-9]{8}$"))
    BIND (IRI(CONCAT("https://ror.org/", REPLACE(?ror, "^.*/", ""))) AS ?iri)
  }
  BIND (COALESCE(?iri, ?node) AS ?who)
  FILTER (?name != ":unkn")
} ;

# source: date dateType=Issued -> datePublished, Created, Updated, Coverage
INSERT { <./> ?property ?date }
WHERE {
  VALUES (?kind ?property) {
    ("Issued" schema:datePublished)
    ("Created" schema:dateCreated)
    ("Updated" schema:dateModified)
    ("Coverage" schema:temporalCoverage)
  }
  ?record a dc:Resource ; dc:date ?node .
  ?node dc:dateType ?kind ; dc:value ?date .
} ;

# source: publicationYear -> datePublished
INSERT { <./> schema:datePublished ?year }
WHERE {
  ?record a dc:Resource ; dc:publicationYear ?year .
  FILTER NOT EXISTS {
    ?record dc:date ?node .
    ?node dc:dateType "Issued" .
  }
} ;

# source: subject -> keywords, language -> inLanguage, size, format, version
INSERT { <./> schema:keywords ?word }
WHERE {
  ?record a dc:Resource ; dc:subject ?node .
  ?node dc:value ?word .
} ;

INSERT { <./> ?property ?value }
WHERE {
  VALUES (?source ?property) {
    (dc:language schema:inLanguage)
    (dc:size schema:contentSize)
    (dc:format schema:encodingFormat)
    (dc:version schema:version)
  }
  ?record a dc:Resource ; ?source ?value .
} ;

# source: rights -> license
INSERT {
  <./> schema:license ?license .
  ?license a schema:CreativeWork ; schema:name ?name ; schema:identifier ?id .
}
WHERE {
  ?record a dc:Resource ; dc:rights ?node .
  OPTIONAL { ?node dc:rightsURI ?uri }
  OPTIONAL { ?node dc:value ?name }
  OPTIONAL { ?node dc:rightsIdentifier ?id }
  BIND (IF(REGEX(?uri, "^https?://"), IRI(?uri), ?none) AS ?iri)
  BIND (COALESCE(?iri, ?node) AS ?license)
} ;

# source: description -> description
INSERT { <./> schema:description ?text }
WHERE {
  ?record a dc:Resource ; dc:description ?node .
  ?node dc:value ?text .
  OPTIONAL { ?node dc:descriptionType ?kind }
  FILTER (?kind = "Abstract")
} ;

# source: geoLocation -> contentLocation
INSERT {
  <./> schema:contentLocation ?node .
  ?node a schema:Place ; schema:name ?name ; schema:geo ?point .
  ?point a schema:GeoCoordinates ;
    schema:latitude ?latitude ; schema:longitude ?longitude .
}
WHERE {
  ?record a dc:Resource ; dc:geoLocation ?node .
  OPTIONAL { ?node dc:geoLocationPlace ?name }
  OPTIONAL {
    ?node dc:geoLocationPoint ?point .
    ?point dc:pointLatitude ?latitude ; dc:pointLongitude ?longitude .
  }
} ;

# source: fundingReference -> funder; with an award -> funding
INSERT {
  <./> schema:funder ?node .
  ?node a schema:Organization ; schema:name ?name ; schema:identifier ?id .
}
WHERE {
  ?record a dc:Resource ; dc:fundingReference ?node .
  ?node dc:funderName ?name .
  OPTIONAL { ?node dc:funderIdentifier ?id }
  FILTER NOT EXISTS { ?node dc:awardNumber|dc:awardTitle ?award }
} ;

INSERT {
  <./> schema:funding ?node .
  ?node a schema:Grant ; schema:name ?title ; schema:identifier ?number ;
    schema:funder [ a schema:Organization ; schema:name ?name ; schema:identifier ?id ] .
}
WHERE {
  ?record a dc:Resource ; dc:fundingReference ?node .
  ?node dc:funderName ?name .
  OPTIONAL { ?node dc:funderIdentifier ?id }
  OPTIONAL { ?node dc:awardNumber ?number }
  OPTIONAL { ?node dc:awardTitle ?title }
  FILTER (BOUND(?number) || BOUND(?title))
} ;

# source: relatedIdentifier -> isBasedOn, citation, hasPart
INSERT { <./> ?property ?iri . ?iri a schema:CreativeWork }
WHERE {
  VALUES (?relation ?property) {
    ("IsDerivedFrom" schema:isBasedOn)
    ("References" schema:citation)
    ("Cites" schema:citation)
    ("IsPartOf" schema:isPartOf)
    ("IsIdenticalTo" schema:sameAs)
    ("HasPart" schema:mentions)
  }
  ?record a dc:Resource ; dc:relatedIdentifier ?node .
  ?node dc:relationType ?relation ; dc:relatedIdentifierType ?kind ; dc:value ?value .
  FILTER (?kind IN ("DOI", "URL"))
  BIND (IRI(IF(?kind = "DOI",
               CONCAT("https://doi.org/",
                      REPLACE(?value, "^https?://(dx\\.)?doi\\.org/", "")),
               ?value)) AS ?iri)
}
