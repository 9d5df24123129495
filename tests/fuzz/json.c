// SPDX-License-Identifier: Apache-2.0
// Fuzz target: what is read and written, indented or not, reads as the same
// value; the canonical form is a fixed point.
#include <cratekit/json.h>
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/// Written and read again, it is equal.
static void
check_round(const CrateJsonDocument *document, unsigned indent)
{
  CrateBuffer out;
  CrateJsonDocument again;
  crate_buffer_init(&out, document->world);
  crate_json_write(&out, document->root, indent);
  if (crate_buffer_status(&out) ||
      crate_json_read(document->world, document->name, crate_buffer_text(&out),
                      &again) ||
      !crate_json_equal(document->root, again.root)) {
    abort();
  }
  crate_json_clear(&again);
  crate_buffer_clear(&out);
}

static void
check_canonical(const CrateJsonDocument *document)
{
  CrateBuffer first;
  CrateBuffer second;
  CrateJsonDocument again;
  crate_buffer_init(&first, document->world);
  crate_buffer_init(&second, document->world);
  if (!crate_json_write_canonical(&first, document->root)) {
    if (crate_json_read(document->world, document->name,
                        crate_buffer_text(&first), &again) ||
        crate_json_write_canonical(&second, again.root) ||
        !crate_text_equal(crate_buffer_text(&first),
                          crate_buffer_text(&second))) {
      abort();
    }
    crate_json_clear(&again);
  }
  crate_buffer_clear(&first);
  crate_buffer_clear(&second);
}

/// The pointer to a byte leads to something that is there; of keys that are
/// repeated, only the last can be pointed to.
static void
check_pointer(const CrateJsonDocument *document, uint32_t offset)
{
  CrateBuffer pointer;
  crate_buffer_init(&pointer, document->world);
  crate_json_pointer(document->root, offset, &pointer);
  if (!crate_json_at(document, crate_buffer_text(&pointer))) {
    abort();
  }
  crate_buffer_clear(&pointer);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
  CrateWorld world;
  CrateJsonDocument document;
  crate_world_init(&world);
  const CrateText bytes = {(const char *)data, size};
  if (!crate_json_read(&world, CRATE_TEXT("fuzz"), bytes, &document)) {
    if (!document.first_duplicate) {
      check_round(&document, 0);
      check_round(&document, (unsigned)(size % 5u));
      check_pointer(&document, (uint32_t)(size / 2u));
    }
    check_canonical(&document);
    crate_json_place(&document, (uint32_t)size);
  }
  crate_json_clear(&document);
  return 0;
}
