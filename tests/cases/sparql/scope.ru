PREFIX : <http://e/>
INSERT { ?x :in ?s } WHERE { ?x :size ?s { ?x :name ?n FILTER(!BOUND(?s)) } };
INSERT { ?x :out ?s } WHERE { ?x :size ?s { ?x :name ?n FILTER(BOUND(?s)) } }
