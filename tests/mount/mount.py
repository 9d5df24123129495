#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""crate-mount: crates in all containers, mounted and extracted, hold what was
packed; nothing can be written; hostile archives show nothing else."""
import errno
import glob
import hashlib
import os
import random
import re
import shutil
import signal
import subprocess
import sys
import tarfile
import tempfile
import threading
import time
import zipfile

sys.path.insert(0, os.path.join(os.path.dirname(os.path.dirname(
    os.path.abspath(__file__))), "suites"))
import suite  # noqa: E402

FLAGSHIP = os.path.join(suite.ROOT, "docs", "examples", "digit-classifier")
PATIENCE = 20  # seconds that a loaded machine may take


def program(context):
    path = context.program("crate-mount")
    if not os.path.exists(path):
        raise suite.Skip("crate-mount is built with libfuse 3 only")
    return path


class Mounted:
    """A crate mounted in a folder of its own."""

    def __init__(self, context, crate, *options):
        self.program = program(context)
        if not os.access("/dev/fuse", os.R_OK | os.W_OK):
            raise suite.Skip("there is no /dev/fuse")
        if not shutil.which("fusermount3"):
            raise suite.Skip("there is no fusermount3, see ./dev deps")
        self.crate = crate
        self.options = options

    def __enter__(self):
        self.folder = tempfile.mkdtemp(prefix="cratekit-mount-")
        self.process = subprocess.Popen(
            [self.program, "-f", *self.options, self.crate, self.folder],
            stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        line = self.process.stdout.readline()
        if not line.endswith(" is shown in %s\n" % self.folder):
            err = self.process.communicate()[1]
            os.rmdir(self.folder)
            if "cannot be mounted" in err:
                raise suite.Skip("this system lets nobody mount")
            raise RuntimeError(line + err)
        wait_for(lambda: os.path.ismount(self.folder))
        return self

    def __exit__(self, *_):
        if self.process.poll() is None:
            subprocess.run(["fusermount3", "-u", "-z", self.folder],
                           capture_output=True, check=False)
        try:
            self.out, self.err = self.process.communicate(timeout=PATIENCE)
        finally:
            os.rmdir(self.folder)


def wait_for(condition):
    end = time.monotonic() + PATIENCE
    while not condition():
        if time.monotonic() > end:
            raise RuntimeError("waited too long")
        time.sleep(0.01)


def digests(folder, without=".crate"):
    """{path: digest} of all files below a folder."""
    found = {}
    for place, below, names in os.walk(folder):
        if place == folder and without in below:
            below.remove(without)
        for name in names:
            path = os.path.join(place, name)
            with open(path, "rb") as file:
                found[os.path.relpath(path, folder)] = \
                    hashlib.md5(file.read()).hexdigest()
    return found


def make_payload(folder):
    """The flagship, and a file that is large and packs in part."""
    copy = os.path.join(folder, "crate")
    shutil.copytree(FLAGSHIP, copy)
    numbers = random.Random(7)
    with open(os.path.join(copy, "data", "large.bin"), "wb") as file:
        for i in range(40):
            file.write(numbers.randbytes(65536) if i % 3 == 0
                       else b"%d text that packs well. " % i * 4000)
    return copy


def pack(context, kind, copy, folder):
    """The payload in a container, and where it lies in that."""
    path = os.path.join(folder, "crate." + kind)
    if kind == "folder":
        return copy, ""
    if kind in ("stored.zip", "deflated.zip"):
        method = zipfile.ZIP_STORED if kind[0] == "s" else zipfile.ZIP_DEFLATED
        with zipfile.ZipFile(path, "w", method) as archive:
            for name in sorted(digests(copy)):
                archive.write(os.path.join(copy, name), name)
        return path, ""
    if kind == "bag.zip":
        answer = context.convert("--to", "bag", "-o", path, copy)
        if answer.status:
            raise RuntimeError(answer.complaint())
        return path, "bag/data"
    with tarfile.open(path, "w:gz" if kind.endswith("gz") else "w") as archive:
        archive.add(copy, "top")
    return path, "top"


KINDS = ("folder", "stored.zip", "deflated.zip", "tar", "tar.gz", "bag.zip")


def in_container(context, kind, check):
    with tempfile.TemporaryDirectory() as folder:
        copy = make_payload(folder)
        crate, inside = pack(context, kind, copy, folder)
        return check(crate, inside, digests(copy), folder)


def is_extracted(context, kind):
    """What --extract writes is what was packed."""
    command = program(context)

    def check(crate, inside, wanted, folder):
        out = os.path.join(folder, "out")
        done = subprocess.run([command, "--extract", out, crate],
                              capture_output=True, text=True, check=False)
        if done.returncode or done.stderr:
            return done.stderr or "exit %d" % done.returncode
        found = digests(os.path.join(out, inside))
        return None if found == wanted else "other files or bytes"
    return in_container(context, kind, check)


def is_shown(context, kind):
    """What is mounted is what was packed, and what --extract writes."""
    def check(crate, inside, wanted, folder):
        out = os.path.join(folder, "out")
        subprocess.run([program(context), "--extract", out, crate],
                       capture_output=True, check=True)
        with Mounted(context, crate) as mounted:
            if digests(os.path.join(mounted.folder, inside)) != wanted:
                return "other files or bytes"
            done = subprocess.run(
                ["diff", "-r", "--no-dereference", out, mounted.folder],
                capture_output=True, text=True, check=False)
            if done.returncode:
                return done.stdout[:300]
        return mounted.err or None
    return in_container(context, kind, check)


def reads_anywhere(context, kind):
    """Random reads of a mounted file by eight threads at once."""
    def check(crate, inside, wanted, folder):
        name = os.path.join("data", "large.bin")
        with open(os.path.join(folder, "crate", name), "rb") as file:
            content = file.read()
        wrong = []

        def read(descriptor, seed):
            numbers = random.Random(seed)
            for _ in range(150):
                at = numbers.randrange(len(content) + 100)
                size = numbers.choice((1, 100, 4096, 70000))
                if os.pread(descriptor, size, at) != content[at:at + size]:
                    wrong.append(at)

        with Mounted(context, crate) as mounted:
            descriptor = os.open(os.path.join(mounted.folder, inside, name),
                                 os.O_RDONLY)
            threads = [threading.Thread(target=read, args=(descriptor, seed))
                       for seed in range(8)]
            for thread in threads:
                thread.start()
            for thread in threads:
                thread.join()
            os.close(descriptor)
        return "other bytes at %s" % wrong[:5] if wrong else mounted.err or None
    return in_container(context, kind, check)


def refuses(number, call, *arguments):
    try:
        call(*arguments)
    except OSError as error:
        if error.errno in number:
            return None
        return "%s: errno %d" % (call.__name__, error.errno)
    return "%s is allowed" % call.__name__


def cannot_be_written(context):
    with Mounted(context, FLAGSHIP) as mounted:
        at = mounted.folder
        script = os.path.join(at, "code", "train.py")
        read_only = (errno.EROFS,)
        complaints = [
            refuses(read_only, os.open, script, os.O_WRONLY),
            refuses(read_only, os.open, script, os.O_RDWR | os.O_TRUNC),
            refuses(read_only, os.open, os.path.join(at, "new"),
                    os.O_WRONLY | os.O_CREAT),
            refuses(read_only, os.unlink, script),
            refuses(read_only, os.rename, script, script + "2"),
            refuses(read_only, os.mkdir, os.path.join(at, "new")),
            refuses(read_only, os.chmod, script, 0o777),
            refuses(read_only, os.truncate, script, 0),
            refuses((errno.ENODATA,), os.getxattr, script, "user.none"),
            refuses((errno.ENOENT,), os.stat, os.path.join(at, "none")),
        ]
        about = os.statvfs(at)
        if not about.f_flag & os.ST_RDONLY or about.f_namemax != 255:
            complaints.append("statvfs: %s" % (about,))
        if os.listdir(at) != os.listdir(at):
            complaints.append("another order")
    return next((each for each in complaints if each), mounted.err or None)


def has_attributes(context):
    """What getfattr(1) tells of a file of the payload, and of its entity."""
    wanted = {"user.rocrate.id": "data/train.csv",
              "user.rocrate.type": "File,DataDownload,FileObject",
              "user.schema.name": "Training data",
              "user.schema.encodingFormat": "text/csv",
              "user.schema.contentSize": "301"}
    with Mounted(context, FLAGSHIP) as mounted:
        for path in ("data/train.csv", ".crate/entity/data%2Ftrain.csv"):
            full = os.path.join(mounted.folder, path)
            found = {name: os.getxattr(full, name).decode()
                     for name in os.listxattr(full)}
            odd = [name for name in wanted if found.get(name) != wanted[name]]
            if odd:
                return "%s: %s" % (odd[0], found)
        if os.listxattr(os.path.join(mounted.folder, ".crate", "README.txt")):
            return "the README has attributes"
    return mounted.err or None


def ends_by_a_signal(context):
    with Mounted(context, FLAGSHIP) as mounted:
        mounted.process.send_signal(signal.SIGTERM)
        mounted.process.wait(timeout=PATIENCE)
        if os.path.ismount(mounted.folder):
            return "still mounted"
    return None


def goes_into_the_background(context):
    """The program ends once the folder shows the crate."""
    command = program(context)
    with Mounted(context, FLAGSHIP):
        pass  # or it is skipped
    folder = tempfile.mkdtemp(prefix="cratekit-mount-")
    try:
        done = subprocess.run([command, os.path.relpath(FLAGSHIP), folder],
                              capture_output=True, text=True, check=False,
                              timeout=PATIENCE)
        shown = os.path.exists(os.path.join(folder, "code", "train.py"))
        path = os.path.join(folder, ".crate", "report", "summary.txt")
        with open(path, encoding="utf-8") as file:
            summary = file.read()
        subprocess.run(["fusermount3", "-u", folder], check=True)
    finally:
        os.rmdir(folder)
    if done.returncode or not shown or done.stderr:
        return done.stderr or "exit %d" % done.returncode
    return None if summary.startswith("conforms to ro-crate-1.3") else summary


# What a sample's report says, a part of it; empty: nothing is wrong with it.
HOSTILE = {
    "zip_traversal.zip": "leads out of the archive",
    "zip_dupes.zip": "is there twice",
    "zip_symlink.zip": "is a link out of the archive",
    "zip_overlap.zip": "overlaps what follows it",
    "zip_lying_size.zip": "cannot have the size it says",
    "zip_bomb10m.zip": "unpacks to more than 500 times its size",
    "zip_nested_root.zip": "",
    "zip_prefix.zip": "has other bytes in front of it",
}


def shows_nothing_else(context, path):
    """A hostile archive: what is shown lies in it, and its fault is told."""
    command = program(context)
    with tempfile.TemporaryDirectory() as folder:
        out = os.path.join(folder, "deep", "out")
        os.mkdir(os.path.dirname(out))
        done = subprocess.run([command, "--extract", out, path],
                              capture_output=True, text=True, check=False)
        if done.returncode:
            return done.stderr
        for place, below, names in os.walk(out):
            for name in below + names:
                real = os.path.realpath(os.path.join(place, name))
                if not (real + os.sep).startswith(out + os.sep):
                    return "%s leads to %s" % (name, real)
        if os.listdir(folder) != ["deep"] or \
                os.listdir(os.path.dirname(out)) != ["out"]:
            return "something was written outside"
        with open(os.path.join(out, ".crate", "report", "hazards.txt"),
                  encoding="utf-8") as file:
            told = file.read()
    wanted = HOSTILE[os.path.basename(path)]
    return None if (wanted in told if wanted else not told) else \
        "the report says: %r" % told


# Opens each .npy below a folder as people do, and prints its shape and bytes.
NUMPY = """
import hashlib, os, sys, numpy
for place, _, names in os.walk(sys.argv[1]):
    for name in names:
        if name.endswith(".npy"):
            path = os.path.join(place, name)
            array = numpy.load(path, mmap_mode="r")
            digest = hashlib.md5(array.tobytes("A")).hexdigest()
            print(os.path.relpath(path, sys.argv[1]), array.nbytes, digest,
                  sep="\\t")
