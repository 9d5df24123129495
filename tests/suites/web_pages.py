#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""What web pages say: tests/html/<markup>/<case>.html or .xhtml, read with
--from <markup>.

    <case>.ttl     the graph it is read to, but for the names of blank nodes
    <case>.error   or the first line of what is said; the exit status is 2 then

The page is http://example.org/page. Adding two files is adding a test."""
import glob
import os
import sys

import suite

PAGES = os.path.join(suite.ROOT, "tests", "html")
BASE = ("--base", "http://example.org/page")


def make_case(context, markup, path):
    stem = os.path.splitext(path)[0]
    folder, name = os.path.split(path)

    def read():
        return context.convert("--from", markup, "--to", "canonical", *BASE,
                               name, folder=folder)

    def fails():
        answer = read()
        with open(stem + ".error", encoding="utf-8") as file:
            expected = file.read()
        if answer.status != 2 or answer.out:
            return "not refused: " + answer.complaint()
        return None if answer.err.startswith(expected) \
            else "other words: " + answer.err

    def holds():
        answer = read()
        if answer.status:
            return answer.complaint()
        expected = context.canonical(stem + ".ttl", *BASE)
        return None if answer.out == expected \
            else "another graph: " + answer.out.decode("utf-8", "replace")

    run = fails if os.path.exists(stem + ".error") else holds
    return suite.Case("html-" + markup, os.path.basename(stem), run)


def cases(context):
    for path in sorted(glob.glob(os.path.join(PAGES, "*", "*html"))):
        yield make_case(context, os.path.basename(os.path.dirname(path)), path)


if __name__ == "__main__":
    sys.exit(suite.main("html", cases))
