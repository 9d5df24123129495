// SPDX-License-Identifier: Apache-2.0
// Files that lie beside a document of Croissant: FileObjects whose contentUrl
// is a path from the document's folder. What is contained in something is not
// looked for, nor what RO-Crate's own rules look at.
#include "crate/vocabulary.h"
#include "data/size.h"
#include "validate/checks/contents.h"
#include "validate/checks/croissant.h"
#include <cratekit/iri.h>

/// A FileObject whose file is meant to lie here.
typedef struct {
  CrateTerm node;
  const CrateQuad *url;
  CrateText path; ///< Decoded.
  CrateMember member;
  uint64_t size;
} Local;

typedef CrateStatus Visit(const CrateNativeCall *call,
                          const Local *local,
                          CrateUnread *unread);

/// Whether an address leads on from where the document lies.
static bool
is_beside(const CrateView *view, CrateText url)
{
  return url.size && !crate_iri_is_absolute(url) && url.data[0] != '/' &&
         url.data[0] != '#' && url.data[0] != '?' &&
         !crate_context_has(view, CRATE_TEXT("@base"));
}

static bool
is_elsewhere(const CrateView *view, CrateTerm node)
{
  const CrateEntity *const entity = crate_view_entity(view, node);
  return crate_check_value_of(view, node, CROISSANT "containedIn") ||
         (entity && (entity->bits & CRATE_TYPED_FILE));
}

/// Look a FileObject's file up; `found` is false when it is not meant here.
static CrateStatus
find_local(CrateChecks *checks, CrateTerm node, Local *local, bool *found)
{
  const CrateView *const view = checks->view;
  const CrateQuadRange urls =
    crate_check_values_of(view, node, SCHEMA "contentUrl");
  const CrateText url = urls.count == 1
                          ? crate_view_name(view, urls.first->object)
                          : (CrateText){NULL, 0};
  *found = !is_elsewhere(view, node) && is_beside(view, url);
  if (!*found) {
    return CRATE_OK;
  }
  *local = (Local){.node = node, .url = urls.first};
  const CrateStatus st = crate_iri_decode(&checks->arena, url, &local->path);
  if (st == CRATE_MALFORMED) {
    local->path = url; // a lone '%': others say so
  } else if (st) {
    return st;
  }
  return crate_package_find(view->package, local->path, &local->member,
                            &local->size);
}

static CrateStatus
visit_locals(const CrateNativeCall *call, Visit *visit, CrateUnread *unread)
{
  CrateChecks *const checks = (CrateChecks *)call->handle;
  const CrateView *const view = checks->view;
  const CrateQuadList list = crate_check_nodes_of(view, CRATEKIT "FileObject");
  for (size_t i = 0; i < list.count; ++i) {
    Local local;
    bool found = false;
    CRATE_TRY(
      find_local(checks, crate_quad_list_at(list, i)->subject, &local, &found));
    if (found) {
      CRATE_TRY(visit(call, &local, unread));
    }
  }
  return CRATE_OK;
}

static CrateStatus
report_absent(const CrateNativeCall *call,
              const Local *local,
              CrateUnread *unread)
{
  const CrateView *const view = crate_check_view(call);
  CrateMember alike = CRATE_MEMBER_ABSENT;
  CrateText name = {NULL, 0};
  (void)unread;
  if (local->member == CRATE_MEMBER_FILE) {
    return CRATE_OK;
  }
  if (local->member == CRATE_MEMBER_ABSENT) {
    CRATE_TRY(
      crate_package_find_alike(view->package, local->path, &alike, &name));
  }
  const char *const what =
    local->member == CRATE_MEMBER_FOLDER    ? "\"%.*s\" is a folder%s%.*s%s"
    : local->member == CRATE_MEMBER_OUTSIDE ? "\"%.*s\" leads out%s%.*s%s"
                                            : "\"%.*s\" is not there%s%.*s%s";
  return crate_check_report(
    call, crate_check_origin(view, local->url), what,
    CRATE_TEXT_ARG(crate_check_shown(view, local->url->object)),
    name.size ? ", but \"" : "", CRATE_TEXT_ARG(name),
    name.size ? "\" is" : "");
}

static CrateStatus
report_size(const CrateNativeCall *call,
            const Local *local,
            CrateUnread *unread)
{
  const CrateView *const view = crate_check_view(call);
  const CrateQuadRange said =
    crate_check_values_of(view, local->node, SCHEMA "contentSize");
  (void)unread;
  if (local->member != CRATE_MEMBER_FILE || said.count != 1) {
    return CRATE_OK;
  }
  return crate_size_fits(crate_terms_info(view->terms, said.first->object).text,
                         local->size)
           ? CRATE_OK
           : crate_check_report(
               call, crate_check_origin(view, said.first),
               "\"%.*s\" has %llu bytes",
               CRATE_TEXT_ARG(crate_check_shown(view, local->url->object)),
               (unsigned long long)local->size);
}

const CrateDigestProperty crate_digest_properties[CRATE_DIGEST_PROPERTIES] = {
  {SCHEMA "sha256", CRATE_DIGEST_SHA256},
  {CROISSANT "md5", CRATE_DIGEST_MD5},
};

