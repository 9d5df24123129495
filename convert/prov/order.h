// SPDX-License-Identifier: Apache-2.0
/// @file The order in which a document is written.
#ifndef CRATE_PROV_ORDER_H
#define CRATE_PROV_ORDER_H
#include "convert/prov/naming.h"

/// Rank the terms that a document uses, by kind and text.
CRATE_NODISCARD CrateStatus crate_prov_order_terms(CrateProvNaming *naming);

/// Sort statements by bundle, kind, name and arguments, and the attributes of
/// each by name and value. Needs the ranks.
void crate_prov_order_records(CrateProvNaming *naming);

#endif // CRATE_PROV_ORDER_H
