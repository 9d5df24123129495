// SPDX-License-Identifier: Apache-2.0
/// @file The parts of a crate's page, each in a file of its own.
#ifndef CRATE_CONVERT_PAGES_HTML_H
#define CRATE_CONVERT_PAGES_HTML_H
#include "convert/pages/book.h"
#include "convert/pages/provenance.h"
#include <cratekit/buffer.h>

/// What a page shows of many: the rest is counted, or listed.
enum {
  CRATE_PAGE_SECTIONS = 2000, ///< Entities with a section of their own.
  CRATE_PAGE_ROWS = 1000,     ///< Rows of a table.
  CRATE_PAGE_VALUES = 100,    ///< Values of one property.
  CRATE_PAGE_USES = 50,       ///< Of one entity.
  CRATE_PAGE_NODES = 150,     ///< Of the drawing of the provenance.
};

typedef struct CratePage {
  CrateBuffer *buffer;
  const CrateBook *book;
  const CrateProvenance *provenance; ///< Its nodes link to the page.
} CratePage;

/// The whole page.
CRATE_NODISCARD CrateStatus crate_page_write(const CratePage *page);

/// A link to an entry's section, with its name.
void crate_page_entry(const CratePage *page, uint32_t entry);

/// A text as a link, where it can be one; else as it is.
void crate_page_link(CrateBuffer *buffer, CrateText target, CrateText text);

/// An @id, linked to the file or page that it is the place of. Outside of
/// RO-Crate a relative one is no path.
void crate_page_place(const CratePage *page, CrateText id);

/// A property's or a class's name as written, linked to what defines it.
void crate_page_term(const CratePage *page, CrateText name, CrateText iri);

/// All classes of an entry, as written.
CRATE_NODISCARD CrateStatus crate_page_types(const CratePage *page,
                                             uint32_t entry);

/// All values of a member, as text, links and lists.
CRATE_NODISCARD CrateStatus crate_page_values(const CratePage *page,
                                              const CrateBookKey *key,
                                              const CrateJson *value);

/// All values of a word, one after the other; nothing where there is none.
CRATE_NODISCARD CrateStatus crate_page_word(const CratePage *page,
                                            uint32_t entry,
                                            CrateWord word);

/// "1.2 kB" of a number of bytes, the text as it is otherwise.
void crate_page_size(CrateBuffer *buffer, CrateText text);

/// Bytes as a person reads them.
void crate_page_bytes(CrateBuffer *buffer, uint64_t bytes);

/// A whole number of bytes, at most 18 digits; " B" may follow.
bool crate_page_is_count(CrateText text, uint64_t *out);

/// Whether an entry is a file or a folder of data, not the whole or a
/// contextual thing.
bool crate_page_is_data(const CrateBook *book, uint32_t entry);

/// Sections; nothing where there is nothing to show.
CRATE_NODISCARD CrateStatus crate_page_summary(const CratePage *page);
CRATE_NODISCARD CrateStatus crate_page_data(const CratePage *page);
CRATE_NODISCARD CrateStatus crate_page_metrics(const CratePage *page);
CRATE_NODISCARD CrateStatus crate_page_provenance(const CratePage *page);
CRATE_NODISCARD CrateStatus crate_page_entities(const CratePage *page);

#endif // CRATE_CONVERT_PAGES_HTML_H
