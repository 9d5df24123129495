#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Model files through crate-model-info: those that lie are refused with the
reason, what is said of the others is what the field's own readers say.

Files are those of ../support/model_files.py and of the shared samples.
"""
import functools
import json
import os
import re
import struct
import subprocess
import sys
import tempfile

import suite

sys.path.insert(0, os.path.dirname(suite.HERE))

from support import model_files  # noqa: E402

FOLDER = tempfile.TemporaryDirectory(prefix="cratekit-models-")
ORACLE = os.path.join(suite.HERE, "models_oracle.py")

# Bad samples, and what is said of each.
REFUSED = {
    "h5_bad_extlink.h5": "data that are in another file",
    "h5_bad_extstore.h5": "data that are in another file",
    "h5_latest_bad_vds.h5": "data that are in another file",
    "h5_bad_loop.h5": "is in itself",
    "h5_bad_bomb.h5": "has 70368744177664 bytes by its shape",
    "st_bad_hlen_huge.safetensors": "4611686018427387904 bytes",
    "st_bad_hlen_past_eof.safetensors": "4096 bytes, and the file has 112",
    "st_bad_overlap.safetensors": "belongs to another",
    "st_bad_hole.safetensors": "the one before it ends at 16",
    "st_bad_trailing.safetensors": "32 bytes follow the last tensor",
    "st_bad_dup.safetensors": "is there twice",
    "st_bad_shape.safetensors": "more bytes than 64 bits can count",
    "st_bad_reversed.safetensors": "ends before it begins",
    "st_bad_metatype.safetensors": "is no string",
    "st_bad_utf8.safetensors": "is not UTF-8",
    "st_bad_start.safetensors": "does not begin with",
    "st_bad_deep.safetensors": "nested too deeply",
    "gguf_bad_nkv.gguf": "more keys than there is room for",
    "gguf_bad_ntensors.gguf": "more tensors than there is room for",
    "gguf_bad_ndims.gguf": "more than 4 dimensions",
    "gguf_bad_dims_overflow.gguf": "more bytes than 64 bits can count",
    "gguf_bad_offset.gguf": "begins at byte 1152921504606846976",
    "gguf_bad_align.gguf": "general.alignment is 0",
    "gguf_bad_align_huge.gguf": "general.alignment is 2147483648",
    "gguf_bad_strlen.gguf": "a text that is longer than any may be",
    "gguf_bad_nested.gguf": "arrays in one another",
    "gguf_bad_dup.gguf": "is there twice",
    "gguf_bad_type.gguf": "a value of an unknown type",
    "npy_bad_hdr.npy": "more than 64 bits",
    "npy_bad_expr.npy": "no literal",
    "npy_bad_trunc.npy": "4294967295 bytes",
    "npy_bad_short.npy": "beyond the file's end",
}

# Files with hazards, samples and made ones: severities and codes, in order.
HAZARDS = {
    "npy_obj.npy": "warning object-array",
    "numpy_py3-objarr.npy": "warning object-array",
    "numpy_py2-objarr.npz": "warning object-array",
    "objects.npy": "warning object-array, danger pickle-import",
    "objects.npz": "warning object-array, danger pickle-import",
    "lie-objects.npy": "warning object-array, danger pickle-import",
    "other.npz": "note other-member",
    "template.gguf": "danger chat-template",
    "pickle_evil.pkl": "danger pickle-import",
    "pickle_hidden.pkl": "warning pickle-more, danger pickle-import",
    "model.pkl": "warning pickle-import",
    "call.pkl": "danger pickle-import",
    "inst.pkl": "danger pickle-import",
    "obj.pkl": "danger pickle-import",
    "memo.pkl": "danger pickle-import",
    "made.pkl": "danger pickle-hidden-import",
    "dotted.pkl": "danger pickle-import",
    "escaped.pkl": "danger pickle-import",
    "patch.pkl": "danger pickle-patch",
    "extension.pkl": "danger pickle-hidden-import",
    "two.pkl": "warning pickle-more, danger pickle-import",
    "first.pkl": "danger pickle-import",
    "deep.pkl": "note pickle-deep",
    "objects.joblib": "danger pickle-import",
    "external.onnx": "note external-data",
    "outside.onnx": "danger external-data-outside",
    "custom.onnx": "note custom-operator",
    "custom.tflite": "note custom-operator",
    "python.pb": "danger file-operator, danger python-operator, "
                 "danger external-data-outside",
    "h5_bad_extlink.h5": "danger external-data-outside",
    "h5_bad_extstore.h5": "danger external-data-outside",
    "h5_latest_bad_vds.h5": "danger external-data-outside",
    "h5_bad_loop.h5": "warning link",
    "lie-external-link.h5": "danger external-data-outside",
    "lie-external-file.h5": "danger external-data-outside",
    "lie-virtual.h5": "danger external-data-outside",
    "ok.h5": "warning link, danger code",
    "lambda.keras": "danger code, danger code",
    "import.keras": "danger import, warning import, note custom-object, "
                    "danger external-data-outside",
    "import.skops": "danger import, warning import",
    "code.pt": "warning code, danger pickle-import",
    "lie-type.pt": "warning pickle-import",
    "lie-then-broken.pkl": "danger pickle-import",
}

# Files whose tensors a reader of the field reads, too.
READ = {
    ".npy": "npy", ".npz": "npz", ".onnx": "onnx", ".h5": "h5py",
    ".keras": "h5py",
}

# Files that a library of the field writes: its module, how they end.
WRITTEN = {
    "joblib": ("joblib", ".joblib"),
    "joblib-zlib": ("joblib", ".joblib"),
    "pickle-2": ("pickle", ".pkl"),
    "pickle-4": ("pickle", ".pkl"),
    "pickle-5": ("pickle", ".pkl"),
    "onnx-raw": ("onnx", ".onnx"),
    "onnx-typed": ("onnx", ".onnx"),
    "hdf5-old": ("h5py", ".h5"),
    "hdf5-new": ("h5py", ".h5"),
}


def tell(context, path, *options):
    answer = context.call("crate-model-info", "--json", *options, path)
    model = json.loads(answer.out) if answer.out else None
    return answer, model


def hazards_of(model):
    return ", ".join("%(severity)s %(code)s" % h for h in model["hazards"])


def refused(context, path, words):
    """A file that is refused, with the reason, and has no tensors."""
    def run():
        answer, model = tell(context, path)
        if answer.crashed() or answer.status != 2:
            return answer.complaint()
        told = hazards_of(model) if model else ""
        if told != HAZARDS.get(os.path.basename(path), ""):
            return "hazards: " + told
        if words not in answer.err:
            return "not for \"%s\" but: %s" % (words, answer.err.strip())
        if model and model["tensors"]:
            return "it has tensors"
        return None
    return run


def accepted(context, path):
    """A file that is read; text and JSON tell of the same tensors."""
    def run():
        answer, model = tell(context, path)
        if answer.crashed() or answer.status == 2:
            return answer.complaint()
        told = hazards_of(model)
        if told != HAZARDS.get(os.path.basename(path), ""):
            return "hazards: " + told
        if answer.status != int("danger" in told):
            return "exit %d" % answer.status
        text = context.call("crate-model-info", path)
        lines = text.out.decode("utf-8").split("\nTensors\n")[1:]
        told = len(lines[0].splitlines()) if lines else 0
        return None if told == len(model["tensors"]) else \
            "%d tensors in the text, %d in the JSON" % (
                told, len(model["tensors"]))
    return run


@functools.lru_cache(maxsize=None)
def python_with(module):
    for program in (sys.executable, "/usr/bin/python3"):
        if os.path.exists(program) and subprocess.run(
                [program, "-c", "import numpy, " + module],
                capture_output=True).returncode == 0:
            return program
    return None


def ask(program, kind, path, stdin=b""):
    done = subprocess.run([program, ORACLE, kind, path], input=stdin,
                          capture_output=True)
    if done.returncode:
        raise RuntimeError(done.stderr.decode()[-300:])
    return json.loads(done.stdout)["tensors"]


def agrees(context, path, kind, module):
    """The bytes at the offsets told are the arrays that the reader reads, or
    has written."""
    def run():
        program = python_with(module)
        if not program:
            raise suite.Skip("no Python with numpy and " + module)
        theirs = ask(program, kind, path)
        answer, model = tell(context, path)
        if not model or answer.err:
            return answer.complaint()
        ours = ask(program, "ours", path, answer.out)
        named = {t["name"]: t for t in model["tensors"]}
        if set(named) != set(theirs):
            return "tensors %s, the reader has %s" % (
                sorted(named), sorted(theirs))
        for name, (dtype, shape, digest) in theirs.items():
            if named[name]["shape"] != shape:
                return "%s has the shape %s" % (name, shape)
            if name in ours and ours[name] != [dtype, shape, digest]:
                return "%s: %s, the reader has %s" % (
                    name, ours[name], theirs[name])
            if name not in ours and named[name]["place"] \
                    not in ("encoded", "absent"):
                return "%s has no type of NumPy's" % name
        return None
    return run


# safetensors and GGUF, as their specifications say them in a few lines.

SAFE = {"F32": 4, "BF16": 2, "I64": 8, "F64": 8, "F8_E8M0": 1, "F4": 0.5}


def read_safetensors(data):
    size, = struct.unpack_from("<Q", data)
    header = json.loads(data[8:8 + size])
    metadata = header.pop("__metadata__", {})
    return {name: (t["dtype"], t["shape"], 8 + size + t["data_offsets"][0],
                   t["data_offsets"][1] - t["data_offsets"][0])
            for name, t in header.items()}, metadata


class Reader:
    """GGUF from front to back."""

    TYPES = {0: "B", 1: "b", 2: "H", 3: "h", 4: "I", 5: "i", 6: "f", 7: "?",
             10: "Q", 11: "q", 12: "d"}
    TENSORS = {0: ("F32", 1, 4), 2: ("Q4_0", 32, 18), 12: ("Q4_K", 256, 144),
               24: ("I8", 1, 1)}

    def __init__(self, data):
        self.data, self.at, self.order = data, 4, "<"
        if not self.get("I") & 0xFFFF:
            self.order = ">"
        self.at = 4
        self.version = self.get("I")

    def get(self, code):
        value, = struct.unpack_from(self.order + code, self.data, self.at)
        self.at += struct.calcsize(code)
        return value

    def size(self):
        return self.get("I" if self.version == 1 else "Q")

    def text(self):
        size = self.size()
        self.at += size
        return self.data[self.at - size:self.at].decode("utf-8")

    def value(self, kind):
        if kind == 8:
            return self.text()
        if kind == 9:
            element = self.get("I")
            return [self.value(element) for _ in range(self.size())]
        value = self.get(self.TYPES[kind])
        if value in (float("inf"), -float("inf")):
            return "Infinity" if value > 0 else "-Infinity"
        return value

    def read(self):
        tensors, entries = self.size(), self.size()
        metadata = {}
        for _ in range(entries):
            key = self.text()
            metadata[key] = self.value(self.get("I"))
        found = []
        for _ in range(tensors):
            name = self.text()
            shape = [self.size() for _ in range(self.get("I"))][::-1]
            dtype, block, size = self.TENSORS[self.get("I")]
            count = 1
            for dimension in shape:
                count *= dimension
            found.append((name, dtype, shape, self.get("Q"),
                          count // block * size))
        mask = metadata.get("general.alignment", 32)
        start = self.at + -self.at % mask
        return {name: (dtype, shape, start + offset, size)
                for name, dtype, shape, offset, size in found}, metadata


def read_tflite(data):
    """TensorFlow Lite's tables, as schema.fbs has them."""
    def get(code, at):
        return struct.unpack_from("<" + code, data, at)[0]

    def field(table, index):
        fields = table - get("i", table)
        slot = 4 + 2 * index
        offset = get("H", fields + slot) if slot < get("H", fields) else 0
        return table + offset if offset else None

    def items(table, index):
        at = field(table, index)
        at = at and at + get("I", at)
        return [at + 4 + 4 * i for i in range(get("I", at))] if at else []

    def tables(table, index):
        return [at + get("I", at) for at in items(table, index)]

    names = {0: "F32", 2: "I32", 9: "I8"}
    model = get("I", 0)
    buffers = tables(model, 4)
    found = {}
    for graph in tables(model, 2):
        for tensor in tables(graph, 0):
            at = field(tensor, 3)
            at += get("I", at)
            name = data[at + 4:at + 4 + get("I", at)].decode()
            at = field(tensor, 2)
            at = field(buffers[get("I", at)], 0) if at else None
            at = at and at + get("I", at)
            if at and get("I", at):
                kind = field(tensor, 1)
                found[name] = (names[get("b", kind) if kind else 0],
                               [get("i", i) for i in items(tensor, 0)],
                               at + 4, get("I", at))
    return found, None


