#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""A crate's page in a browser: it opens without a complaint, nothing runs,
nothing is wider than a telephone, colours can be read by day and by night."""
import html
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile

import crates
from crates import suite

NAMES = ("chromium", "chromium-browser", "google-chrome")

# What a person with a ruler and a meter for contrast would write down.
LOOK = """
const seen = {};
const bare = value => value.match(/[\\d.]+/g).map(Number);
const light = ([r, g, b]) => [r, g, b].map(c => c / 255).map(
  c => c <= .03928 ? c / 12.92 : ((c + .055) / 1.055) ** 2.4).reduce(
  (sum, c, i) => sum + c * [.2126, .7152, .0722][i], 0);
const contrast = (a, b) => {
  const [x, y] = [light(bare(a)), light(bare(b))].sort((p, q) => q - p);
  return (x + .05) / (y + .05);
};
const behind = node => {
  for (; node; node = node.parentElement) {
    const colour = getComputedStyle(node).backgroundColor;
    if (bare(colour).length === 3 || bare(colour)[3] > 0) return colour;
  }
  return "rgb(255,255,255)";
};
seen.wide = document.documentElement.scrollWidth > innerWidth;
seen.width = innerWidth;
const words = [...document.querySelectorAll("body *:not(svg):not(svg *)")]
  .filter(n => [...n.childNodes].some(c => c.nodeType === 3 &&
    c.textContent.trim()) && n.offsetParent !== null);
seen.faint = words.filter(n => contrast(getComputedStyle(n).color,
  behind(n)) < 4.5).map(n => n.outerHTML.slice(0, 80)).slice(0, 3);
seen.lost = [...document.querySelectorAll("a")].map(a => a.getAttribute("href"))
  .filter(h => h[0] === "#" && !document.getElementById(h.slice(1))).length;
seen.strange = [...document.querySelectorAll("a")].filter(a => !["file:",
  "http:", "https:"].includes(new URL(a.getAttribute("href"),
  document.baseURI).protocol)).length;
seen.dark = matchMedia("(prefers-color-scheme: dark)").matches;
seen.focus = [...document.querySelectorAll("[tabindex]")].every(
  n => n.tabIndex <= 0);
const note = document.createElement("pre");
note.id = "seen"; note.textContent = JSON.stringify(seen);
document.body.append(note);
"""


def browser():
    for name in NAMES:
        if shutil.which(name):
            return name
    raise suite.Skip("no Chromium is installed")


def load(folder, page, *words):
    """The document that a browser makes of a page, and its complaints."""
    with tempfile.TemporaryDirectory(dir=folder,
                                     ignore_cleanup_errors=True) as user:
        done = subprocess.run(
            [browser(), "--headless=new", "--no-sandbox", "--disable-gpu",
             "--user-data-dir=" + user, "--enable-logging=stderr",
             "--virtual-time-budget=5000", "--dump-dom", *words,
             "file://" + page], capture_output=True, timeout=120)
    said = re.findall(r"CONSOLE.*", done.stderr.decode("utf-8", "replace"))
    return done.stdout.decode("utf-8"), said


def make(context, folder, name, path):
    page = os.path.join(folder, name + ".html")
    crates.convert(context, "html", path, "-o", page)
    return page


def look(folder, page, name, *words):
    """What the steps above see, the page's policy taken off for them."""
    with open(page, encoding="utf-8") as file:
        text = re.sub(r"<meta http-equiv[^>]*>", "", file.read())
    target = os.path.join(folder, name + ".html")
    with open(target, "w", encoding="utf-8") as file:
        file.write(text.replace("</body>", "<script>%s</script></body>"
                                % LOOK))
    out, _ = load(folder, target, *words)
    return json.loads(html.unescape(re.search(
        r'<pre id="seen">(.*?)</pre>', out, re.S).group(1)))


