# For --with bundle: what ro-crate-to-prov.ru has made is moved into the bundle
# that ro-crate-to-prov-bundle.ru speaks of; what is said of the bundle itself
# stays outside.
PREFIX prov: <http://www.w3.org/ns/prov#>
PREFIX schema: <http://schema.org/>

# extension: the statements of the bundle
INSERT { GRAPH ?bundle { ?thing ?property ?value } }
WHERE {
  ?bundle a prov:Bundle ; schema:about ?crate .
  ?thing ?property ?value .
  FILTER (?thing != ?bundle)
} ;

# extension: those about it
INSERT { ?bundle ?property ?value }
WHERE {
  ?bundle a prov:Bundle ; schema:about ?crate ; ?property ?value .
}
