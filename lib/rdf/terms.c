// SPDX-License-Identifier: Apache-2.0
// The dictionary of terms: records in blocks, found through one hash table.
#include <cratekit/term.h>

/// 24 bytes a term; the language tag, being rare, stands before the lexical
/// form in the same bytes.
typedef struct {
  const char *text; // language tag, then text
  uint32_t size;    // of the text alone
  CrateTerm datatype;
  uint8_t kind;
  uint8_t language_size;
} Record;

/// The hash beside the number: a slot of another term is told apart, and the
/// table grown, without a look at its record.
typedef struct {
  uint32_t hash;
  CrateTerm term; // 0: the slot is empty
} Slot;

/// A hash table by open addressing.
typedef struct {
  Slot *slots;
  size_t count; // a power of 2
} Table;

struct CrateTerms {
  const CrateWorld *world;
  CrateArena texts;
  Record *records; // by number; records[0] is no term
  size_t capacity;
  CrateTerm end;
  Table table;
  CrateTerm marked;         // where crate_terms_rewind() goes back to
  CrateArenaMark marked_at; // and what the texts took then
  Table kept;               // the table of the mark, once it was outgrown
};

#define RDF "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
#define XSD "http://www.w3.org/2001/XMLSchema#"

/// In the order of CrateFixedTerm.
static const char *const fixed_iris[] = {
  RDF "type",
  RDF "first",
  RDF "rest",
  RDF "nil",
  RDF "langString",
  RDF "dirLangString",
  RDF "JSON",
  RDF "value",
  RDF "language",
  RDF "direction",
  "http://www.w3.org/2000/01/rdf-schema#subClassOf",
  XSD "string",
  XSD "boolean",
  XSD "integer",
  XSD "decimal",
  XSD "double",
  XSD "date",
  XSD "dateTime",
  XSD "anyURI",
};

/// What makes a term: compared with a record, or made into one.
typedef struct {
  CrateText text, language;
  CrateTerm datatype;
  CrateTermKind kind;
} Key;

/// The language's letters stay out of the hash, as their case does not count.
static uint32_t
hash_key(const CrateTerms *terms, const Key *key)
{
  const uint64_t salt = ((uint64_t)key->datatype << 8u) | (uint64_t)key->kind |
                        (key->language.size << 3u);
  return (uint32_t)crate_text_hash(key->text, terms->world->hash_key ^ salt);
}

static CrateText
record_language(const Record *record)
{
  return (CrateText){record->text, record->language_size};
}

static CrateText
record_text(const Record *record)
{
  return (CrateText){record->text + record->language_size, record->size};
}

static bool
record_is(const Record *record, const Key *key)
{
  return record->kind == (uint8_t)key->kind &&
         record->datatype == key->datatype &&
         crate_text_equal(record_text(record), key->text) &&
         crate_text_equal_fold(record_language(record), key->language);
}

/// Index of the slot that holds the key, or of the empty one for it.
static size_t
find_slot(const CrateTerms *terms, const Key *key, uint32_t hash)
{
  const Slot *const slots = terms->table.slots;
  const size_t mask = terms->table.count - 1u;
  size_t i = hash & mask;
  while (slots[i].term && (slots[i].hash != hash ||
                           !record_is(&terms->records[slots[i].term], key))) {
    i = (i + 1u) & mask;
  }
  return i;
}

/// Put the terms of one table into a larger, empty one.
static void
move_slots(const Table *from, Table *to)
{
  const size_t mask = to->count - 1u;
  for (size_t old = 0; old < from->count; ++old) {
    size_t i = from->slots[old].hash & mask;
    if (!from->slots[old].term) {
      continue;
    }
    while (to->slots[i].term) {
      i = (i + 1u) & mask;
    }
    to->slots[i] = from->slots[old];
  }
}

/// The table of the mark is put aside rather than released: what was added to
/// it since can be taken out again, but not put back together from a larger
/// one without more memory.
static CrateStatus
grow_table(CrateTerms *terms)
{
  const size_t count = terms->table.count ? terms->table.count * 2u : 256u;
  Slot *const slots =
    (Slot *)crate_world_allocate(terms->world, count * sizeof(Slot));
  if (!slots) {
    return CRATE_NO_MEMORY;
  }
  memset(slots, 0, count * sizeof(Slot));
  Table grown = {slots, count};
  move_slots(&terms->table, &grown);
  if (terms->marked && !terms->kept.slots) {
    terms->kept = terms->table;
  } else {
    crate_world_release(terms->world, terms->table.slots);
  }
  terms->table = grown;
  return CRATE_OK;
}

static CrateStatus
add_record(CrateTerms *terms, const Key *key, CrateTerm *out)
{
  if (terms->end == UINT32_MAX || key->text.size >= UINT32_MAX ||
      key->language.size > UINT8_MAX) {
    return CRATE_OVER_LIMIT;
  }
  CRATE_TRY(crate_world_reserve(terms->world, &terms->records, &terms->capacity,
                                (size_t)terms->end + 1u, sizeof(Record)));
  const CrateText parts[] = {key->language, key->text};
  CrateText copy;
  CRATE_TRY(crate_arena_join(&terms->texts, parts, 2, &copy));
  terms->records[terms->end] = (Record){
    .text = copy.data,
    .size = (uint32_t)key->text.size,
    .datatype = key->datatype,
    .kind = (uint8_t)key->kind,
    .language_size = (uint8_t)key->language.size,
  };
  *out = terms->end++;
  return CRATE_OK;
}

