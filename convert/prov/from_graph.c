// SPDX-License-Identifier: Apache-2.0
// PROV-O as PROV-DM. The graph's quads are sorted by graph and subject: each
// subject of each graph is a group, read once as the end of relations and once
// as a thing with attributes.
#include "convert/prov/names.h"
#include "convert/prov/notation.h"

/// What a term is in PROV-O (kinds plus 1, 0 for none), or in this graph.
typedef struct Mark {
  uint8_t plain, qualified; ///< As a property.
  uint8_t type;             ///< As a class.
  uint8_t about, towards;   ///< Roles that a property gives to its ends.
  uint8_t member;           ///< Role that a class gives to its members.
  uint8_t role;             ///< Of a thing, from what relations need.
  uint8_t uses;             ///< As an object, up to two.
  uint8_t subtype;          ///< As a property, of derivations, plus 1.
  bool inverse;             ///< As a property: from the second end.
  bool bundle;              ///< Names a graph.
  CrateTerm claimed;        ///< A qualified relation: in this graph, plus 1.
  CrateTerm taken;          ///< And read there, plus 1: it has one first end.
} Mark;

typedef struct Reader {
  CrateProv *document;
  const CrateTerms *terms;
  const CrateGraph *graph;
  const CrateQuad *quads;
  size_t size;
  CrateProvNames names;
  Mark *marks;            // by term
  size_t lost;            // statements without a place
  const CrateQuad *first; // of them
} Reader;

/// Statements of one graph about one subject.
typedef struct Group {
  size_t from, to;
} Group;

/// Classes that say what a thing is without PROV's own three.
static const struct {
  const char *iri;
  CrateProvRole role;
} classes[] = {
  {CRATE_PROV_NAMESPACE "Person", CRATE_PROV_IS_AGENT},
  {CRATE_PROV_NAMESPACE "Organization", CRATE_PROV_IS_AGENT},
  {CRATE_PROV_NAMESPACE "SoftwareAgent", CRATE_PROV_IS_AGENT},
  {CRATE_PROV_NAMESPACE "Plan", CRATE_PROV_IS_ENTITY},
  {CRATE_PROV_NAMESPACE "Collection", CRATE_PROV_IS_ENTITY},
  {CRATE_PROV_NAMESPACE "EmptyCollection", CRATE_PROV_IS_ENTITY},
  {CRATE_PROV_NAMESPACE "Bundle", CRATE_PROV_IS_ENTITY},
};

#define THINGS                                                                 \
  (CRATE_PROV_IS_ENTITY | CRATE_PROV_IS_ACTIVITY | CRATE_PROV_IS_AGENT)

/// Things in the order in which they take the attributes.
static const struct {
  CrateProvKind kind;
  CrateProvRole role;
} things[] = {
  {CRATE_PROV_ACTIVITY, CRATE_PROV_IS_ACTIVITY},
  {CRATE_PROV_AGENT, CRATE_PROV_IS_AGENT},
  {CRATE_PROV_ENTITY, CRATE_PROV_IS_ENTITY},
};

#define THING_COUNT (sizeof(things) / sizeof(*things))

static bool
is_literal(const Reader *reader, CrateTerm term)
{
  return crate_terms_kind(reader->terms, term) == CRATE_TERM_LITERAL;
}

/// Whether a term may stand where an argument of this role does.
static bool
fits(const Reader *reader, CrateTerm term, CrateProvRole role)
{
  const CrateTermInfo info = crate_terms_info(reader->terms, term);
  return role == CRATE_PROV_IS_TIME
           ? info.datatype == CRATE_XSD_DATE_TIME && info.text.size &&
               crate_notation_time_span(info.text) == info.text.size
           : info.kind != CRATE_TERM_LITERAL;
}

/// What the names of one kind mean.
static void
mark_kind(Reader *reader, CrateProvKind kind)
{
  const CrateProvKindInfo *const info = crate_prov_kind(kind);
  const CrateProvKindNames *const names = &reader->names.kinds[kind];
  Mark *const marks = reader->marks;
  const uint8_t number = (uint8_t)(kind + 1);
  if (names->type) {
    marks[names->type].type = number;
  }
  for (unsigned i = 0; i < info->count; ++i) {
    if (names->arguments[i]) {
      marks[names->arguments[i]].towards |= info->arguments[i].role & THINGS;
    }
  }
  if (kind < CRATE_PROV_FIRST_RELATION) {
    return;
  }
  marks[names->plain].plain = number;
  marks[names->plain].about = info->arguments[0].role & THINGS;
  marks[names->plain].towards = info->arguments[1].role & THINGS;
  if (names->qualified) {
    marks[names->qualified].qualified = number;
    marks[names->qualified].about = info->arguments[0].role & THINGS;
  }
}

