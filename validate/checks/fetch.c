// SPDX-License-Identifier: Apache-2.0
// fetch.txt of a bag against the entities it is to bring: RFC 8493 2.2.3,
// appendix/implementation-notes#adding-ro-crate-to-bagit.
#include "crate/vocabulary.h"
#include "validate/checks/checks.h"
#include <cratekit/iri.h>

/// "URL LENGTH FILEPATH" a line; the URLs by payload path go into the map, as
/// one more than where they stand in the text.
static CrateStatus
read_urls(CrateText text, CrateMap *urls)
{
  for (size_t at = 0; at < text.size;) {
    const CrateText rest = crate_text_slice(text, at, text.size);
    const size_t end = crate_text_find(rest, '\n');
    CrateText line = crate_text_slice(rest, 0, end);
    if (crate_text_ends(line, CRATE_TEXT("\r"))) {
      --line.size;
    }
    crate_text_next_word(&line);
    crate_text_next_word(&line);
    if (crate_text_starts(line, CRATE_TEXT("data/"))) {
      CRATE_TRY(crate_map_put(urls, crate_text_slice(line, 5, line.size),
                              (uintptr_t)at + 1u));
    }
    at += end + 1u;
  }
  return CRATE_OK;
}

/// Whether url or contentUrl of an entity is just this one.
static bool
has_url(const CrateView *view, const CrateEntity *entity, CrateText url)
{
  static const char *const properties[] = {SCHEMA "url", SCHEMA "contentUrl"};
  for (size_t i = 0; i < 2; ++i) {
    const CrateTerm property =
      crate_terms_find_iri(view->terms, crate_text(properties[i]));
    const CrateQuadRange range =
      crate_graph_values(view->graph, entity->term, property);
    for (size_t j = 0; j < range.count; ++j) {
      if (crate_text_equal(
            crate_terms_info(view->terms, range.first[j].object).text, url)) {
        return true;
      }
    }
  }
  return false;
}

static CrateStatus
look_at_files(const CrateNativeCall *call, CrateText text, const CrateMap *urls)
{
  CrateChecks *const checks = (CrateChecks *)call->handle;
  const CrateView *const view = checks->view;
  for (size_t i = 0; i < view->entity_count; ++i) {
    const CrateEntity *const entity = &view->entities[i];
    uintptr_t at = 0;
    CrateText path;
    if (!(entity->bits & CRATE_IS_FILE) ||
        !(entity->bits & CRATE_IS_RELATIVE)) {
      continue;
    }
    CRATE_TRY(crate_view_payload_path(entity, &checks->arena, &path));
    if (!crate_map_get(urls, path, &at)) {
      continue;
    }
    CrateText line = crate_text_slice(text, at - 1u, text.size);
    const CrateText url = crate_text_next_word(&line);
    if (!has_url(view, entity, url)) {
      CRATE_TRY(crate_check_report(
        call, entity->id_offset, "fetch.txt has %.*s for \"%.*s\"",
        CRATE_TEXT_ARG(url), CRATE_TEXT_ARG(entity->id)));
    }
  }
  return CRATE_OK;
}

CrateStatus
crate_check_fetched_url(const CrateNativeCall *call)
{
  CrateChecks *const checks = (CrateChecks *)call->handle;
  CratePackage *const package = checks->view->package;
  CrateMember member = CRATE_MEMBER_ABSENT;
  CrateText top;
  CrateText path;
  CrateText text;
  if (!crate_package_is_bag(package, &top)) {
    return CRATE_OK;
  }
  const CrateText parts[] = {CRATE_TEXT("/"), top, CRATE_TEXT("fetch.txt")};
  CRATE_TRY(crate_arena_join(&checks->arena, parts, 3, &path));
  CRATE_TRY(crate_package_find(package, path, &member, NULL));
  if (member != CRATE_MEMBER_FILE) {
    return CRATE_OK;
  }
  CRATE_TRY(crate_package_read(package, path, &checks->arena, &text));
  CrateMap urls;
  crate_map_init(&urls, checks->view->world);
  CrateStatus st = read_urls(text, &urls);
  st = st ? st : look_at_files(call, text, &urls);
  crate_map_clear(&urls);
  return st;
}
