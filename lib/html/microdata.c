// SPDX-License-Identifier: Apache-2.0
// Microdata to RDF, 6.2 and 6.3. Items wait in a queue for their turn, so that
// one that leads to another costs no depth.
#include "html/microdata.h"
#include "html/read.h"

/// One item that is a property of another, by their numbers.
typedef struct Link {
  uint32_t outer, inner;
} Link;

typedef struct Reader {
  CrateHtmlSource source;
  CrateArena arena;
  CrateMap memory; ///< From elements to items.
  CrateMap ids;    ///< From id to the first element that has it.
  CrateMicrodataItem *first, **end;
  uint32_t item_count;
  Link *links; ///< In the order of the outer ones.
  size_t link_count, link_capacity;
  const CrateHtml **properties; ///< Of the item whose turn it is.
  size_t count, capacity;
  uint32_t turn;
  uint64_t work; ///< Elements looked at.
  bool has_said;
} Reader;

static const CrateText nothing = {NULL, 0};

static CrateText
get(const CrateHtml *element, const char *name)
{
  const CrateText *const value = crate_html_get(element, name);
  return value ? *value : nothing;
}

static CrateStatus
state(Reader *reader,
      const CrateHtml *element,
      CrateTerm subject,
      CrateTerm predicate,
      CrateTerm object)
{
  const CrateQuad quad = {subject, predicate, object, CRATE_NO_TERM};
  return crate_html_source_add(&reader->source, quad, element->offset);
}

/// 6.3, steps 1 to 6: who an item is, and what it speaks.
static CrateStatus
begin_item(Reader *reader, CrateMicrodataItem *item)
{
  CrateHtmlSource *const source = &reader->source;
  const CrateHtml *const node = item->node;
  const CrateText id = get(node, "itemid");
  if (id.data) {
    CRATE_TRY(crate_html_source_resolve(source, id, &item->subject));
  }
  if (!item->subject) {
    CRATE_TRY(crate_terms_blank(source->terms, nothing, &item->subject));
  }
  CrateText types = get(node, "itemtype");
  for (bool is_first = true;;) {
    const CrateText word = crate_html_next_word(&types);
    CrateTerm type;
    if (!word.size) {
      return CRATE_OK;
    }
    CRATE_TRY(crate_html_source_iri(source, word, &type));
    CRATE_TRY(state(reader, node, item->subject, CRATE_RDF_TYPE, type));
    if (is_first && type) { // a relative one is none
      is_first = false;
      item->type = word;
      item->vocabulary = crate_microdata_vocabulary(word);
    }
  }
}

static CrateStatus
note_link(Reader *reader,
          const CrateMicrodataItem *outer,
          const CrateMicrodataItem *inner)
{
  CRATE_TRY(crate_world_reserve(reader->source.document.world, &reader->links,
                                &reader->link_capacity, reader->link_count + 1u,
                                sizeof *reader->links));
  reader->links[reader->link_count++] = (Link){outer->number, inner->number};
  return CRATE_OK;
}

/// The subject of an item; if it is new, it gets in line.
/// @param around What it is a property of; NULL at the top.
static CrateStatus
meet(Reader *reader,
     const CrateHtml *node,
     const CrateMicrodataItem *around,
     CrateTerm *out)
{
  uintptr_t known = 0;
  const CrateText key = {(const char *)&node, sizeof node};
  if (crate_map_get(&reader->memory, key, &known)) {
    const CrateMicrodataItem *const item = (const CrateMicrodataItem *)known;
    *out = item->subject;
    return around ? note_link(reader, around, item) : CRATE_OK;
  }
  CrateMicrodataItem *const item =
    crate_arena_array(&reader->arena, 1, sizeof *item);
  if (!item) {
    return crate_arena_status(&reader->arena);
  }
  item->node = node;
  item->type = around ? around->type : nothing;
  item->vocabulary = around ? around->vocabulary : nothing;
  item->number = reader->item_count++;
  CRATE_TRY(begin_item(reader, item));
  CRATE_TRY(around ? note_link(reader, around, item) : CRATE_OK);
  *reader->end = item;
  reader->end = &item->next;
  *out = item->subject;
  const CrateText kept = {(const char *)&item->node, sizeof item->node};
  return crate_map_put(&reader->memory, kept, (uintptr_t)item);
}

/// Once is enough.
static void
warn(Reader *reader, const CrateHtml *element, const char *words)
{
  const CrateHtmlDocument *const document = &reader->source.document;
  if (reader->has_said) {
    return;
  }
  reader->has_said = true;
  CrateDiagnostic place = {.level = CRATE_DIAGNOSTIC_WARNING,
                           .file = document->name,
                           .line = 1,
                           .code = CRATE_TEXT("itemref-loop")};
  for (uint32_t i = 0; i < element->offset; ++i) {
    place.line += document->bytes.data[i] == '\n';
  }
  crate_world_say(document->world, CRATE_OK, &place, "%s", words);
}

