#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Run every fuzz target for a while, from its corpus.

usage: fuzz.py BUILD SECONDS [TARGET]...

BUILD is a libFuzzer build (-Dfuzz=libfuzzer). What a run finds new is kept
in BUILD/fuzz/<target>/; an input that breaks a target is minimised by hand
and goes to tests/fuzz/corpus/<target>/.
"""
import glob
import os
import subprocess
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
MEGABYTES = 2048
SLOW = 20  # seconds for one input


def run(program, target, seconds, work):
    """Whether a target survives; says how it went."""
    corpus = os.path.join(HERE, "corpus", target)
    found = os.path.join(work, target)
    crashes = os.path.join(work, "crashes", target) + "-"
    os.makedirs(found, exist_ok=True)
    os.makedirs(os.path.dirname(crashes), exist_ok=True)
    done = subprocess.run(
        [program, "-max_total_time=%d" % seconds, "-timeout=%d" % SLOW,
         "-rss_limit_mb=%d" % MEGABYTES, "-max_len=4096",
         "-print_final_stats=1", "-artifact_prefix=" + crashes,
         found, corpus],
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    lines = done.stdout.decode("utf-8", "replace").splitlines()
    runs = [line.split()[-1] for line in lines
            if line.startswith("stat::number_of_executed_units")]
    print("%-4s %-8s %s runs" % (
        "FAIL" if done.returncode else "ok", target, runs[0] if runs else "?"))
    if done.returncode:
        print("\n".join("     | " + line for line in lines[-40:]))
    sys.stdout.flush()
    return done.returncode == 0


def main():
    build, seconds, chosen = sys.argv[1], int(sys.argv[2]), sys.argv[3:]
    work = os.path.join(build, "fuzz")
    results = []
    for program in sorted(glob.glob(
            os.path.join(build, "tests", "fuzz", "fuzz_*"))):
        target = os.path.basename(program)[len("fuzz_"):]
        if os.path.isfile(program) and (not chosen or target in chosen):
            results.append(run(program, target, seconds, work))
    print("%d passed, %d failed, 0 skipped" % (
        results.count(True), results.count(False)))
    return 0 if results and all(results) else 1


if __name__ == "__main__":
    sys.exit(main())
