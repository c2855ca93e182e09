// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/workspace/training_session.h"

#include <QThreadPool>

namespace simclr::ui {

/// Reads what a resumed run had done before it went on, as the session would have told it, in a thread of its
/// own: the curves of a long run take a while. Lives on the UI thread; owned by the TrainPage.
class EarlierCurves : public QObject {
    Q_OBJECT
  public:
    explicit EarlierCurves(std::filesystem::path database, QObject *parent = nullptr);
    ~EarlierCurves() override;

    /// loaded() follows where the run had done something before, also where that cannot be read.
    void read(const RunStarted &started);
    /// Until then, what the session tells of the run is newer than what loaded() will.
    bool isReading() const { return m_reading; }

  Q_SIGNALS:
    void loaded(const simclr::ui::TrainingUpdate &earlier);

  private:
    void take(const TrainingUpdate &earlier, int generation);

    std::filesystem::path m_database;
    int m_generation = 0; ///< answers about the run before are stale
    bool m_reading = false;
    QThreadPool m_pool;
};

} // namespace simclr::ui
