PREFIX : <http://e/>
# what a group asks for apart from the row, and what it shares in a group inside
INSERT { ?x :e1 ?n } WHERE { ?x :name ?n FILTER NOT EXISTS { ?y a :Nothing } FILTER EXISTS { ?f a :Folder } } ;
INSERT { ?x :e2 ?n } WHERE { ?x :name ?n FILTER EXISTS { { ?y :part ?z } { ?z :part ?x } } } ;
INSERT { ?x :e4 ?s } WHERE { ?x :name ?n ; :size ?s FILTER NOT EXISTS { ?y :size ?t FILTER (isNumeric(?t) && ?t > ?s) } }
