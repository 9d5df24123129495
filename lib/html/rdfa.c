// SPDX-License-Identifier: Apache-2.0
// RDFa Core 7.5: the sequence of steps that each element takes.
#include "html/rdfa.h"
#include "html/read.h"
#include <cratekit/iri.h>

static const struct {
  const char *name;
  size_t offset;
} attributes[] = {
  {"about", offsetof(CrateRdfaAttributes, about)},
  {"content", offsetof(CrateRdfaAttributes, content)},
  {"datatype", offsetof(CrateRdfaAttributes, datatype)},
  {"datetime", offsetof(CrateRdfaAttributes, datetime)},
  {"href", offsetof(CrateRdfaAttributes, href)},
  {"inlist", offsetof(CrateRdfaAttributes, inlist)},
  {"prefix", offsetof(CrateRdfaAttributes, prefix)},
  {"property", offsetof(CrateRdfaAttributes, property)},
  {"rel", offsetof(CrateRdfaAttributes, rel)},
  {"resource", offsetof(CrateRdfaAttributes, resource)},
  {"rev", offsetof(CrateRdfaAttributes, rev)},
  {"src", offsetof(CrateRdfaAttributes, src)},
  {"typeof", offsetof(CrateRdfaAttributes, type_of)},
  {"vocab", offsetof(CrateRdfaAttributes, vocab)},
};

static void
take_attributes(CrateRdfaElement *element)
{
  const CrateHtml *const node = element->node;
  for (size_t i = 0; i < sizeof attributes / sizeof *attributes; ++i) {
    const CrateText *const value = crate_html_get(node, attributes[i].name);
    if (value) {
      memcpy((char *)&element->given + attributes[i].offset, value,
             sizeof *value);
    }
  }
}

/// HTML+RDFa 3.1: beside property, terms in rel and rev are not RDFa's but
/// links of HTML; without others the attribute is not there.
static CrateStatus
drop_terms(CrateRdfaElement *element, CrateText *words)
{
  CrateArena *const arena = &element->rdfa->arena;
  CrateText rest = *words;
  char *const kept = crate_arena_allocate(arena, rest.size + 1u);
  if (!kept) {
    return crate_arena_status(arena);
  }
  size_t size = 0;
  for (;;) {
    const CrateText word = crate_html_next_word(&rest);
    if (!word.size) {
      break;
    }
    if (crate_rdfa_has_colon(word)) {
      memcpy(kept + size, word.data, word.size);
      size += word.size;
      kept[size++] = ' ';
    }
  }
  *words = (CrateText){size ? kept : NULL, size};
  return CRATE_OK;
}

CrateStatus
crate_rdfa_state(CrateRdfaElement *element,
                 CrateTerm subject,
                 CrateTerm predicate,
                 CrateTerm object)
{
  CrateRdfa *const rdfa = element->rdfa;
  if (!subject || !predicate || !object) {
    return CRATE_OK;
  }
  CRATE_TRY(crate_world_reserve(rdfa->source.document.world, &rdfa->statements,
                                &rdfa->capacity, rdfa->count + 1u,
                                sizeof *rdfa->statements));
  rdfa->statements[rdfa->count++] = (CrateRdfaStatement){
    {subject, predicate, object, CRATE_NO_TERM}, element->node->offset};
  return CRATE_OK;
}

static CrateStatus
make_blank(CrateRdfaElement *element, CrateTerm *out)
{
  return crate_terms_blank(element->rdfa->source.terms, (CrateText){NULL, 0},
                           out);
}

static CrateStatus
page_itself(CrateRdfaElement *element, CrateTerm *out)
{
  CrateHtmlSource *const source = &element->rdfa->source;
  return crate_html_source_iri(source, source->base, out);
}

/// Step 2.
static CrateStatus
take_vocabulary(CrateRdfaElement *element)
{
  CrateRdfa *const rdfa = element->rdfa;
  CrateTerm page, uses, vocabulary;
  if (!element->given.vocab.data) {
    return CRATE_OK;
  }
  const CrateText given = crate_html_trim(element->given.vocab);
  element->vocabulary = (CrateText){NULL, 0};
  if (!given.size || given.size > CRATE_HTML_LONGEST_PREFIX) {
    return CRATE_OK;
  }
  CRATE_TRY(crate_iri_resolve(&rdfa->arena, rdfa->source.base, given,
                              &element->vocabulary));
  CRATE_TRY(page_itself(element, &page));
  CRATE_TRY(crate_html_source_iri(
    &rdfa->source, CRATE_TEXT("http://www.w3.org/ns/rdfa#usesVocabulary"),
    &uses));
  CRATE_TRY(
    crate_html_source_iri(&rdfa->source, element->vocabulary, &vocabulary));
  return crate_rdfa_state(element, page, uses, vocabulary);
}

