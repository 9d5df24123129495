#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""W3C suites of JSON-LD 1.1: expand, compact, flatten, toRdf, fromRdf,
html, remote-doc, and framing."""
import json
import os
import re
import sys

import suite

API = "https://w3c.github.io/json-ld-api/tests/"
FRAMING = "https://w3c.github.io/json-ld-framing/tests/"

# What to convert to, by the type of a test.
FORMATS = {
    "jld:ExpandTest": "expanded",
    "jld:CompactTest": "compacted",
    "jld:FlattenTest": "flattened",
    "jld:FrameTest": "framed",
    "jld:FromRDFTest": "jsonld",
    "jld:ToRDFTest": "canonical",
}


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


def unordered(value):
    """A value that is equal when any arrays are, taken as sets."""
    if isinstance(value, dict):
        return json.dumps({key: unordered(member)
                           for key, member in value.items()}, sort_keys=True)
    if isinstance(value, list):
        return json.dumps(sorted(unordered(item) for item in value))
    return json.dumps(value)


class Test:
    """A manifest's entry."""

    def __init__(self, context, base, folder, entry):
        self.context = context
        self.base = base
        self.folder = folder
        self.entry = entry
        self.option = entry.get("option", {})
        self.types = entry["@type"]
        self.format = next(FORMATS[name] for name in self.types
                           if name in FORMATS)

    def path(self, member):
        return os.path.join(self.folder, self.entry[member])

    def location(self):
        """Where the input is on the web."""
        return self.option.get("base", self.base + self.entry["input"])

    def arguments(self):
        """Options by name: a manifest's own, and where it has files."""
        option = self.option
        made = ["--base", self.location(),
                "--map", self.base + "=" + self.folder]
        for name, member in (("--context", "context"), ("--frame", "frame")):
            if member in self.entry:
                made += [name, self.path(member)]
        if "expandContext" in option:
            made += ["--expand-context",
                     os.path.join(self.folder, option["expandContext"])]
        for name, member in (("--rdf-direction", "rdfDirection"),
                             ("--processing-mode", "processingMode"),
                             ("--compact-arrays", "compactArrays"),
                             ("--compact-to-relative", "compactToRelative"),
                             ("--omit-graph", "omitGraph")):
            if member in option:
                value = option[member]
                made += [name, str(value).lower()
                         if isinstance(value, bool) else value]
        for name, member in (
                ("--produce-generalized-rdf", "produceGeneralizedRdf"),
                ("--native-types", "useNativeTypes"),
                ("--use-rdf-type", "useRdfType"),
                ("--ordered", "ordered")):
            if option.get(member):
                made.append(name)
        if "extractAllScripts" in option:
            made.append("--extract-all-scripts=" +
                        str(option["extractAllScripts"]).lower())
        return made

    def convert(self, form):
        return self.context.convert("--to", form, *self.arguments(),
                                    self.path("input"))

    def refused(self):
        answer = self.convert(self.format)
        code = self.entry["expectErrorCode"].replace(" ", "-")
        if answer.status != 2 or answer.crashed():
            return "not refused: " + answer.complaint()
        return None if "[%s]" % code in answer.err \
            else "wanted [%s]: %s" % (code, answer.complaint())

    def expansion(self, document):
        """A document that is ours or expected, expanded and canonical."""
        answer = self.context.convert(
            "--to", "expanded", "--from", "jsonld", "--base", self.location(),
            "--map", self.base + "=" + self.folder, "-",
            stdin=json.dumps(document).encode("utf-8"))
        return canonical_json(json.loads(answer.out)) \
            if answer.status == 0 else answer.complaint()

    def document(self):
        """Arrays are compared as sets; then lists, which are none, by what
        the documents expand to."""
        answer = self.convert(self.format)
        if answer.status != 0 or answer.crashed():
            return answer.complaint()
        with open(self.path("expect"), encoding="utf-8") as expected:
            wanted = json.load(expected)
        found = json.loads(answer.out)
        if self.format == "expanded":
            return None if canonical_json(found) == canonical_json(wanted) \
                else "another result"
        if unordered(found) != unordered(wanted):
            return "another result"
        return None if found == wanted or \
            self.expansion(found) == self.expansion(wanted) \
            else "another meaning"

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
        return self.statements() if self.format == "canonical" \
            else self.document()


LINK = re.compile(r'<([^>]*)>; rel="([^"]*)"(?:; type="([^"]*)")?')
MEDIA_TYPES = {".jsonld": "application/ld+json", ".json": "application/json",
               ".html": "text/html"}


class RemoteTest(Test):
    """A document that is fetched in the suite. Nothing is ever fetched here:
    what HTTP would answer is played, LoadDocumentCallback's steps 3 to 5."""

    def __init__(self, context, base, folder, entry):
        super().__init__(context, base, folder, dict(entry))
        self.linked = None
        self.entry["input"] = self.option.get("redirectTo",
                                              self.entry["input"])
        links = self.option.get("httpLink", [])
        for link in [links] if isinstance(links, str) else links:
            self.follow(*LINK.match(link).groups())

    def media_type(self):
        ending = os.path.splitext(self.entry["input"])[1]
        return self.option.get("contentType", MEDIA_TYPES.get(ending, ""))

    def follow(self, target, relation, media_type):
        beside = os.path.join(os.path.dirname(self.entry["input"]), target)
        served = self.media_type()
        if relation == "alternate":
            if media_type == "application/ld+json" and \
                    not served.endswith("json"):
                self.entry["input"] = beside
        elif served != "application/ld+json":
            self.linked = beside

    def arguments(self):
        made = super().arguments()
        if self.linked:
            made += ["--expand-context", os.path.join(self.folder,
                                                      self.linked)]
        if self.media_type().endswith("json"):
            made += ["--from", "jsonld"]
        return made

    def run(self):
        if "expectErrorCode" in self.entry:
            raise suite.Skip("about HTTP, which is not spoken here")
        return super().run()


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
    for suite_name, base, names in (
            ("json-ld-api", API, ("expand", "compact", "flatten", "toRdf",
                                  "fromRdf", "html", "remote-doc")),
            ("json-ld-framing", FRAMING, ("frame",))):
        folder = context.folder(suite_name)
        if not folder:
            yield suite.absent("jsonld", suite_name)
            continue
        for name in names:
            path = os.path.join(folder, name + "-manifest.jsonld")
            with open(path, encoding="utf-8") as manifest:
                entries = json.load(manifest)["sequence"]
            for entry in entries:
                kind = RemoteTest if name == "remote-doc" else Test
                test = kind(context, base, folder, entry)
                yield suite.Case("jsonld-" + name, entry["@id"].lstrip("#"),
                                 test.run)


if __name__ == "__main__":
    sys.exit(suite.main("jsonld", cases))
