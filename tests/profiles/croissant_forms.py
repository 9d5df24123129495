#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""One Croissant document in every form that JSON-LD and the platforms give
it: the findings are the same, and so is the root that is chosen.
"""
import copy
import gzip
import json
import os
import sys
import tempfile

import cases as crates
sys.path.insert(0, os.path.join(os.path.dirname(crates.HERE), "suites"))
import suite  # noqa: E402

SCHEMA = "https://schema.org/"
CROISSANT = "http://mlcommons.org/croissant/"


def sound():
    """A document without a finding, and a flaw put into it."""
    base = crates.load(os.path.join(crates.HERE, "croissant", "base.json"))
    text = json.dumps(base["document"]).replace("@VERSION@", "1.1")
    document = json.loads(text)
    document["recordSet"][0]["key"]["@id"] = "plants/nobody"
    return document


def judge(context, name, content, *arguments, stdin=False):
    with tempfile.TemporaryDirectory() as scratch:
        path = os.path.join(scratch, name)
        with open(path, "wb") as file:
            file.write(content)
        answer = context.call("crate-validate", "-f", "json", *arguments,
                              "-" if stdin else path,
                              **({"stdin": content} if stdin else {}))
    if answer.crashed() or answer.status == 2:
        return answer.complaint(), None
    return None, json.loads(answer.out)["crates"][0]


def rules_of(crate):
    return sorted((f["rule"], f["severity"]) for f in crate["findings"]
                  if f["severity"] != "info")


def encode(document):
    return json.dumps(document, indent=1).encode("utf-8")


def expanded(value, types=False):
    """Without terms: full IRIs all over, as an RDF tool writes them."""
    own = {"citeAs", "recordSet", "field", "source", "extract", "transform",
           "references", "key", "column", "fileObject", "fileSet", "regex",
           "fileProperty", "jsonPath", "dataType", "includes", "containedIn",
           "isLiveDataset", "subField", "format", "data", "examples"}
    if isinstance(value, list):
        return [expanded(item, types) for item in value]
    if types and isinstance(value, str):
        return value.replace("sc:", SCHEMA).replace("cr:", CROISSANT)
    if not isinstance(value, dict):
        return value
    made = {}
    for key, inner in value.items():
        if key in ("data", "examples"):
            made[CROISSANT + key] = {"@type": "@json", "@value": inner}
        elif key == "dataType":
            made[CROISSANT + key] = [
                {"@id": expanded(item, True)}
                for item in (inner if isinstance(inner, list) else [inner])]
        elif key.startswith("@"):
            made[key] = expanded(inner, key == "@type")
        elif key == "conformsTo":
            made["http://purl.org/dc/terms/conformsTo"] = inner
        else:
            made[(CROISSANT if key in own else SCHEMA) + key] = \
                expanded(inner)
    return made


def page(*documents):
    scripts = "".join(
        '<script type="application/ld+json">%s</script>\n' %
        json.dumps(document).replace("</", "<\\/") for document in documents)
    return ("<!doctype html>\n<html><head><title>Data</title>\n%s</head>"
            "<body><p>A meadow</p></body></html>\n" % scripts).encode()


def forms():
    """(name of the form, name of the file, its bytes)."""
    document = sound()
    bare = {k: v for k, v in document.items() if k != "@context"}
    crumbs = {"@context": "https://schema.org", "@type": "BreadcrumbList"}
    other = {"@context": "https://schema.org", "@type": "Dataset",
             "name": "the page's own"}
    yield "plain", "croissant.json", encode(document)
    yield "jsonld", "croissant.jsonld", encode(document)
    yield "gzip", "croissant.json.gz", gzip.compress(encode(document))
    yield "array", "croissant.json", encode([document])
    yield "graph", "croissant.json", encode(
        {"@context": document["@context"], "@graph": [bare]})
    yield "context-array", "croissant.json", encode(
        dict(document, **{"@context": [document["@context"], {}]}))
    yield "context-iri", "croissant.json", encode(
        dict(document, **{"@context": {"@import": document["@context"]}}))
    yield "page", "page.html", page(document)
    yield "page-of-several", "page.html", page(crumbs, other, document)
    yield "escaped", "croissant.json", \
        encode(document).replace(b"/", b"\\/")
    flat = copy.deepcopy(bare)
    files = flat["distribution"]
    flat["distribution"] = [{"@id": file["@id"]} for file in files]
    yield "flat", "croissant.json", encode(
        {"@context": document["@context"], "@graph": [flat] + files})
    yield "files-first", "croissant.json", encode(
        {"@context": document["@context"], "@graph": files + [flat]})


def one_form(context, name, content, wanted):
    reason, crate = judge(context, name, content)
    if reason:
        return reason
    found = rules_of(crate)
    return None if found == wanted else "found %s" % found


def two_roots():
    document = sound()
    other = {k: v for k, v in document.items()
             if k not in ("@context", "recordSet")}
    mine = {k: v for k, v in document.items() if k != "@context"}
    return encode({"@context": document["@context"], "@graph": [
        dict(other, **{"@id": "other"}), dict(mine, **{"@id": "mine"})]})


def chosen_root(context, arguments, wanted):
    """The root is the one wanted, and the other one is reported."""
    reason, crate = judge(context, "croissant.json", two_roots(), *arguments)
    if reason:
        return reason
    left = [f["focus"] for f in crate["findings"]
            if f["rule"].endswith("/dataset-alone")]
    return None if left == [wanted] else "left alone: %s" % left


def hybrid(context):
    """What is both is judged by both."""
    document = sound()
    document["recordSet"] = document["recordSet"][:1]
    flat = {k: v for k, v in document.items() if k != "@context"}
    files = [dict(file, **{"@type": ["File", "cr:FileObject"]})
             for file in flat["distribution"][:2]]
    flat.update({"@id": "./", "@type": "Dataset",
                 "conformsTo": {"@id": CROISSANT + "1.1"},
                 "hasPart": [{"@id": file["@id"]} for file in files],
                 "distribution": [{"@id": file["@id"]} for file in files]})
    crate = {"@context": ["https://w3id.org/ro/crate/1.2/context",
                          CROISSANT + "1.1"],
             "@graph": [{"@id": "ro-crate-metadata.json",
                         "@type": "CreativeWork", "about": {"@id": "./"},
                         "conformsTo": {
                             "@id": "https://w3id.org/ro/crate/1.2"}},
                        flat] + files}
    reason, verdict = judge(context, "ro-crate-metadata.json", encode(crate))
    if reason:
        return reason
    if verdict["profiles"] != ["ro-crate-1.2", "croissant-1.1"]:
        return "judged by %s" % verdict["profiles"]
    found = {f["rule"] for f in verdict["findings"]}
    missed = {"ro-crate-1.2/doc-nested-as-separate",
              "croissant-1.1/recordset-key"} - found
    return "missed %s of %s" % (sorted(missed), sorted(found)) \
        if missed else None


def referring(context):
    """A crate that merely says that a part of it conforms is no Croissant."""
    crate = {"@context": "https://w3id.org/ro/crate/1.2/context",
             "@graph": [{"@id": "ro-crate-metadata.json",
                         "@type": "CreativeWork", "about": {"@id": "./"},
                         "conformsTo": {
                             "@id": "https://w3id.org/ro/crate/1.2"}},
                        {"@id": "./", "@type": "Dataset", "name": "c",
                         "hasPart": {"@id": "data/"}},
                        {"@id": "data/", "@type": "Dataset", "name": "d",
                         "conformsTo": {"@id": CROISSANT + "1.1"}}]}
    reason, verdict = judge(context, "ro-crate-metadata.json", encode(crate))
    return reason or (None if verdict["profiles"] == ["ro-crate-1.2"]
                      else "judged by %s" % verdict["profiles"])


def full_names(context):
    """Full IRIs instead of terms: all is judged but the missing context."""
    document = {k: v for k, v in sound().items() if k != "@context"}
    reason, crate = judge(context, "croissant.json",
                          encode(expanded(document)))
    if reason:
        return reason
    found = [rule for rule, _ in rules_of(crate)]
    return None if found == ["croissant-1.1/ctx-present",
                             "croissant-1.1/recordset-key"] \
        else "found %s" % found


OWN = ["croissant-1.1"]
CRATE = ["ro-crate-1.1"]  # nothing was found, and that is what it says


def folders():
    """(name, the files of a folder, the profiles that judge it)."""
    document = encode(sound())
    other = json.dumps({"@context": "https://schema.org", "@graph": []})
    yield "by-name", {"croissant.json": document}, OWN
    yield "by-name-jsonld", {"croissant.jsonld": document}, OWN
    yield "by-ending", {"meadow.croissant.json": document}, OWN
    yield "by-two-endings", {"a.croissant.json": document,
                             "b.croissant.json": document}, CRATE
    yield "by-its-words", {"metadata.json": document}, OWN
    yield "of-other-words", {"metadata.json": other.encode()}, CRATE
    yield "name-first", {"croissant.json": document, "metadata.json": b"",
                         "a.croissant.json": b""}, OWN
    yield "crate-first", {"croissant.json": document,
                          "ro-crate-metadata.json": b"{}"}, CRATE
    yield "below", {"data/croissant.json": document}, CRATE


def one_folder(context, files, wanted):
    with tempfile.TemporaryDirectory() as scratch:
        crates.write_folder(scratch, files)
        answer = context.call("crate-validate", "-f", "json", scratch)
    found = json.loads(answer.out)["crates"][0]["profiles"]
    return None if found == wanted else "judged by %s" % found


def unknown_context(context):
    """A context that nobody has: what would need it is not checked, the rest
    is judged by Croissant's own."""
    document = dict(sound(), **{"@context": "https://lab.example/context"})
    reason, crate = judge(context, "croissant.json", encode(document))
    if reason:
        return reason
    unsaid = {n["rule"] for n in crate["not_checked"]
              if "lab.example" in n["reason"]}
    return None if "croissant-1.1/ctx-dropped" in unsaid and rules_of(crate) \
        == [("croissant-1.1/recordset-key", "violation")] \
        else "not checked: %s; found %s" % (sorted(unsaid), rules_of(crate))


def cases(context):
    wanted = [("croissant-1.1/recordset-key", "violation")]
    for form, name, content in forms():
        yield suite.Case("forms", form, lambda it=(name, content): one_form(
            context, it[0], it[1], wanted))
    for name, files, profiles in folders():
        yield suite.Case("forms", "folder-" + name,
                         lambda it=(files, profiles): one_folder(
                             context, it[0], it[1]))
    yield suite.Case("forms", "full-names", lambda: full_names(context))
    yield suite.Case("forms", "first-root", lambda: chosen_root(
        context, [], "other"))
    yield suite.Case("forms", "chosen-root", lambda: chosen_root(
        context, ["--root", "other"], "mine"))
    yield suite.Case("forms", "hybrid", lambda: hybrid(context))
    yield suite.Case("forms", "unknown-context",
                     lambda: unknown_context(context))
    yield suite.Case("forms", "referring", lambda: referring(context))


if __name__ == "__main__":
    sys.exit(suite.main("forms", cases))
