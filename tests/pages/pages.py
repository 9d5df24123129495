#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""crate-convert --to html and --to markdown: well-formed, every link has its
end, nothing that a crate says becomes markup, and crate-validate has nothing
to say about the page."""
import html.parser
import json
import os
import re
import shutil
import sys
import tempfile
import time

import crates
from crates import suite

ELEMENTS = set("""html head meta style title script body a header h1 h2 h3 div
nav ul li main section table caption thead tbody tr th td code p em br dl dt dd
span figure figcaption footer svg g path rect text line""".split())
VOID = {"meta", "br"}


def links_and_ids(tree):
    ids = [e.get("id") for e in tree.iter() if e.get("id") is not None]
    links = [e.get("href") for e in tree.iter() if e.get("href") is not None]
    return links, ids


def unsafe_link(link):
    """Whether a browser would do more than follow it to a page or a file."""
    if link.startswith(("#", "https://", "http://")):
        return False
    return ":" in link or link.startswith(("/", "\\")) \
        or ".." in link.split("/")


def flaw(tree):
    """What is wrong with a page, or None."""
    links, ids = links_and_ids(tree)
    strange = {crates.tag(e) for e in tree.iter()} - ELEMENTS
    acting = [n for e in tree.iter() for n in e.keys() if n.startswith("on")]
    if strange or acting:
        return "elements %s, attributes %s" % (strange, acting)
    known = set(ids)
    if len(ids) != len(known):
        return "an id twice"
    lost = [a for a in links if a.startswith("#") and a[1:] not in known]
    if lost:
        return "links to nowhere: %s" % lost[:3]
    bad = [a for a in links if unsafe_link(a)]
    return "links %s" % bad[:3] if bad else None


def inaccessible(tree):
    """What a screen reader would miss, or None."""
    if tree.get("lang") != "en":
        return "no language"
    counts = {n: len([e for e in tree.iter(crates.XHTML + n)])
              for n in ("h1", "main", "nav", "header", "footer")}
    if any(count != 1 for count in counts.values()):
        return "landmarks %s" % counts
    level = 0
    for element in tree.iter():
        match = re.match(r"h(\d)$", crates.tag(element))
        if match and int(match.group(1)) > level + 1:
            return "a heading skips a level"
        level = int(match.group(1)) if match else level
    for table in tree.iter(crates.XHTML + "table"):
        label = table.get("aria-label") or table.get("aria-labelledby") \
            or table.find(crates.XHTML + "caption") is not None
        if not label:
            return "a table without a name"
    if any(not th.get("scope") for th in tree.iter(crates.XHTML + "th")):
        return "a th without scope"
    for svg in tree.iter(crates.SVG + "svg"):
        if not svg.get("aria-label") or not svg.get("role"):
            return "a drawing without a name"
    return None


def page_is_whole(context, path):
    def run():
        tree = crates.parse(crates.convert(context, "html", path))
        return flaw(tree) or inaccessible(tree)
    return run


class Nesting(html.parser.HTMLParser):
    """Reads as HTML does, where a script's text is no markup."""

    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.open, self.flaw, self.scripts = [], None, 0

    def handle_starttag(self, tag, attrs):
        self.scripts += tag == "script"
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag, attrs):
        pass

    def handle_endtag(self, tag):
        if not self.open or self.open.pop() != tag:
            self.flaw = self.flaw or "</%s> closes something else" % tag


def reads_as_html(context, path):
    def run():
        reader = Nesting()
        reader.feed(crates.convert(context, "html", path))
        return reader.flaw or (
            None if not reader.open and reader.scripts == 1
            else "%s left open, %d scripts" % (reader.open, reader.scripts))
    return run


def copy_of(page):
    return json.loads(re.search(
        r'<script type="application/ld\+json">(.*?)</script>', page,
        re.S).group(1))


def carries_a_copy(context, path):
    """RO-Crate 1.1 asks for it; for search engines, too."""
    def run():
        with open(os.path.join(path, crates.NAME), encoding="utf-8") as file:
            document = json.load(file)
        return None if copy_of(crates.convert(context, "html", path)) == \
            document else "the copy is another document"
    return run


