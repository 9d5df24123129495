#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""W3C suite of RDFC-1.0, RDF Dataset Canonicalization."""
import json
import os
import sys

import suite


class Test:
    """A manifest's entry."""

    def __init__(self, context, folder, entry):
        self.context = context
        self.folder = folder
        self.entry = entry

    def path(self, member):
        return os.path.join(self.folder, self.entry[member])

    def convert(self, form):
        arguments = ["--to", form]
        if "hashAlgorithm" in self.entry:
            arguments += ["--hash",
                          self.entry["hashAlgorithm"].lower()]
        return self.context.convert(*arguments, self.path("action"))

    def evaluate(self):
        answer = self.convert("canonical")
        if answer.status != 0 or answer.crashed():
            return answer.complaint()
        with open(self.path("result"), "rb") as expected:
            same = answer.out == expected.read()
        return None if same else "other bytes"

    def map(self):
        answer = self.convert("canonical-map")
        if answer.status != 0 or answer.crashed():
            return answer.complaint()
        with open(self.path("result"), encoding="utf-8") as expected:
            same = json.loads(answer.out) == json.load(expected)
        return None if same else "another map"

    def refuse(self):
        answer = self.convert("canonical")
        if answer.status != 2 or answer.crashed():
            return "not refused: " + answer.complaint()
        good = "[canonical-work]" in answer.err
        return None if good else answer.complaint()

    def case(self):
        run = {
            "rdfc:RDFC10EvalTest": self.evaluate,
            "rdfc:RDFC10MapTest": self.map,
            "rdfc:RDFC10NegativeEvalTest": self.refuse,
        }[self.entry["type"]]
        return suite.Case("rdf-canon", self.entry["id"].lstrip("#"), run)


def cases(context):
    folder = context.folder("rdf-canon")
    if not folder:
        yield suite.absent("rdf-canon", "rdf-canon")
        return
    with open(os.path.join(folder, "manifest.jsonld"),
              encoding="utf-8") as manifest:
        for entry in json.load(manifest)["entries"]:
            yield Test(context, folder, entry).case()


if __name__ == "__main__":
    sys.exit(suite.main("rdf-canon", cases))
