// SPDX-License-Identifier: Apache-2.0
// Expressions that a document hands to programs: regular expressions, globs.
// They are read, and never run.
#define PCRE2_CODE_UNIT_WIDTH 8
#include "validate/checks/croissant.h"
#include <pcre2.h>

#define LONGEST_PATTERN 65536u

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

/// What a regular expression is.
typedef struct {
  uint32_t groups; ///< Capture groups.
  int error;       ///< Of PCRE2, or 0.
  size_t at;
} Regex;

/// Compile into an arena that the caller resets.
static CrateStatus
compile(CrateArena *arena, CrateText text, Regex *out)
{
  pcre2_general_context *const general =
    pcre2_general_context_create(arena_malloc, arena_free, arena);
  pcre2_compile_context *const context =
    general ? pcre2_compile_context_create(general) : NULL;
  *out = (Regex){0, 0, 0};
  if (!context) {
    return crate_arena_status(arena);
  }
  pcre2_set_max_pattern_length(context, LONGEST_PATTERN);
  PCRE2_SIZE at = 0;
  const pcre2_code *const code =
    pcre2_compile((PCRE2_SPTR)(text.data ? text.data : ""), text.size,
                  PCRE2_UTF, &out->error, &at, context);
  out->at = at;
  if (code) {
    out->error = 0;
    (void)pcre2_pattern_info(code, PCRE2_INFO_CAPTURECOUNT, &out->groups);
    return CRATE_OK;
  }
  return out->error == PCRE2_ERROR_NOMEMORY || out->error == 121
           ? crate_arena_status(arena)
           : CRATE_OK;
}

static CrateStatus
look_at_regex(const CrateNativeCall *call,
              CrateArena *arena,
              CrateTerm value,
              bool captures)
{
  Regex regex;
  PCRE2_UCHAR reason[128] = {0};
  const CrateText text =
    crate_terms_info(crate_check_view(call)->terms, value).text;
  CRATE_TRY(compile(arena, text, &regex));
  if (!regex.error) {
    return captures && regex.groups != 1
             ? crate_check_report_value(call, value, "it has %u",
                                        (unsigned)regex.groups)
             : CRATE_OK;
  }
  (void)pcre2_get_error_message(regex.error, reason, sizeof(reason));
  return captures ? CRATE_OK // said by the rule that it compiles
                  : crate_check_report_value(call, value, "%s at byte %zu",
                                             (const char *)reason, regex.at);
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
