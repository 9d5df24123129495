// SPDX-License-Identifier: Apache-2.0
// Tag files of a bag: bagit.txt (RFC 8493 2.1.1), bag-info.txt (2.2.2) and
// fetch.txt (2.2.3), whatever they are encoded in.
#include "validate/checks/bagit.h"
#include <ctype.h>
#include <stdio.h>

enum { UTF_8, LATIN_1, UTF_16, UTF_16_LE, UTF_16_BE };

static const struct {
  const char *name;
  int encoding;
} encodings[] = {
  {"UTF-8", UTF_8},        {"US-ASCII", UTF_8},     {"ISO-8859-1", LATIN_1},
  {"ISO_8859-1", LATIN_1}, {"latin1", LATIN_1},     {"UTF-16", UTF_16},
  {"UTF-16LE", UTF_16_LE}, {"UTF-16BE", UTF_16_BE},
};

static CrateText
trim(CrateText text)
{
  while (text.size && isspace((unsigned char)text.data[0])) {
    text = crate_text_slice(text, 1, text.size);
  }
  while (text.size && isspace((unsigned char)text.data[text.size - 1u])) {
    --text.size;
  }
  return text;
}

CrateText
crate_bag_next_line(CrateText *text)
{
  size_t end = 0;
  while (end < text->size && text->data[end] != '\n' &&
         text->data[end] != '\r') {
    ++end;
  }
  const CrateText line = crate_text_slice(*text, 0, end);
  const bool both = end + 1u < text->size && text->data[end] == '\r' &&
                    text->data[end + 1u] == '\n';
  *text = crate_text_slice(*text, end + (both ? 2u : 1u), text->size);
  return line;
}

static uint32_t
unit_at(CrateText bytes, size_t at, bool big)
{
  const unsigned char first = (unsigned char)bytes.data[at];
  const unsigned char second = (unsigned char)bytes.data[at + 1u];
  return big ? (uint32_t)first << 8u | second : (uint32_t)second << 8u | first;
}

/// UTF-16, with or without a mark of its byte order; big when in doubt.
static void
decode_16(CrateText bytes, int encoding, CrateBuffer *out)
{
  bool big = encoding != UTF_16_LE;
  size_t at = 0;
  if (bytes.size >= 2u && unit_at(bytes, 0, !big) == 0xFEFFu) {
    big = !big;
  }
  if (bytes.size >= 2u && unit_at(bytes, 0, big) == 0xFEFFu) {
    at = 2;
  }
  for (; at + 1u < bytes.size; at += 2) {
    uint32_t point = unit_at(bytes, at, big);
    const uint32_t low =
      at + 3u < bytes.size ? unit_at(bytes, at + 2u, big) : 0;
    if (point >> 10u == 0x36u && low >> 10u == 0x37u) {
      point = 0x10000u + ((point & 0x3FFu) << 10u) + (low & 0x3FFu);
      at += 2;
    }
    crate_buffer_add_code_point(out, point >> 11u == 0x1Bu ? 0xFFFDu : point);
  }
}

static CrateStatus
decode(const CrateBag *bag, CrateText bytes, CrateText *out)
{
  CrateBuffer buffer;
  if (bag->encoding == UTF_8) {
    *out = bytes;
    return CRATE_OK;
  }
  crate_buffer_init(&buffer, bag->arena->world);
  if (bag->encoding == LATIN_1) {
    for (size_t i = 0; i < bytes.size; ++i) {
      crate_buffer_add_code_point(&buffer, (unsigned char)bytes.data[i]);
    }
  } else {
    decode_16(bytes, bag->encoding, &buffer);
  }
  CrateStatus st = crate_buffer_status(&buffer);
  if (!st) {
    st = crate_arena_copy(bag->arena, crate_buffer_text(&buffer), out);
  }
  crate_buffer_clear(&buffer);
  return st;
}

