# SPDX-License-Identifier: Apache-2.0
"""Write small Parquet files, honest ones and others.

    from support import parquet
    parquet.write_parquet("a.parquet", [
        ("id", "int64", None, "required"),
        ("name", "byte_array", "string", "optional"),
    ], [(1, "Ada"), (2, None)])

Values lie in one PLAIN page a column and row group, uncompressed: any reader
takes the files. Tests that want a footer to lie change what `schema()`,
`row_group()` and `metadata()` answer before `footer()` writes it: structures
are dictionaries from the numbers of fields to (type, value).
"""
import struct

MAGIC = b"PAR1"
TYPES = ["boolean", "int32", "int64", "int96", "float", "double",
         "byte_array", "fixed_len_byte_array"]
REPETITIONS = ["required", "optional", "repeated"]
CONVERTED = [
    "UTF8", "MAP", "MAP_KEY_VALUE", "LIST", "ENUM", "DECIMAL", "DATE",
    "TIME_MILLIS", "TIME_MICROS", "TIMESTAMP_MILLIS", "TIMESTAMP_MICROS",
    "UINT_8", "UINT_16", "UINT_32", "UINT_64", "INT_8", "INT_16", "INT_32",
    "INT_64", "JSON", "BSON", "INTERVAL"]

# Thrift's compact protocol: the types of fields and elements.
TRUE, FALSE, I8, I16, I32, I64, DOUBLE, BINARY, LIST, SET, MAP, STRUCT = range(
    1, 13)


def varint(number):
    out = bytearray()
    while number > 0x7F:
        out.append(number & 0x7F | 0x80)
        number >>= 7
    out.append(number)
    return bytes(out)


def zigzag(number):
    return varint(number * 2 if number >= 0 else -number * 2 - 1)


def value(kind, content):
    """One value. A list is (type of its elements, elements)."""
    if kind in (TRUE, FALSE):
        return b""
    if kind == I8:
        return struct.pack("<b", content)
    if kind in (I16, I32, I64):
        return zigzag(content)
    if kind == DOUBLE:
        return struct.pack("<d", content)
    if kind == BINARY:
        data = content.encode() if isinstance(content, str) else content
        return varint(len(data)) + data
    if kind in (LIST, SET):
        element, elements = content
        size = len(elements)
        head = (bytes([size << 4 | element]) if size < 15
                else bytes([0xF0 | element]) + varint(size))
        return head + b"".join(value(element, one) for one in elements)
    return structure(content)


def structure(fields):
    """{number: (type, value)}; or bytes, as they are."""
    if isinstance(fields, bytes):
        return fields
    out, last = b"", 0
    for number, (kind, content) in sorted(fields.items()):
        step = number - last
        out += (bytes([step << 4 | kind]) if 0 < step < 16
                else bytes([kind]) + zigzag(number))
        out += value(kind, content)
        last = number
    return out + b"\0"


def boolean(truth):
    return (TRUE if truth else FALSE, None)


def time_unit(unit):
    return (STRUCT, {{"millis": 1, "micros": 2, "nanos": 3}[unit]:
                     (STRUCT, {})})


def logical(name, *details):
    """A LogicalType: "string", ("decimal", scale, precision),
    ("timestamp", utc, unit), ("integer", bits, signed), ..."""
    plain = {"string": 1, "map": 2, "list": 3, "enum": 4, "date": 6,
             "null": 11, "json": 12, "bson": 13, "uuid": 14, "float16": 15,
             "variant": 16, "geometry": 17, "geography": 18, "file": 19}
    if name in plain:
        return {plain[name]: (STRUCT, {})}
    if name == "decimal":
        return {5: (STRUCT, {1: (I32, details[0]), 2: (I32, details[1])})}
    if name in ("time", "timestamp"):
        return {7 if name == "time" else 8: (STRUCT, {
            1: boolean(details[0]), 2: time_unit(details[1])})}
    return {10: (STRUCT, {1: (I8, details[0]), 2: boolean(details[1])})}


def converted(name, *details):
    """The ConvertedType that goes with a LogicalType, for old readers; None
    where there is none."""
    words = {"string": "UTF8", "integer": "%sINT_%s" % (
        "" if details[1:] == (True,) else "U", details[0] if details else "")}
    if name in ("time", "timestamp"):
        words[name] = "%s_%s" % (name, details[1])
    word = words.get(name, name).upper()
    return CONVERTED.index(word) if word in CONVERTED else None


