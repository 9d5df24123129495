// SPDX-License-Identifier: Apache-2.0
// JSON-LD API, HTML Content Algorithms: the JSON-LD of a web page. What is not
// of it is blanked out, so that places stay those of the page.
#include "package/page.h"
#include "convert/convert.h"
#include "html/token.h"
#include <cratekit/iri.h>
#include <stdlib.h>

/// What a page holds.
typedef struct Page {
  CrateText wanted;   ///< The id of the script that is asked for; data NULL:
                      ///< none in particular.
  CrateText *scripts; ///< Those of JSON-LD, in order.
  size_t count, capacity;
  CrateText base;   ///< Of the first <base>; data NULL when there is none.
  CrateText target; ///< The script that is asked for by its id.
  bool is_target_met;
} Page;

static CrateStatus
fail(const CrateJob *job, const char *code, const char *message)
{
  const CrateDiagnostic place = {.file = job->what->name,
                                 .code = crate_text(code)};
  return crate_world_say(job->world, CRATE_MALFORMED, &place, "%s", message);
}

/// Take one tag in.
static CrateStatus
note(const CrateJob *job, const CratePageTag *tag, Page *page)
{
  const bool is_script = crate_page_is_jsonld(tag);
  if (!page->base.data && tag->href.data &&
      crate_text_equal_fold(tag->name, CRATE_TEXT("base"))) {
    page->base = tag->href;
  }
  if (page->wanted.data && !page->is_target_met && tag->id.data &&
      crate_text_equal(tag->id, page->wanted)) {
    page->is_target_met = true;
    page->target = is_script ? tag->raw : page->target;
  }
  if (!is_script) {
    return CRATE_OK;
  }
  CRATE_TRY(crate_world_reserve(job->world, &page->scripts, &page->capacity,
                                page->count + 1, sizeof *page->scripts));
  page->scripts[page->count++] = tag->raw;
  return CRATE_OK;
}

/// What markup there is instead of scripts, by the first attribute that only it
/// has: for --from.
static const char *
find_markup(CrateText bytes)
{
  static const struct {
    const char *attribute, *markup;
  } rows[] = {{"itemscope", "microdata"},
              {"typeof", "rdfa"},
              {"property", "rdfa"},
              {"vocab", "rdfa"}};
  CrateHtmlToken token;
  do {
    CrateHtmlPart part;
    crate_html_next_token(&bytes, false, &token);
    while (token.kind == CRATE_HTML_START_TAG &&
           crate_html_next_attribute(&token.text, &part)) {
      for (size_t i = 0; i < sizeof rows / sizeof *rows; ++i) {
        if (crate_text_equal_fold(part.name, crate_text(rows[i].attribute))) {
          return rows[i].markup;
        }
      }
    }
  } while (token.kind != CRATE_HTML_END);
  return NULL;
}

/// There is no script: an error, unless none need be.
static CrateStatus
miss_scripts(const CrateJob *job, bool all)
{
  const char *const markup = find_markup(job->what->bytes);
  const CrateDiagnostic place = {.level = all ? CRATE_DIAGNOSTIC_WARNING
                                              : CRATE_DIAGNOSTIC_ERROR,
                                 .file = job->what->name,
                                 .code = CRATE_TEXT("loading-document-failed")};
  if (all && !markup) {
    return CRATE_OK;
  }
  return crate_world_say(job->world, all ? CRATE_OK : CRATE_MALFORMED, &place,
                         "the page holds no <script "
                         "type=\"application/ld+json\">%s%s",
                         markup ? ", but other markup: read it with --from "
                                : "",
                         markup ? markup : "");
}

/// Steps 2 to 4: leave the scripts that are wanted.
static CrateStatus
choose(const CrateJob *job, bool all, Page *page)
{
  if (page->wanted.data) {
    if (!page->target.data) {
      return fail(job, "loading-document-failed",
                  page->is_target_met ? "the element of this id is no <script "
                                        "type=\"application/ld+json\">"
                                      : "the page has no element of this id");
    }
    page->scripts[0] = page->target;
    page->count = 1;
    return CRATE_OK;
  }
  if (!page->count) {
    return miss_scripts(job, all);
  }
  page->count = all ? page->count : 1;
  return CRATE_OK;
}