/// Properties that say what others say of another kind, or the other way.
static void
mark_variants(Reader *reader)
{
  const CrateProvNames *const names = &reader->names;
  Mark *const marks = reader->marks;
  for (size_t i = 0; i < CRATE_PROV_SUBTYPES; ++i) {
    const CrateProvSubtypeNames *const subtype = &names->subtypes[i];
    marks[subtype->plain] = marks[names->kinds[CRATE_PROV_DERIVATION].plain];
    marks[subtype->qualified] =
      marks[names->kinds[CRATE_PROV_DERIVATION].qualified];
    marks[subtype->plain].subtype = (uint8_t)(i + 1);
    marks[subtype->qualified].subtype = (uint8_t)(i + 1);
  }
  marks[names->generated] = (Mark){.plain = CRATE_PROV_GENERATION + 1,
                                   .about = CRATE_PROV_IS_ACTIVITY,
                                   .towards = CRATE_PROV_IS_ENTITY,
                                   .inverse = true};
  marks[names->invalidated] = marks[names->generated];
  marks[names->invalidated].plain = CRATE_PROV_INVALIDATION + 1;
}

static void
mark_names(Reader *reader)
{
  for (int kind = 0; kind < CRATE_PROV_KIND_COUNT; ++kind) {
    mark_kind(reader, (CrateProvKind)kind);
  }
  mark_variants(reader);
  const CrateTerm *const times =
    reader->names.kinds[CRATE_PROV_ACTIVITY].arguments;
  reader->marks[times[0]].about = CRATE_PROV_IS_ACTIVITY;
  reader->marks[times[1]].about = CRATE_PROV_IS_ACTIVITY;
  reader->marks[reader->names.generated_at].about = CRATE_PROV_IS_ENTITY;
  reader->marks[reader->names.invalidated_at].about = CRATE_PROV_IS_ENTITY;
  for (size_t i = 0; i < sizeof(classes) / sizeof(*classes); ++i) {
    const CrateTerm class =
      crate_terms_find_iri(reader->terms, crate_text(classes[i].iri));
    reader->marks[class].member = class ? (uint8_t)classes[i].role : 0;
  }
}

/// What each term is, from all that the graph says.
static void
mark_terms(Reader *reader)
{
  Mark *const marks = reader->marks;
  for (size_t i = 0; i < reader->size; ++i) {
    const CrateQuad *const quad = &reader->quads[i];
    const Mark *const predicate = &marks[quad->predicate];
    Mark *const object = &marks[quad->object];
    marks[quad->subject].role |= predicate->about;
    object->role |= predicate->towards;
    object->uses += object->uses < 2;
    marks[quad->graph].bundle = true;
    if (quad->predicate == CRATE_RDF_TYPE) {
      marks[quad->subject].role |= object->member;
    }
    if (predicate->qualified && !is_literal(reader, quad->object)) {
      object->claimed = quad->graph + 1;
    }
  }
}

static bool
is_before(const CrateQuad *quad, CrateTerm graph, CrateTerm subject)
{
  return quad->graph < graph ||
         (quad->graph == graph && quad->subject < subject);
}

