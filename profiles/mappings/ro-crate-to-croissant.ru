# RO-Crate to Croissant 1.1. There is no published mapping: this is a proposal.
# What conforms to Croissant is taken as it is, with all that it refers to; when
# nothing does, the crate is the data set and its files are the distribution.
# Texts are in English where they do not say otherwise: so Croissant's context
# reads them.
PREFIX cr: <http://mlcommons.org/croissant/>
PREFIX dct: <http://purl.org/dc/terms/>
PREFIX rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#>
PREFIX schema: <http://schema.org/>
PREFIX wfrun: <https://w3id.org/ro/terms/workflow-run#>
PREFIX xsd: <http://www.w3.org/2001/XMLSchema#>

# extension: a root that is a data set of Croissant has no identifier there
INSERT { [] a schema:Dataset ; dct:conformsTo ?version }
WHERE {
  ?descriptor schema:about ?root ; dct:conformsTo ?crate .
  FILTER (STRSTARTS(STR(?crate), "https://w3id.org/ro/crate/"))
  ?root dct:conformsTo ?iri .
  FILTER (STRSTARTS(STR(?iri), "http://mlcommons.org/croissant/"))
  BIND (STRLANG(STR(?iri), "en") AS ?version)
} ;

INSERT { ?set ?property ?value }
WHERE {
  ?set dct:conformsTo ?version .
  FILTER (isBlank(?set) && STRSTARTS(STR(?version), "http://mlcommons.org/croissant/"))
  ?descriptor schema:about ?root ; dct:conformsTo ?crate .
  FILTER (STRSTARTS(STR(?crate), "https://w3id.org/ro/crate/"))
  ?root ?property ?o .
  FILTER (?property NOT IN (dct:conformsTo, schema:hasPart, schema:mentions, schema:mainEntity))
  BIND (COALESCE(IF(DATATYPE(?o) = xsd:string, STRLANG(STR(?o), "en"), 1/0), ?o) AS ?value)
} ;

# What a data set of Croissant refers to, and what that refers to.
INSERT { ?node ?property ?value }
WHERE {
  ?set dct:conformsTo ?version .
  FILTER (STRSTARTS(STR(?version), "http://mlcommons.org/croissant/"))
  ?set (!(dct:conformsTo|schema:hasPart|schema:isPartOf|schema:mentions|schema:mainEntity))* ?node .
  FILTER NOT EXISTS { ?node schema:about ?about . ?about schema:hasPart|dct:conformsTo ?any }
  FILTER NOT EXISTS { ?of schema:about ?node ; dct:conformsTo ?crate }
  ?node ?property ?o .
  FILTER (?property NOT IN (schema:hasPart, schema:isPartOf, schema:mentions))
  FILTER (!(?property = rdf:type && sameTerm(?o, schema:MediaObject)))
  FILTER (?property != dct:conformsTo || STRSTARTS(STR(?o), "http://mlcommons.org/croissant/"))
  BIND (COALESCE(
    IF(?property = dct:conformsTo, STRLANG(STR(?o), "en"), 1/0),
    IF(DATATYPE(?o) = xsd:string, STRLANG(STR(?o), "en"), 1/0),
    ?o) AS ?value)
} ;

# extension: a crate in which nothing conforms to Croissant
INSERT { [] a schema:Dataset ; dct:conformsTo "http://mlcommons.org/croissant/1.1"@en }
WHERE {
  ?descriptor schema:about ?root ; dct:conformsTo ?crate .
  FILTER (STRSTARTS(STR(?crate), "https://w3id.org/ro/crate/"))
  FILTER NOT EXISTS {
    ?set dct:conformsTo ?version .
    FILTER (STRSTARTS(STR(?version), "http://mlcommons.org/croissant/"))
  }
} ;

