#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""crate-convert --subset: a part of a crate is a crate, judged no worse than the
whole; it has the files that it names and no others; all of a crate is the
crate."""
import glob
import json
import os
import resource
import shutil
import sys
import tempfile
import urllib.parse

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import zip_out  # noqa: E402
from zip_out import EXAMPLES, NAME, suite  # noqa: E402

BASE = ("--base", "https://example.org/c/" + NAME)
DIGITS = os.path.join(EXAMPLES, "digit-classifier")
SOIL = os.path.join(EXAMPLES, "soil-moisture")


def words(names):
    return [word for name in names for word in ("--subset", name)]


def graph_of(path):
    with open(os.path.join(path, NAME), encoding="utf-8") as file:
        return json.load(file)["@graph"]


def as_list(value):
    return value if isinstance(value, list) else [value]


def is_typed(entity, *types):
    return bool(set(types) & set(as_list(entity.get("@type", []))))


def data_of(graph):
    """The @ids of files and folders but the root."""
    return [e["@id"] for e in graph if is_typed(e, "File", "Dataset")
            and e["@id"] != "./" and "#" not in e["@id"]]


def rules(context, path):
    """What is wrong with a crate: MUST and SHOULD, but not how often."""
    answer = context.call("crate-validate", "-f", "json", path)
    found = json.loads(answer.out)["crates"][0]["findings"]
    return {f["rule"] for f in found if f["severity"] != "info"}


def write_crate(folder, graph, files):
    """A small crate around these entities."""
    os.makedirs(folder)
    descriptor = {"@id": NAME, "@type": "CreativeWork",
                  "about": {"@id": "./"}, "conformsTo": {
                      "@id": "https://w3id.org/ro/crate/1.2"}}
    document = {"@context": "https://w3id.org/ro/crate/1.2/context",
                "@graph": [descriptor] + graph}
    with open(os.path.join(folder, NAME), "w", encoding="utf-8") as file:
        json.dump(document, file)
    for name, content in files.items():
        path = os.path.join(folder, name)
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path, "wb") as file:
            file.write(content)
    return folder


def cut(context, folder, crate, *names):
    """The folder of a part, with what was said about it."""
    output = tempfile.mkdtemp(dir=folder) + "/out"
    answer = context.convert("--to", "folder", "-o", output, *words(names),
                             crate)
    if answer.status != 0 or answer.crashed():
        raise RuntimeError(answer.complaint())
    return output, answer.err


def all_is_all(context, path):
    """By the root, and by every data entity one by one."""
    def run():
        with open(path, encoding="utf-8") as file:
            graph = json.load(file)["@graph"]
        wanted = context.canonical(path, *BASE)
        for names in (["./"], data_of(graph)):
            if not names:
                continue
            answer = context.convert(*words(names), *BASE, path)
            if answer.status != 0 or "[left-out]" in answer.err:
                return answer.complaint()
            after = context.convert("--to", "canonical", "--from", "jsonld",
                                    *BASE, "-", stdin=answer.out)
            if after.out != wanted:
                return "another graph by %s" % names[:3]
        return None
    return run


def paths_kept(graph):
    """Paths that entities of a result have, decoded."""
    return [urllib.parse.unquote(e["@id"]) for e in graph
            if "#" not in e["@id"] and ":" not in e["@id"]
            and e["@id"] != "./"]


def each_part(context, folder, crate):
    """Every data entity alone: judged no worse, files those that are named,
    their bytes as they were, hasPart complete, no reference to nothing new."""
    def run():
        before = rules(context, crate)
        source = zip_out.files_of(crate)
        ids = {e["@id"] for e in graph_of(crate)}
        for name in data_of(graph_of(crate)):
            part, _ = cut(context, folder, crate, name)
            graph = graph_of(part)
            files = zip_out.files_of(part)
            worse = rules(context, part) - before
            if worse:
                return "%s: %s" % (name, sorted(worse))
            kept = paths_kept(graph)
            for path, content in files.items():
                if path != NAME and content != source[path]:
                    return "%s: other bytes of %s" % (name, path)
                if not any(path == k or k.endswith("/") and path.startswith(k)
                           for k in kept):
                    return "%s: %s is nobody's" % (name, path)
            lost = [k for k in kept if not os.path.exists(
                os.path.join(part, k))]
            if lost or name not in {e["@id"] for e in graph}:
                return "%s: lost %s" % (name, lost)
            flaw = loose_ends(graph, ids)
            if flaw:
                return "%s: %s" % (name, flaw)
        return None
    return run


def published(context, path):
    """The first and the last data entities of somebody else's crate, alone: no
    worse, but for what Provenance Run Crate wants of runs that are gone."""
    def run():
        with open(path, encoding="utf-8") as file:
            names = data_of(json.load(file)["@graph"])
        with tempfile.TemporaryDirectory() as folder:
            document = os.path.join(folder, NAME)
            shutil.copy(path, document)
            before = rules(context, document)
            for name in names[:3] + names[-3:]:
                answer = context.convert("--subset", name, path)
                if answer.status != 0:
                    return "%s: %s" % (name, answer.complaint())
                with open(document, "wb") as file:
                    file.write(answer.out)
                worse = {r for r in rules(context, document) - before
                         if not r.startswith("provenance-run-crate")}
                if worse:
                    return "%s: %s" % (name, sorted(worse))
        return None
    return run


def references(value):
    if isinstance(value, dict):
        if "@id" in value:
            yield value["@id"]
        for one in value.values():
            yield from references(one)
    if isinstance(value, list):
        for one in value:
            yield from references(one)


def loose_ends(graph, ids):
    """What refers to an entity that was there and is not any more."""
    left = {e["@id"] for e in graph}
    for entity in graph:
        for key, value in entity.items():
            for reference in references(value) if key != "@id" else ():
                if reference in ids and reference not in left:
                    return "%s: %s of %s" % (reference, key, entity["@id"])
    return None


def provenance(context, folder):
    """A run that made what is kept stays, names its inputs, and keeps its
    program; a run that did not is gone from the root."""
    def run():
        part, said = cut(context, folder, DIGITS, "evaluation/metrics.json")
        entities = {e["@id"]: e for e in graph_of(part)}
        action = entities.get("#run-7b1c9d3e-5a64-4f0b-8e2d-91c0a7f4b6d8")
        if not action or "#run-2f4d7a52-8d0e-4c55-9b7e-0f6a3c1d9e21" \
                in entities:
            return "actions: %s" % sorted(i for i in entities if "run" in i)
        inputs = sorted(r["@id"] for r in action["object"])
        if inputs != ["#left-out-data/test.csv",
                      "#left-out-model/centroids.json"]:
            return "inputs: %s" % inputs
        stub = entities[inputs[0]]
        if stub["localPath"] != "data/test.csv" or "sha256" not in stub:
            return "of the input: %s" % stub
        if "metadata.json:149:9: warning: data/test.csv is left out" \
                not in said:
            return "no word: " + said
        return None if "code/train.py" in zip_out.files_of(part) \
            else "no program"
    return run


ROOT = {"@id": "./", "@type": "Dataset", "name": "r",
        "license": {"@id": "LICENSE"},
        "mainEntity": {"@id": "main.txt"},
        "hasPart": [{"@id": "a%20b/"}, {"@id": "LICENSE"},
                    {"@id": "main.txt"}, {"@id": "https://e.org/w.csv"}]}
SMALL = [
    ROOT,
    {"@id": "a%20b/", "@type": "Dataset", "name": "d",
     "license": "https://e.org/other-licence",
     "hasPart": [{"@id": "a%20b/1.csv"}, {"@id": "a%20b/2.csv"}]},
    {"@id": "a%20b/1.csv", "@type": "File", "name": "1",
     "isBasedOn": [{"@id": "a%20b/2.csv"}, {"@id": "https://e.org/w.csv"}]},
    {"@id": "a%20b/2.csv", "@type": "File", "author": {"@id": "#only-2"}},
    {"@id": "LICENSE", "@type": "File"},
    {"@id": "main.txt", "@type": "File"},
    {"@id": "https://e.org/w.csv", "@type": "File"},
    {"@id": "#only-2", "@type": "Person", "affiliation": {"@id": "#org"}},
    {"@id": "#org", "@type": "Organization"},
    {"@id": "#orphan", "@type": "Thing", "name": "o"},
    {"@id": "#note", "@type": "CreativeWork",
     "about": {"@id": "main.txt"}},
    {"@id": "#about-2", "@type": "CreativeWork",
     "mentions": {"@id": "a%20b/2.csv"}},
    {"@id": "ro-crate-preview.html", "@type": "CreativeWork",
     "about": {"@id": "./"}},
]
FILES = {"a b/1.csv": b"1", "a b/2.csv": b"2", "a b/unlisted.txt": b"u",
         "LICENSE": b"l", "main.txt": b"m", "other.txt": b"o",
         "ro-crate-preview.html": b"p", "#left-out-a b": b"x"}


def small(context, folder, names, check):
    def run():
        crate = write_crate(tempfile.mkdtemp(dir=folder) + "/in", SMALL, FILES)
        part, said = cut(context, folder, crate, *names)
        return check({e["@id"]: e for e in graph_of(part)},
                     zip_out.files_of(part), said)
    return run


def check_one(entities, files, said):
    """One file of a folder: part of the root at once, under the folder's
    licence, by way of what is described still."""
    if set(files) != {NAME, "a b/1.csv", "LICENSE", "main.txt"}:
        return "files %s" % sorted(files)
    parts = {p["@id"] for p in entities["./"]["hasPart"]}
    if parts != {"LICENSE", "main.txt", "https://e.org/w.csv", "a%20b/1.csv"}:
        return "parts %s" % parts
    one = entities["a%20b/1.csv"]
    if one["license"] != "https://e.org/other-licence":
        return "licence %s" % one.get("license")
    stub = entities.get("#left-out-a%20b/2.csv", {})
    if stub.get("localPath") != "a b/2.csv" or \
            stub["license"] != "https://e.org/other-licence":
        return "left out: %s" % stub
    for name in ("#only-2", "#org", "#orphan", "#note", "#about-2"):
        if name not in entities:
            return "no " + name
    if "ro-crate-preview.html" in entities or "a%20b/" in entities:
        return "too much: %s" % sorted(entities)
    return None if "a b/2.csv is left out" in said else "words %r" % said


def check_main(entities, files, said):
    """What hangs on what is left out goes with it, all else stays."""
    wanted = {NAME, "./", "LICENSE", "main.txt", "#note", "#orphan"}
    return None if set(entities) == wanted and not said and set(files) == {
        NAME, "LICENSE", "main.txt"} else "%s %s" % (sorted(entities), said)


def check_folder(entities, files, said):
    """A folder has all that is below it, described or not."""
    return None if "a b/unlisted.txt" in files and "other.txt" not in files \
        and not said and "a%20b/2.csv" in entities else sorted(files)


def check_all(entities, files, said):
    """All of the crate is all of its files."""
    return None if set(files) == set(FILES) | {NAME} and not said and \
        len(entities) == len(SMALL) + 1 else sorted(files)


def bare_folder(context, folder):
    """A folder without a slash has what is below it all the same, and not what
    only begins alike."""
    def run():
        graph = [{"@id": "./", "@type": "Dataset", "hasPart": [
            {"@id": i} for i in ("d", "d/1", "d-2", "https://e.org/w")]},
            {"@id": "d", "@type": "Dataset"}]
        graph += [{"@id": i, "@type": "File"}
                  for i in ("d/1", "d-2", "https://e.org/w")]
        crate = write_crate(tempfile.mkdtemp(dir=folder) + "/in", graph,
                            {"d/1": b"1", "d/2": b"2", "d-2": b"-"})
        part, _ = cut(context, folder, crate, "d*")
        if len(graph_of(part)) != 5: # all but what is on the web
            return "pattern: %s" % graph_of(part)
        part, _ = cut(context, folder, crate, "d")
        found = [e["@id"] for e in graph_of(part)]
        return None if found == [NAME, "./", "d", "d/1"] and \
            set(zip_out.files_of(part)) == {NAME, "d/1", "d/2"} else found
    return run


def refused(context, words_of, said):
    def run():
        answer = context.convert(*words_of, SOIL)
        return None if answer.status == 2 and said in answer.err and \
            not answer.out else answer.complaint()
    return run


def clashes(context, folder):
    """The name of what is left out is nobody else's."""
    def run():
        graph = [dict(ROOT, mainEntity={"@id": "a%20b/1.csv"})] + SMALL[1:] + [
            {"@id": "#left-out-a%20b/2.csv", "@type": "Thing", "name": "!"}]
        crate = write_crate(tempfile.mkdtemp(dir=folder) + "/in", graph, FILES)
        part, _ = cut(context, folder, crate, "main.txt")
        found = {e["@id"]: e for e in graph_of(part)}
        return None if "localPath" not in found["#left-out-a%20b/2.csv"] and \
            "localPath" in found["#left-out--a%20b/2.csv"] else sorted(found)
    return run


