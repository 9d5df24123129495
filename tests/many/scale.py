#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""The scripts of docs/at-scale.md do what the page says."""
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile

sys.path.insert(0, os.path.join(os.path.dirname(os.path.dirname(
    os.path.abspath(__file__))), "suites"))
import cluster  # noqa: E402
import many  # noqa: E402
import suite  # noqa: E402

PAGE = os.path.join(suite.ROOT, "docs", "at-scale.md")
SCRIPT = re.compile(r"`([\w-]+\.(?:sh|sbatch))`[^`]*(?:`[^`]+`[^`]*?)*?"
                    r"```sh\n(.*?)```", re.S)
CRATES = 40


def scripts():
    with open(PAGE, encoding="utf-8") as file:
        return dict(SCRIPT.findall(file.read()))


def prepare(folder):
    """Crates, a list of them, and the page's scripts."""
    paths = []
    for number in range(CRATES):
        path = "crates/%03d" % number
        # Every fourth lacks its licence.
        more = {"license": []} if number % 4 == 0 else {}
        many.write(folder, path + "/" + many.METADATA,
                   many.document("Crate %d" % number, **more))
        paths.append(path)
    many.write(folder, "crates.txt", "".join(p + "\n" for p in paths))
    for name, text in scripts().items():
        os.chmod(many.write(folder, name, text), 0o755)
    return paths


def check_verdicts(folder, paths):
    with open(os.path.join(folder, "verdicts.jsonl"), encoding="utf-8") as file:
        answers = [json.loads(line) for line in file]
    if sorted(a["path"] for a in answers) != paths:
        return "other crates answered: %d" % len(answers)
    good = sum(a["conforms"] for a in answers)
    return None if good == CRATES - CRATES // 4 else \
        "%d of %d conform" % (good, CRATES)


def environment(context, base=None):
    env = dict(base or os.environ)
    env["PATH"] = context.programs + ":" + env["PATH"]
    return env


def run_script(context, folder, name, env=None):
    """The complaint, or None."""
    done = subprocess.run(["./" + name], cwd=folder, capture_output=True,
                          text=True, timeout=300,
                          env=environment(context, env))
    return None if done.returncode == 0 else \
        "exit %d: %s" % (done.returncode, done.stderr)


def with_parallel(context):
    def run():
        if not shutil.which("parallel"):
            raise suite.Skip("GNU parallel is not installed")
        with tempfile.TemporaryDirectory() as folder:
            paths = prepare(folder)
            return run_script(context, folder, "judge.sh") or \
                check_verdicts(folder, paths)
    return run


def with_slurm(context):
    def run():
        with tempfile.TemporaryDirectory() as folder:
            work = os.path.join(folder, "work")
            inside = os.path.join(folder, "slurm")
            os.mkdir(inside)
            paths = prepare(work)
            try:
                with cluster.Cluster(inside) as slurm:
                    return run_script(context, work, "submit.sh",
                                      slurm.environment) or \
                        check_verdicts(work, paths)
            except cluster.Unavailable as reason:
                raise suite.Skip(str(reason)) from reason
    return run


def cases(context):
    yield suite.Case("scale", "gnu-parallel", with_parallel(context))
    yield suite.Case("scale", "slurm", with_slurm(context))


if __name__ == "__main__":
    sys.exit(suite.main("scale", cases))
