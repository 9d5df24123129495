// SPDX-License-Identifier: Apache-2.0
#include "validate/verdict.h"
#include "crate/vocabulary.h"
#include "validate/levels.h"
#include "validate/repair.h"
#include <stdlib.h>

CrateStatus
crate_collector_init(CrateCollector *collector,
                     const CrateWorld *world,
                     const CrateView *view,
                     CrateChecks *checks,
                     CrateVerdict *verdict)
{
  *collector = (CrateCollector){
    .world = world, .view = view, .checks = checks, .verdict = verdict};
  CRATE_TRY(crate_terms_iri(
    view->terms,
    CRATE_TEXT("http://www.w3.org/ns/shacl#MinCountConstraintComponent"),
    &collector->min_count));
  CRATE_TRY(crate_terms_iri(view->terms, CRATE_TEXT(CRATEKIT "described"),
                            &collector->described[0]));
  CRATE_TRY(crate_terms_iri(view->terms,
                            CRATE_TEXT(CRATEKIT "referencesDescribed"),
                            &collector->described[1]));
  return crate_terms_iri(view->terms, CRATE_TEXT(CRATEKIT "document"),
                         &collector->document);
}

void
crate_collector_clear(CrateCollector *collector)
{
  crate_locator_clear(&collector->locator);
}

/// Whether a check of ours found the flaw: it knows best where it is.
static bool
is_native(const CrateCollector *collector, const CrateResult *result)
{
  const CrateText component =
    crate_terms_info(collector->view->terms, result->component).text;
  return crate_text_starts(component, CRATE_TEXT(CRATEKIT)) &&
         result->origin != CRATE_NO_ORIGIN;
}

/// The byte to blame: what a check named, else the value's statement, else
/// (something is missing) the focus node's @id.
static uint32_t
origin_of(const CrateCollector *collector, const CrateResult *result)
{
  const CrateEntity *const entity =
    crate_view_entity(collector->view, result->focus);
  if (is_native(collector, result)) {
    return result->origin;
  }
  const uint32_t origin =
    result->quad && result->value
      ? crate_graph_origin(collector->view->graph, result->quad)
      : CRATE_NO_ORIGIN;
  return origin == CRATE_NO_ORIGIN && entity ? entity->id_offset : origin;
}

/// The entity whose object holds a byte: by bisection the last that begins
/// before it, or one that this is nested in.
static const CrateEntity *
entity_around(const CrateView *view, uint32_t origin)
{
  size_t low = 0;
  size_t high = view->entity_count;
  while (low < high) {
    const size_t middle = low + (high - low) / 2u;
    if (view->entities[middle].json->offset <= origin) {
      low = middle + 1u;
    } else {
      high = middle;
    }
  }
  const CrateEntity *entity = low ? &view->entities[low - 1u] : NULL;
  while (entity && origin >= entity->end) {
    entity = entity->parent ? &view->entities[entity->parent - 1u] : NULL;
  }
  return entity;
}

static CrateStatus
write_pointer(CrateCollector *collector, uint32_t origin, CrateText *out)
{
  CrateBuffer buffer;
  crate_buffer_init(&buffer, collector->world);
  CrateStatus st = crate_locator_pointer(&collector->locator, origin, &buffer,
                                         &collector->culprit);
  if (!st) {
    st = crate_arena_copy(&collector->verdict->arena,
                          crate_buffer_text(&buffer), out);
  }
  crate_buffer_clear(&buffer);
  return st;
}

/// The locator is made when the first finding asks: sound crates never do.
static CrateStatus
open_locator(CrateCollector *collector)
{
  const CrateJsonDocument *const document = &collector->view->document;
  return collector->locator.lines
           ? CRATE_OK
           : crate_locator_init(&collector->locator, collector->world,
                                document);
}

