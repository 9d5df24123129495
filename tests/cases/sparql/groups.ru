PREFIX : <http://e/>
INSERT { ?x :g ?n } WHERE { { ?x a :File } { ?x :name ?n } } ;
INSERT { ?x :g2 ?n } WHERE { { { ?x a :File } UNION { ?x a :Folder } } OPTIONAL { { ?x :knows ?n } UNION { ?x :open ?n } } } ;
INSERT { :x :g3 true } WHERE { } ;
INSERT { ?x :g4 ?y } WHERE { OPTIONAL { ?x :open true } OPTIONAL { ?y :open false } }
