// SPDX-License-Identifier: Apache-2.0
/// @file What shapes cannot see: constraint components written in C.
///
/// Each component is a row of the table in table.c. It is used from a shape
/// by its parameter, <urn:cratekit:NAME>, like any SHACL component; most are
/// asked once for the document as a whole (sh:targetNode ck:document) and
/// report the place of each flaw.
#ifndef CRATE_VALIDATE_CHECKS_H
#define CRATE_VALIDATE_CHECKS_H
#include <cratekit/map.h>
#include <cratekit/shapes.h>
#include <cratekit/view.h>
#include <stdarg.h>

/// What the components share: the crate, and answers worth keeping.
typedef struct CrateChecks {
  const CrateView *view;
  CrateArena arena;
  CrateMap ids;     // @id as written -> index + 1 of the first entity
  uint8_t *members; // CrateMember of each entity, once looked up
  uint64_t *sizes;  // bytes of those that are files
  bool members_known, reached_known;
  uint8_t *reached; // by entity: linked from the root by hasPart
  CrateMap fetched; // bag: paths that fetch.txt promises
  CrateMap alike;   // for repairs: see repair_path.c, made when asked for
  bool alike_known;
  size_t near_work;               // spent in looking for near misses
  struct CrateBag *bag;           // looked through, or NULL
  struct CrateContents *contents; // what was read of files, or NULL
  struct CrateData *data;         // what --data has shown, or NULL
  size_t suggestions;
  size_t repair_work; // entities walked past while repairs were written
  struct CrateCroissantNames *names; // gathered, or NULL
} CrateChecks;

/// Caller's memory. Keeps the view.
CrateStatus crate_checks_init(CrateChecks *checks, const CrateView *view);

void crate_checks_clear(CrateChecks *checks);

/// The table of components, each with `checks` as its handle; views.
CrateStatus crate_checks_table(CrateChecks *checks,
                               CrateArena *arena,
                               CrateNative **out,
                               size_t *count);

/// IRI of the i-th component's parameter; empty past the end.
CrateText crate_checks_parameter(size_t i);

/// The text of the parameter's object: which flavour of the check is meant.
CrateText crate_check_parameter(const CrateNativeCall *call);

/// Report at an offset of the document, the detail printf-like.
CRATE_PRINTF(3, 4)
CrateStatus crate_check_report(const CrateNativeCall *call,
                               uint32_t offset,
                               const char *format,
                               ...);

/// Report a value, or a place when there is none; the detail vprintf-like.
CrateStatus crate_check_say(const CrateNativeCall *call,
                            CrateTerm value,
                            uint32_t offset,
                            const char *format,
                            va_list arguments);

/// Whether "." and ".." segments of a path lead above where it starts.
bool crate_check_climbs(CrateText path);

/// What an undefined key or type may have been meant to be; or empty.
CrateText crate_check_meant_name(CrateChecks *checks, CrateText name);

/// The @id that was meant by one that no entity has: one that differs in a
/// letter or two, or in case; empty when there is none.
CrateText crate_check_near_id(CrateChecks *checks, CrateText id);

/// Room for the digits of any checksum, and a NUL.
#define CRATE_CHECKSUM_ROOM 132u

/// What a checksum that is not written in hexadecimal surely means: it is in
/// base64, or has the key's name before it. `key` as in the document.
bool crate_checksum_mend(CrateText key, CrateText text, char *hex);

/// Whether an IRI is of a namespace that was left for another; and its two
/// halves there.
bool crate_check_moved(CrateText iri, CrateText *to, CrateText *name);

/// Look every relative entity up in the package, once.
CrateStatus crate_check_members(CrateChecks *checks);

/// Mark what hasPart links to the root, once.
CrateStatus crate_check_reached(CrateChecks *checks);

/// The crate that a component is asked about.
static inline const CrateView *
crate_check_view(const CrateNativeCall *call)
{
  return ((const CrateChecks *)call->handle)->view;
}

/// The index of an entity of the view.
static inline size_t
crate_check_index(const CrateChecks *checks, const CrateEntity *entity)
{
  return (size_t)(entity - checks->view->entities);
}

/// Accepts NULL. The names live in the checks' arena, what they hold does not.
void crate_croissant_names_clear(struct CrateCroissantNames *names,
                                 const CrateWorld *world);

typedef CrateStatus CrateNativeCheck(const CrateNativeCall *call);

// package.c
CrateNativeCheck crate_check_metadata_file, crate_check_archive_root,
  crate_check_top_folder, crate_check_eln_folder, crate_check_reserved_names,
  crate_check_legacy_name, crate_check_detached_name;
// document.c
CrateNativeCheck crate_check_well_formed, crate_check_utf8, crate_check_jsonld,
  crate_check_graph_array, crate_check_direct_children;
// nesting.c
CrateNativeCheck crate_check_no_nested;
// context.c
CrateNativeCheck crate_check_context_reference, crate_check_context_http;
// keys.c
CrateNativeCheck crate_check_defined_keys, crate_check_compact_keys;
// entity.c
CrateNativeCheck crate_check_entity_id, crate_check_entity_type,
  crate_check_unique_ids, crate_check_refused_key;
// identifier.c
CrateNativeCheck crate_check_uri_reference, crate_check_path_escaping,
  crate_check_refused_form, crate_check_root_form, crate_check_unicode_form;