CrateStatus
crate_bag_read(CrateBag *bag,
               const char *name,
               CrateText *text,
               CrateText *file,
               bool *there)
{
  CrateText path;
  CrateMember member = CRATE_MEMBER_ABSENT;
  const CrateText whole = crate_package_path(bag->package);
  const CrateText parts[] = {whole, path = CRATE_TEXT("/"), bag->top,
                             crate_text(name)};
  const size_t skip =
    crate_text_ends(whole, path) || crate_text_is(whole, ".") ? 1 : 0;
  const CrateText near[] = {whole, bag->top, crate_text(name)};
  const bool bare = crate_text_is(whole, ".");
  *text = (CrateText){NULL, 0};
  CRATE_TRY(crate_bag_path(bag, crate_text(name), &path));
  CRATE_TRY(crate_package_find(bag->package, path, &member, NULL));
  CRATE_TRY(crate_arena_join(bag->arena,
                             bare   ? near + 1
                             : skip ? near
                                    : parts,
                             bare   ? 2
                             : skip ? 3
                                    : 4,
                             file));
  *there = member == CRATE_MEMBER_FILE;
  if (!*there) {
    return CRATE_OK;
  }
  CrateText bytes;
  CRATE_TRY(crate_package_read(bag->package, path, bag->arena, &bytes));
  return decode(bag, bytes, text);
}

/// "M.N" with digits only.
static bool
is_version(CrateText text)
{
  const size_t dot = crate_text_find(text, '.');
  for (size_t i = 0; i < text.size; ++i) {
    if (i != dot && !isdigit((unsigned char)text.data[i])) {
      return false;
    }
  }
  return dot > 0 && dot + 1u < text.size;
}

/// A line's value, when it has that label. Since 1.0 the form is exact.
static bool
has_label(const CrateBag *bag,
          CrateText line,
          const char *label,
          CrateText *out)
{
  const size_t colon = crate_text_find(line, ':');
  const CrateText before = crate_text_slice(line, 0, colon);
  const CrateText after = crate_text_slice(line, colon + 1u, line.size);
  *out = trim(after);
  return colon < line.size && out->size &&
         crate_text_equal_fold(trim(before), crate_text(label)) &&
         (!bag->strict ||
          (crate_text_is(before, label) && after.data[0] == ' ' &&
           out->size == after.size - 1u));
}

static CrateStatus
read_encoding(CrateBag *bag, CrateText file, CrateText line)
{
  CrateText value;
  if (!has_label(bag, line, "Tag-File-Character-Encoding", &value)) {
    return crate_bag_flaw(
      bag, CRATE_BAG_ENCODING, file, 2,
      "the second line is not \"Tag-File-Character-Encoding: \" and its name");
  }
  for (size_t i = 0; i < sizeof(encodings) / sizeof(*encodings); ++i) {
    if (crate_text_equal_fold(value, crate_text(encodings[i].name))) {
      bag->encoding = encodings[i].encoding;
    }
  }
  return CRATE_OK;
}

/// 2.1.1: two lines, in UTF-8 without a byte order mark.
CrateStatus
crate_bag_read_declaration(CrateBag *bag)
{
  CrateText text;
  CrateText file;
  CrateText version;
  bool there = false;
  CRATE_TRY(crate_bag_read(bag, "bagit.txt", &text, &file, &there));
  if (!there) {
    return crate_bag_flaw(bag, CRATE_BAG_DECLARATION, (CrateText){NULL, 0}, 0,
                          "there is no bagit.txt");
  }
  const bool mark = crate_text_starts(text, CRATE_TEXT("\xEF\xBB\xBF"));
  if (mark) {
    text = crate_text_slice(text, 3, text.size);
    CRATE_TRY(crate_bag_flaw(bag, CRATE_BAG_DECLARATION, file, 1,
                             "it begins with a byte order mark"));
  }
  const CrateText first = crate_bag_next_line(&text);
  bag->line = first;
  bool good = has_label(bag, first, "BagIt-Version", &version);
  // Before 1.0 spaces were free; 0.x is told by its first digit.
  bag->strict = good && is_version(version) && version.data[0] != '0';
  good = has_label(bag, first, "BagIt-Version", &version);
  if (!good || !is_version(version)) {
    CRATE_TRY(crate_bag_flaw(bag, CRATE_BAG_DECLARATION, file, 1,
                             "the first line is not \"BagIt-Version: \" and a "
                             "version such as 1.0"));
  }
  bag->line = crate_bag_next_line(&text);
  CRATE_TRY(read_encoding(bag, file, bag->line));
  bag->line = crate_bag_next_line(&text);
  return bag->strict && bag->line.size
           ? crate_bag_flaw(bag, CRATE_BAG_DECLARATION, file, 3,
                            "it has more than its two lines")
           : CRATE_OK;
}

/// "bytes.files"; both are known, unless a file is yet to be fetched.
static CrateStatus
compare_oxum(CrateBag *bag, CrateText file, uint32_t line, CrateText value)
{
  char expected[64];
  snprintf(expected, sizeof(expected), "%llu.%llu",
           (unsigned long long)bag->payload_bytes,
           (unsigned long long)bag->payload_files);
  return !bag->payload_known || crate_text_is(value, expected)
           ? CRATE_OK
           : crate_bag_flaw(bag, CRATE_BAG_OXUM, file, line,
                            "it says %.*s, the payload has %s",
                            CRATE_TEXT_ARG(crate_text_slice(value, 0, 100)),
                            expected);
}

