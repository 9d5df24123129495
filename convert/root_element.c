// SPDX-License-Identifier: Apache-2.0
// A document of XML whose name does not tell its syntax: its root does.
#include "convert/convert.h"

/// What the root is called, without its prefix, and what its tag holds: the
/// namespace, or how it starts.
static const struct {
  const char *name, *space;
  CrateSyntax syntax;
} roots[] = {
  {"document", CRATE_PROV_NAMESPACE, CRATE_SYNTAX_PROV_XML},
  {"resource", "http://datacite.org/schema/kernel-4",
   CRATE_SYNTAX_DATACITE_XML},
  {"RDF", "http://www.w3.org/1999/02/22-rdf-syntax-ns#", CRATE_SYNTAX_RDFXML},
};

/// What is behind the first `mark` of a text; empty when there is none.
static CrateText
behind(CrateText text, const char *mark)
{
  const size_t size = strlen(mark);
  const char *const found =
    text.size ? memmem(text.data, text.size, mark, size) : NULL;
  return found ? crate_text_slice(text, (size_t)(found - text.data) + size,
                                  text.size)
               : (CrateText){NULL, 0};
}

/// The root's tag between its '<' and '>', empty when the text starts with
/// anything but XML.
static CrateText
root_of(CrateText text)
{
  if (crate_text_starts(text, CRATE_TEXT("\xEF\xBB\xBF"))) {
    text = crate_text_slice(text, 3, text.size);
  }
  for (;;) {
    while (text.size && strchr(" \t\r\n", *text.data)) {
      text = crate_text_slice(text, 1, text.size);
    }
    if (crate_text_starts(text, CRATE_TEXT("<?"))) {
      text = behind(text, "?>");
    } else if (crate_text_starts(text, CRATE_TEXT("<!--"))) {
      text = behind(text, "-->");
    } else {
      break;
    }
  }
  text = crate_text_starts(text, CRATE_TEXT("<"))
           ? crate_text_slice(text, 1, text.size)
           : (CrateText){NULL, 0};
  return crate_text_slice(text, 0, crate_text_find(text, '>'));
}

CrateSyntax
crate_syntax_of_root(CrateText bytes)
{
  const CrateText tag = root_of(bytes);
  size_t size = 0;
  while (size < tag.size && !strchr(" \t\r\n/", tag.data[size])) {
    ++size;
  }
  const CrateText name = crate_text_slice(tag, 0, size);
  const size_t colon = crate_text_find(name, ':');
  const CrateText local =
    colon < size ? crate_text_slice(name, colon + 1, size) : name;
  for (size_t i = 0; i < sizeof(roots) / sizeof(*roots); ++i) {
    if (crate_text_is(local, roots[i].name) &&
        behind(tag, roots[i].space).size) {
      return roots[i].syntax;
    }
  }
  return CRATE_SYNTAX_UNKNOWN;
}
