// SPDX-License-Identifier: Apache-2.0
/// @file Inside of a JSONPath query: what its text becomes, how it is read and
/// how it is run. Sections are of RFC 9535.
#ifndef CRATE_JSON_PATH_STEPS_H
#define CRATE_JSON_PATH_STEPS_H
#include "base/regex.h"
#include "json/path.h"

typedef struct CratePathTerm CratePathTerm;
typedef struct CratePathRun CratePathRun;

/// 2.3.
typedef enum {
  CRATE_PATH_NAME,
  CRATE_PATH_WILDCARD,
  CRATE_PATH_INDEX,
  CRATE_PATH_SLICE,
  CRATE_PATH_FILTER,
} CratePathSelectorKind;

typedef struct CratePathSelector CratePathSelector;
struct CratePathSelector {
  CratePathSelector *next;
  CratePathSelectorKind kind;
  bool has_start, has_end;
  CrateText name;
  int64_t start, end, step; ///< Of a slice; an index is its `start`.
  const CratePathTerm *filter;
};

/// 2.5.
typedef struct CratePathSegment CratePathSegment;
struct CratePathSegment {
  CratePathSegment *next;
  CratePathSelector *selectors;
  bool descendant;
};

typedef struct CratePathQuery {
  CratePathSegment *segments;
  bool from_root; ///< "$", else "@".
  bool singular;
} CratePathQuery;

/// 2.4.1: the types of a filter's terms. What compares or combines is logical.
typedef enum {
  CRATE_PATH_NO_TYPE,
  CRATE_PATH_VALUE,
  CRATE_PATH_LOGICAL,
  CRATE_PATH_NODES,
} CratePathType;

/// What a term comes to.
typedef struct CratePathResult {
  const CrateJson *node; ///< A value of a document or of the query; or NULL.
  uint64_t number;       ///< A value that is in neither, if `is_number`.
  bool is_number;        ///< Neither a node nor a number: Nothing.
  bool holds;            ///< Of a logical term.
} CratePathResult;

/// What a function does with a regular expression.
typedef enum {
  CRATE_PATH_NO_REGEX,
  CRATE_PATH_MATCH,  ///< It has to match the whole text.
  CRATE_PATH_SEARCH, ///< Or a part of it.
} CratePathRegexUse;

/// 2.4: a function.
typedef struct CratePathFunction {
  const char *name;
  CratePathType parameters[2];
  CratePathType result;
  CratePathRegexUse regex; ///< Of its second argument.
  CrateStatus (*call)(CratePathRun *run,
                      const CratePathTerm *call,
                      const CrateJson *current,
                      CratePathResult *out);
} CratePathFunction;

/// The function of a name, or NULL.
const CratePathFunction *crate_path_function(CrateText name);

typedef enum {
  CRATE_PATH_OR,      ///< Of all operands.
  CRATE_PATH_AND,     ///< Of all operands.
  CRATE_PATH_NOT,     ///< Of its operand.
  CRATE_PATH_COMPARE, ///< Two operands.
  CRATE_PATH_EXISTS,  ///< A query that is tested.
  CRATE_PATH_QUERY,   ///< A query whose value or nodes are wanted.
  CRATE_PATH_CALL,    ///< Operands: arguments.
  CRATE_PATH_LITERAL,
} CratePathTermKind;

typedef enum {
  CRATE_PATH_EQUAL,
  CRATE_PATH_DIFFERENT,
  CRATE_PATH_LESS_EQUAL,
  CRATE_PATH_GREATER_EQUAL,
  CRATE_PATH_LESS,
  CRATE_PATH_GREATER,
} CratePathComparison;

/// 2.3.5: a part of a filter.
struct CratePathTerm {
  CratePathTerm *next;     ///< Of the operands of one term.
  CratePathTerm *operands; ///< First of them.
  CratePathTermKind kind;
  CratePathComparison comparison;
  CratePathQuery query;
  const CratePathFunction *function; ///< NULL: unknown to RFC 9535.
  const CrateJson *literal;
  CrateRegex *regex; ///< Of a call with a literal expression.
  size_t at;         ///< Byte of the text.
};

struct CrateJsonPath {
  const CrateWorld *world;
  CrateArena arena; ///< Holds all below.
  CratePathQuery query;
  bool foreign; ///< RFC 9535 has no meaning for it.
};

// Reading. Who reads answers false when it cannot: fail() says why.

typedef struct CratePathReader {
  CrateJsonPath *path;
  const char *start, *at, *end;
  CrateJsonPathFlaw flaw; ///< The first.
  CrateStatus status;
  uint32_t depth;
  bool lenient;
} CratePathReader;