def same_everywhere(context, folder, path):
    """Neither the folder nor the way in is in the bytes."""
    def run():
        elsewhere = os.path.join(folder, "else where", "deeper")
        shutil.copytree(path, elsewhere, dirs_exist_ok=True)
        with open(os.path.join(path, crates.NAME), "rb") as file:
            document = file.read()
        for form in ("html", "markdown", "dot", "svg"):
            first = crates.convert(context, form, path)
            if crates.convert(context, form, elsewhere) != first:
                return "%s depends on the folder" % form
            if crates.convert(context, form, "-", "--from", "jsonld",
                              stdin=document) != first:
                return "%s is another from standard input" % form
        return None
    return run


def findings(context, path):
    answer = context.call("crate-validate", "-f", "json", path)
    return sorted({f["rule"] for c in json.loads(answer.out)["crates"]
                   for f in c["findings"]})


def valid_preview(context, folder, path, version):
    """With its page beside it, a crate has no finding that it had not."""
    def run():
        target = os.path.join(folder, "with-preview-" + version)
        shutil.copytree(path, target)
        metadata = os.path.join(target, crates.NAME)
        with open(metadata, encoding="utf-8") as file:
            text = re.sub(r"w3id.org/ro/crate/1\.\d", "w3id.org/ro/crate/"
                          + version, file.read())
        with open(metadata, "w", encoding="utf-8") as file:
            file.write(text)
        before = findings(context, target)
        preview = os.path.join(target, "ro-crate-preview.html")
        crates.convert(context, "html", target, "-o", preview)
        after = findings(context, target)
        if before != after:
            return "before %s, after %s" % (before, after)
        with open(preview, "w", encoding="utf-8") as file:
            file.write("<p>no page</p>")
        return None if findings(context, target) != after \
            else "crate-validate does not look at the page"
    return run


def hostile_words_stay_words(context, path):
    def run():
        page = crates.convert(context, "html", path)
        text = "".join(crates.parse(page).itertext())
        if "<img src=x onerror=alert(1)>" not in text:
            return "words are lost"
        if "\u202e" in re.sub(r"<script.*?</script>", "", page, flags=re.S):
            return "the direction is turned"
        card = crates.convert(context, "markdown", path)
        naked = re.search(r"(?<!\\)<(?!https?://)[^>\s]*[a-z]", re.sub(
            r"\]\(<[^<>\s]*>\)", "", card))
        return "the card has markup: %s" % naked.group(0) if naked else None
    return run


def long_texts_are_cut(context, folder):
    def run():
        path = crates.write(folder, "long", crates.samples.crate(
            {"name": "é" * 5000000, "description": "a\n" * 5000000}))
        page = re.sub(r"<script.*?</script>", "",
                      crates.convert(context, "html", path), flags=re.S)
        if len(page) > 60000:
            return "%d bytes" % len(page)
        return None if "cut here: 10000000 bytes in all" in page \
            else "nobody says that something is cut"
    return run


def large_crates_end(context, folder):
    """Sections have a limit, and the rest is listed; time is bounded."""
    def run():
        path = crates.write(folder, "large", crates.large(60000))
        started = time.monotonic()
        page = crates.convert(context, "html", path)
        took = time.monotonic() - started
        tree = crates.parse(page)
        sections = [e for e in tree.iter(crates.XHTML + "section")
                    if e.get("class") == "entity"]
        if took > 30:
            return "took %.1f s" % took
        if len(sections) != 2000 or "And 88003 more" not in page:
            return "%d sections" % len(sections)
        return flaw(tree)
    return run


def anchors_are_stable(context, folder):
    """Another entity does not move those that were there."""
    def run():
        first = crates.samples.crate(
            {"name": "a"}, *[crates.samples.entity(i, "File")
                             for i in ("a b", "a_b", "a/b")])
        second = json.loads(json.dumps(first))
        second["@graph"].insert(2, crates.samples.entity("new", "File"))
        ids = [links_and_ids(crates.parse(crates.convert(
            context, "html", crates.write(folder, "anchors-%d" % i, d))))[1]
            for i, d in enumerate((first, second))]
        want = {"e-a_b", "e-a_b-2", "e-a_b-3"}
        return None if set(ids[0]) <= set(ids[1]) and want <= set(ids[0]) \
            else "%s" % ids
    return run


def anchors_are_unique(context, folder):
    """A number that is given out is not that of somebody's own name."""
    def run():
        ids = ("x_-2", "x+", "x_", "x-2", "x", "y 2", "y", "y_2", "é", "è")
        path = crates.write(folder, "unique", crates.samples.crate(
            {"name": "a"}, *[crates.samples.entity(i, "File") for i in ids]))
        return flaw(crates.parse(crates.convert(context, "html", path)))
    return run


