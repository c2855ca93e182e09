// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/background/background_worker.h"
#include "ui/workspace/training_session.h"

#include <QObject>
#include <filesystem>

namespace simclr::ui {

/// Reads the earlier curves and results of a resumed run, in the form in which the session reports new ones.
/// Reads in its own thread, because the curves of a long run take a while. Lives on the UI thread; owned by
/// the TrainPage.
class EarlierCurves : public QObject {
    Q_OBJECT
  public:
    explicit EarlierCurves(std::filesystem::path database, QObject *parent = nullptr);

    /// loaded() follows if the run has earlier steps, also if they cannot be read.
    void read(const RunStarted &started);
    /// While true, updates of the session are newer than those that loaded() will deliver.
    bool isReading() const { return m_worker.isWorking(); }

  Q_SIGNALS:
    void loaded(const simclr::ui::TrainingUpdate &earlier);

  private:
    std::filesystem::path m_database;
    BackgroundWorker m_worker{BackgroundWorker::Policy::StopCurrent};
};

} // namespace simclr::ui
