// SPDX-License-Identifier: Apache-2.0
/// @file Pickles, walked opcode by opcode: what they would import and call, and
/// what they would build, as a tree of values. Nothing is imported or called.
#ifndef CRATE_MODEL_PICKLE_H
#define CRATE_MODEL_PICKLE_H
#include "model/cursor.h"

/// Bytes of a text that are kept: names and keys are shorter.
#define CRATE_PICKLE_LONGEST_TEXT 4096u

typedef enum {
  CRATE_PICKLED_NONE,
  CRATE_PICKLED_BOOL,
  CRATE_PICKLED_NUMBER, ///< Whole, of up to 64 bits.
  CRATE_PICKLED_OTHER,  ///< A fraction, or a number of more bits.
  CRATE_PICKLED_TEXT,
  CRATE_PICKLED_BYTES,
  CRATE_PICKLED_GLOBAL,
  CRATE_PICKLED_TUPLE,
  CRATE_PICKLED_LIST, ///< A set, too.
  CRATE_PICKLED_DICT, ///< Key, value, key, value.
  CRATE_PICKLED_CALL, ///< What a call of something would return.
  CRATE_PICKLED_PERSISTENT,
  CRATE_PICKLED_ARRAY, ///< One of joblib's, whose bytes follow the opcodes.
} CratePickledKind;

typedef struct CratePickled CratePickled;

/// What is known of a call's result.
typedef struct CratePickledCall {
  CratePickled *callable, *arguments;
  CratePickled *state;    ///< Of BUILD; or NULL.
  CratePickled *contents; ///< A DICT or LIST of what was put in; or NULL.
} CratePickledCall;

typedef struct CratePickledGlobal {
  CrateText module, name;
} CratePickledGlobal;

/// A value. Lives in the model's arena, and may be in many others.
struct CratePickled {
  CratePickledKind kind : 8;
  bool visited;   ///< By whoever walks the tree.
  uint32_t count; ///< Of items.
  union {
    int64_t number; ///< BOOL, NUMBER.
    struct {
      const char *data; ///< The first CRATE_PICKLE_LONGEST_TEXT bytes.
      uint64_t size;    ///< Of all of it.
      uint64_t offset;  ///< In the source.
    } text;             ///< TEXT, BYTES.
    struct {
      CratePickled **items;
      size_t capacity;
    } list; ///< TUPLE, LIST, DICT.
    CratePickledGlobal *global;
    CratePickledCall *call;
    CratePickled *id; ///< PERSISTENT.
    CrateTensor *array;
  };
};

/// Walks streams of one source.
typedef struct CratePickle {
  CrateModelReading *reading;
  CrateCursor cursor;
  CratePickled **stack;
  size_t count, capacity;
  size_t *marks; ///< How high the stack was.
  size_t mark_count, mark_capacity;
  CratePickled **memo;
  size_t memo_count, memo_capacity;
  CrateMap told;      ///< Imports that are hazards already.
  size_t put;         ///< Values put into the memo.
  CratePickled **ids; ///< What PERSISTENT values are told by.
  size_t id_count, id_capacity;
  int64_t protocol; ///< The highest that was told.
  bool arrays;      ///< joblib's were met.
  uint32_t nested;
} CratePickle;

/// Ready to walk from `at` to the source's end. End it with
/// crate_pickle_end() whatever comes.
void crate_pickle_begin(CratePickle *pickle,
                        CrateModelReading *reading,
                        uint64_t at);

void crate_pickle_end(CratePickle *pickle);

/**
   Walk one stream up to its STOP, and note as hazards what it would import.

   @param out What it builds; NULL on failure.
   @return As crate_cursor_status(), said.
*/
CrateStatus crate_pickle_stream(CratePickle *pickle, CratePickled **out);

/// Walk all streams to the source's end. More than one, and bytes that are
/// none, are hazards. `out` is what the first one builds.
CrateStatus crate_pickle_streams(CratePickle *pickle, CratePickled **out);

/// A text as far as it is kept.
CrateText crate_pickled_text(const CratePickled *value);

/// Whether a value is a text with exactly these bytes.
bool crate_pickled_is(const CratePickled *value, const char *text);

/// Whether a value is what a call of module.name returns.
bool crate_pickled_is_call(const CratePickled *value,
                           const char *module,
                           const char *name);

bool crate_pickled_is_global(const CratePickled *value,
                             const char *module,
                             const char *name);

/// The index-th item; NULL when there is none, or it is no list or tuple.
CratePickled *crate_pickled_item(const CratePickled *value, uint32_t index);

/// The value of a text key among the first few of a DICT; NULL when there is
/// none.
CratePickled *crate_pickled_get(const CratePickled *dict, const char *key);

/// A number that is not below zero. False when it is none.
bool crate_pickled_count(const CratePickled *value, uint64_t *out);

/// A tuple or list of such numbers, in the model's arena. False when it is
/// none, and without memory, which sticks to the cursor.
bool crate_pickled_counts(CratePickle *pickle,
                          const CratePickled *value,
                          uint64_t **out,
                          uint32_t *rank);

/// What an import means to whoever loads the pickle.
typedef enum {
  CRATE_IMPORT_HARMLESS,
  CRATE_IMPORT_UNKNOWN,
  CRATE_IMPORT_DANGEROUS,
} CrateImportVerdict;

CrateImportVerdict crate_import_judge(CrateText module, CrateText name);

/// An array as NumPy pickles it, as a tensor without a name. `known` is false
/// when the value is none.
CrateStatus crate_pickle_array_of(CratePickle *pickle,
                                  const CratePickled *value,
                                  CrateTensor *out,
                                  bool *known);

/// A joblib.numpy_pickle.NumpyArrayWrapper that has its state: the array's
/// bytes follow, and are moved over.
void crate_pickle_read_array(CratePickle *pickle, CratePickled *wrapper);

/// Name what a value holds, and add its arrays and tensors to the model.
/// `torch` makes a tensor of what PyTorch calls a rebuild; NULL: it is none.
typedef struct CratePickleNamer {
  CratePickle *pickle;
  CrateStatus (*rebuild)(void *handle,
                         const CratePickled *call,
                         CrateText name,
                         bool *known);
  void *handle;
} CratePickleNamer;

CrateStatus crate_pickle_name(const CratePickleNamer *namer,
                              CratePickled *value);

/// Add a tensor whose name may be taken already: then it gets a number.
CrateStatus crate_pickle_add(CratePickle *pickle, CrateTensor *tensor);

#endif // CRATE_MODEL_PICKLE_H
