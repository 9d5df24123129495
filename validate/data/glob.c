// SPDX-License-Identifier: Apache-2.0
// Globs of FileSets. "*" stands for slashes too, as in mlcroissant: "*.jpg"
// means all pictures of an archive, in whatever folder.
#include "validate/data/data.h"

/// Steps that one path may cost: a pattern of many stars ends here.
#define MOST_STEPS 100000u

typedef struct {
  size_t left;
} Budget;

static bool match(Budget *budget, CrateText pattern, CrateText path);

static CrateText
drop(CrateText text, size_t count)
{
  return crate_text_slice(text, count, text.size);
}

/// Whether a byte is of a class "[a-z]", from behind the bracket. `size`: of
/// the class; 0 when it is not closed.
static bool
in_class(CrateText class, unsigned char byte, size_t *size)
{
  size_t at = 0;
  const bool inverse =
    class.size && (class.data[0] == '!' || class.data[0] == '^');
  bool found = false;
  at += inverse;
  const size_t first = at;
  *size = 0;
  for (; at < class.size && (class.data[at] != ']' || at == first); ++at) {
    const unsigned char low = (unsigned char)class.data[at];
    const bool range = at + 2u < class.size && class.data[at + 1u] == '-' &&
                       class.data[at + 2u] != ']';
    const unsigned char high = range ? (unsigned char)class.data[at + 2u] : low;
    found = found || (low <= byte && byte <= high);
    at += range ? 2u : 0u;
  }
  *size = at < class.size ? at + 1u : 0;
  return found != inverse;
}

/// Where the brace that is open ends; the text's size when it does not.
static size_t
brace_end(CrateText text)
{
  size_t depth = 0;
  for (size_t i = 0; i < text.size; ++i) {
    depth += text.data[i] == '{';
    if (text.data[i] == '}' && !--depth) {
      return i;
    }
  }
  return text.size;
}

/// Each alternative of a brace, with what comes after it. They are matched one
/// by one: an alternative is followed by the rest in a path of its own.
static bool
match_brace(Budget *budget, CrateText pattern, CrateText path)
{
  const size_t end = brace_end(pattern);
  const CrateText rest = drop(pattern, end + 1u);
  size_t depth = 0;
  size_t from = 1;
  for (size_t i = 1; i <= end && end < pattern.size; ++i) {
    const char byte = pattern.data[i];
    depth += byte == '{';
    if (depth || (byte != ',' && i != end)) {
      depth -= byte == '}' && depth;
      continue;
    }
    const CrateText one = crate_text_slice(pattern, from, i);
    from = i + 1u;
    // The alternative takes a part of the path, the rest what is left.
    for (size_t cut = 0; cut <= path.size; ++cut) {
      if (match(budget, one, crate_text_slice(path, 0, cut)) &&
          match(budget, rest, drop(path, cut))) {
        return true;
      }
    }
  }
  return false;
}

/// "*": any number of bytes; "**/": any folders, or none.
static bool
match_star(Budget *budget, CrateText pattern, CrateText path)
{
  size_t stars = 0;
  while (stars < pattern.size && pattern.data[stars] == '*') {
    ++stars;
  }
  CrateText rest = drop(pattern, stars);
  if (stars > 1 && rest.size && rest.data[0] == '/' &&
      match(budget, drop(rest, 1), path)) {
    return true;
  }
  for (size_t skip = 0; skip <= path.size && budget->left; ++skip) {
    if (match(budget, rest, drop(path, skip))) {
      return true;
    }
  }
  return false;
}

/// What stands for one byte: itself, "?", a class, or what is escaped.
static bool
match_one(CrateText pattern, unsigned char byte, size_t *size)
{
  const char first = pattern.data[0];
  size_t class_size = 0;
  *size = 1;
  if (first == '[') {
    const bool inside = in_class(drop(pattern, 1), byte, &class_size);
    *size += class_size;
    return class_size ? inside : byte == '['; // one that is never closed
  }
  *size += first == '\\' && pattern.size > 1u;
  return first == '?' || (unsigned char)pattern.data[*size - 1u] == byte;
}

static bool
match(Budget *budget, CrateText pattern, CrateText path)
{
  for (;;) {
    if (!budget->left) {
      return false;
    }
    --budget->left;
    if (!pattern.size) {
      return !path.size;
    }
    if (pattern.data[0] == '*') {
      return match_star(budget, pattern, path);
    }
    if (pattern.data[0] == '{') {
      return match_brace(budget, pattern, path);
    }
    if (!path.size) {
      return false;
    }
    size_t size = 1; // of the pattern's next part
    if (!match_one(pattern, (unsigned char)path.data[0], &size)) {
      return false;
    }
    pattern = drop(pattern, size);
    path = drop(path, 1);
  }
}

bool
crate_data_glob(CrateText pattern, CrateText path)
{
  Budget budget = {MOST_STEPS};
  if (crate_text_starts(pattern, CRATE_TEXT("./"))) {
    pattern = drop(pattern, 2);
  }
  if (match(&budget, pattern, path)) {
    return true;
  }
  size_t name = path.size;
  while (name && path.data[name - 1u] != '/') {
    --name;
  }
  return crate_text_find(pattern, '/') == pattern.size && name &&
         match(&budget, pattern, drop(path, name));
}
