# SPDX-License-Identifier: Apache-2.0
"""Metadata documents, contexts, shapes and profiles that mean harm."""
import json
import os

import suite

RULE = "[ro-crate-1.2/%s]"
CONTEXT = "https://w3id.org/ro/crate/1.2/context"
DESCRIPTOR = {
    "@id": "ro-crate-metadata.json", "@type": "CreativeWork",
    "about": {"@id": "./"},
    "conformsTo": {"@id": "https://w3id.org/ro/crate/1.2"}}
ROOT = {
    "@id": "./", "@type": "Dataset", "name": "A name",
    "description": "A description", "datePublished": "2024-01-01",
    "license": {"@id": "https://spdx.org/licenses/CC0-1.0"}}
LICENSE = {
    "@id": "https://spdx.org/licenses/CC0-1.0", "@type": "CreativeWork",
    "name": "CC0", "description": "No rights reserved"}
MANY = 100000  # fewer when every step is watched: see hostile.py


def crate(entities=(), context=CONTEXT, **root):
    """The text of a metadata document."""
    graph = [DESCRIPTOR, {**ROOT, **root}, LICENSE] + list(entities)
    return json.dumps({"@context": context, "@graph": graph})


def judged(text, status, words, *arguments):
    """A trap: a folder with this document alone."""
    def trap(trial, check):
        made = text() if callable(text) else text
        trial.write("crate/ro-crate-metadata.json", made)
        answer = trial.run("-p", "ro-crate-1.2", *arguments, "crate")
        check(trial, answer, status, words)
    return trap


def truncated(trial, check):
    whole = crate().encode()
    for size in range(len(whole)):
        trial.write("crate/ro-crate-metadata.json", whole[:size])
        answer = trial.run("-p", "ro-crate-1.2", "crate")
        check(trial, answer, 1, RULE % "doc-json")


def gigabyte(trial, check):
    pieces = 32 if trial.sanitized else 1000
    answer = trial.run("-", stdin=(b"[" * (1 << 20) for _ in range(pieces)))
    check(trial, answer, 2, "<stdin>:1:")


def endless(trial, check):
    if trial.sanitized:
        raise suite.Skip("a sanitizer takes too long over a gigabyte")
    answer = trial.run("-", stdin=(b" " * (1 << 20) for _ in range(1100)))
    check(trial, answer, 2, ["<stdin>", "larger than"])


def misplaced():
    """An array (or something else) where an object belongs, and so on."""
    sound = {"@context": CONTEXT, "@graph": [DESCRIPTOR, ROOT, LICENSE]}
    return [
        ("root", [sound]),
        ("root-text", "x"),
        ("graph", {**sound, "@graph": {"0": DESCRIPTOR}}),
        ("no-graph", {"@context": CONTEXT}),
        ("graph-null", {**sound, "@graph": None}),
        ("entity", {**sound, "@graph": [DESCRIPTOR, [ROOT], LICENSE]}),
        ("entity-text", {**sound, "@graph": [DESCRIPTOR, ROOT, LICENSE, "x"]}),
        ("id", {**sound, "@graph": [
            DESCRIPTOR, ROOT, LICENSE, {"@id": ["a"], "@type": "Thing"}]}),
        ("id-object", {**sound, "@graph": [
            DESCRIPTOR, ROOT, LICENSE, {"@id": {"@id": "a"}}]}),
        ("type", {**sound, "@graph": [
            DESCRIPTOR, ROOT, LICENSE, {"@id": "#a", "@type": {"a": 1}}]}),
        ("about", {**sound, "@graph": [
            {**DESCRIPTOR, "about": [[["./"]]]}, ROOT, LICENSE]}),
        ("license", {**sound, "@graph": [
            DESCRIPTOR, {**ROOT, "license": [["x"]]}, LICENSE]}),
        ("context", {**sound, "@context": [[[CONTEXT]]]}),
        ("context-number", {**sound, "@context": 5}),
        ("term", {**sound, "@context": [CONTEXT, {"a": ["b"]}]}),
    ]


