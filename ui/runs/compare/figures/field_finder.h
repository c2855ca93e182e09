// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/background/background_worker.h"
#include "ui/runs/compare/figures/figure_runs.h"

#include <QObject>
#include <QStringList>
#include <filesystem>

namespace simclr::ui {

/// Fields that are worth a figure, by their names in the filter's language.
struct OfferedFields {
    QStringList options;    ///< in which runs differ: those of the training first, the seed last
    QStringList accuracies; ///< the one that most runs have first
    QStringList metrics;

    QStringList all() const { return accuracies + metrics + options; }
    bool operator==(const OfferedFields &) const = default;
};

/// An option by its name in the filter's language: in quotation marks if it contains spaces, and
/// unmistakable if a field of runs has the same name.
QString optionField(const std::string &path);

/// The accuracies that these runs have, by protocol and split, the one that most have first; of equal ones
/// the test split first.
QStringList accuracyFields(const FigureRuns &runs);

/// Finds in a thread of its own the options in which the runs of the store differ. Owned by the CompareTabs;
/// UI thread.
class FieldFinder : public QObject {
    Q_OBJECT
  public:
    explicit FieldFinder(std::filesystem::path database, QObject *parent = nullptr);

    /// found() follows, unless the store cannot be read.
    void find();

  Q_SIGNALS:
    /// Options and metrics, without accuracies.
    void found(const simclr::ui::OfferedFields &fields);

  private:
    std::filesystem::path m_database;
    BackgroundWorker m_worker{BackgroundWorker::Policy::FinishCurrent};
};

} // namespace simclr::ui
