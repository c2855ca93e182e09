// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/run/run.h"

#include <QObject>
#include <QString>
#include <QThreadPool>
#include <stop_token>

namespace simclr::ui {

/// Evaluates a stored run in its own thread, one at a time. The pages block training during an evaluation,
/// because each of them uses all cores. Lives on the UI thread; owned by the MainWindow.
class EvaluationSession : public QObject {
    Q_OBJECT
  public:
    explicit EvaluationSession(std::filesystem::path database, QObject *parent = nullptr);
    /// Stops the evaluation and waits for it.
    ~EvaluationSession() override;

    bool isRunning() const { return m_running; }
    bool isStopping() const { return m_running && m_stop.stop_requested(); }
    /// The run of the current or last evaluation; 0 before the first one.
    RunId runId() const { return m_run; }
    /// The current activity in a few words.
    const QString &progress() const { return m_progress; }

    /// `dataset`: the images to evaluate on; null: the run's own are opened first.
    void start(const RunRecord &run, const DatasetPtr &dataset, const EvaluationRequest &request);

  public Q_SLOTS:
    void stop();

  Q_SIGNALS:
    /// isRunning() changed.
    void runningChanged();
    /// progress() or isStopping() changed.
    void progressed();
    /// One more result of the run was stored.
    void evaluated(qint64 run);
    /// `message` is a sentence with the results or the problem.
    void finished(qint64 run, const QString &message, bool isProblem);

  private:
    class Listener;
    struct Job;
    struct Outcome;

    static Outcome work(const Job &job, Listener &listener);
    void showProgress(const QString &progress);
    void done(const Outcome &outcome);

    std::filesystem::path m_database;
    QThreadPool m_pool;
    std::stop_source m_stop;
    bool m_running = false;
    RunId m_run = 0;
    QString m_progress;
};

} // namespace simclr::ui
