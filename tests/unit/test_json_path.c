// SPDX-License-Identifier: Apache-2.0
// Queries and what they find: the examples of RFC 9535 and what lies between
// them.
#include "json/path.h"
#include <cratekit/json.h>
#include <string.h>
#include <support/check.h>

static CheckWorld check;

/// The bookstore of RFC 9535 1.5, its strings cut short.
#define STORE                                                                  \
  "{\"store\":{\"book\":["                                                     \
  "{\"category\":\"reference\",\"author\":\"Rees\",\"title\":\"Sayings\","     \
  "\"price\":8.95},"                                                           \
  "{\"category\":\"fiction\",\"author\":\"Waugh\",\"title\":\"Sword\","        \
  "\"price\":12.99},"                                                          \
  "{\"category\":\"fiction\",\"author\":\"Melville\",\"title\":\"Moby\","      \
  "\"isbn\":\"0-553-21311-3\",\"price\":8.99},"                                \
  "{\"category\":\"fiction\",\"author\":\"Tolkien\",\"title\":\"Rings\","      \
  "\"isbn\":\"0-395-19395-8\",\"price\":22.99}],"                              \
  "\"bicycle\":{\"color\":\"red\",\"price\":399}}}"

/// The document of 2.3.5.3.
#define FILTERED                                                               \
  "{\"a\":[3,5,1,2,4,6,{\"b\":\"j\"},{\"b\":\"k\"},{\"b\":{}},"                \
  "{\"b\":\"kilo\"}],\"o\":{\"p\":1,\"q\":2,\"r\":3,\"s\":5,\"t\":{\"u\":6}}," \
  "\"e\":\"f\"}"

/// What a query finds in a document, as a JSON array.
typedef struct {
  const char *document, *query, *found;
} Example;

static CrateStatus
write_hit(void *handle, const CrateJson *value)
{
  CrateBuffer *const out = (CrateBuffer *)handle;
  if (out->size > 1) {
    crate_buffer_add_byte(out, ',');
  }
  crate_json_write(out, value, 0);
  return crate_buffer_status(out);
}

static CrateStatus
find_in(const CrateWorld *world,
        const char *document,
        const char *query,
        bool lenient,
        CrateBuffer *out)
{
  const CrateJsonPathTaker to = {write_hit, out};
  CrateJsonPath *path = NULL;
  CrateJsonPathFlaw flaw;
  CrateJsonDocument tree;
  CrateStatus st =
    crate_json_path_new(world, crate_text(query), lenient, &path, &flaw);
  if (!st) {
    st = crate_json_read(world, CRATE_TEXT("in.json"), crate_text(document),
                         &tree);
    crate_buffer_add_byte(out, '[');
    if (!st) {
      st = crate_json_path_walk(path, world, tree.root, &to);
    }
    crate_buffer_add_byte(out, ']');
    crate_json_clear(&tree);
  }
  crate_json_path_free(path);
  return st ? st : crate_buffer_status(out);
}

static void
check_examples(const Example *examples, size_t count, bool lenient)
{
  for (size_t i = 0; i < count; ++i) {
    const Example *const e = &examples[i];
    CrateBuffer out;
    crate_buffer_init(&out, &check.world);
    const CrateStatus st =
      find_in(&check.world, e->document, e->query, lenient, &out);
    if (st || !crate_text_is(crate_buffer_text(&out), e->found)) {
      fail_msg("%s: %s: %.*s", e->query, crate_status_text(st),
               CRATE_TEXT_ARG(crate_buffer_text(&out)));
    }
    crate_buffer_clear(&out);
  }
}

#define CHECK_EXAMPLES(examples)                                               \
  check_examples(examples, sizeof(examples) / sizeof(*(examples)), false)

