// SPDX-License-Identifier: Apache-2.0
/// @file What the elements of a tensor are, whatever a format calls them.
#ifndef CRATE_DTYPE_H
#define CRATE_DTYPE_H
#include <cratekit/attributes.h>
#include <stdint.h>
CRATE_BEGIN_DECLS

/// Named as safetensors and ggml name them.
typedef enum {
  CRATE_DTYPE_OTHER, ///< A type of NumPy's: CrateTensor.descr names it.
  CRATE_DTYPE_BOOL,
  CRATE_DTYPE_I2,
  CRATE_DTYPE_U2,
  CRATE_DTYPE_I4,
  CRATE_DTYPE_U4,
  CRATE_DTYPE_I8,
  CRATE_DTYPE_U8,
  CRATE_DTYPE_I16,
  CRATE_DTYPE_U16,
  CRATE_DTYPE_I32,
  CRATE_DTYPE_U32,
  CRATE_DTYPE_I64,
  CRATE_DTYPE_U64,
  CRATE_DTYPE_F4,
  CRATE_DTYPE_F6_E2M3,
  CRATE_DTYPE_F6_E3M2,
  CRATE_DTYPE_F8_E4M3,
  CRATE_DTYPE_F8_E4M3FNUZ,
  CRATE_DTYPE_F8_E5M2,
  CRATE_DTYPE_F8_E5M2FNUZ,
  CRATE_DTYPE_F8_E8M0,
  CRATE_DTYPE_F16,
  CRATE_DTYPE_BF16,
  CRATE_DTYPE_F32,
  CRATE_DTYPE_F64,
  CRATE_DTYPE_C64,
  CRATE_DTYPE_C128,
  CRATE_DTYPE_STRING, ///< Texts of any length: no bytes one could map.
  CRATE_DTYPE_OBJECT, ///< Whatever a framework makes of them, or pickles.
  CRATE_DTYPE_Q1_0,   ///< Quantised in blocks, as GGUF has them, to the end.
  CRATE_DTYPE_Q2_0,
  CRATE_DTYPE_Q4_0,
  CRATE_DTYPE_Q4_1,
  CRATE_DTYPE_Q5_0,
  CRATE_DTYPE_Q5_1,
  CRATE_DTYPE_Q8_0,
  CRATE_DTYPE_Q8_1,
  CRATE_DTYPE_Q2_K,
  CRATE_DTYPE_Q3_K,
  CRATE_DTYPE_Q4_K,
  CRATE_DTYPE_Q5_K,
  CRATE_DTYPE_Q6_K,
  CRATE_DTYPE_Q8_K,
  CRATE_DTYPE_IQ2_XXS,
  CRATE_DTYPE_IQ2_XS,
  CRATE_DTYPE_IQ3_XXS,
  CRATE_DTYPE_IQ1_S,
  CRATE_DTYPE_IQ4_NL,
  CRATE_DTYPE_IQ3_S,
  CRATE_DTYPE_IQ2_S,
  CRATE_DTYPE_IQ4_XS,
  CRATE_DTYPE_IQ1_M,
  CRATE_DTYPE_TQ1_0,
  CRATE_DTYPE_TQ2_0,
  CRATE_DTYPE_MXFP4,
  CRATE_DTYPE_NVFP4,
} CrateDtype;

/// A type of elements, of which `block` take `bits` together.
typedef struct CrateDtypeAbout {
  const char *name;  ///< "F32", "Q4_K".
  const char *numpy; ///< Kind and bytes as NumPy writes them, "f4"; or NULL.
  uint16_t block;    ///< Elements of a block: 1 but for what is quantised.
  uint16_t bits;     ///< Of a block; 0 when the type does not say.
} CrateDtypeAbout;

/// A view, valid forever.
CRATE_API const CrateDtypeAbout *crate_dtype_about(CrateDtype dtype);

CRATE_END_DECLS
#endif // CRATE_DTYPE_H