static unsigned
kinds_of(const CrateView *view, CrateTerm node)
{
  unsigned kinds = 0;
  for (size_t i = 0; i < CRATE_DIGEST_PROPERTIES; ++i) {
    kinds |=
      crate_check_value_of(view, node, crate_digest_properties[i].property)
        ? CRATE_DIGEST_SET(crate_digest_properties[i].kind)
        : 0u;
  }
  return kinds;
}

/// Ask for the file, of which both digests and format may be wanted.
static CrateStatus
want(const CrateNativeCall *call, const Local *local, CrateUnread *unread)
{
  CrateChecks *const checks = (CrateChecks *)call->handle;
  size_t index = 0;
  (void)unread;
  return local->member == CRATE_MEMBER_FILE
           ? crate_contents_want(checks, local->path,
                                 kinds_of(checks->view, local->node), &index)
           : CRATE_OK;
}

static CrateStatus
reading_of(const CrateNativeCall *call,
           const Local *local,
           CrateUnread *unread,
           const CrateReading **out)
{
  CrateChecks *const checks = (CrateChecks *)call->handle;
  size_t index = 0;
  *out = NULL;
  if (local->member != CRATE_MEMBER_FILE) {
    return CRATE_OK;
  }
  CRATE_TRY(crate_contents_want(checks, local->path,
                                kinds_of(checks->view, local->node), &index));
  const CrateReading *const reading = crate_contents_at(checks, index);
  *out = crate_contents_known(unread, reading) ? reading : NULL;
  return CRATE_OK;
}

static CrateStatus
report_digest(const CrateNativeCall *call,
              const Local *local,
              CrateUnread *unread)
{
  const CrateView *const view = crate_check_view(call);
  const CrateReading *reading;
  CRATE_TRY(reading_of(call, local, unread, &reading));
  for (size_t i = 0; reading && i < CRATE_DIGEST_PROPERTIES; ++i) {
    const CrateQuadRange said = crate_check_values_of(
      view, local->node, crate_digest_properties[i].property);
    const CrateText text =
      crate_terms_info(view->terms, said.count ? said.first->object : 0).text;
    const CrateText real = said.count
                             ? crate_digest_of(reading->digits, reading->kinds,
                                               crate_digest_properties[i].kind)
                             : (CrateText){NULL, 0};
    if (said.count == 1 && text.size == real.size &&
        !crate_text_equal_fold(text, real)) {
      CRATE_TRY(crate_check_report(
        call, crate_check_origin(view, said.first),
        "the %s of \"%.*s\" is %.*s",
        crate_digest_name(crate_digest_properties[i].kind),
        CRATE_TEXT_ARG(crate_check_shown(view, local->url->object)),
        CRATE_TEXT_ARG(real)));
    }
  }
  return CRATE_OK;
}

static CrateStatus
report_format(const CrateNativeCall *call,
              const Local *local,
              CrateUnread *unread)
{
  const CrateView *const view = crate_check_view(call);
  const CrateReading *reading;
  const CrateQuadRange said =
    crate_check_values_of(view, local->node, SCHEMA "encodingFormat");
  const CrateText type =
    crate_terms_info(view->terms, said.count ? said.first->object : 0).text;
  if (said.count != 1 || !crate_signature_matters(type)) {
    return CRATE_OK;
  }
  CRATE_TRY(reading_of(call, local, unread, &reading));
  if (!reading || crate_signature_fits(reading->signature, type)) {
    return CRATE_OK;
  }
  const char *const words = crate_signature_words(reading->signature);
  return crate_check_report(
    call, crate_check_origin(view, said.first),
    "\"%.*s\" is said of \"%.*s\", which %s%s",
    CRATE_TEXT_ARG(crate_text_slice(type, 0, 100)),
    CRATE_TEXT_ARG(crate_check_shown(view, local->url->object)),
    words ? "is " : "does not begin as such files do", words ? words : "");
}

static const struct {
  const char *parameter;
  Visit *visit;
  bool reads;
} flavours[] = {
  {"there", report_absent, false},
  {"size", report_size, false},
  {"digest", report_digest, true},
  {"format", report_format, true},
};

/// Parameter: what is held against the files.
CrateStatus
crate_check_local_files(const CrateNativeCall *call)
{
  const CrateText parameter = crate_check_parameter(call);
  CrateUnread unread = {NULL, 0};
  size_t i = 0;
  while (!crate_text_is(parameter, flavours[i].parameter)) {
    if (++i == sizeof(flavours) / sizeof(*flavours)) {
      return CRATE_OK;
    }
  }
  if (flavours[i].reads) {
    CRATE_TRY(crate_contents_gather((CrateChecks *)call->handle));
    CRATE_TRY(visit_locals(call, want, &unread));
    CRATE_TRY(crate_contents_read((CrateChecks *)call->handle));
  }
  CRATE_TRY(visit_locals(call, flavours[i].visit, &unread));
  return crate_contents_excuse(call, &unread);
}
