// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/runs/compare/scatter/scatter_axes.h"

#include "ui/plots/qcustomplot.h"
#include "ui/runs/compare/figures/figure_runs.h"

#include <algorithm>
#include <cmath>

namespace simclr::ui {

namespace {

constexpr int wantedTicks = 5;

/// Numbers as the table shows them, with their unit: "62.0 %", "1 h 05 min".
class FieldTicker : public QCPAxisTicker {
  public:
    explicit FieldTicker(FigureField field) : m_field(std::move(field)) { setTickCount(wantedTicks); }

  protected:
    QString getTickLabel(double tick, const QLocale &, QChar, int) override { return m_field.text(tick); }

  private:
    FigureField m_field; ///< without values
};

/// At most as many names as can be read; those of the others appear on pointing at a point.
QSharedPointer<QCPAxisTicker> categoryTicker(const QStringList &categories) {
    constexpr qsizetype mostNames = 24;
    constexpr int longest = 22;
    const QSharedPointer<QCPAxisTickerText> ticker(new QCPAxisTickerText);
    const qsizetype step = (categories.size() + mostNames - 1) / mostNames;
    for (qsizetype i = 0; i < categories.size(); i += std::max<qsizetype>(1, step)) {
        const QString &name = categories[i];
        ticker->addTick(static_cast<double>(i),
                        name.size() > longest ? name.left(longest - 1) + QStringLiteral("…") : name);
    }
    return ticker;
}

QSharedPointer<QCPAxisTicker> numberTicker(const FigureField &field, bool isLogarithmic) {
    if (isLogarithmic)
        return QSharedPointer<QCPAxisTicker>(new QCPAxisTickerLog);
    if (field.kind == ValueKind::Moment) {
        const QSharedPointer<QCPAxisTickerDateTime> dates(new QCPAxisTickerDateTime);
        dates->setDateTimeFormat(QStringLiteral("yyyy-MM-dd\nHH:mm"));
        dates->setTickCount(wantedTicks);
        return dates;
    }
    FigureField unit = field;
    unit.values.clear();
    return QSharedPointer<QCPAxisTicker>(new FieldTicker(std::move(unit)));
}

} // namespace

void showFieldOnAxis(QCPAxis &axis, const FigureField &field, bool isLogarithmic) {
    const bool isLog = isLogarithmic && field.isNumeric;
    axis.setScaleType(isLog ? QCPAxis::stLogarithmic : QCPAxis::stLinear);
    axis.setTicker(field.isNumeric ? numberTicker(field, isLog) : categoryTicker(field.categories));
    axis.setNumberFormat(QStringLiteral("gb"));
    axis.setNumberPrecision(isLog ? 0 : 6);
    axis.setLabel(field.title);
}

void fitAxis(QCPAxis &axis, const FigureField &field, double low, double high) {
    constexpr double room = 0.05;
    if (!field.isNumeric)
        return axis.setRange(-0.6, std::max(0.6, static_cast<double>(field.categories.size()) - 0.4));
    if (axis.scaleType() == QCPAxis::stLogarithmic) {
        const double padding = std::max((std::log10(high) - std::log10(low)) * room, 0.05);
        return axis.setRange(low * std::pow(10, -padding), high * std::pow(10, padding));
    }
    const double alone = high != 0 ? std::abs(high) * 0.2 : 0.5; // around a single value
    const double padding = high > low ? (high - low) * room : alone;
    axis.setRange(low - padding, high + padding);
}

} // namespace simclr::ui
