// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/runs/compare/figures/figure_runs.h"

#include <QHash>
#include <QObject>
#include <filesystem>
#include <memory>

namespace simclr::ui {

/// Reads the fields that a figure shows, in a thread of its own, and again only if a run has changed or
/// another field is wanted. Owned by its FigurePanel; UI thread.
class FigureValues : public QObject {
    Q_OBJECT
  public:
    explicit FigureValues(std::filesystem::path database, QObject *parent = nullptr);

    /// changed() follows if something has to be read.
    void want(const QStringList &fields, const FigureRuns &runs);
    /// For figureField() in a thread; nullptr until it was read, or if there is no such field.
    std::shared_ptr<const FieldValues> values(const QString &name) const { return m_queries.values(name); }
    /// Why the last reading failed; empty if it did not. The next want() reads again.
    const QString &problem() const { return m_problem; }
    bool isReading() const { return m_isReading; }
    const RunQueries &queries() const { return m_queries; }

  Q_SIGNALS:
    void changed();

  private:
    bool isNew(const FigureRuns &runs) const;

    QStringList m_fields;
    QString m_problem;
    QHash<qint64, RunPtr> m_runs; ///< as they were when fields were read
    bool m_isReading = false;
    RunQueries m_queries;
};

} // namespace simclr::ui
