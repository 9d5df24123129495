// SPDX-License-Identifier: Apache-2.0
// A tree as YAML, through libyaml: it knows which strings need quotes, but for
// those that some reader would take for another kind of value.
#include "convert/tree/tree.h"
#include "convert/tree/yaml_words.h"
#include <yaml.h>

typedef struct {
  CrateBuffer *buffer;
  yaml_emitter_t emitter;
} Writer;

static CrateStatus write_members(Writer *writer, const CrateTree *node);

static int
take_bytes(void *handle, unsigned char *bytes, size_t size)
{
  CrateBuffer *const buffer = (CrateBuffer *)handle;
  crate_buffer_add(buffer, (CrateText){(const char *)bytes, size});
  return crate_buffer_status(buffer) == CRATE_OK;
}

/// Give an event away. What it failed to become has been released.
static CrateStatus
emit(Writer *writer, int made, yaml_event_t *event)
{
  return made && yaml_emitter_emit(&writer->emitter, event) ? CRATE_OK
                                                            : CRATE_NO_MEMORY;
}

static CrateStatus
write_scalar(Writer *writer, CrateText text, bool plain)
{
  yaml_event_t event;
  const yaml_scalar_style_t style =
    memchr(text.data ? text.data : "", '\n', text.size)
      ? YAML_LITERAL_SCALAR_STYLE
      : YAML_ANY_SCALAR_STYLE;
  const unsigned char *const bytes =
    (const unsigned char *)(text.data ? text.data : "");
  return emit(writer,
              text.size <= INT_MAX &&
                yaml_scalar_event_initialize(&event, NULL, NULL, bytes,
                                             (int)text.size, plain, 1, style),
              &event);
}

static CrateStatus
write_value(Writer *writer, const CrateTree *tree)
{
  if (tree->kind == CRATE_TREE_NODE) {
    return write_members(writer, tree);
  }
  const bool plain =
    tree->kind != CRATE_TREE_STRING || crate_yaml_is_string(tree->text);
  return write_scalar(writer, tree->text, plain);
}

static CrateStatus
write_array(Writer *writer, const CrateTree *from, const CrateTree *end)
{
  yaml_event_t event;
  CRATE_TRY(emit(writer,
                 yaml_sequence_start_event_initialize(
                   &event, NULL, NULL, 1, YAML_BLOCK_SEQUENCE_STYLE),
                 &event));
  for (const CrateTree *item = from; item != end; item = item->next) {
    CRATE_TRY(write_value(writer, item));
  }
  return emit(writer, yaml_sequence_end_event_initialize(&event), &event);
}

static CrateStatus
write_members(Writer *writer, const CrateTree *node)
{
  yaml_event_t event;
  CRATE_TRY(emit(writer,
                 yaml_mapping_start_event_initialize(&event, NULL, NULL, 1,
                                                     YAML_BLOCK_MAPPING_STYLE),
                 &event));
  const CrateTree *end = node->first;
  for (const CrateTree *child = end; child; child = end) {
    end = crate_tree_past(child);
    CRATE_TRY(
      write_scalar(writer, child->key, crate_yaml_is_string(child->key)));
    CRATE_TRY(child->list || end != child->next
                ? write_array(writer, child, end)
                : write_value(writer, child));
  }
  return emit(writer, yaml_mapping_end_event_initialize(&event), &event);
}

static CrateStatus
write_document(Writer *writer, const CrateTree *root)
{
  yaml_event_t event;
  CRATE_TRY(emit(writer,
                 yaml_stream_start_event_initialize(&event, YAML_UTF8_ENCODING),
                 &event));
  CRATE_TRY(emit(
    writer, yaml_document_start_event_initialize(&event, NULL, NULL, NULL, 1),
    &event));
  CRATE_TRY(write_members(writer, root));
  CRATE_TRY(
    emit(writer, yaml_document_end_event_initialize(&event, 1), &event));
  return emit(writer, yaml_stream_end_event_initialize(&event), &event);
}

CrateStatus
crate_tree_write_yaml(CrateBuffer *buffer, const CrateTree *root)
{
  Writer writer = {.buffer = buffer};
  if (!yaml_emitter_initialize(&writer.emitter)) {
    return CRATE_NO_MEMORY;
  }
  yaml_emitter_set_output(&writer.emitter, take_bytes, buffer);
  yaml_emitter_set_unicode(&writer.emitter, 1);
  yaml_emitter_set_width(&writer.emitter, -1);
  const CrateStatus status = write_document(&writer, root);
  yaml_emitter_delete(&writer.emitter);
  return crate_buffer_status(buffer) ? crate_buffer_status(buffer) : status;
}
