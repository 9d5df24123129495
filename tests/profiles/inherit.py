#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Profiles that inherit: found by what a crate declares, ancestors first, a
rule of the same name replacing the inherited one."""
import json
import os
import sys
import tempfile

sys.path.insert(0, os.path.join(os.path.dirname(os.path.dirname(
    os.path.abspath(__file__))), "suites"))
import suite  # noqa: E402

PREFIXES = """@prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix schema: <http://schema.org/> .
@prefix prof: <http://www.w3.org/ns/dx/prof/> .
@prefix ck: <urn:cratekit:> .
@prefix rule: <https://lab.example/rules#> .
"""
BASE = "https://w3id.org/ro/crate"


def profile(token, parents, rules, more=""):
    return PREFIXES + """
<https://lab.example/%s> a prof:Profile ;
  prof:hasToken "%s" ; ck:version "1.0" ;
  ck:specification "https://lab.example/" %s ;
  prof:isProfileOf %s .
""" % (token, token, more, ", ".join("<%s>" % p for p in parents)) + rules


def rule(name, path, message):
    return """
rule:%s a sh:PropertyShape ; sh:targetClass ck:Root ; sh:path %s ;
  sh:minCount 1 ; sh:message "%s" ; ck:section "rules#%s" .
""" % (name, path, message, name)


PROFILES = {
    "lab-1.0": profile(
        "lab-1.0", [BASE],
        rule("contact", "schema:contactPoint", "a lab's crate has a contact")
        + rule("root-name", "schema:name", "name it as the lab does"),
        '; ck:without "root-license" ; ck:alias <https://lab.example/lab>'),
    "strict-1.0": profile(
        "strict-1.0", ["https://lab.example/lab-1.0"],
        rule("keywords", "schema:keywords", "a strict crate has keywords")),
    "orphan-1.0": profile(
        "orphan-1.0", [BASE, "https://nowhere.example/1.0"], ""),
    "egg-1.0": profile("egg-1.0", ["https://lab.example/hen-1.0"], ""),
    "hen-1.0": profile("hen-1.0", ["https://lab.example/egg-1.0"], ""),
    # The first takes for ever on many letters a, the second is but a warning.
    "slow-1.0": profile("slow-1.0", [BASE], """
rule:slow a sh:PropertyShape ; sh:targetClass ck:Root ; sh:path schema:keywords ;
  sh:pattern "^(a|aa|a?)+$" ; sh:message "of letters a" ; ck:section "#a" .
"""),
    "slow-2.0": profile("slow-2.0", [BASE], """
rule:slow a sh:PropertyShape ; sh:targetClass ck:Root ; sh:path schema:keywords ;
  sh:pattern "^(a|aa|a?)+$" ; sh:message "of letters a" ; ck:section "#a" ;
  sh:severity sh:Warning .