def many(count):
    """Files in folders in folders, each made from the one before by a run."""
    graph = [{"@id": "./", "@type": "Dataset", "hasPart": [
        {"@id": "d%d/f%d" % (i % 7, i)} for i in range(count)],
        "mentions": [{"@id": "#run%d" % i} for i in range(1, count)]}]
    for i in range(count):
        graph.append({"@id": "d%d/f%d" % (i % 7, i), "@type": "File",
                      "author": {"@id": "#p%d" % (i % 99)}})
        graph.append({"@id": "#run%d" % i, "@type": "CreateAction",
                      "object": {"@id": "d%d/f%d" % ((i - 1) % 7, i - 1)},
                      "result": {"@id": "d%d/f%d" % (i % 7, i)}})
    return graph


def seconds(context, *arguments):
    """Processor time of one run, and its result."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    answer = context.convert(*arguments)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    if answer.status != 0:
        raise RuntimeError(answer.complaint())
    return after.ru_utime - before.ru_utime, json.loads(answer.out)


def grows_with_size(context, folder):
    """Eight times as many entities take by far not 64 times as long."""
    def run():
        times = []
        for count in (1250, 10000):
            path = write_crate(os.path.join(folder, "many-%d" % count),
                               many(count), {}) + "/" + NAME
            taken = [seconds(context, *words(["d1/*", "d2/f2"]), path)
                     for _ in (1, 2)]
            times.append(min(t for t, _ in taken))
            found = [e for e in taken[0][1]["@graph"]
                     if e["@id"].startswith("d1/")]
            if len(found) != (count + 5) // 7:
                return "%d of %d" % (len(found), count)
        return None if times[1] < 30 * max(times[0], 0.01) else "%s" % times
    return run


def cases(context, folder):
    documents = [os.path.join(EXAMPLES, n, NAME)
                 for n in ("soil-moisture", "digit-classifier")]
    samples = os.path.join(context.shared, "samples", "provenance")
    documents += sorted(glob.glob(os.path.join(samples, "wrroc-*", "*.json")))
    if not os.path.isdir(samples):
        yield suite.absent("subset", "samples")
    for path in documents:
        name = os.sep.join(path.split(os.sep)[-2:])
        yield suite.Case("subset", "all/" + name, all_is_all(context, path))
        if path.startswith(samples):
            yield suite.Case("subset", "published/" + name,
                             published(context, path))
    runs = {
        "parts/digit-classifier": each_part(context, folder, DIGITS),
        "parts/soil-moisture": each_part(context, folder, SOIL),
        "provenance": provenance(context, folder),
        "one": small(context, folder, ["a b/1.csv"], check_one),
        "one/as-an-id": small(context, folder, ["./a%20b/1.csv"], check_one),
        "one/pattern": small(context, folder, ["a*/1.*"], check_one),
        "main": small(context, folder, ["main.txt"], check_main),
        "folder": small(context, folder, ["a b"], check_folder),
        "folder/slash": small(context, folder, ["a b/"], check_folder),
        "root": small(context, folder, ["./"], check_all),
        "bare-folder": bare_folder(context, folder),
        "clash": clashes(context, folder),
        "size": grows_with_size(context, folder),
        "nothing": refused(context, ["--subset", "nope.csv"],
                           '"nope.csv" is no data entity'),
        "no-match": refused(context, ["--subset", "READ*", "--subset", "x/*"],
                            '"x/*" is no data entity'),
        "two-things": refused(context, ["--subset", "README.md", "--attach"],
                              "one at a time"),
        "turtle": refused(context, ["--subset", "README.md", "--to",
                                    "turtle"], "--subset goes with"),
    }
    for name, run in runs.items():
        yield suite.Case("subset", name, run)


def main():
    with tempfile.TemporaryDirectory() as folder:
        return suite.main("subset", lambda context: cases(context, folder))


if __name__ == "__main__":
    sys.exit(main())
