// SPDX-License-Identifier: Apache-2.0
/// @file What a configuration of Keras would import and run.
#ifndef CRATE_MODEL_KERAS_H
#define CRATE_MODEL_KERAS_H
#include "model/reading.h"

/// Judge the model_config among the entries of a file of Keras 2, if there is
/// one. A configuration that is no JSON is a failure.
CrateStatus crate_keras_judge_entries(CrateModelReading *reading);

#endif // CRATE_MODEL_KERAS_H
