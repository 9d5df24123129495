PREFIX : <http://e/>
INSERT { ?x :self ?x } WHERE { ?x ?p ?x } ;
INSERT { ?p :pred true } WHERE { ?x ?p 10 } ;
INSERT { ?x :lit true } WHERE { ?x ?p "alpha" }
