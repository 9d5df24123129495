#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""crate-convert --upgrade: the claim changes, the statements do not, and
crate-validate agrees that the crate is one of the later version."""
import glob
import json
import os
import re
import shutil
import sys
import tempfile

sys.path.insert(0, os.path.join(os.path.dirname(os.path.dirname(
    os.path.abspath(__file__))), "suites"))
import suite  # noqa: E402

BASE = "https://example.org/crate/ro-crate-metadata.json"
NAME = "ro-crate-metadata.json"
EXAMPLES = os.path.join(suite.ROOT, "docs", "examples")
OTHER = "https://w3id.org/workflowhub/workflow-ro-crate/1.0"
VERSIONS = ("1.0", "1.1", "1.2", "1.3")
CLAIM = re.compile(r"(<http://purl.org/dc/terms/conformsTo> "
                   r"<https?://w3id.org/ro/crate/)[\d.]+[^>]*>")


def convert(context, document, *words):
    answer = context.convert("--from", "jsonld", "--base", BASE, *words, "-",
                             stdin=document)
    if answer.status != 0 or answer.crashed():
        raise RuntimeError(answer.complaint())
    return answer.out


def statements(context, document):
    """Canonical N-Quads, whichever version is claimed, and however the
    document is called."""
    text = convert(context, document, "--to", "nquads").decode("utf-8")
    text = text.replace("ro-crate-metadata.jsonld", NAME)
    plain = CLAIM.sub(r"\g<1>X>", text).encode("utf-8")
    answer = context.convert("--to", "canonical", "--from", "nquads", "-",
                             stdin=plain)
    if answer.status != 0:
        raise RuntimeError(answer.complaint())
    return answer.out


def as_of(version, text):
    """A document's text with another version in context and claim."""
    text = re.sub(r"w3id\.org/ro/crate/1\.\d", "w3id.org/ro/crate/" + version,
                  text)
    return text.replace(NAME, NAME + "ld") if version == "1.0" else text


def example(name, version):
    with open(os.path.join(EXAMPLES, name, NAME), encoding="utf-8") as file:
        return as_of(version, file.read()).encode("utf-8")


def claims_of(document):
    """What the descriptor conforms to, sorted."""
    claims = [e["conformsTo"] for e in document["@graph"]
              if e["@id"] == NAME][0]
    return sorted(c["@id"] for c in (claims if isinstance(claims, list)
                                     else [claims]))


def upgraded(context, before, version):
    """The flaw of an upgrade, or None."""
    after = convert(context, before, "--upgrade", version)
    document = json.loads(after)
    claim = "https://w3id.org/ro/crate/" + version
    contexts = document["@context"]
    contexts = contexts if isinstance(contexts, list) else [contexts]
    said = [c for c in claims_of(document) if "/ro/crate/" in c]
    if said != [claim] or contexts[0] != claim + "/context":
        return "claims %s, by %s" % (said, contexts[0])
    if statements(context, before) != statements(context, after):
        return "other statements"
    again = context.convert("--from", "jsonld", "--base", BASE, "--upgrade",
                            version, "-", stdin=after)
    return None if again.status == 2 and "already" in again.err \
        else "upgraded twice"


def keeps_statements(context, name, before, version):
    return suite.Case("upgrade", name,
                      lambda: upgraded(context, before, version))


def judged(context, folder, name, start, version):
    """A crate that conformed conforms to the later version, too."""
    def run():
        target = os.path.join(folder, "%s-%s-%s" % (name, start, version))
        shutil.copytree(os.path.join(EXAMPLES, name), target)
        os.remove(os.path.join(target, NAME))
        after = convert(context, example(name, start), "--upgrade", version)
        with open(os.path.join(target, NAME), "wb") as file:
            file.write(after)
        answer = context.call("crate-validate", "-f", "json", target)
        crate = json.loads(answer.out)["crates"][0]
        return None if answer.status == 0 else "%s" % sorted(
            {f["rule"] for f in crate["findings"]})
    return suite.Case("upgrade", "judged/%s/%s-to-%s" % (name, start, version),
                      run)


def published(context):
    """Crates of others, of versions 1.0 and 1.1."""
    root = os.path.join(context.shared, "samples", "provenance")
    for path in sorted(glob.glob(os.path.join(root, "wrroc-*", "*.json"))):
        with open(path, "rb") as file:
            before = file.read()
        if b"ro/crate/1.1" in before and b"ro/crate/1.2" not in before:
            name = "/".join(path.split(os.sep)[-2:])
            yield keeps_statements(context, "published/" + name, before, "1.3")


def own_terms(context):
    """The author's terms stay behind the version's context; a version's
    context that is named twice is named once."""
    def run():
        contexts = ["https://w3id.org/ro/crate/1.1/context",
                    "https://w3id.org/ro/crate/1.0/context",
                    {"t": "https://example.org/t"}]
        before = json.dumps({"@context": contexts, "@graph": [
            {"@id": NAME, "@type": "CreativeWork", "about": {"@id": "./"},
             "conformsTo": [{"@id": "https://w3id.org/ro/crate/1.1"},
                            {"@id": OTHER}]},
            {"@id": "./", "@type": "Dataset", "t": 1, "lost": 2}]})
        answer = context.convert("--from", "jsonld", "--base", BASE,
                                 "--upgrade", "1.2", "-",
                                 stdin=before.encode("utf-8"))
        after = json.loads(answer.out)
        if after["@context"] != ["https://w3id.org/ro/crate/1.2/context",
                                 contexts[2]]:
            return "context %s" % after["@context"]
        if claims_of(after) != ["https://w3id.org/ro/crate/1.2", OTHER]:
            return "claims %s" % claims_of(after)
        return None if after["@graph"][1]["t"] == 1 and \
            "[dropped-key]" in answer.err else "terms are lost: " + answer.err
    return suite.Case("upgrade", "own-terms", run)


def cases(context, folder):
    for start in VERSIONS:
        for version in VERSIONS:
            if start < version:
                for name in ("soil-moisture", "digit-classifier"):
                    yield keeps_statements(
                        context, "%s/%s-to-%s" % (name, start, version),
                        example(name, start), version)
                yield judged(context, folder, "soil-moisture", start, version)
    yield judged(context, folder, "digit-classifier", "1.2", "1.3")
    yield own_terms(context)
    yield from published(context)


def main():
    with tempfile.TemporaryDirectory() as folder:
        return suite.main("upgrade", lambda context: cases(context, folder))


if __name__ == "__main__":
    sys.exit(main())