static void
the_bookstore_is_searched(void **state)
{
  static const Example examples[] = {
    {STORE, "$.store.book[*].author",
     "[\"Rees\",\"Waugh\",\"Melville\",\"Tolkien\"]"},
    {STORE, "$..author", "[\"Rees\",\"Waugh\",\"Melville\",\"Tolkien\"]"},
    {STORE, "$.store.*.color", "[\"red\"]"},
    {STORE, "$.store..price", "[8.95,12.99,8.99,22.99,399]"},
    {STORE, "$..book[2].title", "[\"Moby\"]"},
    {STORE, "$..book[2].author", "[\"Melville\"]"},
    {STORE, "$..book[2].publisher", "[]"},
    {STORE, "$..book[-1].title", "[\"Rings\"]"},
    {STORE, "$..book[0,1].title", "[\"Sayings\",\"Sword\"]"},
    {STORE, "$..book[:2].title", "[\"Sayings\",\"Sword\"]"},
    {STORE, "$..book[?@.isbn].title", "[\"Moby\",\"Rings\"]"},
    {STORE, "$..book[?@.price<10].title", "[\"Sayings\",\"Moby\"]"},
  };
  (void)state;
  CHECK_EXAMPLES(examples);
}

static void
selectors_select(void **state)
{
  static const char names[] = "{\"o\":{\"j j\":{\"k.k\":3}},\"'\":{\"@\":2}}";
  static const char wild[] = "{\"o\":{\"j\":1,\"k\":2},\"a\":[5,3]}";
  static const char letters[] = "[\"a\",\"b\",\"c\",\"d\",\"e\",\"f\",\"g\"]";
  static const Example examples[] = {
    // 2.2.3
    {"{\"k\":\"v\"}", "$", "[{\"k\":\"v\"}]"},
    // 2.3.1.3
    {names, "$.o['j j']", "[{\"k.k\":3}]"},
    {names, "$.o['j j']['k.k']", "[3]"},
    {names, "$.o[\"j j\"][\"k.k\"]", "[3]"},
    {names, "$[\"'\"][\"@\"]", "[2]"},
    {names, "$['\\'']['@']", "[2]"},
    {"{\"\\u00e9\":1}", "$.\xC3\xA9", "[1]"},
    {"{\"\\ud83d\\ude00\":1}", "$['\\uD83D\\ude00']", "[1]"},
    {"{\"\\b\\f\\n\\r\\t/\\\\\":1}", "$['\\b\\f\\n\\r\\t\\/\\\\']", "[1]"},
    {"{\"a\":1,\"a\":2}", "$.a", "[2]"},
    {"[1]", "$.a", "[]"},
    // 2.3.2.3
    {wild, "$[*]", "[{\"j\":1,\"k\":2},[5,3]]"},
    {wild, "$.o[*]", "[1,2]"},
    {wild, "$.o[*, *]", "[1,2,1,2]"},
    {wild, "$.a[*]", "[5,3]"},
    {"1", "$[*]", "[]"},
    // 2.3.3.3
    {"[\"a\",\"b\"]", "$[1]", "[\"b\"]"},
    {"[\"a\",\"b\"]", "$[-2]", "[\"a\"]"},
    {"[\"a\",\"b\"]", "$[2,-3]", "[]"},
    {"{\"0\":1}", "$[0]", "[]"},
    // 2.3.4.3
    {letters, "$[1:3]", "[\"b\",\"c\"]"},
    {letters, "$[5:]", "[\"f\",\"g\"]"},
    {letters, "$[1:5:2]", "[\"b\",\"d\"]"},
    {letters, "$[5:1:-2]", "[\"f\",\"d\"]"},
    {letters, "$[::-1]", "[\"g\",\"f\",\"e\",\"d\",\"c\",\"b\",\"a\"]"},
    {letters, "$[ -2 : : ]", "[\"f\",\"g\"]"},
    {letters, "$[:-5]", "[\"a\",\"b\"]"},
    {letters, "$[:-5:-1]", "[\"g\",\"f\",\"e\",\"d\"]"},
    {letters, "$[0:9007199254740991:9007199254740991]", "[\"a\"]"},
    {letters, "$[::0]", "[]"},
    {"[]", "$[::-1]", "[]"},
    {"{}", "$[::1]", "[]"},
  };
  (void)state;
  CHECK_EXAMPLES(examples);
}