def says(context, form, path, *words):
    """A page or card has these words, in this order."""
    def run():
        text = crates.convert(context, form, path)
        if form == "html":
            text = "".join(crates.parse(
                re.sub(r"<script.*?</script>", "", text, flags=re.S)
            ).itertext())
        at = 0
        for word in words:
            at = text.find(word, at)
            if at < 0:
                return "no %r" % word
        return None
    return run


def nested_is_shown(context, folder):
    """What has no name or no @id is shown where it is referred to."""
    path = crates.write(folder, "nested", crates.nested())
    return says(context, "html", path, "Ada", "addressCountry", "GB", "#geo",
                "latitude", "1.5", "Used by: #place (geo)")


def other_syntaxes(context, folder):
    """Expanded JSON-LD and Turtle give the page's own parts, too."""
    def run():
        path = os.path.join(crates.EXAMPLES, "digit-classifier")
        for form, name in (("expanded", "a.jsonld"), ("turtle", "a.ttl")):
            file = os.path.join(folder, name)
            base = "https://example.org/crate/ro-crate-metadata.json"
            crates.convert(context, form, path, "--base", base, "-o", file)
            page = crates.convert(context, "html", file, "--base", base)
            tree = crates.parse(page)
            wrong = flaw(tree) or inaccessible(tree)
            for word in ("A classifier of three shapes", "data/train.csv",
                         "accuracy", 'id="provenance"'):
                if word not in page:
                    wrong = wrong or "no %s from %s" % (word, form)
            if wrong:
                return wrong
        return None
    return run


def cases(context, folder):
    digits, soil = crates.names()[:2]
    hostile = crates.write(folder, "hostile", crates.hostile())
    nested = crates.write(folder, "nested-too", crates.nested())
    paths = crates.names() + [hostile, nested]
    for path in paths + crates.shared(context):
        name = "/".join(path.split(os.sep)[-2:])
        yield suite.Case("pages", "whole/" + name,
                         page_is_whole(context, path))
    for path in paths:
        yield suite.Case("pages", "html/" + os.path.basename(path),
                         reads_as_html(context, path))
    for path in (digits, soil, hostile):
        yield suite.Case("pages", "copy/" + os.path.basename(path),
                         carries_a_copy(context, path))
    for version in ("1.1", "1.2"):
        yield suite.Case("pages", "preview/" + version,
                         valid_preview(context, folder, soil, version))
    for name, run in {
            "same-everywhere": same_everywhere(context, folder, digits),
            "hostile": hostile_words_stay_words(context, hostile),
            "long-texts": long_texts_are_cut(context, folder),
            "large": large_crates_end(context, folder),
            "anchors": anchors_are_stable(context, folder),
            "unique": anchors_are_unique(context, folder),
            "nested": nested_is_shown(context, folder),
            "other-syntaxes": other_syntaxes(context, folder),
            "summary": says(context, "html", digits,
                            "A classifier of three shapes", "Josiah Carberry",
                            "ORCID 0000-0002-1825-0097", "CC0 1.0",
                            "2024-09-12", "6 files, 1.6 kB", "Cite as"),
            "metrics": says(context, "html", digits, "Metrics", "accuracy",
                            "1.0", "Results of Centroids of three shapes on "
                            "Test data"),
            "croissant": says(context, "html", crates.names()[3],
                              "Authors", "A. Botanist", "Publisher",
                              "The meadow lab", "12.3 kB", "Data",
                              "tables/plants.csv", "creator"),
            "card-of-a-model": says(
                context, "markdown", digits, "# Centroids of three shapes",
                "## Intended use", "## Training data", "data/train.csv",
                "| accuracy | 1.0 | Test data |", "## Limitations",
                "## Licence", "## Citation", "not stated", "## Provenance",
                "by Josiah Carberry; made Centroids"),
            "card-of-data": says(context, "markdown", soil,
                                 "# Soil moisture", "Meant for:** not stated",
                                 "## Evaluation\n\nNot stated."),
    }.items():
        yield suite.Case("pages", name, run)


def main():
    with tempfile.TemporaryDirectory() as folder:
        return suite.main("pages", lambda context: cases(context, folder))


if __name__ == "__main__":
    sys.exit(main())
