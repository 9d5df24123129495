# SPDX-License-Identifier: Apache-2.0
"""Tar archives that mean harm: plain, with gzip, with zstd."""
import gzip
import io
import struct
import tarfile
import zlib

from hostile_archives import METADATA, sound

BLOCK = 512
ENDED = b"\0" * 2 * BLOCK


def header(name, size=0, kind=b"0", target=b"", magic=b"ustar\x0000",
           prefix=b"", number=None, extra=()):
    """One header with a right checksum, whatever it says."""
    block = bytearray(BLOCK)
    block[0:100] = name[:100].ljust(100, b"\0")
    block[100:124] = b"0000644\0" + b"0000000\0" * 2
    block[124:136] = number or b"%011o\0" % size
    block[136:148] = b"%011o\0" % 0
    block[156:157] = kind
    block[157:257] = target[:100].ljust(100, b"\0")
    block[257:265] = magic
    block[345:345 + len(prefix)] = prefix
    for at, value in extra:
        block[at:at + len(value)] = value
    block[148:156] = b" " * 8
    block[148:156] = b"%06o\0 " % sum(block)
    return bytes(block)


def member(name, data=b"", **more):
    name = name.encode() if isinstance(name, str) else name
    padding = b"\0" * (-len(data) % BLOCK)
    return header(name, len(data), **more) + data + padding


def crate_member():
    name, document = sound()
    return member(name, document.encode()
                  if isinstance(document, str) else document)


def archive(*parts, end=ENDED):
    return crate_member() + b"".join(parts) + end


def record(key, value):
    rest = b" %s=%s\n" % (key, value)
    size = len(rest) + 1
    while len(b"%d" % size) + len(rest) != size:
        size += 1
    return b"%d" % size + rest


def extended(*records, kind=b"x"):
    return member("pax", b"".join(record(*r) for r in records), kind=kind)


def judged(make, status, words, name="c.tar"):
    def trap(trial, check):
        trial.write(name, make() if callable(make) else make)
        answer = trial.run("-p", "ro-crate-1.2", name)
        check(trial, answer, status, words)
    return trap


A = member("a.txt", b"a")


def refused(*parts, words="[invalid-tar]"):
    return judged(lambda: archive(*parts), 2, ["c.tar: error: ", words])


def cut(pack, name, step):
    """Cut everywhere in the headers: trouble or fault, never a crash."""
    def trap(trial, check):
        whole = pack(archive(A))
        sizes = list(range(0, min(len(whole), BLOCK), step))
        sizes += range(BLOCK, len(whole) - 1, 5 * step)
        for size in sizes:
            trial.write(name, whole[:size])
            answer = trial.run("-p", "ro-crate-1.2", name)
            if answer.status == 2:
                check(trial, answer, 2, name + ": error: ")
            else:  # the second block of zeros may lack
                check(trial, answer, 0, "conforms")
                assert size >= len(whole) - BLOCK, size
    return trap


def flipped(trial, check):
    """A bit of a header is wrong: its checksum tells."""
    whole = bytearray(archive(A))
    for at in range(len(whole) - 4 * BLOCK, len(whole) - 3 * BLOCK):
        whole[at] ^= 1
        trial.write("c.tar", bytes(whole))
        whole[at] ^= 1
        if at % 7 == 0:
            check(trial, trial.run("-p", "ro-crate-1.2", "c.tar"), 2,
                  "[invalid-tar]")


def zeros(size):
    """gzip of zeros that nobody wants to unpack."""
    packer = zlib.compressobj(9, zlib.DEFLATED, 31)
    piece = b"\0" * (1 << 20)
    return b"".join(packer.compress(piece) for _ in range(size >> 20)) \
        + packer.flush()


def zstd_zeros(blocks, window=0x58):
    """RFC 8878: a frame of RLE blocks, each of 128 KiB of zeros."""
    frame = struct.pack("<IBB", 0xFD2FB528, 0x00, window)
    block = struct.pack("<I", (128 << 10) << 3 | 1 << 1)[:3] + b"\0"
    last = struct.pack("<I", (128 << 10) << 3 | 1 << 1 | 1)[:3] + b"\0"
    return frame + block * (blocks - 1) + last


