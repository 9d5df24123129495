// SPDX-License-Identifier: Apache-2.0
#include "jsonld/keyword.h"

static const char *const keywords[] = {
  "",         "@base",   "@container", "@context", "@direction", "@graph",
  "@id",      "@import", "@included",  "@index",   "@json",      "@language",
  "@list",    "@nest",   "@none",      "@prefix",  "@propagate", "@protected",
  "@reverse", "@set",    "@type",      "@value",   "@version",   "@vocab",
};

CrateKeyword
crate_keyword_of(CrateText text)
{
  if (text.size < 3 || text.data[0] != '@') {
    return CRATE_KEYWORD_NONE;
  }
  for (unsigned i = 1; i < sizeof keywords / sizeof *keywords; ++i) {
    if (crate_text_is(text, keywords[i])) {
      return (CrateKeyword)i;
    }
  }
  return CRATE_KEYWORD_NONE;
}

CrateText
crate_keyword_text(CrateKeyword keyword)
{
  return crate_text(keywords[keyword]);
}

bool
crate_keyword_like(CrateText text)
{
  if (text.size < 2 || text.data[0] != '@') {
    return false;
  }
  for (size_t i = 1; i < text.size; ++i) {
    const char c = (char)(text.data[i] | 0x20);
    if (c < 'a' || c > 'z') {
      return false;
    }
  }
  return true;
}