def element(name, kind=None, meaning=None, repetition=None, children=None,
            size=None):
    """A SchemaElement. `meaning` is a name of CONVERTED, or what logical()
    takes: a word or a tuple; of an old decimal ("DECIMAL", scale, precision).
    """
    fields = {4: (BINARY, name)}
    if kind is not None:
        fields[1] = (I32, TYPES.index(kind) if isinstance(kind, str)
                     else kind)
    if size is not None:
        fields[2] = (I32, size)
    if repetition is not None:
        fields[3] = (I32, REPETITIONS.index(repetition))
    if children is not None:
        fields[5] = (I32, children)
    words = (meaning,) if isinstance(meaning, str) else meaning or (None,)
    if words[0] in CONVERTED:
        fields[6] = (I32, CONVERTED.index(words[0]))
    elif meaning is not None:
        if converted(*words) is not None:
            fields[6] = (I32, converted(*words))
        fields[10] = (STRUCT, logical(*words))
    if str(words[0]).lower() == "decimal":
        fields[7], fields[8] = (I32, words[1]), (I32, words[2])
    return fields


def schema(columns):
    """The root and flat columns (name, type, meaning, repetition[, size])."""
    return [element("schema", children=len(columns))] + [
        element(*column[:4], size=column[4] if len(column) > 4 else None)
        for column in columns]


def plain(kind, values):
    """Values in the encoding PLAIN."""
    if kind == "boolean":
        out = bytearray((len(values) + 7) // 8)
        for i, one in enumerate(values):
            out[i // 8] |= bool(one) << i % 8
        return bytes(out)
    form = {"int32": "<i", "int64": "<q", "float": "<f", "double": "<d"}
    if kind in form:
        return b"".join(struct.pack(form[kind], one) for one in values)
    data = [one.encode() if isinstance(one, str) else one for one in values]
    if kind == "byte_array":
        return b"".join(struct.pack("<I", len(one)) + one for one in data)
    return b"".join(data)


def levels(present):
    """Definition levels of an optional column: runs of 0 or 1."""
    out, at = b"", 0
    while at < len(present):
        end = at
        while end < len(present) and present[end] == present[at]:
            end += 1
        out += varint((end - at) << 1) + bytes([present[at]])
        at = end
    return struct.pack("<I", len(out)) + out


def page(kind, repetition, values):
    """A data page with its header."""
    data = plain(kind, [one for one in values if one is not None])
    if repetition == "optional":
        data = levels([one is not None for one in values]) + data
    header = {1: (I32, 0), 2: (I32, len(data)), 3: (I32, len(data)),
              5: (STRUCT, {1: (I32, len(values)), 2: (I32, 0), 3: (I32, 3),
                           4: (I32, 3)})}
    return structure(header) + data


def chunk(name, kind, count, size, offset):
    """A ColumnChunk."""
    return {2: (I64, offset), 3: (STRUCT, {
        1: (I32, TYPES.index(kind)), 2: (LIST, (I32, [0, 3])),
        3: (LIST, (BINARY, name.split("."))), 4: (I32, 0), 5: (I64, count),
        6: (I64, size), 7: (I64, size), 9: (I64, offset)})}


def row_group(chunks, rows, size=0):
    return {1: (LIST, (STRUCT, chunks)), 2: (I64, size), 3: (I64, rows)}


def metadata(elements, rows, row_groups, created_by="cratekit's tests"):
    """FileMetaData."""
    return {1: (I32, 1), 2: (LIST, (STRUCT, elements)), 3: (I64, rows),
            4: (LIST, (STRUCT, row_groups)), 6: (BINARY, created_by)}


def footer(fields):
    """FileMetaData with its length and the magic word."""
    data = structure(fields)
    return data + struct.pack("<I", len(data)) + MAGIC


def parquet_bytes(columns, rows, group_rows=None):
    """A whole file; a row group each `group_rows` rows."""
    out, groups = MAGIC, []
    step = group_rows or max(len(rows), 1)
    for start in range(0, len(rows), step):
        part = rows[start:start + step]
        chunks, begin = [], len(out)
        for i, (name, kind, _, repetition, *_) in enumerate(columns):
            data = page(kind, repetition, [row[i] for row in part])
            chunks.append(chunk(name, kind, len(part), len(data), len(out)))
            out += data
        groups.append(row_group(chunks, len(part), len(out) - begin))
    return out + footer(metadata(schema(columns), len(rows), groups))


def write_parquet(path, columns, rows, group_rows=None):
    """Columns are (name, physical type, meaning, repetition[, bytes of a
    fixed_len_byte_array]), flat and not repeated; rows are sequences of
    values, None for null. `meaning` is None, a ConvertedType ("UTF8") or a
    LogicalType ("string", ("timestamp", True, "micros"))."""
    with open(path, "wb") as file:
        file.write(parquet_bytes(columns, rows, group_rows))
