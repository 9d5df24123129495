PREFIX : <http://e/>
INSERT { ?n :literal-subject ?x . ?x ?n "literal predicate" . ?x :unbound ?nothing . ?x :kept ?n } WHERE { ?x :name ?n }
