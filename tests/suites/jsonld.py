#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""W3C suites of JSON-LD 1.1: expand and toRdf."""
import json
import os
import sys

import suite

BASE = "https://w3c.github.io/json-ld-api/tests/"


def canonical_json(value, in_list=False):
    """A value that is equal when expanded JSON-LD is: arrays are sets,
    but for those of @list; JSON literals are compared as they stand."""
    if isinstance(value, dict):
        if value.get("@type") == "@json":
            return json.dumps(value, sort_keys=True)
        members = {key: canonical_json(member, key == "@list")
                   for key, member in value.items()}
        return json.dumps(members, sort_keys=True)
    if isinstance(value, list):
        items = [canonical_json(item) for item in value]
        return json.dumps(items if in_list else sorted(items))
    return json.dumps(value)


class Test:
    """A manifest's entry."""

    def __init__(self, context, folder, name, entry):
        self.context = context
        self.folder = folder
        self.name = name
        self.entry = entry
        self.option = entry.get("option", {})
        self.types = entry["@type"]

    def path(self, member):
        return os.path.join(self.folder, self.entry[member])

    def arguments(self):
        option = self.option
        made = ["--base", option.get("base", BASE + self.entry["input"]),
                "--map", BASE + "=" + self.folder]
        if "expandContext" in option:
            made += ["--expand-context",
                     os.path.join(self.folder, option["expandContext"])]
        if "rdfDirection" in option:
            made += ["--rdf-direction", option["rdfDirection"]]
        if "processingMode" in option:
            made += ["--processing-mode", option["processingMode"]]
        if option.get("produceGeneralizedRdf"):
            made.append("--produce-generalized-rdf")
        return made

    def convert(self, form):
        return self.context.convert("--to", form, *self.arguments(),
                                    self.path("input"))

    def refused(self):
        form = "expanded" if self.name == "expand" else "nquads"
        answer = self.convert(form)
        code = self.entry["expectErrorCode"].replace(" ", "-")
        if answer.status != 2 or answer.crashed():
            return "not refused: " + answer.complaint()
        return None if "[%s]" % code in answer.err \
            else "wanted [%s]: %s" % (code, answer.complaint())

    def expanded(self):
        answer = self.convert("expanded")
        if answer.status != 0 or answer.crashed():
            return answer.complaint()
        with open(self.path("expect"), encoding="utf-8") as expected:
            wanted = canonical_json(json.load(expected))
        found = canonical_json(json.loads(answer.out))
        return None if found == wanted else "another result"

    def statements(self):
        """Compared in canonical form, where isomorphic means equal; with
        generalized RDF, which has none, as text when labels allow."""
        generalized = self.option.get("produceGeneralizedRdf")
        answer = self.convert("nquads" if generalized else "canonical")
        if answer.status != 0 or answer.crashed():
            return answer.complaint()
        if "jld:PositiveSyntaxTest" in self.types:
            return None
        if generalized:
            with open(self.path("expect"), encoding="utf-8") as expected:
                return same_shape(answer.out.decode("utf-8"), expected.read())
        wanted = self.context.canonical(self.path("expect"))
        return None if answer.out == wanted else "another graph"

    def run(self):
        if self.option.get("specVersion") == "json-ld-1.0":
            raise suite.Skip("JSON-LD 1.0 only")
        if "jld:NegativeEvaluationTest" in self.types:
            return self.refused()
        return self.expanded() if self.name == "expand" else self.statements()


def same_shape(found, wanted):
    """Whether two sets of statements are equal under a one-to-one renaming
    of blank nodes, tried in every order: for a handful of them."""
    found = [q for q in suite.parse_nquads(found) if q]
    wanted = [q for q in suite.parse_nquads(wanted) if q]

    def match(rest, left, names):
        if not rest:
            return not left
        for i, candidate in enumerate(left):
            trial = rename(rest[0], candidate, names)
            if trial is not None and \
                    match(rest[1:], left[:i] + left[i + 1:], trial):
                return True
        return False

    return None if match(found, wanted, {}) else "another graph"


def rename(quad, other, names):
    """The renaming extended so that `quad` becomes `other`, or None."""
    if len(quad) != len(other):
        return None
    names = dict(names)
    for a, b in zip(quad, other):
        if a[0] != b[0]:
            return None
        if a[0] != "blank":
            if a != b:
                return None
        elif names.setdefault(a[1], b[1]) != b[1]:
            return None
    return names if len(set(names.values())) == len(names) else None


def cases(context):
    folder = context.folder("json-ld-api")
    if not folder:
        yield suite.absent("jsonld", "json-ld-api")
        return
    for name in ("expand", "toRdf"):
        path = os.path.join(folder, name + "-manifest.jsonld")
        with open(path, encoding="utf-8") as manifest:
            entries = json.load(manifest)["sequence"]
        for entry in entries:
            test = Test(context, folder, name, entry)
            yield suite.Case("jsonld-" + name, entry["@id"].lstrip("#"),
                             test.run)


if __name__ == "__main__":
    sys.exit(suite.main("jsonld", cases))
