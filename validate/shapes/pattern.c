// SPDX-License-Identifier: Apache-2.0
// sh:pattern and sh:flags, SHACL 4.4.3: XPath's regular expressions
// (XPath and XQuery Functions 3.1, 5.6) through PCRE2.
#define PCRE2_CODE_UNIT_WIDTH 8
#include "validate/shapes/components.h"
#include <pcre2.h>
#include <stdio.h>

/// Steps of one match; a pattern that needs more is not checked.
#define MATCH_LIMIT 1000000u
/// Steps of one match after so many have come to the limit already.
#define TIRED_LIMIT 10000u
#define TIRED_AFTER 16u
/// KiB that one match may take.
#define HEAP_LIMIT 65536u
#define LONGEST_PATTERN 65536u

typedef struct Matcher {
  pcre2_general_context *general;
  pcre2_match_context *context;
  pcre2_match_data *data;
  unsigned exhausted; // matches that came to the limit
} Matcher;

static void *
arena_malloc(PCRE2_SIZE size, void *arena)
{
  return crate_arena_allocate(arena, size);
}

static void
arena_free(void *block, void *arena)
{
  (void)block;
  (void)arena;
}

static void *
world_malloc(PCRE2_SIZE size, void *handle)
{
  const CrateWorld *const *const world = handle;
  return crate_world_allocate(*world, size);
}

static void
world_free(void *block, void *handle)
{
  const CrateWorld *const *const world = handle;
  crate_world_release(*world, block);
}

static bool
read_flags(CrateText flags, uint32_t *options, bool *strip)
{
  *strip = false;
  *options = PCRE2_UTF | PCRE2_UCP | PCRE2_DOLLAR_ENDONLY;
  for (size_t i = 0; i < flags.size; ++i) {
    switch (flags.data[i]) {
      case 's':
        *options |= PCRE2_DOTALL;
        break;
      case 'm':
        *options |= PCRE2_MULTILINE;
        break;
      case 'i':
        *options |= PCRE2_CASELESS;
        break;
      case 'x':
        *strip = true;
        break;
      case 'q':
        *options |= PCRE2_LITERAL;
        break;
      default:
        return false;
    }
  }
  return true;
}

/// XSD's escapes for the characters of XML names, which PCRE2 has not.
static const char *
name_escape(char letter, bool in_class)
{
  switch (letter) {
    case 'i':
      return in_class ? "_:\\p{L}" : "[_:\\p{L}]";
    case 'c':
      return in_class ? "-._:\\p{L}\\p{N}\\p{M}" : "[-._:\\p{L}\\p{N}\\p{M}]";
    case 'I':
      return in_class ? NULL : "[^_:\\p{L}]";
    case 'C':
      return in_class ? NULL : "[^-._:\\p{L}\\p{N}\\p{M}]";
    default:
      return NULL;
  }
}

/// Rewrite a pattern for PCRE2; with `strip` (flag x) white space that is
/// not in a class goes.
static void
translate(CrateBuffer *out, CrateText pattern, bool strip)
{
  bool in_class = false;
  for (size_t i = 0; i < pattern.size; ++i) {
    const char byte = pattern.data[i];
    if (byte == '\\' && i + 1 < pattern.size) {
      const char next = pattern.data[++i];
      const char *const escape = name_escape(next, in_class);
      if (escape) {
        crate_buffer_add_string(out, escape);
      } else {
        crate_buffer_add_byte(out, byte);
        crate_buffer_add_byte(out, next);
      }
      continue;
    }
    in_class = in_class ? byte != ']' : byte == '[';
    if (!strip || in_class || !memchr(" \t\r\n", byte, 4)) {
      crate_buffer_add_byte(out, byte);
    }
  }
}

static void
blame_pattern(CrateCompiler *compiler, CrateTerm pattern, int error, size_t at)
{
  PCRE2_UCHAR reason[128] = {0};
  char words[256];
  (void)pcre2_get_error_message(error, reason, sizeof(reason));
  (void)snprintf(words, sizeof(words),
                 "expects a regular expression (%s at byte %zu)",
                 (const char *)reason, at);
  crate_compiler_blame(compiler, CRATE_SH_PATTERN, pattern, words);
}

/// Compile into the arena of the shapes, which is released whole.
static CrateStatus
compile_into(CrateCompiler *compiler,
             CrateText text,
             uint32_t options,
             CrateConstraint *constraint)
{
  CrateArena *const arena = &compiler->shapes->arena;
  pcre2_general_context *const general =
    pcre2_general_context_create(arena_malloc, arena_free, arena);
  pcre2_compile_context *const context =
    general ? pcre2_compile_context_create(general) : NULL;
  if (!context) {
    return crate_arena_status(arena);
  }
  pcre2_set_newline(context, PCRE2_NEWLINE_LF);
  pcre2_set_max_pattern_length(context, LONGEST_PATTERN);
  int error = 0;
  PCRE2_SIZE at = 0;
  constraint->pattern = pcre2_compile((PCRE2_SPTR)(text.data ? text.data : ""),
                                      text.size, options, &error, &at, context);
  if (constraint->pattern) {
    return CRATE_OK;
  }
  if (error == PCRE2_ERROR_NOMEMORY || error == 121) { // heap failed
    return crate_arena_status(arena);
  }
  blame_pattern(compiler, constraint->parameter, error, at);
  return CRATE_OK;
}

