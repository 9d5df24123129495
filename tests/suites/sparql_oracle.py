#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""usage: sparql_oracle.py DATA MAPPING: what rdflib makes of an update.

Prints N-Triples: the data and what was added. Run by sparql.py with an
interpreter that has rdflib (Debian: python3-rdflib).
"""
import logging
import sys

import rdflib

# Lexical forms are not to be changed, and no word lost about ill-typed ones.
rdflib.NORMALIZE_LITERALS = False
logging.disable(logging.CRITICAL)


def main(data, mapping):
    graph = rdflib.Graph()
    graph.parse(data)
    with open(mapping, encoding="utf-8") as file:
        # rdflib would know "schema" and others for namespaces of its own.
        graph.update(file.read(), initNs={"unused": "http://unused/"})
    # Update 3.1.3 leaves these out; rdflib does not.
    for triple in list(graph):
        if isinstance(triple[0], rdflib.Literal) or \
                not isinstance(triple[1], rdflib.URIRef):
            graph.remove(triple)
    sys.stdout.buffer.write(graph.serialize(format="nt", encoding="utf-8"))


if __name__ == "__main__":
    main(*sys.argv[1:])
