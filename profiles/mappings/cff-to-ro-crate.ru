# CITATION.cff to RO-Crate 1.2: a crate of metadata alone, at the place of the
# file. The rows of ro-crate-to-cff.ru, the other way round.
PREFIX cff: <https://citation-file-format.github.io/1.2.0#>
PREFIX dct: <http://purl.org/dc/terms/>
PREFIX schema: <http://schema.org/>

INSERT {
  <ro-crate-metadata.json> a schema:CreativeWork ;
    dct:conformsTo <https://w3id.org/ro/crate/1.2> ;
    schema:about <./> .
  <./> a schema:Dataset .
}
WHERE { ?citation a cff:Citation } ;

# source: title -> name, abstract -> description, version, date-released
INSERT { <./> ?property ?text }
WHERE {
  VALUES (?key ?property) {
    (cff:title schema:name)
    (cff:abstract schema:description)
    (cff:version schema:version)
    (cff:dateReleased schema:datePublished)
    (cff:keyword schema:keywords)
    (cff:message schema:creditText)
  }
  ?citation a cff:Citation ; ?key ?text .
} ;

# source: authors -> author; who has an ORCID is known by it
INSERT {
  <./> schema:author ?who .
  ?who a ?class ; schema:name ?name ; schema:givenName ?given ;
    schema:familyName ?family ; schema:email ?email .
}
WHERE {
  ?citation a cff:Citation ; cff:author ?node .
  OPTIONAL { ?node cff:givenNames ?given }
  OPTIONAL { ?node cff:familyNames ?names }
  OPTIONAL { ?node cff:nameParticle ?particle }
  OPTIONAL { ?node cff:name ?entity }
  OPTIONAL { ?node cff:alias ?alias }
  OPTIONAL { ?node cff:email ?email }
  OPTIONAL { ?node cff:orcid ?orcid }
  BIND (COALESCE(CONCAT(?particle, " ", ?names), ?names) AS ?family)
  BIND (COALESCE(?entity, CONCAT(?given, " ", ?family), ?family, ?given, ?alias) AS ?name)
  BIND (IF(BOUND(?entity), schema:Organization, schema:Person) AS ?class)
  BIND (COALESCE(IRI(?orcid), ?node) AS ?who)
} ;

# source: person.affiliation -> affiliation
INSERT {
  ?who schema:affiliation ?where .
  ?where a schema:Organization ; schema:name ?affiliation .
}
WHERE {
  ?citation a cff:Citation ; cff:author ?node .
  ?node cff:affiliation ?affiliation .
  OPTIONAL { ?node cff:orcid ?orcid }
  BIND (COALESCE(IRI(?orcid), ?node) AS ?who)
  BIND (IRI(CONCAT("#", ENCODE_FOR_URI(?affiliation))) AS ?where)
} ;

# source: doi, identifiers -> identifier
INSERT { <./> schema:identifier ?iri }
WHERE {
  ?citation a cff:Citation ; cff:doi ?doi .
  BIND (IRI(CONCAT("https://doi.org/", ?doi)) AS ?iri)
} ;

INSERT {
  <./> schema:identifier ?node .
  ?node a schema:PropertyValue ; schema:propertyID ?kind ; schema:value ?value ;
    schema:description ?description .
}
WHERE {
  ?citation a cff:Citation ; cff:identifier ?node .
  ?node cff:type ?kind ; cff:value ?value .
  OPTIONAL { ?node cff:description ?description }
} ;

# source: license -> license; an identifier is one of SPDX
INSERT { <./> schema:license ?iri . ?iri a schema:CreativeWork ; schema:name ?id }
WHERE {
  ?citation a cff:Citation ; cff:license ?id .
  BIND (IRI(CONCAT("https://spdx.org/licenses/", ?id)) AS ?iri)
} ;

INSERT { <./> schema:license ?iri . ?iri a schema:CreativeWork }
WHERE {
  ?citation a cff:Citation ; cff:licenseUrl ?url .
  BIND (IRI(?url) AS ?iri)
} ;

# source: url -> url, repository-code -> codeRepository
INSERT { <./> ?property ?iri }
WHERE {
  VALUES (?key ?property) {
    (cff:url schema:url)
    (cff:repositoryCode schema:codeRepository)
    (cff:repository schema:url)
    (cff:repositoryArtifact schema:url)
  }
  ?citation a cff:Citation ; ?key ?url .
  BIND (IRI(?url) AS ?iri)
} ;

# source: preferred-citation, references -> citation, which in RO-Crate is of
# what has a URL; the others are mentioned
INSERT {
  <./> ?property ?work .
  ?work a ?class ; schema:name ?title ; schema:version ?version ;
    schema:datePublished ?date .
}
WHERE {
  ?citation a cff:Citation ; cff:preferredCitation|cff:reference ?node .
  ?node cff:title ?title .
  OPTIONAL { ?node cff:doi ?doi }
  OPTIONAL { ?node cff:url ?url }
  OPTIONAL { ?node cff:type ?kind }
  OPTIONAL { ?node cff:version ?version }
  OPTIONAL { ?node cff:year ?year }
  OPTIONAL { ?node cff:datePublished ?day }
  BIND (STR(COALESCE(?day, ?year)) AS ?date)
  BIND (COALESCE(IRI(CONCAT("https://doi.org/", ?doi)), IRI(?url), ?node) AS ?work)
  BIND (IF(isBlank(?work), schema:mentions, schema:citation) AS ?property)
  BIND (IF(?kind = "article", schema:ScholarlyArticle,
        IF(?kind IN ("software", "software-code"), schema:SoftwareSourceCode,
        IF(?kind = "book", schema:Book, ?none))) AS ?known)
  BIND (COALESCE(?known, schema:CreativeWork) AS ?class)
}
