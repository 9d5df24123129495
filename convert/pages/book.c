// SPDX-License-Identifier: Apache-2.0
#include "convert/pages/book.h"
#include "convert/pages/root.h"

/// Keywords that are read here as they stand.
static const char *const understood[] = {
  "@id",  "@type",  "@value",   "@language",  "@list",
  "@set", "@graph", "@context", "@direction", "@index",
};

static const CrateBookKey keyword = {.word = CRATE_WORD_OTHER};

bool
crate_book_is_node(const CrateJson *value)
{
  return crate_json_is(value, CRATE_JSON_OBJECT) &&
         !crate_json_get(value, CRATE_TEXT("@value")) &&
         !crate_json_get(value, CRATE_TEXT("@list")) &&
         !crate_json_get(value, CRATE_TEXT("@set"));
}

CrateText
crate_book_id(const CrateJson *object)
{
  const CrateJson *const id = crate_json_get(object, CRATE_TEXT("@id"));
  return crate_json_is(id, CRATE_JSON_STRING) ? crate_json_text(id)
                                              : (CrateText){NULL, 0};
}

/// "./a" is "a"; "./" stays, as it is no file.
static CrateText
plain_id(CrateText id)
{
  while (id.size > 2u && crate_text_starts(id, CRATE_TEXT("./"))) {
    id = crate_text_slice(id, 2, id.size);
  }
  return id;
}

uint32_t
crate_book_find(const CrateBook *book, CrateText id)
{
  uintptr_t index;
  return id.size && crate_map_get(&book->by_id, plain_id(id), &index)
           ? (uint32_t)(index - 1u)
           : CRATE_NO_ENTRY;
}

uint32_t
crate_book_target(const CrateBook *book, const CrateJson *value)
{
  return crate_book_is_node(value) ? crate_book_find(book, crate_book_id(value))
                                   : CRATE_NO_ENTRY;
}

CrateText
crate_book_name(const CrateBook *book, uint32_t entry)
{
  const CrateEntry *const e = &book->entries[entry];
  return e->name.size ? e->name : e->id;
}

/// Somebody else has to read this, if there is anybody.
static void
give_up(CrateBook *book, bool reason)
{
  book->is_involved |= reason && !book->is_last_resort;
}

static bool
is_understood(const CrateJson *key)
{
  for (size_t i = 0; i < sizeof understood / sizeof *understood; ++i) {
    if (crate_json_is_string(key, understood[i])) {
      return true;
    }
  }
  return false;
}

const CrateBookKey *
crate_book_key(const CrateBook *book, const CrateJson *key)
{
  uintptr_t found;
  const CrateText text = crate_json_text(key);
  return text.size && text.data[0] != '@' &&
             crate_map_get(&book->keys, text, &found)
           ? (const CrateBookKey *)found
           : NULL;
}

/// Find out what a key means, when it is first met.
static CrateStatus
learn_key(CrateBook *book, const CrateJson *key, const CrateBookKey **out)
{
  const CrateText text = crate_json_text(key);
  CrateKeyKind kind;
  *out = &keyword;
  if (text.size && text.data[0] == '@') {
    give_up(book, !is_understood(key));
    return CRATE_OK;
  }
  *out = crate_book_key(book, key);
  if (*out) {
    return CRATE_OK;
  }
  CrateBookKey *const learned =
    crate_arena_array(&book->arena, 1, sizeof **out);
  if (!learned) {
    return crate_arena_status(&book->arena);
  }
  CRATE_TRY(crate_context_key(book->context, text, &kind, &learned->iri));
  CRATE_TRY(crate_context_is_json(book->context, text, &learned->is_json));
  give_up(book, kind == CRATE_KEY_KEYWORD);
  if (kind != CRATE_KEY_UNDEFINED && kind != CRATE_KEY_NULL &&
      kind != CRATE_KEY_KEYWORD) {
    learned->word = crate_word_of(learned->iri);
  } else {
    learned->iri = (CrateText){NULL, 0};
  }
  *out = learned;
  return crate_map_put(&book->keys, text, (uintptr_t)learned);
}

