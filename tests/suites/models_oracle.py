#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""usage: models_oracle.py KIND FILE: what the field's own reader makes of a
model file.

Prints JSON: {"tensors": {name: [numpy type, shape, digest of the values in C
order]}}. Run by models.py with an interpreter that has the reader: numpy,
onnx, joblib (Debian: python3-numpy, python3-onnx, python3-joblib).
"""
import hashlib
import json
import sys

import numpy


def describe(array):
    array = numpy.asarray(array)
    return [array.dtype.str if array.dtype.names is None
            else repr(array.dtype.descr), list(array.shape),
            hashlib.sha256(array.tobytes("C")).hexdigest()]


def read_npy(path):
    name = path.rpartition("/")[2][:-len(".npy")]
    return {name: describe(numpy.load(path, allow_pickle=False))}


def read_npz(path):
    with numpy.load(path, allow_pickle=False) as arrays:
        return {name[:-len(".npy")]: describe(arrays[name])
                for name in arrays.zip.namelist() if name.endswith(".npy")}


def read_ours(path):
    """Map what crate-model-info --json says, given on standard input, as the
    mount will: the bytes at each offset are an array."""
    found = {}
    with open(path, "rb") as file:
        data = file.read()
    for tensor in json.load(sys.stdin)["tensors"]:
        if "numpy" not in tensor or tensor["place"] != "file":
            continue
        descr = tensor["numpy"]
        dtype = numpy.lib.format.descr_to_dtype(
            eval(descr) if descr[0] in "[(" else descr)
        array = numpy.ndarray(
            tensor["shape"], dtype, data[tensor["offset"]:][:tensor["bytes"]],
            order="F" if tensor["order"] == "F" else "C")
        found[tensor["name"]] = describe(array)
    return found


READERS = {"npy": read_npy, "npz": read_npz, "ours": read_ours}

if __name__ == "__main__":
    json.dump({"tensors": READERS[sys.argv[1]](sys.argv[2])}, sys.stdout)
