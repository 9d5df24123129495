// SPDX-License-Identifier: Apache-2.0
// contexts/*.terms into frozen contexts: each table becomes a context as JSON
// (contexts/README.md tells the format), and the library's own Create Term
// Definition reads that.
#include "compile.h"
#include "compile_freeze.h"
#include <stdio.h>
#include <stdlib.h>

/// One context in the making: the inside of its @context, as JSON.
typedef struct Context {
  struct Context *next;
  CrateText name;
  CrateBuffer json;
  bool is_chosen; ///< By the latest "terms" line.
} Context;

typedef struct Reader {
  CrateCompiler *compiler;
  Context *contexts;
  CrateTable namespaces; ///< CrateText by prefix; of one file.
  CrateText default_namespace;
  CrateSpellings spellings;
  CrateText file;
  uint32_t line;
} Reader;

static CrateStatus
fail(const Reader *r, const char *message)
{
  const CrateDiagnostic place = {
    .file = r->file, .line = r->line, .code = CRATE_TEXT("bad-table")};
  return crate_world_say(r->compiler->world, CRATE_MALFORMED, &place, "%s",
                         message);
}

/// Take the next word off a line; empty at its end.
static CrateText
next_word(CrateText *line)
{
  size_t from = 0;
  while (from < line->size && line->data[from] == ' ') {
    ++from;
  }
  size_t to = from;
  while (to < line->size && line->data[to] != ' ') {
    ++to;
  }
  const CrateText word = crate_text_slice(*line, from, to);
  *line = crate_text_slice(*line, to, line->size);
  return word;
}

static Context *
find_context(const Reader *r, CrateText name)
{
  Context *at = r->contexts;
  while (at && !crate_text_equal(at->name, name)) {
    at = at->next;
  }
  return at;
}

/// "context NAME": what follows is said of it alone.
static CrateStatus
read_context(Reader *r, CrateText line)
{
  const CrateText name = next_word(&line);
  Context *context = find_context(r, name);
  for (Context *at = r->contexts; at; at = at->next) {
    at->is_chosen = false;
  }
  if (!context) {
    context = crate_arena_array(&r->compiler->arena, 1, sizeof *context);
    if (!context) {
      return crate_arena_status(&r->compiler->arena);
    }
    context->name = name;
    crate_buffer_init(&context->json, r->compiler->world);
    context->next = r->contexts;
    r->contexts = context;
  }
  context->is_chosen = true;
  return CRATE_OK;
}

/// "terms NAME…": what follows is said of each of these.
static CrateStatus
read_terms(Reader *r, CrateText line)
{
  for (Context *at = r->contexts; at; at = at->next) {
    at->is_chosen = false;
  }
  for (CrateText name; (name = next_word(&line)).size;) {
    Context *const context = find_context(r, name);
    if (!context) {
      return fail(r, "unknown context, declare it in a file that comes first");
    }
    context->is_chosen = true;
  }
  return CRATE_OK;
}

/// "at IRI{,/,…}": spellings of the context declared last.
static CrateStatus
read_spelling(Reader *r, CrateText line)
{
  const CrateText pattern = next_word(&line);
  return r->contexts ? crate_spellings_add(r->compiler, &r->spellings, pattern,
                                           r->contexts->name)
                     : fail(r, "a spelling before any context");
}

/// "namespace PREFIX IRI": shorthand of the table, no term.
static CrateStatus
read_namespace(Reader *r, CrateText line)
{
  const CrateText prefix = next_word(&line);
  CrateText *const iri = crate_arena_allocate(&r->compiler->arena, sizeof *iri);
  CrateTableSlot *const slot =
    crate_table_put(&r->namespaces, &r->compiler->arena, prefix);
  if (!iri || !slot) {
    return crate_arena_status(&r->compiler->arena);
  }
  *iri = next_word(&line);
  slot->value = iri;
  return CRATE_OK;
}

/// "default PREFIX": the namespace of terms that stand alone.
static CrateStatus
read_default(Reader *r, CrateText line)
{
  const CrateTableSlot *const slot =
    crate_table_get(&r->namespaces, r->compiler->world, next_word(&line));
  if (!slot) {
    return fail(r, "unknown namespace");
  }
  r->default_namespace = *(const CrateText *)slot->value;
  return CRATE_OK;
}

/// The IRI of "prefix:suffix", "prefix:" (the term is the suffix), of an IRI
/// as it stands, or of nothing (default namespace).
static CrateStatus
resolve(Reader *r, CrateText term, CrateText word, CrateText *out)
{
  const size_t colon = crate_text_find(word, ':');
  const CrateTableSlot *const slot = crate_table_get(
    &r->namespaces, r->compiler->world, crate_text_slice(word, 0, colon));
  CrateText suffix = crate_text_slice(word, colon + 1, word.size);
  if (word.size && (!slot || colon == word.size ||
                    crate_text_starts(suffix, CRATE_TEXT("//")))) {
    *out = word;
    return CRATE_OK;
  }
  suffix = suffix.size ? suffix : term;
  const CrateText parts[] = {
    word.size ? *(const CrateText *)slot->value : r->default_namespace, suffix};
  return crate_arena_join(&r->compiler->arena, parts, 2, out);
}

static void
add_member(CrateBuffer *json, CrateText key, CrateText value)
{
  const char last = json->size ? json->data[json->size - 1] : '{';
  if (last != '{') {
    crate_buffer_add_byte(json, ',');
  }
  crate_json_write_string(json, key);
  crate_buffer_add_byte(json, ':');
  crate_buffer_add(json, value);
}

