PREFIX : <http://e/>
INSERT { ?x :e1 true } WHERE { ?x a ?t FILTER EXISTS { ?x :part ?p . ?p :part ?q } } ;
INSERT { ?x :e2 true } WHERE { ?x a ?t FILTER NOT EXISTS { ?x :part ?p } } ;
INSERT { ?x :e3 true } WHERE { ?x :size ?s FILTER (EXISTS { ?x :part ?p } && NOT EXISTS { ?x :knows ?k } ) } ;
INSERT { ?x :e4 true } WHERE { ?x :name ?n FILTER EXISTS { ?x :note ?m FILTER(STRLEN(?n) > STRLEN(?m)) } }