/// The entry of an @id, made when it is first met.
static CrateStatus
enter(CrateBook *book, CrateText id, uint32_t *out)
{
  *out = crate_book_find(book, id);
  if (*out != CRATE_NO_ENTRY) {
    return CRATE_OK;
  }
  CRATE_TRY(crate_world_reserve(book->world, &book->entries, &book->entry_room,
                                book->entry_count + 1u, sizeof *book->entries));
  *out = (uint32_t)book->entry_count++;
  book->entries[*out] = (CrateEntry){
    .id = id, .first_part = CRATE_NO_ENTRY, .last_part = CRATE_NO_ENTRY};
  return crate_map_put(&book->by_id, plain_id(id), *out + 1u);
}

static CrateStatus
add_part(CrateBook *book, uint32_t entry, const CrateJson *object)
{
  CRATE_TRY(crate_world_reserve(book->world, &book->parts, &book->part_room,
                                book->part_count + 1u, sizeof *book->parts));
  const uint32_t part = (uint32_t)book->part_count++;
  CrateEntry *const e = &book->entries[entry];
  book->parts[part] = (CrateBookPart){object, entry, CRATE_NO_ENTRY};
  if (e->first_part == CRATE_NO_ENTRY) {
    e->first_part = part;
  } else {
    book->parts[e->last_part].next = part;
  }
  e->last_part = part;
  return CRATE_OK;
}

static CrateStatus take_nodes(CrateBook *book, const CrateJson *value);

static CrateStatus
take_members(CrateBook *book, const CrateJson *object, bool is_top)
{
  for (const CrateJson *key = crate_json_first_key(object);
       key && !book->is_involved; key = crate_json_next_key(key)) {
    const CrateBookKey *known;
    if (crate_json_is_string(key, "@context") && is_top) {
      continue;
    }
    give_up(book, crate_json_is_string(key, "@context") ||
                    (crate_json_is_string(key, "@graph") && !is_top));
    CRATE_TRY(learn_key(book, key, &known));
    if (!known->is_json) {
      CRATE_TRY(take_nodes(book, key->next));
    }
  }
  return CRATE_OK;
}

/// Whether an object says more than which node it means.
static bool
says_something(const CrateJson *object)
{
  return object->size > (crate_json_get(object, CRATE_TEXT("@id")) ? 1u : 0u);
}

/// The nodes of a value, as deep as the reader lets JSON nest.
static CrateStatus
take_nodes(CrateBook *book, const CrateJson *value)
{
  if (crate_json_get(value, CRATE_TEXT("@value"))) {
    return CRATE_OK; // a text, or data
  }
  if (crate_book_is_node(value)) {
    const CrateText id = crate_book_id(value);
    uint32_t entry;
    if (id.size && says_something(value)) {
      CRATE_TRY(enter(book, id, &entry));
      CRATE_TRY(add_part(book, entry, value));
    }
    return take_members(book, value, false);
  }
  for (const CrateJson *key = crate_json_first_key(value); key;
       key = crate_json_next_key(key)) {
    CRATE_TRY(take_nodes(book, key->next));
  }
  for (const CrateJson *at = crate_json_first(value); at; at = at->next) {
    CRATE_TRY(take_nodes(book, at));
  }
  return CRATE_OK;
}

/// The document: an object with @graph, or one node that nests the others; it
/// has an entry, though it may have no @id.
static CrateStatus
take_document(CrateBook *book)
{
  const CrateJson *const root = book->root_object;
  uint32_t entry;
  if (!crate_json_is(root, CRATE_JSON_OBJECT)) {
    give_up(book, true);
    return CRATE_OK;
  }
  if (!crate_json_get(root, CRATE_TEXT("@graph"))) {
    const CrateText id = crate_book_id(root);
    CRATE_TRY(enter(book, id.size ? id : CRATE_TEXT("./"), &entry));
    CRATE_TRY(add_part(book, entry, root));
  } else {
    give_up(book, crate_book_id(root).size > 0);
  }
  return take_members(book, root, true);
}