static Group
find_group(const Reader *reader, CrateTerm graph, CrateTerm subject)
{
  size_t low = 0;
  for (size_t high = reader->size; low < high;) {
    const size_t middle = low + (high - low) / 2;
    if (is_before(&reader->quads[middle], graph, subject)) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  Group group = {low, low};
  while (group.to < reader->size && reader->quads[group.to].graph == graph &&
         reader->quads[group.to].subject == subject) {
    ++group.to;
  }
  return group;
}

static void
lose(Reader *reader, const CrateQuad *quad)
{
  reader->first = reader->lost++ ? reader->first : quad;
}

/// A statement of the record added last, as an attribute of it.
static CrateStatus
add_attribute(Reader *reader, const CrateQuad *quad)
{
  const CrateProvNames *const names = &reader->names;
  CrateTerm name =
    quad->predicate == CRATE_RDF_TYPE ? names->type : quad->predicate;
  for (size_t i = 0; i < CRATE_PROV_ALIASES; ++i) {
    name = name == names->properties[i] ? names->attributes[i] : name;
  }
  return crate_prov_add_attribute(reader->document, name, quad->object);
}

/// The argument that a statement of a node is, or CRATE_PROV_ARGUMENTS.
static unsigned
argument_of(const Reader *reader, CrateProvKind kind, const CrateQuad *quad)
{
  const CrateProvKindInfo *const info = crate_prov_kind(kind);
  const CrateTerm *const names = reader->names.kinds[kind].arguments;
  for (unsigned i = 0; i < info->count; ++i) {
    if (names[i] == quad->predicate &&
        fits(reader, quad->object, info->arguments[i].role)) {
      return i;
    }
  }
  return CRATE_PROV_ARGUMENTS;
}

/// Arguments from a group; what there is a second time has no place.
static void
take_arguments(Reader *reader, Group group, CrateProvRecord *record)
{
  for (size_t i = group.from; i < group.to; ++i) {
    const CrateQuad *const quad = &reader->quads[i];
    const unsigned k = argument_of(reader, record->kind, quad);
    if (k < CRATE_PROV_ARGUMENTS && record->arguments[k]) {
      lose(reader, quad);
    } else if (k < CRATE_PROV_ARGUMENTS) {
      record->arguments[k] = quad->object;
    }
  }
}

static bool
is_complete(const CrateProvRecord *record)
{
  const CrateProvKindInfo *const info = crate_prov_kind(record->kind);
  bool complete = true;
  for (unsigned i = 0; i < info->count; ++i) {
    complete &= !info->arguments[i].required || record->arguments[i];
  }
  return complete;
}

/// The type that a property gives to its derivations, 0 when it gives none.
static CrateTerm
subtype_of(const Reader *reader, CrateTerm property)
{
  const uint8_t subtype = reader->marks[property].subtype;
  return subtype ? reader->names.subtypes[subtype - 1].type : CRATE_NO_TERM;
}

/// The relation that a qualified property leads to.
static CrateStatus
read_qualified(Reader *reader, const CrateQuad *towards)
{
  Mark *const node = &reader->marks[towards->object];
  CrateProvRecord record = {
    .kind = (CrateProvKind)(reader->marks[towards->predicate].qualified - 1),
    .bundle = towards->graph,
    .arguments = {towards->subject},
    .origin = crate_graph_origin(reader->graph, towards)};
  if (node->taken == towards->graph + 1) {
    lose(reader, towards);
    return CRATE_OK;
  }
  node->taken = towards->graph + 1;
  const bool named =
    crate_terms_kind(reader->terms, towards->object) == CRATE_TERM_IRI;
  record.id = named || node->uses > 1 ? towards->object : CRATE_NO_TERM;
  const Group group = find_group(reader, towards->graph, towards->object);
  take_arguments(reader, group, &record);
  if (!is_complete(&record)) {
    lose(reader, towards);
    return CRATE_OK;
  }
  CRATE_TRY(crate_prov_add(reader->document, &record));
  const CrateTerm implied = subtype_of(reader, towards->predicate);
  bool typed = !implied;
  for (size_t i = group.from; i < group.to; ++i) {
    const CrateQuad *const quad = &reader->quads[i];
    const Mark *const predicate = &reader->marks[quad->predicate];
    typed |= quad->predicate == CRATE_RDF_TYPE && quad->object == implied;
    const bool own = quad->predicate == CRATE_RDF_TYPE &&
                     reader->marks[quad->object].type == record.kind + 1;
    if (!own && !predicate->plain && !predicate->qualified &&
        argument_of(reader, record.kind, quad) == CRATE_PROV_ARGUMENTS) {
      CRATE_TRY(add_attribute(reader, quad));
    }
  }
  return typed ? CRATE_OK
               : crate_prov_add_attribute(reader->document, reader->names.type,
                                          implied);
}

/// The kind of a relation that a statement gives but the time of, or
/// CRATE_PROV_KIND_COUNT. PROV-O 3.2: the activity is not known.
static CrateProvKind
timed_kind(const Reader *reader, const CrateQuad *quad)
{
  const bool generated = quad->predicate == reader->names.generated_at;
  const bool known =
    generated || quad->predicate == reader->names.invalidated_at;
  return !known || !fits(reader, quad->object, CRATE_PROV_IS_TIME)
           ? CRATE_PROV_KIND_COUNT
         : generated ? CRATE_PROV_GENERATION
                     : CRATE_PROV_INVALIDATION;
}

/// Whether a statement is a relation between two things, or to a time.
static bool
is_relation(const Reader *reader, const CrateQuad *quad)
{
  const Mark *const predicate = &reader->marks[quad->predicate];
  return ((predicate->plain || predicate->qualified) &&
          !is_literal(reader, quad->object)) ||
         timed_kind(reader, quad) != CRATE_PROV_KIND_COUNT;
}

/// The bundle of a mention, 0 when the group names none.
static CrateTerm
bundle_of(const Reader *reader, Group group)
{
  const CrateTerm name = reader->names.kinds[CRATE_PROV_MENTION].arguments[2];
  for (size_t i = group.from; i < group.to; ++i) {
    if (reader->quads[i].predicate == name &&
        !is_literal(reader, reader->quads[i].object)) {
      return reader->quads[i].object;
    }
  }
  return CRATE_NO_TERM;
}

/// The relation that a statement is without any node.
static CrateStatus
read_plain(Reader *reader, const CrateQuad *quad, CrateTerm mentioned)
{
  const CrateProvKind timed = timed_kind(reader, quad);
  const uint8_t plain = reader->marks[quad->predicate].plain;
  CrateProvRecord record = {.kind = timed,
                            .bundle = quad->graph,
                            .arguments = {quad->subject},
                            .origin = crate_graph_origin(reader->graph, quad)};
  if (timed != CRATE_PROV_KIND_COUNT) {
    record.arguments[2] = quad->object;
    return crate_prov_add(reader->document, &record);
  }
  const bool inverse = reader->marks[quad->predicate].inverse;
  const CrateTerm type = subtype_of(reader, quad->predicate);
  record.kind = (CrateProvKind)(plain - 1);
  record.arguments[0] = inverse ? quad->object : quad->subject;
  record.arguments[1] = inverse ? quad->subject : quad->object;
  if (record.kind == CRATE_PROV_MENTION) {
    record.arguments[2] = mentioned;
  }
  if (!is_complete(&record)) {
    lose(reader, quad);
    return CRATE_OK;
  }
  CRATE_TRY(crate_prov_add(reader->document, &record));
  return type ? crate_prov_add_attribute(reader->document, reader->names.type,
                                         type)
              : CRATE_OK;
}

/// All relations that a subject is the first end of. `bundle`: gets the one
/// that a mention has used up.
static CrateStatus
read_relations(Reader *reader, Group group, CrateTerm *bundle)
{
  const CrateTerm mentioned = bundle_of(reader, group);
  for (size_t i = group.from; i < group.to; ++i) {
    const CrateQuad *const quad = &reader->quads[i];
    const Mark *const predicate = &reader->marks[quad->predicate];
    if (!is_relation(reader, quad)) {
      continue;
    }
    if (predicate->plain == CRATE_PROV_MENTION + 1) {
      *bundle = mentioned;
    }
    CRATE_TRY(predicate->qualified ? read_qualified(reader, quad)
                                   : read_plain(reader, quad, mentioned));
  }
  return CRATE_OK;
}

/// What a subject is said to be by PROV's own three classes.
static uint8_t
declared_roles(const Reader *reader, Group group)
{
  uint8_t roles = 0;
  for (size_t i = group.from; i < group.to; ++i) {
    const uint8_t type = reader->marks[reader->quads[i].object].type;
    for (size_t k = 0; k < THING_COUNT; ++k) {
      if (reader->quads[i].predicate == CRATE_RDF_TYPE &&
          type == things[k].kind + 1) {
        roles |= (uint8_t)things[k].role;
      }
    }
  }
  return roles;
}

/// Whether a statement is left for the thing's attributes.
static bool
is_attribute(const Reader *reader, const CrateQuad *quad, CrateTerm bundle)
{
  const uint8_t type = reader->marks[quad->object].type;
  const bool own = quad->predicate == CRATE_RDF_TYPE && type &&
                   type <= CRATE_PROV_FIRST_RELATION;
  const CrateTerm mention =
    reader->names.kinds[CRATE_PROV_MENTION].arguments[2];
  return !own && !is_relation(reader, quad) &&
         !(quad->predicate == mention && quad->object == bundle);
}

/// A thing, with the attributes when it is the first of its subject.
static CrateStatus
read_thing(Reader *reader,
           Group group,
           CrateProvKind kind,
           CrateTerm bundle,
           bool attributes)
{
  const CrateQuad *const first = &reader->quads[group.from];
  CrateProvRecord record = {.kind = kind,
                            .bundle = first->graph,
                            .id = first->subject,
                            .origin = crate_graph_origin(reader->graph, first)};
  if (kind == CRATE_PROV_ACTIVITY) {
    take_arguments(reader, group, &record);
  }
  CRATE_TRY(crate_prov_add(reader->document, &record));
  for (size_t i = group.from; attributes && i < group.to; ++i) {
    const CrateQuad *const quad = &reader->quads[i];
    if (is_attribute(reader, quad, bundle) &&
        argument_of(reader, kind, quad) == CRATE_PROV_ARGUMENTS) {
      CRATE_TRY(add_attribute(reader, quad));
    }
  }
  return CRATE_OK;
}

/// Whether all that is said of a subject but relations is that it is a bundle,
/// and no graph has its name: then it is one without statements.
static bool
is_empty_bundle(const Reader *reader, Group group, CrateTerm bundle)
{
  bool empty = false;
  for (size_t i = group.from; i < group.to; ++i) {
    const CrateQuad *const quad = &reader->quads[i];
    if (quad->graph || reader->marks[quad->subject].bundle) {
      return false;
    }
    if (is_attribute(reader, quad, bundle)) {
      if (quad->predicate != CRATE_RDF_TYPE ||
          quad->object != reader->names.bundle) {
        return false;
      }
      empty = true;
    }
  }
  return empty;
}

static CrateStatus
read_things(Reader *reader, Group group, CrateTerm bundle)
{
  const CrateTerm subject = reader->quads[group.from].subject;
  const uint8_t declared = declared_roles(reader, group);
  size_t count = 0;
  for (size_t i = group.from; i < group.to; ++i) {
    count += is_attribute(reader, &reader->quads[i], bundle);
  }
  if (!declared && !count) {
    return CRATE_OK;
  }
  if (!declared && is_empty_bundle(reader, group, bundle)) {
    return crate_prov_end_bundle(reader->document, subject,
                                 reader->document->count);
  }
  const uint8_t roles = declared ? declared : reader->marks[subject].role;
  bool first = true;
  for (size_t k = 0; k < THING_COUNT; ++k) {
    if (roles & (uint8_t)things[k].role && (first || declared)) {
      CRATE_TRY(read_thing(reader, group, things[k].kind, bundle, first));
      first = false;
    }
  }
  for (size_t i = group.from; first && i < group.to; ++i) {
    if (is_attribute(reader, &reader->quads[i], bundle)) {
      lose(reader, &reader->quads[i]);
    }
  }
  return CRATE_OK;
}

static CrateStatus
read_groups(Reader *reader)
{
  mark_names(reader);
  mark_terms(reader);
  for (Group group = {0, 0}; group.from < reader->size; group.from = group.to) {
    const CrateQuad *const first = &reader->quads[group.from];
    CrateTerm bundle = CRATE_NO_TERM;
    while (group.to < reader->size &&
           reader->quads[group.to].subject == first->subject &&
           reader->quads[group.to].graph == first->graph) {
      ++group.to;
    }
    CRATE_TRY(read_relations(reader, group, &bundle));
    if (reader->marks[first->subject].claimed != first->graph + 1 ||
        declared_roles(reader, group)) {
      CRATE_TRY(read_things(reader, group, bundle));
    }
  }
  return CRATE_OK;
}

/// One warning for all that was lost.
static void
say_lost(const Reader *reader, CrateText name)
{
  const CrateDiagnostic place = {.level = CRATE_DIAGNOSTIC_WARNING,
                                 .file = name,
                                 .code = CRATE_TEXT("not-provenance")};
  const CrateText subject =
    crate_terms_info(reader->terms, reader->first->subject).text;
  const CrateText predicate =
    crate_terms_info(reader->terms, reader->first->predicate).text;
  (void)crate_world_say(reader->document->world, CRATE_OK, &place,
                        "PROV-DM has no place for %zu of the statements, "
                        "which are lost; the first is <%.*s> of \"%.*s\"",
                        reader->lost, CRATE_TEXT_ARG(predicate),
                        CRATE_TEXT_ARG(subject));
}

CrateStatus
crate_prov_from_graph(CrateProv *document,
                      const CrateGraph *graph,
                      CrateText name)
{
  Reader reader = {.document = document,
                   .terms = document->terms,
                   .graph = graph,
                   .quads = crate_graph_quads(graph),
                   .size = crate_graph_size(graph)};
  CRATE_TRY(crate_prov_names_find(document->terms, &reader.names));
  const size_t size = crate_terms_end(document->terms) * sizeof(*reader.marks);
  reader.marks = crate_world_allocate(document->world, size);
  if (!reader.marks) {
    return CRATE_NO_MEMORY;
  }
  memset(reader.marks, 0, size);
  const CrateStatus status = read_groups(&reader);
  if (!status && reader.lost) {
    say_lost(&reader, name);
  }
  crate_world_release(document->world, reader.marks);
  return status;
}
