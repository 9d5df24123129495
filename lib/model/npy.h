// SPDX-License-Identifier: Apache-2.0
/// @file Arrays of NumPy: headers of .npy files, and types by their names.
#ifndef CRATE_MODEL_NPY_H
#define CRATE_MODEL_NPY_H
#include "model/reading.h"

/// Most bytes of a header: what NumPy reads unasked.
#define CRATE_NPY_LONGEST_HEADER 10000u

/// Most bytes of a packed member that are unpacked to see all of it.
#define CRATE_NPY_MOST_UNPACKED ((uint64_t)1 << 24u)

/// What numpy.dtype() takes, looked at.
typedef struct CrateNumpyType {
  CrateDtype dtype;
  uint64_t bytes; ///< Of an element; 0 when objects are in it.
  bool big_endian, objects;
} CrateNumpyType;

/// "<f4", or a list or tuple, as a literal. False when it is no type.
bool crate_numpy_type(CrateText descr, CrateNumpyType *out);

/// The same of a text that is one type's name: "<f4", "f8", "|O".
bool crate_numpy_simple(CrateText name, CrateNumpyType *out);

/// The size of an array of a type. False when 64 bits cannot count it.
bool crate_numpy_size(const CrateNumpyType *type,
                      const uint64_t *shape,
                      uint32_t rank,
                      uint64_t *out);

/// Read the array that a source is, as a tensor of that name.
CrateStatus crate_npy_read(CrateModelReading *reading, CrateText name);

#endif // CRATE_MODEL_NPY_H