/// Where no attribute says who is spoken of: the page, at its root; else the
/// parent object, for head and body too (HTML+RDFa 3.1, XHTML+RDFa 3.1).
static CrateStatus
inherit_subject(CrateRdfaElement *element, CrateTerm *out)
{
  if (*out) {
    return CRATE_OK;
  }
  if (element->node == element->rdfa->source.document.root) {
    return page_itself(element, out);
  }
  *out = element->context->parent_object;
  return CRATE_OK;
}

static bool
is_frame(const CrateRdfaElement *element)
{
  return element->node == element->rdfa->source.document.root ||
         crate_html_is(element->node, "head") ||
         crate_html_is(element->node, "body");
}

static CrateStatus
take_about(CrateRdfaElement *element, CrateTerm *out)
{
  *out = CRATE_NO_TERM;
  return element->given.about.data
           ? crate_rdfa_reference(element, element->given.about, out)
           : CRATE_OK;
}

/// Step 5.1: property, without rel, rev, content and datatype.
static CrateStatus
find_subject_of_property(CrateRdfaElement *element)
{
  CrateTerm about;
  CRATE_TRY(take_about(element, &about));
  element->new_subject = about;
  CRATE_TRY(inherit_subject(element, &element->new_subject));
  if (!element->given.type_of.data) {
    return CRATE_OK;
  }
  if (about || is_frame(element)) {
    element->typed_resource = element->new_subject;
  } else {
    CRATE_TRY(crate_rdfa_target(element, &element->typed_resource));
  }
  if (!element->typed_resource) {
    CRATE_TRY(make_blank(element, &element->typed_resource));
  }
  element->object_resource = element->typed_resource;
  return CRATE_OK;
}

/// Step 5.2: neither rel nor rev.
static CrateStatus
find_subject(CrateRdfaElement *element)
{
  const CrateRdfaAttributes *const given = &element->given;
  CRATE_TRY(take_about(element, &element->new_subject));
  if (!element->new_subject) {
    CRATE_TRY(crate_rdfa_target(element, &element->new_subject));
  }
  if (!element->new_subject && given->type_of.data && !is_frame(element)) {
    CRATE_TRY(make_blank(element, &element->new_subject));
  }
  if (!element->new_subject) {
    CRATE_TRY(inherit_subject(element, &element->new_subject));
    element->skips = !given->property.data &&
                     element->node != element->rdfa->source.document.root &&
                     !given->type_of.data;
  }
  if (given->type_of.data) {
    element->typed_resource = element->new_subject;
  }
  return CRATE_OK;
}

/// Step 6: rel or rev.
static CrateStatus
find_subject_of_link(CrateRdfaElement *element)
{
  const CrateRdfaAttributes *const given = &element->given;
  CrateTerm about;
  CRATE_TRY(take_about(element, &about));
  element->new_subject = about;
  CRATE_TRY(inherit_subject(element, &element->new_subject));
  CRATE_TRY(crate_rdfa_target(element, &element->object_resource));
  if (!given->type_of.data) {
    return CRATE_OK;
  }
  if (about) {
    element->typed_resource = about;
    return CRATE_OK;
  }
  if (!element->object_resource) {
    CRATE_TRY(make_blank(element, &element->object_resource));
  }
  element->typed_resource = element->object_resource;
  return CRATE_OK;
}

/// Step 7.
static CrateStatus
state_types(CrateRdfaElement *element)
{
  CrateText rest = element->given.type_of;
  while (element->typed_resource) {
    const CrateText word = crate_html_next_word(&rest);
    CrateTerm type;
    if (!word.size) {
      break;
    }
    CRATE_TRY(crate_rdfa_word(element, word, &type));
    CRATE_TRY(
      crate_rdfa_state(element, element->typed_resource, CRATE_RDF_TYPE, type));
  }
  return CRATE_OK;
}

/// Step 8: a subject of its own has lists of its own.
static bool
begins_lists(const CrateRdfaElement *element)
{
  return element->new_subject &&
         element->new_subject != element->context->parent_object;
}

/// Whether the children speak of another one, with lists of its own.
static bool
begins_inner_lists(const CrateRdfaElement *element)
{
  return element->object_resource &&
         element->object_resource != element->new_subject;
}

static void
init_lists(CrateRdfa *rdfa, CrateRdfaLists *lists)
{
  *lists = (CrateRdfaLists){.first = NULL};
  crate_map_init(&lists->known, rdfa->source.document.world);
  lists->end = &lists->first;
}

