# SPDX-License-Identifier: Apache-2.0
"""Zip archives that mean harm."""
import io
import stat
import struct
import zipfile
import zlib

from hostile_documents import crate, part

METADATA = "ro-crate-metadata.json"
MEGABYTE = 1 << 20


def archive(*members, method=zipfile.ZIP_DEFLATED):
    """Bytes of an archive of (name, bytes) pairs."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", method) as file:
        for name, contents in members:
            info = name
            if not isinstance(name, zipfile.ZipInfo):
                info = zipfile.ZipInfo("x")
                info.filename = name  # the constructor would clean it
                info.compress_type = method
            file.writestr(info, contents)
    return made.getvalue()


def link(name):
    info = zipfile.ZipInfo(name)
    info.create_system = 3
    info.external_attr = (stat.S_IFLNK | 0o777) << 16
    return info


def sound():
    return (METADATA, crate([part("a.txt")], hasPart={"@id": "a.txt"}))


def judged(make, status, words):
    def trap(trial, check):
        trial.write("c.zip", make())
        answer = trial.run("-p", "ro-crate-1.2", "c.zip")
        check(trial, answer, status, words)
    return trap


def named(name):
    return judged(lambda: archive(sound(), ("a.txt", "a"), (name, "x")),
                  2, ["c.zip: error: ", "[invalid-zip]"])


def directory_of(data):
    """Offset of the end record, and its directory's size and offset."""
    end = data.rindex(b"PK\5\6")
    size, offset = struct.unpack_from("<II", data, end + 12)
    return end, size, offset


def bomb(announced):
    """A metadata document of 10 GB of zeros, which announces a size."""
    def make():
        data = bytearray(archive(sound(), ("a.txt", "a")))
        packer = zlib.compressobj(9, zlib.DEFLATED, -15)
        block = packer.compress(b"\0" * MEGABYTE) + packer.flush(
            zlib.Z_FULL_FLUSH)
        packed = block * 10240 + packer.flush()
        name = METADATA.encode()
        local = struct.pack("<4s5H3I2H", b"PK\3\4", 20, 0, 8, 0, 0, 0,
                            len(packed), min(announced, 0xFFFFFFFF),
                            len(name), 0) + name
        extra = struct.pack("<HHQ", 1, 8, announced) \
            if announced > 0xFFFFFFFE else b""
        central = struct.pack(
            "<4s6H3I5H2I", b"PK\1\2", 45, 45, 0, 8, 0, 0, 0, len(packed),
            min(announced, 0xFFFFFFFF), len(name), len(extra), 0, 0, 0, 0,
            0) + name + extra
        offset = len(local) + len(packed)
        data = local + packed + central + struct.pack(
            "<4s4H2IH", b"PK\5\6", 0, 0, 1, 1, len(central), offset, 0)
        return bytes(data)
    return make


def lying_end(field, form, value):
    """The end record with one field changed."""
    def make():
        data = bytearray(archive(sound(), ("a.txt", "a")))
        end = directory_of(data)[0]
        struct.pack_into(form, data, end + field, value)
        return bytes(data)
    return judged(make, 2, "c.zip: error: ")


def lying_end64(count, size, offset):
    """A zip64 end record that lies."""
    def make():
        data = archive(sound(), ("a.txt", "a"))
        end = directory_of(data)[0]
        record = struct.pack("<4sQ2H2I4Q", b"PK\6\6", 44, 45, 45, 0, 0,
                             count, count, size, offset)
        locator = struct.pack("<4sIQI", b"PK\6\7", 0, end, 1)
        last = struct.pack("<4s4H2IH", b"PK\5\6", 0, 0, 0xFFFF, 0xFFFF,
                           0xFFFFFFFF, 0xFFFFFFFF, 0)
        return data[:end] + record + locator + last
    return judged(make, 2, "c.zip: error: ")


def lying_entry(field, form, value, words="c.zip: error: "):
    """The first central header with one field changed."""
    def make():
        data = bytearray(archive(sound(), ("a.txt", "a")))
        offset = directory_of(data)[2]
        struct.pack_into(form, data, offset + field, value)
        return bytes(data)
    return judged(make, 2, words)


def overlapping():
    """Two members, one body."""
    data = bytearray(archive(sound(), ("a.txt", "a")))
    offset = directory_of(data)[2]
    second = data.index(b"PK\1\2", offset + 4)
    struct.pack_into("<I", data, second + 42, 0)
    return bytes(data)


