#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""What we write, read by others: rdflib reads each syntax of RDF, of each
example, and each vocabulary that it can be put into, to the graph that it was.
"""
import glob
import os
import subprocess
import sys
import tempfile

import suite
from sparql import find_interpreter

# A format of ours, and rdflib's name for it.
SYNTAXES = (
    ("ntriples", "nt"), ("nquads", "nquads"), ("turtle", "turtle"),
    ("trig", "trig"), ("rdfxml", "xml"), ("jsonld", "json-ld"),
    ("expanded", "json-ld"), ("canonical", "nquads"),
)

VOCABULARIES = ("schema-org", "dcat", "croissant", "prov", "codemeta",
                "datacite", "cff", "model-card")

READ = """
import logging, sys, rdflib
rdflib.NORMALIZE_LITERALS = False
logging.disable(logging.CRITICAL)
dataset = rdflib.ConjunctiveGraph()
dataset.parse(source=sys.stdin.buffer, format=sys.argv[1],
              publicID="https://example.org/crate/")
graph = rdflib.Graph()
for triple in dataset.triples((None, None, None)):
    graph.add(triple)
sys.stdout.buffer.write(graph.serialize(format="nt", encoding="utf-8"))
"""

BASE = ("--base", "https://example.org/crate/ro-crate-metadata.json")


def read_by_rdflib(context, program, form, name, path, *options):
    def run():
        if not program:
            raise suite.Skip("python3-rdflib is not installed")
        written = context.convert("--to", form, *BASE, *options, path)
        if written.status or written.crashed():
            return written.complaint()
        done = subprocess.run([program, "-c", READ, name], input=written.out,
                              capture_output=True, check=False)
        if done.returncode:
            return done.stderr.decode("utf-8", "replace")[-300:]
        with tempfile.NamedTemporaryFile(suffix=".nt") as copy:
            copy.write(done.stdout)
            copy.flush()
            found = context.canonical(copy.name)
        wanted = context.convert("--to", "canonical", *BASE, *options, path)
        return None if found == wanted.out else "another graph"
    return run


def short(path):
    return "%s/%s" % (os.path.basename(os.path.dirname(path)),
                      os.path.basename(path))


def cases(context):
    program = find_interpreter()
    examples = sorted(glob.glob(os.path.join(
        suite.ROOT, "docs", "examples", "*", "ro-crate-metadata.json")))
    for path in examples:
        for word in VOCABULARIES:
            yield suite.Case(
                "readers", "as-%s:%s" % (word, short(path)),
                read_by_rdflib(context, program, "turtle", "turtle", path,
                               "--as", word))
    paths = list(examples)
    samples = os.path.join(context.shared, "samples", "provenance")
    paths += sorted(glob.glob(os.path.join(samples, "wrroc-*", "*.json")))
    if not os.path.isdir(samples):
        yield suite.absent("readers", "samples")
    for path in paths:
        for form, name in SYNTAXES:
            yield suite.Case("readers", "%s:%s" % (form, short(path)),
                             read_by_rdflib(context, program, form, name, path))


if __name__ == "__main__":
    sys.exit(suite.main("readers", cases))