def cyclic_contexts(trial, check):
    trial.write("maps/a.jsonld", json.dumps(
        {"@context": "http://cycle.example/b.jsonld"}))
    trial.write("maps/b.jsonld", json.dumps({"@context": [
        "http://cycle.example/a.jsonld", {"x": "http://x.example/"}]}))
    trial.write("crate/ro-crate-metadata.json",
                crate(context=[CONTEXT, "http://cycle.example/a.jsonld"]))
    answer = trial.run("-p", "ro-crate-1.2",
                       "--map", "http://cycle.example/=maps", "crate")
    check(trial, answer, 1, RULE % "doc-jsonld10")


def doubling_contexts(trial, check):
    """Each names the next twice: 2^30 loads, were there no ceiling."""
    for i in range(30):
        trial.write("maps/%d" % i, json.dumps({"@context": [
            "http://d.example/%d" % (i + 1)] * 2}))
    trial.write("maps/30", '{"@context": {}}')
    trial.write("crate/ro-crate-metadata.json",
                crate(context=[CONTEXT, "http://d.example/0"]))
    answer = trial.run("-p", "ro-crate-1.2", "--map", "http://d.example/=maps",
                       "crate")
    if answer.status == 0:
        raise AssertionError("passed")
    check(trial, answer, answer.status, "context")


def escaping_map(trial, check):
    trial.write("secret", '{"@context": {"stolen": "http://s.example/"}}')
    trial.write("maps/here", "{}")
    os.symlink(trial.path("secret"), trial.path("maps", "link"))
    for way in ("../secret", "%2e%2e/secret", "..%2fsecret", "link",
                "/../secret", "here/../../secret"):
        trial.write("crate/ro-crate-metadata.json",
                    crate([{"@id": "#x", "@type": "Thing", "name": "x",
                            "stolen": "x"}],
                          [CONTEXT, "http://m.example/" + way]))
        answer = trial.run("-p", "ro-crate-1.2",
                           "--map", "http://m.example/=maps", "crate")
        check(trial, answer, 1, RULE % "doc-jsonld10")


def broken_profiles(trial, check):
    prefix = ("@prefix prof: <http://www.w3.org/ns/dx/prof/> .\n"
              "<http://p> a prof:Profile")
    shapes = ['x', prefix, prefix + " .", prefix + ' ; prof:hasToken 5 .',
              prefix + ' ; prof:hasToken "" .', "\xff", "\0"]
    for i, text in enumerate(shapes):
        trial.write("p%d/x/1/profile.ttl" % i, text)
        answer = trial.run("--profiles-path", "p%d" % i, "--list-profiles")
        if text.startswith(prefix) and "5" in text and answer.status == 0:
            continue  # a number makes a token too
        check(trial, answer, 2, "p%d" % i)
    os.makedirs(trial.path("d/x/1/profile.ttl"))
    check(trial, trial.run("--profiles-path", "d", "--list-profiles"), 2, "d")
    os.makedirs(trial.path("l/x/1"))
    os.symlink("/etc/passwd", trial.path("l/x/1/profile.ttl"))
    check(trial, trial.run("--profiles-path", "l", "--list-profiles"), 2, "l")


SCRIPT = '<script type="application/ld+json">%s</script>'


def previewed(document, head, words):
    """A trap: a crate of 1.1 whose preview has this in its head."""
    def trap(trial, check):
        trial.write("crate/ro-crate-metadata.json", document())
        trial.write("crate/ro-crate-preview.html",
                    "<!DOCTYPE html><html><head><title>x</title>" + head())
        answer = trial.run("-p", "ro-crate-1.1", "crate")
        check(trial, answer, 1, words)
    return trap


