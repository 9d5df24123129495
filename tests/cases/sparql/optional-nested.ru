PREFIX : <http://e/>
INSERT { ?x :o1 ?p ; :o2 ?q ; :o3 ?b } WHERE { ?x :part ?p OPTIONAL { ?p :part ?q OPTIONAL { ?q :open ?b } } }
