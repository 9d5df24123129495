// SPDX-License-Identifier: Apache-2.0
// What it means when a pickle imports something. Whoever is in neither table is
// code that somebody may trust, or not.
#include "model/pickle.h"

/// Modules whose every name runs, loads, reads or sends what it is told to; of
/// those with a name, that one does.
static const struct {
  const char *module, *name;
} dangerous[] = {
  // the interpreter
  {"builtins", "eval"},
  {"builtins", "exec"},
  {"builtins", "execfile"},
  {"builtins", "compile"},
  {"builtins", "open"},
  {"builtins", "file"},
  {"builtins", "input"},
  {"builtins", "getattr"},
  {"builtins", "setattr"},
  {"builtins", "delattr"},
  {"builtins", "apply"},
  {"builtins", "breakpoint"},
  {"builtins", "globals"},
  {"builtins", "locals"},
  {"builtins", "vars"},
  {"builtins", "map"},
  {"builtins", "filter"},
  {"builtins", "reload"},
  {"builtins", "help"},
  {"builtins", "__import__"},
  {"builtins", "__build_class__"},
  {"builtins", "__loader__"},
  {"types", "CodeType"},
  {"types", "FunctionType"},
  {"types", "MethodType"},
  {"functools", "partial"},
  {"functools", "partialmethod"},
  {"functools", "reduce"},
  {"operator", "attrgetter"},
  {"operator", "itemgetter"},
  {"operator", "methodcaller"},
  {"_operator", "attrgetter"},
  {"_operator", "itemgetter"},
  {"_operator", "methodcaller"},
  {"ast", NULL},
  {"bdb", NULL},
  {"cProfile", NULL},
  {"cmd", NULL},
  {"code", NULL},
  {"codeop", NULL},
  {"commands", NULL},
  {"concurrent", NULL},
  {"ctypes", NULL},
  {"_ctypes", NULL},
  {"cffi", NULL},
  {"dis", NULL},
  {"distutils", NULL},
  {"doctest", NULL},
  {"ensurepip", NULL},
  {"gc", NULL},
  {"idlelib", NULL},
  {"imp", NULL},
  {"_imp", NULL},
  {"importlib", NULL},
  {"inspect", NULL},
  {"lib2to3", NULL},
  {"linecache", NULL},
  {"logging", "config"},
  {"marshal", NULL},
  {"modulefinder", NULL},
  {"multiprocessing", NULL},
  {"_posixsubprocess", NULL},
  {"pdb", NULL},
  {"pip", NULL},
  {"pkgutil", NULL},
  {"platform", NULL},
  {"popen2", NULL},
  {"profile", NULL},
  {"pty", NULL},
  {"pydoc", NULL},
  {"runpy", NULL},
  {"setuptools", NULL},
  {"signal", NULL},
  {"site", NULL},
  {"subprocess", NULL},
  {"sys", NULL},
  {"test", NULL},
  {"threading", NULL},
  {"_thread", NULL},
  {"timeit", NULL},
  {"trace", NULL},
  {"venv", NULL},
  {"zipimport", NULL},
  {"asyncio", NULL},
  {"_osx_support", NULL},
  {"_aix_support", NULL},
  {"_pyrepl", NULL},
  // pickles in pickles
  {"pickle", NULL},
  {"_pickle", NULL},
  {"cPickle", NULL},
  {"dill", NULL},
  {"_dill", NULL},
  {"cloudpickle", NULL},
  {"shelve", NULL},
  {"joblib", "load"},
  {"pandas", "eval"},
  {"pandas", "read_pickle"},
  {"torch", "load"},
  {"torch.serialization", "load"},
  {"torch.hub", NULL},
  {"torch.jit", NULL},
  {"torch._dynamo", NULL},
  {"torch._inductor", NULL},
  {"torch.storage", "_load_from_bytes"},
  {"torch.utils.bottleneck", NULL},
  {"torch.utils.cpp_extension", NULL},
  {"torch.utils.collect_env", NULL},
  {"torch.fx.experimental.symbolic_shapes", NULL},
  {"torch.testing._internal", NULL},
  {"torch.distributed.rpc", NULL},
  {"numpy", "load"},
  {"numpy", "fromfile"},
  {"numpy", "loadtxt"},
  {"numpy", "savetxt"},
  {"numpy.f2py", NULL},
  {"numpy.testing", NULL},
  {"numpy.distutils", NULL},
  {"tensorflow", "io"},
  {"keras", "models"},
  {"sympy", "sympify"},
  // the system and its files
  {"os", NULL},
  {"posix", NULL},
  {"nt", NULL},
  {"posixpath", NULL},
  {"ntpath", NULL},
  {"_io", NULL},
  {"io", "open"},
  {"codecs", "open"},
  {"fileinput", NULL},
  {"glob", NULL},
  {"pathlib", "open"},
  {"shutil", NULL},
  {"tempfile", NULL},
  {"tarfile", NULL},
  {"zipfile", NULL},
  {"sqlite3", NULL},
  {"mmap", NULL},
  {"fcntl", NULL},
  {"resource", NULL},
  {"winreg", NULL},
  // the network
  {"aiohttp", NULL},
  {"ftplib", NULL},
  {"http", NULL},
  {"httplib", NULL},
  {"httplib2", NULL},
  {"httpx", NULL},
  {"imaplib", NULL},
  {"nntplib", NULL},
  {"paramiko", NULL},
  {"poplib", NULL},
  {"requests", NULL},
  {"smtplib", NULL},
  {"socket", NULL},
  {"_socket", NULL},
  {"socketserver", NULL},
  {"ssl", NULL},
  {"telnetlib", NULL},
  {"urllib", NULL},
  {"urllib2", NULL},
  {"urllib3", NULL},
  {"uuid", "_popen"},
  {"webbrowser", NULL},
  {"xmlrpc", NULL},
};

