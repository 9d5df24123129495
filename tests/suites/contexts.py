#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""The bundled contexts against the published ones, term by term.

A document that uses every term of every context, as property, as type and as
prefix, must expand alike with our context's IRI and with the published file
in its place: from the precompiled table, and through the general algorithm.
"""
import json
import os
import re
import sys
import tempfile

import suite

# Bundled context, one IRI of it, the published file.
CONTEXTS = [
    ("ro-crate-1.0", "https://w3id.org/ro/crate/1.0/context",
     "ro-crate-1.0-context.jsonld"),
    ("ro-crate-1.1", "https://w3id.org/ro/crate/1.1/context",
     "ro-crate-1.1-context.jsonld"),
    ("ro-crate-1.2", "https://w3id.org/ro/crate/1.2/context",
     "ro-crate-1.2-context.jsonld"),
    ("ro-crate-1.3", "https://w3id.org/ro/crate/1.3/context",
     "ro-crate-1.3-context.jsonld"),
    ("ro-crate-1.4-DRAFT", "https://w3id.org/ro/crate/1.4-DRAFT/context",
     "ro-crate-1.4-DRAFT-context.jsonld"),
    ("schema.org-30.0", "https://schema.org/",
     "schemaorg-30.0-context.jsonld"),
    ("ro-terms", "https://w3id.org/ro/terms/context",
     "ro-terms-context.jsonld"),
    ("workflow-run", "https://w3id.org/ro/terms/workflow-run/context",
     "ro-terms-workflow-run-context.jsonld"),
    ("croissant-1.0", "http://mlcommons.org/croissant/1.0",
     "croissant-1.0-context.jsonld"),
    ("croissant-1.1", "http://mlcommons.org/croissant/1.1",
     "croissant-1.1-context.jsonld"),
    ("fair4ml-0.0.1", "https://w3id.org/fair4ml/0.0.1",
     "fair4ml-0.0.1.jsonld"),
    ("fair4ml-0.1.0", "https://w3id.org/fair4ml/0.1.0",
     "fair4ml-0.1.0.jsonld"),
    ("fair4ml-development", "https://w3id.org/fair4ml/dev",
     "fair4ml-development.jsonld"),
    ("codemeta-2.0", "https://doi.org/10.5063/schema/codemeta-2.0",
     "codemeta-2.0.jsonld"),
    ("codemeta-3.0", "https://w3id.org/codemeta/3.0", "codemeta-3.0.jsonld"),
    ("codemeta-3.1", "https://w3id.org/codemeta/3.1", "codemeta-3.1.jsonld"),
]

BASE = "https://example.org/base/"


def load(folder, name):
    with open(os.path.join(folder, name), encoding="utf-8") as file:
        return json.load(file)["@context"]


def document(context, terms):
    """Every term as property (of a string, a reference and a number), as
    type, as prefix of a property and of a type, in nodes of its own."""
    nodes = []
    for i, term in enumerate(sorted(terms)):
        nodes.append({"@id": "#p%d" % i,
                      term: ["text", {"@id": "x"}, 1]})
        nodes.append({"@id": "#t%d" % i,
                      "@type": [term, term + ":suffix"],
                      term + ":suffix": "text"})
    # An alias of @type takes no references: keywords have a graph to fail in.
    return {"@context": context, "@graph": nodes}


def aliases(context):
    return {term for term, value in context.items()
            if isinstance(value, str) and value.startswith("@")}


class Comparison:
    """One bundled context against its file, in one way of naming it."""

    def __init__(self, context, folder, row, over):
        self.context = context
        self.folder = folder
        self.row = row
        self.over = over

    def expand(self, context, terms):
        with tempfile.NamedTemporaryFile("w", suffix=".jsonld",
                                         encoding="utf-8") as file:
            json.dump(document(context, terms), file)
            file.flush()
            answer = self.context.convert("--to", "expanded", "--base", BASE,
                                          file.name)
        if answer.status != 0 or answer.crashed():
            raise RuntimeError(answer.complaint())
        return {node["@id"]: node for node in json.loads(answer.out)}

    def run(self):
        terms = set()
        skip = set()
        for _, _, name in CONTEXTS:
            published = load(self.folder, name)
            terms |= {t for t in published if not t.startswith("@")}
            skip |= aliases(published)
        published = load(self.folder, self.row[2])
        if isinstance(published, dict):
            published.pop("@base", None)  # a remote context has no say in it
        over = [{"unrelated": "http://unrelated.example/"}] * self.over
        ours = self.expand(over + [self.row[1]], terms - skip)
        theirs = self.expand(over + [published], terms - skip)
        for node in sorted(ours.keys() | theirs.keys()):
            if ours.get(node) != theirs.get(node):
                return "%s differs: %s, published %s" % (
                    node, ours.get(node), theirs.get(node))
        return self.check_aliases(published)

    def check_aliases(self, published):
        """Aliases of keywords, one by one."""
        for alias in sorted(aliases(published)):
            node = {alias: "http://example.org/a", "@graph": []}
            found = []
            for context in (self.row[1], published):
                with tempfile.NamedTemporaryFile("w", suffix=".jsonld",
                                                 encoding="utf-8") as file:
                    json.dump({"@context": context,
                               "http://example.org/p": node}, file)
                    file.flush()
                    found.append(self.context.convert(
                        "--to", "expanded", "--base", BASE, file.name))
            if found[0].out != found[1].out or found[0].status:
                return "alias %s differs" % alias
        return None


def choices(pattern):
    """The IRIs of a pattern with braces."""
    match = re.search(r"{([^{}]*)}", pattern)
    if not match:
        return [pattern]
    made = []
    for choice in match.group(1).split(","):
        made += choices(pattern[:match.start()] + choice +
                        pattern[match.end():])
    return made


def spellings():
    """Every IRI that the tables name."""
    folder = os.path.join(suite.ROOT, "profiles", "contexts")
    for name in sorted(os.listdir(folder)):
        if not name.endswith(".terms"):
            continue
        with open(os.path.join(folder, name), encoding="utf-8") as file:
            for line in file:
                if line.startswith("%at "):
                    yield from choices(line.split()[1])


def resolve_all(context):
    """Each spelling resolves: nodes that each name one."""
    nodes = [{"@context": iri, "@id": "http://example.org/%d" % i,
              "http://example.org/p": iri}
             for i, iri in enumerate(spellings())]
    with tempfile.NamedTemporaryFile("w", suffix=".jsonld",
                                     encoding="utf-8") as file:
        json.dump(nodes, file)
        file.flush()
        answer = context.convert("--to", "nquads", file.name)
    if answer.status != 0 or answer.crashed():
        return answer.complaint()
    lines = answer.out.count(b"\n")
    return None if lines == len(nodes) > 500 else "only %d" % lines


def unknown(context):
    """What is not known is not fetched, and the person is told the way."""
    text = b'{"@context": ["https://w3id.org/ro/crate/1.1/context",\n' \
           b'  "https://example.org/other"], "name": "x"}'
    with tempfile.NamedTemporaryFile("wb", suffix=".jsonld") as file:
        file.write(text)
        file.flush()
        answer = context.convert("--to", "nquads", file.name)
    wanted = [":2:3: ", "nothing is fetched; add --map IRI-PREFIX=DIR",
              "[loading-remote-context-failed]"]
    good = answer.status == 2 and all(w in answer.err for w in wanted)
    return None if good else answer.complaint()


def cases(context):
    yield suite.Case("contexts", "spellings", lambda: resolve_all(context))
    yield suite.Case("contexts", "unknown", lambda: unknown(context))
    folder = os.path.join(context.options.shared, "vocab")
    if not os.path.isdir(folder):
        yield suite.absent("contexts", "vocab")
        return
    for row in CONTEXTS:
        for over, way in enumerate(("table", "general")):
            comparison = Comparison(context, folder, row, over)
            yield suite.Case("contexts", row[0] + "-" + way, comparison.run)


if __name__ == "__main__":
    sys.exit(suite.main("contexts", cases))
