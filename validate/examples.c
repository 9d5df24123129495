// SPDX-License-Identifier: Apache-2.0
// Examples of rules: excerpts that were cut from the crates of the tests when
// the library was built (tests/profiles/examples.py says their form).
#include "base/bundle.h"
#include <cratekit/json.h>
#include <cratekit/validate.h>

/// The version of a token "name-version", or empty for another name's.
static CrateText
version_of(CrateText token, CrateText name)
{
  const bool fits = crate_text_starts(token, name) && token.size > name.size &&
                    token.data[name.size] == '-';
  return fits ? crate_text_slice(token, name.size + 1u, token.size)
              : (CrateText){NULL, 0};
}

static bool
is_for(const CrateJson *example, CrateText version)
{
  const CrateJson *const versions =
    crate_json_get(example, CRATE_TEXT("versions"));
  for (const CrateJson *at = versions ? versions->first : NULL; at;
       at = at->next) {
    if (crate_text_equal(crate_json_text(at), version)) {
      return true;
    }
  }
  return false;
}

/// The example of a rule in one version of its profile, or NULL.
static const CrateJson *
find_example(const CrateJson *root, const CrateRule *rule)
{
  const CrateText name =
    crate_text_slice(rule->id, rule->profile.size + 1u, rule->id.size);
  for (const CrateJson *key = crate_json_first_key(root); key;
       key = crate_json_next_key(key)) {
    const CrateText version = version_of(rule->profile, crate_json_text(key));
    const CrateJson *const list =
      version.size ? crate_json_get(key->next, name) : NULL;
    for (const CrateJson *at = list ? list->first : NULL; at; at = at->next) {
      if (is_for(at, version)) {
        return at;
      }
    }
  }
  return NULL;
}

static CrateStatus
copy_member(CrateArena *arena,
            const CrateJson *object,
            CrateText key,
            CrateText *out)
{
  const CrateJson *const value = crate_json_get(object, key);
  return value ? crate_arena_copy(arena, crate_json_text(value), out)
               : CRATE_OK;
}

CrateStatus
crate_validator_examples(const CrateWorld *world,
                         CrateArena *arena,
                         CrateRule *rules,
                         size_t count)
{
  CrateJsonDocument document;
  CrateStatus st =
    crate_json_read(world, CRATE_TEXT("examples"),
                    crate_bundle_find(CRATE_TEXT("examples")), &document);
  for (size_t i = 0; i < count && !st; ++i) {
    const CrateJson *const example = find_example(document.root, &rules[i]);
    if (example) {
      st = copy_member(arena, example, CRATE_TEXT("broken"), &rules[i].broken);
      st = st ? st
              : copy_member(arena, example, CRATE_TEXT("mended"),
                            &rules[i].mended);
    }
  }
  crate_json_clear(&document);
  return st;
}
