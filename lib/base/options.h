// SPDX-License-Identifier: Apache-2.0
/// @file Command lines by a table: parsing, and the words of --help.
#ifndef CRATE_BASE_OPTIONS_H
#define CRATE_BASE_OPTIONS_H
#include <cratekit/buffer.h>

/// One option. `id` is the program's; the rest is for people.
typedef struct CrateOption {
  const char *name;  ///< Long name without the dashes.
  char letter;       ///< Short name, or 0.
  const char *value; ///< What the value is called, NULL for a flag; in square
                     ///< brackets when it may be left out: then only
                     ///< `--name=VALUE` gives one.
  const char *help;  ///< One phrase, lower case, no full stop.
  int id;
} CrateOption;

/// What a program does with its command line.
typedef struct CrateOptions {
  const CrateOption *table;
  size_t count;
  /// An option was given; `value` is NULL for a flag.
  CrateStatus (*option)(void *handle,
                        const CrateOption *option,
                        const char *value);
  /// An argument that is no option.
  CrateStatus (*operand)(void *handle, const char *operand);
  void *handle;
} CrateOptions;

/**
   Walk a command line: `--name VALUE`, `--name=VALUE`, `-x VALUE`, `-xVALUE`,
   options and operands in any order, `--` ends the options, `-` is an operand.

   @param arguments Without the program's name. Keeps nothing.
   @return CRATE_BAD_ARGUMENT, said to the sink with code "usage"; or the
   first failure of `option` and `operand`, said by them.
*/
CRATE_API CRATE_NODISCARD CrateStatus
crate_options_parse(const CrateWorld *world,
                    const CrateOptions *options,
                    int count,
                    char *const *arguments);

/// One line for each option, aligned, wrapped at 80 columns.
CRATE_API void crate_options_help(CrateBuffer *buffer,
                                  const CrateOption *table,
                                  size_t count);

/**
   The index of the name in `names` that a person may have meant, or `count`.

   @param names Borrowed; pointers to NUL-ended names, `stride` bytes apart,
   so that it reads any table whose rows start with a name.
*/
CRATE_API size_t crate_options_nearest(const void *names,
                                       size_t count,
                                       size_t stride,
                                       CrateText given);

#endif // CRATE_BASE_OPTIONS_H
