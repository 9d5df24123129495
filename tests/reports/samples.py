# SPDX-License-Identifier: Apache-2.0
"""Crates to report on: the examples, and crates that mean mischief."""
import json
import os

# What some format or other would obey.
NASTY = [
    "<script>alert(1)</script>", "\"><img src=x onerror=alert(1)>",
    "</script><script>alert(2)</script>", "]]>", "<!--", "&lt;b&gt;&amp;",
    "'onmouseover='alert(3)", "\n::error file=x::owned", "::warning::owned",
    "##[set-env name=X]owned", "%0A::error::owned", "%25%0D%0A",
    "[link](https://evil.example/)", "![i](https://evil.example/i.png)",
    "| a | b |\n|---|---|", "```\ncode", "`tick`", "**bold** _em_ ~~s~~",
    "@octocat #1 GH-1 www.evil.example", "\n# heading\n- item\n> quote",
    "\x1b[31mred\x1b[0m", "nul\\u0000", "bell\x07 tab\t cr\r",
    "\u202eright to left\u202c", "\u2028 \u2029", "\ufffe\uffff", "😀 é ☃",
    "javascript:alert(4)", "https://evil.example/\"onclick=\"alert(5)",
    "a\\", "a\\\"", "{{ 7*7 }} ${7*7}",
]


def entity(identifier, kind, **properties):
    return {"@id": identifier, "@type": kind, **properties}


def crate(root, *others):
    """A document of RO-Crate 1.2."""
    descriptor = entity("ro-crate-metadata.json", "CreativeWork",
                        about={"@id": "./"}, conformsTo={
                            "@id": "https://w3id.org/ro/crate/1.2"})
    return {"@context": "https://w3id.org/ro/crate/1.2/context",
            "@graph": [descriptor, entity("./", "Dataset", **root), *others]}


def one_line(folder):
    """A document on one line, with more bytes than characters."""
    entities = [entity("é%d.txt" % i, "File", name="né", auther="☃")
                for i in range(40)]
    root = {"name": "né", "datePublished": "yesterday",
            "hasPart": [{"@id": e["@id"]} for e in entities]}
    return write(folder, json.dumps(crate(root, *entities),
                                    ensure_ascii=False))


def write(folder, document):
    os.makedirs(folder, exist_ok=True)
    path = os.path.join(folder, "ro-crate-metadata.json")
    with open(path, "w", encoding="utf-8") as file:
        file.write(document if isinstance(document, str)
                   else json.dumps(document, indent=1, ensure_ascii=False))
    return folder


def hostile(folder):
    """Every nasty text as name, identifier, property, type and date."""
    others = [entity("#" + text, ["Thing", text], name=text, license=text,
                     **{"x" + text: text}) for text in NASTY]
    others += [entity(text, "File", name=text) for text in NASTY]
    root = {"name": NASTY[0], "datePublished": "".join(NASTY),
            "license": NASTY[1], "hasPart": [{"@id": t} for t in NASTY],
            "author": [{"@id": t} for t in NASTY], "": "empty"}
    return write(folder, crate(root, *others))


def many(folder, count):
    """A crate with at least that many findings."""
    others = [entity("part-%d.txt" % i, "File", author="nobody %d" % i)
              for i in range(count)]
    root = {"name": "many", "description": "many", "license": "none",
            "datePublished": "2024-01-01",
            "hasPart": [{"@id": e["@id"]} for e in others]}
    return write(folder, crate(root, *others))


def all_of(folder, examples):
    """Name and paths of each sample; the paths are relative to the folder."""
    samples = {name: [os.path.join(examples, name)]
               for name in ("flawed", "soil-moisture", "digit-classifier")}
    hostile(os.path.join(folder, "hostile"))
    hostile(os.path.join(folder, "we\"ird <b> &'%41,:x\n::error::[a](b) ##[x"))
    many(os.path.join(folder, "many"), 300)
    write(os.path.join(folder, "not-json"), "{\"@graph\": [<b>")
    write(os.path.join(folder, "empty"), "{}")
    one_line(os.path.join(folder, "one-line"))
    for name in ("hostile", "many", "one-line", "not-json", "empty"):
        samples[name] = [name]
    samples["hostile-path"] = [next(
        n for n in os.listdir(folder) if n.startswith("we"))]
    samples["several"] = samples["flawed"] + ["hostile", "empty"]
    return samples
