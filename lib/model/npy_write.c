// SPDX-License-Identifier: Apache-2.0
// Headers of .npy files, for tensors of any format: numpy/lib/format.py.
#include "model/reading.h"
#include <inttypes.h>

/// A type's name is quoted, a structure is a literal already.
static void
write_descr(CrateBuffer *out, CrateText descr)
{
  const bool literal = descr.data[0] == '[' || descr.data[0] == '(';
  crate_buffer_add_string(out, literal ? "" : "'");
  crate_buffer_add(out, descr);
  crate_buffer_add_string(out, literal ? "" : "'");
}

static void
write_dictionary(CrateBuffer *out, const CrateTensor *tensor)
{
  crate_buffer_add_string(out, "{'descr': ");
  write_descr(out, tensor->descr);
  crate_buffer_print(out, ", 'fortran_order': %s, 'shape': (",
                     tensor->order == CRATE_ORDER_FORTRAN ? "True" : "False");
  for (uint32_t i = 0; i < tensor->rank; ++i) {
    crate_buffer_print(out, "%" PRIu64 ",%s", tensor->shape[i],
                       i + 1u < tensor->rank ? " " : "");
  }
  crate_buffer_add_string(out, "), }");
}

/// Version 1, which has 16 bits for its size, and ASCII; else 3.
CrateStatus
crate_tensor_npy_header(const CrateTensor *tensor, CrateBuffer *out)
{
  enum { ALIGNMENT = 64, MOST = 65535 };
  const size_t start = out->size;
  CrateBuffer words;
  if (!tensor->descr.size || tensor->order == CRATE_ORDER_STRIDED ||
      tensor->variable || tensor->place >= CRATE_TENSOR_ENCODED) {
    return CRATE_UNSUPPORTED;
  }
  crate_buffer_init(&words, out->world);
  write_dictionary(&words, tensor);
  bool plain = words.size + ALIGNMENT < MOST;
  for (size_t i = 0; i < words.size; ++i) {
    plain &= (unsigned char)words.data[i] < 0x80u;
  }
  const size_t head = plain ? 10 : 12;
  const size_t all =
    (head + words.size + 1u + ALIGNMENT - 1u) / ALIGNMENT * ALIGNMENT;
  crate_buffer_add(out, CRATE_TEXT("\x93NUMPY"));
  crate_buffer_add_byte(out, plain ? 1 : 3);
  crate_buffer_add_byte(out, 0);
  for (size_t i = 0; i < head - 8u; ++i) {
    crate_buffer_add_byte(out, (char)((all - head) >> 8u * i & 0xFFu));
  }
  crate_buffer_add(out, crate_buffer_text(&words));
  while (!crate_buffer_status(out) && out->size - start < all - 1u) {
    crate_buffer_add_byte(out, ' ');
  }
  crate_buffer_add_byte(out, '\n');
  const CrateStatus st = crate_buffer_status(&words);
  crate_buffer_clear(&words);
  return st ? st : crate_buffer_status(out);
}