/// The page with nothing in it but some of its scripts, and room for a byte
/// more. NULL when there is no memory.
static char *
bare(const CrateJob *job, const CrateText *scripts, size_t count)
{
  const CrateText bytes = job->what->bytes;
  char *const copy = crate_world_allocate(job->world, bytes.size + 2);
  for (size_t i = 0; copy && i < bytes.size; ++i) {
    const char c = bytes.data[i];
    copy[i] = (char)(c == '\n' || c == '\r' ? c : ' ');
  }
  for (size_t i = 0; copy && i < count; ++i) {
    memcpy(copy + (scripts[i].data - bytes.data), scripts[i].data,
           scripts[i].size);
  }
  if (copy) {
    copy[bytes.size] = copy[bytes.size + 1] = ' ';
  }
  return copy;
}

/// What JSON's reader says of a script, under JSON-LD's code.
static void
say_of_script(void *handle, const CrateDiagnostic *diagnostic)
{
  const CrateSink *const sink = handle;
  CrateDiagnostic other = *diagnostic;
  if (crate_text_is(other.code, "invalid-json")) {
    other.code = CRATE_TEXT("invalid-script-element");
  }
  if (sink->write) {
    sink->write(sink->handle, &other);
  }
}

/// Extract Script Content: is it JSON, all by itself?
static CrateStatus
check_script(const CrateJob *job, const CrateText *script)
{
  CrateWorld world = *job->world;
  CrateSink sink = world.sink;
  CrateJsonDocument document;
  world.sink.write = NULL;
  CrateStatus status =
    crate_json_read(&world, job->what->name, *script, &document);
  crate_json_clear(&document);
  if (status != CRATE_MALFORMED) {
    return status;
  }
  char *const page = bare(job, script, 1); // again, to tell the place
  if (!page) {
    return CRATE_NO_MEMORY;
  }
  world.sink = (CrateSink){say_of_script, &sink};
  const CrateText bytes = {page, job->what->bytes.size};
  status = crate_json_read(&world, job->what->name, bytes, &document);
  crate_json_clear(&document);
  crate_world_release(job->world, page);
  return status ? status
                : fail(job, "invalid-script-element",
                       "a script of the page is not JSON");
}

/// Step 6.2: an array of what the scripts hold. Those that hold arrays need no
/// merging: expansion does it.
static size_t
enclose(const CrateJob *job, const Page *page, char *copy)
{
  const char *const start = job->what->bytes.data;
  size_t end = 0;
  copy[0] = '[';
  for (size_t i = 0; i < page->count; ++i) {
    const size_t at = (size_t)(page->scripts[i].data - start);
    if (i) { // there is a tag before each script
      copy[at - 1] = ',';
    }
    end = at + page->scripts[i].size;
  }
  end = end ? end : 1;
  copy[end] = ']';
  return job->what->bytes.size + 2;
}

/// Step 1: the document base URL.
static CrateStatus
set_base(CrateJob *job, const Page *page)
{
  return page->base.data ? crate_iri_resolve(&job->arena, job->options.base,
                                             page->base, &job->options.base)
                         : CRATE_OK;
}

/// Step 2: the fragment of the page's IRI names a script, too.
static CrateStatus
find_wanted(CrateJob *job, Page *page)
{
  const CrateIri base = crate_iri_split(job->options.base);
  page->wanted = job->what->script;
  if (page->wanted.data || !base.has_fragment) {
    return CRATE_OK;
  }
  const CrateStatus status =
    crate_iri_decode(&job->arena, base.fragment, &page->wanted);
  return status == CRATE_MALFORMED
           ? fail(job, "loading-document-failed",
                  "the fragment of the base is not percent-encoded as it "
                  "should be")
           : status;
}

static CrateStatus
read_page(CrateJob *job, bool all, Page *page)
{
  CrateText rest = job->what->bytes;
  CratePageTag tag;
  CRATE_TRY(find_wanted(job, page));
  while (crate_page_next(&rest, &tag)) {
    CRATE_TRY(note(job, &tag, page));
  }
  const bool in_array = all && !page->wanted.data;
  CRATE_TRY(choose(job, all, page));
  CRATE_TRY(set_base(job, page));
  for (size_t i = 0; i < page->count; ++i) {
    CRATE_TRY(check_script(job, &page->scripts[i]));
  }
  job->page = bare(job, page->scripts, page->count);
  if (!job->page) {
    return CRATE_NO_MEMORY;
  }
  const size_t size =
    in_array ? enclose(job, page, job->page) : job->what->bytes.size;
  return crate_json_read(job->world, job->what->name,
                         (CrateText){job->page, size}, &job->document);
}

CrateStatus
crate_job_read_page(CrateJob *job, bool all)
{
  Page page = {.scripts = NULL};
  const CrateScripts scripts = job->what->scripts;
  const CrateStatus status =
    read_page(job, scripts ? scripts == CRATE_SCRIPTS_ALL : all, &page);
  crate_world_release(job->world, page.scripts);
  return status;
}