static CrateStatus
intern(CrateTerms *terms, const Key *key, CrateTerm *out)
{
  *out = CRATE_NO_TERM;
  if (terms->end + 1u > terms->table.count - terms->table.count / 3u) {
    CRATE_TRY(grow_table(terms));
  }
  const uint32_t hash = hash_key(terms, key);
  Slot *const slot = &terms->table.slots[find_slot(terms, key, hash)];
  if (!slot->term) {
    CRATE_TRY(add_record(terms, key, &slot->term));
    slot->hash = hash;
  }
  *out = slot->term;
  return CRATE_OK;
}

static CrateStatus
add_fixed(CrateTerms *terms)
{
  for (size_t i = 0; i < sizeof(fixed_iris) / sizeof(*fixed_iris); ++i) {
    CrateTerm term;
    CRATE_TRY(crate_terms_iri(terms, crate_text(fixed_iris[i]), &term));
  }
  return CRATE_OK;
}

CrateStatus
crate_terms_new(const CrateWorld *world, CrateTerms **out)
{
  *out = NULL;
  CrateTerms *const terms =
    (CrateTerms *)crate_world_allocate(world, sizeof(CrateTerms));
  if (!terms) {
    return CRATE_NO_MEMORY;
  }
  *terms = (CrateTerms){.world = world, .end = 1};
  crate_arena_init(&terms->texts, world);
  const CrateStatus st = add_fixed(terms);
  if (st) {
    crate_terms_free(terms);
    return st;
  }
  crate_terms_mark(terms);
  *out = terms;
  return CRATE_OK;
}

void
crate_terms_free(CrateTerms *terms)
{
  if (terms) {
    const CrateWorld *const world = terms->world;
    crate_arena_clear(&terms->texts);
    crate_world_release(world, terms->records);
    crate_world_release(world, terms->table.slots);
    crate_world_release(world, terms->kept.slots);
    crate_world_release(world, terms);
  }
}

void
crate_terms_mark(CrateTerms *terms)
{
  crate_world_release(terms->world, terms->kept.slots);
  terms->kept = (Table){NULL, 0};
  terms->marked = terms->end;
  terms->marked_at = crate_arena_mark(&terms->texts);
}

void
crate_terms_rewind(CrateTerms *terms)
{
  if (terms->kept.slots) {
    crate_world_release(terms->world, terms->table.slots);
    terms->table = terms->kept;
    terms->kept = (Table){NULL, 0};
  }
  // A term never moves for one that comes later: the slots of those before
  // the mark are found without the others.
  for (size_t i = 0; i < terms->table.count; ++i) {
    if (terms->table.slots[i].term >= terms->marked) {
      terms->table.slots[i] = (Slot){0, 0};
    }
  }
  terms->end = terms->marked;
  crate_arena_rewind(&terms->texts, terms->marked_at);
}

CrateStatus
crate_terms_iri(CrateTerms *terms, CrateText iri, CrateTerm *out)
{
  const Key key = {.text = iri, .kind = CRATE_TERM_IRI};
  return intern(terms, &key, out);
}

static Key
literal_key(CrateText lexical, CrateTerm datatype, CrateText language)
{
  const CrateTerm implied = language.size ? (CrateTerm)CRATE_RDF_LANG_STRING
                                          : (CrateTerm)CRATE_XSD_STRING;
  return (Key){lexical, language, datatype ? datatype : implied,
               CRATE_TERM_LITERAL};
}

CrateStatus
crate_terms_literal(CrateTerms *terms,
                    CrateText lexical,
                    CrateTerm datatype,
                    CrateText language,
                    CrateTerm *out)
{
  const Key key = literal_key(lexical, datatype, language);
  return intern(terms, &key, out);
}

CrateStatus
crate_terms_blank(CrateTerms *terms, CrateText label, CrateTerm *out)
{
  const Key key = {.text = label, .kind = CRATE_TERM_BLANK};
  *out = CRATE_NO_TERM;
  return add_record(terms, &key, out);
}

CrateTerm
crate_terms_find_iri(const CrateTerms *terms, CrateText iri)
{
  const Key key = {.text = iri, .kind = CRATE_TERM_IRI};
  return terms->table.slots[find_slot(terms, &key, hash_key(terms, &key))].term;
}

CrateTerm
crate_terms_find_literal(const CrateTerms *terms,
                         CrateText lexical,
                         CrateTerm datatype,
                         CrateText language)
{
  const Key key = literal_key(lexical, datatype, language);
  return terms->table.slots[find_slot(terms, &key, hash_key(terms, &key))].term;
}

CrateTermKind
crate_terms_kind(const CrateTerms *terms, CrateTerm term)
{
  return term && term < terms->end ? (CrateTermKind)terms->records[term].kind
                                   : CRATE_TERM_NONE;
}

CrateTermInfo
crate_terms_info(const CrateTerms *terms, CrateTerm term)
{
  if (crate_terms_kind(terms, term) == CRATE_TERM_NONE) {
    return (CrateTermInfo){0};
  }
  const Record *const record = &terms->records[term];
  return (CrateTermInfo){
    .text = record_text(record),
    .language = record_language(record),
    .datatype = record->datatype,
    .kind = (CrateTermKind)record->kind,
  };
}

CrateTerm
crate_terms_end(const CrateTerms *terms)
{
  return terms->end;
}