static void
filters_hold(void **state)
{
  static const Example examples[] = {
    // 2.3.5.3
    {FILTERED, "$.a[?@.b == 'kilo']", "[{\"b\":\"kilo\"}]"},
    {FILTERED, "$.a[?(@.b == 'kilo')]", "[{\"b\":\"kilo\"}]"},
    {FILTERED, "$.a[?@>3.5]", "[5,4,6]"},
    {FILTERED, "$.a[?@.b]",
     "[{\"b\":\"j\"},{\"b\":\"k\"},{\"b\":{}},{\"b\":\"kilo\"}]"},
    {FILTERED, "$[?@.*]",
     "[[3,5,1,2,4,6,{\"b\":\"j\"},{\"b\":\"k\"},{\"b\":{}},{\"b\":\"kilo\"}],"
     "{\"p\":1,\"q\":2,\"r\":3,\"s\":5,\"t\":{\"u\":6}}]"},
    {FILTERED, "$[?@[?@.b]]",
     "[[3,5,1,2,4,6,{\"b\":\"j\"},{\"b\":\"k\"},{\"b\":{}},"
     "{\"b\":\"kilo\"}]]"},
    {FILTERED, "$.o[?@<3, ?@<3]", "[1,2,1,2]"},
    {FILTERED, "$.a[?@<2 || @.b == \"k\"]", "[1,{\"b\":\"k\"}]"},
    {FILTERED, "$.a[?match(@.b, \"[jk]\")]", "[{\"b\":\"j\"},{\"b\":\"k\"}]"},
    {FILTERED, "$.a[?search(@.b, \"[jk]\")]",
     "[{\"b\":\"j\"},{\"b\":\"k\"},{\"b\":\"kilo\"}]"},
    {FILTERED, "$.o[?@>1 && @<4]", "[2,3]"},
    {FILTERED, "$.o[?@.u || @.x]", "[{\"u\":6}]"},
    {FILTERED, "$.a[?@.b == $.x]", "[3,5,1,2,4,6]"},
    {FILTERED, "$.a[?@ == @]",
     "[3,5,1,2,4,6,{\"b\":\"j\"},{\"b\":\"k\"},{\"b\":{}},{\"b\":\"kilo\"}]"},
    // && binds more tightly than ||, and ! most.
    {"[1,2,3]", "$[?@==1 || @==2 && @==3]", "[1]"},
    {"[1,2,3]", "$[?(@==1 || @==2) && !(@==1)]", "[2]"},
    {"[1,2,3]", "$[?@==1 && @>2 || @==3]", "[3]"},
    {"[{},{\"a\":0}]", "$[?!@.a]", "[{}]"},
    {"[{},{\"a\":0}]", "$[? ! ( @.a && @.b ) && @.a ]", "[{\"a\":0}]"},
  };
  (void)state;
  CHECK_EXAMPLES(examples);
}

/// 2.3.5.3, the table of comparisons; the document is one element that is
/// kept where the comparison holds.
static const struct {
  const char *comparison;
  bool holds;
} comparisons[] = {
  {"$.absent1 == $.absent2", true},
  {"$.absent1 <= $.absent2", true},
  {"$.absent == 'g'", false},
  {"$.absent1 != $.absent2", false},
  {"$.absent != 'g'", true},
  {"1 <= 2", true},
  {"1 > 2", false},
  {"13 == '13'", false},
  {"'a' <= 'b'", true},
  {"'a' > 'b'", false},
  {"'a' >= 'a'", true},
  {"'a' < 'aa'", true},
  {"'\\uE000' < '\\uD800\\uDC00'", true},
  {"$.obj == $.arr", false},
  {"$.obj != $.arr", true},
  {"$.obj == $.obj", true},
  {"$.obj != $.obj", false},
  {"$.arr == $.arr", true},
  {"$.arr != $.arr", false},
  {"$.obj == 17", false},
  {"$.obj != 17", true},
  {"$.obj <= $.arr", false},
  {"$.obj < $.arr", false},
  {"$.obj <= $.obj", true},
  {"$.arr <= $.arr", true},
  {"1 <= $.arr", false},
  {"1 >= $.arr", false},
  {"1 > $.arr", false},
  {"1 < $.arr", false},
  {"true <= true", true},
  {"true > true", false},
  {"true == false", false},
  {"null == null", true},
  {"null == $.absent", false},
  {"1.0 == 1", true},
  {"-0 == 0", true},
  {"1e2 == 100.0E+0", true},
  {"$.deep == $.same", true},
  {"$.deep == $.other", false},
  {"$.deep == $.fewer", false},
  {"length($.absent) == $.absent", true},
  {"length($.absent) == 0", false},
  {"count($.absent.*) == $.absent", false},
  {"length($.arr) == 2", true},
  {"length($.arr) == '2'", false},
  {"length($.arr) < count($.deep.*)", false},
};

