// SPDX-License-Identifier: Apache-2.0
// The table: one row makes a component known to every shapes graph.
#include "crate/vocabulary.h"
#include "validate/checks/bagit.h"
#include "validate/checks/contents.h"
#include "validate/data/data.h"
#include <stdio.h>

static const struct {
  const char *parameter;
  CrateNativeCheck *check;
} components[] = {
  {CRATEKIT "metadataFile", crate_check_metadata_file},
  {CRATEKIT "archiveRoot", crate_check_archive_root},
  {CRATEKIT "topFolder", crate_check_top_folder},
  {CRATEKIT "elnFolder", crate_check_eln_folder},
  {CRATEKIT "reservedNames", crate_check_reserved_names},
  {CRATEKIT "wellFormed", crate_check_well_formed},
  {CRATEKIT "utf8", crate_check_utf8},
  {CRATEKIT "jsonld", crate_check_jsonld},
  {CRATEKIT "graphArray", crate_check_graph_array},
  {CRATEKIT "directChildren", crate_check_direct_children},
  {CRATEKIT "noNested", crate_check_no_nested},
  {CRATEKIT "contextReference", crate_check_context_reference},
  {CRATEKIT "contextHttp", crate_check_context_http},
  {CRATEKIT "definedKeys", crate_check_defined_keys},
  {CRATEKIT "compactKeys", crate_check_compact_keys},
  {CRATEKIT "entityId", crate_check_entity_id},
  {CRATEKIT "entityType", crate_check_entity_type},
  {CRATEKIT "uniqueIds", crate_check_unique_ids},
  {CRATEKIT "refusedKey", crate_check_refused_key},
  {CRATEKIT "uriReference", crate_check_uri_reference},
  {CRATEKIT "pathEscaping", crate_check_path_escaping},
  {CRATEKIT "refusedForm", crate_check_refused_form},
  {CRATEKIT "rootForm", crate_check_root_form},
  {CRATEKIT "objectForm", crate_check_object_form},
  {CRATEKIT "described", crate_check_described},
  {CRATEKIT "descriptorId", crate_check_descriptor_id},
  {CRATEKIT "descriptorPresent", crate_check_descriptor_present},
  {CRATEKIT "rootDescribed", crate_check_root_described},
  {CRATEKIT "payload", crate_check_payload},
  {CRATEKIT "thumbnailIncluded", crate_check_thumbnail},
  {CRATEKIT "localPath", crate_check_local_path},
  {CRATEKIT "reachable", crate_check_reachable},
  {CRATEKIT "expectedType", crate_check_expected_type},
  {CRATEKIT "profileDescription", crate_check_profile_description},
  {CRATEKIT "isoDate", crate_check_iso_date},
  {CRATEKIT "previewHtml", crate_check_preview_html},
  {CRATEKIT "previewCopy", crate_check_preview_copy},
  {CRATEKIT "previewResources", crate_check_preview_resources},
  {CRATEKIT "bagData", crate_check_bag_data},
  {CRATEKIT "bagDeclaration", crate_check_bag_declaration},
  {CRATEKIT "bagManifest", crate_check_bag_manifest},
  {CRATEKIT "bagTag", crate_check_bag_tag},
  {CRATEKIT "bagged", crate_check_bagged},
  {CRATEKIT "bag", crate_check_bag},
  {CRATEKIT "payloadPresent", crate_check_payload_present},
  {CRATEKIT "escapingId", crate_check_escaping_id},
  {CRATEKIT "typeArray", crate_check_type_array},
  {CRATEKIT "countOf", crate_check_count_of},
  {CRATEKIT "legacyName", crate_check_legacy_name},
  {CRATEKIT "detachedName", crate_check_detached_name},
  {CRATEKIT "previewStatic", crate_check_preview_static},
  {CRATEKIT "previewComplete", crate_check_preview_complete},
  {CRATEKIT "referencesDescribed", crate_check_references_described},
  {CRATEKIT "linked", crate_check_linked},
  {CRATEKIT "withinReach", crate_check_within_reach},
  {CRATEKIT "named", crate_check_named},
  {CRATEKIT "schemaType", crate_check_schema_type},
  {CRATEKIT "unpacked", crate_check_unpacked},
  {CRATEKIT "schemaScheme", crate_check_schema_scheme},
  {CRATEKIT "termsDefined", crate_check_terms_defined},
  {CRATEKIT "termUse", crate_check_term_use},
  {CRATEKIT "termCode", crate_check_term_code},
  {CRATEKIT "noNullBase", crate_check_no_null_base},
  {CRATEKIT "contextVersions", crate_check_context_versions},
  {CRATEKIT "copiedTerms", crate_check_copied_terms},
  {CRATEKIT "nativeLetters", crate_check_native_letters},
  {CRATEKIT "localId", crate_check_local_id},
  {CRATEKIT "relativized", crate_check_relativized},
  {CRATEKIT "byteCount", crate_check_byte_count},
  {CRATEKIT "nestedDeclared", crate_check_nested_declared},
  {CRATEKIT "nestedDescribed", crate_check_nested_described},
  {CRATEKIT "fetchedUrl", crate_check_fetched_url},
  {CRATEKIT "domains", crate_check_domains},
  {CRATEKIT "termsOf", crate_check_terms_of},
  {CRATEKIT "namespace", crate_check_namespace},
  {CRATEKIT "secretFree", crate_check_secret_free},
  {CRATEKIT "personal", crate_check_personal},
  {CRATEKIT "sharedBytes", crate_check_shared_bytes},
  {CRATEKIT "sharedRows", crate_check_shared_rows},
  {CRATEKIT "disclosure", crate_check_disclosure},
  {CRATEKIT "metricGap", crate_check_metric_gap},
  {CRATEKIT "hyperParameters", crate_check_hyper_parameters},
  {CRATEKIT "requirementsPinned", crate_check_requirements},
  {CRATEKIT "modelClasses", crate_check_model_classes},
  {CRATEKIT "sameData", crate_check_same_data},
  {CRATEKIT "timeOrder", crate_check_time_order},
  {CRATEKIT "definedIn", crate_check_defined_in},
  {CRATEKIT "usedBesides", crate_check_used_besides},
  {CRATEKIT "namesakeLinked", crate_check_namesake_linked},
  {CRATEKIT "stepOrder", crate_check_step_order},
  {CRATEKIT "zipped", crate_check_zipped},
  {CRATEKIT "archiveName", crate_check_archive_name},
  {CRATEKIT "checksum", crate_check_checksum},
  {CRATEKIT "checksumForm", crate_check_checksum_form},
  {CRATEKIT "mediaType", crate_check_media_type},
  {CRATEKIT "undescribed", crate_check_undescribed},
  {CRATEKIT "unicodeForm", crate_check_unicode_form},
  {CRATEKIT "expects", crate_check_expects},
  {CRATEKIT "one", crate_check_one},
  {CRATEKIT "url", crate_check_url},
  {CRATEKIT "digest", crate_check_digest},
  {CRATEKIT "arrayShapeForm", crate_check_array_shape},
  {CRATEKIT "croissantVersion", crate_check_croissant_version},
  {CRATEKIT "refersTo", crate_check_refers},
  {CRATEKIT "ownField", crate_check_own_field},
  {CRATEKIT "inside", crate_check_inside},
  {CRATEKIT "acyclic", crate_check_acyclic},
  {CRATEKIT "idSyntax", crate_check_id_syntax},
  {CRATEKIT "idUnique", crate_check_id_unique},
  {CRATEKIT "idPrefix", crate_check_id_prefix},
  {CRATEKIT "croissantWords", crate_check_croissant_words},
  {CRATEKIT "croissantContext", crate_check_croissant_context},
  {CRATEKIT "classKnown", crate_check_data_type},
  {CRATEKIT "dataTypes", crate_check_data_types},
  {CRATEKIT "exactlyOne", crate_check_exactly_one},
  {CRATEKIT "mapsTo", crate_check_maps_to},
  {CRATEKIT "extractable", crate_check_extractable},
  {CRATEKIT "joined", crate_check_joined},
  {CRATEKIT "referenceFits", crate_check_reference_fits},
  {CRATEKIT "records", crate_check_records},
  {CRATEKIT "namesMeant", crate_check_names_meant},
  {CRATEKIT "localFiles", crate_check_local_files},
  {CRATEKIT "distributionKind", crate_check_distribution_kind},
  {CRATEKIT "namesDiffer", crate_check_names_differ},
  {CRATEKIT "boxFormat", crate_check_box_format},
  {CRATEKIT "onArray", crate_check_on_array},
  {CRATEKIT "transformKnown", crate_check_transform_known},
  {CRATEKIT "raiDeclared", crate_check_rai_declared},
  {CRATEKIT "mlcroissant", crate_check_mlcroissant},
  {CRATEKIT "data", crate_check_data},
  {CRATEKIT "regex", crate_check_regex},
  {CRATEKIT "glob", crate_check_glob},
  {CRATEKIT "jsonPath", crate_check_json_path},
};

