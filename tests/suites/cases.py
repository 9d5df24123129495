#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Golden cases: tests/cases/<verb>/<case>/ runs crate-<verb> in that folder.

    cmd      its arguments, split as a shell would
    stdin    what is fed to it, if there
    out*     exactly what it prints; absent: nothing
    made*    exactly what it leaves in the file OUTPUT ($OUTPUT in cmd)
    error    the first line of what it says; its exit status is 2 then
    status   its exit status, when it is neither 0 nor 2

Adding a folder is adding a test.
"""
import glob
import os
import shlex
import sys
import tempfile

import suite

CASES = os.path.join(suite.ROOT, "tests", "cases")


def read(folder, pattern):
    """The bytes of the one file of that name, or None."""
    found = glob.glob(os.path.join(folder, pattern))
    if not found:
        return None
    with open(found[0], "rb") as file:
        return file.read()


def compare(folder, answer, made):
    """The first difference, or None."""
    error = read(folder, "error")
    status = int(read(folder, "status") or (2 if error else 0))
    if answer.crashed() or answer.status != status:
        return answer.complaint()
    if answer.out != (read(folder, "out*") or b""):
        return "other output: " + answer.out.decode("utf-8", "replace")
    if error and not answer.err.startswith(error.decode("utf-8")):
        return "other words: " + answer.err
    expected = read(folder, "made*")
    return None if made == expected else "another file: %r" % made


def make_case(context, verb, folder):
    def run():
        words = shlex.split(read(folder, "cmd").decode("utf-8"))
        with tempfile.TemporaryDirectory() as scratch:
            output = os.path.join(scratch, "output")
            words = [w.replace("$OUTPUT", output) for w in words]
            answer = context.call("crate-" + verb, *words,
                                  stdin=read(folder, "stdin") or b"",
                                  folder=folder)
            return compare(folder, answer, read(scratch, "output"))
    return suite.Case("cases-" + verb, os.path.basename(folder), run)


def cases(context):
    for command in sorted(glob.glob(os.path.join(CASES, "*", "*", "cmd"))):
        folder = os.path.dirname(command)
        verb = os.path.basename(os.path.dirname(folder))
        yield make_case(context, verb, folder)


if __name__ == "__main__":
    sys.exit(suite.main("cases", cases))
