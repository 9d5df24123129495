// SPDX-License-Identifier: Apache-2.0
/// @file IRIs and references to them: RFC 3986 and RFC 3987.
#ifndef CRATE_IRI_H
#define CRATE_IRI_H
#include <cratekit/arena.h>
CRATE_BEGIN_DECLS

/// The parts of a reference, RFC 3986 appendix B. Views into the reference.
typedef struct CrateIri {
  CrateText scheme, authority, path, query, fragment; ///< Without delimiters.
  bool has_scheme, has_authority, has_query, has_fragment;
} CrateIri;

/// Split; never fails, as the grammar of appendix B matches everything.
CRATE_API CrateIri crate_iri_split(CrateText reference);

/// Whether it starts with a scheme (RFC 3986 3.1) and a colon.
CRATE_API bool crate_iri_is_absolute(CrateText reference);

/**
   The first byte that RFC 3987 does not allow in an IRI reference.

   Spaces, controls, "<>\"{}|\\^`", a '%' without two hex digits, bytes that
   are not UTF-8, square brackets outside of the authority.
   @return Its index, or reference.size when all is well.
*/
CRATE_API size_t crate_iri_span(CrateText reference);

/**
   Resolve a reference, RFC 3986 5.2, without normalising the rest.

   @param base Absolute; when empty the reference is copied as it is.
   @param out  A view in the arena, NUL-ended.
*/
CRATE_API CRATE_NODISCARD CrateStatus crate_iri_resolve(CrateArena *arena,
                                                        CrateText base,
                                                        CrateText reference,
                                                        CrateText *out);

/**
   The shortest usual reference that resolves to an IRI.

   @param out A view in the arena, or the IRI as it is where no reference
   leads there: another scheme or authority, a path with dot segments.
*/
CRATE_API CRATE_NODISCARD CrateStatus crate_iri_relativize(CrateArena *arena,
                                                           CrateText base,
                                                           CrateText iri,
                                                           CrateText *out);

/// Decode %XX once. `out` is a view in the arena. CRATE_MALFORMED for a bad %.
CRATE_API CRATE_NODISCARD CrateStatus crate_iri_decode(CrateArena *arena,
                                                       CrateText text,
                                                       CrateText *out);

CRATE_END_DECLS
#endif // CRATE_IRI_H
