PREFIX : <http://e/>
PREFIX xsd: <http://www.w3.org/2001/XMLSchema#>
INSERT { ?x :s1 ?a ; :s2 ?b ; :s3 ?c ; :s4 ?d ; :s5 ?e ; :s6 ?f ; :s7 ?g ; :s8 ?h } WHERE {
  ?x :name ?n FILTER(!isBlank(?x))
  BIND(STRLEN(?n) AS ?a) BIND(SUBSTR(?n, 2) AS ?b) BIND(SUBSTR(?n, 2, 2) AS ?c)
  BIND(STRBEFORE(?n, "a") AS ?d) BIND(STRAFTER(?n, "a") AS ?e) BIND(LCASE(?n) AS ?f)
  BIND(ENCODE_FOR_URI(?n) AS ?g) BIND(CONCAT(?n, "-", STR(?x)) AS ?h) } ;
INSERT { ?x :r1 ?a ; :r2 ?b } WHERE { ?x :name ?n
  BIND(REPLACE(?n, "a", "A") AS ?a) BIND(REPLACE(?n, "^([a-z])(.)", "$2$1") AS ?b) } ;
INSERT { ?x :q1 ?n } WHERE { ?x :name ?n FILTER REGEX(?n, "^B") } ;
INSERT { ?x :q2 ?n } WHERE { ?x :name ?n FILTER REGEX(?n, "BETA", "i") } ;
INSERT { ?x :q3 ?n } WHERE { ?x :name ?n FILTER(CONTAINS(?n, "am") || STRSTARTS(?n, "Be") || STRENDS(?n, "D")) } ;
INSERT { ?x :i1 ?i } WHERE { ?x :homepage ?h BIND(IRI(?h) AS ?i) } ;
INSERT { ?x :i2 ?i ; :i3 ?j } WHERE { ?x :note ?h BIND(STRLANG(STR(?h), "fr") AS ?i) BIND(STRDT(STR(?h), xsd:token) AS ?j) } ;
INSERT { ?x :d ?d } WHERE { ?x ?p ?o BIND(DATATYPE(?o) AS ?d) } ;
INSERT { ?x :if ?i ; :co ?c } WHERE { ?x a ?t OPTIONAL { ?x :size ?s } BIND(IF(BOUND(?s), ?s, "none") AS ?i) BIND(COALESCE(STRLEN(?s), ?t) AS ?c) } ;
INSERT { ?x :bn ?b } WHERE { ?x a :File BIND(BNODE() AS ?b) } ;
INSERT { :k :c1 ?a ; :c3 ?c ; :c4 ?d ; :c6 ?f } WHERE {
  BIND(xsd:integer("12") AS ?a) BIND(xsd:string(:a) AS ?c)
  BIND(xsd:boolean("true") AS ?d) BIND(xsd:integer("x") AS ?f) } ;
INSERT { ?x :n1 ?a } WHERE { ?x :size ?s . FILTER(DATATYPE(?s) = xsd:integer) BIND(?s + 1 AS ?a) } ;
INSERT { ?x :lang ?l ; :u ?u } WHERE { ?x :note ?n BIND(LANG(?n) AS ?l) BIND(UCASE(?n) AS ?u) }