"""


def python_with_numpy():
    for python in (sys.executable, "/usr/bin/python3"):
        done = subprocess.run([python, "-c", "import numpy"],
                              capture_output=True, check=False)
        if done.returncode == 0:
            return python
    raise suite.Skip("python3-numpy is not installed, see ./dev deps")


def is_a_model_inside(shown, path):
    """The folder of a model: tensors as NumPy maps them, with the file's own
    bytes; of a file that is refused only the reason."""
    with open(os.path.join(shown, "hazards.txt"), encoding="utf-8") as file:
        hazards = file.read()
    table = os.path.join(shown, "tensors.tsv")
    bad = "_bad_" in path
    if bad or not os.path.exists(table):
        if os.listdir(shown) != ["hazards.txt"] or not hazards:
            return "it is shown: %s" % os.listdir(shown)
        return None if bad else "refused: " + hazards
    wanted = set()
    with open(path, "rb") as file:
        content = file.read()
    with open(table, encoding="utf-8") as file:
        for line in file.read().splitlines()[1:]:
            _, _, _, place, offset, size = line.split("\t")
            if place == "here":
                part = content[int(offset):int(offset) + int(size)]
                wanted.add((len(part), hashlib.md5(part).hexdigest()))
    done = subprocess.run([python_with_numpy(), "-c", NUMPY,
                           os.path.join(shown, "tensors")],
                          capture_output=True, text=True, check=False)
    if done.returncode:
        return done.stderr[-300:]
    for line in done.stdout.splitlines():
        name, size, digest = line.split("\t")
        if (int(size), digest) not in wanted:
            return "%s has other bytes" % name
    return None


def model_is_shown(context, path):
    command = program(context)
    name = os.path.basename(path)
    with tempfile.TemporaryDirectory() as folder:
        crate = os.path.join(folder, "crate")
        os.mkdir(crate)
        shutil.copy(path, crate)
        out = os.path.join(folder, "out")
        done = subprocess.run([command, "--extract", out, crate],
                              capture_output=True, text=True, check=False)
        if done.returncode or done.stderr:
            return done.stderr or "exit %d" % done.returncode
        return is_a_model_inside(
            os.path.join(out, ".crate", "models", name), path)


def model_is_mapped(context, paths):
    """Models in a mounted archive, mapped by NumPy where they lie."""
    python_with_numpy()
    with tempfile.TemporaryDirectory() as folder:
        crate = os.path.join(folder, "crate.zip")
        with zipfile.ZipFile(crate, "w", zipfile.ZIP_STORED) as archive:
            for path in paths:
                archive.write(path, os.path.basename(path))
        with Mounted(context, crate) as mounted:
            for path in paths:
                complaint = is_a_model_inside(
                    os.path.join(mounted.folder, ".crate", "models",
                                 os.path.basename(path)), path)
                if complaint:
                    return "%s: %s" % (os.path.basename(path), complaint)
    return mounted.err or None


def readme_session():
    """(command, output) of the README's session that mounts something."""
    with open(os.path.join(suite.ROOT, "README.md"), encoding="utf-8") as file:
        text = file.read()
    block = next(block for block in re.findall(
        r"  ```console\n(.*?)  ```", text, re.S) if "crate-mount" in block)
    lines = [line[2:] for line in block.splitlines()]
    for part in re.split(r"^\$ ", "\n".join(lines) + "\n", flags=re.M)[1:]:
        yield part.split("\n", 1)


