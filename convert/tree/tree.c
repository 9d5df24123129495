// SPDX-License-Identifier: Apache-2.0
#include "convert/tree/tree.h"

CrateTree *
crate_tree_add(CrateArena *arena,
               CrateTree *parent,
               CrateTreeKind kind,
               CrateText key,
               CrateText text,
               uint32_t origin)
{
  CrateTree *const tree = crate_arena_array(arena, 1, sizeof(CrateTree));
  if (!tree) {
    return NULL;
  }
  *tree = (CrateTree){.key = key, .text = text, .kind = kind, .origin = origin};
  if (parent && parent->last) {
    parent->last->next = tree;
  } else if (parent) {
    parent->first = tree;
  }
  if (parent) {
    parent->last = tree;
  }
  return tree;
}

const CrateTree *
crate_tree_find(const CrateTree *parent, CrateText key)
{
  const CrateTree *child = parent->first;
  while (child && !crate_text_equal(child->key, key)) {
    child = child->next;
  }
  return child;
}

const CrateTree *
crate_tree_past(const CrateTree *child)
{
  const CrateTree *end = child->next;
  while (end && crate_text_equal(end->key, child->key)) {
    end = end->next;
  }
  return end;
}

size_t
crate_tree_digits(CrateText text, size_t at)
{
  while (at < text.size && text.data[at] >= '0' && text.data[at] <= '9') {
    ++at;
  }
  return at;
}

bool
crate_tree_is_number(CrateText text)
{
  const size_t start = text.size && text.data[0] == '-';
  size_t at = crate_tree_digits(text, start);
  bool good = at > start && (text.data[start] != '0' || at == start + 1);
  if (at < text.size && text.data[at] == '.') {
    const size_t end = crate_tree_digits(text, at + 1);
    good = good && end > at + 1;
    at = end;
  }
  if (at < text.size && (text.data[at] == 'e' || text.data[at] == 'E')) {
    ++at;
    at += at < text.size && (text.data[at] == '-' || text.data[at] == '+');
    const size_t end = crate_tree_digits(text, at);
    good = good && end > at;
    at = end;
  }
  return good && at == text.size;
}
