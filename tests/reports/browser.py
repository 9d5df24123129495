#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""The web page in a browser: its filters, its policy, a large report.

Chromium without a window loads the page with a script of ours behind it,
which acts as a person would and writes down what it sees. It is skipped where
no Chromium is installed.
"""
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile

sys.path.insert(0, os.path.join(os.path.dirname(os.path.dirname(
    os.path.abspath(__file__))), "suites"))
import samples  # noqa: E402
import suite  # noqa: E402

NAMES = ("chromium", "chromium-browser", "google-chrome")

# What the steps below call; `seen` is written into the page.
VERBS = """
const form = document.querySelector("form");
const wait = ms => new Promise(done => setTimeout(done, ms));
const shown = () => [...document.querySelectorAll("details.rule li")].filter(
  li => !li.hidden && !li.closest("details").hidden);
const said = () => document.querySelector(".count").textContent;
const levels = () => [...new Set(shown().map(li => li.dataset.level))].sort();
const set = async (name, value) => {
  form.elements[name].value = value;
  form.elements[name].dispatchEvent(new Event("input", {bubbles: true}));
  await wait(250);
};
const tick = async (level, on) => {
  const box = form.querySelector(`input[value=${level}]`);
  box.checked = on;
  box.dispatchEvent(new Event("input", {bubbles: true}));
  await wait(50);
};
"""
SCRIPT = """<script>(async () => { %s
const seen = {};
try { %s } catch (error) { seen.error = String(error); }
document.title = "seen:" + JSON.stringify(seen);
const note = document.createElement("pre");
note.id = "seen"; note.textContent = JSON.stringify(seen);
document.body.append(note);
})();</script>"""


def browser():
    for name in NAMES:
        if shutil.which(name):
            return name
    raise suite.Skip("no Chromium is installed")


def dump(folder, page):
    """The document that a browser makes of a page."""
    command = [browser(), "--headless=new", "--no-sandbox", "--disable-gpu",
               "--user-data-dir=" + os.path.join(folder, "user-" + page),
               "--virtual-time-budget=20000", "--dump-dom",
               "file://" + os.path.join(folder, page)]
    done = subprocess.run(command, capture_output=True, timeout=300)
    return done.stdout.decode("utf-8")


def make(context, folder, page, *paths):
    answer = context.call("crate-validate", "-f", "html", "-o", page, *paths,
                          folder=folder)
    if answer.status not in (0, 1):
        raise RuntimeError(answer.complaint())
    with open(os.path.join(folder, page), encoding="utf-8") as file:
        return file.read()


def see(context, folder, name, paths, steps):
    """Make a page, let a browser take the steps, answer what it saw."""
    browser()
    text = make(context, folder, name + ".html", *paths)
    # The page's policy would stop our script: it has a test of its own.
    text = re.sub(r"<meta http-equiv[^>]*>", "", text)
    text = text.replace("</body>\n</html>", SCRIPT % (VERBS, steps)
                        + "</body></html>")
    with open(os.path.join(folder, name + ".html"), "w",
              encoding="utf-8") as file:
        file.write(text)
    found = re.search(r'<pre id="seen">(.*?)</pre>',
                      dump(folder, name + ".html"), re.S)
    if not found:
        raise RuntimeError("the script did not end")
    return json.loads(found.group(1).replace("&lt;", "<").replace(
        "&gt;", ">").replace("&amp;", "&"))


def expect(seen, expected):
    wrong = {k: seen.get(k) for k in expected if seen.get(k) != expected[k]}
    return "saw %s, expected %s" % (seen, expected) \
        if wrong or "error" in seen else None


def filters(context, folder):
    def run():
        seen = see(context, folder, "filters", ["flawed", "many"], """
const items = [...document.querySelectorAll("details.rule li")];
const all = items.length;
const flawed = items.filter(li => li.dataset.level === "violation"
  && li.querySelector(".file").textContent.startsWith("flawed/")).length;
