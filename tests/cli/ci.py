#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""What is offered to CI services, as far as it runs without them.

action.yml: its steps are run in order with the inputs in their environment, as
a runner does, on the example crates. .pre-commit-hooks.yaml: each entry is run
with the files that it asks for, as pre-commit hands them over. docs/ci/gitlab.yml:
the job's script is run. The YAML is read by a small reader of what these files
use, and held against PyYAML where that is installed.
"""
import json
import os
import re
import shlex
import shutil
import subprocess
import sys
import tempfile

sys.path.insert(0, os.path.join(os.path.dirname(os.path.dirname(
    os.path.abspath(__file__))), "suites"))
import suite  # noqa: E402

FILES = ["action.yml", ".pre-commit-hooks.yaml", "docs/ci/gitlab.yml"]
EXAMPLES = os.path.join(suite.ROOT, "docs", "examples")


def scalar(text):
    """A plain or double-quoted scalar."""
    if text.startswith('"'):
        return json.loads(text)
    if text in ("true", "false"):
        return text == "true"
    return int(text) if text.isdigit() else text


def indent_of(line):
    return len(line) - len(line.lstrip(" "))


class Yaml:
    """Block mappings and sequences, block scalars: nothing else is here."""

    def __init__(self, text):
        self.lines = [line for line in text.split("\n")]
        self.at = 0

    def skip(self):
        while self.at < len(self.lines) and (
                not self.lines[self.at].strip() or
                self.lines[self.at].lstrip().startswith("#")):
            self.at += 1
        return self.at < len(self.lines)

    def value(self, indent):
        """The block that starts at the next line, if it is indented so far."""
        if not self.skip() or indent_of(self.lines[self.at]) < indent:
            return None
        indent = indent_of(self.lines[self.at])
        if self.lines[self.at].lstrip().startswith("- "):
            return self.sequence(indent)
        return self.mapping(indent)

    def sequence(self, indent):
        items = []
        while self.skip() and self.lines[self.at].startswith(
                " " * indent + "- "):
            rest = self.lines[self.at][indent + 2:]
            if re.match(r"[\w-]+:( |$)", rest):
                self.lines[self.at] = " " * (indent + 2) + rest
                items.append(self.mapping(indent + 2))
            else:
                self.at += 1
                items.append(scalar(rest))
        return items

    def mapping(self, indent):
        members = {}
        while self.skip() and indent_of(self.lines[self.at]) == indent:
            match = re.match(r" *([.\w-]+):(?: (.*))?$", self.lines[self.at])
            if not match:
                break
            self.at += 1
            rest = match.group(2)
            if rest in ("|", ">-"):
                members[match.group(1)] = self.block(indent, rest)
            elif rest is None:
                members[match.group(1)] = self.value(indent + 1)
            else:
                members[match.group(1)] = scalar(rest)
        return members

    def block(self, indent, style):
        lines = []
        while self.at < len(self.lines) and (
                not self.lines[self.at].strip() or
                indent_of(self.lines[self.at]) > indent):
            lines.append(self.lines[self.at])
            self.at += 1
        deep = indent_of(lines[0])
        text = "\n".join(line[deep:] for line in lines).rstrip("\n")
        return text.replace("\n", " ") if style == ">-" else text + "\n"


def load(name):
    with open(os.path.join(suite.ROOT, name), encoding="utf-8") as file:
        return Yaml(file.read()).value(0)


def same_as_library(name):
    def run():
        try:
            import yaml
        except ImportError:
            raise suite.Skip("PyYAML is not installed") from None
        with open(os.path.join(suite.ROOT, name), encoding="utf-8") as file:
            other = yaml.safe_load(file)
        return None if other == load(name) else "PyYAML reads " + str(other)
    return run


class Runner:
    """A runner of composite actions, in a folder of its own."""

    def __init__(self, context, scratch, inputs):
        self.folder = os.path.join(scratch, "work")
        shutil.copytree(EXAMPLES, self.folder)
        self.scratch = scratch
        self.action = load("action.yml")
        self.inputs = {name: given["default"]
                       for name, given in self.action["inputs"].items()}
        for name in inputs:
            assert name in self.inputs, name
        self.inputs.update(inputs)
        self.outputs = {}
        self.summary = os.path.join(scratch, "summary")
        self.path = context.programs + os.pathsep + os.environ["PATH"]
        self.home = suite.ROOT
        self.said = ""

    def expand(self, text):
        """${{ … }} of what an action can name."""
        def one(match):
            parts = match.group(1).split(".")
            if parts[0] == "inputs":
                return str(self.inputs[parts[1]])
            assert parts[0] == "steps" and parts[2] == "outputs", parts
            return self.outputs[parts[1]][parts[3]]
        return re.sub(r"\$\{\{ *([\w.-]+) *\}\}", one, text)

    def wanted(self, condition):
        name, value = re.fullmatch(r"inputs\.([\w-]+) == '(\w+)'",
                                   condition).groups()
        return str(self.inputs[name]) == value

    def step(self, step):
        output = os.path.join(self.scratch, "output")
        open(output, "w", encoding="utf-8").close()
        environment = {
            "PATH": self.path, "GITHUB_OUTPUT": output,
            "GITHUB_STEP_SUMMARY": self.summary,
            "GITHUB_ACTION_PATH": self.home, "RUNNER_TEMP": self.scratch}
        for name, value in step.get("env", {}).items():
            environment[name] = self.expand(value)
        assert "${{" not in step["run"], "an input in the midst of a script"
        done = subprocess.run(["sh", "-e", "-c", step["run"]], text=True,
                              cwd=self.folder, env=environment,
                              capture_output=True)
        self.said += done.stdout + done.stderr
        with open(output, encoding="utf-8") as file:
            self.outputs[step.get("id", "")] = dict(
                line.split("=", 1) for line in file.read().splitlines())
        return done.returncode

    def run(self):
        """The status of the first step that fails, or 0; uploads."""
        uploads = []
        for step in self.action["runs"]["steps"]:
            if "if" in step and not self.wanted(step["if"]):
                continue
            if "uses" in step:
                uploads.append(self.expand(step["with"]["sarif_file"]))
                continue
            status = self.step(step)
            if status:
                return status, uploads
        return 0, uploads


def read(path):
    with open(path, encoding="utf-8") as file:
        return file.read()


# Inputs, the exit status, and what is said.
STEPS = {
    "sound": ({"path": "soil-moisture\ndigit-classifier"}, 0, ""),
    "flawed": ({"path": "flawed"}, 1,
               "::error file=flawed/ro-crate-metadata.json"),
    "fail-on": ({"path": "soil-moisture", "fail-on": "info"}, 0, ""),
    "profile": ({"path": "soil-moisture",
                 "profile": "ro-crate-1.2\nworkflow-ro-crate\n"}, 1,
                "workflow-ro-crate-"),
    "arguments": ({"path": "flawed", "arguments": "--skip\nroot-license\n"}, 1,
                  "::error"),
    "recursive": ({"recursive": "true"}, 1,
                  "::error file=flawed/ro-crate-metadata.json"),
    "nothing-there": ({"path": "nowhere"}, 2, "nowhere: error"),
    "no-command": ({"path": "a b; touch \"$(id)\"\n`touch x`"}, 2, "error"),
    "no-option": ({"path": "--version"}, 2, "error"),
}


def action_case(context, name):
    inputs, expected, words = STEPS[name]

    def run():
        with tempfile.TemporaryDirectory() as scratch:
            runner = Runner(context, scratch, inputs)
            before = sorted(os.listdir(runner.folder))
            status, uploads = runner.run()
            if status != expected or words not in runner.said or uploads:
                return "exit status %d: %s" % (status, runner.said)
            if sorted(os.listdir(runner.folder)) != before:
                return "it made files"
            if status < 2 and "<!-- crate-validate -->" not in read(
                    runner.summary):
                return "there is no summary"
        return None
    return suite.Case("ci", "action-" + name, run)


def sarif(context):
    """The report is written and handed to the upload before the job fails."""
    with tempfile.TemporaryDirectory() as scratch:
        runner = Runner(context, scratch, {
            "path": "flawed", "upload": "true", "summary": "false"})
        status, uploads = runner.run()
        if status != 1 or len(uploads) != 1 or os.path.exists(runner.summary):
            return "exit status %d, uploads %s" % (status, uploads)
        report = json.loads(read(uploads[0]))
        return None if report["runs"][0]["results"] else "an empty report"


def baseline(context):
    with tempfile.TemporaryDirectory() as scratch:
        runner = Runner(context, scratch, {"path": "flawed",
                                           "baseline": "known.json"})
        context.call("crate-validate", "--write-baseline", "known.json",
                     "flawed", folder=runner.folder)
        status, _ = runner.run()
        return None if status == 0 else "exit status %d: %s" % (
            status, runner.said)


def build(context):
    """A runner without the program builds it: here by a stand-in for ./dev."""
    with tempfile.TemporaryDirectory() as scratch:
        runner = Runner(context, scratch, {"path": "flawed"})
        runner.path = "/usr/bin:/bin"
        runner.home = os.path.join(scratch, "an action")
        os.mkdir(runner.home)
        dev = os.path.join(runner.home, "dev")
        with open(dev, "w", encoding="utf-8") as file:
            file.write("#!/bin/sh\n[ \"$1\" = build ] && ln -s '%s' \"${0%%/*}\"/"
                       "build\n" % context.programs)
        os.chmod(dev, 0o755)
        status, _ = runner.run()
        return None if status == 1 and "::error" in runner.said else \
            "exit status %d: %s" % (status, runner.said)


def outputs(context):
    """Each output of the action names one of a step."""
    with tempfile.TemporaryDirectory() as scratch:
        runner = Runner(context, scratch, {"path": "flawed"})
        runner.run()
        values = [runner.expand(o["value"])
                  for o in runner.action["outputs"].values()]
        return None if values == ["1", ""] else "they are %s" % values


def repository(scratch):
    """A repository with the example crates, as git lists its files."""
    folder = os.path.join(scratch, "repository")
    shutil.copytree(EXAMPLES, folder)
    return folder, sorted(
        os.path.relpath(os.path.join(top, name), folder)
        for top, _, names in os.walk(folder) for name in names)


def hook(context, hook_id, paths):
    """Run a hook as pre-commit does: the files that match, behind the entry."""
    hooks = {h["id"]: h for h in load(".pre-commit-hooks.yaml")}
    chosen = hooks[hook_id]
    with tempfile.TemporaryDirectory() as scratch:
        folder, files = repository(scratch)
        words = shlex.split(chosen["entry"])
        if chosen.get("pass_filenames", True):
            words += [f for f in files if f.startswith(tuple(paths)) and
                      re.search(chosen["files"], f)]
            assert len(words) == 1 + len(paths), words
        return context.call(words[0], *words[1:], folder=folder)


# The hook, what was changed, and the exit status.
HOOKS = {
    "sound": ("crate-validate", ["soil-moisture/", "digit-classifier/"], 0),
    "flawed": ("crate-validate", ["flawed/", "soil-moisture/"], 1),
    "all": ("crate-validate-all", [], 1),
}


def hook_case(context, name):
    hook_id, paths, expected = HOOKS[name]

    def run():
        answer = hook(context, hook_id, paths)
        return None if answer.status == expected else answer.complaint()
    return suite.Case("ci", "hook-" + name, run)


def gitlab(context, crates, expected):
    """The script of the job: its lines one after another, until one fails."""
    job = load("docs/ci/gitlab.yml")[".crate-validate"]
    with tempfile.TemporaryDirectory() as scratch:
        folder, _ = repository(scratch)
        environment = dict(job["variables"], CRATES=crates, PATH=(
            context.programs + os.pathsep + os.environ["PATH"]))
        done = subprocess.run(
            ["sh", "-e", "-c", "\n".join(job["script"])], cwd=folder,
            env=environment, capture_output=True)
        if done.returncode != expected:
            return "exit status %d: %s" % (done.returncode, done.stdout)
        for report in job["artifacts"]["reports"].values():
            if not os.path.getsize(os.path.join(folder, report)):
                return report + " is empty"
    return None


def shell_is_sound(name):
    """shellcheck on the scripts inside."""
    def run():
        if not shutil.which("shellcheck"):
            raise suite.Skip("shellcheck is not installed")
        for step in load(name)["runs"]["steps"]:
            done = subprocess.run(
                ["shellcheck", "-s", "sh", "-e", "SC2086", "-"],
                input=step.get("run", ""), text=True, capture_output=True)
            if done.returncode:
                return done.stdout
        return None
    return run


def cases(context):
    for name in FILES:
        yield suite.Case("ci", "yaml-" + os.path.basename(name),
                         same_as_library(name))
    yield suite.Case("ci", "shellcheck", shell_is_sound("action.yml"))
    for name in STEPS:
        yield action_case(context, name)
    yield suite.Case("ci", "action-sarif", lambda: sarif(context))
    yield suite.Case("ci", "action-baseline", lambda: baseline(context))
    yield suite.Case("ci", "action-build", lambda: build(context))
    yield suite.Case("ci", "action-outputs", lambda: outputs(context))
    for name in HOOKS:
        yield hook_case(context, name)
    yield suite.Case("ci", "gitlab-sound", lambda: gitlab(
        context, "soil-moisture digit-classifier", 0))
    yield suite.Case("ci", "gitlab-flawed", lambda: gitlab(
        context, "flawed soil-moisture", 1))


if __name__ == "__main__":
    sys.exit(suite.main("ci", cases))
