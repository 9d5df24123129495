#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""The documentation's examples: what a page shows is what comes out.

A console block whose command calls one of the programs is run (what is mounted,
by tests/mount): in
the repository, or, when the page shows files before it, among those. A line "..." of the
block stands for any lines. A file is a turtle, json or csv block, and its path the
last one in backticks before it. The demo and docs/tour.c are run on the example
crates.
"""
import os
import re
import subprocess
import sys
import tempfile

sys.path.insert(0, os.path.join(os.path.dirname(os.path.dirname(
    os.path.abspath(__file__))), "suites"))
import suite  # noqa: E402

PAGES = ["README.md", "docs/writing-a-profile.md", "docs/settings.md",
         "docs/baselines.md", "docs/at-scale.md", "docs/models.md", "docs/croissant.md",
         "docs/payload.md", "docs/json-ld.md", "docs/data.md",
         "docs/conversions.md", "docs/mount.md"]
FILE = re.compile(r"`([\w./-]+/[\w.-]+)`[^`]*?(?:`[^`/]*`[^`]*?)*"
                  r"\n```(?:turtle|json|csv)\n(.*?)```", re.S)
BLOCK = re.compile(r"```console\n(.*?)```", re.S)


def sessions(text):
    """(page before, command, expected output) of each console block."""
    for block in BLOCK.finditer(text):
        for part in re.split(r"^\$ ", block.group(1), flags=re.M)[1:]:
            command, _, output = part.partition("\n")
            if re.search(r"\bcrate-(validate|convert|model-info|mount --)", command):
                yield text[:block.start()], command, output


def shows(output, expected):
    """Whether the output is what the page shows, "..." being any lines."""
    pattern = "".join(
        "(?:.*\n)*?" if line == "..." else re.escape(line) + "\n"
        for line in expected.splitlines())
    return re.fullmatch("(?:.*\n)*?" + pattern + "(?:.*\n)*?", output)


def write_files(text, folder):
    """The files that a page shows; whether there are any."""
    files = FILE.findall(text)
    for path, content in files:
        full = os.path.join(folder, path)
        os.makedirs(os.path.dirname(full), exist_ok=True)
        with open(full, "w", encoding="utf-8") as file:
            file.write(content)
    return bool(files)


def run_session(context, text, command, expected):
    if "crate-mount" in command and \
            not os.path.exists(context.program("crate-mount")):
        raise suite.Skip("crate-mount is built with libfuse 3 only")
    with tempfile.TemporaryDirectory() as scratch:
        folder = scratch if write_files(text, scratch) else suite.ROOT
        path = os.path.abspath(context.programs) + ":" + os.environ["PATH"]
        done = subprocess.run(["sh", "-c", command], cwd=folder, timeout=120,
                              capture_output=True, text=True,
                              env=dict(os.environ, PATH=path))
    output = done.stdout + done.stderr
    return None if shows(output, expected) else "it prints\n" + output


def page_cases(context):
    for page in PAGES:
        with open(os.path.join(suite.ROOT, page), encoding="utf-8") as file:
            text = file.read()
        for number, session in enumerate(sessions(text), 1):
            yield suite.Case(
                "docs", "%s-%d" % (page, number),
                lambda session=session: run_session(context, *session))


def demo(context):
    def run():
        folder = os.path.relpath(context.programs, suite.ROOT)
        done = subprocess.run(["sh", "docs/examples/demo.sh", folder],
                              cwd=suite.ROOT, capture_output=True, text=True)
        return None if done.returncode == 0 else done.stdout + done.stderr
    yield suite.Case("docs", "demo", run)


def tour(context):
    program = os.path.join(context.programs, "tests", "docs", "tour")
    for crate, status in (("soil-moisture", 0), ("digit-classifier", 0),
                          ("flawed", 1), ("nowhere", 2)):
        def run(crate=crate, status=status):
            done = subprocess.run([program, "docs/examples/" + crate],
                                  cwd=suite.ROOT, capture_output=True)
            return None if done.returncode == status else \
                "exit status %d" % done.returncode
        yield suite.Case("docs", "tour-" + crate, run)


def cases(context):
    yield from page_cases(context)
    yield from demo(context)
    yield from tour(context)


if __name__ == "__main__":
    sys.exit(suite.main("docs", cases))
