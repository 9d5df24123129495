// SPDX-License-Identifier: Apache-2.0
/// @file A model file being read: what all formats share.
#ifndef CRATE_MODEL_READING_H
#define CRATE_MODEL_READING_H
#include <cratekit/model.h>

/// Dimensions that any reader of tensors knows; NumPy 2 has 64.
#define CRATE_MODEL_MOST_RANK 64u

/// Bytes of one value of metadata that are kept.
#define CRATE_MODEL_LONGEST_VALUE ((size_t)16 << 20u)

typedef struct CrateModelReading {
  const CrateWorld *world;
  CrateText name; ///< For diagnostics.
  const CrateModelSource *source;
  CrateModel *model;
  /// Where in the file the source begins, when it is a member that is stored.
  uint64_t base;
  CrateText member;       ///< Of an archive that is being read, or empty.
  CrateTensorPlace place; ///< Of bytes of the source: HERE, or PACKED.
  uint32_t depth;         ///< Of what is read inside of it.
} CrateModelReading;

/// One format's reader, and how it is told.
typedef struct CrateModelReader {
  CrateModelFormat format;
  /// Whether a file with this beginning is sure to be of the format.
  bool (*begins)(CrateText head, uint64_t size);
  CrateStatus (*read)(CrateModelReading *reading);
} CrateModelReader;

/// Say what is wrong with the file.
CRATE_PRINTF(3, 4)
CrateStatus crate_model_refuse(const CrateModelReading *reading,
                               CrateStatus status,
                               const char *format,
                               ...);

/// Read bytes that lie within the source: CRATE_MALFORMED, said, when they do
/// not, CRATE_UNREADABLE, said.
CrateStatus crate_model_read_at(const CrateModelReading *reading,
                                uint64_t offset,
                                void *out,
                                size_t size);

/// The same into the model's arena.
CrateStatus crate_model_read_text(const CrateModelReading *reading,
                                  uint64_t offset,
                                  uint64_t size,
                                  CrateText *out);

/// A text made by a format, in the model's arena.
CRATE_PRINTF(3, 4)
CrateStatus crate_model_print(const CrateModelReading *reading,
                              CrateText *out,
                              const char *format,
                              ...);

/**
   Add a tensor, whose bytes lie in the source as far as `place` is HERE:
   `offset` is the source's, and becomes the file's.

   Its size is made out of type and shape when that is 0, and held against them
   when not. Texts and arrays are kept: they live in the model's arena, or are
   literals. `descr` is made when the type has one and none is given.
   @return CRATE_MALFORMED, said, for a name that is there twice, a size that
   overflows or differs, and bytes beyond the end.
*/
CrateStatus crate_model_add_tensor(CrateModelReading *reading,
                                   const CrateTensor *tensor);

/// The bytes that a shape of a type takes. False when there are more than
/// 64 bits can say, or when the fastest dimension is no whole number of blocks.
bool crate_model_count_bytes(CrateDtype dtype,
                             const uint64_t *shape,
                             uint32_t rank,
                             bool fortran,
                             uint64_t *out);

/// Room for a shape in the model's arena, NULL without memory or for rank 0.
uint64_t *crate_model_new_shape(const CrateModelReading *reading,
                                uint32_t rank);

/// Add an entry whose value is JSON already. Keeps key and type; copies value.
CrateStatus crate_model_add_json(const CrateModelReading *reading,
                                 CrateText key,
                                 CrateText type,
                                 CrateText value,
                                 bool shortened);

/// The same of a text.
CrateStatus crate_model_add_text(const CrateModelReading *reading,
                                 CrateText key,
                                 CrateText type,
                                 CrateText value);

/// The same of a number.
CrateStatus crate_model_add_number(const CrateModelReading *reading,
                                   CrateText key,
                                   CrateText type,
                                   uint64_t value);

/// Add a hazard. `code` is kept, `place` copied.
CRATE_PRINTF(5, 6)
CrateStatus crate_model_add_hazard(const CrateModelReading *reading,
                                   CrateHazardSeverity severity,
                                   const char *code,
                                   CrateText place,
                                   const char *format,
                                   ...);

/// Whether a path of a file that a model names leaves the model's folder: it is
/// absolute, climbs out, or says no folder in the way of POSIX.
bool crate_model_leads_out(CrateText path);

/// The type with a name of this format's, in a table that ends in NULL.
typedef struct CrateDtypeName {
  const char *name;
  CrateDtype dtype;
} CrateDtypeName;

/// False when no row has the name.
bool crate_dtype_named(const CrateDtypeName *table,
                       CrateText name,
                       CrateDtype *out);

/// The type that NumPy writes as kind and bytes, "f4"; OTHER when none is.
CrateDtype crate_dtype_of_numpy(CrateText kind_and_bytes);

extern const CrateModelReader crate_model_safetensors;
extern const CrateModelReader crate_model_gguf;
extern const CrateModelReader crate_model_npy;
extern const CrateModelReader crate_model_npz;
extern const CrateModelReader crate_model_pickle;
extern const CrateModelReader crate_model_torch;
extern const CrateModelReader crate_model_onnx;
extern const CrateModelReader crate_model_tflite;
extern const CrateModelReader crate_model_saved_model;
extern const CrateModelReader crate_model_tensor_bundle;
extern const CrateModelReader crate_model_keras;
extern const CrateModelReader crate_model_skops;
extern const CrateModelReader crate_model_hdf5;

#endif // CRATE_MODEL_READING_H
