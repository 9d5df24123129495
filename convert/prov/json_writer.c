// SPDX-License-Identifier: Apache-2.0
#include "convert/prov/json_writer.h"

CrateStatus
crate_prov_json_writer_init(CrateProvJsonWriter *w,
                            CrateProv *document,
                            CrateBuffer *buffer)
{
  *w =
    (CrateProvJsonWriter){.terms = document->terms,
                          .buffer = buffer,
                          .integer = crate_terms_find_iri(
                            document->terms, CRATE_TEXT(CRATE_PROV_XSD "int"))};
  crate_buffer_init(&w->name, document->world);
  return crate_prov_naming_init(&w->naming, document,
                                crate_prov_local_notation);
}

void
crate_prov_json_writer_clear(CrateProvJsonWriter *w)
{
  crate_prov_naming_clear(&w->naming);
  crate_buffer_clear(&w->name);
}

void
crate_prov_json_line(const CrateProvJsonWriter *w, const char *before)
{
  crate_buffer_add_string(w->buffer, before);
  crate_buffer_print(w->buffer, "\n%*s", (int)(2 * w->level), "");
}

void
crate_prov_json_open(CrateProvJsonWriter *w, char bracket)
{
  crate_buffer_add_byte(w->buffer, bracket);
  ++w->level;
}

void
crate_prov_json_close(CrateProvJsonWriter *w, char bracket)
{
  --w->level;
  crate_prov_json_line(w, "");
  crate_buffer_add_byte(w->buffer, bracket);
}

void
crate_prov_json_write_name(CrateProvJsonWriter *w, CrateTerm term)
{
  w->name.size = 0;
  if (crate_terms_kind(w->terms, term) == CRATE_TERM_BLANK) {
    crate_buffer_print(&w->name, "_:b%u", w->naming.uses[term].rank);
  } else {
    CrateText prefix, local;
    crate_prov_naming_split(&w->naming, term, &prefix, &local);
    crate_buffer_add(&w->name, prefix);
    crate_buffer_add_byte(&w->name, ':');
    crate_buffer_add(&w->name, local);
  }
  crate_json_write_string(w->buffer, crate_buffer_text(&w->name));
}