def readme_is_true(context):
    """What the README shows is what comes out."""
    path = os.path.dirname(program(context)) + ":" + os.environ["PATH"]
    with Mounted(context, FLAGSHIP):
        pass  # or it is skipped
    folder = tempfile.mkdtemp(prefix="cratekit-mount-")
    try:
        for command, expected in readme_session():
            done = subprocess.run(
                ["sh", "-c", command.replace("/tmp/digits", folder)],
                cwd=suite.ROOT, env=dict(os.environ, PATH=path, LC_ALL="C"),
                capture_output=True, text=True, check=False, timeout=PATIENCE)
            found = (done.stdout + done.stderr).replace(folder, "/tmp/digits")
            if found != expected:
                return "$ %s\n%s" % (command, found)
    finally:
        if os.path.ismount(folder):
            subprocess.run(["fusermount3", "-u", "-z", folder], check=False)
        os.rmdir(folder)
    return None


USAGE = (
    ("no-crate", ["--tree"], "expected a crate"),
    ("no-folder", ["x"], "expected a crate and a folder"),
    ("too-many", ["a", "b", "c"], "one too many"),
    ("name-with-a-slash", ["--name", "a/b", "--tree", FLAGSHIP], "--name"),
    ("no-such-crate", ["--tree", "/nonexistent"], "No such file"),
    ("not-mounted", [FLAGSHIP, "/nonexistent"], "cannot be mounted on"),
    ("extract-over-something", ["--extract", "/", FLAGSHIP], "exists"),
)