CRATE_COMPILE(pattern)
{
  const CrateShapes *const shapes = compiler->shapes;
  const CrateTerm flags = crate_graph_object(
    shapes->graph, shape->node, crate_shapes_term(shapes, CRATE_SH_FLAGS));
  uint32_t options = 0;
  bool strip = false;
  if (!read_flags(crate_terms_info(shapes->terms, flags).text, &options,
                  &strip)) {
    crate_compiler_blame(compiler, CRATE_SH_FLAGS, flags,
                         "expects letters out of smixq");
    return CRATE_OK;
  }
  const CrateText text =
    crate_terms_info(shapes->terms, constraint->parameter).text;
  if (options & PCRE2_LITERAL) {
    // PCRE2 takes few other options beside this one.
    options &= PCRE2_LITERAL | PCRE2_UTF | PCRE2_CASELESS;
    return compile_into(compiler, text, options, constraint);
  }
  CrateBuffer translated;
  crate_buffer_init(&translated, shapes->world);
  translate(&translated, text, strip);
  CrateStatus status = crate_buffer_status(&translated);
  if (!status) {
    status = compile_into(compiler, crate_buffer_text(&translated), options,
                          constraint);
  }
  crate_buffer_clear(&translated);
  return status;
}

static CrateStatus
make_matcher(CrateRun *run)
{
  if (run->matcher) {
    return CRATE_OK;
  }
  Matcher *const matcher = crate_world_allocate(run->world, sizeof(Matcher));
  if (!matcher) {
    return CRATE_NO_MEMORY;
  }
  *matcher = (Matcher){NULL, NULL, NULL, 0};
  run->matcher = matcher;
  matcher->general =
    pcre2_general_context_create(world_malloc, world_free, &run->world);
  if (matcher->general) {
    matcher->context = pcre2_match_context_create(matcher->general);
    matcher->data = pcre2_match_data_create(1, matcher->general);
  }
  if (!matcher->context || !matcher->data) {
    crate_pattern_clear(run);
    return CRATE_NO_MEMORY;
  }
  pcre2_set_match_limit(matcher->context, MATCH_LIMIT);
  pcre2_set_heap_limit(matcher->context, HEAP_LIMIT);
  return CRATE_OK;
}

void
crate_pattern_clear(CrateRun *run)
{
  Matcher *const matcher = run->matcher;
  if (matcher) {
    pcre2_match_data_free(matcher->data);
    pcre2_match_context_free(matcher->context);
    pcre2_general_context_free(matcher->general);
    crate_world_release(run->world, matcher);
  }
  run->matcher = NULL;
}

static CrateStatus
give_up(CrateCheck *check, int error)
{
  Matcher *const matcher = check->run->matcher;
  if (error == PCRE2_ERROR_NOMEMORY) {
    return CRATE_NO_MEMORY;
  }
  if (++matcher->exhausted == TIRED_AFTER) {
    pcre2_set_match_limit(matcher->context, TIRED_LIMIT);
  }
  return crate_check_unknown(
    check, error == PCRE2_ERROR_MATCHLIMIT || error == PCRE2_ERROR_HEAPLIMIT ||
               error == PCRE2_ERROR_DEPTHLIMIT
             ? CRATE_TEXT("matching sh:pattern would take too long")
             : CRATE_TEXT("sh:pattern cannot be matched with a text that is "
                          "not UTF-8"));
}

CRATE_HOLDS(pattern)
{
  const CrateConstraint *const constraint = check->constraint;
  const CrateTermInfo info = crate_terms_info(check->run->terms, value);
  *out = CRATE_FAILS;
  if (info.kind == CRATE_TERM_BLANK || !constraint->pattern) {
    return CRATE_OK;
  }
  CRATE_TRY(make_matcher(check->run));
  const Matcher *const matcher = check->run->matcher;
  const int found = pcre2_match(
    constraint->pattern, (PCRE2_SPTR)(info.text.data ? info.text.data : ""),
    info.text.size, 0, 0, matcher->data, matcher->context);
  if (found >= 0) { // 0: more groups than the match data has room for
    *out = CRATE_CONFORMS;
    return CRATE_OK;
  }
  if (found == PCRE2_ERROR_NOMATCH) {
    return CRATE_OK;
  }
  *out = CRATE_UNKNOWN;
  return give_up(check, found);
}
