// SPDX-License-Identifier: Apache-2.0
// Arrays of NumPy's in pickles: as NumPy pickles them, the bytes in a text, and
// as joblib does, the bytes between opcodes.
#include "model/npy.h"
#include "model/pickle_machine.h"
#include <inttypes.h>

/// Streams of opcodes in arrays of objects in streams.
#define DEEPEST 8u

/// What numpy.dtype() takes, of a type that has no name here.
static bool
describe(CratePickle *pickle,
         const CratePickled *order,
         CrateText name,
         CrateText *out)
{
  const bool swapped = crate_pickled_is(order, ">");
  crate_pickle_check(
    pickle, crate_model_print(pickle->reading, out, "%c%.*s",
                              swapped                        ? '>'
                              : crate_pickled_is(order, "<") ? '<'
                                                             : '|',
                              CRATE_TEXT_ARG(crate_text_slice(name, 0, 40))));
  return !pickle->cursor.status;
}

/// numpy.dtype(...) with its state, as a tensor's type. False when it is none.
static bool
read_dtype(CratePickle *pickle,
           const CratePickled *value,
           CrateTensor *out,
           uint64_t *bytes)
{
  CrateNumpyType type;
  *bytes = 0;
  if (!crate_pickled_is_call(value, "numpy", "dtype")) {
    return false;
  }
  const CrateText name =
    crate_pickled_text(crate_pickled_item(value->call->arguments, 0));
  if (!crate_numpy_simple(name, &type)) {
    return false;
  }
  // State: version, byte order, then what structures have.
  const CratePickled *const order = crate_pickled_item(value->call->state, 1);
  const CratePickled *const fields = crate_pickled_item(value->call->state, 3);
  out->big_endian = crate_pickled_is(order, ">");
  out->dtype = type.dtype;
  *bytes = type.bytes;
  if (fields && fields->kind != CRATE_PICKLED_NONE) {
    out->dtype = CRATE_DTYPE_OTHER; // a structure of so many bytes
    return true;
  }
  return out->dtype != CRATE_DTYPE_OTHER ||
         describe(pickle, order, name, &out->descr);
}

static CrateStatus
set_size(CratePickle *pickle, CrateTensor *tensor, uint64_t bytes)
{
  const CrateNumpyType type = {.dtype = tensor->dtype, .bytes = bytes};
  return crate_numpy_size(&type, tensor->shape, tensor->rank, &tensor->size)
           ? CRATE_OK
           : crate_model_refuse(pickle->reading, CRATE_MALFORMED,
                                "an array at byte %" PRIu64
                                " has more bytes than 64 bits can count",
                                pickle->cursor.at);
}

/// The attributes of a wrapper, as a tensor without a place.
static bool
read_wrapper(CratePickle *pickle,
             const CratePickled *state,
             CrateTensor *out,
             uint64_t *bytes)
{
  uint64_t *shape = NULL;
  if (!read_dtype(pickle, crate_pickled_get(state, "dtype"), out, bytes) ||
      !crate_pickled_counts(pickle, crate_pickled_get(state, "shape"), &shape,
                            &out->rank)) {
    return false;
  }
  out->shape = shape;
  out->order = crate_pickled_is(crate_pickled_get(state, "order"), "F")
                 ? CRATE_ORDER_FORTRAN
                 : CRATE_ORDER_C;
  return true;
}

/// Objects are another pickle.
static void
read_objects(CratePickle *pickle, CrateTensor *array)
{
  CratePickled *built = NULL;
  array->place = CRATE_TENSOR_ENCODED;
  if (++pickle->nested > DEEPEST) {
    crate_cursor_fail(&pickle->cursor, CRATE_OVER_LIMIT,
                      "arrays of objects too deep in one another");
    return;
  }
  // The outer stream's memo is not the inner one's.
  CratePickled **const memo = pickle->memo;
  const size_t count = pickle->memo_count;
  const size_t capacity = pickle->memo_capacity;
  const size_t put = pickle->put;
  pickle->memo = NULL;
  pickle->memo_capacity = 0;
  (void)crate_pickle_stream(pickle, &built); // its failure sticks
  crate_world_release(pickle->reading->world, pickle->memo);
  pickle->memo = memo;
  pickle->memo_count = count;
  pickle->memo_capacity = capacity;
  pickle->put = put;
  --pickle->nested;
}