# source: the same terms; author -> creator, citation -> citeAs (proposal)
INSERT { ?set ?term ?value }
WHERE {
  ?set dct:conformsTo "http://mlcommons.org/croissant/1.1"@en .
  FILTER (isBlank(?set))
  FILTER NOT EXISTS { ?other dct:conformsTo <http://mlcommons.org/croissant/1.1> }
  ?descriptor schema:about ?root ; dct:conformsTo ?crate .
  FILTER (STRSTARTS(STR(?crate), "https://w3id.org/ro/crate/"))
  FILTER NOT EXISTS {
    ?root dct:conformsTo ?version .
    FILTER (STRSTARTS(STR(?version), "http://mlcommons.org/croissant/"))
  }
  VALUES (?property ?term) {
    (schema:name schema:name) (schema:alternateName schema:alternateName)
    (schema:description schema:description) (schema:license schema:license)
    (schema:url schema:url) (schema:sameAs schema:sameAs)
    (schema:creator schema:creator) (schema:author schema:creator)
    (schema:publisher schema:publisher) (schema:keywords schema:keywords)
    (schema:version schema:version) (schema:inLanguage schema:inLanguage)
    (schema:datePublished schema:datePublished)
    (schema:dateCreated schema:dateCreated)
    (schema:dateModified schema:dateModified)
    (schema:usageInfo schema:usageInfo) (schema:creditText cr:citeAs)
  }
  ?root ?property ?o .
  BIND (COALESCE(IF(DATATYPE(?o) = xsd:string, STRLANG(STR(?o), "en"), 1/0), ?o) AS ?value)
} ;

# source: (proposal) File -> cr:FileObject, hasPart -> distribution, @id ->
# contentUrl
INSERT {
  ?set schema:distribution ?file .
  ?file a cr:FileObject ; schema:name ?name ; schema:contentUrl ?url .
}
WHERE {
  ?set dct:conformsTo "http://mlcommons.org/croissant/1.1"@en ; a schema:Dataset .
  FILTER (isBlank(?set))
  ?descriptor schema:about ?root ; dct:conformsTo ?crate .
  FILTER (STRSTARTS(STR(?crate), "https://w3id.org/ro/crate/"))
  FILTER NOT EXISTS {
    ?root dct:conformsTo ?version .
    FILTER (STRSTARTS(STR(?version), "http://mlcommons.org/croissant/"))
  }
  ?root schema:hasPart+ ?file .
  ?file a schema:MediaObject .
  OPTIONAL { ?file schema:name ?given }
  OPTIONAL { ?file schema:contentUrl ?from . FILTER (isLiteral(?from)) }
  BIND (STRAFTER(STR(?file), STR(<./>)) AS ?path)
  BIND (IF(?path = "", STR(?file), ?path) AS ?place)
  BIND (STRLANG(STR(COALESCE(?given, ?place)), "en") AS ?name)
  BIND (STRLANG(STR(COALESCE(?from, ?place)), "en") AS ?url)
} ;

# source: (proposal) contentSize, encodingFormat, sha256 as they are
INSERT { ?file ?term ?value }
WHERE {
  ?set schema:distribution ?file .
  FILTER (isBlank(?set))
  VALUES (?property ?term) {
    (schema:description schema:description)
    (schema:encodingFormat schema:encodingFormat)
    (schema:contentSize schema:contentSize) (schema:sha256 schema:sha256)
    (wfrun:sha256 schema:sha256)
  }
  ?file a schema:MediaObject ; ?property ?o .
  FILTER (isLiteral(?o))
  BIND (STRLANG(STR(?o), "en") AS ?value)
} ;

# Who made and published it.
INSERT { ?who ?property ?value }
WHERE {
  ?set dct:conformsTo "http://mlcommons.org/croissant/1.1"@en .
  FILTER (isBlank(?set))
  ?set (schema:creator|schema:publisher|schema:license)/schema:affiliation? ?who .
  VALUES ?property {
    rdf:type schema:name schema:url schema:email schema:affiliation
    schema:identifier
  }
  ?who ?property ?o .
  BIND (COALESCE(IF(DATATYPE(?o) = xsd:string, STRLANG(STR(?o), "en"), 1/0), ?o) AS ?value)
}
