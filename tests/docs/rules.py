#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""docs/rules.md: every rule, made from what crate-validate lists.

Without arguments: is the file what the program lists? With --write PROGRAMS:
write it.
"""
import json
import os
import subprocess
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.dirname(
    os.path.abspath(__file__))), "suites"))
import suite  # noqa: E402

PATH = os.path.join(suite.ROOT, "docs", "rules.md")
HEAD = """# Every rule

Made by `tests/docs/rules.py --write` from the rules in `profiles/`; the tests
compare. A rule's id is the profile and the name, `ro-crate-1.2/root-license`
say: `crate-validate --explain` takes it, and `--skip`.
"""


def where(profile, rule):
    """The level, and the profile that says so: a link where there is a text."""
    spec = rule.get("spec")
    return "%s %s" % (rule["level"], "[%s](%s)" % (profile, spec) if spec
                      else profile)


def page_of(rules):
    """The page: a table of names, and for each the profiles and the link. A
    name that profiles of different families give has a row for each."""
    names = {}
    for rule in rules:
        profile, _, name = rule["id"].rpartition("/")
        croissant = profile.startswith("croissant")
        names.setdefault((name, croissant), []).append((profile, rule))
    lines = [HEAD, "| rule | says | level, where it is said |", "|---|---|---|"]
    for name in sorted(names):
        message = names[name][-1][1]["message"].replace("|", "\\|")
        if not names[name][-1][1]["checked"]:
            message += " *(not checked: %s)*" % names[name][-1][1]["reason"]
        links = [where(profile.replace("ro-crate-", ""), rule)
                 for profile, rule in names[name]]
        lines.append("| `%s` | %s | %s |" % (
            name[0], message, ", ".join(links)))
    return "\n".join(lines) + "\n"


def list_rules(program):
    done = subprocess.run([program, "--list-rules", "-f", "json"],
                          capture_output=True, check=True)
    return json.loads(done.stdout)


def cases(context):
    def compare():
        with open(PATH, encoding="utf-8") as file:
            written = file.read()
        made = page_of(list_rules(context.program("crate-validate")))
        return None if made == written else \
            "run tests/docs/rules.py --write PROGRAMS"
    yield suite.Case("docs", "rules.md-is-up-to-date", compare)


if __name__ == "__main__":
    if "--write" in sys.argv:
        with open(PATH, "w", encoding="utf-8") as out:
            out.write(page_of(list_rules(
                os.path.join(sys.argv[-1], "crate-validate"))))
    else:
        sys.exit(suite.main("docs", cases))
