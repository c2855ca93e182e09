// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QColor>
#include <QImage>
#include <QRectF>
#include <QSize>
#include <memory>
#include <vector>

class QPainter;

namespace simclr::ui {

/// The lines of parallel coordinates as numbers, for painting in any thread.
struct ParallelPicture {
    QSize size;
    double ratio = 1;       ///< device pixels per pixel
    std::vector<double> xs; ///< of the axes
    double top = 0;         ///< of the axes
    double bottom = 0;
    std::vector<double> shares; ///< line by line, one per axis; NaN: the line has a gap
    std::vector<char> isInside; ///< per line
    QColor outside;             ///< of lines that are outside of the brushes
    QColor missing;             ///< of lines without a value on the last axis

    std::size_t lineCount() const { return isInside.size(); }
    double y(double share) const { return bottom - share * (bottom - top); }
};

/// The colour of a line that is inside all brushes, by its share on the last axis.
QColor lineColor(double share, const QColor &missing);

/// Paints the lines outside of the brushes, then those inside, in colours by the last axis. Ten thousand
/// lines take some tens of milliseconds.
void paintLines(QPainter &painter, const ParallelPicture &picture);

/// The same on transparent ground.
QImage linesAsImage(const ParallelPicture &picture);

} // namespace simclr::ui
