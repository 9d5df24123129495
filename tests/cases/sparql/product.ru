PREFIX : <http://e/>
INSERT { ?x :pair ?y } WHERE { ?x a :File . ?y a :Person . ?z a :Folder }
