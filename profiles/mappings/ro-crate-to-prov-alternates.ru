# What ro-crate-to-prov.ru does not say, and --with alternates adds to it: that
# what is the same as another thing is an alternate of it. sameAs is said freely;
# of a page about a person as well as of a copy of a file.
PREFIX prov: <http://www.w3.org/ns/prov#>
PREFIX schema: <http://schema.org/>

# extension: sameAs, of entities
INSERT { ?thing prov:alternateOf ?other . ?other a prov:Entity }
WHERE {
  ?thing schema:sameAs ?other ; a prov:Entity .
  FILTER (!isLiteral(?other) && ?thing != ?other)
  FILTER NOT EXISTS { ?other a prov:Activity }
}
