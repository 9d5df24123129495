// SPDX-License-Identifier: Apache-2.0
// ro-crate-preview.html: structure#ro-crate-website-….
#include "validate/checks/checks.h"
#include <strings.h>

#define PREVIEW "ro-crate-preview.html"

/// The page's bytes, or `found` false when there is none.
static CrateStatus
read_preview(CrateChecks *checks, CrateText *out, bool *found)
{
  CrateMember member = CRATE_MEMBER_ABSENT;
  CratePackage *const package = checks->view->package;
  CRATE_TRY(crate_package_find(package, CRATE_TEXT(PREVIEW), &member, NULL));
  *found = member == CRATE_MEMBER_FILE;
  return *found ? crate_package_read(package, CRATE_TEXT(PREVIEW),
                                     &checks->arena, out)
                : CRATE_OK;
}

static bool
starts_without_case(CrateText text, const char *prefix)
{
  const size_t size = strlen(prefix);
  return text.size >= size && !strncasecmp(text.data, prefix, size);
}

static CrateText
skip(CrateText text, size_t size)
{
  return crate_text_slice(text, size, text.size);
}

/// Past white space, a byte order mark and comments: HTML 13.1.
static CrateText
skip_prologue(CrateText text)
{
  for (;;) {
    if (text.size && strchr(" \t\r\n\f", text.data[0]) && text.data[0]) {
      text = skip(text, 1);
    } else if (crate_text_starts(text, CRATE_TEXT("\xEF\xBB\xBF"))) {
      text = skip(text, 3);
    } else if (crate_text_starts(text, CRATE_TEXT("<!--"))) {
      while (text.size && !crate_text_starts(text, CRATE_TEXT("-->"))) {
        text = skip(text, 1);
      }
      text = skip(text, 3);
    } else {
      return text;
    }
  }
}

/// HTML 13.1.1: "<!DOCTYPE", space, "html", perhaps the legacy string, ">".
static bool
has_html_doctype(CrateText text)
{
  text = skip_prologue(text);
  if (!starts_without_case(text, "<!doctype")) {
    return false;
  }
  const CrateText rest = skip_prologue(skip(text, 9));
  if (!starts_without_case(rest, "html")) {
    return false;
  }
  const CrateText after = skip_prologue(skip(rest, 4));
  return crate_text_starts(after, CRATE_TEXT(">")) ||
         starts_without_case(after, "system \"about:legacy-compat\"") ||
         starts_without_case(after, "system 'about:legacy-compat'");
}

/// The next element of a kind: its attributes and, for a script, its text.
static bool
next_element(CrateText *page, const char *name, CrateText *attributes)
{
  const size_t size = strlen(name);
  for (; page->size; *page = skip(*page, 1)) {
    if (page->data[0] == '<' && page->size > size + 1u &&
        starts_without_case(skip(*page, 1), name) &&
        strchr(" \t\r\n\f/>", page->data[size + 1u])) {
      *page = skip(*page, size + 1u);
      *attributes = crate_text_slice(*page, 0, crate_text_find(*page, '>'));
      *page = skip(*page, attributes->size + 1u);
      return true;
    }
  }
  return false;
}

/// The value of an attribute, quotes taken off; empty when there is none.
static CrateText
attribute(CrateText attributes, const char *name)
{
  const size_t size = strlen(name);
  for (; attributes.size > size; attributes = skip(attributes, 1)) {
    if (!strchr(" \t\r\n\f", attributes.data[0]) ||
        !starts_without_case(skip(attributes, 1), name)) {
      continue;
    }
    const CrateText rest = skip_prologue(skip(attributes, size + 1u));
    if (!crate_text_starts(rest, CRATE_TEXT("="))) {
      continue;
    }
    const CrateText value = skip_prologue(skip(rest, 1));
    if (value.size && (value.data[0] == '"' || value.data[0] == '\'')) {
      const CrateText body = skip(value, 1);
      return crate_text_slice(body, 0, crate_text_find(body, value.data[0]));
    }
    return crate_text_slice(value, 0, crate_text_find(value, ' '));
  }
  return (CrateText){NULL, 0};
}

/// HTML 4.2.2: a document has a title, and a title says something.
static bool
has_title(CrateText page)
{
  CrateText attributes;
  if (!next_element(&page, "title", &attributes)) {
    return false;
  }
  page = skip_prologue(page);
  return page.size && page.data[0] != '<';
}

