#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""The options of --help and of the manual page are the same, value for value.

Each program that has a page docs/man/<program>.1 is asked.
"""
import glob
import os
import re
import sys

import suite

PAGES = os.path.join(suite.ROOT, "docs", "man", "crate-*.1")


def options_of_help(text):
    """{"--to": ("-t", "FORMAT")} as --help lists them."""
    found = {}
    for match in re.finditer(
            r"^  (?:(-\w), |    )(--[\w-]+)(?: (\S+))?", text, re.M):
        found[match.group(2)] = (match.group(1), match.group(3))
    return found


def options_of_page(text):
    """The same, as the page's items give them."""
    found = {}
    for match in re.finditer(
            r"^\.It (?:Fl (\w) , )?Fl -([\w-]+)(?: Ar (\S+))?", text, re.M):
        short = match.group(1)
        found["--" + match.group(2)] = (short and "-" + short,
                                        match.group(3))
    return found


def make_case(context, page):
    name = os.path.basename(page)[:-2]

    def run():
        answer = context.call(name, "--help")
        if answer.status != 0:
            return answer.complaint()
        helped = options_of_help(answer.out.decode("utf-8"))
        with open(page, encoding="utf-8") as file:
            paged = options_of_page(file.read())
        if not helped:
            return "--help lists no options"
        differing = sorted(o for o in helped.keys() | paged.keys()
                           if helped.get(o) != paged.get(o))
        return "not the same: " + ", ".join(differing) if differing else None
    return suite.Case("manual", name, run)


def cases(context):
    for page in sorted(glob.glob(PAGES)):
        yield make_case(context, page)


if __name__ == "__main__":
    sys.exit(suite.main("manual", cases))
