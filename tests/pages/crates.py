# SPDX-License-Identifier: Apache-2.0
"""Crates to make pages of, and how pages are read."""
import glob
import json
import os
import sys
import xml.etree.ElementTree as xml

TESTS = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
sys.path.insert(0, os.path.join(TESTS, "suites"))
sys.path.insert(0, os.path.join(TESTS, "reports"))
import samples  # noqa: E402
import suite  # noqa: E402

XHTML = "{http://www.w3.org/1999/xhtml}"
SVG = "{http://www.w3.org/2000/svg}"
EXAMPLES = os.path.join(suite.ROOT, "docs", "examples")
NAME = "ro-crate-metadata.json"


def convert(context, form, path, *words, **keywords):
    """What the program writes, as text."""
    answer = context.convert("--to", form, *words, path, **keywords)
    if answer.status != 0 or answer.crashed():
        raise RuntimeError(answer.complaint())
    return answer.out.decode("utf-8")


def parse(page):
    """A page as a tree of XML: what is well-formed there is so as HTML."""
    return xml.fromstring(page)


def tag(element):
    return element.tag.rsplit("}", 1)[-1]


def names():
    """Examples of ours, by path."""
    return [os.path.join(EXAMPLES, name)
            for name in ("digit-classifier", "soil-moisture", "flawed",
                         "meadow")]


def shared(context):
    """Published documents of provenance, where they are."""
    root = os.path.join(context.shared, "samples", "provenance")
    return sorted(glob.glob(os.path.join(root, "wrroc-*", "*.json")) +
                  glob.glob(os.path.join(root, "prov", "*.provn")) +
                  glob.glob(os.path.join(root, "prov", "cwlprov-ml-predict",
                                         "*.provn")))


def nested():
    """Entities in entities, with and without @id."""
    return samples.crate(
        {"name": "nested", "author": {
            "@id": "#a", "@type": "Person", "name": "Ada",
            "address": {"@type": "PostalAddress", "addressCountry": "GB"}}},
        samples.entity("#place", "Place", geo={"@id": "#geo"}),
        samples.entity("#geo", "GeoCoordinates", latitude=1.5,
                       longitude="2.5"))


def hostile():
    """Names that want to be markup, links or commands; a run of them."""
    nasty = samples.NASTY
    others = [samples.entity("#" + text, ["Thing", text], name=text,
                             license=text, **{"x" + text: text})
              for text in nasty]
    others += [samples.entity(text, "File", name=text, contentSize=text,
                              encodingFormat={"@id": text}) for text in nasty]
    others += [
        samples.entity("#run", "CreateAction", name="\"];x \\N <b>",
                       agent=[{"@id": t} for t in nasty],
                       object=[{"@id": t} for t in nasty],
                       result=[{"@id": "#m"}, {"@id": "#run"},
                               {"@id": "C:\\x"}, {"@id": "../../etc/passwd"},
                               {"@id": "//evil.example/x"}]),
        samples.entity("#m", "PropertyValue", name="<i>loss</i>",
                       value="-1e308"),
        samples.entity("#m2", "PropertyValue", name="<i>gain</i>",
                       value=1e308),
        samples.entity("../../etc/passwd", "File", name="passwd"),
        samples.entity("#run2", "CreateAction", result={"@id": "#m2"})]
    root = {"name": nasty[0], "description": "".join(nasty),
            "datePublished": "".join(nasty), "license": nasty[1],
            "hasPart": [{"@id": t} for t in nasty],
            "author": [{"@id": t} for t in nasty] + nasty,
            "citation": "javascript:alert(9)", "url": "JAVASCRIPT:alert(9)",
            "": "empty"}
    return samples.crate(root, *others)


def large(count):
    """Many files and runs."""
    files = [samples.entity("f/%d.csv" % i, "File", name="File %d" % i,
                            contentSize=str(i)) for i in range(count)]
    runs = [samples.entity("#run-%d" % i, "CreateAction",
                           object={"@id": "f/%d.csv" % i},
                           result={"@id": "f/%d.csv" % (i + 1)},
                           agent={"@id": "#ada"})
            for i in range(0, count - 1, 2)]
    return samples.crate(
        {"name": "large", "hasPart": [{"@id": f["@id"]} for f in files]},
        samples.entity("#ada", "Person", name="Ada"), *files, *runs)


def write(folder, name, document):
    """A crate in a folder of its own; the path of the folder."""
    path = os.path.join(folder, name)
    os.makedirs(path, exist_ok=True)
    with open(os.path.join(path, NAME), "w", encoding="utf-8") as file:
        json.dump(document, file)
    return path
