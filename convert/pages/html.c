// SPDX-License-Identifier: Apache-2.0
// The page as a whole, and its summary.
#include "convert/pages/html.h"
#include "convert/pages/metrics.h"
#include "convert/pages/page_head.h"
#include "convert/pages/text.h"

/// "./" is no name.
static CrateText
title_of(const CrateBook *book)
{
  const CrateText name = book->root == CRATE_NO_ENTRY
                           ? (CrateText){NULL, 0}
                           : crate_book_name(book, book->root);
  return !name.size || crate_text_is(name, "./")
           ? CRATE_TEXT("Research object without a name")
           : name;
}

/// Inside a script: nothing there may end it, or begin a comment; and U+FFFE
/// and U+FFFF are no characters of XML.
static void
write_in_script(CrateBuffer *out, CrateText json)
{
  size_t from = 0;
  for (size_t i = 0; i < json.size; ++i) {
    const unsigned char c = (unsigned char)json.data[i];
    const bool strange = c == 0xEFu && i + 2u < json.size &&
                         (unsigned char)json.data[i + 1u] == 0xBFu &&
                         (unsigned char)json.data[i + 2u] >= 0xBEu;
    if (c != '<' && c != '>' && c != '&' && !strange) {
      continue;
    }
    crate_buffer_add(out, crate_text_slice(json, from, i));
    crate_buffer_print(out, "\\u%04x",
                       strange ? 0xFF40u + (unsigned char)json.data[i + 2u]
                               : (unsigned)c);
    i += strange ? 2u : 0u;
    from = i + 1u;
  }
  crate_buffer_add(out, crate_text_slice(json, from, json.size));
  crate_buffer_drain(out);
}

/// One value, by way of a scratch buffer.
static CrateStatus
copy_value(CrateBuffer *out, const CrateJson *value)
{
  CrateBuffer text;
  crate_buffer_init(&text, out->world);
  crate_json_write(&text, value, 0);
  write_in_script(out, crate_buffer_text(&text));
  const CrateStatus status = crate_buffer_status(&text);
  crate_buffer_clear(&text);
  return status;
}

static CrateStatus
copy_items(CrateBuffer *out, const CrateJson *array)
{
  crate_buffer_add_byte(out, '[');
  for (const CrateJson *at = crate_json_first(array); at; at = at->next) {
    CRATE_TRY(copy_value(out, at));
    crate_buffer_add_string(out, at->next ? ",\n" : "");
  }
  crate_buffer_add_byte(out, ']');
  return CRATE_OK;
}

/// The document itself, entity by entity, so that no second copy of it is
/// held: RO-Crate 1.1 asks for one, search engines read it.
static CrateStatus
write_copy(CrateBuffer *out, const CrateJson *document)
{
  crate_buffer_add_string(out, "<script type=\"application/ld+json\">\n{");
  for (const CrateJson *key = crate_json_first_key(document); key;
       key = crate_json_next_key(key)) {
    CRATE_TRY(copy_value(out, key));
    crate_buffer_add_byte(out, ':');
    CRATE_TRY(crate_json_is(key->next, CRATE_JSON_ARRAY)
                ? copy_items(out, key->next)
                : copy_value(out, key->next));
    crate_buffer_add_string(out, crate_json_next_key(key) ? ",\n" : "");
  }
  crate_buffer_add_string(out, "}\n</script>\n");
  return CRATE_OK;
}

static CrateStatus
write_head(const CratePage *page)
{
  CrateBuffer *const buffer = page->buffer;
  const CrateBook *const book = page->book;
  const CrateText description =
    crate_book_words(book, book->root, CRATE_WORD_DESCRIPTION);
  crate_buffer_add(buffer, crate_book_page_head());
  crate_buffer_add_string(buffer, "<title>");
  crate_page_name(buffer, title_of(book));
  crate_buffer_add_string(buffer, "</title>\n");
  if (description.size) {
    crate_buffer_add_string(buffer, "<meta name=\"description\" content=\"");
    crate_page_name(buffer, description);
    crate_buffer_add_string(buffer, "\"/>\n");
  }
  CRATE_TRY(write_copy(buffer, book->root_object));
  crate_buffer_add_string(buffer, "</head>\n");
  return CRATE_OK;
}

/// A person or an organisation: name, ORCID or ROR, affiliation.
static CrateStatus
write_party(void *handle, const CrateJson *value)
{
  const CratePage *const page = handle;
  CrateBuffer *const buffer = page->buffer;
  const uint32_t target = crate_book_target(page->book, value);
  const CrateText id = crate_book_id(value);
  const CrateText orcid = CRATE_TEXT("https://orcid.org/");
  crate_buffer_add_string(buffer, "<li>");
  if (target == CRATE_NO_ENTRY) {
    crate_page_name(buffer, crate_book_value_name(page->book, value));
  } else {
    crate_page_entry(page, target);
  }
  if (target != CRATE_NO_ENTRY && crate_text_starts(id, orcid) &&
      page->book->entries[target].name.size) {
    crate_buffer_add_string(buffer, " <a rel=\"nofollow\" href=\"");
    crate_page_href(buffer, id);
    crate_buffer_add_string(buffer, "\">ORCID ");
    crate_page_name(buffer, crate_text_slice(id, orcid.size, id.size));
    crate_buffer_add_string(buffer, "</a>");
  }
  const CrateText place =
    crate_book_words(page->book, target, CRATE_WORD_AFFILIATION);
  if (place.size) {
    crate_buffer_add_string(buffer, ", ");
    crate_page_name(buffer, place);
  }
  crate_buffer_add_string(buffer, "</li>");
  return CRATE_OK;
}

