// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/image/contact_sheet.h"

#include "core/image/cv_bridge.h"
#include "core/image/resample.h"

#include <algorithm>
#include <opencv2/imgproc.hpp>

namespace simclr {

namespace {

constexpr int background = 128;

/// The image at its display size: shrunk to fit, enlarged by an integer factor so that its pixels stay
/// square, or enlarged smoothly if no integer factor fits.
cv::Mat atCellSize(const Image &picture, int cell) {
    const Image small = fitted(picture, cell);
    const int longer = std::max(small.width(), small.height());
    const int factor = cell / longer;
    const double scale = factor > 1 ? factor : static_cast<double>(cell) / longer;
    cv::Mat drawn;
    cv::resize(matrixOf(small), drawn, {}, scale, scale, factor > 1 ? cv::INTER_NEAREST : cv::INTER_CUBIC);
    return drawn;
}

} // namespace

Image contactSheet(std::span<const Image> pictures, const SheetLayout &layout) {
    const int rows = (static_cast<int>(pictures.size()) + layout.columns - 1) / layout.columns;
    const int pitch = layout.cell + layout.gap;
    const auto gutters = [&](int column) {
        return layout.columnsPerGroup > 0 ? column / layout.columnsPerGroup * layout.gutter : 0;
    };
    Image sheet(layout.columns * pitch + layout.gap + gutters(layout.columns - 1), rows * pitch + layout.gap);
    cv::Mat canvas = matrixOf(sheet);
    canvas.setTo(cv::Scalar::all(background));
    for (int i = 0; i < static_cast<int>(pictures.size()); ++i) {
        if (pictures[static_cast<std::size_t>(i)].isEmpty())
            continue;
        const cv::Mat drawn = atCellSize(pictures[static_cast<std::size_t>(i)], layout.cell);
        const int column = i % layout.columns;
        const int x = layout.gap + column * pitch + gutters(column) + (layout.cell - drawn.cols) / 2;
        const int y = layout.gap + i / layout.columns * pitch + (layout.cell - drawn.rows) / 2;
        drawn.copyTo(canvas(cv::Rect(x, y, drawn.cols, drawn.rows)));
    }
    return sheet;
}

} // namespace simclr
