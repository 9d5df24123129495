// SPDX-License-Identifier: Apache-2.0
// One name for each term of a Croissant document. Its texts and tools spell
// schema.org with http and with https, its own namespace had another name
// before 1.0, and a term that the context leaves to @vocab ends up in
// schema.org. Rules see the names of the 1.1 text; rules of their own find
// fault with the spelling.
#include "crate/dialect.h"
#include "crate/vocabulary.h"

/// Namespaces: the one in use, and the one that rules know.
static const struct {
  CrateText from, to;
} spaces[] = {
  {{"https://schema.org/", 19}, {SCHEMA, sizeof(SCHEMA) - 1}},
  {{"http://www.schema.org/", 22}, {SCHEMA, sizeof(SCHEMA) - 1}},
  {{"https://www.schema.org/", 23}, {SCHEMA, sizeof(SCHEMA) - 1}},
  {{"http://mlcommons.org/schema/", 28}, {CROISSANT, sizeof(CROISSANT) - 1}},
  {{"https://mlcommons.org/schema/", 29}, {CROISSANT, sizeof(CROISSANT) - 1}},
  {{"https://mlcommons.org/croissant/RAI/", 36},
   {CROISSANT "RAI/", sizeof(CROISSANT "RAI/") - 1}},
  {{"https://mlcommons.org/croissant/", 32},
   {CROISSANT, sizeof(CROISSANT) - 1}},
};

/// Terms of Croissant that schema.org has not, so that nobody means others.
static const char *const strays[] = {
  "annotation", "arrayShape",         "citeAs",       "containedIn",
  "dataType",   "equivalentProperty", "excludes",     "extract",
  "FileObject", "fileObject",         "fileProperty", "FileSet",
  "fileSet",    "includes",           "isArray",      "isLiveDataset",
  "jsonPath",   "parentField",        "readLines",    "RecordSet",
  "recordSet",  "sdVersion",          "separator",    "subField",
  "unArchive",
};

static bool
is_stray(CrateText name)
{
  for (size_t i = 0; i < sizeof(strays) / sizeof(*strays); ++i) {
    if (crate_text_is(name, strays[i])) {
      return true;
    }
  }
  return false;
}

/// Whether a name is one of a term: not that of a page or a version.
static bool
is_term(CrateText name)
{
  const char first = name.size ? (char)(name.data[0] | 0x20) : '0';
  return first >= 'a' && first <= 'z' &&
         crate_text_find(name, '/') == name.size;
}

/// The namespace that rules know, and the name in it; else both empty.
static void
split(CrateText iri, CrateText *space, CrateText *name)
{
  for (size_t i = 0; i < sizeof(spaces) / sizeof(*spaces); ++i) {
    *name = crate_text_slice(iri, spaces[i].from.size, iri.size);
    if (crate_text_starts(iri, spaces[i].from) && is_term(*name)) {
      *space = spaces[i].to;
      return;
    }
  }
  *space = CRATE_TEXT(SCHEMA);
  *name = crate_text_slice(iri, space->size, iri.size);
  if (!crate_text_starts(iri, *space) || !is_stray(*name)) {
    *space = *name = (CrateText){NULL, 0};
  }
}

static CrateStatus
name_term(CrateView *view, CrateArena *scratch, CrateTerm term, CrateTerm *out)
{
  CrateText parts[2];
  CrateText iri;
  *out = CRATE_NO_TERM;
  split(crate_terms_info(view->terms, term).text, &parts[0], &parts[1]);
  if (!parts[0].size) {
    return CRATE_OK;
  }
  if (crate_text_is(parts[0], SCHEMA) && is_stray(parts[1])) {
    parts[0] = CRATE_TEXT(CROISSANT);
  }
  crate_arena_reset(scratch);
  CRATE_TRY(crate_arena_join(scratch, parts, 2, &iri));
  return crate_terms_iri(view->terms, iri, out);
}

CrateStatus
crate_croissant_rename(CrateView *view)
{
  const CrateTerm end = crate_terms_end(view->terms);
  CrateTerm *const names =
    (CrateTerm *)crate_world_allocate(view->world, end * sizeof(CrateTerm));
  CrateArena scratch;
  CrateStatus st = names ? CRATE_OK : CRATE_NO_MEMORY;
  crate_arena_init(&scratch, view->world);
  for (CrateTerm t = 0; t < end && !st; ++t) {
    names[t] = CRATE_NO_TERM;
    if (crate_terms_kind(view->terms, t) == CRATE_TERM_IRI) {
      st = name_term(view, &scratch, t, &names[t]);
    }
  }
  if (!st) {
    crate_graph_rename(view->graph, names, end);
  }
  crate_arena_clear(&scratch);
  crate_world_release(view->world, names);
  return st;
}
