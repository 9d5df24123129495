// SPDX-License-Identifier: Apache-2.0
/// @file The files that a Croissant document describes, held against it:
/// crate-validate --data DIR.
///
/// One look goes over all of them and gathers flaws and gaps by aspect; each
/// rule then reports those of its own (check.c). What the document says of
/// files is gathered first (fields.c, places.c); then each file is read once,
/// by the reader of its syntax (readers.c), which gives values, record by
/// record, to values.c and keys.c.
#ifndef CRATE_VALIDATE_DATA_H
#define CRATE_VALIDATE_DATA_H
#include "base/regex.h"
#include "data/seen.h"
#include "validate/checks/croissant.h"

/// What a flaw is about; a rule each.
typedef enum CrateDataAspect {
  CRATE_DATA_FILE,      ///< It is there, and can be read.
  CRATE_DATA_SIZE,      ///< It is as large as the document says.
  CRATE_DATA_CHECKSUM,  ///< Its digests are those of the document.
  CRATE_DATA_MEMBERS,   ///< A FileSet has files.
  CRATE_DATA_TABLE,     ///< A table has the same columns in each record.
  CRATE_DATA_COLUMN,    ///< It has the columns that fields extract.
  CRATE_DATA_PATH,      ///< JSONPath finds something.
  CRATE_DATA_PATTERN,   ///< A transform's expression fits values.
  CRATE_DATA_TYPE,      ///< Values have the data type of their field.
  CRATE_DATA_KEY,       ///< Keys are unique, and complete.
  CRATE_DATA_REFERENCE, ///< What is referred to is there.
  CRATE_DATA_SPLIT,     ///< No record is in two splits.
  CRATE_DATA_ASPECTS
} CrateDataAspect;

/// Something that is not as the document says. Lives in the data's arena.
typedef struct CrateDataFlaw {
  CrateDataAspect aspect;
  CrateTerm focus;      ///< The file, field or record set.
  uint32_t origin;      ///< Where the document says it; no matter when
  CrateElsewhere where; ///< this names a file.
  CrateText detail;
} CrateDataFlaw;

/// Something that was not checked. `gave_up`: it could have been, were these
/// data not in the way.
typedef struct CrateDataGap {
  CrateDataAspect aspect;
  CrateText reason;
  bool gave_up;
} CrateDataGap;

/// Where files lie: in the folder given, or in an archive in there.
typedef struct CrateDataPlace {
  CratePackage *package;
  CrateText prefix; ///< Of paths: empty, or ends in '/'.
} CrateDataPlace;

/// A file at hand.
typedef struct CrateDataFile {
  CratePackage *package;
  CrateText path; ///< In it, from where it was opened: begins with '/'.
  CrateText name; ///< For a person: "data/archive.zip/train.csv".
  uint64_t size;
} CrateDataFile;

/// How a field comes by its values.
typedef enum CrateDataExtract {
  CRATE_EXTRACT_NOTHING,
  CRATE_EXTRACT_COLUMN,
  CRATE_EXTRACT_PATH,
  CRATE_EXTRACT_FILENAME,
  CRATE_EXTRACT_FULLPATH,
  CRATE_EXTRACT_CONTENT, ///< And the other properties of a file.
} CrateDataExtract;

/// A step on a value's way from the file to the record. Either of them.
typedef struct CrateDataStep {
  const CrateRegex *regex; ///< What its group matches goes on.
  CrateText separator;     ///< Each part goes on.
} CrateDataStep;

/// What a value is before anybody looks at it.
typedef enum CrateDataKind {
  CRATE_KIND_CELL, ///< Text that may stand for anything.
  CRATE_KIND_TEXT,
  CRATE_KIND_NUMBER,
  CRATE_KIND_BOOLEAN,
  CRATE_KIND_OTHER, ///< A list or an object.
} CrateDataKind;

/// Something that went wrong many times, of which the first is told.
typedef struct CrateDataTrouble {
  uint64_t count;
  CrateText detail;
  CrateElsewhere where;
} CrateDataTrouble;

