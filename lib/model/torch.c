// SPDX-License-Identifier: Apache-2.0
// PyTorch: a zip archive of a pickle and storages, or, before 1.6, pickles with
// the storages behind them (torch/serialization.py). A tensor is a call of one
// of torch._utils' functions, a storage a persistent id.
#include "model/archive.h"
#include "model/pickle_machine.h"
#include <inttypes.h>

/// Protocol 2 and the number that a file of old begins with.
#define OLD_MAGIC "\x80\x02\x8A\x0A\x6C\xFC\x9C\x46\xF9\x20\x6A\xA8\x50\x19"

/// Bytes of small members: "little", "3".
#define LONGEST_WORD 64u

static const CrateDtypeName storages[] = {
  {"FloatStorage", CRATE_DTYPE_F32},
  {"DoubleStorage", CRATE_DTYPE_F64},
  {"HalfStorage", CRATE_DTYPE_F16},
  {"BFloat16Storage", CRATE_DTYPE_BF16},
  {"LongStorage", CRATE_DTYPE_I64},
  {"IntStorage", CRATE_DTYPE_I32},
  {"ShortStorage", CRATE_DTYPE_I16},
  {"CharStorage", CRATE_DTYPE_I8},
  {"ByteStorage", CRATE_DTYPE_U8},
  {"BoolStorage", CRATE_DTYPE_BOOL},
  {"ComplexFloatStorage", CRATE_DTYPE_C64},
  {"ComplexDoubleStorage", CRATE_DTYPE_C128},
  {"QInt8Storage", CRATE_DTYPE_I8},
  {"QUInt8Storage", CRATE_DTYPE_U8},
  {"QInt32Storage", CRATE_DTYPE_I32},
  {"UntypedStorage", CRATE_DTYPE_U8},
  {NULL, CRATE_DTYPE_OTHER},
};

static const CrateDtypeName dtypes[] = {
  {"float32", CRATE_DTYPE_F32},
  {"float64", CRATE_DTYPE_F64},
  {"float16", CRATE_DTYPE_F16},
  {"bfloat16", CRATE_DTYPE_BF16},
  {"int64", CRATE_DTYPE_I64},
  {"int32", CRATE_DTYPE_I32},
  {"int16", CRATE_DTYPE_I16},
  {"int8", CRATE_DTYPE_I8},
  {"uint64", CRATE_DTYPE_U64},
  {"uint32", CRATE_DTYPE_U32},
  {"uint16", CRATE_DTYPE_U16},
  {"uint8", CRATE_DTYPE_U8},
  {"bool", CRATE_DTYPE_BOOL},
  {"complex64", CRATE_DTYPE_C64},
  {"complex128", CRATE_DTYPE_C128},
  {"float8_e4m3fn", CRATE_DTYPE_F8_E4M3},
  {"float8_e4m3fnuz", CRATE_DTYPE_F8_E4M3FNUZ},
  {"float8_e5m2", CRATE_DTYPE_F8_E5M2},
  {"float8_e5m2fnuz", CRATE_DTYPE_F8_E5M2FNUZ},
  {"float8_e8m0fnu", CRATE_DTYPE_F8_E8M0},
  {NULL, CRATE_DTYPE_OTHER},
};

typedef struct {
  CratePickle *pickle;
  const CrateArchive *archive; ///< NULL: the storages follow the pickles.
  CrateText prefix;            ///< Of the archive's members.
  bool big_endian;
  CrateMap offsets; ///< Of old files: key of a storage -> offset.
} Torch;

/// A storage's id: ("storage", type, key, location, elements).
static bool
read_storage(const CratePickled *value, CrateDtype *dtype, CrateText *key)
{
  const CratePickled *const id =
    value && value->kind == CRATE_PICKLED_PERSISTENT ? value->id : NULL;
  const CratePickled *const type = crate_pickled_item(id, 1);
  *key = crate_pickled_text(crate_pickled_item(id, 2));
  return crate_pickled_is(crate_pickled_item(id, 0), "storage") && key->size &&
         type && type->kind == CRATE_PICKLED_GLOBAL &&
         crate_dtype_named(storages, type->global->name, dtype);
}

