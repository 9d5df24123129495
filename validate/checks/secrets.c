// SPDX-License-Identifier: Apache-2.0
// What must not leave the house with the metadata: keys to it, and its people.
#include "validate/checks/checks.h"
#include <ctype.h>

/// Credentials, told by how their issuers write them: a start, then at least
/// so many letters, digits, '-' or '_'.
static const struct {
  const char *start;
  size_t least;
  const char *what;
} tokens[] = {
  {"AKIA", 16, "an access key of AWS"},
  {"ASIA", 16, "an access key of AWS"},
  {"ghp_", 30, "a token of GitHub"},
  {"gho_", 30, "a token of GitHub"},
  {"ghs_", 30, "a token of GitHub"},
  {"github_pat_", 30, "a token of GitHub"},
  {"glpat-", 20, "a token of GitLab"},
  {"hf_", 30, "a token of Hugging Face"},
  {"sk-", 32, "a key of an API"},
  {"xoxb-", 20, "a token of Slack"},
  {"xoxp-", 20, "a token of Slack"},
  {"AIza", 30, "a key of Google's"},
  {"eyJhbGciOi", 20, "a web token"},
  {"-----BEGIN RSA PRIVATE KEY", 0, "a private key"},
  {"-----BEGIN OPENSSH PRIVATE KEY", 0, "a private key"},
  {"-----BEGIN EC PRIVATE KEY", 0, "a private key"},
  {"-----BEGIN PRIVATE KEY", 0, "a private key"},
};

/// Keys, or names of PropertyValues, whose values are secrets.
static const char *const secret_names[] = {
  "password", "passwd", "secret",       "api_key",        "apikey",
  "api-key",  "token",  "access_token", "wandb_api_key",  "auth_token",
  "hf_token", "pwd",    "private_key",  "aws_secret_key", "client_secret",
};

static bool
is_token_byte(char byte)
{
  return isalnum((unsigned char)byte) || byte == '-' || byte == '_';
}

/// What kind of credential a text holds, or NULL.
static const char *
token_in(CrateText text)
{
  for (size_t i = 0; i < text.size; ++i) {
    const CrateText rest = crate_text_slice(text, i, text.size);
    if (i && is_token_byte(text.data[i - 1u])) {
      continue; // in the middle of a word
    }
    for (size_t t = 0; t < sizeof(tokens) / sizeof(*tokens); ++t) {
      size_t end = strlen(tokens[t].start);
      const size_t start = end;
      if (!crate_text_starts(rest, crate_text(tokens[t].start))) {
        continue;
      }
      while (end < rest.size && is_token_byte(rest.data[end])) {
        ++end;
      }
      if (end - start >= tokens[t].least) {
        return tokens[t].what;
      }
    }
  }
  return NULL;
}

static bool
is_secret_name(CrateText name)
{
  for (size_t i = 0; i < sizeof(secret_names) / sizeof(*secret_names); ++i) {
    if (crate_text_equal_fold(name, crate_text(secret_names[i]))) {
      return true;
    }
  }
  return false;
}

/// A value that stands for one: a reference, stars, nothing.
static bool
is_veiled(CrateText text)
{
  size_t stars = 0;
  while (stars < text.size && strchr("*xX.-", text.data[stars])) {
    ++stars;
  }
  return text.size < 4 || stars == text.size || text.data[0] == '$' ||
         text.data[0] == '<' || crate_text_equal_fold(text, CRATE_TEXT("none"));
}

/// "jane@lab.example" in a text, or empty.
static CrateText
address_in(CrateText text)
{
  for (size_t at = 1; at + 1u < text.size; ++at) {
    size_t from = at;
    size_t to = at + 1u;
    size_t dots = 0;
    if (text.data[at] != '@') {
      continue;
    }
    while (from &&
           (is_token_byte(text.data[from - 1u]) ||
            text.data[from - 1u] == '.' || text.data[from - 1u] == '+')) {
      --from;
    }
    for (; to < text.size && (is_token_byte(text.data[to]) ||
                              (text.data[to] == '.' && to > at + 1u));
         ++to) {
      dots += text.data[to] == '.';
    }
    if (from < at && dots && text.data[to - 1u] != '.') {
      return crate_text_slice(text, from, to);
    }
  }
  return (CrateText){NULL, 0};
}

