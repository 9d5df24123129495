#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""The flagship example may be released; a twin of it with a leak may not.

The twin is the same crate but for one thing, which is what must be said.
"""
import hashlib
import json
import os
import shutil
import sys
import tempfile

sys.path.insert(0, os.path.join(os.path.dirname(os.path.dirname(
    os.path.abspath(__file__))), "suites"))
import suite  # noqa: E402

FLAGSHIP = os.path.join(suite.ROOT, "docs", "examples", "digit-classifier")
METADATA = "ro-crate-metadata.json"
DECLARED = ["ro-crate-1.3", "croissant-1.1", "process-run-crate-0.6",
            "fair4ml-0.1.0"]


def judge(context, folder, *arguments):
    answer = context.call("crate-validate", "-f", "json", *arguments, folder)
    if answer.crashed() or answer.status == 2:
        raise RuntimeError(answer.complaint())
    return json.loads(answer.out)["crates"][0]


def above_info(crate):
    return sorted({f["rule"] for f in crate["findings"]
                   if f["severity"] != "info"})


def flagship_is_sound(context):
    def run():
        crate = judge(context, FLAGSHIP)
        if crate["profiles"] != DECLARED:
            return "judged by %s" % crate["profiles"]
        if above_info(crate):
            return "found %s" % above_info(crate)
        crate = judge(context, FLAGSHIP, "--data", FLAGSHIP)
        if above_info(crate) or crate["not_checked"] != \
                judge(context, FLAGSHIP)["not_checked"]:
            return "its data: %s" % above_info(crate)
        crate = judge(context, FLAGSHIP, "-p", "ml-release")
        return None if crate["outcome"] == "release" and \
            not above_info(crate) else "the outcome is %s" % crate["outcome"]
    return run


def describe(folder, path):
    """Make the metadata say what a file is now."""
    with open(os.path.join(folder, path), "rb") as file:
        content = file.read()

    def change(graph):
        graph[path]["sha256"] = hashlib.sha256(content).hexdigest()
        graph[path]["contentSize"] = str(len(content))
    edit(folder, change)


def edit(folder, change):
    name = os.path.join(folder, METADATA)
    with open(name, encoding="utf-8") as file:
        document = json.load(file)
    change({entity["@id"]: entity for entity in document["@graph"]})
    with open(name, "w", encoding="utf-8") as file:
        json.dump(document, file, indent=2)


def same_bytes(folder):
    """The test data are the training data, under their own name."""
    shutil.copy(os.path.join(folder, "data", "train.csv"),
                os.path.join(folder, "data", "test.csv"))
    describe(folder, "data/test.csv")


def same_rows(folder):
    """Every other row of the test data was trained on."""
    def lines(name):
        with open(os.path.join(folder, "data", name), "rb") as file:
            return file.read().splitlines(keepends=True)
    own, trained = lines("test.csv"), lines("train.csv")
    with open(os.path.join(folder, "data", "test.csv"), "wb") as file:
        file.write(b"".join([own[0]] + [
            row if i % 2 else trained[-1 - i]
            for i, row in enumerate(own[1:])]))
    describe(folder, "data/test.csv")


def same_data(folder):
    def change(graph):
        graph["model/"]["testedOn"] = {"@id": "data/train.csv"}
    edit(folder, change)


def secret(folder):
    def change(graph):
        graph["#seed"].update(name="WANDB_API_KEY", value="0f1e2d3c4b5a")
    edit(folder, change)


def self_approved(folder):
    def change(graph):
        graph["#disclosure-check"]["agent"] = {
            "@id": "https://orcid.org/0000-0002-1825-0097"}
    edit(folder, change)


TWINS = [(same_bytes, "same-bytes"), (same_rows, "same-rows"),
         (same_data, "same-data"),
         (secret, "secrets"), (self_approved, "self-approved")]


def twin_is_caught(context, spoil, rule):
    def run():
        with tempfile.TemporaryDirectory() as scratch:
            folder = shutil.copytree(FLAGSHIP, os.path.join(scratch, "twin"))
            spoil(folder)
            crate = judge(context, folder, "-p", "ml-release")
        found = [f["rule"] for f in crate["findings"]
                 if f["severity"] == "violation"]
        if "ml-release-1.0/" + rule not in found:
            return "found %s" % found
        return None if crate["outcome"] == "do-not-release" else \
            "the outcome is %s" % crate["outcome"]
    return run


def unread_rows_ask_for_review(context):
    """Of Parquet nobody can tell here whether rows are shared: not checked is
    not passed."""
    def run():
        with tempfile.TemporaryDirectory() as scratch:
            folder = shutil.copytree(FLAGSHIP, os.path.join(scratch, "twin"))
            os.rename(os.path.join(folder, "data", "test.csv"),
                      os.path.join(folder, "data", "test.parquet"))
            name = os.path.join(folder, METADATA)
            with open(name, encoding="utf-8") as file:
                text = file.read()
            with open(name, "w", encoding="utf-8") as file:
                file.write(text.replace("data/test.csv", "data/test.parquet"))
            crate = judge(context, folder, "-p", "ml-release", "--skip",
                          "file-format")
        said = [n["reason"] for n in crate["not_checked"]
                if n["rule"] == "ml-release-1.0/same-rows"]
        if not said or "data/test.parquet" not in said[0]:
            return "not checked: %s" % said
        return None if crate["outcome"] == "review" else \
            "the outcome is %s" % crate["outcome"]
    return run


def cases(context):
    yield suite.Case("twin", "flagship", flagship_is_sound(context))
    yield suite.Case("twin", "unread-rows-ask-for-review",
                     unread_rows_ask_for_review(context))
    for spoil, rule in TWINS:
        yield suite.Case("twin", spoil.__name__.replace("_", "-"),
                         twin_is_caught(context, spoil, rule))


if __name__ == "__main__":
    sys.exit(suite.main("twin", cases))