static CrateStatus
over_limit(const Reader *reader)
{
  const CrateHtmlDocument *const document = &reader->source.document;
  const CrateDiagnostic place = {.file = document->name,
                                 .code = CRATE_TEXT("itemref-work")};
  return crate_world_say(document->world, CRATE_OVER_LIMIT, &place,
                         "itemref leads to so many elements so often that more "
                         "than %llu would have to be looked at",
                         (unsigned long long)document->world->limits.path_work);
}

/// Note an element if it is a property. `*inside` says whether what is in it
/// is the item's, too.
static CrateStatus
look_at(Reader *reader, CrateHtml *element, bool *inside)
{
  const CrateWorld *const world = reader->source.document.world;
  *inside = false;
  if (++reader->work > world->limits.path_work) {
    return over_limit(reader);
  }
  if (!element->name.size || crate_html_is(element, "template")) {
    return CRATE_OK;
  }
  if (element->mark == reader->turn) {
    warn(reader, element,
         "itemref leads twice to this element of one item; "
         "it counts once");
    return CRATE_OK;
  }
  element->mark = reader->turn;
  *inside = !crate_html_get(element, "itemscope");
  if (!crate_html_get(element, "itemprop") &&
      !crate_html_get(element, "itemprop-reverse")) {
    return CRATE_OK;
  }
  CRATE_TRY(crate_world_reserve(world, &reader->properties, &reader->capacity,
                                reader->count + 1u,
                                sizeof *reader->properties));
  reader->properties[reader->count++] = element;
  return CRATE_OK;
}

/// The properties below an element, and not below another item.
static CrateStatus
crawl(Reader *reader, const CrateHtml *top)
{
  for (CrateHtml *node = top->first; node;) {
    bool inside;
    CRATE_TRY(look_at(reader, node, &inside));
    node = inside ? crate_html_next(node, top) : crate_html_skip(node, top);
  }
  return CRATE_OK;
}

/// HTML 5.2.5: the properties of an item.
static CrateStatus
find_properties(Reader *reader, const CrateMicrodataItem *item)
{
  CrateText references = get(item->node, "itemref");
  ++reader->turn;
  reader->count = 0;
  ((CrateHtml *)(uintptr_t)item->node)->mark = reader->turn;
  CRATE_TRY(crawl(reader, item->node));
  for (;;) {
    const CrateText id = crate_html_next_word(&references);
    uintptr_t found = 0;
    bool inside;
    if (!id.size) {
      return CRATE_OK;
    }
    if (!crate_map_get(&reader->ids, id, &found)) {
      continue;
    }
    CrateHtml *const element = (CrateHtml *)found;
    CRATE_TRY(look_at(reader, element, &inside));
    if (inside) {
      CRATE_TRY(crawl(reader, element));
    }
  }
}

/// 6.3, step 9: the names of one property.
static CrateStatus
state_names(Reader *reader,
            const CrateMicrodataItem *item,
            const CrateHtml *element,
            CrateTerm value)
{
  CrateText names = get(element, "itemprop");
  for (;;) {
    const CrateText name = crate_html_next_word(&names);
    CrateTerm predicate, super;
    if (!name.size) {
      return CRATE_OK;
    }
    CRATE_TRY(
      crate_microdata_predicate(&reader->source, item, name, &predicate));
    CRATE_TRY(state(reader, element, item->subject, predicate, value));
    CRATE_TRY(crate_microdata_super(&reader->source, item, name, &super));
    CRATE_TRY(state(reader, element, item->subject, super, value));
  }
}

/// Appendix A: the names of one that points the other way.
static CrateStatus
state_reverse(Reader *reader,
              const CrateMicrodataItem *item,
              const CrateHtml *element,
              CrateTerm value)
{
  CrateText names = get(element, "itemprop-reverse");
  if (crate_terms_kind(reader->source.terms, value) == CRATE_TERM_LITERAL) {
    return CRATE_OK;
  }
  for (;;) {
    const CrateText name = crate_html_next_word(&names);
    CrateTerm predicate;
    if (!name.size) {
      return CRATE_OK;
    }
    CRATE_TRY(
      crate_microdata_predicate(&reader->source, item, name, &predicate));
    CRATE_TRY(state(reader, element, value, predicate, item->subject));
  }
}

