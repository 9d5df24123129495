# SPDX-License-Identifier: Apache-2.0
"""What the drivers of the conformance suites share.

A driver makes a list of Case objects and ends with

    sys.exit(suite.main("rdf-turtle", cases))

where `cases(context)` yields them. A case's `run` returns None when it
passes and the reason when it fails; it raises Skip to be skipped. Known
failures stand in known.txt, `<suite>/<test id> <reason>`; a known failure
that passes is a failure too, and so is a line that names no test.

Where the suites lie: --suites, $CRATEKIT_SUITES, else ../shared beside the
repository. Where the programs lie: --programs, $CRATEKIT_BUILD, else the
folder build/ of the repository.
"""
import argparse
import concurrent.futures
import os
import re
import subprocess
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(os.path.dirname(HERE))

RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
MF = "http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#"


class Skip(Exception):
    """Raised by a case that cannot be run; says why."""


class Case:
    """One test: an id that is unique in its suite, and how to run it."""

    def __init__(self, suite, name, run):
        self.suite = suite
        self.name = name
        self.run = run

    @property
    def id(self):
        return self.suite + "/" + self.name


class Answer:
    """What a program answered."""

    def __init__(self, status, out, err):
        self.status = status
        self.out = out
        self.err = err.decode("utf-8", "replace")

    def crashed(self):
        """Whether a signal or a sanitizer ended it."""
        return self.status not in (0, 1, 2) or "Sanitizer" in self.err \
            or "runtime error:" in self.err

    def complaint(self):
        first = self.err.strip().split("\n")[0]
        return "exit %d: %s" % (self.status, first[:200])


class Context:
    """Where things lie, and the verbs of the cases."""

    def __init__(self, options):
        self.options = options
        self.programs = options.programs
        self.root = options.suites
        self.shared = options.shared

    def folder(self, *parts):
        """A folder or file of the suites; None when it is absent."""
        path = os.path.join(self.root, *parts)
        return path if os.path.exists(path) else None

    def program(self, name):
        return os.path.join(self.programs, name)

    def call(self, name, *arguments, stdin=b"", timeout=120, folder=None):
        """Run a program of ours; never raises for what it answers."""
        command = [self.program(name)] + [str(a) for a in arguments]
        try:
            done = subprocess.run(command, input=stdin, timeout=timeout,
                                  cwd=folder, capture_output=True)
        except subprocess.TimeoutExpired:
            return Answer(-1, b"", b"timed out after %d s" % timeout)
        return Answer(done.returncode, done.stdout, done.stderr)

    def convert(self, *arguments, **keywords):
        return self.call("crate-convert", *arguments, **keywords)

    def canonical(self, path, *arguments):
        """Canonical N-Quads of a file: equal when isomorphic."""
        answer = self.convert("--to", "canonical", *arguments, path)
        if answer.status != 0:
            raise RuntimeError("%s: %s" % (path, answer.complaint()))
        return answer.out

    def manifest(self, path, base):
        """A Turtle document as a Graph, read through crate-convert."""
        answer = self.convert("--to", "nquads", "--base", base, path)
        if answer.status != 0:
            raise RuntimeError("%s: %s" % (path, answer.complaint()))
        return Graph(parse_nquads(answer.out.decode("utf-8")))


TERM = re.compile(r'<([^>]*)>|_:([^\s<>"]+)|'
                  r'"((?:[^"\\]|\\.)*)"(?:\^\^<([^>]*)>|@([A-Za-z0-9-]+))?')
ESCAPE = re.compile(r'\\(?:u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8})|(.))', re.S)
PLAIN = {"t": "\t", "b": "\b", "n": "\n", "r": "\r", "f": "\f"}


def unescape(text):
    """Undo the escapes of N-Triples."""
    def one(match):
        code = match.group(1) or match.group(2)
        if code:
            return chr(int(code, 16))
        return PLAIN.get(match.group(3), match.group(3))
    return ESCAPE.sub(one, text) if "\\" in text else text


def parse_term(match):
    """A term as a tuple: ("iri", i), ("blank", b), ("literal", l, dt, lang)."""
    if match.group(1) is not None:
        return ("iri", unescape(match.group(1)))
    if match.group(2) is not None:
        return ("blank", match.group(2))
    return ("literal", unescape(match.group(3)), match.group(4) or "",
            (match.group(5) or "").lower())


def parse_nquads(text):
    """N-Quads as our own writer makes them: a list of 3- or 4-tuples."""
    quads = []
    for line in text.split("\n"):
        if line and not line.startswith("#"):
            quads.append(tuple(parse_term(m) for m in TERM.finditer(line)))
    return quads


