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

/// Named horizontal lines on the left axis of a plot, such as the chance level of a loss. Their names stand
/// in the margin at the right: inside, they would cover the newest end of a curve. The canvas owns the items.
class ReferenceLines {
  public:
    explicit ReferenceLines(QCustomPlot &canvas) : m_canvas(canvas) {}

    /// NaN takes the line away.
    void set(const QString &name, double value);
    QList<QString> names() const;
    /// The lowest and the highest of them.
    std::optional<std::pair<double, double>> bounds() const;
    void setShown(bool shown);
    void applyLook();
    /// Puts the names beside the axes, at the ends of their lines, where no curve can be; to be called when
    /// the view has changed.
    void place();

  private:
    struct Line {
        QString name;
        double value;
        QCPItemStraightLine *line;
        QCPItemText *label;
    };
    void remove(const QString &name);
    int labelWidth() const;
    void keepApart();

    QCustomPlot &m_canvas;
    QList<Line> m_lines; ///< from the lowest to the highest
    bool m_isShown = true;
};

} // namespace simclr::ui