static CrateStatus
locate(CrateCollector *collector, uint32_t origin, CrateFinding *finding)
{
  CrateArena *const arena = &collector->verdict->arena;
  CRATE_TRY(
    crate_arena_copy(arena,
                     crate_package_metadata(collector->view->package).size
                       ? crate_package_metadata_name(collector->view->package)
                       : crate_package_path(collector->view->package),
                     &finding->file));
  if (origin == CRATE_NO_ORIGIN || !collector->view->document.bytes.data) {
    return CRATE_OK;
  }
  CRATE_TRY(open_locator(collector));
  const CratePlace place = crate_locator_place(&collector->locator, origin);
  finding->line = place.line;
  finding->column = place.column;
  CRATE_TRY(write_pointer(collector, origin, &finding->pointer));
  finding->character = crate_locator_character(&collector->locator, origin);
  return crate_arena_copy(arena,
                          crate_locator_excerpt(&collector->locator, origin,
                                                CRATE_LONGEST_EXCERPT,
                                                &finding->excerpt_column),
                          &finding->excerpt);
}

/// A place in another file, as a check names it.
static CrateStatus
locate_elsewhere(CrateCollector *collector,
                 const CrateElsewhere *where,
                 CrateFinding *finding)
{
  CrateArena *const arena = &collector->verdict->arena;
  finding->line = where->line;
  finding->column = finding->character = where->line ? 1u : 0;
  finding->excerpt_column = 1;
  CRATE_TRY(crate_arena_copy(arena, where->file, &finding->file));
  return crate_arena_copy(arena,
                          where->excerpt.size > CRATE_LONGEST_EXCERPT
                            ? (CrateText){NULL, 0}
                            : where->excerpt,
                          &finding->excerpt);
}

/// The object that a finding is about, or points into.
static const CrateEntity *
nearest_entity(const CrateCollector *collector,
               CrateTerm focus,
               uint32_t origin)
{
  const CrateEntity *const entity = crate_view_entity(collector->view, focus);
  return entity                      ? entity
         : origin == CRATE_NO_ORIGIN ? NULL
                                     : entity_around(collector->view, origin);
}

/// Whom a finding is about. A check of the document as a whole is about the
/// entity it points into.
static CrateText
focus_of(const CrateCollector *collector, CrateTerm focus, uint32_t origin)
{
  const CrateView *const view = collector->view;
  if (focus != collector->document) {
    return crate_view_name(view, focus);
  }
  const CrateEntity *const entity =
    origin == CRATE_NO_ORIGIN ? NULL : entity_around(view, origin);
  return entity ? entity->id : (CrateText){NULL, 0};
}

/// The path as SPARQL writes it, where it is one predicate or its inverse;
/// other paths by the blank node's name are no help to anybody.
static CrateText
path_of(const CrateCollector *collector, const CrateResult *result)
{
  return crate_terms_info(collector->view->terms, result->predicate).text;
}

typedef struct {
  CrateText from;
  CrateText *to;
} Copy;

static CrateStatus
copy_all(CrateArena *arena, const Copy *copies, size_t count)
{
  for (size_t i = 0; i < count; ++i) {
    CRATE_TRY(crate_arena_copy(arena, copies[i].from, copies[i].to));
  }
  return CRATE_OK;
}

static bool
is_blank(const CrateTerms *terms, CrateTerm term)
{
  return crate_terms_kind(terms, term) == CRATE_TERM_BLANK;
}

static CrateStatus
add_patch(CrateCollector *collector,
          const CrateResult *result,
          CrateFinding *finding)
{
  const CrateTerms *const terms = collector->view->terms;
  CrateBuffer patch;
  crate_buffer_init(&patch, collector->world);
  const CrateRepair repair = {
    .checks = collector->checks,
    .component = crate_terms_info(terms, result->component).text,
    .parameter = crate_terms_info(terms, result->parameter).text,
    .finding = finding,
    .culprit = collector->culprit,
    .out = &patch,
  };
  CrateStatus st = crate_repair_write(&repair);
  if (!st) {
    st = crate_arena_copy(&collector->verdict->arena, crate_buffer_text(&patch),
                          &finding->patch);
  }
  crate_buffer_clear(&patch);
  return st;
}