def same(a, b):
    """Equal but for the digits of 32-bit numbers."""
    if isinstance(a, float) or isinstance(b, float):
        return abs(a - b) <= 1e-6 * abs(b)
    if isinstance(a, list):
        return len(a) == len(b) and all(map(same, a, b))
    return a == b


def agrees_with_text(context, path, read):
    """Tensors and metadata are those that a few lines of Python find."""
    def run():
        answer, model = tell(context, path)
        if not model:
            return answer.complaint()
        with open(path, "rb") as file:
            tensors, metadata = read(file.read())
        ours = {t["name"]: (t["dtype"], t["shape"], t["offset"], t["bytes"])
                for t in model["tensors"] if t["place"] == "file"}
        if ours != tensors:
            return "tensors %s, expected are %s" % (ours, tensors)
        if metadata is None:
            return None
        told = {e["key"]: e["value"] for e in model["metadata"]}
        if told.keys() != metadata.keys() or not all(
                same(told[k], metadata[k]) for k in told):
            return "metadata %s, expected are %s" % (told, metadata)
        return None
    return run


def checks(context, name, path, made=False):
    """How a file that is accepted is compared, by its name."""
    ending = os.path.splitext(name)[1]
    if ending == ".safetensors":
        yield "text", agrees_with_text(context, path, read_safetensors)
    if ending == ".gguf":
        yield "text", agrees_with_text(
            context, path, lambda data: Reader(data).read())
    if ending == ".tflite" and name not in ("ok.tflite", "behind.tflite"):
        yield "text", agrees_with_text(context, path, read_tflite)
    if made and ending in (".h5", ".keras"):
        return  # without checksums, which h5py wants
    if ending in READ and name not in HAZARDS:
        kind = READ[ending]
        yield "oracle", agrees(context, path, kind,
                               "numpy" if kind[:2] == "np" else kind)


