// SPDX-License-Identifier: Apache-2.0
/// @file Provenance, drawn.
///
/// As the working group of PROV drew it: entities are yellow and round,
/// activities blue boxes, agents orange houses; arrows point back in time.
#ifndef CRATE_CONVERT_PAGES_DRAWING_H
#define CRATE_CONVERT_PAGES_DRAWING_H
#include "convert/pages/provenance.h"
#include <cratekit/buffer.h>

/// Nodes that a drawing has at most: more nobody can read.
#define CRATE_DRAWING_NODES 400u

/// In the language of Graphviz.
void crate_provenance_dot(CrateBuffer *buffer,
                          const CrateProvenance *provenance);

/**
   As an SVG element, laid out by ourselves.

   @param alone Whether it is a document of its own, with its own style, rather
   than part of a page that has one.
*/
CRATE_NODISCARD CrateStatus
crate_provenance_svg(CrateBuffer *buffer,
                     const CrateProvenance *provenance,
                     bool alone);

#endif // CRATE_CONVERT_PAGES_DRAWING_H
