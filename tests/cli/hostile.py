#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Hostile crates: crate-validate finds fault or refuses, and quickly.

A case makes its files in a folder of its own and says how the program must
end: with findings (1) or trouble (2), and with which words. Never may it
crash, hang, eat memory, let a terminal be steered, or pass in silence.
"""
import os
import resource
import subprocess
import sys
import tempfile
import threading

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, HERE)
sys.path.insert(0, os.path.join(os.path.dirname(HERE), "suites"))
import hostile_archives  # noqa: E402
import hostile_croissant  # noqa: E402
import hostile_documents  # noqa: E402
import hostile_folders  # noqa: E402
import hostile_packages  # noqa: E402
import hostile_profiles  # noqa: E402
import hostile_shapes  # noqa: E402
import hostile_tars  # noqa: E402
import suite  # noqa: E402

MEMORY = 4 << 30  # of address space
SECONDS = 20


def is_sanitized(context):
    """Sanitizers take terabytes of addresses, and their time."""
    with open(context.program("crate-validate"), "rb") as file:
        return b"__asan_init" in file.read()


class Trial:
    """One run of the program, in a folder made for it."""

    def __init__(self, context, folder):
        self.context = context
        self.folder = folder
        self.sanitized = is_sanitized(context)

    def path(self, *parts):
        return os.path.join(self.folder, *parts)

    def write(self, name, contents):
        path = self.path(name)
        os.makedirs(os.path.dirname(path), exist_ok=True)
        if isinstance(contents, str):
            contents = contents.encode("utf-8", "surrogatepass")
        with open(path, "wb") as file:
            file.write(contents)
        return path

    def limits(self):
        if not self.sanitized:
            resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))

    def run(self, *arguments, stdin=None):
        """The answer; `stdin` yields pieces. Raises when it takes too long."""
        command = [self.context.program("crate-validate")] + list(arguments)
        process = subprocess.Popen(
            command, cwd=self.folder, preexec_fn=self.limits,
            stdin=subprocess.PIPE, stdout=subprocess.PIPE,
            stderr=subprocess.PIPE)
        feeder = threading.Thread(target=feed, args=(process, stdin or ()))
        feeder.start()
        out = []
        reader = threading.Thread(
            target=lambda: out.append(process.stdout.read()))
        reader.start()
        patience = SECONDS * (10 if self.sanitized else 1)
        watch = threading.Timer(patience, process.kill)
        watch.start()
        err = process.stderr.read()
        reader.join()
        status = process.wait()
        watch.cancel()
        feeder.join()
        return suite.Answer(status, out[0], err)


def feed(process, pieces):
    try:
        for piece in pieces:
            process.stdin.write(piece)
        process.stdin.close()
    except BrokenPipeError:
        pass


def flaw(answer, status, words):
    """What is wrong with an answer, or None."""
    if answer.crashed():
        return "crashed or hung: " + answer.complaint()
    said = answer.out.decode("utf-8", "replace") + answer.err
    if answer.status != status:
        return "exit %d, not %d: %s" % (answer.status, status, said[-300:])
    if status == 2 and ": error: " not in answer.err:
        return "trouble without a word"
    if any(c in said for c in "\x1b\x07\x9b\u202e\r"):
        return "a terminal would obey it"
    for word in [words] if isinstance(words, str) else words:
        if word not in said:
            return "does not say %r: %s" % (word, said[:300])
    return None


def check(trial, answer, status, words):
    found = flaw(answer, status, words)
    if found:
        raise AssertionError(found)


def make_case(context, name, trap):
    def run():
        with tempfile.TemporaryDirectory() as folder:
            try:
                trap(Trial(context, folder), check)
            except AssertionError as error:
                return str(error)
        return None
    return suite.Case("hostile", name, run)


def cases(context):
    if is_sanitized(context):
        hostile_documents.MANY = hostile_shapes.MANY = 5000
        hostile_profiles.MANY = 1000
        hostile_croissant.MANY = 1000
    for module in (hostile_documents, hostile_croissant, hostile_archives, hostile_folders,
                   hostile_packages, hostile_profiles, hostile_shapes,
                   hostile_tars):
        for name, trap in module.traps():
            yield make_case(context, name, trap)


if __name__ == "__main__":
    sys.exit(suite.main("hostile", cases))
