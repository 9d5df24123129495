#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Rules of RO-Crate: a crate that breaks exactly one, and crates that break none.

ro-crate/base.json is a sound crate; @VERSION@ stands for the version of the
specification. Each file of ro-crate/broken/ is named after a rule and holds
one or more cases, each the smallest change that breaks that rule and no
other; the cases of ro-crate/valid/ break none. A case is an object with

    patch      RFC 6902 operations on the metadata document
    text       [old, new] pairs replaced in the document's text after that
    bytes      the document itself, in Latin-1, where no text would do
    files      path -> contents, or null to leave a file of the base out;
               a path that ends in / is an empty folder
    pack       "folder" (default), "zip", "top-folder.zip", "eln",
               "folder.eln", "document", "detached" or "bag"
    versions   those of the rule that the case is for; default: all
    arguments  more arguments for crate-validate
    at         JSON pointer of the finding; null when it has no place
    count      how many findings of the rule there are (default 1)

Every rule that can be checked has a file, and every file a rule: both are
cases of their own.
"""
import copy
import glob
import json
import os
import sys
import tempfile
import zipfile

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(os.path.dirname(HERE), "suites"))
import suite  # noqa: E402

FOLDER = os.path.join(HERE, "ro-crate")
VERSIONS = ("1.1", "1.2", "1.3")
METADATA = "ro-crate-metadata.json"


def load(path):
    with open(path, encoding="utf-8") as file:
        return json.load(file)


def locate(document, pointer):
    """The container and the key that a JSON pointer names in it."""
    parts = [p.replace("~1", "/").replace("~0", "~")
             for p in pointer.split("/")[1:]]
    for part in parts[:-1]:
        document = document[int(part) if isinstance(document, list) else part]
    last = parts[-1]
    if isinstance(document, list) and last != "-":
        last = int(last)
    return document, last


def patch(document, operations):
    """RFC 6902, as far as the cases use it."""
    for operation in operations:
        container, key = locate(document, operation["path"])
        if operation["op"] == "remove":
            del container[key]
        elif operation["op"] == "replace":
            assert key in container or isinstance(container, list), key
            container[key] = operation["value"]
        elif isinstance(container, list):
            container.insert(len(container) if key == "-" else key,
                             operation["value"])
        else:
            container[key] = operation["value"]
    return document


def document_of(case, base, version):
    """The bytes of the metadata document."""
    if "bytes" in case:
        return case["bytes"].encode("latin-1")
    document = patch(copy.deepcopy(base["document"]), case.get("patch", []))
    text = json.dumps(document, indent=2, ensure_ascii=False) + "\n"
    for old, new in case.get("text", []):
        assert old in text, old
        text = text.replace(old, new, 1)
    return text.replace("@VERSION@", version).encode("utf-8")


def files_of(case, base, version):
    """Path -> bytes of everything in the crate."""
    files = {path: text.encode("utf-8")
             for path, text in base["files"].items()}
    files[METADATA] = document_of(case, base, version)
    for path, text in case.get("files", {}).items():
        if text is None:
            del files[path]
        else:
            files[path] = text.replace("@DOCUMENT@", files.get(
                METADATA, b"").decode("utf-8", "replace")).encode("utf-8")
    return files


def write_folder(folder, files):
    for path, content in files.items():
        full = os.path.join(folder, path)
        os.makedirs(os.path.dirname(full), exist_ok=True)
        if not path.endswith("/"):
            with open(full, "wb") as file:
                file.write(content)
    return folder


def write_zip(path, files, top=""):
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(top + name, content)
    return path


def write_bag(folder, files):
    """A bag around the crate; paths that start with ^ are the bag's own."""
    own = {p[1:]: c for p, c in files.items() if p.startswith("^")}
    payload = {"data/" + p: c for p, c in files.items()
               if not p.startswith("^")}
    manifest = "".join("%s  %s\n" % ("0" * 128, p) for p in sorted(payload))
    bag = {"bagit.txt": b"BagIt-Version: 1.0\n"
                        b"Tag-File-Character-Encoding: UTF-8\n",
           "manifest-sha512.txt": manifest.encode("utf-8")}
    bag.update(payload)
    for path, content in own.items():
        if content == b"-":
            bag.pop(path)
        else:
            bag[path] = content
    return write_folder(folder, bag)