CrateStatus
crate_check_preview_html(const CrateNativeCall *call)
{
  CrateText page;
  bool found = false;
  CRATE_TRY(read_preview((CrateChecks *)call->handle, &page, &found));
  if (!found) {
    return CRATE_OK;
  }
  const char *const flaw =
    crate_text_utf8_span(page) < page.size ? PREVIEW " is not UTF-8"
    : !has_html_doctype(page) ? PREVIEW " does not start with <!DOCTYPE html>"
    : !has_title(page)        ? PREVIEW " has no <title>, or an empty one"
                              : NULL;
  return flaw ? crate_check_report(call, CRATE_NO_ORIGIN, "%s", flaw)
              : CRATE_OK;
}

/// The canonical form of a document's @graph, RFC 8785; empty when it has none.
static CrateStatus
write_graph(const CrateJsonDocument *document, CrateBuffer *out)
{
  const CrateJson *const graph =
    crate_json_get(document->root, CRATE_TEXT("@graph"));
  return graph ? crate_json_write_canonical(out, graph) : CRATE_OK;
}

/// Whether a script's text has this @graph, in canonical form.
static CrateStatus
compare_copy(const CrateView *view, CrateText text, CrateText graph, bool *same)
{
  CrateWorld quiet = *view->world; // a script that is no JSON is no copy
  quiet.sink = (CrateSink){NULL, NULL};
  CrateJsonDocument copy;
  CrateBuffer found;
  crate_buffer_init(&found, view->world);
  CrateStatus st = crate_json_read(&quiet, CRATE_TEXT(PREVIEW), text, &copy);
  st = st ? st : write_graph(&copy, &found);
  *same =
    !st && graph.size && crate_text_equal(crate_buffer_text(&found), graph);
  crate_buffer_clear(&found);
  crate_json_clear(&copy);
  return st == CRATE_NO_MEMORY ? st : CRATE_OK;
}

/// The next script, if the page's body does not begin before it.
static bool
next_script_of_head(CrateText *page, CrateText *attributes)
{
  CrateText before = *page;
  CrateText ignored;
  if (!next_element(page, "script", attributes)) {
    return false;
  }
  before.size -= page->size;
  return !next_element(&before, "body", &ignored);
}

/// Look for a script that is a copy of the metadata. @context is not
/// compared: it may name the same terms in another way.
static CrateStatus
find_copy(const CrateView *view, CrateText page, CrateText graph, bool *same)
{
  CrateText attributes;
  while (!*same && next_script_of_head(&page, &attributes)) {
    CrateText body = page;
    for (; page.size && !starts_without_case(page, "</script");) {
      page = skip(page, 1);
    }
    body.size -= page.size;
    if (crate_text_is(attribute(attributes, "type"), "application/ld+json")) {
      CRATE_TRY(compare_copy(view, body, graph, same));
    }
  }
  return CRATE_OK;
}

/// 1.1: the page carries a copy of the metadata.
CrateStatus
crate_check_preview_copy(const CrateNativeCall *call)
{
  const CrateView *const view = crate_check_view(call);
  CrateText page;
  CrateBuffer graph;
  bool found = false;
  bool same = false;
  CRATE_TRY(read_preview((CrateChecks *)call->handle, &page, &found));
  if (!found) {
    return CRATE_OK;
  }
  crate_buffer_init(&graph, view->world);
  CrateStatus st = write_graph(&view->document, &graph);
  if (!st) {
    st = find_copy(view, page, crate_buffer_text(&graph), &same);
  }
  crate_buffer_clear(&graph);
  CRATE_TRY(st == CRATE_MALFORMED ? CRATE_OK : st);
  return same ? CRATE_OK
              : crate_check_report(call, CRATE_NO_ORIGIN,
                                   PREVIEW " holds no copy of the metadata in "
                                           "a script element of its head, of "
                                           "type application/ld+json");
}

