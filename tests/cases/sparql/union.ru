PREFIX : <http://e/>
INSERT { ?x :u ?v ; :w ?w } WHERE { ?x a :File { ?x :name ?v } UNION { ?x :size ?v } UNION { ?x :part ?w FILTER EXISTS { ?w a :Folder } } }
