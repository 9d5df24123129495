#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""crate-convert --detach and --attach: there and back is the same crate, and
what is detached is a detached crate for crate-validate."""
import glob
import json
import os
import sys
import tempfile

sys.path.insert(0, os.path.join(os.path.dirname(os.path.dirname(
    os.path.abspath(__file__))), "suites"))
import suite  # noqa: E402

NAME = "ro-crate-metadata.json"
URL = "https://example.org/crates/one/"


def convert(context, *words):
    answer = context.convert(*words)
    if answer.status != 0 or answer.crashed():
        raise RuntimeError(answer.complaint())
    return answer.out


def there_and_back(context, path):
    """The same graph, but for the identifier that the URL became."""
    def run():
        base = ("--base", URL + NAME)
        with tempfile.TemporaryDirectory() as scratch:
            away = os.path.join(scratch, "x-" + NAME)
            home = os.path.join(scratch, NAME)
            with open(away, "wb") as file:
                file.write(convert(context, "--detach", URL, path))
            with open(home, "wb") as file:
                file.write(convert(context, "--attach", away))
            before = convert(context, "--to", "canonical", *base, path)
            after = convert(context, "--to", "canonical", *base, home)
        added = b'<%s> <http://schema.org/identifier> "%s" .\n' % (
            URL.encode(), URL.encode())
        if added not in before:
            after = after.replace(added, b"")
        return None if before == after else "another graph"
    return run


def all_absolute(context, path):
    """No @id is relative but the descriptor's, and crate-validate has nothing
    against where things are."""
    def run():
        with tempfile.TemporaryDirectory() as scratch:
            away = os.path.join(scratch, "x-" + NAME)
            with open(away, "wb") as file:
                file.write(convert(context, "--detach", URL, path))
            with open(away, encoding="utf-8") as file:
                found = [entity["@id"] for entity in json.load(file)["@graph"]]
            odd = [i for i in found if ":" not in i and i != NAME]
            if odd:
                return "relative: %r" % odd
            answer = context.call("crate-validate", "-f", "json", away)
            rules = [finding["rule"] for finding in
                     json.loads(answer.out)["crates"][0]["findings"]
                     if finding["rule"].split("/")[-1].startswith(
                         ("pkg-detached", "file-id", "dir-id", "root-id",
                          "desc-id"))]
            return "found: %r" % rules if rules else None
    return run


def cases(context):
    paths = [os.path.join(suite.ROOT, "docs", "examples", name, NAME)
             for name in ("soil-moisture", "digit-classifier", "meadow")]
    samples = os.path.join(context.shared, "samples", "provenance")
    paths += sorted(glob.glob(os.path.join(samples, "wrroc-*", "*.json")))
    if not os.path.isdir(samples):
        yield suite.absent("place", "samples")
    for path in paths:
        if not os.path.exists(path):
            continue
        name = os.path.relpath(path, samples if path.startswith(samples)
                               else suite.ROOT)
        yield suite.Case("place", "back:" + name, there_and_back(context, path))
        if not path.startswith(samples):
            yield suite.Case("place", "absolute:" + name,
                             all_absolute(context, path))


if __name__ == "__main__":
    sys.exit(suite.main("place", cases))
