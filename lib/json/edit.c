// SPDX-License-Identifier: Apache-2.0
// JSON Patch (RFC 6902) as splices of the document's bytes.
#include "json/pointer.h"
#include "json/span.h"
#include <cratekit/buffer.h>
#include <cratekit/edit.h>
#include <stdlib.h>

/// Put `text` where start to end was; several with no width at one place come
/// in the order in which they were added.
typedef struct {
  uint32_t start, end;
  uint32_t rank;
  CrateText text;
  const CrateJson *object; // that gets a new member, and its name
  CrateText member;
} Splice;

/// More at once are left for another round: each is held against all others.
enum { MOST_SPLICES = 10000 };

struct CrateEdits {
  const CrateWorld *world;
  const CrateJsonDocument *document;
  CrateArena arena; // texts of the splices
  Splice *splices;  // in the order in which they came
  size_t count, capacity;
};

/// One operation, read.
typedef struct {
  CrateText verb, path, from;
  const CrateJson *value;
} Operation;

/// Where an operation acts: a member or an element, or the end of one.
typedef struct {
  const CrateJson *parent;
  const CrateJson *child; // a key or an element; NULL: there is none yet
  CrateText token;        // decoded
} Spot;

CrateStatus
crate_edits_new(const CrateWorld *world,
                const CrateJsonDocument *document,
                CrateEdits **out)
{
  CrateEdits *const edits =
    (CrateEdits *)crate_world_allocate(world, sizeof(*edits));
  *out = edits;
  if (!edits) {
    return CRATE_NO_MEMORY;
  }
  *edits = (CrateEdits){.world = world, .document = document};
  crate_arena_init(&edits->arena, world);
  return CRATE_OK;
}

void
crate_edits_free(CrateEdits *edits)
{
  if (edits) {
    const CrateWorld *const world = edits->world;
    crate_arena_clear(&edits->arena);
    crate_world_release(world, edits->splices);
    crate_world_release(world, edits);
  }
}

static CrateText
member_text(const CrateJson *object, CrateText key)
{
  const CrateJson *const value = crate_json_get(object, key);
  return crate_json_is(value, CRATE_JSON_STRING) ? crate_json_text(value)
                                                 : (CrateText){NULL, 0};
}

/// RFC 6901 section 4: "~1" is '/', "~0" is '~'.
static CrateStatus
decode_token(CrateArena *arena, CrateText token, CrateText *out)
{
  char *const text = (char *)crate_arena_allocate(arena, token.size + 1u);
  size_t size = 0;
  if (!text) {
    return crate_arena_status(arena);
  }
  for (size_t i = 0; i < token.size; ++i) {
    const bool escape = token.data[i] == '~' && i + 1u < token.size;
    i += escape;
    text[size++] = !escape ? token.data[i] : token.data[i] == '1' ? '/' : '~';
  }
  *out = (CrateText){text, size};
  return CRATE_OK;
}

static const CrateJson *
key_of(const CrateJson *object, CrateText name)
{
  const CrateJson *found = NULL;
  for (const CrateJson *key = crate_json_first_key(object); key;
       key = crate_json_next_key(key)) {
    found = crate_text_equal(crate_json_text(key), name) ? key : found;
  }
  return found;
}

static const CrateJson *
element_of(const CrateJson *array, CrateText token)
{
  size_t index = 0;
  if (!token.size || token.size > 9u) {
    return NULL;
  }
  for (size_t i = 0; i < token.size; ++i) {
    if (token.data[i] < '0' || token.data[i] > '9') {
      return NULL;
    }
    index = index * 10u + (size_t)(token.data[i] - '0');
  }
  const CrateJson *item = crate_json_first(array);
  while (item && index--) {
    item = item->next;
  }
  return item;
}

/// The parent that a pointer names, and the child, if it is there. `parent`
/// is NULL when there is no such place.
static CrateStatus
find_spot(CrateEdits *edits, CrateText path, Spot *spot)
{
  size_t slash = path.size;
  *spot = (Spot){NULL, NULL, {NULL, 0}};
  while (slash && path.data[slash - 1u] != '/') {
    --slash;
  }
  if (!slash) {
    return CRATE_OK; // the whole document, or no pointer
  }
  CRATE_TRY(decode_token(
    &edits->arena, crate_text_slice(path, slash, path.size), &spot->token));
  const CrateJson *const parent =
    crate_json_at(edits->document, crate_text_slice(path, 0, slash - 1u));
  if (crate_json_is(parent, CRATE_JSON_OBJECT)) {
    spot->parent = parent;
    spot->child = key_of(parent, spot->token);
  } else if (crate_json_is(parent, CRATE_JSON_ARRAY)) {
    spot->child = element_of(parent, spot->token);
    spot->parent =
      spot->child || crate_text_is(spot->token, "-") ? parent : NULL;
  }
  return CRATE_OK;
}

