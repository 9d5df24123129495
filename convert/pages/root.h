// SPDX-License-Identifier: Apache-2.0
/// @file What is found out about a book once its entries are known.
#ifndef CRATE_CONVERT_PAGES_ROOT_H
#define CRATE_CONVERT_PAGES_ROOT_H
#include "convert/pages/book.h"

/// What the document is about: what RO-Crate's descriptor says, else the first
/// data set or model, else the first entry that has a name.
void crate_book_find_root(CrateBook *book);

/// Names for fragments: letters and digits of the id; a number where another
/// entry has taken it.
CRATE_NODISCARD CrateStatus crate_book_name_anchors(CrateBook *book);

/// Who refers to whom, grouped by target.
CRATE_NODISCARD CrateStatus crate_book_find_uses(CrateBook *book);

#endif // CRATE_CONVERT_PAGES_ROOT_H