/// 2.2.2: "Label: value", and lines that go on with white space.
static CrateStatus
read_info_line(CrateBag *bag,
               CrateText file,
               uint32_t number,
               CrateText line,
               unsigned *oxums)
{
  CrateText value;
  const size_t colon = crate_text_find(line, ':');
  const bool goes_on = line.size && (line.data[0] == ' ' || *line.data == '\t');
  if (!trim(line).size || (goes_on && number > 1)) {
    return CRATE_OK;
  }
  const CrateText after = crate_text_slice(line, colon + 1u, line.size);
  const bool tight =
    !bag->strict || !after.size || after.data[0] == ' ' || *after.data == '\t';
  if (!colon || colon == line.size || !tight ||
      (bag->strict && isspace((unsigned char)line.data[colon - 1u]))) {
    return crate_bag_flaw(bag, CRATE_BAG_INFO, file, number,
                          "the line is not a label, a colon, a space and a "
                          "value");
  }
  value = trim(after);
  if (!crate_text_equal_fold(trim(crate_text_slice(line, 0, colon)),
                             CRATE_TEXT("Payload-Oxum"))) {
    return CRATE_OK;
  }
  return ++*oxums > 1 && bag->strict ? crate_bag_flaw(bag, CRATE_BAG_OXUM, file,
                                                      number, "it stands twice")
                                     : compare_oxum(bag, file, number, value);
}

CrateStatus
crate_bag_read_info(CrateBag *bag)
{
  CrateText text;
  CrateText file;
  bool there = false;
  unsigned oxums = 0;
  CRATE_TRY(crate_bag_read(bag, "bag-info.txt", &text, &file, &there));
  for (uint32_t number = 1; text.size; ++number) {
    bag->line = crate_bag_next_line(&text);
    CRATE_TRY(read_info_line(bag, file, number, bag->line, &oxums));
  }
  return CRATE_OK;
}

/// The next word of a line, cut off its front with the white space after it.
static CrateText
next_word(CrateText *line)
{
  size_t end = 0;
  while (end < line->size && !isspace((unsigned char)line->data[end])) {
    ++end;
  }
  const CrateText word = crate_text_slice(*line, 0, end);
  while (end < line->size && isspace((unsigned char)line->data[end])) {
    ++end;
  }
  *line = crate_text_slice(*line, end, line->size);
  return word;
}

static bool
is_length(CrateText word)
{
  bool good = word.size > 0;
  for (size_t i = 0; i < word.size; ++i) {
    good &= isdigit((unsigned char)word.data[i]) != 0;
  }
  return good || crate_text_is(word, "-");
}

/// 2.2.3: "URL LENGTH PATH".
static CrateStatus
read_fetch_line(CrateBag *bag, CrateText file, uint32_t number, CrateText line)
{
  CrateText rest = trim(line);
  const CrateText url = next_word(&rest);
  const CrateText length = next_word(&rest);
  if (!rest.size || !is_length(length) ||
      crate_text_find(url, ':') == url.size) {
    return crate_bag_flaw(bag, CRATE_BAG_FETCH, file, number,
                          "the line is not a URL, a length or \"-\", and a "
                          "path");
  }
  if (crate_text_starts(rest, CRATE_TEXT("./"))) {
    rest = crate_text_slice(rest, 2, rest.size);
  }
  const char *const flaw = crate_bag_path_flaw(rest, true);
  return flaw ? crate_bag_flaw(bag, CRATE_BAG_PATH, file, number, "%.*s %s",
                               CRATE_TEXT_ARG(crate_text_slice(rest, 0, 200)),
                               flaw)
              : crate_map_put(&bag->fetched, rest, number);
}

CrateStatus
crate_bag_read_fetch(CrateBag *bag)
{
  CrateText text;
  CrateText file;
  bool there = false;
  CRATE_TRY(crate_bag_read(bag, "fetch.txt", &text, &file, &there));
  for (uint32_t number = 1; text.size; ++number) {
    bag->line = crate_bag_next_line(&text);
    if (trim(bag->line).size) {
      CRATE_TRY(read_fetch_line(bag, file, number, bag->line));
    }
  }
  return CRATE_OK;
}
