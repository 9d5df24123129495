// SPDX-License-Identifier: Apache-2.0
// Types of elements. Blocks and bytes of what is quantised: ggml-common.h.
#include "model/reading.h"

static const CrateDtypeAbout about[] = {
  [CRATE_DTYPE_OTHER] = {"OTHER", NULL, 1, 0},
  [CRATE_DTYPE_BOOL] = {"BOOL", "b1", 1, 8},
  [CRATE_DTYPE_I2] = {"I2", NULL, 1, 2},
  [CRATE_DTYPE_U2] = {"U2", NULL, 1, 2},
  [CRATE_DTYPE_I4] = {"I4", NULL, 1, 4},
  [CRATE_DTYPE_U4] = {"U4", NULL, 1, 4},
  [CRATE_DTYPE_I8] = {"I8", "i1", 1, 8},
  [CRATE_DTYPE_U8] = {"U8", "u1", 1, 8},
  [CRATE_DTYPE_I16] = {"I16", "i2", 1, 16},
  [CRATE_DTYPE_U16] = {"U16", "u2", 1, 16},
  [CRATE_DTYPE_I32] = {"I32", "i4", 1, 32},
  [CRATE_DTYPE_U32] = {"U32", "u4", 1, 32},
  [CRATE_DTYPE_I64] = {"I64", "i8", 1, 64},
  [CRATE_DTYPE_U64] = {"U64", "u8", 1, 64},
  [CRATE_DTYPE_F4] = {"F4", NULL, 1, 4},
  [CRATE_DTYPE_F6_E2M3] = {"F6_E2M3", NULL, 1, 6},
  [CRATE_DTYPE_F6_E3M2] = {"F6_E3M2", NULL, 1, 6},
  [CRATE_DTYPE_F8_E4M3] = {"F8_E4M3", NULL, 1, 8},
  [CRATE_DTYPE_F8_E4M3FNUZ] = {"F8_E4M3FNUZ", NULL, 1, 8},
  [CRATE_DTYPE_F8_E5M2] = {"F8_E5M2", NULL, 1, 8},
  [CRATE_DTYPE_F8_E5M2FNUZ] = {"F8_E5M2FNUZ", NULL, 1, 8},
  [CRATE_DTYPE_F8_E8M0] = {"F8_E8M0", NULL, 1, 8},
  [CRATE_DTYPE_F16] = {"F16", "f2", 1, 16},
  [CRATE_DTYPE_BF16] = {"BF16", NULL, 1, 16},
  [CRATE_DTYPE_F32] = {"F32", "f4", 1, 32},
  [CRATE_DTYPE_F64] = {"F64", "f8", 1, 64},
  [CRATE_DTYPE_C64] = {"C64", "c8", 1, 64},
  [CRATE_DTYPE_C128] = {"C128", "c16", 1, 128},
  [CRATE_DTYPE_STRING] = {"STRING", NULL, 1, 0},
  [CRATE_DTYPE_OBJECT] = {"OBJECT", NULL, 1, 0},
  [CRATE_DTYPE_Q1_0] = {"Q1_0", NULL, 128, 18 * 8},
  [CRATE_DTYPE_Q2_0] = {"Q2_0", NULL, 64, 18 * 8},
  [CRATE_DTYPE_Q4_0] = {"Q4_0", NULL, 32, 18 * 8},
  [CRATE_DTYPE_Q4_1] = {"Q4_1", NULL, 32, 20 * 8},
  [CRATE_DTYPE_Q5_0] = {"Q5_0", NULL, 32, 22 * 8},
  [CRATE_DTYPE_Q5_1] = {"Q5_1", NULL, 32, 24 * 8},
  [CRATE_DTYPE_Q8_0] = {"Q8_0", NULL, 32, 34 * 8},
  [CRATE_DTYPE_Q8_1] = {"Q8_1", NULL, 32, 36 * 8},
  [CRATE_DTYPE_Q2_K] = {"Q2_K", NULL, 256, 84 * 8},
  [CRATE_DTYPE_Q3_K] = {"Q3_K", NULL, 256, 110 * 8},
  [CRATE_DTYPE_Q4_K] = {"Q4_K", NULL, 256, 144 * 8},
  [CRATE_DTYPE_Q5_K] = {"Q5_K", NULL, 256, 176 * 8},
  [CRATE_DTYPE_Q6_K] = {"Q6_K", NULL, 256, 210 * 8},
  [CRATE_DTYPE_Q8_K] = {"Q8_K", NULL, 256, 292 * 8},
  [CRATE_DTYPE_IQ2_XXS] = {"IQ2_XXS", NULL, 256, 66 * 8},
  [CRATE_DTYPE_IQ2_XS] = {"IQ2_XS", NULL, 256, 74 * 8},
  [CRATE_DTYPE_IQ3_XXS] = {"IQ3_XXS", NULL, 256, 98 * 8},
  [CRATE_DTYPE_IQ1_S] = {"IQ1_S", NULL, 256, 50 * 8},
  [CRATE_DTYPE_IQ4_NL] = {"IQ4_NL", NULL, 32, 18 * 8},
  [CRATE_DTYPE_IQ3_S] = {"IQ3_S", NULL, 256, 110 * 8},
  [CRATE_DTYPE_IQ2_S] = {"IQ2_S", NULL, 256, 82 * 8},
  [CRATE_DTYPE_IQ4_XS] = {"IQ4_XS", NULL, 256, 136 * 8},
  [CRATE_DTYPE_IQ1_M] = {"IQ1_M", NULL, 256, 56 * 8},
  [CRATE_DTYPE_TQ1_0] = {"TQ1_0", NULL, 256, 54 * 8},
  [CRATE_DTYPE_TQ2_0] = {"TQ2_0", NULL, 256, 66 * 8},
  [CRATE_DTYPE_MXFP4] = {"MXFP4", NULL, 32, 17 * 8},
  [CRATE_DTYPE_NVFP4] = {"NVFP4", NULL, 64, 36 * 8},
};

