PREFIX : <http://e/>
INSERT { ?x ?q ?v } WHERE { VALUES (?p ?q) { (:name :label) (:size :bytes) (UNDEF :any) } ?x a :File ; ?p ?v } ;
INSERT { ?x :one ?n } WHERE { ?x :name ?n VALUES ?n { "alpha" "gamma" 3 true } } ;
INSERT { ?x :undef ?m } WHERE { ?x :name ?n VALUES (?n ?m) { ("alpha" 1) (UNDEF 2) ("Beta" UNDEF) } }
