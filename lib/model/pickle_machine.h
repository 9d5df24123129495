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

/// A mistake of the pickle's, or a status that has been said: both stick.
void crate_pickle_fail(CratePickle *pickle, const char *wrong);
void crate_pickle_check(CratePickle *pickle, CrateStatus status);

/// Cleared room in the model's arena; NULL without memory, which sticks.
void *crate_pickle_allocate(CratePickle *pickle, size_t count, size_t size);

/// A new value; NULL without memory, which sticks to the cursor.
CratePickled *crate_pickled_new(CratePickle *pickle, CratePickledKind kind);

/// Add items to a TUPLE, LIST or DICT.
void crate_pickled_append(CratePickle *pickle,
                          CratePickled *list,
                          CratePickled *const *items,
                          size_t count);

/// Put a value on the stack; NULL is what failed already.
void crate_pickle_push(CratePickle *pickle, CratePickled *value);

void crate_pickle_push_number(CratePickle *pickle,
                              CratePickledKind kind,
                              int64_t number);

/// A text, or bytes: those of the operand, or of some in it.
void crate_pickle_push_text(CratePickle *pickle,
                            CratePickledKind kind,
                            const CrateOperand *operand,
                            CrateText text);

void crate_pickle_push_list(CratePickle *pickle,
                            CratePickledKind kind,
                            CratePickled *const *items,
                            size_t count);

/// What is above the last mark, as a list.
void crate_pickle_push_marked(CratePickle *pickle,
                              CratePickledKind kind,
                              size_t floor);

/// TUPLE1 to TUPLE3.
void crate_pickle_push_tuple(CratePickle *pickle, size_t count, size_t floor);

void crate_pickle_push_mark(CratePickle *pickle);

/// Take a value off; NULL when there is none above `floor` and the last mark,
/// which is a failure.
CratePickled *crate_pickle_pop(CratePickle *pickle, size_t floor);

/// The value on top, which stays.
CratePickled *crate_pickle_top(CratePickle *pickle, size_t floor);

/// Take off everything above the last mark, and the mark. Items are views of
/// the stack, valid until the next push.
CratePickled *const *crate_pickle_pop_mark(CratePickle *pickle,
                                           size_t floor,
                                           size_t *count);

/// POP and POP_MARK (`all`).
void crate_pickle_drop(CratePickle *pickle, bool all, size_t floor);

/// Put what is on top into the memo, and back out of it.
void crate_pickle_memoize(CratePickle *pickle, int64_t index, size_t floor);
void crate_pickle_recall(CratePickle *pickle, int64_t index);

/// A text without its escapes: Python's of bytes, or those of code points
/// alone.
CrateText crate_pickle_unescape(CratePickle *pickle,
                                CrateText text,
                                bool bytes);

/// Opcodes that import and call. False for others.
bool crate_pickle_step_call(CratePickle *pickle,
                            unsigned code,
                            const CrateOperand *operand,
                            size_t floor);

#endif // CRATE_MODEL_PICKLE_MACHINE_H