CrateStatus
crate_book_each(const CrateJson *value,
                CrateStatus (*visit)(void *handle, const CrateJson *value),
                void *handle)
{
  const CrateJson *const list =
    crate_json_is(value, CRATE_JSON_OBJECT)
      ? crate_json_get(value, crate_json_get(value, CRATE_TEXT("@list"))
                                ? CRATE_TEXT("@list")
                                : CRATE_TEXT("@set"))
      : NULL;
  if (list) {
    return crate_book_each(list, visit, handle);
  }
  if (!crate_json_is(value, CRATE_JSON_ARRAY)) {
    return crate_json_is(value, CRATE_JSON_NULL) ? CRATE_OK
                                                 : visit(handle, value);
  }
  for (const CrateJson *at = crate_json_first(value); at; at = at->next) {
    CRATE_TRY(crate_book_each(at, visit, handle));
  }
  return CRATE_OK;
}

/// Of a value of values, the first single one.
static const CrateJson *
first_of(const CrateJson *value)
{
  while (value) {
    const CrateJson *const list = crate_json_get(value, CRATE_TEXT("@list"));
    const CrateJson *const set = crate_json_get(value, CRATE_TEXT("@set"));
    if (list || set) {
      value = list ? list : set;
    } else if (crate_json_is(value, CRATE_JSON_ARRAY)) {
      value = value->first;
    } else {
      return value;
    }
  }
  return NULL;
}

const CrateJson *
crate_book_get_in(const CrateBook *book,
                  const CrateJson *object,
                  CrateWord word)
{
  for (const CrateJson *key = crate_json_first_key(object); key;
       key = crate_json_next_key(key)) {
    const CrateBookKey *const known = crate_book_key(book, key);
    if (known && known->word == word && first_of(key->next)) {
      return first_of(key->next);
    }
  }
  return NULL;
}

const CrateJson *
crate_book_get(const CrateBook *book, uint32_t entry, CrateWord word)
{
  const CrateJson *found = NULL;
  uint32_t part =
    entry == CRATE_NO_ENTRY ? CRATE_NO_ENTRY : book->entries[entry].first_part;
  for (; part != CRATE_NO_ENTRY && !found; part = book->parts[part].next) {
    found = crate_book_get_in(book, book->parts[part].object, word);
  }
  return found;
}

CrateText
crate_book_text(const CrateJson *value)
{
  if (crate_json_is(value, CRATE_JSON_OBJECT)) {
    value = crate_json_get(value, CRATE_TEXT("@value"));
  }
  return crate_json_is(value, CRATE_JSON_TRUE)    ? CRATE_TEXT("true")
         : crate_json_is(value, CRATE_JSON_FALSE) ? CRATE_TEXT("false")
         : crate_json_is(value, CRATE_JSON_STRING) ||
             crate_json_is(value, CRATE_JSON_NUMBER)
           ? crate_json_text(value)
           : (CrateText){NULL, 0};
}

CrateText
crate_book_value_name(const CrateBook *book, const CrateJson *value)
{
  const uint32_t target = crate_book_target(book, value);
  const CrateText id = crate_book_id(value);
  return target != CRATE_NO_ENTRY     ? crate_book_name(book, target)
         : !crate_book_is_node(value) ? crate_book_text(value)
         : id.size
           ? id
           : crate_book_text(crate_book_get_in(book, value, CRATE_WORD_NAME));
}

CrateText
crate_book_words(const CrateBook *book, uint32_t entry, CrateWord word)
{
  return crate_book_value_name(book, crate_book_get(book, entry, word));
}

