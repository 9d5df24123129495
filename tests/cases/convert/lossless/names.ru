PREFIX : <http://e/>
INSERT { ?x :label ?n }
WHERE { ?x :name ?n }
