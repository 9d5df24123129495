// SPDX-License-Identifier: Apache-2.0
// A section for each entity: its members, and who refers to it.
#include "convert/pages/html.h"
#include "convert/pages/text.h"

static CrateStatus
write_members(const CratePage *page, uint32_t entry, size_t *written)
{
  const CrateBook *const book = page->book;
  CrateBuffer *const buffer = page->buffer;
  for (uint32_t part = book->entries[entry].first_part; part != CRATE_NO_ENTRY;
       part = book->parts[part].next) {
    for (const CrateJson *key = crate_json_first_key(book->parts[part].object);
         key; key = crate_json_next_key(key)) {
      const CrateBookKey *const known = crate_book_key(book, key);
      if (!known) {
        continue;
      }
      ++*written;
      crate_buffer_add_string(buffer, "<tr><th scope=\"row\">");
      crate_page_term(page, crate_json_text(key), known->iri);
      crate_buffer_add_string(buffer, "</th><td>");
      CRATE_TRY(crate_page_values(page, known, key->next));
      crate_buffer_add_string(buffer, "</td></tr>\n");
    }
  }
  return CRATE_OK;
}

/// Who refers to it, and as what; the same twice in a row is once.
static void
write_uses(const CratePage *page, uint32_t entry)
{
  CrateBuffer *const buffer = page->buffer;
  const CrateEntry *const e = &page->book->entries[entry];
  const CrateUse *last = NULL;
  size_t written = 0;
  if (!e->use_count) {
    return;
  }
  crate_buffer_add_string(buffer, "<p class=\"uses\">Used by: ");
  for (uint32_t i = 0; i < e->use_count; ++i) {
    const CrateUse *const use = &page->book->uses[e->first_use + i];
    if (last && last->user == use->user &&
        crate_text_equal(crate_json_text(last->key),
                         crate_json_text(use->key))) {
      continue;
    }
    if (written == CRATE_PAGE_USES) {
      crate_buffer_print(buffer, "; and %u more", (unsigned)(e->use_count - i));
      break;
    }
    crate_buffer_add_string(buffer, written++ ? "; " : "");
    crate_page_entry(page, use->user);
    crate_buffer_add_string(buffer, " (");
    crate_page_name(buffer, crate_json_text(use->key));
    crate_buffer_add_byte(buffer, ')');
    last = use;
  }
  crate_buffer_add_string(buffer, "</p>\n");
}

static CrateStatus
write_section(const CratePage *page, uint32_t entry)
{
  CrateBuffer *const buffer = page->buffer;
  const CrateEntry *const e = &page->book->entries[entry];
  size_t written = 0;
  crate_buffer_add_string(buffer, "<section class=\"entity\" id=\"");
  crate_buffer_add(buffer, e->anchor);
  crate_buffer_add_string(buffer, "\">\n<h3>");
  crate_page_name(buffer, crate_book_name(page->book, entry));
  crate_buffer_add_string(buffer, "</h3>\n<p class=\"faint\">");
  CRATE_TRY(crate_page_types(page, entry));
  crate_buffer_add_string(buffer, " <code>");
  crate_page_place(page, e->id);
  crate_buffer_add_string(buffer, "</code></p>\n<table class=\"cards\" "
                                  "aria-label=\"Properties of ");
  crate_page_name(buffer, crate_book_name(page->book, entry));
  crate_buffer_add_string(buffer, "\">\n<tbody>\n");
  CRATE_TRY(write_members(page, entry, &written));
  crate_buffer_add_string(
    buffer, written ? "" : "<tr><td>Nothing is said of it.</td></tr>\n");
  crate_buffer_add_string(buffer, "</tbody>\n</table>\n");
  write_uses(page, entry);
  crate_buffer_add_string(buffer, "</section>\n");
  crate_buffer_drain(buffer);
  return CRATE_OK;
}

/// Those beyond the limit are named, so that every link has its end.
static void
write_rest(const CratePage *page)
{
  CrateBuffer *const buffer = page->buffer;
  const CrateBook *const book = page->book;
  if (book->entry_count <= CRATE_PAGE_SECTIONS) {
    return;
  }
  crate_buffer_print(buffer,
                     "<h3>And %zu more</h3>\n<p>The first %d have sections of "
                     "their own; ro-crate-metadata.json says all.</p>\n<ul>\n",
                     book->entry_count - CRATE_PAGE_SECTIONS,
                     (int)CRATE_PAGE_SECTIONS);
  for (uint32_t i = CRATE_PAGE_SECTIONS; i < book->entry_count; ++i) {
    crate_buffer_add_string(buffer, "<li id=\"");
    crate_buffer_add(buffer, book->entries[i].anchor);
    crate_buffer_add_string(buffer, "\">");
    crate_page_name(buffer, crate_book_name(book, i));
    if (book->entries[i].name.size) {
      crate_buffer_add_string(buffer, " <code>");
      crate_page_name(buffer, book->entries[i].id);
      crate_buffer_add_string(buffer, "</code>");
    }
    crate_buffer_add_string(buffer, "</li>\n");
    crate_buffer_drain(buffer);
  }
  crate_buffer_add_string(buffer, "</ul>\n");
}

CrateStatus
crate_page_entities(const CratePage *page)
{
  const size_t count = page->book->entry_count;
  const size_t shown =
    count < CRATE_PAGE_SECTIONS ? count : (size_t)CRATE_PAGE_SECTIONS;
  crate_buffer_add_string(page->buffer,
                          "<section aria-labelledby=\"entities\">\n"
                          "<h2 id=\"entities\">All that is described</h2>\n");
  for (uint32_t i = 0; i < shown; ++i) {
    CRATE_TRY(write_section(page, i));
  }
  write_rest(page);
  crate_buffer_add_string(page->buffer, "</section>\n");
  return CRATE_OK;
}
