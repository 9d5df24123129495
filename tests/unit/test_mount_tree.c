// SPDX-License-Identifier: Apache-2.0
// The tree of a crate, without a mount.
#include "fuse/node.h"
#include "fuse/print.h"
#include <pthread.h>
#include <string.h>
#include <support/archives.h>
#include <sys/stat.h>
#include <unistd.h>

static char folder[] = "/tmp/cratekit-tree-XXXXXX";
static char path[4096];

static const char *
in_folder(const char *name)
{
  snprintf(path, sizeof(path), "%s/%s", folder, name);
  return path;
}

static void
write_text(const char *name, const char *text)
{
  const CrateText part = crate_text(text);
  check_write_parts(in_folder(name), &part, 1);
}

#define CRATE                                                                  \
  "{\"@context\": \"https://w3id.org/ro/crate/1.2/context\", \"@graph\": ["    \
  "{\"@id\": \"ro-crate-metadata.json\", \"@type\": \"CreativeWork\","         \
  " \"about\": {\"@id\": \"./\"},"                                             \
  " \"conformsTo\": {\"@id\": \"https://w3id.org/ro/crate/1.2\"}},"            \
  "{\"@id\": \"./\", \"@type\": \"Dataset\", \"name\": \"n\","                 \
  " \"hasPart\": [{\"@id\": \"d/a%20b.txt\"}, {\"@id\": \"gone\"}],"           \
  " \"license\": {\"@id\": \"https://example.org/l/1\"}},"                     \
  "{\"@id\": \"d/a%20b.txt\", \"@type\": \"File\", \"size\": [1, \"two\"],"    \
  " \"author\": {\"@id\": \"#ada\"}, \"name\": \"../../etc/passwd\"},"         \
  "{\"@id\": \"#ada\", \"@type\": [\"Person\", \"../x\"], \"name\": \"Ada\"}," \
  "{\"@id\": \"gone\", \"@type\": \"File\"},"                                  \
  "{\"@id\": \"#run\", \"@type\": \"CreateAction\","                           \
  " \"object\": {\"@id\": \"d/a%20b.txt\"}, \"agent\": {\"@id\": \"#ada\"}}]}"

static int
write_crate(void **state)
{
  (void)state;
  assert_non_null(mkdtemp(folder));
  assert_int_equal(mkdir(in_folder("c"), 0700), 0);
  assert_int_equal(mkdir(in_folder("c/d"), 0700), 0);
  write_text("c/ro-crate-metadata.json", CRATE);
  write_text("c/d/a b.txt", "payload");
  write_text("c/d/other", "");
  return 0;
}

static int
remove_crate(void **state)
{
  static const char *const names[] = {
    "c/d/a b.txt", "c/d/other", "c/d", "c/ro-crate-metadata.json", "c", "h"};
  (void)state;
  for (size_t i = 0; i < sizeof(names) / sizeof(*names); ++i) {
    (void)remove(in_folder(names[i]));
  }
  return rmdir(folder);
}

static CrateTree *
open_tree(const CrateWorld *world, const char *crate)
{
  const CrateTreeOptions options = {.name = {NULL, 0}};
  CrateTree *tree = NULL;
  assert_int_equal(crate_tree_open(world, crate_text(crate), &options, &tree),
                   CRATE_OK);
  return tree;
}

/// Follow a path, links included, as a system does; CRATE_NO_NODE for nowhere.
static CrateNodeId
follow(CrateTree *tree, CrateNodeId from, CrateText way, unsigned links)
{
  CrateNodeId at = from;
  while (way.size && at && links) {
    const size_t slash = crate_text_find(way, '/');
    const CrateText step = crate_text_slice(way, 0, slash);
    CrateNodeId next = at;
    if (crate_text_is(step, "..")) {
      next = crate_tree_parent(tree, at);
    } else if (crate_tree_look_up(tree, at, step, &next)) {
      return CRATE_NO_NODE;
    }
    at = next && crate_tree_kind(tree, next) == CRATE_NODE_LINK
           ? follow(tree, at, crate_tree_target(tree, next), links - 1u)
           : next;
    way = crate_text_slice(way, slash + 1u, way.size);
  }
  return at;
}

static CrateNodeId
find(CrateTree *tree, const char *way)
{
  return follow(tree, CRATE_NODE_ROOT, crate_text(way), 8);
}

/// All bytes of a file, in pieces of an odd size.
static CrateStatus
read_file(CrateTree *tree, CrateNodeId node, CrateBuffer *out)
{
  char piece[97];
  CrateTreeFile *file = NULL;
  size_t got = 1;
  CRATE_TRY(crate_tree_open_file(tree, node, &file));
  CrateStatus st = CRATE_OK;
  while (!st && got) {
    st = crate_tree_read(file, out->size, piece, sizeof(piece), &got);
    crate_buffer_add(out, (CrateText){piece, st ? 0 : got});
    st = st ? st : crate_buffer_status(out);
  }
  crate_tree_close(file);
  return st;
}