def is_refused(context, arguments, words):
    done = subprocess.run([program(context), *arguments], capture_output=True,
                          text=True, check=False)
    fine = done.returncode == 2 and not done.stdout and words in done.stderr
    return None if fine else "exit %d: %s" % (done.returncode, done.stderr)


def tree_is_printed(context):
    """--tree prints each node that --extract writes."""
    command = program(context)
    printed = subprocess.run([command, "--tree", FLAGSHIP],
                             capture_output=True, text=True, check=True).stdout
    with tempfile.TemporaryDirectory() as folder:
        out = os.path.join(folder, "out")
        subprocess.run([command, "--extract", out, FLAGSHIP], check=True)
        names = [name for _, below, files in os.walk(out)
                 for name in below + files]
    lines = [line.strip().split(" -> ")[0].rstrip("/")
             for line in printed.splitlines()]
    return None if sorted(lines) == sorted(names) else "other names"


def cases(context):
    yield suite.Case("mount", "tree", lambda: tree_is_printed(context))
    for kind in KINDS:
        yield suite.Case("mount", "extract-" + kind,
                         lambda kind=kind: is_extracted(context, kind))
        yield suite.Case("mount", "show-" + kind,
                         lambda kind=kind: is_shown(context, kind))
    for kind in ("folder", "stored.zip", "deflated.zip", "tar.gz"):
        yield suite.Case("mount", "read-anywhere-" + kind,
                         lambda kind=kind: reads_anywhere(context, kind))
    yield suite.Case("mount", "read-only", lambda: cannot_be_written(context))
    yield suite.Case("mount", "attributes", lambda: has_attributes(context))
    yield suite.Case("mount", "signal", lambda: ends_by_a_signal(context))
    yield suite.Case("mount", "background",
                     lambda: goes_into_the_background(context))
    yield suite.Case("mount", "readme", lambda: readme_is_true(context))
    for name, arguments, words in USAGE:
        yield suite.Case("mount", name, lambda a=arguments, w=words:
                         is_refused(context, a, w))
    samples = glob.glob(os.path.join(context.shared or "", "samples", "models",
                                     "zip_*.zip"))
    if not samples:
        yield suite.absent("mount", "samples/models")
    for path in sorted(samples):
        yield suite.Case("mount", os.path.basename(path),
                         lambda path=path: shows_nothing_else(context, path))
    models = [path for path in sorted(glob.glob(os.path.join(
        context.shared or "", "samples", "models", "*")))
        if not path.endswith((".zip", ".tsv"))]
    for path in models:
        yield suite.Case("mount", "model-" + os.path.basename(path),
                         lambda path=path: model_is_shown(context, path))
    if models:
        yield suite.Case("mount", "models-mapped", lambda: model_is_mapped(
            context, [path for path in models if os.path.basename(path)
                      in ("st_ok.safetensors", "gguf_v3.gguf", "npy_f4.npy",
                          "npy_fortran.npy", "torch_state.pt")]))


if __name__ == "__main__":
    sys.exit(suite.main("mount", cases))