static void
values_compare(void **state)
{
  static const char document[] =
    "{\"obj\":{\"x\":\"y\"},\"arr\":[2,3],"
    "\"deep\":{\"a\":[1,{\"b\":null}],\"c\":\"d\"},"
    "\"same\":{\"c\":\"d\",\"a\":[1.0,{\"b\":null}]},"
    "\"other\":{\"c\":\"d\",\"a\":[1,{\"b\":0}]},"
    "\"fewer\":{\"a\":[1,{\"b\":null}]},\"it\":[1]}";
  char query[80];
  (void)state;
  for (size_t i = 0; i < sizeof(comparisons) / sizeof(*comparisons); ++i) {
    (void)snprintf(query, sizeof(query), "$.it[?%s]",
                   comparisons[i].comparison);
    const Example example = {document, query,
                             comparisons[i].holds ? "[1]" : "[]"};
    check_examples(&example, 1, false);
  }
}

static void
functions_answer(void **state)
{
  static const char strings[] =
    "[\"a\\nb\",\"a.b\",\"axb\",\"\\u00e9\\ud83d\\ude00\",\"\",5,[1,2],"
    "{\"k\":1}]";
  static const Example examples[] = {
    {strings, "$[?length(@) == 2]", "[\"\xC3\xA9\xF0\x9F\x98\x80\",[1,2]]"},
    {strings, "$[?length(@) == 1]", "[{\"k\":1}]"},
    {strings, "$[?count(@.*) == 1]", "[{\"k\":1}]"},
    {strings, "$[?count(@['k','k']) == 2]", "[{\"k\":1}]"},
    {strings, "$[?value(@..k) == 1]", "[{\"k\":1}]"},
    {strings, "$[?value(@.*) == 1]", "[{\"k\":1}]"}, // not of two
    {strings, "$[?length(value(@[0])) == 1]", "[]"},
    {strings, "$[?match(@, 'a.b')]", "[\"a.b\",\"axb\"]"},
    {"[\"a\\rb\",\"a\\u2028b\"]", "$[?match(@, 'a.b')]",
     "[\"a\xE2\x80\xA8"
     "b\"]"},
    {strings, "$[?match(@, 'a\\\\.b')]", "[\"a.b\"]"},
    {strings, "$[?match(@, 'a\\\\nb')]", "[\"a\\nb\"]"},
    {strings, "$[?match(@, 'a')]", "[]"},
    {strings, "$[?search(@, '^a|\xC3\xA9')]",
     "[\"a\\nb\",\"a.b\",\"axb\",\"\xC3\xA9\xF0\x9F\x98\x80\"]"},
    {strings, "$[?match(@, '\\\\p{Ll}\\\\P{L}')]",
     "[\"\xC3\xA9\xF0\x9F\x98\x80\"]"},
    {strings, "$[?match(@, '(a|c)[^x-y-]b{1,2}')]", "[\"a\\nb\",\"a.b\"]"},
    {strings, "$[?match(@, '')]", "[\"\"]"},
    {strings, "$[?match(@, $[2])]", "[\"axb\"]"},
    {strings, "$[?match(@, 5)]", "[]"},
    // What PCRE2 knows and I-Regexp does not, matches nothing.
    {strings, "$[?search(@, '\\\\w')]", "[]"},
    {strings, "$[?search(@, '(?=a)')]", "[]"},
    {strings, "$[?search(@, 'a*?')]", "[]"},
    {strings, "$[?search(@, '[[:alpha:]]')]", "[]"},
    {strings, "$[?search(@, '(')]", "[]"},
    {strings, "$[?search(@, 'a{1')]", "[]"},
    {strings, "$[?search(@, 'a{1,x}')]", "[]"},
    {strings, "$[?search(@, '\\\\p{IsGreek}')]", "[]"},
  };
  (void)state;
  CHECK_EXAMPLES(examples);
}