def zstd_raw(data, window=0x58):
    """The same of stored blocks."""
    frame = struct.pack("<IBB", 0xFD2FB528, 0x00, window)
    pieces = [data[i:i + 65536] for i in range(0, len(data), 65536)]
    for i, piece in enumerate(pieces):
        frame += struct.pack("<I", len(piece) << 3 | (
            i == len(pieces) - 1))[:3] + piece
    return frame


def python_tar(format):
    made = io.BytesIO()
    name, document = sound()
    document = document.encode() if isinstance(document, str) else document
    with tarfile.open(fileobj=made, mode="w", format=format) as file:
        for path, data in ((name, document), ("a.txt", b"a"),
                           ("b/" + "n" * 300, b"b")):
            info = tarfile.TarInfo(path)
            info.size = len(data)
            file.addfile(info, io.BytesIO(data))
    return made.getvalue()


def traps():
    for name, format in (("gnu", tarfile.GNU_FORMAT),
                         ("pax", tarfile.PAX_FORMAT)):
        yield "tar-sound-" + name, judged(python_tar(format), 0, "conforms")
    yield "tar-sound-gzip", judged(
        gzip.compress(python_tar(tarfile.PAX_FORMAT)), 0, "conforms", "c.gz")
    yield "tar-sound-zstd", judged(
        zstd_raw(python_tar(tarfile.PAX_FORMAT)), 0, "conforms", "c.zip")
    yield "tar-climbing", refused(A, member("../evil", b"x"))
    yield "tar-climbing-inside", refused(A, member("a/../../evil", b"x"))
    yield "tar-absolute", refused(A, member("/etc/evil", b"x"))
    yield "tar-backslash", refused(A, member("a\\b", b"x"))
    yield "tar-doubled", refused(A, A)
    yield "tar-doubled-metadata", refused(A, crate_member())
    yield "tar-file-and-folder", refused(A, member("a.txt/b", b"x"))
    yield "tar-file-called-folder", refused(A, member("d/", b"x"))
    yield "tar-steering", refused(A, member("../\x1b[31m\n", b"x"),
                                  words="\\x1B")
    yield "tar-prefix-climbing", refused(A, member("x", b"x", prefix=b".."))
    yield "tar-no-name", refused(A, member("", b"x"))
    for kind in (b"1", b"2"):
        for name, target in (("out", b"../../etc/passwd"),
                             ("absolute", b"/etc/passwd"),
                             ("loop", b"a.txt"), ("nothing", b"b.txt")):
            yield "tar-link-%s-%s" % (kind.decode(), name), judged(
                archive(member("a.txt", kind=kind, target=target)), 1,
                "a.txt")
    yield "tar-link-with-bytes", refused(
        A, member("b", b"bytes", kind=b"1", target=b"a.txt"))
    yield "tar-metadata-link", judged(
        member(METADATA, kind=b"2", target=b"/etc/passwd") + ENDED, 1,
        "ro-crate-1.2/")
    for kind in (b"3", b"4", b"6"):
        yield "tar-device-" + kind.decode(), judged(
            archive(member("a.txt", kind=kind)), 1, "a.txt")
    yield "tar-unknown-type", refused(A, member("b", b"x", kind=b"Z"))
    yield "tar-multi-volume", refused(A, member("b", b"x", kind=b"M"))
    # Lying sizes.
    yield "tar-size-more", refused(header(b"a.txt", 1 << 20) + b"a")
    yield "tar-size-octal", refused(header(b"a.txt", number=b"777777777777"))
    yield "tar-size-digits", refused(header(b"a.txt", number=b"99999999999\0"))
    for name, number in (("huge", b"\x80" + b"\0" * 3 + b"\xff" * 8),
                         ("negative", b"\xff" * 12),
                         ("wrap", b"\x80" + b"\0" * 3 + b"\x7f" + b"\xff" * 7)):
        yield "tar-size-" + name, refused(header(b"a.txt", number=number))
        yield "tar-size-gzip-" + name, judged(
            gzip.compress(archive(header(b"a.txt", number=number))), 2,
            "[invalid-tar]", "c.tar.gz")
    yield "tar-size-gzip-more", judged(
        gzip.compress(archive(header(b"a.txt", 1 << 30))), 2,
        "[invalid-tar]", "c.tar.gz")
    # Extended headers.
    yield "pax-climbing", refused(extended((b"path", b"../x")), A)
    yield "pax-nul", refused(extended((b"path", b"a\0b")), A)
    yield "pax-long", refused(extended((b"path", b"a" * 5000)), A,
                              words="[over-limit]")
    yield "pax-deep", refused(extended((b"path", b"a/" * 2000 + b"b")), A,
                              words="[over-limit]")
    yield "pax-link-out", judged(
        archive(extended((b"linkpath", b"../../x")),
                member("a.txt", kind=b"2")), 1, "a.txt")
    yield "pax-size-huge", refused(
        extended((b"size", b"9" * 18)), A)
    yield "pax-size-wrong", refused(extended((b"size", b"-1")), A)
    yield "pax-global-path", refused(
        extended((b"path", b"x"), kind=b"g"), A)
    yield "pax-global-comment", judged(
        archive(extended((b"comment", b"x"), kind=b"g"), A), 0, "conforms")
    for i, data in enumerate((b"9 a=b\n", b"0 a=b\n", b"x", b"6 a=b", b" =\n",
                              b"99999999999999999999 a=b\n", b"5 ab\n",
                              b"6 a=bc")):
        yield "pax-damaged-%d" % i, refused(member("x", data, kind=b"x"), A)
    yield "pax-large", refused(
        header(b"x", 1 << 30, kind=b"x"), words="c.tar: error: ")
    yield "pax-only", judged(extended((b"path", b"x")) * 4 + ENDED, 1,
                             "ro-crate-1.2/")
    yield "gnu-long-climbing", refused(
        member("././@LongLink", b"../x\0", kind=b"L"), A)
    yield "gnu-long-empty", refused(
        member("././@LongLink", b"", kind=b"L"), A)
    yield "gnu-long-large", judged(
        lambda: gzip.compress(archive(header(b"x", 1 << 31, kind=b"L"))), 2,
        "[over-limit]", "c.tar.gz")
    yield "gnu-sparse-endless", judged(
        archive(header(b"a.txt", 0, kind=b"S", magic=b"ustar  \0",
                       extra=((482, b"\1"),)),
                (b"\0" * 504 + b"\1" * 8) * 3, end=b""), 2, "cut short")
    yield "gnu-sparse-metadata", judged(
        member(METADATA, kind=b"S", magic=b"ustar  \0",
               extra=((483, b"%011o\0" % 9),)) + ENDED, 2, "is sparse")
    # What it is packed with.
    yield "tar-end-missing", judged(
        lambda: archive(A, end=b""), 2, "its end is missing")
    yield "tar-cut", cut(lambda data: data, "c.tar", 13)
    yield "tar-cut-gzip", cut(gzip.compress, "c.tar.gz", 3)
    yield "tar-cut-zstd", cut(zstd_raw, "c.tar.zst", 13)
    yield "tar-flipped", flipped
    yield "tar-gzip-of-text", judged(
        gzip.compress(b"words " * 700), 2, "holds no tar archive", "c.json")
    yield "gzip-of-a-document", judged(
        gzip.compress(b"{}" * 2000), 1, "must be JSON", "c.json")
    yield "gzip-of-a-document-cut", judged(
        gzip.compress(b"{}" * 2000)[:-12], 2, "cut short", "c.json")
    yield "tar-gzip-garbage-after", judged(
        lambda: gzip.compress(archive(A)) + b"garbage", 2, "damaged",
        "c.tar.gz")
    yield "tar-gzip-zeros-after", judged(
        lambda: gzip.compress(archive(A)) + b"\0" * 700, 0, "conforms",
        "c.tar.gz")
    yield "tar-gzip-crc", judged(
        lambda: gzip.compress(archive(A))[:-8] + b"\0" * 8, 2, "damaged",
        "c.tar.gz")
    yield "tar-gzip-bomb", judged(
        lambda: gzip.compress(archive(header(b"a.txt", 2 << 30),
                                      end=b"")) + zeros(1 << 30), 2,
        "c.tar.gz: error: ", "c.tar.gz")
    yield "tar-zstd-bomb", judged(
        lambda: zstd_raw(archive(header(b"a.txt", 128 << 30), end=b""))
        + zstd_zeros(1 << 20), 2, "[over-limit]", "c.tar.zst")
    yield "tar-zstd-window", judged(
        lambda: zstd_raw(archive(A), window=0xF8), 2, "[over-limit]",
        "c.tar.zst")
