#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Small model files, honest ones and ones that lie in one thing each, and what
is said of those. They are cases of tests/suites/models.py and the seeds of the
fuzzing.

usage: model_files.py [--write] FOLDER

Without --write: whether the files in the folder are these.
"""
import io
import json
import os
import struct
import sys
import zipfile

DATE = (1980, 1, 1, 0, 0, 0)


def archive(members, method=zipfile.ZIP_STORED):
    """A zip archive, the same bytes each time."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as file:
        for name, data in members:
            info = zipfile.ZipInfo(name, DATE)
            info.compress_type = method
            file.writestr(info, data)
    return out.getvalue()


# safetensors

def safetensors(header, data=b"", size=None):
    text = header if isinstance(header, bytes) else json.dumps(
        header, separators=(",", ":")).encode()
    return struct.pack("<Q", len(text) if size is None else size) + text + data


def info(dtype, shape, begin, end):
    return {"dtype": dtype, "shape": shape, "data_offsets": [begin, end]}


def safetensors_files():
    one = info("F32", [2], 0, 8)
    yield "ok.safetensors", safetensors(
        {"__metadata__": {"k": "v"}, "b": info("BF16", [2, 1], 8, 12),
         "a": one}, bytes(12)), None
    yield "empty.safetensors", safetensors({}), None
    yield "scalar.safetensors", safetensors(
        {"s": info("I64", [], 0, 8), "z": info("F64", [0, 9], 8, 8)},
        bytes(8)), None
    lies = {
        "array": (b"[1]", b"", "its header does not begin with"),
        "number": ({"a": 1}, b"", 'the header\'s "a" is no object'),
        "dtype": ({"a": info("F99", [2], 0, 8)}, bytes(8), "dtype"),
        "fraction": ({"a": info("F32", [2.0], 0, 8)}, bytes(8),
                     "not all whole numbers"),
        "negative": ({"a": info("F32", [-2], 0, 8)}, bytes(8),
                     "not all whole numbers"),
        "offsets": ({"a": {"dtype": "F32", "shape": [2],
                           "data_offsets": [0]}}, bytes(8), "data_offsets"),
        "wrong-size": ({"a": info("F32", [3], 0, 8)}, bytes(8),
                       "has 8 bytes, but its shape and type make 12"),
        "no-bytes": ({"a": info("F32", [3], 0, 0)}, b"",
                     "has no bytes, but its shape has elements"),
        "beyond": ({"a": one}, bytes(4), "lies beyond the file's end"),
        "gap": ({"a": one, "b": info("F32", [1], 12, 16)}, bytes(16),
                'tensor "b" begins at byte 12'),
        "rank": ({"a": info("F32", [1] * 65, 0, 4)}, bytes(4), "shape"),
    }
    for name, (header, data, words) in lies.items():
        yield "lie-%s.safetensors" % name, safetensors(header, data), words
    yield "lie-short.safetensors", b"\x08\x00\x00\x00", "it ends at byte 4"
    yield "lie-json.safetensors", safetensors(b'{"a":'), "ends"


# GGUF