// reference.c
CrateNativeCheck crate_check_object_form, crate_check_described;
// descriptor.c
CrateNativeCheck crate_check_descriptor_id, crate_check_descriptor_present,
  crate_check_root_described;
// payload.c
CrateNativeCheck crate_check_payload, crate_check_thumbnail,
  crate_check_local_path;
// reach.c
CrateNativeCheck crate_check_reachable, crate_check_expected_type;
// profile_crate.c
CrateNativeCheck crate_check_profile_description;
// date.c
CrateNativeCheck crate_check_iso_date;
// preview.c
CrateNativeCheck crate_check_preview_html, crate_check_preview_copy,
  crate_check_preview_resources, crate_check_preview_static,
  crate_check_preview_complete;
// bag.c
CrateNativeCheck crate_check_bag_data, crate_check_bag_declaration,
  crate_check_bag_manifest;
// bag_tags.c
CrateNativeCheck crate_check_bag_tag, crate_check_bagged,
  crate_check_payload_present;
// bagit.c
CrateNativeCheck crate_check_bag;
// escape.c
CrateNativeCheck crate_check_escaping_id;
// type_array.c
CrateNativeCheck crate_check_type_array;
// count.c
CrateNativeCheck crate_check_count_of;
// links.c
CrateNativeCheck crate_check_references_described, crate_check_linked,
  crate_check_within_reach;
// common.c
CrateNativeCheck crate_check_named, crate_check_schema_type,
  crate_check_unpacked, crate_check_schema_scheme;
// adhoc.c
CrateNativeCheck crate_check_terms_defined, crate_check_term_use,
  crate_check_term_code;
// context_form.c
CrateNativeCheck crate_check_no_null_base, crate_check_context_versions,
  crate_check_copied_terms;
// spelling.c
CrateNativeCheck crate_check_native_letters, crate_check_local_id,
  crate_check_relativized;
// checksum.c
CrateNativeCheck crate_check_checksum, crate_check_checksum_form;
// media.c
CrateNativeCheck crate_check_media_type;
// undescribed.c
CrateNativeCheck crate_check_undescribed;
// size.c
CrateNativeCheck crate_check_byte_count;
// domain.c
CrateNativeCheck crate_check_domains;
// fetch.c
CrateNativeCheck crate_check_fetched_url;
// nested.c
CrateNativeCheck crate_check_nested_declared, crate_check_nested_described;
// terms.c
CrateNativeCheck crate_check_terms_of;
// secrets.c
CrateNativeCheck crate_check_secret_free, crate_check_personal;
// shared_bytes.c
CrateNativeCheck crate_check_shared_bytes;
// shared_rows.c
CrateNativeCheck crate_check_shared_rows;
// metric_gap.c
CrateNativeCheck crate_check_metric_gap;
// disclosure.c
CrateNativeCheck crate_check_disclosure;
// hyper_parameters.c
CrateNativeCheck crate_check_hyper_parameters;
// requirements.c
CrateNativeCheck crate_check_requirements;
// model_classes.c
CrateNativeCheck crate_check_model_classes;
// same_data.c
CrateNativeCheck crate_check_same_data;
// time_order.c
CrateNativeCheck crate_check_time_order;
// vocabulary.c
CrateNativeCheck crate_check_namespace, crate_check_defined_in;
// mention.c
CrateNativeCheck crate_check_used_besides, crate_check_namesake_linked;
// steps.c
CrateNativeCheck crate_check_step_order;
// archive.c
CrateNativeCheck crate_check_zipped, crate_check_archive_name;
// croissant_values.c
CrateNativeCheck crate_check_expects, crate_check_one, crate_check_url,
  crate_check_array_shape, crate_check_croissant_version, crate_check_digest;
// croissant_references.c
CrateNativeCheck crate_check_refers, crate_check_own_field, crate_check_inside,
  crate_check_acyclic;
// croissant_ids.c
CrateNativeCheck crate_check_id_syntax, crate_check_id_unique,
  crate_check_id_prefix;
// croissant_terms.c
CrateNativeCheck crate_check_croissant_words;
// croissant_context.c
CrateNativeCheck crate_check_croissant_context;
// croissant_types.c
CrateNativeCheck crate_check_data_type, crate_check_data_types,
  crate_check_maps_to;
// croissant_sources.c
CrateNativeCheck crate_check_extractable, crate_check_joined,
  crate_check_reference_fits;
// croissant_fields.c
CrateNativeCheck crate_check_distribution_kind, crate_check_names_differ,
  crate_check_box_format, crate_check_on_array, crate_check_transform_known,
  crate_check_rai_declared, crate_check_exactly_one;
// croissant_names.c
CrateNativeCheck crate_check_names_meant;
// croissant_files.c
CrateNativeCheck crate_check_local_files;
// croissant_data.c
CrateNativeCheck crate_check_records;
// data/check.c
CrateNativeCheck crate_check_data;
// mlcroissant.c
CrateNativeCheck crate_check_mlcroissant;
// expression.c
CrateNativeCheck crate_check_regex, crate_check_glob;
// jsonpath.c
CrateNativeCheck crate_check_json_path;

#endif // CRATE_VALIDATE_CHECKS_H
