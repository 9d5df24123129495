#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Payloads as they are: how they are read, and what is said meanwhile."""
import fcntl
import hashlib
import io
import json
import os
import pty
import re
import shutil
import struct
import subprocess
import sys
import tarfile
import tempfile
import termios
import threading
import time
import zipfile

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, HERE)
sys.path.insert(0, os.path.join(os.path.dirname(HERE), "suites"))
import hostile_tars  # noqa: E402
import suite  # noqa: E402

TERMS = "https://w3id.org/ro/terms/workflow-run#"
KINDS = ("sha1", "sha512", "md5", "sha384")
CC0 = "https://spdx.org/licenses/CC0-1.0"


def write_crate(folder, files, extra=()):
    """A crate of files, path -> (bytes or None, more properties)."""
    graph = [
        {"@id": "ro-crate-metadata.json", "@type": "CreativeWork",
         "conformsTo": {"@id": "https://w3id.org/ro/crate/1.2"},
         "about": {"@id": "./"}},
        {"@id": "./", "@type": "Dataset", "name": "Payload",
         "description": "Files to be read", "datePublished": "2024-05-01",
         "license": {"@id": CC0}, "hasPart": [{"@id": f} for f in files]},
        {"@id": CC0, "@type": "CreativeWork", "name": "CC0",
         "description": "Public domain"}]
    for path, (content, more) in files.items():
        full = os.path.join(folder, path)
        os.makedirs(os.path.dirname(full), exist_ok=True)
        if content is not None:
            with open(full, "wb") as file:
                file.write(content)
        graph.append(dict({"@id": path, "@type": "File", "name": path}, **more))
    context = ["https://w3id.org/ro/crate/1.2/context",
               {kind: TERMS + kind for kind in KINDS}]
    with open(os.path.join(folder, "ro-crate-metadata.json"), "w",
              encoding="utf-8") as file:
        json.dump({"@context": context, "@graph": graph + list(extra)}, file)
    return folder


def write_slow(folder):
    """A crate that takes some seconds to read, but no disk: a hole."""
    wrong = {kind: "0" * hashlib.new(kind).digest_size * 2 for kind in KINDS}
    write_crate(folder, {"data/hole.bin": (b"", wrong)})
    with open(os.path.join(folder, "data", "hole.bin"), "r+b") as file:
        file.truncate(600 << 20)
    return folder


def run_on_terminal(context, folder, columns, **environment):
    """The status, what a terminal of so many columns gets on standard error,
    and how many seconds it took."""
    start = time.monotonic()
    master, slave = pty.openpty()
    fcntl.ioctl(slave, termios.TIOCSWINSZ,
                struct.pack("HHHH", 24, columns, 0, 0))
    process = subprocess.Popen(
        [context.program("crate-validate"), folder], stderr=slave,
        stdout=subprocess.DEVNULL, preexec_fn=lambda: os.sched_setaffinity(
            0, [min(os.sched_getaffinity(0))]),
        env=dict(os.environ, **environment))
    os.close(slave)
    got = b""
    while True:
        try:
            piece = os.read(master, 65536)
        except OSError:  # the terminal is gone with its last user
            break
        if not piece:
            break
        got += piece
    os.close(master)
    return process.wait(), got, time.monotonic() - start


def bar_comes_and_goes(context, folder):
    status, got, seconds = run_on_terminal(context, write_slow(folder), 80,
                                           TERM="xterm")
    if status != 1:
        return "exit %d: %r" % (status, got[-300:])
    lines = got.split(b"\r")
    drawn = [line for line in lines if b"hole.bin" in line]
    if not drawn:
        return "no bar was drawn: %r" % got[:300]
    wide = [line for line in lines if len(line.replace(b"\x1b[K", b"")) >= 80]
    if wide:
        return "wider than the terminal: %r" % wide[0]
    if not got.endswith(b"\r\x1b[K") or b"\n" in got:
        return "the bar is still there: %r" % got[-100:]
    if len(drawn) > 11 * seconds:
        return "drawn %d times: it flickers" % len(drawn)
    return None if re.search(rb"\] +\d+ %  .*/s  ", drawn[-1]) else \
        "the bar says too little: %r" % drawn[-1]


def bar_is_not_drawn(context, folder, how):
    write_slow(folder)
    if how == "dumb":
        status, got, _ = run_on_terminal(context, folder, 80, TERM="dumb")
    else:
        answer = context.call("crate-validate", folder)
        status, got = answer.status, answer.err.encode()
    return "exit %d, said %r" % (status, got[:200]) \
        if got or status != 1 else None


def bar_waits_a_second(context, folder):
    write_crate(folder, {"a.bin": (b"abc", {"sha256": "0" * 64})})
    got = run_on_terminal(context, folder, 80, TERM="xterm")[1]
    return "said %r" % got[:200] if got else None


