// SPDX-License-Identifier: Apache-2.0
/// @file The tags of a web page, as far as metadata needs them.
#ifndef CRATE_PACKAGE_PAGE_H
#define CRATE_PACKAGE_PAGE_H
#include <cratekit/text.h>

/// A start tag. Attributes as they stand, `data` NULL when absent.
typedef struct CratePageTag {
  CrateText name, type, id, href;
  CrateText raw; ///< What is in an element whose text is no markup.
} CratePageTag;

/// Step over the next start tag of a page; false at its end. Linear.
CRATE_API bool crate_page_next(CrateText *page, CratePageTag *tag);

/// Whether it is a <script> of JSON-LD.
CRATE_API bool crate_page_is_jsonld(const CratePageTag *tag);

#endif // CRATE_PACKAGE_PAGE_H
