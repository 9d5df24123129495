// SPDX-License-Identifier: Apache-2.0
// Records that stand in the document itself, when others refer to them: lists
// of labels and of splits mostly do.
#include "crate/vocabulary.h"
#include "validate/data/data.h"

/// Whether a record's key means a field: by its @id as written, or by its IRI.
static bool
is_field(const CrateView *view, CrateText key, CrateTerm field)
{
  return crate_text_equal(key, crate_view_name(view, field)) ||
         crate_text_equal(key, crate_terms_info(view->terms, field).text);
}

static CrateStatus
collect_record(CrateData *data, CrateDataField *field, const CrateJson *record)
{
  for (const CrateJson *key = crate_json_first_key(record); key;
       key = crate_json_next_key(key)) {
    if (is_field(data->view, crate_json_text(key), field->term) &&
        (crate_json_is(key->next, CRATE_JSON_STRING) ||
         crate_json_is(key->next, CRATE_JSON_NUMBER))) {
      CRATE_TRY(crate_data_collect(data, field, crate_json_text(key->next)));
    }
  }
  return CRATE_OK;
}

CrateStatus
crate_data_collect_inline(CrateData *data)
{
  const CrateView *const view = data->view;
  for (size_t i = 0; i < data->field_count; ++i) {
    CrateDataField *const field = &data->fields[i];
    const CrateQuadList sets =
      field->referred_to && !field->resource
        ? crate_check_subjects_of(view, CROISSANT "field", field->term)
        : (CrateQuadList){NULL, NULL, 0};
    const CrateJson *const records =
      sets.count
        ? crate_check_records_of(view, crate_quad_list_at(sets, 0)->subject,
                                 CROISSANT "data")
        : NULL;
    for (const CrateJson *record = crate_json_first(records); record;
         record = record->next) {
      CRATE_TRY(collect_record(data, field, record));
    }
  }
  return CRATE_OK;
}
