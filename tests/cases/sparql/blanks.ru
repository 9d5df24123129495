PREFIX : <http://e/>
INSERT { ?x :about [ :says ?n ; :of _:k ] . _:k :is ?x } WHERE { ?x :note ?n } ;
INSERT { ?x :l ( ?n "b" ) } WHERE { ?x :name ?n ; a :File } ;
INSERT { ?x :blank true } WHERE { ?x :knows _:k . _:k :knows [ :name ?n ] } ;
INSERT { ?x :lst ?l } WHERE { ?x :list ( :a ?l 3 ) }
