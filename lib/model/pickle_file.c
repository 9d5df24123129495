// SPDX-License-Identifier: Apache-2.0
// Files that are pickles, joblib's among them, packed or not.
#include "model/inflated.h"
#include "model/pickle.h"
#include <inttypes.h>

/// Protocol 2 and above say so first; what is older may begin with an import.
static bool
begins(CrateText head, uint64_t size)
{
  const unsigned char *const bytes = (const unsigned char *)head.data;
  (void)size;
  if (head.size < 2) {
    return false;
  }
  if (bytes[0] == 0x80) {
    return bytes[1] >= 2 && bytes[1] <= 5;
  }
  const size_t line = crate_text_find(head, '\n');
  const CrateText rest = crate_text_slice(head, line + 1u, head.size);
  const size_t next = crate_text_find(rest, '\n');
  if (bytes[0] != 'c' || line == head.size || next == rest.size || !next) {
    return false;
  }
  for (size_t i = 0; i < line + 1u + next; ++i) {
    if (bytes[i] <= ' ' && i != line) {
      return false;
    }
  }
  return true;
}

static CrateStatus
say_version(const CrateModelReading *reading, const CratePickle *pickle)
{
  return crate_model_print(reading, &reading->model->version,
                           "protocol %" PRId64 "%s", pickle->protocol,
                           pickle->arrays ? ", joblib" : "");
}

static CrateStatus
read_streams(CrateModelReading *reading)
{
  CratePickle pickle;
  CratePickled *built = NULL;
  crate_pickle_begin(&pickle, reading, 0);
  CrateStatus st = crate_pickle_streams(&pickle, &built);
  const CratePickleNamer namer = {&pickle, NULL, NULL};
  if (!st) {
    st = say_version(reading, &pickle);
  }
  if (!st) {
    st = crate_pickle_name(&namer, built);
  }
  crate_pickle_end(&pickle);
  return st;
}

static CrateStatus
refuse_packing(const CrateModelReading *reading, CrateText head)
{
  static const struct {
    CrateText magic;
    const char *name;
  } packings[] = {
    {{"BZh", 3}, "bzip2"},
    {{"\xFD\x37zXZ", 5}, "xz"},
    {{"]\0\0", 3}, "lzma"},
    {{"\x04\"M\x18", 4}, "lz4"},
    {{"\x28\xB5\x2F\xFD", 4}, "zstd"},
  };
  for (size_t i = 0; i < sizeof(packings) / sizeof(*packings); ++i) {
    if (crate_text_starts(head, packings[i].magic)) {
      return crate_model_refuse(reading, CRATE_UNSUPPORTED,
                                "it is packed with %s, which is not looked "
                                "into: unpack it first",
                                packings[i].name);
    }
  }
  return CRATE_OK;
}

static CrateStatus
read_pickle(CrateModelReading *reading)
{
  char bytes[8];
  CrateModelReading unpacked;
  CrateInflated *inflated = NULL;
  const size_t size = reading->source->size < sizeof(bytes)
                        ? (size_t)reading->source->size
                        : sizeof(bytes);
  CRATE_TRY(crate_model_read_at(reading, 0, bytes, size));
  const CrateText head = {bytes, size};
  CRATE_TRY(refuse_packing(reading, head));
  if (!crate_inflated_begins(head)) {
    return read_streams(reading);
  }
  CrateStatus st = crate_inflated_open(reading, &inflated, &unpacked);
  if (!st) {
    st = read_streams(&unpacked);
  }
  crate_inflated_free(inflated);
  return st;
}

const CrateModelReader crate_model_pickle = {
  {"pickle", "pickles of Python, joblib's too, zlib and gzip unpacked",
   ".pkl .pickle .p .dill .joblib .pkl.gz .pickle.gz .joblib.gz .joblib.z "
   ".skl"},
  begins,
  read_pickle,
};
