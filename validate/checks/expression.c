// SPDX-License-Identifier: Apache-2.0
// Expressions that a document hands to programs: regular expressions, globs.
// They are read, and never run.
#include "base/regex.h"
#include "validate/checks/croissant.h"

static CrateStatus
look_at_regex(const CrateNativeCall *call,
              CrateArena *arena,
              CrateTerm value,
              bool captures)
{
  CrateRegex *regex = NULL;
  CrateRegexFlaw flaw;
  const CrateText text =
    crate_terms_info(crate_check_view(call)->terms, value).text;
  const CrateStatus st = crate_regex_compile(arena, text, 0, &regex, &flaw);
  if (!st) {
    const uint32_t groups = crate_regex_groups(regex);
    return captures && groups != 1
             ? crate_check_report_value(call, value, "it has %u",
                                        (unsigned)groups)
             : CRATE_OK;
  }
  return st != CRATE_MALFORMED ? st
         : captures            ? CRATE_OK // said by the rule that it compiles
                    : crate_check_report_value(call, value, "%s at byte %zu",
                                               flaw.reason, flaw.at);
}

/// Parameter "compiles"; or "captures": it has exactly one group.
CrateStatus
crate_check_regex(const CrateNativeCall *call)
{
  const CrateView *const view = crate_check_view(call);
  const bool captures = crate_text_is(crate_check_parameter(call), "captures");
  CrateArena arena;
  CrateStatus st = CRATE_OK;
  crate_arena_init(&arena, view->world);
  for (size_t i = 0; i < call->value_count && !st; ++i) {
    crate_arena_reset(&arena);
    if (crate_terms_kind(view->terms, call->values[i]) == CRATE_TERM_LITERAL) {
      st = look_at_regex(call, &arena, call->values[i], captures);
    }
  }
  crate_arena_clear(&arena);
  return st;
}

/// What is odd about a glob, or NULL: POSIX (2.14) takes an open bracket for
/// itself, which nobody means.
static const char *
odd_glob(CrateText glob)
{
  size_t braces = 0;
  if (!glob.size) {
    return "it is empty";
  }
  for (size_t i = 0; i < glob.size; ++i) {
    if (glob.data[i] == '\\') {
      if (++i == glob.size) {
        return "it ends with a backslash";
      }
    } else if (glob.data[i] == '[') {
      size_t end = i + 1u;
      end += end < glob.size && strchr("!^", glob.data[end]);
      end += end < glob.size && glob.data[end] == ']';
      while (end < glob.size && glob.data[end] != ']') {
        ++end;
      }
      if (end == glob.size) {
        return "a \"[\" is not closed";
      }
      i = end;
    } else if (glob.data[i] == '{') {
      ++braces;
    } else if (glob.data[i] == '}' && braces) {
      --braces;
    }
  }
  return braces ? "a \"{\" is not closed" : NULL;
}

CrateStatus
crate_check_glob(const CrateNativeCall *call)
{
  const CrateView *const view = crate_check_view(call);
  for (size_t i = 0; i < call->value_count; ++i) {
    const CrateTermInfo info = crate_terms_info(view->terms, call->values[i]);
    const char *const odd =
      info.kind == CRATE_TERM_LITERAL ? odd_glob(info.text) : NULL;
    if (odd) {
      CRATE_TRY(crate_check_report_value(call, call->values[i], "%s", odd));
    }
  }
  return CRATE_OK;
}
