// SPDX-License-Identifier: Apache-2.0
/// @file HDF5, read by ourselves: the library would open whatever files a file
/// names. Groups, datasets in one piece, attributes that are texts.
#ifndef CRATE_MODEL_HDF5_H
#define CRATE_MODEL_HDF5_H
#include "model/cursor.h"

/// An address or a size that is not set.
#define CRATE_HDF5_UNSET UINT64_MAX

typedef struct CrateHdf5 {
  CrateModelReading *reading;
  CrateCursor cursor;
  unsigned offset_size, length_size; ///< In bytes.
  uint64_t base;                     ///< Of all addresses.
  uint64_t spent;  ///< Entries looked at: a file has room for so many only.
  CrateMap groups; ///< By address: open or done.
} CrateHdf5;

/// A member of a group. `next` is that behind it.
typedef struct CrateHdf5Link CrateHdf5Link;
struct CrateHdf5Link {
  CrateHdf5Link *next;
  CrateText name;
  uint64_t address; ///< Of the object; UNSET when it is no hard link.
};

/// A type of elements, as a tensor's.
typedef struct CrateHdf5Type {
  CrateDtype dtype;
  uint32_t size; ///< Of an element.
  bool big_endian, text, variable_text;
  bool known;
} CrateHdf5Type;

/// What the messages of an object's header say.
typedef struct CrateHdf5Object {
  CrateText name;
  CrateHdf5Type type;
  uint64_t shape[CRATE_MODEL_MOST_RANK];
  uint32_t rank;
  bool has_space, has_layout;
  CrateTensorPlace place; ///< HERE: contiguous at `data`.
  uint64_t data, size;    ///< UNSET: no bytes yet.
  uint64_t tree, heap;    ///< Of a group of old; UNSET when it is none.
  CrateHdf5Link *links, *last;
} CrateHdf5Object;

/// An address or a length at the cursor; all ones are UNSET.
uint64_t crate_hdf5_offset(CrateHdf5 *hdf5);
uint64_t crate_hdf5_length(CrateHdf5 *hdf5);

/// Move to an address, with the rest of the file behind it.
void crate_hdf5_go(CrateHdf5 *hdf5, uint64_t address);

/// Whether the four bytes at the cursor are these; moves behind them.
void crate_hdf5_expect(CrateHdf5 *hdf5, const char *signature);

/// Count entries that are looked at: more than the file has bytes is a failure.
void crate_hdf5_spend(CrateHdf5 *hdf5, uint64_t count);

/// Read the messages of an object's header.
CrateStatus crate_hdf5_object(CrateHdf5 *hdf5,
                              uint64_t address,
                              CrateHdf5Object *out);

/// Read one message; the cursor ends behind it. Failures stick to the cursor.
void crate_hdf5_message(CrateHdf5 *hdf5,
                        unsigned type,
                        bool shared,
                        CrateHdf5Object *object);

/// The members of a group of old: a tree of names.
void crate_hdf5_tree(CrateHdf5 *hdf5, CrateHdf5Object *object);

/// A member that is found.
void crate_hdf5_link(CrateHdf5 *hdf5,
                     CrateHdf5Object *object,
                     CrateText name,
                     uint64_t address);

/// A link that leads elsewhere: a hazard, and to another file a failure.
void crate_hdf5_refuse_link(CrateHdf5 *hdf5,
                            const CrateHdf5Object *object,
                            CrateText name,
                            bool outside);

/// A type of elements at the cursor.
void crate_hdf5_type(CrateHdf5 *hdf5, CrateHdf5Type *out);

/// A space of dimensions at the cursor.
void crate_hdf5_space(CrateHdf5 *hdf5, uint64_t *shape, uint32_t *rank);

/// An attribute at the cursor: one that is a text becomes metadata.
void crate_hdf5_attribute(CrateHdf5 *hdf5, const CrateHdf5Object *object);

#endif // CRATE_MODEL_HDF5_H
