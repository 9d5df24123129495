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
import zlib

DATE = (1980, 1, 1, 0, 0, 0)


def archive(members, method=zipfile.ZIP_STORED):
    """A zip archive, the same bytes each time: deflated without any effort."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method, compresslevel=0) as file:
        for name, data in members:
            info = zipfile.ZipInfo(name, DATE)
            info.compress_type = method
            file.writestr(info, data, compresslevel=0)
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
    evil = npy(array("'|O'"), pickled(call(imported("os", "system"),
                                           text("x"))))
    yield "objects.npy", evil, None
    yield "objects.npz", archive([("a.npy", evil)], zipfile.ZIP_DEFLATED), None
    yield "lie-objects.npy", evil[:-3], "ends early"
    yield "lie-member.npz", archive([("a.npy", ok[:20])]), "a.npy: "
    yield "lie-packed.npz", archive(
        [("a.npy", npy(array(shape="(9,)"), bytes(8)))],
        zipfile.ZIP_DEFLATED), "lies beyond"


# Pickles, opcode by opcode

def text(value):
    data = value.encode()
    return b"X" + struct.pack("<I", len(data)) + data


def number(value):
    return b"J" + struct.pack("<i", value)


def imported(module, name):
    return ("c%s\n%s\n" % (module, name)).encode()


def by_stack(module, name):
    return text(module) + text(name) + b"\x93"


def tuple_of(*items):
    return b"(" + b"".join(items) + b"t"


def dict_of(**items):
    return b"}(" + b"".join(text(k) + v for k, v in items.items()) + b"u"


def list_of(*items):
    return b"](" + b"".join(items) + b"e"


def call(callable, *arguments):
    return callable + tuple_of(*arguments) + b"R"


def pickled(body, protocol=4):
    return b"\x80" + bytes([protocol]) + body + b"."


def data_type(name, order="<"):
    return call(imported("numpy", "dtype"), text(name), b"\x89", b"\x88") \
        + tuple_of(number(3), text(order), b"N", b"N", b"N", number(-1),
                   number(-1), number(0)) + b"b"


def numpy_array(data, shape, name="f4", order="<", fortran=False):
    """As NumPy pickles it."""
    return call(imported("numpy.core.multiarray", "_reconstruct"),
                imported("numpy", "ndarray"), tuple_of(number(0)),
                b"C\x01b") \
        + tuple_of(number(1), tuple_of(*map(number, shape)),
                   data_type(name, order), b"\x88" if fortran else b"\x89",
                   b"B" + struct.pack("<I", len(data)) + data) + b"b"


def joblib_array(data, shape, name="f4", padding=None, order="C"):
    attributes = {"subclass": imported("numpy", "ndarray"),
                  "shape": tuple_of(*map(number, shape)),
                  "order": text(order), "dtype": data_type(name)}
    if padding is not None:
        attributes["numpy_array_alignment_bytes"] = number(16)
        data = bytes([padding]) + b"\xff" * padding + data
    return imported("joblib.numpy_pickle", "NumpyArrayWrapper") \
        + b")\x81" + dict_of(**attributes) + b"b" + data


def pickle_files():
    run = imported("posix", "system") + tuple_of(text("true")) + b"R"
    yield "ok.pkl", pickled(dict_of(a=list_of(number(1), b"N", b"\x88"),
                                    b=tuple_of(b"K\x02", b"G" + bytes(8)),
                                    c=b"\x8a\x01\xff", d=b"C\x01x")), None
    yield "old.pkl", b"(dp0\nS'a'\np1\nI1\nsS'b'\nL2L\nsS'c'\nF0.5\n" \
        b"sS'd'\nI01\nsg1\nVx\ns.", None
    yield "numpy.pkl", pickled(dict_of(
        w=numpy_array(bytes(24), [2, 3]),
        l=list_of(numpy_array(bytes(4), [2], "i2", ">"),
                  numpy_array(bytes(32), [2, 2], "f8", "<", True)))), None
    yield "buffer.pkl", pickled(call(
        imported("numpy.core.numeric", "_frombuffer"),
        b"\x96" + struct.pack("<Q", 8) + bytes(8), data_type("f4"),
        tuple_of(number(2)), text("C")), 5), None
    yield "model.pkl", pickled(
        imported("sklearn.linear_model", "Ridge") + b")\x81" + dict_of(
            coef_=numpy_array(bytes(8), [2])) + b"b"), None
    yield "call.pkl", pickled(run), None
    yield "inst.pkl", b"(S'true'\nios\nsystem\n.", None
    yield "obj.pkl", pickled(b"(" + imported("os", "popen") + text("x")
                             + b"o"), None
    yield "memo.pkl", pickled(
        text("posix") + b"\x940" + text("system") + b"\x940"
        + b"h\0h\x01\x93" + tuple_of(text("true")) + b"R"), None
    yield "made.pkl", pickled(
        call(by_stack("_codecs", "encode"), text("os"), text("utf8"))
        + text("system") + b"\x93"), None
    yield "dotted.pkl", pickled(by_stack("numpy", "os.system")), None
    yield "escaped.pkl", b"S'p\\x6f\\163ix'\nVsyste\\u006d\n\x93" \
        + tuple_of(text("true")) + b"R.", None
    yield "patch.pkl", pickled(imported("collections", "OrderedDict")
                               + dict_of(get=b"N") + b"b"), None
    yield "extension.pkl", pickled(b"\x82\x01"), None
    yield "two.pkl", pickled(b"N") + pickled(run), None
    yield "padded.pkl", pickled(b"N") + bytes(20), None
    yield "first.pkl", imported("os", "getcwd") + b")R.", None
    yield "shared.pkl", pickled(dict_of(
        a=numpy_array(bytes(4), [1]) + b"q\x01", b=b"h\x01",
        c=list_of() + b"q\x02h\x02a", d=b"h\x02")), None
    yield "deep.pkl", b"\x80\x02" + b"]" * 2000 + b"a" * 1999 + b".", None
    wrapped = joblib_array(bytes(24), [2, 3], padding=3)
    yield "ok.joblib", pickled(dict_of(w=wrapped, v=joblib_array(
        bytes(8), [4], "i2"), f=joblib_array(bytes(8), [2, 2], "i2", None,
                                             "F"))), None
    yield "objects.joblib", pickled(dict_of(o=joblib_array(
        pickled(call(imported("os", "system"), text("x"))), [1], "O"),
        w=wrapped)), None
    yield "packed.joblib", zlib.compress(pickled(dict_of(w=wrapped)), 0), None
    lies = {
        "opcode": (b"\x80\x02\xff.", "no opcode"),
        "cut": (pickled(text("abc"))[:6], "it ends early"),
        "empty": (b"\x80\x02.", "builds nothing"),
        "underflow": (pickled(b"N\x86"), "more off the stack than there is"),
        "mark": (pickled(b"Nt"), "wants a mark"),
        "odd": (pickled(b"}(Nu"), "a key without a value"),
        "memo": (pickled(b"h\x05"), "not in the memo"),
        "far": (pickled(b"Nr\xff\xff\xff\xff"), "far from all others"),
        "long": (pickled(b"X\xff\xff\xff\xffabc"), "it ends early"),
        "line": (b"(dp0\nS'a", "it ends early"),
        "protocol": (b"\x80\x09N.", "protocol above 5"),
        "then-broken": (pickled(run + b"\xff"), "no opcode"),
    }
    for name, (data, words) in lies.items():
        yield "lie-%s.pkl" % name, data, words
    yield "lie-type.joblib", pickled(dict_of(w=imported(
        "joblib.numpy_pickle", "NumpyArrayWrapper") + b")\x81}b")), \
        "without a type and a shape"
    yield "lie-beyond.joblib", pickled(dict_of(
        w=joblib_array(b"", [1 << 20, 1 << 20]))), "it ends early"
    yield "lie-large.joblib", pickled(dict_of(w=joblib_array(
        b"", [1 << 30] * 3))), "more bytes than 64 bits"
    yield "lie-packed.joblib", zlib.compress(pickled(b"N"), 0)[:-8], \
        "its packed data ends early"
    yield "lie-xz.joblib", b"\xfd7zXZ\0" + bytes(20), "packed with xz"
    deep = pickled(b"N")
    for _ in range(9):
        deep = pickled(joblib_array(deep, [1], "O"))
    yield "lie-deep.joblib", deep, "too deep in one another"


def storage(key, kind="FloatStorage", elements=6):
    module = "torch.storage" if kind == "UntypedStorage" else "torch"
    return tuple_of(text("storage"), imported(module, kind), text(key),
                    text("cpu"), number(elements)) + b"Q"


def rebuilt(source, shape, strides, start=0, more=(), name="_rebuild_tensor_v2"):
    return call(imported("torch._utils", name), source, number(start),
                tuple_of(*map(number, shape)), tuple_of(*map(number, strides)),
                b"\x89", call(imported("collections", "OrderedDict")), *more)


def torch_zip(tensors, storages, more=()):
    return archive([("m/data.pkl", pickled(dict_of(**tensors), 2)),
                    ("m/byteorder", b"little")]
                   + [("m/data/" + key, data)
                      for key, data in storages.items()]
                   + [("m/version", b"3\n")] + list(more))


def torch_old(tensors, storages):
    magic = b"\x8a\x0al\xfc\x9cF\xf9 j\xa8P\x19"
    parts = [magic, b"M\xe9\x03", dict_of(little_endian=b"\x88"),
             dict_of(**tensors), list_of(*map(text, storages))]
    return b"".join(pickled(part, 2) for part in parts) + b"".join(
        struct.pack("<Q", count) + data for count, data in storages.values())


def torch_files():
    data = bytes(range(24))
    tensors = {
        "a": rebuilt(storage("0"), [2, 3], [3, 1]),
        "t": rebuilt(storage("0"), [3, 2], [1, 3]),
        "part": rebuilt(storage("0"), [2], [1], 4),
        "odd": rebuilt(storage("0"), [2], [2], 1),
        "none": rebuilt(storage("0"), [0, 3], [3, 1]),
        "p": call(imported("torch._utils", "_rebuild_parameter"),
                  rebuilt(storage("1", "LongStorage", 1), [], []), b"\x88",
                  b"N"),
        "f8": rebuilt(storage("1", "UntypedStorage", 8), [8], [1], 0,
                      [imported("torch", "float8_e4m3fn"), b"N"],
                      "_rebuild_tensor_v3"),
    }
    storages = {"0": data, "1": bytes(8)}
    yield "ok.pt", torch_zip(tensors, storages), None
    yield "late.bin", archive([("m/version", b"3\n"), ("m/data.pkl", pickled(
        dict_of(), 2))]), None
    yield "code.pt", torch_zip({}, {}, [
        ("m/code/x.py", b"x"), ("m/constants.pkl", pickled(
            call(imported("os", "system"), text("x"))))]), None
    yield "old.pth", torch_old(
        {"a": tensors["a"], "p": tensors["p"]},
        {"0": (6, data), "1": (1, bytes(8))}), None
    lies = {
        "missing": (tensors, {"0": data}, "no member of the archive"),
        "short": ({"a": tensors["a"]}, {"0": data[:20]},
                  "beyond the end of its storage"),
        "start": ({"a": rebuilt(storage("0"), [2], [1], 5)}, {"0": data},
                  "beyond the end of its storage"),
        "strides": ({"a": rebuilt(storage("0"), [2, 3], [1])}, {"0": data},
                    "is not made as tensors are"),
        "large": ({"a": rebuilt(storage("0"), [1 << 30] * 3, [1] * 3)},
                  {"0": data}, "more bytes than 64 bits"),
        "type": ({"a": rebuilt(storage("0", "NoStorage"), [2], [1])},
                 {"0": data}, "is not made as tensors are"),
    }
    for name, (made, files_, words) in lies.items():
        yield "lie-%s.pt" % name, torch_zip(made, files_), words
    yield "lie-no-pickle.pt", archive([("a", b"a")]), "without a data.pkl"
    yield "lie-storage.pth", torch_old({"a": tensors["a"]}, {"2": (6, data)}), \
        "a storage that no tensor has"
    yield "lie-cut.pth", torch_old({"a": tensors["a"]}, {"0": (9, data)}), \
        "it ends early"


# Protocol Buffers

def varint(value):
    out = b""
    while value > 0x7f:
        out += bytes([value & 0x7f | 0x80])
        value >>= 7
    return out + bytes([value])


def message(*fields):
    """Fields as pairs of a number and an integer, a text or bytes."""
    out = b""
    for field, value in fields:
        if isinstance(value, int):
            out += varint(field << 3) + varint(value)
        else:
            data = value.encode() if isinstance(value, str) else value
            out += varint(field << 3 | 2) + varint(len(data)) + data
    return out


def onnx(*graph, more=()):
    return message((1, 8), (2, "cratekit"), (7, message(*graph)),
                   (8, message((1, ""), (2, 13))), *more)


def onnx_tensor(name, dims, kind=1, *fields):
    return message(*[(1, d) for d in dims], (2, kind), (8, name), *fields)


def onnx_files():
    floats = struct.pack("<2f", 1, 2)
    external = [(13, message((1, "location"), (2, "w.bin"))),
                (13, message((1, "offset"), (2, "4096"))),
                (13, message((1, "length"), (2, "8"))), (14, 1)]
    outside = [(13, message((1, "location"), (2, "a/../../w"))), (14, 1)]
    inner = message((1, message((5, message((5, onnx_tensor(
        "deep", [2], 1, (9, floats))))))))
    yield "ok.onnx", onnx(
        (2, "g"), (11, message((1, "x"))), (12, message((1, "y"))),
        (5, onnx_tensor("raw", [2], 1, (9, floats))),
        (5, onnx_tensor("typed", [2], 1, (4, floats))),
        (5, onnx_tensor("ints", [2], 7, (7, b"\x01\x02"))),
        (5, message((1, b"\x01\x02"), (2, 3), (8, "packed"), (9, b"ab"))),
        (15, message((1, onnx_tensor("s", [1], 1, (9, floats[:4]))),
                     (2, onnx_tensor("i", [1], 7, (9, bytes(8)))))),
        (1, message((2, "c"), (4, "Constant"), (5, message(
            (1, "value"), (5, message((1, 2), (2, 1), (9, floats))))))),
        (1, message((2, "if"), (4, "If"), (5, message((6, inner))))),
        more=[(14, message((1, "k"), (2, "v"))), (5, 7),
              (20, message((2, message((5, onnx_tensor(
                  "training", [2], 1, (9, floats)))))))]), None
    yield "external.onnx", onnx((5, onnx_tensor("w", [2], 1, *external))), None
    yield "outside.onnx", onnx((5, onnx_tensor("w", [2], 1, *outside))), None
    yield "custom.onnx", onnx((1, message((4, "Op"), (7, "com.example")))), None
    nested = b""
    for _ in range(700):
        nested = message((1, message((5, message((6, nested))))))
    lies = {
        "no-graph": (message((1, 8), (2, "x")), "it has no graph"),
        "size": (onnx((5, onnx_tensor("w", [3], 1, (9, floats)))),
                 "has 8 bytes, but its shape and type make 12"),
        "type": (onnx((5, onnx_tensor("w", [2], 99, (9, floats)))),
                 "of an unknown type"),
        "negative": (onnx((5, onnx_tensor("w", [(1 << 64) - 1]))),
                     "a dimension below zero"),
        "large": (onnx((5, onnx_tensor("w", [1 << 40, 1 << 40]))),
                  "more bytes than 64 bits"),
        "rank": (onnx((5, onnx_tensor("w", [1] * 65))), "64 dimensions"),
        "field": (onnx() + b"\x03", "a field that cannot be"),
        "varint": (onnx() + b"\x08" + b"\xff" * 11, "more than 64 bits"),
        "cut": (onnx((2, "name"))[:-8], "it ends early"),
        "deep": (message((1, 8), (7, nested)), "too deep in one another"),
    }
    for name, (data, words) in lies.items():
        yield "lie-%s.onnx" % name, data, words


# FlatBuffers

class Flat:
    """Written from front to back: what is referred to comes behind."""

    def __init__(self, identifier):
        self.data = bytearray(4) + identifier

    def point(self, at, to):
        struct.pack_into("<I", self.data, at, to - at)

    def pad(self, size):
        self.data += bytes(-len(self.data) % size)

    def table(self, fields):
        """Fields: {id: (format, number) or something else that is put behind}.
        Answers where it is."""
        self.pad(8)
        last = max(fields, default=-1)
        begin = len(self.data)
        self.data += bytes(4 + 2 * (last + 1))
        self.pad(8)
        at = len(self.data)
        self.data += struct.pack("<i", at - begin) + bytes(4)
        later = []
        for field, value in fields.items():
            code = value[0] if isinstance(value, tuple) else "I"
            self.pad(struct.calcsize(code))
            struct.pack_into("<H", self.data, begin + 4 + 2 * field,
                             len(self.data) - at)
            if isinstance(value, tuple):
                self.data += struct.pack("<" + code, value[1])
            else:
                later.append((len(self.data), value))
                self.data += bytes(4)
        struct.pack_into("<HH", self.data, begin, 4 + 2 * (last + 1),
                         len(self.data) - at)
        for place, value in later:
            self.point(place, self.put(value))
        return at

    def put(self, value):
        """A table, a list of them, a text, bytes, or a list of numbers."""
        if isinstance(value, dict):
            return self.table(value)
        self.pad(4)
        at = len(self.data)
        if isinstance(value, str):
            value = value.encode()
        if isinstance(value, bytes):
            self.data += struct.pack("<I", len(value)) + value + b"\0"
            return at
        self.data += struct.pack("<I", len(value))
        if not value or isinstance(value[0], int):
            self.data += struct.pack("<%di" % len(value), *value)
            return at
        first = len(self.data)
        self.data += bytes(4 * len(value))
        for i, item in enumerate(value):
            self.point(first + 4 * i, self.put(item))
        return at


def tflite(tensors, buffers, operators=(), metadata=(), version=3):
    flat = Flat(b"TFL3")
    model = {0: ("I", version), 1: list(operators), 2: [
        {0: tensors, 4: "main"}], 3: "made", 4: [
        {0: b} if b else {} for b in buffers], 6: list(metadata)}
    flat.point(0, flat.table(model))
    return bytes(flat.data)


def lite_tensor(name, shape, kind=0, buffer=0, **more):
    fields = {0: shape, 1: ("b", kind), 2: ("I", buffer), 3: name}
    fields.update({int(k[1:]): v for k, v in more.items()})
    return fields


def tflite_files():
    one = [b"", bytes(8)]
    weights = lite_tensor("w", [2], 0, 1)
    yield "ok.tflite", tflite(
        [weights, lite_tensor("x", [1, 4], f7=[-1, 4]),
         lite_tensor("w", [8], 9, 1), lite_tensor("i4", [15], 17, 1),
         lite_tensor("sparse", [9], 0, 1, f6={})],
        one + [b"1.5.0\0\0"], [{}], [{0: "min_runtime_version",
                                      1: ("I", 2)}]), None
    yield "custom.tflite", tflite([], one, [{1: "Mine"}]), None
    outside = [{0: b""}, {1: ("Q", 400), 2: ("Q", 8)}]
    flat = Flat(b"TFL3")
    flat.point(0, flat.table({0: ("I", 3), 2: [{0: [weights]}],
                              4: outside}))
    behind = bytes(flat.data)
    yield "behind.tflite", behind + bytes(408 - len(behind)), None
    lies = {
        "version": (tflite([], one, version=2), "other than 3"),
        "buffer": (tflite([lite_tensor("w", [2], 0, 9)], one),
                   "a buffer that is not there"),
        "size": (tflite([lite_tensor("w", [3], 0, 1)], one),
                 "has 8 bytes, but its shape and type make 12"),
        "type": (tflite([lite_tensor("w", [2], 99, 1)], one),
                 "an unknown type"),
        "root": (b"\xff\xff\xff\x00TFL3" + bytes(20),
                 "leads out of the file"),
        "zero": (bytes(4) + b"TFL3" + bytes(20), "an offset of zero"),
        "rank": (tflite([lite_tensor("w", [1] * 65)], one), "64 dimensions"),
        "cut": (tflite([weights], one)[:-9], "leads out of the file"),
        "beyond": (behind + bytes(4), "beyond the file's end"),
    }
    for name, (data, words) in lies.items():
        yield "lie-%s.tflite" % name, data, words
    # Many graphs that are one: a small file, and a large table of tensors.
    many = Flat(b"TFL3")
    many.point(0, many.table({0: ("I", 3), 2: [0] * 60, 4: []}))
    graph = many.table({0: [0] * 60})
    tensor = many.table({3: "a"})
    words = struct.pack("<I", 60)
    first = many.data.index(words) + 4
    second = many.data.index(words, first) + 4
    for i in range(60):
        many.point(first + 4 * i, graph)
        many.point(second + 4 * i, tensor)
    yield "lie-many.tflite", bytes(many.data), "more tensors than there is room"


# TensorFlow

def shape(*sizes):
    return message(*[(2, message((1, s % (1 << 64)))) for s in sizes])


def node(name, operator, *fields):
    return message((1, name), (2, operator), *fields)


def constant(name, tensor):
    return node(name, "Const", (5, message((1, "dtype"), (2, message(
        (6, 1))))), (5, message((1, "value"), (2, message((8, tensor))))))


def saved_model(nodes, assets=(), functions=()):
    graph = [(1, n) for n in nodes]
    library = message(*[(1, message((3, n))) for n in functions])
    return message((1, 1), (2, message(
        (1, message((4, "serve"), (5, "2.15.0"))),
        (2, message(*graph, (2, library))),
        (5, message((1, "serving_default"), (2, b""))),
        *[(6, message((2, a))) for a in assets])))


def block(entries):
    out, last = b"", b""
    for name, value in entries:
        shared = 0
        while shared < min(len(last), len(name)) and \
                last[shared] == name[shared]:
            shared += 1
        out += varint(shared) + varint(len(name) - shared) \
            + varint(len(value)) + name[shared:] + value
        last = name
    return out + struct.pack("<II", 0, 1)


def table(entries, magic=0xdb4775248b80fb57, kind=0, more=()):
    """A table as LevelDB has them, of one block."""
    out = block(entries)
    handle = varint(0) + varint(len(out))
    out += bytes([kind]) + bytes(4)
    at = len(out)
    index = block([(b"z", handle)] + list(more))
    out += index + bytes(5)
    foot = varint(at) + varint(0) + varint(at) + varint(len(index))
    return out + foot + bytes(40 - len(foot)) + struct.pack("<Q", magic)


def bundle(**entries):
    return [(b"", message((1, 1)))] + sorted(
        (name.encode(), value) for name, value in entries.items())


def variable(kind, sizes, offset, size, *more):
    return message((1, kind), (2, shape(*sizes)), (4, offset), (5, size),
                   *more)


def tensorflow_files():
    floats = message((1, 1), (2, shape(2)), (4, bytes(8)))
    yield "ok.pb", saved_model(
        [constant("c", floats), constant("n", message(
            (1, 3), (2, shape()), (7, b"\x05"))),
         node("m", "MatMul")], ["vocabulary.txt"],
        [constant("c", floats)]), None
    yield "frozen.pb", message((1, constant("c", floats)),
                               (1, node("m", "MatMul"))), None
    yield "python.pb", saved_model(
        [node("r", "ReadFile"), node("p", "PyFunc"), node("q", "PyFunc")],
        ["../../etc/passwd"]), None
    weights = variable(1, [2, 3], 0, 24)
    yield "ok.index", table(bundle(**{
        "model/kernel": weights, "model/bias": variable(9, [3], 24, 24),
        "part": variable(1, [4], 0, 0, (7, b""))})), None
    lies = {
        "saved.pb": (message((1, 1)), "it has no graph"),
        "size.pb": (saved_model([constant("c", message(
            (1, 1), (2, shape(3)), (4, bytes(8))))]),
            "has 8 bytes, but its shape and type make 12"),
        "type.pb": (saved_model([constant("c", message((1, 77)))]),
                    "of an unknown type"),
        "rank.pb": (saved_model([constant("c", message(
            (1, 1), (2, shape(*[1] * 65))))]), "64 dimensions"),
        "magic.index": (table(bundle(a=weights), 5), "its last bytes"),
        "packed.index": (table(bundle(a=weights), kind=1),
                         "a block of its table is packed"),
        "header.index": (table([(b"a", weights)]), "no header"),
        "empty.index": (b"", "it ends early"),
        "size.index": (table(bundle(a=variable(1, [2, 3], 0, 20))),
                       "has 20 bytes, but its shape and type make 24"),
        "shared.index": (table(bundle(a=weights), more=[
            (b"zz", varint(0) + varint(20))]), "share bytes"),
        "beyond.index": (table(bundle(a=weights), more=[
            (b"zz", varint(1 << 40) + varint(20))]), "lies beyond the end"),
    }
    for name, (data, words) in lies.items():
        yield "lie-" + name, data, words


# Keras and skops

def keras(config, weights=None):
    weights = inner_file(0) if weights is None else weights
    return archive([("metadata.json", json.dumps(
        {"keras_version": "3.4.0", "date_saved": "2024-01-01@00:00:00"})),
        ("config.json", config if isinstance(config, bytes)
         else json.dumps(config)), ("model.weights.h5", weights)])


def made_of(name, module="keras.layers", config=None, **more):
    return dict({"module": module, "class_name": name,
                 "config": {} if config is None else config}, **more)


def sequential(*layers):
    return made_of("Sequential", "keras", {"layers": list(layers)})


def skops(schema, members=()):
    return archive([("schema.json", json.dumps(schema))] + list(members))


def skops_node(name, module="builtins", content=None, loader="ObjectNode",
               **more):
    return dict({"__class__": name, "__module__": module,
                 "__loader__": loader, "content": content}, **more)


def library_files():
    yield "ok.keras", keras(sequential(made_of("Dense"), made_of(
        "Activation", config={"activation": made_of(
            "function", "builtins", "relu")}))), None
    yield "lambda.keras", keras(sequential(made_of("Lambda", config={
        "function": {"class_name": "__lambda__", "config": {
            "value": ["4wEA"]}}}))), None
    yield "import.keras", keras(sequential(
        made_of("function", "os", "system"), made_of("Mine", "my.code"),
        made_of("Other", None, registered_name="package>Other"),
        made_of("StringLookup", config={"vocabulary": "/etc/passwd"}))), None
    yield "lie-json.keras", keras(b"{"), "ends"
    yield "lie-no-config.keras", archive(
        [("model.weights.h5", inner_file(0))]), "without a config.json"
    yield "lie-weights.keras", keras({}, b"x"), "model.weights.h5: "
    one = npy(array(), bytes(8))
    yield "ok.skops", skops(skops_node("Ridge", "sklearn.linear_model", {
        "coef_": skops_node("ndarray", "numpy", None, "NdArrayNode",
                            type="numpy", file="1.npy"),
        "again_": skops_node("ndarray", "numpy", None, "NdArrayNode",
                             type="numpy", file="1.npy"),
        "list_": skops_node("list", content=[
            skops_node("ndarray", "numpy", None, "NdArrayNode",
                       type="numpy", file="2.npy")], loader="ListNode")},
        _skops_version="0.10"), [("1.npy", one), ("2.npy", one)]), None
    yield "import.skops", skops(skops_node("x", content={
        "a": skops_node("system", "os"), "b": skops_node("Mine", "my"),
        "c": skops_node("Mine", "my")})), None
    yield "lie-member.skops", skops(skops_node(
        "x", file="9.npy")), "which is no member of the archive"
    yield "lie-no-schema.skops", archive([("a", b"a")]), \
        "without a schema.json"


# HDF5

UNSET = (1 << 64) - 1


class Hdf5:
    """Written bottom up: what is referred to comes first."""

    def __init__(self):
        self.data = bytearray(96)

    def add(self, data):
        self.data += bytes(-len(self.data) % 8)
        self.data += data
        return len(self.data) - len(data)

    def header(self, *messages):
        """A header of version 2. Checksums are not looked at."""
        body = b"".join(struct.pack("<BHB", kind, len(data), 0) + data
                        for kind, data in messages)
        return self.add(b"OHDR\2\2" + struct.pack("<I", len(body)) + body
                        + bytes(4))

    def old_header(self, *messages):
        body = b""
        for kind, data in messages:
            data += bytes(-len(data) % 8)
            body += struct.pack("<HHI", kind, len(data), 0) + data
        return self.add(struct.pack("<BBHIII", 1, 0, len(messages), 1,
                                    len(body), 0) + body)

    def group(self, members, kind=0):
        """A group of old: a tree, a heap of names, a node of symbols."""
        heap, names = b"\0" * 8, {}
        for name in members:
            names[name] = len(heap)
            heap += name.encode() + bytes(8 - len(name) % 8)
        segment = self.add(heap)
        heap = self.add(b"HEAP" + bytes(4) + struct.pack(
            "<QQQ", len(heap), UNSET, segment))
        node = self.add(b"SNOD\1\0" + struct.pack("<H", len(members))
                        + b"".join(struct.pack("<QQII16x", names[n], at, kind,
                                               0)
                                   for n, at in members.items()))
        tree = self.add(b"TREE\0\0" + struct.pack(
            "<HQQQQQ", 1, UNSET, UNSET, 0, node, 8))
        return self.old_header((0x11, struct.pack("<QQ", tree, heap)))

    def floats(self, count, layout=None, more=()):
        at = self.add(bytes(4 * count))
        return self.header(
            (1, b"\2\1\0\1" + struct.pack("<Q", count)),
            (3, b"\x11\x20\x1f\0" + struct.pack(
                "<IHHBBBBI", 4, 0, 32, 23, 8, 0, 23, 127)),
            (8, layout or b"\3\1" + struct.pack("<QQ", at, 4 * count)), *more)

    def bytes(self, root, version=2):
        """The whole, with its superblock."""
        head = b"\x89HDF\r\n\x1a\n"
        if version < 2:
            head += bytes([version, 0, 0, 0, 0, 8, 8, 0]) + struct.pack(
                "<HHIQQQQQQII16x", 4, 16, 0, 0, UNSET, len(self.data), UNSET,
                0, root, 0, 0)
        else:
            head += bytes([version, 8, 8, 0]) + struct.pack(
                "<QQQQI", 0, UNSET, len(self.data), root, 0)
        return head + bytes(self.data[len(head):])


def link(name, address):
    return 6, b"\1\0" + bytes([len(name)]) + name.encode() \
        + struct.pack("<Q", address)


def other_link(name, kind, value):
    return 6, b"\1\x08" + bytes([kind, len(name)]) + name.encode() \
        + struct.pack("<H", len(value)) + value


def attribute(name, value):
    kind = b"\x13\0\0\0" + struct.pack("<I", len(value))
    return 0x0c, b"\3\0" + struct.pack("<HHH", len(name) + 1, len(kind), 4) \
        + b"\0" + name.encode() + b"\0" + kind + b"\2\0\0\0" + value


def hdf5_files():
    made = Hdf5()
    weights = made.floats(6)
    group = made.header(link("kernel", weights), other_link(
        "soft", 1, b"/a"), attribute("unit", b"m\0"))
    lambda_ = json.dumps(sequential(made_of("Lambda"))).encode()
    yield "ok.h5", made.bytes(made.header(
        link("a", group), link("b", weights), link("none", made.floats(
            2, b"\3\1" + struct.pack("<QQ", UNSET, 8))), link(
                "chunked", made.floats(2, b"\3\2\2" + bytes(20))),
        attribute("model_config", lambda_)), 3), None
    made = Hdf5()
    yield "old.h5", made.bytes(made.group({
        "w": made.floats(3), "inner": made.group({"v": made.floats(1)})}),
        0), None
    yield "block.h5", bytes(512) + inner_file(), None
    made = Hdf5()
    loop = made.header(link("again", 0))
    struct.pack_into("<Q", made.data, made.data.index(b"again") + 5, loop)
    lies = {"loop": (made.bytes(loop), "is in itself")}
    made = Hdf5()
    first = made.group({"w": made.floats(1)})
    struct.pack_into("<Q", made.data, made.data.index(b"TREE") + 32,
                     made.data.index(b"TREE"))
    lies["tree"] = (made.bytes(first, 0), "without its signature")
    for name, message_ in {
            "external-link": other_link("out", 64, b"\0x.h5\0w\0"),
            "external-file": (7, b"\1" + bytes(39))}.items():
        made = Hdf5()
        lies[name] = (made.bytes(made.header(message_)),
                      "data that are in another file")
    made = Hdf5()
    lies["virtual"] = (made.bytes(made.header(link("v", made.floats(
        1, b"\4\3" + bytes(12))))), "data that are in another file")
    made = Hdf5()
    lies["size"] = (made.bytes(made.header(link("w", made.floats(
        2, b"\3\1" + struct.pack("<QQ", 48, 9))))),
        "has 9 bytes, but its shape and type make 8")
    made = Hdf5()
    lies["beyond"] = (made.bytes(made.header(link("w", made.floats(
        2, b"\3\1" + struct.pack("<QQ", 1 << 40, 8))))), "make 8")
    made = Hdf5()
    lies["address"] = (made.bytes(made.header(link("w", 1 << 60))),
                       "beyond the file's end")
    made = Hdf5()
    deep = made.header()
    for _ in range(70):
        deep = made.header(link("g", deep))
    lies["deep"] = (made.bytes(deep), "too deep in one another")
    made = Hdf5()
    at = made.header((1, b"\2\1\0\1" + struct.pack("<Q", 1 << 50)),
                     (3, b"\x10\x08\0\0" + struct.pack("<IHH", 8, 0, 64)),
                     (8, b"\3\2\2" + bytes(20)))
    lies["bomb"] = (made.bytes(made.header(link("w", at))),
                    "bytes by its shape")
    lies["version"] = (b"\x89HDF\r\n\x1a\n\x09" + bytes(90),
                       "version of the superblock")
    lies["sizes"] = (b"\x89HDF\r\n\x1a\n\2\3\3" + bytes(90),
                     "other than 4 or 8 bytes")
    for name, (data, words) in lies.items():
        yield "lie-%s.h5" % name, data, words


def inner_file(base=512):
    """A file behind bytes of somebody else's: addresses count from it."""
    made = Hdf5()
    data = bytearray(made.bytes(made.header(link("w", made.floats(2)))))
    struct.pack_into("<Q", data, 12, base)
    struct.pack_into("<Q", data, 28, base + len(data))
    return bytes(data)


def files():
    """(name, bytes, what is said of it or None) for each."""
    for made in (safetensors_files, gguf_files, npy_files, pickle_files,
                 torch_files, onnx_files, tflite_files,
                 tensorflow_files, library_files, hdf5_files):
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