/// Names that only hold or rebuild data. Without a name: all of the module's.
static const struct {
  const char *module, *name;
} harmless[] = {
  {"builtins", "bool"},
  {"builtins", "bytearray"},
  {"builtins", "bytes"},
  {"builtins", "complex"},
  {"builtins", "dict"},
  {"builtins", "float"},
  {"builtins", "frozenset"},
  {"builtins", "int"},
  {"builtins", "list"},
  {"builtins", "long"},
  {"builtins", "object"},
  {"builtins", "range"},
  {"builtins", "set"},
  {"builtins", "slice"},
  {"builtins", "str"},
  {"builtins", "tuple"},
  {"builtins", "unicode"},
  {"builtins", "xrange"},
  {"_codecs", "encode"},
  {"argparse", "Namespace"},
  {"array", "array"},
  {"array", "_array_reconstructor"},
  {"collections", "Counter"},
  {"collections", "OrderedDict"},
  {"collections", "defaultdict"},
  {"collections", "deque"},
  {"copyreg", "_reconstructor"},
  {"copy_reg", "_reconstructor"},
  {"datetime", "date"},
  {"datetime", "datetime"},
  {"datetime", "time"},
  {"datetime", "timedelta"},
  {"datetime", "timezone"},
  {"decimal", "Decimal"},
  {"fractions", "Fraction"},
  {"joblib.numpy_pickle", "NumpyArrayWrapper"},
  {"sklearn.externals.joblib.numpy_pickle", "NumpyArrayWrapper"},
  {"numpy", "dtype"},
  {"numpy", "ndarray"},
  {"numpy", "matrix"},
  {"numpy", "bool_"},
  {"numpy", "float32"},
  {"numpy", "float64"},
  {"numpy", "int32"},
  {"numpy", "int64"},
  {"numpy.core.multiarray", "_reconstruct"},
  {"numpy.core.multiarray", "scalar"},
  {"numpy.core.numeric", "_frombuffer"},
  {"numpy._core.multiarray", "_reconstruct"},
  {"numpy._core.multiarray", "scalar"},
  {"numpy._core.numeric", "_frombuffer"},
  {"torch", "BFloat16Storage"},
  {"torch", "BoolStorage"},
  {"torch", "ByteStorage"},
  {"torch", "CharStorage"},
  {"torch", "ComplexDoubleStorage"},
  {"torch", "ComplexFloatStorage"},
  {"torch", "DoubleStorage"},
  {"torch", "FloatStorage"},
  {"torch", "HalfStorage"},
  {"torch", "IntStorage"},
  {"torch", "LongStorage"},
  {"torch", "QInt32Storage"},
  {"torch", "QInt8Storage"},
  {"torch", "QUInt8Storage"},
  {"torch", "ShortStorage"},
  {"torch", "Size"},
  {"torch", "Tensor"},
  {"torch", "bfloat16"},
  {"torch", "bool"},
  {"torch", "complex128"},
  {"torch", "complex64"},
  {"torch", "device"},
  {"torch", "float16"},
  {"torch", "float32"},
  {"torch", "float64"},
  {"torch", "float8_e4m3fn"},
  {"torch", "float8_e4m3fnuz"},
  {"torch", "float8_e5m2"},
  {"torch", "float8_e5m2fnuz"},
  {"torch", "int16"},
  {"torch", "int32"},
  {"torch", "int64"},
  {"torch", "int8"},
  {"torch", "uint16"},
  {"torch", "uint32"},
  {"torch", "uint64"},
  {"torch", "uint8"},
  {"torch._tensor", "_rebuild_from_type_v2"},
  {"torch._utils", "_rebuild_device_tensor_from_numpy"},
  {"torch._utils", "_rebuild_meta_tensor_no_storage"},
  {"torch._utils", "_rebuild_parameter"},
  {"torch._utils", "_rebuild_parameter_with_state"},
  {"torch._utils", "_rebuild_qtensor"},
  {"torch._utils", "_rebuild_sparse_tensor"},
  {"torch._utils", "_rebuild_tensor"},
  {"torch._utils", "_rebuild_tensor_v2"},
  {"torch._utils", "_rebuild_tensor_v3"},
  {"torch.nn.parameter", "Parameter"},
  {"torch.storage", "TypedStorage"},
  {"torch.storage", "UntypedStorage"},
};

