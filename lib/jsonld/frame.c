// SPDX-License-Identifier: Apache-2.0
// JSON-LD 1.1 Framing 4.1: Framing Algorithm.
#include "jsonld/frame.h"
#include "jsonld/start.h"

/// "parent" and "active property": where output goes.
typedef struct Target {
  CrateElements *list;   ///< An array; or else
  CrateElement *element; ///< a map, where it goes to
  CrateName *property;   ///< a property, or
  CrateKeyword keyword;  ///< @graph or @included.
} Target;

/// The framing state, as far as it changes on the way.
typedef struct State {
  CrateSubjects subjects;
  CrateFrameFlags flags; ///< Of the frame around, for those that are implied.
  bool is_embedded;
  bool is_top;
} State;

/// One node being shown: step 4.
typedef struct Showing {
  CrateFraming *f;
  State state;
  const CrateElement *frame;
  CrateFrameFlags flags;
  CrateNode *node;
  CrateElement *output;
} Showing;

static CrateStatus
add_output(CrateProcessor *p, const Target *target, CrateElement *output)
{
  if (target->list) {
    crate_elements_add(target->list, output);
    return CRATE_OK;
  }
  CrateElement *const element = target->element;
  if (target->keyword == CRATE_AT_GRAPH) {
    element->has |= CRATE_BIT(CRATE_AT_GRAPH);
    element->graph.is_array = true;
    crate_elements_add(&element->graph, output);
    return CRATE_OK;
  }
  if (target->keyword == CRATE_AT_INCLUDED) {
    CrateRare *const rare = crate_element_rare(p, element);
    if (!rare) {
      return crate_processor_out_of_memory(p);
    }
    element->has |= CRATE_BIT(CRATE_AT_INCLUDED);
    crate_elements_add(&rare->included, output);
    return CRATE_OK;
  }
  CrateProperty *const property =
    crate_properties_get(p, &element->properties, target->property);
  if (!property) {
    return crate_processor_out_of_memory(p);
  }
  crate_elements_add(&property->values, output);
  return CRATE_OK;
}

static CrateStatus frame_subjects(CrateFraming *f,
                                  const State *state,
                                  const CrateElement *frame,
                                  const Target *target);

/// The frame of a property, or one that is implied: with the flags of this.
static const CrateElement *
subframe_of(const CrateProperty *property, const CrateElement *implied)
{
  return property && property->values.first ? property->values.first : implied;
}

/// Step 4.5: the node names a graph.
static CrateStatus
show_graph(const Showing *s)
{
  static const CrateElement wildcard = {.offset = CRATE_JSON_NOWHERE};
  CrateFraming *const f = s->f;
  CrateNodeMap *const graph = crate_node_maps_find(&f->maps, s->node->id);
  const bool has_graph = crate_element_has(s->frame, CRATE_AT_GRAPH);
  if (!graph || (!has_graph && s->state.subjects.graph == f->merged)) {
    return CRATE_OK;
  }
  const CrateElement *const subframe =
    has_graph && s->frame->graph.first ? s->frame->graph.first : &wildcard;
  const State inner = {{graph, NULL}, s->flags, false, false};
  const Target target = {
    .element = s->output, .property = NULL, .keyword = CRATE_AT_GRAPH};
  return frame_subjects(f, &inner, subframe, &target);
}

/// Step 4.6.
static CrateStatus
show_included(const Showing *s)
{
  const CrateRare *const rare = s->frame->rare;
  if (!crate_element_has(s->frame, CRATE_AT_INCLUDED) || !rare ||
      !rare->included.first) {
    return CRATE_OK;
  }
  const State inner = {{s->state.subjects.graph, NULL}, s->flags, false, false};
  const Target target = {
    .element = s->output, .property = NULL, .keyword = CRATE_AT_INCLUDED};
  return frame_subjects(s->f, &inner, rare->included.first, &target);
}

static CrateStatus
copy_element(CrateProcessor *p, const CrateElement *from, CrateElement **out)
{
  *out = crate_arena_allocate(p->output, sizeof **out);
  if (!*out) {
    return crate_processor_out_of_memory(p);
  }
  **out = *from;
  (*out)->next = NULL;
  return CRATE_OK;
}

/// Steps 4.7.3.2 and 4.7.3.1.1: a reference is shown as its frame says. A node
/// of another graph has nothing to show.
static CrateStatus
show_reference(const Showing *s,
               const CrateElement *reference,
               const CrateElement *frame,
               const Target *target)
{
  CrateNodeMap *const graph = s->state.subjects.graph;
  CrateNode *node;
  CRATE_TRY(crate_node_get(s->f->p, graph, reference->id, &node));
  const State inner = {{graph, node}, s->flags, true, false};
  return frame_subjects(s->f, &inner, frame, target);
}

