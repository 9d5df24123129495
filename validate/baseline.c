// SPDX-License-Identifier: Apache-2.0
#include "validate/baseline.h"
#include "validate/verdict.h"
#include <cratekit/json.h>
#include <cratekit/map.h>
#include <stdio.h>
#include <stdlib.h>

/// Of the form that the file has.
#define VERSION "1"

/// What a finding is known by.
enum { CRATE, RULE, FOCUS, PROPERTY, VALUE, PARTS };

typedef struct {
  CrateText parts[PARTS];
} Identity;

/// Members of an entry, as the file calls them. The crate is a key above.
static const char *const names[PARTS] = {
  [RULE] = "rule",
  [FOCUS] = "focus",
  [PROPERTY] = "property",
  [VALUE] = "value",
};

/// Findings alike of one crate.
typedef struct {
  Identity identity;
  size_t crate; // its number
  size_t count; // of the baseline
  size_t used;  // of the verdict at hand, which has the number `round`
  size_t round;
  size_t most;  // used of any verdict
  bool checked; // the rule, for some verdict
} Entry;

struct CrateBaseline {
  const CrateWorld *world;
  CrateArena arena; // keys of the maps, texts of the identities
  CrateMap crates;  // name -> number + 1
  size_t *firsts;   // by number: the first of its entries
  CrateMap entries; // identity as JSON -> number + 1
  Entry *items;
  size_t crate_count, crate_capacity, count, capacity, round;
};

static bool
is_index(CrateText token)
{
  size_t digits = 0;
  while (digits < token.size && token.data[digits] >= '0' &&
         token.data[digits] <= '9') {
    ++digits;
  }
  return token.size && digits == token.size;
}

/// The last key on a pointer: indexes change when something is put in front.
static CrateText
last_key(CrateText pointer)
{
  CrateText token = {NULL, 0};
  do {
    size_t start = pointer.size;
    while (start && pointer.data[start - 1u] != '/') {
      --start;
    }
    token = crate_text_slice(pointer, start, pointer.size);
    pointer = crate_text_slice(pointer, 0, start ? start - 1u : 0);
  } while (is_index(token));
  return token;
}

/// Labels of blank nodes change with the document.
static CrateText
stable(CrateText text, bool blank)
{
  return blank ? CRATE_TEXT("_:") : text;
}

static Identity
identity_of(CrateText crate, const CrateFinding *finding)
{
  const CrateText key = last_key(finding->pointer);
  const Identity identity = {{
    [CRATE] = crate,
    [RULE] = finding->rule,
    [FOCUS] = stable(finding->focus, finding->focus_blank),
    [PROPERTY] = finding->path.size ? finding->path
                 : key.size         ? key
                                    : finding->excerpt, // of a manifest, say
    [VALUE] = stable(finding->value, finding->value_blank),
  }};
  return identity;
}

/// An identity as one text that no other has.
static CrateStatus
key_of(CrateArena *arena, const Identity *identity, CrateText *out)
{
  CrateBuffer buffer;
  crate_buffer_init(&buffer, arena->world);
  for (int i = 0; i < PARTS; ++i) {
    crate_json_write_string(&buffer, identity->parts[i]);
  }
  CrateStatus st = crate_buffer_status(&buffer);
  st = st ? st : crate_arena_copy(arena, crate_buffer_text(&buffer), out);
  crate_buffer_clear(&buffer);
  return st;
}

static CrateStatus
refuse(const CrateJsonDocument *document,
       const CrateJson *value,
       const char *expected)
{
  const CratePlace place = crate_json_place(document, value->offset);
  const CrateDiagnostic where = {.file = document->name,
                                 .line = place.line,
                                 .column = place.column,
                                 .code = CRATE_TEXT("invalid-baseline")};
  return crate_world_say(document->world, CRATE_MALFORMED, &where,
                         "expected %s; --write-baseline makes such a file",
                         expected);
}

