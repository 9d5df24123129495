#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""The Parquet files that tests of the footer's reader are about: honest ones,
and ones that lie in one thing each. They are the seeds of its fuzzing, too.

usage: parquet_files.py [--write] FOLDER

Without --write: whether the files in the folder are these.
"""
import os
import struct
import sys

sys.path.insert(0, os.path.dirname(os.path.dirname(os.path.abspath(__file__))))

from support.parquet import (  # noqa: E402
    BINARY, CONVERTED, DOUBLE, I16, I32, I64, I8, LIST, MAGIC, MAP, SET,
    STRUCT, TRUE, chunk, element, footer, metadata, parquet_bytes, row_group,
    schema, structure, varint)

FLAT = [
    ("yes", "boolean", None, "required"),
    ("id", "int64", None, "required"),
    ("name", "byte_array", "string", "optional"),
    ("small", "int32", ("integer", 16, False), "required"),
    ("when", "int64", ("timestamp", True, "micros"), "optional"),
    ("local", "int64", ("timestamp", False, "nanos"), "required"),
    ("hour", "int32", ("time", False, "millis"), "required"),
    ("day", "int32", "date", "required"),
    ("price", "int32", ("decimal", 2, 7), "required"),
    ("f", "float", None, "required"),
    ("d", "double", None, "required"),
    ("raw", "byte_array", None, "required"),
    ("fixed", "fixed_len_byte_array", None, "required", 3),
    ("uuid", "fixed_len_byte_array", "uuid", "required", 16),
    ("half", "fixed_len_byte_array", "float16", "required", 2),
    ("json", "byte_array", "json", "required"),
    ("kind", "byte_array", "enum", "required"),
]
ROW = (True, 1, "n", 2, 3, 4, 5, 6, 7, 0.5, 1.5, b"r", b"abc", b"0" * 16,
       b"12", "{}", "k")

OLD = [("a" + str(i), kind, meaning, "required", 12)
       for i, (meaning, kind) in enumerate([
           ("UTF8", "byte_array"), ("ENUM", "byte_array"),
           (("DECIMAL", 3, 9), "byte_array"), ("DATE", "int32"),
           ("TIME_MILLIS", "int32"), ("TIME_MICROS", "int64"),
           ("TIMESTAMP_MILLIS", "int64"), ("TIMESTAMP_MICROS", "int64"),
           ("UINT_8", "int32"), ("UINT_16", "int32"), ("UINT_32", "int32"),
           ("UINT_64", "int64"), ("INT_8", "int32"), ("INT_16", "int32"),
           ("INT_32", "int32"), ("INT_64", "int64"), ("JSON", "byte_array"),
           ("BSON", "byte_array"), ("INTERVAL", "fixed_len_byte_array"),
           (None, "int96")])]

NESTED = [
    element("schema", children=10),
    element("three", None, "list", "optional", 1),
    element("list", None, None, "repeated", 1),
    element("element", "byte_array", "string", "optional"),
    element("two", None, "LIST", "optional", 1),
    element("item", "int32", None, "repeated"),
    element("tuple", None, "LIST", "required", 1),
    element("tuple_tuple", None, None, "repeated", 1),
    element("x", "double", None, "required"),
    element("lists", None, "list", "optional", 1),
    element("list", None, None, "repeated", 1),
    element("element", None, "list", "optional", 1),
    element("list", None, None, "repeated", 1),
    element("element", "int64", ("integer", 64, True), "optional"),
    element("map", None, "map", "optional", 1),
    element("key_value", None, "MAP_KEY_VALUE", "repeated", 2),
    element("key", "byte_array", "string", "required"),
    element("value", None, None, "optional", 2),
    element("left", "float", None, "required"),
    element("right", "float", None, "required"),
    element("set", None, "MAP_KEY_VALUE", "optional", 1),
    element("map", None, "MAP_KEY_VALUE", "repeated", 1),
    element("key", "int32", None, "required"),
    element("many", "boolean", None, "repeated"),
    element("box", None, None, "required", 2),
    element("low.er", "int32", None, "required"),
    element("upper", "int32", None, "required"),
    element("twice", None, "list", "optional", 1),
    element("item", None, "LIST", "repeated", 1),
    element("item", "int32", None, "repeated"),
    element("odd", None, "list", "optional", 2),
    element("a", "int32", None, "repeated"),
    element("b", "int32", None, "repeated"),
]

ONE = [("a", "int32", None, "required")]
TWO_ROWS = [(1,), (2,)]


def file_of(fields):
    return MAGIC + footer(fields)


def of_schema(elements):
    """A file without rows."""
    return file_of(metadata(elements, 0, []))


def one_column(**changes):
    """The same, of one column of which something is changed."""
    column = dict(name="a", kind="int32", repetition="required", children=None)
    column.update(changes)
    return of_schema([element("schema", children=1), element(**column)])


def groups_of(rows, *groups):
    return file_of(metadata(schema(ONE), rows, list(groups)))


def part(rows, kind="int32", count=1):
    return row_group([chunk("a", kind, 1, 4, 4)] * count, rows)


def without(number):
    fields = metadata(schema(ONE), 0, [])
    del fields[number]
    return file_of(fields)


def nested(depth):
    return of_schema([element("schema", children=1)]
                     + [element("g", None, None, "required", 1)] * depth
                     + [element("leaf", "int32", None, "required")])


def changed(number, field):
    fields = metadata(schema(ONE), 0, [])
    fields[number] = field
    return file_of(fields)


def cut(size):
    data = structure(metadata(schema(ONE), 0, []))[:size]
    return MAGIC + data + struct.pack("<I", len(data)) + MAGIC


def later():
    """What newer writers may say."""
    nanos = element("nanos", "int64", ("timestamp", False, "nanos"),
                    "required")
    nanos[6] = (I32, CONVERTED.index("TIMESTAMP_MICROS"))
    fields = metadata([element("schema", children=2), nanos,
                       {1: (I32, 6), 3: (I32, 0), 4: (BINARY, "new"),
                        10: (STRUCT, {99: (STRUCT, {1: (I32, 1)})}),
                        40: (BINARY, "more")}], 0, [])
    fields[50] = (I8, -1)
    fields[51] = (I16, -300)
    fields[52] = (DOUBLE, 1.5)
    fields[53] = (SET, (I64, [1, -1]))
    fields[54] = (LIST, (LIST, [(STRUCT, [{1: (TRUE, None)}]), (I32, [])]))
    fields[300] = (TRUE, None)
    data = structure(fields)[:-1]
    data += bytes([0x10 | MAP]) + b"\x01\x86\x01a\x02"  # a map "a" to 1
    data += bytes([0x10 | MAP]) + b"\x00"
    data += bytes([0x10 | LIST]) + b"\x21\x01\x02"  # Booleans
    data += bytes([0x1D]) + bytes(16)  # a UUID
    return MAGIC + data + b"\0" + struct.pack("<I", len(data) + 1) + MAGIC


FILES = {
    # Honest.
    "flat": lambda: parquet_bytes(FLAT, [ROW]),
    "old": lambda: of_schema(schema(OLD)),
    "nested": lambda: of_schema(NESTED),
    "groups": lambda: parquet_bytes(ONE, TWO_ROWS * 3, group_rows=4),
    "no-columns": lambda: of_schema(schema([])),
    "many-columns": lambda: of_schema(schema(
        [("c%d" % i, "int32", None, "optional") for i in range(40)])),
    "later": later,
    # Lying at the end.
    "no-magic": lambda: parquet_bytes(ONE, TWO_ROWS)[:-1],
    "encrypted": lambda: parquet_bytes(ONE, TWO_ROWS)[:-4] + b"PARE",
    "too-long": lambda: parquet_bytes(ONE, TWO_ROWS)[:-8]
    + struct.pack("<I", 1 << 31) + MAGIC,
    "no-footer": lambda: MAGIC + struct.pack("<I", 0) + MAGIC,
    "only-magic": lambda: MAGIC,
    # Lying about rows.
    "rows": lambda: groups_of(3, part(2), part(2)),
    "rows-missing": lambda: groups_of(5, part(2), part(2)),
    "rows-negative": lambda: groups_of(-1),
    "rows-of-group": lambda: groups_of(0, part(-1), part(1)),
    "rows-overflow": lambda: groups_of(
        0, *[part((1 << 63) - 1)] * 3),
    "chunks": lambda: groups_of(1, part(1, count=2)),
    "chunk-type": lambda: groups_of(1, part(1, kind="double")),
    "chunk-negative": lambda: groups_of(
        1, row_group([chunk("a", "int32", -1, 4, 4)], 1)),
    "group-empty": lambda: groups_of(0, {}),
    # Lying about columns.
    "children-missing": lambda: of_schema(schema(ONE * 2)[:2]),
    "children-more": lambda: of_schema(schema(ONE)
                                       + schema(ONE)[1:]),
    "children-negative": lambda: of_schema([element("schema", children=-1)]),
    "children-many": lambda: of_schema(
        [element("schema", children=0x7FFFFFFF)]),
    "both": lambda: one_column(children=1),
    "neither": lambda: one_column(kind=None),
    "root-type": lambda: of_schema([element("schema", "int32")]),
    "name-missing": lambda: of_schema([element("schema", children=1),
                                       {1: (I32, 1)}]),
    "name-bytes": lambda: one_column(name=b"\xFF"),
    "type-unknown": lambda: one_column(kind=8),
    "stored": lambda: one_column(meaning="string"),
    "bits": lambda: one_column(meaning=("integer", 12, True)),
    "decimal": lambda: one_column(meaning=("decimal", 3, 2)),
    "decimal-empty": lambda: one_column(meaning=("DECIMAL", 0, 0)),
    "repetition": lambda: one_column(repetition=None),
    "size-missing": lambda: one_column(kind="fixed_len_byte_array"),
    "size-negative": lambda: one_column(kind="fixed_len_byte_array", size=-1),
    "deep": lambda: nested(600),
    "long-paths": lambda: of_schema(
        [element("schema", children=1),
         element("n" * 3000, None, None, "required", 100)]
        + schema(ONE)[1:] * 100),
    # No footer of the kind.
    "schema-missing": lambda: without(2),
    "rows-unsaid": lambda: without(3),
    "groups-missing": lambda: without(4),
    "schema-empty": lambda: of_schema([]),
    "schema-type": lambda: changed(2, (I32, 1)),
    "schema-numbers": lambda: changed(2, (LIST, (I32, [1]))),
    "rows-text": lambda: changed(3, (BINARY, "1")),
    "list-size": lambda: MAGIC + b"\x29\xFC" + varint(1 << 27)
    + struct.pack("<I", 6) + MAGIC,
    "cut": lambda: cut(20),
    "number": lambda: MAGIC + b"\x15" + b"\xFF" * 10 + b"\x01\x00"
    + struct.pack("<I", 13) + MAGIC,
    "type-of-field": lambda: MAGIC + b"\x1E\x00" + struct.pack("<I", 2)
    + MAGIC,
    "field-number": lambda: MAGIC + b"\x05" + varint(80000) + b"\x00\x00"
    + struct.pack("<I", 6) + MAGIC,
    "deep-structures": lambda: MAGIC + b"\x1C" * 700 + b"\x00" * 701
    + struct.pack("<I", 1401) + MAGIC,
    "deep-lists": lambda: MAGIC + b"\x19" * 700 + struct.pack("<I", 700)
    + MAGIC,
}


def main():
    folder = sys.argv[-1]
    wrong = []
    for name, make in FILES.items():
        path = os.path.join(folder, name)
        if "--write" in sys.argv:
            with open(path, "wb") as file:
                file.write(make())
        else:
            with open(path, "rb") as file:
                if file.read() != make():
                    wrong.append(name)
    for name in wrong:
        print("FAIL %s: write it anew with --write" % name)
    print("%d passed, %d failed, 0 skipped" % (len(FILES) - len(wrong),
                                               len(wrong)))
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
