# SPDX-License-Identifier: Apache-2.0
"""Documents of Croissant as they should not be: each is found fault with, at
its place, and the same way twice."""
import base64
import copy
import hashlib
import json
import os
import re

import suite

MANY = 20000  # fewer when every step is watched: see hostile.py
RULE = "[croissant-1.1/%s]"
# A line of a report shows so much of the document, and the words around it.
LONGEST_LINE = 1000


def sound():
    path = os.path.join(suite.ROOT, "docs", "examples", "meadow",
                        "croissant.json")
    with open(path, encoding="utf-8") as file:
        return json.load(file)


def changed(change):
    """The sound document after a change, as text."""
    document = copy.deepcopy(sound())
    change(document)
    return json.dumps(document)


def said_twice(trial, check, name, status, words):
    """Judge a file, twice: the answer is the same, and no line is endless."""
    answer = trial.run(name)
    check(trial, answer, status, words)
    again = trial.run(name)
    if (again.status, again.out) != (answer.status, answer.out):
        raise AssertionError("another answer on the next run")
    longest = max(len(line) for line in answer.out.split(b"\n"))
    if longest > LONGEST_LINE:
        raise AssertionError("a line of %d bytes" % longest)
    return answer


def document(text, words, status=1, place=None):
    """A trap: this document; `place` is the line and column of a finding."""
    def trap(trial, check):
        trial.write("croissant.json", text() if callable(text) else text)
        answer = said_twice(trial, check, "croissant.json", status, words)
        if place and ("croissant.json:%d:%d: " % place).encode() \
                not in answer.out:
            raise AssertionError("not at %s: %s" % (place, answer.out[:300]))
    return trap


def page(body, words, status=1):
    def trap(trial, check):
        trial.write("page.html", body() if callable(body) else body)
        said_twice(trial, check, "page.html", status, words)
    return trap


def script(text, end="</script>"):
    return '<script type="application/ld+json">%s%s' % (text, end)


def broken_key():
    return changed(lambda d: d["recordSet"][0]["key"].update(
        {"@id": "plants/nobody"}))


# Markup as pages have it, with the one script in it.
PAGES = [
    ("unclosed-tags", lambda: "<html><head><div><p class=x <b>" +
     script(broken_key()) + "<p>&nbsp;<table><tr>"),
    ("quotes-left-open", lambda: "<html><body><p title=\"a>\n" +
     "</p>\"><img alt='<script>'>" + script(broken_key())),
    ("comment-left-open", lambda: "<html><!-- " + "x" * 500 + " -->" +
     script(broken_key()) + "<!-- and no end"),
    ("script-in-a-script", lambda: "<html><script>'<script type=x>'</script>" +
     script(broken_key())),
    ("no-html-at-all", lambda: "<head>" + script(broken_key())),
    ("script-without-an-end", lambda: "<html>" + script(broken_key(), "")),
]


def truncated(trial, check):
    """JSON-LD that a page cuts off, wherever it does."""
    whole = script(json.dumps(sound()))
    start = whole.index("{")
    for size in list(range(start, start + 40)) + \
            list(range(start + 40, len(whole) - 10, 331)):
        trial.write("page.html", "<html><body>" + whole[:size] + "</script>")
        answer = trial.run("page.html")
        check(trial, answer, 1, ["page.html:1:", RULE % "doc-json" if size > start + 100
                                   else "/doc-json]"])


def one_line(trial, check):
    """A document of 60 kB in one line: what is shown of it is short."""
    def change(d):
        d["description"] = "A meadow. " * 6000
        d["recordSet"][0]["key"]["@id"] = "plants/nobody"
        d["license"] = "Public"
    text = changed(change)
    assert len(text) > 60000 and "\n" not in text
    trial.write("croissant.json", text)
    answer = said_twice(trial, check, "croissant.json", 1,
                        [RULE % "recordset-key", RULE % "dataset-license-type"])
    column = text.index("plants/nobody") - len('{"@id": "')
    for line in answer.out.decode().split("\n"):
        found = re.match(r"croissant\.json:1:(\d+): .*recordset-key", line)
        if found and abs(int(found.group(1)) - 1 - column) > 1:
            raise AssertionError("at column %s, not %d" % (found.group(1),
                                                           column + 1))
    if b"nobody" not in answer.out or b"^" not in answer.out:
        raise AssertionError("the excerpt misses its place")