/// All parties of a word.
static CrateStatus
write_parties(const CratePage *page, CrateWord word)
{
  CratePage copy = *page;
  crate_buffer_add_string(page->buffer, "<ul class=\"plain\">");
  CRATE_TRY(
    crate_book_each_of(page->book, page->book->root, word, write_party, &copy));
  crate_buffer_add_string(page->buffer, "</ul>");
  return CRATE_OK;
}

/// How many files there are, and how large they are together.
static void
write_extent(const CratePage *page)
{
  const CrateBook *const book = page->book;
  size_t files = 0;
  size_t sized = 0;
  uint64_t sum = 0;
  for (uint32_t i = 0; i < book->entry_count; ++i) {
    uint64_t bytes;
    if (!crate_page_is_data(book, i) ||
        !(book->entries[i].kinds & CRATE_KIND_FILE)) {
      continue;
    }
    ++files;
    if (crate_page_is_count(crate_book_words(book, i, CRATE_WORD_SIZE),
                            &bytes) &&
        sum + bytes >= sum) {
      sum += bytes;
      ++sized;
    }
  }
  if (!files) {
    return;
  }
  crate_buffer_print(page->buffer,
                     "<tr><th scope=\"row\">Size</th><td>%zu file%s", files,
                     files == 1u ? "" : "s");
  if (sized) {
    crate_buffer_add_string(page->buffer, ", ");
    crate_page_bytes(page->buffer, sum);
    crate_buffer_add_string(
      page->buffer, sized < files ? " of those whose size is said" : "");
  }
  crate_buffer_add_string(page->buffer, "</td></tr>\n");
}

/// "Authors (year): Name. Publisher. Identifier": the crate's own words where
/// it says how to cite it.
static CrateStatus
write_citation(const CratePage *page)
{
  CrateBuffer *const buffer = page->buffer;
  const CrateBook *const book = page->book;
  const CrateText own = crate_book_words(book, book->root, CRATE_WORD_CITATION);
  const CrateText author =
    crate_book_words(book, book->root, CRATE_WORD_AUTHOR);
  const CrateText date =
    crate_book_words(book, book->root, CRATE_WORD_PUBLISHED);
  const CrateText ends[] = {
    crate_book_words(book, book->root, CRATE_WORD_PUBLISHER),
    crate_book_words(book, book->root, CRATE_WORD_IDENTIFIER)};
  if (!own.size && (!author.size || date.size < 4u)) {
    return CRATE_OK;
  }
  crate_buffer_add_string(buffer, "<p class=\"cite\">Cite as: ");
  if (own.size) {
    crate_page_text(buffer, own);
  } else {
    crate_page_name(buffer, author);
    const bool more = crate_book_has_many(book, book->root, CRATE_WORD_AUTHOR);
    crate_buffer_add_string(buffer, more ? " et al. (" : " (");
    crate_page_name(buffer, crate_text_cut(date, 4));
    crate_buffer_add_string(buffer, "): ");
    crate_page_name(buffer, title_of(book));
    for (size_t i = 0; i < 2u; ++i) {
      crate_buffer_add_string(buffer, ends[i].size ? ". " : "");
      crate_page_name(buffer, ends[i]);
    }
    crate_buffer_add_byte(buffer, '.');
  }
  crate_buffer_add_string(buffer, "</p>\n");
  return CRATE_OK;
}

/// What a summary says, and of whom.
static const struct {
  CrateWord word;
  const char *label;
  bool is_party;
} facts[] = {
  {CRATE_WORD_IDENTIFIER, "Identifier", false},
  {CRATE_WORD_AUTHOR, "Authors", true},
  {CRATE_WORD_PUBLISHER, "Publisher", true},
  {CRATE_WORD_FUNDER, "Funder", true},
  {CRATE_WORD_LICENSE, "Licence", false},
  {CRATE_WORD_PUBLISHED, "Published", false},
  {CRATE_WORD_CREATED, "Created", false},
  {CRATE_WORD_MODIFIED, "Modified", false},
  {CRATE_WORD_VERSION, "Version", false},
  {CRATE_WORD_KEYWORDS, "Keywords", false},
  {CRATE_WORD_URL, "Web page", false},
  {CRATE_WORD_CONFORMS_TO, "Conforms to", false},
};

