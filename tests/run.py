#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Run meson's tests and add up what each suite counted.

usage: run.py BUILD [NAME]...

Each suite says how many of its cases passed, failed and were skipped: cmocka
in its own words, the drivers with "N passed, N failed, N skipped". The sum is
the last line. A suite that says nothing counts as one case, by its exit code.
"""
import json
import os
import re
import subprocess
import sys

PLAIN = re.compile(r"^(\d+) passed, (\d+) failed(?:, (\d+) skipped)?$", re.M)
CMOCKA = {
    "passed": re.compile(r"^\[  PASSED  \] (\d+) test\(s\)\.", re.M),
    "failed": re.compile(r"^\[  FAILED  \] (\d+) test\(s\)", re.M),
    "skipped": re.compile(r"^\[  SKIPPED \] (\d+) test\(s\)", re.M),
}
SKIP_STATUS = 77


def count(output, result, status):
    """Passed, failed and skipped cases of one suite's output."""
    plain = PLAIN.findall(output)
    if plain:
        passed, failed, skipped = (int(n or 0) for n in plain[-1])
    elif "[==========]" in output:
        passed, failed, skipped = (
            sum(int(n) for n in CMOCKA[kind].findall(output))
            for kind in ("passed", "failed", "skipped"))
    elif status == SKIP_STATUS:
        return 0, 0, 1
    else:
        return (1, 0, 0) if result == "OK" else (0, 1, 0)
    if result not in ("OK", "SKIP", "EXPECTEDFAIL") and not failed:
        failed = 1  # a crash after the last case, a leak, a timeout
    return passed, failed, skipped


def show(name, test, counts):
    """Say how a suite went; of a failure, show its words."""
    output = test.get("stdout", "") + test.get("stderr", "")
    verdict = "FAIL" if counts[1] else "ok"
    print("%-4s %-24s %6d passed %4d failed %5d skipped" % (
        (verdict, name) + counts))
    for line in output.splitlines():
        if line.startswith("skipped:"):
            print("       " + line)
    if counts[1]:
        print("".join("     | %s\n" % line
                      for line in output.splitlines()[-60:]))


def main():
    build, names = sys.argv[1], sys.argv[2:]
    log = os.path.join(build, "meson-logs", "testlog.json")
    if os.path.exists(log):
        os.remove(log)
    run = subprocess.run(
        ["meson", "test", "-C", build, "--no-rebuild"] + names,
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    if not os.path.exists(log):
        print(run.stdout)
        print("0 passed, 1 failed, 0 skipped")
        return 1
    total = [0, 0, 0]
    with open(log, encoding="utf-8", errors="replace") as lines:
        for line in lines:
            test = json.loads(line)
            counts = count(test.get("stdout", "") + test.get("stderr", ""),
                           test["result"], test.get("returncode"))
            show(test["name"].split(" / ")[-1].split(":")[-1].strip(),
                 test, counts)
            total = [a + b for a, b in zip(total, counts)]
    print("%d passed, %d failed, %d skipped" % tuple(total))
    return 1 if total[1] or not total[0] else 0


if __name__ == "__main__":
    sys.exit(main())
