// SPDX-License-Identifier: Apache-2.0
/// @file Documents that are to speak another vocabulary.
#ifndef CRATE_CONVERT_VOCABULARIES_H
#define CRATE_CONVERT_VOCABULARIES_H
#include "convert/mapping.h"

/// The vocabulary that a format is of by itself (CITATION.cff), or NULL.
const CrateVocabulary *crate_vocabulary_of_format(const CrateFormat *format);

/// Make the job's graph one of the vocabulary that the conversion asks for, or
/// its format is of. Failures are said.
CRATE_NODISCARD CrateStatus crate_job_speak(CrateJob *job);

/// The context to compact with: the one that is asked for, else that of the
/// vocabulary; NULL when there is neither.
CRATE_NODISCARD CrateStatus crate_job_context(CrateJob *job,
                                              const CrateJsonDocument **out);

#endif // CRATE_CONVERT_VOCABULARIES_H