static void
add_string(CrateBuffer *json, CrateText key, CrateText value)
{
  add_member(json, key, (CrateText){NULL, 0});
  crate_json_write_string(json, value);
}

/// "type=…", "container=…" and so on: an entry of the definition.
static CrateStatus
add_attribute(Reader *r, CrateBuffer *json, CrateText attribute)
{
  static const char *const known[] = {"type", "container", "language"};
  const size_t equals = crate_text_find(attribute, '=');
  const CrateText name = crate_text_slice(attribute, 0, equals);
  const CrateText value =
    crate_text_slice(attribute, equals + 1, attribute.size);
  for (size_t i = 0; i < sizeof known / sizeof *known; ++i) {
    if (crate_text_is(name, known[i])) {
      const CrateText parts[] = {CRATE_TEXT("@"), name};
      CrateText key;
      CrateText iri;
      CRATE_TRY(crate_arena_join(&r->compiler->arena, parts, 2, &key));
      CRATE_TRY(resolve(r, value, value, &iri));
      add_string(json, key, iri);
      return CRATE_OK;
    }
  }
  return fail(r, "unknown attribute, known are type, container, language");
}

/// "TERM [IRI] [ATTRIBUTE=VALUE]…"; "@vocab IRI" and its like as well.
static CrateStatus
read_term(Reader *r, CrateText term, CrateText line)
{
  CrateText rest = line;
  CrateText word = next_word(&line);
  if (crate_text_find(word, '=') < word.size &&
      crate_text_find(word, ':') > crate_text_find(word, '=')) {
    word = (CrateText){NULL, 0}; // no IRI: an attribute already
    line = rest;
  }
  CrateText iri;
  CRATE_TRY(resolve(r, term, word, &iri));
  CrateBuffer json;
  crate_buffer_init(&json, r->compiler->world);
  CrateStatus status = CRATE_OK;
  CrateText attribute = next_word(&line);
  if (!attribute.size) {
    crate_json_write_string(&json, iri);
  } else {
    crate_buffer_add_byte(&json, '{');
    add_string(&json, CRATE_TEXT("@id"), iri);
    for (; attribute.size && !status; attribute = next_word(&line)) {
      status = add_attribute(r, &json, attribute);
    }
    crate_buffer_add_byte(&json, '}');
  }
  for (Context *at = r->contexts; at; at = at->next) {
    if (at->is_chosen) {
      add_member(&at->json, term, crate_buffer_text(&json));
    }
  }
  crate_buffer_clear(&json);
  return status;
}

static CrateStatus
read_line(Reader *r, CrateText line)
{
  static const struct {
    const char *word;
    CrateStatus (*read)(Reader *r, CrateText line);
  } verbs[] = {
    {"context", read_context}, {"terms", read_terms},
    {"at", read_spelling},     {"namespace", read_namespace},
    {"default", read_default},
  };
  // A verb begins with '%', for "at" and "terms" could be terms too.
  CrateText rest = line;
  const CrateText word = next_word(&rest);
  if (!word.size || word.data[0] == '#') {
    return CRATE_OK;
  }
  if (word.data[0] != '%') {
    return read_term(r, word, rest);
  }
  for (size_t i = 0; i < sizeof verbs / sizeof *verbs; ++i) {
    if (crate_text_is(crate_text_slice(word, 1, word.size), verbs[i].word)) {
      return verbs[i].read(r, rest);
    }
  }
  return fail(r, "unknown verb");
}

static CrateStatus
read_file(Reader *r, CrateText name)
{
  const CrateText parts[] = {CRATE_TEXT("contexts/"), name};
  CrateText text;
  CRATE_TRY(crate_arena_join(&r->compiler->arena, parts, 2, &r->file));
  CRATE_TRY(crate_compiler_read(r->compiler, r->file, &text));
  r->namespaces = (CrateTable){NULL, 0, 0};
  r->default_namespace = (CrateText){NULL, 0};
  for (r->line = 1; text.size; ++r->line) {
    const size_t end = crate_text_find(text, '\n');
    CRATE_TRY(read_line(r, crate_text_slice(text, 0, end)));
    text = crate_text_slice(text, end + 1, text.size);
  }
  return CRATE_OK;
}

/// Wrap a context up, process it and freeze what came out.
static CrateStatus
finish_context(CrateCompiler *compiler, Context *context)
{
  const CrateText inside = crate_buffer_text(&context->json);
  const CrateText parts[] = {CRATE_TEXT("{\"@context\":{"), inside,
                             CRATE_TEXT("}}")};
  CrateText json;
  CRATE_TRY(crate_buffer_status(&context->json));
  CRATE_TRY(crate_arena_join(&compiler->arena, parts, 3, &json));
  return crate_freeze_context(compiler, context->name, json);
}

CrateStatus
crate_compile_contexts(CrateCompiler *compiler)
{
  Reader reader = {.compiler = compiler};
  CrateText *names;
  size_t count;
  CRATE_TRY(crate_compiler_list(compiler, CRATE_TEXT("contexts"),
                                CRATE_TEXT(".terms"), &names, &count));
  CrateStatus status = CRATE_OK;
  for (size_t i = 0; i < count && !status; ++i) {
    status = read_file(&reader, names[i]);
  }
  for (Context *at = reader.contexts; at; at = at->next) {
    status = status ? status : finish_context(compiler, at);
    crate_buffer_clear(&at->json);
  }
  return status ? status : crate_freeze_spellings(compiler, &reader.spellings);
}
