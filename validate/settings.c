// SPDX-License-Identifier: Apache-2.0
#include "validate/settings.h"
#include "base/options.h"
#include <stdarg.h>
#include <stdio.h>

/// Reads the value of one key.
typedef CrateStatus Take(CrateSettings *settings, const CrateJson *value);

static Take take_profiles, take_profiles_path, take_skip, take_maps,
  take_levels, take_fail_on, take_severity, take_baseline;

static const struct {
  const char *name;
  Take *take;
} keys[] = {
  {"profile", take_profiles},  {"profiles-path", take_profiles_path},
  {"skip", take_skip},         {"map", take_maps},
  {"levels", take_levels},     {"fail-on", take_fail_on},
  {"severity", take_severity}, {"baseline", take_baseline},
};

#define KEYS (sizeof(keys) / sizeof(*keys))

/// What a rule may be made.
static const struct {
  const char *name;
  bool off;
  CrateSeverity severity;
} levels[] = {
  {"violation", false, CRATE_SEVERITY_VIOLATION},
  {"warning", false, CRATE_SEVERITY_WARNING},
  {"info", false, CRATE_SEVERITY_INFO},
  {"off", true, CRATE_SEVERITY_INFO},
};

#define LEVELS (sizeof(levels) / sizeof(*levels))
#define OFF (LEVELS - 1u)

CrateStatus
crate_settings_refuse(const CrateSettings *settings,
                      uint32_t offset,
                      const char *code,
                      const char *format,
                      ...)
{
  const CratePlace place = crate_json_place(&settings->document, offset);
  const CrateDiagnostic where = {
    .file = settings->document.name,
    .line = place.line,
    .column = place.column,
    .code = crate_text(code),
  };
  char words[512];
  va_list arguments;
  va_start(arguments, format);
  vsnprintf(words, sizeof(words), format, arguments);
  va_end(arguments);
  return crate_world_say(settings->document.world, CRATE_MALFORMED, &where,
                         "%s", words);
}

static CrateStatus
refuse_value(const CrateSettings *settings,
             const CrateJson *value,
             const char *expected)
{
  return crate_settings_refuse(settings, value->offset, "invalid-setting",
                               "expected %s", expected);
}

/// A name that is none of a table's, with the nearest of those.
static CrateStatus
refuse_name(const CrateSettings *settings,
            const CrateJson *value,
            const char *what,
            const void *table,
            size_t count,
            size_t stride)
{
  const CrateText name = crate_text_slice(crate_json_text(value), 0, 100);
  const size_t near = crate_options_nearest(table, count, stride, name);
  const char *meant = "";
  if (near < count) {
    memcpy(&meant, (const char *)table + near * stride, sizeof(meant));
  }
  return crate_settings_refuse(
    settings, value->offset, "unknown-setting", "there is no %s \"%.*s\"%s%s",
    what, CRATE_TEXT_ARG(name), *meant ? "; did you mean " : "", meant);
}

static CrateStatus
add(CrateSettings *settings, CrateSettingList *list, const CrateJson *value)
{
  CRATE_TRY(crate_world_reserve(settings->document.world, &list->items,
                                &list->capacity, list->count + 1u,
                                sizeof(CrateSetting)));
  list->items[list->count++] =
    (CrateSetting){crate_json_text(value), value->offset};
  return CRATE_OK;
}

/// Whether a value names something: a string that is not empty, and fit for
/// a path.
static bool
is_name(const CrateJson *value)
{
  const CrateText text = crate_json_is(value, CRATE_JSON_STRING)
                           ? crate_json_text(value)
                           : (CrateText){NULL, 0};
  return text.size && !memchr(text.data, 0, text.size);
}

/// A text, or an array of texts.
static CrateStatus
take_texts(CrateSettings *settings,
           const CrateJson *value,
           CrateSettingList *list,
           const char *expected)
{
  if (is_name(value)) {
    return add(settings, list, value);
  }
  if (!crate_json_is(value, CRATE_JSON_ARRAY)) {
    return refuse_value(settings, value, expected);
  }
  CrateStatus first = CRATE_OK;
  for (const CrateJson *item = crate_json_first(value); item;
       item = item->next) {
    const CrateStatus st = is_name(item)
                             ? add(settings, list, item)
                             : refuse_value(settings, item, expected);
    first = first ? first : st;
  }
  return first;
}

static CrateStatus
take_profiles(CrateSettings *settings, const CrateJson *value)
{
  return take_texts(settings, value, &settings->profiles,
                    "the name of a profile, or an array of names");
}

static CrateStatus
take_profiles_path(CrateSettings *settings, const CrateJson *value)
{
  return take_texts(settings, value, &settings->profiles_path,
                    "a folder of profiles, or an array of folders");
}

static CrateStatus
take_baseline(CrateSettings *settings, const CrateJson *value)
{
  if (!is_name(value)) {
    return refuse_value(settings, value, "the name of a file");
  }
  settings->baseline = (CrateSetting){crate_json_text(value), value->offset};
  return CRATE_OK;
}

static CrateStatus
take_maps(CrateSettings *settings, const CrateJson *value)
{
  CrateStatus first = CRATE_OK;
  if (!crate_json_is(value, CRATE_JSON_OBJECT)) {
    return refuse_value(settings, value, "an object of prefixes and folders");
  }
  for (const CrateJson *key = crate_json_first_key(value); key;
       key = crate_json_next_key(key)) {
    CrateStatus st = CRATE_OK;
    if (!is_name(key->next)) {
      st = refuse_value(settings, key->next, "the name of a folder");
    } else if (!is_name(key)) {
      st = refuse_value(settings, key, "the start of an IRI");
    } else {
      st = add(settings, &settings->maps, key);
      st = st ? st : add(settings, &settings->folders, key->next);
    }
    first = first ? first : st;
  }
  return first;
}

