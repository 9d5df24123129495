PREFIX : <http://e/>
INSERT { ?x :in ?w } WHERE { ?x :size ?s { BIND(COALESCE(?s, "none") AS ?w) ?x :size ?s } }