static CrateStatus
splice(CrateEdits *edits, uint32_t start, uint32_t end, CrateText text)
{
  CRATE_TRY(crate_world_reserve(edits->world, &edits->splices, &edits->capacity,
                                edits->count + 1u, sizeof(Splice)));
  edits->splices[edits->count] = (Splice){
    .start = start, .end = end, .rank = (uint32_t)edits->count, .text = text};
  ++edits->count;
  return CRATE_OK;
}

/// The value of a member; an element itself.
static const CrateJson *
value_of(const Spot *spot)
{
  return crate_json_is(spot->parent, CRATE_JSON_OBJECT) ? spot->child->next
                                                        : spot->child;
}

/// The last element, or the last key.
static const CrateJson *
last_child(const CrateJson *parent)
{
  const CrateJson *last = NULL;
  if (crate_json_is(parent, CRATE_JSON_ARRAY)) {
    for (const CrateJson *item = crate_json_first(parent); item;
         item = item->next) {
      last = item;
    }
    return last;
  }
  for (const CrateJson *key = crate_json_first_key(parent); key;
       key = crate_json_next_key(key)) {
    last = key;
  }
  return last;
}

/// Whether the document puts a space behind its colons.
static bool
is_airy(const CrateEdits *edits)
{
  const CrateJson *const key = crate_json_first_key(edits->document->root);
  return !key || crate_json_end(edits->document, key) + 1u < key->next->offset;
}

/// One line of JSON, with a space behind each colon and comma if so wished.
static void
add_flat(CrateBuffer *out, CrateText text, bool airy)
{
  bool string = false;
  for (size_t i = 0; i < text.size; ++i) {
    const char c = text.data[i];
    crate_buffer_add_byte(out, c);
    if (string && c == '\\' && i + 1u < text.size) {
      crate_buffer_add_byte(out, text.data[++i]);
    } else if (c == '"') {
      string = !string;
    } else if (!string && airy && (c == ':' || c == ',')) {
      crate_buffer_add_byte(out, ' ');
    }
  }
}

/// A value, on one line when it is short or its new neighbours are; else
/// indented as they are.
static CrateStatus
write_value(CrateEdits *edits,
            const CrateJson *value,
            CrateText space,
            CrateText *out)
{
  size_t newline = space.size;
  while (newline && space.data[newline - 1u] != '\n') {
    --newline;
  }
  const bool flat =
    !newline ||
    (value->kind != CRATE_JSON_OBJECT && value->kind != CRATE_JSON_ARRAY) ||
    value->size < 2;
  const CrateText indent = crate_text_slice(space, newline, space.size);
  CrateBuffer text;
  CrateBuffer lines;
  crate_buffer_init(&text, edits->world);
  crate_buffer_init(&lines, edits->world);
  crate_json_write(&text, value, flat ? 0 : 2);
  const CrateText written = crate_buffer_text(&text);
  if (flat) {
    add_flat(&lines, written, is_airy(edits));
  }
  for (size_t i = 0; i < written.size && !flat; ++i) {
    crate_buffer_add_byte(&lines, written.data[i]);
    if (written.data[i] == '\n' && i + 1u < written.size) {
      crate_buffer_add(&lines, indent);
    }
  }
  CrateText whole = crate_buffer_text(&lines);
  while (whole.size && whole.data[whole.size - 1u] == '\n') {
    --whole.size;
  }
  CrateStatus st = crate_buffer_status(&lines);
  st = st ? st : crate_arena_copy(&edits->arena, whole, out);
  crate_buffer_clear(&text);
  crate_buffer_clear(&lines);
  return st;
}

/// What stands between a key and its value: of a neighbour.
static CrateText
colon_of(const CrateEdits *edits, const CrateJson *key)
{
  return key ? crate_text_slice(edits->document->bytes,
                                crate_json_end(edits->document, key),
                                key->next->offset)
             : CRATE_TEXT(": ");
}

/// The text of a new child: its key, when the parent is an object.
static CrateStatus
child_text(CrateEdits *edits,
           const Spot *spot,
           const CrateJson *neighbour,
           const Operation *operation,
           CrateText space,
           CrateText *out)
{
  CrateText value;
  CRATE_TRY(write_value(edits, operation->value, space, &value));
  if (!crate_json_is(spot->parent, CRATE_JSON_OBJECT)) {
    *out = value;
    return CRATE_OK;
  }
  CrateBuffer key;
  crate_buffer_init(&key, edits->world);
  crate_json_write_string(&key, spot->token);
  CrateStatus st = crate_buffer_status(&key);
  const CrateText parts[] = {crate_buffer_text(&key),
                             colon_of(edits, neighbour), value};
  st = st ? st : crate_arena_join(&edits->arena, parts, 3, out);
  crate_buffer_clear(&key);
  return st;
}

