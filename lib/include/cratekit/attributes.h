// SPDX-License-Identifier: Apache-2.0
/// @file Marks that every public header puts on its declarations.
#ifndef CRATE_ATTRIBUTES_H
#define CRATE_ATTRIBUTES_H

#ifdef __cplusplus
#  define CRATE_BEGIN_DECLS extern "C" {
#  define CRATE_END_DECLS }
#else
#  define CRATE_BEGIN_DECLS
#  define CRATE_END_DECLS
#endif

#if defined(__GNUC__)
#  define CRATE_API __attribute__((visibility("default")))
#  define CRATE_NODISCARD __attribute__((warn_unused_result))
#  define CRATE_PRINTF(string, first)                                          \
    __attribute__((__format__(__printf__, string, first)))
#else
#  define CRATE_API
#  define CRATE_NODISCARD
#  define CRATE_PRINTF(string, first)
#endif

#endif // CRATE_ATTRIBUTES_H
