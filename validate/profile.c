// SPDX-License-Identifier: Apache-2.0
// From a frozen graph to shapes and named rules.
#include "validate/profile.h"
#include "crate/vocabulary.h"
#include <cratekit/rdf.h>
#include <cratekit/view.h>
#include <stdlib.h>

#define SH "http://www.w3.org/ns/shacl#"

/// Values of ck:needs that name a state of the view.
static const struct {
  const char *word;
  CrateViewState state;
} states[] = {
  {"metadata", CRATE_VIEW_NOTHING}, {"bytes", CRATE_VIEW_BYTES},
  {"json", CRATE_VIEW_JSON},        {"entities", CRATE_VIEW_ENTITIES},
  {"graph", CRATE_VIEW_GRAPH},      {"root", CRATE_VIEW_ROOTED},
  {"package", CRATE_VIEW_NOTHING},
};

static const struct {
  const char *word;
  CrateMode mode;
} modes[] = {
  {"attached", CRATE_MODE_ATTACHED},
  {"detached", CRATE_MODE_DETACHED},
  {"metadata", CRATE_MODE_METADATA},
};

static CrateTerm
find(const CrateProfile *profile, const char *iri)
{
  return crate_terms_find_iri(crate_graph_terms(profile->graph),
                              crate_text(iri));
}

static CrateQuadRange
values(const CrateProfile *profile, CrateTerm subject, const char *iri)
{
  const CrateTerm predicate = find(profile, iri);
  return crate_graph_values(profile->graph, subject, predicate);
}

static CrateText
text_of(const CrateProfile *profile, CrateTerm term)
{
  return crate_terms_info(crate_graph_terms(profile->graph), term).text;
}

/// The first value's text, or empty.
static CrateText
value(const CrateProfile *profile, CrateTerm subject, const char *iri)
{
  const CrateQuadRange range = values(profile, subject, iri);
  return range.count ? text_of(profile, range.first->object)
                     : (CrateText){NULL, 0};
}

CrateText
crate_profile_local_name(CrateText iri)
{
  size_t at = iri.size;
  while (at && !strchr("#/:", iri.data[at - 1u])) {
    --at;
  }
  return crate_text_slice(iri, at, iri.size);
}

static CrateSeverity
severity_of(const CrateProfile *profile, CrateTerm shape)
{
  const CrateText severity = value(profile, shape, SH "severity");
  return crate_text_is(severity, SH "Info")      ? CRATE_SEVERITY_INFO
         : crate_text_is(severity, SH "Warning") ? CRATE_SEVERITY_WARNING
                                                 : CRATE_SEVERITY_VIOLATION;
}

/// "1.1 page#section" is for version 1.1 only; "page#section" for all.
static bool
section_applies(const CrateProfile *profile, CrateText *section)
{
  const size_t space = crate_text_find(*section, ' ');
  if (space == section->size) {
    return true;
  }
  const CrateText version = crate_text_slice(*section, 0, space);
  *section = crate_text_slice(*section, space + 1u, section->size);
  return crate_text_equal(version, profile->version);
}

static CrateStatus
set_spec(CrateProfile *profile, CrateRule *rule)
{
  const CrateQuadRange range = values(profile, rule->shape, CRATEKIT "section");
  for (size_t i = 0; i < range.count; ++i) {
    CrateText section = text_of(profile, range.first[i].object);
    if (section_applies(profile, &section)) {
      const size_t hash = crate_text_find(section, '#');
      const CrateText parts[] = {
        profile->specification,
        crate_text_slice(section, 0, hash),
        hash ? CRATE_TEXT(".html") : CRATE_TEXT(""), // "#x": the same page
        crate_text_slice(section, hash, section.size),
      };
      return crate_arena_join(&profile->arena, parts, 4, &rule->spec);
    }
  }
  return CRATE_OK;
}

/// The message as a statement: what follows ": {$detail}" is for findings.
static CrateText
statement_of(CrateText message)
{
  for (size_t i = 0; i < message.size; ++i) {
    if (crate_text_starts(crate_text_slice(message, i, message.size),
                          CRATE_TEXT(": {$detail}"))) {
      return crate_text_slice(message, 0, i);
    }
  }
  return message;
}

/// Values of ck:needs that are no state.
static const struct {
  const char *word, *reason; // why it is never checked, if it is not
} needs[] = {
  {"payload", NULL},
  {"network", "it needs the network, which is never used"},
  {"judgement", "only a person can judge it"},
};