def digest(form, words):
    raw = hashlib.sha256(b"meadow").digest()

    def change(d):
        d["distribution"][0]["sha256"] = form(raw)
    return document(lambda: changed(change), words)


def licence(d):
    d["license"] = "Public"


def twice_named(d):
    d["recordSet"].append(copy.deepcopy(d["recordSet"][0]))
    d["distribution"][1]["@id"] = d["distribution"][0]["@id"]


def many_twins(d):
    field = d["recordSet"][0]["field"][0]
    d["recordSet"][0]["field"] += [dict(field) for _ in range(MANY)]


def two_roots():
    own = sound()
    context = own.pop("@context")
    return json.dumps({"@context": context, "@graph": [
        dict(own, **{"@id": "one"}), dict(own, **{"@id": "two"})]})


def regex(text):
    def change(d):
        d["recordSet"][0]["field"][1]["source"]["transform"] = {"regex": text}
    return lambda: changed(change)


def exploding_pattern(trial, check):
    """A shape of one's own whose pattern explodes over a value: it gives up,
    says so, and nothing passes."""
    trial.write("shapes.ttl", """
@prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix schema: <http://schema.org/> .
<urn:shape> a sh:NodeShape ; sh:targetClass schema:Dataset ;
  sh:property [ sh:path schema:name ; sh:pattern "^(a+)+$" ] .
""")
    trial.write("croissant.json", changed(
        lambda d: d.update(name="a" * 5000 + "b")))
    answer = trial.run("--shapes", "shapes.ttl", "croissant.json")
    check(trial, answer, 2, "not checked")


def traps():
    for name, body in PAGES:
        yield "croissant-page-" + name, page(body, RULE % "recordset-key")
    yield "croissant-page-truncated", truncated
    yield "croissant-page-without-metadata", page(
        "<html><p>nothing</p></html>", ": error: ", 2)
    yield "croissant-one-line", one_line
    yield "croissant-not-json", document("nope", RULE % "doc-json",
                                         place=(1, 1))
    yield "croissant-cut-off", document(
        json.dumps(sound())[:1500], RULE % "doc-json", place=(1, 1501))
    yield "croissant-base64-digest", digest(
        lambda raw: base64.b64encode(raw).decode(), RULE % "file-sha256-form")
    yield "croissant-digest-of-url", digest(
        lambda raw: "https://example.org/issues/80", RULE % "file-sha256-form")
    yield "croissant-licence-public", document(
        lambda: changed(licence), RULE % "dataset-license-type")
    yield "croissant-twins", document(
        lambda: changed(twice_named), RULE % "id-unique")
    yield "croissant-many-twins", document(
        lambda: changed(many_twins), RULE % "id-unique")
    yield "croissant-two-roots", two_root_candidates
    yield "croissant-regex-exploding", document(
        regex("^(a+)+$(?=.*(b+)*)+"), "croissant-1.1", 1)
    yield "croissant-regex-large", document(
        regex("(a{1000}){1000}" * 3), RULE % "transform-captures")
    yield "croissant-regex-deep", document(
        regex("(" * 5000 + "a" + ")" * 5000), RULE % "transform-regex")
    yield "croissant-pattern-exploding", exploding_pattern


def two_root_candidates(trial, check):
    """Of two that are alike the first, always; the other one is named."""
    trial.write("croissant.json", two_roots())
    answers = {trial.run("-s", "info", "croissant.json").out
               for _ in range(5)}
    if len(answers) != 1:
        raise AssertionError("%d answers" % len(answers))
    other = trial.run("-s", "info", "--root", "two", "croissant.json")
    for out, name in ((answers.pop(), b"two"), (other.out, b"one")):
        if b"entity: " + name not in out or b"dataset-alone]" not in out:
            raise AssertionError("does not name %s: %s" % (name, out[:300]))
    none = trial.run("--root", "three", "croissant.json")
    check(trial, none, 1, RULE % "dataset-present")