class Graph:
    """Triples by subject and predicate; enough to read a manifest."""

    def __init__(self, quads):
        self.quads = quads
        self.about = {}
        for quad in quads:
            key = (quad[0], quad[1][1])
            self.about.setdefault(key, []).append(quad[2])

    def objects(self, subject, predicate):
        return self.about.get((subject, predicate), [])

    def object(self, subject, predicate):
        """The one object, or None."""
        found = self.objects(subject, predicate)
        return found[0] if found else None

    def value(self, subject, predicate):
        """The text of the one object, or None."""
        found = self.object(subject, predicate)
        return found[1] if found else None

    def subjects(self, predicate):
        return [q[0] for q in self.quads if q[1][1] == predicate]

    def types(self, subject):
        return [t[1] for t in self.objects(subject, RDF + "type")]

    def list(self, head):
        """Members of an RDF list."""
        members = []
        while head and head != ("iri", RDF + "nil"):
            members.append(self.object(head, RDF + "first"))
            head = self.object(head, RDF + "rest")
        return members

    def entries(self):
        """The tests of a manifest, in order."""
        found = []
        for subject in self.subjects(MF + "entries"):
            found += self.list(self.object(subject, MF + "entries"))
        return found


def read_known():
    """known.txt as a dictionary from test id to reason."""
    known = {}
    path = os.path.join(HERE, "known.txt")
    if not os.path.exists(path):
        return known
    with open(path, encoding="utf-8") as lines:
        for line in lines:
            name, _, reason = line.strip().partition(" ")
            if name and not name.startswith("#"):
                known[name] = reason.strip()
    return known


def attempt(case):
    """Run one case: ("passed" | "failed" | "skipped", reason). None is the only
    answer that passes: an empty complaint is a driver that says nothing."""
    try:
        reason = case.run()
    except Skip as skip:
        return "skipped", str(skip)
    except Exception as error:  # a driver's mistake is a failure, not a stop
        return "failed", "%s: %s" % (type(error).__name__, error)
    return ("passed", "") if reason is None else ("failed", reason or
                                                  "no reason is given")


def judge(case, result, known):
    """Weigh a result against known.txt: (counted as, line to print)."""
    outcome, reason = result
    expected = known.get(case.id)
    if outcome == "failed" and expected is not None:
        if not expected:
            return "failed", "FAIL %s: known.txt gives no reason" % case.id
        return "skipped", "KNOWN %s: %s" % (case.id, expected)
    if outcome == "passed" and expected is not None:
        return "failed", "FAIL %s: passes, but known.txt lists it" % case.id
    if outcome == "failed":
        return "failed", "FAIL %s: %s" % (case.id, reason)
    if outcome == "skipped":
        return "skipped", "SKIP %s: %s" % (case.id, reason)
    return "passed", "PASS %s" % case.id


def stale(cases, known):
    """Lines of known.txt about these suites that name no test."""
    suites = {case.suite for case in cases}
    suites -= {case.suite for case in cases if case.name == "absent"}
    names = {case.id for case in cases}
    return ["FAIL %s: known.txt lists it, but there is no such test" % name
            for name in known
            if name.split("/")[0] in suites and name not in names]


def parse_options(description, arguments):
    parser = argparse.ArgumentParser(description=description)
    parser.add_argument("--programs", default=os.environ.get(
        "CRATEKIT_BUILD", os.path.join(ROOT, "build")))
    parser.add_argument("--suites", default=os.environ.get(
        "CRATEKIT_SUITES", os.path.join(ROOT, "..", "shared")))
    parser.add_argument("--only", default="", help="part of the test ids")
    parser.add_argument("--jobs", type=int, default=os.cpu_count())
    parser.add_argument("-v", "--verbose", action="store_true",
                        help="name passes and skips too")
    options = parser.parse_args(arguments)
    options.programs = os.path.abspath(options.programs)
    options.suites = os.path.abspath(options.suites)
    # Meson's folder "suites" holds shared/suites; both spellings are taken.
    inner = os.path.join(options.suites, "suites")
    options.shared = options.suites
    if os.path.isdir(inner):
        options.suites = inner
    return options


def choose(cases, part):
    """Those whose id has a part in it. CRATEKIT_EVERY=3 leaves every third case
    of many, for tools that make each of them slow."""
    chosen = [case for case in cases if part in case.id]
    every = int(os.environ.get("CRATEKIT_EVERY") or 1)
    return chosen[::every] if len(chosen) > 100 else chosen


def main(name, make_cases, arguments=None):
    """Run a driver; answers its exit status."""
    options = parse_options("Run the suite " + name, arguments)
    cases = list(make_cases(Context(options)))
    known = read_known()
    chosen = choose(cases, options.only)
    counts = {"passed": 0, "failed": 0, "skipped": 0}
    with concurrent.futures.ThreadPoolExecutor(options.jobs) as pool:
        for case, result in zip(chosen, pool.map(attempt, chosen)):
            counted, line = judge(case, result, known)
            counts[counted] += 1
            if counted == "failed" or options.verbose:
                print(line)
    for line in stale(cases, known) if not options.only else []:
        counts["failed"] += 1
        print(line)
    print("%(passed)d passed, %(failed)d failed, %(skipped)d skipped" % counts)
    return 1 if counts["failed"] else 0


def absent(suite, path):
    """The one case of a suite whose data are not there."""
    def run():
        raise Skip("no folder " + path + "; set CRATEKIT_SUITES")
    return Case(suite, "absent", run)


if __name__ == "__main__":
    sys.exit("suite.py is a module of the drivers, not a driver")
