// SPDX-License-Identifier: Apache-2.0
// The table of data, and sizes.
#include "convert/pages/html.h"
#include "convert/pages/text.h"

void
crate_page_bytes(CrateBuffer *buffer, uint64_t bytes)
{
  static const char *const units[] = {"kB", "MB", "GB", "TB", "PB"};
  size_t unit = 0;
  uint64_t scale = 1000;
  if (bytes < 1000u) {
    crate_buffer_print(buffer, "%u byte%s", (unsigned)bytes,
                       bytes == 1u ? "" : "s");
    return;
  }
  while (unit < 4u && bytes / scale >= 1000u) {
    scale *= 1000u;
    ++unit;
  }
  crate_buffer_print(
    buffer, "%llu.%llu %s", (unsigned long long)(bytes / scale),
    (unsigned long long)(bytes % scale / (scale / 10u)), units[unit]);
}

bool
crate_page_is_count(CrateText text, uint64_t *out)
{
  *out = 0;
  if (crate_text_ends(text, CRATE_TEXT(" B"))) { // as Croissant has it
    text.size -= 2u;
  }
  for (size_t i = 0; i < text.size; ++i) {
    if (text.data[i] < '0' || text.data[i] > '9') {
      return false;
    }
    *out = *out * 10u + (uint64_t)(text.data[i] - '0');
  }
  return text.size > 0 && text.size <= 18u;
}

void
crate_page_size(CrateBuffer *buffer, CrateText text)
{
  uint64_t bytes;
  if (crate_page_is_count(text, &bytes)) {
    crate_page_bytes(buffer, bytes);
  } else {
    crate_page_name(buffer, text);
  }
}

bool
crate_page_is_data(const CrateBook *book, uint32_t entry)
{
  const CrateEntry *const e = &book->entries[entry];
  const bool is_crate = book->descriptor != CRATE_NO_ENTRY;
  return (e->kinds & (CRATE_KIND_FILE | CRATE_KIND_DATASET)) &&
         entry != book->root && entry != book->descriptor &&
         !(is_crate && (crate_text_starts(e->id, CRATE_TEXT("#")) ||
                        crate_text_starts(e->id, CRATE_TEXT("_:"))));
}

/// The name leads to the section, the path to the file.
static CrateStatus
write_row(const CratePage *page, uint32_t entry)
{
  CrateBuffer *const buffer = page->buffer;
  const CrateEntry *const e = &page->book->entries[entry];
  crate_buffer_add_string(buffer, "<tr><th scope=\"row\">");
  crate_page_entry(page, entry);
  crate_buffer_add_string(buffer, "<br/><code>");
  // RO-Crate names files by their paths, Croissant says them; a path in an
  // archive leads nowhere.
  const CrateText place =
    crate_book_words(page->book, entry, CRATE_WORD_CONTENT_URL);
  if (page->book->descriptor == CRATE_NO_ENTRY && place.size) {
    const bool packed =
      crate_book_get(page->book, entry, CRATE_WORD_CONTAINED_IN) != NULL;
    crate_page_link(buffer, packed ? (CrateText){NULL, 0} : place, place);
  } else {
    crate_page_place(page, e->id);
  }
  crate_buffer_add_string(buffer, "</code></th><td data-name=\"Type\">");
  CRATE_TRY(crate_page_types(page, entry));
  crate_buffer_add_string(buffer, "</td><td data-name=\"Format\">");
  CRATE_TRY(crate_page_word(page, entry, CRATE_WORD_FORMAT));
  crate_buffer_add_string(buffer, "</td><td class=\"n\" data-name=\"Size\">");
  crate_page_size(buffer, crate_book_words(page->book, entry, CRATE_WORD_SIZE));
  crate_buffer_add_string(buffer, "</td><td data-name=\"Description\">");
  crate_page_name(buffer,
                  crate_book_words(page->book, entry, CRATE_WORD_DESCRIPTION));
  crate_buffer_add_string(buffer, "</td></tr>\n");
  crate_buffer_drain(buffer);
  return CRATE_OK;
}

CrateStatus
crate_page_data(const CratePage *page)
{
  CrateBuffer *const buffer = page->buffer;
  size_t count = 0;
  size_t written = 0;
  for (uint32_t i = 0; i < page->book->entry_count; ++i) {
    count += crate_page_is_data(page->book, i);
  }
  if (!count) {
    return CRATE_OK;
  }
  crate_buffer_print(
    buffer,
    "<section aria-labelledby=\"data\">\n<h2 id=\"data\">Data</h2>\n"
    "<table class=\"cards files\">\n<caption>%zu files and "
    "folders%s</caption>\n"
    "<thead><tr><th scope=\"col\">Name</th><th scope=\"col\">Type</th>"
    "<th scope=\"col\">Format</th><th scope=\"col\" class=\"n\">Size</th>"
    "<th scope=\"col\">Description</th></tr></thead>\n<tbody>\n",
    count, count > CRATE_PAGE_ROWS ? "; the first of them" : "");
  for (uint32_t i = 0; i < page->book->entry_count; ++i) {
    if (crate_page_is_data(page->book, i) && written++ < CRATE_PAGE_ROWS) {
      CRATE_TRY(write_row(page, i));
    }
  }
  crate_buffer_add_string(buffer, "</tbody>\n</table>\n");
  if (count > CRATE_PAGE_ROWS) {
    crate_buffer_print(buffer, "<p>%zu more are not in this table.</p>\n",
                       count - CRATE_PAGE_ROWS);
  }
  crate_buffer_add_string(buffer, "</section>\n");
  return CRATE_OK;
}
