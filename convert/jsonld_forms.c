// SPDX-License-Identifier: Apache-2.0
// The forms of JSON-LD.
#include "convert/vocabularies.h"

static CrateStatus
write(CrateJob *job, CrateStatus status, const CrateJson *result)
{
  CRATE_TRY(status);
  crate_json_write(job->buffer, result, 2);
  crate_buffer_add_byte(job->buffer, '\n');
  return CRATE_OK;
}

/// A format that takes something beside the input, which is not there.
static CrateStatus
missing(const CrateJob *job, const char *option)
{
  const CrateDiagnostic place = {.code = CRATE_TEXT("usage")};
  return crate_world_say(job->world, CRATE_BAD_ARGUMENT, &place,
                         "%s wants a %s to go by", job->format->name, option);
}

CrateStatus
crate_job_expanded(CrateJob *job)
{
  CrateJson *result = NULL;
  const CrateStatus status = crate_jsonld_expand(
    &job->document, job->library, &job->options, &job->arena, &result);
  return write(job, status, result);
}

CrateStatus
crate_job_compacted(CrateJob *job)
{
  CrateJson *result = NULL;
  const CrateJsonDocument *context;
  CRATE_TRY(crate_job_context(job, &context));
  if (!context) {
    return missing(job, "--context");
  }
  const CrateStatus status = crate_jsonld_compact(
    &job->document, context, job->library, &job->options, &job->arena, &result);
  return write(job, status, result);
}

CrateStatus
crate_job_flattened(CrateJob *job)
{
  CrateJson *result = NULL;
  const CrateJsonDocument *context;
  CRATE_TRY(crate_job_context(job, &context));
  const CrateStatus status = crate_jsonld_flatten(
    &job->document, context, job->library, &job->options, &job->arena, &result);
  return write(job, status, result);
}

CrateStatus
crate_job_framed(CrateJob *job)
{
  CrateJson *result = NULL;
  if (!job->what->frame) {
    return missing(job, "--frame");
  }
  const CrateStatus status =
    crate_jsonld_frame(&job->document, job->what->frame, job->library,
                       &job->options, &job->arena, &result);
  return write(job, status, result);
}

CrateStatus
crate_job_jsonld(CrateJob *job)
{
  CrateJson *result = NULL;
  const CrateJsonDocument *context;
  CRATE_TRY(crate_jsonld_from_graph(job->world, job->graph, &job->options,
                                    &job->arena, &result));
  CRATE_TRY(crate_job_context(job, &context));
  if (!job->what->vocabulary || !context) {
    return write(job, CRATE_OK, result);
  }
  job->document.name = job->what->name;
  job->document.root = result;
  return crate_job_flattened(job);
}