const CrateDtypeAbout *
crate_dtype_about(CrateDtype dtype)
{
  return &about[dtype];
}

bool
crate_dtype_named(const CrateDtypeName *table, CrateText name, CrateDtype *out)
{
  for (; table->name; ++table) {
    if (crate_text_is(name, table->name)) {
      *out = table->dtype;
      return true;
    }
  }
  return false;
}

CrateDtype
crate_dtype_of_numpy(CrateText kind_and_bytes)
{
  for (size_t i = 0; i < sizeof(about) / sizeof(*about); ++i) {
    if (about[i].numpy && crate_text_is(kind_and_bytes, about[i].numpy)) {
      return (CrateDtype)i;
    }
  }
  return CRATE_DTYPE_OTHER;
}

bool
crate_model_count_bytes(CrateDtype dtype,
                        const uint64_t *shape,
                        uint32_t rank,
                        bool fortran,
                        uint64_t *out)
{
  const CrateDtypeAbout *const type = &about[dtype];
  uint64_t elements = 1;
  bool empty = false;
  for (uint32_t i = 0; i < rank; ++i) {
    empty |= !shape[i];
  }
  // Of an empty tensor the other dimensions may be anything that multiplies.
  for (uint32_t i = 0; i < rank; ++i) {
    const uint64_t size = shape[i] ? shape[i] : 1u;
    if (elements > UINT64_MAX / size) {
      return false;
    }
    elements *= size;
  }
  const uint64_t row = rank ? shape[fortran ? 0 : rank - 1u] : 1u;
  if (row % type->block || elements / type->block > UINT64_MAX / 512u) {
    return false;
  }
  // Types of less than a byte lie without gaps, the last byte is filled up.
  const uint64_t bits = type->bits;
  const uint64_t blocks = elements / type->block;
  *out = empty ? 0 : blocks / 8u * bits + (blocks % 8u * bits + 7u) / 8u;
  return true;
}
