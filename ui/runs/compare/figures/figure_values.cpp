// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/runs/compare/figures/figure_values.h"

#include <algorithm>
#include <utility>

namespace simclr::ui {

FigureValues::FigureValues(std::filesystem::path database, QObject *parent)
    : QObject(parent), m_queries(std::move(database)) {
    connect(&m_queries, &RunQueries::valuesRead, this, [this] {
        m_isReading = false;
        m_problem.clear();
        Q_EMIT changed();
    });
    connect(&m_queries, &RunQueries::readingFailed, this, [this](const QString &problem) {
        m_isReading = false;
        m_problem = problem;
        m_fields.clear();
        m_runs.clear();
        Q_EMIT changed();
    });
}

/// A changed run has another record.
bool FigureValues::isNew(const FigureRuns &runs) const {
    return std::ranges::any_of(runs.entities(), [this](const SelectedRuns &entity) {
        return std::ranges::any_of(entity.runs,
                                   [this](const RunPtr &run) { return m_runs.value(run->id) != run; });
    });
}

void FigureValues::want(const QStringList &fields, const FigureRuns &runs) {
    const bool areOther =
        std::ranges::any_of(fields, [this](const QString &field) { return !m_fields.contains(field); });
    if (!areOther && !isNew(runs))
        return;
    m_isReading = true;
    m_fields = fields;
    for (const SelectedRuns &entity : runs.entities())
        for (const RunPtr &run : entity.runs)
            m_runs.insert(run->id, run);
    m_queries.read(fields);
}

} // namespace simclr::ui