#define COUNT(table) (sizeof(table) / sizeof(*(table)))

/// Whether `module` is the one named, or lies in it: "os.path" in "os".
static bool
is_within(CrateText module, const char *named)
{
  const CrateText name = crate_text(named);
  return crate_text_starts(module, name) &&
         (module.size == name.size || module.data[name.size] == '.');
}

/// Whether a dotted name is the one named, or reaches into it.
static bool
is_dangerous(CrateText module, CrateText name)
{
  for (size_t i = 0; i < COUNT(dangerous); ++i) {
    if (dangerous[i].name ? crate_text_is(module, dangerous[i].module) &&
                              is_within(name, dangerous[i].name)
                          : is_within(module, dangerous[i].module)) {
      return true;
    }
  }
  return false;
}

/// A name with dots reaches through modules that the first one has imported:
/// "numpy" and "os.system" is os.system.
static bool
reaches_danger(CrateText name)
{
  for (size_t dot; (dot = crate_text_find(name, '.')) < name.size;) {
    const CrateText first = crate_text_slice(name, 0, dot);
    name = crate_text_slice(name, dot + 1u, name.size);
    if (is_dangerous(first, name) || crate_text_is(first, "__globals__") ||
        crate_text_is(first, "__builtins__") ||
        crate_text_is(first, "__dict__")) {
      return true;
    }
  }
  return is_dangerous(name, CRATE_TEXT("")); // a module itself
}

CrateImportVerdict
crate_import_judge(CrateText module, CrateText name)
{
  if (crate_text_is(module, "__builtin__") ||
      crate_text_is(module, "builtins") || crate_text_is(module, "_builtins")) {
    module = CRATE_TEXT("builtins"); // as Python 2 called it
  }
  if (is_dangerous(module, name) ||
      (crate_text_find(name, '.') < name.size && reaches_danger(name))) {
    return CRATE_IMPORT_DANGEROUS;
  }
  for (size_t i = 0; i < COUNT(harmless); ++i) {
    if (crate_text_is(module, harmless[i].module) &&
        crate_text_is(name, harmless[i].name)) {
      return CRATE_IMPORT_HARMLESS;
    }
  }
  return CRATE_IMPORT_UNKNOWN;
}
