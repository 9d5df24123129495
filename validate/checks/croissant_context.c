// SPDX-License-Identifier: Apache-2.0
// The @context of a Croissant document: there, its prefixes standing for the
// namespaces that the texts list.
#include "crate/vocabulary.h"
#include "validate/checks/croissant.h"

/// Asked about each prefix of the inline contexts; what is wrong, or NULL.
typedef const char *Judge(CrateText prefix, CrateText iri);

static bool
is_one_of(CrateText text, const char *const *list)
{
  for (; *list; ++list) {
    if (crate_text_is(text, *list)) {
      return true;
    }
  }
  return false;
}

/// Prefixes with a meaning, and what they may stand for. Namespaces of older
/// versions have a rule of their own.
static const char *
judge_prefix(CrateText prefix, CrateText iri)
{
  static const struct {
    const char *prefix, *wanted;
    const char *accepted[4];
  } prefixes[] = {
    {"cr",
     CROISSANT,
     {CROISSANT, "http://mlcommons.org/schema/", "http://mlcommons.org/schema",
      NULL}},
    {"rai", CROISSANT "RAI/", {CROISSANT "RAI/", NULL}},
    {"sc", SCHEMA, {SCHEMA, "https://schema.org/", NULL}},
    {"dct", DCTERMS, {DCTERMS, "https://purl.org/dc/terms/", NULL}},
    {"wd",
     "http://www.wikidata.org/entity/",
     {"http://www.wikidata.org/entity/", "https://www.wikidata.org/entity/",
      "https://www.wikidata.org/wiki/", NULL}},
    {"wdt",
     "http://www.wikidata.org/prop/direct/",
     {"http://www.wikidata.org/prop/direct/",
      "https://www.wikidata.org/prop/direct/", NULL}},
  };
  for (size_t i = 0; i < sizeof(prefixes) / sizeof(*prefixes); ++i) {
    if (crate_text_is(prefix, prefixes[i].prefix)) {
      return is_one_of(iri, prefixes[i].accepted) ? NULL : prefixes[i].wanted;
    }
  }
  return NULL;
}

static const char *
judge_legacy(CrateText prefix, CrateText iri)
{
  (void)prefix;
  return crate_text_starts(iri, CRATE_TEXT("http://mlcommons.org/schema")) ||
             crate_text_starts(iri, CRATE_TEXT("https://mlcommons.org/schema"))
           ? CROISSANT
           : NULL;
}

static const char *
judge_scheme(CrateText prefix, CrateText iri)
{
  (void)prefix;
  return crate_text_is(iri, "https://schema.org/") ? SCHEMA : NULL;
}

static const struct {
  const char *parameter;
  Judge *judge;
  bool once; ///< One finding is enough.
} flavours[] = {
  {"prefixes", judge_prefix, false},
  {"legacy", judge_legacy, false},
  {"https", judge_scheme, true},
};
enum { FLAVOURS = sizeof(flavours) / sizeof(*flavours) };

static const CrateJson *
iri_of(const CrateJson *value)
{
  const CrateJson *const id = crate_json_get(value, CRATE_TEXT("@id"));
  const CrateJson *const text = id ? id : value;
  return crate_json_is(text, CRATE_JSON_STRING) ? text : NULL;
}

static CrateStatus
look_at(const CrateNativeCall *call,
        const CrateJson *context,
        size_t flavour,
        bool *found)
{
  for (const CrateJson *item = crate_json_first(context); item;
       item = item->next) {
    if (!crate_json_is(item, CRATE_JSON_ARRAY)) {
      CRATE_TRY(look_at(call, item, flavour, found));
    }
  }
  for (const CrateJson *key = crate_json_first_key(context); key;
       key = crate_json_next_key(key)) {
    const CrateJson *const iri = iri_of(key->next);
    const CrateText prefix = crate_json_text(key);
    const char *const wanted =
      iri ? flavours[flavour].judge(prefix, crate_json_text(iri)) : NULL;
    if (wanted && !(*found && flavours[flavour].once)) {
      *found = true;
      CRATE_TRY(crate_check_report(
        call, iri->offset, "\"%.*s\" stands for \"%.*s\", not \"%s\"",
        CRATE_TEXT_ARG(prefix), CRATE_TEXT_ARG(crate_json_text(iri)), wanted));
    }
  }
  return CRATE_OK;
}

bool
crate_context_has(const CrateView *view, CrateText term)
{
  const CrateJson *const context =
    crate_json_get(crate_document_head(view), CRATE_TEXT("@context"));
  bool found = crate_json_get(context, term) != NULL;
  for (const CrateJson *item = crate_json_first(context); item && !found;
       item = item->next) {
    found = crate_json_get(item, term) != NULL;
  }
  return found;
}

static CrateStatus
report_rootless(const CrateNativeCall *call, const CrateView *view)
{
  return view->dataset || !view->document.root
           ? CRATE_OK
           : crate_check_report(call, view->document.root->offset,
                                "none was found");
}

/// Parameter "present": there is a context; "root": there is a Dataset.
/// "prefixes", "legacy", "https": what prefixes stand for.
CrateStatus
crate_check_croissant_context(const CrateNativeCall *call)
{
  const CrateView *const view = crate_check_view(call);
  const CrateText parameter = crate_check_parameter(call);
  const CrateJson *const head = crate_document_head(view);
  const CrateJson *const context = crate_json_get(head, CRATE_TEXT("@context"));
  bool found = false;
  if (crate_text_is(parameter, "present")) {
    return context || !view->document.root
             ? CRATE_OK
             : crate_check_report(call, view->document.root->offset,
                                  "there is none");
  }
  if (crate_text_is(parameter, "root")) {
    return report_rootless(call, view);
  }
  for (size_t i = 0; i < FLAVOURS; ++i) {
    if (crate_text_is(parameter, flavours[i].parameter)) {
      return look_at(call, context, i, &found);
    }
  }
  return CRATE_OK;
}
