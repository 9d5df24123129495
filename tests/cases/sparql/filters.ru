PREFIX : <http://e/>
PREFIX xsd: <http://www.w3.org/2001/XMLSchema#>
INSERT { ?x :f1 true } WHERE { ?x :size ?s FILTER(isNumeric(?s) && ?s >= 7) } ;
INSERT { ?x :f2 true } WHERE { ?x :size ?s FILTER(?s = 7.0 || ?s < 3) } ;
INSERT { ?x :f3 true } WHERE { ?x :size ?s FILTER(!(?s = 10)) } ;
INSERT { ?x :f4 true } WHERE { ?x :name ?n FILTER(?n IN ("alpha", "gamma", 1/0)) } ;
INSERT { ?x :f5 true } WHERE { ?x :name ?n FILTER(?n NOT IN ("alpha", "gamma")) } ;
INSERT { ?x :f6 true } WHERE { ?x :born ?b FILTER(?b > "2000-01-01T00:00:00Z"^^xsd:dateTime) } ;
INSERT { ?x :f7 true } WHERE { ?x :open ?b FILTER(?b) } ;
INSERT { ?x :f8 true } WHERE { ?x :open ?b FILTER(?b = false) } ;
INSERT { ?x :f9 true } WHERE { ?x :name ?n FILTER(?n > "b") FILTER(?n < "h") } ;
INSERT { ?x :f10 true } WHERE { ?x :size ?s FILTER(?s * 2 - 1 > 12 && -?s < -8) } ;
INSERT { ?x :f11 true } WHERE { ?x ?p ?o FILTER(isBlank(?o)) } ;
INSERT { ?x :f12 ?o } WHERE { ?x ?p ?o FILTER(isNumeric(?o)) } ;
INSERT { ?x :f13 ?o } WHERE { ?x ?p ?o FILTER(isLiteral(?o) && LANG(?o) = "de") } ;
INSERT { ?x :f14 ?p } WHERE { ?x ?p ?o FILTER(isIRI(?o) && sameTerm(?o, :d)) } ;
INSERT { ?x :f15 true } WHERE { ?x :title ?t FILTER(?t || ?x = :f) } ;
INSERT { ?x :f16 true } WHERE { ?x :name ?n FILTER(?x != :a) FILTER (?n != "Beta" ) } ;
INSERT { ?x :f17 true } WHERE { ?x :size ?n FILTER (?n / 2 = 5) }
