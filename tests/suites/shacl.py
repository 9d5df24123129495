# SPDX-License-Identifier: Apache-2.0
"""SHACL Core: the W3C test suite through crate-validate.

Each test names a data graph and a shapes graph and gives the validation
report that must come out. Reports are compared as graphs, cut down to the
properties that the suite looks at.
"""
import os
import posixpath
import sys
import tempfile

import suite

SH = "http://www.w3.org/ns/shacl#"
SHT = "http://www.w3.org/ns/shacl-test#"
MF = suite.MF
RDF = suite.RDF
BASE = "http://shacl.test/"

# Of a result; sh:resultMessage only counts where a report is expected to have
# one.
COMPARED = [SH + name for name in (
    "focusNode", "value", "sourceShape", "sourceConstraintComponent",
    "resultSeverity")]
MESSAGE = SH + "resultMessage"
PATH = SH + "resultPath"


def write_term(term):
    """A term as N-Quads."""
    if term[0] == "iri":
        return "<%s>" % term[1]
    if term[0] == "blank":
        return "_:" + term[1]
    text = "".join("\\u%04X" % ord(c) if c in '\\"' or ord(c) < 32 else c
                   for c in term[1])
    tail = "@" + term[3] if term[3] else ""
    if term[2] and not tail:
        tail = "^^<%s>" % term[2]
    return '"%s"%s' % (text, tail)


class Report:
    """A validation report, as lines of N-Quads that can be compared."""

    def __init__(self, graph, node, messages):
        self.graph = graph
        self.messages = messages
        self.lines = []
        self.state(node, SH + "conforms")
        for result in graph.objects(node, SH + "result"):
            self.lines.append("%s <%sresult> %s ." % (
                write_term(node), SH, write_term(result)))
            self.result(result)

    def state(self, node, predicate):
        """Copy the statements about a node with a predicate; the objects."""
        found = self.graph.objects(node, predicate)
        for term in found:
            self.lines.append("%s <%s> %s ." % (
                write_term(node), predicate, write_term(term)))
        return found

    def result(self, node):
        for predicate in COMPARED + ([MESSAGE] if self.messages else []):
            self.state(node, predicate)
        for path in self.state(node, PATH):
            self.path(path)

    def path(self, node):
        """Copy the structure of a path."""
        if node[0] != "blank":
            return
        for key in list(self.graph.about):
            if key[0] == node:
                for term in self.state(node, key[1]):
                    self.path(term)

    def canonical(self, context):
        text = "\n".join(self.lines) + "\n"
        with tempfile.NamedTemporaryFile(suffix=".nq") as copy:
            copy.write(text.encode("utf-8"))
            copy.flush()
            return context.canonical(copy.name, "--from", "nquads")


class Test:
    def __init__(self, context, graph, entry, path, base):
        self.context = context
        self.graph = graph
        self.entry = entry
        self.path = path
        self.base = base
        self.name = entry[1][len(BASE):]

    def file(self, predicate):
        """Path of the document that the action names."""
        action = self.graph.object(self.entry, MF + "action")
        iri = self.graph.value(action, predicate)
        return os.path.join(self.context.folder("shacl"), iri[len(BASE):])

    def answer(self):
        # To SHACL a warning is a result like any other (3.6.1.1).
        return self.context.call(
            "crate-validate", "--fail-on", "info", "--shapes", self.file(SHT + "shapesGraph"),
            "--base", self.base, "-f", "turtle",
            self.file(SHT + "dataGraph"))

    def actual(self, out, messages):
        with tempfile.NamedTemporaryFile(suffix=".ttl") as copy:
            copy.write(out)
            copy.flush()
            graph = self.context.manifest(copy.name, self.base)
        nodes = [s for s in graph.subjects(RDF + "type")
                 if SH + "ValidationReport" in graph.types(s)]
        return Report(graph, nodes[0], messages) if nodes else None

    def run(self):
        result = self.graph.object(self.entry, MF + "result")
        answer = self.answer()
        if answer.crashed():
            return answer.complaint()
        if result == ("iri", SHT + "Failure"):
            return None if answer.status == 2 else "expected a failure"
        conforms = self.graph.value(result, SH + "conforms") == "true"
        if answer.status != (0 if conforms else 1):
            return answer.complaint()
        messages = any(self.graph.objects(node, MESSAGE) for node in
                       self.graph.objects(result, SH + "result"))
        report = self.actual(answer.out, messages)
        if not report:
            return "no validation report"
        expected = Report(self.graph, result, messages)
        same = expected.canonical(self.context) == \
            report.canonical(self.context)
        return None if same else "another report"


def cases_of(context, path):
    """Cases of a manifest and of those that it includes."""
    base = BASE + path
    file = context.folder("shacl", *path.split("/"))
    graph = context.manifest(file, base)
    for include in graph.objects(("iri", base), MF + "include"):
        yield from cases_of(context, include[1][len(BASE):])
    for entry in graph.entries():
        test = Test(context, graph, entry, path, base)
        name = posixpath.relpath(test.name, "core")
        yield suite.Case("shacl", name, test.run)


def cases(context):
    if not context.folder("shacl", "core", "manifest.ttl"):
        yield suite.absent("shacl", "shacl/core")
        return
    yield from cases_of(context, "core/manifest.ttl")


if __name__ == "__main__":
    sys.exit(suite.main("shacl", cases))