/// A tensor as torch._utils is told to make it: in elements of its type.
typedef struct {
  CrateTensor tensor;
  CrateText key;
  uint64_t start, extent;
} Rebuilt;

/// Whether strides are those of a tensor without gaps.
static bool
is_packed(const CrateTensor *tensor, const uint64_t *strides, bool fortran)
{
  uint64_t expected = 1;
  for (uint32_t i = 0; i < tensor->rank; ++i) {
    const uint32_t k = fortran ? i : tensor->rank - 1u - i;
    if (tensor->shape[k] != 1 && strides[k] != expected) {
      return false;
    }
    expected *= tensor->shape[k]; // it is a size that was counted
  }
  return true;
}

/// Elements from the first to behind the last. False when 64 bits cannot say.
static bool
measure(const CrateTensor *tensor, const uint64_t *strides, uint64_t *extent)
{
  uint64_t last = 0;
  *extent = 0;
  for (uint32_t i = 0; i < tensor->rank; ++i) {
    const uint64_t steps = tensor->shape[i] ? tensor->shape[i] - 1u : 0;
    if (!tensor->shape[i]) {
      return true;
    }
    if (strides[i] > INT64_MAX ||
        (steps && strides[i] > (UINT64_MAX / 32u - last) / steps)) {
      return false;
    }
    last += steps * strides[i];
  }
  *extent = last + 1u;
  return true;
}

static bool
set_order(CratePickle *pickle, Rebuilt *rebuilt, const uint64_t *strides)
{
  CrateTensor *const tensor = &rebuilt->tensor;
  uint64_t size = 0;
  if (!measure(tensor, strides, &rebuilt->extent) ||
      !crate_model_count_bytes(tensor->dtype, tensor->shape, tensor->rank,
                               false, &size)) {
    return false;
  }
  if (!rebuilt->extent || is_packed(tensor, strides, false)) {
    return true;
  }
  tensor->order = CRATE_ORDER_FORTRAN;
  if (is_packed(tensor, strides, true)) {
    return true;
  }
  int64_t *const kept =
    (int64_t *)crate_pickle_allocate(pickle, tensor->rank, sizeof(int64_t));
  for (uint32_t i = 0; i < tensor->rank && kept; ++i) {
    kept[i] = (int64_t)strides[i];
  }
  tensor->order = CRATE_ORDER_STRIDED;
  tensor->strides = kept;
  return true;
}

static CrateStatus
refuse_tensor(const Torch *torch, CrateText name, const char *why)
{
  CRATE_TRY(crate_cursor_status(&torch->pickle->cursor)); // no memory
  return crate_model_refuse(
    torch->pickle->reading, CRATE_MALFORMED, "tensor \"%.*s\" %s",
    CRATE_TEXT_ARG(crate_text_slice(name, 0, 200)), why);
}

/// What a storage of the file has, and where.
typedef struct {
  CrateTensorPlace place;
  uint64_t offset, size;
  CrateText member;
} Storage;

static CrateStatus
find_storage(const Torch *torch, const Rebuilt *rebuilt, Storage *out)
{
  CrateArena *const arena = &torch->pickle->reading->model->arena;
  const CrateText parts[] = {torch->prefix, CRATE_TEXT("data/"), rebuilt->key};
  uintptr_t offset = 0;
  *out = (Storage){CRATE_TENSOR_HERE, 0, 0, {NULL, 0}};
  if (!torch->archive) {
    out->size = torch->pickle->reading->source->size;
    const bool known = crate_map_get(&torch->offsets, rebuilt->key, &offset);
    out->offset = offset;
    out->size -= known ? offset : 0;
    return known ? CRATE_OK
                 : refuse_tensor(torch, rebuilt->tensor.name,
                                 "has a storage that is not in the file");
  }
  CRATE_TRY(crate_arena_join(arena, parts, 3, &out->member));
  const CrateZipEntry *const entry =
    crate_archive_find(torch->archive, out->member);
  if (!entry) {
    return refuse_tensor(torch, rebuilt->tensor.name,
                         "has a storage that is no member of the archive");
  }
  out->size = entry->size;
  return crate_archive_place(torch->archive, entry, &out->place, &out->offset);
}

