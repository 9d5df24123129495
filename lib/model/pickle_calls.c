// SPDX-License-Identifier: Apache-2.0
// Opcodes that import and call: told, and never done.
#include "model/pickle_machine.h"
#include <inttypes.h>

/// What would be imported, as a hazard the first time it is met.
static void
note_import(CratePickle *pickle, CrateText module, CrateText name, uint64_t at)
{
  static const struct {
    CrateHazardSeverity severity;
    const char *format;
  } verdicts[] = {
    [CRATE_IMPORT_UNKNOWN] = {CRATE_HAZARD_WARNING,
                              "imports %.*s.%.*s, code that has to be "
                              "trusted"},
    [CRATE_IMPORT_DANGEROUS] = {CRATE_HAZARD_DANGER,
                                "imports %.*s.%.*s, which runs or reads what "
                                "it is told to"},
  };
  char place[40];
  char words[450]; // names come again and again: those told are kept
  const CrateImportVerdict verdict = crate_import_judge(module, name);
  snprintf(words, sizeof(words), "%u %.*s %.*s", (unsigned)verdict,
           CRATE_TEXT_ARG(crate_text_slice(module, 0, 200)),
           CRATE_TEXT_ARG(crate_text_slice(name, 0, 200)));
  if (verdict == CRATE_IMPORT_HARMLESS || pickle->cursor.status ||
      crate_map_get(&pickle->told, crate_text(words), NULL)) {
    return;
  }
  CrateText key = {NULL, 0};
  crate_pickle_check(pickle, crate_arena_copy(&pickle->reading->model->arena,
                                              crate_text(words), &key));
  snprintf(place, sizeof(place), "byte %" PRIu64, at);
  crate_pickle_check(pickle, crate_map_put(&pickle->told, key, 1));
  crate_pickle_check(pickle, crate_model_add_hazard(
                               pickle->reading, verdicts[verdict].severity,
                               "pickle-import", crate_text(place),
                               verdicts[verdict].format,
                               CRATE_TEXT_ARG(crate_text_slice(module, 0, 200)),
                               CRATE_TEXT_ARG(crate_text_slice(name, 0, 200))));
}

static CratePickled *
new_global(CratePickle *pickle, CrateText module, CrateText name, uint64_t at)
{
  CratePickled *const value = crate_pickled_new(pickle, CRATE_PICKLED_GLOBAL);
  CratePickledGlobal *const global =
    (CratePickledGlobal *)crate_pickle_allocate(pickle, 1, sizeof(*global));
  if (!value || !global) {
    return NULL;
  }
  *global = (CratePickledGlobal){module, name};
  value->global = global;
  note_import(pickle, module, name, at);
  return value;
}

static void
note_danger(CratePickle *pickle,
            uint64_t at,
            const char *code,
            const char *words)
{
  char place[40];
  snprintf(place, sizeof(place), "byte %" PRIu64, at);
  crate_pickle_check(
    pickle, crate_model_add_hazard(pickle->reading, CRATE_HAZARD_DANGER, code,
                                   crate_text(place), "%s", words));
}

/// What is imported is made while the pickle runs, or by a number that only
/// the loading program knows.
static void
note_hidden(CratePickle *pickle, uint64_t at, const char *words)
{
  note_danger(pickle, at, "pickle-hidden-import", words);
  crate_pickle_push_number(pickle, CRATE_PICKLED_OTHER, 0);
}

/// STACK_GLOBAL: both names are on the stack.
static void
import_from_stack(CratePickle *pickle, uint64_t at, size_t floor)
{
  const CratePickled *const name = crate_pickle_pop(pickle, floor);
  const CratePickled *const module = crate_pickle_pop(pickle, floor);
  if (pickle->cursor.status) {
    return;
  }
  if (name->kind != CRATE_PICKLED_TEXT || module->kind != CRATE_PICKLED_TEXT) {
    note_hidden(pickle, at, "imports by names that it makes while it runs");
    return;
  }
  crate_pickle_push(pickle, new_global(pickle, crate_pickled_text(module),
                                       crate_pickled_text(name), at));
}

