#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Rules of the profiles: a crate that breaks exactly one, and crates that
break none. cases.py says what a case is.

Every rule that can be checked has a file, and every file a rule: both are
cases of their own. What a text merely permits cannot be broken: it has a file
of its name in valid/, a crate that makes use of it. What only restates rules
of other names is proven by theirs.
"""
import json
import os
import sys
import tempfile

import cases as crates
import examples
sys.path.insert(0, os.path.join(os.path.dirname(crates.HERE), "suites"))
import suite  # noqa: E402

SEVERITIES = ("info", "warning", "violation")


def judge(context, family, case, version):
    with tempfile.TemporaryDirectory() as scratch:
        files = crates.files_of(case, family.base, version)
        path = crates.pack(case, files, scratch, family.base.get(
            "metadata", {}).get(version, crates.METADATA),
            family.base.get("pack", "folder"))
        answer = context.call(
            "crate-validate", "-f", "json", "-p", family.profile(version),
            *crates.arguments_of(case, family.base, scratch), path)
        if answer.crashed() or answer.status == 2:
            return answer, None
        return answer, json.loads(answer.out)["crates"][0]


def counted(family, crate, least):
    """The findings of that severity or above. What RO-Crate itself recommends
    is no concern of a profile's cases: its own hold that."""
    return [f for f in crate["findings"]
            if SEVERITIES.index(f["severity"]) >= SEVERITIES.index(least)
            and (f["severity"] == "violation" or family.name == "ro-crate"
                 or not f["rule"].startswith("ro-crate-1."))]


def judge_broken(context, family, rule, severity, case, version):
    """None when exactly that rule is broken, at the place given."""
    answer, crate = judge(context, family, case, version)
    if crate is None:
        return answer.complaint()
    wanted = "%s/%s" % (family.profile(version), rule)
    findings = counted(family, crate, severity)
    found = sorted({f["rule"] for f in findings})
    if found != [wanted]:
        return "found %s" % (found or "nothing")
    if answer.status != (1 if severity == "violation" else 0):
        return "exit status %d" % answer.status
    if len(findings) != case.get("count", 1):
        return "%d findings" % len(findings)
    if "at" in case and findings[0]["pointer"] != case["at"]:
        return "found at %s" % findings[0]["pointer"]
    return None


def judge_mended(context, family, severity, case, version):
    """None when the mended form has no flaw of that severity."""
    answer, crate = judge(context, family, crates.mended(case), version)
    if crate is None:
        return answer.complaint()
    found = [f["rule"] for f in counted(family, crate, severity)]
    return "found %s" % found if found else None


def says_how_to_mend(family, case, version):
    """A crate with an entity of its own needs a mended form of its own."""
    if {"mend", "mended", "bytes", "text"} & set(case):
        return None
    base = crates.document_of({}, family.base, version)
    broken = crates.document_of(case, family.base, version)
    own = len(examples.by_id(json.loads(broken)))
    return "add \"mend\": it has entities of its own" \
        if own > len(examples.by_id(json.loads(base))) else None


def judge_valid(context, family, case, version):
    answer, crate = judge(context, family, case, version)
    if crate is None:
        return answer.complaint()
    least = case.get("least", family.base.get("least", "info"))
    for first in counted(family, crate, least):
        return "%s: %s" % (first["rule"], first["message"])
    return None if answer.status == 0 else "exit status %d" % answer.status


LEVELS = {"MUST": "violation", "SHOULD": "warning", "MAY": "info"}


def list_rules(context, family):
    """Version -> name -> severity of the rules that are checked; version ->
    names of permissions."""
    rules = {version: {} for version in family.versions}
    permitted = {version: set() for version in family.versions}
    answer = context.call("crate-validate", "--list-rules", "-f", "json")
    for rule in json.loads(answer.out):
        profile, _, name = rule["id"].rpartition("/")
        version = profile[len(family.name) + 1:]
        if profile.startswith(family.name + "-") and version in rules \
                and rule["checked"]:
            if rule.get("permission"):
                permitted[version].add(name)
            elif not rule.get("said_by"):
                rules[version][name] = LEVELS[rule["level"]]
    return rules, permitted


def coverage(family, rules, covered):
    """A rule exists only with a crate that breaks it, and the other way."""
    for version in family.versions:
        for rule in sorted(set(rules[version]) | covered[version]):
            def run(rule=rule, version=version):
                if rule not in covered[version]:
                    return "no crate breaks it: add broken/%s.json" % rule
                if rule not in rules[version]:
                    return "there is no such rule"
                return None
            yield suite.Case("rules", "%s-%s-%s-is-covered" % (
                family.name, version, rule), run)


def permissions(family, permitted):
    """A crate makes use of each permission."""
    used = {(name, version) for name, _, case in family.cases_of("valid")
            for version in case.get("versions", family.versions)}
    for version in family.versions:
        for name in sorted(permitted[version]):
            yield suite.Case(
                "rules", "%s-%s-%s-is-used" % (family.name, version, name),
                lambda it=(name, version): None if it in used else
                "no crate makes use of it: add valid/%s.json" % it[0])


def family_cases(context, family):
    rules, permitted = list_rules(context, family)
    covered = {version: set() for version in family.versions}
    for rule, number, case in family.cases_of("broken"):
        known = [v for v in family.versions if rule in rules[v]]
        versions = case.get("versions", known)
        if number == 1 and versions:
            yield suite.Case(
                "rules", "%s-%s-example" % (family.name, rule),
                lambda case=case, version=versions[0]: says_how_to_mend(
                    family, case, version))
        for version in versions:
            covered[version].add(rule)
            severity = rules[version].get(rule, "violation")
            yield suite.Case(
                "rules", "%s-%s-%s-%d" % (family.name, version, rule, number),
                lambda rule=rule, severity=severity, case=case,
                version=version: judge_broken(
                    context, family, rule, severity, case, version))
            if "mend" in case:
                yield suite.Case(
                    "rules", "%s-%s-%s-%d-mended" % (
                        family.name, version, rule, number),
                    lambda severity=severity, case=case, version=version:
                    judge_mended(context, family, severity, case, version))
    for name, number, case in family.cases_of("valid"):
        for version in case.get("versions", family.versions):
            yield suite.Case(
                "rules", "%s-%s-valid-%s-%d" % (
                    family.name, version, name, number),
                lambda case=case, version=version: judge_valid(
                    context, family, case, version))
    yield from coverage(family, rules, covered)
    yield from permissions(family, permitted)


def cases(context):
    for family in crates.families():
        yield from family_cases(context, family)


if __name__ == "__main__":
    sys.exit(suite.main("rules", cases))