static CrateStatus
add_rebuilt(const Torch *torch, Rebuilt *rebuilt)
{
  CrateTensor *const tensor = &rebuilt->tensor;
  const uint64_t width = crate_dtype_about(tensor->dtype)->bits / 8u;
  Storage storage;
  CRATE_TRY(find_storage(torch, rebuilt, &storage));
  const uint64_t most = storage.size / width;
  if (rebuilt->start > most || rebuilt->extent > most - rebuilt->start) {
    return refuse_tensor(torch, tensor->name,
                         "reaches beyond the end of its storage");
  }
  tensor->place = storage.place;
  tensor->member = storage.member;
  tensor->offset = storage.offset + rebuilt->start * width;
  tensor->size = rebuilt->extent * width;
  tensor->big_endian = torch->big_endian;
  // Offsets are those of the whole file, whichever member the pickle is.
  CratePickle archive = *torch->pickle;
  CrateModelReading reading = *torch->pickle->reading;
  if (torch->archive) {
    reading = *torch->archive->reading;
  }
  archive.reading = &reading;
  return crate_pickle_add(&archive, tensor);
}

/// Arguments of the functions that make a tensor of a storage.
static const struct {
  const char *name;
  int dtype; ///< Which one is the type; -1: it is the storage's.
} makers[] = {
  {"_rebuild_tensor", -1},
  {"_rebuild_tensor_v2", -1},
  {"_rebuild_tensor_v3", 6},
  {"_rebuild_qtensor", -1},
};

/// A call's function and arguments, of a subclass those that it is made with.
static int
find_maker(const CratePickled *call, const CratePickled **arguments)
{
  const CratePickled *callable = call->call->callable;
  *arguments = call->call->arguments;
  if (crate_pickled_is_global(callable, "torch._tensor",
                              "_rebuild_from_type_v2")) {
    callable = crate_pickled_item(*arguments, 0);
    *arguments = crate_pickled_item(*arguments, 2);
  }
  for (size_t i = 0; i < sizeof(makers) / sizeof(*makers); ++i) {
    if (crate_pickled_is_global(callable, "torch._utils", makers[i].name)) {
      return (int)i;
    }
  }
  return -1;
}

static CrateStatus
rebuild(void *handle, const CratePickled *call, CrateText name, bool *known)
{
  const Torch *const torch = (const Torch *)handle;
  const CratePickled *arguments = NULL;
  const int maker = find_maker(call, &arguments);
  Rebuilt rebuilt = {.tensor = {.name = name}};
  uint64_t *shape = NULL;
  uint64_t *strides = NULL;
  uint32_t rank = 0;
  *known = maker >= 0;
  if (maker < 0) {
    return CRATE_OK;
  }
  if (!read_storage(crate_pickled_item(arguments, 0), &rebuilt.tensor.dtype,
                    &rebuilt.key) ||
      !crate_pickled_count(crate_pickled_item(arguments, 1), &rebuilt.start) ||
      !crate_pickled_counts(torch->pickle, crate_pickled_item(arguments, 2),
                            &shape, &rebuilt.tensor.rank) ||
      !crate_pickled_counts(torch->pickle, crate_pickled_item(arguments, 3),
                            &strides, &rank) ||
      rank != rebuilt.tensor.rank) {
    return refuse_tensor(torch, name, "is not made as tensors are");
  }
  rebuilt.tensor.shape = shape;
  if (makers[maker].dtype >= 0) {
    const CratePickled *const dtype =
      crate_pickled_item(arguments, (uint32_t)makers[maker].dtype);
    if (!dtype || dtype->kind != CRATE_PICKLED_GLOBAL ||
        !crate_dtype_named(dtypes, dtype->global->name,
                           &rebuilt.tensor.dtype)) {
      return refuse_tensor(torch, name, "has no type that is known");
    }
  }
  if (!set_order(torch->pickle, &rebuilt, strides)) {
    return refuse_tensor(torch, name, "has more bytes than 64 bits can count");
  }
  CRATE_TRY(crate_cursor_status(&torch->pickle->cursor));
  return add_rebuilt(torch, &rebuilt);
}

