// SPDX-License-Identifier: Apache-2.0
/// @file What TensorFlow's SavedModel and its variables say alike.
#ifndef CRATE_MODEL_TENSORFLOW_H
#define CRATE_MODEL_TENSORFLOW_H
#include "model/protobuf.h"

/// By DataType of types.proto; OTHER where there is none.
CrateDtype crate_tensorflow_dtype(uint64_t type);

/// Read a TensorShapeProto into `sizes`, which has room for
/// CRATE_MODEL_MOST_RANK; failures stick to the cursor.
void crate_tensorflow_shape(CrateCursor *cursor,
                            CrateModelReading *reading,
                            const CrateWireField *message,
                            CrateTensor *tensor,
                            uint64_t *sizes);

/// Add a tensor with a copy of its sizes.
CrateStatus crate_tensorflow_add(CrateModelReading *reading,
                                 CrateTensor *tensor,
                                 const uint64_t *sizes);

#endif // CRATE_MODEL_TENSORFLOW_H