static void
push_call(CratePickle *pickle, CratePickled *callable, CratePickled *arguments)
{
  CratePickled *const value = crate_pickled_new(pickle, CRATE_PICKLED_CALL);
  CratePickledCall *const call =
    (CratePickledCall *)crate_pickle_allocate(pickle, 1, sizeof(*call));
  if (value && call && callable && arguments) {
    *call = (CratePickledCall){.callable = callable, .arguments = arguments};
    value->call = call;
    crate_pickle_push(pickle, value);
  }
}

/// REDUCE, NEWOBJ and NEWOBJ_EX.
static void
call_top(CratePickle *pickle, bool keywords, size_t floor)
{
  if (keywords) {
    (void)crate_pickle_pop(pickle, floor);
  }
  CratePickled *const arguments = crate_pickle_pop(pickle, floor);
  CratePickled *const callable = crate_pickle_pop(pickle, floor);
  push_call(pickle, callable, arguments);
}

/// INST, whose class is given, and OBJ, which has it above the mark.
static void
call_marked(CratePickle *pickle, CratePickled *callable, size_t floor)
{
  size_t count = 0;
  CratePickled *const *items = crate_pickle_pop_mark(pickle, floor, &count);
  if (!callable && !count) {
    crate_pickle_fail(pickle,
                      "an opcode that takes more off the stack than there is");
  }
  if (pickle->cursor.status) {
    return;
  }
  if (!callable) {
    callable = *items++;
    --count;
  }
  crate_pickle_push_list(pickle, CRATE_PICKLED_TUPLE, items, count);
  CratePickled *const arguments = crate_pickle_pop(pickle, floor);
  push_call(pickle, callable, arguments);
}

/// BUILD: a state for what is below it.
static void
build(CratePickle *pickle, uint64_t at, size_t floor)
{
  CratePickled *const state = crate_pickle_pop(pickle, floor);
  CratePickled *const target = crate_pickle_top(pickle, floor);
  if (pickle->cursor.status) {
    return;
  }
  if (target->kind == CRATE_PICKLED_GLOBAL) {
    note_danger(pickle, at, "pickle-patch",
                "changes what it has imported, for everybody");
  }
  if (target->kind == CRATE_PICKLED_CALL) {
    target->call->state = state;
    if (crate_pickled_is_call(target, "joblib.numpy_pickle",
                              "NumpyArrayWrapper") ||
        crate_pickled_is_call(target, "sklearn.externals.joblib.numpy_pickle",
                              "NumpyArrayWrapper")) {
      crate_pickle_read_array(pickle, target);
    }
  }
}

static void
push_persistent(CratePickle *pickle, CratePickled *id)
{
  CratePickled *const value =
    crate_pickled_new(pickle, CRATE_PICKLED_PERSISTENT);
  if (!value || !id) {
    return;
  }
  value->id = id;
  crate_pickle_push(pickle, value);
  crate_pickle_check(
    pickle, crate_world_reserve(pickle->reading->world, &pickle->ids,
                                &pickle->id_capacity, pickle->id_count + 1u,
                                sizeof(*pickle->ids)));
  if (!pickle->cursor.status) {
    pickle->ids[pickle->id_count++] = id;
  }
}

/// Opcodes that import and call. False for others.
bool
crate_pickle_step_call(CratePickle *pickle,
                       unsigned code,
                       const CrateOperand *operand,
                       size_t floor)
{
  switch (code) {
    case 'c':
      crate_pickle_push(pickle, new_global(pickle, operand->text,
                                           operand->second, operand->at));
      return true;
    case 0x93:
      import_from_stack(pickle, operand->at, floor);
      return true;
    case 'i':
      call_marked(
        pickle, new_global(pickle, operand->text, operand->second, operand->at),
        floor);
      return true;
    case 'o':
      call_marked(pickle, NULL, floor);
      return true;
    case 'R':
    case 0x81:
    case 0x92:
      call_top(pickle, code == 0x92, floor);
      return true;
    case 'b':
      build(pickle, operand->at, floor);
      return true;
    case 0x82:
    case 0x83:
    case 0x84:
      note_hidden(pickle, operand->at,
                  "imports by a number of copyreg's, which only the loading "
                  "program knows");
      return true;
    case 'Q':
      push_persistent(pickle, crate_pickle_pop(pickle, floor));
      return true;
    case 'P':
      crate_pickle_push_text(pickle, CRATE_PICKLED_TEXT, operand,
                             operand->text);
      push_persistent(pickle, crate_pickle_pop(pickle, floor));
      return true;
    default:
      return false;
  }
}
