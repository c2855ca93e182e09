// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/runs/explore/confusion/matrix_content.h"
#include "ui/runs/explore/confusion/matrix_layout.h"

#include <QFont>
#include <QPalette>
#include <functional>

class QPainter;

namespace simclr::ui {

/// What a MatrixView shows.
struct MatrixScene {
    const MatrixContent &content;
    const MatrixLayout &layout;
    const MatrixColors &colors;
    QFont font; ///< of names and numbers
    QPalette palette;
    std::function<QString(std::size_t)> nameOf; ///< null: the names are left out
};

/// The cells with their numbers, if these fit. The time depends on the space, not on the number of classes.
void paintMatrix(QPainter &painter, const MatrixScene &scene);
/// The names of the classes, those of the columns from bottom to top, and the titles of the axes.
void paintMatrixNames(QPainter &painter, const MatrixScene &scene);

} // namespace simclr::ui