CrateStatus
crate_book_each_of(const CrateBook *book,
                   uint32_t entry,
                   CrateWord word,
                   CrateStatus (*visit)(void *handle, const CrateJson *value),
                   void *handle)
{
  uint32_t part =
    entry == CRATE_NO_ENTRY ? CRATE_NO_ENTRY : book->entries[entry].first_part;
  for (; part != CRATE_NO_ENTRY; part = book->parts[part].next) {
    for (const CrateJson *key = crate_json_first_key(book->parts[part].object);
         key; key = crate_json_next_key(key)) {
      const CrateBookKey *const known = crate_book_key(book, key);
      if (known && known->word == word) {
        CRATE_TRY(crate_book_each(key->next, visit, handle));
      }
    }
  }
  return CRATE_OK;
}

static CrateStatus
count_value(void *handle, const CrateJson *value)
{
  (void)value;
  ++*(size_t *)handle;
  return CRATE_OK;
}

bool
crate_book_has_many(const CrateBook *book, uint32_t entry, CrateWord word)
{
  size_t count = 0;
  return !crate_book_each_of(book, entry, word, count_value, &count) &&
         count > 1u;
}

/// What is being described.
typedef struct Subject {
  CrateBook *book;
  uint32_t *kinds;
} Subject;

static CrateStatus
add_kind(void *handle, const CrateJson *type)
{
  const Subject *const subject = handle;
  CrateKeyKind kind;
  CrateText iri = {NULL, 0};
  if (crate_json_is(type, CRATE_JSON_STRING)) {
    CRATE_TRY(crate_context_key(subject->book->context, crate_json_text(type),
                                &kind, &iri));
    *subject->kinds |= crate_kind_of(iri);
  }
  return CRATE_OK;
}

/// Names and kinds, now that all parts are known.
static CrateStatus
describe(CrateBook *book)
{
  for (size_t i = 0; i < book->part_count; ++i) {
    const CrateBookPart *const part = &book->parts[i];
    Subject subject = {book, &book->entries[part->entry].kinds};
    const CrateJson *const types =
      crate_json_get(part->object, CRATE_TEXT("@type"));
    CRATE_TRY(types ? crate_book_each(types, add_kind, &subject) : CRATE_OK);
  }
  for (uint32_t i = 0; i < book->entry_count; ++i) {
    book->entries[i].name =
      crate_book_text(crate_book_get(book, i, CRATE_WORD_NAME));
  }
  return CRATE_OK;
}

CrateStatus
crate_book_read(const CrateJsonDocument *document,
                CrateLibrary *library,
                bool is_last_resort,
                CrateBook *out)
{
  const CrateJsonldOptions options = {.keep_malformed_iris = true};
  *out = (CrateBook){.world = document->world,
                     .root_object = document->root,
                     .is_last_resort = is_last_resort,
                     .root = CRATE_NO_ENTRY,
                     .descriptor = CRATE_NO_ENTRY};
  crate_arena_init(&out->arena, document->world);
  crate_map_init(&out->by_id, document->world);
  crate_map_init(&out->keys, document->world);
  CRATE_TRY(crate_context_new(document, library, &options, &out->context));
  CRATE_TRY(take_document(out));
  if (out->is_involved) {
    return CRATE_OK;
  }
  CRATE_TRY(describe(out));
  crate_book_find_root(out);
  CRATE_TRY(crate_book_name_anchors(out));
  return crate_book_find_uses(out);
}

void
crate_book_clear(CrateBook *book)
{
  if (!book->world) {
    return;
  }
  crate_context_free(book->context);
  crate_map_clear(&book->by_id);
  crate_map_clear(&book->keys);
  crate_world_release(book->world, book->entries);
  crate_world_release(book->world, book->parts);
  crate_world_release(book->world, book->uses);
  crate_arena_clear(&book->arena);
}