"""),
}


def crate(declares, without=(), version="1.2"):
    root = {"@id": "./", "@type": "Dataset", "name": "N", "description": "D",
            "datePublished": "2024", "license": "CC-BY",
            "contactPoint": {"@id": "#c"}, "keywords": "k"}
    for key in without:
        del root[key]
    graph = [{"@id": "ro-crate-metadata.json", "@type": "CreativeWork",
              "about": {"@id": "./"},
              "conformsTo": {"@id": "%s/%s" % (BASE, version)}}, root,
             {"@id": "#c", "@type": "ContactPoint"}]
    if declares:
        root["conformsTo"] = {"@id": declares}
        graph.append({"@id": declares, "@type":
                      ["CreativeWork"] + ["Profile"] * (version != "1.1")})
    return {"@context": "%s/%s/context" % (BASE, version), "@graph": graph}


# name, crate, arguments, profiles, findings, not checked for a reason
LAB = "https://lab.example/lab-1.0"
CASES = [
    ("declared", crate(LAB), [], ["ro-crate-1.2", "lab-1.0"], [], []),
    ("the-base-is-the-declared-version", crate(LAB, version="1.1"), [],
     ["ro-crate-1.1", "lab-1.0"], [], []),
    ("an-alias", crate("http://lab.example/lab/"), [],
     ["ro-crate-1.2", "lab-1.0"], [], []),
    ("asked-for", crate(None), ["-p", "lab"], ["ro-crate-1.2", "lab-1.0"],
     [], []),
    ("own-rule", crate(LAB, ["contactPoint"]), [],
     ["ro-crate-1.2", "lab-1.0"], ["lab-1.0/contact"], []),
    ("a-rule-is-replaced", crate(LAB, ["name"]), [],
     ["ro-crate-1.2", "lab-1.0"], ["lab-1.0/root-name"], []),
    ("a-rule-is-switched-off", crate(LAB, ["license"]), [],
     ["ro-crate-1.2", "lab-1.0"], [], ["ro-crate-1.2/root-license"]),
    ("not-for-others", crate(None, ["license"]), [], ["ro-crate-1.2"],
     ["ro-crate-1.2/root-license"], []),
    ("grandchildren", crate("https://lab.example/strict-1.0",
                            ["keywords", "license", "name"]), [],
     ["ro-crate-1.2", "lab-1.0", "strict-1.0"],
     ["lab-1.0/root-name", "strict-1.0/keywords"], []),
    ("unknown-parent", crate("https://lab.example/orphan-1.0"), [],
     ["ro-crate-1.2", "orphan-1.0"], [], ["https://nowhere.example/1.0"]),
    ("unknown-profile", crate("https://nobody.example/p"), [],
     ["ro-crate-1.2"], [], ["https://nobody.example/p"]),
    ("a-draft-is-read-as-the-version-before", crate(None, version="1.4-DRAFT"),
     [], ["ro-crate-1.3"], [], ["ro-crate-1.4"]),
    ("the-oldest-version", crate(None, version="1.0"), [], ["ro-crate-1.0"],
     ["ro-crate-1.0/desc-id", "ro-crate-1.0/pkg-metadata-file-name"], []),
]


SLOW = "a" * 40 + "b"


def gives_up(context, profile, status):
    """A rule that these data take too long: no fault, but no pass either."""
    document = crate(None)
    document["@graph"][1]["keywords"] = SLOW
    answer = judge(context, document, ["-p", profile])
    if answer.status != status:
        return answer.complaint()
    if status == 2 and "[not-checked]" not in answer.err:
        return "no diagnostic"
    listed = json.loads(answer.out)["crates"][0]["not_checked"]
    if profile + "/slow" not in [n["rule"] for n in listed]:
        return "not listed as not checked"
    return None


def finds_once(context):
    document = crate(None)
    document["@graph"].append({"@id": "#run", "@type": "CreateAction",
                               "name": "Run", "instrument": {"@id": "#t"}})
    answer = judge(context, document, ["-p", "process-run-crate-0.4",
                                       "-p", "process-run-crate-0.5"])
    found = [f["rule"] for f in json.loads(answer.out)["crates"][0]["findings"]
             if f["rule"].endswith("/PRC-04")]
    return None if found == ["process-run-crate-0.5/PRC-04"] else str(found)


def goes_round(context):
    answer = judge(context, crate("https://lab.example/egg-1.0"), [])
    if answer.status != 2 or "inherits from itself" not in answer.err:
        return answer.complaint()
    return None


def judge(context, document, words):
    with tempfile.TemporaryDirectory() as scratch:
        for token, text in PROFILES.items():
            folder = os.path.join(scratch, "profiles", *token.split("-"))
            os.makedirs(folder)
            with open(os.path.join(folder, "profile.ttl"), "w",
                      encoding="utf-8") as file:
                file.write(text)
        folder = os.path.join(scratch, "crate")
        os.makedirs(folder)
        with open(os.path.join(folder, "ro-crate-metadata.json"), "w",
                  encoding="utf-8") as file:
            json.dump(document, file)
        return context.call(
            "crate-validate", "-f", "json", "-s", "violation", "--profiles-path",
            os.path.join(scratch, "profiles"), *words, folder)


def run(context, document, words, profiles, findings, not_checked):
    answer = judge(context, document, words)
    if answer.crashed() or answer.status == 2:
        return answer.complaint()
    verdict = json.loads(answer.out)["crates"][0]
    if profiles is not None and verdict["profiles"] != profiles:
        return "judged by %s" % verdict["profiles"]
    found = sorted({f["rule"] for f in verdict["findings"]})
    if found != findings:
        return "found %s" % found
    missing = set(not_checked) - {n["rule"] for n in verdict["not_checked"]}
    return "not listed as not checked: %s" % missing if missing else None


def cases(context):
    for name, *rest in CASES:
        yield suite.Case("inherit", name,
                         lambda rest=rest: run(context, *rest))
    yield suite.Case("inherit", "two-versions-find-a-flaw-once",
                     lambda: finds_once(context))
    yield suite.Case("inherit", "a-cycle-is-trouble",
                     lambda: goes_round(context))
    yield suite.Case("inherit", "giving-up-is-trouble",
                     lambda: gives_up(context, "slow-1.0", 2))
    yield suite.Case("inherit", "giving-up-a-warning-is-not",
                     lambda: gives_up(context, "slow-2.0", 0))


if __name__ == "__main__":
    sys.exit(suite.main("inherit", cases))