/// False, and why: what was expected here, or at a byte.
bool crate_path_fail(CratePathReader *reader, const char *expected);

bool crate_path_fail_at(CratePathReader *reader,
                        size_t at,
                        const char *expected);

/// What has the form of a query and no meaning: false unless lenient.
bool crate_path_foreign(CratePathReader *reader,
                        size_t at,
                        const char *expected);

/// Room in the query's arena, cleared; NULL and a failure when there is none.
void *crate_path_make(CratePathReader *reader, size_t size);

static inline size_t
crate_path_offset(const CratePathReader *reader)
{
  return (size_t)(reader->at - reader->start);
}

static inline char
crate_path_peek(const CratePathReader *reader)
{
  return reader->at < reader->end ? *reader->at : '\0';
}

static inline bool
crate_path_is_digit(char c)
{
  return c >= '0' && c <= '9';
}

/// 2.5.1.1: name-first.
static inline bool
crate_path_is_name_first(char c)
{
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' ||
         (unsigned char)c >= 0x80;
}

void crate_path_skip_blank(CratePathReader *reader);

/// Whether a word stands here; then it is behind us.
bool crate_path_take(CratePathReader *reader, const char *word);

/// 2.5.1.1: member-name-shorthand; a view of the text.
bool crate_path_read_name(CratePathReader *reader, CrateText *out);

/// 2.3.1.1: string-literal, in either quotes; in the arena.
bool crate_path_read_string(CratePathReader *reader, CrateText *out);

/// 2.3.3.1: int.
bool crate_path_read_int(CratePathReader *reader, int64_t *out);

/// 2.5: segments, up to what is none.
bool crate_path_read_segments(CratePathReader *reader, CratePathQuery *query);

/// 2.3.5.1: logical-expr, behind "?".
bool crate_path_read_filter(CratePathReader *reader, const CratePathTerm **out);

// Running.

struct CratePathRun {
  const CrateWorld *world;
  const CrateJson *root;
  CrateArena scratch;
  CrateMatcher *matcher; ///< Made when it is first needed.
  uint64_t left;         ///< Steps.
  uint32_t depth;        ///< Of calls.
};

/// Count steps; CRATE_OVER_LIMIT when too few are left.
static inline CrateStatus
crate_path_spend(CratePathRun *run, uint64_t steps)
{
  if (steps > run->left) {
    run->left = 0;
    return CRATE_OVER_LIMIT;
  }
  run->left -= steps;
  return CRATE_OK;
}

/// Go a call deeper; --run->depth on the way back, unless it failed.
static inline CrateStatus
crate_path_enter(CratePathRun *run)
{
  // A document may be as deep as the limit, and a filter, too.
  if (run->depth / 2u >= run->world->limits.depth) {
    return CRATE_OVER_LIMIT;
  }
  ++run->depth;
  return CRATE_OK;
}

/// Hand over all that a query finds; `current` is what "@" means.
CrateStatus crate_path_find(CratePathRun *run,
                            const CratePathQuery *query,
                            const CrateJson *current,
                            const CrateJsonPathTaker *to);

/// The first value of a query, and how many there are, counting to `most`.
CrateStatus crate_path_count(CratePathRun *run,
                             const CratePathQuery *query,
                             const CrateJson *current,
                             uint64_t most,
                             const CrateJson **first,
                             uint64_t *count);

/// 2.3.5.2: whether a filter holds of a value.
CrateStatus crate_path_test(CratePathRun *run,
                            const CratePathTerm *filter,
                            const CrateJson *current,
                            bool *holds);

/// The value of a term that may be compared.
CrateStatus crate_path_evaluate(CratePathRun *run,
                                const CratePathTerm *term,
                                const CrateJson *current,
                                CratePathResult *out);

/// 2.3.5.2.2: of two values.
CrateStatus crate_path_compare(CratePathRun *run,
                               CratePathComparison comparison,
                               const CratePathResult *a,
                               const CratePathResult *b,
                               bool *holds);

// Regular expressions: I-Regexp, RFC 9485.

/// Compile into an arena; `out` is NULL for what is no I-Regexp.
CrateStatus crate_path_regex_compile(CrateArena *arena,
                                     CrateText pattern,
                                     CratePathRegexUse use,
                                     CrateRegex **out);

CrateStatus crate_path_regex_match(CratePathRun *run,
                                   const CrateRegex *regex,
                                   CrateText text,
                                   bool *matches);

#endif // CRATE_JSON_PATH_STEPS_H
