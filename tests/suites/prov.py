#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Published documents of PROV: one run of a workflow (CWLProv) in six
serialisations, which must read to the same graph, and documents that must
survive being written and read: by us, and by the Python package prov, where it
is installed. PROV-XML is also held against its schema.

What the published files of the run differ in themselves is undone here, and
nothing else: see `as_published()`.
"""
import collections
import functools
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile

import suite

PROV = "http://www.w3.org/ns/prov#"
FOLDER = ("samples", "provenance", "prov")
RUN = FOLDER + ("cwlprov-ml-predict",)
JSONLD = FOLDER + ("mini-primer.prov.jsonld",)
DOCUMENTS = [JSONLD, FOLDER + ("primer.provn",), FOLDER + ("w3c-publication1.provn",),
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
    if ending in ("json", "xml"):
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


# Flaws of PROV-XML itself: what documents say with names of PROV that are not
# in its types has no other place, and IRIs that end in digits are no QNames.
BEYOND_SCHEMA = ("}pairEntity'", "}hadDictionaryMember'",
                 "0004' is not a valid value of the atomic type 'xs:QName'",
                 "0111' is not a valid value of the atomic type 'xs:QName'",
                 "0141' is not a valid value of the atomic type 'xs:QName'")

# Read a document with the package prov and write it again.
AGAIN = """
import sys
from prov.model import ProvDocument
read, path, write = sys.argv[1:]
document = ProvDocument.deserialize(path, format=read)
sys.stdout.write(document.serialize(format=write))
"""


@functools.lru_cache(None)
def python_with_prov():
    """An interpreter that has the package, or None."""
    for python in (sys.executable, "/usr/bin/python3"):
        if os.path.exists(python) and not subprocess.run(
                [python, "-c", "import prov.model"],
                stderr=subprocess.DEVNULL).returncode:
            return python
    return None


def written(context, parts, syntax):
    """A document as a syntax of PROV: bytes."""
    answer = context.convert("--to", syntax, path_of(context, parts))
    if answer.status or answer.err:
        raise RuntimeError(answer.complaint())
    return answer.out


def is_valid(context, parts):
    if not shutil.which("xmllint"):
        raise suite.Skip("no xmllint")
    schema = path_of(context, ("schemas", "prov", "prov.xsd"))
    out = written(context, parts, "prov-xml")
    done = subprocess.run(
        ["xmllint", "--noout", "--nonet", "--schema", schema, "-"],
        input=out, stderr=subprocess.PIPE)
    odd = [line for line in done.stderr.decode("utf-8").splitlines()
           if ": element " in line
           and not any(name in line for name in BEYOND_SCHEMA)]
    if done.returncode not in (0, 3):
        return "xmllint ends with %d" % done.returncode
    return odd[0] if odd else None


def is_valid_jsonld(context, parts):
    """Each statement by itself: the schema has none for mentions."""
    try:
        import jsonschema
    except ImportError:
        raise suite.Skip("no Python package jsonschema (python3-jsonschema)")
    with open(path_of(context, ("schemas", "prov", "prov-jsonld.schema.json")),
              encoding="utf-8") as file:
        definitions = json.load(file)["definitions"]
    document = json.loads(written(context, parts, "prov-jsonld"))
    contents = [("Context", document["@context"])] + [
        ("prov:StatementOrBundle", statement)
        for statement in document["@graph"]
        if statement["@type"] != "provext:Mention"]
    for name, content in contents:
        judge = jsonschema.Draft7Validator(
            {"$ref": "#/definitions/" + name, "definitions": definitions})
        for flaw in judge.iter_errors(content):
            return "%s: %s" % (content, flaw.message)
    return None


def agrees_with_prov(context, parts, syntax, back):
    """Read and written again by the package prov: still our graph."""
    python = python_with_prov()
    if not python:
        raise suite.Skip("no Python package prov (python3-prov)")
    with tempfile.NamedTemporaryFile() as file:
        file.write(written(context, parts, syntax))
        file.flush()
        done = subprocess.run(
            [python, "-c", AGAIN, syntax.split("-")[1], file.name, back],
            stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    if done.returncode:
        return "prov: " + done.stderr.decode("utf-8").splitlines()[-1]
    name = "provn" if back == "provn" else "prov-" + back
    answer = context.convert("--from", name, "--to", "nquads", "-",
                             stdin=done.stdout)
    if answer.status:
        return answer.complaint()
    return compare(
        as_times(suite.parse_nquads(answer.out.decode("utf-8"))),
        as_times(quads_of(context, path_of(context, parts))))


def as_times(quads):
    """The package writes times in its own way: 16:00:00.000Z is
    16:00:00+00:00."""
    return {tuple(term[:1] + (re.sub(r"[.]0+Z$|Z$", "+00:00", term[1]),)
                  + term[2:] if term[0] == "literal" else term
                  for term in quad) for quad in quads}


def cases(context):
    for ending in ("json", "jsonld", "nt", "ttl", "xml"):
        yield suite.Case("prov", "run-" + ending,
                         lambda ending=ending: agrees(context, ending))
    for parts in DOCUMENTS:
        yield suite.Case("prov", "%s-by-the-schema" % parts[-1],
                         lambda parts=parts: is_valid(context, parts))
        yield suite.Case("prov", "%s-by-the-schema-of-jsonld" % parts[-1],
                         lambda parts=parts: is_valid_jsonld(context, parts))
        for syntax in ("prov-json", "prov-xml"):
            for back in ("json", "xml", "provn"):
                yield suite.Case(
                    "prov", "%s-as-%s-through-prov-as-%s" % (
                        parts[-1], syntax, back),
                    lambda parts=parts, syntax=syntax, back=back:
                        agrees_with_prov(context, parts, syntax, back))
        for syntax in ("provn", "prov-json", "prov-jsonld", "prov-xml"):
            yield suite.Case(
                "prov", "%s-as-%s" % (parts[-1], syntax),
                lambda parts=parts, syntax=syntax:
                    survives(context, parts, syntax))


if __name__ == "__main__":
    sys.exit(suite.main("prov", cases))
