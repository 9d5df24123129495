// SPDX-License-Identifier: Apache-2.0
/// @file Turning a document into another syntax or vocabulary.
#ifndef CRATE_CONVERT_H
#define CRATE_CONVERT_H
#include <cratekit/jsonld.h>
#include <cratekit/package.h>
#include <cratekit/rdf.h>
CRATE_BEGIN_DECLS

/// A form that documents can be converted to. One row of a table.
typedef struct CrateFormat {
  const char *name;       ///< As after --to.
  const char *media_type; ///< E.g. "text/turtle".
  const char *ending;     ///< Of file names, with the dot; "/": a folder.
  const char *help;       ///< One phrase.
} CrateFormat;

/// The i-th format, sorted as --help lists them; NULL past the end.
CRATE_API const CrateFormat *crate_format_at(size_t i);

/// A format by name, NULL when there is none.
CRATE_API const CrateFormat *crate_format_find(CrateText name);

/// Whether a format is that of a whole crate, and so goes with what is done to
/// crates: their metadata, or a package.
CRATE_API bool crate_format_is_of_crates(const CrateFormat *format);

/// A vocabulary that documents can be made to speak. One row of a table; a
/// mapping from one to another is the file of profiles/mappings/ that bears
/// both names.
typedef struct CrateVocabulary {
  const char *name;    ///< As after --as.
  const char *hub;     ///< The vocabulary it is made of; NULL: RO-Crate itself.
  const char *help;    ///< One phrase.
  const char *source;  ///< Where the mapping is from.
  const char *context; ///< IRI of the context of its JSON-LD; NULL: none.
} CrateVocabulary;

/// The i-th vocabulary; NULL past the end.
CRATE_API const CrateVocabulary *crate_vocabulary_at(size_t i);

/// A vocabulary by name, NULL when there is none.
CRATE_API const CrateVocabulary *crate_vocabulary_find(CrateText name);

/// Whether there is a mapping from one right to another.
CRATE_API bool crate_vocabulary_has(const CrateVocabulary *from,
                                    const CrateVocabulary *to);

/// A part of a mapping that is only added on demand, as it says more, or less,
/// than the document does. One row of a table; it is the files
/// FROM-to-VOCABULARY-NAME.ru, which stands behind the mapping, and
/// VOCABULARY-NAME.ru, which what the mapping made goes through, of
/// profiles/mappings/, or one of them.
typedef struct CrateMappingPart {
  const char *name;       ///< As after --with.
  const char *vocabulary; ///< That the mapping leads to.
  const char *help;       ///< One phrase.
} CrateMappingPart;

/// The i-th part, less than 32; NULL past the end.
CRATE_API const CrateMappingPart *crate_mapping_part_at(size_t i);

/// The set that holds the part of that name, 0 when there is none.
CRATE_API uint32_t crate_mapping_part_find(CrateText name);

/// Which of the scripts of a web page are read.
typedef enum {
  CRATE_SCRIPTS_DEFAULT, ///< All of them for RDF, else the first: JSON-LD API.
  CRATE_SCRIPTS_FIRST,
  CRATE_SCRIPTS_ALL,
} CrateScripts;

/// Statements to add to those of a document: a request that
/// crate_update_read() reads. The result is what it adds, and nothing else.
typedef struct CrateMapping {
  CrateText name; ///< For diagnostics.
  CrateText text; ///< data NULL: no mapping.
} CrateMapping;

/// What to convert and how. All zero but `name` and `bytes` is the default.
typedef struct CrateConversion {
  CrateText name;        ///< For diagnostics, and for the syntax by its ending.
  CrateText bytes;       ///< The document.
  CrateSyntax syntax;    ///< UNKNOWN: as the name's ending says.
  CrateScripts scripts;  ///< Of a web page.
  CrateText script;      ///< Of a web page, the one with this id; data NULL:
                         ///< the fragment of the base, else as `scripts` says.
  CrateLibrary *library; ///< For JSON-LD; NULL: bundled contexts only.
  CrateJsonldOptions options; ///< For JSON-LD; its base serves RDF as well.
  CrateHash hash;             ///< For "canonical" and "canonical-map".
  const CrateJsonDocument *context; ///< For "compacted" and "flattened".
  const CrateJsonDocument *frame;   ///< For "framed".
  CratePackage *package; ///< For "zip", "bag" and "folder"; else NULL will do.
  CrateText folder;      ///< For "folder": what is to be made; the buffer gets
                         ///< nothing.
  /// What is to be done to a crate, one thing at a time, for "ro-crate-json"
  /// and for those that are made of files.
  CrateText upgrade; ///< "1.2", the version that an older crate is to become
                     ///< one of; empty: none.
  CrateText detach;  ///< The URL of the folder that a crate on the web is
                     ///< served at; empty: as it is.
  bool attach;       ///< A crate on the web as a folder.
  const CrateText *subset; ///< What is to be left of it: @ids, paths, or
                           ///< patterns of paths.
  size_t subset_count;
  const struct CrateConversion *merge; ///< Other crates that it takes in: their
                                       ///< names, bytes, syntax and packages.
  size_t merge_count;
  const CratePrefix *prefixes; ///< For those that have any; may be NULL.
  size_t prefix_count;
  CrateMapping mapping;              ///< Run on the graph of the document.
  const CrateVocabulary *vocabulary; ///< To be spoken; NULL: that of the
                                     ///< document, or of the format.
  uint32_t parts;      ///< Of the mapping, that are wanted: the i-th part is
                       ///< bit i.
  bool lossless;       ///< Keep what the document says beside what it becomes.
  CrateBuffer *losses; ///< Gets a line for each statement that was left behind
                       ///< on the way, "name:line: statement"; or NULL.
} CrateConversion;

/**
   Convert a document.

   @param what   Borrowed, with all it points to.
   @param format From crate_format_find() or crate_format_at().
   @param buffer Gets the result; drained on the way. Not to be used when
   the call fails, as it may then hold a part.
   @return CRATE_MALFORMED, CRATE_UNSUPPORTED, CRATE_OVER_LIMIT or
   CRATE_NO_MEMORY; what is wrong with the document is said to the sink.
*/
CRATE_API CRATE_NODISCARD CrateStatus crate_convert(const CrateWorld *world,
                                                    const CrateConversion *what,
                                                    const CrateFormat *format,
                                                    CrateBuffer *buffer);

/**
   Hold the provenance in a document against PROV-CONSTRAINTS: uniqueness, order
   of events, types and what cannot be.

   @param what   As above.
   @param buffer Gets one line for each violation:
   "file:line:column: error: message [prov-constraint-42]".
   @param count  Of violations; 0 when the document is valid.
   @return As crate_convert(): a violation is no failure.
*/
CRATE_API CRATE_NODISCARD CrateStatus
crate_check_constraints(const CrateWorld *world,
                        const CrateConversion *what,
                        CrateBuffer *buffer,
                        size_t *count);

CRATE_END_DECLS
#endif // CRATE_CONVERT_H
