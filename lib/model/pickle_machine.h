// SPDX-License-Identifier: Apache-2.0
/// @file The machine that pickles are programs of, without its effects.
#ifndef CRATE_MODEL_PICKLE_MACHINE_H
#define CRATE_MODEL_PICKLE_MACHINE_H
#include "model/pickle.h"
#include <stdio.h>

/// What follows an opcode, read.
typedef struct CrateOperand {
  uint64_t at;     ///< Of the opcode.
  uint64_t offset; ///< Of the bytes that `text` is the start of.
  uint64_t size;
  int64_t number;
  CrateText text, second;
} CrateOperand;

/// Do to the stack what an opcode does. Failures stick to the cursor. Nothing
/// below `floor` is taken off.
void crate_pickle_step(CratePickle *pickle,
                       unsigned code,
                       const CrateOperand *operand,
                       size_t floor);

/// A new value; NULL without memory, which sticks to the cursor.
CratePickled *crate_pickled_new(CratePickle *pickle, CratePickledKind kind);

/// Add items to a TUPLE, LIST or DICT.
void crate_pickled_append(CratePickle *pickle,
                          CratePickled *list,
                          CratePickled *const *items,
                          size_t count);

#endif // CRATE_MODEL_PICKLE_MACHINE_H
