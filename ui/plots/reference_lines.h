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

/// Named horizontal lines on the left axis of a plot, such as the chance level of a loss. Their names are in
/// the right margin, where they do not cover the newest points of a curve. The canvas owns the items.
class ReferenceLines {
  public:
    explicit ReferenceLines(QCustomPlot &canvas) : m_canvas(canvas) {}

    /// NaN removes the line.
    void set(const QString &name, double value);
    QList<QString> names() const;
    /// The lowest and the highest value.
    std::optional<std::pair<double, double>> bounds() const;
    void setShown(bool shown);
    void applyLook();
    /// Moves the names to the ends of their lines, in the margin outside the axes; call it when the view has
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
    int labelWidth() const;
    void keepApart();

    QCustomPlot &m_canvas;
    QList<Line> m_lines; ///< from the lowest to the highest
    bool m_isShown = true;
};

} // namespace simclr::ui
