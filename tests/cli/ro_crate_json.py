#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""crate-convert --to ro-crate-json: the graph stays, the order is one, writing
what was written changes nothing, and crate-validate says what it said."""
import glob
import json
import os
import random
import shutil
import sys
import tempfile

sys.path.insert(0, os.path.join(os.path.dirname(os.path.dirname(
    os.path.abspath(__file__))), "suites"))
import suite  # noqa: E402

BASE = "https://example.org/crate/ro-crate-metadata.json"
NAME = "ro-crate-metadata.json"
EXAMPLES = os.path.join(suite.ROOT, "docs", "examples")
VALID = os.path.join(suite.ROOT, "tests", "profiles", "ro-crate", "valid")


def convert(context, form, document, *words):
    answer = context.convert("--to", form, "--from", "jsonld", "--base", BASE,
                             *words, "-", stdin=document)
    if answer.status != 0 or answer.crashed():
        raise RuntimeError(answer.complaint())
    return answer.out


def shuffled(document, seed):
    """The same document with entities and members in another order."""
    chance = random.Random(seed)

    def members(value):
        if isinstance(value, list):
            return [members(item) for item in value]
        if not isinstance(value, dict):
            return value
        names = list(value)
        chance.shuffle(names)
        return {name: members(value[name]) for name in names}

    other = dict(document)
    other["@graph"] = [members(entity) for entity in document["@graph"]]
    chance.shuffle(other["@graph"])
    return json.dumps(other).encode("utf-8")


def same_graph(context, path):
    """Isomorphic, and the same bytes the second time."""
    def run():
        with open(path, "rb") as file:
            before = file.read()
        after = convert(context, "ro-crate-json", before)
        if convert(context, "canonical", before) != \
                convert(context, "canonical", after):
            return "another graph"
        return None if convert(context, "ro-crate-json", after) == after \
            else "other bytes the second time"
    return run


def same_order(context, path):
    """However the document was ordered."""
    def run():
        with open(path, "rb") as file:
            before = file.read()
        after = convert(context, "ro-crate-json", before)
        for seed in range(3):
            other = shuffled(json.loads(before), seed)
            if convert(context, "ro-crate-json", other) != after:
                return "another order for seed %d" % seed
        return None
    return run


def begins_well(context):
    """Descriptor, root, and the usual members first."""
    def run():
        with open(os.path.join(EXAMPLES, "digit-classifier", NAME), "rb") as f:
            found = json.loads(convert(context, "ro-crate-json", f.read()))
        graph = found["@graph"]
        if [entity["@id"] for entity in graph[:2]] != [NAME, "./"]:
            return "begins with " + graph[0]["@id"]
        members = list(graph[1])
        wanted = ["@id", "@type", "name", "description", "conformsTo",
                  "datePublished", "license", "author"]
        if members[:8] != wanted or members[8:] != sorted(members[8:]):
            return "members in another order: %r" % members
        return None
    return run


def through_turtle(context, path):
    """A crate that comes back from RDF gets the context that it claims."""
    def run():
        with open(path, "rb") as file:
            before = file.read()
        turtle = convert(context, "turtle", before)
        answer = context.convert("--to", "ro-crate-json", "--from", "turtle",
                                 "--base", BASE, "-", stdin=turtle)
        if answer.status != 0:
            return answer.complaint()
        if convert(context, "canonical", before) != \
                convert(context, "canonical", answer.out):
            return "another graph"
        if json.loads(answer.out)["@graph"][0]["@id"] != NAME:
            return "the descriptor is not the first"
        claimed = [entity["conformsTo"]["@id"]
                   for entity in json.loads(before)["@graph"]
                   if entity["@id"] == NAME][0] + "/context"
        found = json.loads(answer.out)["@context"]
        return None if found == claimed else "context %s" % found
    return run


def rules(context, folder):
    """What crate-validate finds, as rules and how often each."""
    answer = context.call("crate-validate", "-f", "json", folder)
    if answer.status == 2:
        raise RuntimeError(answer.complaint())
    return answer.status, sorted(
        finding["rule"] for finding in
        json.loads(answer.out)["crates"][0]["findings"])


def judged_alike(context, name):
    def run():
        with tempfile.TemporaryDirectory() as scratch:
            copy = os.path.join(scratch, "crate")
            shutil.copytree(os.path.join(EXAMPLES, name), copy)
            before = rules(context, copy)
            path = os.path.join(copy, NAME)
            answer = context.convert("--to", "ro-crate-json", copy)
            if answer.status != 0:
                return answer.complaint()
            with open(path, "wb") as file:
                file.write(answer.out)
            after = rules(context, copy)
            return None if before == after else "%r, now %r" % (before, after)
    return run


def root_by_about(context):
    """The root is what the descriptor is about, whatever it is called."""
    document = {"@context": "https://w3id.org/ro/crate/1.2/context", "@graph": [
        {"@id": "https://e/a", "@type": "Person"},
        {"@id": "https://e/z", "@type": "Dataset"},
        {"@id": "https://e/x-ro-crate-metadata.json", "@type": "CreativeWork",
         "about": {"@id": "https://e/z"}}]}

    def run():
        out = convert(context, "ro-crate-json",
                      json.dumps(document).encode("utf-8"))
        found = [entity["@id"] for entity in json.loads(out)["@graph"]]
        wanted = [document["@graph"][i]["@id"] for i in (2, 1, 0)]
        return None if found == wanted else "in the order %r" % found
    return run


def names_dropped(context):
    """A key in no context is no statement; its loss is told."""
    def run():
        answer = context.convert("--to", "ro-crate-json",
                                 os.path.join(EXAMPLES, "flawed"))
        if answer.status != 0:
            return answer.complaint()
        told = [line for line in answer.err.splitlines()
                if "[dropped-key]" in line]
        return None if len(told) == 1 and ": warning: " in told[0] \
            else "told: %r" % answer.err
    return run


def cases(context):
    paths = sorted(glob.glob(os.path.join(EXAMPLES, "*", NAME)) +
                   glob.glob(os.path.join(VALID, "*.json")))
    samples = os.path.join(context.shared, "samples")
    paths += sorted(glob.glob(os.path.join(samples, "**", NAME),
                              recursive=True))
    for path in paths:
        name = os.path.relpath(path, samples if path.startswith(samples)
                               else suite.ROOT)
        yield suite.Case("ro-crate-json", "graph:" + name,
                         same_graph(context, path))
    if not os.path.isdir(samples):
        yield suite.absent("ro-crate-json", "samples")
    yield suite.Case("ro-crate-json", "root-by-about", root_by_about(context))
    yield suite.Case("ro-crate-json", "dropped", names_dropped(context))
    for name in ("soil-moisture", "digit-classifier"):
        path = os.path.join(EXAMPLES, name, NAME)
        yield suite.Case("ro-crate-json", "order:" + name,
                         same_order(context, path))
        yield suite.Case("ro-crate-json", "verdict:" + name,
                         judged_alike(context, name))
    yield suite.Case("ro-crate-json", "begins-well", begins_well(context))
    yield suite.Case("ro-crate-json", "through-turtle",
                     through_turtle(context, os.path.join(
                         EXAMPLES, "soil-moisture", NAME)))


if __name__ == "__main__":
    sys.exit(suite.main("ro-crate-json", cases))