static void
descendants_come_in_order(void **state)
{
  static const char document[] =
    "{\"o\":{\"j\":1,\"k\":2},\"a\":[5,3,[{\"j\":4},{\"k\":6}]]}";
  static const Example examples[] = {
    // 2.5.1.3 and 2.5.2.3
    {"[\"a\",\"b\",\"c\"]", "$[0, 2, 0]", "[\"a\",\"c\",\"a\"]"},
    {"[0,1,2,3,4,5]", "$[0:2, 5]", "[0,1,5]"},
    {document, "$..j", "[1,4]"},
    {document, "$..[0]", "[5,{\"j\":4}]"},
    {document, "$..o", "[{\"j\":1,\"k\":2}]"},
    {document, "$.o..[*, *]", "[1,2,1,2]"},
    {document, "$.a..[0, 1]", "[5,3,{\"j\":4},{\"k\":6}]"},
    {document, "$..*",
     "[{\"j\":1,\"k\":2},[5,3,[{\"j\":4},{\"k\":6}]],1,2,5,3,"
     "[{\"j\":4},{\"k\":6}],{\"j\":4},{\"k\":6},4,6]"},
    {"[[[1]]]", "$..[0]..[0]", "[[1],1,1]"},
    // 2.6.1: null is a value.
    {"{\"a\":null,\"b\":[null],\"c\":[{}],\"null\":1}", "$.a", "[null]"},
    {"{\"a\":null,\"b\":[null],\"c\":[{}],\"null\":1}", "$.a[0]", "[]"},
    {"{\"a\":null,\"b\":[null],\"c\":[{}],\"null\":1}", "$.b[?@]", "[null]"},
    {"{\"a\":null,\"b\":[null],\"c\":[{}],\"null\":1}", "$.b[?@==null]",
     "[null]"},
    {"{\"a\":null,\"b\":[null],\"c\":[{}],\"null\":1}", "$.c[?@.d==null]",
     "[]"},
    {"{\"a\":null,\"b\":[null],\"c\":[{}],\"null\":1}", "$.null", "[1]"},
  };
  (void)state;
  CHECK_EXAMPLES(examples);
}

static void
lenient_queries_do_without_dollar(void **state)
{
  static const Example examples[] = {
    {"{\"a-b\":{\"c\":[1,2]}}", "a-b.c[1]", "[2]"},
    {"{\"a\":[1,2]}", "a", "[[1,2]]"},
    {"[1,2]", "[0]", "[1]"},
    {"{\"a\":[1,2]}", "$.a[*]", "[1,2]"},
    {"{\"a\":1}", "$['\\a']", "[1]"},
  };
  (void)state;
  check_examples(examples, sizeof(examples) / sizeof(*examples), true);
}

/// A text that is no query: where that shows, and whether it is lenient.
typedef struct {
  const char *text;
  size_t at;
  const char *expected;
  bool lenient;
} Refusal;

