PREFIX : <http://e/>
INSERT { ?x :step 1 } WHERE { ?x a :File } ;
PREFIX o: <http://o/>
INSERT { ?x o:step 2 } WHERE { ?x :step 1 } ;
INSERT DATA { :new a :File ; :name "new" . :new :part [ :name "nested" ] } ;
INSERT { ?x :all ?n } WHERE { ?x a :File . ?x :name ?n }