static CrateStatus
read_count(const CrateJsonDocument *document,
           const CrateJson *value,
           size_t *count)
{
  char copy[12] = "";
  char *end = NULL;
  const CrateText text = crate_json_is(value, CRATE_JSON_NUMBER)
                           ? crate_json_text(value)
                           : CRATE_TEXT("");
  memcpy(copy, text.data, text.size < 10u ? text.size : 0);
  *count = strtoul(copy, &end, 10);
  return copy[0] >= '1' && copy[0] <= '9' && !*end
           ? CRATE_OK
           : refuse(document, value, "a count");
}

/// The number of a name in `names`, or PARTS.
static int
part_of(const CrateJson *key)
{
  for (int i = RULE; i < PARTS; ++i) {
    if (crate_json_is_string(key, names[i])) {
      return i;
    }
  }
  return PARTS;
}

static CrateStatus
add_entry(CrateBaseline *baseline,
          const Identity *identity,
          size_t crate,
          size_t count)
{
  CrateText key;
  uintptr_t number = 0;
  CRATE_TRY(key_of(&baseline->arena, identity, &key));
  if (crate_map_get(&baseline->entries, key, &number)) { // merged by hand
    baseline->items[number - 1u].count += count;
    return CRATE_OK;
  }
  CRATE_TRY(crate_world_reserve(baseline->world, &baseline->items,
                                &baseline->capacity, baseline->count + 1u,
                                sizeof(Entry)));
  Entry *const entry = &baseline->items[baseline->count];
  *entry = (Entry){.crate = crate, .count = count};
  for (int i = 0; i < PARTS; ++i) {
    CRATE_TRY(crate_arena_copy(&baseline->arena, identity->parts[i],
                               &entry->identity.parts[i]));
  }
  return crate_map_put(&baseline->entries, key, ++baseline->count);
}

static CrateStatus
read_entry(CrateBaseline *baseline,
           const CrateJsonDocument *document,
           CrateText crate,
           const CrateJson *entry)
{
  Identity identity = {{[CRATE] = crate}};
  size_t count = 1;
  if (!crate_json_is(entry, CRATE_JSON_OBJECT)) {
    return refuse(document, entry, "an object");
  }
  for (const CrateJson *key = crate_json_first_key(entry); key;
       key = crate_json_next_key(key)) {
    const int part = part_of(key);
    if (crate_json_is_string(key, "count")) {
      CRATE_TRY(read_count(document, key->next, &count));
    } else if (part == PARTS) {
      return refuse(document, key, "rule, focus, property, value or count");
    } else if (!crate_json_is(key->next, CRATE_JSON_STRING)) {
      return refuse(document, key->next, "a string");
    } else {
      identity.parts[part] = crate_json_text(key->next);
    }
  }
  return add_entry(baseline, &identity, baseline->crate_count - 1u, count);
}

static CrateStatus
add_crate(CrateBaseline *baseline, CrateText name)
{
  CrateText copy;
  CRATE_TRY(crate_arena_copy(&baseline->arena, name, &copy));
  CRATE_TRY(crate_world_reserve(baseline->world, &baseline->firsts,
                                &baseline->crate_capacity,
                                baseline->crate_count + 1u, sizeof(size_t)));
  baseline->firsts[baseline->crate_count] = baseline->count;
  return crate_map_put(&baseline->crates, copy, ++baseline->crate_count);
}

static CrateStatus
read_crate(CrateBaseline *baseline,
           const CrateJsonDocument *document,
           const CrateJson *key)
{
  const CrateText name = crate_json_text(key);
  if (!crate_json_is(key->next, CRATE_JSON_ARRAY)) {
    return refuse(document, key->next, "an array");
  }
  CRATE_TRY(add_crate(baseline, name));
  for (const CrateJson *entry = crate_json_first(key->next); entry;
       entry = entry->next) {
    CRATE_TRY(read_entry(baseline, document, name, entry));
  }
  return CRATE_OK;
}

