# SPDX-License-Identifier: Apache-2.0
"""Packages in packages, bags and web pages that mean harm; and that the sound
ones of their kind are read."""
import glob
import gzip
import hashlib
import io
import os
import tarfile

import suite
from hostile_archives import METADATA, archive, sound

# What is said of each archive of the samples.
SAMPLES = {
    "zip_bomb10m.zip": (1, '"zeros" unpacks to more than 500 times'),
    "zip_dupes.zip": (2, "is there twice"),
    "zip_lying_size.zip": (2, '"f" cannot have the size it says'),
    "zip_nested_root.zip": (1, "crate/ro-crate-metadata.json:"),
    "zip_overlap.zip": (2, "overlaps what follows"),
    "zip_prefix.zip": (1, "[doubtful-archive]"),
    "zip_symlink.zip": (1, '"up" is a link out of the archive'),
    "zip_traversal.zip": (2, '"../evil.txt" has a name that leads out'),
}


def sample(name, status, words):
    def trap(trial, check):
        folder = os.path.join(trial.context.shared, "samples", "models")
        if not os.path.isdir(folder):
            raise suite.Skip("there are no samples in " + folder)
        with open(os.path.join(folder, name), "rb") as file:
            trial.write(name, file.read())
        check(trial, trial.run(name), status, words)
    return trap


def every_sample_is_known(trial, check):
    folder = os.path.join(trial.context.shared, "samples", "models")
    if not os.path.isdir(folder):
        raise suite.Skip("there are no samples in " + folder)
    found = {os.path.basename(p)
             for p in glob.glob(os.path.join(folder, "zip_*.zip"))}
    assert found <= set(SAMPLES), sorted(found - set(SAMPLES))


def judged(files, path, status, words, stdin=None):
    """Files by name (bytes, or what makes them), and the path asked for."""
    def trap(trial, check):
        for name, contents in files.items():
            trial.write(name, contents() if callable(contents) else contents)
        answer = trial.run("-p", "ro-crate-1.2", path,
                           stdin=[stdin()] if stdin else None)
        check(trial, answer, status, words)
    return trap


def whole():
    return archive(sound(), ("a.txt", "a"))


def tarred(*members):
    made = io.BytesIO()
    with tarfile.open(fileobj=made, mode="w") as file:
        for name, data in members:
            data = data.encode() if isinstance(data, str) else data
            info = tarfile.TarInfo(name)
            info.size = len(data)
            file.addfile(info, io.BytesIO(data))
    return made.getvalue()


def nested(levels):
    """The innermost is a crate, and the path that leads there."""
    made = whole()
    for _ in range(levels):
        made = archive(("n.zip", made))
    return made, "c.zip" + "/n.zip" * levels


def cut(trial, check):
    """Every byte of the header region; a cut zip has no end record."""
    data = whole()
    for size in range(1, 200):
        trial.write("c.zip", data[:size])
        check(trial, trial.run("c.zip"), 2, "c.zip: error: ")


def bag(manifest, more=(), name="manifest-sha512.txt"):
    """A bag's members, its manifest as given."""
    return (("b/bagit.txt", "BagIt-Version: 1.0\n"
             "Tag-File-Character-Encoding: UTF-8\n"),
            ("b/" + name, manifest), ("b/data/a.txt", "a")) + tuple(more)


A = hashlib.sha512(b"a").hexdigest() + "  data/a.txt\n"
NOTHING = hashlib.sha512(b"").hexdigest()


def bagged(status, words, *arguments):
    """The same bag in a folder, a zip and a tar.gz."""
    def trap(trial, check):
        members = bag(*arguments)
        for name, text in members:
            trial.write(name, text)
        trial.write("b.zip", archive(*members))
        trial.write("b.tar.gz", gzip.compress(tarred(*members)))
        for path in ("b", "b.zip", "b.tar.gz"):
            check(trial, trial.run(path), status, words)
    return trap


def special_files(trial, check):
    """A FIFO, a device and a link in the payload: none is opened."""
    for name, text in bag(A + "".join(
            "%s  data/%s\n" % (NOTHING, n) for n in ("fifo", "out", "zero"))):
        trial.write(name, text)
    os.mkfifo(trial.path("b", "data", "fifo"))
    os.symlink("/etc/passwd", trial.path("b", "data", "out"))
    os.symlink("/dev/zero", trial.path("b", "data", "zero"))
    check(trial, trial.run("b"), 1, ["data/fifo is not there",
                                     "data/out is a link out of the bag",
                                     "data/zero is a link out of the bag"])


def page(script, before="<!doctype html><html><head>", after="</script>"):
    return before + '<script type="application/ld+json">' + script + after


