#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Rules of the profiles: a crate that breaks exactly one, and crates that
break none.

A folder beside this file is a profile. Its base.json is a sound crate, with
the "versions" of the profile that it is for; @VERSION@ stands for the version,
and "variants" holds patches for single versions. Each file of broken/ is named
after a rule and holds one or more cases, each the smallest change that breaks
that rule and no other of its severity or above; the cases of valid/ break
none. A case is an object with

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
cases of their own. What a text merely permits cannot be broken: it has a file
of its name in valid/, a crate that makes use of it.
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

SEVERITIES = ("info", "warning", "violation")
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
    document = patch(copy.deepcopy(base["document"]),
                     base.get("variants", {}).get(version, []))
    document = patch(document, case.get("patch", []))
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


class Family:
    """A profile in all its versions: a folder of cases."""

    def __init__(self, folder):
        self.folder = folder
        self.name = os.path.basename(folder)
        self.base = load(os.path.join(folder, "base.json"))
        self.versions = self.base["versions"]

    def cases_of(self, kind):
        """(name, number, case) of each case in broken/ or valid/."""
        for path in sorted(glob.glob(
                os.path.join(self.folder, kind, "*.json"))):
            content = load(path)
            name = os.path.splitext(os.path.basename(path))[0]
            listed = content if isinstance(content, list) else [content]
            for number, case in enumerate(listed, 1):
                yield name, number, case


def judge(context, family, case, version):
    with tempfile.TemporaryDirectory() as scratch:
        files = files_of(case, family.base, version)
        answer = context.call(
            "crate-validate", "-f", "json", "-p",
            "%s-%s" % (family.name, version), *case.get("arguments", []),
            pack(case, files, scratch))
        if answer.crashed() or answer.status == 2:
            return answer, None
        return answer, json.loads(answer.out)["crates"][0]


def judge_broken(context, family, rule, severity, case, version):
    """None when exactly that rule is broken, at the place given."""
    answer, crate = judge(context, family, case, version)
    if crate is None:
        return answer.complaint()
    wanted = "%s-%s/%s" % (family.name, version, rule)
    least = SEVERITIES.index(severity)
    findings = [f for f in crate["findings"]
                if SEVERITIES.index(f["severity"]) >= least]
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


def judge_valid(context, family, case, version):
    answer, crate = judge(context, family, case, version)
    if crate is None:
        return answer.complaint()
    if crate["findings"]:
        first = crate["findings"][0]
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
            else:
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
        for version in case.get("versions", known):
            covered[version].add(rule)
            severity = rules[version].get(rule, "violation")
            yield suite.Case(
                "rules", "%s-%s-%s-%d" % (family.name, version, rule, number),
                lambda rule=rule, severity=severity, case=case,
                version=version: judge_broken(
                    context, family, rule, severity, case, version))
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
    for path in sorted(glob.glob(os.path.join(HERE, "*", "base.json"))):
        yield from family_cases(context, Family(os.path.dirname(path)))


if __name__ == "__main__":
    sys.exit(suite.main("rules", cases))
