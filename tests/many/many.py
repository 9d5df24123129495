#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Many crates: found, judged by threads, answered in order and all alike."""
import json
import os
import select
import subprocess
import sys
import tarfile
import tempfile
import zipfile

sys.path.insert(0, os.path.join(os.path.dirname(os.path.dirname(
    os.path.abspath(__file__))), "suites"))
import suite  # noqa: E402

METADATA = "ro-crate-metadata.json"
WAIT = 60  # seconds until a test gives an answer up


def document(name, **more):
    root = {"@id": "./", "@type": "Dataset", "name": name,
            "description": name, "datePublished": "2024-03-01",
            "license": {"@id": "https://spdx.org/licenses/CC0-1.0"}}
    root.update(more)
    return json.dumps({
        "@context": "https://w3id.org/ro/crate/1.1/context",
        "@graph": [
            {"@id": METADATA, "@type": "CreativeWork",
             "conformsTo": {"@id": "https://w3id.org/ro/crate/1.1"},
             "about": {"@id": "./"}},
            root,
            {"@id": "https://spdx.org/licenses/CC0-1.0",
             "@type": "CreativeWork", "name": "CC0"}]})


def write(folder, path, contents):
    path = os.path.join(folder, path)
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, "w", encoding="utf-8") as file:
        file.write(contents)
    return path


def sample_crates(context):
    """Crates of the repository, and of the corpora where they are."""
    roots = [os.path.join(suite.ROOT, "docs", "examples"),
             os.path.join(suite.ROOT, "tests", "fuzz", "corpus")]
    corpus = os.path.join(context.shared, "corpora", "rocrate")
    paths = []
    for root in roots + ([corpus] if os.path.isdir(corpus) else []):
        for folder, folders, files in os.walk(root):
            folders.sort()
            paths += [folder] if METADATA in files else []
            paths += [os.path.join(folder, f) for f in sorted(files)
                      if f.endswith((".zip", ".jsonld"))]
    return paths[:400]


def batch(context, lines, *options):
    answer = context.call("crate-validate", "--batch", *options,
                          stdin="\n".join(lines).encode(), timeout=600)
    if answer.status:
        raise RuntimeError(answer.complaint())
    return answer.out


def alone(context, path):
    """What a process of its own says, as --batch would."""
    answer = context.call("crate-validate", "-f", "json", path)
    if answer.crashed():
        raise RuntimeError("%s: %s" % (path, answer.complaint()))
    crates = json.loads(answer.out)["crates"]
    return crates[0] if crates else None


def comparable(answer):
    """An answer without what --batch leaves out, and its line."""
    left = {key: value for key, value in answer.items() if key != "line"}
    left.pop("not_checked")
    return left


def batch_says_what_one_process_says(context):
    """Whatever was judged before by the same thread."""
    def run():
        paths = sample_crates(context) + ["/no/such/crate"]
        turned = paths + paths[::-1]  # each after two different others
        answers = [json.loads(line) for line in
                   batch(context, turned, "-j", "2").splitlines()]
        if [a["line"] for a in answers] != list(range(1, len(turned) + 1)):
            return "the answers are not in order"
        once = {path: alone(context, path) for path in paths}
        for path, answer in zip(turned, answers):
            expected = once[path]
            if (expected is None) != ("error" in answer):
                return "%s: one is trouble: %r" % (path, answer)
            if expected and comparable(expected) != comparable(answer):
                return "%s: other answers" % path
        return None
    return run


def threads_change_nothing(context, form):
    def run():
        paths = [os.path.relpath(p, suite.ROOT) for p in sample_crates(context)]
        reports = [context.call("crate-validate", "-f", form, "-j", jobs,
                                *paths, folder=suite.ROOT, timeout=600)
                   for jobs in ("1", "2", "5")]
        one = reports[0]
        if one.crashed() or len(one.out) < 1000:
            return one.complaint()
        for other in reports[1:]:
            if (other.out, other.err, other.status) != (one.out, one.err,
                                                        one.status):
                return "another report with more threads"
        return None
    return run


def read_line(process):
    """A line, or nothing when none comes."""
    ready, _, _ = select.select([process.stdout], [], [], WAIT)
    return process.stdout.readline() if ready else b""


def each_line_is_answered_at_once(context):
    """The other side may wait for an answer before it asks on."""
    def run():
        with subprocess.Popen(
                [context.program("crate-validate"), "--batch", "-j", "2"],
                stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                bufsize=0) as process:
            for number in range(1, 6):
                # In two pieces: half a line is no question.
                line = (document("Crate %d" % number) + "\n").encode()
                process.stdin.write(line[:40])
                process.stdin.write(line[40:])
                answer = read_line(process)
                if not answer or json.loads(answer)["line"] != number:
                    process.kill()
                    return "no answer to line %d: %r" % (number, answer)
            process.stdin.close()
            return None if process.wait(WAIT) == 0 else "it ends in trouble"
    return run