/// Whether a file that the page loads lies where the page's files must.
static CrateStatus
look_at_link(const CrateNativeCall *call, CrateText link)
{
  const CrateChecks *const checks = (const CrateChecks *)call->handle;
  const CrateView *const view = checks->view;
  CrateMember member = CRATE_MEMBER_ABSENT;
  if (crate_text_starts(link, CRATE_TEXT("./"))) {
    link = skip(link, 2);
  }
  if (!link.size || strchr("#/?", link.data[0]) ||
      crate_text_find(link, ':') < link.size ||
      crate_text_starts(link, CRATE_TEXT("ro-crate-preview_files/")) ||
      crate_map_get(&checks->ids, link, NULL)) {
    return CRATE_OK;
  }
  CRATE_TRY(crate_package_find(view->package, link, &member, NULL));
  return member == CRATE_MEMBER_FILE
           ? crate_check_report(call, CRATE_NO_ORIGIN,
                                PREVIEW " loads \"%.*s\", which is not under "
                                        "ro-crate-preview_files/",
                                CRATE_TEXT_ARG(link))
           : CRATE_OK;
}

CrateStatus
crate_check_preview_resources(const CrateNativeCall *call)
{
  static const struct {
    const char *element, *attribute;
  } loads[] = {{"script", "src"}, {"link", "href"}, {"img", "src"}};
  CrateText page;
  bool found = false;
  CRATE_TRY(read_preview((CrateChecks *)call->handle, &page, &found));
  for (size_t i = 0; found && i < sizeof(loads) / sizeof(*loads); ++i) {
    CrateText rest = page;
    CrateText attributes;
    while (next_element(&rest, loads[i].element, &attributes)) {
      CRATE_TRY(look_at_link(call, attribute(attributes, loads[i].attribute)));
    }
  }
  return CRATE_OK;
}

/// Whether a text stands on the page outside of its scripts.
static bool
shows(CrateText page, CrateText text)
{
  while (page.size) {
    CrateText rest = page;
    CrateText attributes;
    CrateText before = page;
    if (next_element(&rest, "script", &attributes)) {
      before.size -= rest.size;
    }
    if (memmem(before.data, before.size, text.data, text.size)) {
      return true;
    }
    page = rest;
    while (page.size && !starts_without_case(page, "</script")) {
      page = skip(page, 1);
    }
  }
  return false;
}

/// The root's name stands on the page without the help of a script. A name
/// that HTML writes otherwise is let pass.
CrateStatus
crate_check_preview_static(const CrateNativeCall *call)
{
  const CrateView *const view = crate_check_view(call);
  CrateText page;
  bool found = false;
  CRATE_TRY(read_preview((CrateChecks *)call->handle, &page, &found));
  const CrateJson *const name =
    crate_json_get(view->root->json, CRATE_TEXT("name"));
  if (!found || !crate_json_is(name, CRATE_JSON_STRING) || !name->size) {
    return CRATE_OK;
  }
  const CrateText text = crate_json_text(name);
  for (size_t i = 0; i < text.size; ++i) {
    if (strchr("&<>\"'\n\t", text.data[i])) {
      return CRATE_OK;
    }
  }
  return shows(page, text)
           ? CRATE_OK
           : crate_check_report(call, CRATE_NO_ORIGIN,
                                PREVIEW " does not show the crate's name");
}

/// Files of the preview's folder that the page loads, and that are missing.
CrateStatus
crate_check_preview_complete(const CrateNativeCall *call)
{
  static const char *const words[][2] = {
    {"script", "src"}, {"link", "href"}, {"img", "src"}};
  const CrateView *const view = crate_check_view(call);
  CrateText page;
  bool found = false;
  CRATE_TRY(read_preview((CrateChecks *)call->handle, &page, &found));
  for (size_t i = 0; found && i < sizeof(words) / sizeof(*words); ++i) {
    CrateText rest = page;
    CrateText attributes;
    while (next_element(&rest, words[i][0], &attributes)) {
      CrateMember member = CRATE_MEMBER_FILE;
      CrateText link = attribute(attributes, words[i][1]);
      link = crate_text_slice(link, 0, crate_text_find(link, '?'));
      if (crate_text_starts(link, CRATE_TEXT("ro-crate-preview_files/"))) {
        CRATE_TRY(crate_package_find(view->package, link, &member, NULL));
      }
      if (member == CRATE_MEMBER_ABSENT) {
        CRATE_TRY(crate_check_report(call, CRATE_NO_ORIGIN,
                                     PREVIEW " loads \"%.*s\", which is not "
                                             "there",
                                     CRATE_TEXT_ARG(link)));
      }
    }
  }
  return CRATE_OK;
}
