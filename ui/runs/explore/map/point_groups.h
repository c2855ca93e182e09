// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/data/dataset.h"
#include "core/layout/feature_table.h"

#include <QColor>
#include <QString>
#include <cstdint>
#include <span>
#include <vector>

namespace simclr::ui {

enum class PointShape : std::uint8_t { Disc, Square, Triangle, Diamond };

/// Points of one colour and shape.
struct PointGroup {
    enum class Look : std::uint8_t {
        Category, ///< one of several without an order
        Scale,    ///< a place in a range of numbers
        Unknown   ///< not labelled, not predicted
    };

    QString title;
    std::size_t count = 0;
    Look look = Look::Category;
    int number = 0;   ///< of a category
    double place = 0; ///< on a scale, in [0, 1]
    bool isHidden = false;

    /// Follows the theme. Categories have seven colour-blind-safe colours in two shades and four shapes: 56
    /// differ.
    QColor color() const;
    PointShape shape() const;
};

/// How the points of a map are coloured: a group for each. A plain value.
struct PointGroups {
    std::vector<PointGroup> groups;
    std::vector<std::uint32_t> groupOf; ///< of each row, an index in `groups`

    bool isShown(std::size_t row) const { return !groups[groupOf[row]].isHidden; }
};

/// By class; unlabelled images last.
PointGroups groupsByClass(const FeatureTable &table, const Dataset &images);
PointGroups groupsBySplit(const FeatureTable &table);
/// By predicted class of each row; −1: not evaluated.
PointGroups groupsByPrediction(std::span<const std::int32_t> predicted, const Dataset &images);
/// Right, wrong, not evaluated.
PointGroups groupsByCorrectness(std::span<const std::int32_t> predicted, const FeatureTable &table);
/// By the texts of a column: ten ranges if all are numbers and more than twelve differ, otherwise a group for
/// each text, the most frequent first; empty ones last.
PointGroups groupsByText(const std::vector<QString> &values);

} // namespace simclr::ui