/// A field, as its values see it.
typedef struct CrateDataField {
  CrateTerm term;
  uint32_t origin; ///< Of what is extracted.
  size_t resource; ///< Index + 1; 0: it takes its values from elsewhere.
  CrateDataExtract extract;
  CrateText what; ///< Column or path.
  CrateDataStep *steps;
  size_t step_count;
  uint32_t pattern_origin; ///< Of the first expression.
  bool opaque;             ///< It has steps that nobody here can go.
  bool formatted;          ///< Its text is by a pattern of its own.
  bool many, split;
  CrateAtom atom;
  int bits;         ///< Of an integer: see crate_cell_is_integer(); 0 for any.
  size_t refers_to; ///< Index + 1 of another field, or 0.
  bool referred_to;
  CrateSeen own;               ///< Values, when referred to.
  bool own_known, own_stopped; ///< Some are there; there are too many.
  bool listed;                 ///< Some are lists in a cell, as they stand.
  uint64_t values, fitting;    ///< Seen, and fitting its expressions.
  bool lost;                   ///< Not in some file; told.
  bool scattered; ///< Nobody can tell which record a value belongs to.
  CrateDataTrouble wrong, dangling;
  CrateText current; ///< Value in the record at hand; no data: none.
} CrateDataField;

/// The key of a record set.
typedef struct CrateDataKey {
  struct CrateDataKey *next; ///< Of the same resource.
  CrateTerm record_set;
  size_t *fields; ///< Indexes.
  size_t count;
  size_t resource; ///< Index + 1 of the one that all are from, or 0.
  CrateSeen seen;  ///< With the place of the record, as keys.c has it.
  CrateDataTrouble repeated, missing;
  bool stopped; ///< There were too many.
} CrateDataKey;

/// Splits that are told apart.
#define CRATE_DATA_SPLITS 64u

/// Splits of a record set: the records, but for split and key.
typedef struct CrateDataSplit {
  struct CrateDataSplit *next; ///< Of the same resource.
  CrateTerm record_set;
  size_t field; ///< That says which split a record is in.
  size_t *fields;
  size_t count;
  size_t resource;
  CrateText names[CRATE_DATA_SPLITS];
  size_t name_count;
  CrateSeen seen; ///< With the number of the split.
  CrateDataTrouble shared;
  bool stopped;
} CrateDataSplit;

/// A FileObject or a FileSet.
typedef struct CrateDataResource {
  CrateTerm term;
  uint32_t origin;
  bool set;
  bool looked, lying; ///< It was looked for; it is there.
  bool opened;        ///< As a container; into `place`.
  CrateDataPlace place;
  CrateDataFile *files;
  size_t file_count;
  size_t *fields; ///< Indexes of those that take values from it.
  size_t field_count;
  CrateDataKey *keys; ///< The first of those whose fields are all from it.
  CrateDataSplit *splits;
} CrateDataResource;

/// Values that are kept to be told again, of one field, key or split: this
/// share of the world's memory_bytes; 16 million with the limits as they are,
/// in 800 MB.
#define CRATE_DATA_SHARE 256u

/// The longest line that is shown with a flaw.
#define CRATE_DATA_LONGEST_EXCERPT 160u

/// All of it.
typedef struct CrateData {
  CrateChecks *checks;
  const CrateView *view;
  CratePackage *folder; ///< That the person named.
  CrateWorld world;     ///< The view's, but for the sink: see `said`.
  char said[240];       ///< The first thing that went wrong with a file,
  uint32_t said_line;   ///< and where.
  CrateArena arena;
  CrateMatcher *matcher;
  CratePackage **packages; ///< Archives, to be closed.
  size_t package_count, package_capacity;
  CrateDataResource *resources; ///< By term.
  size_t resource_count;
  CrateDataField *fields; ///< By term.
  size_t field_count;
  CrateDataKey *keys;
  size_t key_count;
  CrateDataSplit *splits;
  size_t split_count;
  CrateDataFlaw *flaws;
  size_t flaw_count, flaw_capacity;
  CrateDataGap *gaps;
  size_t gap_count, gap_capacity;
  size_t gaps_of[CRATE_DATA_ASPECTS];
  uint64_t done, total; ///< Bytes, for the progress.
  bool collecting;      ///< Only values that are referred to.
} CrateData;

/// Where a record stands.
typedef struct CrateDataRecord {
  const CrateDataResource *resource;
  const CrateDataFile *file;
  uint64_t number; ///< In the file, from 1.
  uint64_t line;   ///< 0: nobody can tell.
  CrateText text;  ///< To be shown; may be empty.
} CrateDataRecord;

/// Look at all the files, once. Trouble with files makes flaws; failures are
/// those of memory, and of the folder itself, said.
CrateStatus crate_data_look(CrateChecks *checks, CrateData **out);

/// Accepts NULL.
void crate_data_free(CrateData *data);

/// Note a flaw; the detail is printed into the arena.
CRATE_PRINTF(3, 4)
CrateStatus crate_data_add_flaw(CrateData *data,
                                CrateDataFlaw flaw,
                                const char *format,
                                ...);

/// Note a gap; of one aspect no more than anybody reads.
CRATE_PRINTF(4, 5)
CrateStatus crate_data_add_gap(CrateData *data,
                               CrateDataAspect aspect,
                               bool gave_up,
                               const char *format,
                               ...);

