// SPDX-License-Identifier: Apache-2.0
// Functions of strings: 17.4.3.
#include "base/letter_case.h"
#include "sparql/functions.h"
#include "sparql/value.h"
#include <math.h>

static CrateTermInfo
info_of(const CrateCall *call, size_t argument)
{
  return crate_terms_info(call->run->terms, call->arguments[argument]);
}

/// 17.4.3.1.1: a string with or without a language.
static bool
is_text(CrateTermInfo info)
{
  return info.kind == CRATE_TERM_LITERAL &&
         (info.datatype == CRATE_XSD_STRING ||
          info.datatype == CRATE_RDF_LANG_STRING);
}

/// 17.4.3.1.2: the second is about the first.
static bool
are_compatible(CrateTermInfo a, CrateTermInfo b)
{
  return is_text(a) && is_text(b) &&
         (!b.language.size || crate_text_equal_fold(a.language, b.language));
}

static CrateStatus
answer(const CrateCall *call, bool truth, CrateTerm *out)
{
  *out = call->run->truth[truth];
  return CRATE_OK;
}

/// A text in the language of another.
static CrateStatus
answer_text(const CrateCall *call,
            CrateText text,
            CrateTermInfo like,
            CrateTerm *out)
{
  return crate_terms_literal(call->run->terms, text, CRATE_NO_TERM,
                             like.language, out);
}

/// What was gathered, and the buffer is released.
static CrateStatus
answer_buffer(const CrateCall *call,
              CrateBuffer *buffer,
              CrateText language,
              CrateTerm *out)
{
  CrateStatus st = crate_buffer_status(buffer);
  if (!st) {
    st = crate_terms_literal(call->run->terms, crate_buffer_text(buffer),
                             CRATE_NO_TERM, language, out);
  }
  crate_buffer_clear(buffer);
  return st;
}

static size_t
count_characters(CrateText text)
{
  size_t count = 0;
  for (size_t i = 0; i < text.size; ++i) {
    count += ((unsigned char)text.data[i] & 0xC0u) != 0x80u;
  }
  return count;
}

CrateStatus
crate_function_length(CrateCall *call, CrateTerm *out)
{
  const CrateTermInfo info = info_of(call, 0);
  const CrateValue length = {.kind = CRATE_VALUE_INTEGER,
                             .exact = true,
                             .digits = (int64_t)count_characters(info.text)};
  return is_text(info) ? crate_value_write(call->run, &length, out) : CRATE_OK;
}

/// XPath's round(): halves go up.
static double
rounded(const CrateValue *value)
{
  return floor(value->real + 0.5);
}

/// Characters [from, to) by XPath's count, which starts at 1.
static CrateText
characters(CrateText text, double from, double to)
{
  size_t start = text.size;
  size_t end = text.size;
  double number = 0;
  for (size_t i = 0; i < text.size; ++i) {
    if (((unsigned char)text.data[i] & 0xC0u) == 0x80u) {
      continue;
    }
    number += 1;
    if (number >= from && start == text.size) {
      start = i;
    }
    if (number >= to) {
      end = i;
      break;
    }
  }
  return crate_text_slice(text, start, end);
}

CrateStatus
crate_function_substring(CrateCall *call, CrateTerm *out)
{
  const CrateTermInfo info = info_of(call, 0);
  CrateValue from;
  CrateValue length = {
    .kind = CRATE_VALUE_DOUBLE, .sound = true, .real = (double)INFINITY};
  CRATE_TRY(crate_value_read(call->run, call->arguments[1], &from));
  if (call->count > 2) {
    CRATE_TRY(crate_value_read(call->run, call->arguments[2], &length));
  }
  if (!is_text(info) || !crate_value_is_number(&from) || !from.sound ||
      !crate_value_is_number(&length) || !length.sound) {
    return CRATE_OK;
  }
  const double start = rounded(&from);
  return answer_text(
    call, characters(info.text, start, start + rounded(&length)), info, out);
}

static CrateStatus
change_case(CrateCall *call, bool upper, CrateTerm *out)
{
  const CrateTermInfo info = info_of(call, 0);
  CrateBuffer buffer;
  if (!is_text(info)) {
    return CRATE_OK;
  }
  crate_buffer_init(&buffer, call->run->world);
  crate_buffer_add_case(&buffer, info.text, upper);
  return answer_buffer(call, &buffer, info.language, out);
}

CrateStatus
crate_function_upper(CrateCall *call, CrateTerm *out)
{
  return change_case(call, true, out);
}

CrateStatus
crate_function_lower(CrateCall *call, CrateTerm *out)
{
  return change_case(call, false, out);
}