PREVIEWS = [
    ("no-graph", lambda: "{}", lambda: SCRIPT % '{"@graph": []}'),
    ("deep", crate, lambda: SCRIPT % ("[" * 10000)),
    ("open", crate, lambda: SCRIPT[:-9] % crate()[:-1]),
    ("many", lambda: crate(name=list(range(MANY))),
     lambda: SCRIPT % '{"@graph": []}' * MANY),
    ("attributes", crate,
     lambda: "<script %s>" % " ".join("a%d=%d" % (i, i) for i in range(MANY))),
    ("unclosed", crate, lambda: "<script" * MANY),
    ("quotes", crate, lambda: "<script a=\"" * MANY),
    ("comments", crate, lambda: "<!--" * MANY),
    ("links", crate, lambda: "".join(
        '<link rel="stylesheet" href="%d.css">' % i for i in range(MANY))),
]


def part(name, **more):
    return {"@id": name, "@type": "File", "name": name,
            "description": "one of many", "encodingFormat": "text/plain",
            **more}


def missing_files():
    names = ["f%d.txt" % i for i in range(MANY)]
    return crate((part(n) for n in names),
                 hasPart=[{"@id": n} for n in names])


def chain():
    """Datasets, each the only part of the one before."""
    names = ["d%d/" % i for i in range(MANY)]
    return crate(({"@id": n, "@type": "Dataset", "name": n,
                   "hasPart": {"@id": m}}
                  for n, m in zip(names, names[1:] + names[:1])),
                 hasPart={"@id": names[0]})


def nested(opening, closing, depth):
    return crate().replace('"A name"', opening * depth + "1" + closing * depth)


def blank_cycle():
    return crate({"@id": "_:b%d" % i, "@type": "Thing", "name": "b",
                  "knows": {"@id": "_:b%d" % ((i * 7 + 1) % MANY)}}
                 for i in range(MANY))