/// Count another time that something went wrong. Of the first time it is told
/// where that was, and what.
CRATE_PRINTF(4, 5)
CrateStatus crate_data_tell(CrateData *data,
                            CrateDataTrouble *trouble,
                            const CrateDataRecord *record,
                            const char *format,
                            ...);

/// Turn trouble into a flaw; none when there was none. `more` is said of the
/// others: "values".
CrateStatus crate_data_blame(CrateData *data,
                             CrateDataAspect aspect,
                             CrateTerm focus,
                             const CrateDataTrouble *trouble,
                             const char *more);

// fields.c
/// Gather resources and fields.
CrateStatus crate_data_gather(CrateData *data);

/// A resource or a field by its term; NULL when there is none.
CrateDataResource *crate_data_resource(const CrateData *data, CrateTerm term);

CrateDataField *crate_data_field(const CrateData *data, CrateTerm term);

// record_sets.c
/// Gather keys and splits.
CrateStatus crate_data_gather_record_sets(CrateData *data);

// inline.c
/// Collect the values of record sets that have their data in the document.
CrateStatus crate_data_collect_inline(CrateData *data);

// places.c
/// Find the file of a FileObject, or the files of a FileSet. Flaws are noted.
CrateStatus crate_data_find(CrateData *data, CrateDataResource *resource);

/// The text of a value; of an IRI that was relative, what was written.
CrateText crate_data_text(const CrateView *view, CrateTerm value);

// integrity.c
/// Compare sizes and checksums of all FileObjects that were found.
CrateStatus crate_data_compare(CrateData *data);

// readers.c
/// What the readers of one file share.
typedef struct CrateDataReading {
  CrateData *data;
  const CrateDataResource *resource;
  const CrateDataFile *file;
} CrateDataReading;

/// Reads a file of one syntax. What is wrong with it becomes flaws.
typedef CrateStatus CrateDataReader(const CrateDataReading *reading);

CrateDataReader crate_data_read_csv;     // read_csv.c
CrateDataReader crate_data_read_json;    // read_json.c
CrateDataReader crate_data_read_lines;   // read_json.c
CrateDataReader crate_data_read_parquet; // read_parquet.c

/// The file cannot be read: a flaw, with what was said of it.
CrateStatus crate_data_unreadable(const CrateDataReading *reading);

/// Whether a name may have been meant by another: it differs in case, or in a
/// letter or two.
bool crate_data_is_near(CrateText name, CrateText other);

/// Note that a field's column is not in a file, once a field. `near`: one that
/// may be meant, or empty.
CrateStatus crate_data_lose(const CrateDataReading *reading,
                            CrateDataField *field,
                            CrateText near);

/// The fields of a file's own properties get their values, the same ones for
/// each record.
CrateStatus crate_data_file_values(const CrateDataReading *reading,
                                   const CrateDataRecord *record);

/// Read one file of a resource that has fields.
CrateStatus crate_data_read(CrateData *data,
                            const CrateDataResource *resource,
                            const CrateDataFile *file);

/// Pour a file into somebody, telling how far it is. What is wrong with it
/// becomes a flaw of its resource, and is no failure.
CrateStatus crate_data_pour(const CrateDataReading *reading,
                            const CratePour *to);

// values.c
/// A value of a record: becomes the field's current one.
CrateStatus crate_data_value(CrateData *data,
                             CrateDataField *field,
                             CrateText text,
                             CrateDataKind kind,
                             const CrateDataRecord *record);

/// A value that is referred to: of a file, or in the document itself.
CrateStatus crate_data_collect(CrateData *data,
                               CrateDataField *field,
                               CrateText text);

/// Whether a field's type says something that a value may not be.
bool crate_data_is_typed(const CrateDataField *field);

/// What a field's values are to be, for a person: "an integer of 8 bits".
const char *crate_data_wanted(const CrateDataField *field,
                              char *room,
                              size_t size);

/// Tell what went wrong with values.
CrateStatus crate_data_finish_values(CrateData *data);

// keys.c
/// A record is whole: its keys and splits. Forgets the current values.
CrateStatus crate_data_record(CrateData *data, const CrateDataRecord *record);

CrateStatus crate_data_finish_keys(CrateData *data);

// glob.c
/// Whether a path fits a pattern: *, ?, [abc], {a,b}; "*" stands for slashes
/// too, as mlcroissant has it, and a pattern without a slash may fit the last
/// segment alone.
bool crate_data_glob(CrateText pattern, CrateText path);

#endif // CRATE_VALIDATE_DATA_H
