// SPDX-License-Identifier: Apache-2.0
// .npy, versions 1 to 3 of NumPy's format, and .npz, a zip archive of them.
#include "model/npy.h"
#include "model/archive.h"
#include "model/literal.h"
#include "model/pickle.h"
#include <inttypes.h>

#define MAGIC "\x93NUMPY"

/// Lists in one another in a header.
#define DEEPEST 64u

/// What a header says, as it says it.
typedef struct {
  CrateText descr, shape;
  bool fortran, has_order;
} Header;

static bool
npy_begins(CrateText head, uint64_t size)
{
  (void)size;
  return crate_text_starts(head, CRATE_TEXT(MAGIC));
}

static CrateStatus
refuse_header(const CrateModelReading *reading, const CrateLiteral *literal)
{
  return crate_model_refuse(
    reading, CRATE_MALFORMED, "its header has %s, at its byte %zu",
    literal->wrong, (size_t)(literal->at - literal->start));
}

static CrateStatus
read_dictionary(const CrateModelReading *reading, CrateText text, Header *out)
{
  CrateLiteral literal = crate_literal_begin(text, DEEPEST);
  crate_literal_expect(&literal, '{');
  while (!literal.wrong && crate_literal_peek(&literal) != '}') {
    const CrateText key = crate_literal_string(&literal);
    crate_literal_expect(&literal, ':');
    if (crate_text_is(key, "descr") && !out->descr.size) {
      out->descr = crate_literal_skip(&literal);
    } else if (crate_text_is(key, "shape") && !out->shape.size) {
      out->shape = crate_literal_skip(&literal);
    } else if (crate_text_is(key, "fortran_order") && !out->has_order) {
      out->fortran = crate_literal_boolean(&literal);
      out->has_order = true;
    } else {
      crate_literal_fail(&literal, "a key other than its three, or twice");
    }
    if (!crate_literal_accept(&literal, ',')) {
      break;
    }
  }
  crate_literal_expect(&literal, '}');
  if (!literal.wrong && crate_literal_peek(&literal)) {
    crate_literal_fail(&literal, "something behind the dictionary");
  }
  if (!literal.wrong &&
      (!out->descr.size || !out->shape.size || !out->has_order)) {
    crate_literal_fail(&literal, "not all of descr, fortran_order and shape");
  }
  return literal.wrong ? refuse_header(reading, &literal) : CRATE_OK;
}

static CrateStatus
read_shape(const CrateModelReading *reading,
           CrateText text,
           CrateTensor *tensor)
{
  uint64_t shape[CRATE_MODEL_MOST_RANK];
  CrateLiteral literal = crate_literal_begin(text, 1);
  const size_t rank =
    crate_literal_counts(&literal, shape, CRATE_MODEL_MOST_RANK);
  if (!literal.wrong && (rank > CRATE_MODEL_MOST_RANK || text.data[0] != '(')) {
    crate_literal_fail(&literal, "a shape that is no tuple of up to 64");
  }
  if (literal.wrong) {
    return refuse_header(reading, &literal);
  }
  uint64_t *const kept = crate_model_new_shape(reading, (uint32_t)rank);
  if (rank && !kept) {
    return crate_arena_status(&reading->model->arena);
  }
  for (size_t i = 0; i < rank; ++i) {
    kept[i] = shape[i];
  }
  tensor->shape = kept;
  tensor->rank = (uint32_t)rank;
  return CRATE_OK;
}

/// Objects are a pickle, which only loads when somebody allows it.
static CrateStatus
read_objects(CrateModelReading *reading, CrateTensor *tensor)
{
  CratePickle pickle;
  CratePickled *built = NULL;
  const bool whole = reading->place == CRATE_TENSOR_HERE ||
                     reading->source->size <= CRATE_NPY_MOST_UNPACKED;
  const uint64_t at = tensor->offset;
  tensor->place = CRATE_TENSOR_ENCODED;
  tensor->size = 0;
  CRATE_TRY(crate_model_add_hazard(
    reading, CRATE_HAZARD_WARNING, "object-array", tensor->name,
    "its objects are a pickle, which runs when numpy.load() is told "
    "allow_pickle%s",
    whole ? "" : ", and was too large to be looked into"));
  if (!whole) {
    return CRATE_OK;
  }
  crate_pickle_begin(&pickle, reading, at);
  const CrateStatus st = crate_pickle_streams(&pickle, &built);
  crate_pickle_end(&pickle);
  return st;
}