/// A path that names whose home it is, or empty.
static CrateText
home_in(CrateText text)
{
  static const char *const homes[] = {"/home/", "/Users/", "C:\\Users\\"};
  for (size_t i = 0; i < text.size; ++i) {
    const CrateText rest = crate_text_slice(text, i, text.size);
    for (size_t h = 0; h < sizeof(homes) / sizeof(*homes); ++h) {
      size_t end = strlen(homes[h]);
      const size_t start = end;
      if (!crate_text_starts(rest, crate_text(homes[h]))) {
        continue;
      }
      while (end < rest.size &&
             (is_token_byte(rest.data[end]) || rest.data[end] == '.')) {
        ++end;
      }
      if (end > start) {
        return crate_text_slice(rest, 0, end);
      }
    }
  }
  return (CrateText){NULL, 0};
}

/// Looks at one string of the document, under a key or in a list under it.
typedef CrateStatus Look(const CrateNativeCall *call,
                         CrateText key,
                         const CrateJson *string);

static CrateStatus
walk(const CrateNativeCall *call,
     CrateText key,
     const CrateJson *value,
     Look *look)
{
  CrateStatus st = CRATE_OK;
  if (crate_json_is(value, CRATE_JSON_STRING)) {
    return look(call, key, value);
  }
  for (const CrateJson *item = crate_json_first(value); item && !st;
       item = item->next) {
    st = walk(call, key, item, look);
  }
  for (const CrateJson *inner = crate_json_first_key(value); inner && !st;
       inner = crate_json_next_key(inner)) {
    st = walk(call, crate_json_text(inner), inner->next, look);
  }
  return st;
}

static CrateStatus
look_for_secret(const CrateNativeCall *call,
                CrateText key,
                const CrateJson *string)
{
  const CrateText text = crate_json_text(string);
  const char *const what = token_in(text);
  return what ? crate_check_report(call, string->offset, "this looks like %s",
                                   what)
         : is_secret_name(key) && !is_veiled(text)
           ? crate_check_report(call, string->offset, "the value of \"%.*s\"",
                                CRATE_TEXT_ARG(key))
           : CRATE_OK;
}

/// A PropertyValue or the like: its name says what its value is.
static CrateStatus
look_at_named(const CrateNativeCall *call, const CrateJson *entity)
{
  const CrateJson *const name = crate_json_get(entity, CRATE_TEXT("name"));
  const CrateJson *const value = crate_json_get(entity, CRATE_TEXT("value"));
  return crate_json_is(name, CRATE_JSON_STRING) &&
             crate_json_is(value, CRATE_JSON_STRING)
           ? look_for_secret(call, crate_json_text(name), value)
           : CRATE_OK;
}

/// Asked once, for the document.
CrateStatus
crate_check_secret_free(const CrateNativeCall *call)
{
  const CrateView *const view = crate_check_view(call);
  for (size_t i = 0; i < view->entity_count; ++i) {
    CRATE_TRY(look_at_named(call, view->entities[i].json));
  }
  return walk(call, (CrateText){NULL, 0}, view->document.root, look_for_secret);
}

static CrateStatus
look_for_person(const CrateNativeCall *call,
                CrateText key,
                const CrateJson *string)
{
  const CrateText text = crate_json_text(string);
  const CrateText home = home_in(text);
  if (crate_text_starts(key, CRATE_TEXT("@"))) {
    return CRATE_OK;
  }
  const CrateText address = address_in(text);
  return home.size
           ? crate_check_report(call, string->offset, "the path \"%.*s\"",
                                CRATE_TEXT_ARG(home))
         : address.size
           ? crate_check_report(call, string->offset, "the address \"%.*s\"",
                                CRATE_TEXT_ARG(address))
           : CRATE_OK;
}

/// Whom an address is meant to be known of.
static bool
is_contact(const CrateView *view, const CrateEntity *entity)
{
  static const char *const types[] = {
    "http://schema.org/Person",
    "http://schema.org/Organization",
    "http://schema.org/ContactPoint",
  };
  for (size_t i = 0; i < sizeof(types) / sizeof(*types); ++i) {
    const CrateTerm type =
      crate_terms_find_iri(view->terms, crate_text(types[i]));
    if (type &&
        crate_graph_find(view->graph, entity->term, CRATE_RDF_TYPE, type)) {
      return true;
    }
  }
  return false;
}

/// Asked once, for the document: what names a person where nobody asked.
CrateStatus
crate_check_personal(const CrateNativeCall *call)
{
  const CrateView *const view = crate_check_view(call);
  for (size_t i = 0; i < view->entity_count; ++i) {
    const CrateEntity *const entity = &view->entities[i];
    if (!is_contact(view, entity)) {
      CRATE_TRY(
        walk(call, (CrateText){NULL, 0}, entity->json, look_for_person));
    }
  }
  return CRATE_OK;
}