/// A small member as a word without the newline; empty when there is none.
static CrateStatus
read_word(const CrateArchive *archive,
          CrateText prefix,
          const char *name,
          CrateText *out)
{
  const CrateText parts[] = {prefix, crate_text(name)};
  CrateText path = {NULL, 0};
  *out = (CrateText){NULL, 0};
  CRATE_TRY(crate_arena_join(&archive->reading->model->arena, parts, 2, &path));
  const CrateZipEntry *const entry = crate_archive_find(archive, path);
  if (entry) {
    CrateText text;
    CRATE_TRY(crate_archive_text(archive, entry, LONGEST_WORD, &text));
    *out = crate_text_slice(text, 0, crate_text_find(text, '\n'));
  }
  return CRATE_OK;
}

/// Walk a member that is a pickle; `torch` names what the main one holds.
static CrateStatus
walk_member(const CrateArchive *archive,
            const CrateZipEntry *entry,
            const Torch *torch)
{
  CrateModelReading member;
  CratePickle pickle;
  CratePickled *built = NULL;
  CRATE_TRY(crate_archive_read(
    archive, entry, archive->reading->world->limits.document_bytes, &member));
  crate_pickle_begin(&pickle, &member, 0);
  CrateStatus st = crate_pickle_streams(&pickle, &built);
  if (!st && torch) {
    Torch with = *torch;
    with.pickle = &pickle;
    const CratePickleNamer namer = {&pickle, rebuild, &with};
    st = crate_pickle_name(&namer, built);
  }
  crate_pickle_end(&pickle);
  return st;
}

/// Members that are programs.
static CrateStatus
look_at_member(const CrateArchive *archive, CrateText name)
{
  const bool script = crate_text_ends(name, CRATE_TEXT(".py"));
  return script ? crate_model_add_hazard(
                    archive->reading, CRATE_HAZARD_WARNING, "code", name,
                    "a program that runs when the model is used")
                : CRATE_OK;
}

static CrateStatus
read_members(const CrateArchive *archive, const CrateZipEntry *main)
{
  CrateModelReading *const reading = archive->reading;
  Torch torch = {.archive = archive};
  CrateText order = {NULL, 0};
  torch.prefix =
    crate_text_slice(main->name, 0, main->name.size - strlen("data.pkl"));
  CRATE_TRY(read_word(archive, torch.prefix, "byteorder", &order));
  CRATE_TRY(
    read_word(archive, torch.prefix, "version", &reading->model->version));
  torch.big_endian = crate_text_is(order, "big");
  for (size_t i = 0; i < archive->zip->count; ++i) {
    const CrateZipEntry *const entry = &archive->zip->entries[i];
    CRATE_TRY(look_at_member(archive, entry->name));
    if (entry != main && crate_text_ends(entry->name, CRATE_TEXT(".pkl"))) {
      CRATE_TRY(walk_member(archive, entry, NULL));
    }
  }
  return walk_member(archive, main, &torch);
}

static CrateStatus
read_archive(CrateModelReading *reading)
{
  CrateArchive archive;
  CrateStatus st = crate_archive_open(reading, &archive);
  if (!st) {
    const CrateZipEntry *main =
      crate_archive_find(&archive, CRATE_TEXT("data.pkl"));
    main = main ? main : crate_archive_find_end(&archive, "/data.pkl");
    st = main ? read_members(&archive, main)
              : crate_model_refuse(reading, CRATE_MALFORMED,
                                   "it is an archive without a data.pkl");
  }
  crate_archive_close(&archive);
  return st;
}

