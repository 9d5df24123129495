#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""There and back: every document of the examples, the samples and the corpora
that says anything in RDF is the same graph after each of these ways; and what
cannot be read is refused alike, whatever it was to become."""
import glob
import os
import sys

import suite

# Where a way leads, a syntax after the other; the first is written from the
# document.
WAYS = {
    "turtle-jsonld": ("trig", "jsonld"),
    "jsonld-turtle": ("expanded", "trig", "nquads"),
    "compacted-turtle": ("compacted", "trig"),
    "flattened": ("flattened", "nquads"),
    "rdfxml": ("rdfxml", "turtle"),
}
SYNTAX_OF = {"expanded": "jsonld", "compacted": "jsonld",
             "flattened": "jsonld"}
BASE = "https://example.org/crate/"
CONTEXT = "https://w3id.org/ro/crate/1.2/context"
ENDINGS = (".json", ".jsonld", ".ttl", ".nt", ".provn")
# What a format cannot hold, or the context of a document not say, and is
# refused for.
REASONS = ("RDF/XML", "named graphs", "would be read as a compact IRI",
           "no copy of")
PLACES = ("samples/provenance", "corpora")


def documents(context):
    """Those of the repository, and of ../shared."""
    yield from sorted(glob.glob(os.path.join(
        suite.ROOT, "docs", "examples", "*", "*.json")))
    for place in PLACES:
        for folder, below, files in os.walk(
                os.path.join(context.shared or "", place)):
            below.sort()
            for name in sorted(files):
                if name.endswith(ENDINGS):
                    yield os.path.join(folder, name)


def name_of(context, path):
    for root in (suite.ROOT, context.shared):
        if root and path.startswith(root + os.sep):
            return path[len(root) + 1:].replace(os.sep, "/")
    return path


def options_of(form):
    return ("--context", CONTEXT) if form == "compacted" else ()


def goes_round(context, path, way):
    """None, or what was lost on the way."""
    wanted = context.convert("--base", BASE, "--to", "canonical", path)
    answer = context.convert("--base", BASE, "--to", way[0],
                             *options_of(way[0]), path)
    if wanted.status == 2:
        return None if answer.status == 2 and not answer.out else \
            "%s is made of what cannot be read" % way[0]
    if answer.status == 2 and any(each in answer.err for each in REASONS):
        raise suite.Skip(answer.err.split("error: ")[-1].strip())
    for before, after in zip(way, (*way[1:], "canonical")):
        if answer.status or answer.crashed():
            return "%s: %s" % (before, answer.complaint())
        answer = context.convert(
            "--base", BASE, "--from", SYNTAX_OF.get(before, before), "--to",
            after, *options_of(after), "-", stdin=answer.out)
    return None if answer.out == wanted.out else "another graph comes back"


def cases(context):
    for place in PLACES:
        if not os.path.isdir(os.path.join(context.shared or "", place)):
            yield suite.absent("round-trips", place)
    for path in documents(context):
        few = os.sep + "corpora" + os.sep in path  # there are hundreds
        for name, way in list(WAYS.items())[:1 if few else None]:
            yield suite.Case(
                "round-trips", "%s:%s" % (name, name_of(context, path)),
                lambda path=path, way=way: goes_round(context, path, way))


if __name__ == "__main__":
    sys.exit(suite.main("round-trips", cases))