/// Everything below a folder can be looked up, has the size that it says, and
/// leads nowhere else.
static CrateStatus
walk(const CrateWorld *world, CrateTree *tree, CrateNodeId from)
{
  CrateNodeId first = 0;
  uint32_t count = 0;
  CRATE_TRY(crate_tree_children(tree, from, &first, &count));
  for (CrateNodeId node = first; node < first + count; ++node) {
    CrateNodeId found = 0;
    uint64_t size = 0;
    CRATE_TRY(
      crate_tree_look_up(tree, from, crate_tree_name(tree, node), &found));
    CRATE_TRY(crate_tree_size(tree, node, &size));
    assert_int_equal(found, node);
    assert_int_equal(crate_tree_parent(tree, node), from);
    if (crate_tree_kind(tree, node) == CRATE_NODE_FOLDER) {
      CRATE_TRY(walk(world, tree, node));
    } else if (crate_tree_kind(tree, node) == CRATE_NODE_LINK) {
      if (!follow(tree, from, crate_tree_target(tree, node), 8)) {
        fail_msg("%.*s leads to %.*s",
                 CRATE_TEXT_ARG(crate_tree_name(tree, node)),
                 CRATE_TEXT_ARG(crate_tree_target(tree, node)));
      }
    } else {
      CrateBuffer bytes;
      crate_buffer_init(&bytes, world);
      const CrateStatus st = read_file(tree, node, &bytes);
      const size_t read = bytes.size;
      crate_buffer_clear(&bytes);
      CRATE_TRY(st);
      assert_int_equal(read, size);
    }
  }
  return CRATE_OK;
}

static void
check_file(const CrateWorld *world,
           CrateTree *tree,
           const char *way,
           const char *expected)
{
  CrateBuffer bytes;
  crate_buffer_init(&bytes, world);
  const CrateNodeId node = find(tree, way);
  if (!node || read_file(tree, node, &bytes)) {
    fail_msg("%s cannot be read", way);
  }
  assert_text(crate_buffer_text(&bytes), expected);
  crate_buffer_clear(&bytes);
}

static void
all_of_it_can_be_read_and_stays_inside(void **state)
{
  CheckWorld check;
  (void)state;
  check_world_init(&check);
  CrateTree *const tree = open_tree(&check.world, in_folder("c"));
  assert_int_equal(walk(&check.world, tree, CRATE_NODE_ROOT), CRATE_OK);
  const uint32_t nodes = crate_tree_count(tree);
  assert_int_equal(walk(&check.world, tree, CRATE_NODE_ROOT), CRATE_OK);
  assert_int_equal(crate_tree_count(tree), nodes); // the same ones
  assert_string_equal(check.said, "");
  crate_tree_free(tree);
}

static void
files_say_what_the_metadata_say(void **state)
{
  static const struct {
    const char *way, *bytes;
  } rows[] = {
    {"d/a b.txt", "payload"},
    {"d/other", ""},
    {".crate/metadata/original.jsonld", CRATE},
    {".crate/entity/d%2Fa%2520b.txt/target", "payload"},
    {".crate/entity/d%2Fa%2520b.txt/prop/name", "../../etc/passwd\n"},
    {".crate/entity/d%2Fa%2520b.txt/prop/size/1", "1\n"},
    {".crate/entity/d%2Fa%2520b.txt/prop/size/2", "two\n"},
    {".crate/entity/d%2Fa%2520b.txt/prop/author/prop/name", "Ada\n"},
    {".crate/entity/#ada/reverse/author/d%2Fa%2520b.txt/target", "payload"},
    {".crate/entity/.%2F/prop/license.url",
     "[InternetShortcut]\nURL=https://example.org/l/1\n"},
    {".crate/type/Person/#ada/prop/name", "Ada\n"},
    {".crate/type/..%2Fx/#ada/prop/name", "Ada\n"},
    {".crate/by-author/#ada/d%2Fa%2520b.txt/target", "payload"},
    {".crate/by-license/https:%2F%2Fexample.org%2Fl%2F1/.%2F/prop/name", "n\n"},
    {".crate/prov/action/#run/inputs/d%2Fa%2520b.txt/target", "payload"},
    {".crate/prov/action/#run/entity/prop/@type", "CreateAction\n"},
    {".crate/report/missing.txt", "gone\n"},
    {".crate/report/undescribed.txt", "d/other\n"},
    {".crate/report/hazards.txt", ""},
  };
  CheckWorld check;
  (void)state;
  check_world_init(&check);
  CrateTree *const tree = open_tree(&check.world, in_folder("c"));
  for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); ++i) {
    check_file(&check.world, tree, rows[i].way, rows[i].bytes);
  }
  assert_int_equal(find(tree, "e"), CRATE_NO_NODE);
  assert_int_equal(find(tree, ".crate/entity/#ada/target"), CRATE_NO_NODE);
  crate_tree_free(tree);
}