def truncated(trial, check):
    whole = archive(sound(), ("a.txt", "a" * 100))
    for size in range(0, len(whole), 7):
        trial.write("c.zip", whole[:size])
        answer = trial.run("-p", "ro-crate-1.2", "c.zip")
        check(trial, answer, 2, "c.zip: error: ")


def deep_names():
    """Names whose folders are all different: n² to note, without a ceiling."""
    return archive(sound(), *(
        ("%d/" % i + "a/" * 2500 + "b", "") for i in range(200)))


def traps():
    for name, path in (
            ("climbing", "../evil"), ("climbing-inside", "a/../../evil"),
            ("absolute", "/etc/evil"), ("backslash", "a\\b"),
            ("drive", "C:/evil"), ("doubled", "a.txt"),
            ("doubled-metadata", METADATA), ("file-and-folder", "a.txt/b"),
            ("empty-segment", "a//b")):
        yield "zip-" + name, named(path)
    yield "zip-steering", judged(
        lambda: archive(sound(), ("../\x1b[31m\nx", "x")), 2, "\\x1B")
    yield "zip-nul", judged(
        lambda: archive(sound(), ("a.txt", "a"), ("aQb", "")).replace(
            b"aQb", b"a\0b"), 2, "NUL")
    yield "zip-link-out", judged(
        lambda: archive(sound(), (link("a.txt"), "../../etc/passwd")),
        1, "outside")
    yield "zip-link-absolute", judged(
        lambda: archive(sound(), (link("a.txt"), "/etc/passwd")), 1, "outside")
    yield "zip-link-loop", judged(
        lambda: archive(sound(), (link("a.txt"), "a.txt")), 1, "outside")
    yield "zip-link-pair", judged(
        lambda: archive(sound(), (link("a.txt"), "b"), (link("b"), "a.txt")),
        1, "outside")
    yield "zip-metadata-link", judged(
        lambda: archive((link(METADATA), "/etc/passwd")), 1, "ro-crate-1.2/")
    yield "zip-overlapping", judged(overlapping, 2, "[invalid-zip]")
    yield "zip-bomb", judged(bomb(10 << 30), 2, "[over-limit]")
    yield "zip-bomb-modest", judged(bomb(1000), 2, "[invalid-zip]")
    yield "zip-bomb-half", judged(bomb(1 << 20), 2, "[invalid-zip]")
    yield "zip-truncated", truncated
    yield "zip-deep-names", judged(deep_names, 2, "c.zip: error: ")
    yield "zip-empty", judged(lambda: archive(), 1, "ro-crate-1.2/")
    yield "zip-not", judged(
        lambda: b"PK\3\4" + b"\0" * 1000, 2, "[invalid-zip]")
    yield "zip-count-more", lying_end(10, "<H", 9)
    yield "zip-count-less", lying_end(10, "<H", 1)
    yield "zip-size", lying_end(12, "<I", 0x7FFFFFFF)
    yield "zip-offset", lying_end(16, "<I", 0xFFFFFFFE)
    yield "zip-disk", lying_end(4, "<H", 1)
    for name, values in (
            ("count", (1 << 63, 100, 0)), ("members", (3000000, 100, 0)),
            ("size", (2, (1 << 64) - 1, 0)), ("offset", (2, 100, 1 << 63)),
            ("wrap", (2, (1 << 64) - 10, 20))):
        yield "zip64-" + name, lying_end64(*values)
    yield "zip-entry-packed", lying_entry(20, "<I", 0x7FFFFFFF)
    yield "zip-entry-packed64", lying_entry(20, "<I", 0xFFFFFFFF)
    yield "zip-entry-size", lying_entry(24, "<I", 0x7FFFFFFF)
    yield "zip-entry-size-off", lying_entry(24, "<I", 5)
    yield "zip-entry-header", lying_entry(42, "<I", 0xFFFFFFFE)
    yield "zip-entry-name", lying_entry(28, "<H", 0xFFFF)
    yield "zip-entry-crc", lying_entry(16, "<I", 1, "checksum")
    yield "zip-entry-encrypted", lying_entry(8, "<H", 1, "encrypted")
    yield "zip-entry-method", lying_entry(10, "<H", 99, "deflate")
