// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/store/run_comparison.h"
#include "ui/background/background_worker.h"

#include <QObject>
#include <filesystem>
#include <vector>

namespace simclr::ui {

/// Tests in its own thread whether the accuracies of two runs differ by more than chance, because reading
/// tens of thousands of predictions takes a moment. Only the newest request is answered. UI thread; owned by
/// the ComparisonPanel.
class ComparisonTester : public QObject {
    Q_OBJECT
  public:
    explicit ComparisonTester(std::filesystem::path database, QObject *parent = nullptr);

    void test(const std::vector<RunRecord> &runs);

  Q_SIGNALS:
    /// The rows of `runs` with McNemar's test in each that has one.
    void tested(const std::vector<simclr::RunRecord> &runs, const std::vector<simclr::ResultRow> &rows);

  private:
    std::filesystem::path m_database;
    BackgroundWorker m_worker{BackgroundWorker::Policy::StopCurrent};
};

} // namespace simclr::ui
