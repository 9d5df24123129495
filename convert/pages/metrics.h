// SPDX-License-Identifier: Apache-2.0
/// @file Numbers that evaluations came to.
#ifndef CRATE_CONVERT_PAGES_METRICS_H
#define CRATE_CONVERT_PAGES_METRICS_H
#include "convert/pages/book.h"

/// One result of an evaluation of FAIR4ML or of an action.
typedef struct CrateMetric {
  uint32_t source; ///< Entry: whose result it is.
  CrateText name;  ///< "accuracy"; perhaps empty.
  CrateText value; ///< As written.
  CrateText unit;  ///< Perhaps empty.
  bool is_number;  ///< A finite one:
  double number;
} CrateMetric;

/// All of them, those of one source together, in the order of the document.
CRATE_NODISCARD CrateStatus crate_book_metrics(const CrateBook *book,
                                               CrateArena *arena,
                                               CrateMetric **out,
                                               size_t *count);

#endif // CRATE_CONVERT_PAGES_METRICS_H