def opens_quietly(context, folder, name, path):
    def run():
        browser()
        page = make(context, folder, "quiet-" + name, path)
        document, said = load(folder, page)
        if said:
            return said[0]
        title = re.search(r"<title>(.*?)</title>", document, re.S).group(1)
        return None if title and document.count("<script") == 1 \
            else "%r, %d scripts" % (title, document.count("<script"))
    return run


def fits(context, folder, name, path, dark=False):
    """Contrast is enough, in daylight or at night."""
    def run():
        browser()
        words = ["--blink-settings=preferredColorScheme=0"] if dark else []
        key = "look-%s-%s" % (name, "dark" if dark else "light")
        page = make(context, folder, "of-" + key, path)
        seen = look(folder, page, key, "--window-size=500,900", *words)
        wanted = {"wide": False, "lost": 0, "strange": 0, "faint": [],
                  "dark": dark, "focus": True}
        wrong = {k: seen[k] for k in wanted if seen[k] != wanted[k]}
        return "saw %s" % wrong if wrong else None
    return run


def narrow(context, folder, name, path):
    """Nothing sticks out of a frame of 400 pixels; windows are wider."""
    def run():
        browser()
        page = make(context, folder, "narrow-" + name, path)
        frame = os.path.join(folder, "frame-%s.html" % name)
        with open(page, encoding="utf-8") as file:
            text = re.sub(r"<meta http-equiv[^>]*>", "", file.read())
        text = text.replace("</body>", "<script>const d = document."
                            "documentElement; parent.postMessage(d.scrollWidth"
                            " + '/' + d.clientWidth, '*')</script></body>")
        with open(page, "w", encoding="utf-8") as file:
            file.write(text)
        with open(frame, "w", encoding="utf-8") as file:
            file.write("<!DOCTYPE html><title>frame</title><p id='w'></p>"
                       "<script>onmessage = e => document.getElementById('w')."
                       "textContent = 'width ' + e.data</script><iframe "
                       "width='400' height='800' style='border:0' src='%s'>"
                       "</iframe>" % os.path.basename(page))
        document, _ = load(folder, frame)
        found = re.search(r"width (\d+)/(\d+)", document)
        if not found:
            return "the script did not end"
        wide, room = (int(n) for n in found.groups())
        return None if 350 < room <= 400 and wide <= room \
            else "%d wide in %d" % (wide, room)
    return run


def policy_holds(context, folder, path):
    """A script that got in all the same would not run, nor an image load."""
    def run():
        browser()
        page = make(context, folder, "policy", path)
        with open(page, encoding="utf-8") as file:
            text = file.read()
        with open(page, "w", encoding="utf-8") as file:
            file.write(text.replace(
                "<main", "<script>document.title='run'</script><img src='x' "
                "onerror=\"document.title='run'\"/><main"))
        document, said = load(folder, page)
        if "<title>run" in document:
            return "it ran"
        return None if any("Content Security Policy" in s for s in said) \
            else "the policy says nothing"
    return run


def cases(context, folder):
    crates_by_name = {os.path.basename(p): p for p in crates.names()}
    crates_by_name["hostile"] = crates.write(folder, "hostile",
                                             crates.hostile())
    for path in crates.shared(context)[:3]:
        crates_by_name[os.path.basename(path)] = path
    for name, path in crates_by_name.items():
        yield suite.Case("pages-browser", "opens/" + name,
                         opens_quietly(context, folder, name, path))
        yield suite.Case("pages-browser", "looks/" + name,
                         fits(context, folder, name, path))
        yield suite.Case("pages-browser", "narrow/" + name,
                         narrow(context, folder, name, path))
    yield suite.Case("pages-browser", "looks/dark", fits(
        context, folder, "dark", crates_by_name["digit-classifier"],
        dark=True))
    yield suite.Case("pages-browser", "policy", policy_holds(
        context, folder, crates_by_name["digit-classifier"]))


def main():
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        return suite.main("pages-browser",
                          lambda context: cases(context, folder))


if __name__ == "__main__":
    sys.exit(main())