static const Refusal refusals[] = {
  {"", 0, "\"$\"", false},
  {" $", 0, "\"$\"", false},
  {"a", 0, "\"$\"", true},
  {"$ ", 1, "\".\", \"[\" or the end", false},
  {"$a", 1, "\".\", \"[\" or the end", false},
  {"$.a-b", 3, "\".\", \"[\" or the end", true},
  {"$.", 2, "a name, \"*\" or \"[\"", false},
  {"$. a", 2, "a name, \"*\" or \"[\"", false},
  {"$..", 3, "a name, \"*\" or \"[\"", false},
  {"$[", 2, "a selector", false},
  {"$[a]", 2, "a selector", false},
  {"$[1", 3, "\"]\"", false},
  {"$[01]", 4, "an integer", false},
  {"$[-0]", 4, "an integer", false},
  {"$[-]", 3, "an integer", false},
  {"$[9007199254740992]", 2, "an integer below 2^53", false},
  {"$[1:2:3:4]", 7, "\"]\"", false},
  {"$['a]", 5, "the end of a string", false},
  {"$['\\", 4, "the end of a string", false},
  {"$['\\x']", 4, "an escape of JSON", true},
  {"$['\\\"']", 4, "an escape of JSON", true},
  {"$['\t']", 3, "no control character", true},
  {"$['\\u12g4']", 7, "four hexadecimal digits", false},
  {"$['\\ud800']", 5, "a pair of surrogates", false},
  {"$['\\udc00']", 5, "a pair of surrogates", false},
  {"$['\\udc00\\udc00']", 5, "a pair of surrogates", false},
  {"$['\\ud800\\u0041']", 5, "a pair of surrogates", false},
  {"$['\xFF']", 3, "UTF-8", false},
  {"$[?]", 3, "\"@\", \"$\" or a value", false},
  {"$[?@.a", 6, "\"]\"", false},
  {"$[?(@.a]", 7, "\")\"", false},
  {"$[?@.a==]", 8, "\"@\", \"$\" or a value", false},
  {"$[?@.a==01]", 10, "a number", false},
  {"$[?@.a==1.]", 10, "a number", false},
  {"$[?@.a==1e]", 10, "a number", false},
  {"$[?@.a==-]", 9, "a number", false},
  {"$[?1]", 3, "a comparison or a test", true},
  {"$[?true && @.a]", 3, "a comparison or a test", true},
  {"$[?length(@)]", 3, "a comparison or a test", true},
  {"$[?@.* == 1]", 3, "one value to compare", true},
  {"$[?1 == @..a]", 8, "one value to compare", true},
  {"$[?match(@.a, 'x') == true]", 3, "one value to compare", true},
  {"$[?!@.a == 1]", 4, "parentheses around a comparison", true},
  {"$[?@.a == True]", 10, "true, false or null", true},
  {"$[?size(@) == 1]", 3, "length, count, match, search or value", true},
  {"$[?length (@) == 1]", 3, "true, false or null", false},
  {"$[?length() == 1]", 3, "one more argument", true},
  {"$[?match(@.a)]", 3, "one more argument", true},
  {"$[?length(@.a, 1) == 1]", 15, "fewer arguments", true},
  {"$[?length(@.*) == 1]", 10, "an argument that is one value", true},
  {"$[?count(1) == 1]", 9, "a query as argument", true},
  {"$[?count((@.*)) == 1]", 10, "a query as argument", true},
  {"$[?count(@.*,) == 1]", 13, "\"@\", \"$\" or a value", false},
  {"$[?count(@.*]", 12, "\")\"", false},
};

static void
what_is_no_query_is_told_where(void **state)
{
  (void)state;
  for (size_t i = 0; i < sizeof(refusals) / sizeof(*refusals); ++i) {
    const Refusal *const r = &refusals[i];
    CrateJsonPath *path = NULL;
    CrateJsonPathFlaw flaw;
    const CrateStatus st = crate_json_path_new(
      &check.world, crate_text(r->text), false, &path, &flaw);
    if (st != CRATE_MALFORMED || path || flaw.at != r->at ||
        strcmp(flaw.expected, r->expected) != 0) {
      fail_msg("%s: %s: %s at %zu", r->text, crate_status_text(st),
               flaw.expected ? flaw.expected : "nothing", flaw.at);
    }
  }
  assert_string_equal(check.said, "");
}

static void
what_only_libraries_know_is_read_and_not_run(void **state)
{
  (void)state;
  for (size_t i = 0; i < sizeof(refusals) / sizeof(*refusals); ++i) {
    const Refusal *const r = &refusals[i];
    CrateJsonPath *path = NULL;
    CrateJsonPathFlaw flaw;
    const CrateStatus st = crate_json_path_new(
      &check.world, crate_text(r->text), true, &path, &flaw);
    if ((st == CRATE_OK) != r->lenient) {
      fail_msg("%s: %s", r->text, crate_status_text(st));
    }
    crate_json_path_free(path);
  }
  CrateBuffer out;
  crate_buffer_init(&out, &check.world);
  assert_int_equal(find_in(&check.world, "[1]", "$[?size(@)]", true, &out),
                   CRATE_UNSUPPORTED);
  crate_buffer_clear(&out);
}

