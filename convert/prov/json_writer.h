// SPDX-License-Identifier: Apache-2.0
/// @file What writers of PROV-JSON and PROV-JSONLD share.
#ifndef CRATE_PROV_JSON_WRITER_H
#define CRATE_PROV_JSON_WRITER_H
#include "convert/prov/naming.h"

typedef struct CrateProvJsonWriter {
  CrateProvNaming naming;
  const CrateTerms *terms;
  CrateBuffer *buffer;
  CrateBuffer name;  ///< One in the making.
  CrateTerm integer; ///< xsd:int
  size_t labels;     ///< Given to statements without identifier.
  unsigned level;    ///< Of indentation.
} CrateProvJsonWriter;

/// Sort and name a document.
CRATE_NODISCARD CrateStatus crate_prov_json_writer_init(CrateProvJsonWriter *w,
                                                        CrateProv *document,
                                                        CrateBuffer *buffer);

void crate_prov_json_writer_clear(CrateProvJsonWriter *w);

/// A comma, or what else comes before, and a new line.
void crate_prov_json_line(const CrateProvJsonWriter *w, const char *before);

/// Open and close a bracket, one level deeper.
void crate_prov_json_open(CrateProvJsonWriter *w, char bracket);
void crate_prov_json_close(CrateProvJsonWriter *w, char bracket);

/// A qualified name, or "_:" and a label, in quotes.
void crate_prov_json_write_name(CrateProvJsonWriter *w, CrateTerm term);

#endif // CRATE_PROV_JSON_WRITER_H
