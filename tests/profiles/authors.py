#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""What the author of a profile is told: --lint-profiles, each mistake at its
line."""
import os
import re
import sys
import tempfile

sys.path.insert(0, os.path.join(os.path.dirname(os.path.dirname(
    os.path.abspath(__file__))), "suites"))
import suite  # noqa: E402

HEAD = """@prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix schema: <http://schema.org/> .
@prefix prof: <http://www.w3.org/ns/dx/prof/> .
@prefix dct: <http://purl.org/dc/terms/> .
@prefix ck: <urn:cratekit:> .
@prefix rule: <https://lab.example/rules#> .
@prefix other: <https://other.example/> .
"""
PROFILE = """<https://lab.example/1.0> a prof:Profile ;
  prof:hasToken "lab-1.0" ; dct:title "Lab 1.0" ; ck:version "1.0" ;
  ck:specification "https://lab.example/" ;
  prof:isProfileOf <https://w3id.org/ro/crate> .
"""
RULE = """rule:contact a sh:PropertyShape ; sh:targetClass ck:Root ;
  sh:path schema:contactPoint ; sh:minCount 1 ;
  sh:message "a crate has a contact" ; ck:section "#contact" .
"""
FIRST = len((HEAD + PROFILE).splitlines()) + 1  # line of what a case adds

# name, what is added to the profile, [(line of that, words)], or the profile
CASES = [
    ("sound", RULE, []),
    ("not-turtle", RULE + "rule:a a ;", [(4, "is a '.' or ';' missing before?")]),
    ("unknown-shacl-term", RULE.replace("minCount", "minCuont"),
     [(2, "did you mean sh:minCount")]),
    ("wrong-value", RULE.replace("sh:minCount 1", 'sh:minCount "one"'),
     [(2, "sh:minCount expects an xsd:integer")]),
    ("no-target", RULE.replace("sh:targetClass ck:Root ;", ""),
     [(1, "the shape has no target, so it is never applied: contact")]),
    ("no-message", RULE.replace('sh:message "a crate has a contact" ;', ""),
     [(1, "the rule has no sh:message: contact")]),
    ("no-words", RULE.replace('"a crate has a contact"', '" "'),
     [(3, "the rule's sh:message has no words: contact")]),
    ("name-used-twice", RULE + RULE.replace("has a contact", "has one"),
     [(6, "two messages; is its name used twice?: contact")]),
    ("name-of-another", RULE + RULE.replace("rule:", "other:"),
     [(4, "another rule has this name: contact")]),
    ("unknown-word", RULE.replace("ck:section", "ck:secton"),
     [(3, "not known: secton, did you mean ck:section")]),
    ("unknown-class", RULE.replace("ck:Root", "ck:Roott"),
     [(1, "not known: Roott, did you mean ck:Root")]),
    ("no-suggestion-for-another-word", RULE.replace("ck:Root", "ck:Image"),
     [(1, "not known: Image [")]),
    ("unknown-schema-class", RULE.replace("ck:Root", "schema:Persn"),
     [(1, "schema.org has no such term: Persn, did you mean Person")]),
    ("a-file-is-no-schema-file", RULE.replace("ck:Root", "schema:File"),
     [(1, "File, which in crates means http://schema.org/MediaObject")]),
    ("unknown-schema-property", RULE.replace("contactPoint", "contactPoin"),
     [(2, "no such term: contactPoin, did you mean contactPoint")]),
    ("schema-by-https", RULE.replace(
        "schema:contactPoint", "<https://schema.org/contactPoint>"),
     [(2, "begin with http://schema.org/, not https")]),
    ("unknown-need", RULE.replace("ck:section", 'ck:needs "jugdement" ; '
                                  "ck:section"),
     [(3, "this condition is not known: jugdement")]),
    ("unknown-mode", RULE.replace("ck:section", 'ck:mode "atached" ; '
                                  "ck:section"),
     [(3, "this condition is not known: atached")]),
    ("never-fails", RULE.replace("sh:minCount 1",
                                 "sh:qualifiedValueShape [ sh:class "
                                 "schema:Person ]"),
     [(2, "this can never fail")]),
    ("path-named-twice", RULE + RULE.replace("contactPoint", "keywords"),
     [(2, "is the name of the shape used twice?")]),
    ("switched-off-what-is-not-there",
     RULE + '<https://lab.example/1.0> ck:without "root-licence" .',
     [(None, "does not inherit: root-licence, did you mean root-license")]),
    ("unknown-parent", RULE + "<https://lab.example/1.0> prof:isProfileOf "
     "<https://nobody.example/1> .",
     [(None, "a profile that is not known here: https://nobody.example/1")]),
    ("its-own-parent", RULE + "<https://lab.example/1.0> prof:isProfileOf "
     "<https://lab.example/1.0> .",
     [(None, "inherits from itself")]),
    ("no-title", RULE, [(1 - len(PROFILE.splitlines()), "lacks: title")]),
]


def lint(context, name, more):
    text = HEAD + (PROFILE.replace(' dct:title "Lab 1.0" ;', "")
                   if name == "no-title" else PROFILE) + more
    with tempfile.TemporaryDirectory() as scratch:
        folder = os.path.join(scratch, "lab", "1.0")
        os.makedirs(folder)
        with open(os.path.join(folder, "profile.ttl"), "w",
                  encoding="utf-8") as file:
            file.write(text)
        return context.call("crate-validate", "--profiles-path", scratch,
                            "--lint-profiles")


def run(context, name, more, expected):
    answer = lint(context, name, more)
    said = answer.err.decode("utf-8", "replace") if isinstance(
        answer.err, bytes) else answer.err
    lines = [line for line in said.splitlines() if "error" in line]
    if answer.crashed() or answer.status != (2 if expected else 0):
        return answer.complaint()
    for line, words in expected:
        place = "profile.ttl:%d:" % (FIRST + line - 1) if line is not None \
            else "profile.ttl: "
        fitting = [at for at in lines if words in at]
        if not fitting:
            return "nothing says %r: %s" % (words, lines)
        if not any(place in at for at in fitting):
            return "not at %s: %s" % (place, fitting)
    if len(lines) > max(1, len(expected)):
        return "says more: %s" % lines
    return None


def judging_warns(context):
    """Judging goes on, and is not silent about a rule that never applies."""
    with tempfile.TemporaryDirectory() as scratch:
        folder = os.path.join(scratch, "lab", "1.0")
        os.makedirs(folder)
        with open(os.path.join(folder, "profile.ttl"), "w",
                  encoding="utf-8") as file:
            file.write(HEAD + PROFILE + RULE.replace("ck:Root", "ck:root"))
        answer = context.call(
            "crate-validate", "-s", "violation", "--profiles-path", scratch,
            "-p", "lab", os.path.join(suite.ROOT, "docs", "examples",
                                      "soil-moisture"))
    if answer.status != 0 or "warning: this ck: term is not known: root" \
            not in answer.err:
        return answer.complaint()
    return None


def cases(context):
    yield suite.Case("authors", "judging-warns",
                     lambda: judging_warns(context))
    for name, more, expected in CASES:
        yield suite.Case("authors", name,
                         lambda it=(name, more, expected): run(context, *it))


if __name__ == "__main__":
    sys.exit(suite.main("authors", cases))