static void
a_query_for_one_value_is_told(void **state)
{
  static const struct {
    const char *text;
    bool singular;
  } rows[] = {{"$", true},       {"$.a[0]['b']", true}, {"$[*]", false},
              {"$..a", false},   {"$[0,1]", false},     {"$.a.*.b", false},
              {"$[0:1]", false}, {"$[?@.a]", false},    {"..a", false}};
  (void)state;
  for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); ++i) {
    CrateJsonPath *path = NULL;
    CrateJsonPathFlaw flaw;
    if (crate_json_path_new(&check.world, crate_text(rows[i].text), false,
                            &path, &flaw)) {
      assert_false(rows[i].singular);
      continue;
    }
    assert_int_equal(crate_json_path_is_singular(path), rows[i].singular);
    crate_json_path_free(path);
  }
  crate_json_path_free(NULL);
}

/// `count` times the same, with something before and behind.
static char *
repeat(const char *before, const char *what, size_t count, const char *behind)
{
  const size_t size = strlen(what);
  char *const text =
    (char *)malloc(strlen(before) + size * count + strlen(behind) + 1u);
  char *end = stpcpy(text, before);
  for (size_t i = 0; i < count; ++i, end += size) {
    memcpy(end, what, size);
  }
  (void)strcpy(end, behind);
  return text;
}

static void
filters_in_one_another_have_a_limit(void **state)
{
  CrateJsonPath *path = NULL;
  CrateJsonPathFlaw flaw;
  (void)state;
  char *const text = repeat("$[?", "(", 1u << 20u, "");
  assert_int_equal(
    crate_json_path_new(&check.world, crate_text(text), false, &path, &flaw),
    CRATE_OVER_LIMIT);
  assert_string_equal(flaw.expected, "fewer parentheses");
  free(text);
}

static CrateStatus
take_none(void *handle, const CrateJson *value)
{
  (void)value;
  ++*(unsigned *)handle;
  return CRATE_UNREADABLE;
}

static void
whoever_takes_may_stop(void **state)
{
  unsigned taken = 0;
  const CrateJsonPathTaker to = {take_none, &taken};
  CrateJsonPath *path = NULL;
  CrateJsonPathFlaw flaw;
  CrateJsonDocument tree;
  (void)state;
  assert_int_equal(crate_json_path_new(&check.world, CRATE_TEXT("$[::-1]"),
                                       false, &path, &flaw),
                   CRATE_OK);
  assert_int_equal(crate_json_read(&check.world, CRATE_TEXT("in.json"),
                                   CRATE_TEXT("[1,2,3]"), &tree),
                   CRATE_OK);
  assert_int_equal(crate_json_path_walk(path, &check.world, tree.root, &to),
                   CRATE_UNREADABLE);
  assert_int_equal(taken, 1);
  crate_json_clear(&tree);
  crate_json_path_free(path);
}

/// What a query comes to in a document that is much of the same.
static void
check_limit(const char *document, const char *query, CrateStatus expected)
{
  CrateBuffer out;
  crate_buffer_init(&out, &check.world);
  const CrateStatus st = find_in(&check.world, document, query, false, &out);
  if (st != expected) {
    fail_msg("%.30s: %s", query, crate_status_text(st));
  }
  crate_buffer_clear(&out);
}

static void
work_has_a_limit(void **state)
{
  char *const wide = repeat("[0", ",1", 2000, "]");
  char *const names = repeat("[\"", "a", 40, "\"]");
  char *const name = repeat("[\"", "a", 3000, "\"]");
  char *const members = repeat("{\"b\":0", ",\"a\":0", 2000, "}");
  (void)state;
  check_limit(wide, "$[?count($[*]) > 0]", CRATE_OK);
  check.world.limits.path_work = 1000u * 1000u;
  check_limit(wide, "$[?count($[*]) > 0]", CRATE_OVER_LIMIT);
  check_limit(wide, "$[?$ == $]", CRATE_OVER_LIMIT);
  check_limit(names, "$[?search(@, 'a*a*a*b')]", CRATE_OK);
  check_limit(names, "$[?match(@, '(a|a)*[bc]')]", CRATE_OVER_LIMIT);
  check_limit(name, "$[?search(@, 'a*[bc]')]", CRATE_OVER_LIMIT);
  check_limit(members, "$.b", CRATE_OK);
  check_limit(members, "$[?$.b]", CRATE_OVER_LIMIT);
  free(name);
  free(members);
  free(wide);
  free(names);
}

