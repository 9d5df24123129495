PREFIX : <http://e/>
PREFIX rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#>
INSERT { ?x :p1 ?y } WHERE { ?x :part/:part ?y } ;
INSERT { ?x :p2 ?y } WHERE { ?x ^:part ?y } ;
INSERT { ?x :p3 ?y } WHERE { ?x (:part|:knows) ?y } ;
INSERT { ?x :p4 ?y } WHERE { :a :part* ?y . ?x :part+ ?y } ;
INSERT { ?x :p5 ?y } WHERE { ?x a :File . ?x :knows? ?y } ;
INSERT { ?x :p6 ?y } WHERE { ?x :part+ :d . BIND(:d AS ?y) } ;
INSERT { :e :p7 ?y } WHERE { :e :list/rdf:rest*/rdf:first ?y } ;
INSERT { :x :p9 ?y } WHERE { :d !a ?y } ;
INSERT { :x :p10 ?y } WHERE { :d (^:part/:size)|(:knows/:name) ?y } ;
INSERT { :x :p11 ?x } WHERE { ?x :knows+ ?x } ;
INSERT { ?x :p12 ?y } WHERE { ?x ^(:part/:part) ?y } ;
INSERT { :x :p13 ?y } WHERE { <http://nowhere/> :part* ?y } ;
INSERT { :x :p14 ?y } WHERE { ?y (:part/:part)+ :d }
