// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/runs/compare/scatter/scatter_figure.h"

#include "core/statistics/sample_summary.h"
#include "core/statistics/student_t.h"
#include "ui/plots/figure_export.h"
#include "ui/runs/table/field_column.h"
#include "ui/widgets/plain_text.h"

#include <QCoreApplication>
#include <QTextStream>
#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>

namespace simclr::ui {

namespace {

struct Texts {
    Q_DECLARE_TR_FUNCTIONS(ScatterPanel)
};

constexpr double none = std::numeric_limits<double>::quiet_NaN();

double halfBar(const SampleSummary &summary, BandKind errors) {
    switch (errors) {
    case BandKind::Deviation:
        return summary.sd;
    case BandKind::StandardError:
        return summary.standardError();
    case BandKind::Interval95:
        return studentQuantile(0.975, static_cast<double>(summary.count) - 1) * summary.standardError();
    case BandKind::Range:
    case BandKind::None:
        break;
    }
    return none;
}

struct Mean {
    double value = none;
    double error = none;
};

/// Of numbers; a category only if all have it.
Mean meanOf(const std::vector<double> &values, const FigureField &field, BandKind errors) {
    if (!field.isNumeric)
        return {std::ranges::all_of(values, [&](double value) { return value == values.front(); })
                    ? values.front()
                    : none,
                none};
    const SampleSummary summary = simclr::summarise(values);
    return {summary.mean, halfBar(summary, errors)};
}

class Builder {
  public:
    explicit Builder(ScatterFigure &figure) : m_figure(figure) {}

    void add(const SelectedRuns &entity) {
        const std::size_t place = m_figure.entities.size();
        m_figure.entities.push_back(entity);
        m_figure.colorRuns.push_back(colorRun(entity));
        const std::size_t first = m_figure.points.size();
        for (const RunPtr &run : entity.runs)
            addRun(run->id, place);
        if (entity.isGroup && m_figure.points.size() - first > 1)
            addMean(first, place);
    }

    std::vector<ScatterPoint> takeMeans() { return std::move(m_means); }

  private:
    void addRun(qint64 run, std::size_t entity) {
        ++m_figure.runs;
        const double x = m_figure.x.value(run);
        const double y = m_figure.y.value(run);
        m_figure.withoutX += std::isnan(x) ? 1 : 0;
        m_figure.withoutY += std::isnan(y) ? 1 : 0;
        if (std::isnan(x) || std::isnan(y))
            return;
        const double color = m_figure.color ? m_figure.color->value(run) : none;
        m_figure.points.push_back({x, y, color, run, entity, 1, none, none});
    }

    void addMean(std::size_t first, std::size_t entity) {
        std::vector<double> xs;
        std::vector<double> ys;
        std::vector<double> colors;
        for (std::size_t i = first; i < m_figure.points.size(); ++i) {
            xs.push_back(m_figure.points[i].x);
            ys.push_back(m_figure.points[i].y);
            colors.push_back(m_figure.points[i].color);
        }
        const Mean x = meanOf(xs, m_figure.x, m_figure.errors);
        const Mean y = meanOf(ys, m_figure.y, m_figure.errors);
        if (std::isnan(x.value) || std::isnan(y.value)) {
            ++m_figure.mixedGroups;
            return;
        }
        const double color = m_figure.color ? meanOf(colors, *m_figure.color, BandKind::None).value : none;
        m_means.push_back({x.value, y.value, color, 0, entity, xs.size(), x.error, y.error});
    }

