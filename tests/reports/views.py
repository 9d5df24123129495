# SPDX-License-Identifier: Apache-2.0
"""What each format says, counted by severity: {"violation": n, ...}.

Every reader takes the bytes of a report of crates judged with
`--severity info --most 0`, and answers how many findings it shows.
"""
import html.parser
import json
import re
import xml.etree.ElementTree as ElementTree

SEVERITIES = ("violation", "warning", "info")


def tally(names, found):
    """Count with a dictionary from a format's words to ours."""
    counts = dict.fromkeys(SEVERITIES, 0)
    for word in found:
        counts[names[word]] += 1
    return counts


def of_json(report):
    return tally({s: s for s in SEVERITIES}, (
        finding["severity"] for crate in json.loads(report)["crates"]
        for finding in crate["findings"]))


def of_text(report):
    return tally({"error": "violation", "warning": "warning", "note": "info"},
                 re.findall(r"^(?! +[=|]).*?: (error|warning|note): ",
                            report.decode("utf-8"), re.M))


def of_sarif(report):
    names = {"error": "violation", "warning": "warning", "note": "info"}
    return tally(names, (result["level"]
                         for run in json.loads(report)["runs"]
                         for result in run["results"]))


def of_junit(report):
    words = []
    for suite in ElementTree.fromstring(report):
        texts = [f.text or "" for f in suite.iter("failure")]
        texts += [o.text or "" for o in suite.iter("system-out")]
        for text in texts:
            words += re.findall(r"^.*?: (violation|warning|info): .*\]$",
                                text, re.M)
    return tally({s: s for s in SEVERITIES}, words)


def of_github(report):
    names = {"error": "violation", "warning": "warning", "notice": "info"}
    return tally(names, re.findall(r"^::(\w+) ", report.decode("utf-8"),
                                   re.M))


def of_gitlab(report):
    names = {"critical": "violation", "minor": "warning", "info": "info"}
    return tally(names, (i["severity"] for i in json.loads(report)))


class Page(html.parser.HTMLParser):
    """A page's findings; complains of what a report of ours never holds."""

    TAGS = {
        "html", "head", "meta", "style", "title", "body", "a", "header", "h1",
        "h2", "h3", "p", "div", "table", "thead", "tbody", "tr", "th", "td",
        "code", "span", "form", "fieldset", "legend", "label", "input",
        "select", "option", "button", "main", "details", "summary", "ol",
        "ul", "li", "pre", "mark", "footer", "script"}
    ATTRIBUTES = {
        "lang", "charset", "name", "content", "http-equiv", "class", "href",
        "role", "tabindex", "aria-label", "aria-live", "scope", "data-name",
        "hidden", "type", "value", "checked", "autocomplete", "id",
        "data-rule", "data-level", "open", "rel"}
    VOID = {"meta", "input"}

    def __init__(self):
        super().__init__()
        self.open, self.levels, self.flaws, self.marks = [], [], [], []
        self.scripts = 0

    def handle_starttag(self, tag, attrs):
        names = dict(attrs)
        if tag not in self.TAGS or set(names) - self.ATTRIBUTES:
            self.flaws.append("<%s %s>" % (tag, names))
        if not names.get("href", "http://").startswith(
                ("http://", "https://", "#findings")):
            self.flaws.append("a link to " + names["href"])
        if "data-level" in names:
            self.levels.append(names["data-level"])
        self.scripts += tag == "script"
        if tag not in self.VOID:
            self.open.append(tag)

    def handle_endtag(self, tag):
        if not self.open or self.open.pop() != tag:
            self.flaws.append("</%s> out of place" % tag)

    def handle_data(self, data):
        if "mark" in self.open:
            self.marks.append(data)
        if re.search("[\x00-\x08\x0b-\x1f\x7f\u202a-\u202e]", data):
            self.flaws.append("a control in %r" % data[:60])

    def handle_comment(self, data):
        self.flaws.append("a comment: " + data[:60])


def read_page(report):
    page = Page()
    page.feed(report.decode("utf-8"))
    page.close()
    return page


def of_html(report):
    return tally({s: s for s in SEVERITIES}, read_page(report).levels)


def of_markdown(report):
    return tally({s: s for s in SEVERITIES}, re.findall(
        r"^- \*\*(\w+)\*\* ", report.decode("utf-8"), re.M))


def of_assessment(report):
    return tally({s: s for s in SEVERITIES}, (
        entity["additionalType"] for entity in json.loads(report)
        if entity["@type"] == "Comment"))


READERS = {
    "assessment": of_assessment,
    "json": of_json, "text": of_text, "sarif": of_sarif, "junit": of_junit,
    "github": of_github, "gitlab": of_gitlab, "html": of_html,
    "markdown": of_markdown,
}
