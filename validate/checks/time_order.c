// SPDX-License-Identifier: Apache-2.0
// Whether a model can have been made of the data that it names: not when they
// were made after it.
#include "validate/checks/croissant.h"

#define FAIR4ML "https://w3id.org/fair4ml#"
#define SCHEMA_ORG "http://schema.org/"

typedef struct {
  const CrateNativeCall *call;
  const CrateView *view;
  CrateTerm made, ended, result, trained;
} Times;

static CrateTerm
find(const CrateView *view, const char *iri)
{
  return crate_terms_find_iri(view->terms, crate_text(iri));
}

/// A year, a month or a day of the calendar, perhaps with a time.
static bool
is_calendar_date(CrateText text)
{
  return crate_is_iso_date(text) && (text.size < 5u || text.data[4] == '-') &&
         !memchr(text.data, 'W', text.size) &&
         (text.size < 8u || text.data[7] == '-');
}

/// A date as written; empty when it is none of the usual form.
static CrateText
date_of(const Times *times, CrateTerm node, CrateTerm property)
{
  const CrateTerm value =
    property ? crate_graph_object(times->view->graph, node, property)
             : CRATE_NO_TERM;
  const CrateText text = value
                           ? crate_terms_info(times->view->terms, value).text
                           : (CrateText){NULL, 0};
  return text.size && is_calendar_date(text) ? text : (CrateText){NULL, 0};
}

/// Whether one date is later than another, as far as both say: neither times
/// of a day, for their zones, nor parts that only one has.
static bool
is_later(CrateText a, CrateText b)
{
  const size_t least = a.size < b.size ? a.size : b.size;
  const size_t most = least < 10u ? least : 10u;
  return a.size && b.size &&
         crate_text_compare(crate_text_slice(a, 0, most),
                            crate_text_slice(b, 0, most)) > 0;
}

/// When a model was made: as it says, else when the last of its runs ended.
static CrateText
date_of_model(const Times *times, CrateTerm model)
{
  CrateText best = date_of(times, model, times->made);
  const CrateQuadList runs =
    times->result
      ? crate_graph_towards(times->view->graph, times->result, model)
      : (CrateQuadList){NULL, NULL, 0};
  const size_t count = best.size ? 0 : runs.count;
  for (size_t i = 0; i < count; ++i) {
    const CrateText ended =
      date_of(times, crate_quad_list_at(runs, i)->subject, times->ended);
    best = !best.size || is_later(ended, best) ? ended : best;
  }
  return best;
}

static CrateStatus
compare(const Times *times, const CrateQuad *quad)
{
  const CrateText model = date_of_model(times, quad->subject);
  const CrateText data = date_of(times, quad->object, times->made);
  return !is_later(data, model)
           ? CRATE_OK
           : crate_check_report(
               times->call, crate_graph_origin(times->view->graph, quad),
               "\"%.*s\" is of %.*s, the model of %.*s",
               CRATE_TEXT_ARG(crate_text_slice(
                 crate_view_name(times->view, quad->object), 0, 120)),
               CRATE_TEXT_ARG(crate_text_slice(data, 0, 40)),
               CRATE_TEXT_ARG(crate_text_slice(model, 0, 40)));
}

/// Asked once, for the document.
CrateStatus
crate_check_time_order(const CrateNativeCall *call)
{
  const CrateView *const view = crate_check_view(call);
  const Times times = {call,
                       view,
                       find(view, SCHEMA_ORG "dateCreated"),
                       find(view, SCHEMA_ORG "endTime"),
                       find(view, SCHEMA_ORG "result"),
                       find(view, FAIR4ML "trainedOn")};
  const CrateQuadList list = times.trained
                               ? crate_graph_with(view->graph, times.trained)
                               : (CrateQuadList){NULL, NULL, 0};
  for (size_t i = 0; i < list.count; ++i) {
    CRATE_TRY(compare(&times, crate_quad_list_at(list, i)));
  }
  return CRATE_OK;
}