# Name, document, exit status, rule that must be named.
SIZES = [
    ("duplicate-keys", lambda: '{"@graph": [], %s}' % ",".join(
        ['"a": 1'] * (10 * MANY)), 1, "doc-json"),
    ("undefined-keys", lambda: crate([{
        "@id": "#x", "@type": "Thing", "name": "x",
        **{"undefined%d" % i: i for i in range(MANY)}}]),
     1, "ctx-extension-terms"),
    ("undefined-keys-apart", lambda: crate(
        {"@id": "#%d" % i, "@type": "Thing", "name": "x", "undef%d" % i: i}
        for i in range(MANY)), 1, "ctx-extension-terms"),
    ("undefined-beside-defined", lambda: crate([{
        "@id": "#x", "@type": "Thing", "name": "x",
        **{"undefined%d" % i: i for i in range(MANY // 2)}}],
        [CONTEXT, {"t%d" % i: "http://t.example/%d" % i
                   for i in range(MANY // 2)}]), 1, "ctx-extension-terms"),
    ("missing-files", missing_files, 1, "file-attached-present"),
    ("one-id", lambda: crate([part("a.txt")] * MANY, hasPart={"@id": "a.txt"}),
     1, "ent-unique-id"),
    ("one-part", lambda: crate([part("a.txt")], hasPart=[
        {"@id": "a.txt"}] * (2 * MANY)), 1, "file-attached-present"),
    ("parts-without-entities", lambda: crate(
        hasPart=[{"@id": "%d" % i} for i in range(2 * MANY)]), 0, ""),
    ("chain", chain, 1, "ro-crate-1.2/"),
    ("blank-cycle", blank_cycle, 0, ""),
    ("no-ids", lambda: crate([{"@type": "Thing"}] * MANY), 1, "ro-crate-1.2/"),
    ("no-types", lambda: crate({"@id": "#%d" % i} for i in range(MANY)),
     1, "ro-crate-1.2/"),
    ("values", lambda: crate(name=["n%d" % i for i in range(2 * MANY)]), 0, ""),
    ("types", lambda: crate([{"@id": "#x", "name": "x", "@type": [
        "T%d" % i for i in range(MANY)]}]), 1, "ctx-extension-terms"),
    ("many-contexts", lambda: crate(context=[CONTEXT] + [
        {"t%d" % i: "http://t.example/%d" % i} for i in range(MANY // 2)]),
     0, ""),
    ("one-context-often", lambda: crate(context=[CONTEXT] * 50000), 1, ""),
    ("unknown-contexts", lambda: crate(context=[CONTEXT] + [
        "http://u.example/%d" % i for i in range(MANY // 2)]),
     0, "not checked"),
    ("long-id", lambda: crate([part("x" * (50 * MANY))], hasPart={
        "@id": "x" * (50 * MANY)}), 1, "file-attached-present"),
    ("slashes", lambda: crate([part("a/" * (10 * MANY) + "b")], hasPart={
        "@id": "a/" * (10 * MANY) + "b"}), 1, "file-attached-present"),
    ("dots", lambda: crate([part("../" * (10 * MANY) + "b")]),
     1, "ro-crate-1.2/"),
    ("percents", lambda: crate([part("%41" * (10 * MANY))]),
     1, "ro-crate-1.2/"),
    ("lists", lambda: nested('{"@list":[', "]}", 200), 1, ""),
    ("lists-deep", lambda: nested('{"@list":[', "]}", 1000), 2, ": error: "),
]


def big(make, status, words):
    """Ends soon, and as it must."""
    def trap(trial, check):
        trial.write("crate/ro-crate-metadata.json", make())
        answer = trial.run("-p", "ro-crate-1.2", "crate")
        check(trial, answer, status, words)
    return trap


def traps():
    yield "not-json", judged("hello", 1, RULE % "doc-json")
    yield "empty", judged("", 1, RULE % "doc-json")
    yield "only-spaces", judged(" " * 100000, 1, RULE % "doc-json")
    yield "truncated", truncated
    yield "deep-arrays", judged(
        "[" * 10000 + "]" * 10000, 2, "ro-crate-metadata.json:1:")
    yield "deep-objects", judged(
        '{"a":' * 10000 + "1" + "}" * 10000, 2, "ro-crate-metadata.json:1:")
    yield "deep-value", judged(
        lambda: nested("[", "]", 10000), 2, "ro-crate-metadata.json:1:")
    yield "gigabyte", gigabyte
    yield "endless", endless
    for name, text in (("latin-1", b"\xe9"), ("overlong", b"\xc0\xaf"),
                       ("surrogate", b"\xed\xa0\x80"), ("cut", b"\xe2\x82"),
                       ("above", b"\xf4\x90\x80\x80")):
        yield "utf-8-" + name, judged(
            crate().encode().replace(b"A name", text), 1, RULE % "doc-utf8")
    yield "nul-byte", judged(
        crate().encode().replace(b"A name", b"\0"), 1, RULE % "doc-json")
    yield "nul-key", judged(
        crate([{"@id": "#x", "@type": "Thing", "name": "x", "a\0b": 1}]),
        1, RULE % "ctx-extension-terms")
    yield "nul-id", judged(crate([part("a\0b")], hasPart={"@id": "a\0b"}),
                           1, "ro-crate-1.2/")
    yield "steering", judged(
        crate([part("a\x1b[31m\nb\u202e\x9b\x07"),
               {"@id": "#x", "@type": "\x1b]0;x\x07", "\x1b[2J": 1}]),
        1, "\\x1B")
    yield "long-name", judged(
        crate([part("n" * 5000)], hasPart={"@id": "n" * 5000}), 1, "data-")
    for name, document in misplaced():
        yield "misplaced-" + name, judged(
            json.dumps(document), 1, "ro-crate-1.2/")
    yield "cyclic-contexts", cyclic_contexts
    yield "doubling-contexts", doubling_contexts
    yield "escaping-map", escaping_map
    yield "broken-profiles", broken_profiles
    for name, document, head in PREVIEWS:
        yield "preview-" + name, previewed(document, head, "ro-crate-1.1/")
    for name, make, status, words in SIZES:
        yield "size-" + name, big(make, status, words)