/// What a hostile archive holds is told, and lies nowhere else than in it.
static void
hazards_are_told(void **state)
{
  static const char *const names[] = {"../up", "a", "a", "/etc/x", "b/c"};
  CheckWorld check;
  CrateNodeId first = 0;
  uint32_t count = 0;
  (void)state;
  check_write_names(in_folder("h"), names, 5, 0);
  check_world_init(&check);
  CrateTree *const tree = open_tree(&check.world, path);
  assert_int_equal(crate_tree_children(tree, CRATE_NODE_ROOT, &first, &count),
                   CRATE_OK);
  assert_int_equal(count, 3);
  check_file(&check.world, tree, ".crate/report/hazards.txt",
             "the member \"../up\" has a name that leads out of the archive "
             "[invalid-zip]\n"
             "the member \"a\" is there twice: which one is meant? "
             "[invalid-zip]\n"
             "the member \"/etc/x\" has an absolute name [invalid-zip]\n");
  assert_int_equal(walk(&check.world, tree, CRATE_NODE_ROOT), CRATE_OK);
  crate_tree_free(tree);
}

static void
names_can_be_told_apart(void **state)
{
  static const struct {
    const char *text, *name;
  } rows[] = {
    {"a", "a"},           {"a/b", "a%2Fb"},
    {"a%2Fb", "a%252Fb"}, {"", "%"},
    {"%", "%25"},         {".", "%2E"},
    {"..", "%2E%2E"},     {"...", "..."},
    {"a\nb", "a%0Ab"},    {"\xC3\xA9", "\xC3\xA9"},
  };
  char longer[400];
  CheckWorld check;
  CrateArena arena;
  CrateText name, other;
  (void)state;
  check_world_init(&check);
  crate_arena_init(&arena, &check.world);
  for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); ++i) {
    assert_int_equal(crate_node_name(&arena, crate_text(rows[i].text), &name),
                     CRATE_OK);
    assert_text(name, rows[i].name);
  }
  memset(longer, 'x', sizeof(longer));
  assert_int_equal(
    crate_node_name(&arena, (CrateText){longer, sizeof(longer)}, &name),
    CRATE_OK);
  assert_int_equal(name.size, 254);
  longer[399] = 'y';
  assert_int_equal(
    crate_node_name(&arena, (CrateText){longer, sizeof(longer)}, &other),
    CRATE_OK);
  assert_false(crate_text_equal(name, other));
  crate_arena_clear(&arena);
}

typedef struct {
  const CrateWorld *world;
  CrateTree *tree;
  CrateStatus status;
} Walker;

static void *
walk_alone(void *handle)
{
  Walker *const walker = (Walker *)handle;
  walker->status = walk(walker->world, walker->tree, CRATE_NODE_ROOT);
  return NULL;
}

static void
threads_walk_one_tree(void **state)
{
  CheckWorld check;
  pthread_t threads[4];
  Walker walkers[4];
  (void)state;
  check_world_init(&check);
  CrateTree *const tree = open_tree(&check.world, in_folder("c"));
  for (size_t i = 0; i < 4; ++i) {
    walkers[i] = (Walker){&check.world, tree, CRATE_OK};
    assert_int_equal(pthread_create(&threads[i], NULL, walk_alone, &walkers[i]),
                     0);
  }
  for (size_t i = 0; i < 4; ++i) {
    pthread_join(threads[i], NULL);
    assert_int_equal(walkers[i].status, CRATE_OK);
  }
  crate_tree_free(tree);
}

/// What lies in a tree but for what takes many allocations to make.
static CrateStatus
visit(const CrateWorld *world)
{
  static const char *const ways[] = {
    "d/a b.txt",
    ".crate/README.txt",
    ".crate/entity/#ada/properties.json",
    ".crate/entity/#ada/prop/name",
    ".crate/entity/#ada/reverse/author",
    ".crate/type/Person/#ada",
    ".crate/prov/action/#run/inputs",
    ".crate/report/missing.txt",
    ".crate/report/undescribed.txt",
  };
  const CrateTreeOptions options = {.name = {NULL, 0}};
  CrateTree *tree = NULL;
  CRATE_TRY(
    crate_tree_open(world, crate_text(in_folder("c")), &options, &tree));
  CrateStatus st = CRATE_OK;
  for (size_t i = 0; i < sizeof(ways) / sizeof(*ways) && !st; ++i) {
    CrateBuffer bytes;
    crate_buffer_init(&bytes, world);
    const CrateNodeId node = find(tree, ways[i]);
    st = !node ? CRATE_NO_MEMORY
         : crate_tree_kind(tree, node) == CRATE_NODE_FILE
           ? read_file(tree, node, &bytes)
           : CRATE_OK;
    crate_buffer_clear(&bytes);
  }
  crate_tree_free(tree);
  return st;
}

static void
failing_allocations_are_survived(void **state)
{
  (void)state;
  assert_true(check_failing_allocations(visit) > 20);
}

int
main(void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(all_of_it_can_be_read_and_stays_inside),
    cmocka_unit_test(files_say_what_the_metadata_say),
    cmocka_unit_test(hazards_are_told),
    cmocka_unit_test(names_can_be_told_apart),
    cmocka_unit_test(threads_walk_one_tree),
    cmocka_unit_test(failing_allocations_are_survived),
  };
  return cmocka_run_group_tests(tests, write_crate, remove_crate);
}
