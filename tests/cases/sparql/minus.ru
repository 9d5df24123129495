PREFIX : <http://e/>
INSERT { ?x :m1 true } WHERE { ?x :name ?n MINUS { ?x a :File } } ;
INSERT { ?x :m2 true } WHERE { ?x :name ?n MINUS { ?y a :File } } ;
INSERT { ?x :m3 true } WHERE { ?x a ?t MINUS { ?x :part ?p . ?p a :Folder } MINUS { ?x :knows ?x } }
