// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/migrations/steps.h"

namespace simclr::migrations {

// Images to learn from beside labelled ones: how many are learned from (0: the training images), the
// fingerprint of the images that results are about (empty: that of all images), and the index of the first of
// them, from which on stored predictions count. What older runs say is unchanged.
const Migration version11{11, R"sql(
ALTER TABLE runs ADD COLUMN dataset_learn INTEGER NOT NULL DEFAULT 0;
ALTER TABLE runs ADD COLUMN dataset_labelled TEXT NOT NULL DEFAULT '';
ALTER TABLE runs ADD COLUMN dataset_first_labelled INTEGER NOT NULL DEFAULT 0;
)sql"};

} // namespace simclr::migrations
