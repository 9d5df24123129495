// SPDX-License-Identifier: Apache-2.0
/// @file What a project asks of every judgement: crate-validate.json.
///
/// A JSON object. Its keys are the long options of crate-validate that say
/// what to judge by, and "levels".
#ifndef CRATE_VALIDATE_SETTINGS_H
#define CRATE_VALIDATE_SETTINGS_H
#include <cratekit/json.h>
#include <cratekit/validate.h>

/// A text of the file, and where it stands.
typedef struct CrateSetting {
  CrateText text;
  uint32_t offset;
} CrateSetting;

typedef struct CrateSettingList {
  CrateSetting *items;
  size_t count, capacity;
} CrateSettingList;

/// Views of the file's bytes and of the document.
typedef struct CrateSettings {
  CrateJsonDocument document;
  CrateSettingList profiles;      ///< "profile"
  CrateSettingList profiles_path; ///< "profiles-path"
  CrateSettingList maps, folders; ///< "map": prefixes, and their folders
  CrateSettingList rules;         ///< "levels", "skip": as in `levels`
  CrateLevel *levels;
  size_t level_count, level_capacity;
  CrateSetting baseline; ///< "baseline"
  CrateSeverity fail_on, show;
  bool fail_on_given, show_given; ///< "fail-on", "severity"
} CrateSettings;

/**
   Read settings. Every mistake is said, with its place and, where there is one
   near, the name that was meant.

   @param name, bytes Kept.
   @param out         End it with crate_settings_clear() even on failure.
   @return CRATE_MALFORMED when something is wrong.
*/
CRATE_API CRATE_NODISCARD CrateStatus
crate_settings_read(const CrateWorld *world,
                    CrateText name,
                    CrateText bytes,
                    CrateSettings *out);

CRATE_API void crate_settings_clear(CrateSettings *settings);

/// Say what is wrong at a place of the file; answers CRATE_MALFORMED.
CRATE_API CRATE_PRINTF(4, 5) CrateStatus
  crate_settings_refuse(const CrateSettings *settings,
                        uint32_t offset,
                        const char *code,
                        const char *format,
                        ...);

#endif // CRATE_VALIDATE_SETTINGS_H
