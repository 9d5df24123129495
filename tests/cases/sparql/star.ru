PREFIX : <http://e/>
# a star and lists of objects
INSERT { ?x a :Thing ; :label ?n ; :bigger ?s . } WHERE { ?x a :File ; :name ?n ; :size ?s . }
