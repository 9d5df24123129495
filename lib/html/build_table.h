// SPDX-License-Identifier: Apache-2.0
/// @file Tables in a page's tree, and what they need of the rest of it.
#ifndef CRATE_HTML_BUILD_TABLE_H
#define CRATE_HTML_BUILD_TABLE_H
#include "html/build.h"

/// Close elements until so many are left.
void crate_html_pop_to(CrateHtmlBuilder *builder, size_t count);

/// How many elements are open up to the nearest one of that name; 0 when there
/// is none, or something with one of the traits before it.
size_t crate_html_find_open(const CrateHtmlBuilder *builder,
                            CrateText name,
                            CrateHtmlTraits walls);

/// Open an element that the page left out.
CRATE_NODISCARD CrateStatus crate_html_open_implied(CrateHtmlBuilder *builder,
                                                    const char *name,
                                                    const char *at,
                                                    CrateHtml **out);

/// Close and open what a part of a table asks for. `*ignored` when there is no
/// table.
CRATE_NODISCARD CrateStatus
crate_html_make_way_in_table(CrateHtmlBuilder *builder,
                             const char *at,
                             const CrateHtml *part,
                             bool *ignored);

/// A table ends the one that it would be a part of.
void crate_html_leave_table(CrateHtmlBuilder *builder,
                            const CrateHtml *element);

/// The end tag of a table or a part of one.
void crate_html_close_in_table(CrateHtmlBuilder *builder, CrateText name);

#endif // CRATE_HTML_BUILD_TABLE_H
