// SPDX-License-Identifier: Apache-2.0
// Values: texts, links, lists, and what has no section of its own.
#include "convert/pages/html.h"
#include "convert/pages/text.h"
#include "validate/report_escape.h"

/// Things without a name or an @id are shown where they are referred to, so
/// deep.
#define MOST_DEPTH 8u

/// Members of a thing without a name that are shown beside its link, where it
/// is not referred to so often that a page would be full of it.
#define MOST_BESIDE 6u
#define MOST_TIMES 10u

/// The values of one member, while they are written.
typedef struct Writing {
  const CratePage *page;
  const CrateBookKey *key;
  size_t count, written;
  unsigned depth;
} Writing;

void
crate_page_link(CrateBuffer *buffer, CrateText target, CrateText text)
{
  if (!crate_page_is_link(target)) {
    crate_page_name(buffer, text);
    return;
  }
  crate_buffer_add_string(buffer, "<a rel=\"nofollow\" href=\"");
  crate_page_href(buffer, target);
  crate_buffer_add_string(buffer, "\">");
  crate_page_name(buffer, text);
  crate_buffer_add_string(buffer, "</a>");
}

void
crate_page_place(const CratePage *page, CrateText id)
{
  const bool is_place =
    page->book->descriptor != CRATE_NO_ENTRY || crate_is_link(id);
  crate_page_link(page->buffer, is_place ? id : (CrateText){NULL, 0}, id);
}

void
crate_page_term(const CratePage *page, CrateText name, CrateText iri)
{
  const uint32_t entry = crate_book_find(page->book, iri);
  const CrateText same =
    crate_book_id(crate_book_get(page->book, entry, CRATE_WORD_SAME_AS));
  const CrateText target = crate_is_link(same) ? same : iri; // RO-Crate: MUST
  crate_page_link(page->buffer,
                  crate_is_link(target) ? target : (CrateText){NULL, 0}, name);
}

void
crate_page_entry(const CratePage *page, uint32_t entry)
{
  crate_buffer_add_string(page->buffer, "<a href=\"#");
  crate_buffer_add(page->buffer, page->book->entries[entry].anchor);
  crate_buffer_add_string(page->buffer, "\">");
  crate_page_name(page->buffer, crate_book_name(page->book, entry));
  crate_buffer_add_string(page->buffer, "</a>");
}

static CrateStatus
write_type(void *handle, const CrateJson *type)
{
  Writing *const writing = handle;
  const CratePage *const page = writing->page;
  CrateKeyKind kind;
  CrateText iri = {NULL, 0};
  const CrateText name = crate_book_text(type);
  if (!name.size) {
    return CRATE_OK;
  }
  CRATE_TRY(crate_context_key(page->book->context, name, &kind, &iri));
  crate_buffer_add_string(page->buffer, writing->written++ ? ", " : "");
  const bool defined = kind != CRATE_KEY_UNDEFINED && kind != CRATE_KEY_NULL;
  crate_page_term(page, name, defined ? iri : (CrateText){NULL, 0});
  return CRATE_OK;
}

CrateStatus
crate_page_types(const CratePage *page, uint32_t entry)
{
  const CrateBook *const book = page->book;
  Writing writing = {.page = page};
  for (uint32_t part = book->entries[entry].first_part; part != CRATE_NO_ENTRY;
       part = book->parts[part].next) {
    const CrateJson *const types =
      crate_json_get(book->parts[part].object, CRATE_TEXT("@type"));
    CRATE_TRY(types ? crate_book_each(types, write_type, &writing) : CRATE_OK);
  }
  return CRATE_OK;
}

