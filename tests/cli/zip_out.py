#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""crate-convert --to zip: the same bytes from wherever the files come, readers
of zip archives find what was put in, and crate-validate judges it alike."""
import hashlib
import io
import json
import os
import shutil
import subprocess
import sys
import tarfile
import tempfile
import zipfile

sys.path.insert(0, os.path.join(os.path.dirname(os.path.dirname(
    os.path.abspath(__file__))), "suites"))
import suite  # noqa: E402

EXAMPLES = os.path.join(suite.ROOT, "docs", "examples")
NAME = "ro-crate-metadata.json"


def pack(context, path):
    """The archive's bytes."""
    answer = context.convert("--to", "zip", path, timeout=300)
    if answer.status != 0 or answer.crashed() or answer.err:
        raise RuntimeError(answer.complaint())
    return answer.out


def files_of(folder):
    """Path to bytes; an empty folder is None."""
    found = {}
    for place, folders, names in os.walk(folder):
        below = os.path.relpath(place, folder)
        below = "" if below == "." else below + "/"
        if below and not folders and not names:
            found[below] = None
        for name in names:
            with open(os.path.join(place, name), "rb") as file:
                found[below + name] = file.read()
    return found


def unpacked(archive):
    with zipfile.ZipFile(io.BytesIO(archive)) as found:
        if found.testzip():
            raise RuntimeError("%s is damaged" % found.testzip())
        return {i.filename: None if i.is_dir() else found.read(i)
                for i in found.infolist()}


def sample(folder, name):
    """A crate with all kinds of names and sizes."""
    root = os.path.join(folder, name)
    shutil.copytree(os.path.join(EXAMPLES, "soil-moisture"), root)
    os.makedirs(os.path.join(root, "empty", "deeper"))
    os.makedirs(os.path.join(root, "a-b"))
    for path, content in {
            "nothing.txt": b"", "a-b/é 漢.txt": b"x", "a/b": b"y",
            "zeros.bin": bytes(200000),
            "noise.bin": bytes(i * i * 7919 >> 5 & 255
                               for i in range(300000))}.items():
        target = os.path.join(root, path)
        os.makedirs(os.path.dirname(target), exist_ok=True)
        with open(target, "wb") as file:
            file.write(content)
    return root


def other_ways(folder, root):
    """The same files: elsewhere, in a zip in another order, in a tar."""
    copy = os.path.join(folder, "elsewhere")
    shutil.copytree(root, copy)
    for place, _, names in os.walk(copy):
        for name in names:
            os.chmod(os.path.join(place, name), 0o755)
            os.utime(os.path.join(place, name), (10 ** 9, 10 ** 9))
    yield copy
    files = files_of(root)
    path = os.path.join(folder, "other.zip")
    with zipfile.ZipFile(path, "w") as archive:
        for name in sorted(files, reverse=True):
            archive.writestr("top/" + name, files[name] or b"")
    yield path
    path = os.path.join(folder, "other.tar.gz")
    with tarfile.open(path, "w:gz") as archive:
        archive.add(root, ".")
    yield path


def same_bytes(context, folder):
    def run():
        root = sample(folder, "sample")
        first = pack(context, root)
        if unpacked(first) != files_of(root):
            return "other files: %s" % sorted(unpacked(first))
        with zipfile.ZipFile(io.BytesIO(first)) as archive:
            if archive.namelist()[0] != NAME:
                return "the metadata are not first"
        for path in other_ways(folder, root):
            if pack(context, path) != first:
                return "other bytes from " + os.path.basename(path)
        path = os.path.join(folder, "again.zip")
        with open(path, "wb") as file:
            file.write(first)
        return None if pack(context, path) == first else "not when repeated"
    return run


def unzip_agrees(context, folder):
    def run():
        if not shutil.which("unzip"):
            raise suite.Skip("unzip is not installed")
        path = os.path.join(folder, "tested.zip")
        with open(path, "wb") as file:
            file.write(pack(context, sample(folder, "tested")))
        done = subprocess.run(["unzip", "-tq", path], capture_output=True)
        return done.stdout.decode() if done.returncode else None
    return run


def judged_alike(context, folder, name):
    def run():
        source = os.path.join(EXAMPLES, name)
        path = os.path.join(folder, name + ".zip")
        with open(path, "wb") as file:
            file.write(pack(context, source))
        verdicts = []
        for crate in (source, path):
            answer = context.call("crate-validate", "-f", "json", crate)
            found = json.loads(answer.out)["crates"][0]["findings"]
            verdicts.append((answer.status, sorted(f["rule"] for f in found)))
        return None if verdicts[0] == verdicts[1] else "%s" % verdicts
    return run


def many_members(context, folder):
    """More than a 16-bit field counts."""
    def run():
        path = os.path.join(folder, "many.zip")
        with zipfile.ZipFile(path, "w") as archive:
            archive.write(os.path.join(EXAMPLES, "soil-moisture", NAME), NAME)
            for i in range(66000):
                archive.writestr("d/%05d" % i, b"")
        found = unpacked(pack(context, path))
        return None if len(found) == 66001 else "%d members" % len(found)
    return run


def refused(context, folder, words, make):
    """A reason, and nothing is left where the archive was to be."""
    def run():
        output = os.path.join(folder, "of-" + words.replace(" ", "-"))
        answer = context.convert("--to", "zip", "-o", output, make())
        if answer.status != 2 or words not in answer.err:
            return "exit %d: %s" % (answer.status, answer.err)
        return "half an archive" if os.path.exists(output) else None
    return run