class Gguf:
    """GGUF in one of its versions and byte orders."""

    def __init__(self, version=3, order="<"):
        self.version, self.order = version, order
        self.entries, self.tensors, self.data = [], [], b""
        self.alignment = 32

    def size(self, number):
        return struct.pack(self.order + "IQQ"[self.version - 1], number)

    def text(self, text):
        text = text if isinstance(text, bytes) else text.encode()
        return self.size(len(text)) + text

    def pack(self, kind, *values):
        return struct.pack(self.order + kind, *values)

    def value(self, kind, value):
        """A value without its type."""
        codes = {0: "B", 1: "b", 2: "H", 3: "h", 4: "I", 5: "i", 6: "f",
                 7: "B", 10: "Q", 11: "q", 12: "d"}
        if kind == 8:
            return self.text(value)
        if kind == 9:
            element, values = value
            return self.pack("I", element) + self.size(len(values)) \
                + b"".join(self.value(element, v) for v in values)
        return self.pack(codes[kind], value)

    def entry(self, key, kind, value):
        self.entries.append(self.text(key) + self.pack("I", kind)
                            + self.value(kind, value))
        return self

    def tensor(self, name, kind, dimensions, data, offset=None):
        self.tensors.append(
            self.text(name) + self.pack("I", len(dimensions))
            + b"".join(self.size(d) for d in dimensions)
            + self.pack("I", kind)
            + self.pack("Q", len(self.data) if offset is None else offset))
        self.data += data + bytes(-len(data) % self.alignment)
        return self

    def bytes(self, entries=None, tensors=None):
        head = b"GGUF" + self.pack("I", self.version) \
            + self.size(len(self.tensors) if tensors is None else tensors) \
            + self.size(len(self.entries) if entries is None else entries) \
            + b"".join(self.entries) + b"".join(self.tensors)
        return head + bytes(-len(head) % self.alignment) + self.data


def gguf(version=3, order="<"):
    """One with all types of values."""
    made = Gguf(version, order)
    for kind, value in enumerate([200, -3, 60000, -300, 70000, -70000, 0.1, 1,
                                  "é\n"]):
        made.entry("k.%d" % kind, kind, value)
    made.entry("k.10", 10, 1 << 63).entry("k.11", 11, -5)
    made.entry("k.12", 12, 1e300).entry("inf", 12, float("inf"))
    made.entry("list", 9, (8, ["a", "b"])).entry("none", 9, (4, []))
    made.entry("lists", 9, (9, [(0, [1]), (7, [0, 1])]))
    made.tensor("x", 0, [3, 2], bytes(24)).tensor("q", 12, [256, 2],
                                                  bytes(288))
    return made


def gguf_files():
    for version in (1, 2, 3):
        for order in "<>":
            yield "v%d%s.gguf" % (version, "" if order == "<" else "-be"), \
                gguf(version, order).bytes(), None
    made = Gguf()
    made.alignment = 8
    yield "aligned.gguf", made.entry("general.alignment", 4, 8).tensor(
        "a", 24, [3], b"abc").tensor("b", 24, [1], b"d").bytes(), None
    yield "template.gguf", Gguf().entry(
        "tokenizer.chat_template", 8, "{{ x.__class__ }}").bytes(), None
    lies = {
        "version": (Gguf(2).bytes()[:4] + b"\x09\0\0\0" + bytes(16),
                    "a version of GGUF other than"),
        "bool": (Gguf().entry("k", 7, 2).bytes(), "neither 0 nor 1"),
        "deep": (Gguf().entry("k", 9, (9, [(9, [(9, [(9, [(9, [])])])])]))
                 .bytes(), "more than 4 deep"),
        "type": (Gguf().tensor("a", 4, [32], bytes(32)).bytes(),
                 "a tensor of an unknown type"),
        "block": (Gguf().tensor("a", 2, [33], bytes(32)).bytes(),
                  "no whole number of blocks"),
        "twice": (Gguf().tensor("a", 0, [8], bytes(32)).tensor(
            "a", 0, [8], bytes(32)).bytes(), 'tensor "a" is there twice'),
        "gap": (Gguf().tensor("a", 0, [8], bytes(32)).tensor(
            "b", 0, [8], bytes(32), 64).bytes(), "expected is 32"),
        "cut": (gguf().bytes()[:-60], "lies beyond the file's end"),
        "key-twice": (Gguf().entry("a", 0, 1).entry("a", 0, 2).bytes(),
                      'the key "a" is there twice'),
        "alignment": (Gguf().entry("general.alignment", 4, 48).bytes(),
                      "must be a power of 2"),
        "alignment-type": (Gguf().entry("general.alignment", 5, 32).bytes(),
                           "general.alignment is no uint32"),
        "array": (Gguf().bytes(1)[:24] + Gguf().text("a")
                  + struct.pack("<IIQ", 9, 0, 1 << 60),
                  "an array of more values than there are bytes"),
    }
    for name, (data, words) in lies.items():
        yield "lie-%s.gguf" % name, data, words


