// SPDX-License-Identifier: Apache-2.0
// The functions of JSONPath, RFC 9535 2.4.4 to 2.4.8.
#include "json/path_steps.h"

/// A string's code points: bytes that go on from no other.
static uint64_t
count_characters(CrateText text)
{
  uint64_t count = 0;
  for (size_t i = 0; i < text.size; ++i) {
    count += ((unsigned char)text.data[i] & 0xC0u) != 0x80u;
  }
  return count;
}

/// 2.4.4: of a string, an array or an object; else Nothing.
static CrateStatus
call_length(CratePathRun *run,
            const CratePathTerm *call,
            const CrateJson *current,
            CratePathResult *out)
{
  CratePathResult of;
  CRATE_TRY(crate_path_evaluate(run, call->operands, current, &of));
  *out = (CratePathResult){.node = NULL};
  if (crate_json_is(of.node, CRATE_JSON_STRING)) {
    out->is_number = true;
    out->number = count_characters(crate_json_text(of.node));
    return crate_path_spend(run, of.node->size);
  }
  if (crate_json_is(of.node, CRATE_JSON_ARRAY) ||
      crate_json_is(of.node, CRATE_JSON_OBJECT)) {
    out->is_number = true;
    out->number = of.node->size;
  }
  return CRATE_OK;
}

/// 2.4.5.
static CrateStatus
call_count(CratePathRun *run,
           const CratePathTerm *call,
           const CrateJson *current,
           CratePathResult *out)
{
  const CrateJson *first = NULL;
  *out = (CratePathResult){.is_number = true};
  return crate_path_count(run, &call->operands->query, current, UINT64_MAX,
                          &first, &out->number);
}

/// 2.4.6 and 2.4.7: false of what is no string or no I-Regexp.
static CrateStatus
call_regex(CratePathRun *run,
           const CratePathTerm *call,
           const CrateJson *current,
           CratePathResult *out)
{
  CratePathResult subject;
  CratePathResult pattern;
  CrateRegex *regex = call->regex;
  const CrateArenaMark mark = crate_arena_mark(&run->scratch);
  *out = (CratePathResult){.holds = false};
  CRATE_TRY(crate_path_evaluate(run, call->operands, current, &subject));
  CRATE_TRY(crate_path_evaluate(run, call->operands->next, current, &pattern));
  if (!crate_json_is(subject.node, CRATE_JSON_STRING) ||
      !crate_json_is(pattern.node, CRATE_JSON_STRING)) {
    return CRATE_OK;
  }
  if (call->operands->next->kind != CRATE_PATH_LITERAL) {
    enum { COMPILING = 64 }; // steps for each byte
    CRATE_TRY(crate_path_spend(run, (uint64_t)pattern.node->size * COMPILING));
    CRATE_TRY(crate_path_regex_compile(&run->scratch,
                                       crate_json_text(pattern.node),
                                       call->function->regex, &regex));
  }
  if (regex) {
    CRATE_TRY(crate_path_regex_match(run, regex, crate_json_text(subject.node),
                                     &out->holds));
  }
  crate_arena_rewind(&run->scratch, mark);
  return CRATE_OK;
}

/// 2.4.8: of a single node; else Nothing.
static CrateStatus
call_value(CratePathRun *run,
           const CratePathTerm *call,
           const CrateJson *current,
           CratePathResult *out)
{
  uint64_t count = 0;
  *out = (CratePathResult){.node = NULL};
  CRATE_TRY(crate_path_count(run, &call->operands->query, current, 2,
                             &out->node, &count));
  out->node = count == 1 ? out->node : NULL;
  return CRATE_OK;
}

static const CratePathFunction functions[] = {
  {"length",
   {CRATE_PATH_VALUE},
   CRATE_PATH_VALUE,
   CRATE_PATH_NO_REGEX,
   call_length},
  {"count",
   {CRATE_PATH_NODES},
   CRATE_PATH_VALUE,
   CRATE_PATH_NO_REGEX,
   call_count},
  {"match",
   {CRATE_PATH_VALUE, CRATE_PATH_VALUE},
   CRATE_PATH_LOGICAL,
   CRATE_PATH_MATCH,
   call_regex},
  {"search",
   {CRATE_PATH_VALUE, CRATE_PATH_VALUE},
   CRATE_PATH_LOGICAL,
   CRATE_PATH_SEARCH,
   call_regex},
  {"value",
   {CRATE_PATH_NODES},
   CRATE_PATH_VALUE,
   CRATE_PATH_NO_REGEX,
   call_value},
};

const CratePathFunction *
crate_path_function(CrateText name)
{
  for (size_t i = 0; i < sizeof(functions) / sizeof(*functions); ++i) {
    if (crate_text_is(name, functions[i].name)) {
      return &functions[i];
    }
  }
  return NULL;
}
