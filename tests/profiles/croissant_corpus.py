#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""The Croissant documents of the shared corpus: probes, each with one flaw or
a legal variant, judged as the specification says and where it says; and the
repository's own examples, which must not break the program.

Probes that the specification leaves open are decided in
docs/peer-differences.md, one row each; a row whose probe is judged otherwise
is a failure, as is a probe without one.
"""
import json
import os
import re
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.dirname(
    os.path.abspath(__file__))), "suites"))
import suite  # noqa: E402

# What the base document of the probes lacks of what is recommended.
LACKS = {"dataset-keywords", "dataset-publisher", "dataset-datecreated",
         "dataset-datemodified", "dataset-sameas", "dataset-sdlicense",
         "dataset-inlanguage"}
SEVERITY = {"error": "violation", "warning": "warning", "valid": None}


def corpus_of(context):
    return os.path.join(context.shared, "corpora", "croissant")


def decisions():
    """Probe -> the verdict that the document gives."""
    path = os.path.join(suite.ROOT, "docs", "peer-differences.md")
    with open(path, encoding="utf-8") as file:
        return dict(re.findall(r"^\| ([a-z0-9][A-Za-z0-9-]*) \| "
                               r"(error|warning|valid) \| .* \|$",
                               file.read(), re.M))


def judge(context, path, *arguments):
    answer = context.call("crate-validate", "-f", "json", *arguments, path)
    if answer.crashed() or answer.status == 2:
        return answer, None
    return answer, json.loads(answer.out)["crates"][0]


def findings_of(crate):
    """Above info, but for what the base document lacks."""
    return [f for f in crate["findings"] if f["severity"] != "info"
            and f["rule"].split("/")[1] not in LACKS]


def judge_probe(context, probe, verdict):
    """None when the probe is judged so, at its place."""
    answer, crate = judge(context, os.path.join(
        corpus_of(context), "probes", probe["name"] + ".json"))
    if crate is None:
        return answer.complaint()
    findings = findings_of(crate)
    gravest = "violation" if any(f["severity"] == "violation"
                                 for f in findings) else \
        "warning" if findings else None
    if gravest != SEVERITY[verdict]:
        return "found %s" % ([(f["rule"], f["pointer"]) for f in findings]
                             or "nothing")
    place = probe.get("expected_place")
    if gravest and place is not None and not any(
            f["severity"] == gravest and f["pointer"] == place
            for f in findings):
        return "not at %s but %s" % (place, [
            (f["rule"], f["pointer"]) for f in findings])
    return None


# Probes of which mlcroissant says something that it says never again, or where
# it stumbles over what it found: its words are not repeated.
UNLIKE = {
    "kw-definedterm": "a blank node's name is random",
    "lang-obj": "a blank node's name is random",
    "id-space": "a file loses its containedIn when its archive's @id is bad",
}


def likeness(context, path, wanted):
    """None when mlcroissant-compat says what mlcroissant said."""
    answer, crate = judge(context, path, "-p", "mlcroissant-compat")
    if crate is None:
        return answer.complaint()
    said = sorted(f["message"].split(": ", 1)[1] for f in crate["findings"])
    return None if said == sorted(wanted) else "says %s" % said


def compat_cases(context, probes):
    folder = corpus_of(context)
    with open(os.path.join(folder, "documents.json"),
              encoding="utf-8") as file:
        documents = json.load(file)["documents"]
    for document in documents:
        if document.get("expected_errors") is None:
            continue  # no golden list, and none asked for
        peer = document["mlcroissant"]
        yield suite.Case(
            "croissant", "compat-" + document["path"],
            lambda path=os.path.join(folder, "documents", document["path"]),
            wanted=document["expected_errors"] + (peer.get("warnings") or []):
            likeness(context, path, wanted))
    for probe in probes:
        peer = probe["mlcroissant"]
        if peer["verdict"] != "crash" and probe["name"] not in UNLIKE:
            yield suite.Case(
                "croissant", "compat-" + probe["name"],
                lambda path=os.path.join(folder, "probes",
                                         probe["name"] + ".json"),
                wanted=peer["messages"]: likeness(context, path, wanted))


def judge_document(context, path):
    """A verdict, in the version that the document declares."""
    answer, crate = judge(context, path)
    if crate is None:
        return answer.complaint()
    profiles = crate["profiles"]
    return None if any(p.startswith("croissant-") for p in profiles) \
        else "judged by %s" % profiles


def skipped():
    raise suite.Skip("the shared corpus is not at hand")


def cases(context):
    folder = corpus_of(context)
    if not os.path.exists(os.path.join(folder, "probes.json")):
        yield suite.Case("croissant", "corpus", skipped)
        return
    with open(os.path.join(folder, "probes.json"), encoding="utf-8") as file:
        probes = json.load(file)["probes"]
    decided = decisions()
    for probe in probes:
        verdict = probe["spec_expects"]
        if verdict == "disputed":
            verdict = decided.pop(probe["name"], None)
        yield suite.Case(
            "croissant", probe["name"],
            lambda probe=probe, verdict=verdict:
            judge_probe(context, probe, verdict) if verdict else
            "docs/peer-differences.md says nothing of it")
    for name in sorted(decided):
        yield suite.Case("croissant", name + "-is-a-probe",
                         lambda: "it is no disputed probe of the corpus")
    yield from compat_cases(context, probes)
    for path, _, names in sorted(os.walk(os.path.join(folder, "documents"))):
        for name in sorted(names):
            full = os.path.join(path, name)
            if name.endswith(".json"):
                yield suite.Case(
                    "croissant", os.path.relpath(full, folder),
                    lambda full=full: judge_document(context, full))


if __name__ == "__main__":
    sys.exit(suite.main("croissant", cases))