# NumPy

def npy(header, data=b"", version=1):
    text = header if isinstance(header, bytes) else header.encode()
    return b"\x93NUMPY" + bytes([version, 0]) \
        + struct.pack("<H" if version == 1 else "<I", len(text)) + text + data


def array(descr="'<f4'", order="False", shape="(2,)"):
    return "{'descr': %s, 'fortran_order': %s, 'shape': %s, }\n" % (
        descr, order, shape)


def npy_files():
    yield "ok.npy", npy(array(), bytes(8)), None
    yield "scalar.npy", npy(array(shape="()"), bytes(4)), None
    yield "fortran.npy", npy(array("'>i2'", "True", "(2, 3)"), bytes(12),
                             2), None
    yield "text.npy", npy(array("'<U3'"), bytes(24)), None
    yield "date.npy", npy(array("'<M8[ns]'"), bytes(16)), None
    yield "old.npy", npy(array(shape="(2L, 1L)"), bytes(8)), None
    yield "record.npy", npy(array(
        "[('a', '<f4'), (('title', 'b'), '|u1', (2, 2)), "
        "('c', [('d', '>i8')])]"), bytes(32)), None
    yield "pair.npy", npy(array("[('a', ('<f4', (3,)))]"), bytes(24)), None
    lies = {
        "call": ("__import__('os')", "no literal"),
        "expression": (array(shape="(2*3,)"), "must be there"),
        "type": (array("'<q9'"), "none of NumPy's"),
        "key": ("{'descr': '<f4', 'shape': (), 'x': 1}", "other than"),
        "missing": ("{'descr': '<f4', 'shape': ()}", "not all of"),
        "twice": ("{'descr': '<f4', 'descr': '<f8'}", "or twice"),
        "order": (array(order="1"), "True or False"),
        "shape": (array(shape="2"), "no tuple"),
        "large": (array(shape="(4294967296, 4294967296, 2)"),
                  "more elements than 64 bits"),
        "beyond": (array(shape="(3,)"), "lies beyond"),
        "behind": (array() + "x", "behind the dictionary"),
        "deep": (array("[" * 100), "deep"),
        "string": ("{'descr", "does not end"),
        "rank": (array(shape="(" + "1," * 65 + ")"), "up to 64"),
    }
    for name, (header, words) in lies.items():
        yield "lie-%s.npy" % name, npy(header, bytes(8)), words
    yield "lie-version.npy", npy(array(), bytes(8), 4), "version 1.0"
    ok = npy(array(), bytes(8))
    yield "ok.npz", archive([("a.npy", ok), ("b/c.npy", ok)]), None
    yield "packed.npz", archive([("a.npy", ok)], zipfile.ZIP_DEFLATED), None
    yield "other.npz", archive([("a.npy", ok), ("x.txt", b"x")]), None
    yield "lie-member.npz", archive([("a.npy", ok[:20])]), "a.npy: "
    yield "lie-packed.npz", archive(
        [("a.npy", npy(array(shape="(9,)"), bytes(8)))],
        zipfile.ZIP_DEFLATED), "lies beyond"


def files():
    """(name, bytes, what is said of it or None) for each."""
    for made in (safetensors_files, gguf_files, npy_files):
        yield from made()


def main(arguments):
    write, folder = "--write" in arguments, arguments[-1]
    made = {name: data for name, data, _ in files()}
    there = set(os.listdir(folder)) if os.path.isdir(folder) else set()
    failed = 0
    for name, data in made.items():
        path = os.path.join(folder, name)
        if write:
            os.makedirs(folder, exist_ok=True)
            with open(path, "wb") as file:
                file.write(data)
        elif name not in there or open(path, "rb").read() != data:
            print("%s is not what model_files.py makes" % name)
            failed += 1
    print("%d passed, %d failed, 0 skipped" % (len(made) - failed, failed))
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
