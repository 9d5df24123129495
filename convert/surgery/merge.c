// SPDX-License-Identifier: Apache-2.0
#include "convert/surgery/merge.h"
#include "convert/ro_crate_json.h"
#include "convert/surgery/nodes.h"
#include "convert/surgery/surgery.h"
#include "crate/classify.h"
#include "crate/vocabulary.h"

/// Contradictions that are named one by one in warnings.
#define MOST_NAMED 20u

static CrateDiagnostic
place_of(const CrateGuest *guest, const CrateJson *value, const char *code)
{
  const CrateJsonDocument *const document = &guest->job.document;
  CrateDiagnostic place = {.file = guest->what.name, .code = crate_text(code)};
  if (value && document->bytes.data && value->offset != CRATE_JSON_NOWHERE) {
    const CratePlace at = crate_json_place(document, value->offset);
    place.line = at.line;
    place.column = at.column;
  }
  return place;
}

/// The one literal that a property has, or NULL.
static const CrateJson *
only_literal(const CrateJson *values)
{
  const CrateJson *const first = crate_json_first(values);
  return first && !first->next && crate_json_get(first, CRATE_TEXT("@value"))
           ? first
           : NULL;
}

/// Whether two literals are in one language, or in none.
static bool
same_language(const CrateJson *a, const CrateJson *b)
{
  const CrateText key = CRATE_TEXT("@language");
  const CrateJson *const left = crate_json_get(a, key);
  const CrateJson *const right = crate_json_get(b, key);
  return left && right ? crate_json_equal(left, right) : !left && !right;
}

/// What crates say differently of one thing is kept from both, and told.
typedef struct Comparing {
  const CrateHost *host;
  const CrateGuest *guest;
  size_t count;
} Comparing;

static void
say_differs(Comparing *comparing,
            const CrateJson *node,
            const CrateJson *key,
            const CrateJson *theirs)
{
  const CrateText id = crate_ro_crate_id(node);
  const CrateText iri = crate_json_text(key);
  size_t start = iri.size;
  while (start && !strchr("#/:", iri.data[start - 1u])) {
    --start;
  }
  const CrateText name = crate_text_slice(iri, start, iri.size);
  CrateDiagnostic place = place_of(comparing->guest, theirs, "merged-value");
  place.level = CRATE_DIAGNOSTIC_WARNING;
  if (comparing->count++ < MOST_NAMED) {
    crate_world_say(comparing->host->job->world, CRATE_OK, &place,
                    "another %.*s of %.*s than the crates before it say: both "
                    "are kept",
                    CRATE_TEXT_ARG(name), CRATE_TEXT_ARG(id));
  }
}

static void
compare_values(Comparing *comparing,
               const CrateJson *ours,
               const CrateJson *node,
               const CrateJson *key)
{
  const CrateJson *const known = only_literal(ours);
  const CrateJson *const theirs = only_literal(key->next);
  const CrateText value = CRATE_TEXT("@value");
  if (known && theirs && same_language(known, theirs) &&
      !crate_json_equal(crate_json_get(known, value),
                        crate_json_get(theirs, value))) {
    say_differs(comparing, node, key, theirs);
  }
}

/// Properties of both nodes, which are in order.
static void
compare_nodes(Comparing *comparing,
              const CrateJson *ours,
              const CrateJson *node)
{
  const CrateJson *known = crate_json_first_key(ours);
  const CrateJson *key = crate_json_first_key(node);
  while (known && key) {
    const int order =
      crate_text_compare(crate_json_text(known), crate_json_text(key));
    if (!order) {
      compare_values(comparing, known->next, node, key);
    }
    known = order <= 0 ? crate_json_next_key(known) : known;
    key = order >= 0 ? crate_json_next_key(key) : key;
  }
}

