// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QList>
#include <QString>
#include <optional>
#include <utility>

class QCPItemStraightLine;
class QCPItemText;
class QCustomPlot;

namespace simclr::ui {

/// Named horizontal lines on the left axis of a plot, such as the chance level of a loss. The canvas owns the
/// items.
class ReferenceLines {
  public:
    explicit ReferenceLines(QCustomPlot &canvas) : m_canvas(canvas) {}

    /// NaN takes the line away.
    void set(const QString &name, double value);
    QList<QString> names() const;
    /// The lowest and the highest of them.
    std::optional<std::pair<double, double>> bounds() const;
    void setVisible(bool visible);
    void applyLook();
    /// Puts the names above or below their lines, whichever side has room; to be called when the view has
    /// changed.
    void place();

  private:
    struct Line {
        QString name;
        double value;
        QCPItemStraightLine *line;
        QCPItemText *label;
    };
    void remove(const QString &name);

    QCustomPlot &m_canvas;
    QList<Line> m_lines;
};

} // namespace simclr::ui
