// SPDX-License-Identifier: Apache-2.0
/// @file A model's or a data set's card, in Markdown.
#ifndef CRATE_CONVERT_PAGES_CARD_H
#define CRATE_CONVERT_PAGES_CARD_H
#include "convert/pages/book.h"
#include "convert/pages/provenance.h"
#include <cratekit/buffer.h>

/// Of the first model, else of the root. Only what the document says; what a
/// card is expected to say and it does not is "not stated".
CRATE_NODISCARD CrateStatus crate_card_write(CrateBuffer *buffer,
                                             const CrateBook *book,
                                             const CrateProvenance *provenance);

#endif // CRATE_CONVERT_PAGES_CARD_H
