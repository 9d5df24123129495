BASE <http://e/>
PREFIX p: <b#>
INSERT { <x> p:y ?n ; <#z> <> } WHERE { <a> <name> ?n }
