#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""The official examples of the run, Five Safes and federated learning profiles:
what is wrong with them is found, and nothing that is right with them.

Only the metadata documents are at hand, so the payload is not looked at.
"""
import json
import os
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.dirname(
    os.path.abspath(__file__))), "suites"))
import suite  # noqa: E402

# Document -> profiles it must be judged by, findings it must have (rule, part
# of the message), all violations that it has.
ROOT = {"root-datepublished", "root-description"}
SAMPLES = {
    "five-safes/0.4/example-result/data/ro-crate-metadata.json": (
        ["ro-crate-1.2", "five-safes-0.4"],
        [("ctx-extension-terms", 'did you mean "@type"?'),
         ("ctx-extension-terms", 'did you mean "license"?'),
         ("FSC-32", "not described")],
        {"root-description", "root-name", "ctx-extension-terms", "FSC-32",
         "FSC-54", "data-haspart-reachable", "ent-type", "prog-entity"}),
    "five-safes/0.4/example-request/data/ro-crate-metadata.json": (
        ["ro-crate-1.2", "five-safes-0.4"], [],
        {"root-description", "root-name"}),
    "fl-crate/ro-crate-metadata.json": (
        ["ro-crate-1.1", "process-run-crate-0.5"], [], {"ref-object-form"}),
    "wrroc-0.5/process_run_crate-ro-crate-metadata.json": (
        ["ro-crate-1.1", "process-run-crate-0.4"], [], ROOT),
    "wrroc-0.5/workflow_run_crate-ro-crate-metadata.json": (
        ["ro-crate-1.1", "workflow-ro-crate-1.0", "process-run-crate-0.4",
         "workflow-run-crate-0.4", "bioschemas-FormalParameter-1.0"],
        [("prog-entity", "version"), ("param-props", "encodingFormat")],
        ROOT | {"root-name", "prog-entity", "param-props"}),
    "wrroc-0.5/provenance_run_crate-ro-crate-metadata.json": (
        ["ro-crate-1.1", "workflow-ro-crate-1.0", "process-run-crate-0.4",
         "workflow-run-crate-0.4", "provenance-run-crate-0.4"],
        [("WRO-13", "license")],
        ROOT | {"root-name", "prog-entity", "WRO-13"}),
}


def run(context, path, profiles, needed, violations):
    answer = context.call("crate-validate", "-m", "-f", "json", path)
    if answer.crashed() or answer.status == 2:
        return answer.complaint()
    crate = json.loads(answer.out)["crates"][0]
    found = [(f["rule"].rpartition("/")[2], f["message"], f["severity"])
             for f in crate["findings"]]
    if crate["profiles"] != profiles:
        return "judged by %s" % crate["profiles"]
    for rule, words in needed:
        if not any(r == rule and words in m for r, m, _ in found):
            return "%s does not say %r" % (rule, words)
    grave = {r for r, _, severity in found if severity == "violation"}
    return None if grave == violations else "violations: %s" % (
        grave ^ violations)


def cases(context):
    folder = os.path.join(context.shared, "samples", "provenance")
    if not os.path.isdir(folder):
        yield suite.absent("samples", folder)
        return
    for name, expected in SAMPLES.items():
        yield suite.Case("samples", name, lambda n=name, e=expected: run(
            context, os.path.join(folder, n), *e))


if __name__ == "__main__":
    sys.exit(suite.main("samples", cases))
