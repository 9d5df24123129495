PREFIX : <http://e/>
INSERT { ?x :o1 ?s ; :o2 ?k } WHERE { ?x :name ?n OPTIONAL { ?x :size ?s FILTER(?s > 5 && ?n != "x") } OPTIONAL { ?x :knows ?k } }