bool
crate_profile_knows_need(CrateText word)
{
  for (size_t i = 0; i < sizeof(states) / sizeof(*states); ++i) {
    if (crate_text_is(word, states[i].word)) {
      return true;
    }
  }
  for (size_t i = 0; i < sizeof(needs) / sizeof(*needs); ++i) {
    if (crate_text_is(word, needs[i].word)) {
      return true;
    }
  }
  return false;
}

bool
crate_profile_knows_mode(CrateText word)
{
  for (size_t i = 0; i < sizeof(modes) / sizeof(*modes); ++i) {
    if (crate_text_is(word, modes[i].word)) {
      return true;
    }
  }
  return false;
}

static void
set_needs(const CrateProfile *profile, CrateRule *rule)
{
  const CrateText target = value(profile, rule->shape, SH "targetClass");
  const CrateQuadRange range = values(profile, rule->shape, CRATEKIT "needs");
  rule->state = crate_text_is(target, CRATEKIT "Root")
                  ? (uint32_t)CRATE_VIEW_ROOTED
                  : (uint32_t)CRATE_VIEW_GRAPH;
  rule->checked = true;
  for (size_t i = 0; i < range.count; ++i) {
    const CrateText word = text_of(profile, range.first[i].object);
    for (size_t s = 0; s < sizeof(states) / sizeof(*states); ++s) {
      if (crate_text_is(word, states[s].word)) {
        rule->state = (uint32_t)states[s].state;
        rule->bare = crate_text_is(word, "package");
      }
    }
    for (size_t n = 0; n < sizeof(needs) / sizeof(*needs); ++n) {
      if (!crate_text_is(word, needs[n].word)) {
        continue;
      }
      rule->payload = rule->payload || !needs[n].reason;
      rule->checked = rule->checked && !needs[n].reason;
      rule->reason =
        needs[n].reason ? crate_text(needs[n].reason) : rule->reason;
    }
  }
}

static void
set_modes(const CrateProfile *profile, CrateRule *rule)
{
  const CrateQuadRange range = values(profile, rule->shape, CRATEKIT "mode");
  for (size_t i = 0; i < range.count; ++i) {
    for (size_t m = 0; m < sizeof(modes) / sizeof(*modes); ++m) {
      if (crate_text_is(text_of(profile, range.first[i].object),
                        modes[m].word)) {
        rule->modes |= 1u << modes[m].mode;
      }
    }
  }
  if (!rule->modes) {
    rule->modes = ~0u;
  }
}

static CrateStatus
fill_rule(CrateProfile *profile, CrateTerm shape, CrateRule *rule)
{
  const CrateText iri = text_of(profile, shape);
  const CrateText parts[] = {profile->token, CRATE_TEXT("/"),
                             crate_profile_local_name(iri)};
  *rule = (CrateRule){.shape = shape, .profile = profile->token};
  rule->message = statement_of(value(profile, shape, SH "message"));
  rule->repair = value(profile, shape, CRATEKIT "repair");
  rule->severity = severity_of(profile, shape);
  set_needs(profile, rule);
  set_modes(profile, rule);
  CRATE_TRY(set_spec(profile, rule));
  return crate_arena_join(&profile->arena, parts, 3, &rule->id);
}

/// Statements that are listed beside the rules and never judged: the first
/// allows something, the second is said by rules of other names.
static const char *const unjudged[] = {
  CRATEKIT "Permission",
  CRATEKIT "Restatement",
};
enum { UNJUDGED = sizeof(unjudged) / sizeof(*unjudged) };

static CrateQuadList
members_of(const CrateProfile *profile, const char *class_iri)
{
  const CrateTerm class_term = find(profile, class_iri);
  return crate_graph_towards(profile->graph, CRATE_RDF_TYPE, class_term);
}

/// The texts that a restatement gives in ck:saidBy, each with a space.
static CrateStatus
set_said_by(CrateProfile *profile, CrateRule *rule)
{
  const CrateQuadRange range = values(profile, rule->shape, CRATEKIT "saidBy");
  for (size_t i = 0; i < range.count; ++i) {
    const CrateText parts[] = {rule->said_by, crate_text(i ? ", " : ""),
                               text_of(profile, range.first[i].object)};
    CRATE_TRY(crate_arena_join(&profile->arena, parts, 3, &rule->said_by));
  }
  return CRATE_OK;
}

static CrateStatus
list_unjudged(CrateProfile *profile, const char *class_iri)
{
  const CrateQuadList list = members_of(profile, class_iri);
  for (size_t i = 0; i < list.count; ++i) {
    CrateRule *const rule = &profile->rules[profile->rule_count++];
    CRATE_TRY(fill_rule(profile, crate_quad_list_at(list, i)->subject, rule));
    CRATE_TRY(set_said_by(profile, rule));
    rule->unjudged = true;
    if (!rule->said_by.size) {
      rule->severity = CRATE_SEVERITY_INFO;
    }
  }
  return CRATE_OK;
}

