// SPDX-License-Identifier: Apache-2.0
// Whom a finding is about, in words for a person: documents that nest their
// nodes leave many of them without an @id.
#include "validate/verdict.h"

/// Longest name that is shown.
#define LONGEST_NAME 80u

/// The nearest object around that has an @id; NULL when there is none.
static const CrateEntity *
named_around(const CrateView *view, const CrateEntity *entity)
{
  while (entity && !entity->id.size) {
    entity = entity->parent ? &view->entities[entity->parent - 1u] : NULL;
  }
  return entity;
}

/// "/field/0/source" as "field[0].source".
static void
write_steps(CrateBuffer *out, CrateText pointer)
{
  bool first = true;
  while (pointer.size) {
    pointer = crate_text_slice(pointer, 1, pointer.size);
    const size_t end = crate_text_find(pointer, '/');
    const CrateText step = crate_text_slice(pointer, 0, end);
    pointer = crate_text_slice(pointer, end, pointer.size);
    const bool index =
      step.size && step.data[0] >= '0' && step.data[0] <= '9' && !first;
    crate_buffer_print(out,
                       index   ? "[%.*s]"
                       : first ? "%.*s"
                               : ".%.*s",
                       CRATE_TEXT_ARG(step));
    first = false;
  }
}

static void
write_name(CrateBuffer *out, const CrateEntity *entity)
{
  const CrateJson *const name =
    crate_json_get(entity->json, CRATE_TEXT("name"));
  CrateText text = crate_json_is(name, CRATE_JSON_STRING)
                     ? crate_text_slice(crate_json_text(name), 0, LONGEST_NAME)
                     : (CrateText){NULL, 0};
  text.size = crate_text_utf8_span(text);
  if (text.size) {
    crate_buffer_print(out, out->size ? " \"%.*s\"" : "\"%.*s\"",
                       CRATE_TEXT_ARG(text));
  }
}

/// The way from the nearest object with an @id, or from the top.
static CrateStatus
write_about(CrateCollector *collector,
            const CrateEntity *entity,
            CrateBuffer *out)
{
  const CrateEntity *const named = named_around(collector->view, entity);
  CrateBuffer way;
  crate_buffer_init(&way, collector->world);
  CrateStatus st = CRATE_OK;
  size_t start = 0;
  if (named) {
    st = crate_locator_pointer(&collector->locator, named->json->offset, &way,
                               NULL);
    start = way.size;
    way.size = 0;
  }
  st = st ? st
          : crate_locator_pointer(&collector->locator, entity->json->offset,
                                  &way, NULL);
  if (!st) {
    const CrateText pointer = crate_buffer_text(&way);
    write_steps(out, crate_text_slice(pointer, start, pointer.size));
    write_name(out, entity);
    if (named && named != entity) {
      crate_buffer_print(
        out, " of %.*s",
        CRATE_TEXT_ARG(crate_text_slice(named->id, 0, 4u * LONGEST_NAME)));
    }
    st = crate_buffer_status(out);
  }
  crate_buffer_clear(&way);
  return st;
}

CrateStatus
crate_collector_about(CrateCollector *collector,
                      const CrateEntity *entity,
                      CrateFinding *finding)
{
  const CrateText context = CRATE_TEXT("/@context");
  CrateBuffer out;
  finding->about = finding->focus;
  if (finding->focus.size || !entity || entity->id.size || !finding->line ||
      crate_text_starts(finding->pointer, context)) {
    return CRATE_OK;
  }
  crate_buffer_init(&out, collector->world);
  CrateStatus st = write_about(collector, entity, &out);
  if (!st) {
    st = crate_arena_copy(&collector->verdict->arena, crate_buffer_text(&out),
                          &finding->about);
  }
  crate_buffer_clear(&out);
  return st;
}