def make_bag(folder):
    root = os.path.join(folder, "bag")
    shutil.copytree(os.path.join(EXAMPLES, "soil-moisture"),
                    os.path.join(root, "data"))
    with open(os.path.join(root, "bagit.txt"), "w", encoding="utf-8") as file:
        file.write("BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n")
    return root


def payload_of_a_bag(context, folder):
    """The crate alone, and a word about the rest."""
    def run():
        root = make_bag(folder)
        answer = context.convert("--to", "zip", root)
        if answer.status != 0 or "tag files" not in answer.err:
            return answer.complaint()
        wanted = pack(context, os.path.join(root, "data"))
        return None if answer.out == wanted else "other bytes"
    return run


def bag_of(context, root):
    answer = context.convert("--to", "bag", root)
    if answer.status != 0 or answer.crashed():
        raise RuntimeError(answer.complaint())
    return answer


def bag_lists_its_files(context, folder):
    """What hashlib says of each file is what the manifests say of it."""
    def run():
        root = sample(folder, "bagged")
        for name in ("100%.txt", "two\nlines.txt"):
            with open(os.path.join(root, name), "wb") as file:
                file.write(name.encode())
        answer = bag_of(context, root)
        if "empty/deeper/: an empty folder" not in answer.err:
            return "no word about the empty folder: " + answer.err
        found = unpacked(answer.out)
        files = {n: b for n, b in files_of(root).items() if b is not None}
        payload = {n[9:]: b for n, b in found.items()
                   if n.startswith("bag/data/")}
        if payload != files:
            return "other files: %s" % sorted(set(payload) ^ set(files))
        oxum = b"Payload-Oxum: %d.%d\n" % (
            sum(len(b) for b in files.values()), len(files))
        if found["bag/bag-info.txt"] != oxum:
            return "bag-info.txt: %r" % found["bag/bag-info.txt"]
        for manifest, names in (
                ("manifest-sha512.txt", ["data/" + n for n in files]),
                ("tagmanifest-sha512.txt", ["bag-info.txt", "bagit.txt",
                                            "manifest-sha512.txt"])):
            wanted = {"%s  %s" % (
                hashlib.sha512(found["bag/" + n]).hexdigest(),
                n.replace("%", "%25").replace("\n", "%0A")) for n in names}
            listed = found["bag/" + manifest].decode().splitlines()
            if set(listed) != wanted or len(listed) != len(wanted):
                return manifest + " is not right"
        return None if bag_of(context, root).out == answer.out \
            else "other bytes the second time"
    return run


def bag_is_sound(context, folder):
    def run():
        path = os.path.join(folder, "sound.zip")
        with open(path, "wb") as file:
            file.write(bag_of(context, os.path.join(
                EXAMPLES, "digit-classifier")).out)
        answer = context.call("crate-validate", "-p", "bagit-1.0", path)
        return None if answer.status == 0 else answer.complaint()
    return run


def bag_gives_back(context, folder):
    """A crate, bagged and packed again, is the crate packed."""
    def run():
        source = os.path.join(EXAMPLES, "digit-classifier")
        path = os.path.join(folder, "back.zip")
        with open(path, "wb") as file:
            file.write(bag_of(context, source).out)
        answer = context.convert("--to", "zip", path)
        if answer.status != 0:
            return answer.complaint()
        return None if answer.out == pack(context, source) else "other bytes"
    return run


def make_damaged(context, folder):
    path = os.path.join(folder, "damaged.zip")
    bytes_ = bytearray(pack(context, os.path.join(EXAMPLES, "soil-moisture")))
    at = bytes_.index(b"measurements/probe-a.csv") + 60
    bytes_[at] ^= 0xFF
    with open(path, "wb") as file:
        file.write(bytes_)
    return path


def make_nameless(folder):
    root = os.path.join(folder, "nameless")
    shutil.copytree(os.path.join(EXAMPLES, "soil-moisture"), root)
    with open(os.path.join(os.fsencode(root), b"\xff.txt"), "wb"):
        return root


def cases(context, folder):
    document = os.path.join(EXAMPLES, "soil-moisture", NAME)
    runs = {
        "same-bytes": same_bytes(context, folder),
        "unzip": unzip_agrees(context, folder),
        "many": many_members(context, folder),
        "judged/soil-moisture": judged_alike(context, folder, "soil-moisture"),
        "judged/digit-classifier": judged_alike(context, folder,
                                                "digit-classifier"),
        "judged/flawed": judged_alike(context, folder, "flawed"),
        "of-a-bag": payload_of_a_bag(context, folder),
        "bag/manifests": bag_lists_its_files(context, folder),
        "bag/verdict": bag_is_sound(context, folder),
        "bag/back": bag_gives_back(context, folder),
        "document": refused(context, folder, "only a folder or an archive",
                            lambda: document),
        "damaged": refused(context, folder, "damaged",
                           lambda: make_damaged(context, folder)),
        "no-utf-8": refused(context, folder, "is UTF-8",
                            lambda: make_nameless(folder)),
    }
    for name, run in runs.items():
        yield suite.Case("zip-out", name, run)


def main():
    with tempfile.TemporaryDirectory() as folder:
        return suite.main("zip-out", lambda context: cases(context, folder))


if __name__ == "__main__":
    sys.exit(main())
