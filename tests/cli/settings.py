#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Settings of a project: where they are found, what they do, what is said of
mistakes in them."""
import json
import os
import shutil
import sys
import tempfile

sys.path.insert(0, os.path.join(os.path.dirname(os.path.dirname(
    os.path.abspath(__file__))), "suites"))
import suite  # noqa: E402

EXAMPLES = os.path.join(suite.ROOT, "docs", "examples")
HOUSE = os.path.join(suite.ROOT, "tests", "cases", "validate", "data", "house")
NAME = "crate-validate.json"


def write(path, content):
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, "w", encoding="utf-8") as file:
        file.write(content if isinstance(content, str)
                   else json.dumps(content))


class Place:
    """A project in a scratch folder: settings by path, the flawed crate."""

    def __init__(self, context, scratch, git=True, **settings):
        self.context, self.root = context, scratch
        shutil.copytree(os.path.join(EXAMPLES, "flawed"),
                        os.path.join(scratch, "crates", "flawed"))
        if git:
            os.mkdir(os.path.join(scratch, ".git"))
        for path, content in settings.items():
            write(os.path.join(scratch, path.replace("__", "/"), NAME),
                  content)

    def judge(self, *words, folder=".", crate=None):
        return self.context.call(
            "crate-validate", *words,
            crate or os.path.join(self.root, "crates", "flawed"),
            folder=os.path.join(self.root, folder))

    def counts(self, *words, **where):
        answer = self.judge("-f", "json", *words, **where)
        if answer.status == 2:
            return answer.complaint()
        found = json.loads(answer.out)["crates"][0]
        return tuple(found["counts"][s]
                     for s in ("violation", "warning", "info"))


def in_place(run, **options):
    """A case in a scratch folder of its own."""
    def case(context):
        with tempfile.TemporaryDirectory() as scratch:
            return run(Place(context, scratch, **options))
    return case


def differ(seen, expected):
    return None if seen == expected else "%s, expected %s" % (seen, expected)


SOFTER = {"levels": {"root-license": "info"}}
PLAIN, SOFT = (6, 1, 0), (5, 1, 1)


def found_above(place):
    return differ([place.counts(folder=f) for f in ("", "crates",
                                                    "crates/flawed")],
                  [SOFT] * 3)


def not_above_the_root(place):
    return differ(place.counts(folder="crates"), PLAIN)


def nearest_wins(place):
    return differ([place.counts(), place.counts(folder="crates")],
                  [SOFT, (4, 1, 0)])


def no_git_no_parents(place):
    return differ([place.counts(), place.counts(folder="crates")],
                  [SOFT, PLAIN])


def never_of_the_crate(place):
    write(os.path.join(place.root, "crates", "flawed", NAME), SOFTER)
    os.mkdir(os.path.join(place.root, "crates", "flawed", ".git"))
    counts = PLAIN[:2] + (1,)  # to the crate, a file that nothing describes
    return differ([place.counts(), place.counts(folder="crates")],
                  [counts, counts])


def options_win(place):
    return differ(
        [place.counts("--no-settings"),
         place.judge().status, place.judge("--fail-on", "violation").status,
         place.judge("-p", "ro-crate-1.1", "-f", "json").out.count(
             b'"ro-crate-1.1"') > 0],
        [PLAIN, 1, 0, True])


def named(place):
    write(os.path.join(place.root, "other.json"), SOFTER)
    return differ([place.counts("--settings", "other.json"), place.counts()],
                  [SOFT, (4, 1, 0)])


def off_is_not_checked(place):
    answer = place.judge("-f", "json")
    crate = json.loads(answer.out)["crates"][0]
    reasons = {n["rule"]: n["reason"] for n in crate["not_checked"]}
    return differ([reasons.get("ro-crate-1.2/root-license"),
                   reasons.get("ro-crate-1.2/ctx-extension-terms")],
                  ["skipped by settings"] * 2)


def exact_counts_more(place):
    return differ(place.counts(), (5, 2, 0))


def reports_agree(place):
    """The level is that of the settings in each format."""
    seen = []
    sarif = json.loads(place.judge("-f", "sarif").out)["runs"][0]
    seen.append([r["level"] for r in sarif["results"]
                 if r["ruleId"].endswith("/root-license")])
    seen.append([r["defaultConfiguration"]["level"]
                 for r in sarif["tool"]["driver"]["rules"]
                 if r["id"].endswith("1.2/root-license")])
    text = place.judge("-s", "info").out.decode("utf-8")
    seen.append("note: the root data entity must have a license" in text)
    gitlab = json.loads(place.judge("-f", "gitlab").out)
    seen.append([i["severity"] for i in gitlab
                 if i["check_name"].endswith("/root-license")])
    github = place.judge("-f", "github", "-s", "info").out.decode("utf-8")
    seen.append("::notice file=" in github)
    return differ(seen, [["note"], ["note"], True, ["info"], True])


def paths_are_the_files(place):
    """Folders are relative to the settings, wherever the program runs."""
    shutil.copytree(HOUSE, os.path.join(place.root, "rules", "house"))
    seen = [place.judge("--list-profiles", folder=f).out.decode().split()
            .count("house-1") for f in ("", "crates", "crates/flawed")]
    return differ(seen, [1, 1, 1])


def maps_work(place):
    write(os.path.join(place.root, "contexts", "own.jsonld"),
          {"@context": {"hue": "https://example.org/hue"}})
    path = os.path.join(place.root, "crates", "flawed",
                        "ro-crate-metadata.json")
    with open(path, encoding="utf-8") as file:
        text = file.read()
    write(path, text.replace(
        '"https://w3id.org/ro/crate/1.2/context"',
        '["https://w3id.org/ro/crate/1.2/context", '
        '"https://example.org/own.jsonld"]').replace('"licence"', '"hue"'))
    report = place.judge("-f", "json", folder="crates").out
    return differ(b"hue" in report, False)


def mistakes_are_located(place):
    write(os.path.join(place.root, NAME), '''{
  "levels": {"root-licens": "info",
             "ro-crate-1.2/root-nam": "off"},
  "skip": ["ro-crate-9/x"],
  "profile": ["ro-crate-1.22"]
}
''')
    answer = place.judge(folder="crates")
    lines = answer.err.splitlines()
    return differ([answer.status, answer.out, lines], [2, b"", [
        '../crate-validate.json:5:15: error: there is no profile '
        '"ro-crate-1.22"; did you mean ro-crate-1.2 [unknown-profile]',
        '../crate-validate.json:2:14: error: there is no rule "root-licens"; '
        'did you mean root-license [unknown-rule]',
        '../crate-validate.json:3:14: error: there is no rule '
        '"ro-crate-1.2/root-nam"; did you mean ro-crate-1.2/root-name '
        '[unknown-rule]',
        '../crate-validate.json:4:12: error: there is no rule '
        '"ro-crate-9/x"; see --list-rules [unknown-rule]']])


def lists_work_all_the_same(place):
    """A hint says where to look."""
    write(os.path.join(place.root, NAME), {"skip": ["root-licens"]})
    return differ([place.judge(*words).status for words in (
        [], ["--list-rules"], ["--list-profiles"],
        ["--explain", "root-license"])], [2, 0, 0, 0])


def no_json(place):
    write(os.path.join(place.root, NAME), '{"levels": {,}}')
    answer = place.judge()
    return differ([answer.status,
                   answer.err.startswith("crate-validate.json:1:13: error: ")],
                  [2, True])


def no_file(place):
    os.mkfifo(os.path.join(place.root, NAME))
    os.mkdir(os.path.join(place.root, "folder.json"))
    answers = [place.judge(), place.judge("--settings", "folder.json"),
               place.judge("--settings", "nowhere.json")]
    return differ([(a.status, a.err.count("cannot read: "))
                   for a in answers], [(2, 1)] * 3)


def strangers_are_passed_over(place):
    if os.geteuid():
        raise suite.Skip("only root can give files away")
    path = os.path.join(place.root, NAME)
    os.chown(path, 12345, -1)
    answer = place.judge(folder="crates")
    seen = [place.counts(), place.counts("--settings", NAME),
            "warning: the file belongs to somebody else" in answer.err]
    os.chown(place.root, 12345, -1)  # whose folder it is may
    return differ(seen + [place.counts()], [PLAIN, SOFT, True, SOFT])


def shapes_need_none(place):
    write(os.path.join(place.root, NAME), "nonsense")
    write(os.path.join(place.root, "shapes.ttl"), "")
    answers = [place.judge("--shapes", "shapes.ttl", crate="shapes.ttl"),
               place.judge("--shapes", "shapes.ttl", "--settings", NAME,
                           crate="shapes.ttl")]
    return differ([a.status for a in answers], [0, 2])


CASES = {
    "found-above": in_place(found_above, **{".": SOFTER}),
    "not-above-the-root": in_place(not_above_the_root, git=False, **{
        ".": SOFTER, "crates/.git": {}}),
    "nearest-wins": in_place(nearest_wins, **{".": SOFTER, "crates": {
        "skip": ["root-license", "ctx-extension-terms"]}}),
    "no-git-no-parents": in_place(no_git_no_parents, git=False,
                                  **{".": SOFTER}),
    "never-of-the-crate": in_place(never_of_the_crate),
    "options-win": in_place(options_win, **{".": {
        "fail-on": "warning", "profile": "ro-crate-1.2", "levels": {
            rule: "warning" for rule in (
                "root-license", "root-datepublished", "ctx-extension-terms",
                "id-path-escaping", "doc-nested-as-separate",
                "data-haspart-reachable")}}}),
    "named": in_place(named, **{".": {
        "skip": ["root-license", "ctx-extension-terms"]}}),
    "off-is-not-checked": in_place(off_is_not_checked, **{".": {
        "skip": ["root-license"],
        "levels": {"ro-crate-1.2/ctx-extension-terms": "off"}}}),
    "exact-counts-more": in_place(exact_counts_more, **{".": {"levels": {
        "ro-crate-1.2/root-license": "warning", "root-license": "off"}}}),
    "reports-agree": in_place(reports_agree, **{".": SOFTER}),
    "paths-are-the-files": in_place(paths_are_the_files, **{
        ".": {"profiles-path": "rules"}}),
    "maps-work": in_place(maps_work, **{".": {
        "map": {"https://example.org/": "contexts"}}}),
    "mistakes-are-located": in_place(mistakes_are_located),
    "lists-work-all-the-same": in_place(lists_work_all_the_same),
    "no-json": in_place(no_json),
    "no-file": in_place(no_file),
    "strangers-are-passed-over": in_place(strangers_are_passed_over,
                                          **{".": SOFTER}),
    "shapes-need-none": in_place(shapes_need_none),
}


def cases(context):
    for name, run in CASES.items():
        yield suite.Case("settings", name, lambda run=run: run(context))


if __name__ == "__main__":
    sys.exit(suite.main("settings", cases))