static CrateStatus
add_array(CrateModelReading *reading, const Header *header, CrateTensor *tensor)
{
  CrateNumpyType type;
  if (!crate_numpy_type(header->descr, &type)) {
    return crate_model_refuse(
      reading, CRATE_MALFORMED, "its type is none of NumPy's: %.*s",
      CRATE_TEXT_ARG(crate_text_slice(header->descr, 0, 200)));
  }
  CRATE_TRY(read_shape(reading, header->shape, tensor));
  if (!crate_numpy_size(&type, tensor->shape, tensor->rank, &tensor->size)) {
    return crate_model_refuse(reading, CRATE_MALFORMED,
                              "its shape has more elements than 64 bits can "
                              "count");
  }
  tensor->dtype = type.dtype;
  tensor->big_endian = type.big_endian;
  tensor->order = header->fortran ? CRATE_ORDER_FORTRAN : CRATE_ORDER_C;
  const CrateText descr = header->descr;
  const bool simple = descr.data[0] == '\'' || descr.data[0] == '"';
  CRATE_TRY(crate_arena_copy(
    &reading->model->arena,
    simple ? crate_text_slice(descr, 1, descr.size - 1u) : descr,
    &tensor->descr));
  if (type.objects) {
    CRATE_TRY(read_objects(reading, tensor));
  }
  return crate_model_add_tensor(reading, tensor);
}

CrateStatus
crate_npy_read(CrateModelReading *reading, CrateText name)
{
  unsigned char start[12];
  CrateTensor tensor = {.name = name};
  Header header = {.fortran = false};
  CRATE_TRY(crate_model_read_at(reading, 0, start, 10));
  if (memcmp(start, MAGIC, 6) != 0 || start[6] < 1 || start[6] > 3 ||
      start[7]) {
    return crate_model_refuse(reading, CRATE_MALFORMED,
                              "it is no .npy file of version 1.0, 2.0 or 3.0");
  }
  tensor.offset = start[6] == 1 ? 10 : 12;
  CRATE_TRY(crate_model_read_at(reading, 0, start, (size_t)tensor.offset));
  const uint32_t size =
    start[6] == 1 ? crate_zip_get16(start + 8) : crate_zip_get32(start + 8);
  if (size > CRATE_NPY_LONGEST_HEADER) {
    return crate_model_refuse(reading, CRATE_MALFORMED,
                              "its header says that it has %" PRIu32
                              " bytes, NumPy reads 10000 at most",
                              size);
  }
  CrateText text = {NULL, 0};
  CRATE_TRY(crate_model_read_text(reading, tensor.offset, size, &text));
  CRATE_TRY(read_dictionary(reading, text, &header));
  tensor.offset += size;
  if (!reading->model->version.size) {
    CRATE_TRY(crate_model_print(reading, &reading->model->version, "%d.%d",
                                start[6], start[7]));
  }
  return add_array(reading, &header, &tensor);
}

/// A file's name without folders and ending.
static CrateText
stem_of(CrateText path, const char *ending)
{
  size_t start = path.size;
  while (start && path.data[start - 1u] != '/') {
    --start;
  }
  const CrateText name = crate_text_slice(path, start, path.size);
  return crate_text_ends(name, crate_text(ending))
           ? crate_text_slice(name, 0, name.size - strlen(ending))
           : name;
}

static CrateStatus
read_npy(CrateModelReading *reading)
{
  return crate_npy_read(reading, stem_of(reading->name, ".npy"));
}

const CrateModelReader crate_model_npy = {
  {"npy", "an array of NumPy's", ".npy"},
  npy_begins,
  read_npy,
};

static bool
npz_begins(CrateText head, uint64_t size)
{
  (void)size;
  return crate_archive_first_ends(head, ".npy");
}

static CrateStatus
read_members(const CrateArchive *archive)
{
  CrateModelReading *const reading = archive->reading;
  for (size_t i = 0; i < archive->zip->count; ++i) {
    const CrateZipEntry *const entry = &archive->zip->entries[i];
    CrateModelReading member;
    if (!crate_text_ends(entry->name, CRATE_TEXT(".npy"))) {
      CRATE_TRY(crate_model_add_hazard(
        reading, CRATE_HAZARD_NOTE, "other-member", entry->name,
        "a member of the archive that is no array"));
      continue;
    }
    CRATE_TRY(crate_archive_read(archive, entry, CRATE_NPY_LONGEST_HEADER + 12u,
                                 &member));
    CRATE_TRY(crate_npy_read(
      &member, crate_text_slice(member.member, 0, member.member.size - 4u)));
  }
  return CRATE_OK;
}

static CrateStatus
read_npz(CrateModelReading *reading)
{
  CrateArchive archive;
  CrateStatus st = crate_archive_open(reading, &archive);
  if (!st) {
    st = read_members(&archive);
  }
  crate_archive_close(&archive);
  return st;
}

const CrateModelReader crate_model_npz = {
  {"npz", "a zip archive of arrays of NumPy's", ".npz"},
  npz_begins,
  read_npz,
};
