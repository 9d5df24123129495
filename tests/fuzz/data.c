// SPDX-License-Identifier: Apache-2.0
// Fuzz target: a file of data, held against what a document says of it. The
// first byte chooses the syntax. Every syntax is asked for columns or paths,
// types, a key, a reference, a split and expressions.
#include <cratekit/validate.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

#define FIELD(name, type, extract, more)                                       \
  "{\"@type\":\"cr:Field\",\"@id\":\"r/" name "\",\"dataType\":\"" type        \
  "\",\"source\":{\"fileObject\":{\"@id\":\"f\"},\"extract\":" extract         \
  "}" more "}"

#define COLUMN(name) "{\"column\":\"" name "\"}"
#define PATH(path) "{\"jsonPath\":\"" path "\"}"

/// A document of one file, whose name is put in.
static const char text[] =
  "{\"@context\":\"http://mlcommons.org/croissant/1.1\",\"@type\":\"sc:Dataset"
  "\",\"conformsTo\":\"http://mlcommons.org/croissant/1.1\",\"distribution\":["
  "{\"@type\":\"cr:FileObject\",\"@id\":\"f\",\"contentUrl\":\"https://"
  "x.example"
  "/%s\",\"contentSize\":\"1 kB\"},{\"@type\":\"cr:FileSet\",\"@id\":\"s\","
  "\"containedIn\":{\"@id\":\"f\"},\"includes\":\"*\"}],\"recordSet\":{"
  "\"@type\":\"cr:RecordSet\",\"@id\":\"r\",\"key\":{\"@id\":\"r/a\"},"
  "\"field\":[" FIELD("a", "sc:Text", COLUMN("a"), "") "," FIELD("b", "cr:Int16", COLUMN("b"), "") "," FIELD(
    "c",
    "sc:Text",
    COLUMN("c"),
    ",\"references\":{\"@id\":\"r/a\"}") "," FIELD("d",
                                                   "cr:Split",
                                                   COLUMN("d"),
                                                   "") "," FIELD("e",
                                                                 "sc:Date",
                                                                 PATH("$..e"),
                                                                 "") "," FIELD("f",
                                                                               "sc:Float",
                                                                               PATH(
                                                                                 "$[?@.a]..b"),
                                                                               "") "]}}";

static const char *const names[] = {"f.csv",   "f.tsv",     "f.json",
                                    "f.jsonl", "f.parquet", "f.csv.gz",
                                    "f.zip",   "f.tar"};
enum { NAMES = sizeof(names) / sizeof(*names) };

static char folder[] = "/tmp/crate-fuzz-XXXXXX";
static char file[sizeof(folder) + 16];

static void
remove_folder(void)
{
  unlink(file);
  rmdir(folder);
}

static void
write_file(const char *name, const uint8_t *data, size_t size)
{
  if (!*file) {
    if (!mkdtemp(folder)) {
      abort();
    }
    atexit(remove_folder);
  } else {
    unlink(file);
  }
  snprintf(file, sizeof(file), "%s/%s", folder, name);
  FILE *const out = fopen(file, "wb");
  if (!out || fwrite(data, 1, size, out) != size || fclose(out)) {
    abort();
  }
}

static CrateValidator *
validator_of(const CrateWorld *world)
{
  static CrateLibrary *library;
  static CrateValidator *validator;
  if (!validator && (crate_library_new(world, &library) ||
                     crate_validator_new(world, library, &validator))) {
    abort();
  }
  return validator;
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
  static const CrateText profile = {"croissant-data-1.0", 18};
  static CrateWorld world;
  char document[sizeof(text) + 32];
  CrateVerdict verdict = {0};
  if (!size) {
    return 0;
  }
  const char *const name = names[data[0] % NAMES];
  write_file(name, data + 1, size - 1u);
  snprintf(document, sizeof(document), text, name);
  if (!world.allocator.allocate) {
    crate_world_init(&world);
  }
  const CrateJudgeOptions options = {.profiles = &profile,
                                     .profile_count = 1,
                                     .text = crate_text(document),
                                     .data = crate_text(folder)};
  const CrateStatus st = crate_validator_judge(
    validator_of(&world), CRATE_TEXT("croissant.json"), &options, &verdict);
  if (st && st != CRATE_OVER_LIMIT) {
    abort(); // whatever the file is, there is a verdict
  }
  crate_verdict_clear(&verdict);
  return 0;
}
