#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Published documents of PROV: one run of a workflow (CWLProv) in several
serialisations, which must read to the same graph, and documents that must
survive being written and read.

What the published files of the run differ in themselves is undone here, and
nothing else: see `as_published()`.
"""
import collections
import os
import sys

import suite

PROV = "http://www.w3.org/ns/prov#"
FOLDER = ("samples", "provenance", "prov")
RUN = FOLDER + ("cwlprov-ml-predict",)
DOCUMENTS = [FOLDER + ("primer.provn",), FOLDER + ("w3c-publication1.provn",),
             RUN + ("primary.cwlprov.provn",),
             RUN + ("primary.cwlprov.ttl",),
             FOLDER + ("prov-py", "rdf", "activity4.ttl")]


def path_of(context, parts):
    path = os.path.join(context.shared, *parts)
    if not os.path.exists(path):
        raise suite.Skip("no ../shared/" + "/".join(parts))
    return path


def quads_of(context, path):
    answer = context.convert("--to", "nquads", path)
    if answer.status:
        raise RuntimeError("%s: %s" % (path, answer.complaint()))
    return suite.parse_nquads(answer.out.decode("utf-8"))


def described(quads):
    """A multiset of statements in which a blank node is what is said of it;
    no blank node of these documents refers to another."""
    about = collections.defaultdict(list)
    for quad in quads:
        about[quad[0]].append(quad[1:3])
    return collections.Counter(
        tuple(("blank", str(sorted(about[term])))
              if term[0] == "blank" else term for term in quad)
        for quad in quads if quad[0][0] != "blank")


def as_published(quads):
    """What the files in RDF make of the run. Bundles are not told from the
    rest: Turtle and N-Triples have no place for them, and JSON-LD puts what is
    in none in a graph without a name. An association with a plan leaves its
    agent to a statement beside it, where nobody can tell which of several
    agents had the plan."""
    planned = {q[0] for q in quads if q[1][1] == PROV + "hadPlan"}
    agents = {q[0]: q[2] for q in quads
              if q[0] in planned and q[1][1] == PROV + "agent"}
    made = {q[:3] for q in quads
            if not (q[0] in planned and q[1][1] == PROV + "agent")}
    return made | {
        (q[0], ("iri", PROV + "wasAssociatedWith"), agents[q[2]])
        for q in quads if q[2] in agents}


def compare(found, wanted):
    found, wanted = described(found), described(wanted)
    odd = list((found - wanted) + (wanted - found))
    return None if not odd else "%d statements differ, such as %s" % (
        len(odd), odd[0])


def agrees(context, ending):
    """A serialisation of the run against PROV-N."""
    name = "primary.cwlprov."
    wanted = quads_of(context, path_of(context, RUN + (name + "provn",)))
    found = quads_of(context, path_of(context, RUN + (name + ending,)))
    if ending == "json":
        return compare(found, wanted)
    return compare({q[:3] for q in found}, as_published(wanted))


def survives(context, parts, syntax):
    """Written as a syntax of PROV and read again: the same graph."""
    path = path_of(context, parts)
    answer = context.convert("--to", syntax, path)
    if answer.status or answer.err:
        return answer.complaint()
    again = context.convert("--from", syntax, "--to", "canonical", "-",
                            stdin=answer.out)
    return None if again.out == context.canonical(path) \
        else "another graph comes back " + again.complaint()


def cases(context):
    for ending in ("json", "jsonld", "nt", "ttl"):
        yield suite.Case("prov", "run-" + ending,
                         lambda ending=ending: agrees(context, ending))
    for parts in DOCUMENTS:
        for syntax in ("provn", "prov-json"):
            yield suite.Case(
                "prov", "%s-as-%s" % (parts[-1], syntax),
                lambda parts=parts, syntax=syntax:
                    survives(context, parts, syntax))


if __name__ == "__main__":
    sys.exit(suite.main("prov", cases))
