// SPDX-License-Identifier: Apache-2.0
#include "jsonld/processor.h"

void
crate_processor_init(CrateProcessor *p,
                     const CrateJsonDocument *document,
                     CrateLibrary *library,
                     const CrateJsonldOptions *options)
{
  *p = (CrateProcessor){.world = document->world, .library = library};
  if (options) {
    p->options = *options;
  }
  p->source = (CrateSource){p->options.base, document->name, document};
  crate_arena_init(&p->arena, p->world);
  p->output = &p->arena;
}

void
crate_processor_clear(CrateProcessor *p)
{
  crate_arena_clear(&p->arena);
}

CrateName *
crate_processor_name(CrateProcessor *p, CrateText text)
{
  CrateTableSlot *const slot = crate_table_put(&p->names, &p->arena, text);
  if (!slot || slot->value) {
    return slot ? slot->value : NULL;
  }
  CrateName *const name = crate_arena_array(&p->arena, 1, sizeof *name);
  if (name) {
    name->text = text;
    name->keyword = crate_keyword_of(text);
    slot->value = name;
  }
  return name;
}

CrateStatus
crate_processor_out_of_memory(const CrateProcessor *p)
{
  const CrateStatus status = crate_arena_status(&p->arena);
  return status == CRATE_OVER_LIMIT ? status : crate_arena_status(p->output);
}

CrateStatus
crate_processor_descend(CrateProcessor *p,
                        const CrateSource *source,
                        uint32_t offset)
{
  if (p->depth < p->world->limits.depth) {
    ++p->depth;
    return CRATE_OK;
  }
  CrateDiagnostic place = {0};
  return crate_world_say(
    p->world, CRATE_OVER_LIMIT,
    crate_processor_place(p, source, offset, "too-deep", &place),
    "nested deeper than %u levels", (unsigned)p->world->limits.depth);
}

const CrateDiagnostic *
crate_processor_place(const CrateProcessor *p,
                      const CrateSource *source,
                      uint32_t offset,
                      const char *code,
                      CrateDiagnostic *place)
{
  *place = (CrateDiagnostic){
    .level = CRATE_DIAGNOSTIC_ERROR,
    .file = source->name,
    // JSON-LD API 4.2.2, step 21.3: whatever is wrong inside.
    .code = crate_text(p->scoped ? "invalid-scoped-context" : code),
  };
  if (source->document && offset != CRATE_JSON_NOWHERE) {
    const CratePlace at = crate_json_place(source->document, offset);
    place->line = at.line;
    place->column = at.column;
  }
  return place;
}
