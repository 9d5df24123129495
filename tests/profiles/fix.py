#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""--fix never makes a crate worse: tried on every crate that breaks a rule, and
on all crates of the shared corpora and samples.

What the fixed crate is said to have, it has when it is judged again; the old
document is kept byte for byte; what is not mended is not touched. The flawed
example conforms when it is mended. An @id follows the one file that it means.
"""
import json
import os
import shutil
import sys
import tempfile
import unicodedata

import cases as crates
sys.path.insert(0, os.path.join(os.path.dirname(crates.HERE), "suites"))
import suite  # noqa: E402

SEVERITIES = ("violation", "warning", "info")


def judge(context, profile, folder, *more):
    answer = context.call("crate-validate", "-f", "json", *profile, *more,
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


def mend(context, profile, folder):
    """Judge, mend and judge again; what is wrong, or None."""
    path = folder if os.path.isfile(folder) else \
        os.path.join(folder, crates.METADATA)
    old = read(path)
    answers = [judge(context, profile, folder),
               judge(context, profile, folder, "--fix"),
               judge(context, profile, folder)]
    backup = path + ".bak"
    kept = read(backup) if os.path.exists(backup) else None
    for complaint, _ in answers:
        if complaint:
            return complaint
    before, fixed, after = (crate for _, crate in answers)
    return differs(before, fixed, after, old, read(path), kept)


def run(context, family, case, version):
    token = "%s-%s" % (family.name, version)
    with tempfile.TemporaryDirectory() as scratch:
        how = family.base.get("pack", "folder")
        folder = crates.pack(
            {}, crates.files_of(case, family.base, version), scratch,
            family.base["metadata"][version] if how == "document"
            else crates.METADATA, how)
        return mend(context, ["-p", token, *crates.arguments_of(
            {"beside": case.get("beside", {})}, family.base, scratch)],
                    folder)


def sample(context, path):
    """A crate of somebody's, judged by what it declares."""
    with tempfile.TemporaryDirectory() as scratch:
        folder = os.path.join(scratch, "crate")
        if os.path.basename(path) == crates.METADATA:
            shutil.copytree(os.path.dirname(path), folder)
        else:  # one of several in a folder
            os.mkdir(folder)
            shutil.copy(path, os.path.join(folder, crates.METADATA))
        return mend(context, [], folder)


def samples(context):
    """Every metadata document below the shared folder."""
    tops = [os.path.join(context.shared, name)
            for name in ("corpora", "samples")]
    if not any(os.path.isdir(top) for top in tops):
        yield suite.absent("fix-samples", context.shared)
    for top in tops:
        for folder, _, names in sorted(os.walk(top)):
            for name in sorted(names):
                if name.endswith(crates.METADATA):
                    path = os.path.join(folder, name)
                    yield suite.Case(
                        "fix-samples", os.path.relpath(path, context.shared),
                        lambda path=path: sample(context, path))


EXAMPLE = os.path.join(suite.ROOT, "docs", "examples", "flawed")

# What --fix changes of the example's text; nothing else, in that order.
MENDED = [
    ('"2024/03/01"', '"2024-03-01"'),
    ('"licence"', '"license"'),
    ('"hasPart": [{"@id": "results/Answers.csv"}]',
     '"hasPart": [{"@id": "results/answers.csv"}, '
     '{"@id": "results/Summary.txt"}]'),
    ('"results/Answers.csv"', '"results/answers.csv"'),
    ('"2048"', '"44"'),
    ('{"@type": "Person", "name": "Josiah Carberry"}',
     '{"@id": "#josiah-carberry"}'),
    ('    }\n  ]\n}\n', '    },\n    {\n      "@id": "#josiah-carberry",\n'
     '      "@type": "Person",\n      "name": "Josiah Carberry"\n    }\n'
     '  ]\n}\n'),
]


