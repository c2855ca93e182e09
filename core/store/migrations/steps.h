// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/store/migrations.h"

namespace simclr::migrations {

// One file each. They must never change: an older database passes through all later migrations.
extern const Migration version1;  ///< runs, metrics, results, artifacts, notes
extern const Migration version2;  ///< results by features, labels, seed and images; their predictions
extern const Migration version3;  ///< results by options, as text
extern const Migration version4;  ///< the identity of the database
extern const Migration version5;  ///< the run that a run continues
extern const Migration version6;  ///< results by a structured key; notes become events
extern const Migration version7;  ///< jobs
extern const Migration version8;  ///< metrics in blocks, their summaries
extern const Migration version9;  ///< options as rows; annotations; saved views; plain results
extern const Migration version10; ///< the order in which runs have changed
extern const Migration version11; ///< images to learn from beside labelled ones

} // namespace simclr::migrations
