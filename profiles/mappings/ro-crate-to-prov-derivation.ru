# What ro-crate-to-prov.ru does not say, and --assume-derivation adds to it:
# that what an action made was made of all that it used. Crates do not say so;
# often it is true.
PREFIX fair4ml: <https://w3id.org/fair4ml#>
PREFIX prov: <http://www.w3.org/ns/prov#>
PREFIX schema: <http://schema.org/>

# extension: object and result of one action
INSERT { ?new prov:wasDerivedFrom ?old }
WHERE {
  ?action a prov:Activity ; schema:object ?old ; schema:result ?new .
  ?old a prov:Entity .
  ?new a prov:Entity .
  FILTER (?old != ?new)
} ;

# extension: a model and the data that it was trained on
INSERT { ?model prov:wasDerivedFrom ?data . ?data a prov:Entity }
WHERE {
  ?model fair4ml:trainedOn ?data ; a prov:Entity .
  FILTER (!isLiteral(?data))
}