def example(context):
    with tempfile.TemporaryDirectory() as scratch:
        folder = os.path.join(scratch, "flawed")
        shutil.copytree(EXAMPLE, folder)
        path = os.path.join(folder, crates.METADATA)
        old = read(path).decode("utf-8")
        expected = old
        for one, other in MENDED:
            if expected.count(one) != 1:
                return "%s stands in the example %d times" % (
                    one, expected.count(one))
            expected = expected.replace(one, other)
        statuses = [context.call("crate-validate", *words, folder).status
                    for words in ([], ["--fix"], ["--fail-on", "warning"])]
        if statuses != [1, 0, 0]:
            return "exit statuses are %s" % statuses
        if read(path).decode("utf-8") != expected:
            return "it is now\n" + read(path).decode("utf-8")
        return None if read(path + ".bak").decode("utf-8") == old \
            else "the backup is not the old document"


# The @id as written, the files that are there, and the @id that is meant: None
# when it stays as it is.
NFC = "r\u00e9sum\u00e9.csv"
NFD = unicodedata.normalize("NFD", NFC)
PATHS = {
    "case": ("Data/A.CSV", ["data/a.csv"], "data/a.csv"),
    "case-of-all": ("\u00c9T\u00c9.csv", ["\u00e9t\u00e9.csv"],
                    "\u00e9t\u00e9.csv"),
    "form-and-case": (NFC.upper(), [NFD], NFD),
    "space": ("a b.csv", ["a b.csv"], "a%20b.csv"),
    "space-and-case": ("A b.csv", ["a b.csv"], "a%20b.csv"),
    "percent": ("100%.csv", ["100%.csv"], "100%25.csv"),
    "percent-and-case": ("A100%.csv", ["a100%.csv"], "a100%25.csv"),
    "percents-differ": ("100%.csv", ["50%.csv"], None),
    "escaped-name": ("a%20b.csv", ["a%20b.csv"], "a%2520b.csv"),
    "escaped-twice": ("a%2520b.csv", ["a b.csv"], "a%20b.csv"),
    "backslash": ("data\\a.csv", ["data/a.csv"], "data/a.csv"),
    "no-scheme": ("X:a.csv", ["x:a.csv"], None),
    "hash": ("A%23b.csv", ["a#b.csv"], "a%23b.csv"),
    "dot": ("./Data.csv", ["data.csv"], "data.csv"),
    "two-of-them": ("A.CSV", ["a.csv", "A.csv"], None),
    "exact-comes-first": ("a b.csv", ["a b.csv", "A b.csv"], "a%20b.csv"),
    "none": ("a.csv", ["b.csv"], None),
    "a-folder": ("A.csv", ["a.csv/x"], None),
    "taken": ("A.csv", ["a.csv"], None),
}


def refer(name):
    """An entity whose parts are this one, in every way to refer."""
    return {"@id": "./", "@type": "Dataset", "name": "n", "description": "d",
            "datePublished": "2024-01-01", "license": {"@id": "#l"},
            "hasPart": [{"@id": name}], "mainEntity": {"@id": name},
            "a~1b": {"@id": name}}


def path_crate(name, target, taken):
    others = [{"@id": "#l", "@type": "CreativeWork", "name": "l"}]
    if taken:
        others.append({"@id": target, "@type": "File", "name": "taken"})
    return {"@context": ["https://w3id.org/ro/crate/1.2/context",
                         {"a~1b": "https://example.org/abc"}],
            "@graph": [
                {"@id": crates.METADATA, "@type": "CreativeWork",
                 "about": {"@id": "./"},
                 "conformsTo": {"@id": "https://w3id.org/ro/crate/1.2"}},
                refer(name), {"@id": name, "@type": "File", "name": "f"},
                *others]}


def path_case(context, key):
    name, files, meant = PATHS[key]
    with tempfile.TemporaryDirectory() as folder:
        for file in files:
            full = os.path.join(folder, file)
            os.makedirs(os.path.dirname(full), exist_ok=True)
            with open(full, "wb"):
                pass
        path = os.path.join(folder, crates.METADATA)
        taken = files[0] if key == "taken" else None
        with open(path, "w", encoding="utf-8") as out:
            json.dump(path_crate(name, taken, taken), out)
        context.call("crate-validate", "-p", "ro-crate-1.2", "--fix", folder)
        graph = json.loads(read(path))["@graph"]
        expected = path_crate(meant or name, taken, taken)["@graph"]
        seen = [graph[1]["hasPart"][0], graph[1]["mainEntity"],
                graph[1]["a~1b"], graph[2]["@id"]]
        wanted = [expected[1]["hasPart"][0], expected[1]["mainEntity"],
                  expected[1]["a~1b"], expected[2]["@id"]]
        return None if seen == wanted else "it is now %s" % seen