CrateStatus
crate_checks_table(CrateChecks *checks,
                   CrateArena *arena,
                   CrateNative **out,
                   size_t *count)
{
  *count = sizeof(components) / sizeof(*components);
  *out = (CrateNative *)crate_arena_array(arena, *count, sizeof(CrateNative));
  if (!*out) {
    return crate_arena_status(arena);
  }
  for (size_t i = 0; i < *count; ++i) {
    (*out)[i] = (CrateNative){crate_text(components[i].parameter),
                              components[i].check, checks};
  }
  return CRATE_OK;
}

CrateText
crate_checks_parameter(size_t i)
{
  return i < sizeof(components) / sizeof(*components)
           ? crate_text(components[i].parameter)
           : (CrateText){NULL, 0};
}

CrateStatus
crate_checks_init(CrateChecks *checks, const CrateView *view)
{
  *checks = (CrateChecks){.view = view};
  crate_arena_init(&checks->arena, view->world);
  crate_map_init(&checks->ids, view->world);
  crate_map_init(&checks->fetched, view->world);
  crate_map_init(&checks->alike, view->world);
  for (size_t i = 0; i < view->entity_count; ++i) {
    const CrateText id = view->entities[i].id;
    if (id.size && !crate_map_get(&checks->ids, id, NULL)) {
      CRATE_TRY(crate_map_put(&checks->ids, id, i + 1u));
    }
  }
  return CRATE_OK;
}