static int
compare_rules(const void *a, const void *b)
{
  return crate_text_compare(((const CrateRule *)a)->id,
                            ((const CrateRule *)b)->id);
}

static CrateStatus
list_rules(CrateProfile *profile)
{
  const size_t count = crate_shapes_count(profile->shapes);
  size_t capacity = count;
  for (size_t i = 0; i < UNJUDGED; ++i) {
    capacity += members_of(profile, unjudged[i]).count;
  }
  profile->rules = (CrateRule *)crate_arena_array(&profile->arena, capacity,
                                                  sizeof(CrateRule));
  if (!profile->rules) {
    return crate_arena_status(&profile->arena);
  }
  for (size_t i = 0; i < count; ++i) {
    CRATE_TRY(fill_rule(profile, crate_shapes_at(profile->shapes, i),
                        &profile->rules[i]));
  }
  profile->rule_count = count;
  for (size_t i = 0; i < UNJUDGED; ++i) {
    CRATE_TRY(list_unjudged(profile, unjudged[i]));
  }
  qsort(profile->rules, profile->rule_count, sizeof(CrateRule), compare_rules);
  return CRATE_OK;
}

/// Names of inherited rules that the profile switches off.
static CrateStatus
read_without(CrateProfile *profile, CrateTerm self)
{
  const CrateQuadRange range = values(profile, self, CRATEKIT "without");
  profile->without = (CrateText *)crate_arena_array(
    &profile->arena, range.count, sizeof(CrateText));
  if (!profile->without) {
    return crate_arena_status(&profile->arena);
  }
  for (size_t i = 0; i < range.count; ++i) {
    profile->without[profile->without_count++] =
      text_of(profile, range.first[i].object);
  }
  return CRATE_OK;
}

/// The node that has a token is the profile.
static CrateStatus
read_header(CrateProfile *profile)
{
  const CrateTerm has_token = find(profile, PROF "hasToken");
  const CrateQuadList list = crate_graph_with(profile->graph, has_token);
  if (list.count) {
    const CrateTerm self = crate_quad_list_at(list, 0)->subject;
    profile->token = value(profile, self, PROF "hasToken");
    profile->title = value(profile, self, DCTERMS "title");
    profile->version = value(profile, self, CRATEKIT "version");
    profile->specification = value(profile, self, CRATEKIT "specification");
    CRATE_TRY(read_without(profile, self));
  }
  return CRATE_OK;
}

CrateStatus
crate_profile_load(const CrateWorld *world,
                   CrateTerms *terms,
                   CrateText frozen,
                   const CrateNative *natives,
                   size_t native_count,
                   CrateProfile *profile)
{
  *profile = (CrateProfile){.world = world};
  crate_arena_init(&profile->arena, world);
  CRATE_TRY(crate_graph_new(world, terms, &profile->graph));
  CRATE_TRY(crate_rdf_thaw(profile->graph, frozen));
  CRATE_TRY(crate_graph_index(profile->graph));
  CRATE_TRY(read_header(profile));
  CRATE_TRY(crate_shapes_new(world, profile->graph, natives, native_count,
                             &profile->shapes));
  return list_rules(profile);
}

void
crate_profile_clear(CrateProfile *profile)
{
  if (profile->world) {
    crate_shapes_free(profile->shapes);
    crate_graph_free(profile->graph);
    crate_arena_clear(&profile->arena);
  }
}

const CrateRule *
crate_profile_rule(const CrateProfile *profile, CrateTerm shape)
{
  // Few rules: the profile's, not the crate's size.
  for (size_t i = 0; i < profile->rule_count; ++i) {
    if (profile->rules[i].shape == shape) {
      return &profile->rules[i];
    }
  }
  return NULL;
}

CrateText
crate_rule_name(const CrateRule *rule)
{
  return crate_text_slice(rule->id, rule->profile.size + 1u, rule->id.size);
}

bool
crate_profile_lacks(const CrateProfile *profile, CrateText name)
{
  for (size_t i = 0; i < profile->without_count; ++i) {
    if (crate_text_equal(profile->without[i], name)) {
      return true;
    }
  }
  return false;
}

bool
crate_profile_overrides(const CrateProfile *profile, CrateText name)
{
  if (crate_profile_lacks(profile, name)) {
    return true;
  }
  for (size_t i = 0; i < profile->rule_count; ++i) {
    if (crate_text_equal(crate_rule_name(&profile->rules[i]), name)) {
      return true;
    }
  }
  return false;
}
