# SPDX-License-Identifier: Apache-2.0
"""Shapes and data that would take for ever, or have no bottom."""

PREFIXES = """@prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix : <http://e/> .
"""
MANY = 100000  # fewer when every step is watched: see hostile.py
ONE = ":x :p 1 ."
AT_X = ":S sh:targetNode :x ; "


def numbers(start, stop):
    return ", ".join(str(i) for i in range(start, stop))


def lines(form, count):
    """A line of Turtle for each number; {i} and the next, {j}."""
    return "".join(form.format(i=i, j=i + 1) + " .\n" for i in range(count))


def questions():
    """Name, shapes, data, exit status, words."""
    return [
      ("regex", ':S sh:targetNode "%s!" ; sh:pattern "^(a+)+$" .'
       % ("a" * 5000),
       ONE, 2, ["would take too long", "[not-checked]"]),
      ("regex-deep", ':S sh:targetNode "x" ; sh:pattern "%s" .'
       % ("(" * 20000 + ")" * 20000), ONE, 2, "regular expression"),
      ("regex-long", ':S sh:targetNode "x" ; sh:pattern "%s" .'
       % ("(a{1,1000}){1,1000}" * 1000), ONE, 2, "regular expression"),
      ("path", ":S sh:targetNode :n0 ; sh:property [ sh:path "
       "[ sh:zeroOrMorePath :p ] ; sh:maxCount 5 ] .",
       lines(":n{i} :p :n{j}", MANY), 1, "http://e/n0"),
      ("path-loop", ":S sh:targetNode :n0 ; sh:property [ sh:path "
       "[ sh:oneOrMorePath [ sh:alternativePath "
       "( :p [ sh:inversePath :p ] ) ] ]"
       " ; sh:maxCount 1 ] .",
       lines(":n{i} :p :n{j}", MANY), 1, "http://e/n0"),
      ("path-branches", ":S sh:targetNode :n0 ; sh:property [ sh:path ( %s ) ; "
       "sh:maxCount 0 ] ." % ("[ sh:alternativePath ( :p :q ) ] " * 60),
       lines(":n{i} :p :n{j} ; :q :n{j}", 60), 1, "http://e/n0"),
      ("path-deep", AT_X + "sh:property [ sh:path %s:p%s ; sh:minCount 9 ] ."
       % ("[ sh:inversePath " * 5000, " ]" * 5000), ONE, 2, "deeper"),
      ("classes", ":S sh:targetSubjectsOf :p ; sh:class :None .",
       lines(":C{i} rdfs:subClassOf :C{j}", MANY)
       + lines(":n{i} a :C0 ; :p 1", 100), 1, "... and 95 more of http://e/S"),
      ("in", ":S sh:targetObjectsOf :p ; sh:in ( %s ) ."
       % numbers(0, MANY).replace(",", ""), ":x :p %s ." % numbers(5, MANY + 5),
       1, ": 5 violations"),
      ("list-loop", AT_X + "sh:in _:l . _:l rdf:first 1 ; rdf:rest _:l .", ONE,
       2, "well-formed list"),
      ("unique", AT_X + "sh:property [ sh:path :p ; sh:uniqueLang true ] .",
       ":x :p %s ." % ", ".join('"%d"@en' % i for i in range(MANY)),
       1, "1 violation"),
      ("disjoint", AT_X + "sh:property [ sh:path :p ; sh:disjoint :q ] .",
       ":x :p %s ; :q %s ." % (numbers(0, MANY), numbers(MANY - 1, 2 * MANY)),
       1, "1 violation"),
      ("pairs", AT_X + "sh:property [ sh:path :p ; sh:lessThan :q ] .",
       ":x :p %s ; :q %s ." % (numbers(0, 5000), numbers(5000, 9000)),
       2, "too many pairs"),
      ("levels",
       lines(":S{i} sh:node :S{j}", MANY) + ":S0 sh:targetNode :x .",
       ONE, 2, "[shape-depth]"),
      ("doubling", lines(":S{i} sh:and ( :S{j} :S{j} )", 40)
       + ":S40 sh:class :C . :S0 sh:targetNode :x .", ONE, 1, "violation"),
      ("doubling-or",
       lines(":S{i} sh:or ( [ sh:not :S{j} ] [ sh:node :S{j} ] )",
                            30)
       + ":S30 sh:class :C . :S0 sh:targetNode :x .", ONE, 0, "conforms"),
      ("brackets", ":S a sh:NodeShape .", "(" * 5000 + ")" * 5000 + " :p 1 .",
       2, "deeper"),
    ]


def trap_of(shapes, data, status, words):
    def trap(trial, check):
        trial.write("s.ttl", PREFIXES + shapes)
        trial.write("d.ttl", PREFIXES + data)
        check(trial, trial.run("--shapes", "s.ttl", "d.ttl"), status, words)
    return trap


def traps():
    for name, shapes, data, status, words in questions():
        yield "shapes-" + name, trap_of(shapes, data, status, words)
