// SPDX-License-Identifier: Apache-2.0
/// @file Words of strangers, written so that no format obeys them.
///
/// A crate may come from anybody: its names, and the words of a profile, must
/// not become markup, commands or links of a report. Each function appends a
/// text in its format's spelling; controls, turns of direction and bytes that
/// are not UTF-8 are shown as \x1B, say.
#ifndef CRATE_VALIDATE_REPORT_ESCAPE_H
#define CRATE_VALIDATE_REPORT_ESCAPE_H
#include <cratekit/buffer.h>

/// Content and attribute values of XML 1.0 and HTML.
void crate_escape_xml(CrateBuffer *buffer, CrateText text);

/// GitHub Markdown, inside a line that begins with our own words: punctuation
/// as character references, which cannot make structure; nobody is mentioned,
/// nothing is linked.
void crate_escape_markdown(CrateBuffer *buffer, CrateText text);

/// Data of a GitHub workflow command.
void crate_escape_command(CrateBuffer *buffer, CrateText text);

/// A property of one: ':' and ',' end it.
void crate_escape_property(CrateBuffer *buffer, CrateText text);

/// A path as a relative URI, or a URI that may hold what RFC 3986 does not
/// allow: other bytes become %XX.
void crate_escape_uri(CrateBuffer *buffer, CrateText text);

/// A URI for a person to follow: "http:" or "https:", nothing else.
bool crate_is_link(CrateText text);

/// A path from a folder up: without "./" in front.
CrateText crate_report_path(CrateText path);

#endif // CRATE_VALIDATE_REPORT_ESCAPE_H
