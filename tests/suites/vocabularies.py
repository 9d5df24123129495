#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Vocabularies: there and back again, against rdflib, and what is compacted.

Round trips are compared as canonical N-Quads, with https://schema.org/ taken
for http://schema.org/, as schema.org does.
"""
import glob
import json
import os
import subprocess
import sys
import tempfile

import sparql
import suite

EXAMPLES = os.path.join(suite.ROOT, "docs", "examples")
SAMPLES = ("samples", "provenance")
MAPPINGS = os.path.join(suite.ROOT, "profiles", "mappings")
SCHEMA = (b"https://schema.org/", b"http://schema.org/")


def documents(context, *parts):
    """Files of the shared samples, if they are there."""
    return sorted(glob.glob(os.path.join(context.shared, *parts)))


def convert(context, *arguments, **keywords):
    answer = context.convert(*arguments, **keywords)
    if answer.status:
        raise RuntimeError(answer.complaint())
    return answer.out


def quads(context, path, *arguments, **keywords):
    return convert(context, "--to", "nquads", *arguments, path,
                   **keywords).replace(*SCHEMA)


def canonical(context, statements):
    return convert(context, "--from", "nquads", "--to", "canonical", "-",
                   stdin=statements).splitlines()


def comes_back(context, path, vocabulary, home):
    """A document of `home` as `vocabulary`, and as `home` again."""
    with tempfile.TemporaryDirectory() as scratch:
        there = os.path.join(scratch, "there.nq")
        base = "file://" + os.path.abspath(path)
        with open(there, "wb") as file:
            file.write(convert(context, "--as", vocabulary, "--to", "nquads",
                               "--base", base, path))
        again = quads(context, there, "--as", home, "--base", base)
    found = canonical(context, again)
    wanted = canonical(context, quads(context, path, "--base", base))
    return None if found == wanted else sparql.difference(found, wanted)


def stays(context, path, vocabulary):
    """What a crate becomes in a vocabulary comes back by way of a crate."""
    base = "http://example.org/base/ro-crate-metadata.json"
    with tempfile.TemporaryDirectory() as scratch:
        there = os.path.join(scratch, "there.nq")
        crate = os.path.join(scratch, "crate.nq")
        for source, target, name in ((path, there, vocabulary),
                                     (there, crate, "ro-crate")):
            with open(target, "wb") as file:
                file.write(convert(context, "--as", name, "--to", "nquads",
                                   "--base", base, source))
            if not os.path.getsize(target):
                raise suite.Skip("nothing in it is of " + vocabulary)
        wanted = canonical(context, quads(context, there, "--base", base))
        found = canonical(context, quads(context, crate, "--base", base,
                                         "--as", vocabulary))
    return None if found == wanted else sparql.difference(found, wanted)


def syntaxes_agree(context, path, vocabulary):
    """JSON-LD, which is compacted, says what N-Quads say."""
    base = "http://example.org/base/x"
    with tempfile.TemporaryDirectory() as scratch:
        page = os.path.join(scratch, "page.jsonld")
        with open(page, "wb") as file:
            file.write(convert(context, "--as", vocabulary, "--to", "jsonld",
                               "--base", base, path))
        with open(page, encoding="utf-8") as file:
            if "@context" not in json.load(file):
                return "no context"
        found = canonical(context, quads(context, page, "--base", base))
    wanted = canonical(context, quads(context, path, "--as", vocabulary,
                                      "--base", base))
    return None if found == wanted else sparql.difference(found, wanted)


def as_rdflib(context, program, mapping, path):
    """A mapping of the library as rdflib runs it."""
    if not program:
        raise suite.Skip("no rdflib, see ./dev deps")
    base = "http://example.org/base/x"
    with tempfile.TemporaryDirectory() as scratch:
        data = os.path.join(scratch, "data.nt")
        with open(data, "wb") as file:
            file.write(convert(context, "--to", "ntriples", "--base", base,
                               path))
        update = os.path.join(scratch, "update.ru")
        with open(mapping, encoding="utf-8") as file:
            text = "BASE <%s>\n%s" % (base, file.read())
        with open(update, "w", encoding="utf-8") as file:
            file.write(text)
        answer = subprocess.run([program, sparql.ORACLE, data, update],
                                stdout=subprocess.PIPE,
                                stderr=subprocess.PIPE, timeout=300)
        if answer.returncode:
            raise RuntimeError(answer.stderr.decode("utf-8")[-300:])
        wanted = sparql.canonical(context, answer.stdout)
        found = sparql.canonical(context, sparql.ours(
            context, data, update, "--lossless"))
    return None if found == wanted else sparql.difference(found, wanted)


def all_are_listed(context):
    """--list names each mapping that comes with the library, and each part."""
    ways, parts = ([tuple(line.split()[:2]) for line in lines.splitlines()[1:]]
                   for lines in convert(context, "--list").decode("utf-8")
                   .split("\n\n"))
    # A part of a way is no way of its own.
    behind = {"%s-%s" % (target, part) for part, target in parts}
    odd = set()
    for path in glob.glob(os.path.join(MAPPINGS, "*.ru")):
        name = os.path.basename(path)[:-3]
        way = tuple(name.split("-to-"))
        if way in ways:
            ways.remove(way)
        elif way[-1] not in behind:
            odd.add(way)
    odd.update(ways)
    return "listed or there, not both: %s" % sorted(odd) if odd else None


def nothing_is_said_to_be_nothing(context):
    """A crate without source code has nothing to say in CodeMeta."""
    answer = context.convert("--as", "codemeta", "--to", "nquads",
                             os.path.join(EXAMPLES, "soil-moisture"))
    told = "nothing of it has a place in codemeta [not-carried]" in answer.err
    return None if told and not answer.out else answer.complaint()


def crates(context):
    for name in ("digit-classifier", "soil-moisture"):
        yield os.path.join(EXAMPLES, name, "ro-crate-metadata.json")
    yield from documents(context, *SAMPLES, "wrroc-*", "*.json")


def short(path):
    return "%s/%s" % (os.path.basename(os.path.dirname(path)),
                      os.path.basename(path))


def inputs(context, home):
    if home == "ro-crate":
        return list(crates(context))
    if home == "croissant":
        return [os.path.join(EXAMPLES, "meadow", "croissant.json"),
                *documents(context, *SAMPLES, "croissant", "*.json")]
    if home == "prov":
        return [*documents(context, *SAMPLES, "prov", "primer.provn"),
                *documents(context, *SAMPLES, "prov", "w3c-*.provn"),
                *documents(context, *SAMPLES, "prov", "cwlprov-ml-predict",
                           "primary.cwlprov.ttl")]
    if home == "codemeta":
        return documents(context, *SAMPLES, "codemeta", "codemeta.json")
    return []


def cases(context):
    program = sparql.find_interpreter()
    yield suite.Case("vocabularies", "list", lambda: all_are_listed(context))
    yield suite.Case("vocabularies", "nothing-carried",
                     lambda: nothing_is_said_to_be_nothing(context))
    for mapping in sorted(glob.glob(os.path.join(MAPPINGS, "*.ru"))):
        name = os.path.basename(mapping)[:-3]
        for path in inputs(context, name.split("-to-")[0])[:3]:
            yield suite.Case(
                "vocabularies", "rdflib/%s/%s" % (name, short(path)),
                lambda mapping=mapping, path=path:
                    as_rdflib(context, program, mapping, path))
    for path in inputs(context, "croissant"):
        yield suite.Case(
            "vocabularies", "croissant-comes-back/" + short(path),
            lambda path=path: comes_back(context, path, "ro-crate",
                                         "croissant"))
    for path in inputs(context, "codemeta"):
        yield suite.Case(
            "vocabularies", "codemeta-comes-back/" + short(path),
            lambda path=path: comes_back(context, path, "ro-crate",
                                         "codemeta"))
    for vocabulary in ("croissant", "dcat", "codemeta", "schema-org"):
        for path in crates(context):
            yield suite.Case(
                "vocabularies", "%s-stays/%s" % (vocabulary, short(path)),
                lambda vocabulary=vocabulary, path=path:
                    stays(context, path, vocabulary))
    for vocabulary in ("croissant", "croissant-search", "dcat", "codemeta",
                       "schema-org"):
        for path in crates(context):
            yield suite.Case(
                "vocabularies", "%s-as-json/%s" % (vocabulary, short(path)),
                lambda vocabulary=vocabulary, path=path:
                    syntaxes_agree(context, path, vocabulary))


if __name__ == "__main__":
    sys.exit(suite.main("vocabularies", cases))
