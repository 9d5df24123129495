// SPDX-License-Identifier: Apache-2.0
// Verdicts on crates as validation reports of SHACL 3.6, in Turtle. (What
// --shapes judges has its report made while it is judged: report_turtle.c.)
#include "validate/report_escape.h"
#include "validate/report_formats.h"
#include <cratekit/iri.h>
#include <cratekit/json.h>

#define XSD_STRING "http://www.w3.org/2001/XMLSchema#string"

static const char *const severities[] = {
  [CRATE_SEVERITY_INFO] = "sh:Info",
  [CRATE_SEVERITY_WARNING] = "sh:Warning",
  [CRATE_SEVERITY_VIOLATION] = "sh:Violation",
};

/// Bytes as an IRIREF of Turtle may have them; others become %XX.
static void
add_iri(CrateBuffer *buffer, CrateText iri)
{
  const size_t valid = crate_text_utf8_span(iri);
  for (size_t i = 0; i < iri.size; ++i) {
    const unsigned char byte = (unsigned char)iri.data[i];
    if (byte <= 0x20u || i >= valid || strchr("<>\"{}|^`\\", byte)) {
      crate_buffer_print(buffer, "%%%02X", byte);
    } else {
      crate_buffer_add_byte(buffer, (char)byte);
    }
  }
}

static void
add_file(CrateBuffer *buffer, CrateText file)
{
  crate_buffer_add_string(
    buffer, crate_text_starts(file, CRATE_TEXT("/")) ? "file://" : "");
  crate_escape_uri(buffer, crate_report_path(file));
}

/// The folder that relative names are of, with the slash, or nothing.
static CrateText
folder_of(CrateText file)
{
  size_t size = file.size;
  while (size && file.data[size - 1u] != '/') {
    --size;
  }
  return crate_text_slice(file, 0, size);
}

/// A node by its name in the crate; no name is the document's. Reports of
/// several crates stand in one document, so that each name tells its crate.
static void
add_node(CrateBuffer *buffer, CrateText file, CrateText name)
{
  crate_buffer_add_byte(buffer, '<');
  if (!name.size || name.data[0] == '#') {
    add_file(buffer, file);
  } else if (!crate_iri_is_absolute(name) && name.data[0] != '/') {
    add_file(buffer, folder_of(file));
  }
  add_iri(buffer, name);
  crate_buffer_add_byte(buffer, '>');
}

/// A label that Turtle takes, of its own for each crate.
static void
add_blank(CrateBuffer *buffer, size_t crate, CrateText label)
{
  if (crate_text_starts(label, CRATE_TEXT("_:"))) {
    label = crate_text_slice(label, 2, label.size);
  }
  crate_buffer_print(buffer, "_:c%zu_", crate);
  for (size_t i = 0; i < label.size; ++i) {
    const unsigned char byte = (unsigned char)label.data[i];
    const bool plain = (byte >= '0' && byte <= '9') ||
                       (byte >= 'a' && byte <= 'z') ||
                       (byte >= 'A' && byte <= 'Z');
    crate_buffer_print(buffer, plain ? "%c" : "_%02X", byte);
  }
}

/// Turtle's LANGTAG, without the sign.
static bool
is_language(CrateText tag)
{
  bool any = false; // letters since the last hyphen
  bool first = true;
  for (size_t i = 0; i < tag.size; ++i) {
    const char byte = tag.data[i];
    const bool letter =
      (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z');
    const bool digit = byte >= '0' && byte <= '9';
    if (byte == '-' && any) {
      first = false;
      any = false;
    } else if (letter || (digit && !first)) {
      any = true;
    } else {
      return false;
    }
  }
  return any;
}

/// JSON's escapes are Turtle's.
static void
add_literal(CrateBuffer *buffer, const CrateFinding *finding)
{
  const CrateText type = finding->value_type;
  crate_json_write_string(buffer, finding->value);
  if (is_language(finding->value_language)) {
    crate_buffer_add_byte(buffer, '@');
    crate_buffer_add(buffer, finding->value_language);
  } else if (!finding->value_language.size &&
             !crate_text_is(type, XSD_STRING) && crate_iri_is_absolute(type)) {
    crate_buffer_add_string(buffer, "^^<");
    add_iri(buffer, type);
    crate_buffer_add_byte(buffer, '>');
  }
}

static void
write_iri(CrateBuffer *buffer, const char *property, CrateText iri)
{
  if (crate_iri_is_absolute(iri)) {
    crate_buffer_print(buffer, " ;\n    %s <", property);
    add_iri(buffer, iri);
    crate_buffer_add_byte(buffer, '>');
  }
}

static void
write_value(CrateBuffer *buffer, const CrateFinding *finding, size_t crate)
{
  if (!finding->value.size && !finding->value_type.size) {
    return;
  }
  crate_buffer_add_string(buffer, " ;\n    sh:value ");
  if (finding->value_type.size) {
    add_literal(buffer, finding);
  } else if (finding->value_blank) {
    add_blank(buffer, crate, finding->value);
  } else {
    add_node(buffer, finding->file, finding->value);
  }
}

/// SHACL 3.6.2.
static void
write_result(CrateBuffer *buffer, const CrateFinding *finding, size_t crate)
{
  crate_buffer_print(buffer,
                     " ;\n  sh:result [\n    a sh:ValidationResult ;\n"
                     "    sh:resultSeverity %s ;\n    sh:focusNode ",
                     severities[finding->severity]);
  if (finding->focus.size &&
      (finding->focus_blank ||
       crate_text_starts(finding->focus, CRATE_TEXT("_:")))) {
    add_blank(buffer, crate, finding->focus);
  } else {
    add_node(buffer, finding->file, finding->focus);
  }
  write_iri(buffer, "sh:resultPath", finding->path);
  write_value(buffer, finding, crate);
  write_iri(buffer, "sh:sourceShape", finding->shape);
  write_iri(buffer, "sh:sourceConstraintComponent", finding->component);
  if (finding->message.size) {
    crate_buffer_add_string(buffer, " ;\n    sh:resultMessage ");
    crate_json_write_string(buffer, finding->message);
  }
  crate_buffer_add_string(buffer, "\n  ]");
}

void
crate_report_shacl(CrateBuffer *buffer,
                   const CrateReportStyle *style,
                   const CrateVerdict *verdicts,
                   size_t count)
{
  crate_buffer_add_string(buffer,
                          "@prefix sh: <http://www.w3.org/ns/shacl#> .\n");
  for (size_t v = 0; v < count; ++v) {
    const CrateVerdict *const verdict = &verdicts[v];
    // 3.6.1.1: whatever the severity, and whatever is shown.
    const bool conforms = verdict->profile_count && !verdict->finding_count;
    crate_buffer_print(buffer, "\n[] a sh:ValidationReport ;\n  sh:conforms %s",
                       conforms ? "true" : "false");
    for (size_t i = 0; i < verdict->finding_count; ++i) {
      if (crate_report_shows(style, &verdict->findings[i])) {
        write_result(buffer, &verdict->findings[i], v);
      }
    }
    crate_buffer_add_string(buffer, " .\n");
  }
}