/// 6.3: the statements of an item.
static CrateStatus
state_item(Reader *reader, const CrateMicrodataItem *item)
{
  CRATE_TRY(find_properties(reader, item));
  for (size_t i = 0; i < reader->count; ++i) {
    const CrateHtml *const element = reader->properties[i];
    CrateTerm value;
    CRATE_TRY(crate_html_get(element, "itemscope")
                ? meet(reader, element, item, &value)
                : crate_microdata_value(&reader->source, element, &value));
    CRATE_TRY(state_names(reader, item, element, value));
    CRATE_TRY(state_reverse(reader, item, element, value));
  }
  return CRATE_OK;
}

/// Take away the items that are in no loop, from the outermost (whose count of
/// `outer` is 0) inwards. @param line Room for their numbers.
static void
peel(const Reader *reader, uint32_t *outer, uint32_t *line)
{
  size_t end = 0;
  for (uint32_t i = 0; i < reader->item_count; ++i) {
    if (!outer[i]) {
      line[end++] = i;
    }
  }
  for (size_t at = 0; at < end; ++at) {
    // the links of one item are together: bisect for the first
    size_t low = 0;
    size_t high = reader->link_count;
    while (low < high) {
      const size_t middle = low + (high - low) / 2u;
      if (reader->links[middle].outer < line[at]) {
        low = middle + 1u;
      } else {
        high = middle;
      }
    }
    for (; low < reader->link_count && reader->links[low].outer == line[at];
         ++low) {
      if (!--outer[reader->links[low].inner]) {
        line[end++] = reader->links[low].inner;
      }
    }
  }
}

/// HTML 5.2.5: an item must not be a property of itself, by way of others.
static CrateStatus
look_for_loops(Reader *reader)
{
  const CrateWorld *const world = reader->source.document.world;
  const size_t size = reader->item_count * sizeof(uint32_t);
  uint32_t *const outer = crate_world_allocate(world, size * 2u);
  if (!outer) {
    return CRATE_NO_MEMORY;
  }
  memset(outer, 0, size);
  for (size_t i = 0; i < reader->link_count; ++i) {
    ++outer[reader->links[i].inner];
  }
  peel(reader, outer, outer + reader->item_count);
  for (const CrateMicrodataItem *i = reader->first; i; i = i->next) {
    if (outer[i->number]) {
      warn(reader, i->node,
           "this item is a property of itself, by way of "
           "itemref");
    }
  }
  crate_world_release(world, outer);
  return CRATE_OK;
}

static CrateStatus
find_ids(Reader *reader)
{
  CrateHtml *const root = reader->source.document.root;
  for (CrateHtml *node = root; node; node = crate_html_next(node, root)) {
    const CrateText id = get(node, "id");
    if (id.size && !crate_map_get(&reader->ids, id, NULL)) {
      CRATE_TRY(crate_map_put(&reader->ids, id, (uintptr_t)node));
    }
  }
  return CRATE_OK;
}

/// 6.2: the items at the top.
static CrateStatus
find_items(Reader *reader)
{
  const CrateHtml *const root = reader->source.document.root;
  const CrateHtml *node = root;
  while (node) {
    if (crate_html_is(node, "template")) {
      node = crate_html_skip(node, root);
      continue;
    }
    if (crate_html_get(node, "itemscope") &&
        !crate_html_get(node, "itemprop") &&
        !crate_html_get(node, "itemprop-reverse")) {
      CrateTerm subject;
      CRATE_TRY(meet(reader, node, NULL, &subject));
    }
    node = crate_html_next(node, root);
  }
  return CRATE_OK;
}

static CrateStatus
read_page(Reader *reader, CrateGraph *graph, const CrateRdfSource *from)
{
  CRATE_TRY(crate_html_source_open(&reader->source, graph, from));
  CRATE_TRY(find_ids(reader));
  CRATE_TRY(find_items(reader));
  for (const CrateMicrodataItem *i = reader->first; i; i = i->next) {
    CRATE_TRY(state_item(reader, i));
  }
  return reader->link_count ? look_for_loops(reader) : CRATE_OK;
}

CrateStatus
crate_html_read_microdata(CrateGraph *graph, const CrateRdfSource *from)
{
  Reader reader = {.first = NULL};
  reader.end = &reader.first;
  crate_arena_init(&reader.arena, from->world);
  crate_map_init(&reader.memory, from->world);
  crate_map_init(&reader.ids, from->world);
  CrateStatus status = read_page(&reader, graph, from);
  status =
    status ? status : crate_html_source_say_malformed(&reader.source, from);
  crate_world_release(from->world, reader.properties);
  crate_world_release(from->world, reader.links);
  crate_map_clear(&reader.ids);
  crate_map_clear(&reader.memory);
  crate_arena_clear(&reader.arena);
  crate_html_source_clear(&reader.source);
  return status;
}