/// Hold a guest against what is there, and note its nodes for the next one.
static CrateStatus
compare(CrateHost *host, CrateGuest *guest)
{
  Comparing comparing = {.host = host, .guest = guest};
  for (CrateJson *node = guest->nodes->first; node; node = node->next) {
    uintptr_t known = 0;
    const CrateText id = crate_ro_crate_id(node);
    crate_map_get(&host->names, id, &known);
    if (known > 1u) {
      compare_nodes(&comparing, (const CrateJson *)known, node);
    } else {
      CRATE_TRY(crate_map_put(&host->names, id, (uintptr_t)node));
    }
  }
  if (comparing.count > MOST_NAMED) {
    CrateDiagnostic place = place_of(guest, NULL, "merged-value");
    place.level = CRATE_DIAGNOSTIC_WARNING;
    return crate_world_say(host->job->world, CRATE_OK, &place,
                           "%zu more values that the crates before it say "
                           "otherwise",
                           comparing.count - MOST_NAMED);
  }
  return CRATE_OK;
}

/// A claim to be RO-Crate is not repeated: this descriptor is the guest's own.
static void
cut_claims(CrateJson *claims)
{
  CrateJson **link = &claims->first;
  while (*link) {
    if (crate_version_of(crate_ro_crate_id(*link)).size) {
      *link = (*link)->next;
      --claims->size;
    } else {
      link = &(*link)->next;
    }
  }
}

/// "The referenced RO-Crate metadata descriptor SHOULD NOT include its own
/// conformsTo declarations to RO-Crate or reference the dataset with about."
static void
cut_descriptor(CrateJson *node)
{
  CrateJson **link = &node->first;
  while (*link) {
    CrateJson *const key = *link;
    const bool is_claim = crate_json_is_string(key, DCTERMS "conformsTo") &&
                          crate_json_is(key->next, CRATE_JSON_ARRAY);
    if (is_claim) {
      cut_claims(key->next);
    }
    if (crate_is_schema_org(crate_json_text(key), "about") ||
        (is_claim && !key->next->size)) {
      *link = key->next->next;
      --node->size;
    } else {
      link = &key->next->next;
    }
  }
}

/// Append nodes to those of the first crate.
typedef struct Gathering {
  CrateArena *arena;
  CrateJson *nodes, *last;
} Gathering;

static CrateStatus
link_nodes(Gathering *to, CrateText from, const char *property, CrateText id)
{
  CrateJson *node;
  CRATE_TRY(crate_node_link(to->arena, from, crate_text(property), id, &node));
  to->last->next = node;
  to->last = node;
  ++to->nodes->size;
  return CRATE_OK;
}

/// A metadata document of a crate that is referred to.
static CrateStatus
settle_descriptor(CrateArena *arena, const CrateGuest *guest)
{
  const CrateText format = CRATE_TEXT(SCHEMA "encodingFormat");
  CrateJson *descriptor = guest->nodes->first;
  CrateJson *member;
  while (descriptor &&
         !crate_text_equal(crate_ro_crate_id(descriptor), guest->descriptor)) {
    descriptor = descriptor->next;
  }
  if (!descriptor) {
    return CRATE_OK;
  }
  cut_descriptor(descriptor);
  if (crate_json_get(descriptor, format)) {
    return CRATE_OK;
  }
  CRATE_TRY(
    crate_node_text(arena, format, CRATE_TEXT("application/ld+json"), &member));
  crate_node_add(descriptor, member);
  return CRATE_OK;
}

/// The guest's root as a part of the first one's, which has a metadata document
/// of its own. By its IRI it may be the very same, though.
static CrateStatus
attach_guest(Gathering *to, const CrateGuest *guest, CrateText root)
{
  const bool is_same = crate_text_equal(root, guest->root);
  CRATE_TRY(is_same ? CRATE_OK : settle_descriptor(to->arena, guest));
  to->last->next = guest->nodes->first;
  to->nodes->size += guest->nodes->size;
  while (to->last->next) {
    to->last = to->last->next;
  }
  if (is_same) {
    return CRATE_OK;
  }
  CRATE_TRY(link_nodes(to, root, SCHEMA "hasPart", guest->root));
  CRATE_TRY(link_nodes(to, guest->root, SCHEMA "subjectOf", guest->descriptor));
  return link_nodes(to, guest->root, DCTERMS "conformsTo",
                    CRATE_TEXT(RO_CRATE));
}

