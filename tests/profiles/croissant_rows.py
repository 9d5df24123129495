#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""What became of each row of the lists of rules: Croissant's, and what makes the
release of a model doubtful.

croissant_rows.tsv says which rules stand for a row, in which versions, or why
there is none. Each row of the list must be in the table and the other way
round; each rule must be one of those versions' profiles, and name the row in
the comment above it. That rules.py has a document that breaks each rule makes
the table a claim that can fail. Where the list is not at hand, the table is
held against the profiles all the same. release_signals.tsv is the same for the
profile ml-release, whose rules name no rows.
"""
import csv
import glob
import json
import os
import re
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.dirname(
    os.path.abspath(__file__))), "suites"))
import suite  # noqa: E402

HERE = os.path.dirname(os.path.abspath(__file__))
NOTE = re.compile(r"^# (.*)\nrule:([\w-]+)\n", re.M)
ANCHOR = re.compile(r'ck:section "#([^"]+)"')
# Sections whose titles the list abbreviates.
ALSO = {"appendix-1-json-ld-context", "typed-recordsets",
        "ml-specific-features"}


def read(path):
    with open(path, encoding="utf-8") as file:
        return file.read()


def table(path):
    with open(path, encoding="utf-8") as file:
        return list(csv.DictReader(file, delimiter="\t"))


def profiles():
    return [read(path) for path in sorted(glob.glob(os.path.join(
        suite.ROOT, "profiles", "croissant*", "**", "*.ttl"),
        recursive=True))]


def noted():
    """Row -> the rules whose comments name it."""
    rows = {}
    for text in profiles():
        for comment, rule in NOTE.findall(text):
            for row in re.findall(r"[\w-]+", comment):
                rows.setdefault(row, set()).add(rule)
    return rows


def known_rules(context):
    """Names of the rules of each profile of Croissant."""
    answer = context.call("crate-validate", "--list-rules", "-f", "json")
    rules = {}
    for rule in json.loads(answer.out):
        profile, _, name = rule["id"].rpartition("/")
        rules.setdefault(profile.replace("croissant-", "", 1),
                         set()).add(name)
    return rules


def row_stands(row, rules, notes):
    """None when a row of the table says what is so."""
    names = set(row["rules"].split())
    if not names:
        return None if row["why none"] else "neither a rule nor a reason"
    for version in row["versions"].split():
        if not names & rules.get(version, set()):
            return "no rule of %s" % version
    return None if names == notes.get(row["row"]) else \
        "the profiles name it above %s" % sorted(notes.get(row["row"], []))


def complete(context, rows):
    path = os.path.join(context.shared, "facts", "croissant_rules.tsv")
    if not os.path.exists(path):
        raise suite.Skip("the list of rules is not at hand")
    wanted = {row["id"] for row in table(path)}
    own = {row["row"] for row in rows}
    return None if wanted == own else "missing %s, surplus %s" % (
        sorted(wanted - own), sorted(own - wanted))


def signal_stands(row, rules):
    names = set(row["rules"].split())
    if not names:
        return None if row["why none"] else "neither a rule nor a reason"
    unknown = sorted(names - rules["ml-release-1.0"])
    return "no rule %s" % unknown if unknown else None


def signals_complete(context, signals):
    path = os.path.join(context.shared, "facts", "ml_release_signals.tsv")
    if not os.path.exists(path):
        raise suite.Skip("the list of signals is not at hand")
    wanted = {row["signal"] for row in table(path)}
    own = {row["row"] for row in signals}
    return None if wanted == own else "missing %s, surplus %s" % (
        sorted(wanted - own), sorted(own - wanted))


def anchor_of(title):
    bare = re.sub(r"\(.*?\)", "", title).strip().lower()
    return re.sub(r"[^a-z0-9 -]", "", bare).replace(" ", "-")


def anchors(context):
    """The links of the rules lead to sections that the list has."""
    path = os.path.join(context.shared, "facts", "croissant_rules.tsv")
    if not os.path.exists(path):
        raise suite.Skip("the list of rules is not at hand")
    titles = {anchor_of(part) for row in table(path)
              for part in re.split(r" > | / |; ", row["section"])} | ALSO
    used = {anchor for text in profiles() for anchor in ANCHOR.findall(text)}
    unknown = sorted(used - titles)
    return "no section %s" % unknown if unknown else None


def cases(context):
    rows, rules, notes = (table(os.path.join(HERE, "croissant_rows.tsv")),
                          known_rules(context), noted())
    for row in rows:
        yield suite.Case("rows", row["row"],
                         lambda row=row: row_stands(row, rules, notes))
    signals = table(os.path.join(HERE, "release_signals.tsv"))
    for row in signals:
        yield suite.Case("rows", "signal-" + row["row"].replace(" ", "-"),
                         lambda row=row: signal_stands(row, rules))
    yield suite.Case("rows", "signals-complete",
                     lambda: signals_complete(context, signals))
    yield suite.Case("rows", "complete", lambda: complete(context, rows))
    yield suite.Case("rows", "anchors", lambda: anchors(context))


if __name__ == "__main__":
    sys.exit(suite.main("rows", cases))