/// Step 10: to be completed by what is inside.
static CrateStatus
wait(CrateRdfaElement *element,
     CrateRdfaDirection direction,
     CrateTerm property)
{
  CrateArena *const arena = &element->rdfa->arena;
  CrateRdfaIncomplete *const row = crate_arena_array(arena, 1, sizeof *row);
  if (!row) {
    return crate_arena_status(arena);
  }
  *row = (CrateRdfaIncomplete){
    .direction = direction, .property = property, .next = element->incomplete};
  if (direction == RDFA_INTO_LIST) {
    CRATE_TRY(crate_rdfa_list(element, property, &row->list));
  }
  element->incomplete = row;
  return CRATE_OK;
}

/// Step 9: there is an object.
static CrateStatus
link(CrateRdfaElement *element,
     CrateRdfaDirection direction,
     CrateTerm property)
{
  if (direction == RDFA_INTO_LIST) {
    CrateRdfaList *list;
    CRATE_TRY(crate_rdfa_list(element, property, &list));
    return crate_rdfa_append(element, list, element->object_resource);
  }
  return direction == RDFA_FORWARD
           ? crate_rdfa_state(element, element->new_subject, property,
                              element->object_resource)
           : crate_rdfa_state(element, element->object_resource, property,
                              element->new_subject);
}

static CrateStatus
take_links(CrateRdfaElement *element,
           CrateText words,
           CrateRdfaDirection direction,
           CrateStatus (*use)(CrateRdfaElement *element,
                              CrateRdfaDirection direction,
                              CrateTerm property))
{
  for (;;) {
    const CrateText word = crate_html_next_word(&words);
    CrateTerm property;
    if (!word.size) {
      return CRATE_OK;
    }
    CRATE_TRY(crate_rdfa_word(element, word, &property));
    if (crate_terms_kind(element->rdfa->source.terms, property) ==
        CRATE_TERM_IRI) {
      CRATE_TRY(use(element, direction, property));
    }
  }
}

/// Steps 9 and 10.
static CrateStatus
state_links(CrateRdfaElement *element)
{
  const CrateRdfaAttributes *const given = &element->given;
  const bool is_whole = element->object_resource != CRATE_NO_TERM;
  CRATE_TRY(take_links(element, given->rel,
                       given->inlist.data ? RDFA_INTO_LIST : RDFA_FORWARD,
                       is_whole ? link : wait));
  CRATE_TRY(
    take_links(element, given->rev, RDFA_REVERSE, is_whole ? link : wait));
  return element->incomplete ? make_blank(element, &element->object_resource)
                             : CRATE_OK;
}

/// Step 12: what waited for a subject.
static CrateStatus
complete(CrateRdfaElement *element)
{
  const CrateTerm outer = element->context->parent_subject;
  const CrateTerm inner = element->new_subject;
  for (const CrateRdfaIncomplete *i = element->context->incomplete;
       i && inner && !element->skips; i = i->next) {
    CRATE_TRY(i->direction == RDFA_INTO_LIST
                ? crate_rdfa_append(element, i->list, inner)
              : i->direction == RDFA_FORWARD
                ? crate_rdfa_state(element, outer, i->property, inner)
                : crate_rdfa_state(element, inner, i->property, outer));
  }
  return CRATE_OK;
}

static CrateStatus process(CrateRdfa *rdfa,
                           const CrateHtml *node,
                           const CrateRdfaContext *context);

/// Step 13.
static CrateStatus
process_children(CrateRdfaElement *element, CrateRdfaLists *lists)
{
  const CrateRdfaContext *const around = element->context;
  const CrateTerm subject =
    element->new_subject ? element->new_subject : around->parent_subject;
  CrateRdfaContext context = *around;
  context.language = element->language;
  context.vocabulary = element->vocabulary;
  if (!element->skips) {
    context.parent_subject = subject;
    context.parent_object =
      element->object_resource ? element->object_resource : subject;
    context.incomplete = element->incomplete;
    context.lists = lists;
  }
  for (const CrateHtml *n = element->node->first; n; n = n->next) {
    if (n->name.size) {
      CRATE_TRY(process(element->rdfa, n, &context));
    }
  }
  return CRATE_OK;
}

/// Step 13, and step 14 for those that the children spoke of.
static CrateStatus
process_inside(CrateRdfaElement *element)
{
  if (!begins_inner_lists(element)) {
    return process_children(element, element->lists);
  }
  CrateRdfaLists inner;
  init_lists(element->rdfa, &inner);
  CrateStatus status = process_children(element, &inner);
  if (!status) {
    status = crate_rdfa_state_lists(element, element->object_resource, &inner);
  }
  crate_map_clear(&inner.known);
  return status;
}