def processors_do_not_matter(context, folder):
    """The same bytes on one processor and on all."""
    files = {}
    for i in range(300):
        content = bytes([i % 256]) * (i * 500)
        digest = hashlib.sha256(content).hexdigest()
        files["data/%03d.bin" % i] = (content, {
            "sha256": digest if i % 3 else digest[::-1]})
    write_crate(folder, files)
    program = [context.program("crate-validate"), "-f", "json", folder]
    answers = [subprocess.run(
        program, capture_output=True, preexec_fn=limit).stdout
        for limit in (lambda: os.sched_setaffinity(
            0, [min(os.sched_getaffinity(0))]), None)]
    if answers[0] != answers[1]:
        return "two answers"
    found = answers[0].count(b'/file-checksum"')
    return None if found >= 100 else "found only %d" % found


def unreadable_does_not_pass(context, folder):
    """A file that nobody may read: not checked, and no success either."""
    content = b"abc"
    write_crate(folder, {"a.bin": (content, {
        "sha256": hashlib.sha256(content).hexdigest()})})
    os.chmod(os.path.join(folder, "a.bin"), 0)
    os.chmod(os.path.dirname(folder), 0o711)
    who = {"user": 65534} if os.geteuid() == 0 else {}  # root may read it all
    try:
        done = subprocess.run([context.program("crate-validate"), folder],
                              capture_output=True, **who)
    except PermissionError:
        raise suite.Skip("only root may run the program here") from None
    words = b"a.bin could not be read: Permission denied"
    return None if done.returncode == 2 and words in done.stderr else \
        "exit %d: %s" % (done.returncode, done.stderr)


def growing_does_not_pass(context, folder):
    """Somebody writes to the file all the time."""
    write_slow(folder)
    done = threading.Event()

    def write():
        with open(os.path.join(folder, "data", "hole.bin"), "ab") as file:
            while not done.is_set():
                file.write(b"x")
                file.flush()
                time.sleep(0.01)
    writer = threading.Thread(target=write)
    writer.start()
    answer = context.call("crate-validate", folder)
    done.set()
    writer.join()
    words = "data/hole.bin could not be read: it changed while it was read"
    return None if answer.status == 2 and words in answer.err else \
        "exit %d: %s" % (answer.status, answer.err)


def sums(content, *kinds):
    return {kind: hashlib.new(kind, content).hexdigest() for kind in kinds}


def answers(context, path, status, *words):
    """What is wrong with the answer to one crate, or None."""
    answer = context.call("crate-validate", "-s", "info", path, timeout=60)
    said = answer.out.decode("utf-8", "replace") + answer.err
    missing = [word for word in words if word not in said]
    return "exit %d, without %r: %s" % (answer.status, missing, said[:600]) \
        if answer.status != status or missing else None


def fifo_does_not_block(context, folder):
    write_crate(folder, {"a.bin": (None, sums(b"", "sha256"))})
    os.mkfifo(os.path.join(folder, "a.bin"))
    return answers(context, folder, 1, '"a.bin" is not in the package')


def sparse_is_not_checked(context, folder):
    """GNU tar leaves holes out: what there is, is not the file."""
    content = bytes(9)
    write_crate(folder, {"a.bin": (content, sums(content, "sha256"))})
    with open(os.path.join(folder, "ro-crate-metadata.json"), "rb") as file:
        parts = hostile_tars.member("ro-crate-metadata.json", file.read())
    parts += hostile_tars.header(b"a.bin", kind=b"S", magic=b"ustar  \0",
                                 extra=((483, b"%011o\0" % 9),))
    path = folder + ".tar"
    with open(path, "wb") as file:
        file.write(parts + hostile_tars.ENDED)
    return answers(context, path, 2, 'a.bin could not be read: the member '
                   '"a.bin" is sparse', "file-checksum")


def damaged_is_not_checked(context, folder):
    """A stored member whose bytes are others than the archive says."""
    content = b"to be damaged"
    write_crate(folder, {"a.bin": (content, sums(content, "sha256")),
                         "b.bin": (content, sums(content[1:], "sha256"))})
    path = folder + ".zip"
    with zipfile.ZipFile(path, "w") as archive:
        for name in ("ro-crate-metadata.json", "a.bin", "b.bin"):
            archive.write(os.path.join(folder, name), name)
    with open(path, "rb") as file:
        data = file.read()
    with open(path, "wb") as file:
        file.write(data.replace(content, content.upper(), 1))
    return answers(context, path, 1, "a.bin could not be read: a member's "
                   "checksum does not match", 'the sha256 of "b.bin" is')