/// A language tag, where it is one: BCP 47 has letters, digits and hyphens.
static bool
is_tag(CrateText tag)
{
  for (size_t i = 0; i < tag.size; ++i) {
    const char c = tag.data[i];
    if (!((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
          (c >= '0' && c <= '9') || c == '-')) {
      return false;
    }
  }
  return tag.size > 0 && tag.size < 36u;
}

/// A text, in its language, as a link where it is one.
static void
write_text(const Writing *writing, const CrateJson *value)
{
  CrateBuffer *const buffer = writing->page->buffer;
  const CrateText text = crate_book_text(value);
  const CrateJson *const language =
    crate_json_get(value, CRATE_TEXT("@language"));
  const bool tagged = crate_json_is(language, CRATE_JSON_STRING) &&
                      is_tag(crate_json_text(language));
  if (crate_is_link(text) && !memchr(text.data, ' ', text.size) &&
      !memchr(text.data, '\n', text.size)) {
    crate_page_link(buffer, text, text);
    return;
  }
  if (tagged) {
    crate_buffer_add_string(buffer, "<span lang=\"");
    crate_buffer_add(buffer, crate_json_text(language));
    crate_buffer_add_string(buffer, "\">");
  }
  crate_page_text(buffer, text);
  crate_buffer_add_string(buffer, tagged ? "</span>" : "");
}

/// JSON as it is: data, or what should not be there.
static CrateStatus
write_json(const Writing *writing, const CrateJson *value)
{
  CrateBuffer text;
  crate_buffer_init(&text, writing->page->book->world);
  crate_json_write(&text, value, 0);
  crate_buffer_add_string(writing->page->buffer, "<code>");
  crate_page_text(writing->page->buffer, crate_buffer_text(&text));
  crate_buffer_add_string(writing->page->buffer, "</code>");
  const CrateStatus status = crate_buffer_status(&text);
  crate_buffer_clear(&text);
  return status;
}

static CrateStatus write_member(const Writing *outer,
                                const CrateBookKey *key,
                                const CrateJson *value);

static CrateStatus
write_named(const Writing *writing,
            const CrateBookKey *known,
            const CrateJson *key,
            bool first)
{
  CrateBuffer *const buffer = writing->page->buffer;
  crate_buffer_add_string(buffer, first ? "<dl><dt>" : "<dt>");
  crate_page_term(writing->page, crate_json_text(key), known->iri);
  crate_buffer_add_string(buffer, "</dt><dd>");
  CRATE_TRY(write_member(writing, known, key->next));
  crate_buffer_add_string(buffer, "</dd>");
  return CRATE_OK;
}

/// The members of an object, in place; of one that has a section of its own
/// only the first texts.
static CrateStatus
write_members(const Writing *writing, const CrateJson *object, bool has_section)
{
  size_t looked = 0;
  size_t written = 0;
  for (const CrateJson *key = crate_json_first_key(object); key;
       key = crate_json_next_key(key)) {
    const CrateBookKey *const known = crate_book_key(writing->page->book, key);
    if (has_section && ++looked > 2u * MOST_BESIDE) {
      break;
    }
    if (known && (!has_section || key->next->kind < CRATE_JSON_ARRAY)) {
      CRATE_TRY(write_named(writing, known, key, !written++));
    }
  }
  crate_buffer_add_string(writing->page->buffer, written ? "</dl>" : "");
  return CRATE_OK;
}

/// A reference to an entry; what has no name says what it is at once.
static CrateStatus
write_reference(const Writing *writing, uint32_t target)
{
  const CrateBook *const book = writing->page->book;
  const CrateEntry *const entry = &book->entries[target];
  crate_page_entry(writing->page, target);
  return entry->name.size || writing->depth || entry->use_count > MOST_TIMES
           ? CRATE_OK
           : write_members(writing, book->parts[entry->first_part].object,
                           true);
}

static CrateStatus
write_node(const Writing *writing, const CrateJson *value)
{
  CrateBuffer *const buffer = writing->page->buffer;
  const uint32_t target = crate_book_target(writing->page->book, value);
  const CrateText id = crate_book_id(value);
  if (target != CRATE_NO_ENTRY) {
    return write_reference(writing, target);
  }
  if (id.size) {
    crate_buffer_add_string(buffer, "<code>");
    crate_page_place(writing->page, id);
    crate_buffer_add_string(buffer, "</code>");
    return CRATE_OK;
  }
  return writing->depth < MOST_DEPTH ? write_members(writing, value, false)
                                     : write_json(writing, value);
}

static CrateStatus
write_value(const Writing *writing, const CrateJson *value)
{
  const bool is_object = crate_json_is(value, CRATE_JSON_OBJECT);
  if (writing->key->is_json || (is_object && !crate_book_is_node(value) &&
                                !crate_book_text(value).data)) {
    return write_json(writing, value);
  }
  if (is_object && crate_book_is_node(value)) {
    return write_node(writing, value);
  }
  write_text(writing, value);
  return CRATE_OK;
}

static CrateStatus
count_value(void *handle, const CrateJson *value)
{
  Writing *const writing = handle;
  (void)value;
  ++writing->count;
  return CRATE_OK;
}

static CrateStatus
write_item(void *handle, const CrateJson *value)
{
  Writing *const writing = handle;
  CrateBuffer *const buffer = writing->page->buffer;
  if (writing->written++ >= CRATE_PAGE_VALUES) {
    return CRATE_OK;
  }
  crate_buffer_add_string(buffer, writing->count > 1u ? "<li>" : "");
  CRATE_TRY(write_value(writing, value));
  crate_buffer_add_string(buffer, writing->count > 1u ? "</li>" : "");
  crate_buffer_drain(buffer);
  return CRATE_OK;
}

static CrateStatus
write_member(const Writing *outer,
             const CrateBookKey *key,
             const CrateJson *value)
{
  CrateBuffer *const buffer = outer->page->buffer;
  Writing writing = {
    .page = outer->page, .key = key, .depth = outer->depth + 1};
  if (key->is_json) {
    return write_json(&writing, value);
  }
  CRATE_TRY(crate_book_each(value, count_value, &writing));
  crate_buffer_add_string(buffer, writing.count > 1u ? "<ul>" : "");
  CRATE_TRY(crate_book_each(value, write_item, &writing));
  if (writing.count > CRATE_PAGE_VALUES) {
    crate_buffer_print(buffer, "<li><em>and %zu more</em></li>",
                       writing.count - CRATE_PAGE_VALUES);
  }
  crate_buffer_add_string(buffer, writing.count > 1u ? "</ul>" : "");
  return CRATE_OK;
}

CrateStatus
crate_page_values(const CratePage *page,
                  const CrateBookKey *key,
                  const CrateJson *value)
{
  // The outermost values are at depth 0.
  const Writing outside = {.page = page, .depth = UINT32_MAX};
  return write_member(&outside, key, value);
}

CrateStatus
crate_page_word(const CratePage *page, uint32_t entry, CrateWord word)
{
  const CrateBook *const book = page->book;
  for (uint32_t part = book->entries[entry].first_part; part != CRATE_NO_ENTRY;
       part = book->parts[part].next) {
    for (const CrateJson *key = crate_json_first_key(book->parts[part].object);
         key; key = crate_json_next_key(key)) {
      const CrateBookKey *const known = crate_book_key(book, key);
      if (known && known->word == word) {
        CRATE_TRY(crate_page_values(page, known, key->next));
      }
    }
  }
  return CRATE_OK;
}