CrateStatus
crate_collector_add(void *handle, const CrateResult *result)
{
  CrateCollector *const collector = (CrateCollector *)handle;
  CrateVerdict *const verdict = collector->verdict;
  const CrateRule *const rule =
    crate_profile_rule(collector->profile, result->rule);
  if (!rule) {
    return CRATE_OK;
  }
  CRATE_TRY(crate_world_reserve(
    collector->world, &verdict->findings, &verdict->finding_capacity,
    verdict->finding_count + 1u, sizeof(CrateFinding)));
  CrateFinding *const finding = &verdict->findings[verdict->finding_count];
  *finding = (CrateFinding){
    .severity = crate_levels_severity(collector->options, rule),
    .missing = result->predicate && result->component == collector->min_count,
    .undescribed = result->component == collector->described[0] ||
                   result->component == collector->described[1],
    .focus_blank = is_blank(collector->view->terms, result->focus),
    .value_blank = is_blank(collector->view->terms, result->value),
  };
  const uint32_t origin = origin_of(collector, result);
  collector->culprit = NULL;
  const CrateTerms *const terms = collector->view->terms;
  const CrateTermInfo value = crate_terms_info(terms, result->value);
  const CrateTerm shape = // a nameless one is known by its rule
    is_blank(terms, result->shape) ? result->rule : result->shape;
  const Copy copies[] = {
    {rule->id, &finding->rule},
    {result->message, &finding->message},
    {rule->spec, &finding->spec},
    {rule->repair, &finding->repair},
    {focus_of(collector, result->focus, origin), &finding->focus},
    {path_of(collector, result), &finding->path},
    {crate_view_name(collector->view, result->value), &finding->value},
    {crate_terms_info(terms, value.datatype).text, &finding->value_type},
    {value.language, &finding->value_language},
    {crate_terms_info(terms, shape).text, &finding->shape},
    {crate_terms_info(terms, result->component).text, &finding->component},
  };
  CRATE_TRY(
    copy_all(&verdict->arena, copies, sizeof(copies) / sizeof(*copies)));
  CRATE_TRY(result->elsewhere
              ? locate_elsewhere(collector, result->elsewhere, finding)
              : locate(collector, origin, finding));
  CRATE_TRY(add_patch(collector, result, finding));
  CRATE_TRY(crate_collector_about(
    collector, nearest_entity(collector, result->focus, origin), finding));
  ++verdict->finding_count;
  return CRATE_OK;
}

CrateStatus
crate_verdict_not_checked(CrateVerdict *verdict, CrateNotChecked what)
{
  CRATE_TRY(crate_world_reserve(
    verdict->arena.world, &verdict->not_checked, &verdict->not_checked_capacity,
    verdict->not_checked_count + 1u, sizeof(CrateNotChecked)));
  CrateNotChecked *const entry =
    &verdict->not_checked[verdict->not_checked_count];
  *entry = what;
  const Copy copies[] = {{what.rule, &entry->rule},
                         {what.reason, &entry->reason}};
  CRATE_TRY(copy_all(&verdict->arena, copies, 2));
  ++verdict->not_checked_count;
  return CRATE_OK;
}

CrateStatus
crate_verdict_rule(CrateVerdict *verdict, CrateJudgedRule rule)
{
  CRATE_TRY(crate_world_reserve(verdict->arena.world, &verdict->rules,
                                &verdict->rule_capacity,
                                verdict->rule_count + 1u, sizeof(rule)));
  CrateJudgedRule *const entry = &verdict->rules[verdict->rule_count];
  *entry = rule;
  const Copy copies[] = {{rule.id, &entry->id},
                         {rule.message, &entry->message}};
  CRATE_TRY(copy_all(&verdict->arena, copies, 2));
  ++verdict->rule_count;
  return CRATE_OK;
}

