// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/plots/qcustomplot.h"
#include "ui/runs/compare/scatter/scatter_figure.h"

#include <QHash>
#include <QPixmap>
#include <QSet>
#include <optional>

namespace simclr::ui {

/// All points of a scatter plot as one object of QCustomPlot, which owns it: runs as discs, means of groups
/// as larger ones with error bars in front. Discs are painted once per colour, so that ten thousand cost a
/// few milliseconds; vector files get real circles. UI thread only.
class ScatterLayer : public QCPAbstractPlottable {
  public:
    explicit ScatterLayer(QCustomPlot &canvas);

    /// `colors` has one per point.
    void setFigure(const ScatterFigure &figure, std::vector<QColor> colors);
    void setSelected(const QSet<qint64> &runs) { m_selected = runs; }
    /// Entities of hidden legend entries are not drawn.
    void setShown(std::vector<bool> shown) { m_isShown = std::move(shown); }
    bool isShown(std::size_t point) const { return m_isShown.empty() || m_isShown[point]; }
    void setMarked(std::optional<std::size_t> point) { m_marked = point; }
    std::optional<std::size_t> marked() const { return m_marked; }

    /// Where a point is; outside of the axes if it is not drawn: a value ≤ 0 on a logarithmic axis.
    std::optional<QPointF> placeOf(std::size_t point) const;
    /// The point whose middle is nearest, among those within `reach` pixels.
    std::optional<std::size_t> nearest(const QPointF &place, double reach) const;

    double selectTest(const QPointF &, bool, QVariant *) const override { return -1; }
    QCPRange getKeyRange(bool &found, QCP::SignDomain domain) const override;
    QCPRange getValueRange(bool &found, QCP::SignDomain domain, const QCPRange &) const override;

  protected:
    void draw(QCPPainter *painter) override;
    void drawLegendIcon(QCPPainter *, const QRectF &) const override {}

  private:
    std::vector<QPointF> extent() const;
    double radiusOf(const ScatterPoint &point) const;
    void drawErrors(QCPPainter &painter, const ScatterPoint &point, const QColor &color) const;
    void drawDisc(QCPPainter &painter, const QPointF &place, double radius, const QColor &color);
    void drawRing(QCPPainter &painter, std::size_t point, const QColor &color) const;
    const QPixmap &disc(double radius, const QColor &color, double ratio);
    std::optional<double> pixelOf(const QCPAxis &axis, double value) const;

    std::vector<ScatterPoint> m_points;
    std::vector<QPointF> m_places; ///< values, moved a little within a category
    std::vector<QColor> m_colors;
    std::vector<bool> m_isShown;
    bool m_hasMeans = false;
    QSet<qint64> m_selected;
    std::optional<std::size_t> m_marked;
    QHash<quint64, QPixmap> m_discs;
};

} // namespace simclr::ui
