#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Damage the flagship example in every small way; each must be noticed.

Of each entity every property is dropped, its key misspelt, each reference sent
astray, each date damaged, and its type taken away. A damage that changes no
finding goes unseen: unseen.txt lists those that may, with the reason; what it
lists and is seen after all is a failure, too.
"""
import copy
import json
import os
import re
import shutil
import sys
import tempfile

sys.path.insert(0, os.path.join(os.path.dirname(os.path.dirname(
    os.path.abspath(__file__))), "suites"))
import suite  # noqa: E402

HERE = os.path.dirname(os.path.abspath(__file__))
EXAMPLE = os.path.join(suite.ROOT, "docs", "examples", "digit-classifier")
METADATA = "ro-crate-metadata.json"
DATE = re.compile(r"\d{4}-\d\d")


def findings(context, document):
    """Rule, message and entity of all that is said of the crate."""
    with tempfile.TemporaryDirectory() as scratch:
        folder = shutil.copytree(EXAMPLE, os.path.join(scratch, "crate"))
        with open(os.path.join(folder, METADATA), "w",
                  encoding="utf-8") as file:
            json.dump(document, file)
        answer = context.call("crate-validate", "-f", "json", folder)
    if answer.crashed() or answer.status == 2:
        return None
    crate = json.loads(answer.out)["crates"][0]
    return {(f["rule"], f["message"], f.get("focus", ""))
            for f in crate["findings"]}


def values(entity, key):
    value = entity[key]
    return list(enumerate(value)) if isinstance(value, list) \
        else [(None, value)]


def put(entity, key, index, value):
    if index is None:
        entity[key] = value
    else:
        entity[key][index] = value


def misspelt(key):
    """Two letters in the middle change places."""
    at = len(key) // 2
    return key[:at - 1] + key[at] + key[at - 1] + key[at + 1:] \
        if key[at] != key[at - 1] else key[:at] + key[at + 1:]


def of_value(entity, key, index, value, known):
    """(name, change) of the damages to one value."""
    if isinstance(value, dict) and value.get("@id") in known:
        yield "astray", lambda e: put(e, key, index,
                                      {"@id": value["@id"] + "-gone"})
    if isinstance(value, str) and DATE.match(value):
        yield "damaged", lambda e: put(e, key, index, "2024-13-45")


def of_entity(entity, known):
    """(what, change) of the damages to one entity."""
    yield "@type retyped", lambda e: e.update({"@type": "Thing"})
    for key in entity:
        if key.startswith("@"):
            continue
        yield key + " dropped", lambda e, k=key: e.pop(k)
        yield key + " misspelt", lambda e, k=key: e.update(
            {misspelt(k): e.pop(k)})
        for index, value in values(entity, key):
            place = "" if index is None else "[%d]" % index
            for name, change in of_value(entity, key, index, value, known):
                yield "%s%s %s" % (key, place, name), change


def mutations(document):
    graph = document["@graph"]
    known = {entity["@id"] for entity in graph}
    for number, entity in enumerate(graph):
        for what, change in of_entity(entity, known):
            damaged = copy.deepcopy(document)
            change(damaged["@graph"][number])
            yield "%s %s" % (entity["@id"], what), damaged


def unseen():
    """Damage -> why it may go unseen."""
    with open(os.path.join(HERE, "unseen.txt"), encoding="utf-8") as file:
        lines = [line.strip() for line in file]
    return dict(line.split(": ", 1) for line in lines
                if line and not line.startswith("# "))


def run(context, sound, document, reason):
    found = findings(context, document)
    if found is None:
        return "no verdict"
    if found == sound and not reason:
        return "goes unseen"
    if found != sound and reason:
        return "is seen: %s" % sorted(found - sound)[:1]
    return None


def cases(context):
    with open(os.path.join(EXAMPLE, METADATA), encoding="utf-8") as file:
        document = json.load(file)
    allowed = unseen()
    sound = findings(context, document)
    names = set()
    for name, damaged in mutations(document):
        names.add(name)
        yield suite.Case("mutate", name, lambda d=damaged, n=name: run(
            context, sound, d, allowed.get(n)))
    for name in sorted(set(allowed) - names):
        yield suite.Case("mutate", name, lambda: "no such damage")


if __name__ == "__main__":
    sys.exit(suite.main("mutate", cases))