CrateStatus
crate_collector_not_checked(void *handle,
                            CrateTerm shape,
                            CrateText reason,
                            bool gave_up)
{
  CrateCollector *const collector = (CrateCollector *)handle;
  const CrateRule *const rule = crate_profile_rule(collector->profile, shape);
  const CrateText iri = crate_terms_info(collector->view->terms, shape).text;
  return crate_verdict_not_checked(
    collector->verdict,
    (CrateNotChecked){.rule = rule ? rule->id : iri,
                      .reason = reason,
                      .severity =
                        rule ? crate_levels_severity(collector->options, rule)
                             : CRATE_SEVERITY_VIOLATION,
                      .gave_up = gave_up});
}

static int
compare_numbers(uint32_t a, uint32_t b)
{
  return (a > b) - (a < b);
}

/// A rule's name without its profile: "ro-crate-1.2/root-name".
static CrateText
local_rule(CrateText rule)
{
  const size_t slash = crate_text_find(rule, '/');
  return slash < rule.size ? crate_text_slice(rule, slash + 1u, rule.size)
                           : rule;
}

/// By what is found and where, whoever finds it.
static int
compare_content(const CrateFinding *x, const CrateFinding *y)
{
  const int orders[] = {
    crate_text_compare(x->file, y->file),
    compare_numbers(x->line, y->line),
    compare_numbers(x->column, y->column),
    crate_text_compare(local_rule(x->rule), local_rule(y->rule)),
    crate_text_compare(x->focus, y->focus),
    crate_text_compare(x->path, y->path),
    crate_text_compare(x->message, y->message),
    crate_text_compare(x->value, y->value),
  };
  for (size_t i = 0; i < sizeof(orders) / sizeof(*orders); ++i) {
    if (orders[i]) {
      return orders[i];
    }
  }
  return 0;
}

/// Of what several profiles find, the gravest comes last, then the newest.
static int
compare_findings(const void *a, const void *b)
{
  const CrateFinding *const x = (const CrateFinding *)a;
  const CrateFinding *const y = (const CrateFinding *)b;
  const int order = compare_content(x, y);
  return order                        ? order
         : x->severity != y->severity ? (int)x->severity - (int)y->severity
                                      : crate_text_compare(x->rule, y->rule);
}

/// How special the profile of a finding is: the general ones come first.
static size_t
rank_of(const CrateVerdict *verdict, const CrateFinding *finding)
{
  const CrateText profile =
    crate_text_slice(finding->rule, 0, crate_text_find(finding->rule, '/'));
  for (size_t i = 0; i < verdict->profile_count; ++i) {
    if (crate_text_equal(verdict->profiles[i], profile)) {
      return i;
    }
  }
  return 0;
}

/// Whether a profile asks in vain for what a graver rule, or one of a more
/// special profile, asks for, too: one thing is missing, and said once. Both
/// are about one place, so what is not described is one value.
static bool
is_outdone(const CrateVerdict *verdict,
           const CrateFinding *one,
           const CrateFinding *other)
{
  const bool same_lack = one->missing && other->missing &&
                         crate_text_equal(one->focus, other->focus) &&
                         crate_text_equal(one->path, other->path);
  if (!same_lack && !(one->undescribed && other->undescribed)) {
    return false;
  }
  const size_t ranks[] = {rank_of(verdict, one), rank_of(verdict, other)};
  return ranks[0] != ranks[1] &&
         (one->severity != other->severity ? one->severity < other->severity
                                           : ranks[0] < ranks[1]);
}

