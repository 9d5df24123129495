#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""W3C RDF 1.1 suites: Turtle, TriG, N-Triples, N-Quads, RDF/XML.

Each test is named by its fragment. Beside what the suites ask for, every
positive test makes the round trip through our own Turtle or TriG writer
("<test>!round-trip") and, where it is one graph that XML can hold, through
RDF/XML ("<test>!xml"): what is read back is isomorphic. Of N-Triples and
N-Quads, each is read by --stream as well ("<test>!stream").
"""
import os
import sys
import tempfile

import suite

RDFT = "http://www.w3.org/ns/rdftest#"

# The address that the suites take as their base.
ROOT = "https://w3c.github.io/rdf-tests/rdf/rdf11/"

# Suite and folder, and syntax.
SUITES = (
    ("rdf-turtle", "turtle"),
    ("rdf-trig", "trig"),
    ("rdf-n-triples", "ntriples"),
    ("rdf-n-quads", "nquads"),
    ("rdf-xml", "rdfxml"),
)


class Test:
    """A manifest's entry: its files, and what is to come of them."""

    def __init__(self, context, row, graph, entry):
        self.context = context
        self.suite, self.syntax = row
        self.root = ROOT + self.suite + "/"
        self.folder = context.folder("rdf11", self.suite)
        self.name = entry[1].split("#")[-1]
        self.type = graph.types(entry)[0].replace(RDFT, "")
        self.action = graph.value(entry, suite.MF + "action")
        self.result = graph.value(entry, suite.MF + "result")

    def path(self, iri):
        return os.path.join(self.folder, iri[len(self.root):])

    def arguments(self):
        """Options and input of the test."""
        return ["--from", self.syntax, "--base", self.action,
                self.path(self.action)]

    def evaluate(self):
        """Positive evaluation: isomorphic to the result."""
        answer = self.context.convert("--to", "canonical", *self.arguments())
        if answer.status != 0 or answer.crashed():
            return answer.complaint()
        expected = self.context.canonical(self.path(self.result),
                                          "--from", "nquads")
        return None if answer.out == expected else "another graph"

    def round_trip(self):
        """Write as Turtle or TriG, read that, and compare."""
        return self.trip("trig" if self.syntax in ("trig", "nquads")
                         else "turtle")

    def xml(self):
        return self.trip("rdfxml", ("[no-rdfxml]", "[named-graphs]"))

    def stream(self):
        return self.trip("trig", (), "--stream")

    def trip(self, to, excuses=(), *options):
        """By way of a syntax; an excuse is a code that says it cannot be."""
        before = self.context.convert("--to", "canonical",
                                      *self.arguments())
        if before.status != 0:
            raise suite.Skip("not read in the first place")
        written = self.context.convert("--to", to, *options,
                                       *self.arguments())
        if written.status == 2 and any(e in written.err for e in excuses):
            return None
        if written.status != 0 or written.crashed():
            return "writing: " + written.complaint()
        with tempfile.NamedTemporaryFile(suffix=".trig") as copy:
            copy.write(written.out)
            copy.flush()
            after = self.context.convert("--to", "canonical", "--from", to,
                                         copy.name)
        if after.status != 0:
            return "reading back: " + after.complaint()
        return None if after.out == before.out else "another graph"

    def accept(self):
        """Positive syntax."""
        answer = self.context.convert("--to", "nquads", *self.arguments())
        good = answer.status == 0 and not answer.crashed()
        return None if good else answer.complaint()

    def refuse(self, *options):
        """Negative: status 2 with a complaint that names the file."""
        answer = self.context.convert("--to", "nquads", *options,
                                      *self.arguments())
        if answer.status != 2 or answer.crashed():
            return "not refused: " + answer.complaint()
        name = self.path(self.action) + ":"
        return None if answer.err.startswith(name) else answer.complaint()

    def refuse_stream(self):
        return self.refuse("--stream")

    def cases(self):
        streams = self.syntax in ("ntriples", "nquads")
        if "Negative" in self.type:
            yield suite.Case(self.suite, self.name, self.refuse)
            if streams:
                yield suite.Case(self.suite, self.name + "!stream",
                                 self.refuse_stream)
            return
        yield suite.Case(self.suite, self.name,
                         self.accept if "PositiveSyntax" in self.type
                         else self.evaluate)
        yield suite.Case(self.suite, self.name + "!round-trip",
                         self.round_trip)
        yield suite.Case(self.suite, self.name + "!xml", self.xml)
        if streams:
            yield suite.Case(self.suite, self.name + "!stream", self.stream)


def cases(context):
    for row in SUITES:
        path = context.folder("rdf11", row[0], "manifest.ttl")
        if not path:
            yield suite.absent(row[0], "rdf11/" + row[0])
            continue
        graph = context.manifest(path, ROOT + row[0] + "/manifest.ttl")
        for entry in graph.entries():
            yield from Test(context, row, graph, entry).cases()


if __name__ == "__main__":
    sys.exit(suite.main("rdf", cases))