static bool
has_insertion(const CrateEdits *edits, uint32_t at)
{
  for (size_t i = 0; i < edits->count; ++i) {
    if (edits->splices[i].start == at && edits->splices[i].end == at) {
      return true;
    }
  }
  return false;
}

/// Behind the last child, looking like it.
static CrateStatus
append_child(CrateEdits *edits, const Spot *spot, const Operation *operation)
{
  const CrateJsonDocument *const document = edits->document;
  const CrateJson *const last = last_child(spot->parent);
  const CrateText space =
    last ? crate_json_space_before(document, last->offset) : CRATE_TEXT("");
  CrateText child;
  CRATE_TRY(child_text(edits, spot, last, operation, space, &child));
  if (!last) {
    const uint32_t inside = spot->parent->offset + 1u;
    const CrateText parts[] = {
      has_insertion(edits, inside) ? CRATE_TEXT(", ") : CRATE_TEXT(""), child};
    CRATE_TRY(crate_arena_join(&edits->arena, parts, 2, &child));
    return splice(edits, inside, inside, child);
  }
  const bool object = crate_json_is(spot->parent, CRATE_JSON_OBJECT);
  const uint32_t end = crate_json_end(document, object ? last->next : last);
  // The first child of a line has no space of its own to go by.
  const bool alone = !space.size && last == spot->parent->first;
  const CrateText parts[] = {CRATE_TEXT(","), alone ? CRATE_TEXT(" ") : space,
                             child};
  CrateText text;
  CRATE_TRY(crate_arena_join(&edits->arena, parts, 3, &text));
  return splice(edits, end, end, text);
}

/// In front of an element.
static CrateStatus
insert_child(CrateEdits *edits, const Spot *spot, const Operation *operation)
{
  const CrateText space =
    crate_json_space_before(edits->document, spot->child->offset);
  CrateText child;
  CRATE_TRY(child_text(edits, spot, NULL, operation, space, &child));
  const CrateText parts[] = {child, CRATE_TEXT(","),
                             space.size ? space : CRATE_TEXT(" ")};
  CrateText text;
  CRATE_TRY(crate_arena_join(&edits->arena, parts, 3, &text));
  return splice(edits, spot->child->offset, spot->child->offset, text);
}

static CrateStatus
replace_child(CrateEdits *edits, const Spot *spot, const Operation *operation)
{
  const CrateJson *const old = value_of(spot);
  const CrateText space =
    crate_json_space_before(edits->document, spot->child->offset);
  CrateText text;
  CRATE_TRY(write_value(edits, operation->value, space, &text));
  return splice(edits, old->offset, crate_json_end(edits->document, old), text);
}

/// A comma away from the bytes of a child, with the space around it.
static CrateStatus
remove_child(CrateEdits *edits, const Spot *spot)
{
  const CrateJsonDocument *const document = edits->document;
  const CrateText bytes = document->bytes;
  const uint32_t start = spot->child->offset;
  uint32_t end = crate_json_end(document, value_of(spot));
  uint32_t after = end;
  while (after < bytes.size && strchr(" \t\r\n", bytes.data[after])) {
    ++after;
  }
  if (after < bytes.size && bytes.data[after] == ',') {
    end = after + 1u;
    const CrateText space = crate_json_space_before(document, start);
    return splice(edits, start - (uint32_t)space.size, end,
                  (CrateText){NULL, 0});
  }
  const CrateText space = crate_json_space_before(document, start);
  uint32_t first = start - (uint32_t)space.size;
  first -= first && bytes.data[first - 1u] == ',';
  return splice(edits, first, end, (CrateText){NULL, 0});
}

/// A member takes another name, where it stands.
static CrateStatus
rename_member(CrateEdits *edits,
              const Operation *operation,
              const Spot *target,
              bool *fits)
{
  Spot source;
  CrateText text;
  CrateBuffer key;
  CRATE_TRY(find_spot(edits, operation->from, &source));
  *fits = source.child && source.parent == target->parent && !target->child &&
          crate_json_is(source.parent, CRATE_JSON_OBJECT);
  if (!*fits) {
    return CRATE_OK;
  }
  crate_buffer_init(&key, edits->world);
  crate_json_write_string(&key, target->token);
  CrateStatus st = crate_buffer_status(&key);
  st =
    st ? st : crate_arena_copy(&edits->arena, crate_buffer_text(&key), &text);
  crate_buffer_clear(&key);
  return st ? st
            : splice(edits, source.child->offset,
                     crate_json_end(edits->document, source.child), text);
}

/// Whether an earlier patch gives an object a member of that name.
static bool
is_coming(const CrateEdits *edits, const Spot *spot)
{
  for (size_t i = 0; i < edits->count; ++i) {
    if (edits->splices[i].object == spot->parent &&
        crate_text_equal(edits->splices[i].member, spot->token)) {
      return true;
    }
  }
  return false;
}

