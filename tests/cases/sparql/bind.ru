PREFIX : <http://e/>
INSERT { ?x :up ?u ; :err ?e } WHERE { ?x :name ?n BIND(UCASE(?n) AS ?u) BIND(?n + 1 AS ?e) FILTER(?u != "BETA") }