def documents_begin_with_a_bracket_too(context):
    def run():
        one = {"@context": "https://w3id.org/ro/crate/1.2/context",
               "@graph": []}
        lines = [" " + json.dumps(one), json.dumps([one]),
                 " [ " + json.dumps(one) + "]", "[/no/such/folder]"]
        answers = [json.loads(line)
                   for line in batch(context, lines).splitlines()]
        paths = [a["path"] for a in answers]
        return None if paths == ["-", "-", "-", lines[3]] else \
            "taken for paths: %s" % paths
    return run


def a_bad_line_does_not_stop(context):
    def run():
        lines = ["{", "/no/such/crate", "\x01\x02", "{}", "-", "x" * 5000,
                 document("Sound"), "", "   ", "/dev/null", suite.ROOT]
        answers = [json.loads(line)
                   for line in batch(context, lines).splitlines()]
        if [a["line"] for a in answers] != [1, 2, 3, 4, 5, 6, 7, 10, 11]:
            return "other lines answered: %s" % [a["line"] for a in answers]
        if not answers[6]["conforms"]:
            return "the sound one was found fault with"
        bad = [a for a in answers if a["line"] != 7]
        if any(a.get("conforms") for a in bad):
            return "a bad line conforms"
        return None
    return run


def make_tree(folder):
    """Crates here and there; answers the paths to be found, in order."""
    text = document("Found")
    write(folder, "top/" + METADATA, text)
    write(folder, "top/inner/" + METADATA, text)
    write(folder, "top/data.csv", "a,b\n")
    write(folder, "top/.git/" + METADATA, text)
    write(folder, "old/ro-crate-metadata.jsonld", text)
    write(folder, "web/x-ro-crate-metadata.json", text)
    write(folder, "web/other.json", text)
    packed = write(folder, "tmp/" + METADATA, text)
    with zipfile.ZipFile(os.path.join(folder, "packed.zip"), "w") as archive:
        archive.write(packed, METADATA)
    with zipfile.ZipFile(os.path.join(folder, "plain.zip"), "w") as archive:
        archive.writestr("a.txt", "no crate")
    with tarfile.open(os.path.join(folder, "packed.tar.gz"), "w:gz") as archive:
        archive.add(packed, "crate/" + METADATA)
    write(folder, "broken.zip", "PK\x03\x04")
    os.symlink(os.path.join(folder, "top"), os.path.join(folder, "link"))
    os.symlink(".", os.path.join(folder, "top", "round"))
    return ["old", "packed.tar.gz", "packed.zip", "tmp", "top", "top/inner",
            "web/x-ro-crate-metadata.json"]


def folders_are_searched(context):
    def run():
        with tempfile.TemporaryDirectory() as folder:
            expected = make_tree(folder)
            answer = context.call("crate-validate", "-r", "-f", "json", ".",
                                  folder=folder)
            if answer.crashed():
                return answer.complaint()
            report = json.loads(answer.out)
            found = [crate["path"] for crate in report["crates"]]
            if found != ["./" + path for path in expected]:
                return "found %s" % found
            if report["summary"]["crates"] != len(expected):
                return "another number in the summary"
            again = context.call("crate-validate", "-r", "-f", "json",
                                 "--files-from", "-", stdin=b"top\nweb\n",
                                 folder=folder)
            found = [c["path"] for c in json.loads(again.out)["crates"]]
            return None if found == ["top", "top/inner",
                                     "web/x-ro-crate-metadata.json"] else \
                "listed folders give %s" % found
    return run


def cases(context):
    tests = [
        ("batch-says-what-one-process-says",
         batch_says_what_one_process_says(context)),
        ("each-line-is-answered-at-once",
         each_line_is_answered_at_once(context)),
        ("documents-begin-with-a-bracket-too",
         documents_begin_with_a_bracket_too(context)),
        ("a-bad-line-does-not-stop", a_bad_line_does_not_stop(context)),
        ("folders-are-searched", folders_are_searched(context)),
    ] + [("threads-change-nothing-" + form,
          threads_change_nothing(context, form))
         for form in ("text", "json", "sarif")]
    for name, run in tests:
        yield suite.Case("many", name, run)


if __name__ == "__main__":
    sys.exit(suite.main("many", cases))
