// SPDX-License-Identifier: Apache-2.0
#include "validate/patch.h"
#include <cratekit/json.h>

void
crate_patch_begin(CrateBuffer *out,
                  const char *verb,
                  CrateText path,
                  const char *rest)
{
  CrateBuffer whole;
  crate_buffer_init(&whole, out->world);
  crate_buffer_add(&whole, path);
  crate_buffer_add_string(&whole, rest);
  crate_buffer_add_byte(out, out->size ? ',' : '[');
  crate_buffer_print(out, "{\"op\":\"%s\",\"path\":", verb);
  crate_json_write_string(out, crate_buffer_text(&whole));
  out->status = out->status ? out->status : crate_buffer_status(&whole);
  crate_buffer_clear(&whole);
}

void
crate_patch_text(CrateBuffer *out, const char *key, CrateText value)
{
  crate_buffer_print(out, ",\"%s\":", key);
  crate_json_write_string(out, value);
}

void
crate_patch_reference(CrateBuffer *out, CrateText id)
{
  crate_buffer_add_string(out, ",\"value\":{\"@id\":");
  crate_json_write_string(out, id);
  crate_buffer_add_byte(out, '}');
}

void
crate_patch_end(CrateBuffer *out)
{
  crate_buffer_add_byte(out, '}');
}
