// SPDX-License-Identifier: Apache-2.0
// Active contexts, asked what keys mean.
#include "support/check.h"
#include <cratekit/jsonld.h>

/// A document, its library and the context of both.
typedef struct Asked {
  CheckWorld check;
  CrateJsonDocument document;
  CrateLibrary *library;
  CrateContext *context;
} Asked;

static void
ask(Asked *asked, const char *json)
{
  check_world_init(&asked->check);
  assert_int_equal(crate_json_read(&asked->check.world, CRATE_TEXT("t"),
                                   crate_text(json), &asked->document),
                   CRATE_OK);
  assert_int_equal(crate_library_new(&asked->check.world, &asked->library),
                   CRATE_OK);
  assert_int_equal(
    crate_context_new(&asked->document, asked->library, NULL, &asked->context),
    CRATE_OK);
}

static void
leave(Asked *asked)
{
  crate_context_free(asked->context);
  crate_library_free(asked->library);
  crate_json_clear(&asked->document);
}

static const char rocrate[] =
  "{\"@context\": [\"https://w3id.org/ro/crate/1.1/context\", {\"mine\": "
  "\"https://my.example/mine\", \"my\": \"https://my.example/\", \"gone\": "
  "null, \"author\": \"https://my.example/author\", \"id\": \"@id\"}]}";

static void
keys_are_of_seven_kinds(void **state)
{
  static const struct {
    const char *key;
    CrateKeyKind kind;
    const char *iri;
  } table[] = {
    {"name", CRATE_KEY_TERM, "http://schema.org/name"},
    {"File", CRATE_KEY_TERM, "http://schema.org/MediaObject"},
    {"author", CRATE_KEY_TERM, "https://my.example/author"},
    {"mine", CRATE_KEY_TERM, "https://my.example/mine"},
    {"my:x", CRATE_KEY_COMPACT, "https://my.example/x"},
    {"rdf:type", CRATE_KEY_COMPACT,
     "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"},
    {"https://a.b/c", CRATE_KEY_IRI, "https://a.b/c"},
    {"@id", CRATE_KEY_KEYWORD, "@id"},
    {"id", CRATE_KEY_KEYWORD, "@id"},
    {"gone", CRATE_KEY_NULL, ""},
    {"contentURL", CRATE_KEY_UNDEFINED, ""},
    {"@unknown", CRATE_KEY_UNDEFINED, ""},
    {"", CRATE_KEY_UNDEFINED, ""},
  };
  Asked asked;
  (void)state;
  ask(&asked, rocrate);
  for (size_t i = 0; i < sizeof table / sizeof *table; ++i) {
    for (int twice = 0; twice < 2; ++twice) { // fresh, and from the cache
      char key[64];
      CrateKeyKind kind;
      CrateText iri;
      strcpy(key, table[i].key);
      assert_int_equal(
        crate_context_key(asked.context, crate_text(key), &kind, &iri),
        CRATE_OK);
      assert_int_equal(kind, table[i].kind);
      assert_text(iri, table[i].iri);
    }
  }
  leave(&asked);
}

static void
vocab_defines_the_rest(void **state)
{
  Asked asked;
  CrateKeyKind kind;
  CrateText iri;
  (void)state;
  ask(&asked, "{\"@context\": {\"@vocab\": \"http://v/\"}}");
  assert_int_equal(
    crate_context_key(asked.context, CRATE_TEXT("any"), &kind, &iri), CRATE_OK);
  assert_int_equal(kind, CRATE_KEY_VOCAB);
  assert_text(iri, "http://v/any");
  leave(&asked);
}

static void
near_misses_are_put_right(void **state)
{
  static const struct {
    const char *key, *suggestion;
  } table[] = {
    {"contentURL", "contentUrl"}, // case apart, before anything else
    {"autor", "author"},
    {"licence", "license"},
    {"minne", "mine"},
    {"gon", ""}, // what the context took away is not suggested
    {"nothingLikeThis", ""},
  };
  Asked asked;
  (void)state;
  ask(&asked, rocrate);
  for (size_t i = 0; i < sizeof table / sizeof *table; ++i) {
    assert_text(crate_context_suggest(asked.context, crate_text(table[i].key)),
                table[i].suggestion);
  }
  leave(&asked);
}

static void
iris_have_terms(void **state)
{
  static const struct {
    const char *iri, *term;
  } table[] = {
    {"http://schema.org/name", "name"},
    {"http://schema.org/MediaObject", "MediaObject"},
    {"http://schema.org/author", ""}, // hidden by the document's own
    {"https://my.example/author", "author"},
    {"https://my.example/", ""}, // a prefix shortens nothing by itself
    {"http://schema.org/no-such", ""},
  };
  Asked asked;
  (void)state;
  ask(&asked, rocrate);
  for (size_t i = 0; i < sizeof table / sizeof *table; ++i) {
    assert_text(crate_context_term_for(asked.context, crate_text(table[i].iri)),
                table[i].term);
  }
  leave(&asked);
}

static void
bundled_contexts_have_many_spellings(void **state)
{
  static const struct {
    const char *iri, *name;
  } table[] = {
    {"https://w3id.org/ro/crate/1.1/context", "ro-crate-1.1"},
    {"http://w3id.org/ro/crate/1.1", "ro-crate-1.1"},
    {"https://www.researchobject.org/ro-crate/1.2/context.jsonld",
     "ro-crate-1.2"},
    {"https://w3id.org/ro/crate/1.2-DRAFT/context", "ro-crate-1.2"},
    {"https://w3id.org/ro/terms/workflow-run", "workflow-run"},
    {"https://w3id.org/ro/terms/workflow-run/context", "workflow-run"},
    {"http://schema.org", "schema.org-30.0"},
    {"https://schema.org/docs/jsonldcontext.jsonld", "schema.org-30.0"},
    {"https://doi.org/10.5063/schema/codemeta-2.0", "codemeta-2.0"},
    {"http://www.w3.org/ns/prov#", "prov"},
    {"https://w3id.org/ro/crate/9.9/context", ""},
  };
  Asked asked;
  (void)state;
  ask(&asked, "{}");
  for (size_t i = 0; i < sizeof table / sizeof *table; ++i) {
    const CrateText iri = crate_text(table[i].iri);
    assert_text(crate_library_bundled(asked.library, iri), table[i].name);
    assert_int_equal(crate_library_has(asked.library, iri),
                     table[i].name[0] != '\0');
  }
  leave(&asked);
}

static CrateStatus
make_context(const CrateWorld *world)
{
  CrateLibrary *library;
  CrateJsonDocument document;
  CrateContext *context = NULL;
  CrateKeyKind kind;
  CRATE_TRY(crate_library_new(world, &library));
  CrateStatus status =
    crate_json_read(world, CRATE_TEXT("t"), CRATE_TEXT(rocrate), &document);
  status =
    status ? status : crate_context_new(&document, library, NULL, &context);
  status = status ? status
                  : crate_context_key(context, CRATE_TEXT("my:x"), &kind, NULL);
  crate_context_free(context);
  crate_library_free(library);
  crate_json_clear(&document);
  return status;
}

static void
any_allocation_may_fail(void **state)
{
  (void)state;
  assert_true(check_failing_allocations(make_context) > 3);
}

int
main(void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(keys_are_of_seven_kinds),
    cmocka_unit_test(vocab_defines_the_rest),
    cmocka_unit_test(near_misses_are_put_right),
    cmocka_unit_test(iris_have_terms),
    cmocka_unit_test(bundled_contexts_have_many_spellings),
    cmocka_unit_test(any_allocation_may_fail),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
