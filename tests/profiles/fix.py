#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""--fix never makes a crate worse: tried on every crate that breaks a rule.

What the fixed crate is said to have, it has when it is judged again; the old
document is kept byte for byte; what is not mended is not touched.
"""
import json
import os
import sys
import tempfile

import cases as crates
sys.path.insert(0, os.path.join(os.path.dirname(crates.HERE), "suites"))
import suite  # noqa: E402

SEVERITIES = ("violation", "warning", "info")


def judge(context, token, folder, *more):
    answer = context.call("crate-validate", "-f", "json", "-p", token, *more,
                          folder)
    if answer.crashed() or answer.status == 2:
        return answer.complaint(), None
    return None, json.loads(answer.out)["crates"][0]


def counts(crate):
    return tuple(crate["counts"][name] for name in SEVERITIES)


def read(path):
    with open(path, "rb") as file:
        return file.read()


def differs(before, fixed, after, old, new, backup):
    """What is wrong with a fix, or None."""
    if counts(fixed) > counts(before):
        return "worse: %s after %s" % (counts(fixed), counts(before))
    if counts(after) != counts(fixed):
        return "says %s, but has %s" % (counts(fixed), counts(after))
    if old == new:
        return "a backup of nothing" if backup is not None else None
    if backup != old:
        return "the backup is not the old document"
    mended = any("patch" in finding for finding in before["findings"])
    return None if mended else "changed without a patch"


def run(context, family, case, version):
    token = "%s-%s" % (family.name, version)
    with tempfile.TemporaryDirectory() as scratch:
        folder = crates.pack({}, crates.files_of(case, family.base, version),
                             scratch)
        path = os.path.join(folder, crates.METADATA)
        old = read(path)
        answers = [judge(context, token, folder),
                   judge(context, token, folder, "--fix"),
                   judge(context, token, folder)]
        backup = path + ".bak"
        kept = read(backup) if os.path.exists(backup) else None
        for complaint, _ in answers:
            if complaint:
                return complaint
        before, fixed, after = (crate for _, crate in answers)
        return differs(before, fixed, after, old, read(path), kept)


def cases(context):
    for family in crates.families():
        version = family.versions[-1]
        for rule, number, case in family.cases_of("broken"):
            names = family.base.get("metadata", {})
            if version not in case.get("versions", [version]) or \
                    case.get("pack", "folder") != "folder" or \
                    "arguments" in case or version in names or \
                    case.get("files", {}).get(crates.METADATA, "") is None:
                continue
            try:
                crates.files_of(case, family.base, version)
            except (AssertionError, IndexError, KeyError):
                continue  # a case of other versions
            yield suite.Case(
                "fix", "%s-%s-%d" % (family.name, rule, number),
                lambda f=family, c=case, v=version: run(context, f, c, v))


if __name__ == "__main__":
    sys.exit(suite.main("fix", cases))
