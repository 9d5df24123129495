// SPDX-License-Identifier: Apache-2.0
/// @file The fixed part of a crate's page, embedded when built.
#ifndef CRATE_CONVERT_PAGES_PAGE_HEAD_H
#define CRATE_CONVERT_PAGES_PAGE_HEAD_H
#include <cratekit/text.h>

/// From the first byte into the head: a title may follow.
CrateText crate_book_page_head(void);

#endif // CRATE_CONVERT_PAGES_PAGE_HEAD_H
