// SPDX-License-Identifier: Apache-2.0
#include "crate/document.h"

static CrateStatus
make_base(CrateDocument *document, CrateText path)
{
  CrateText copy;
  CRATE_TRY(crate_arena_copy(&document->arena, path, &copy));
  CrateBuffer iri;
  crate_buffer_init(&iri, document->arena.world);
  crate_file_iri(&iri, copy.data, (CrateText){NULL, 0});
  CrateStatus st = crate_buffer_status(&iri);
  if (!st) {
    st = crate_arena_copy(&document->arena, crate_buffer_text(&iri),
                          &document->base);
  }
  crate_buffer_clear(&iri);
  return st;
}

static CrateStatus
read_bytes(const CrateWorld *world,
           CrateLibrary *library,
           CrateText path,
           CrateGraph *graph,
           CrateDocument *document)
{
  const CrateText bytes = crate_file_text(&document->file);
  const CrateSyntax syntax = crate_syntax_of(path);
  if (syntax != CRATE_SYNTAX_JSONLD) {
    return crate_rdf_read(graph, syntax, path, document->base, bytes);
  }
  const CrateJsonldOptions options = {.base = document->base};
  CRATE_TRY(crate_json_read(world, path, bytes, &document->json));
  return crate_jsonld_read(&document->json, library, &options, graph);
}

CrateStatus
crate_document_read(const CrateWorld *world,
                    CrateLibrary *library,
                    CrateText path,
                    CrateText base,
                    CrateGraph *graph,
                    CrateDocument *out)
{
  *out = (CrateDocument){.base = base};
  crate_arena_init(&out->arena, world);
  const CrateSyntax syntax = crate_syntax_of(path);
  if (!syntax || syntax == CRATE_SYNTAX_HTML) {
    const CrateDiagnostic where = {.file = path,
                                   .code = CRATE_TEXT("unknown-syntax")};
    return crate_world_say(world, CRATE_UNSUPPORTED, &where,
                           "the name's ending tells no RDF syntax; expected "
                           ".ttl, .nt, .nq, .trig, .rdf, .json or .jsonld");
  }
  if (!base.size) {
    CRATE_TRY(make_base(out, path));
  }
  CRATE_TRY(crate_file_read(world, path, &out->file));
  return read_bytes(world, library, path, graph, out);
}

void
crate_document_clear(CrateDocument *document)
{
  if (document->arena.world) {
    crate_json_clear(&document->json);
    crate_file_clear(&document->file);
    crate_arena_clear(&document->arena);
  }
}