def pages():
    document = sound()[1]
    document = document.decode() if isinstance(document, bytes) else document
    broken = document.replace('"@graph"', '"@Graph"')
    web = ["ro-crate-1.2/", "p.html:"]
    yield "page-broken", page(broken), 1, web
    yield "page-line", page("\n\n" + broken), 1, "p.html:3:"
    yield "page-second", page('{"@type": "WebSite"}') + page("\n" + broken), \
        1, "p.html:2:"
    yield "page-comment", "<!-- " + page("{}") + " -->" + page(
        "\n" + broken, before=""), 1, "p.html:2:"
    yield "page-in-title", "<html><title>" + page("{}", before="") + \
        "</title>" + page("\n" + broken, before=""), 1, "p.html:2:"
    yield "page-quoted", '<html><p title="' + page("{}").replace('"', "'") + \
        '">' + page("\n" + broken, before=""), 1, "p.html:2:"
    yield "page-endless-script", page(broken, after=""), 1, web
    yield "page-without", "<html><script>{}</script>", 2, "[not-a-crate]"
    yield "page-endless-comment", "<html><!--" + page("{}"), 2, "not-a-crate"
    yield "page-endless-tag", '<html><script type="', 2, "[not-a-crate]"
    yield "page-tags", "<html>" + "<a " * 300000, 2, "[not-a-crate]"
    yield "page-attributes", "<html><a" + " b='c'" * 300000, 2, "not-a-crate"
    yield "page-scripts", "<html>" + page("r" * 9, before="") * 50000, 1, \
        "ro-crate-1."
    yield "page-ends", "<html><script>" + "</scrip" * 300000, 2, "not-a-crate"
    yield "page-nul", "<html>\0" + page("\0"), 1, "ro-crate-1."


def traps():
    for name, (status, words) in SAMPLES.items():
        yield "sample-" + name, sample(name, status, words)
    yield "samples-known", every_sample_is_known
    yield "zip-cut", cut
    data, path = nested(3)
    yield "nested", judged({"c.zip": data}, path, 0, "conforms")
    yield "nested-unasked", judged(
        {"c.zip": lambda: nested(10)[0]}, "c.zip", 1, "ro-crate-1.2/")
    yield "nested-10", judged(
        {"c.zip": lambda: nested(10)[0]}, nested(10)[1], 2, "[over-limit]")
    inner = archive(("in/" + METADATA, sound()[1]), ("in/a.txt", "a"),
                    ("x/y", ""))
    for name, path, status, words in (
            ("folder", "c.zip/in/", 0, "conforms"),
            ("document", "c.zip/in/" + METADATA, 0, "conforms"),
            ("nothing", "c.zip/no/", 2, "no such member"),
            ("climbing", "c.zip/../in", 2, "[unreadable]"),
            ("inner-climbing", "c.zip/in/../../c.zip", 2, "leads out"),
            ("through-file", "c.zip/in/a.txt/b", 2, "is no archive"),
            ("no-crate", "c.zip/x/", 1, "ro-crate-1.2/"),
            ("named", "c.zip", 1, "there is one in in/")):
        yield "nested-" + name, judged({"c.zip": inner}, path, status, words)
    yield "nested-bomb", judged(
        {"c.zip": lambda: archive(("n.zip", b"PK\3\4" + b"\0" * (64 << 20)))},
        "c.zip/n.zip", 2, "[invalid-zip]")
    yield "nested-out", judged(
        {"c.zip": lambda: archive(("in/" + METADATA, sound()[1]),
                                  ("a.txt", "a"))}, "c.zip/in", 1, "a.txt")
    for name, make in (("zip", whole), ("tar", lambda: tarred(
            sound(), ("a.txt", "a"))), ("gzip", lambda: gzip.compress(tarred(
                sound(), ("a.txt", "a"))))):
        yield "stdin-" + name, judged({}, "-", 0, "conforms", make)
        yield "stdin-cut-" + name, judged(
            {}, "-", 2, "<stdin>: error: ", lambda m=make: m()[:-1] if len(m()) < 2000
            else m()[:1200])
    yield "stdin-page", judged({}, "-", 1, "<stdin>:2:", lambda: page(
        '\n{"@graph": []}').encode())
    for name, text, status, words in pages():
        yield name, judged({"p.html": text}, "p.html", status, words)
    yield "document-by-content", judged(
        {"c": b'\xef\xbb\xbf {"@graph": []}'}, "c", 1, "c:1:")
    for name, path in (("climbing", "../../etc/passwd"),
                       ("inside", "data/../../../etc/passwd"),
                       ("absolute", "/etc/passwd"), ("home", "~root/x"),
                       ("drive", "C:\\x"), ("nul", "data/a\0b"),
                       ("encoded", "data/%0A../x/..")):
        yield "bag-path-" + name, bagged(
            1, "manifest-sha512.txt:2:", A + "%s  %s\n" % (NOTHING, path))
        yield "bag-fetch-" + name, bagged(
            1, "manifest-sha512.txt:2:" if name == "encoded" else "fetch.txt",
            A + ("%s  %s\n" % (NOTHING, path) if name == "encoded" else ""),
            (("b/fetch.txt", "https://example.org/ - %s\n" % path),))
    yield "bag-steering", bagged(
        1, "\\x1B", A + NOTHING + "  data/\x1b[31m\n")
    yield "bag-long-name", bagged(
        1, "is not there", A + NOTHING + "  data/" + "a" * 100000 + "\n")
    yield "bag-deep-name", bagged(
        1, "is not there", A + NOTHING + "  data/" + "a/" * 50000 + "b\n")
    yield "bag-repeats", bagged(
        1, "stands in line", A * 20000)
    yield "bag-empty", bagged(1, "bagit-1.0/listed", "")
    yield "bag-no-text", bagged(1, "bagit-1.0/", os.urandom(5000).hex())
    yield "bag-zeros", bagged(1, "bagit-1.0/manifest-line", "\0" * 100000)
    yield "bag-utf-16", bagged(
        1, "bagit-1.0/", A, (("b/manifest-md5.txt", "\ufeffx"),
                             ("b/bag-info.txt", "\n \n:\n\t")))
    yield "bag-special-files", special_files
