PREFIX : <http://e/>
INSERT { ?x :same ?y } WHERE { ?x a ?t OPTIONAL { ?x :open ?y } OPTIONAL { ?z :knows ?x . ?z :size ?y } }