/// Steps 5 and 6.
static CrateStatus
find_subjects(CrateRdfaElement *element)
{
  const CrateRdfaAttributes *const given = &element->given;
  if (given->rel.data || given->rev.data) {
    return find_subject_of_link(element);
  }
  return given->property.data && !given->content.data && !given->datatype.data
           ? find_subject_of_property(element)
           : find_subject(element);
}

/// Steps 9 to 13.
static CrateStatus
state_all(CrateRdfaElement *element)
{
  CRATE_TRY(state_links(element));
  if (element->given.property.data) {
    CRATE_TRY(crate_rdfa_properties(element));
  }
  CRATE_TRY(complete(element));
  return process_inside(element);
}

/// Steps 8 to 14.
static CrateStatus
state_with_lists(CrateRdfaElement *element)
{
  if (!begins_lists(element)) {
    return state_all(element);
  }
  CrateRdfaLists own;
  init_lists(element->rdfa, &own);
  element->lists = &own;
  CrateStatus status = state_all(element);
  if (!status) {
    status = crate_rdfa_state_lists(element, element->new_subject, &own);
  }
  crate_map_clear(&own.known);
  return status;
}

static CrateStatus
process_element(CrateRdfaElement *element)
{
  CrateRdfaAttributes *const given = &element->given;
  take_attributes(element);
  if (given->property.data && !element->rdfa->source.document.is_xhtml1) {
    CRATE_TRY(given->rel.data ? drop_terms(element, &given->rel) : CRATE_OK);
    CRATE_TRY(given->rev.data ? drop_terms(element, &given->rev) : CRATE_OK);
  }
  CRATE_TRY(take_vocabulary(element));
  CRATE_TRY(crate_rdfa_enter_prefixes(element)); // step 3
  element->language = crate_html_language(&element->rdfa->source.document,
                                          element->node, element->language);
  CRATE_TRY(find_subjects(element));
  CRATE_TRY(state_types(element));
  CRATE_TRY(state_with_lists(element));
  return crate_rdfa_leave_prefixes(element);
}

/// One element, to the depth that the tree has: world->limits.depth.
static CrateStatus
process(CrateRdfa *rdfa, const CrateHtml *node, const CrateRdfaContext *context)
{
  if (crate_html_is(node, "template")) {
    return CRATE_OK; // is in no document yet
  }
  CrateRdfaElement element = {.rdfa = rdfa,
                              .node = node,
                              .context = context,
                              .lists = context->lists,
                              .language = context->language,
                              .vocabulary = context->vocabulary};
  return process_element(&element);
}

static CrateStatus
add_all(CrateRdfa *rdfa)
{
  for (size_t i = 0; i < rdfa->count; ++i) {
    const CrateRdfaStatement *const s = &rdfa->statements[i];
    CRATE_TRY(crate_html_source_add(&rdfa->source, s->quad, s->origin));
  }
  return CRATE_OK;
}

static CrateStatus
process_page(CrateRdfa *rdfa)
{
  CrateHtmlSource *const source = &rdfa->source;
  CrateRdfaLists lists; // of no subject: when not even the page has an IRI
  init_lists(rdfa, &lists);
  CrateRdfaContext context = {.lists = &lists};
  CrateStatus status =
    crate_html_source_iri(source, source->base, &context.parent_subject);
  status = status ? status : process(rdfa, source->document.root, &context);
  crate_map_clear(&lists.known);
  return status;
}

static CrateStatus
read_page(CrateRdfa *rdfa, CrateGraph *graph, const CrateRdfSource *from)
{
  CRATE_TRY(crate_html_source_open(&rdfa->source, graph, from));
  CRATE_TRY(process_page(rdfa));
  CRATE_TRY(crate_rdfa_copy(rdfa));
  return add_all(rdfa);
}

CrateStatus
crate_html_read_rdfa(CrateGraph *graph, const CrateRdfSource *from)
{
  CrateRdfa rdfa = {.statements = NULL};
  crate_arena_init(&rdfa.arena, from->world);
  crate_map_init(&rdfa.prefixes, from->world);
  CrateStatus status = read_page(&rdfa, graph, from);
  status =
    status ? status : crate_html_source_say_malformed(&rdfa.source, from);
  crate_world_release(from->world, rdfa.statements);
  crate_map_clear(&rdfa.prefixes);
  crate_arena_clear(&rdfa.arena);
  crate_html_source_clear(&rdfa.source);
  return status;
}