def packed_tars_are_read_once_through(context, folder):
    """Right and wrong checksums, in an order that is not the archive's."""
    files = {}
    for i in range(40):
        content = os.urandom(100000)
        kinds = ("sha512", "md5") if i % 2 else ("sha256",)
        files["data/%02d.bin" % (39 - i)] = (
            content, sums(content if i else content[1:], *kinds))
    write_crate(folder, files)
    for how in ("gz", ""):
        path = folder + ".tar" + "." * bool(how) + how
        with tarfile.open(path, "w:" + how) as archive:
            archive.add(folder, "crate")
        flaw = answers(context, path, 1, 'the sha256 of "data/39.bin" is',
                       "1 violation")
        if flaw:
            return how + ": " + flaw
    return None


def archives_in_a_crate_are_files(context, folder):
    """Sound, broken, or ten in one another: nobody looks into them."""
    inner = b"PK\x05\x06" + bytes(18)
    for level in range(10):
        buffer = io.BytesIO()
        with zipfile.ZipFile(buffer, "w") as archive:
            archive.writestr("inner-%d.zip" % level, inner)
        inner = buffer.getvalue()
    broken = inner[:len(inner) // 2]
    kind = {"encodingFormat": "application/zip"}
    write_crate(folder, {
        "deep.zip": (inner, dict(kind, **sums(inner, "sha256"))),
        "broken.zip": (broken, dict(kind, **sums(broken, "sha512")))})
    return answers(context, folder, 0, "conforms to ro-crate-1.2")


def bags_and_metadata_share_a_reading(context, folder):
    """Each file is opened once, whoever wants a digest of it."""
    tool = shutil.which("strace")
    if not tool:
        raise suite.Skip("strace is not installed")
    content = b"read once"
    data = os.path.join(folder, "data")
    write_crate(data, {"a.bin": (content, dict(
        sums(content, "sha256", "md5"), encodingFormat="text/plain"))})
    manifest = "".join("%s  data/%s\n" % (
        hashlib.sha512(open(os.path.join(data, name), "rb").read()).hexdigest(),
        name) for name in ("a.bin", "ro-crate-metadata.json"))
    for name, text in (
            ("bagit.txt", "BagIt-Version: 1.0\n"
             "Tag-File-Character-Encoding: UTF-8\n"),
            ("manifest-sha512.txt", manifest)):
        with open(os.path.join(folder, name), "w") as file:
            file.write(text)
    done = subprocess.run(
        [tool, "-f", "-e", "trace=openat,openat2",
         context.program("crate-validate"), folder], capture_output=True,
        env=dict(os.environ, ASAN_OPTIONS="detect_leaks=0"))  # traced already
    opened = [line for line in done.stderr.splitlines()
              if b'a.bin"' in line and b"O_PATH" not in line]
    return None if len(opened) == 1 and done.returncode == 0 else \
        "exit %d, opened %d times" % (done.returncode, len(opened))


def what_nobody_describes_is_no_flood(context, folder):
    """Of thousands of folders with a file too many, some are named."""
    files = {"%04d/a" % i: (b"", {}) for i in range(1000)}
    write_crate(folder, files)
    for path in files:
        open(os.path.join(folder, os.path.dirname(path), "b"), "w").close()
    answer = context.call("crate-validate", "-f", "json", folder)
    found = [f["message"].rpartition(": ")[2]
             for f in json.loads(answer.out)["crates"][0]["findings"]
             if f["rule"].endswith("/pkg-payload-undescribed")]
    return None if len(found) == 201 and \
        "nothing describes 800 files more" in found and \
        "nothing describes 0000/b" in found else \
        "%d, such as %r" % (len(found), found[:3])


TESTS = [
    ("what-nobody-describes-is-no-flood", what_nobody_describes_is_no_flood),
    ("a-fifo-does-not-block", fifo_does_not_block),
    ("sparse-members-are-not-checked", sparse_is_not_checked),
    ("damaged-members-are-not-checked", damaged_is_not_checked),
    ("tars-are-read-once-through", packed_tars_are_read_once_through),
    ("archives-in-a-crate-are-files", archives_in_a_crate_are_files),
    ("bags-and-metadata-share-a-reading", bags_and_metadata_share_a_reading),
    ("a-bar-comes-and-goes", bar_comes_and_goes),
    ("no-bar-in-a-pipe", lambda c, f: bar_is_not_drawn(c, f, "pipe")),
    ("no-bar-on-a-dumb-terminal", lambda c, f: bar_is_not_drawn(c, f, "dumb")),
    ("no-bar-within-a-second", bar_waits_a_second),
    ("processors-do-not-matter", processors_do_not_matter),
    ("what-cannot-be-read-does-not-pass", unreadable_does_not_pass),
    ("what-grows-meanwhile-does-not-pass", growing_does_not_pass),
]


def make_case(context, name, test):
    def run():
        with tempfile.TemporaryDirectory() as folder:
            return test(context, os.path.join(folder, "crate"))
    return suite.Case("payload", name, run)


def cases(context):
    for name, test in TESTS:
        yield make_case(context, name, test)


if __name__ == "__main__":
    sys.exit(suite.main("payload", cases))
