#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""examples.py OUT DEPFILE: for each rule the first crate that breaks it and
its mended form, cut to what differs, for crate-validate --explain.

The file is JSON: profile name -> rule -> list of {"versions", "broken",
"mended"}. It is made when the library is built and carried in it.
"""
import difflib
import glob
import json
import os
import sys

import cases

WIDTH = 76
MOST_LINES = 16
KEPT = ("@id", "@type")


def dump(value, indent=0):
    """JSON with short values on one line, so that an entity reads well."""
    flat = json.dumps(value, ensure_ascii=False)
    if len(flat) + indent <= WIDTH and (indent or len(flat) < 50):
        return flat
    inner = " " * (indent + 2)
    if isinstance(value, dict):
        parts = ["%s%s: %s" % (inner, json.dumps(key, ensure_ascii=False),
                               dump(item, indent + 2))
                 for key, item in value.items()]
        return "{\n%s\n%s}" % (",\n".join(parts), " " * indent)
    if isinstance(value, list):
        parts = [inner + dump(item, indent + 2) for item in value]
        return "[\n%s\n%s]" % (",\n".join(parts), " " * indent)
    return flat


def by_id(document):
    """@id -> entity; one without, or a repeated one, by its place."""
    graph = document.get("@graph", []) if isinstance(document, dict) else []
    entities = {}
    for place, entity in enumerate(graph if isinstance(graph, list) else []):
        key = entity.get("@id") if isinstance(entity, dict) else None
        key = key if isinstance(key, str) and key not in entities else place
        entities[key] = entity
    return entities


def cut(entity, other):
    """The members that tell an entity from its other form."""
    if not isinstance(entity, dict) or not isinstance(other, dict):
        return entity
    return {key: value for key, value in entity.items()
            if key in KEPT or key not in other or other[key] != value}


def entities_apart(one, other):
    """What of one document differs from the other, entity by entity."""
    texts = []
    if isinstance(one, dict) and isinstance(other, dict):
        rest = {k: v for k, v in one.items()
                if k != "@graph" and (k not in other or other[k] != v)}
        if rest:
            texts.append(dump(rest))
    mine, theirs = by_id(one), by_id(other)
    for key, entity in mine.items():
        if key not in theirs:
            texts.append(dump(entity))
        elif theirs[key] != entity:
            texts.append(dump(cut(entity, theirs[key])))
    return "\n".join(texts)


def lines_apart(one, other):
    """What of one text differs from the other, line by line."""
    one, other = one.splitlines(), other.splitlines()
    kept = []
    for group in difflib.SequenceMatcher(
            None, one, other, False).get_grouped_opcodes(2):
        if any(opcode[2] > opcode[1] for opcode in group
               if opcode[0] != "equal"):
            kept += one[group[0][1]:group[-1][2]]
    return "\n".join(line[:WIDTH] for line in kept)


def parse(text):
    try:
        return json.loads(text)
    except ValueError:
        return None


def documents_apart(one, other):
    if one == other:
        return ""
    values = parse(one), parse(other)
    flat = all(isinstance(v, dict) and "@graph" in v for v in values)
    if flat:
        text = entities_apart(*values)
        if text or entities_apart(values[1], values[0]):
            return text
    return lines_apart(one, other)


def files_apart(one, other):
    """The members of a package that another lacks, or has otherwise; of text
    that differs, the lines."""
    texts = []
    for path in sorted(one):
        if path == cases.METADATA or one[path] == other.get(path):
            continue
        texts.append("file: %s" % path)
        if path in other and b"\0" not in one[path] + other[path]:
            lines = lines_apart(one[path].decode("utf-8", "replace"),
                                other[path].decode("utf-8", "replace"))
            texts += ["  " + line for line in lines.splitlines()]
    return "\n".join(texts)


def shorten(text):
    lines = text.splitlines()
    if len(lines) > MOST_LINES:
        lines = lines[:MOST_LINES - 1] + ["..."]
    return "\n".join(lines)


def one_form(files, others, packing):
    text = [documents_apart(*(f.get(cases.METADATA, b"").decode(
        "utf-8", "replace") for f in (files, others)))]
    text += [files_apart(files, others), packing]
    return shorten("\n".join(part for part in text if part))


def packing_of(case):
    how = case.get("pack", "folder")
    return "packed as: " + how if how != "folder" else ""


def example(family, case, version):
    """The broken and the mended form of a case."""
    broken = cases.files_of(case, family.base, version)
    repaired = cases.mended(case)
    sound = cases.files_of(repaired, family.base, version)
    broken.update(cases.beside_of(case, family.base))
    sound.update(cases.beside_of(repaired, family.base))
    return (one_form(broken, sound, packing_of(case)),
            one_form(sound, broken, packing_of(repaired)))


def examples_of(family):
    rules = {}
    for rule, _, case in family.cases_of("broken"):
        entries = rules.setdefault(rule, [])
        for version in case.get("versions", family.versions):
            if any(version in entry["versions"] for entry in entries):
                continue  # an earlier case serves it
            try:
                broken, mended = example(family, case, version)
            except (AssertionError, IndexError, KeyError):
                continue  # the patch fits other versions: those of the rule
            for entry in entries:
                if (entry["broken"], entry["mended"]) == (broken, mended):
                    entry["versions"].append(version)
                    break
            else:
                entries.append({"versions": [version], "broken": broken,
                                "mended": mended})
    return rules


def main(out, depfile):
    examples = {}
    for family in cases.families():
        rules = examples.setdefault(family.name, {})
        for rule, entries in examples_of(family).items():
            rules.setdefault(rule, []).extend(entries)
    with open(out, "w", encoding="utf-8") as file:
        json.dump(examples, file, ensure_ascii=False, indent=1)
        file.write("\n")
    inputs = glob.glob(os.path.join(cases.HERE, "*.py"))
    for folder, folders, _ in os.walk(cases.HERE):
        folders[:] = [f for f in folders if f != "__pycache__"]
        inputs.append(folder)
        inputs += glob.glob(os.path.join(folder, "*.json"))
    with open(depfile, "w", encoding="utf-8") as file:
        file.write("%s: %s\n" % (out, " ".join(
            path.replace(" ", "\\ ") for path in sorted(set(inputs)))))


if __name__ == "__main__":
    main(*sys.argv[1:])