static bool
is_reference(const CrateElement *value)
{
  return value->has == CRATE_BIT(CRATE_AT_ID);
}

/// Step 4.7.3.1.
static CrateStatus
show_list(const Showing *s,
          CrateName *name,
          const CrateElement *value,
          const CrateElement *frame)
{
  CrateProcessor *const p = s->f->p;
  CrateElement *const list = crate_element_new(p, value->offset);
  if (!list) {
    return crate_processor_out_of_memory(p);
  }
  list->has = CRATE_BIT(CRATE_AT_LIST);
  list->list.is_array = true;
  const Target outer = {.element = s->output, .property = name};
  const Target inner = {.list = &list->list};
  CRATE_TRY(add_output(p, &outer, list));
  for (const CrateElement *at = value->list.first; at; at = at->next) {
    CrateElement *copy;
    if (is_reference(at)) {
      CRATE_TRY(show_reference(s, at, frame, &inner));
      continue;
    }
    CRATE_TRY(copy_element(p, at, &copy));
    CRATE_TRY(add_output(p, &inner, copy));
  }
  return CRATE_OK;
}

/// Steps 4.7.2 and 4.7.3 for one property.
static CrateStatus
show_property(const Showing *s,
              const CrateProperty *property,
              const CrateElement *implied)
{
  const CrateProperty *const framed =
    crate_properties_find(&s->frame->properties, property->name);
  if (!framed && s->flags.explicit_only) {
    return CRATE_OK;
  }
  const CrateElement *const frame = subframe_of(framed, implied);
  const Target target = {.element = s->output, .property = property->name};
  for (const CrateElement *at = property->values.first; at; at = at->next) {
    CrateElement *copy;
    if (crate_element_has(at, CRATE_AT_LIST)) {
      CRATE_TRY(
        show_list(s, property->name, at,
                  crate_element_has(frame, CRATE_AT_LIST) && frame->list.first
                    ? frame->list.first
                    : implied));
    } else if (is_reference(at)) {
      CRATE_TRY(show_reference(s, at, frame, &target));
    } else if (crate_frame_value_matches(frame, at)) {
      CRATE_TRY(copy_element(s->f->p, at, &copy));
      CRATE_TRY(add_output(s->f->p, &target, copy));
    }
  }
  return CRATE_OK;
}

/// Step 4.7, for what the node says.
static CrateStatus
show_properties(const Showing *s)
{
  const CrateElement *const element = s->node->element;
  const CrateElement implied = {.offset = s->frame->offset};
  const CrateProperty **order;
  CRATE_TRY(crate_properties_sort(s->f->p, &element->properties, &order));
  CrateStatus status = CRATE_OK;
  for (uint32_t i = 0; i < element->properties.count && !status; ++i) {
    status = show_property(s, order[i], &implied);
  }
  crate_world_release(s->f->p->world, order);
  return status;
}

/// Step 4.7.4.4: the default of a property, or null.
static CrateStatus
add_default(const Showing *s,
            const CrateProperty *property,
            const CrateFramed *framed)
{
  CrateProcessor *const p = s->f->p;
  const Target target = {.element = s->output, .property = property->name};
  if (framed && framed->has_default && !framed->default_is_null) {
    if (!crate_properties_get(p, &s->output->properties, property->name)) {
      return crate_processor_out_of_memory(p);
    }
    for (const CrateElement *at = framed->defaults.first; at; at = at->next) {
      CrateElement *copy;
      CRATE_TRY(copy_element(p, at, &copy));
      CRATE_TRY(add_output(p, &target, copy));
    }
    return CRATE_OK;
  }
  CrateElement *const nothing = crate_element_new(p, CRATE_JSON_NOWHERE);
  if (!nothing) {
    return crate_processor_out_of_memory(p);
  }
  nothing->is_null = true;
  return add_output(p, &target, nothing);
}

/// Step 4.7.4 for @type.
static CrateStatus
add_default_type(const Showing *s)
{
  const CrateFramed *const framed = crate_element_framed(s->frame);
  if (!framed || !framed->default_type.data || s->output->types ||
      crate_frame_flag(framed->omit_default, s->f->p->options.omit_default)) {
    return CRATE_OK;
  }
  s->output->has |= CRATE_BIT(CRATE_AT_TYPE);
  s->output->type_is_array = true;
  return crate_element_add_type(
    s->f->p, s->output,
    (CrateTypeValue){NULL, framed->default_type, NULL, s->frame->offset});
}

