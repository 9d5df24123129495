#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Checks of the house itself: one case for each file and each check.

usage: lint.py [--tools BUILD]

Without --tools: what the rooms may include, which file names which library,
how long functions are, licence lines, words that must not be there. With
--tools: also clang-format, cppcheck and clang-tidy, where they are installed.
"""
import os
import re
import shutil
import subprocess
import sys

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(
    os.path.abspath(__file__))))

# A room may include itself and the rooms before it.
ROOMS = ["base", "json", "rdf", "sparql", "xml", "html", "jsonld", "package",
         "data", "model", "crate", "validate", "convert", "fuse"]

# The one place that may name a foreign header.
DOORS = {
    "raptor2/raptor2.h": ["lib/rdf/raptor.c"],
    "raptor2.h": ["lib/rdf/raptor.c"],
    "jansson.h": ["tests/unit/test_json.c"],
    "pcre2.h": ["lib/base/regex.c"],
    "zlib.h": ["lib/package/zlib.h"],
    "zstd.h": ["lib/package/zstd.c"],
    "zstd_errors.h": ["lib/package/zstd.c"],
    "utf8proc.h": ["lib/package/fold.c", "lib/base/letter_case.c"],
    "fuse_lowlevel.h": ["fuse/ops.c"],
    "openssl/evp.h": ["lib/rdf/", "lib/package/digest.c"],
}

# Which room a public header belongs to.
PUBLIC = {
    "arena": "base", "attributes": "base", "buffer": "base",
    "diagnostic": "base", "iri": "base", "map": "base",
    "progress": "base", "status": "base",
    "text": "base", "world": "base", "json": "json", "edit": "json", "graph": "rdf",
    "rdf": "rdf", "term": "rdf", "sparql": "sparql", "jsonld": "jsonld", "package": "package",
    "dtype": "model", "model": "model",
    "view": "crate", "shapes": "validate", "report": "validate",
    "validate": "validate", "verdict": "validate", "convert": "convert",
}

LONGEST_FUNCTION = 60
LONGEST_HEADER = 230
BANNED = re.compile(
    r"\b(strcpy|strcat|sprintf|gets|strtok|system|popen|abort|alloca)\s*\(")


def sources():
    """Every file of ours, relative to the root."""
    listed = subprocess.run(
        ["git", "-C", ROOT, "ls-files", "-co", "--exclude-standard"],
        stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    if listed.returncode == 0:
        paths = listed.stdout.splitlines()
    else:
        paths = [os.path.relpath(os.path.join(folder, name), ROOT)
                 for folder, _, names in os.walk(ROOT) for name in names]
    return sorted(p for p in paths
                  if not p.startswith("build")
                  and os.path.isfile(os.path.join(ROOT, p)))


def read(path):
    with open(os.path.join(ROOT, path), encoding="utf-8",
              errors="replace") as file:
        return file.read()


def room_of(path):
    """The room a source lies in, or None for programs and tests."""
    parts = path.split("/")
    if parts[0] == "lib" and parts[1] != "include":
        return parts[1]
    if parts[-1] == "main.c":
        return None
    return parts[0] if parts[0] in ("validate", "convert", "fuse") else None


def included_room(name):
    match = re.match(r"cratekit/(\w+)\.h$", name)
    if match:
        return PUBLIC.get(match.group(1), "unknown public header")
    first = name.split("/")[0]
    return first if first in ROOMS else None


def check_rooms(path, text):
    room = room_of(path)
    if room not in ROOMS:
        return
    for name in re.findall(r'#\s*include [<"]([^>"]+)[>"]', text):
        other = included_room(name)
        if other and (other not in ROOMS
                      or ROOMS.index(other) > ROOMS.index(room)):
            yield "%s includes %s, which is not to its left" % (room, name)


def check_doors(path, text):
    for name in re.findall(r"#\s*include <([^>]+)>", text):
        doors = DOORS.get(name)
        if doors and not any(path.startswith(door) for door in doors):
            yield "%s is named in %s only" % (name, ", ".join(doors))


def functions(text):
    """Name and length in lines of each function of a C file."""
    start = name = None
    for number, line in enumerate(text.splitlines(), 1):
        match = re.match(r"(\w+)\(", line)
        if match:
            name = match.group(1)
        if line == "{":
            start = number
        elif line == "}" and start:
            yield name, number - start - 1
            start = None


def check_length(path, text):
    if path.endswith(".c"):
        for name, length in functions(text):
            if length > LONGEST_FUNCTION:
                yield "%s() has %d lines, %d are the most" % (
                    name, length, LONGEST_FUNCTION)
    elif "include/cratekit" in path:
        length = text.count("\n")
        if length > LONGEST_HEADER:
            yield "%d lines, a public header has at most %d" % (
                length, LONGEST_HEADER)


def check_words(path, text):
    if room_of(path):
        code = re.sub(r"//[^\n]*|/\*.*?\*/|\"(?:\\.|[^\"\\])*\"", "",
                      text, flags=re.S)
        for match in BANNED.finditer(code):
            yield "%s() is not for us" % match.group(1)
        if re.search(r"\b(printf|puts|exit)\s*\(", code):
            yield "a room neither prints nor exits"
        if re.search(r"^static (?!const|inline)[\w *]+(\[[^\]]*\])? *(=[^=]|;)",
                     code, flags=re.M):
            yield "a mutable static"


def check_licence(path, text):
    if path.startswith(("tests/cases/", "docs/examples/")) and path.count("/") > 2:
        return  # inputs, expected bytes and example payload
    if path.endswith((".c", ".h", ".py", ".sh", ".ttl", "meson.build",
                      ".terms")) or path == "dev":
        if "SPDX-License-Identifier: Apache-2.0" not in text[:200]:
            yield "no SPDX-License-Identifier in the first lines"


def check_spaces(path, text):
    if path.endswith((".c", ".h", ".py", ".sh", ".ttl", ".md", ".build")):
        for number, line in enumerate(text.splitlines(), 1):
            if line != line.rstrip() or "\t" in line:
                yield "line %d: a tab or space that nobody sees" % number
                return


def check_todo(path, text):
    if path.endswith((".c", ".h")):
        for match in re.finditer(r"\b(TODO|FIXME|XXX)\b(?!\(#\d+\))", text):
            yield "%s without an issue number" % match.group(1)


CHECKS = [check_rooms, check_doors, check_length, check_words, check_licence,
          check_spaces, check_todo]


def run_tool(name, command):
    """Run one tool over the tree; None when it is not installed."""
    if not shutil.which(command[0]):
        print("skipped: %s (%s is not installed)" % (name, command[0]))
        return None
    run = subprocess.run(command, cwd=ROOT, stdout=subprocess.PIPE,
                         stderr=subprocess.STDOUT, text=True)
    if run.returncode:
        print("%s:\n%s" % (name, run.stdout[-6000:]))
    return run.returncode == 0


def tools(build, paths):
    code = [p for p in paths if p.endswith((".c", ".h"))]
    library = [p for p in code if room_of(p) and p.endswith(".c")]
    yield run_tool("clang-format", ["clang-format", "--dry-run", "-Werror"]
                   + code)
    yield run_tool("cppcheck", [
        "cppcheck", "--quiet", "--error-exitcode=1", "--inline-suppr",
        "--enable=warning,portability", "-Ilib/include", "-Ilib", "-I.",
        "--suppress=missingInclude", "-D__GNUC__=12"] + library)
    if build:
        yield run_tool("clang-tidy", ["clang-tidy", "--quiet", "-p", build]
                       + library)


def main():
    paths = sources()
    counts = {True: 0, False: 0, None: 0}
    for path in paths:
        text = read(path)
        flaws = ["%s: %s" % (path, flaw)
                 for check in CHECKS for flaw in check(path, text)]
        print("".join(flaw + "\n" for flaw in flaws), end="")
        counts[not flaws] += 1
    if "--tools" in sys.argv:
        build = sys.argv[sys.argv.index("--tools") + 1]
        for result in tools(build, paths):
            counts[result] += 1
    print("%d passed, %d failed, %d skipped" % (
        counts[True], counts[False], counts[None]))
    return 1 if counts[False] else 0


if __name__ == "__main__":
    sys.exit(main())
