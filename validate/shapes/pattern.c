// SPDX-License-Identifier: Apache-2.0
// sh:pattern and sh:flags, SHACL 4.4.3: XPath's regular expressions
// (XPath and XQuery Functions 3.1, 5.6) through PCRE2.
#include "base/regex.h"
#include "validate/shapes/components.h"
#include <stdio.h>

static bool
read_flags(CrateText flags, uint32_t *options, bool *strip)
{
  *strip = false;
  *options = CRATE_REGEX_UNICODE;
  for (size_t i = 0; i < flags.size; ++i) {
    switch (flags.data[i]) {
      case 's':
        *options |= CRATE_REGEX_DOT_ALL;
        break;
      case 'm':
        *options |= CRATE_REGEX_MULTILINE;
        break;
      case 'i':
        *options |= CRATE_REGEX_CASELESS;
        break;
      case 'x':
        *strip = true;
        break;
      case 'q':
        *options |= CRATE_REGEX_LITERAL;
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

/// Compile into the arena of the shapes, which is released whole.
static CrateStatus
compile_into(CrateCompiler *compiler,
             CrateText text,
             uint32_t options,
             CrateConstraint *constraint)
{
  CrateRegexFlaw flaw;
  char words[256];
  const CrateStatus st = crate_regex_compile(
    &compiler->shapes->arena, text, options, &constraint->pattern, &flaw);
  if (st == CRATE_MALFORMED) {
    (void)snprintf(words, sizeof(words),
                   "expects a regular expression (%s at byte %zu)", flaw.reason,
                   flaw.at);
    crate_compiler_blame(compiler, CRATE_SH_PATTERN, constraint->parameter,
                         words);
    return CRATE_OK;
  }
  return st;
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
  if (options & CRATE_REGEX_LITERAL) {
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

CRATE_HOLDS(pattern)
{
  const CrateConstraint *const constraint = check->constraint;
  CrateRun *const run = check->run;
  const CrateTermInfo info = crate_terms_info(run->terms, value);
  *out = CRATE_FAILS;
  if (info.kind == CRATE_TERM_BLANK || !constraint->pattern) {
    return CRATE_OK;
  }
  if (!run->matcher) {
    CRATE_TRY(crate_matcher_new(run->world, &run->matcher));
  }
  switch (
    crate_matcher_find(run->matcher, constraint->pattern, info.text, 0, NULL)) {
    case CRATE_OK:
      *out = CRATE_CONFORMS;
      return CRATE_OK;
    case CRATE_NOT_FOUND:
      return CRATE_OK;
    case CRATE_NO_MEMORY:
      return CRATE_NO_MEMORY;
    case CRATE_OVER_LIMIT:
      *out = CRATE_UNKNOWN;
      return crate_check_unknown(
        check, CRATE_TEXT("matching sh:pattern would take too long"));
    default:
      *out = CRATE_UNKNOWN;
      return crate_check_unknown(
        check, CRATE_TEXT("sh:pattern cannot be matched with a text that is "
                          "not UTF-8"));
  }
}