/// Behind the pickles: for each key the number of elements, then the elements.
static CrateStatus
read_storages(Torch *torch, const CratePickled *keys)
{
  CratePickle *const pickle = torch->pickle;
  CrateCursor *const cursor = &pickle->cursor;
  CrateMap widths;
  crate_map_init(&widths, pickle->reading->world);
  for (size_t i = 0; i < pickle->id_count && !cursor->status; ++i) {
    const CratePickled value = {.kind = CRATE_PICKLED_PERSISTENT,
                                .id = pickle->ids[i]};
    CrateDtype dtype = CRATE_DTYPE_OTHER;
    CrateText key;
    if (read_storage(&value, &dtype, &key)) {
      cursor->status =
        crate_map_put(&widths, key, crate_dtype_about(dtype)->bits / 8u);
    }
  }
  for (uint32_t i = 0; i < keys->count && !cursor->status; ++i) {
    const CrateText key = crate_pickled_text(crate_pickled_item(keys, i));
    uintptr_t width = 0;
    const uint64_t count = crate_cursor_get64(cursor);
    if (!crate_map_get(&widths, key, &width) || count > UINT64_MAX / 16u) {
      crate_cursor_fail(cursor, CRATE_MALFORMED,
                        "a storage that no tensor has");
    }
    if (!cursor->status) {
      cursor->status = crate_map_put(&torch->offsets, key, cursor->at);
      crate_cursor_skip(cursor, count * width);
    }
  }
  crate_map_clear(&widths);
  return crate_cursor_status(cursor);
}

static CrateStatus
read_old_streams(Torch *torch)
{
  enum { MAGIC, PROTOCOL, SYSTEM, OBJECT, KEYS, STREAMS };
  CratePickle *const pickle = torch->pickle;
  CratePickled *built[STREAMS] = {NULL};
  for (size_t i = 0; i < STREAMS; ++i) {
    CRATE_TRY(crate_pickle_stream(pickle, &built[i]));
  }
  const CratePickled *const little =
    crate_pickled_get(built[SYSTEM], "little_endian");
  torch->big_endian =
    little && little->kind == CRATE_PICKLED_BOOL && !little->number;
  if (built[KEYS]->kind != CRATE_PICKLED_LIST) {
    return crate_model_refuse(pickle->reading, CRATE_MALFORMED,
                              "its fifth pickle is no list of storages");
  }
  CRATE_TRY(read_storages(torch, built[KEYS]));
  CRATE_TRY(crate_model_print(pickle->reading, &pickle->reading->model->version,
                              "before 1.6"));
  const CratePickleNamer namer = {pickle, rebuild, torch};
  return crate_pickle_name(&namer, built[OBJECT]);
}

static CrateStatus
read_old(CrateModelReading *reading)
{
  CratePickle pickle;
  Torch torch = {.pickle = &pickle};
  crate_pickle_begin(&pickle, reading, 0);
  crate_map_init(&torch.offsets, reading->world);
  const CrateStatus st = read_old_streams(&torch);
  crate_map_clear(&torch.offsets);
  crate_pickle_end(&pickle);
  return st;
}

static bool
begins(CrateText head, uint64_t size)
{
  (void)size;
  return crate_text_starts(head, CRATE_TEXT(OLD_MAGIC)) ||
         crate_archive_first_ends(head, "/data.pkl");
}

static CrateStatus
read_torch(CrateModelReading *reading)
{
  char bytes[4];
  CRATE_TRY(crate_model_read_at(reading, 0, bytes, sizeof(bytes)));
  return crate_archive_begins((CrateText){bytes, sizeof(bytes)})
           ? read_archive(reading)
           : read_old(reading);
}

const CrateModelReader crate_model_torch = {
  {"torch", "PyTorch's archives, and its files of before 1.6",
   ".pt .pth .ckpt .pt2"},
  begins,
  read_torch,
};
