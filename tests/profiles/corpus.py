#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""The crates of rocrate-validator's own tests, and the verdict they expect.

Where we answer otherwise, docs/peer-differences.md has a row that names the
case and the statement that decides it; a row whose case agrees is a failure
too, as is one that names no case.
"""
import json
import os
import re
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.dirname(
    os.path.abspath(__file__))), "suites"))
import suite  # noqa: E402

# The peer's name of a profile, and the version that its cases are of.
PROFILES = {
    "ro-crate": "ro-crate", "ro-crate-1.1": "ro-crate-1.1",
    "ro-crate-1.2": "ro-crate-1.2",
    "process-run-crate": "process-run-crate-0.5",
    "workflow-ro-crate": "workflow-ro-crate-1.0",
    "workflow-run-crate": "workflow-run-crate-0.5",
    "provenance-run-crate": "provenance-run-crate-0.5",
    "workflow-testing-ro-crate": "workflow-testing-ro-crate-0.1",
    "isa-ro-crate": "isa-ro-crate-1.0.0-draft.1",
}
FAIL_ON = {"REQUIRED": "violation", "RECOMMENDED": "warning",
           "OPTIONAL": "info"}

# The peer's checks that a case leaves out, and what they are here, where that
# makes a difference.
SKIPS = {
    "ro-crate-1.1_12.1": ["pkg-data-payload-or-web"],
    "ro-crate-1.2_18.1": ["file-attached-present"],
    "ro-crate-1.2_62.1": ["file-contentsize"],
    "Root Data Entity: use cite-as for resolvable identifiers":
        ["root-cite-as"],
}


def corpus_of(context):
    return os.path.join(context.shared, "corpora", "rocrate")


def differences():
    """Case -> the reason that the document gives."""
    path = os.path.join(suite.ROOT, "docs", "peer-differences.md")
    with open(path, encoding="utf-8") as file:
        return dict(re.findall(r"^\| (c\d+) \| (.*) \|$", file.read(), re.M))


def arguments(case):
    words = ["-f", "json", "-p", PROFILES[case["profile"]],
             "--fail-on", FAIL_ON[case["severity"]]]
    if case["metadata_only_flag"]:
        words.append("-m")
    for check in case["skip_checks"]:
        for rule in SKIPS.get(check, []):
            words += ["--skip", rule]
    return words


def judge(context, case, reason):
    path = os.path.join(corpus_of(context), "crates", case["crate"])
    if not os.path.exists(path):
        raise suite.Skip("an empty folder, which the corpus cannot hold")
    answer = context.call("crate-validate", *arguments(case), path)
    if answer.crashed() or answer.status == 2:
        return answer.complaint()
    agrees = (answer.status == 0) == case["expected_valid"]
    if agrees and reason:
        return "agrees, though docs/peer-differences.md says it does not"
    if not agrees and not reason:
        rules = sorted({f["rule"] for c in json.loads(answer.out)["crates"]
                        for f in c["findings"]})
        return "expected %s, found %s" % (
            "valid" if case["expected_valid"] else "invalid", rules)
    return None


def cases(context):
    path = os.path.join(corpus_of(context), "cases.json")
    if not os.path.exists(path):
        def absent():
            raise suite.Skip("the shared corpora are not there")
        yield suite.Case("corpus", "rocrate", absent)
        return
    reasons = differences()
    with open(path, encoding="utf-8") as file:
        listed = json.load(file)["cases"]
    for case in listed:
        if case["profile"] in PROFILES:
            reason = reasons.pop(case["id"], None)
            yield suite.Case("corpus", case["id"],
                             lambda case=case, reason=reason:
                             judge(context, case, reason))
    for name in reasons:
        yield suite.Case("corpus", name + "-is-a-case",
                         lambda: "there is no such case")


if __name__ == "__main__":
    sys.exit(suite.main("corpus", cases))