static CrateStatus
read_document(CrateBaseline *baseline, const CrateJsonDocument *document)
{
  const CrateJson *const root = document->root;
  const CrateJson *const version = crate_json_get(root, CRATE_TEXT("baseline"));
  const CrateJson *const crates = crate_json_get(root, CRATE_TEXT("crates"));
  if (document->first_duplicate) {
    return refuse(document, document->first_duplicate, "each key once");
  }
  if (!version || !crates) {
    return refuse(document, root, "an object with \"baseline\" and \"crates\"");
  }
  if (!crate_json_is(version, CRATE_JSON_NUMBER) ||
      !crate_text_is(crate_json_text(version), VERSION)) {
    return refuse(document, version, VERSION);
  }
  if (!crate_json_is(crates, CRATE_JSON_OBJECT)) {
    return refuse(document, crates, "an object");
  }
  for (const CrateJson *key = crate_json_first_key(crates); key;
       key = crate_json_next_key(key)) {
    CRATE_TRY(read_crate(baseline, document, key));
  }
  return CRATE_OK;
}

CrateStatus
crate_baseline_new(const CrateWorld *world, CrateBaseline **out)
{
  CrateBaseline *const baseline =
    (CrateBaseline *)crate_world_allocate(world, sizeof(*baseline));
  *out = baseline;
  if (!baseline) {
    return CRATE_NO_MEMORY;
  }
  *baseline = (CrateBaseline){.world = world};
  crate_arena_init(&baseline->arena, world);
  crate_map_init(&baseline->crates, world);
  crate_map_init(&baseline->entries, world);
  return CRATE_OK;
}

CrateStatus
crate_baseline_read(CrateBaseline *baseline, CrateText name, CrateText bytes)
{
  CrateJsonDocument document = {0};
  CrateStatus st = crate_json_read(baseline->world, name, bytes, &document);
  st = st ? st : read_document(baseline, &document);
  crate_json_clear(&document);
  return st;
}

void
crate_baseline_free(CrateBaseline *baseline)
{
  if (baseline) {
    const CrateWorld *const world = baseline->world;
    crate_map_clear(&baseline->crates);
    crate_map_clear(&baseline->entries);
    crate_arena_clear(&baseline->arena);
    crate_world_release(world, baseline->firsts);
    crate_world_release(world, baseline->items);
    crate_world_release(world, baseline);
  }
}

/// Whether one more finding alike is known.
static bool
use(CrateBaseline *baseline, CrateText key)
{
  uintptr_t number = 0;
  if (!crate_map_get(&baseline->entries, key, &number)) {
    return false;
  }
  Entry *const entry = &baseline->items[number - 1u];
  if (entry->round != baseline->round) {
    entry->round = baseline->round;
    entry->used = 0;
  }
  if (entry->used == entry->count) {
    return false;
  }
  ++entry->used;
  entry->most = entry->used > entry->most ? entry->used : entry->most;
  return true;
}

/// Whether a rule was judged at all: one that was not has no findings, and
/// that says nothing.
static bool
was_checked(const CrateVerdict *verdict, CrateText rule)
{
  const CrateText profile =
    crate_text_slice(rule, 0, crate_text_find(rule, '/'));
  bool judged = false;
  for (size_t i = 0; i < verdict->profile_count; ++i) {
    judged |= crate_text_equal(verdict->profiles[i], profile);
  }
  for (size_t i = 0; i < verdict->not_checked_count && judged; ++i) {
    judged = !crate_text_equal(verdict->not_checked[i].rule, rule);
  }
  return judged;
}

/// Note which findings of a crate could have occurred.
static void
note_checked(CrateBaseline *baseline, size_t crate, const CrateVerdict *verdict)
{
  const size_t end = crate + 1u < baseline->crate_count
                       ? baseline->firsts[crate + 1u]
                       : baseline->count;
  for (size_t i = baseline->firsts[crate]; i < end; ++i) {
    Entry *const entry = &baseline->items[i];
    entry->checked |= was_checked(verdict, entry->identity.parts[RULE]);
  }
}

CrateStatus
crate_baseline_apply(CrateBaseline *baseline,
                     CrateText crate,
                     bool whole,
                     CrateVerdict *verdict)
{
  uintptr_t number = 0;
  if (!crate_map_get(&baseline->crates, crate, &number)) {
    return CRATE_OK;
  }
  ++baseline->round;
  if (whole) {
    note_checked(baseline, number - 1u, verdict);
  }
  CrateArena scratch;
  CrateStatus st = CRATE_OK;
  crate_arena_init(&scratch, baseline->world);
  for (size_t i = 0; i < verdict->finding_count && !st; ++i) {
    CrateFinding *const finding = &verdict->findings[i];
    const Identity identity = identity_of(crate, finding);
    CrateText key;
    crate_arena_reset(&scratch);
    st = key_of(&scratch, &identity, &key);
    finding->known = !st && use(baseline, key);
    verdict->known[finding->severity] += finding->known;
  }
  crate_arena_clear(&scratch);
  crate_verdict_mark_scores(verdict);
  return st;
}