void
crate_checks_clear(CrateChecks *checks)
{
  if (checks->view) {
    crate_bag_free(checks->bag);
    crate_contents_free(checks->contents);
    crate_data_free(checks->data);
    crate_croissant_names_clear(checks->names, checks->view->world);
    crate_map_clear(&checks->ids);
    crate_map_clear(&checks->fetched);
    crate_map_clear(&checks->alike);
    crate_arena_clear(&checks->arena);
    *checks = (CrateChecks){0};
  }
}

CrateText
crate_check_parameter(const CrateNativeCall *call)
{
  const CrateGraph *const shapes = crate_shapes_graph(call->shapes);
  return crate_terms_info(crate_graph_terms(shapes), call->parameter).text;
}

CrateStatus
crate_check_say(const CrateNativeCall *call,
                CrateTerm value,
                uint32_t offset,
                const char *format,
                va_list arguments)
{
  char room[512];
  vsnprintf(room, sizeof(room), format, arguments);
  CrateText detail = crate_text(room);
  detail.size = crate_text_utf8_span(detail); // a cut may split a character
  return call->report(call, value, offset, detail);
}

CrateStatus
crate_check_report(const CrateNativeCall *call,
                   uint32_t offset,
                   const char *format,
                   ...)
{
  va_list arguments;
  va_start(arguments, format);
  const CrateStatus st =
    crate_check_say(call, CRATE_NO_TERM, offset, format, arguments);
  va_end(arguments);
  return st;
}
