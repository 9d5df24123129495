// SPDX-License-Identifier: Apache-2.0
// Repairs made, and judged, until none is left: nothing is written here.
#include <cratekit/buffer.h>
#include <cratekit/edit.h>
#include <cratekit/package.h>
#include <cratekit/validate.h>

/// One repair may make room for another; not for ever.
enum { MOST_ROUNDS = 16 };

typedef struct {
  CrateValidator *validator;
  CrateText path;
  CrateJudgeOptions options;
  CrateMended *out;
} Mend;

static CrateStatus
add_patch(const CrateWorld *world,
          CrateEdits *edits,
          CrateText text,
          bool *taken)
{
  CrateJsonDocument patch = {0};
  CrateStatus st = crate_json_read(world, CRATE_TEXT("patch"), text, &patch);
  st = st ? st : crate_edits_add(edits, patch.root, taken);
  crate_json_clear(&patch);
  return st;
}

/// The document with every patch of a verdict that fits; `text` stays as it is
/// when there is none.
static CrateStatus
apply_patches(const CrateWorld *world,
              const CrateVerdict *verdict,
              CrateArena *arena,
              CrateText *text,
              size_t *applied)
{
  CrateJsonDocument document = {0};
  CrateEdits *edits = NULL;
  CrateBuffer out;
  *applied = 0;
  crate_buffer_init(&out, world);
  CrateStatus st =
    crate_json_read(world, CRATE_TEXT("metadata"), *text, &document);
  st = st ? st : crate_edits_new(world, &document, &edits);
  for (size_t i = 0; i < verdict->finding_count && !st; ++i) {
    const CrateText patch = verdict->findings[i].patch;
    bool taken = false;
    st = patch.size ? add_patch(world, edits, patch, &taken) : CRATE_OK;
    *applied += taken;
  }
  st = st ? st : crate_edits_write(edits, &out);
  if (!st && *applied) {
    st = crate_arena_copy(arena, crate_buffer_text(&out), text);
  }
  crate_edits_free(edits);
  crate_json_clear(&document);
  crate_buffer_clear(&out);
  return st;
}

static bool
is_worse(const CrateVerdict *before, const CrateVerdict *after)
{
  for (int s = CRATE_SEVERITY_VIOLATION; s >= CRATE_SEVERITY_INFO; --s) {
    if (before->counts[s] != after->counts[s]) {
      return after->counts[s] > before->counts[s];
    }
  }
  return false;
}

static bool
has_patches(const CrateVerdict *verdict)
{
  for (size_t i = 0; i < verdict->finding_count; ++i) {
    if (verdict->findings[i].patch.size) {
      return true;
    }
  }
  return false;
}

/// One round: mend, judge again, and keep the new text if it is no worse.
static CrateStatus
go_round(Mend *mend, bool *more)
{
  const CrateWorld *const world = mend->out->arena.world;
  CrateVerdict after = {0};
  CrateText text = mend->out->after;
  size_t applied = 0;
  *more = false;
  if (!has_patches(&mend->out->verdict)) {
    return CRATE_OK; // the document may not even be JSON
  }
  CRATE_TRY(apply_patches(world, &mend->out->verdict, &mend->out->arena, &text,
                          &applied));
  if (!applied) {
    return CRATE_OK;
  }
  mend->options.instead = text;
  const CrateStatus st =
    crate_validator_judge(mend->validator, mend->path, &mend->options, &after);
  if (st || is_worse(&mend->out->verdict, &after)) {
    crate_verdict_clear(&after);
    return st;
  }
  crate_verdict_clear(&mend->out->verdict);
  mend->out->verdict = after;
  mend->out->after = text;
  mend->out->applied += applied;
  *more = true;
  return CRATE_OK;
}

/// The document as it is, and where it stands.
static CrateStatus
read_before(Mend *mend, const CrateWorld *world)
{
  CratePackage *package = NULL;
  CrateMended *const out = mend->out;
  CrateText top;
  CRATE_TRY(crate_package_open(world, mend->path, &package));
  const CratePackageKind kind = crate_package_kind(package);
  out->can_write =
    (kind == CRATE_PACKAGE_FOLDER || kind == CRATE_PACKAGE_DOCUMENT) &&
    !crate_package_is_bag(package, &top);
  CrateStatus st = crate_arena_copy(
    &out->arena, crate_package_metadata_name(package), &out->file);
  if (!st && crate_package_metadata(package).size) {
    st = crate_package_read(package, crate_package_metadata(package),
                            &out->arena, &out->before);
    st = st ? st : crate_arena_copy(&out->arena, out->before, &out->before);
  }
  crate_package_close(package);
  out->after = out->before;
  return st;
}

CrateStatus
crate_validator_mend(CrateValidator *validator,
                     const CrateWorld *world,
                     CrateText path,
                     const CrateJudgeOptions *options,
                     CrateMended *out)
{
  Mend mend = {validator, path, *options, out};
  *out = (CrateMended){0};
  crate_arena_init(&out->arena, world);
  CRATE_TRY(read_before(&mend, world));
  CRATE_TRY(crate_validator_judge(validator, path, options, &out->verdict));
  bool more = out->before.size > 0;
  for (int i = 0; i < MOST_ROUNDS && more; ++i) {
    CRATE_TRY(go_round(&mend, &more));
  }
  return CRATE_OK;
}

void
crate_mended_clear(CrateMended *mended)
{
  crate_verdict_clear(&mended->verdict);
  if (mended->arena.world) {
    crate_arena_clear(&mended->arena);
  }
}