/// Step 4.7.4.
static CrateStatus
add_defaults(const Showing *s)
{
  CRATE_TRY(add_default_type(s));
  for (const CrateProperty *at = s->frame->properties.first; at;
       at = at->next) {
    const CrateElement *const next = at->values.first;
    const CrateFramed *const framed = next ? crate_element_framed(next) : NULL;
    const bool omit = crate_frame_flag(framed ? framed->omit_default : NULL,
                                       s->f->p->options.omit_default);
    if (!omit && !crate_properties_find(&s->output->properties, at->name)) {
      CRATE_TRY(add_default(s, at, framed));
    }
  }
  return CRATE_OK;
}

/// Step 4.7.5 for one property.
static CrateStatus
show_referring(const Showing *s, const CrateProperty *property)
{
  CrateFraming *const f = s->f;
  const CrateNodeLinks *links;
  CrateNodeMap *const graph = s->state.subjects.graph;
  CRATE_TRY(
    crate_frame_referring(f, graph, property->name, s->node->id, &links));
  if (!links || !property->values.first) {
    return CRATE_OK;
  }
  CrateRare *const rare = crate_element_rare(f->p, s->output);
  CrateProperty *const reversed =
    rare ? crate_properties_get(f->p, &rare->reverse, property->name) : NULL;
  if (!reversed) {
    return crate_processor_out_of_memory(f->p);
  }
  s->output->has |= CRATE_BIT(CRATE_AT_REVERSE);
  const Target target = {.list = &reversed->values};
  for (const CrateNodeLink *at = links->first; at; at = at->next) {
    const State inner = {{graph, at->node}, s->flags, true, false};
    CRATE_TRY(frame_subjects(f, &inner, property->values.first, &target));
  }
  return CRATE_OK;
}

/// Step 4.7.5.
static CrateStatus
show_reverse(const Showing *s)
{
  const CrateRare *const rare = s->frame->rare;
  for (const CrateProperty *at = rare ? rare->reverse.first : NULL; at;
       at = at->next) {
    CRATE_TRY(show_referring(s, at));
  }
  return CRATE_OK;
}

/// Steps 4.5 to 4.7.5.
static CrateStatus
show_all(const Showing *s)
{
  CRATE_TRY(show_graph(s));
  CRATE_TRY(show_included(s));
  CRATE_TRY(show_properties(s));
  CRATE_TRY(add_defaults(s));
  return show_reverse(s);
}

/// Step 4.7.1.
static void
copy_keywords(const CrateElement *from, CrateElement *to)
{
  static const uint32_t copied =
    CRATE_BIT(CRATE_AT_TYPE) | CRATE_BIT(CRATE_AT_INDEX);
  to->has |= from->has & copied;
  to->types = from->types;
  to->last_type = from->last_type;
  to->type_is_array = true;
  to->index = from->index;
}

/// Steps 4.1 to 4.4: whether there is more to show than a reference; `skip`:
/// not even that.
static bool
is_shown_whole(const Showing *s, bool *skip)
{
  CrateNode *const node = s->node;
  const bool was_shown = node->shown == s->f->pass;
  *skip = !s->state.is_embedded && was_shown;
  if (*skip || !s->state.is_embedded) {
    return !*skip;
  }
  return s->flags.embed != CRATE_EMBED_NEVER && !node->is_open &&
         (s->flags.embed != CRATE_EMBED_ONCE || !was_shown);
}

/// Step 4 for one node.
static CrateStatus
show_node(Showing *s, const Target *target)
{
  CrateProcessor *const p = s->f->p;
  bool skip;
  if (s->state.is_top) { // each node of the top level is shown for itself
    ++s->f->pass;
  }
  const bool whole = is_shown_whole(s, &skip);
  if (skip) {
    return CRATE_OK;
  }
  s->output = crate_element_new(p, s->node->element->offset);
  if (!s->output) {
    return crate_processor_out_of_memory(p);
  }
  s->output->has = CRATE_BIT(CRATE_AT_ID);
  s->output->id = s->node->id;
  if (whole) {
    s->node->shown = s->f->pass;
    s->node->is_open = true;
    copy_keywords(s->node->element, s->output);
    CRATE_TRY(show_all(s));
    s->node->is_open = false;
  }
  return add_output(p, target, s->output);
}