CrateStatus
crate_function_starts(CrateCall *call, CrateTerm *out)
{
  const CrateTermInfo a = info_of(call, 0);
  const CrateTermInfo b = info_of(call, 1);
  return are_compatible(a, b)
           ? answer(call, crate_text_starts(a.text, b.text), out)
           : CRATE_OK;
}

CrateStatus
crate_function_ends(CrateCall *call, CrateTerm *out)
{
  const CrateTermInfo a = info_of(call, 0);
  const CrateTermInfo b = info_of(call, 1);
  return are_compatible(a, b)
           ? answer(call, crate_text_ends(a.text, b.text), out)
           : CRATE_OK;
}

/// Where the second text stands in the first; SIZE_MAX: nowhere.
static size_t
find(CrateText text, CrateText what)
{
  if (!what.size) {
    return 0;
  }
  const char *const found =
    text.size ? memmem(text.data, text.size, what.data, what.size) : NULL;
  return found ? (size_t)(found - text.data) : SIZE_MAX;
}

CrateStatus
crate_function_contains(CrateCall *call, CrateTerm *out)
{
  const CrateTermInfo a = info_of(call, 0);
  const CrateTermInfo b = info_of(call, 1);
  return are_compatible(a, b)
           ? answer(call, find(a.text, b.text) != SIZE_MAX, out)
           : CRATE_OK;
}

/// STRBEFORE and STRAFTER: nothing found is the empty text without language.
static CrateStatus
cut(CrateCall *call, bool after, CrateTerm *out)
{
  const CrateTermInfo a = info_of(call, 0);
  const CrateTermInfo b = info_of(call, 1);
  if (!are_compatible(a, b)) {
    return CRATE_OK;
  }
  const size_t at = find(a.text, b.text);
  if (at == SIZE_MAX) {
    return answer_text(call, (CrateText){NULL, 0}, (CrateTermInfo){0}, out);
  }
  return answer_text(call,
                     after
                       ? crate_text_slice(a.text, at + b.text.size, a.text.size)
                       : crate_text_slice(a.text, 0, at),
                     a, out);
}

CrateStatus
crate_function_before(CrateCall *call, CrateTerm *out)
{
  return cut(call, false, out);
}

CrateStatus
crate_function_after(CrateCall *call, CrateTerm *out)
{
  return cut(call, true, out);
}

/// The language stays if all have the same one.
CrateStatus
crate_function_concat(CrateCall *call, CrateTerm *out)
{
  CrateBuffer buffer;
  CrateText language = {NULL, 0};
  bool sound = true;
  crate_buffer_init(&buffer, call->run->world);
  for (uint32_t i = 0; sound && i < call->count; ++i) {
    const CrateTermInfo info = info_of(call, i);
    sound = is_text(info);
    if (!i) {
      language = info.language;
    } else if (!crate_text_equal_fold(language, info.language)) {
      language = (CrateText){NULL, 0};
    }
    crate_buffer_add(&buffer, info.text);
  }
  if (!sound) {
    crate_buffer_clear(&buffer);
    return CRATE_OK;
  }
  return answer_buffer(call, &buffer, language, out);
}

CrateStatus
crate_function_encode(CrateCall *call, CrateTerm *out)
{
  const CrateTermInfo info = info_of(call, 0);
  CrateBuffer buffer;
  if (!is_text(info)) {
    return CRATE_OK;
  }
  crate_buffer_init(&buffer, call->run->world);
  for (size_t i = 0; i < info.text.size; ++i) {
    const unsigned char c = (unsigned char)info.text.data[i];
    const bool letter = (c | 0x20u) >= 'a' && (c | 0x20u) <= 'z';
    if (letter || (c >= '0' && c <= '9') || (c && strchr("-_.~", c))) {
      crate_buffer_add_byte(&buffer, (char)c);
    } else {
      crate_buffer_print(&buffer, "%%%02X", (unsigned)c);
    }
  }
  return answer_buffer(call, &buffer, (CrateText){NULL, 0}, out);
}

/// 17.4.3.14: i, s, m and q; false for others.
static bool
read_flags(CrateText flags, uint32_t *options)
{
  static const char letters[] = "ismq";
  static const uint32_t bits[] = {CRATE_REGEX_CASELESS, CRATE_REGEX_DOT_ALL,
                                  CRATE_REGEX_MULTILINE, CRATE_REGEX_LITERAL};
  *options = CRATE_REGEX_UNICODE;
  for (size_t i = 0; i < flags.size; ++i) {
    const char *const found =
      flags.data[i] ? strchr(letters, flags.data[i]) : NULL;
    if (!found) {
      return false;
    }
    *options |= bits[found - letters];
  }
  return true;
}