    ScatterFigure &m_figure;
    std::vector<ScatterPoint> m_means;
};

std::optional<SpearmanCorrelation> correlationOf(const ScatterFigure &figure) {
    if (!figure.x.isNumeric || !figure.y.isNumeric)
        return std::nullopt;
    std::vector<double> xs;
    std::vector<double> ys;
    for (const ScatterPoint &point : figure.points) {
        xs.push_back(point.x);
        ys.push_back(point.y);
    }
    return spearman(xs, ys);
}

QString lacking(std::size_t count, std::size_t runs, const FigureField &field) {
    return count == 0
               ? QString()
               : Texts::tr("%1 of %2 runs without %3.").arg(countText(count), countText(runs), field.title);
}

/// Runs that have both values, one of which a logarithmic axis cannot show.
QString beyondLogarithm(const ScatterFigure &figure, bool isXLogarithmic, bool isYLogarithmic) {
    const bool isX = isXLogarithmic && figure.x.isNumeric;
    const bool isY = isYLogarithmic && figure.y.isNumeric;
    const auto count = std::ranges::count_if(figure.points, [&](const ScatterPoint &point) {
        return !point.isMean() && ((isX && point.x <= 0) || (isY && point.y <= 0));
    });
    return count == 0
               ? QString()
               : Texts::tr("%1 of %2 runs are not shown: a logarithmic axis has no values of 0 or less.")
                     .arg(countText(count), countText(figure.runs));
}

QString probability(double p) {
    constexpr double smallest = 0.0001;
    return p < smallest ? Texts::tr("p < 0.0001") : Texts::tr("p = %1").arg(decimalText(p, p < 0.01 ? 4 : 2));
}

/// Numbers exactly, categories by their names.
QString exported(const FigureField &field, double value) {
    return field.isNumeric ? csvNumber(value) : csvText(std::isnan(value) ? QString() : field.text(value));
}

} // namespace

ScatterFigure scatterFigure(const FigureRuns &runs, FigureField x, FigureField y,
                            std::optional<FigureField> color, BandKind errors) {
    ScatterFigure figure{.x = std::move(x), .y = std::move(y), .color = std::move(color), .errors = errors};
    Builder builder(figure);
    for (const SelectedRuns &entity : runs.entities())
        builder.add(entity);
    figure.correlation = correlationOf(figure);
    std::ranges::move(builder.takeMeans(), std::back_inserter(figure.points));
    return figure;
}

QString missingText(const ScatterFigure &figure, bool isXLogarithmic, bool isYLogarithmic) {
    QStringList parts{lacking(figure.withoutX, figure.runs, figure.x)};
    if (figure.x.field != figure.y.field)
        parts.append(lacking(figure.withoutY, figure.runs, figure.y));
    parts.append(beyondLogarithm(figure, isXLogarithmic, isYLogarithmic));
    if (figure.mixedGroups > 0)
        parts.append(Texts::tr("Groups without a mean, because their runs are in several categories: %1.")
                         .arg(countText(figure.mixedGroups)));
    parts.removeAll(QString());
    return parts.join(QLatin1Char(' '));
}

QString errorText(const FigureField &field, double error) {
    return field.kind == ValueKind::Moment ? fieldText(error, ValueKind::Duration) : field.text(error);
}

QString correlationText(const ScatterFigure &figure) {
    if (!figure.correlation)
        return {};
    return Texts::tr("Spearman's ρ = %1, n = %2 runs, %3")
        .arg(decimalText(figure.correlation->rho, 2), countText(figure.correlation->count),
             probability(figure.correlation->p));
}

QByteArray scatterAsCsv(const ScatterFigure &figure) {
    QByteArray bytes;
    QTextStream out(&bytes);
    out << "run,group," << csvText(figure.x.field) << ',' << csvText(figure.y.field);
    if (figure.color)
        out << ',' << csvText(figure.color->field);
    out << ",n,x error,y error\n";
    for (const ScatterPoint &point : figure.points) {
        out << (point.isMean() ? QString() : QString::number(point.run)) << ','
            << csvText(figure.titleOf(point)) << ',' << exported(figure.x, point.x) << ','
            << exported(figure.y, point.y);
        if (figure.color)
            out << ',' << exported(*figure.color, point.color);
        out << ',' << point.count << ',' << csvNumber(point.xError) << ',' << csvNumber(point.yError) << '\n';
    }
    out.flush();
    return bytes;
}

} // namespace simclr::ui