static CrateStatus
write_facts(const CratePage *page)
{
  CrateBuffer *const buffer = page->buffer;
  const uint32_t root = page->book->root;
  crate_buffer_add_string(buffer, "<table class=\"cards\" "
                                  "aria-labelledby=\"summary\">\n<tbody>\n");
  for (size_t i = 0; i < sizeof facts / sizeof *facts; ++i) {
    if (!crate_book_get(page->book, root, facts[i].word)) {
      continue;
    }
    crate_buffer_print(buffer, "<tr><th scope=\"row\">%s</th><td>",
                       facts[i].label);
    CRATE_TRY(facts[i].is_party ? write_parties(page, facts[i].word)
                                : crate_page_word(page, root, facts[i].word));
    crate_buffer_add_string(buffer, "</td></tr>\n");
  }
  write_extent(page);
  crate_buffer_add_string(buffer, "</tbody>\n</table>\n");
  return CRATE_OK;
}

CrateStatus
crate_page_summary(const CratePage *page)
{
  CrateBuffer *const buffer = page->buffer;
  const CrateBook *const book = page->book;
  crate_buffer_add_string(buffer, "<header>\n<h1>");
  crate_page_name(buffer, title_of(book));
  crate_buffer_add_string(buffer, "</h1>\n");
  if (book->root != CRATE_NO_ENTRY &&
      crate_book_get(book, book->root, CRATE_WORD_DESCRIPTION)) {
    crate_buffer_add_string(buffer, "<div class=\"lead\">");
    CRATE_TRY(crate_page_word(page, book->root, CRATE_WORD_DESCRIPTION));
    crate_buffer_add_string(buffer, "</div>\n");
  }
  crate_buffer_add_string(buffer, "</header>\n");
  return CRATE_OK;
}

/// Where the page leads: only what is there.
static CrateStatus
write_navigation(const CratePage *page, bool has_metrics)
{
  CrateBuffer *const buffer = page->buffer;
  bool has_data = false;
  for (uint32_t i = 0; i < page->book->entry_count && !has_data; ++i) {
    has_data = crate_page_is_data(page->book, i);
  }
  const struct {
    bool there;
    const char *anchor, *label;
  } ways[] = {
    {page->book->root != CRATE_NO_ENTRY, "summary", "Summary"},
    {has_data, "data", "Data"},
    {has_metrics, "metrics", "Metrics"},
    {page->provenance->node_count > 0, "provenance", "Provenance"},
    {true, "entities", "All that is described"},
  };
  crate_buffer_add_string(buffer, "<nav aria-label=\"Sections\">\n<ul>\n");
  for (size_t i = 0; i < sizeof ways / sizeof *ways; ++i) {
    if (ways[i].there) {
      crate_buffer_print(buffer, "<li><a href=\"#%s\">%s</a></li>\n",
                         ways[i].anchor, ways[i].label);
    }
  }
  crate_buffer_add_string(buffer, "</ul>\n</nav>\n");
  return CRATE_OK;
}

static CrateStatus
write_main(const CratePage *page)
{
  CrateBuffer *const buffer = page->buffer;
  crate_buffer_add_string(buffer, "<main id=\"main\">\n");
  if (page->book->root != CRATE_NO_ENTRY) {
    crate_buffer_add_string(buffer, "<section aria-labelledby=\"summary\">\n"
                                    "<h2 id=\"summary\">Summary</h2>\n");
    CRATE_TRY(write_facts(page));
    CRATE_TRY(write_citation(page));
    crate_buffer_add_string(buffer, "</section>\n");
  }
  CRATE_TRY(crate_page_data(page));
  CRATE_TRY(crate_page_metrics(page));
  CRATE_TRY(crate_page_provenance(page));
  CRATE_TRY(crate_page_entities(page));
  crate_buffer_add_string(buffer, "</main>\n");
  return CRATE_OK;
}

/// Whether there will be a section of metrics.
static CrateStatus
look_for_metrics(const CrateBook *book, bool *out)
{
  CrateArena arena;
  CrateMetric *metrics;
  size_t count;
  crate_arena_init(&arena, book->world);
  const CrateStatus status = crate_book_metrics(book, &arena, &metrics, &count);
  *out = count > 0;
  crate_arena_clear(&arena);
  return status;
}

CrateStatus
crate_page_write(const CratePage *page)
{
  CrateBuffer *const buffer = page->buffer;
  bool has_metrics = false;
  CRATE_TRY(look_for_metrics(page->book, &has_metrics));
  CRATE_TRY(write_head(page));
  crate_buffer_add_string(
    buffer, "<body>\n<a class=\"skip\" href=\"#main\">To the content</a>\n");
  CRATE_TRY(crate_page_summary(page));
  CRATE_TRY(write_navigation(page, has_metrics));
  CRATE_TRY(write_main(page));
  crate_buffer_add_string(
    buffer, "<footer>Made from the metadata of the crate, which are in this "
            "page, too, for programs to read.</footer>\n</body>\n</html>\n");
  return CRATE_OK;
}
