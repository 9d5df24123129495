#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""The worked examples of the texts of Croissant, RAI and FAIR4ML are accepted.

worked/<profile>/<section>.json is one; the profile that the folder is named
after must be among those that judge it, and none may find an error or a
warning. The table of worked/README.md says what was mended in them: with the
printed value put back, the rule that it names is broken, at that place.
"""
import glob
import json
import os
import re
import sys
import tempfile

import cases as crates
sys.path.insert(0, os.path.join(os.path.dirname(crates.HERE), "suites"))
import suite  # noqa: E402

FOLDER = os.path.join(crates.HERE, "worked")
ROW = re.compile(r"^\| (\S+/\S+) \| (/\S+) \| `(.*)` \| ([\w-]+) \| .+ \|$",
                 re.M)


def judge(context, path):
    answer = context.call("crate-validate", "-f", "json", path)
    if answer.crashed() or answer.status == 2:
        raise RuntimeError(answer.complaint())
    return json.loads(answer.out)["crates"][0]


def grave(crate):
    return [f for f in crate["findings"] if f["severity"] != "info"]


def accepted(context, profile, path):
    crate = judge(context, path)
    if profile not in crate["profiles"]:
        return "judged by %s" % crate["profiles"]
    return "; ".join("%s at %s" % (f["rule"], f["pointer"])
                     for f in grave(crate)) or None


def as_printed(context, name, pointer, value, rule):
    """With the printed value, that rule and no other is broken."""
    document = crates.load(os.path.join(FOLDER, name + ".json"))
    crates.patch(document, [{"op": "add", "path": pointer,
                             "value": json.loads(value)}])
    container, key = crates.locate(document, pointer)
    container[key] = json.loads(value)
    with tempfile.TemporaryDirectory() as scratch:
        path = os.path.join(scratch, "printed.json")
        with open(path, "w", encoding="utf-8") as file:
            json.dump(document, file)
        crate = judge(context, path)
    found = [(f["rule"].split("/")[1], f["pointer"]) for f in grave(crate)]
    if {r for r, _ in found} != {rule}:
        return "found %s" % found
    return None if any(p.startswith(pointer) or pointer.startswith(p)
                       for _, p in found) else "at %s" % found


def cases(context):
    for path in sorted(glob.glob(os.path.join(FOLDER, "*", "*.json"))):
        profile, name = path[:-len(".json")].split(os.sep)[-2:]
        yield suite.Case(
            "worked", profile + "/" + name,
            lambda profile=profile, path=path:
            accepted(context, profile, path))
    with open(os.path.join(FOLDER, "README.md"), encoding="utf-8") as file:
        rows = ROW.findall(file.read())
    for name, pointer, value, rule in rows:
        yield suite.Case(
            "worked", "printed/%s%s" % (name, pointer),
            lambda row=(name, pointer, value, rule):
            as_printed(context, *row))
    yield suite.Case("worked", "table", lambda: None if len(rows) > 8 else
                     "%d rows of the table are understood" % len(rows))


if __name__ == "__main__":
    sys.exit(suite.main("worked", cases))