def made_cases(context, folder):
    for name, data, words in model_files.files():
        path = os.path.join(folder, name)
        with open(path, "wb") as file:
            file.write(data)
        if words:
            yield suite.Case("models", "made/" + name,
                             refused(context, path, words))
            continue
        yield suite.Case("models", "made/" + name, accepted(context, path))
        for kind, run in checks(context, name, path, True):
            yield suite.Case("models", "made/%s/%s" % (name, kind), run)


def written_cases(context, folder):
    for kind, (module, ending) in WRITTEN.items():
        yield suite.Case("models", "written/" + kind, agrees(
            context, os.path.join(folder, kind + ending), kind, module))


def program_cases(context, folder):
    """Options, and more than one file."""
    good = os.path.join(folder, "ok.safetensors")
    bad = os.path.join(folder, "call.pkl")

    def case(name, arguments, status, expected, stdin=b""):
        def run():
            answer = context.call("crate-model-info", *arguments, stdin=stdin)
            out = answer.out.decode("utf-8")
            if answer.status != status or not re.search(expected, out):
                return "%s: %s" % (answer.complaint(), out[:200])
            return None
        return suite.Case("models", "program/" + name, run)
    yield case("hazards", ["--hazards", good, bad], 1,
               r"^\S*call.pkl: danger: byte 2: [^\n]*\n$")
    yield case("hazards-json", ["--hazards", "--json", good, bad], 1,
               r'^{\n  "file": "\S*call.pkl"')
    yield case("two", [good, bad], 1, r"(?s)safetensors.*\n\n.*call.pkl")
    yield case("missing", [os.path.join(folder, "none"), good], 2,
               "safetensors")
    yield case("folder", [folder], 2, "^$")
    yield case("nothing", [], 2, "^$")
    yield case("format", ["-f", "gguf", good], 2, "^$")
    yield case("no-format", ["-f", "jpeg", good], 2, "^$")
    yield case("list", ["--list"], 0, "(?m)^safetensors ")
    yield case("version", ["-V"], 0, "^crate-model-info ")
    large = os.path.join(folder, "large.safetensors")
    with open(large, "wb") as file:  # without any blocks on the disk
        file.write(model_files.safetensors(
            {"w": model_files.info("F64", [1 << 30], 0, 1 << 33)}))
        file.truncate(file.tell() + (1 << 33))
    yield case("large", [large], 0, "8589934592 B")
    with open(good, "rb") as file:
        yield case("stdin", ["-"], 0, "^<stdin>: safetensors", file.read())


def sample_cases(context, folder):
    for name in sorted(os.listdir(folder)):
        path = os.path.join(folder, name)
        if name in REFUSED:
            yield suite.Case("models", name,
                             refused(context, path, REFUSED[name]))
        elif name.endswith((".tflite", ".keras", ".h5")) or re.match("st_|gguf_|np[yz]_|numpy_|pickle_|joblib_|torch_|onnx_", name):
            yield suite.Case("models", name,
                             accepted(context, path))
            for kind, run in checks(context, name, path):
                yield suite.Case("models", "%s/%s" % (name, kind), run)


def cases(context):
    yield from made_cases(context, FOLDER.name)
    yield from written_cases(context, FOLDER.name)
    yield from program_cases(context, FOLDER.name)
    samples = os.path.join(context.shared, "samples", "models")
    if os.path.isdir(samples):
        yield from sample_cases(context, samples)
    else:
        yield suite.absent("models", samples)


if __name__ == "__main__":
    sys.exit(suite.main("models", cases))
