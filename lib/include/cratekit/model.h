// SPDX-License-Identifier: Apache-2.0
/// @file What the header of a model file says: tensors, metadata, hazards. One
/// table for all formats. Weights are never read, and nothing is ever run.
#ifndef CRATE_MODEL_H
#define CRATE_MODEL_H
#include <cratekit/arena.h>
#include <cratekit/buffer.h>
#include <cratekit/dtype.h>
#include <cratekit/map.h>
CRATE_BEGIN_DECLS

/// The bytes of a file, at any offset.
typedef struct CrateModelSource {
  uint64_t size;
  /// Read exactly `size` bytes that lie within the file. CRATE_UNREADABLE,
  /// unsaid, when the system fails or the file has become shorter.
  CrateStatus (*read_at)(void *handle, uint64_t offset, void *out, size_t size);
  void *handle; ///< Passed to `read_at`.
} CrateModelSource;

/// A source of bytes in memory. Keeps the text, which must not move.
CRATE_API CrateModelSource crate_model_source_of(const CrateText *bytes);

/// A source of an open regular file, which stays open. Keeps the descriptor's
/// address. CRATE_UNREADABLE, unsaid.
CRATE_API CRATE_NODISCARD CrateStatus
crate_model_source_of_file(const int *descriptor, CrateModelSource *out);

/// Where the bytes of a tensor are.
typedef enum {
  CRATE_TENSOR_HERE,      ///< At `offset` of the file, `size` of them.
  CRATE_TENSOR_PACKED,    ///< At `offset` of what `member` unpacks to.
  CRATE_TENSOR_ELSEWHERE, ///< At `offset` of another file, which `member`
                          ///< names.
  CRATE_TENSOR_ENCODED,   ///< In the file, but not as an array of bytes.
  CRATE_TENSOR_ABSENT,    ///< Nowhere: it is only described.
} CrateTensorPlace;

typedef enum {
  CRATE_ORDER_C,       ///< The last dimension varies fastest.
  CRATE_ORDER_FORTRAN, ///< The first does.
  CRATE_ORDER_STRIDED, ///< As `strides` says.
} CrateTensorOrder;

/// One tensor. Texts and arrays are views, valid while the model lives.
typedef struct CrateTensor {
  CrateText name;   ///< As the file has it: any bytes at all; may repeat never.
  CrateText descr;  ///< What numpy.dtype() takes; empty when it knows none.
  CrateText member; ///< Of an archive, or another file's name; else empty.
  const uint64_t *shape;  ///< `rank` of them, slowest first; NULL for rank 0.
  const int64_t *strides; ///< In elements, when `order` is STRIDED; else NULL.
  uint64_t offset;        ///< See CrateTensorPlace.
  uint64_t size;          ///< In bytes; 0 when nobody can tell.
  uint32_t rank;
  CrateDtype dtype;
  CrateTensorPlace place;
  CrateTensorOrder order;
  bool big_endian;
  bool variable; ///< Some dimension is not fixed, and is 0 in `shape`.
} CrateTensor;

/// Something the file says about the model.
typedef struct CrateModelEntry {
  CrateText key;
  CrateText type;  ///< In the format's words: "string", "uint32", "float32[]".
  CrateText value; ///< As JSON.
  bool shortened;  ///< A long array or text, of which `value` has the start.
} CrateModelEntry;

typedef enum {
  CRATE_HAZARD_NOTE,    ///< Worth knowing: a pickle that only holds data.
  CRATE_HAZARD_WARNING, ///< What may do harm: code of a library one has to
                        ///< trust.
  CRATE_HAZARD_DANGER,  ///< Loading it runs what somebody put there, or reads
                        ///< files that are not the model's.
} CrateHazardSeverity;

typedef struct CrateModelHazard {
  CrateHazardSeverity severity;
  CrateText code;    ///< Stable, hyphenated: "pickle-import".
  CrateText place;   ///< "data.pkl: byte 12", "layers.dense"; may be empty.
  CrateText message; ///< One line, lower case, no full stop.
} CrateModelHazard;

/// A file read. End it with crate_model_clear().
typedef struct CrateModel {
  const CrateWorld *world;
  const char *format; ///< Name of a CrateModelFormat; NULL until told.
  CrateText version;  ///< Of the format, as the file says; may be empty.
  CrateTensor *tensors;
  size_t tensor_count, tensor_capacity;
  CrateModelEntry *entries;
  size_t entry_count, entry_capacity;
  CrateModelHazard *hazards;
  size_t hazard_count, hazard_capacity;
  uint64_t parameters; ///< Elements of all tensors that have bytes.
  CrateArena arena;
  CrateMap names;    ///< Of tensors.
  CrateWorld bounds; ///< The caller's, with a ceiling for this file: it must
                     ///< not be moved while the model lives.
} CrateModel;

/// A format that is known.
typedef struct CrateModelFormat {
  const char *name;    ///< "safetensors".
  const char *help;    ///< One phrase for a person.
  const char *endings; ///< Of files' names, space between them: ".pt .pth".
} CrateModelFormat;

/// The index-th format, from 0; NULL behind the last.
CRATE_API const CrateModelFormat *crate_model_format_at(size_t index);

/// The format of that name; NULL when there is none.
CRATE_API const CrateModelFormat *crate_model_format_find(CrateText name);

/**
   Read what a model file says of itself.

   What it is, its first bytes tell, else its name. Memory is linear in the
   header's size: below 256 MiB and 64 times the file's, and below the world's
   memory_bytes.
   @param name   Kept: for diagnostics; its ending counts.
   @param source Borrowed.
   @param format NULL, or what to take it for whatever it looks like.
   @param out    Filled; end it with crate_model_clear() even on failure, when
   it has the hazards that were found so far, and no tensors.
   @return CRATE_MALFORMED, CRATE_OVER_LIMIT, CRATE_UNSUPPORTED (nothing that
   is known, or a kind of it that is not read), CRATE_UNREADABLE, each said
   with code "invalid-model" or that of the container.
*/
CRATE_API CRATE_NODISCARD CrateStatus
crate_model_read(const CrateWorld *world,
                 CrateText name,
                 const CrateModelSource *source,
                 const CrateModelFormat *format,
                 CrateModel *out);

/// Accepts a model that failed, was cleared or is all zero.
CRATE_API void crate_model_clear(CrateModel *model);

/// The worst there is among the hazards; NOTE when there are none.
CRATE_API CrateHazardSeverity crate_model_worst(const CrateModel *model);

/// "note", "warning" or "danger".
CRATE_API const char *crate_hazard_word(CrateHazardSeverity severity);

/**
   Write the header of a .npy file that a tensor's bytes make when they follow
   it: its size is a multiple of 64.

   @return CRATE_UNSUPPORTED, unsaid, when there is no such file: NumPy has no
   such type, or the elements do not lie side by side.
*/
CRATE_API CRATE_NODISCARD CrateStatus
crate_tensor_npy_header(const CrateTensor *tensor, CrateBuffer *out);

/// Write a model as one JSON object, on lines of its own.
CRATE_API void crate_model_write_json(const CrateModel *model,
                                      CrateText name,
                                      CrateBuffer *out);

/// The same for a person, nothing in it able to steer a terminal.
CRATE_API void crate_model_write_text(const CrateModel *model,
                                      CrateText name,
                                      CrateBuffer *out);

/// The same of hazards alone, a line for each.
CRATE_API void crate_model_write_hazards(const CrateModel *model,
                                         CrateText name,
                                         CrateBuffer *out);

CRATE_END_DECLS
#endif // CRATE_MODEL_H
