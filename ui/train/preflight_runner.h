// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/run/run.h"

#include <QObject>
#include <QThreadPool>
#include <stop_token>

namespace simclr::ui {

/// Measures in its own thread the time and memory that a run would take. One measurement at a time. UI
/// thread; owned by the TrainPage.
class PreflightRunner : public QObject {
    Q_OBJECT
  public:
    explicit PreflightRunner(QObject *parent = nullptr);
    /// Stops a measurement and waits for it.
    ~PreflightRunner() override;

    bool isRunning() const { return m_running; }
    void start(const RunConfiguration &configuration, const DatasetPtr &dataset);
    void stop();

  Q_SIGNALS:
    void runningChanged(bool running);
    /// The result as sentences.
    void measured(const QStringList &lines);
    void stopped();
    void failed(const QString &reason);

  private:
    struct Answer;
    static Answer measure(const RunConfiguration &configuration, const DatasetPtr &dataset,
                          const std::stop_token &stop);
    void done(const Answer &answer);

    QThreadPool m_pool;
    std::stop_source m_stop;
    bool m_running = false;
};

} // namespace simclr::ui