def words(context):
    """Words that the context lacks, or that another version has."""
    family = crates.Family(os.path.join(crates.HERE, "croissant"))
    field = "/recordSet/0/field/0/"
    slips = [("replace", "/license", "cc-by-4.0"),
             ("replace", "/distribution/1/contentUrl", "my plants.csv"),
             ("add", "/prov:wasDerivedFrom", {"@id": "https://old.example/"}),
             ("add", field + "repeated", True),
             ("add", field + "source/transform", {"delimiter": "|"}),
             ("add", "/recordSet/0/field/1/arrayShape", "-1"),
             ("remove", "/recordSet/0/examples", None),
             ("remove", "/conformsTo", None),
             ("remove", "/recordSet/0/field/2/@id", None)]
    case = {"patch": [{"op": o, "path": p, "value": v} for o, p, v in slips]}
    with tempfile.TemporaryDirectory() as scratch:
        path = crates.pack({}, crates.files_of(case, family.base, "1.1"),
                           scratch, "croissant.json", "document")
        complaint = mend(context, [], path)
        if complaint:
            return complaint
        mended = json.loads(read(path))
        _, crate = judge(context, [], path)
    left = [f["rule"] for f in crate["findings"] if f["severity"] != "info"]
    first, second = mended["recordSet"][0]["field"][:2]
    seen = [left, mended["license"], mended["@context"][1],
            mended["distribution"][1]["contentUrl"], first["isArray"],
            first["source"]["transform"], second["isArray"],
            mended["conformsTo"], mended["recordSet"][0]["field"][2]["@id"]]
    wanted = [[], "https://spdx.org/licenses/CC-BY-4.0",
              {"prov": "http://www.w3.org/ns/prov#"}, "my%20plants.csv", True,
              {"separator": "|"}, True, "http://mlcommons.org/croissant/1.1",
              "plants/species"]
    return None if seen == wanted else "%s, not %s" % (seen, wanted)


def croissant(context):
    """Slips of a Croissant document: all that is certain is mended, and then
    nothing is wrong any more."""
    family = crates.Family(os.path.join(crates.HERE, "croissant"))
    table = "/distribution/1/"
    slips = [("replace", "/conformsTo", "https://mlcommons.org/croissant/1.1/"),
             ("replace", "/isLiveDataset", "false"),
             ("add", table + "contentSize", 12345),
             ("add", table + "md5", "1B2M2Y8AsgTpgAmY7PhCfg=="),
             ("replace", table + "containedIn", "meadow.zip"),
             ("replace", "/recordSet/0/key/@id", "plants/nummber"),
             ("replace", "/recordSet/0/field/0/source/fileObject/@id",
              "plant.csv")]
    case = {"patch": [{"op": o, "path": p, "value": v} for o, p, v in slips]}
    with tempfile.TemporaryDirectory() as scratch:
        path = crates.pack({}, crates.files_of(case, family.base, "1.1"),
                           scratch, "croissant.json", "document")
        complaint = mend(context, [], path)
        if complaint:
            return complaint
        mended = json.loads(read(path))
        if mended["distribution"][1]["md5"] != \
                "d41d8cd98f00b204e9800998ecf8427e":
            return "the digest is %s" % mended["distribution"][1]["md5"]
        _, crate = judge(context, [], path)
        left = [f["rule"] for f in crate["findings"]
                if f["severity"] != "info"]
        return "left: %s" % left if left else None


def cases(context):
    yield suite.Case("fix", "example", lambda: example(context))
    yield suite.Case("fix", "croissant-slips", lambda: croissant(context))
    yield suite.Case("fix", "croissant-words", lambda: words(context))
    for key in PATHS:
        yield suite.Case("fix", "path-" + key,
                         lambda key=key: path_case(context, key))
    yield from samples(context)
    for family in crates.families():
        version = family.versions[-1]
        for rule, number, case in family.cases_of("broken"):
            names = family.base.get("metadata", {})
            if version not in case.get("versions", [version]) or \
                    case.get("pack", "folder") != "folder" or \
                    "arguments" in case or \
                    (version in names and "pack" not in family.base) or \
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