/// What a walk comes to that may go so deep.
static void
check_depth(const char *document,
            const char *query,
            uint32_t depth,
            CrateStatus expected)
{
  CrateWorld shallow = check.world;
  CrateBuffer out;
  CrateJsonDocument tree;
  CrateJsonPath *path = NULL;
  CrateJsonPathFlaw flaw;
  const CrateJsonPathTaker to = {write_hit, &out};
  shallow.limits.depth = depth;
  crate_buffer_init(&out, &check.world);
  assert_int_equal(crate_json_read(&check.world, CRATE_TEXT("in.json"),
                                   crate_text(document), &tree),
                   CRATE_OK);
  assert_int_equal(
    crate_json_path_new(&check.world, crate_text(query), false, &path, &flaw),
    CRATE_OK);
  assert_int_equal(crate_json_path_walk(path, &shallow, tree.root, &to),
                   expected);
  crate_json_path_free(path);
  crate_json_clear(&tree);
  crate_buffer_clear(&out);
}

static void
depth_has_a_limit(void **state)
{
  char *const deep = repeat("", "[", 100, "");
  char *const closed = repeat(deep, "]", 100, "");
  char *const filters = repeat("$", "[?$", 30, "[0]");
  char *const filtered = repeat(filters, "]", 30, "");
  (void)state;
  check_depth(closed, "$..[0]", 60, CRATE_OK);
  check_depth(closed, "$..[0]", 40, CRATE_OVER_LIMIT);
  check_depth(closed, "$[?$ == 1]", 40, CRATE_OK);
  check_depth(closed, "$[?@ == $[0]]", 40, CRATE_OVER_LIMIT);
  check_depth("[[0]]", filtered, 40, CRATE_OK);
  check_depth("[[0]]", filtered, 20, CRATE_OVER_LIMIT);
  free(deep);
  free(closed);
  free(filters);
  free(filtered);
}

static CrateStatus
find_much(const CrateWorld *world)
{
  CrateBuffer out;
  crate_buffer_init(&out, world);
  const CrateStatus st =
    find_in(world, "[\"ab\",\"cd\",{\"e\":\"c.\"}]",
            "$[?match(@, $[2].e) || search(@, 'b\\\\p{L}?') && @ != '\\u0065' "
            "|| length(@) == 1.5e0, ::-1]['e', 0][?@ == null]",
            false, &out);
  crate_buffer_clear(&out);
  return st;
}

static void
failing_allocations_end_cleanly(void **state)
{
  (void)state;
  assert_true(check_failing_allocations(find_much) > 5);
}

static int
begin(void **state)
{
  (void)state;
  check_world_init(&check);
  return 0;
}

int
main(void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test_setup(the_bookstore_is_searched, begin),
    cmocka_unit_test_setup(selectors_select, begin),
    cmocka_unit_test_setup(filters_hold, begin),
    cmocka_unit_test_setup(values_compare, begin),
    cmocka_unit_test_setup(functions_answer, begin),
    cmocka_unit_test_setup(descendants_come_in_order, begin),
    cmocka_unit_test_setup(lenient_queries_do_without_dollar, begin),
    cmocka_unit_test_setup(what_is_no_query_is_told_where, begin),
    cmocka_unit_test_setup(what_only_libraries_know_is_read_and_not_run, begin),
    cmocka_unit_test_setup(a_query_for_one_value_is_told, begin),
    cmocka_unit_test_setup(filters_in_one_another_have_a_limit, begin),
    cmocka_unit_test_setup(whoever_takes_may_stop, begin),
    cmocka_unit_test_setup(work_has_a_limit, begin),
    cmocka_unit_test_setup(depth_has_a_limit, begin),
    cmocka_unit_test_setup(failing_allocations_end_cleanly, begin),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