void
crate_pickle_read_array(CratePickle *pickle, CratePickled *wrapper)
{
  CrateCursor *const cursor = &pickle->cursor;
  const CratePickled *const state = wrapper->call->state;
  CrateTensor *const array = (CrateTensor *)crate_arena_array(
    &pickle->reading->model->arena, 1, sizeof(CrateTensor));
  uint64_t bytes = 0;
  uint64_t alignment = 0;
  pickle->arrays = true;
  if (!array) {
    crate_pickle_check(pickle,
                       crate_arena_status(&pickle->reading->model->arena));
    return;
  }
  if (!read_wrapper(pickle, state, array, &bytes)) {
    crate_pickle_fail(pickle,
                      "an array of joblib's without a type and a shape");
    return;
  }
  if (array->dtype == CRATE_DTYPE_OBJECT) {
    read_objects(pickle, array);
  } else {
    const CratePickled *const aligned =
      crate_pickled_get(state, "numpy_array_alignment_bytes");
    if (crate_pickled_count(aligned, &alignment)) {
      crate_cursor_skip(cursor, crate_cursor_get8(cursor));
    }
    crate_pickle_check(pickle, set_size(pickle, array, bytes));
    array->offset = cursor->at;
    crate_cursor_skip(cursor, array->size);
  }
  wrapper->kind = CRATE_PICKLED_ARRAY;
  wrapper->array = array;
}

/// numpy's _reconstruct(ndarray, …) with a state of version, shape, type,
/// Fortran order, bytes.
static CrateStatus
read_reconstructed(CratePickle *pickle,
                   const CratePickled *state,
                   CrateTensor *out,
                   bool *known)
{
  const CratePickled *const order = crate_pickled_item(state, 3);
  const CratePickled *const data = crate_pickled_item(state, 4);
  uint64_t *shape = NULL;
  uint64_t bytes = 0;
  if (!crate_pickled_counts(pickle, crate_pickled_item(state, 1), &shape,
                            &out->rank) ||
      !read_dtype(pickle, crate_pickled_item(state, 2), out, &bytes)) {
    return crate_cursor_status(&pickle->cursor); // it is none, or no memory
  }
  *known = true;
  out->shape = shape;
  out->order = order && order->kind == CRATE_PICKLED_BOOL && order->number
                 ? CRATE_ORDER_FORTRAN
                 : CRATE_ORDER_C;
  CRATE_TRY(set_size(pickle, out, bytes));
  out->place = CRATE_TENSOR_ENCODED;
  if (data && data->kind == CRATE_PICKLED_BYTES && bytes &&
      data->text.size == out->size) {
    out->place = CRATE_TENSOR_HERE;
    out->offset = data->text.offset;
  }
  return CRATE_OK;
}

/// _frombuffer(bytes, type, shape, order) of protocol 5.
static CrateStatus
read_buffer(CratePickle *pickle,
            const CratePickled *arguments,
            CrateTensor *out,
            bool *known)
{
  CratePickled *items[5] = {NULL, crate_pickled_item(arguments, 2),
                            crate_pickled_item(arguments, 1), NULL,
                            crate_pickled_item(arguments, 0)};
  CratePickled state = {.kind = CRATE_PICKLED_TUPLE, .count = 5};
  CratePickled fortran = {.kind = CRATE_PICKLED_BOOL};
  fortran.number = crate_pickled_is(crate_pickled_item(arguments, 3), "F");
  items[3] = &fortran;
  state.list.items = items;
  return read_reconstructed(pickle, &state, out, known);
}

CrateStatus
crate_pickle_array_of(CratePickle *pickle,
                      const CratePickled *value,
                      CrateTensor *out,
                      bool *known)
{
  static const struct {
    const char *module, *name;
    bool buffer;
  } makers[] = {
    {"numpy.core.multiarray", "_reconstruct", false},
    {"numpy._core.multiarray", "_reconstruct", false},
    {"numpy.core.numeric", "_frombuffer", true},
    {"numpy._core.numeric", "_frombuffer", true},
  };
  *known = false;
  for (size_t i = 0; i < sizeof(makers) / sizeof(*makers); ++i) {
    if (crate_pickled_is_call(value, makers[i].module, makers[i].name)) {
      return makers[i].buffer
               ? read_buffer(pickle, value->call->arguments, out, known)
               : read_reconstructed(pickle, value->call->state, out, known);
    }
  }
  return CRATE_OK;
}