static CrateStatus
frame_subjects(CrateFraming *f,
               const State *state,
               const CrateElement *frame,
               const Target *target)
{
  Showing s = {.f = f, .state = *state, .frame = frame};
  CrateMatches matches;
  CRATE_TRY(crate_processor_descend(f->p, &f->source, frame->offset));
  CRATE_TRY(crate_frame_check(f, frame));
  CRATE_TRY(crate_frame_flags(f, frame, &state->flags, &s.flags));
  CRATE_TRY(crate_frame_match(f, state->subjects, frame, s.flags.require_all,
                              &matches));
  for (size_t i = 0; i < matches.count; ++i) {
    s.node = matches.nodes[i];
    CRATE_TRY(show_node(&s, target));
  }
  --f->p->depth;
  return CRATE_OK;
}

/// frame(), steps 14.6 to 16.
static CrateStatus
frame_all(CrateFraming *f,
          const CrateElements *expanded,
          const CrateElements *frames,
          CrateElements *out)
{
  static const CrateElement wildcard = {.offset = CRATE_JSON_NOWHERE};
  CrateProcessor *const p = f->p;
  CrateNodeMap *graph;
  CRATE_TRY(crate_node_maps_init(&f->maps, p));
  CRATE_TRY(crate_node_maps_generate(&f->maps, expanded));
  graph = f->maps.first;
  if (!p->options.frame_default) {
    CRATE_TRY(crate_node_maps_merge(&f->maps, &graph));
    f->merged = graph;
  }
  if (frames->first != frames->last) {
    return CRATE_FAIL(p, &f->source, frames->last->offset, "invalid-frame",
                      "a frame is one object");
  }
  const State top = {
    {graph, NULL},
    {p->options.embed, p->options.explicit_only, p->options.require_all},
    false,
    true};
  const Target target = {.list = out};
  *out = (CrateElements){NULL, NULL, true};
  return frame_subjects(f, &top, frames->first ? frames->first : &wildcard,
                        &target);
}

/// Whether the top level of the frame has @graph: step 13.
static CrateStatus
has_graph(CrateProcessor *p,
          const CrateTarget *target,
          const CrateJson *root,
          bool *answer)
{
  *answer = false;
  for (const CrateJson *key = crate_json_first_key(root); key && !*answer;
       key = crate_json_next_key(key)) {
    const CrateKey *meaning;
    CRATE_TRY(
      crate_active_key(p, target->active, crate_json_text(key), &meaning));
    *answer = meaning->name && meaning->name->keyword == CRATE_AT_GRAPH;
  }
  return CRATE_OK;
}

/// Steps 5 to 7: the frame, expanded as one.
static CrateStatus
expand_frame(CrateFraming *f, CrateElements *out)
{
  CrateProcessor *const p = f->p;
  const CrateSource source = p->source;
  p->source = f->source;
  p->framing = true;
  const CrateStatus status = crate_jsonld_expanded(p, out);
  p->framing = false;
  p->source = source;
  return status;
}

/// Steps 4 to 21.
static CrateStatus
frame_document(CrateFraming *f, const CrateJsonDocument *frame, CrateJson **out)
{
  CrateProcessor *const p = f->p;
  CrateElements expanded;
  CrateElements frames;
  CrateElements results;
  CrateTarget target;
  bool by_graph;
  CRATE_TRY(crate_jsonld_expanded(p, &expanded));
  CRATE_TRY(expand_frame(f, &frames));
  CRATE_TRY(crate_jsonld_target(
    p, frame, crate_json_get(frame->root, CRATE_TEXT("@context")), &target));
  CRATE_TRY(has_graph(p, &target, frame->root, &by_graph));
  p->options.frame_default = p->options.frame_default || by_graph;
  CRATE_TRY(frame_all(f, &expanded, &frames, &results));
  if (!p->options.processing_1_0) {
    CRATE_TRY(crate_frame_prune(p, &results));
  }
  const CrateOmitGraph omit = p->options.omit_graph;
  const bool wrapped =
    omit == CRATE_OMIT_GRAPH_FALSE || (!omit && p->options.processing_1_0);
  return crate_jsonld_compact_root(p, &target, &results, wrapped, out);
}

CrateStatus
crate_jsonld_frame(const CrateJsonDocument *document,
                   const CrateJsonDocument *frame,
                   CrateLibrary *library,
                   const CrateJsonldOptions *options,
                   CrateArena *arena,
                   CrateJson **out)
{
  CrateProcessor p;
  CrateFraming f = {.p = &p};
  *out = NULL;
  crate_processor_init(&p, document, library, options);
  p.output = arena;
  f.source = (CrateSource){p.options.base, frame->name, frame};
  crate_buffer_init(&f.maps.distinct.key, p.world); // until there are maps
  const CrateStatus status = frame_document(&f, frame, out);
  crate_node_maps_clear(&f.maps);
  crate_processor_clear(&p);
  return status;
}
