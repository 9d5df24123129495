// SPDX-License-Identifier: Apache-2.0
// Extended attributes: what a file manager, or getfattr(1), shows beside a
// name.
#include "fuse/values.h"
#include <string.h>

/// Limits of Linux: xattr(7).
enum { LONGEST_NAME = 255, MOST_NAMES = 65536, LONGEST_VALUE = 65536 };

void
crate_attributes_add(CrateAttributes *attributes,
                     const char *prefix,
                     CrateText name,
                     CrateText value)
{
  const size_t size = strlen(prefix) + name.size;
  const uint32_t length = (uint32_t)value.size;
  if (size > LONGEST_NAME || memchr(name.data, 0, name.size) ||
      attributes->names.size + size + 1u > MOST_NAMES ||
      value.size > LONGEST_VALUE) {
    return;
  }
  crate_buffer_add_string(&attributes->names, prefix);
  crate_buffer_add(&attributes->names, name);
  crate_buffer_add_byte(&attributes->names, '\0');
  crate_buffer_add(&attributes->values,
                   (CrateText){(const char *)&length, sizeof(length)});
  crate_buffer_add(&attributes->values, value);
}

CrateText
crate_attributes_get(const CrateAttributes *attributes, const char *name)
{
  const CrateBuffer *const names = &attributes->names;
  const char *value = attributes->values.data;
  for (size_t at = 0; at < names->size;) {
    const CrateText here = crate_text(names->data + at);
    uint32_t length = 0;
    memcpy(&length, value, sizeof(length));
    value += sizeof(length);
    if (crate_text_is(here, name)) {
      return (CrateText){value, length};
    }
    value += length;
    at += here.size + 1u;
  }
  return (CrateText){NULL, 0};
}

void
crate_attributes_clear(CrateAttributes *attributes)
{
  crate_buffer_clear(&attributes->names);
  crate_buffer_clear(&attributes->values);
}

/// The value of a key that has one: words, or the @id that it refers to.
static void
add_value(CrateAttributes *out, CrateText name, const CrateJson *value)
{
  const CrateText id =
    crate_book_is_node(value) ? crate_book_id(value) : CRATE_TEXT("");
  const CrateText words = id.size ? id : crate_book_text(value);
  if (words.size) {
    crate_attributes_add(out, "user.schema.", name, words);
  }
}

static const CrateText schema[] = {{"http://schema.org/", 18},
                                   {"https://schema.org/", 19}};

/// What a key of schema.org is called there, or empty.
static CrateText
schema_name(const CrateMaterial *m, const CrateSaid *said)
{
  CrateJson key = {.text = said->key.data,
                   .kind = CRATE_JSON_STRING,
                   .size = (uint32_t)said->key.size & CRATE_JSON_MAX_SIZE};
  const CrateBookKey *const known = crate_book_key(&m->book, &key);
  for (size_t i = 0; known && i < 2; ++i) {
    if (crate_text_starts(known->iri, schema[i])) {
      return crate_text_slice(known->iri, schema[i].size, known->iri.size);
    }
  }
  return CRATE_TEXT("");
}

/// The types, with commas between them.
static CrateStatus
add_types(CrateAttributes *out, const CrateSaid *said, size_t count)
{
  CrateBuffer types;
  crate_buffer_init(&types, out->names.world);
  for (size_t i = 0; i < count; ++i) {
    if (crate_text_is(said[i].key, "@type") &&
        crate_json_is(said[i].value, CRATE_JSON_STRING)) {
      crate_buffer_add_string(&types, types.size ? "," : "");
      crate_buffer_add(&types, crate_json_text(said[i].value));
    }
  }
  const CrateStatus st = crate_buffer_status(&types);
  if (types.size) {
    crate_attributes_add(out, "user.rocrate.", CRATE_TEXT("type"),
                         crate_buffer_text(&types));
  }
  crate_buffer_clear(&types);
  return st;
}

static bool
is_alone(const CrateSaid *said, size_t i, size_t count)
{
  return (!i || !crate_text_equal(said[i - 1u].key, said[i].key)) &&
         (i + 1u == count || !crate_text_equal(said[i + 1u].key, said[i].key));
}

CrateStatus
crate_attributes_of_entry(const CrateMaterial *m,
                          uint32_t entry,
                          CrateAttributes *out)
{
  CrateSaid *said = NULL;
  size_t count = 0;
  CRATE_TRY(crate_said_by(m, entry, &said, &count));
  crate_attributes_add(out, "user.rocrate.", CRATE_TEXT("id"),
                       m->book.entries[entry].id);
  const CrateStatus st = add_types(out, said, count);
  for (size_t i = 0; i < count; ++i) {
    const CrateText name = schema_name(m, &said[i]);
    if (name.size && is_alone(said, i, count)) {
      add_value(out, name, said[i].value);
    }
  }
  crate_world_release(m->world, said);
  return st;
}
