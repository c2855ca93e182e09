// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/data/dataset.h"
#include "core/util/json.h"

namespace simclr {

/// A report as JSON without its source, whose path may not be valid UTF-8, and without the counts of images,
/// which follow from the samples.
Json toJson(const DatasetReport &report);

/// Throws InvalidInput or Json::exception if it is not such a document.
DatasetReport reportFromJson(const Json &json);

} // namespace simclr