size_t
crate_baseline_gone(const CrateBaseline *baseline)
{
  size_t gone = 0;
  for (size_t i = 0; i < baseline->count; ++i) {
    const Entry *const entry = &baseline->items[i];
    gone += entry->checked ? entry->count - entry->most : 0;
  }
  return gone;
}

CrateStatus
crate_baseline_add(CrateBaseline *baseline,
                   CrateText crate,
                   CrateVerdict *verdict)
{
  if (crate_map_get(&baseline->crates, crate, NULL)) {
    return crate_baseline_apply(baseline, crate, true, verdict);
  }
  CRATE_TRY(add_crate(baseline, crate));
  for (size_t i = 0; i < verdict->finding_count; ++i) {
    CrateFinding *const finding = &verdict->findings[i];
    const Identity identity = identity_of(crate, finding);
    CRATE_TRY(add_entry(baseline, &identity, baseline->crate_count - 1u, 1));
    finding->known = true;
    ++verdict->known[finding->severity];
  }
  crate_verdict_mark_scores(verdict);
  return CRATE_OK;
}

static int
compare_entries(const void *a, const void *b)
{
  const Entry *const x = (const Entry *)a;
  const Entry *const y = (const Entry *)b;
  int order = 0;
  for (int i = 0; i < PARTS && !order; ++i) {
    order = crate_text_compare(x->identity.parts[i], y->identity.parts[i]);
  }
  return order;
}

/// On a line of its own.
static void
write_entry(CrateBuffer *buffer, const Entry *entry)
{
  const char *separator = "{";
  crate_buffer_add_string(buffer, "\n      ");
  for (int i = RULE; i < PARTS; ++i) {
    if (entry->identity.parts[i].size) {
      crate_buffer_print(buffer, "%s\"%s\": ", separator, names[i]);
      crate_json_write_string(buffer, entry->identity.parts[i]);
      separator = ", ";
    }
  }
  if (entry->count > 1) {
    crate_buffer_print(buffer, "%s\"count\": %zu", separator, entry->count);
  }
  crate_buffer_add_byte(buffer, '}');
}

/// The lines of all, sorted so that those of a crate stand together.
static void
write_entries(CrateBuffer *buffer, const Entry *entries, size_t count)
{
  for (size_t i = 0; i < count; ++i) {
    if (i && entries[i].crate == entries[i - 1u].crate) {
      crate_buffer_add_byte(buffer, ',');
    } else {
      crate_buffer_add_string(buffer, i ? "\n    ],\n    " : "\n    ");
      crate_json_write_string(buffer, entries[i].identity.parts[CRATE]);
      crate_buffer_add_string(buffer, ": [");
    }
    write_entry(buffer, &entries[i]);
    crate_buffer_drain(buffer);
  }
  crate_buffer_add_string(buffer, count ? "\n    ]\n  " : "");
}

void
crate_baseline_write(CrateBaseline *baseline, CrateBuffer *buffer)
{
  Entry *const sorted = (Entry *)crate_arena_array(
    &baseline->arena, baseline->count + 1u, sizeof(Entry));
  if (!sorted) {
    buffer->status = crate_arena_status(&baseline->arena);
    return;
  }
  if (baseline->count) {
    memcpy(sorted, baseline->items, baseline->count * sizeof(Entry));
    qsort(sorted, baseline->count, sizeof(Entry), compare_entries);
  }
  crate_buffer_add_string(buffer,
                          "{\n  \"tool\": \"crate-validate\",\n"
                          "  \"baseline\": " VERSION ",\n  \"crates\": {");
  write_entries(buffer, sorted, baseline->count);
  crate_buffer_add_string(buffer, "}\n}\n");
}
