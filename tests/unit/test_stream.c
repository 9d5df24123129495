// SPDX-License-Identifier: Apache-2.0
// Converting while reading: places in long documents, long lines, cut input.
#include "support/check.h"
#include <cratekit/rdf.h>

/// A document that comes in pieces.
typedef struct {
  CrateText text;
  size_t piece, at;
  CrateStatus fails; ///< At the end, instead of ending.
} Pieces;

static CrateStatus
read_piece(void *handle, char *room, size_t size, size_t *got)
{
  Pieces *const pieces = (Pieces *)handle;
  size_t count = pieces->text.size - pieces->at;
  count = count < pieces->piece ? count : pieces->piece;
  count = count < size ? count : size;
  memcpy(room, pieces->text.data + pieces->at, count);
  pieces->at += count;
  *got = count;
  return count ? CRATE_OK : pieces->fails;
}

static const CratePrefix prefixes[] = {{{"e", 1}, {"http://e/", 9}}};

static CrateStatus
convert(const CrateWorld *world,
        Pieces *pieces,
        CrateSyntax to,
        CrateBuffer *buffer)
{
  const CrateFeed feed = {read_piece, pieces};
  const CrateStream stream = {.name = {"d.nq", 4},
                              .from = CRATE_SYNTAX_NQUADS,
                              .to = to,
                              .prefixes = prefixes,
                              .prefix_count = 1};
  return crate_rdf_stream(world, &stream, &feed, buffer);
}

static void
assert_converted(CrateText text,
                 size_t piece,
                 CrateSyntax to,
                 const char *wanted)
{
  CheckWorld check;
  CrateBuffer buffer;
  Pieces pieces = {text, piece, 0, CRATE_OK};
  check_world_init(&check);
  crate_buffer_init(&buffer, &check.world);
  assert_int_equal(convert(&check.world, &pieces, to, &buffer), CRATE_OK);
  assert_text(crate_buffer_text(&buffer), wanted);
  crate_buffer_clear(&buffer);
}

static const char quads[] =
  "\xEF\xBB\xBF<http://e/s> <http://e/p> \"\\u0041\"@en .\r\n"
  "# a comment\n"
  "<http://e/s> <http://e/p> \"1\"^^<http://e/t> .\n"
  "<http://e/s> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> "
  "<http://e/a,b> .\n"
  "_:b <http://e/p> <http://e/o> <http://e/g> .\n"
  "_:b <http://e/q> <http://e/o> <http://e/g>.\n"
  "<http://e/s> <http://e/p> _:b <http://e/g> .\n"
  "<http://e/s> <http://e/p> _:b .";

static void
neighbours_are_written_together_however_they_come(void **state)
{
  static const size_t sizes[] = {1, 2, 7, 64, 100000};
  (void)state;
  for (size_t i = 0; i < sizeof(sizes) / sizeof(*sizes); ++i) {
    assert_converted(crate_text(quads), sizes[i], CRATE_SYNTAX_TRIG,
                     "@prefix e: <http://e/> .\n"
                     "\n"
                     "e:s\n"
                     "  e:p \"\\u0041\"@en , \"1\"^^e:t ;\n"
                     "  a <http://e/a,b> .\n"
                     "\n"
                     "e:g {\n"
                     "  _:b\n"
                     "    e:p e:o ;\n"
                     "    e:q e:o .\n"
                     "  e:s\n"
                     "    e:p _:b .\n"
                     "}\n"
                     "\n"
                     "e:s\n"
                     "  e:p _:b .\n");
  }
}

static void
nothing_makes_nothing(void **state)
{
  (void)state;
  assert_converted(CRATE_TEXT(""), 1, CRATE_SYNTAX_NQUADS, "");
  assert_converted(CRATE_TEXT("# only this"), 3, CRATE_SYNTAX_NQUADS, "");
}

/// Many short lines, then one of some kind.
static CrateStatus
convert_after_many_lines(CheckWorld *check, const char *last, CrateSyntax to)
{
  static const char line[] = "<http://e/s> <http://e/p> \"x\" .\n";
  const size_t count = 100000;
  const size_t size = sizeof(line) - 1;
  char *const text = (char *)malloc(count * size + strlen(last) + 1);
  assert_non_null(text);
  for (size_t i = 0; i < count; ++i) {
    memcpy(text + i * size, line, size);
  }
  memcpy(text + count * size, last, strlen(last) + 1);
  Pieces pieces = {crate_text(text), 65536, 0, CRATE_OK};
  CrateBuffer buffer;
  check_world_init(check);
  crate_buffer_init(&buffer, &check->world);
  const CrateStatus status = convert(&check->world, &pieces, to, &buffer);
  crate_buffer_clear(&buffer);
  free(text);
  return status;
}

