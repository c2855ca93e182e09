// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/plots/curve_export.h"

#include "ui/plots/curve_plot.h"
#include "ui/plots/smoothing_text.h"

#include <QCoreApplication>
#include <QLocale>
#include <QTextStream>

namespace simclr::ui {

namespace {

struct Texts {
    Q_DECLARE_TR_FUNCTIONS(CurveExport)
};

QString exactNumber(double value) {
    return QString::number(value, 'g', QLocale::FloatingPointShortest);
}

struct Columns {
    bool smoothed = false;
    bool band = false;
};

Columns columnsOf(const CurvePlot &plot) {
    Columns columns;
    for (int curve = 0; curve < plot.curveCount(); ++curve) {
        columns.smoothed = columns.smoothed || plot.isSmoothed(curve);
        columns.band = columns.band || !plot.group(curve).counts.empty();
    }
    return columns;
}

QString smoothedTitle(const CurvePlot &plot) {
    const QString method = smoothingText(plot.smoothing());
    return method.isEmpty() ? Texts::tr("smoothed") : Texts::tr("smoothed: %1").arg(method);
}

void writeCurve(QTextStream &out, const CurvePlot &plot, int curve, const Columns &columns) {
    const QString name = csvText(plot.curveStyle(curve).name);
    const QList<QPointF> raw = plot.points(curve);
    const QList<QPointF> drawn = columns.smoothed ? plot.drawnPoints(curve) : raw;
    const GroupCurve &group = plot.group(curve);
    for (qsizetype i = 0; i < raw.size(); ++i) {
        out << name << ',' << exactNumber(raw[i].x()) << ',' << exactNumber(raw[i].y());
        if (columns.smoothed)
            out << ',' << (plot.isSmoothed(curve) ? exactNumber(drawn[i].y()) : QString());
        const auto place = static_cast<std::size_t>(i);
        if (columns.band && !group.counts.empty())
            out << ',' << exactNumber(group.low[place]) << ',' << exactNumber(group.high[place]) << ','
                << group.counts[place];
        else if (columns.band)
            out << ",,,";
        out << '\n';
    }
}

bool hasPoints(const CurvePlot &plot) {
    for (int curve = 0; curve < plot.curveCount(); ++curve)
        if (plot.pointCount(curve) > 0)
            return true;
    return false;
}

} // namespace

QByteArray curvesAsCsv(const CurvePlot &plot) {
    QByteArray bytes;
    QTextStream out(&bytes);
    const Columns columns = columnsOf(plot);
    out << "curve," << csvText(plot.axes().x) << ',' << csvText(plot.title());
    if (columns.smoothed)
        out << ',' << csvText(smoothedTitle(plot));
    if (columns.band)
        out << ',' << csvText(Texts::tr("lower end, %1").arg(plot.caption())) << ','
            << csvText(Texts::tr("upper end, %1").arg(plot.caption())) << ",n";
    out << '\n';
    for (int curve = 0; curve < plot.curveCount(); ++curve)
        writeCurve(out, plot, curve, columns);
    out.flush();
    return bytes;
}

ExportedFigure exportedFigure(CurvePlot &plot) {
    return {plot.title(),
            plot.caption(),
            plot.pictureSize(),
            [&plot] { return plot.picture(); },
            [&plot](QPaintDevice &device) { plot.paintVector(device); },
            [&plot] { return curvesAsCsv(plot); },
            hasPoints(plot)};
}

QString writeCurvesAsCsv(CurvePlot &plot, const QString &file) {
    return writeCsv(exportedFigure(plot), file);
}

QString writePlotAsPng(CurvePlot &plot, const QString &file) {
    return writePng(exportedFigure(plot), file);
}

QString writePlotAsSvg(CurvePlot &plot, const QString &file) {
    return writeSvg(exportedFigure(plot), file);
}

QString writePlotAsPdf(CurvePlot &plot, const QString &file) {
    return writePdf(exportedFigure(plot), file);
}

} // namespace simclr::ui
