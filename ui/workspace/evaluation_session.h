// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/run/run.h"

#include <QObject>
#include <QString>
#include <QThreadPool>
#include <stop_token>

namespace simclr::ui {

/// Evaluates a stored run in a thread of its own, one at a time. The pages let nothing train meanwhile: both
/// would take every core. Lives on the UI thread; owned by the MainWindow.
class EvaluationSession : public QObject {
    Q_OBJECT
  public:
    explicit EvaluationSession(std::filesystem::path database, QObject *parent = nullptr);
    /// Stops the evaluation and waits for it.
    ~EvaluationSession() override;

    bool isRunning() const { return m_running; }
    bool isStopping() const { return m_running && m_stop.stop_requested(); }
    /// The run that is or was evaluated; 0 before the first one.
    RunId runId() const { return m_run; }
    /// What is done just now, in a few words.
    const QString &progress() const { return m_progress; }

    /// `dataset` are the images to judge with; null: the run's own are opened first.
    void start(const RunRecord &run, const DatasetPtr &dataset, const EvaluationRequest &request);

  public Q_SLOTS:
    void stop();

  Q_SIGNALS:
    /// isRunning() changed.
    void runningChanged();
    /// progress() or isStopping() changed.
    void progressed();
    /// One more result of the run is in the store.
    void evaluated(qint64 run);
    /// `message` says in a sentence what came out, or what went wrong.
    void finished(qint64 run, const QString &message, bool isProblem);

  private:
    class Listener;
    struct Job;
    struct Outcome;

    static Outcome work(const Job &job, Listener &listener);
    void tell(const QString &progress);
    void done(const Outcome &outcome);

    std::filesystem::path m_database;
    QThreadPool m_pool;
    std::stop_source m_stop;
    bool m_running = false;
    RunId m_run = 0;
    QString m_progress;
};

} // namespace simclr::ui