static void
places_are_those_of_the_whole_document(void **state)
{
  CheckWorld check;
  (void)state;
  assert_int_equal(
    convert_after_many_lines(&check, "<http://e/s> x", CRATE_SYNTAX_TURTLE),
    CRATE_MALFORMED);
  assert_string_equal(
    check.said, "d.nq:100001:14: expected a predicate: <IRI> [invalid-rdf]");
  assert_int_equal(convert_after_many_lines(&check, "\n<http://e/\xFF> .",
                                            CRATE_SYNTAX_TURTLE),
                   CRATE_MALFORMED);
  assert_string_equal(check.said, "d.nq:100002:11: byte 0xFF is not UTF-8 "
                                  "[invalid-rdf]");
  assert_int_equal(
    convert_after_many_lines(&check, "<http://e/s> <http://e/p> _:x _:g .",
                             CRATE_SYNTAX_TURTLE),
    CRATE_UNSUPPORTED);
  assert_int_equal(
    strncmp(check.said, "d.nq:100001:0: the document has named graphs", 44), 0);
  // A byte order mark is one at the start of the document alone.
  assert_int_equal(
    convert_after_many_lines(&check, "\xEF\xBB\xBF# x", CRATE_SYNTAX_TURTLE),
    CRATE_MALFORMED);
}

static void
a_line_may_be_longer_than_the_window_but_not_for_ever(void **state)
{
  static char line[3u << 20u];
  CheckWorld check;
  CrateBuffer buffer;
  (void)state;
  memset(line, 'x', sizeof(line));
  memcpy(line, "<http://e/s> <http://e/p> \"", 27);
  memcpy(line + sizeof(line) - 4, "\" .", 4);
  check_world_init(&check);
  crate_buffer_init(&buffer, &check.world);
  Pieces pieces = {crate_text(line), 1u << 16u, 0, CRATE_OK};
  assert_int_equal(
    convert(&check.world, &pieces, CRATE_SYNTAX_NTRIPLES, &buffer), CRATE_OK);
  assert_int_equal(buffer.size, sizeof(line));
  check.world.limits.document_bytes = 2u << 20u;
  pieces.at = 0;
  assert_int_equal(
    convert(&check.world, &pieces, CRATE_SYNTAX_NTRIPLES, &buffer),
    CRATE_OVER_LIMIT);
  assert_string_equal(check.said, "d.nq:1:0: a line of more than 2097152 bytes "
                                  "[line-too-long]");
  crate_buffer_clear(&buffer);
}

static void
a_failure_to_read_is_passed_on(void **state)
{
  CheckWorld check;
  CrateBuffer buffer;
  Pieces pieces = {crate_text(quads), 20, 0, CRATE_UNREADABLE};
  (void)state;
  check_world_init(&check);
  crate_buffer_init(&buffer, &check.world);
  assert_int_equal(convert(&check.world, &pieces, CRATE_SYNTAX_TRIG, &buffer),
                   CRATE_UNREADABLE);
  crate_buffer_clear(&buffer);
}

static CrateStatus
convert_with(const CrateWorld *world)
{
  CrateBuffer buffer;
  Pieces pieces = {crate_text(quads), 50, 0, CRATE_OK};
  crate_buffer_init(&buffer, world);
  const CrateStatus status =
    convert(world, &pieces, CRATE_SYNTAX_TRIG, &buffer);
  crate_buffer_clear(&buffer);
  return status;
}

static void
every_allocation_may_fail(void **state)
{
  (void)state;
  assert_true(check_failing_allocations(convert_with) > 4);
}

int
main(void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(neighbours_are_written_together_however_they_come),
    cmocka_unit_test(nothing_makes_nothing),
    cmocka_unit_test(places_are_those_of_the_whole_document),
    cmocka_unit_test(a_line_may_be_longer_than_the_window_but_not_for_ever),
    cmocka_unit_test(a_failure_to_read_is_passed_on),
    cmocka_unit_test(every_allocation_may_fail),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
