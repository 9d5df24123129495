// SPDX-License-Identifier: Apache-2.0
/// @file The fixed parts of the report as a web page, embedded when built.
#ifndef CRATE_VALIDATE_HTML_PAGE_H
#define CRATE_VALIDATE_HTML_PAGE_H
#include <cratekit/text.h>

/// From the first byte into the head: a title may follow.
CrateText crate_page_head(void);

/// The script, to the last byte.
CrateText crate_page_tail(void);

#endif // CRATE_VALIDATE_HTML_PAGE_H