def pack(case, files, scratch):
    """Put a crate somewhere; the path that a person would type."""
    how = case.get("pack", "folder")
    crate = os.path.join(scratch, "crate")
    if how == "zip":
        return write_zip(crate + ".zip", files)
    if how == "top-folder.zip":
        return write_zip(crate + ".zip", files, "my-crate/")
    if how == "eln":
        return write_zip(crate + ".eln", files)
    if how == "folder.eln":
        return write_zip(crate + ".eln", files, "my-crate/")
    os.makedirs(crate)
    if how == "document":
        write_folder(crate, {METADATA: files[METADATA]})
        return os.path.join(crate, METADATA)
    if how == "detached":
        name = "my-ro-crate-metadata.json"
        write_folder(crate, {name: files[METADATA]})
        return os.path.join(crate, name)
    if how == "bag":
        return write_bag(crate, files)
    return write_folder(crate, files)


def judge(context, case, version):
    base = load(os.path.join(FOLDER, "base.json"))
    with tempfile.TemporaryDirectory() as scratch:
        path = pack(case, files_of(case, base, version), scratch)
        answer = context.call(
            "crate-validate", "-f", "json", "-p", "ro-crate-" + version,
            *case.get("arguments", []), path)
        if answer.crashed() or answer.status == 2:
            return answer, None
        return answer, json.loads(answer.out)["crates"][0]


def judge_broken(context, rule, case, version):
    """None when exactly that rule is broken, at the place given."""
    answer, crate = judge(context, case, version)
    if crate is None:
        return answer.complaint()
    wanted = "ro-crate-%s/%s" % (version, rule)
    found = sorted({f["rule"] for f in crate["findings"]})
    if found != [wanted]:
        return "found %s" % (found or "nothing")
    severity = crate["findings"][0]["severity"]
    if answer.status != (1 if severity == "violation" else 0):
        return "exit status %d" % answer.status
    if len(crate["findings"]) != case.get("count", 1):
        return "%d findings" % len(crate["findings"])
    if "at" in case and crate["findings"][0]["pointer"] != case["at"]:
        return "found at %s" % crate["findings"][0]["pointer"]
    return None


def judge_valid(context, case, version):
    answer, crate = judge(context, case, version)
    if crate is None:
        return answer.complaint()
    if crate["findings"]:
        first = crate["findings"][0]
        return "%s: %s" % (first["rule"], first["message"])
    return None if answer.status == 0 else "exit status %d" % answer.status


def cases_of(path):
    content = load(path)
    return content if isinstance(content, list) else [content]


def list_rules(context):
    """Version -> names of the rules that are checked."""
    rules = {}
    answer = context.call("crate-validate", "--list-rules", "-f", "json")
    for rule in json.loads(answer.out):
        name, _, local = rule["id"].rpartition("/")
        if name.startswith("ro-crate-") and rule["checked"]:
            rules.setdefault(name[len("ro-crate-"):], set()).add(local)
    return rules


def coverage(rules, covered):
    """A rule exists only with a crate that breaks it, and the other way."""
    for version in VERSIONS:
        for rule in sorted(rules[version] | covered[version]):
            def run(rule=rule, version=version):
                if rule not in covered[version]:
                    return "no crate breaks it: add broken/%s.json" % rule
                if rule not in rules[version]:
                    return "there is no such rule"
                return None
            yield suite.Case("rules", "%s-%s-is-covered" % (version, rule),
                             run)


def cases(context):
    rules = list_rules(context)
    covered = {version: set() for version in VERSIONS}
    for path in sorted(glob.glob(os.path.join(FOLDER, "broken", "*.json"))):
        rule = os.path.splitext(os.path.basename(path))[0]
        for number, case in enumerate(cases_of(path), 1):
            known = [v for v in VERSIONS if rule in rules[v]]
            for version in case.get("versions", known):
                covered[version].add(rule)
                yield suite.Case(
                    "rules", "%s-%s-%d" % (version, rule, number),
                    lambda rule=rule, case=case, version=version:
                    judge_broken(context, rule, case, version))
    for path in sorted(glob.glob(os.path.join(FOLDER, "valid", "*.json"))):
        name = os.path.splitext(os.path.basename(path))[0]
        for number, case in enumerate(cases_of(path), 1):
            for version in case.get("versions", VERSIONS):
                yield suite.Case(
                    "rules", "%s-valid-%s-%d" % (version, name, number),
                    lambda case=case, version=version:
                    judge_valid(context, case, version))
    yield from coverage(rules, covered)


if __name__ == "__main__":
    sys.exit(suite.main("rules", cases))