static CrateStatus
refuse_rootless(const CrateJob *job, CrateText name)
{
  const CrateDiagnostic place = {.file = name, .code = CRATE_TEXT("no-merge")};
  return crate_world_say(job->world, CRATE_UNSUPPORTED, &place,
                         "no descriptor says which is the root data entity of "
                         "this crate");
}

/// Read a guest, as a crate that lies nowhere in particular.
static CrateStatus
read_guest(CrateJob *job, CrateGuest *guest)
{
  CrateJob *const its = &guest->job;
  crate_job_init(its, job->world, &guest->what, job->format, job->buffer);
  its->options = job->options;
  its->options.base = guest->what.options.base;
  CRATE_TRY(crate_job_read_document(its));
  CRATE_TRY(crate_job_name_dropped(its));
  CRATE_TRY(crate_job_find_root(its, &guest->descriptor, &guest->root));
  CRATE_TRY(crate_job_nodes(its, &guest->nodes));
  return guest->descriptor.size && guest->root.size
           ? CRATE_OK
           : refuse_rootless(job, guest->what.name);
}

static CrateStatus
take_in(CrateHost *host, CrateGuest *guest, Gathering *to, CrateText root)
{
  CRATE_TRY(read_guest(host->job, guest));
  CRATE_TRY(crate_host_find_folder(host, guest));
  CRATE_TRY(crate_host_rename(host, guest));
  CRATE_TRY(compare(host, guest));
  return attach_guest(to, guest, root);
}

static CrateStatus
make_guests(CrateJob *job)
{
  const CrateConversion *const what = job->what;
  job->guests =
    crate_arena_array(&job->arena, what->merge_count, sizeof *job->guests);
  if (!job->guests) {
    return crate_arena_status(&job->arena);
  }
  for (size_t i = 0; i < what->merge_count; ++i) {
    job->guests[i].what = what->merge[i];
    job->guests[i].what.options.base = CRATE_TEXT(CRATE_GUEST_BASE);
  }
  return CRATE_OK;
}

static CrateStatus
take_all_in(CrateHost *host, CrateJson *nodes)
{
  CrateJob *const job = host->job;
  Gathering to = {&job->arena, nodes, nodes->first};
  CrateText descriptor;
  CrateText root;
  CRATE_TRY(crate_job_find_root(job, &descriptor, &root));
  CRATE_TRY(crate_host_note(host, nodes));
  CRATE_TRY(make_guests(job));
  if (!descriptor.size || !root.size || !nodes->first) {
    return refuse_rootless(job, job->what->name);
  }
  while (to.last->next) {
    to.last = to.last->next;
  }
  for (size_t i = 0; i < job->what->merge_count; ++i) {
    job->guest_count = i + 1u;
    CRATE_TRY(take_in(host, &job->guests[i], &to, root));
  }
  return CRATE_OK;
}

CrateStatus
crate_job_merge(CrateJob *job, CrateJson **out)
{
  CrateHost host;
  CrateJson *nodes;
  CrateJsonDocument context = {.world = job->world,
                               .name = CRATE_TEXT("merged context")};
  CRATE_TRY(crate_job_nodes(job, &nodes));
  crate_host_init(&host, job);
  const CrateStatus status = take_all_in(&host, nodes);
  crate_host_clear(&host);
  CRATE_TRY(status);
  CRATE_TRY(crate_job_merge_context(job, &context.root));
  job->nodes = nodes;
  return crate_job_reshape_with(job, &context, out);
}

CrateStatus
crate_job_merge_files(CrateJob *job,
                      const CrateJson *document,
                      CrateContents *contents)
{
  (void)document;
  CRATE_TRY(crate_job_add_payload(job, contents));
  for (size_t i = 0; i < job->guest_count; ++i) {
    const CrateGuest *const guest = &job->guests[i];
    CRATE_TRY(crate_contents_add_package(
      contents, guest->what.package, guest->what.name, guest->folder, NULL));
  }
  return CRATE_OK;
}

void
crate_job_clear_guests(CrateJob *job)
{
  for (size_t i = 0; i < job->guest_count; ++i) {
    if (job->guests[i].job.world) {
      crate_job_clear(&job->guests[i].job);
    }
  }
  job->guest_count = 0;
}
