#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""usage: models_oracle.py KIND FILE: what the field's own reader makes of a
model file, or what its writer wrote into one.

Prints JSON: {"tensors": {name: [numpy type, shape, digest of the values in C
order]}}. Run by models.py with an interpreter that has the reader: numpy,
onnx, joblib, h5py (Debian: python3-numpy and so on).
"""
import hashlib
import json
import sys
import zipfile
import zlib

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
        if "numpy" not in tensor or tensor["place"] in ("encoded", "absent"):
            continue
        descr = tensor["numpy"]
        dtype = numpy.lib.format.descr_to_dtype(
            eval(descr) if descr[0] in "[(" else descr)
        if tensor["place"] == "file":
            held = data
        elif "member" in tensor:
            held = zipfile.ZipFile(path).read(tensor["member"])
        else:
            held = zlib.decompress(data)
        array = numpy.ndarray(
            tensor["shape"], dtype, held[tensor["offset"]:][:tensor["bytes"]],
            order="F" if tensor["order"] == "F" else "C")
        found[tensor["name"]] = describe(array)
    return found


def arrays():
    """Arrays of many types and orders, as a model might hold them."""
    made = {code: numpy.arange(6).astype(code).reshape(2, 3)
            for code in "? b B h H i I q Q e f d F D".split()}
    made["big"] = numpy.arange(4, dtype=">f8")
    made["fortran"] = numpy.asfortranarray(made["d"])
    made["scalar"] = numpy.array(2.5)
    made["text"] = numpy.array(["a", "bcd"])
    made["empty"] = numpy.zeros((0, 4), "f4")
    return made


def write_pickle(path, protocol):
    import pickle
    made = arrays()
    with open(path, "wb") as file:
        pickle.dump(made, file, protocol)
    return {name: describe(array) for name, array in made.items()}


def write_joblib(path, packing):
    import joblib
    made = arrays()
    joblib.dump(made, path, packing)
    return {name: describe(array) for name, array in made.items()}


def tensors_of(graph):
    """Every tensor of a graph, its nodes and their graphs."""
    yield from graph.initializer
    for sparse in graph.sparse_initializer:
        yield sparse.values
        yield sparse.indices
    for node in graph.node:
        for attribute in node.attribute:
            for tensor in [attribute.t, *attribute.tensors]:
                if tensor.data_type:
                    tensor.name = tensor.name or node.output[0]
                    yield tensor
            for inner in [attribute.g, *attribute.graphs]:
                yield from tensors_of(inner)


def read_onnx(path):
    import onnx
    import onnx.numpy_helper
    model = onnx.load(path, load_external_data=False)
    graphs = [model.graph] + [t.algorithm for t in model.training_info]
    return {tensor.name: describe(onnx.numpy_helper.to_array(tensor))
            for graph in graphs for tensor in tensors_of(graph)}


def write_onnx(path, raw):
    import onnx
    import onnx.helper
    import onnx.numpy_helper
    made = {name: array for name, array in arrays().items()
            if name not in ("big", "text") and (raw or name not in "FD")}
    tensors = []
    for name, array in made.items():
        kind = onnx.helper.np_dtype_to_tensor_dtype(array.dtype) \
            if hasattr(onnx.helper, "np_dtype_to_tensor_dtype") \
            else onnx.mapping.NP_TYPE_TO_TENSOR_TYPE[array.dtype]
        tensors.append(onnx.numpy_helper.from_array(array, name) if raw else
                       onnx.helper.make_tensor(name, kind, array.shape,
                                               array.flatten()))
    graph = onnx.helper.make_graph([], "g", [], [], tensors)
    onnx.save(onnx.helper.make_model(graph), path)
    return {tensor.name: describe(onnx.numpy_helper.to_array(tensor))
            for tensor in tensors}


def read_hdf5(path):
    import h5py
    found = {}

    def visit(name, item):
        if isinstance(item, h5py.Dataset):
            found[name] = describe(
                item[()] if item.dtype.kind != "O" else numpy.zeros(
                    item.shape, "?"))
    if path.endswith(".keras"):
        path = zipfile.ZipFile(path).open("model.weights.h5")
    with h5py.File(path, "r") as file:
        file.visititems(visit)
    return found


def write_hdf5(path, version):
    import h5py
    made = {name: a for name, a in arrays().items() if name != "text"}
    with h5py.File(path, "w", libver=version) as file:
        for number, (name, array) in enumerate(made.items()):
            file["group/%d/%s" % (number // 6, name)] = array
        for number in range(30 if version == "earliest" else 8):
            file["many/%d" % number] = numpy.arange(number)
        file["chunked"] = numpy.zeros(9)
        file["fixed"] = numpy.array([b"a", b"bcd"])
        file.attrs["text"] = "of any length"
    return read_hdf5(path)


READERS = {
    "h5py": read_hdf5,
    "hdf5-old": lambda path: write_hdf5(path, "earliest"),
    "hdf5-new": lambda path: write_hdf5(path, "v110"),
    "onnx": read_onnx,
    "onnx-raw": lambda path: write_onnx(path, True),
    "onnx-typed": lambda path: write_onnx(path, False),
    "npy": read_npy, "npz": read_npz, "ours": read_ours,
    "pickle-2": lambda path: write_pickle(path, 2),
    "pickle-4": lambda path: write_pickle(path, 4),
    "pickle-5": lambda path: write_pickle(path, 5),
    "joblib": lambda path: write_joblib(path, 0),
    "joblib-zlib": lambda path: write_joblib(path, ("zlib", 3)),
}

if __name__ == "__main__":
    json.dump({"tensors": READERS[sys.argv[1]](sys.argv[2])}, sys.stdout)
