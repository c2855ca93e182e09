// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/layout/feature_table.h"
#include "core/random/random.h"

#include <initializer_list>

namespace simclr::test {

/// A table of these rows, all for training and without labels.
inline FeatureTable tableOf(std::initializer_list<std::vector<float>> rows) {
    FeatureTable table;
    for (const std::vector<float> &row : rows) {
        table.columns = row.size();
        table.values.insert(table.values.end(), row.begin(), row.end());
        table.samples.push_back(static_cast<std::uint32_t>(table.samples.size()));
        table.splits.push_back(ImageSplit::Train);
        table.labels.push_back(-1);
    }
    return table;
}

/// Rows around `classes` random centers, which are further apart than the rows of a class; row i is of the
/// class i % classes.
inline FeatureTable clusters(std::size_t rows, std::size_t columns, std::size_t classes, double noise = 0.3) {
    FeatureTable table;
    table.columns = columns;
    for (std::size_t i = 0; i < rows; ++i) {
        RandomStream center({7, Purpose::Shapes, 0, static_cast<std::uint32_t>(i % classes), 0});
        RandomStream random({7, Purpose::Shapes, 1, static_cast<std::uint32_t>(i), 0});
        for (std::size_t d = 0; d < columns; ++d)
            table.values.push_back(static_cast<float>(center.normal() + noise * random.normal()));
        table.samples.push_back(static_cast<std::uint32_t>(i));
        table.splits.push_back(ImageSplit::Train);
        table.labels.push_back(static_cast<std::int32_t>(i % classes));
    }
    return table;
}

} // namespace simclr::test
