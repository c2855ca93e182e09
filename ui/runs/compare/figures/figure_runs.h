// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/runs/table/run_queries.h"
#include "ui/runs/table/runs_panel.h"

#include <QColor>
#include <QHash>
#include <QSet>
#include <QString>
#include <QStringList>
#include <memory>
#include <vector>

namespace simclr::ui {

/// The runs of a figure, in the order of the table. Copies share them: they are read in any thread.
struct FigureRuns {
    std::shared_ptr<const std::vector<SelectedRuns>> shared; ///< nullptr: none
    QSet<qint64> selected;           ///< marked in the figure; empty if all of its runs are selected
    bool isFilteredByFigure = false; ///< the filter of the table is that of filterRequested()

    /// Groups, and runs of their own.
    const std::vector<SelectedRuns> &entities() const;
    std::size_t runCount() const;
    QList<qint64> ids() const;
};

/// Whether both have the same groups and runs, none of which has changed; the selection may be another.
bool haveSameRuns(const FigureRuns &one, const FigureRuns &other);

/// The values of a field of runs as numbers: those of a number, or the places of categories.
struct FigureField {
    QString field;
    QString title;
    ValueKind kind = ValueKind::Any;
    bool isNumeric = true;
    QStringList categories; ///< in their order; empty for numbers
    QHash<qint64, double> values;
    std::vector<std::vector<FieldValue>> exact; ///< of each category, the values that are shown as it

    /// NaN if the run has none.
    double value(qint64 run) const;
    /// A value as text; "–" if it is NaN.
    QString text(double value) const;
    /// The same by the run.
    QString textOf(qint64 run) const { return text(value(run)); }
};

/// The values of these runs. Texts, choices, tags and flags are categories, and so is an option that is a
/// text in any of the runs.
FigureField figureField(const QString &field, const FieldValues &values, const FigureRuns &runs);

/// "Batch", "best loss", "linear accuracy, test": a field as an axis names it.
QString figureFieldTitle(const QString &field);

/// Its title, or that of its only run.
QString entityTitle(const SelectedRuns &entity);

/// The run whose colour a group or run has, as in the curves: theme::runColor().
qint64 colorRun(const SelectedRuns &entity);

/// The colour of a share from 0 to 1, from dark blue through green to yellow; readable in light and dark.
QColor gradientColor(double share);

} // namespace simclr::ui
