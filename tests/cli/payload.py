#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Payloads as they are: how they are read, and what is said meanwhile."""
import fcntl
import hashlib
import json
import os
import pty
import re
import struct
import subprocess
import sys
import tempfile
import termios
import threading
import time

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(os.path.dirname(HERE), "suites"))
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
    """What a terminal of so many columns gets on standard error."""
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
    return process.wait(), got


def bar_comes_and_goes(context, folder):
    status, got = run_on_terminal(context, write_slow(folder), 80, TERM="xterm")
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
    if len(drawn) > 150:
        return "drawn %d times: it flickers" % len(drawn)
    return None if re.search(rb"\] +\d+ %  .*/s  ", drawn[-1]) else \
        "the bar says too little: %r" % drawn[-1]


def bar_is_not_drawn(context, folder, how):
    write_slow(folder)
    if how == "dumb":
        status, got = run_on_terminal(context, folder, 80, TERM="dumb")
    else:
        answer = context.call("crate-validate", folder)
        status, got = answer.status, answer.err.encode()
    return "exit %d, said %r" % (status, got[:200]) \
        if got or status != 1 else None


def bar_waits_a_second(context, folder):
    write_crate(folder, {"a.bin": (b"abc", {"sha256": "0" * 64})})
    _, got = run_on_terminal(context, folder, 80, TERM="xterm")
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


TESTS = [
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