/// The number of a level that a value names; LEVELS, said, when it is none.
static size_t
level_of(const CrateSettings *settings, const CrateJson *value, CrateStatus *st)
{
  *st = CRATE_OK;
  for (size_t i = 0; i < LEVELS; ++i) {
    if (crate_json_is_string(value, levels[i].name)) {
      return i;
    }
  }
  *st =
    crate_json_is(value, CRATE_JSON_STRING)
      ? refuse_name(settings, value, "level", levels, LEVELS, sizeof(*levels))
      : refuse_value(settings, value, "violation, warning, info or off");
  return LEVELS;
}

static CrateStatus
add_level(CrateSettings *settings, const CrateJson *rule, size_t level)
{
  const CrateText id = crate_json_text(rule);
  for (size_t i = 0; i < settings->level_count; ++i) {
    if (crate_text_equal(settings->levels[i].rule, id)) {
      return crate_settings_refuse(settings, rule->offset, "invalid-setting",
                                   "\"%.*s\" is said twice",
                                   CRATE_TEXT_ARG(id));
    }
  }
  CRATE_TRY(crate_world_reserve(
    settings->document.world, &settings->levels, &settings->level_capacity,
    settings->level_count + 1u, sizeof(CrateLevel)));
  CRATE_TRY(add(settings, &settings->rules, rule));
  settings->levels[settings->level_count++] = (CrateLevel){
    .rule = id,
    .off = levels[level].off,
    .severity = levels[level].severity,
  };
  return CRATE_OK;
}

static CrateStatus
take_levels(CrateSettings *settings, const CrateJson *value)
{
  CrateStatus first = CRATE_OK;
  if (!crate_json_is(value, CRATE_JSON_OBJECT)) {
    return refuse_value(settings, value, "an object of rules and levels");
  }
  for (const CrateJson *key = crate_json_first_key(value); key;
       key = crate_json_next_key(key)) {
    CrateStatus st;
    const size_t level = level_of(settings, key->next, &st);
    st = st ? st : add_level(settings, key, level);
    first = first ? first : st;
  }
  return first;
}

/// The same as levels that are off.
static CrateStatus
take_skip(CrateSettings *settings, const CrateJson *value)
{
  static const char expected[] = "an array of ids of rules";
  CrateStatus first = CRATE_OK;
  if (!crate_json_is(value, CRATE_JSON_ARRAY)) {
    return refuse_value(settings, value, expected);
  }
  for (const CrateJson *item = crate_json_first(value); item;
       item = item->next) {
    const CrateStatus st = is_name(item)
                             ? add_level(settings, item, OFF)
                             : refuse_value(settings, item, expected);
    first = first ? first : st;
  }
  return first;
}

static CrateStatus
take_one_severity(const CrateSettings *settings,
                  const CrateJson *value,
                  CrateSeverity *severity,
                  bool *given)
{
  CrateStatus st;
  const size_t level = level_of(settings, value, &st);
  if (level == LEVELS) {
    return st;
  }
  if (levels[level].off) {
    return refuse_value(settings, value, "violation, warning or info");
  }
  *severity = levels[level].severity;
  *given = true;
  return CRATE_OK;
}

static CrateStatus
take_fail_on(CrateSettings *settings, const CrateJson *value)
{
  return take_one_severity(settings, value, &settings->fail_on,
                           &settings->fail_on_given);
}

static CrateStatus
take_severity(CrateSettings *settings, const CrateJson *value)
{
  return take_one_severity(settings, value, &settings->show,
                           &settings->show_given);
}

static CrateStatus
take_key(CrateSettings *settings, const CrateJson *key)
{
  for (size_t i = 0; i < KEYS; ++i) {
    if (crate_json_is_string(key, keys[i].name)) {
      return keys[i].take(settings, key->next);
    }
  }
  return refuse_name(settings, key, "setting", keys, KEYS, sizeof(*keys));
}

CrateStatus
crate_settings_read(const CrateWorld *world,
                    CrateText name,
                    CrateText bytes,
                    CrateSettings *out)
{
  *out = (CrateSettings){.document = {.world = world}};
  CRATE_TRY(crate_json_read(world, name, bytes, &out->document));
  const CrateJson *const root = out->document.root;
  CrateStatus first = CRATE_OK;
  if (!crate_json_is(root, CRATE_JSON_OBJECT)) {
    return refuse_value(out, root, "an object of settings");
  }
  if (out->document.first_duplicate) { // which one is meant?
    return crate_settings_refuse(
      out, out->document.first_duplicate->offset, "invalid-setting",
      "\"%.*s\" is said twice",
      CRATE_TEXT_ARG(crate_json_text(out->document.first_duplicate)));
  }
  for (const CrateJson *key = crate_json_first_key(root); key;
       key = crate_json_next_key(key)) {
    const CrateStatus st = take_key(out, key);
    first = first ? first : st;
  }
  return first;
}

void
crate_settings_clear(CrateSettings *settings)
{
  const CrateWorld *const world = settings->document.world;
  CrateSettingList *const lists[] = {&settings->profiles,
                                     &settings->profiles_path, &settings->maps,
                                     &settings->folders, &settings->rules};
  if (!world) {
    return;
  }
  for (size_t i = 0; i < sizeof(lists) / sizeof(*lists); ++i) {
    crate_world_release(world, lists[i]->items);
  }
  crate_world_release(world, settings->levels);
  crate_json_clear(&settings->document);
  *settings = (CrateSettings){0};
}
