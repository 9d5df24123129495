#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Documents that are no RDF: CITATION.cff, DataCite, model cards.

What is read and written again says the same, in each syntax of its kind; what
is written is valid by the published schemas, where they are at hand, and read
alike by readers of others.
"""
import glob
import json
import os
import subprocess
import sys
import tempfile

sys.path.insert(0, os.path.join(os.path.dirname(os.path.dirname(
    os.path.abspath(__file__))), "suites"))
import suite  # noqa: E402

HERE = os.path.join(suite.ROOT, "tests", "cases", "documents")

# Kinds that say the same, and the samples that each is read from.
KINDS = (
    ("cff", "*.cff", ("cff",)),
    ("datacite-xml", "*.datacite.xml", ("datacite-xml", "datacite-json")),
    ("model-card", "*.md", ("model-card",)),
)


def convert(context, form, syntax, path, **words):
    answer = context.convert("--to", form, "--from", syntax, path, **words)
    if answer.status != 0 or answer.crashed():
        raise RuntimeError(answer.complaint())
    return answer


def around(context, syntax, path, other):
    """By way of another syntax; what it has no place for is told."""
    def run():
        before = convert(context, "canonical", syntax, path)
        written = convert(context, other, syntax, path)
        after = convert(context, "canonical", other, "-", stdin=written.out)
        if "has no place" in written.err or "have no place" in written.err:
            return None if before.out != after.out else "told for nothing"
        return None if before.out == after.out else "says something else"
    return run


def valid_xml(context, path, schema, syntax="datacite-xml"):
    def run():
        written = convert(context, "datacite-xml", syntax, path).out
        done = subprocess.run(["xmllint", "--noout", "--nonet", "--schema",
                               schema, "-"], input=written,
                              capture_output=True, check=False)
        return done.stderr.decode() if done.returncode else None
    return run


def load_yaml(text):
    try:
        import yaml
    except ImportError:
        raise suite.Skip("python3-yaml is not installed") from None
    return yaml.safe_load(text)


def read_alike(context, syntax, path):
    """PyYAML, which goes by YAML 1.1, finds in what we wrote what we found in
    what we read, but for comments, order and spelling."""
    def run():
        with open(path, encoding="utf-8") as file:
            text = file.read()
        written = convert(context, syntax, syntax, path).out.decode()
        if syntax == "model-card":
            text, written = (t.split("---\n")[1] for t in (text, written))
        before, after = load_yaml(text), load_yaml(written)
        return None if plain(before) == plain(after) else "%r, now %r" % (
            before, after)

    def plain(value):
        if isinstance(value, dict):
            return {key: plain(item) for key, item in value.items()}
        if isinstance(value, list):
            return [plain(item) for item in value]
        return str(value)
    return run


def valid_cff(context, path, schema, syntax="cff"):
    def run():
        try:
            import jsonschema
        except ImportError:
            raise suite.Skip("python3-jsonschema is not installed") from None
        written = load_yaml(convert(context, "cff", syntax, path).out)
        with open(schema, encoding="utf-8") as file:
            validator = jsonschema.Draft7Validator(json.load(file))
        return "; ".join(e.message for e in validator.iter_errors(written)) \
            or None
    return run


def tells_what_is_missing(context, path):
    """Nobody is said to be an author: nobody is made one."""
    def run():
        told = convert(context, "cff", "jsonld", path).err
        return None if '"authors" has to be there' in told else told
    return run


def refused(context, name, syntax, text, status, told):
    def run():
        with tempfile.TemporaryDirectory() as scratch:
            out = os.path.join(scratch, "out")
            answer = context.convert("--to", "turtle", "--from", syntax, "-o",
                                     out, "-", stdin=text)
            if answer.status != status or told not in answer.err:
                return "%d: %s" % (answer.status, answer.err)
            return "left a file" if os.listdir(scratch) else None
    return suite.Case("documents", "refused:" + name, run)


def kept(context):
    """A result that fails late leaves an old file as it was; one that does not
    takes its place, behind a link too, and its mode."""
    def run():
        line = b"<http://e/s> <http://e/p> \"%s\" .\n" % (b"x" * 1000)
        with tempfile.TemporaryDirectory() as scratch:
            out = os.path.join(scratch, "out.nt")
            link = os.path.join(scratch, "link.nt")
            with open(out, "wb") as file:
                file.write(b"old")
            os.chmod(out, 0o640)
            os.symlink("out.nt", link)
            words = ("--to", "ntriples", "--from", "ntriples", "--stream",
                     "-o", link, "-")
            if context.convert(*words, stdin=line * 2000 + b"x").status != 2:
                return "not refused"
            with open(out, "rb") as file:
                if file.read() != b"old" or len(os.listdir(scratch)) != 2:
                    return "the old file is not what it was"
            if context.convert(*words, stdin=line).status != 0:
                return "not converted"
            with open(out, "rb") as file:
                if file.read() != line or not os.path.islink(link) or \
                        os.stat(out).st_mode & 0o777 != 0o640:
                    return "not in its place"
            return None if len(os.listdir(scratch)) == 2 else "more files"
    return suite.Case("documents", "kept", run)


def cases(context):
    for syntax, pattern, others in KINDS:
        for path in sorted(glob.glob(os.path.join(HERE, pattern))):
            name = os.path.basename(path)
            for other in others:
                yield suite.Case("documents", "%s:%s" % (other, name),
                                 around(context, syntax, path, other))
            if syntax != "datacite-xml":
                yield suite.Case("documents", "yaml:" + name,
                                 read_alike(context, syntax, path))
    yield from shared_cases(context)
    bomb = b"a: &a [x, x, x, x, x, x, x, x, x]\n" + b"".join(
        b"%c: &%c [%s]\n" % (c, c, b", ".join([b"*%c" % (c - 1)] * 9))
        for c in range(ord("b"), ord("j")))
    for name, syntax, text, told in (
            ("alias-bomb", "cff", bomb, "aliases stand for too many values"),
            ("not-yaml", "cff", b"a: [\n", "<stdin>:2:1: error: "),
            ("an-array", "datacite-json", b"[]", "expected an object"),
            ("another-element", "datacite-xml", b"<a/>", "<resource>"),
            ("an-entity", "datacite-xml",
             b"<!DOCTYPE resource [<!ENTITY a SYSTEM '/etc/passwd'>]>"
             b"<resource>&a;</resource>", "<stdin>:1:1: error: ")):
        yield refused(context, name, syntax, text, 2, told)
    yield kept(context)


def shared_cases(context):
    """Samples and schemas that are not ours to keep here."""
    folder = os.path.join(context.shared, "schemas")
    if not os.path.isdir(folder):
        yield suite.absent("documents", "schemas")
        return
    schema = os.path.join(folder, "cff-1.2.0.json")
    cff = glob.glob(os.path.join(HERE, "*.cff")) + [os.path.join(
        context.shared, "samples", "provenance", "cff", "pass-bsym.cff")]
    for path in sorted(cff):
        yield suite.Case("documents", "valid:" + os.path.basename(path),
                         valid_cff(context, path, schema))
    examples = sorted(glob.glob(os.path.join(suite.ROOT, "docs", "examples",
                                             "*", "ro-crate-metadata.json")))
    for path in examples:
        name = os.path.basename(os.path.dirname(path))
        yield suite.Case("documents", "cff-of:" + name,
                         tells_what_is_missing(context, path)
                         if name == "flawed" else
                         valid_cff(context, path, schema, "jsonld"))
        for kernel in ("kernel-4.6", "kernel-4.7"):
            yield suite.Case("documents", "%s-of:%s" % (kernel, name), valid_xml(
                context, path, os.path.join(folder, "datacite", kernel,
                                            "metadata.xsd"), "jsonld"))
    for kernel in ("kernel-4.6", "kernel-4.7"):
        root = os.path.join(folder, "datacite", kernel)
        schema = os.path.join(root, "metadata.xsd")
        paths = sorted(glob.glob(os.path.join(root, "example", "*.xml")))
        for path in paths + [os.path.join(HERE, "tides.datacite.xml")]:
            name = kernel + "/" + os.path.basename(path)
            yield suite.Case("documents", "valid:" + name,
                             valid_xml(context, path, schema))
            for other in ("datacite-xml", "datacite-json"):
                yield suite.Case("documents", other + ":" + name, around(
                    context, "datacite-xml", path, other))


if __name__ == "__main__":
    sys.exit(suite.main("documents", cases))
