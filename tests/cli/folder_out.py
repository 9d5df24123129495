#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""crate-convert --to folder, and what is done to a crate on its way into a
package: the same files whatever the package, and nothing but a whole folder."""
import os
import re
import resource
import signal
import subprocess
import sys
import tarfile
import tempfile
import zipfile

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import zip_out  # noqa: E402
from zip_out import EXAMPLES, NAME, suite  # noqa: E402

SOIL = os.path.join(EXAMPLES, "soil-moisture")
URL = "https://example.org/crates/one/"


def unpack(context, output, *words):
    """The files of the folder that is made."""
    answer = context.convert("--to", "folder", "-o", output, *words)
    if answer.status != 0 or answer.crashed() or answer.err:
        raise RuntimeError(answer.complaint())
    return zip_out.files_of(output)


def packages(context, folder):
    """The sample in every kind of package: name to path."""
    root = zip_out.sample(folder, "root")
    found = {"folder": root}
    for kind in ("zip", "bag"):
        found[kind] = os.path.join(folder, kind + ".zip")
        with open(found[kind], "wb") as file:
            file.write(context.convert("--to", kind, root).out)
    found["tar"] = os.path.join(folder, "sample.tar.gz")
    with tarfile.open(found["tar"], "w:gz") as archive:
        archive.add(root, ".")
    return found


def same_files(context, folder):
    """Folder, zip, bag and tar come out alike, and zipped again the same."""
    def run():
        found = packages(context, folder)
        wanted = zip_out.files_of(found["folder"])
        packed = zip_out.pack(context, found["folder"])
        for kind, path in found.items():
            output = os.path.join(folder, "out-" + kind)
            answer = context.convert("--to", "folder", "-o", output, path)
            files = zip_out.files_of(output)
            if kind == "bag": # which keeps no empty folders
                files["empty/deeper/"] = None
            if answer.status != 0 or files != wanted:
                return "%s: other files: %s" % (kind, answer.err)
            if kind != "bag" and zip_out.pack(context, output) != packed:
                return kind + ": other bytes when packed again"
        return None
    return run


def plain_modes(context, folder):
    def run():
        root = zip_out.sample(folder, "modes")
        os.chmod(os.path.join(root, "nothing.txt"), 0o777)
        output = os.path.join(folder, "modes-out")
        old = os.umask(0o022)
        try:
            unpack(context, output, root)
        finally:
            os.umask(old)
        for place, _, names in os.walk(output):
            odd = [n for n in names if os.stat(os.path.join(
                place, n)).st_mode & 0o7777 != 0o644]
            if odd or os.stat(place).st_mode & 0o7777 != 0o755:
                return "modes of %s in %s" % (odd, place)
        return None
    return run


def changed(context, folder, name, *words):
    """The metadata are those of ro-crate-json, the payload is as it was, in
    every kind of package."""
    def run():
        crate = os.path.join(folder, "crate-" + name)
        metadata = context.convert("--to", "folder", "-o", crate, SOIL)
        if name == "attach":
            with open(os.path.join(crate, NAME), "wb") as file:
                file.write(context.convert("--detach", URL, SOIL).out)
        metadata = context.convert(*words, crate)
        if metadata.status != 0:
            return metadata.complaint()
        wanted = dict(zip_out.files_of(crate), **{NAME: metadata.out})
        files = unpack(context, os.path.join(folder, "out-" + name), *words,
                       crate)
        if files != wanted:
            return "folder: other files"
        archive = context.convert("--to", "zip", *words, crate)
        if zip_out.unpacked(archive.out) != wanted:
            return "zip: other files: " + archive.err
        bag = zip_out.unpacked(context.convert("--to", "bag", *words,
                                               crate).out)
        if {n[9:]: b for n, b in bag.items()
                if n.startswith("bag/data/")} != wanted:
            return "bag: other files"
        answer = context.call("crate-validate", "-f", "json", os.path.join(
            folder, "out-" + name))
        return None if answer.status == 0 else "is not valid: " + answer.err
    return run


def upgraded_name(context, folder):
    """The document of version 1.0 gets its new name; the old one is gone."""
    def run():
        crate = os.path.join(folder, "old")
        os.makedirs(crate)
        with open(os.path.join(SOIL, NAME), encoding="utf-8") as file:
            text = file.read().replace(NAME, NAME + "ld").replace(
                "w3id.org/ro/crate/1.2", "w3id.org/ro/crate/1.0")
        with open(os.path.join(crate, NAME + "ld"), "w",
                  encoding="utf-8") as file:
            file.write(text)
        found = unpack(context, os.path.join(folder, "old-out"),
                       "--upgrade", "1.2", crate)
        return None if list(found) == [NAME] else "files %s" % list(found)
    return run


def refused(context, folder, name, words, make):
    """A reason, and nothing is left: not the folder, nor what was meanwhile."""
    def run():
        place = os.path.join(folder, "refused-" + name)
        os.makedirs(place)
        crate = make(os.path.join(folder, "make-" + name))
        answer = context.convert("--to", "folder", "-o",
                                 os.path.join(place, "out"), crate)
        if answer.status != 2 or words not in answer.err:
            return "exit %d: %s" % (answer.status, answer.err)
        left = os.listdir(place)
        return "left: %s" % left if left else None
    return run


def zip_with(path, *names):
    """A crate with more members, each of one byte."""
    with zipfile.ZipFile(path + ".zip", "w") as archive:
        archive.write(os.path.join(SOIL, NAME), NAME)
        archive.writestr("a/first.txt", "1")
        for name in names:
            archive.writestr(name, "x")
    return path + ".zip"


def make_damaged(context, folder):
    os.makedirs(folder)
    return zip_out.make_damaged(context, folder)


def taken(context, folder):
    """What is there stays: a file, a folder, even an empty one, a link."""
    def run():
        for name, make in (
                ("file", lambda p: open(p, "w", encoding="utf-8").close()),
                ("folder", os.makedirs),
                ("link", lambda p: os.symlink("/nowhere", p))):
            path = os.path.join(folder, "taken-" + name)
            make(path)
            for ending in ("", "/"):
                answer = context.convert("--to", "folder", "-o", path + ending,
                                         SOIL)
                if answer.status != 2 or "exists already" not in answer.err:
                    return name + ending + ": " + answer.complaint()
            if os.path.isdir(path) and os.listdir(path):
                return name + " was written to"
        return None
    return run


def links(context, folder):
    """A link is the file it leads to, inside of the crate; no link is made,
    and nothing from outside is taken, which is told."""
    def run():
        root = zip_out.sample(folder, "linked")
        outside = os.path.join(folder, "secret")
        with open(outside, "w", encoding="utf-8") as file:
            file.write("secret")
        os.symlink("README.md", os.path.join(root, "inside.md"))
        os.symlink(outside, os.path.join(root, "outside.txt"))
        os.symlink(folder, os.path.join(root, "above"))
        output = os.path.join(folder, "linked-out")
        answer = context.convert("--to", "folder", "-o", output, root)
        if answer.status != 0 or not re.search(
                r"(above|outside.txt) is a link .* with 1 more", answer.err):
            return "no word: " + answer.complaint()
        files = zip_out.files_of(output)
        if files.get("inside.md") != files["README.md"]:
            return "the link inside is lost"
        odd = [n for n in files if n.startswith(("outside", "above"))]
        odd += [n for n in files if os.path.islink(
            os.path.join(folder, "linked-out", n))]
        return "taken: %s" % odd if odd else None
    return run


def tar_links(context, folder):
    """Links of an archive become files as well."""
    def run():
        path = os.path.join(folder, "links.tar")
        with tarfile.open(path, "w") as archive:
            archive.add(SOIL, ".")
            for name, target in (("in.md", "README.md"), ("out", "/etc/hosts"),
                                 ("up", "../../x")):
                about = tarfile.TarInfo(name)
                about.type = tarfile.SYMTYPE
                about.linkname = target
                archive.addfile(about)
        output = os.path.join(folder, "tar-links")
        answer = context.convert("--to", "folder", "-o", output, path)
        if answer.status != 2:
            files = zip_out.files_of(output)
            return "it has %s" % sorted(files) if "up" in files or \
                "out" in files or answer.crashed() else None
        return "left something" if os.path.exists(output) else None
    return run


def climbing(context, folder):
    """Names that climb are refused, and so is what they would write to."""
    def run():
        for number, name in enumerate(("../up", "/abs", "a/../../up", "a//b",
                                       "./../up", "a<NUL>b")):
            crate = zip_with(os.path.join(folder, "climb-%d" % number), name)
            with open(crate, "rb") as file:
                packed = file.read().replace(b"<NUL>", b"-\0---")
            with open(crate, "wb") as file:
                file.write(packed)
            output = os.path.join(folder, "climbed-%d" % number)
            answer = context.convert("--to", "folder", "-o", output, crate)
            if answer.crashed() or answer.status == 0 and \
                    name not in ("a//b",):
                return "%s: %s" % (name, answer.complaint())
        return "wrote above" if os.path.exists(os.path.join(
            folder, "up")) else None
    return run


def in_itself(context, folder):
    """A folder that is made inside of the crate is no part of it."""
    def run():
        root = zip_out.sample(folder, "itself")
        before = zip_out.files_of(root)
        after = unpack(context, os.path.join(root, "out"), root)
        return None if before == after else "other files"
    return run


def out_of_room(context, folder):
    """Where no more can be written, the file is named, and nothing stays."""
    def limit():
        resource.setrlimit(resource.RLIMIT_FSIZE, (100000, 100000))
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)

    def run():
        root = zip_out.sample(folder, "too-large")
        place = os.path.join(folder, "no-room")
        os.makedirs(place)
        done = subprocess.run(
            [context.program("crate-convert"), "--to", "folder", "-o",
             os.path.join(place, "out"), root], preexec_fn=limit,
            capture_output=True, timeout=60)
        if done.returncode != 2 or b"noise.bin: " not in done.stderr:
            return "exit %d: %s" % (done.returncode, done.stderr)
        return "left %s" % os.listdir(place) if os.listdir(place) else None
    return run


def named_folder(context):
    def run():
        answer = context.convert("--to", "folder", SOIL)
        return None if answer.status == 2 and "wants --output" in answer.err \
            else answer.complaint()
    return run


def cases(context, folder):
    document = os.path.join(SOIL, NAME)
    long_name = "n" * 256
    runs = {
        "same-files": same_files(context, folder),
        "modes": plain_modes(context, folder),
        "upgrade": changed(context, folder, "upgrade", "--upgrade", "1.3"),
        "detach": changed(context, folder, "detach", "--detach", URL),
        "attach": changed(context, folder, "attach", "--attach"),
        "upgrade/name": upgraded_name(context, folder),
        "taken": taken(context, folder),
        "links": links(context, folder),
        "links/tar": tar_links(context, folder),
        "climbing": climbing(context, folder),
        "in-itself": in_itself(context, folder),
        "no-room": out_of_room(context, folder),
        "no-name": named_folder(context),
        "document": refused(context, folder, "document", "only a folder",
                            lambda path: document),
        "damaged": refused(context, folder, "damaged", "damaged",
                           lambda path: make_damaged(context, path)),
        "long": refused(context, folder, "long", "b/" + long_name + ": the file",
                        lambda path: zip_with(path, "b/" + long_name)),
        "long-folder": refused(
            context, folder, "long-folder", "no room for so long a name",
            lambda path: zip_with(path, "b/c/" + long_name + "/d")),
    }
    for name, run in runs.items():
        yield suite.Case("folder-out", name, run)


def main():
    with tempfile.TemporaryDirectory() as folder:
        return suite.main("folder-out", lambda context: cases(context, folder))


if __name__ == "__main__":
    sys.exit(main())