/// A new member of an object, unless another patch adds it.
static CrateStatus
add_child(CrateEdits *edits,
          const Spot *spot,
          const Operation *operation,
          bool *fits)
{
  const bool object = crate_json_is(spot->parent, CRATE_JSON_OBJECT);
  *fits = !object || !is_coming(edits, spot);
  if (!*fits) {
    return CRATE_OK;
  }
  CRATE_TRY(append_child(edits, spot, operation));
  if (object) {
    edits->splices[edits->count - 1u].object = spot->parent;
    edits->splices[edits->count - 1u].member = spot->token;
  }
  return CRATE_OK;
}

static CrateStatus
perform(CrateEdits *edits, const Operation *operation, bool *fits)
{
  Spot spot;
  CRATE_TRY(find_spot(edits, operation->path, &spot));
  *fits = spot.parent != NULL;
  if (!*fits) {
    return CRATE_OK;
  }
  if (crate_text_is(operation->verb, "move")) {
    return rename_member(edits, operation, &spot, fits);
  }
  const bool add = crate_text_is(operation->verb, "add") && operation->value;
  const bool array = crate_json_is(spot.parent, CRATE_JSON_ARRAY);
  if (add && (!spot.child || !array)) {
    return spot.child ? replace_child(edits, &spot, operation)
                      : add_child(edits, &spot, operation, fits);
  }
  if (add) {
    return insert_child(edits, &spot, operation);
  }
  *fits = spot.child != NULL;
  if (*fits && crate_text_is(operation->verb, "remove")) {
    return remove_child(edits, &spot);
  }
  *fits =
    *fits && crate_text_is(operation->verb, "replace") && operation->value;
  return *fits ? replace_child(edits, &spot, operation) : CRATE_OK;
}

/// Whether the splices from `first` on leave the earlier ones alone. Insertions
/// at one place do not touch.
static bool
is_apart(const CrateEdits *edits, size_t first)
{
  for (size_t i = first; i < edits->count; ++i) {
    for (size_t j = 0; j < i; ++j) {
      const Splice *const a = &edits->splices[i];
      const Splice *const b = &edits->splices[j];
      if (a->start < b->end && b->start < a->end) {
        return false;
      }
      const bool inside =
        (a->start == a->end && b->start < a->start && a->start < b->end) ||
        (b->start == b->end && a->start < b->start && b->start < a->end);
      if (inside) {
        return false;
      }
    }
  }
  return true;
}

CrateStatus
crate_edits_add(CrateEdits *edits, const CrateJson *patch, bool *taken)
{
  const size_t before = edits->count;
  *taken = crate_json_is(patch, CRATE_JSON_ARRAY) && before < MOST_SPLICES;
  for (const CrateJson *item = crate_json_first(patch); item && *taken;
       item = item->next) {
    const Operation operation = {
      .verb = member_text(item, CRATE_TEXT("op")),
      .path = member_text(item, CRATE_TEXT("path")),
      .from = member_text(item, CRATE_TEXT("from")),
      .value = crate_json_get(item, CRATE_TEXT("value")),
    };
    CRATE_TRY(perform(edits, &operation, taken));
  }
  *taken = *taken && is_apart(edits, before);
  edits->count = *taken ? edits->count : before;
  return CRATE_OK;
}

static int
compare_splices(const void *a, const void *b)
{
  const Splice *const x = (const Splice *)a;
  const Splice *const y = (const Splice *)b;
  return x->start != y->start ? (x->start > y->start) - (x->start < y->start)
         : x->end != y->end   ? (x->end > y->end) - (x->end < y->end)
                              : (x->rank > y->rank) - (x->rank < y->rank);
}

CrateStatus
crate_edits_write(const CrateEdits *edits, CrateBuffer *out)
{
  const CrateText bytes = edits->document->bytes;
  Splice *const sorted = (Splice *)crate_world_allocate(
    edits->world, (edits->count + 1u) * sizeof(Splice));
  size_t at = 0;
  if (!sorted) {
    return CRATE_NO_MEMORY;
  }
  if (edits->count) {
    memcpy(sorted, edits->splices, edits->count * sizeof(Splice));
    qsort(sorted, edits->count, sizeof(Splice), compare_splices);
  }
  for (size_t i = 0; i < edits->count; ++i) {
    crate_buffer_add(out, crate_text_slice(bytes, at, sorted[i].start));
    crate_buffer_add(out, sorted[i].text);
    at = sorted[i].end;
  }
  crate_buffer_add(out, crate_text_slice(bytes, at, bytes.size));
  crate_world_release(edits->world, sorted);
  return crate_buffer_status(out);
}
