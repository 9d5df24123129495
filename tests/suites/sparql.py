#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Mappings, against rdflib: tests/cases/sparql/<case>.ru on <case>.ttl, or on
data.ttl where there is none, and every mapping that comes with the library on
the examples.

With --lossless the result is what rdflib's Graph.update() leaves; without, it
is a part of that, and with the data all of it.
"""
import glob
import os
import subprocess
import sys
import tempfile

import suite

FOLDER = os.path.join(suite.ROOT, "tests", "cases", "sparql")
MAPPINGS = os.path.join(suite.ROOT, "profiles", "mappings")
ORACLE = os.path.join(suite.HERE, "sparql_oracle.py")


def find_interpreter():
    """One that has rdflib, or None."""
    for program in (sys.executable, "/usr/bin/python3"):
        try:
            found = subprocess.run([program, "-c", "import rdflib"],
                                   stderr=subprocess.DEVNULL)
        except OSError:
            continue
        if found.returncode == 0:
            return program
    return None


def canonical(context, triples):
    """Canonical N-Quads of N-Triples."""
    answer = context.convert("--from", "ntriples", "--to", "canonical", "-",
                             stdin=triples)
    if answer.status:
        raise RuntimeError(answer.complaint())
    return answer.out.splitlines()


def ours(context, data, mapping, *options):
    answer = context.convert("--mapping", mapping, "--to", "ntriples",
                             *options, data)
    if answer.status:
        raise RuntimeError(answer.complaint())
    return answer.out


def difference(found, wanted):
    odd = sorted(set(found) ^ set(wanted))
    return "%d statements differ, such as %s %s" % (
        len(odd), "made" if odd[0] in found else "missing",
        odd[0].decode("utf-8"))


def compare(context, program, data, mapping):
    if not program:
        raise suite.Skip("no rdflib, see ./dev deps")
    answer = subprocess.run([program, ORACLE, data, mapping],
                            stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    if answer.returncode:
        raise RuntimeError("rdflib: " + answer.stderr.decode("utf-8")[-300:])
    wanted = canonical(context, answer.stdout)
    found = canonical(context, ours(context, data, mapping, "--lossless"))
    if found != wanted:
        return difference(found, wanted)
    return None


def losses_are_the_rest(context, data, mapping):
    """What is reported as lost is of the source, and with the result and the
    statements used it is no less than the source."""
    with tempfile.TemporaryDirectory() as scratch:
        report = os.path.join(scratch, "losses")
        ours(context, data, mapping, "--loss-report", report)
        with open(report, encoding="utf-8") as file:
            lines = file.read().splitlines()
    source = context.convert("--to", "ntriples", data).out.decode("utf-8")
    source = source.splitlines()
    for line in lines:
        if not line.startswith(data + ":"):
            return "no place in " + line
        place, statement = line[len(data) + 1:].split(": ", 1)
        if not place.isdigit():
            return "no line in " + line
        if "_:" not in statement and statement not in source:
            return "not a statement of the source: " + line
    numbers = [int(line[len(data) + 1:].split(":", 1)[0]) for line in lines]
    return None if numbers == sorted(numbers) else "not in order of lines"


def cases(context):
    program = find_interpreter()
    for mapping in sorted(glob.glob(os.path.join(FOLDER, "*.ru"))):
        name = os.path.basename(mapping)[:-3]
        data = mapping[:-3] + ".ttl"
        if not os.path.exists(data):
            data = os.path.join(FOLDER, "data.ttl")
        yield suite.Case(
            "sparql", name, lambda mapping=mapping, data=data:
                compare(context, program, data, mapping))
        yield suite.Case(
            "sparql", name + "-losses", lambda mapping=mapping, data=data:
                losses_are_the_rest(context, data, mapping))


if __name__ == "__main__":
    sys.exit(suite.main("sparql", cases))