/// Compile an expression once for all rows; NULL for what is none.
static CrateStatus
find_regex(CrateCall *call, size_t pattern, size_t flags, CrateRegex **out)
{
  CrateRun *const run = call->run;
  const CrateTerm terms[] = {call->arguments[pattern],
                             call->count > flags ? call->arguments[flags]
                                                 : CRATE_NO_TERM};
  CrateText key = {(const char *)terms, sizeof(terms)};
  uintptr_t known = 0;
  uint32_t options;
  CrateRegexFlaw flaw;
  *out = NULL;
  if (crate_map_get(&run->regexes, key, &known)) {
    *out = (CrateRegex *)known;
    return CRATE_OK;
  }
  const CrateTermInfo info = info_of(call, pattern);
  if (is_text(info) &&
      read_flags(terms[1] ? info_of(call, flags).text : (CrateText){NULL, 0},
                 &options)) {
    const CrateStatus st =
      crate_regex_compile(&run->arena, info.text, options, out, &flaw);
    if (st && st != CRATE_MALFORMED) {
      return st;
    }
  }
  if (!run->matcher) {
    CRATE_TRY(crate_matcher_new(run->world, &run->matcher));
  }
  CRATE_TRY(crate_arena_copy(&run->arena, key, &key));
  return crate_map_put(&run->regexes, key, (uintptr_t)*out);
}

/// A match that took too long ends the run: "no" would be a guess.
static CrateStatus
match(CrateCall *call,
      const CrateRegex *regex,
      CrateText text,
      size_t from,
      CrateText groups[10],
      bool *found)
{
  CrateRun *const run = call->run;
  CRATE_TRY(crate_run_work(run, 1u + (text.size - from) / 64u));
  const CrateStatus st =
    crate_matcher_find_from(run->matcher, regex, text, from, groups, 10);
  *found = st == CRATE_OK;
  if (st == CRATE_OVER_LIMIT) {
    return crate_run_work(run, run->world->limits.update_work + 1u);
  }
  return st == CRATE_NOT_FOUND || st == CRATE_MALFORMED ? CRATE_OK : st;
}

CrateStatus
crate_function_regex(CrateCall *call, CrateTerm *out)
{
  const CrateTermInfo info = info_of(call, 0);
  CrateRegex *regex;
  CrateText groups[10];
  bool found;
  CRATE_TRY(find_regex(call, 1, 2, &regex));
  if (!regex || !is_text(info)) {
    return CRATE_OK;
  }
  CRATE_TRY(match(call, regex, info.text, 0, groups, &found));
  return answer(call, found, out);
}

/// $1 to $9 and $0; a backslash takes the meaning from what follows.
static void
add_replacement(CrateBuffer *buffer, CrateText text, const CrateText groups[10])
{
  for (size_t i = 0; i < text.size; ++i) {
    const bool more = i + 1u < text.size;
    if (text.data[i] == '\\' && more) {
      crate_buffer_add_byte(buffer, text.data[++i]);
    } else if (text.data[i] == '$' && more && text.data[i + 1u] >= '0' &&
               text.data[i + 1u] <= '9') {
      crate_buffer_add(buffer, groups[text.data[++i] - '0']);
    } else {
      crate_buffer_add_byte(buffer, text.data[i]);
    }
  }
}

/// 17.4.3.15. An expression that matches the empty text is an error.
static CrateStatus
replace_all(CrateCall *call,
            const CrateRegex *regex,
            CrateText text,
            CrateBuffer *buffer,
            bool *sound)
{
  const CrateText with = info_of(call, 2).text;
  size_t at = 0;
  for (;;) {
    CrateText groups[10];
    bool found;
    CRATE_TRY(match(call, regex, text, at, groups, &found));
    if (!found) {
      crate_buffer_add(buffer, crate_text_slice(text, at, text.size));
      return CRATE_OK;
    }
    *sound = groups[0].size != 0;
    if (!*sound) {
      return CRATE_OK;
    }
    const size_t start = (size_t)(groups[0].data - text.data);
    crate_buffer_add(buffer, crate_text_slice(text, at, start));
    add_replacement(buffer, with, groups);
    at = start + groups[0].size;
  }
}

CrateStatus
crate_function_replace(CrateCall *call, CrateTerm *out)
{
  const CrateTermInfo info = info_of(call, 0);
  CrateRegex *regex;
  CrateBuffer buffer;
  bool sound = true;
  CRATE_TRY(find_regex(call, 1, 3, &regex));
  if (!regex || !is_text(info) || !is_text(info_of(call, 2))) {
    return CRATE_OK;
  }
  crate_buffer_init(&buffer, call->run->world);
  const CrateStatus st = replace_all(call, regex, info.text, &buffer, &sound);
  if (st || !sound) {
    crate_buffer_clear(&buffer);
    return st;
  }
  return answer_buffer(call, &buffer, info.language, out);
}
