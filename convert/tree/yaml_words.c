// SPDX-License-Identifier: Apache-2.0
#include "convert/tree/yaml_words.h"

static bool
is_one_of(CrateText text, const char *const *words)
{
  while (*words && !crate_text_is(text, *words)) {
    ++words;
  }
  return *words != NULL;
}

/// 0o17, 0x1F.
static bool
is_other_base(CrateText text)
{
  const bool octal = crate_text_starts(text, CRATE_TEXT("0o"));
  const char *const digits = octal ? "01234567" : "0123456789abcdefABCDEF";
  if (text.size < 3 || (!octal && !crate_text_starts(text, CRATE_TEXT("0x")))) {
    return false;
  }
  for (size_t i = 2; i < text.size; ++i) {
    if (!text.data[i] || !strchr(digits, text.data[i])) {
      return false;
    }
  }
  return true;
}

CrateTreeKind
crate_yaml_kind(CrateText text)
{
  static const char *const nulls[] = {"", "~", "null", "Null", "NULL", NULL};
  static const char *const booleans[] = {"true",  "True",  "TRUE", "false",
                                         "False", "FALSE", NULL};
  return is_one_of(text, nulls)       ? CRATE_TREE_NULL
         : is_one_of(text, booleans)  ? CRATE_TREE_BOOLEAN
         : crate_tree_is_number(text) ? CRATE_TREE_NUMBER
                                      : CRATE_TREE_STRING;
}

bool
crate_yaml_is_string(CrateText text)
{
  static const char *const words[] = {"y", "n",    "yes",  "no",    "on", "off",
                                      "=", ".inf", ".nan", "-.inf", "<<"};
  for (size_t i = 0; i < sizeof(words) / sizeof(*words); ++i) {
    if (crate_text_equal_fold(text, crate_text(words[i]))) {
      return false;
    }
  }
  // Numbers with underscores, times and dates start as numbers do.
  size_t at = text.size && text.data[0] && strchr("-+.", text.data[0]);
  const bool digit = crate_tree_digits(text, at) > at;
  size_t odd = 0;
  while (odd < text.size && text.data[odd] &&
         strchr("0123456789-+:._eETZ ", text.data[odd])) {
    ++odd;
  }
  return crate_yaml_kind(text) == CRATE_TREE_STRING && !is_other_base(text) &&
         !(digit && odd == text.size);
}