const says = number => said() === `${number} of ${all} findings shown`;
seen.enough = all > 20 && flawed > 3 && flawed < all;
seen.first = says(all);
seen.rules = form.elements.rule.length;
await tick("violation", false);
seen.warnings = levels();
await tick("violation", true);
await tick("warning", false);
seen.violations = levels();
await set("file", "flawed/ro-crate-metadata.json"); seen.file = says(flawed);
seen.open = shown().every(li => li.closest("details").open);
await set("text", "LICENCE"); seen.text = shown().length;
await set("text", "no such words"); seen.none = says(0);
form.reset(); await wait(300); seen.again = says(all);
const rule = form.elements.rule.options[1].value;
await set("rule", rule);
seen.rule = shown().length > 0 && shown().every(
  li => li.closest("details").dataset.rule === rule);
""")
        return expect(seen, {
            "enough": True, "first": True, "warnings": ["warning"],
            "violations": ["violation"], "file": True, "open": True,
            "text": 1, "none": True, "again": True, "rule": True})
    return run


def large(context, folder):
    """Only so many of a rule's findings are laid out, more on demand."""
    def run():
        seen = see(context, folder, "large", ["large"], """
const first = document.querySelector("details.rule");
first.open = true;
const count = () => [...first.querySelectorAll("li")].filter(
  li => !li.hidden).length;
seen.first = count();
first.querySelector(".more").click(); seen.more = count();
seen.focus = [...first.querySelectorAll("li")].indexOf(document.activeElement);
const start = performance.now();
await set("text", "part-9999.txt");
seen.found = shown().length > 0 && shown().length < 20;
seen.quick = performance.now() - start < 5000;
""")
        return expect(seen, {"first": 50, "more": 100, "focus": 50,
                             "found": True, "quick": True})
    return run


def nothing_runs(context, folder):
    """With its policy on, a page of a hostile crate is as we wrote it."""
    def run():
        text = make(context, folder, "hostile.html", "hostile")
        document = dump(folder, "hostile.html")
        if " findings shown" not in document:
            return "the policy stops our own script"
        strange = re.findall(r"<(?:img|iframe|b|h4)\b|\son\w+=\"", document)
        return "the crate made an element: %s" % strange if strange else \
            None if text.count("<script") == 1 else "more than one script"
    return run


def policy_holds(context, folder):
    """A script that got in all the same would not run."""
    def run():
        browser()
        text = make(context, folder, "policy.html", "flawed")
        text = text.replace("<main", "<script>document.title='run'</script>"
                            "<main onfocus=\"document.title='run'\" autofocus")
        with open(os.path.join(folder, "policy.html"), "w",
                  encoding="utf-8") as file:
            file.write(text)
        return "it ran" if "<title>run" in dump(folder, "policy.html") else None
    return run


def names_and_landmarks(context, folder):
    """What a screen reader goes by."""
    def run():
        seen = see(context, folder, "names", ["flawed"], """
seen.main = document.querySelectorAll("main").length;
seen.search = form.getAttribute("role") === "search" && !!form.ariaLabel;
seen.live = document.querySelector(".count").getAttribute("aria-live");
seen.labels = [...form.querySelectorAll("input, select")].every(
  field => field.labels.length === 1 && field.labels[0].textContent.trim());
seen.headings = [...document.querySelectorAll("h1, h2")].map(
  h => h.textContent);
seen.tabs = [...document.querySelectorAll("[tabindex]")].every(
  node => node.tabIndex <= 0);
seen.lang = document.documentElement.lang;
seen.marks = [...document.querySelectorAll("mark")].map(m => m.textContent);
""")
        marks = seen.pop("marks", [])
        return expect(seen, {
            "main": 1, "search": True, "live": "polite", "labels": True,
            "headings": ["Crate report", "Findings", "Not checked"],
            "tabs": True, "lang": "en"}) or (
                None if '"licence"' in marks else "marked: %s" % marks)
    return run


def cases(context, folder):
    for check in (filters, large, nothing_runs, policy_holds,
                  names_and_landmarks):
        yield suite.Case("browser", check.__name__.replace("_", "-"),
                         check(context, folder))


def main():
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        shutil.copytree(os.path.join(suite.ROOT, "docs", "examples",
                                     "flawed"), os.path.join(folder, "flawed"))
        samples.hostile(os.path.join(folder, "hostile"))
        samples.many(os.path.join(folder, "many"), 8)
        samples.many(os.path.join(folder, "large"), 10000)
        return suite.main("browser", lambda context: cases(context, folder))


if __name__ == "__main__":
    sys.exit(main())