/// Drop what is outdone among the findings of one place.
static size_t
drop_outdone(const CrateVerdict *verdict, CrateFinding *findings, size_t count)
{
  enum { MOST = 256 }; // of one entity; many more are of another kind
  size_t kept = 0;
  if (count > MOST || !findings->line) {
    return count;
  }
  bool outdone[MOST] = {false};
  for (size_t i = 0; i < count; ++i) {
    for (size_t j = 0; j < count && !outdone[i]; ++j) {
      outdone[i] = is_outdone(verdict, &findings[i], &findings[j]);
    }
  }
  for (size_t i = 0; i < count; ++i) {
    if (!outdone[i]) {
      findings[kept++] = findings[i];
    }
  }
  return kept;
}

static bool
is_same_place(const CrateFinding *a, const CrateFinding *b)
{
  return a->line == b->line && a->column == b->column &&
         crate_text_equal(a->file, b->file);
}

/// Several profiles may ask for one thing.
static void
merge_profiles(CrateVerdict *verdict)
{
  CrateFinding *const findings = verdict->findings;
  size_t kept = 0;
  for (size_t i = 0, end; i < verdict->finding_count; i = end) {
    for (end = i + 1u; end < verdict->finding_count &&
                       is_same_place(&findings[i], &findings[end]);) {
      ++end;
    }
    const size_t stay = drop_outdone(verdict, &findings[i], end - i);
    memmove(&findings[kept], &findings[i], stay * sizeof(*findings));
    kept += stay;
  }
  verdict->finding_count = kept;
}

/// Whether one finding says no more than the other: the same rule, or a rule
/// of the same name that another version of the profile has.
static bool
is_repeat(const CrateVerdict *verdict,
          const CrateFinding *one,
          const CrateFinding *other)
{
  return verdict->profile_count > 1 ? !compare_content(one, other)
                                    : !compare_findings(one, other);
}

static int
compare_rules(const void *a, const void *b)
{
  return crate_text_compare(((const CrateJudgedRule *)a)->id,
                            ((const CrateJudgedRule *)b)->id);
}

static int
compare_not_checked(const void *a, const void *b)
{
  const CrateNotChecked *const x = (const CrateNotChecked *)a;
  const CrateNotChecked *const y = (const CrateNotChecked *)b;
  const int order = crate_text_compare(x->reason, y->reason);
  return order ? order : crate_text_compare(x->rule, y->rule);
}

void
crate_verdict_finish(CrateVerdict *verdict)
{
  size_t kept = 0;
  if (verdict->finding_count) {
    qsort(verdict->findings, verdict->finding_count, sizeof(CrateFinding),
          compare_findings);
  }
  for (size_t i = 0; i < verdict->finding_count; ++i) {
    const CrateFinding finding = verdict->findings[i];
    kept -= kept && is_repeat(verdict, &verdict->findings[kept - 1u], &finding);
    verdict->findings[kept++] = finding;
  }
  verdict->finding_count = kept;
  if (verdict->profile_count > 1) {
    merge_profiles(verdict);
  }
  for (size_t i = 0; i < verdict->finding_count; ++i) {
    ++verdict->counts[verdict->findings[i].severity];
  }
  if (verdict->not_checked_count) {
    qsort(verdict->not_checked, verdict->not_checked_count,
          sizeof(CrateNotChecked), compare_not_checked);
  }
  if (verdict->rule_count) {
    qsort(verdict->rules, verdict->rule_count, sizeof(CrateJudgedRule),
          compare_rules);
  }
}

void
crate_verdict_clear(CrateVerdict *verdict)
{
  if (verdict->arena.world) {
    const CrateWorld *const world = verdict->arena.world;
    crate_world_release(world, verdict->findings);
    crate_world_release(world, verdict->not_checked);
    crate_world_release(world, verdict->rules);
    crate_arena_clear(&verdict->arena);
    *verdict = (CrateVerdict){0};
  }
}

const char *
crate_severity_text(CrateSeverity severity)
{
  switch (severity) {
    case CRATE_SEVERITY_INFO:
      return "info";
    case CRATE_SEVERITY_WARNING:
      return "warning";
    case CRATE_SEVERITY_VIOLATION:
      return "violation";
  }
  return "unknown";
}
